#!/usr/bin/env bats
# How well gp-dedup does on the labelled set of tests/dedup_set.py, which says
# what it did on each part at first sight.
load ../lib

# score PART: over ten seeds, each an index of its own.
score() {
	for seed in 1 2 3 4 5 6 7 8 9 10; do
		"$GP_TESTS/dedup_set.py" "$1" $seed | gp-dedup |
			"$GP_TESTS/dedup_score.py"
	done | jq -s -c "{part: \"$1\", records: map(.records) | add,
		precision: ((map(.precision * .marks) | add) / (map(.marks) | add)),
		recall: ((map(.recall * .asked) | add) / (map(.asked) | add)),
		short: map(.short) | add}" >figures
	echo "# $(cat figures)" >&3
	run jq -e '.records > 2500 and .precision >= 0.97 and .recall >= 0.90 and .short == 0' figures
	assert_success
}

@test "the part that limits were set by" {
	score dev
}

@test "the part that was held out first" {
	score spent
}

@test "the part that was held out last" {
	score held
}
