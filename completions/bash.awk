# Option tables to gp.bash: one function for all commands, by two cases.
function spaced(words) {
	gsub(/\|/, " ", words)
	return words
}
$1 == "command" {
	name[++n] = $2
	options[n] = ""
	verbs[n] = $4 != "-" ? spaced($4) : ""
	takes_files[n] = $3 ~ /FILE|SCENARIO/
	next
}
{
	options[n] = options[n] (options[n] == "" ? "" : " ") "--" $3
	if ($1 == "flag")
		next
	both = name[n] ":--" $3
	if ($2 != "-")
		both = name[n] ":-" $2 " | " both
	if ($1 == "choice")
		choices[++c] = "\t" both ") words='" spaced($5) "' ;;"
	else
		after[$1] = after[$1] (after[$1] == "" ? "" : " | \\\n\t") both
}
END {
	print "# Made by completions/generate; not edited by hand."
	print "# shellcheck shell=bash"
	print "_gp()\n{"
	print "\tlocal command=${COMP_WORDS[0]##*/} cur=${COMP_WORDS[COMP_CWORD]}"
	print "\tlocal prev=${COMP_WORDS[COMP_CWORD - 1]} words='' files='' verbs=''"
	print "\tlocal options='' verb\n"
	print "\tCOMPREPLY=()"
	print "\t# --option=VALUE comes as three words."
	print "\tif [[ $cur == = ]]; then"
	print "\t\tcur="
	print "\telif [[ $prev == = ]] && ((COMP_CWORD > 2)); then"
	print "\t\tprev=${COMP_WORDS[COMP_CWORD - 2]}"
	print "\tfi"
	print "\tcase $command:$prev in"
	if (after["file"] != "")
		print "\t" after["file"] ") files=-f ;;"
	if (after["dir"] != "")
		print "\t" after["dir"] ") files=-d ;;"
	for (i = 1; i <= c; i++)
		print choices[i]
	if (after["word"] != "")
		print "\t" after["word"] ") return ;;"
	print "\t*)"
	print "\t\tcase $command in"
	for (i = 1; i <= n; i++) {
		print "\t\t" name[i] ")"
		print "\t\t\toptions='" options[i] "'"
		if (verbs[i] != "")
			print "\t\t\tverbs='" verbs[i] "'"
		if (takes_files[i])
			print "\t\t\tfiles=-f"
		print "\t\t\t;;"
	}
	print "\t\tesac"
	print "\t\tif [[ $cur == -* ]]; then"
	print "\t\t\twords=$options"
	print "\t\telse"
	print "\t\t\twords=$verbs"
	print "\t\t\tfor verb in $verbs; do"
	print "\t\t\t\t[[ \" ${COMP_WORDS[*]:1:COMP_CWORD-1} \" == *\" $verb \"* ]] && words=''"
	print "\t\t\tdone"
	print "\t\tfi"
	print "\t\t;;"
	print "\tesac"
	print "\tif [[ -n $words ]]; then"
	print "\t\tmapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")"
	print "\telif [[ -n $files && $cur != -* ]]; then"
	print "\t\tcompopt -o filenames 2>/dev/null"
	print "\t\tmapfile -t COMPREPLY < <(compgen $files -- \"$cur\")"
	print "\tfi\n}"
	line = "complete -F _gp"
	for (i = 1; i <= n; i++)
		line = line " " name[i]
	print line
}
