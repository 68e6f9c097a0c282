#!/usr/bin/env bats
# gp-cookbook(7): every recipe runs as it stands in the page, in the district
# of gp-sim. Each has a test that finds it by words of its own; the last test
# holds that none was left out.
#
# The world of a recipe: what the first one read, then a citizen who smells
# gas, and a post that the page took back.
load ../lib
load ../postgres

page=$GP_SRC/cmd/gp-cookbook.7

# blocks: every recipe, as a file N of ./recipe.
blocks() {
	mkdir -p recipe
	awk '/^\.Bd/ { n++; on = 1; next } /^\.Ed/ { on = 0 }
		on { gsub(/\\e/, "\\"); print > ("recipe/" n) }' "$page"
}

# A line of crontab(5) as cron runs it: without its five fields.
by_cron() {
	sed -i -E 's/^([*0-9/,-]+ ){5}//' "$1"
}

world() {
	cat >with <<-'END'
		cat >gp.yaml <<CONF
		zone: "+03:00"
		telegram: {preview: $GP_SIM_URL, api: $GP_SIM_URL}
		pages:
		  district:
		    network: telegram
		    name: zarechny_adm
		    bot: {token: {file: $GP_SIM_TOKEN_FILE}, messages: yes}
		  school:
		    network: telegram
		    name: zarechny_adm_1
		CONF
		tell() {
			curl -sf -H 'Content-Type: application/json' -d "$2" \
				"$GP_SIM_URL/_sim/$1" >/dev/null
		}
		if [ -s d.ndjson ]; then
			tell message '{"from": "anna_b", "post": 189,
				"text": "На Луговой 5 сильно пахнет газом!"}'
			tell delete '{"post": 187}'
		fi
		exec sh -eu "$1"
	END
	mkdir -p bin
	# What a chief gets, and an hour of listening that is two seconds long.
	cat >bin/mail <<-'END'
		#!/bin/sh
		printf '%s\n' "$@" >mail.sent
		cat >>mail.sent
	END
	cat >bin/timeout <<-'END'
		#!/bin/bash
		exec /usr/bin/timeout 2 "${@:2}"
	END
	chmod +x bin/mail bin/timeout
	PATH=$PWD/bin:$PATH GP_CONFIG=$PWD/gp.yaml
	export GP_CONFIG
	blocks
}

