# gp-store: one suite for both engines; every case runs on each.
load ../lib
load ../postgres

setup_file() {
	pg_start
}

teardown() {
	[ -z "${small_disk:-}" ] || umount "$small_disk"
}

teardown_file() {
	pg_stop
}

# on_both CASE: with an empty database of each engine at $db.
on_both() {
	local case=$1
	for engine in sqlite postgres month; do
		rm -rf work && mkdir work
		if [ $engine = sqlite ]; then
			db=t.db
		else
			pg_fresh "t$BATS_TEST_NUMBER"
			db=$pg_db
		fi
		if [ $engine = month ]; then
			gp-store put "$db" </dev/null
			gp-store migrate --partition month "$db" >/dev/null
		fi
		echo "# $engine" >&2
		pushd work >/dev/null || return 1
		"$case"
		popd >/dev/null || return 1
	done
}

comment() { # N AT AUTHOR TEXT [MEMBERS]
	printf '{"type":"comment","id":"vk:-1/10/%s","network":"vk","page":"vk:-1","at":"%s","seen":"2026-10-31T14:00:00Z","post":"vk:-1/10","author":{"id":"%s"},"text":"%s"%s}\n' \
		"$1" "$2" "$3" "$4" "${5:+,$5}"
}

answer() { # N AT PARENT THREAD TEXT
	printf '{"type":"comment","id":"vk:-1/10/%s","network":"vk","page":"vk:-1","at":"%s","post":"vk:-1/10","parent":"vk:-1/10/%s","thread":"vk:-1/10/%s","author":{"id":"-1","official":true},"text":"%s"}\n' \
		"$1" "$2" "$3" "$4" "$5"
}

ids() {
	gp-store get "$db" "$@" | jq -r .id
}

states() {
	gp-store get "$db" --desk "$@" | jq -r 'select(.desk) | .id + " " + .desk.state + (if .desk.overdue then " late" else "" end)'
}

case_bytes() {
	printf '{ "type":"comment","id":"vk:-1/10/1", "n":1.10,"big":12345678901234567890,"u":"\\u0041\\ud83d\\ude00","zz":[1, 2],"text":"а"}\n' >in
	run --separate-stderr gp-store put "$db" in
	assert_success
	assert_output ''
	assert_stderr ''
	run --separate-stderr gp-store get "$db"
	assert_output "$(cat in)"
}
@test "store: unknown members, numbers and spaces come back as the bytes they came" {
	on_both case_bytes
}

case_upsert() {
	comment 1 2026-10-30T06:00:00Z 7 'Яма' >one
	run gp-store put "$db" --ack one
	assert_output '{"type":"ack","file":"one","line":1,"records":1,"new":1,"changed":0,"same":0,"older":0,"forgotten":0,"cursors":0}'
	run gp-store put "$db" --ack one
	assert_output --partial '"new":0,"changed":0,"same":1,"older":0'
	# Seen later, nothing else: the same.
	sed 's/14:00:00/14:30:00/' one >later
	run gp-store put "$db" --ack later
	assert_output --partial '"changed":0,"same":1'
	run gp-store get "$db"
	assert_output "$(cat one)"
	# Figures: the record changes, no version is kept.
	comment 1 2026-10-30T06:00:00Z 7 'Яма' '"counts":{"reactions":3}' >figures
	run gp-store put "$db" --ack figures
	assert_output --partial '"changed":1,"same":0'
	run gp-store get "$db" --history --id vk:-1/10/1
	assert_output "$(cat figures)"
	# Words: the older version is kept.
	comment 1 2026-10-30T06:00:00Z 7 'Большая яма' '"edited":true' >edited
	gp-store put "$db" edited
	run gp-store get "$db" --history --id vk:-1/10/1
	assert_output "$(cat figures edited)"
	run gp-store get "$db"
	assert_output "$(cat edited)"
}
@test "store: the same changes nothing, an edit keeps the older version" {
	on_both case_upsert
}

case_older() {
	comment 1 2026-10-30T06:00:00Z 7 'Новое' >new
	sed 's/Новое/Старое/; s/14:00:00/13:00:00/' new >old
	gp-store put "$db" new
	run gp-store put "$db" --ack old
	assert_output --partial '"changed":0,"same":0,"older":1'
	run gp-store get "$db"
	assert_output "$(cat new)"
	run gp-store get "$db" --history --id vk:-1/10/1
	assert_output "$(cat old new)"
	# Again and again: the history does not grow.
	gp-store put "$db" old old
	run gp-store get "$db" --history --id vk:-1/10/1
	assert_output "$(cat old new)"
}
@test "store: what was seen earlier goes to the history, once" {
	on_both case_older
}

# A clock that was ahead: its reading hides nothing that others read later.
case_ahead() {
	comment 1 2026-10-30T06:00:00Z 7 'Яма' | sed 's/31T14:00/31T23:00/' | gp-store put "$db"
	comment 1 2026-10-30T06:00:00Z 7 'Яма, правлено' >edited
	run gp-store put "$db" --ack edited
	assert_output --partial '"changed":1,"same":0,"older":0'
	run gp-store get "$db"
	assert_output "$(cat edited)"
	# A minute is nothing.
	comment 2 2026-10-30T06:00:00Z 7 'Яма' | sed 's/31T14:00:00/31T15:00:59/' | gp-store put "$db"
	run gp-store put "$db" --ack < <(comment 2 2026-10-30T06:00:00Z 7 'Раньше')
	assert_output --partial '"older":1'
}
@test "store: a clock that was ahead hides no later edit" {
	on_both case_ahead
}

