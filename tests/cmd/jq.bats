#!/usr/bin/env bats
# --jq of every command that has it, and the words of gp.jq.
load ../lib
load ../postgres

taxonomy=$GP_SRC/lib/data/taxonomy.yaml

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return 1
	PATH=$GP_BUILD:$PATH
	# shellcheck disable=SC2016
	GP_NOW=2026-10-31T15:00:00Z gp-sim -- sh -eu -c '
		echo "$GP_SIM_URL/s/zarechny_adm" >url
		printf "telegram: {preview: %s, api: %s}
pages:
  town: {network: telegram, name: zarechny_adm, bot: {token: {file: %s}}}
" "$GP_SIM_URL" "$GP_SIM_URL" "$GP_SIM_TOKEN_FILE" >gp.yaml
		gp-fetch --record tape "$(cat url)" >/dev/null
		gp-fetch -c gp.yaml --state state >town.ndjson'
	gp-classify town.ndjson >c.ndjson
	GP_NOW=2026-10-31T15:00:00Z gp-report week --since 2026-10-01 c.ndjson >week.ndjson
	gp-store put t.db c.ndjson
	printf '%s\n' id,pages,text a,town,Раз b,town,Два >plan.csv
	gp-suggest c.ndjson >drafts.ndjson
	gp-review --write sheet drafts.ndjson
	pg_start
	printf 'a\tvk\n' | gp-work --db "$pg" --pages - --once -- true
}

teardown_file() {
	pg_stop
}

# commands: one of each that prints records, a line each.
setup() {
	gp_setup
	town=$BATS_FILE_TMPDIR/town.ndjson
	class=$BATS_FILE_TMPDIR/c.ndjson
	cat >commands <<-END
		gp-fetch --replay $BATS_FILE_TMPDIR/tape $(cat "$BATS_FILE_TMPDIR/url")
		gp-import $GP_TESTS/fixtures/import/channel.json
		gp-redact $town
		gp-dedup $town
		gp-classify $town
		gp-classify --check $taxonomy
		gp-train --folds 2 --label class.group $GP_SRC/lib/data/labelled.ndjson
		gp-route $class
		gp-route --check $GP_SRC/lib/data/routes.yaml
		gp-suggest $class
		gp-suggest --check $GP_SRC/lib/data/templates.yaml
		gp-review --as A --keep-skipped --apply $BATS_FILE_TMPDIR/sheet $BATS_FILE_TMPDIR/drafts.ndjson
		gp-report queue $class
		gp-report week --since 2026-10-01 $class
		gp-check $town
		gp-check --only-findings $town
		gp-reply $town
		gp-post --diff -c $BATS_FILE_TMPDIR/gp.yaml $BATS_FILE_TMPDIR/plan.csv
		gp-card $BATS_FILE_TMPDIR/week.ndjson
		gp-doctor --offline
		gp-work --db $pg --status
		gp-store get $BATS_FILE_TMPDIR/t.db
		gp-store cursors $BATS_FILE_TMPDIR/t.db
		gp-store stats $BATS_FILE_TMPDIR/t.db
	END
}

# each FUNCTION: for the words of every command.
each() {
	local words
	while read -ra words; do
		"$1" "${words[@]}"
	done <commands
}

# A program in the place of jq.
in_place_of_jq() {
	mkdir -p bin
	cat >bin/jq
	chmod "${1:-755}" bin/jq
}

# w EXPR [INPUT]: what a word makes of it.
w() {
	run --separate-stderr jq -L "$GP_SRC/lib/data" -c "include \"gp\"; $1" \
		<<<"${2:-null}"
	assert_success
	assert_stderr ''
}

# -- the option -------------------------------------------------------------

@test "jq: every command that prints records has it, others have not" {
	for c in $(sed -n 's/^CMDS *= *//p' "$GP_SRC/Makefile"); do
		run "$c" --gp-options
		if grep -q "^$c " commands; then
			assert_line $'word\t-\tjq\tEXPR\t-\tpass the records through jq'
		else
			assert_equal "$c" gp-sim
			refute_line --partial $'\tjq\t'
		fi
	done
}

