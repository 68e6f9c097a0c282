# gp-work: pages shared out, leases with a fence, pages that break things.
# Takes long: it is begun first.
load ../lib
load ../postgres

setup() {
	gp_setup
	pg_start
	unset GP_NOW GP_LEASE GP_BUDGET
	export pg
}

teardown() {
	pg_stop
}

sql() {
	"$PG_BIN/psql" -qAt -h "$PG_DIR" -U gp gp "$@"
}

# pages N [NETWORK [CENTRE]]: lines for --pages.
pages() {
	for i in $(seq "$1"); do
		printf '%s%d\t%s\t%s\n' "${4:-p}" "$i" "${2:-vk}" "${3:-}"
	done
}

# comment PAGE NUMBER: a record.
comment() {
	printf '{"type":"comment","id":"%s/1/%s","page":"%s","text":"а"}\n' "$1" "$2" "$1"
}

# until_there FILE: waits for another process to make it.
until_there() {
	for _ in $(seq 300); do
		[ -e "$1" ] && return 0
		sleep 0.1
	done
	fail "'$1' did not come"
}

@test "work: all pages of the config go through, once, each network by itself" {
	cat >gp.yaml <<-'END'
		pages:
		  town: {network: vk, name: 1}
		  village: {network: vk, name: 2, centre: north}
		  channel: {network: telegram, name: adm}
	END
	run --separate-stderr gp-work --db "$pg" -c gp.yaml --once -- sh -c 'sort | tr "\n" " " >>seen; echo >>seen'
	assert_success
	assert_output ""
	assert_stderr ""
	run sort seen
	assert_output $'channel \ntown village '
	run sql -c "SELECT name, page, network, centre FROM gp_work ORDER BY name"
	assert_output $'channel|telegram:adm|telegram|\ntown|vk:-1|vk|\nvillage|vk:-2|vk|north'
	# None is due now; a page that has gone is retired, and comes back as it was.
	sed -i /town:/d gp.yaml
	run --separate-stderr gp-work --db "$pg" -c gp.yaml --once -- sh -c 'cat >>again'
	assert_success
	[ ! -e again ]
	run sql -c "SELECT name FROM gp_work WHERE retired"
	assert_output town
	sql -c "UPDATE gp_work SET due = clock_timestamp() - interval '1 hour'"
	run --separate-stderr gp-work --db "$pg" -c gp.yaml --once -- sh -c 'cat >>again'
	assert_success
	run sort again
	assert_output $'channel\nvillage'
}

@test "work: what is wrong with the command line, the list and the database is said" {
	run --separate-stderr gp-work --db "$pg"
	assert_failure 64
	assert_stderr "gp-work: no command: gp-work --db URL -- COMMAND"
	run --separate-stderr gp-work --db file.db --status
	assert_failure 64
	assert_stderr "gp-work: 'file.db' is no server: machines share a database of PostgreSQL, postgres://..."
	run --separate-stderr gp-work --db "$pg" -- true
	assert_failure 78
	assert_stderr "gp-work: no config is there, it names no pages"
	printf 'nobody\n' >list
	run --separate-stderr gp-work --db "$pg" --pages list -- true
	assert_failure 65
	assert_stderr "gp-work: list:1: 'nobody' is no page of the config and no address, and no network stands behind it"
	run --separate-stderr gp-work --db 'postgres://gp:geheim@127.0.0.1:1/gp' --status
	assert_failure 64
	refute_stderr --partial geheim
	# Away at the start: its address, and later may be better.
	run --separate-stderr gp-work --db 'postgres://gp@127.0.0.1:1/gp' --status
	assert_failure 75
	assert_stderr --partial '127.0.0.1'
	# A command that cannot be run is no page's fault.
	pages 3 >list
	run --separate-stderr gp-work --db "$pg" --pages list --once -- ./nothing
	assert_failure 64
	assert_stderr_line --index 0 --partial "cannot run './nothing'"
	run sql -c "SELECT COUNT(*) FROM gp_work WHERE lease IS NULL AND failures = 0 AND due <= clock_timestamp()"
	assert_output 3
}