case_twice_in_batch() {
	for i in 1 2 3; do comment 1 2026-10-30T06:00:00Z 7 "Версия $i"; done >in
	run gp-store put "$db" --ack in
	assert_output --partial '"records":3,"new":1,"changed":2'
	run gp-store get "$db" --history --id vk:-1/10/1 --jq .text
	assert_output '"Версия 1"
"Версия 2"
"Версия 3"'
	# The same lines again: all of it is known.
	run gp-store put "$db" --ack in
	assert_output --partial '"records":3,"new":0,"changed":0,"same":1,"older":2'
	run gp-store get "$db" --history --id vk:-1/10/1 --jq .text
	assert_output '"Версия 1"
"Версия 2"
"Версия 3"'
}
@test "store: several versions in one batch: the last one counts, all are kept" {
	on_both case_twice_in_batch
}

case_person() {
	comment 1 2026-10-30T06:00:00Z 7 'Яма' '"class":{"kind":"complaint","topic":"А"}' >machine
	comment 1 2026-10-30T06:00:00Z 7 'Яма' '"class":{"kind":"question","topic":"Б","by":"person"}' >person
	comment 1 2026-10-30T06:00:00Z 7 'Яма!' '"class":{"kind":"complaint","topic":"А"}' >edited
	gp-store put "$db" machine
	gp-store put "$db" person
	run gp-store put "$db" --ack machine
	assert_output --partial '"changed":0,"same":1'
	gp-store put "$db" edited
	run gp-store get "$db" --jq '[.text, .class.topic, .class.by]'
	assert_output '["Яма!","Б","person"]'
	run ids --topic Б --kind question
	assert_output 'vk:-1/10/1'
}

# Read once, decided several times, the last time as at first.
case_second_thought() {
	for by in class route; do
		for topic in А Б А; do
			comment $by 2026-10-30T06:00:00Z 7 'Яма' "\"$by\":{\"topic\":\"$topic\",\"by\":\"person\"}" >last
			run gp-store put "$db" --ack last
			assert_output --partial '"same":0,"older":0'
		done
		run gp-store get "$db" --id vk:-1/10/$by
		assert_output "$(cat last)"
	done
	# Not so what a program says, nor a text that was edited since.
	comment 1 2026-10-30T06:00:00Z 7 'Яма' >one
	comment 1 2026-10-30T06:00:00Z 7 'Яма' '"class":{"topic":"А","by":"person"}' >person
	comment 1 2026-10-30T06:00:00Z 7 'Яма, правлено' >edited
	gp-store put "$db" one person edited
	run gp-store put "$db" --ack one
	assert_output --partial '"changed":0,"same":0,"older":1'
}
@test "store: a person may decide again as before" {
	on_both case_second_thought
}
@test "store: what a person decided stays" {
	on_both case_person
}

case_desk() {
	comment 1 2026-10-30T06:00:00Z 7 'Открыто' '"due":{"first":"2026-10-30T12:00:00Z"}'
	comment 2 2026-10-30T06:00:00Z 8 'Отвечено'
	answer 3 2026-10-30T07:00:00Z 2 2 'Ответ'
	comment 4 2026-10-30T06:00:00Z 9 'Сосед ответил' '"due":{"first":"2026-11-30T12:00:00Z"}'
	comment 5 2026-10-30T08:00:00Z 10 'Сосед' '"parent":"vk:-1/10/4","thread":"vk:-1/10/4","class":{"kind":"info"}'
	comment 6 2026-10-30T06:00:00Z 11 'Спасибо' '"class":{"kind":"thanks"}'
	comment 7 2026-10-30T06:00:00Z 12 'То же' '"duplicate_of":"vk:-1/10/1"'
	comment 8 2026-10-30T06:00:00Z 12 'Стёрто' '"deleted":true'
	# An answer that came before what it would answer is none.
	comment 9 2026-10-30T09:00:00Z 13 'Позже' '"thread":"vk:-1/10/20"'
	answer 11 2026-10-30T08:00:00Z 20 20 'Раньше'
}
states_now() {
	case_desk | gp-store put "$db"
	run states
	assert_output 'vk:-1/10/1 open late
vk:-1/10/2 answered
vk:-1/10/4 open
vk:-1/10/9 open'
	run ids --open
	assert_output 'vk:-1/10/1
vk:-1/10/4
vk:-1/10/9'
	run ids --overdue
	assert_output 'vk:-1/10/1'
	run ids --state answered
	assert_output 'vk:-1/10/2'
	run gp-store get "$db" --id vk:-1/10/2 --desk --jq .desk
	assert_output '{"state":"answered","overdue":false,"answered":"2026-10-30T07:00:00Z"}'
	# desk is told, not kept.
	gp-store get "$db" --desk | gp-store put "$db" --ack >ack
	run jq -c '[.records, .same]' ack
	assert_output '[10,10]'
}
@test "store: open, answered and overdue follow from the records" {
	on_both states_now
}

case_any_order() {
	case_desk | sort -r | gp-store put "$db"
	run states
	assert_line 'vk:-1/10/1 open late'
	assert_line 'vk:-1/10/2 answered'
	assert_equal "${#lines[@]}" 4
}
@test "store: the order in which records come makes no difference to the desk" {
	on_both case_any_order
}

case_reopen() {
	comment 1 2026-10-30T06:00:00Z 7 'Яма'
	answer 2 2026-10-30T07:00:00Z 1 1 'Заделаем'
}
reopens() {
	case_reopen | gp-store put "$db"
	run ids --open
	assert_output ''
	# Another person in the thread does not reopen; he has his own.
	comment 3 2026-10-30T08:00:00Z 8 'И у нас' '"thread":"vk:-1/10/1","parent":"vk:-1/10/1"' |
		gp-store put "$db"
	run states --open
	assert_output 'vk:-1/10/3 open'
	comment 4 2026-10-30T09:00:00Z 7 'Не заделали' '"thread":"vk:-1/10/1","parent":"vk:-1/10/2"' |
		gp-store put "$db"
	run states --open
	assert_output 'vk:-1/10/3 open
vk:-1/10/4 reopened'
	# Thanks do not.
	comment 5 2026-10-30T09:30:00Z 7 'Спасибо' '"thread":"vk:-1/10/1","class":{"kind":"thanks"}' |
		gp-store put "$db"
	run states --open
	assert_output 'vk:-1/10/3 open
vk:-1/10/4 reopened'
	# One answer to the person, under his last word, answers it.
	answer 6 2026-10-30T10:00:00Z 4 1 'Заделали' | gp-store put "$db"
	run states --open
	assert_output 'vk:-1/10/3 open'
}
@test "store: who writes again under an answer reopens" {
	on_both reopens
}

