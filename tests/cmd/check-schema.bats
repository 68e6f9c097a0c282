#!/usr/bin/env bats
# gp-check --schema: the verdicts are those of the shipped JSON Schema.
load ../lib

good=$BATS_TEST_DIRNAME/../fixtures/record/good.ndjson

# How many errors of the schema a record has, a line each.
# shellcheck disable=SC2016
count='(.findings // []) | if type == "array"
	then map(select(type == "object" and .rule == "schema")) | length
	else 0 end'

@test "check-schema: sound records pass as they were read" {
	run --separate-stderr gp-check --schema "$good"
	assert_success
	assert_stderr ''
	assert_output "$(cat "$good")"
}

@test "check-schema: the verdicts are those of python3-jsonschema" {
	"$GP_TESTS/schema_set.py" <"$good" >many
	assert [ "$(wc -l <many)" -gt 10000 ]
	run --separate-stderr gp-check --schema --jq "$count" many
	assert_failure 1
	assert_stderr ''
	echo "$output" >ours
	"$GP_TESTS/schema.py" <many >said && fail "nothing is bad"
	sed -n 's/^line \([0-9]*\):.*/\1/p' said | sort -un >bad
	assert [ "$(wc -l <bad)" -gt 5000 ]
	# the numbers of records that only one of the two refuses
	run awk 'NR == FNR { bad[$1] = 1; next }
		($1 > 0) != (FNR in bad) { print FNR }' bad ours
	assert_output ''
}

@test "check-schema: what is wrong is told with its place" {
	cat >in <<-'END'
		{"type":"comment","id":"vk:-1/2/3","network":"vk","at":"yesterday"}
		{"type":"comment","id":"vk:-1/2/3","network":"vk","at":"2026-10-30T06:10:00Z","author":{"id":"7"}}
		{"type":"post","id":"vk:-1/2","network":"vk","page":"vk:-1","at":"2026-10-30T06:10:00Z","attachments":[{"kind":"photo"},{"kind":"gif"}]}
		{"type":"reply","to":"vk:-1/2","text":"","final":true,"interim":true}
		{"type":"weather","anything":1}
	END
	run --separate-stderr gp-check --schema --only-findings \
		--jq '[.level, .rule, .of, .member, .message]' in
	assert_failure 1
	assert_stderr ''
	assert_output '["error","schema","vk:-1/2/3","/at","does not match ^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)Z$"]
["error","schema","vk:-1/2/3","/author","'"'official'"' is missing"]
["error","schema","vk:-1/2","/attachments/1/kind","is none of the words that may stand there"]
["error","schema",null,"/text","must not be empty"]'
}

@test "check-schema: a member twice counts as its last" {
	echo '{"type":"comment","id":5,"network":"vk","at":"2026-10-30T06:10:00Z","id":"vk:-1/2/3"}' >in
	run --separate-stderr gp-check --schema in
	assert_success
	assert_output "$(cat in)"
}

@test "check-schema: --strict holds back what is unsound" {
	head -n 2 "$good" >in
	echo '{"type":"cursor","id":"cursor:vk:-1/posts","page":"vk:-1"}' >>in
	run --separate-stderr gp-check --schema --strict --reject bad in
	assert_failure 1
	assert_output "$(head -n 2 "$good")"
	assert_stderr "gp-check: in:3: held back: 1 error in 'cursor:vk:-1/posts'"
	run cat bad
	assert_output --partial '"line":3'
}

@test "check-schema: a keyword that is not known is refused" {
	mkdir data
	echo '{"type":"object","patternProperties":{}}' \
		>data/gp-record.schema.json
	GP_DATA=data run --separate-stderr gp-check --schema "$good"
	assert_failure 78
	assert_stderr "gp-check: data/gp-record.schema.json: the keyword 'patternProperties' is not known"
}

@test "check-schema: what gp-check finds is sound itself" {
	"$GP_TESTS/check_score.py" "$GP_BUILD/gp-check" answer \
		"$GP_TESTS/fixtures/check/replies.txt" --records >in
	gp-check in >out || [ $? = 1 ]
	gp-check --only-findings --official in >found || [ $? = 1 ]
	assert [ "$(wc -l <found)" -gt 100 ]
	cat found >>out
	run "$GP_TESTS/schema.py" <out
	assert_success
	run --separate-stderr gp-check --schema --only-findings out
	assert_success
	assert_output ''
}