@test "work: tables of a newer gp are refused, by put too" {
	pages 1 >list
	gp-work --db "$pg" --pages list --once -- true
	sql -c "UPDATE gp_own SET version = 7 WHERE part = 'work'"
	run --separate-stderr gp-work --db "$pg" --status
	assert_failure 78
	assert_stderr "gp-work: $pg: its tables of 'work' are version 7, made by a newer gp; this one knows 1"
	comment vk:-1 1 >r
	GP_LEASE=1:1 run --separate-stderr gp-store put "$pg" r
	assert_failure 75
	assert_stderr "gp-store: $pg: its tables of 'work' are version 7, made by a newer gp; this one knows 1"
	GP_LEASE=1:1 run --separate-stderr gp-store put file.db r
	assert_failure 78
	assert_stderr "gp-store: file.db: the lease in GP_LEASE is of another database, and cannot be held here"
}

@test "work: of thousands of pages none is passed over, however busy the others are" {
	pages 3000 >list
	timeout -s TERM 6 gp-work --db "$pg" --pages list --lease 150 --min 1s --max 1s --wait 1s -- true || true
	run sql -c "SELECT COUNT(*) FROM gp_work WHERE done IS NULL"
	assert_output 0
	# The first slots and the last come as often as those between.
	run sql -c "SELECT MAX(clock_timestamp() - done) < interval '4 s' FROM gp_work"
	assert_output t
}

@test "work: what speaks of the machine, the tokens or the config sets no page aside" {
	pages 3 >list
	for code in 74 77 78; do
		for _ in 1 2 3; do
			sql -c "UPDATE gp_work SET due = clock_timestamp()" 2>/dev/null || true
			run --separate-stderr gp-work --db "$pg" --pages list --tries 1 --once -- sh -c "exit $code"
			assert_failure 1
			assert_stderr --regexp "^gp-work: lease [0-9]+: exit $code: its pages are due again later$"
		done
	done
	run sql -c "SELECT COUNT(*) FROM gp_work WHERE aside IS NULL AND failures = 0 AND due > clock_timestamp()"
	assert_output 3
}

@test "work: what was set aside is tried once a day, and all of it is brought back at once" {
	pages 4 >list
	for _ in 1 2 3; do
		gp-work --db "$pg" --pages list --tries 1 --once -- sh -c 'exit 65' || [ $? -eq 1 ]
	done
	run sql -c "SELECT COUNT(*) FROM gp_work WHERE aside IS NOT NULL"
	assert_output 4
	sql -c "UPDATE gp_work SET due = clock_timestamp() - interval '1 hour', aside = clock_timestamp() - interval '25 hours' WHERE name = 'p2'"
	gp-work --db "$pg" --pages list --once -- sh -c 'cat >>seen'
	run cat seen
	assert_output p2
	run sql -c "SELECT COUNT(*) FROM gp_work WHERE aside IS NOT NULL"
	assert_output 3
	gp-work --db "$pg" --retry
	gp-work --db "$pg" --pages list --once -- sh -c 'cat >>seen'
	run sort seen
	assert_output $'p1\np2\np3\np4'
}

@test "work: a batch that is being written holds up neither the ceiling nor a signal" {
	pages 1 >list
	cat >slow <<-'END'
		trap 'date +%s >ended; exit 1' TERM
		touch began
		sleep 60 &
		wait
	END
	gp-work --db "$pg" --pages list --term 3s --ceiling 3s --once -- sh ./slow 2>err 3>&- &
	pid=$!
	until_there began
	"$PG_BIN/psql" -qAt -h "$PG_DIR" -U gp gp -c "BEGIN" -c "SELECT 1 FROM gp_worker FOR SHARE" \
		-c "SELECT pg_sleep(9)" -c "COMMIT" >/dev/null 3>&- &
	start=$(date +%s)
	until_there ended
	[ $(($(cat ended) - start)) -le 6 ]
	wait $pid || true
	wait
}