@test "jq: it is what jq -c behind a pipe is" {
	is_so() {
		"$@" | jq -c '[.type, .id]' >piped
		assert [ -s piped ]
		run --separate-stderr "$@" --jq '[.type, .id]'
		assert_success
		assert_stderr ''
		assert_output "$(cat piped)"
	}
	each is_so
}

@test "jq: the words of gp.jq are known" {
	is_so() {
		run --separate-stderr "$@" --jq 'records | length'
		assert_success
		assert_stderr ''
		assert_output "$("$@" | wc -l)"
	}
	each is_so
}

@test "jq: not installed" {
	is_so() {
		run --separate-stderr env PATH=/nowhere "$(command -v "$1")" \
			"${@:2}" --jq .
		assert_failure 78
		assert_output ''
		assert_stderr "$1: --jq: jq is not installed: apt-get install jq"
	}
	each is_so
}

@test "jq: it cannot be run" {
	in_place_of_jq 644 </dev/null
	run --separate-stderr env PATH="$PWD/bin" "$GP_BUILD/gp-classify" --jq . \
		"$town"
	assert_failure 78
	assert_output ''
	assert_stderr "gp-classify: --jq: cannot run jq: Permission denied"
}

@test "jq: gp.jq is not there" {
	mkdir data
	cp "$taxonomy" data
	GP_DATA=data run --separate-stderr gp-classify --jq . "$town"
	assert_failure 78
	assert_output ''
	assert_stderr "gp-classify: --jq: no 'gp.jq' in \$GP_DATA"
	GP_DATA=data run --separate-stderr gp-classify "$town"
	assert_success
}

@test "jq: a wrong expression" {
	is_so() {
		run --separate-stderr "$@" --jq 'nope('
		assert_failure 64
		assert_output ''
		assert_stderr --partial "syntax error"
		refute_stderr --partial "$1: "
		run --separate-stderr "$@" --jq .no.such/word
		assert_failure 64
		assert_output ''
		assert_stderr --partial "word/0 is not defined"
		refute_stderr --partial "$1: "
	}
	each is_so
}

@test "jq: a record that the expression fails on" {
	printf '{"type":"x","n":%s}\n' 1 '"a"' >in
	run --separate-stderr gp-classify --jq '.n + 1' in
	assert_failure 1
	assert_output 2
	assert_stderr --regexp '^jq: error \(at <stdin>:2\): string \("a"\) and'
}

@test "jq: before head" {
	for _ in {1..30}; do cat "$town"; done >long
	echo "gp-classify long" >>commands
	echo "gp-classify -j 2 long" >>commands
	is_so() {
		run --separate-stderr bash -c '"$@" --jq . | head -n 1 | wc -l' - "$@"
		assert_success
		assert_output 1
		assert_stderr ''
		# And where the caller ignores a broken pipe.
		run --separate-stderr bash -c \
			'trap "" PIPE; "$@" --jq . | head -n 1 | wc -l' - "$@"
		assert_success
		assert_output 1
		assert_stderr ''
	}
	each is_so
}

@test "jq: a disk that is full" {
	run --separate-stderr sh -c "gp-classify --jq . '$town' >/dev/full"
	assert_failure 74
	assert_stderr --partial "No space left on device"
}

@test "jq: it ends when it wants to" {
	for _ in {1..30}; do cat "$town"; done >long
	# As `halt` does from jq 1.7 on.
	in_place_of_jq <<-'END'
		#!/bin/sh
		exec head -n 1
	END
	PATH=$PWD/bin:$PATH run --separate-stderr gp-classify --jq . long
	assert_success
	assert_output "$(gp-classify long | head -n 1)"
	assert_stderr ''
}

@test "jq: it is ended" {
	in_place_of_jq <<-'END'
		#!/bin/sh
		kill -KILL $$
	END
	PATH=$PWD/bin:$PATH run --separate-stderr gp-classify --jq . "$town"
	assert_failure 74
	assert_output ''
	assert_stderr "gp-classify: jq was ended by signal 9"
}