message() { # N AT AUTHOR TEXT
	printf '{"type":"message","id":"vk:-1/im5/%s","network":"vk","page":"vk:-1","chat":"vk:-1/im5","at":"%s","author":{"id":"%s","official":%s},"text":"%s"}\n' \
		"$1" "$2" "$3" "$([ "$3" = -1 ] && echo true || echo false)" "$4"
}

talks() {
	{
		message 1 2026-10-30T06:00:00Z 5 'Здравствуйте'
		message 2 2026-10-30T06:01:00Z 5 'Нет воды'
	} | gp-store put "$db"
	run states
	assert_output 'vk:-1/im5/1 open
vk:-1/im5/2 open'
	message 3 2026-10-30T07:00:00Z -1 'Будет' | gp-store put "$db"
	run states
	assert_output 'vk:-1/im5/1 answered
vk:-1/im5/2 answered'
	message 4 2026-10-30T08:00:00Z 5 'Так и нет' | gp-store put "$db"
	run states --open
	assert_output 'vk:-1/im5/4 reopened'
}
@test "store: one answer in a private chat answers all that was written before" {
	on_both talks
}

interims() {
	comment 1 2026-10-20T06:00:00Z 7 'Яма' '"due":{"first":"2026-10-20T15:00:00Z","final":"2026-10-29T15:00:00Z"}' |
		gp-store put "$db"
	echo '{"type":"reply","id":"r1","to":"vk:-1/10/1","at":"2026-10-20T09:00:00Z","text":"Передали","interim":true,"promised":"2026-11-02"}' |
		gp-store put "$db"
	run states --open
	assert_output 'vk:-1/10/1 interim'
	# Its receipt, and what the network then shows, make it no final answer.
	echo '{"type":"receipt","id":"p1","to":"vk:-1/10/1","at":"2026-10-20T09:00:05Z","action":"reply","status":"sent","result":"vk:-1/10/2"}' |
		gp-store put "$db"
	answer 2 2026-10-20T09:00:06Z 1 1 'Передали' | gp-store put "$db"
	run states
	assert_output 'vk:-1/10/1 interim'
	run gp-store get "$db" --id vk:-1/10/1 --desk --jq .desk
	assert_output '{"state":"interim","overdue":false,"answered":"2026-10-20T09:00:00Z","promised":"2026-11-03T00:00:00Z","deadline":"2026-11-03T00:00:00Z"}'
	# The promised day is over.
	run env GP_NOW=2026-11-03T00:00:01Z gp-store get "$db" --overdue --jq .id
	assert_output '"vk:-1/10/1"'
	answer 3 2026-11-01T09:00:00Z 1 1 'Сделали' | gp-store put "$db"
	run states
	assert_output 'vk:-1/10/1 answered'
}
@test "store: an interim answer leaves the appeal open until what was promised" {
	on_both interims
}

not_sent() {
	comment 1 2026-10-20T06:00:00Z 7 'Яма' | gp-store put "$db"
	echo '{"type":"reply","to":"vk:-1/10/1","approved_at":"2026-10-20T09:00:00Z","text":"Сделали","final":true}' |
		gp-store put "$db"
	run ids --open
	assert_output ''
	echo '{"type":"receipt","to":"vk:-1/10/1","at":"2026-10-20T09:00:05Z","action":"reply","key":"k","status":"failed","error":"closed"}' |
		gp-store put "$db"
	run ids --open
	assert_output 'vk:-1/10/1'
	echo '{"type":"receipt","to":"vk:-1/10/1","at":"2026-10-20T10:00:05Z","action":"reply","key":"k","status":"sent"}' |
		gp-store put "$db"
	run ids --open
	assert_output ''
}
@test "store: a reply that could not be sent answers nothing" {
	on_both not_sent
}

deleted() {
	case_reopen | gp-store put "$db"
	echo '{"type":"comment","id":"vk:-1/10/2","network":"vk","page":"vk:-1","seen":"2026-10-31T15:00:00Z","deleted":true}' |
		gp-store put "$db"
	run states
	assert_output 'vk:-1/10/1 answered'
	run ids --since 2026-10-30 --until 2026-10-31
	assert_output 'vk:-1/10/1
vk:-1/10/2'
	echo '{"type":"comment","id":"vk:-1/10/1","network":"vk","page":"vk:-1","seen":"2026-10-31T15:00:00Z","deleted":true}' |
		gp-store put "$db"
	run states
	assert_output ''
	run gp-store get "$db" --history --id vk:-1/10/1 --jq '[.text, .deleted]'
	assert_output '["Яма",null]
[null,true]'
	run gp-store check "$db"
	assert_success
}
@test "store: a deleted answer was given all the same, a deleted appeal waits no more" {
	on_both deleted
}