@test "work: another list does not take most of the pages away" {
	pages 100 >list
	pages 1 >short
	gp-work --db "$pg" --pages list --once -- true
	run --separate-stderr gp-work --db "$pg" --pages short --once -- true
	assert_failure 78
	assert_stderr "gp-work: $pg: 99 of its 100 pages are not among those given, and would not be read any more: --sweep, if that is meant"
	run sql -c "SELECT COUNT(*) FROM gp_work WHERE retired"
	assert_output 0
	gp-work --db "$pg" --pages short --sweep --once -- true
	run sql -c "SELECT COUNT(*) FROM gp_work WHERE retired"
	assert_output 99
	# Half of them may go, and a few always.
	pages 60 >half
	gp-work --db "$pg" --pages list --once -- true
	gp-work --db "$pg" --pages half --once -- true
	run sql -c "SELECT COUNT(*) FROM gp_work WHERE retired"
	assert_output 40
}

# Between the new programs and `migrate` no pipeline can write; after it all do.
@test "work: the schema is brought up to date while workers run: none is set aside" {
	pages 40 >list
	gp-store put "$pg" </dev/null
	sql -c "UPDATE gp_meta SET value = '2' WHERE key = 'schema'; DELETE FROM gp_meta WHERE key = 'schema.3'; DROP TABLE gp_put"
	cat >read <<-'END'
		while read -r p; do
			echo "{\"type\":\"comment\",\"id\":\"$p/$(date +%N)\",\"page\":\"$p\",\"text\":\"а\"}"
		done | tee -a "read.$$" | gp-store put "$pg" 2>>err.put
		status=$?; echo $status >>ends; exit $status
	END
	for w in 1 2 3; do
		gp-work --db "$pg" --pages list --lease 4 --tries 2 --min 1s --max 1s --wait 1s -- sh ./read 2>err.$w 3>&- &
		echo $! >>workers
	done
	for _ in $(seq 100); do
		[ "$(cat ends 2>/dev/null | wc -l)" -ge 12 ] && break
		sleep 0.1
	done
	run sort -u ends
	assert_output 75
	run sort -u err.put
	assert_output "gp-store: $pg: its schema is version 2, of 3: run 'gp-store migrate'"
	run --separate-stderr gp-store migrate "$pg"
	assert_output --partial '"from":2,"to":3'
	for _ in $(seq 100); do
		[ "$(sql -c "SELECT COUNT(DISTINCT page) FROM gp_record")" = 40 ] && break
		sleep 0.1
	done
	xargs kill <workers
	wait
	run cat err.1 err.2 err.3
	assert_output ''
	run sql -c "SELECT COUNT(*) FROM gp_work WHERE aside IS NOT NULL OR failures > 0"
	assert_output 0
	run sql -c "SELECT COUNT(DISTINCT page), COUNT(*) = COUNT(DISTINCT id) FROM gp_record"
	assert_output '40|t'
}

@test "work: a worker that slept past its lease writes nothing, and another one has its pages" {
	pages 2 >list
	comment vk:-1 late >late.ndjson
	comment vk:-1 good >good.ndjson
	gp-store put "$pg" good.ndjson # the tables are there
	cat >pipe <<-'END'
		cat >/dev/null
		echo $GP_LEASE >started
		while [ ! -e go ]; do sleep 0.1; done
		gp-store put "$pg" late.ndjson
		echo $? >put.status
	END
	gp-work --db "$pg" --pages list --term 2s --once -- sh pipe 2>late.err 3>&- &
	late=$!
	until_there started
	kill -STOP "$late"
	# The lease runs out by the clock of the database.
	for _ in $(seq 100); do
		[ -s taken ] && break
		gp-work --db "$pg" --pages list --once -- sh -c 'cat >>taken; gp-store put "$pg" good.ndjson'
		sleep 0.2
	done
	run sort taken
	assert_output $'p1\np2'
	touch go
	until_there put.status
	assert_equal "$(cat put.status)" 75
	kill -CONT "$late"
	wait
	run cat late.err
	assert_output --partial "gp-store: $pg: lease 1 has run out and its pages are for others: nothing more is written under it"
	run gp-store get "$pg" --jq .id
	assert_output '"vk:-1/1/good"'
}

