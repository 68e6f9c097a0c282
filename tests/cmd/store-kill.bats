# gp-store put, killed at any moment: see tests/store_kill.py.
# Takes long: it is begun first.
load ../lib
load ../postgres

teardown() {
	pg_stop
}

@test "store: 200 kills with SQLite: nothing acknowledged is lost, nothing is doubled" {
	run --separate-stderr "$GP_TESTS/store_kill.py" t.db 200 1
	assert_stderr ''
	assert_success
	assert_output --regexp '^killed 200 times, [0-9]+ records whole$'
	run gp-store check t.db
	assert_success
}

@test "store: 200 kills with PostgreSQL: nothing acknowledged is lost, nothing is doubled" {
	pg_start
	run --separate-stderr "$GP_TESTS/store_kill.py" "$pg" 200 2
	assert_stderr ''
	assert_success
	assert_output --regexp '^killed 200 times, [0-9]+ records whole$'
	run gp-store check "$pg"
	assert_success
}

@test "store: 60 kills with PostgreSQL by month: the same" {
	pg_start
	gp-store put "$pg" </dev/null
	gp-store migrate --partition month "$pg" >/dev/null
	run --separate-stderr "$GP_TESTS/store_kill.py" "$pg" 60 3
	assert_stderr ''
	assert_success
	assert_output --regexp '^killed 60 times, [0-9]+ records whole$'
	run gp-store check "$pg"
	assert_success
}

@test "store: a server that is killed: the run says so, and nothing acknowledged is lost" {
	pg_start
	printf '{"type":"comment","id":"vk:-1/1/1","text":"а"}\n' | gp-store put "$pg" --ack >acks
	mkfifo in
	exec 8<>in
	GP_DB_WAIT=0 gp-store put "$pg" in 2>err 3>&- 8>&- &
	pid=$!
	printf '{"type":"comment","id":"vk:-1/1/2","text":"б"}\n' >&8
	sleep 2 # it is committed
	pg_as "$PG_BIN/pg_ctl" -D "$PG_DIR/data" -m immediate -s stop
	printf '{"type":"comment","id":"vk:-1/1/3","text":"в"}\n' >&8
	status=0
	wait $pid || status=$?
	exec 8>&-
	assert_equal $status 75
	run cat err
	assert_output --partial 'gp-store: postgresql:///gp?host='
	run --separate-stderr gp-store get "$pg"
	assert_failure 75
	pg_again
	run gp-store get "$pg" --jq .id
	assert_output '"vk:-1/1/1"
"vk:-1/1/2"'
}