finds() {
	{
		comment 1 2026-10-01T06:00:00Z 7 'Огромные ямы на дороге' '"counts":{"reactions":12},"class":{"kind":"complaint","group":"Дороги","topic":"Ямы"},"route":{"assignee":"ДорСтрой"}'
		comment 2 2026-10-02T06:00:00Z 8 'В яме застряла машина, асфальта нет' '"class":{"kind":"question","group":"Дороги","topic":"Ремонт"}'
		comment 3 2026-10-03T06:00:00Z 9 'Нет воды с утра' '"counts":{"reactions":2}'
		comment 4 2026-10-04T06:00:00Z 9 'Ёлка во дворе'
		echo '{"type":"post","id":"ok:5/6","network":"ok","page":"ok:5","at":"2026-10-05T06:00:00Z","text":"Ремонт дороги","tags":[{"t":"a"},{"t":"b"}]}'
		echo '{"type":"poll","id":"vk:poll/1","network":"vk","page":"vk:-1","at":"2026-10-06T06:00:00Z","poll":{"question":"Где поставить скамейки?"}}'
	} | gp-store put "$db"
	run ids --match 'яма'
	assert_output 'vk:-1/10/1
vk:-1/10/2'
	run ids --match 'ямы -асфальт'
	assert_output 'vk:-1/10/1'
	run ids --match 'вода OR елка'
	assert_output 'vk:-1/10/3
vk:-1/10/4'
	run ids --match '"воды с утра"'
	assert_output 'vk:-1/10/3'
	run ids --match '"утра воды"'
	assert_output ''
	run ids --match 'доро* (ямы | ремонт)' -r
	assert_output 'ok:5/6
vk:-1/10/1'
	run ids --match скамейка
	assert_output 'vk:poll/1'
	run ids --topic Дороги
	assert_output 'vk:-1/10/1
vk:-1/10/2'
	run ids --topic Ямы --assignee ДорСтрой --kind complaint
	assert_output 'vk:-1/10/1'
	run ids --author vk:9 --limit 1 --reverse
	assert_output 'vk:-1/10/4'
	run ids --type post --type poll
	assert_output 'ok:5/6
vk:poll/1'
	run ids --network ok
	assert_output 'ok:5/6'
	run ids --page vk:-1 --since 2026-10-03 --until 2026-10-05
	assert_output 'vk:-1/10/3
vk:-1/10/4'
	run ids --post vk:-1/10 --where 'counts.reactions > 2'
	assert_output 'vk:-1/10/1'
	run ids --where "tags.t = 'b' or text ~ 'ЁЛКА'"
	assert_output 'vk:-1/10/4
ok:5/6'
	run ids --where "type in ('comment') and not counts and class.topic != 'Ремонт'"
	assert_output 'vk:-1/10/4'
	run ids --where "type = 'comment'" --limit 2
	assert_output 'vk:-1/10/1
vk:-1/10/2'
	run ids --order put --limit 1
	assert_output 'vk:-1/10/1'
	# A changed text is found by its new words alone.
	comment 3 2026-10-03T06:00:00Z 9 'Газ отключили' | gp-store put "$db"
	run ids --match вода
	assert_output ''
	run ids --match газ
	assert_output 'vk:-1/10/3'
}
@test "store: all filters, words in any form, conditions" {
	on_both finds
}

hostile() {
	comment 1 2026-10-01T06:00:00Z 7 'Яма' | gp-store put "$db"
	for w in "text = 'x'; DROP TABLE gp_record" "text ~ " "(text" "text in ('a'" "a b" "text = 'x" "= 1" "" "text ~ 5"; do
		run --separate-stderr gp-store get "$db" --where "$w"
		assert_failure 64
		assert_stderr --partial 'gp-store: --where: at character'
	done
	for m in '"яма' '(яма' 'яма)' '-яма' '()' '*' '' "';"; do
		run --separate-stderr gp-store get "$db" --match "$m"
		assert_failure 64
		assert_stderr --partial 'gp-store: --match: '
	done
	run ids --match "яма' OR 'x"
	assert_success
	run ids --topic "' OR '1'='1"
	assert_output ''
	run ids
	assert_output 'vk:-1/10/1'
}
@test "store: nothing that is typed becomes a part of a query" {
	on_both hostile
}

refused() {
	{
		comment 1 2026-10-01T06:00:00Z 7 'Яма'
		echo 'нет'
		echo '{"type":"comment","text":"без id"}'
		echo '{"type":"comment","id":5}'
		echo '{"type":"comment","id":"a","at":"вчера"}'
		echo '{"id":"a"}'
		echo '{"type":"cursor","page":"vk:-1"}'
		echo "{\"type\":\"receipt\",\"id\":\"r\",\"result\":\"$(seq -s _ 400)\"}"
		comment 2 2026-10-01T06:00:00Z 7 'Яма'
	} >in
	run --separate-stderr gp-store put "$db" --reject bad in
	assert_failure 1
	assert_stderr --partial 'gp-store: in:2: not a JSON object'
	assert_stderr --partial "gp-store: in:3: 'id' is missing"
	assert_stderr --partial "gp-store: in:4: 'id' is a number, not a string"
	assert_stderr --partial "gp-store: in:5: 'at' is not an instant"
	assert_stderr --partial "gp-store: in:6: 'type' is missing"
	assert_stderr --partial "gp-store: in:7: a cursor needs page, stream and value"
	run jq -r .line bad
	assert_output '2
3
4
5
6
7
8'
	run ids
	assert_output 'vk:-1/10/1
vk:-1/10/2'
	run --separate-stderr gp-store put "$db" --strict in
	assert_failure 65
}
@test "store: refused lines are named and kept, the others go in" {
	on_both refused
}

cursors() {
	{
		echo '{"type":"cursor","page":"vk:-1","stream":"posts","value":"a"}'
		echo '{"type":"cursor","page":"vk:-1","stream":"comments","value":"b"}'
		echo '{"type":"cursor","page":"vk:-1","stream":"posts","value":"c","x":1}'
		echo '{"type":"unheard","of":1}'
		echo '{"type":"unheard","of":1}'
	} | gp-store put "$db"
	run gp-store cursors "$db" --jq 'del(.store)'
	assert_output '{"type":"cursor","page":"vk:-1","stream":"comments","value":"b"}
{"type":"cursor","page":"vk:-1","stream":"posts","value":"c","x":1}'
	run gp-store get "$db"
	assert_output '{"type":"unheard","of":1}'
}
@test "store: the last cursor of a page and stream counts; unheard types are kept once" {
	on_both cursors
}

