#!/usr/bin/env bats
# gp-post under kill -9 and on the bad days of writing: nothing twice, nothing
# lost, the receipts agree with what gp-sim holds. The full form, as README has
# it: GP_POSTS=500 GP_KILLS=300.
load ../lib

small=$BATS_TEST_DIRNAME/../fixtures/sim/small.yaml

@test "killed at random moments, every post stands on every network once" {
	export GP_NOW=2026-10-10T15:00:00Z
	base64 -d >a.png <<-'END'
	iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY
	42YAAAAASUVORK5CYII=
	END
	run --separate-stderr gp-sim "$small" -- bash -c \
		". $GP_TESTS/post.bash; python3 $GP_TESTS/post_kill.py ${GP_POSTS:-40} ${GP_KILLS:-25} ${GP_SEED:-6}"
	assert_success
	assert_output --regexp '^[0-9]+ posts on 4 networks, [0-9]+ kills in [0-9]+ s: none twice, none lost; [0-9]+ left to a person$'
	assert_stderr ''
	echo "# $output" >&3
}
