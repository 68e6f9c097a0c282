# A PostgreSQL of the test's own, on a socket in its own folder: nothing of it
# is reached by a network, nothing of others by it.
#
#	pg_start		its URL goes to $pg
#	pg_stop			by itself at the end of the test (teardown)
#
# The server refuses to run for root: it runs as postgres then.

PG_BIN=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)

pg_as() {
	if [ "$(id -u)" = 0 ]; then
		(cd / && exec setpriv --reuid postgres --regid postgres \
			--clear-groups "$@")
	else
		"$@"
	fi
}

# Settings for a server that is thrown away; commits are still real ones.
pg_start() {
	PG_DIR=$(mktemp -d /tmp/gp-pg.XXXXXX)
	[ "$(id -u)" != 0 ] || chown postgres:postgres "$PG_DIR"
	chmod 755 "$PG_DIR"
	pg_as "$PG_BIN/initdb" -D "$PG_DIR/data" -U gp -A trust -E UTF8 \
		--locale=C.UTF-8 --no-sync >"$PG_DIR/init.log" 2>&1
	pg_again "${1:-}"
	pg_as "$PG_BIN/createdb" -h "$PG_DIR" -U gp gp
	pg="postgresql:///gp?host=$PG_DIR&user=gp"
	export pg PG_DIR PG_BIN
}

# Starts the server that is there.
pg_again() {
	pg_as "$PG_BIN/pg_ctl" -D "$PG_DIR/data" -l "$PG_DIR/log" -w -s \
		-o "-k $PG_DIR -c listen_addresses='' -c max_connections=40 \
		-c unix_socket_permissions=0777 -c shared_buffers=64MB \
		-c max_wal_size=512MB ${1:-}" start >>"$PG_DIR/init.log" 2>&1 \
		3>&- 4>&-
}

pg_stop() {
	[ -n "${PG_DIR:-}" ] || return 0
	local d
	for d in "$PG_DIR/data" "$PG_DIR/standby"; do
		[ ! -d "$d" ] || pg_as "$PG_BIN/pg_ctl" -D "$d" -m immediate -s stop \
			>/dev/null 2>&1 || true
	done
	rm -rf "$PG_DIR"
	unset PG_DIR
}

# pg_fresh NAME: an empty database; its URL goes to $pg_db.
pg_fresh() {
	"$PG_BIN/psql" -qAt -h "$PG_DIR" -U gp postgres \
		-c "DROP DATABASE IF EXISTS $1" -c "CREATE DATABASE $1" 2>/dev/null
	pg_db="postgresql:///$1?host=$PG_DIR&user=gp"
}

# pg_standby: one that follows the server, on the socket $PG_DIR/two.
pg_standby() {
	mkdir "$PG_DIR/two"
	[ "$(id -u)" != 0 ] || chown postgres:postgres "$PG_DIR/two"
	pg_as "$PG_BIN/pg_basebackup" -h "$PG_DIR" -U gp -D "$PG_DIR/standby" \
		-R -X stream -c fast --no-sync >>"$PG_DIR/init.log" 2>&1
	pg_as "$PG_BIN/pg_ctl" -D "$PG_DIR/standby" -l "$PG_DIR/log2" -w -s \
		-o "-k $PG_DIR/two -c listen_addresses='' -c max_connections=40 \
		-c unix_socket_permissions=0777 -c shared_buffers=64MB" \
		start >>"$PG_DIR/init.log" 2>&1 3>&- 4>&-
}

# pg_sql STATEMENT ...: on the server, or on the one at the socket $PG_HOST.
pg_sql() {
	local s
	for s in "$@"; do
		"$PG_BIN/psql" -qAtX -h "${PG_HOST:-$PG_DIR}" -U gp gp -c "$s"
	done
}