@test "work: a lease is held through the transaction: it is not given to others while put writes" {
	printf 'pages:\n  town: {network: vk, name: 1}\n' >gp.yaml
	comment vk:-1 1 >r
	comment vk:-1 2 >r2
	gp-store put "$pg" r
	gp-work --db "$pg" -c gp.yaml --once -- true
	sql -c "INSERT INTO gp_worker(name, lease, until, pages, seen) VALUES('x', 99, clock_timestamp() + interval '3 seconds', 1, clock_timestamp())"
	sql -c "UPDATE gp_work SET lease = 99, due = clock_timestamp()"
	id=$(sql -c "SELECT id FROM gp_worker WHERE lease = 99")
	# The row of the page is locked: put waits for it when all else is written.
	mkfifo hold
	"$PG_BIN/psql" -qAt -h "$PG_DIR" -U gp gp <hold >/dev/null 3>&- &
	exec 7>hold
	echo "BEGIN; UPDATE gp_work SET due = due;" >&7
	sleep 0.5
	GP_LEASE=$id:99 gp-store put "$pg" r2 3>&- 7>&- &
	put=$!
	sleep 3 # the lease has run out now
	run gp-work --db "$pg" -c gp.yaml --once -- sh -c 'cat >stolen'
	assert_success
	[ ! -e stolen ]
	echo "COMMIT;" >&7
	exec 7>&-
	wait $put
	run gp-store get "$pg" --id vk:-1/1/2 --jq .id
	assert_output '"vk:-1/1/2"'
	# Only now: a page alone whose worker was gone has failed once.
	run gp-work --db "$pg" -c gp.yaml --once -- sh -c 'cat >stolen'
	run sql -c "SELECT lease IS NULL, failures, reason FROM gp_work"
	assert_output 't|1|its worker x was gone when the lease ended'
}

@test "work: busy pages are due sooner, quiet ones later, within the bounds" {
	cat >gp.yaml <<-'END'
		pages:
		  busy: {network: vk, name: 1}
		  some: {network: vk, name: 2}
		  quiet: {network: vk, name: 3}
	END
	cat >pipe <<-'END'
		n=$(cat n 2>/dev/null || echo 0)
		echo $((n + 1)) >n
		{
			for i in 1 2 3 4 5 6 7 8; do
				echo "{\"type\":\"comment\",\"id\":\"vk:-1/1/$n.$i\",\"page\":\"vk:-1\",\"text\":\"а\"}"
			done
			echo "{\"type\":\"comment\",\"id\":\"vk:-2/1/$n\",\"page\":\"vk:-2\",\"text\":\"а\"}"
			echo "{\"type\":\"run\",\"id\":\"run:vk:-3/posts/$n\",\"page\":\"vk:-3\"}"
			echo "{\"type\":\"comment\",\"id\":\"vk:-3/1/1\",\"page\":\"vk:-3\",\"text\":\"а\"}"
		} | gp-store put "$pg"
	END
	comment vk:-3 1 >r
	gp-store put "$pg" r
	every() {
		sql -c "SELECT string_agg(every::text, ' ' ORDER BY page) FROM gp_work"
		sql -c "UPDATE gp_work SET due = clock_timestamp()"
	}
	gp-work --db "$pg" -c gp.yaml --min 100s --max 1000s --once -- sh pipe
	run every
	assert_output '100 100 150'
	sql -c "UPDATE gp_work SET every = 800"
	for _ in 1 2; do
		gp-work --db "$pg" -c gp.yaml --min 100s --max 1000s --once -- sh pipe
		every >now
	done
	run cat now
	assert_output '100 800 1000'
}

@test "work: a page that breaks its pipeline is found, set aside with the reason, and brought back" {
	pages 8 >list
	run --separate-stderr gp-work --db "$pg" --pages list --lease 8 --min 1s --tries 2 --once -- sh -c 'p=$(cat); echo "$p" >>seen; case "$p" in *p5*) echo "p5: a bomb" >&2; exit 70;; esac'
	assert_failure 1
	# All others have gone through in the very same run.
	run sql -c "SELECT COUNT(*) FROM gp_work WHERE done IS NOT NULL AND failures = 0 AND part IS NULL"
	assert_output 7
	sleep 1.2
	run gp-work --db "$pg" --pages list --lease 8 --min 1s --tries 2 --once -- sh -c 'grep -q p5 && { echo "p5: a bomb" >&2; kill -9 $$; }'
	assert_failure 1
	run --separate-stderr gp-work --db "$pg" --status --aside --jq '[.page, .failures, .reason, (.aside | type)]'
	assert_success
	assert_output '["p5",2,"killed by signal 9: p5: a bomb","string"]'
	# It is not read any more, but counted.
	sql -c "UPDATE gp_work SET due = clock_timestamp() - interval '1 minute'"
	gp-work --db "$pg" --pages list --once -- sh -c 'cat >>later'
	run grep -c . later
	assert_output 7
	run gp-work --db "$pg" --status --jq '[.network, .pages, .aside]'
	assert_output '["vk",8,1]'
	run --separate-stderr gp-work --db "$pg" --retry p5 p99
	assert_failure 1
	assert_stderr "gp-work: no page 'p99'"
	gp-work --db "$pg" --pages list --once -- sh -c 'cat >back'
	run cat back
	assert_output p5
}