forgets() {
	{
		comment 1 2026-10-01T06:00:00Z 7 'Я Анна Сидорова, нет воды' '"class":{"kind":"complaint","group":"Вода","why":["сидорова"]}'
		answer 2 2026-10-01T07:00:00Z 1 1 'Ответ'
		message 1 2026-10-01T06:00:00Z 7 'Мой телефон 89000000000'
		message 2 2026-10-01T07:00:00Z -1 'Анна, спасибо'
		comment 3 2026-10-01T06:00:00Z 8 'Другой'
		echo '{"type":"draft","id":"d1","to":"vk:-1/10/1","text":"Уважаемая Анна"}'
	} >in
	gp-store put "$db" in
	sed 's/нет воды/нет воды!/' in | gp-store put "$db"
	run gp-store forget "$db" --author vk:7 --dry-run
	assert_output '{"type":"forgotten","dry_run":true,"records":3,"versions":0,"drafts":1}'
	run gp-store get "$db" --author vk:7 --jq .id
	assert_equal "${#lines[@]}" 2
	run gp-store forget "$db" --author vk:7
	assert_success
	assert_output '{"type":"forgotten","records":3,"versions":1,"drafts":1}'
	run gp-store get "$db" --history --id vk:-1/10/1
	assert_output '{"id":"vk:-1/10/1","type":"comment","network":"vk","page":"vk:-1","at":"2026-10-01T06:00:00Z","seen":"2026-10-31T14:00:00Z","post":"vk:-1/10","class":{"kind":"complaint","group":"Вода"},"forgotten":true}'
	run sh -c "gp-store get '$db' | grep -iE 'анн|сидор|89000|im5|\"7\"'"
	assert_output ''
	run ids --match сидорова
	assert_output ''
	run ids --open
	assert_output 'vk:-1/10/3'
	# Fetched again: it stays out. What is new comes in.
	run gp-store put "$db" --ack in
	assert_output --partial '"forgotten":3'
	run sh -c "gp-store get '$db' | grep -E 'спасибо|Сидорова|89000'"
	assert_output ''
	comment 9 2026-11-02T06:00:00Z 7 'Опять нет воды' | gp-store put "$db"
	run ids --author vk:7
	assert_output 'vk:-1/10/9'
	run gp-store check "$db"
	assert_success
	run --separate-stderr gp-store forget "$db" --author 7
	assert_failure 64
	assert_stderr "gp-store: --author: '7' has no network before it, as in vk:7"
}
@test "store: forget takes a person out, and what counts stays" {
	on_both forgets
}

# Ids of private messages tell who the talk was with.
forgets_talk() {
	m() { # N AUTHOR MEMBERS
		printf '{"type":"message","id":"vk:-1/im7/%s","network":"vk","page":"vk:-1","at":"2026-10-01T0%s:00:00Z","chat":"vk:-1/im7","author":{"id":"%s"%s},"text":"т"}\n' "$@"
	}
	{
		m 1 1 7 ''
		m 2 2 -1 ',"official":true'
		echo '{"type":"reply","id":"reply:vk:-1/im7/1/1","network":"vk","page":"vk:-1","to":"vk:-1/im7/1","chat":"vk:-1/im7","parent":"vk:-1/im7/1","approved_at":"2026-10-01T01:30:00Z","text":"т"}'
		echo '{"type":"receipt","id":"receipt:reply:vk:-1/im7/1/1","network":"vk","page":"vk:-1","at":"2026-10-01T02:00:00Z","action":"reply","key":"reply:vk:-1/im7/1/1","status":"sent","to":"vk:-1/im7/1","result":"vk:-1/im7/2","url":"https://vk.com/im?sel=7"}'
		comment 1 2026-10-01T06:00:00Z 7 'т' '"repeat_of":"vk:-1/im7/1"'
	} >in
	gp-store put "$db" in
	run gp-store forget "$db" --author vk:7
	assert_output '{"type":"forgotten","records":3,"versions":0,"drafts":2}'
	run sh -c "gp-store get '$db' | grep -e im7 -e '\"7\"' -e sel="
	assert_output ''
	# They still hang together.
	gp-store get "$db" >got
	run jq -rs 'map(select(.type != "comment")) as [$m, $reply, $word, $r] | $reply.to == $m.id, $r.to == $m.id, $r.result == $word.id, $r.status' got
	assert_output $'true\ntrue\ntrue\nsent'
	# What the page wrote to him is not let in again either.
	run gp-store put "$db" --ack < <(grep -v '"re' in)
	assert_output --partial '"new":0,"changed":0,"same":0,"older":0,"forgotten":2'
	run gp-store put "$db" --ack < <(m 3 3 -1 ',"official":true' | sed 's/2026-10-01/2026-11-01/')
	assert_output --partial '"new":1'
	run gp-store stats -f csv "$db"
	assert_output --partial 'forgotten,,1'
	run gp-store check "$db"
	assert_success
}
@test "store: forget leaves no id that tells who a private talk was with" {
	on_both forgets_talk
}

forgets_copies() {
	{
		comment 1 2026-10-01T06:00:00Z 7 'На улице Садовой третий день нет воды, помогите нам'
		comment 2 2026-10-01T07:00:00Z 8 'На улице Садовой третий день нет воды, помогите нам'
	} | gp-dedup --db "$db" | gp-store put "$db"
	run gp-store get "$db" --jq .duplicate_of
	assert_output 'null
"vk:-1/10/1"'
	run sql 'SELECT id FROM gp_dedup_row ORDER BY id'
	assert_output 'vk:-1/10/1
vk:-1/10/2'
	gp-store forget "$db" --author vk:7
	run sql 'SELECT id FROM gp_dedup_row'
	assert_output 'vk:-1/10/2'
}
@test "store: forget reaches what gp-dedup keeps in the same database" {
	on_both forgets_copies
}

