# What runs it for years, gp-run(7): units, timers, crontab, scripts, copies.
load ../lib
load ../postgres

setup() {
	gp_setup
	run_dir=$GP_SRC/lib/data/run
	export GP_ENV=$PWD/gp.env GP_STATE=$PWD/state GP_PLAN=$PWD/plan.yaml
	mkdir state
}

teardown() {
	[ ! -e writer.pid ] || kill "$(cat writer.pid)" 2>/dev/null || true
	pg_stop
}

installed() {
	root=$PWD/root
	make -s -C "$GP_SRC" ${GP_MAKE:-O="$GP_BUILD"} PREFIX="$root" install
	units=$root/lib/systemd/system
}

need() {
	command -v "$1" >/dev/null || skip "$1 is not installed"
}

# records FROM TO [MONTH]
records() {
	seq "$1" "$2" | jq -c --arg m "${3:-2026-10}" '{type: "comment",
		id: "vk:-1/1/\(.)", network: "vk", page: "vk:-1", at: "\($m)-05T10:00:00Z",
		text: "Яма на дороге номер \(.)", author: {id: "vk:\(.)"}}'
}

@test "run: the units and timers are sound" {
	need systemd-analyze
	installed
	export MANPATH=$root/share/man
	run systemd-analyze verify "$units"/gp-*.service "$units"/gp-*.timer
	assert_success
	assert_output ''
	for t in listen post week backup prune export doctor; do
		[ -f "$units/gp-$t.timer" ]
		[ -f "$units/gp-$t.service" ]
	done
	run grep -rn '@[A-Z]*DIR@' "$units" "$root/share/gp/run" \
		"$root/share/gp/gp.crontab" "$root/share/gp/gp.logrotate"
	assert_output ''
	# One that is broken is seen.
	sed -i 's/^Type=oneshot/Type=often/' "$units/gp-week.service"
	run systemd-analyze verify "$units/gp-week.service"
	assert_output --partial 'often'
}

@test "run: a program that is not installed is named" {
	mkdir bin
	for p in bash dirname date mkdir tr rm; do
		ln -s "$(command -v $p)" bin
	done
	for pair in export=zstd backup=sqlite3; do
		run env PATH="$PWD/bin" "$run_dir/${pair%=*}"
		assert_failure 78
		assert_output "${pair%=*}: it needs ${pair#*=}, which is not installed"
	done
	run ls state/backup/* state/export/*
	assert_failure
	GP_DB=postgres://nowhere/gp run env PATH="$PWD/bin" "$run_dir/backup"
	assert_failure 78
	assert_output "backup: it needs pg_dump, which is not installed"
}

@test "run: every unit is hardened, by the one file for all" {
	need systemd-analyze
	systemd-analyze --help | grep -q -- --offline ||
		skip "systemd-analyze cannot look at files"
	installed
	for u in "$units"/gp-*.service; do
		run systemd-analyze security --offline=true --threshold=20 "$u"
		assert_success
	done
	# Without that file it would not be.
	rm "$units/gp-.service.d/10-gp.conf"
	run systemd-analyze security --offline=true --threshold=20 \
		"$units/gp-listen.service"
	assert_failure
}

@test "run: a unit leaves filters the calls by which they lock themselves in" {
	for call in seccomp landlock_create_ruleset landlock_add_rule \
		landlock_restrict_self; do
		grep -qE "^SystemCallFilter=.*\\b$call\\b" \
			"$GP_SRC/lib/data/systemd/gp-.service.d/10-gp.conf" || fail $call
	done
}

@test "run: the timers fire when they should" {
	need systemd-analyze
	for t in "$GP_SRC"/lib/data/systemd/gp-*.timer; do
		systemd-analyze calendar --iterations=2 \
			--base-time='2026-10-31 15:00:00' \
			"$(sed -n 's/^OnCalendar=//p' "$t")" |
			grep -oE '[A-Z][a-z]{2} 2026-[-0-9]+ [:0-9]+' |
			sort -u | paste -sd, | sed "s/^/$(basename "$t" .timer) /"
	done >when
	run cat when
	assert_output - <<-'END'
	gp-backup Mon 2026-11-02 02:15:00,Sun 2026-11-01 02:15:00
	gp-doctor Mon 2026-11-02 06:50:00,Tue 2026-11-03 06:50:00
	gp-export Mon 2026-11-02 04:30:00,Wed 2026-12-02 04:30:00
	gp-listen Sat 2026-10-31 15:05:00,Sat 2026-10-31 15:10:00
	gp-post Sat 2026-10-31 15:01:00,Sat 2026-10-31 15:02:00
	gp-prune Sun 2026-11-01 04:00:00,Sun 2026-11-08 04:00:00
	gp-week Mon 2026-11-02 06:30:00,Mon 2026-11-09 06:30:00
	END
}

@test "run: the lines of the crontab run, one of a kind at a time" {
	need flock
	installed
	mkdir lib log
	grep -E '^[0-9*]' "$root/share/gp/gp.crontab" |
		sed -E "s|^(\S+ ){4}\S+ +gp +||; s|/var/lib/gp|$PWD/lib|g; s|/var/log/gp|$PWD/log|g" >lines
	[ "$(wc -l <lines)" -eq 7 ]
	run grep -c % lines
	assert_output 0
	export GP_STATE=$PWD/lib
	records 1 3 | gp-store put lib/gp.db
	while read -r line; do
		run --separate-stderr sh -c "$line"
		case $line in
		*gp-doctor*) assert_success; assert_output ''
			grep -q config.read lib/doctor ;;
		*/listen*) assert_failure 64; run cat log/listen.log
			assert_output --partial "gp-fetch: " ;;
		*) assert_success ;;
		esac
	done <lines
	[ -d lib/backup/20261031T150000Z ]
	[ -s lib/export/2026-09.ndjson.zst ]
	# Another one of the kind does not begin.
	flock lib/prune.lock sleep 5 3>&- &
	sleep 0.5
	run sh -c "$(grep '/prune ' lines)"
	assert_failure 1
	kill %1
}