@test "work: 'later' blames nobody" {
	pages 2 >list
	run --separate-stderr gp-work --db "$pg" --pages list --tries 1 --once -- sh -c 'exit 75'
	assert_failure 1
	run sql -c "SELECT COUNT(*) FROM gp_work WHERE aside IS NULL AND failures = 0 AND part IS NULL AND lease IS NULL AND due > clock_timestamp()"
	assert_output 2
}

@test "work: a worker killed with -9 leaves its lease to the others, in halves" {
	pages 4 >list
	gp-work --db "$pg" --pages list --term 1s --once -- sh -c 'cat >/dev/null; touch up; sleep 3' 3>&- &
	until_there up
	kill -9 $!
	for _ in $(seq 60); do
		gp-work --db "$pg" --pages list --once -- sh -c 'wc -l >>sizes'
		[ "$(wc -l <sizes 2>/dev/null)" = 2 ] && break
		sleep 0.2
	done
	run cat sizes
	assert_output $'2\n2'
	run sql -c "SELECT COUNT(*) FROM gp_work WHERE done IS NOT NULL AND failures = 0 AND part IS NULL"
	assert_output 4
	# Nobody is left in the table.
	run sql -c "SELECT COUNT(*) FROM gp_worker"
	assert_output 0
}

@test "work: SIGTERM finishes the lease, a second one hands it back" {
	pages 1 >list
	cat >pipe <<-'END'
		touch up
		while [ ! -e go ]; do sleep 0.1; done
		touch finished
	END
	gp-work --db "$pg" --pages list -- sh pipe 3>&- &
	pid=$!
	until_there up
	kill -TERM $pid
	sleep 0.3
	touch go
	status=0
	wait $pid || status=$?
	assert_equal $status 0
	[ -e finished ]
	run sql -c "SELECT COUNT(*) FROM gp_work WHERE done IS NOT NULL AND lease IS NULL"
	assert_output 1
	rm up go finished
	sql -c "UPDATE gp_work SET due = clock_timestamp(), done = NULL"
	gp-work --db "$pg" --pages list -- sh pipe 3>&- &
	pid=$!
	until_there up
	kill -TERM $pid
	sleep 0.3
	kill -TERM $pid
	status=0
	wait $pid || status=$?
	assert_equal $status 75
	[ ! -e finished ]
	run sql -c "SELECT COUNT(*) FROM gp_work WHERE done IS NULL AND lease IS NULL AND failures = 0 AND due <= clock_timestamp()"
	assert_output 1
}

@test "work: a pipeline that runs too long is ended, and renewal keeps one that does not" {
	pages 1 >list
	run --separate-stderr gp-work --db "$pg" --pages list --ceiling 1s --tries 1 --once -- sh -c 'sleep 60'
	assert_failure 1
	run gp-work --db "$pg" --status --aside --jq .reason
	assert_output '"ran longer than 1 s"'
	gp-work --db "$pg" --retry p1
	# Three times as long as the lease.
	run --separate-stderr gp-work --db "$pg" --pages list --term 1s --once -- sh -c 'sleep 3; touch finished'
	assert_success
	assert_stderr ""
	[ -e finished ]
	run sql -c "SELECT COUNT(*) FROM gp_work WHERE done IS NOT NULL"
	assert_output 1
}