@test "jq: the status is the command's" {
	url=$(cat "$BATS_FILE_TMPDIR/url")
	run --separate-stderr gp-fetch --retries 0 --stream posts --jq .outcome \
		--replay "$BATS_FILE_TMPDIR/tape" "${url%/s/*}/s/nobody_there"
	fetch=$status
	assert [ "$status" -gt 1 ]
	assert_output '"config"'
	run --separate-stderr gp-fetch --retries 0 --stream posts \
		--replay "$BATS_FILE_TMPDIR/tape" "${url%/s/*}/s/nobody_there"
	assert_equal "$status" "$fetch"

	run --separate-stderr gp-import --jq .id "$GP_TESTS/fixtures/import/broken.json"
	assert_failure 1
	assert_stderr --partial gp-import:
	run --separate-stderr gp-import --jq .id /no/such
	assert_failure 74
	assert_output ''
	assert_stderr "gp-import: cannot open '/no/such': No such file or directory"

	printf '{"type":"x"}\nbad\n{"type":"y"}\n' >in
	run --separate-stderr gp-classify --jq .type in
	assert_failure 1
	assert_output $'"x"\n"y"'
	assert_stderr --partial "gp-classify: in:2: "
	run --separate-stderr gp-classify --strict --jq .type in
	assert_failure 65
	run --separate-stderr gp-classify -t /no/such --jq .type in
	assert_failure 78
	assert_output ''
	echo 'kinds: [' >bad.yaml
	run --separate-stderr gp-classify --check --jq . bad.yaml
	assert_failure 65

	run --separate-stderr gp-report queue --jq .type in
	assert_failure 1
	assert_output ''
	assert_stderr --partial "gp-report: in:2: "
	run --separate-stderr gp-report week --strict --jq .type in
	assert_failure 65
	assert_output ''
}

@test "jq: what comes, comes at once" {
	mkfifo in
	gp-classify --jq .type <in >out 3>&- &
	exec 5>in
	echo '{"type":"x"}' >&5
	for _ in {1..100}; do
		[ -s out ] && break
		sleep 0.1
	done
	run cat out
	exec 5>&-
	wait $!
	assert_output '"x"'
}

@test "jq: gp-report prints records, whatever else was asked for" {
	for with in "-f table" "-f csv"; do
		run --separate-stderr gp-report queue $with --jq . "$class"
		assert_failure 64
		assert_output ''
		assert_stderr "gp-report: --jq does not go with ${with#-f }: it reads ndjson"
	done
	run --separate-stderr gp-report week --csv excel-ru --jq . "$class"
	assert_failure 64
	assert_output ''
	assert_stderr "gp-report: --jq does not go with --csv: it reads ndjson"
	run --separate-stderr gp-report week -o out --jq . "$class"
	assert_failure 64
	assert_output ''
	assert_stderr "gp-report: --jq does not go with -o: it prints to standard output"
	assert [ ! -e out ]
	run --separate-stderr gp-report queue -f ndjson -n 1 --jq .report "$class"
	assert_success
	assert_output '"queue"'
	assert_stderr ''
}

@test "jq: on a terminal too, records and no colours" {
	run script -qec "gp-report queue -n 1 --jq '{type, n: 1}' '$class'" /dev/null
	assert_success
	assert_output --partial '{"type":"figure","n":1}'
	refute_output --partial $'\e'
}

@test "jq: words of one's own" {
	echo '{"type":"x"}' >in
	echo 'def mine: "file";' >.jq
	run --separate-stderr gp-classify --jq '[mine, link, (.type | short(1))]' in
	assert_success
	assert_output '["file",null,"x"]'
	rm .jq
	mkdir .jq
	echo 'def mine: "folder";' >.jq/my.jq
	run --separate-stderr gp-classify --jq 'include "my"; [mine, is_post]' in
	assert_success
	assert_output '["folder",false]'
	run --separate-stderr gp-classify --jq 'def link: "own"; link' in
	assert_success
	assert_output '"own"'
}

@test "jq: no word hides one of jq's" {
	sed -n 's/^def \([a-z_]*\).*/\1/p' "$GP_SRC/lib/data/gp.jq" | sort -u >ours
	assert [ -s ours ]
	jq -nr 'builtins[] | split("/")[0]' | sort -u >theirs
	run comm -12 ours theirs
	assert_output ''
}

