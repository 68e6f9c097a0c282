# gp-store on PostgreSQL, records in a table a month (store.bats runs all its
# cases on such a store too).
load ../lib
load ../postgres

setup_file() {
	pg_start
}

setup() {
	gp_setup
	pg_fresh "m$BATS_TEST_NUMBER"
	db=$pg_db
}

teardown_file() {
	pg_stop
}

sql() {
	"$PG_BIN/psql" -qAt "$db" -c "$1"
}

comment() { # N AT TEXT [MEMBERS]
	printf '{"type":"comment","id":"vk:-1/10/%s","network":"vk","page":"vk:-1","at":"%s","post":"vk:-1/10","author":{"id":"7"},"text":"%s"%s}\n' \
		"$1" "$2" "$3" "${4:+,$4}"
}

tables() {
	sql "SELECT tableoid::regclass || ' ' || count(*) FROM gp_record GROUP BY tableoid ORDER BY 1"
}

by_month() {
	gp-store put "$db" </dev/null
	gp-store migrate --partition month "$db" >/dev/null
}

# held COMMAND ...: a put of held.in has written the records and stands still
# before its end; the command runs, then both go on. Their statuses.
held() {
	mkfifo hold
	"$PG_BIN/psql" -qAt "$db" <hold >/dev/null 3>&- &
	exec 9>hold
	echo 'BEGIN; SELECT 1 FROM gp_cursor FOR UPDATE;' >&9
	until [ "$(sql "SELECT count(*) FROM pg_locks WHERE relation = 'gp_cursor'::regclass")" -gt 0 ]; do sleep 0.05; done
	gp-store put "$db" held.in 3>&- 9>&- &
	put=$!
	until waits 1; do sleep 0.05; done
	(
		"$@" >out 2>err
		echo $? >status
	) 3>&- 9>&- &
	until waits 2 || [ -s status ]; do sleep 0.05; done
	echo 'COMMIT;' >&9
	exec 9>&-
	wait $put
	echo "put $?"
	wait
	echo "$1 $2 $(cat status)"
}

waits() {
	[ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")" = "$1" ]
}

cursor() {
	printf '{"type":"cursor","page":"vk:-1","stream":"comments","value":"%s"}\n' "$1"
}

@test "store: what is being put of a person who is just forgotten is found too" {
	{ comment 1 2026-10-01T00:00:00Z 'Иванов, 8 900'; cursor 1; } | gp-store put "$db"
	{ comment 2 2026-10-02T00:00:00Z 'Петров, 8 900'; cursor 2; } >held.in
	run held gp-store forget "$db" --author vk:7
	assert_output $'put 0\ngp-store forget 0'
	run gp-store get "$db" --jq '[.id, .text, .author, .forgotten]'
	assert_output $'["vk:-1/10/1",null,null,true]\n["vk:-1/10/2",null,null,true]'
}

@test "months: each record stands in its month, and moves with its time" {
	by_month
	{
		comment 1 2026-09-30T23:59:59Z 'Яма'
		comment 2 2026-10-01T00:00:00Z 'Яма'
		comment 3 1970-01-01T00:00:00Z 'Яма'
		comment 4 2999-01-01T00:00:00Z 'Яма'
		printf '{"type":"draft","id":"draft:1"}\n'
	} | gp-store put "$db"
	run tables
	assert_output 'gp_record_2026_09 1
gp_record_2026_10 1
gp_record_rest 3'
	# Another month, none, and back; the older versions are kept, once.
	comment 1 2026-10-05T00:00:00Z 'Большая яма' | gp-store put "$db"
	printf '{"type":"comment","id":"vk:-1/10/2","network":"vk","page":"vk:-1","text":"Когда-то"}\n' | gp-store put "$db"
	run tables
	assert_output 'gp_record_2026_10 1
gp_record_rest 4'
	comment 2 2026-08-01T00:00:00Z 'Когда-то, точно' | gp-store put "$db"
	run tables
	assert_output 'gp_record_2026_08 1
gp_record_2026_10 1
gp_record_rest 3'
	run gp-store get "$db" --history --id vk:-1/10/2 --jq .text
	assert_output '"Яма"
"Когда-то"
"Когда-то, точно"'
	run gp-store get "$db" --match ям --jq .id
	assert_line '"vk:-1/10/1"'
	run sql "SELECT count(*) FROM gp_id g FULL JOIN gp_record r ON r.id = g.id WHERE r.at IS DISTINCT FROM g.at OR r.id IS NULL OR g.id IS NULL"
	assert_output 0
	run gp-store check "$db"
	assert_success
	# Only the month that was asked for is looked at.
	run sql "EXPLAIN SELECT body FROM gp_record WHERE at >= 1790812800 AND at < 1790899200"
	refute_output --partial gp_record_2026_08
}

