# The whole of a day's first line, over the played month: fetched, masked,
# compared, understood, routed, kept. What is done twice changes nothing.
load ../lib
load ../postgres

teardown() {
	pg_stop
}

# played SCRIPT: with the district of gp-sim, all of its streams, in the config.
played() {
	cat >play <<-'EOT'
		cat >gp.yaml <<EOC
		zone: "+03:00"
		telegram: {preview: $GP_SIM_URL, api: $GP_SIM_URL}
		pages:
		  zarechny:
		    network: telegram
		    name: zarechny_adm
		    bot: {token: {file: $GP_SIM_TOKEN_FILE}, messages: yes}
		EOC
		export GP_CONFIG=$PWD/gp.yaml
	EOT
	cat >>play <<<"$1"
	gp-sim -- sh -eu play
}

twice() {
	export DB=$1
	played '
		gp-fetch --all --state st -p zarechny >raw
		day() { gp-redact | gp-dedup --db "$DB" | gp-classify | gp-route; }
		day <raw | gp-store put "$DB" --ack >first
		day <raw >again
		gp-store get "$DB" >one
		gp-store put "$DB" --ack again >second
		gp-store get "$DB" >two
		gp-store stats "$DB" --jq "select(.what == \"versions\").n" >versions
		# From the cursors that are kept: nothing but accounts of runs.
		gp-fetch --cursors "$DB" -p zarechny --stream posts |
			day | gp-store put "$DB" --ack >third'
	run jq -s 'map(.new) | add > 400' first
	assert_output true
	run jq -s 'map([.new, .changed, .forgotten] | add) | add' second
	assert_output 0
	cmp one two
	# Edited ones came in both versions, and that is what there is.
	run cat versions
	assert_output "$(jq -r 'select(.type != "cursor" and .id).id' raw | sort | uniq -d | wc -l)"
	# Its runs come again, a second of the clock later or the same.
	run gp-store get "$DB" --where "type != 'run'" --jq .id
	printf '%s\n' "${lines[@]}" | sort >after
	jq -c 'select(.type != "run").id' one | sort >before
	cmp before after
	gp-store check "$DB"
}

@test "pipeline: the whole line, twice: the second run changes nothing (SQLite)" {
	twice "$PWD/t.db"
	# Each did its part.
	run jq -c 'select(.redacted)' one
	[ "${#lines[@]}" -ge 1 ]
	run jq -c 'select(.class and .route and .due.first)' one
	[ "${#lines[@]}" -ge 300 ]
	run gp-store get t.db --open --desk --jq 'select(.desk.overdue) | .route.assignee'
	[ "${#lines[@]}" -ge 50 ]
	run sh -c 'gp-store get t.db --open | gp-report queue -f table | head -3'
	assert_success
	run "$GP_TESTS/schema.py" <one
	assert_success
}

@test "pipeline: the whole line, twice: the second run changes nothing (PostgreSQL)" {
	pg_start
	twice "$pg"
}

@test "pipeline: killed in the middle of the line, run again: nothing lost, nothing doubled" {
	played '
		gp-fetch --all --state st -p zarechny >raw
		day() { gp-redact | gp-dedup --db t.db | gp-classify | gp-route; }
		cat >line <<-EOS
			gp-redact <raw | gp-dedup --db t.db | gp-classify |
				gp-route | gp-store put t.db
		EOS
		# A group of its own, so that all parts die at one moment.
		for i in 01 03 05 07 09 11 13 15 17 20 25 30; do
			setsid sh line & pid=$!
			sleep 0.$i
			kill -9 -- -$pid 2>/dev/null || true
			wait $pid 2>/dev/null || true
		done
		day <raw | gp-store put t.db
		day <raw | gp-store put t.db --ack >last'
	run jq -s 'map([.new, .changed] | add) | add' last
	assert_output 0
	run gp-store check t.db
	assert_success
	jq -r 'select(.type != "cursor").id' raw | sort -u >asked
	gp-store get t.db --jq .id | jq -r . | sort >kept
	cmp asked kept
}