@test "store: forgotten bytes are not in the file any more" {
	comment 1 2026-10-01T06:00:00Z 7 'Незабудкина живёт тут' | gp-store put t.db
	comment 1 2026-10-01T06:00:00Z 7 'Незабудкина жила тут' | gp-store put t.db
	grep -q Незабудкина t.db*
	gp-store forget t.db --author vk:7
	run grep -cai незабудкин t.db
	assert_output 0
	run sh -c 'cat t.db* | grep -cai незабудкин'
	assert_output 0
}

prunes() {
	{
		comment 1 2024-10-01T06:00:00Z 7 'Старое, открыто'
		comment 2 2024-10-01T06:00:00Z 8 'Старое, отвечено'
		answer 3 2024-10-01T07:00:00Z 2 2 'Ответ'
		comment 4 2026-10-01T06:00:00Z 9 'Новое'
		echo '{"type":"run","id":"run:1","page":"vk:-1","at":"2026-01-01T00:00:00Z"}'
		echo '{"type":"page","id":"vk:-1","page":"vk:-1","at":"2024-01-01T00:00:00Z","title":"Т"}'
	} | gp-store put "$db"
	comment 2 2024-10-01T06:00:00Z 8 'Старое, отвечено, правлено' | gp-store put "$db"
	comment 4 2026-10-01T06:00:00Z 9 'Новое, правлено' | gp-store put "$db"
	run gp-store prune "$db" --records 365d --runs 30d --dry-run
	assert_output '{"type":"pruned","dry_run":true,"records":2,"runs":1,"versions":1}'
	run gp-store prune "$db" --records 365d --runs 30d
	assert_output '{"type":"pruned","records":2,"runs":1,"versions":1}'
	run ids
	assert_output 'vk:-1
vk:-1/10/1
vk:-1/10/4'
	run ids --match отвечено
	assert_output ''
	run gp-store check "$db"
	assert_success
	run --separate-stderr gp-store prune "$db"
	assert_failure 64
}
@test "store: prune takes what is old, never an appeal that waits" {
	on_both prunes
}

# What was promised stays with the appeal that waits for it.
prunes_promise() {
	{
		comment 1 2024-10-01T06:00:00Z 7 'Яма'
		echo '{"type":"reply","id":"r1","to":"vk:-1/10/1","at":"2024-10-02T06:00:00Z","interim":true,"promised":"2026-12-01","text":"Заделаем"}'
		echo '{"type":"receipt","id":"r2","to":"vk:-1/10/1","at":"2024-10-02T06:00:00Z","status":"sent"}'
		echo '{"type":"reply","id":"r3","to":"vk:-1/10/9","at":"2024-10-02T06:00:00Z","text":"Кому?"}'
	} | gp-store put "$db"
	run states
	assert_output 'vk:-1/10/1 interim'
	run gp-store prune "$db" --records 365d
	assert_output '{"type":"pruned","records":1,"runs":0,"versions":0}'
	run states
	assert_output 'vk:-1/10/1 interim'
}
@test "store: prune leaves what was promised to an appeal that waits" {
	on_both prunes_promise
}

texts() {
	comment 1 2026-10-01T06:00:00Z 7 'Яма' | gp-store put "$db" --no-text
	run ids --match яма
	assert_output ''
	run gp-store migrate "$db"
	assert_output '{"type":"migrated","from":3,"to":3,"texts":1}'
	run ids --match яма
	assert_output 'vk:-1/10/1'
	run gp-store migrate "$db"
	assert_output '{"type":"migrated","from":3,"to":3,"texts":0}'
}
@test "store: migrate makes up the full text" {
	on_both texts
}

schema() {
	comment 1 2026-10-01T06:00:00Z 7 'Яма' | gp-store put "$db"
	sql "UPDATE gp_meta SET value = '99' WHERE key = 'schema'"
	run --separate-stderr gp-store get "$db"
	assert_failure 78
	assert_stderr --partial 'its schema is version 99, made by a newer gp; this one knows 3'
	# As version 1 left it.
	sql "UPDATE gp_meta SET value = '1' WHERE key = 'schema'; DELETE FROM gp_meta WHERE key IN ('schema.2', 'schema.3', 'store'); DROP TABLE gp_erasure; DROP TABLE gp_journal"
	if [ "$db" = t.db ]; then
		sql "DROP TABLE gp_words"
	else
		sql "ALTER TABLE gp_record DROP words; DROP TABLE gp_put"
	fi
	run --separate-stderr gp-store put "$db" /dev/null
	assert_failure 78
	assert_stderr --partial "its schema is version 1, of 3: run 'gp-store migrate'"
	run gp-store migrate "$db"
	assert_output '{"type":"migrated","from":1,"to":3,"texts":1}'
	run ids --match яма
	assert_output 'vk:-1/10/1'
}
@test "store: an older schema is brought up to date, a newer one is left alone" {
	on_both schema
}

# A migration while records come: what was acknowledged before it is there, and
# what knows the older schema alone writes nothing after it.
moved_under() {
	comment 0 2026-10-01T06:00:00Z 7 'Яма' | gp-store put "$db"
	mkfifo in ack
	exec 8<>in 9<>ack
	gp-store put "$db" --ack in >ack 2>err 3>&- 8>&- 9>&- &
	pid=$!
	comment 1 2026-10-01T06:00:00Z 7 'Яма' >&8
	read -r -t 5 line <&9
	if [ "$db" = t.db ]; then
		sql "UPDATE gp_meta SET value = '99' WHERE key = 'schema'"
	else
		# It is waited for, as one that is under way.
		"$PG_BIN/psql" -qAt "$db" -c "BEGIN" -c "SELECT pg_advisory_xact_lock(1735421795)" \
			-c "UPDATE gp_meta SET value = '99' WHERE key = 'schema'" \
			-c "SELECT 1" -c "SELECT pg_sleep(2)" -c "COMMIT" >moving 3>&- &
		until [ -s moving ]; do sleep 0.05; done
	fi
	comment 2 2026-10-01T06:00:00Z 7 'Яма' >&8
	exec 8>&-
	status=0
	wait $pid || status=$?
	exec 9>&-
	assert_equal $status 78
	run cat err
	assert_output --partial 'its schema is version 99, made by a newer gp; this one knows 3'
	for refused in "put $db /dev/null" "forget $db --author vk:7" "prune $db --records 1d"; do
		run --separate-stderr gp-store $refused
		assert_failure 78
		# In a pipeline of gp-work it is a matter of time.
		GP_LEASE=1:1 run --separate-stderr gp-store $refused
		assert_failure 75
		assert_stderr --partial 'made by a newer gp'
	done
	sql "UPDATE gp_meta SET value = '3' WHERE key = 'schema'"
	run ids
	assert_output $'vk:-1/10/0\nvk:-1/10/1'
}
@test "store: a schema that is moved while records come" {
	on_both moved_under
}