@test "jq: every word of gp.jq says what it is for" {
	run awk '/^def [a-z]/ && before == "" && !/ (is_(post|talk)|tenths)/ {
		print } { before = $0 }' "$GP_SRC/lib/data/gp.jq"
	assert_output ''
}

# -- the words --------------------------------------------------------------

@test "gp.jq: what a record is" {
	is='[is_post, is_comment, is_message, is_talk, is_official, is_citizen]'
	w "$is" '{"type":"post"}'
	assert_output '[true,false,false,false,true,false]'
	w "$is" '{"type":"post","author":{"name":"A","official":true}}'
	assert_output '[true,false,false,false,true,false]'
	w "$is" '{"type":"post","author":{"name":"A"}}'
	assert_output '[true,false,false,false,false,false]'
	w "$is" '{"type":"comment","author":{"name":"A","official":false}}'
	assert_output '[false,true,false,true,false,true]'
	w "$is" '{"type":"comment"}'
	assert_output '[false,true,false,true,false,true]'
	w "$is" '{"type":"message","author":{"official":true}}'
	assert_output '[false,false,true,true,true,false]'
	w "$is" '{"type":"run"}'
	assert_output '[false,false,false,false,false,false]'
}

@test "gp.jq: what an appeal is" {
	w '[.[] | .type = "comment" | is_appeal]' '[{}, {"class":{}},
		{"class":{"kind":"complaint"}}, {"class":{"kind":"danger"}},
		{"class":{"kind":"thanks"}}, {"deleted":true},
		{"duplicate_of":"x"}, {"author":{"official":true}}]'
	assert_output '[true,false,true,true,false,false,false,false]'
	w is_appeal '{"type":"post"}'
	assert_output false
}

@test "gp.jq: instants by the clocks of a place" {
	export TZ=America/New_York # of no account
	at='"2026-10-31T21:30:00Z"'
	w '[local, local("Z"), local("+07:00"), local("-03:30")]' "$at"
	assert_output '["2026-11-01 00:30","2026-10-31 21:30","2026-11-01 04:30","2026-10-31 18:00"]'
	w '[day, day("Z"), hour, hour("Z")]' "$at"
	assert_output '["2026-11-01","2026-10-31",0,21]'
	w '[week, week("Z")]' '"2026-11-01T21:30:00Z"'
	assert_output '["2026-W45","2026-W44"]'
	w '[.[] | week("Z")]' '["2027-01-01T00:00:00Z","2026-01-01T00:00:00Z","2024-12-30T00:00:00Z"]'
	assert_output '["2026-W53","2026-W01","2025-W01"]'
	w '[.[] | local]' '["2026-03-01T00:10:00+03:00","2026-03-01T00:10:00.999-01:00","2024-02-29T21:00:00Z"]'
	assert_output '["2026-03-01 00:10","2026-03-01 04:10","2024-03-01 00:00"]'
	w '[local, day, week, hour, hours_ago, epoch]'
	assert_output '[null,null,null,null,null,null]'
	w '[.[] | epoch]' '["1970-01-01T00:00:00Z","2000-02-29T23:59:59Z","2100-03-01T00:00:00Z","1969-12-31T23:00:00-01:30"]'
	assert_output '[0,951868799,4107542400,1800]'
	w 'try local catch .' '"yesterday"'
	assert_output '"not an instant: yesterday"'
}

@test "gp.jq: hours" {
	w '[hours_between("2026-10-30T20:00:00Z"; "2026-10-31T05:06:00Z"),
		hours_between("2026-10-31T05:00:00Z"; "2026-10-31T04:30:00Z"),
		hours_between("2026-10-31T05:00:00Z"; null)]'
	assert_output '[9.1,-0.5,null]'
	w '[hours_ago, (clock | todate)]' '"2026-10-31T13:24:00Z"'
	assert_output '[1.6,"2026-10-31T15:00:00Z"]'
	unset GP_NOW
	w '(clock - (now | floor)) | . > -5 and . <= 0'
	assert_output true
}