@test "run: logrotate takes its file" {
	logrotate=$(command -v logrotate || ls /usr/sbin/logrotate) ||
		skip "logrotate is not installed"
	mkdir log
	echo said >log/listen.log
	sed "s|/var/log/gp|$PWD/log|; s/gp gp\$/$(id -un) $(id -gn)/" \
		"$GP_SRC/lib/data/cron/gp.logrotate" >conf
	chmod 644 conf
	run "$logrotate" -d -s "$PWD/status" conf
	assert_success
	refute_output --partial error
	assert_output --partial "considering log $PWD/log/listen.log"
	run "$logrotate" -f -s "$PWD/status" conf
	assert_success
	[ -f log/listen.log.1 ]
	run stat -c %a log/listen.log
	assert_output 640
}

# In gp-sim with one channel and its bot.
sim() {
	cat >play <<-EOT
		cat >gp.yaml <<EOC
		telegram: {preview: \$GP_SIM_URL, api: \$GP_SIM_URL}
		pages:
		  district:
		    network: telegram
		    name: zarechny_adm
		    bot: {token: {credential: gp_bot}, messages: yes}
		EOC
		mkdir credentials
		cp "\$GP_SIM_TOKEN_FILE" credentials/gp_bot
		export CREDENTIALS_DIRECTORY=\$PWD/credentials GP_CONFIG=gp.yaml
		export GP_NOW=\$GP_SIM_NOW
		$1
	EOT
	run --separate-stderr timeout 100 gp-sim -- bash -eu play
}

@test "run: listen, post, week, prune, in the played district" {
	cat >plan.yaml <<-'EOT'
		pages: [district]
		posts:
		  - {id: water, text: Воду дадут к вечеру.}
	EOT
	echo 'GP_CLASSIFY=--explain' >gp.env
	sim "$run_dir/listen
		gp-store get state/gp.db --jq .id | sort >first
		$run_dir/listen
		gp-store get state/gp.db --jq .id | sort >second
		$run_dir/post; $run_dir/post
		gp-store get state/gp.db -t receipt --jq '[.key, .status]' >receipts
		$run_dir/week; $run_dir/prune"
	assert_stderr ''
	assert_success
	run cat receipts
	assert_output '["water@district","sent"]'
	[ "$(wc -l <first)" -gt 50 ]
	run comm -23 first second
	assert_output ''
	run uniq -d second
	assert_output ''
	run ls state/reports
	assert_equal "${#lines[@]}" 2
	grep -q '<html' state/reports/week-*.html
	run gp-store get state/gp.db -w "class.group != ''" -n 1 --jq 'has("class")'
	assert_output true
}

@test "run: what cannot be read to its end gives no report" {
	records 1 300 | gp-store put state/gp.db
	mkdir bin
	printf '#!/bin/sh\n%s "$@" | head -n 100\nexit 74\n' "$(command -v gp-store)" >bin/gp-store
	chmod +x bin/gp-store
	PATH=$PWD/bin:$PATH run "$run_dir/week"
	assert_failure 74
	run ls -A state/reports
	assert_output ''
}

