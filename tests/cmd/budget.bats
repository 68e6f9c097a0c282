# The limits of networks, shared by all machines: buckets in PostgreSQL.
# Takes long: it is begun first.
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
	# Calls are counted as they arrive: a machine that is busy may hold one up.
	RATE=2.2 run gp-sim --strict-rate --clones 32 --run -- sh ./with
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

@test "budget: a hold that one was told of holds the others" {
	cat >with <<-'END'
		cat >gp.yaml <<CONF
		telegram: {preview: $GP_SIM_URL, rate: 5}
		budget: $pg
		pages:
		  a: {network: telegram, name: zarechny_adm_1}
		  b: {network: telegram, name: zarechny_adm_2}
		CONF
		mkdir -m 700 run1 run2
		XDG_RUNTIME_DIR=$PWD/run1 gp-fetch -c gp.yaml -p a --stream posts >a &
		until [ "$("$PG_BIN/psql" -qAt -h "$PG_DIR" -U gp gp -c "SELECT COUNT(*) FROM gp_budget WHERE hold > EXTRACT(epoch FROM clock_timestamp())" 2>/dev/null)" = 1 ]; do
			sleep 0.1
		done
		XDG_RUNTIME_DIR=$PWD/run2 gp-fetch -c gp.yaml -p b --stream posts --max-wait 1s >b 2>err
		echo $? >status
		XDG_RUNTIME_DIR=$PWD/run2 gp-fetch -c gp.yaml -p b --stream posts >b
		wait
	END
	run --separate-stderr gp-sim --clones 2 --fault 429@/s/zarechny_adm_1,times=1,retry_after=9 --run -- sh ./with
	assert_success
	run cat status err
	assert_line --index 0 75
	assert_line --index 1 --regexp '^gp-fetch: telegram:zarechny_adm_2: posts: the network asked us to wait [0-9]+ s, more than the 1 s allowed$'
	run jq -c 'select(.type == "run") | [.outcome, .waited > 0]' a b
	assert_output $'["ok",true]\n["ok",true]'
}

@test "budget: a clock of the database that was set back holds nobody" {
	cat >with <<-'END'
		printf 'telegram: {preview: %s, rate: 5}\nbudget: %s\npages:\n  a: {network: telegram, name: zarechny_adm}\n' "$GP_SIM_URL" "$pg" >gp.yaml
		gp-fetch -c gp.yaml -p a --stream page >a
		"$PG_BIN/psql" -qAt -h "$PG_DIR" -U gp gp -c 'UPDATE gp_budget SET next = next + 3600'
		gp-fetch -c gp.yaml -p a --stream page --max-wait 20s >b
	END
	run --separate-stderr gp-sim --run -- sh -e ./with
	assert_stderr ''
	assert_success
	run sql -c "SELECT bool_and(next < EXTRACT(epoch FROM clock_timestamp()) + 20) FROM gp_budget"
	assert_output t
}

@test "budget: a database that is away is said, with its address; what is no server too" {
	echo 'pages: {a: {network: telegram, name: adm}}' >gp.yaml
	GP_BUDGET='postgres://gp@127.0.0.1:1/gp' run --separate-stderr gp-fetch -c gp.yaml
	assert_failure 75
	assert_stderr --partial '127.0.0.1'
	GP_BUDGET=b.db run --separate-stderr gp-fetch -c gp.yaml
	assert_failure 78
	assert_stderr "gp-fetch: budget: 'b.db' is no server: machines share a database of PostgreSQL, postgres://..."
	GP_BUDGET='postgres://gp:geheim@127.0.0.1:1/gp' run --separate-stderr gp-fetch -c gp.yaml
	assert_failure 64
	refute_stderr --partial geheim
}

@test "budget: what sends keeps to it too" {
	echo '{"type":"reply","id":"r1","to":"telegram:adm/1","text":"а"}' >r
	echo 'pages: {a: {network: telegram, name: adm}}' >gp.yaml
	GP_BUDGET='postgres://gp@127.0.0.1:1/gp' run --separate-stderr gp-reply -c gp.yaml r
	assert_failure 75
	assert_stderr --partial '127.0.0.1'
}

@test "budget: a clock that is set back while it is used, as of another server, holds nobody" {
	# What the clock is, for those whose search begins there.
	sql -c "CREATE SCHEMA late" -c "CREATE TABLE late.by(s DOUBLE PRECISION)" -c "INSERT INTO late.by VALUES(0)" \
		-c "CREATE FUNCTION late.clock_timestamp() RETURNS TIMESTAMPTZ LANGUAGE SQL VOLATILE AS 'SELECT pg_catalog.clock_timestamp() - s * interval ''1 second'' FROM late.by'" \
		-c "ALTER ROLE gp SET search_path = late, pg_catalog, public"
	cat >>with <<-'END'
		jq -s length log >calls
	END
	sed -i 's/^wait$/sleep 3; "$PG_BIN\/psql" -qAt -h "$PG_DIR" -U gp gp -c "UPDATE late.by SET s = 100"; began=$(date +%s); wait; echo $(($(date +%s) - began)) >took/' with
	export GP_BUDGET=$pg
	RATE=3 run timeout 120 gp-sim --clones 32 --run -- sh ./with
	assert_success
	run cat err.0 err.1 err.2 err.3 err.4 err.5 err.6 err.7
	assert_output ""
	run sh -c "cat out.* | jq -r 'select(.type == \"run\").outcome' | sort | uniq -c | tr -d ' '"
	assert_output 32ok
	# Some 25 calls are left, three a second, and a second or two are lost.
	[ "$(cat took)" -lt 30 ]
}
