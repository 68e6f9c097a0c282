# A PostgreSQL of the test's own, on a unix socket in its own folder: load it
# beside lib.bash.
#
#	pg_start DIR	starts it; its URL goes to $pg_url
#	pg_stop		ends it; a teardown calls it
#
# initdb refuses root: then it runs as postgres. Sockets have short paths, so
# the server stands under /tmp and DIR only notes where.
_pg() {
	if [ "$(id -u)" = 0 ]; then
		setpriv --reuid=postgres --regid=postgres --clear-groups \
			env HOME="$pg_dir" "$@"
	else
		"$@"
	fi
}

pg_start() {
	pg_bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -n 1)
	[ -n "$pg_bin" ] || { echo "no PostgreSQL" >&2; return 1; }
	pg_dir=$(mktemp -d /tmp/gp-pg-XXXXXX)
	echo "$pg_dir" >"$1/postgres.dir"
	[ "$(id -u)" != 0 ] || chown postgres:postgres "$pg_dir"
	(cd "$pg_dir" && _pg "$pg_bin/initdb" -D "$pg_dir/data" -U gp -A trust \
		-E UTF8 --locale=C.UTF-8 --no-sync >"$1/postgres.log" 2>&1 &&
		_pg "$pg_bin/pg_ctl" -D "$pg_dir/data" -w -t 60 -l "$pg_dir/log" \
			-o "-k $pg_dir -c listen_addresses='' -c fsync=off" \
			start >>"$1/postgres.log" 2>&1 3>&-) || return 1
	pg_url="postgres://gp@/postgres?host=$pg_dir"
}

pg_stop() {
	[ -n "${pg_dir:-}" ] || return 0
	(cd "$pg_dir" && _pg "$pg_bin/pg_ctl" -D "$pg_dir/data" -m immediate -w \
		stop >/dev/null 2>&1) || true
	rm -rf "$pg_dir"
	pg_dir=
}