@test "work: centres and networks take turns, the latest first; a flood holds up its own" {
	{
		pages 300 vk big b
		pages 3 vk small s
		pages 3 ok small o
	} >list
	gp-work --db "$pg" --pages list --once -- true
	sql -c "UPDATE gp_work SET due = clock_timestamp() - (CASE WHEN centre = 'big' THEN 2 ELSE 1 END) * interval '1 hour'"
	sql -c "UPDATE gp_work SET due = due - interval '1 minute' WHERE name = 'b77'"
	# A lease of VK is out already: the one of OK comes first, though it waits less.
	sql -c "INSERT INTO gp_worker(name, lease, until, network, pages, seen) VALUES('slow', 9999, clock_timestamp() + interval '1 hour', 'vk', 1, clock_timestamp())"
	gp-work --db "$pg" --pages list --lease 8 --once -- sh -c 'tr "\n" " " >>order; echo >>order'
	run sed -n 1p order
	assert_output --regexp '^o[0-9] o[0-9] o[0-9] $'
	# Then the pages of both centres in turn, that which is latest of all first.
	run sed -n 2p order
	assert_output --regexp 's1 .*s2 .*s3 |s[123] .*s[123] .*s[123] '
	assert_output --partial 'b77'
	assert_equal "$(wc -w <order)" 306
}

@test "work: twelve workers at once give each page out once" {
	pages 600 >list
	gp-work --db "$pg" --pages list --once -- true
	sql -c "UPDATE gp_work SET due = clock_timestamp() - interval '1 hour'"
	for i in $(seq 12); do
		gp-work --db "$pg" --pages list --lease 7 --once -- sh -c 'cat >>seen.$$' 2>err.$i 3>&- &
	done
	wait
	run cat err.*
	assert_output ""
	run sh -c 'cat seen.* | sort | uniq -c | sed "s/ p[0-9]*//" | sort | uniq -c | tr -d " "'
	assert_output 6001
}

@test "work: gp-fetch reads the pages it is given, from the cursors of the database" {
	cat >with <<-'END'
		export GP_NOW=$GP_SIM_NOW
		cat >gp.yaml <<CONF
		telegram: {preview: $GP_SIM_URL}
		vk: {api: $GP_SIM_URL/vk, rate: 50}
		pages:
		  channel: {network: telegram, name: zarechny_adm}
		  town: {network: vk, name: 210000777, tokens: {service: {file: $GP_SIM_VK_SERVICE}}}
		CONF
		echo nothing >>gp.yaml; sed -i '/^nothing/d' gp.yaml
		gp-work --db "$pg" -c gp.yaml --once -- bash -o pipefail -c 'gp-fetch -c gp.yaml --pages - --stream posts --cursors "$pg" | tee -a out | gp-store put "$pg"'
	END
	gp-store put "$pg" </dev/null
	run --separate-stderr gp-sim --run -- sh ./with
	assert_success
	assert_stderr ""
	run sh -c "jq -r 'select(.type == \"run\") | [.page, .outcome] | join(\" \")' out | sort"
	assert_output $'telegram:zarechny_adm ok\nvk:-210000777 ok'
	run sql -c "SELECT page, every FROM gp_work ORDER BY page"
	assert_output $'telegram:zarechny_adm|300\nvk:-210000777|300'
	# Nothing is new: each comes as one account, and is due later.
	sql -c "UPDATE gp_work SET due = clock_timestamp()"
	mv out first
	run --separate-stderr gp-sim --run -- sh ./with
	assert_success
	run sh -c "grep -c '\"type\":\"post\"' out"
	assert_output 0
	run sql -c "SELECT page, every FROM gp_work ORDER BY page"
	assert_output $'telegram:zarechny_adm|450\nvk:-210000777|450'
}

# gp-work's own statements, and none of the store's, under an hour's leases.
@test "work: the table stays small: an hour's leases leave few dead rows" {
	pages 2000 >list
	gp-work --db "$pg" --pages list --lease 200 --once -- true
	before=$(sql -c "SELECT pg_table_size('gp_work')")
	for _ in 1 2 3 4; do
		sql -c "UPDATE gp_work SET due = clock_timestamp()"
		gp-work --db "$pg" --pages list --lease 20 --once -- true
	done
	sleep 1.2 # the statistics of those who have gone
	run sql -c "SELECT n_tup_hot_upd * 100 / n_tup_upd >= 80 FROM pg_stat_user_tables WHERE relname = 'gp_work'"
	assert_output t
	run sql -c "SELECT pg_table_size('gp_work') <= 2 * $before"
	assert_output t
	# Nobody waits within a transaction.
	run sql -c "SELECT COUNT(*) FROM pg_stat_activity WHERE state LIKE 'idle in%'"
	assert_output 0
}

