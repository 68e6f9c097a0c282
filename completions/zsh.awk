# Option tables to _gp: one _arguments a command.
function plain(s) {
	gsub(/\\/, "\\\\", s)
	gsub(/:/, "\\:", s)
	gsub(/\[/, "\\[", s)
	gsub(/\]/, "\\]", s)
	gsub(/'/, "'\\''", s)
	return s
}
function action(kind, words) {
	if (kind == "file")
		return "_files"
	if (kind == "dir")
		return "_files -/"
	if (kind == "choice") {
		gsub(/\|/, " ", words)
		return "(" words ")"
	}
	return " "
}
function rest(operands, verbs) {
	if (verbs != "-")
		return "'1:what:" action("choice", verbs) "' '*:FILE:_files'"
	return operands ~ /FILE|SCENARIO/ ? "'*:FILE:_files'" : "'*: : '"
}
function finish() {
	if (n > 0)
		body = body "\t    " last "\n\t;;\n"
}
$1 == "command" {
	finish()
	names = names " " $2
	n++
	last = rest($3, $4)
	body = body $2 ")\n\t_arguments -s -S \\\n"
	next
}
{
	value = "[" plain($6) "]"
	tail = $1 == "flag" ? "" : ":" plain($4) ":" action($1, $5)
	eq = $1 == "flag" ? "" : "="
	if ($1 == "word")	# some of them may be given again
		spec = $2 == "-" ? "'*--" $3 eq value tail "'" \
		    : "'*'{-" $2 ",--" $3 eq "}'" value tail "'"
	else if ($2 == "-")
		spec = "'--" $3 eq value tail "'"
	else
		spec = "'(-" $2 " --" $3 ")'{-" $2 ",--" $3 eq "}'" \
		    value tail "'"
	body = body "\t    " spec " \\\n"
}
END {
	finish()
	print "#compdef" names
	print "# Made by completions/generate; not edited by hand."
	print "case $service in"
	printf "%s", body
	print "esac"
}
