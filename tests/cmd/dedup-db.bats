#!/usr/bin/env bats
# gp-dedup --db: the same answers from SQLite and PostgreSQL, between runs and
# beside other writers.
# Takes long: it is begun first.
load ../lib
load ../postgres

teardown() {
	pg_stop
}

input() {
	"$GP_TESTS/dedup_set.py" dev 7 >in
}

# rows URL: what the index holds.
rows() {
	case $1 in
	postgres*:*) psql -XAtq "$1" -c "$2" ;;
	*) python3 -c 'import sqlite3, sys
for r in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(*r, sep="|")' "$@" ;;
	esac
}

# Everything that both engines must do.
engine() {
	url=$1
	input
	gp-dedup in >whole
	# In pieces, a process each, as cron would.
	split -l 50 in piece.
	for p in piece.*; do
		run --separate-stderr gp-dedup --db "$url" "$p"
		assert_success
		assert_stderr ''
		printf '%s\n' "$output"
	done >pieces
	cmp whole pieces
	n=$(rows "$url" 'SELECT count(*) FROM gp_dedup_row')
	assert_equal "$n" "$(wc -l <in)"
	# Again: the same bytes, and an index that has not grown.
	gp-dedup --db "$url" in >again
	cmp whole again
	gp-dedup --db "$url" -j 3 again >third
	cmp whole third
	assert_equal "$(rows "$url" 'SELECT count(*) FROM gp_dedup_row')" "$n"

	# No text of a citizen in it.
	run rows "$url" 'SELECT count(*) FROM gp_dedup_row WHERE version = 1'
	assert_output "$n"

	# What is older than twice the window is forgotten; one record out of
	# the future forgets nothing.
	printf '{"type":"comment","id":"future","page":"p","at":"2999-01-01T00:00:00Z","text":"Автобус на Лесной 5 не пришёл по расписанию"}\n' |
		gp-dedup --db "$url" >/dev/null
	assert_equal "$(rows "$url" 'SELECT count(*) FROM gp_dedup_row')" $((n + 1))
	printf '{"type":"comment","id":"late","page":"p","at":"2027-03-01T00:00:00Z","text":"Автобус на Полевой 7 не пришёл по расписанию"}\n' |
		GP_NOW=2027-03-01T10:00:00Z gp-dedup --db "$url" >/dev/null
	assert_equal "$(rows "$url" 'SELECT id FROM gp_dedup_row ORDER BY id')" 'future
late'

	# A damaged row is said, and nothing is made of it.
	rows_damage "$url"
	run --separate-stderr gp-dedup --db "$url" in
	assert_failure 65
	assert_output ''
	assert_stderr "gp-dedup: the row of 'late' in the index is damaged"
}

rows_damage() {
	case $1 in
	postgres*:*) psql -Xq "$1" -c "UPDATE gp_dedup_row SET data = '\\x0101' WHERE id = 'late'" ;;
	*) python3 -c 'import sqlite3, sys
d = sqlite3.connect(sys.argv[1])
d.execute("UPDATE gp_dedup_row SET data = x\"0101\" WHERE id = \"late\"".replace("\"", chr(39)))
d.commit()' "$1" ;;
	esac
}

# Two at once on one index: both succeed, every id is kept once.
both() {
	"$GP_TESTS/dedup_set.py" dev 8 | sed 's|vk:-1/1/|&a|' >a
	"$GP_TESTS/dedup_set.py" dev 9 | sed 's|vk:-1/1/|&b|' >b
	cat a b >ab
	gp-dedup --db "$1" ab >ab.out &
	gp-dedup --db "$1" b >b.out
	wait $!
	assert_equal "$(rows "$1" 'SELECT count(*) FROM gp_dedup_row')" "$(wc -l <ab)"
	gp-dedup --db "$1" ab >first
	gp-dedup --db "$1" ab >second
	cmp first second
}

# Killed at many moments: the next run makes the marks that are missing.
killed() {
	input
	gp-dedup in >whole
	for i in $(seq 20); do
		{ head -n "$((i * 12))" in; sleep 1; } |
			gp-dedup --db "$1" >/dev/null &
		sleep 0.0"$((i % 10))"
		kill -9 $! 2>/dev/null || true
		wait $! 2>/dev/null || true
	done
	gp-dedup --db "$1" in >after
	cmp whole after
}

@test "sqlite: pieces, twice, forgetting, damage" {
	engine db.sqlite
}

@test "sqlite: two writers, and kill -9" {
	both two.db
	killed killed.db
}

@test "postgres: pieces, twice, forgetting, damage" {
	pg_start
	engine "$pg"
}

@test "postgres: two writers, and kill -9" {
	pg_start
	both "$pg"
	psql -Xq "$pg" -c 'TRUNCATE gp_dedup_row'
	killed "$pg"
}

@test "a database that cannot be used is said" {
	echo '{"type":"page"}' >in
	run --separate-stderr gp-dedup --db postgres://u:geheim@localhost/gp in
	assert_failure 64
	assert_stderr --partial 'a password in a URL is seen by all'
	refute_stderr --partial geheim
	input
	run --separate-stderr gp-dedup --db in in
	assert_failure 65
	assert_output ''
	assert_stderr 'gp-dedup: cannot use the database: file is not a database'
	run --separate-stderr gp-dedup --db no/such/file in
	assert_failure 74
	assert_stderr 'gp-dedup: cannot use the database: No such file or directory'
	run --separate-stderr gp-dedup --db "postgres:///x?host=$PWD" in
	assert_failure 75
	assert_output ''
	assert_stderr --partial 'gp-dedup: cannot use the database: '
	[ "${#stderr_lines[@]}" -eq 1 ]
}
