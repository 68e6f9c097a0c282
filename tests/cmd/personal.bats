#!/usr/bin/env bats
# How much of the personal data in invented messages is found, and how much of
# what is found is personal: by kind, printed; the floors are in personal.py.
load ../lib

judge() {
	run "$GP_TESTS/personal.py" "$GP_BUILD/tests/unit/spans" \
		"$GP_TESTS/fixtures/personal/allow.yaml" "$@"
	echo "$output" | sed 's/^/# /' >&3
	assert_success
}

@test "personal: the whole labelled set is over the floors" {
	judge "$GP_TESTS"/fixtures/personal/*.txt
	n=${lines[0]%% *}
	assert [ "$n" -ge 600 ]
}

@test "personal: so is the third that no rule was tuned on" {
	judge "$GP_TESTS/fixtures/personal/heldout.txt"
}

@test "personal: the judge sees what is missed, and what is too much" {
	echo 'Тел. {phone:8 900 000-00-01}, дом {flat:5}' >missed
	run "$GP_TESTS/personal.py" "$GP_BUILD/tests/unit/spans" \
		"$GP_TESTS/fixtures/personal/allow.yaml" missed
	assert_failure 1
	assert_line --partial 'under the floor: names and addresses'
	echo 'Тел. 8 900 000-00-01' >extra
	run "$GP_TESTS/personal.py" "$GP_BUILD/tests/unit/spans" \
		"$GP_TESTS/fixtures/personal/allow.yaml" extra
	assert_failure 1
	assert_line --partial 'under the floor: fixed'
}
