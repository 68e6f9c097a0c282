# An older journal is put back: what left since the copy is not in it, and goes
# out no second time.
load ../lib
load ../postgres

setup() {
	gp_setup
	cp "$GP_TESTS/reply_pages.bash" .
	export GP_ENV=$PWD/gp.env GP_BACKUPS=$PWD/backup
	cat >steps.sh <<-'END'
	reply() { gp-reply -c c.yaml --settle 0 "$@"; }
	said() { jq -r 'select(.type == "receipt") | [.network, .status] | @tsv' | sort | uniq -c; }
	script() { GP_NOW=$1 "$GP_SRC/lib/data/run/$2" "${@:3}"; }
	copied=2026-10-10T14:40:00Z approved=2026-10-10T14:50:00Z
	# Approved then, by the clock of the played networks.
	approved() { jq -c --arg at "$1" '.approved_at = $at'; }
	END
}

teardown() {
	pg_stop
}

# In gp-sim, with the pages, two comments and a message on each network, and
# approved replies to them.
sim() {
	run --separate-stderr timeout 200 gp-sim \
		"$GP_TESTS/fixtures/sim/small.yaml" -- bash -c \
		". ./reply_pages.bash; . ./steps.sh; pages; set -e; export GP_DB=${GP_DB:-d.db}
		for n in vk ok max telegram; do plant \$n 2; plant \$n 1 private; done
		fetched >r.ndjson || true
		gp-store put \$GP_DB <r.ndjson
		gp-store get \$GP_DB --open | approve | approved \$approved >replies.ndjson
		set +e; $1"
}

lose='case $GP_DB in
	*://*) "$PG_BIN/psql" -qAt "$GP_DB" -c "DROP SCHEMA public CASCADE; CREATE SCHEMA public" 2>/dev/null ;;
	*) mkdir -p lost; mv d.db* lost/ ;; esac'

