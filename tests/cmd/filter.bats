# What every filter does alike, by the smallest one (tests/unit/keep.c).
load ../lib

# Three good records, a bad one and a blank line.
input() {
	printf '{"a":1}\n\n{"a":}\n{"a":1E+2 , "b":"\\u0041"}\r\n{"a":3}' >in
}

@test "records pass as they stand, others are named" {
	input
	for jobs in 1 2 8; do
		run --separate-stderr keep -j $jobs in
		assert_failure 1
		assert_output '{"a":1}
{"a":1E+2 , "b":"\u0041"}
{"a":3}'
		assert_stderr "keep: in:3: not JSON: a comma, colon or bracket is missing or misplaced"
	done
}

@test "standard input, alone and among files" {
	input
	run --separate-stderr keep <in
	assert_failure 1
	assert_stderr --partial "keep: stdin:3: not JSON"
	echo '{"b":1}' >two
	run --separate-stderr sh -c 'echo "{\"c\":1}" | keep two - two'
	assert_success
	assert_output '{"b":1}
{"c":1}
{"b":1}'
	assert_stderr ""
}

@test "no input, no output" {
	: >empty
	run --separate-stderr keep empty
	assert_success
	assert_output ""
	assert_stderr ""
	run --separate-stderr keep /dev/null --strict -j 3
	assert_success
	assert_output ""
}

@test "strict stops at the first refusal with 65" {
	input
	for jobs in 1 2 8; do
		run --separate-stderr keep --strict -j $jobs in
		assert_failure 65
		assert_output '{"a":1}'
		assert_stderr --partial "keep: in:3: not JSON"
	done
}

@test "a file that is not there, or no file" {
	run --separate-stderr keep nosuch
	assert_failure 74
	assert_output ""
	assert_stderr "keep: cannot open 'nosuch': No such file or directory"
	run --separate-stderr keep .
	assert_failure 74
	assert_stderr "keep: cannot read '.': Is a directory"
}

@test "a full disk is 74" {
	input
	for jobs in 1 2; do
		run --separate-stderr sh -c "keep -j $jobs in >/dev/full"
		assert_failure 74
		assert_stderr_line "keep: cannot write to standard output: No space left on device"
	done
}

@test "a reader that leaves ends it in silence" {
	seq 200000 | sed 's/.*/{"n":&}/' >in
	run --separate-stderr bash -c 'set -o pipefail; keep in | head -n 1; echo "${PIPESTATUS[0]}" >&2'
	assert_output '{"n":1}'
	assert_stderr 141
}

@test "--reject keeps refused lines with number and reason" {
	input
	run --separate-stderr keep --reject bad in
	assert_failure 1
	run jq -c . bad
	assert_success
	assert_output '{"file":"in","line":3,"reason":"not JSON: a comma, colon or bracket is missing or misplaced","input":"{\"a\":}"}'
	[ "$(stat -c %a bad)" = 600 ]
	# Added to, not written anew.
	run keep --reject bad in
	[ "$(wc -l <bad)" = 2 ]
}

@test "--reject keeps bytes that are not UTF-8" {
	printf '{"a":"\xcf\xf0\\\\"}\n' >in
	run --separate-stderr keep --reject bad in
	assert_failure 1
	assert_stderr "keep: in:1: not UTF-8"
	run jq -r .escaped bad
	assert_output '{"a":"\xcf\xf0\\\\"}'
	run jq -c 'keys' bad
	assert_output '["escaped","file","line","reason"]'
}

@test "an over-long line is refused by its number and kept whole" {
	{
		echo '{"a":1}'
		head -c 17000000 /dev/zero | tr '\0' x
		echo
		echo '{"a":3}'
	} >in
	for jobs in 1 4; do
		rm -f bad
		run --separate-stderr keep -j $jobs --reject bad in
		assert_failure 1
		assert_output '{"a":1}
{"a":3}'
		assert_stderr "keep: in:2: longer than the ceiling of a record"
		run jq -j .escaped bad
		[ "${#output}" = 17000000 ]
		run jq -s -c 'map(.line) | unique' bad
		assert_output '[2]'
		run jq -s -c '[.[-1].end, (map(select(.end)) | length)]' bad
		assert_output '[true,1]'
	done
}

@test "a reject file that cannot be written is 74" {
	input
	run --separate-stderr keep --reject /no/such/bad in
	assert_failure 74
	assert_output ""
	assert_stderr "keep: cannot open '/no/such/bad': No such file or directory"
	run --separate-stderr keep --reject /dev/full in
	assert_failure 74
	assert_stderr_line "keep: cannot write to '/dev/full': No space left on device"
}

@test "a hundred thousand lines, the same by any number of threads" {
	seq 100000 | awk '{ if ($1 % 997 == 0) print "bad " $1; else print "{\"n\":" $1 "}" }' >in
	keep in >one 2>said || [ $? = 1 ]
	[ "$(wc -l <one)" = 99900 ]
	[ "$(wc -l <said)" = 100 ]
	for jobs in 2 4 8; do
		keep -j $jobs in >more 2>more.said || [ $? = 1 ]
		cmp one more
		cmp said more.said
	done
}

@test "lines are numbered from the first of their own file" {
	# Several blocks each; every 9973rd line is refused, every 11th is blank.
	awk 'BEGIN { for (i = 1; i <= 60000; i++)
		if (i % 9973 == 0) print "bad"
		else print i % 11 ? "{\"n\":" i ",\"t\":\"twenty bytes of text\"}" : "" }' >a
	head -n 35000 a >b
	for n in 9973 19946 29919 39892 49865 59838; do echo "a $n"; done >want
	for n in 9973 19946 29919; do echo "b $n"; done >>want
	for jobs in 1 2 8; do
		rm -f bad
		run --separate-stderr keep -j $jobs --reject bad a b
		assert_failure 1
		jq -r '"\(.file) \(.line)"' bad | diff - want
		echo "$stderr" | sed 's/^keep: \(.\):\([0-9]*\): .*/\1 \2/' |
			diff - want
	done
}

@test "foreign words never steer the terminal" {
	printf '{"a":1}\n{\n' >"$(printf 'in\033[31m')"
	run --separate-stderr keep in*
	assert_failure 1
	assert_stderr "keep: in?[31m:2: not JSON: cut off"
}

@test "--jq: records go through jq" {
	export GP_DATA=$GP_SRC/lib/data
	input
	run --separate-stderr keep --jq '.a' in
	assert_failure 1
	assert_output '1
100
3'
	run --separate-stderr keep --jq '.a |' /dev/null
	assert_failure 64
	assert_stderr --partial "compile error"
	# A jq that is gone before we write is no other matter.
	run --separate-stderr keep --jq '.a |' in
	assert_failure 64
	assert_stderr --partial "compile error"
	echo '{"a":"x"}' >one
	run --separate-stderr keep --jq '.a + 1' one
	assert_failure 1
	assert_stderr --partial "jq: error"
}

@test "wrong options are 64" {
	run --separate-stderr keep --jobs x
	assert_failure 64
	assert_output ""
	assert_stderr "keep: --jobs: 'x' is not a whole number
keep: try 'keep --help'"
}
