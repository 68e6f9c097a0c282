# The rehearsal of the country in its short form: that it runs, and that the
# store holds what gp-sim says was written.
load ../lib

@test "country: the rehearsal, shortened: nothing lost, nothing twice" {
	gp_setup
	run --separate-stderr "$BATS_TEST_DIRNAME/../bench/country/run" "$GP_BUILD" short
	assert_success
	assert_stderr ""
	refute_output --partial FAULT
	# Of the sample, and of the hours in a database of their own.
	assert_equal "$(grep -c 'were written: lost 0, too many 0$' <<<"$output")" 2
	refute_output --regexp 'on [0-9]+ pages 0 posts and 0 comments'
	# The figures it is there for.
	assert_line --regexp '^  4 workers +[0-9]+ pages in +[0-9]+ leases, .* calls/s'
	assert_line --regexp '^  kept up with [0-9.]+ times real time; lag at the end'
	assert_line --regexp '^  store: [0-9]+ records, [0-9]+ bytes each with indexes'
	assert_line --regexp '^gp-sim: [0-9]+ MB at the most$'
}
