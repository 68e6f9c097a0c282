#!/usr/bin/env bats
# The shipped standard against labelled answers and posts: precision and recall
# a rule. Those named unseen were written before the rules and never tuned on;
# one hand wrote texts and rules, so that foreign texts will fare worse.
load ../lib

fixtures=$BATS_TEST_DIRNAME/../fixtures/check

# score KIND FILE: prints the figures a rule, and keeps them in $output.
score() {
	run --separate-stderr "$GP_TESTS/check_score.py" \
		"$GP_BUILD/gp-check" "$1" "$fixtures/$2"
	assert_success
	assert_stderr ''
	echo "# $2" >&3
	# shellcheck disable=SC2001
	sed 's/^/# /' <<<"$output" >&3
}

# at_least ROW PRECISION RECALL
at_least() {
	awk -v row="$1" -v p="$2" -v r="$3" '$1 == row {
		found = 1; bad = $9 + 0 < p || $11 + 0 < r }
		END { exit !found || bad }' <<<"$output" ||
		fail "$1 is below $2 and $3: $(grep "^$1 " <<<"$output")"
}

@test "check-quality: there are enough texts, a rule in several" {
	assert [ "$(cat "$fixtures"/replies*.txt | grep -vc '^#')" -ge 200 ]
	assert [ "$(cat "$fixtures"/posts*.txt | grep -vc '^#')" -ge 60 ]
}

@test "check-quality: answers that the rules were tuned on" {
	score answer replies.txt
	at_least all 0.97 0.97
	for rule in $(gp-check --rules --jq 'select(.for == "draft,reply" and
		.rule != "answer.long" and .rule != "answer.sentence") | .rule' |
		tr -d '"'); do
		at_least "$rule" 0.9 0.9
	done
}

@test "check-quality: answers that no rule has seen" {
	score answer replies-unseen.txt
	at_least all 0.9 0.9
}

@test "check-quality: posts that the rules were tuned on" {
	score post posts.txt
	at_least all 0.97 0.97
}

@test "check-quality: posts that no rule has seen" {
	score post posts-unseen.txt
	at_least all 0.85 0.9
}
