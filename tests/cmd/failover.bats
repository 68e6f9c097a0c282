# A server that goes away in the middle of it, and comes back, or another takes
# its place: every command waits, and nothing is done twice.
# Takes long: it is begun first.
load ../lib
load ../postgres

teardown() {
	pg_stop
}

@test "failover: sessions that end 100 times: all is there, once, no version twice" {
	pg_start
	run --separate-stderr "$GP_TESTS/store_outage.py" "$pg" terminate 100 1
	assert_success
	assert_output --regexp '^disturbed 100 times: [0-9]+ records and as many older versions, each once$'
	run gp-store check "$pg"
	assert_success
	# Records in a table a month, too.
	pg_fresh month
	gp-store put "$pg_db" </dev/null
	gp-store migrate --partition month "$pg_db" >/dev/null
	run --separate-stderr "$GP_TESTS/store_outage.py" "$pg_db" terminate 40 2
	assert_success
	assert_output --partial 'disturbed 40 times'
	run gp-store check "$pg_db"
	assert_success
}

@test "failover: a server that crashes and comes back four times: the same" {
	pg_start
	run --separate-stderr "$GP_TESTS/store_outage.py" "$pg" ". $GP_TESTS/postgres.bash; pg_as $PG_BIN/pg_ctl -D $PG_DIR/data -m immediate -s stop; pg_again" 4 2
	assert_success
	assert_output --partial 'each once'
	run gp-store check "$pg"
	assert_success
}

@test "failover: a standby takes the place of a primary that was killed" {
	pg_start
	pg_standby
	# What is acknowledged is on both.
	pg_sql "ALTER SYSTEM SET synchronous_standby_names = '*'" "SELECT pg_reload_conf()"
	two="postgresql:///gp?host=$PG_DIR,$PG_DIR/two&user=gp&target_session_attrs=read-write"
	gp-store put "$two" </dev/null # the schema
	mkfifo in
	exec 8<>in
	gp-store put "$two" --ack in >acks 2>err 3>&- 8>&- &
	pid=$!
	for i in $(seq 60); do
		for n in $(seq 20); do
			printf '{"type":"comment","id":"vk:-1/%s/%s","page":"vk:-1","text":"Яма"}\n' "$i" "$n"
			printf '{"type":"comment","id":"vk:-1/%s/%s","page":"vk:-1","text":"Большая яма"}\n' "$i" "$n"
		done >&8
		if [ "$i" = 20 ]; then
			kill -9 "$(head -1 "$PG_DIR/data/postmaster.pid")"
			pg_as "$PG_BIN/pg_ctl" -D "$PG_DIR/standby" -w -s promote
		fi
		sleep 0.1
	done
	exec 8>&-
	status=0
	wait $pid || status=$?
	cat err >&2
	assert_equal $status 0
	PG_HOST=$PG_DIR/two
	run pg_sql "SELECT count(*), count(DISTINCT id) FROM gp_record" "SELECT count(*), count(DISTINCT id) FROM gp_history"
	assert_output "1200|1200
1200|1200"
	run jq -s 'map(.records) | add' acks
	assert_output 2400
	# All of them find the one that can be written to.
	run --separate-stderr gp-store get "$two" --limit 1 --jq .text
	assert_output '"Большая яма"'
	printf '{"type":"cursor","page":"vk:-1","stream":"posts","value":"7"}\n' | gp-store put "$two"
	printf '{"type":"comment","id":"a","page":"p","at":"2026-10-30T06:00:00Z","text":"Яма на дороге у школы, Лесная 5"}\n' | gp-dedup --db "$two" >/dev/null
	run pg_sql "SELECT count(*) FROM gp_dedup_row"
	assert_output 1
}

@test "failover: one that stays away: said once, 75, its address, and no longer than told" {
	pg_start
	gp-store put "$pg" </dev/null
	mkfifo in
	exec 8<>in
	GP_DB_WAIT=2s gp-store put "$pg" in 2>err 3>&- 8>&- &
	pid=$!
	printf '{"type":"comment","id":"vk:-1/1/2","text":"б"}\n' >&8
	sleep 1.5
	pg_as "$PG_BIN/pg_ctl" -D "$PG_DIR/data" -m immediate -s stop
	printf '{"type":"comment","id":"vk:-1/1/3","text":"в"}\n' >&8
	status=0
	wait $pid || status=$?
	exec 8>&-
	assert_equal $status 75
	run cat err
	assert_line --index 0 --regexp "^gp-store: postgresql:///gp\?host=.*: connection to server on socket .* failed: .*; waiting for it, 2 s at most$"
	assert_line --index 1 --regexp "^gp-store: postgresql:///gp\?host=.*: connection to server .* failed: "
	assert_equal "${#lines[@]}" 2
	# Away at the start: not waited for.
	for c in "gp-store get $pg" "gp-store put $pg" "gp-dedup --db $pg" "gp-suggest --db $pg" "gp-reply --db $pg --list"; do
		run --separate-stderr timeout 20 $c </dev/null
		assert_failure 75
		assert_stderr --partial "$PG_DIR"
	done
	GP_DB_WAIT=soon run --separate-stderr gp-store get "$pg"
	assert_failure 78
	assert_stderr --partial "GP_DB_WAIT: 'soon' is not a span"
	run --separate-stderr gp-store get "postgresql://u:geheim@h1,h2/gp?target_session_attrs=read-write"
	assert_failure 64
	refute_stderr --partial geheim
	run --separate-stderr gp-store get "postgresql://u@127.0.0.1:1,127.0.0.1:2/gp?target_session_attrs=read-write"
	assert_failure 75
	assert_stderr --partial 'postgresql://u@127.0.0.1:1,127.0.0.1:2/gp'
}