@test "gp.jq: text for a terminal" {
	w printable '"\u001b[31mкрасный\u001b[0m\n\tи\u0000 \u009b2J\u202eдва\u2066 \ufeff"'
	assert_output '"[31mкрасный [0m и 2J два"'
	w '[.[] | printable]' '[null, "", 5, "  a  ", "👍🏽 ё"]'
	assert_output '["","","5","a","👍🏽 ё"]'
	w '[short(5), short(6), short(7)]' '"Яма\nна"'
	assert_output '["Яма …","Яма на","Яма на"]'
	w 'tsv' '["a\tb", 1, null, true, "\u001b]0;x\u0007"]'
	assert_output '"a b\t1\t\ttrue\t]0;x"'
}

@test "gp.jq: text is as harmless as in gp-report" {
	text='"\u001b[1mЯма\u2028 у\u200f\u061c дома\u007f\u0085 5\r\n!"'
	echo '{"type":"comment","id":"x","text":'"$text"'}' >in
	w printable "$text"
	assert_output "$(gp-report queue --jq .text in)"
}

@test "gp.jq: ids stay strings" {
	w '[link, id_parts?]' '{"id":"telegram:adm/7"}'
	assert_output '["telegram:adm/7"]'
	w link '{"id":"telegram:adm/7","url":"https://t.me/adm/7"}'
	assert_output '"https://t.me/adm/7"'
	w id_parts '"telegram:-1001987654321/9223372036854775807"'
	assert_output '["telegram","-1001987654321","9223372036854775807"]'
	w id_parts '"vk:-123/456/789"'
	assert_output '["vk","-123","456","789"]'
	w 'sort_by(id_order)' '["vk:-1/9007199254740993","vk:-1/10","vk:-1/9007199254740992","vk:-1/9"]'
	assert_output '["vk:-1/9","vk:-1/10","vk:-1/9007199254740992","vk:-1/9007199254740993"]'
}

@test "gp.jq: cells of a Russian Excel" {
	w '[.[] | excel_cell]' '["яма", null, 12, 0.5, -3, true, false, ["a"]]'
	assert_output '["яма","","12","0,5","-3","true","false","\"[\"\"a\"\"]\""]'
	w '[.[] | excel_cell]' '["=1+1", "+7900", "-x", "@a", "\t=1", " =1", "a=1"]'
	assert_output $'["\'=1+1","\'+7900","\'-x","\'@a","\'=1","\'=1","a=1"]'
	w '[.[] | excel_cell]' '["700100497", "9223372036854775807", "1,5", "007", "5 домов"]'
	assert_output $'["\'700100497","\'9223372036854775807","\'1,5","\'007","5 домов"]'
	w '[.[] | excel_cell]' '["a;b", "say \"yes\"", "two\nlines"]'
	assert_output '["\"a;b\"","\"say \"\"yes\"\"\"","two lines"]'
	w excel_row '["a", 1.5, ";"]'
	assert_output '"a;1,5;\";\"\r"'
	w 'excel(["Где", "Что"]; [.id, .n])' '[{"id":"x","n":1},{"id":"y"}]'
	assert_output $'"\ufeffГде;Что\\r"\n"x;1\\r"\n"y;\\r"'
}

@test "gp.jq: cells are those of gp-report" {
	for text in '"=1+1"' '"a;\"b\"\n-c"' '"-5 градусов"' '"\t@x"' '"Яма"'; do
		echo '{"type":"comment","id":"x","text":'"$text"'}' >in
		w excel_cell "$text"
		run jq -r . <<<"$output"
		assert [ -n "$output" ]
		cell=$output
		run sh -c 'gp-report queue --csv excel-ru in | tail -n +2'
		assert_output --partial ";$cell;"
	done
}

@test "gp.jq: records and versions" {
	printf '{"id":"%s","n":%s}\n' b 1 a 2 b 3 c 4 >in
	run jq -L "$GP_SRC/lib/data" -c 'include "gp"; records | length' in
	assert_output 4
	w newest "$(jq -sc . in)"
	assert_output '[{"id":"b","n":3},{"id":"a","n":2},{"id":"c","n":4}]'
	w newest '[{"n":1},{"n":1},{"id":"1"}]'
	assert_output '[{"n":1},{"id":"1"}]'
}

