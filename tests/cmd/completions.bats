#!/usr/bin/env bats
# Completions come from the option tables, and are as fresh as these.
load ../lib

completions=$GP_SRC/completions

# ask WORD ...: what bash offers for the last word, one a line.
ask() {
	run --separate-stderr bash -c '
		. "$0"
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
		_gp
		printf "%s\n" "${COMPREPLY[@]}"' "$completions/gp.bash" "$@"
	assert_success
	assert_stderr ''
}

@test "the committed files are what the tables give" {
	mkdir new
	run --separate-stderr "$completions/generate" "$GP_BUILD" new
	assert_success
	assert_output ''
	for f in gp.bash _gp gp.fish; do
		run diff "$completions/$f" "new/$f"
		assert_success
	done
}

@test "no commands: said, and nothing is written" {
	mkdir new
	run --separate-stderr "$completions/generate" "$PWD" new
	assert_failure 1
	assert_stderr "generate: no commands in '$PWD'"
	assert [ -z "$(ls new)" ]
}

@test "every command is completed in all three" {
	for c in $(sed -n 's/^CMDS = //p' "$GP_SRC/Makefile"); do
		grep -q "^complete -F _gp.* $c\( \|$\)" "$completions/gp.bash" ||
			fail "bash: $c"
		grep -q "^#compdef.* $c\( \|$\)" "$completions/_gp" ||
			fail "zsh: $c"
		grep -q "^complete -c $c " "$completions/gp.fish" ||
			fail "fish: $c"
	done
}

@test "bash: syntax, and the function is bound" {
	run bash -n "$completions/gp.bash"
	assert_success
	run bash -c '. "$0"; complete -p gp-fetch' "$completions/gp.bash"
	assert_success
	assert_output "complete -F _gp gp-fetch"
}

@test "bash: options" {
	ask gp-fetch --st
	assert_output "--stream
--state"
	ask gp-fetch --no-such
	assert_output ''
	ask /usr/local/bin/gp-fetch --verb
	assert_output "--verbose"
}

@test "bash: files, folders, nothing" {
	touch a.state
	mkdir a.dir
	ask gp-fetch --state a
	assert_line a.state
	assert_line a.dir
	ask gp-fetch --state = a.s
	assert_output a.state
	ask gp-fetch -c a.s
	assert_output a.state
	ask gp-fetch --record a
	assert_output a.dir
	ask gp-fetch --since a
	assert_output ''
	ask gp-classify a.s
	assert_output a.state
}

@test "bash: a choice and the words after it" {
	mkdir build
	cat >build/gp-x <<-'EOT'
		#!/bin/sh
		printf 'command\tgp-x\t[FILE ...]\tone|two\tdo a thing\n'
		printf 'choice\tf\tformat\tWORD\ttable|csv\tit'"'"'s [a]: b\n'
	EOT
	chmod +x build/gp-x
	touch file
	"$completions/generate" build .
	completions=.
	ask gp-x --format ''
	assert_output "table
csv"
	ask gp-x --format = c
	assert_output csv
	ask gp-x -f t
	assert_output table
	ask gp-x ''
	assert_output "one
two"
	ask gp-x two f
	assert_output file
	run bash -n gp.bash
	assert_success
	run zsh -n _gp
	assert_success
	run --separate-stderr fish -c 'source gp.fish; complete -C "gp-x --format "'
	assert_output "csv	it's [a]: b
table	it's [a]: b"
}

@test "zsh: syntax" {
	run zsh -n "$completions/_gp"
	assert_success
	assert_output ''
}

@test "fish: syntax, and options are offered" {
	run fish -n "$completions/gp.fish"
	assert_success
	assert_output ''
	run --separate-stderr fish -c 'source $argv[1]
		complete -C "gp-fetch --st" | cut -f 1' "$completions/gp.fish"
	assert_success
	assert_output "--state
--stream"
}
