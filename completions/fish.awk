# Option tables to gp.fish: one `complete` an option.
function quoted(s) {
	gsub(/\\/, "\\\\", s)
	gsub(/'/, "\\'", s)
	return "'" s "'"
}
function spaced(words) {
	gsub(/\|/, " ", words)
	return words
}
BEGIN {
	print "# Made by completions/generate; not edited by hand."
}
$1 == "command" {
	command = $2
	if ($3 !~ /FILE|SCENARIO/)
		print "complete -c " command " -f"
	if ($4 != "-")
		print "complete -c " command " -n __fish_use_subcommand -f" \
		    " -a " quoted(spaced($4))
	next
}
{
	line = "complete -c " command
	if ($2 != "-")
		line = line " -s " $2
	line = line " -l " $3
	if ($1 == "file")
		line = line " -r -F"
	else if ($1 == "dir")
		line = line " -x -a '(__fish_complete_directories)'"
	else if ($1 == "choice")
		line = line " -x -a " quoted(spaced($5))
	else if ($1 == "word")
		line = line " -x"
	print line " -d " quoted($6)
}