@test "run: no script makes a call that the units forbid" {
	need systemd-analyze
	need strace
	need sqlite3
	! gp-doctor --offline -f table | grep -q 'build has sanitizers' ||
		skip "sanitizers trace too, at the end"
	strace -o /dev/null true 2>/dev/null || skip "no process may be traced here"
	cat >plan.yaml <<-'EOT'
		pages: [district]
		posts:
		  - {id: water, text: Воду дадут к вечеру.}
	EOT
	sim "for s in listen post week prune backup export; do
			strace -f -qq -o trace.\$s $run_dir/\$s; done
		strace -f -qq -o trace.restore $run_dir/restore state/backup/* other.db
		strace -f -qq -o trace.doctor gp-doctor -f table"
	[ "$(ls trace.* | wc -l)" -eq 8 ]
	# SQLite gives its files to the owner of the database, as root only.
	[ "$(id -u)" != 0 ] || sed -i '/ fchown(/d' trace.*
	run --separate-stderr "$GP_TESTS/calls.py" \
		"$GP_SRC/lib/data/systemd/gp-.service.d/10-gp.conf" trace.*
	assert_success
	assert_output ''
	assert_stderr --regexp '^[6-9][0-9] calls looked at$'
	echo '1 mount(0)' >trace.bad
	run --separate-stderr "$GP_TESTS/calls.py" \
		"$GP_SRC/lib/data/systemd/gp-.service.d/10-gp.conf" trace.bad
	assert_output mount
}

@test "run: a copy of SQLite while records come: whole, and all that was acknowledged" {
	need sqlite3
	records 1 200 | gp-store put state/gp.db
	cp "$GP_TESTS/fixtures/record/good.ndjson" good.ndjson
	(for i in $(seq 201 100 20000); do
		records "$i" $((i + 99))
		sleep 0.05
	done | gp-store put --ack state/gp.db >acks) 3>&- 2>err &
	echo $! >writer.pid
	for _ in $(seq 100); do [ -s acks ] && break; sleep 0.1; done
	for n in 1 2 3; do
		before=$(jq -s 'map(.records) | add // 0' acks)
		GP_NOW=2026-10-31T15:00:0${n}Z run --separate-stderr "$run_dir/backup"
		assert_success
		assert_stderr ''
		after=$(gp-store get state/gp.db | wc -l)
		to=state/backup/20261031T15000${n}Z
		run gp-store check "$to/gp.db"
		assert_success
		# No less than was acknowledged before, no more than is there now.
		has=$(gp-store get "$to/gp.db" | tee "has$n" | wc -l)
		[ "$has" -ge $((200 + before)) ] || fail "$has < 200 + $before"
		[ "$has" -le "$after" ] || fail "$has > $after"
		sleep 1
	done
	kill -0 "$(cat writer.pid)" || fail "the writer has ended: $(cat err)"
	pkill -P "$(cat writer.pid)" || true
	gp-store get state/gp.db >all
	for n in 1 2 3; do
		run comm -23 <(sort "has$n") <(sort all)
		assert_output ''
	done
	run ls -A state/backup
	assert_equal "${#lines[@]}" 3
}

@test "run: a copy of SQLite is put back: records, cursors, journal are equal" {
	need sqlite3
	{ cat "$GP_TESTS/fixtures/record/good.ndjson"; records 1 300; } |
		gp-store put state/gp.db
	gp-reply --db state/gp.db </dev/null # makes the journal
	GP_KEEP_BACKUPS=2 "$run_dir/backup"
	run stat -c %a state/backup/*/gp.db state/backup/*
	refute_line --regexp '[1-7]$'
	run "$run_dir/restore" state/backup/20261031T150000Z
	assert_failure 73
	assert_output --partial "is there: move it away first"
	run "$run_dir/restore" state/backup/20261031T150000Z other.db
	assert_success
	assert_output ''
	for what in get cursors "get --open --desk" "get --match яма*"; do
		set -- $what
		diff <(gp-store "$@" state/gp.db) <(gp-store "$@" other.db) ||
			fail "$what"
	done
	[ "$(gp-store get other.db | wc -l)" -gt 300 ]
	records 301 310 | gp-store put other.db
	for n in 1 2; do
		GP_KEEP_BACKUPS=2 GP_NOW=2026-11-0${n}T02:15:00Z "$run_dir/backup"
	done
	run ls state/backup
	assert_output $'20261101T021500Z\n20261102T021500Z'
	# A clock that was ahead; or that is behind now.
	mkdir state/backup/20270101T000000Z
	GP_KEEP_BACKUPS=1 run "$run_dir/backup"
	assert_success
	assert_output "backup: '$PWD/state/backup/20261101T021500Z' is of a time to come, and is left alone
backup: '$PWD/state/backup/20261102T021500Z' is of a time to come, and is left alone
backup: '$PWD/state/backup/20270101T000000Z' is of a time to come, and is left alone"
	[ -e state/backup/20261031T150000Z/gp.db ]
	run "$run_dir/backup"
	assert_failure 73
}

@test "run: a damaged store gives no copy" {
	need sqlite3
	records 1 2000 | gp-store put state/gp.db
	sqlite3 state/gp.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	dd if=/dev/urandom of=state/gp.db bs=4096 seek=20 count=40 conv=notrunc 2>/dev/null
	run "$run_dir/backup"
	assert_failure
	run ls -A state/backup
	assert_output ''
}

@test "run: a copy of PostgreSQL while records come, put back: all of one instant" {
	[ -n "$PG_BIN" ] || skip "PostgreSQL is not installed"
	pg_start
	PATH=$PG_BIN:$PATH
	export GP_DB=$pg
	{ cat "$GP_TESTS/fixtures/record/good.ndjson"; records 1 300; } | gp-store put "$pg"
	gp-reply --db "$pg" --list
	"$run_dir/backup"
	pg_fresh other
	run "$run_dir/restore" state/backup/20261031T150000Z "$pg_db"
	assert_success
	assert_output ''
	for what in get cursors "get --open --desk" "get --match яма*"; do
		set -- $what
		diff <(gp-store "$@" "$pg") <(gp-store "$@" "$pg_db") || fail "$what"
	done
	gp-store check "$pg_db"
	run "$run_dir/restore" state/backup/20261031T150000Z "$pg_db"
	assert_failure 73
	assert_output 'restore: there are records already: move them away first'
	(for i in $(seq 301 100 20000); do
		records "$i" $((i + 99))
		sleep 0.05
	done | gp-store put --ack "$pg" >acks) 3>&- 2>err &
	echo $! >writer.pid
	for _ in $(seq 100); do [ -s acks ] && break; sleep 0.1; done
	before=$(jq -s 'map(.records) | add // 0' acks)
	GP_NOW=2026-11-01T15:00:00Z "$run_dir/backup"
	after=$(gp-store get "$pg" | wc -l)
	pkill -P "$(cat writer.pid)" || true
	pg_fresh third
	run "$run_dir/restore" state/backup/20261101T150000Z "$pg_db"
	assert_failure 75
	assert_output --partial "which is to come: is the clock right?"
	export GP_NOW=2026-11-01T15:00:01Z
	"$run_dir/restore" state/backup/20261101T150000Z "$pg_db"
	has=$(gp-store get "$pg_db" | wc -l)
	[ "$has" -ge $((300 + before)) ]
	[ "$has" -le "$after" ]
}

@test "run: the export has the month and nothing else, and is made again" {
	need zstd
	{ records 1 50 2026-09; records 51 90 2026-10; records 91 99 2026-11; } |
		gp-store put state/gp.db
	export TZ=Europe/Moscow
	printf '%s\n' '{"type":"comment","id":"vk:-1/1/998","at":"2026-09-30T20:59:59Z","text":"до"}' \
		'{"type":"comment","id":"vk:-1/1/999","at":"2026-09-30T21:00:00Z","text":"полночь"}' |
		gp-store put state/gp.db
	for _ in 1 2; do
		run "$run_dir/export" 2026-10
		assert_success
		assert_output ''
	done
	zstdcat state/export/2026-10.ndjson.zst >october
	[ "$(wc -l <october)" -eq 41 ]
	grep -q полночь october
	diff <(gp-store get state/gp.db --since 2026-10-01 --until 2026-11-01) october
	"$run_dir/export"
	[ "$(zstdcat state/export/2026-09.ndjson.zst | wc -l)" -eq 51 ]
	run ls state/export
	assert_output $'2026-09.ndjson.zst\n2026-10.ndjson.zst'
	for bad in 2026-13 october '2026-10; ls'; do
		run "$run_dir/export" "$bad"
		assert_failure 64
	done
	echo 'GP_DB=/nowhere/gp.db' >gp.env
	run "$run_dir/export" 2026-08
	assert_failure
	run ls state/export
	assert_output $'2026-09.ndjson.zst\n2026-10.ndjson.zst'
}