@test "gp.jq: counts" {
	w 'count_by(.g)[]' '[{"g":"б"},{"g":"а"},{"g":"в"},{"g":"в"},{}]'
	assert_output '{"key":"в","n":2,"percent":40}
{"key":null,"n":1,"percent":20}
{"key":"а","n":1,"percent":20}
{"key":"б","n":1,"percent":20}'
	w 'count_by(.tags[])' '[{"tags":["a","b"]},{"tags":["a"]},{"tags":[]}]'
	assert_output '[{"key":"a","n":2,"percent":66.7},{"key":"b","n":1,"percent":33.3}]'
	w 'count_by(.)' '[]'
	assert_output '[]'
	w '[percent(1; 3), percent(0; 5), percent(3; 0), (2.25 | tenths)]'
	assert_output '[33.3,0,null,2.3]'
	w '[.[] | median]' '[[], [3], [9, 1, 2], [1, 2, 3, 10]]'
	assert_output '[null,3,2,2.5]'
}

talk() {
	cat <<-'END'
		{"type":"comment","id":"1","at":"2026-10-31T10:00:00Z","text":"Яма"}
		{"type":"comment","id":"2","at":"2026-10-31T13:30:00Z","thread":"1","parent":"1","author":{"name":"Б","official":true}}
		{"type":"comment","id":"3","at":"2026-10-31T12:00:00Z","thread":"1","parent":"1","author":{"name":"А","official":true}}
		{"type":"comment","id":"4","at":"2026-10-31T12:30:00Z","thread":"1","parent":"1","author":{"name":"сосед"}}
		{"type":"comment","id":"1","at":"2026-10-31T10:00:00Z","text":"Яма!","edited":true}
		{"type":"comment","id":"5","at":"2026-10-31T08:00:00Z","class":{"kind":"thanks"}}
		{"type":"message","id":"6","at":"2026-10-31T09:00:00Z","chat":"c"}
		{"type":"message","id":"7","at":"2026-10-31T09:30:00Z","chat":"c"}
		{"type":"receipt","id":"8","at":"2026-10-31T10:30:00Z","to":"6","status":"sent"}
		{"type":"receipt","id":"9","at":"2026-10-31T10:30:00Z","to":"7","status":"failed"}
	END
}

@test "gp.jq: appeals" {
	w 'appeals[] | {id, text, answered, answered_at, answered_by, hours} |
		with_entries(select(.value != null))' "$(talk | jq -sc .)"
	assert_output '{"id":"1","text":"Яма!","answered":true,"answered_at":"2026-10-31T12:00:00Z","answered_by":"А","hours":2}
{"id":"4","answered":false,"hours":2.5}
{"id":"6","answered":true,"answered_at":"2026-10-31T10:30:00Z","hours":1.5}
{"id":"7","answered":false,"hours":5.5}'
	w 'appeals | map(.id)' '[{"type":"comment","id":"1"},{"type":"reply","id":"2","to":"1"},{"type":"comment"}]'
	assert_output '["1"]'
}

@test "gp.jq: an answer that is deleted later was given" {
	w 'appeals | map(.answered)' '[{"type":"comment","id":"1"},
		{"type":"comment","id":"2","parent":"1","author":{"official":true}},
		{"type":"comment","id":"2","deleted":true}]'
	assert_output '[true]'
}

@test "gp.jq: threads" {
	w 'threads[]' "$(talk | jq -sc .)"
	assert_output '{"thread":"5","at":"2026-10-31T08:00:00Z","last":"2026-10-31T08:00:00Z","written":1,"open":0,"url":"5","answered":true}
{"thread":"c","at":"2026-10-31T09:00:00Z","last":"2026-10-31T09:30:00Z","written":2,"open":1,"url":"6","answered":false}
{"thread":"1","at":"2026-10-31T10:00:00Z","last":"2026-10-31T13:30:00Z","written":4,"open":1,"url":"1","answered":false}'
}

@test "gp.jq: what is open is the queue of gp-report" {
	gp-report queue --jq .id "$class" | sort >queue
	[ "$(wc -l <queue)" -gt 100 ]
	run --separate-stderr sh -c "gp-classify '$town' --jq 'records | appeals[] |
		select(.answered | not).id' | sort | cmp - queue"
	assert_success
	assert_output ''
	assert_stderr ''
	run gp-classify "$town" --jq 'records | threads | map(.open) | add'
	assert_output "$(wc -l <queue)"
}