# found WORDS: the one recipe that has them.
found() {
	local in
	in=$(grep -lF -- "$1" recipe/*) || fail "no recipe has '$1'"
	[ "$(wc -l <<<"$in")" -eq 1 ] || fail "'$1' is in $in"
	echo "$in"
}

# recipe WORDS [STATUS]: runs it; it ends well, or so, and says nothing.
recipe() {
	local file
	file=$(found "$1")
	by_cron "$file"
	run --separate-stderr gp-sim --clones 1 -- sh ./with "$file"
	assert_equal "$status" "${2:-0}"
	assert_stderr ''
}

# columns N PATTERN: so many on every line, the first as the pattern has it.
columns() {
	assert [ -n "$output" ]
	awk -F '\t' -v n="$1" -v is="^($2)$" '
		NF != n || $1 !~ is { print; bad = 1 } END { exit bad }' \
		<<<"$output" || fail "no $1 columns"
}

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return 1
	export GP_NOW=2026-10-31T15:00:00Z PATH=$GP_BUILD:$PATH HOME=$PWD
	world
	local file
	file=$(found 'flock -n d.lock gp-fetch --state d.state >>')
	by_cron "$file"
	gp-sim --clones 1 -- sh ./with "$file"
}

setup() {
	gp_setup
	world
	cp "$BATS_FILE_TMPDIR"/d.ndjson "$BATS_FILE_TMPDIR"/d.state .
}

@test "cookbook: all pages, every five minutes" {
	rm d.ndjson d.state
	recipe 'flock -n d.lock gp-fetch --state d.state >>'
	assert_output ''
	run jq -rs 'map(select(.type == "run").outcome) | unique[]' d.ndjson
	assert_output ok
	run jq -r 'select(.type == "post").page' d.ndjson
	assert_line telegram:zarechny_adm
	assert_line telegram:zarechny_adm_1
	run "$GP_TESTS/schema.py" <d.ndjson
	assert_success
}

@test "cookbook: into a database" {
	recipe 'gp-store put d.db'
	assert_output ''
	run gp-store get d.db --type post --jq .page
	assert_line '"telegram:zarechny_adm"'
	# From where it stopped: what came before is not read again.
	recipe 'gp-store put d.db'
	run gp-store get d.db --type run --jq 'select(.asked.cursor) | .stream'
	assert_line '"updates"'
	gp-store check d.db
}

@test "cookbook: several machines" {
	pg_start
	export DB=$pg
	recipe 'gp-work --db "$DB" --once'
	assert_output ''
	run gp-store get "$pg" --type run --jq '[.page, .outcome]'
	assert_line '["telegram:zarechny_adm","ok"]'
	assert_line '["telegram:zarechny_adm_1","ok"]'
	run --separate-stderr gp-work --db "$pg" --status --jq '[.network, .pages, .due, .aside]'
	assert_output '["telegram",2,0,0]'
	pg_stop
}

@test "cookbook: a run that is under way is left alone" {
	cp d.ndjson before
	file=$(found 'flock -n d.lock gp-fetch --state d.state >>')
	by_cron "$file"
	run --separate-stderr flock d.lock gp-sim --clones 1 -- sh ./with "$file"
	assert_failure 1
	assert_output ''
	assert_stderr ''
	cmp d.ndjson before
}

@test "cookbook: listening for an hour" {
	recipe 'timeout 3500' 124
	assert_output ''
	run jq -r 'select(.text // "" | contains("Луговой 5")).type' d.ndjson
	assert_output comment
	run jq -r 'select(.type == "run").outcome' d.ndjson
	assert_line --index -1 ok
}

@test "cookbook: a page from its first post on" {
	rm d.ndjson
	recipe 'until gp-fetch'
	run jq -r 'select(.type == "post").id' school.ndjson
	[ "$(sort -u <<<"$output" | wc -l)" -eq 67 ]
	[ "${#lines[@]}" -eq 67 ]
	# Again: nothing twice.
	recipe 'until gp-fetch'
	[ "$(jq -r 'select(.type == "post").id' school.ndjson | wc -l)" -eq 67 ]
}

@test "cookbook: an export" {
	cp "$GP_TESTS"/fixtures/import/{channel,group}.json .
	recipe 'gp-import --page'
	assert_line --index 0 --partial 2026-10
	assert_line --partial Всего
	assert [ -s old.ndjson ]
}

@test "cookbook: recorded once, tried often" {
	recipe '--replay tape'
	[ "${#lines[@]}" -eq 20 ]
	columns 2 '.+'
}

@test "cookbook: danger at once" {
	recipe 'tail -c'
	columns 3 '2026-10-.. ..:..'
	assert_output --partial 'На Луговой 5 сильно пахнет газом!'
	[ "${#lines[@]}" -eq 1 ]
	# It is kept, and not told again.
	grep -q 'Луговой 5' d.ndjson
	recipe 'tail -c'
	assert_output ''
}

@test "cookbook: nine hours" {
	recipe '.age > 9'
	columns 4 '[1-9][0-9]*'
	[ "${#lines[@]}" -gt 100 ]
	awk -F '\t' '$1 < 9 { bad = 1 } END { exit bad }' <<<"$output"
	assert_line --index 0 --partial danger
}

@test "cookbook: what came and what was closed" {
	printf '%s\n' aaa https://t.me/zarechny_chat/748 >open.old
	recipe 'comm -13'
	assert_line '- aaa'
	refute_line --partial /748
	assert_line '+ https://t.me/zarechny_chat/512'
	[ "$(gp-classify d.ndjson | gp-report queue | wc -l)" -eq \
		"$(wc -l <open.old)" ]
	assert [ ! -e open.new ]
	recipe 'comm -13'
	assert_output ''
}

@test "cookbook: who answers slowest" {
	recipe 'group_by(.answered_by)'
	columns 3 '[0-9.]+'
	assert_output $'18.6\t18\tСергей Юрьевич, отдел ЖКХ
16.2\t57\tАдминистрация Заречного района
2.3\t62\tОльга, пресс-служба'
}

@test "cookbook: talks that boil" {
	recipe '.open >= 3'
	columns 4 '[1-9][0-9]*'
	assert_line --index 0 $'6\t13\t2026-10-26 20:30\thttps://t.me/zarechny_chat/960'
}

@test "cookbook: words of thanks" {
	recipe '"thanks"'
	columns 3 '2026-10-..'
	assert_output --partial пасибо
}

@test "cookbook: the chief's digest" {
	recipe 'glava@'
	assert_output ''
	run cat mail.sent
	assert_line --index 0 -- -s
	assert_line --index 1 'Обращения за вчера'
	assert_line --index 2 glava@example.org
	assert_output --partial '2026-10-30'
	assert_line --partial Всего
	refute_output --partial '2026-10-31 '
}

@test "cookbook: the ten topics" {
	recipe 'count_by(.class.topic'
	columns 3 '[1-9][0-9]*'
	[ "${#lines[@]}" -eq 10 ]
	sort -c -k1,1nr <<<"$output"
}

@test "cookbook: hours of the day" {
	recipe 'hour("+03:00")'
	columns 2 '[0-9]+'
	[ "$(awk '{ n += $2 } END { print n }' <<<"$output")" -eq \
		"$(gp-classify d.ndjson | gp-report week --since 2026-10-01 |
			jq 'select(.total == "all").appeals | values')" ]
}

@test "cookbook: a file for Excel" {
	recipe 'appeals.csv'
	assert_output ''
	run --separate-stderr python3 -c '
import csv
with open("appeals.csv", "rb") as f:
    raw = f.read()
assert raw.startswith(b"\xef\xbb\xbf") and raw.endswith(b"\r\n")
rows = list(csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
assert {len(r) for r in rows} == {8}, {len(r) for r in rows}
assert not any(c[:1] in ("=", "+", "-", "@") for r in rows for c in r if c)
print(len(rows), *rows[0][:2])
print(*rows[1][:2], rows[1][5])'
	assert_success
	assert_stderr ''
	assert_output --regexp "^305 Когда Группа
2026-10-01 07:50 .+ '700100497\$"
}

@test "cookbook: two weeks" {
	recipe 'before.tsv after.tsv'
	columns 3 '.+'
	awk -F '\t' '$2 !~ /^[0-9]+$/ || $3 !~ /^[0-9]+$/ || $2 + $3 == 0 {
		bad = 1 } END { exit bad }' <<<"$output"
	[ "$(awk -F '\t' '{ n += $3 } END { print n }' <<<"$output")" -eq \
		"$(gp-report week c.ndjson |
			jq 'select(.total == "all").appeals | values')" ]
}

@test "cookbook: posts most seen" {
	recipe 'sort -rn | head'
	columns 4 '[0-9]+'
	[ "${#lines[@]}" -eq 10 ]
	sort -c -k1,1nr <<<"$output"
}

@test "cookbook: results of polls" {
	recipe 'select(.poll)'
	columns 3 '.+[?]'
	assert_line $'Где в районе нужнее всего пункт проката коньков этой зимой?\tПарк «Береговой»\t141'
	assert_line --regexp '	36 %$'
}

@test "cookbook: the last of each" {
	recipe 'last.ndjson'
	assert_output ''
	run jq -r .id last.ndjson
	[ "$(sort -u <<<"$output" | wc -l)" -eq "${#lines[@]}" ]
	[ "${#lines[@]}" -eq "$(jq -r 'select(.type | IN("post", "comment",
		"message")).id' d.ndjson | sort -u | wc -l)" ]
	run "$GP_TESTS/schema.py" <last.ndjson
	assert_success
}

@test "cookbook: a file a page" {
	echo '{"type":"post","page":"../../x/$(id)"}' >>d.ndjson
	recipe '"$name.ndjson"'
	assert_output ''
	assert [ -s telegram_zarechny_adm_1.ndjson ]
	run jq -rs 'map(.page) | unique[]' telegram_zarechny_adm.ndjson
	assert_output telegram:zarechny_adm
	assert [ -s ______x___id_.ndjson ]
}

@test "cookbook: what was rewritten" {
	recipe 'unique | length) > 1'
	columns 3 'https://.+'
	awk -F '\t' '$2 == $3 { bad = 1 } END { exit bad }' <<<"$output"
	assert_line --partial 'литра молока	Введите'
}

@test "cookbook: what was deleted" {
	recipe '.[-1].deleted'
	columns 2 'https://t.me/zarechny_adm/187'
	[ "${#lines[@]}" -eq 1 ]
	assert_output --partial 'В области стартует'
}

@test "cookbook: the example of the page" {
	recipe 'gp-sim -- sh -c'
	columns 2 '.*'
	assert_output --partial https://t.me/zarechny_adm/
}

@test "cookbook: every recipe has a test, and there are enough" {
	sed -n "s/^	recipe '\([^']*\)'.*/\1/p" "$BATS_TEST_FILENAME" |
		while read -r words; do found "$words"; done | sort -u >tested
	run comm -3 tested <(ls recipe/* | sort)
	assert_output ''
	[ "$(wc -l <tested)" -ge 15 ]
}

@test "cookbook: a recipe has a sentence before it, and only what there is" {
	run awk '/^\.Bd/ && before !~ /:$/ { print NR } { before = $0 }' "$page"
	assert_output ''
	known=" $(sed -n 's/^CMDS *= *//p' "$GP_SRC/Makefile") "
	for c in $(grep -ohE '\bgp-[a-z]+' recipe/* | sort -u); do
		[[ $known == *" $c "* ]] || fail "no $c"
	done
}

@test "cookbook: the page names every word of gp.jq, and no other" {
	sed -n 's/^def \([a-z][a-z_]*\).*/\1/p' "$GP_SRC/lib/data/gp.jq" |
		sort -u >words
	sed -n '/^\.Sh WORDS/,/^\.Sh ENV/s/^\.It Ic //p' "$page" |
		sed 's/ Ns Pq [^,]*//g; s/ , /\n/g' | sort -u >named
	run diff words named
	assert_output ''
}