@test "months: a store in one table moves into months while others put and read" {
	for m in 05 06 07 08 09 10; do
		for i in $(seq 300); do comment "$m/$i" "2026-$m-0$((i % 9 + 1))T10:00:00Z" 'Яма'; done
	done >first
	gp-store put "$db" first
	for w in 1 2; do
		(for k in $(seq 25); do
			for i in $(seq 40); do comment "$((i % 6 + 5))/w$w-$k-$i" "2026-$(printf %02d $((i % 6 + 5)))-11T10:00:00Z" 'Ещё яма'; done
			sed -n "$((k * 20)),$((k * 20 + 19))p" first | sed "s/Яма/Большая яма $w/"
			sleep 0.05
		done) | gp-store put "$db" 2>err$w 3>&- &
		pids="$pids $!"
	done
	(for _ in $(seq 12); do gp-store get "$db" --since 2026-05-01 --jq .id 2>>err3 || echo bad >>err3; done) >/dev/null 3>&- &
	sleep 0.4
	run gp-store migrate --partition month "$db"
	assert_success
	assert_output --partial '"from":3,"to":3,"texts":0,"months":6'
	for p in $pids; do wait "$p" || cat err1 err2 >&2; done
	wait
	run cat err1 err2 err3
	assert_output ''
	# What they put while it moved may have come to the rest again.
	run gp-store migrate --partition month "$db"
	assert_success
	run sql "SELECT count(*), count(DISTINCT id) FROM gp_record"
	assert_output '3800|3800'
	run sql "SELECT count(*) FROM gp_record_rest"
	assert_output 0
	run sql "SELECT count(*) FROM gp_id g FULL JOIN gp_record r ON r.id = g.id WHERE r.at IS DISTINCT FROM g.at OR r.id IS NULL OR g.id IS NULL"
	assert_output 0
	run gp-store check "$db"
	assert_success
}

@test "months: two who put one new id at the same time keep it once" {
	by_month
	for w in 1 2 3 4; do
		for i in $(seq 400); do printf '{"type":"comment","id":"vk:-1/10/%s","page":"vk:-%s","at":"2026-0%d-01T00:00:00Z","text":"а"}\n' "$i" "$w" "$w"; done >in$w
		gp-store put "$db" in$w 2>err$w 3>&- &
	done
	wait
	run cat err?
	assert_output ''
	run sql "SELECT count(*), count(DISTINCT id) FROM gp_record"
	assert_output '400|400'
}

@test "months: prune drops whole months, and deletes where an open appeal stays" {
	by_month
	{
		for i in 1 2 3; do printf '{"type":"post","id":"vk:-1/%s","network":"vk","page":"vk:-1","at":"2026-03-0%sT00:00:00Z","text":"Новость"}\n' $i $i; done
		for i in 4 5 6; do printf '{"type":"post","id":"vk:-1/%s","network":"vk","page":"vk:-1","at":"2026-04-0%sT00:00:00Z","text":"Новость"}\n' $i $i; done
		comment 1 2026-04-09T00:00:00Z 'Когда почините дорогу?' '"class":{"kind":"question"}'
		printf '{"type":"post","id":"vk:-1/7","network":"vk","page":"vk:-1","at":"2026-10-05T00:00:00Z","text":"Новость"}\n'
	} | gp-store put "$db"
	run gp-store prune "$db" --records 90d
	assert_output '{"type":"pruned","records":6,"runs":0,"versions":0}'
	run tables
	assert_output 'gp_record_2026_04 1
gp_record_2026_10 1'
	run sql "SELECT to_regclass('gp_record_2026_03') IS NULL, (SELECT count(*) FROM gp_id)"
	assert_output 't|2'
	# It may come again.
	printf '{"type":"post","id":"vk:-1/1","network":"vk","page":"vk:-1","at":"2026-03-01T00:00:00Z","text":"Новость"}\n' | gp-store put "$db"
	run tables
	assert_line 'gp_record_2026_03 1'
}