@test "work: a database that goes away and comes back: said once, waited for, gone on with" {
	pages 2 >list
	gp-work --db "$pg" --pages list --term 60s --wait 1s -- sh -c 'cat >>seen; touch up; while [ ! -e go ]; do sleep 0.1; done; rm go' 2>err 3>&- &
	pid=$!
	until_there up
	pg_as "$PG_BIN/pg_ctl" -D "$PG_DIR/data" -m immediate -s stop
	touch go
	sleep 2
	pg_again
	# The lease held all the while: it is given back, not taken again.
	for _ in $(seq 100); do
		[ "$(sql -c "SELECT COUNT(*) FROM gp_work WHERE done IS NOT NULL" 2>/dev/null)" = 2 ] && break
		sleep 0.2
	done
	run sql -c "SELECT COUNT(*) FROM gp_work WHERE done IS NOT NULL AND lease IS NULL"
	assert_output 2
	kill -TERM $pid
	status=0
	wait $pid || status=$?
	assert_equal $status 0
	run sort seen
	assert_output $'p1\np2'
	run cat err
	assert_output --regexp '^gp-work: [^ ]+: .*: waiting$'
}

@test "work: a lease whose COMMIT was not answered, one that its worker outlived: no page is lost" {
	GP_TEST_URL=$pg run timeout 60 "$GP_BUILD/tests/unit/test_work"
	assert_success
	refute_output --partial SKIPPED
}

@test "work: a pipeline gets the config with the pages of its lease, and no more" {
	mkdir tokens
	echo geheim >tokens/t
	chmod 600 tokens/t
	cat >gp.yaml <<-'END'
		zone: Asia/Omsk
		vk: {api: "http://127.0.0.1:1/"}
		pages:
		  town: {network: vk, name: 1, tokens: {service: {file: tokens/t}}}
		  village: {network: vk, name: 2}
		  channel: {network: telegram, name: adm}
	END
	# What it reads, its mode, and whose it is while others look.
	cat >pipe <<-'END'
		page=$(cat)
		cat "$GP_CONFIG" >"$page"
		stat -Lc %a "$GP_CONFIG" >>mode
		echo "$GP_CONFIG" >>path
		python3 -c 'import os, subprocess; subprocess.run(["gp-fetch", "--page", "village", "--plan", "--retries", "0"])' 2>"$page.err"
		gp-fetch -c gp.yaml --page town --plan --retries 0 >"$page.own" 2>&1
		true
	END
	run --separate-stderr gp-work --db "$pg" -c gp.yaml --lease 1 --once -- sh pipe
	assert_success
	for p in town village channel; do
		run cat "$p"
		assert_output "$(sed -n 1,3p gp.yaml; grep "^  $p:" gp.yaml)"
		# With -c of its own a command sees all pages; a token of the
		# relative name is found.
		run cat "$p.own"
		assert_output --partial '"page":"vk:-1"'
		assert_output --partial "Couldn't connect"
	done
	run cat town.err
	assert_output --partial "no page 'village'"
	run cat village.err
	refute_output --partial "no page"
	run sort -u mode
	assert_output 600
	# Nothing of it is left.
	while read -r f; do
		[ ! -e "$f" ]
	done <path
	# The config cannot be cut: the pipeline finds the whole.
	echo '{"pages": {"a": {"network": "vk", "name": 7}}}' >gp.json
	run --separate-stderr gp-work --db "$pg" -c gp.json --once -- sh -c 'cmp "$GP_CONFIG" gp.json && echo whole >&2'
	assert_success
	assert_stderr whole
}

