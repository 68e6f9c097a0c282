#!/usr/bin/env bats
# gp-post under kill -9 and on the bad days of writing: nothing twice, nothing
# lost, the receipts agree with what gp-sim holds. The full form, as README has
# it: GP_POSTS=500 GP_KILLS=300.
load ../lib
load ../postgres

small=$BATS_TEST_DIRNAME/../fixtures/sim/small.yaml

setup() {
	gp_setup
	export GP_NOW=2026-10-10T15:00:00Z
	base64 -d >a.png <<-'END'
	iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY
	42YAAAAASUVORK5CYII=
	END
}

teardown() {
	pg_stop
}

# killed JOURNAL POSTS KILLS SEED
killed() {
	run --separate-stderr gp-sim "$small" -- bash -c \
		". $GP_TESTS/post.bash; python3 $GP_TESTS/post_kill.py $*"
	assert_success
	assert_output --regexp '^[0-9]+ posts on 4 networks, [0-9]+ kills in [0-9]+ s: none twice, none lost; [0-9]+ left to a person$'
	assert_stderr ''
	echo "# $output" >&3
}

@test "killed at random moments, every post stands on every network once" {
	killed j.db ${GP_POSTS:-40} ${GP_KILLS:-25} ${GP_SEED:-6}
}

@test "killed with the journal on a server, the same" {
	pg_start
	killed "'$pg'" ${GP_POSTS:-15} ${GP_KILLS:-10} ${GP_SEED:-6}
}