@test "months: a month that somebody is putting into is not dropped; check compares ids" {
	by_month
	{
		printf '{"type":"post","id":"vk:-1/1","network":"vk","page":"vk:-1","at":"2022-03-05T00:00:00Z","text":"Новость"}\n'
		cursor 1
	} | gp-store put "$db"
	{ comment 2 2022-03-06T00:00:00Z 'Когда почините дорогу?'; cursor 2; } >held.in
	run held gp-store prune "$db" --records 1096d
	assert_output $'put 0\ngp-store prune 0'
	run gp-store get "$db" --jq .id
	assert_output '"vk:-1/10/2"'
	run gp-store check "$db"
	assert_success
	sql "DROP TABLE gp_record_2022_03"
	run gp-store check "$db" --jq '[.rule, .of, .message]'
	assert_failure 1
	assert_output '["id.known","vk:-1/10/2","is said to be there, and is not"]'
}

@test "months: a file of SQLite has none" {
	gp-store put t.db </dev/null
	run --separate-stderr gp-store migrate --partition month t.db
	assert_failure 64
	assert_stderr 'gp-store: t.db: --partition is for postgres://'
}

# Citus is no package of Debian's: its functions are stand-ins that look whether
# what they are given is there, and that the column may be told by.
@test "months: the script for Citus names what is there (no Citus: stand-ins)" {
	by_month
	comment 1 2026-10-01T00:00:00Z 'Яма' | gp-store put "$db"
	run "$PG_BIN/psql" -qAtX -v ON_ERROR_STOP=1 "$db" -f "$GP_SRC/lib/data/citus.sql"
	assert_failure # a plain server has no such functions
	assert_output --partial create_reference_table
	sql "CREATE TABLE told(t text, c text);
	CREATE FUNCTION create_reference_table(t regclass) RETURNS void LANGUAGE sql AS 'INSERT INTO told VALUES(t::text, NULL)';
	CREATE FUNCTION create_distributed_table(t regclass, c text, colocate_with text DEFAULT 'default') RETURNS void LANGUAGE plpgsql AS \$\$BEGIN
		IF NOT EXISTS(SELECT 1 FROM pg_attribute WHERE attrelid = t AND attname = c AND attnotnull) THEN RAISE 'no such column, or it may be null: %.%', t, c; END IF;
		-- Whatever is unique must have the column in it.
		IF EXISTS(SELECT 1 FROM pg_index i WHERE i.indrelid = t AND i.indisunique AND NOT (SELECT attnum FROM pg_attribute WHERE attrelid = t AND attname = c) = ANY(i.indkey::int2[])) THEN RAISE 'unique without %: %', c, t; END IF;
		IF colocate_with NOT IN ('default', 'none') THEN PERFORM colocate_with::regclass; END IF;
		INSERT INTO told VALUES(t::text, c); END\$\$"
	"$PG_BIN/psql" -qAtX -v ON_ERROR_STOP=1 "$db" -f "$GP_SRC/lib/data/citus.sql"
	run sql "SELECT t || coalesce(' by ' || c, '') FROM told ORDER BY 1"
	assert_output 'gp_cursor by page
gp_erasure
gp_history by id
gp_id by id
gp_meta
gp_record by page'
	# Put, changed and found as before; a record without a page, too.
	printf '{"type":"unheard","of":1}\n' | gp-store put "$db"
	comment 1 2026-09-01T00:00:00Z 'Большая яма' | gp-store put "$db"
	run gp-store get "$db" --jq '.text // .type'
	assert_output '"Большая яма"
"unheard"'
	run gp-store check "$db"
	assert_success
}
