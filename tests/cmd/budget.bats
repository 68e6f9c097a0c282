# The limits of networks, shared by all machines: buckets in PostgreSQL.
load ../lib
load ../postgres

setup() {
	gp_setup
	pg_start
	unset GP_BUDGET
	export pg
	# with RATE: eight machines, each with files of its own, read 32 pages.
	cat >with <<-'END'
		cat >gp.yaml <<CONF
		vk: {api: $GP_SIM_URL/vk, rate: $RATE}
		pages:
		CONF
		for i in $(seq 32); do
			echo "  v$i: {network: vk, name: $((210000777 + i)), tokens: {service: {file: $GP_SIM_VK_SERVICE}}}"
		done >>gp.yaml
		for m in 0 1 2 3 4 5 6 7; do
			mkdir -m 700 -p run$m
			seq -f v%.0f $((m * 4 + 1)) $((m * 4 + 4)) |
				XDG_RUNTIME_DIR=$PWD/run$m gp-fetch -c gp.yaml --pages - --stream page --retries 9 >out.$m 2>err.$m &
		done
		wait
		curl -s "$GP_SIM_URL/_sim/log" >log
	END
}

teardown() {
	pg_stop
}

sql() {
	"$PG_BIN/psql" -qAt -h "$PG_DIR" -U gp gp "$@"
}

excess() {
	jq -s '[.[] | select(.error == 6)] | length' log
}

@test "budget: eight processes with files of their own ask too much, with a database never" {
	RATE=3 gp-sim --strict-rate --clones 32 --run -- sh ./with
	[ "$(excess)" -gt 0 ] || fail "without it they would keep the limit too"
	export GP_BUDGET=$pg
	RATE=2.7 run gp-sim --strict-rate --clones 32 --run -- sh ./with
	assert_success
	run cat err.0 err.1 err.2 err.3 err.4 err.5 err.6 err.7
	assert_output ""
	run excess
	assert_output 0
	run sh -c "cat out.* | jq -r 'select(.type == \"run\").outcome' | sort | uniq -c | tr -d ' '"
	assert_output 32ok
	# As many slots as calls, or a few more that lapsed.
	calls=$(jq -s length log)
	run sql -c "SELECT used >= $calls AND used <= $calls * 2 FROM gp_budget"
	assert_output t
	# Neither a token nor a part of it is in the database.
	run sql -c "SELECT key ~ '^[0-9a-f]{32}$', COUNT(*) FROM gp_budget GROUP BY 1"
	assert_output 't|1'
}