none_twice='script $copied backup && ls $GP_BACKUPS
	reply --db $GP_DB replies.ndjson >out; echo "rc $?"; said <out
	written | wc -l >sent
	'"$lose"'; script $GP_SIM_NOW restore $GP_BACKUPS/*; echo "restored $?"
	reply --db $GP_DB replies.ndjson >again; echo "rc $?"; said <again
	[ $(written | wc -l) = $(cat sent) ] && echo none twice
	diff <(jq -c "select(.status == \"sent\" and .network != \"telegram\") | [.key, .result]" out | sort) \
		<(jq -c "select(.status == \"sent\") | [.key, .result]" again | sort) && echo the same
	gp-reply --db $GP_DB --list | wc -l
	reply --db $GP_DB replies.ndjson | said
	[ $(written | wc -l) = $(cat sent) ] && echo none twice'

proof() {
	assert_output - <<-'END'
	20261010T144000Z
	rc 0
	      7 max	sent
	      9 ok	sent
	     10 telegram	sent
	      9 vk	sent
	restored 0
	rc 75
	      7 max	sent
	      9 ok	sent
	     10 telegram	unknown
	      9 vk	sent
	none twice
	the same
	10
	      7 max	duplicate
	      9 ok	duplicate
	     10 telegram	unknown
	      9 vk	duplicate
	none twice
	END
}

@test "restore: an older journal of SQLite: what left since goes out no second time" {
	command -v sqlite3 >/dev/null || skip "sqlite3 is not installed"
	sim "$none_twice"
	proof
}

@test "restore: an older journal of PostgreSQL: what left since goes out no second time" {
	[ -n "$PG_BIN" ] || skip "PostgreSQL is not installed"
	pg_start
	PATH=$PG_BIN:$PATH
	export GP_DB=$pg
	sim "$none_twice"
	proof
}

# cron, on another machine, posts while the copy is put back.
@test "restore: who sends in the middle of it sends nothing a second time" {
	[ -n "$PG_BIN" ] || skip "PostgreSQL is not installed"
	pg_start
	PATH=$PG_BIN:$PATH
	export GP_DB=$pg GP_PLAN=$PWD/plan.yaml
	printf 'pages: [m]\nlate: 2h\nposts:\n- {id: water, at: 2026-10-10 17:50, text: Воды не будет.}\n' >plan.yaml
	mkdir bin
	cat >bin/pg_restore <<-'END'
		#!/bin/bash
		"$PG_BIN/pg_restore" "$@"
		r=$?
		timeout 3 bash -c '. ./steps.sh; script $GP_SIM_NOW post' >&2
		exit $r
	END
	chmod +x bin/pg_restore
	sim 'export GP_CONFIG=c.yaml
	script $copied backup
	script $GP_SIM_NOW post; echo "rc $?"; written | wc -l
	'"$lose"'; PATH=$PWD/bin:$PATH script $GP_SIM_NOW restore $GP_BACKUPS/*; echo "restored $?"
	script $GP_SIM_NOW post; echo "rc $?"; written | wc -l'
	assert_output $'rc 0\n1\nrestored 0\nrc 0\n1'
}

@test "restore: what had not left goes out, once; what is approved later goes as ever" {
	sim 'script $copied backup
	head -n 20 replies.ndjson | reply --db d.db >out
	'"$lose"'; script $GP_SIM_NOW restore $GP_BACKUPS/*
	reply --db d.db replies.ndjson >again
	jq -r "select(.type == \"receipt\" and .network != \"telegram\").status" again | sort | uniq -c
	written | jq -r .text | sort | uniq -d | wc -l
	gp-reply --db d.db --list | jq -r .key | while read -r key; do
		grep -q $key out && w=sent || w=resend
		gp-reply --db d.db --resolve $key $w; done
	reply --db d.db replies.ndjson >third; echo "rc $?"
	written | jq -r .text | sort | uniq -d | wc -l
	written | wc -l
	jq "select(.id).id" r.ndjson >old; plant telegram 1; fetched | jq -c --slurpfile old old "select(.network == \"telegram\" and (.id as \$id | \$old | index(\$id) | not))" >r2; gp-store put d.db <r2
	approve <r2 | approved 2026-10-10T15:30:00Z >later
	reply --db d.db later | said'
	assert_output - <<-'END'
	     25 sent
	0
	rc 0
	0
	35
	      1 telegram	sent
	END
}

@test "restore: without --restored it would go out twice: the test can fail" {
	sim 'script $copied backup
	grep -m 1 "network...telegram.*to_type...comment" replies.ndjson >one
	reply --db d.db one | said
	'"$lose"'; cp $GP_BACKUPS/*/gp.db d.db; cp $GP_BACKUPS/*/gp.db-outbox d.db-outbox 2>/dev/null
	reply --db d.db one | said
	written | wc -l'
	assert_output - <<-'END'
	      1 telegram	sent
	      1 telegram	sent
	2
	END
}

@test "restore: a post that went out since is looked for, and is out" {
	cat >plan.yaml <<-'EOT'
		pages: [t, v]
		late: 2h
		posts:
		  - {id: water, at: "2026-10-10T14:50:00Z", text: Воду дадут к вечеру.}
	EOT
	sim 'post() { gp-post -c c.yaml --settle 0 --db d.db plan.yaml; }
	script $copied backup
	post | said
	curl -s "$GP_SIM_URL/s/lipovka_adm" | grep -o "Воду дадут" | wc -l
	'"$lose"'; script $GP_SIM_NOW restore $GP_BACKUPS/*
	post | said
	curl -s "$GP_SIM_URL/s/lipovka_adm" | grep -o "Воду дадут" | wc -l
	post | said'
	assert_output - <<-'END'
	      1 telegram	sent
	      1 vk	sent
	1
	      1 telegram	sent
	      1 vk	sent
	1
	END
}

@test "restore: --restored wants an instant that is past, and no records" {
	run gp-reply --db d.db --restored soon
	assert_failure 64
	assert_output "gp-reply: --restored: no instant: 'soon'"
	run gp-reply --db d.db --restored 2099-01-01
	assert_failure 64
	run gp-reply --db d.db --restored 2026-10-01
	assert_success
	assert_output ''
	run gp-reply --db d.db --list
	assert_output ''
}