sql() {
	if [ "$db" = t.db ]; then sqlite3 t.db "$1"; else
		"$PG_BIN/psql" -qAt "$db" -c "$1"; fi
}

damage() {
	comment 1 2026-10-01T06:00:00Z 7 'Яма' | gp-store put "$db"
	run gp-store check "$db"
	assert_success
	assert_output ''
	sql "UPDATE gp_record SET body = replace(body, 'Яма', 'Дом')"
	run gp-store check "$db" --jq '[.level, .rule, .of, .message]'
	assert_failure 1
	assert_output "[\"error\",\"record.same\",\"vk:-1/10/1\",\"the column 'hash' is not what the record says\"]"
	sql "UPDATE gp_record SET body = '{'"
	run gp-store check "$db" --jq .rule
	assert_failure 1
	assert_output '"record.sound"'
}
@test "store: check finds what was changed behind its back" {
	on_both damage
}

@test "store: a damaged file is said, not read over" {
	for i in $(seq 400); do comment "$i" 2026-10-01T06:00:00Z 7 "Яма $i"; done | gp-store put t.db
	sqlite3 t.db 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
	dd if=/dev/urandom of=t.db bs=4096 seek=5 count=6 conv=notrunc status=none
	run --separate-stderr gp-store check t.db
	[ "$status" = 1 ] || [ "$status" = 65 ]
	echo 'нет' >x.db
	run --separate-stderr gp-store get x.db
	assert_failure 65
	assert_stderr 'gp-store: x.db: not a database of SQLite'
	run --separate-stderr gp-store get none.db
	assert_failure 74
	assert_stderr 'gp-store: none.db: No such file or directory'
	[ ! -e none.db ]
	run --separate-stderr gp-store put no/such/t.db /dev/null
	assert_failure 74
	assert_stderr 'gp-store: no/such/t.db: No such file or directory'
}

stats() {
	case_desk | gp-store put "$db"
	run gp-store stats "$db" --jq 'select(.what != "bytes") | [.what, .of, .n]'
	assert_output '["records","comment",10]
["page","vk:-1",10]
["versions",null,0]
["cursors",null,0]
["forgotten",null,0]
["appeals","answered",1]
["appeals","open",3]
["appeals","overdue",1]'
	run gp-store stats "$db" --jq 'select(.what == "bytes") | .n > 10000'
	assert_output true
}
@test "store: stats" {
	on_both stats
}

by_name() {
	mkdir -p "$HOME/.config/gp"
	printf 'zone: UTC\npages:\n  town: {network: vk, name: "1", tokens: {service: {file: x}}}\n  other: {network: ok, name: "5", tokens: {access: {file: x}}}\n' >"$HOME/.config/gp/gp.yaml"
	comment 1 2026-10-01T06:00:00Z 7 'Яма' | gp-store put "$db"
	run ids --page town
	assert_output 'vk:-1/10/1'
	run ids --page other
	assert_output ''
	run --separate-stderr gp-store get "$db" --page no
	assert_failure 64
	assert_stderr "gp-store: --page: 'no' is no page of the config, and no id"
}
@test "store: pages by the names of the config" {
	on_both by_name
}

@test "store: a wrong command line" {
	run --separate-stderr gp-store
	assert_failure 64
	assert_stderr --partial 'put|get|cursors|forget|prune|stats|migrate|check'
	run --separate-stderr gp-store keep t.db
	assert_failure 64
	run --separate-stderr gp-store put
	assert_failure 64
	assert_stderr 'gp-store: put needs the URL of a database'
	run --separate-stderr gp-store put t.db --open
	assert_failure 64
	assert_stderr 'gp-store: --open does not go with put'
	run --separate-stderr gp-store get t.db --state late
	assert_failure 64
	run --separate-stderr gp-store get postgres://u:geheim@localhost/gp
	assert_failure 64
	assert_stderr --partial 'a password in a URL is seen by all'
	refute_stderr --partial geheim
	run --separate-stderr gp-store get 'postgres:///gp?host=/no/such'
	assert_failure 75
}

@test "store: a new file is for its owner alone" {
	umask 000
	comment 1 2026-10-01T06:00:00Z 7 'Яма' | gp-store put t.db
	run stat -c %a t.db
	assert_output 600
	# Whoever of the line comes first makes it so.
	comment 1 2026-10-01T06:00:00Z 7 'Яма' | gp-dedup --db u.db >/dev/null
	run stat -c %a u.db
	assert_output 600
}

committed_soon() {
	mkfifo in ack
	exec 8<>in 9<>ack
	gp-store put "$db" --ack in >ack 3>&- 8>&- 9>&- &
	pid=$!
	comment 1 2026-10-01T06:00:00Z 7 'Яма' >&8
	start=$(date +%s%N)
	read -r -t 5 line <&9
	end=$(date +%s%N)
	[[ $line == *'"line":1,'* ]]
	# 1 s, and what a busy machine adds.
	[ $(((end - start) / 1000000)) -lt 3000 ]
	run ids
	assert_output 'vk:-1/10/1'
	# Half a line holds nobody up.
	comment 2 2026-10-01T06:00:00Z 7 'Яма' >&8
	printf '{"type":"comm' >&8
	read -r -t 5 line <&9
	[[ $line == *'"line":2,'* ]]
	exec 8>&- # the end of the input
	status=0
	wait $pid || status=$?
	exec 9>&-
	assert_equal $status 1
}
@test "store: what came is committed within a second" {
	on_both committed_soon
}