@test "failover: a long reading goes on where it broke off, and prints nothing twice" {
	pg_start
	seq 120000 | awk '{ printf "{\"type\":\"comment\",\"id\":\"vk:-1/1/%d\",\"page\":\"vk:-1\",\"at\":\"2026-10-30T06:10:00Z\",\"text\":\"%0400d\"}\n", $1, $1 }' >in
	gp-store put --no-text "$pg" in
	# The reader is slow: the server ends the session while it waits.
	gp-store get "$pg" 2>err 3>&- | (
		head -c 3000000
		for _ in 1 2 3; do
			pg_sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'gp'" >/dev/null
			head -c 3000000
		done
		cat) >out
	assert_equal "${PIPESTATUS[0]}" 0
	sort in >in.s
	sort out | cmp - in.s
}

@test "failover: replies that are being sent: each of them once, in one run" {
	pg_start
	export GP_DB_WAIT=60s
	cp "$GP_TESTS/reply_pages.bash" .
	run --separate-stderr timeout 100 gp-sim "$GP_TESTS/fixtures/sim/small.yaml" -- bash -c '
		. ./reply_pages.bash; . "$GP_TESTS/postgres.bash"; pages
		for n in vk ok max telegram; do plant $n 12; plant $n 6 private; done
		fetched >r.ndjson; gp-store put "$pg" <r.ndjson
		gp-store get "$pg" --open | approve >replies.ndjson
		gp-reply -c c.yaml --settle 0 --db "$pg" --wait 20s replies.ndjson >out 2>err & pid=$!
		n=0
		while kill -0 $pid 2>/dev/null && [ $n -lt 100 ]; do
			pg_sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '"'gp'"'" >/dev/null
			n=$((n + 1))
			[ $n != 10 ] || { pg_as "$PG_BIN/pg_ctl" -D "$PG_DIR/data" -m immediate -s stop; pg_again; }
			sleep 0.0$((RANDOM % 9))
		done
		wait $pid; echo "rc $?"
		jq -r "select(.type == \"receipt\") | .status" out | sort | uniq -c | sed "s/^ *//"
		written | jq -r .text | sort | uniq -d | wc -l
		wc -l <replies.ndjson
		[ $n -ge 10 ] && echo enough'
	cat err >&2
	assert_line --index 0 "rc 0"
	assert_line --index 1 "${lines[3]} sent"
	assert_line --index 2 0
	assert_line --index 4 enough
}

@test "failover: gp-dedup keeps its index whole, whenever its sessions end" {
	pg_start
	text() { printf '{"type":"comment","id":"%s","page":"p","at":"2026-10-%02dT06:00:00Z","text":"Автобус номер %s не пришёл на остановку у дома %s по улице Лесной"}\n' "$1" $(($1 % 28 + 1)) "$1" "$1"; }
	end() { pg_sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'gp'" >/dev/null; }
	mkfifo in
	exec 8<>in
	gp-dedup --db "$pg" in >out 2>err 3>&- 8>&- &
	pid=$!
	for i in $(seq 40); do
		text "$i" >&8
		[ $((i % 4)) != 0 ] || end
		sleep 0.1
	done
	exec 8>&-
	wait $pid
	run cat err
	assert_output ''
	assert_equal "$(wc -l <out)" 40
	run pg_sql "SELECT count(*) FROM gp_dedup_row"
	assert_output 40
	# While it reads, too; one that could not begin says 75.
	seq 20000 | while read -r i; do printf '{"type":"comment","id":"m%s","page":"q%s","at":"2026-10-20T06:00:00Z","text":"Яма %s на дороге у школы %s, обещали засыпать"}\n' "$i" "$((i % 500))" "$i" "$((i * 7))"; done >many
	gp-dedup --db "$pg" many >once
	for i in 1 2 3 4 5 6; do
		gp-dedup --db "$pg" many >again 2>err 3>&- &
		pid=$!
		for _ in 1 2 3; do
			sleep 0.0$((RANDOM % 9 + 1))
			end
		done
		status=0
		wait $pid || status=$?
		[ $status = 75 ] || { cat err >&2 && [ $status = 0 ] && cmp once again; }
	done
	run pg_sql "SELECT count(*) FROM gp_dedup_row"
	assert_output 20040
}

@test "who may not come in is told so, in whatever words the server has" {
	pg_start
	"$PG_BIN/psql" -qAt -h "$PG_DIR" -U gp gp -c "CREATE ROLE guest NOLOGIN" -c "CREATE ROLE other LOGIN" \
		-c "REVOKE CONNECT ON DATABASE gp FROM PUBLIC"
	for role in guest other nobody; do
		run --separate-stderr gp-store get "postgresql:///gp?host=$PG_DIR&user=$role"
		assert_failure 77
		assert_stderr --partial "FATAL: "
	done
	run --separate-stderr gp-store get "postgresql:///none?host=$PG_DIR&user=gp"
	assert_failure 78
	assert_stderr --partial '"none" does not exist'
}