@test "work: where little is due of many pages, leases are not small for that" {
	seq 12000 | sed 's/.*/p&\tvk/' >list
	gp-work --db "$pg" --pages list --once -- ./nothing 2>/dev/null || true # none is leased
	sql -c "UPDATE gp_work SET due = clock_timestamp() + CASE WHEN name ~ '00$' THEN interval '0' ELSE interval '1 hour' END"
	run --separate-stderr gp-work --db "$pg" --pages list --lease 200 --once -- sh -c 'wc -l >>leases'
	assert_success
	run awk '{ n += $1 } END { print n, NR <= 4 }' leases
	assert_output "120 1"
	# What comes due meanwhile gathers: the next look is not at once. Each lease
	# makes others due; a look takes in all by the fourth.
	cat >chain <<-'END'
		while read -r page; do
			began=$(date +%s%3N) others=
			case $page in
			p1) others="'p2'" ;;
			p2) others="'p3'" ;;
			p3) others="'p4'" ;;
			p4) others="'p5', 'p6', 'p7'" ;;
			esac
			[ -z "$others" ] || "$PG_BIN/psql" -qAt -h "$PG_DIR" -U gp gp \
				-c "UPDATE gp_work SET due = clock_timestamp() WHERE name IN ($others)"
			echo "$page ${GP_LEASE#*:} $began $(date +%s%3N)" >>few
		done
	END
	export PG_BIN PG_DIR
	sql -c "UPDATE gp_work SET due = clock_timestamp() WHERE name = 'p1'"
	gp-work --db "$pg" --pages list --wait 2s -- sh chain 3>&- &
	pid=$!
	for _ in $(seq 300); do
		[ -e few ] && [ "$(wc -l <few)" = 7 ] && break
		sleep 0.1
	done
	kill -TERM $pid
	wait $pid
	run awk '{ n[$2]++ } $1 == "p4" { end = $4 } NR == 5 { print ($3 - end >= 2000) }
		END { print NR, n[$2] }' few
	assert_output $'1\n7 3'
}

@test "work: what outlives its shell is ended with it" {
	pages 1 >list
	run --separate-stderr gp-work --db "$pg" --pages list --ceiling 1s --once -- \
		bash -c 'bash -c "trap \"\" TERM; echo \$\$ >pid; exec sleep 77" | cat; true'
	assert_failure 1
	for _ in $(seq 50); do
		kill -0 "$(cat pid)" 2>/dev/null || break
		sleep 0.1
	done
	run kill -0 "$(cat pid)"
	assert_failure
}

@test "work: what a clock that was ahead has written holds nobody" {
	pages 2 >list
	gp-work --db "$pg" --pages list --once -- true
	sql -c "UPDATE gp_work SET due = due + interval '1 year'" \
		-c "INSERT INTO gp_worker(name, lease, until, seen, pages) VALUES('gone', 999, clock_timestamp() + interval '1 year', clock_timestamp(), 1)" \
		-c "UPDATE gp_work SET lease = 999 WHERE name = 'p1'"
	run --separate-stderr gp-work --db "$pg" --pages list --once -- sh -c 'cat >>again'
	assert_success
	run cat again
	assert_output p2
	run sql -c "SELECT COUNT(*) FROM gp_work WHERE lease IS NOT NULL OR due > clock_timestamp() + interval '2 hours'"
	assert_output 0
}

@test "work: who waits for the database hears a signal" {
	pages 1 >list
	gp-work --db "$pg" --pages list --wait 1s -- touch ran 2>err 3>&- &
	pid=$!
	until_there ran
	pg_as "$PG_BIN/pg_ctl" -D "$PG_DIR/data" -m immediate -s stop
	for _ in $(seq 100); do
		grep -q waiting err && break
		sleep 0.1
	done
	began=$(date +%s)
	kill -TERM $pid
	wait $pid
	[ $(($(date +%s) - began)) -lt 10 ]
	run cat err
	assert_output --regexp '^gp-work: .*: waiting$'
	run gp-work --db "$pg" --wait 0s -- true
	assert_failure 64
	assert_output "gp-work: --wait: at least 1s"
}

@test "work: a terminal that closes ends it as SIGTERM does, but under nohup" {
	pages 1 >list
	gp-work --db "$pg" --pages list --wait 1s -- touch ran 3>&- &
	pid=$!
	until_there ran
	kill -HUP $pid
	wait $pid
	sql -c "UPDATE gp_work SET due = clock_timestamp()"
	nohup gp-work --db "$pg" --pages list --wait 1s -- touch again >nohup 2>&1 3>&- &
	pid=$!
	until_there again
	kill -HUP $pid
	sleep 0.5
	kill -0 $pid
	kill -TERM $pid
	wait $pid
}