told_to_stop() {
	mkfifo in
	exec 8<>in
	gp-store put "$db" in 3>&- 8>&- &
	pid=$!
	comment 1 2026-10-01T06:00:00Z 7 'Яма' >&8
	sleep 0.3
	kill -TERM $pid
	status=0
	wait $pid || status=$?
	exec 8>&-
	assert_equal $status 75
	run ids
	assert_output 'vk:-1/10/1'
}
@test "store: told to stop, it commits what it has read" {
	on_both told_to_stop
}

two_writers() {
	for w in 1 2 3; do
		for i in $(seq 500); do
			comment "$i" 2026-10-01T06:00:00Z 7 "Писатель $w, запись $i"
			comment "own$w.$i" 2026-10-01T06:00:00Z 7 "Своя $w $i"
		done >"in$w"
	done
	for w in 1 2 3; do
		# Pieces, so that their transactions meet.
		split -l 40 --filter "gp-store put '$db'" "in$w" &
		pids[w]=$!
	done
	for w in 1 2 3; do wait "${pids[w]}"; done
	run gp-store stats "$db" --jq 'select(.what == "records" or .what == "versions") | .n'
	assert_output '2000
1000'
	run gp-store check "$db"
	assert_success
}
@test "store: several writers of the same records at once" {
	on_both two_writers
}

head_gone() {
	for i in $(seq 3000); do comment "$i" 2026-10-01T06:00:00Z 7 "Яма $i"; done | gp-store put "$db"
	run sh -c "gp-store get '$db' | head -1 | wc -l"
	assert_output 1
	run --separate-stderr sh -c "gp-store get '$db' >/dev/full"
	assert_failure 74
	assert_stderr 'gp-store: cannot write to standard output: No space left on device'
	run --separate-stderr sh -c "gp-store put '$db' --ack /dev/null >/dev/full"
	assert_success
}
@test "store: | head, and a full disk behind the output" {
	on_both head_gone
}

@test "store: a full disk: the database is whole, what was committed is there" {
	[ "$(id -u)" = 0 ] || skip 'a small disk needs root'
	mkdir disk
	mount -t tmpfs -o size=3m tmpfs disk || skip 'no tmpfs can be mounted here'
	small_disk=$PWD/disk
	for i in $(seq 20000); do comment "$i" 2026-10-01T06:00:00Z 7 "Яма номер $i"; done >in
	split -l 1000 in part.
	status=0
	for p in part.*; do
		gp-store put disk/t.db --ack "$p" >>acks 2>err || { status=$?; break; }
	done
	assert_equal $status 74
	run cat err
	assert_output 'gp-store: disk/t.db: cannot be written to: database or disk is full'
	acked=$(jq -s 'map(.records) | add' acks)
	run sh -c 'gp-store get disk/t.db | wc -l'
	have=$output
	gp-store check disk/t.db
	assert_equal "$have" "$acked"
}

copies() {
	case_desk >in
	gp-store put a.db in
	gp-store get a.db | gp-store put "$db"
	diff <(gp-store get a.db | sort) <(gp-store get "$db" | sort)
}
@test "store: from one engine to the other and nothing is lost" {
	on_both copies
}

case_identity() {
	printf '{"type":"cursor","page":"vk:-1","stream":"posts","value":"7"}\n' >c
	gp-store put "$db" c
	run --separate-stderr gp-store cursors "$db"
	assert_output --regexp '^\{"type":"cursor","page":"vk:-1","stream":"posts","value":"7","store":"[0-9a-f]{32}"\}$'
	id=$(jq -r .store <<<"$output")
	# Its own goes back, and is kept as it came at first.
	gp-store cursors "$db" | sed 's/"7"/"8"/' >eight
	gp-store put --strict "$db" eight
	run gp-store cursors "$db" --jq '[.value, .store]'
	assert_output "[\"8\",\"$id\"]"
	# Another store's is refused, the rest is not.
	{ comment 1 2026-10-01T06:00:00Z 7 'Яма'; cat eight; } | sed 's/"8"/"9"/' >in
	run --separate-stderr gp-store put other.db in
	assert_failure 1
	other=$(sqlite3 other.db "SELECT value FROM gp_meta WHERE key = 'store'")
	assert_stderr "gp-store: in:2: the cursor goes on from another store's ($id), and this one is $other: --adopt takes it all the same"
	run gp-store cursors other.db
	assert_output ''
	run gp-store get other.db --jq .id
	assert_output '"vk:-1/10/1"'
	run --separate-stderr gp-store put --strict other.db in
	assert_failure 65
	gp-store put --adopt other.db in
	run gp-store cursors other.db --jq '[.value, .store]'
	assert_output "[\"9\",\"$other\"]"
	# gp-fetch hands it on, also where there is no cursor yet.
	gp-store put new.db </dev/null
	for d in "$db" new.db; do
		want=$(sqlite3 $d "SELECT value FROM gp_meta WHERE key = 'store'" 2>/dev/null) || want=$id
		gp-sim -- sh -c 'export GP_NOW=$GP_SIM_NOW; gp-fetch --cursors "$1" --since 1d "$GP_SIM_URL/s/zarechny_adm"' sh "$d" >got
		run jq -r 'select(.type == "cursor") | .store' got
		assert_line "${want:-$id}"
		gp-store put "$d" got
		run gp-store put other.db got
		assert_failure 1
	done
}
@test "store: a cursor tells its store, and another store refuses it" {
	on_both case_identity
}
