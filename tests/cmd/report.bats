#!/usr/bin/env bats
# gp-report: what counts as an appeal and as an answer, and how it is shown.
load ../lib

# rec ID AT CLASS [MORE]: a comment of a citizen. CLASS is JSON, or - for none.
rec() {
	local class=
	[ "$3" = - ] || class=,\"class\":$3
	printf '{"type":"comment","id":"telegram:-100/%s","network":"telegram",' "$1"
	printf '"page":"telegram:lugovoe","at":"%s",' "$2"
	printf '"url":"https://t.me/lugovoe/1?comment=%s",' "$1"
	printf '"author":{"id":"7","name":"Анна","official":false},'
	printf '"text":"Текст %s"%s%s}\n' "$1" "$class" "${4:+,$4}"
}

# ans ID PARENT [MORE]: an answer of the page.
ans() {
	printf '{"type":"comment","id":"telegram:-100/%s","page":' "$1"
	printf '"telegram:lugovoe","at":"2026-10-30T12:00:00Z","parent":'
	printf '"telegram:-100/%s","author":{"official":true}%s}\n' "$2" "${3:+,$3}"
}

roads='{"kind":"complaint","group":"Дороги","topic":"Ямы"}'
water='{"kind":"question","group":"Вода"}'
gas='{"kind":"danger","group":"Газ"}'
day=2026-10-30T09:00:00Z

ids() {
	gp-report queue --format ndjson "$@" | jq -r '.id | sub(".*/"; "")' |
		paste -sd ' '
}

# The members that every figure has are those of report-figures.bats.
own() {
	jq -c 'del(.n, .period, .zone, .cut_off, .filter)'
}

total() {
	gp-report week --format ndjson "$@" |
		jq -c 'select(.total == "all" and .appeals) |
			[.records, .appeals, .answered]'
}

@test "queue: records, a row an appeal, with no name of anybody" {
	rec 1 $day "$roads" '"due":{"final":"2026-10-31T10:00:00Z"}' >in
	run --separate-stderr gp-report queue in
	assert_success
	assert_stderr ''
	assert_output '{"type":"figure","report":"queue","id":"telegram:-100/1","network":"telegram","page":"telegram:lugovoe","at":"2026-10-30T09:00:00Z","age":108000,"due":"2026-10-31T10:00:00Z","overdue":true,"kind":"complaint","group":"Дороги","topic":"Ямы","text":"Текст 1","url":"https://t.me/lugovoe/1?comment=1"}'
}

@test "queue: a table, in columns by what is seen" {
	{
		rec 1 $day "$roads" '"due":{"final":"2026-10-31T10:00:00Z"}'
		rec 2 2026-10-31T14:30:00Z -
		rec 3 $day "$gas"
		rec 4 $day "$water" '"due":{"first":"2026-11-03T15:00:00Z"}'
	} >in
	run --separate-stderr gp-report queue --format table in
	assert_success
	assert_stderr ''
	assert_output 'Без ответа
Срок            Страница          Вид           Тема    Подтема  Текст    Ссылка
ждёт 30 ч       telegram:lugovoe  опасность     Газ              Текст 3  https://t.me/lugovoe/1?comment=3
просрочено 5 ч  telegram:lugovoe  жалоба        Дороги  Ямы      Текст 1  https://t.me/lugovoe/1?comment=1
через 3 д       telegram:lugovoe  вопрос        Вода             Текст 4  https://t.me/lugovoe/1?comment=4
ждёт 30 мин     telegram:lugovoe  не разобрано                   Текст 2  https://t.me/lugovoe/1?comment=2'
	run --separate-stderr gp-report queue --format table --lang en -n 1 in
	assert_output 'Unanswered
Due         Page              Kind    Topic  Subtopic  Text     Link
waits 30 h  telegram:lugovoe  danger  Газ              Текст 3  https://t.me/lugovoe/1?comment=3'
}

@test "queue: a narrow terminal, the text gives way; wide signs keep the line" {
	rec 1 $day "$roads" | sed 's/Текст 1/😡😡 Яма на улице Садовой, третий год, колесо пробито/' >in
	run --separate-stderr gp-report queue --format table --width 100 in
	assert_success
	assert_line --index 1 'Срок       Вид     Тема    Подтема  Текст                         Ссылка'
	assert_line --index 2 'ждёт 30 ч  жалоба  Дороги  Ямы      😡😡 Яма на улице Садовой, …  https://t.me/lugovoe/1?comment=1'
	# Text and link are what people open the queue for: all else goes first.
	run gp-report queue --format table --width 80 in
	assert_line --index 2 'ждёт 30 ч  жалоба  Дороги  😡😡 Яма на улице …  https://t.me/lugovoe/1?comment=1'
	run gp-report queue --format table --width 20 in
	assert_line --index 2 'ждёт 30 ч  жалоба  …'
}

@test "queue: a terminal gets a table" {
	rec 1 $day "$roads" >in
	run script -qec 'gp-report queue in' /dev/null
	assert_success
	assert_line --index 0 --partial 'Без ответа'
}

@test "queue: hostile text reaches no terminal" {
	rec 1 $day "$roads" | sed 's/Текст 1/a\\u001b[31m\\u202eb\\r\\nc\\td/' >in
	run --separate-stderr gp-report queue --format table in
	assert_line --index 2 --partial 'Ямы      a [31m b c d  https'
}

@test "queue: nothing" {
	run --separate-stderr gp-report queue --format table </dev/null
	assert_success
	assert_output 'Без ответа
нет обращений'
	run --separate-stderr gp-report queue </dev/null
	assert_success
	assert_output ''
	assert_stderr ''
}

@test "queue: the order: danger, due, age, no date" {
	{
		rec 1 2026-10-30T03:00:00Z "$roads"
		rec 2 2026-10-30T01:00:00Z "$roads"
		rec 3 $day "$roads" '"due":{"first":"2026-11-02T09:00:00Z","final":"2026-11-09T09:00:00Z"}'
		rec 4 $day "$roads" '"due":{"final":"2026-11-01T09:00:00Z"}'
		rec 5 $day "$gas"
		rec 6 $day "$gas" '"due":{"final":"2026-12-01T09:00:00Z"}'
		rec 7 $day "$roads" | sed 's/"at":"[^"]*",//'
	} >in
	run ids in
	assert_output '6 5 4 3 2 1 7'
	run ids -n 2 in
	assert_output '6 5'
}

@test "what is an appeal" {
	{
		rec 1 $day '{"kind":"complaint"}'
		rec 2 $day '{"kind":"question"}'
		rec 3 $day '{"kind":"suggestion"}'
		rec 4 $day '{"kind":"danger"}'
		rec 5 $day -
		rec 6 $day null
		rec 10 $day '{"kind":"thanks"}'
		rec 11 $day '{"kind":"spam","review":true}'
		rec 12 $day '{"confidence":0,"review":true,"why":[]}'
		rec 13 $day "$roads" '"deleted":true'
		rec 14 $day "$roads" '"duplicate_of":"telegram:-100/1"'
		rec 15 $day "$roads" | sed 's/"official":false/"official":true/'
		rec 16 $day "$roads" | sed 's/comment"/post"/'
		rec 17 $day "$roads" | sed 's/comment"/letter"/'
		rec 20 $day "$roads" '"deleted":false,"duplicate_of":null'
		rec 21 $day "$roads" | sed 's/comment"/message"/'
		rec 22 $day "$roads" | sed 's/"author":{[^}]*},//'
		rec 23 $day "$roads" |
			sed 's/"kind"/"k\\u0069nd"/; s/"type"/"typ\\u0065"/'
	} >in
	run ids in
	assert_output '4 1 2 3 5 6 20 21 22 23'
	run ids --review in
	assert_output '4 1 2 3 5 6 11 12 20 21 22 23'
	run total --since 2026-10-25 in
	assert_output '[18,10,0]'
	run total --since 2026-10-25 --review -j 3 in
	assert_output '[18,12,0]'
}

@test "what is an answer" {
	{
		for i in 1 2 3 4 5 6 7 8 9; do rec $i $day "$roads"; done
		ans 101 1
		ans 102 2 '"deleted":true'
		rec 103 $day '{"kind":"info"}' '"parent":"telegram:-100/3"'
		echo '{"type":"reply","id":"r4","to":"telegram:-100/4","text":"x"}'
		echo '{"type":"receipt","to":"telegram:-100/5","status":"sent"}'
		echo '{"type":"receipt","to":"telegram:-100/6","status":"failed"}'
		echo '{"type":"receipt","to":"telegram:-100/7","status":"duplicate"}'
		echo '{"type":"draft","to":"telegram:-100/8","text":"x"}'
		ans 104 9 | sed 's/"telegram:-100.9"/"telegram:-100\\\/9"/'
	} >in
	run ids in
	assert_output '2 3 6 8'
	run total in
	assert_output '[18,9,5]'
	tac in >back
	run ids back
	assert_output '8 6 3 2'
	run total -j 2 back
	assert_output '[18,9,5]'
}

@test "an appeal that answers an answer is one of its own" {
	{
		rec 1 $day "$roads"
		ans 2 1
		rec 3 $day "$roads" '"parent":"telegram:-100/2"'
	} >in
	run ids in
	assert_output 3
	run total in
	assert_output '[3,2,1]'
}

@test "the same id again replaces what came before" {
	{
		rec 1 $day "$roads"
		rec 2 $day "$roads"
		rec 3 $day '{"kind":"thanks"}'
		rec 4 $day "$roads"
		ans 9 4
		rec 1 $day "$gas" '"edited":true'
		rec 2 $day "$roads" '"deleted":true'
		rec 3 $day "$water"
		rec 4 $day "$water" '"edited":true'
		rec 1 $day "$gas" '"edited":true'
	} >in
	run ids in
	assert_output '1 3'
	run --separate-stderr gp-report week --format ndjson in
	assert_success
	assert_stderr ''
	assert_line --partial '"group":"Вода","appeals":2,"answered":1,"kinds":{"complaint":0,"question":2,'
	assert_line --partial '"group":"Газ","appeals":1,"answered":0,"kinds":{"complaint":0,"question":0,"suggestion":0,"danger":1,'
	refute_line --partial '"group":"Дороги"'
	run total -j 2 in
	assert_output '[10,3,1]'
}

week() {
	rec 1 2026-10-29T20:59:59Z "$roads"
	rec 2 2026-10-29T21:00:00Z "$roads"
	rec 3 2026-10-30T12:00:00Z "$roads"
	rec 4 2026-10-31T12:00:00Z "$gas"
	rec 5 2026-10-31T12:30:00Z -
	ans 6 1
	printf '{"type":"post","id":"telegram:lugovoe/%s","at":"%s"%s}\n' \
		1 2026-10-30T09:00:00Z ',"counts":{"views":100,"reactions":7}' \
		2 2026-10-30T10:00:00Z ',"counts":{"views":20}' \
		3 2026-10-31T10:00:00Z '' \
		4 2026-10-31T10:00:00Z ',"deleted":true' \
		1 2026-10-30T09:00:00Z ',"counts":{"views":150,"reactions":9}'
}

@test "week: records; days are those of the zone" {
	week >in
	run --separate-stderr gp-report week --zone Europe/Moscow \
		--since 2026-10-29 --until 2026-11-01 in
	assert_success
	assert_stderr ''
	output=$(own <<<"$output")
	assert_output '{"type":"figure","report":"week","table":"appeals","day":"2026-10-29","group":"Дороги","appeals":1,"answered":1,"kinds":{"complaint":1,"question":0,"suggestion":0,"danger":0,"unsorted":0}}
{"type":"figure","report":"week","table":"appeals","day":"2026-10-30","group":"Дороги","appeals":2,"answered":0,"kinds":{"complaint":2,"question":0,"suggestion":0,"danger":0,"unsorted":0}}
{"type":"figure","report":"week","table":"appeals","day":"2026-10-31","group":"Газ","appeals":1,"answered":0,"kinds":{"complaint":0,"question":0,"suggestion":0,"danger":1,"unsorted":0}}
{"type":"figure","report":"week","table":"appeals","day":"2026-10-31","appeals":1,"answered":0,"kinds":{"complaint":0,"question":0,"suggestion":0,"danger":0,"unsorted":1}}
{"type":"figure","report":"week","table":"appeals","total":"group","group":"Дороги","appeals":3,"answered":1,"kinds":{"complaint":3,"question":0,"suggestion":0,"danger":0,"unsorted":0}}
{"type":"figure","report":"week","table":"appeals","total":"group","group":"Газ","appeals":1,"answered":0,"kinds":{"complaint":0,"question":0,"suggestion":0,"danger":1,"unsorted":0}}
{"type":"figure","report":"week","table":"appeals","total":"group","appeals":1,"answered":0,"kinds":{"complaint":0,"question":0,"suggestion":0,"danger":0,"unsorted":1}}
{"type":"figure","report":"week","table":"appeals","total":"day","day":"2026-10-29","appeals":1,"answered":1,"kinds":{"complaint":1,"question":0,"suggestion":0,"danger":0,"unsorted":0}}
{"type":"figure","report":"week","table":"appeals","total":"day","day":"2026-10-30","appeals":2,"answered":0,"kinds":{"complaint":2,"question":0,"suggestion":0,"danger":0,"unsorted":0}}
{"type":"figure","report":"week","table":"appeals","total":"day","day":"2026-10-31","appeals":2,"answered":0,"kinds":{"complaint":0,"question":0,"suggestion":0,"danger":1,"unsorted":1}}
{"type":"figure","report":"week","table":"appeals","total":"all","since":"2026-10-28T21:00:00Z","until":"2026-10-31T21:00:00Z","records":11,"appeals":5,"answered":1,"kinds":{"complaint":3,"question":0,"suggestion":0,"danger":1,"unsorted":1}}
{"type":"figure","report":"week","table":"posts","day":"2026-10-30","posts":2,"views":170,"reactions":9}
{"type":"figure","report":"week","table":"posts","day":"2026-10-31","posts":1}
{"type":"figure","report":"week","table":"posts","total":"all","posts":3,"views":170,"reactions":9}'
	one=$output
	run gp-report week --zone Europe/Moscow --since 2026-10-29 \
		--until 2026-11-01 -j 4 in
	output=$(own <<<"$output")
	assert_output "$one"
}

@test "week: tables" {
	week >in
	run --separate-stderr gp-report week --format table --zone +03:00 \
		--since 2026-10-29 --until 2026-11-01 in
	assert_success
	assert_stderr ''
	assert_output 'Обращения по темам, 2026-10-29 – 2026-10-31
Тема      29.10  30.10  31.10  Всего  Отвечено  Отвечено, %  Опасность
Дороги        1      2      0      3         1         33,3          0
Газ           0      0      1      1         0          0,0          1
без темы      0      0      1      1         0          0,0          0
Всего         1      2      2      5         1         20,0          1

Посты по дням
День        Посты  Просмотры  Реакции
2026-10-30      2        170        9
2026-10-31      1
Всего           3        170        9'
	run gp-report week --format table --lang en --table posts in
	assert_line --index 0 'Posts by day'
	assert_line --index 4 'Total           3    170          9'
}

@test "week: many days leave the table, not the file" {
	rec 1 $day "$roads" >in
	run gp-report week --format table --since 2026-10-01 in
	assert_line --index 1 'Тема    Всего  Отвечено  Отвечено, %  Опасность'
	run gp-report week --csv rfc4180 --lang en --since 2026-10-01 in
	assert_line --index 0 --partial 'Topic,2026-10-01,2026-10-02,'
}

@test "week: the last seven days, half open" {
	{
		rec 1 2026-10-24T14:59:59Z "$roads"
		rec 2 2026-10-24T15:00:00Z "$roads"
		rec 3 2026-10-31T14:59:59Z "$roads"
		rec 4 2026-10-31T15:00:00Z "$roads"
	} >in
	run total in
	assert_output '[4,2,0]'
	run total --since 2026-10-24 in
	assert_output '[4,3,0]'
	run total --until 2026-11-01 in
	assert_output '[4,2,0]'
	run ids --since 2026-10-24T15:00:00Z --until now in
	assert_output '2 3'
}

@test "week: nothing" {
	run --separate-stderr gp-report week </dev/null
	assert_success
	output=$(own <<<"$output")
	assert_output '{"type":"figure","report":"week","table":"appeals","total":"all","since":"2026-10-24T15:00:00Z","until":"2026-10-31T15:00:00Z","records":0,"appeals":0,"answered":0,"kinds":{"complaint":0,"question":0,"suggestion":0,"danger":0,"unsorted":0}}'
	run --separate-stderr gp-report week --format table </dev/null
	assert_success
	assert_output 'Обращения по темам, 2026-10-24 – 2026-10-31
нет обращений'
}

@test "week: more groups than there is room for are counted as others" {
	for i in $(seq 300); do
		rec "$i" $day '{"kind":"question","group":"Т'"$i"'"}'
	done >in
	run total in
	assert_output '[300,300,0]'
	run --separate-stderr gp-report week --format ndjson --limit 1 in
	assert_line --partial '"total":"group","group":"прочие темы","appeals":46,'
	refute_line --partial '"group":"Т'
}

@test "week: too many items: said once, and no figure is wrong" {
	for i in $(seq 100); do rec "$i" $day "$roads"; done >in
	run --separate-stderr gp-report week --memory 512 -j 2 in
	assert_failure 1
	assert_stderr 'gp-report: more than 56 items: all figures but the number of records are left out; give more --memory'
	output=$(own <<<"$output")
	assert_output '{"type":"figure","report":"week","table":"appeals","total":"all","since":"2026-10-24T15:00:00Z","until":"2026-10-31T15:00:00Z","records":100}'
	run --separate-stderr gp-report week --memory 512 --format table in
	assert_failure 1
	assert_output ''
	head -n 56 in >less
	run total --memory 512 less
	assert_output '[56,56,0]'
}

@test "week: too many posts leave the appeals whole" {
	{
		rec 1 $day "$roads"
		for i in 1 2 3 4 5; do
			printf '{"type":"post","id":"p:%s","at":"%s"}\n' $i $day
		done
	} >in
	run --separate-stderr gp-report week --memory 512 in
	assert_failure 1
	assert_stderr 'gp-report: more than 4 posts: their figures are left out; give more --memory'
	assert_line --partial '"total":"all","since":"2026-10-24T15:00:00Z","until":"2026-10-31T15:00:00Z","records":6,"appeals":1,'
	refute_line --partial '"table":"posts"'
}

@test "csv: RFC 4180" {
	{
		rec 1 $day "$roads" '"due":{"final":"2026-10-31T10:00:00Z"}'
		rec 2 $day "$water" | sed 's/Текст 2/Он сказал: \\"вода\\", да\\nи ушёл/'
	} >in
	run --separate-stderr gp-report queue --format csv --lang en in
	assert_success
	assert_stderr ''
	assert_output $'Id,Network,Page,Came,Due,Overdue,Kind,Topic,Subtopic,Text,Link\r
telegram:-100/1,telegram,telegram:lugovoe,2026-10-30 09:00,2026-10-31 10:00,yes,complaint,Дороги,Ямы,Текст 1,https://t.me/lugovoe/1?comment=1\r
telegram:-100/2,telegram,telegram:lugovoe,2026-10-30 09:00,,,question,Вода,,"Он сказал: ""вода"", да и ушёл",https://t.me/lugovoe/1?comment=2\r'
}

@test "csv: for a Russian Excel" {
	week >in
	run --separate-stderr gp-report week --csv excel-ru --zone UTC \
		--since 2026-10-29 --until 2026-11-01 in
	assert_success
	assert_output $'\xef\xbb\xbfТема;2026-10-29;2026-10-30;2026-10-31;Всего;Отвечено;Отвечено, %;Опасность\r
Дороги;2;1;0;3;1;33,3;0\r
Газ;0;0;1;1;0;0,0;1\r
без темы;0;0;1;1;0;0,0;0\r
Всего;2;1;2;5;1;20,0;1\r'
	run gp-report week --csv excel-ru --table posts --zone UTC \
		--since 2026-10-29 --until 2026-11-01 in
	assert_output $'\xef\xbb\xbfДень;Посты;Просмотры;Реакции\r
2026-10-30;2;170;9\r
2026-10-31;1;;\r
Всего;3;170;9\r'
}

@test "csv: no cell is a formula" {
	for t in '=1+1' '+7 900' '-да' '@anna' '\t=2' '\r\n-x' '-5' '3,5' \
		'a=b' "=a;\\\"b\\\""; do
		rec 1 $day "$roads" | T=$t perl -pe 's/Текст 1/$ENV{T}/' >in
		gp-report queue --csv excel-ru in | tail -n 1 | cut -d ';' -f 10- |
			sed 's/;https.*//'
	done >out
	run cat out
	assert_output "'=1+1
'+7 900
'-да
'@anna
'=2
'-x
-5
3,5
a=b
\"'=a;\"\"b\"\"\""
	# A number that is a name stays a name.
	rec 1 $day "$roads" | sed 's/telegram:-100.1/-12345678901234567890/' >in
	run gp-report queue --csv excel-ru in
	assert_line --index 1 --partial "'-12345678901234567890;telegram;"
}

@test "-o replaces the file whole, or leaves it" {
	rec 1 $day "$roads" >in
	echo old >out
	run --separate-stderr gp-report queue -o out in
	assert_success
	assert_output ''
	assert_stderr ''
	run jq -r .id out
	assert_output telegram:-100/1
	run stat -c %a out
	assert_output 644
	echo '{' >>in
	echo old >out
	run --separate-stderr gp-report queue --strict -o out in
	assert_failure 65
	assert_stderr 'gp-report: in:2: not JSON: cut off'
	run cat out
	assert_output old
	run --separate-stderr gp-report queue -o no/out in
	assert_failure 74
	assert_stderr --partial "no/out"
	run sh -c 'ls -d *out*'
	assert_output out
}

@test "what is refused is said, kept, and does not stop the rest" {
	{
		rec 1 $day "$roads"
		echo 'junk'
		echo '{"id":"x"}'
		echo '{"type":"comment"}'
		echo '{"type":"comment","id":5}'
		rec 2 yesterday "$roads"
		echo '{"type":"post","id":"p:1","at":7}'
		echo '{"type":5}'
		echo '{"type":"comment","id":""}'
	} >in
	run --separate-stderr gp-report queue --reject bad in
	assert_failure 1
	assert_stderr "gp-report: in:2: not a JSON object
gp-report: in:3: 'type' is missing
gp-report: in:4: 'id' is missing
gp-report: in:5: 'id' is a number, not a string
gp-report: in:6: 'at' is not an instant: \"yesterday\"
gp-report: in:7: 'at' is not an instant: 7
gp-report: in:8: 'type' is not a string
gp-report: in:9: 'id' is empty"
	assert_output --partial '"id":"telegram:-100/1"'
	run jq -c '[.file, .line, .reason]' bad
	assert_line --index 0 '["in",2,"not a JSON object"]'
	run wc -l <bad
	assert_output 8
	rec 1 $day "$roads" | sed 's/"at":"[^"]*",//' >in
	run --separate-stderr gp-report week in
	assert_failure 1
	assert_stderr "gp-report: in:1: 'at' is missing"
	run --separate-stderr gp-report week --strict in
	assert_failure 65
	assert_output ''
	echo '{"type":"post","id":"p:1","id":"p:2"}' >in
	run --separate-stderr gp-report queue --strict in
	assert_failure 65
	assert_stderr "gp-report: in:1: a member stands twice"
}

@test "a wrong command line" {
	run --separate-stderr gp-report
	assert_failure 64
	assert_stderr --partial 'gp-report: which report? queue|items|'
	run --separate-stderr gp-report decade
	assert_failure 64
	assert_stderr --partial "gp-report: 'decade' is not one of queue|items|"
	run --separate-stderr gp-report week --since soon
	assert_failure 64
	assert_stderr "gp-report: --since: 'soon' is not an instant"
	run --separate-stderr gp-report week --since now
	assert_failure 64
	assert_stderr 'gp-report: the period ends before it begins'
	run --separate-stderr gp-report week --since 2020-01-01
	assert_failure 64
	assert_stderr 'gp-report: the period is longer than 399 days'
	run --separate-stderr gp-report week --csv excel-ru --format table
	assert_failure 64
	assert_stderr 'gp-report: --csv does not go with --format table'
	run --separate-stderr gp-report queue --table posts
	assert_failure 64
	assert_stderr "gp-report: --table: 'queue' has one table"
	run --separate-stderr gp-report week --zone Mars/Base
	assert_failure 64
	assert_stderr "gp-report: --zone: no such zone: 'Mars/Base'"
	run --separate-stderr gp-report week none
	assert_failure 74
	assert_output ''
	assert_stderr "gp-report: cannot open 'none': No such file or directory"
}

@test "a full disk is an error" {
	rec 1 $day "$roads" >in
	run --separate-stderr sh -c 'gp-report queue in >/dev/full'
	assert_failure 74
	assert_stderr 'gp-report: cannot write to standard output: No space left on device'
}

@test "the zone of the config" {
	week >in
	printf 'zone: "+03:00"\n' >gp.yaml
	run gp-report week -c gp.yaml --format ndjson --since 2026-10-29 in
	assert_line --index 0 --partial '"day":"2026-10-29","group":"Дороги","appeals":1,'
	run gp-report week --format ndjson --since 2026-10-29 in
	assert_line --index 0 --partial '"day":"2026-10-29","group":"Дороги","appeals":2,'
	run --separate-stderr gp-report week -c none.yaml in
	assert_failure 78
}

@test "memory does not grow with the input" {
	[ -x /usr/bin/time ] || skip "no /usr/bin/time"
	case $(file -b "$GP_BUILD/gp-report" 2>/dev/null; nm "$GP_BUILD/gp-report") in
	*__asan_init*) skip "under a sanitizer" ;;
	esac
	# shellcheck disable=SC2046
	awk 'BEGIN { for (i = 0; i < 300000; i++)
		printf "{\"type\":\"comment\",\"id\":\"t:%d\",\"at\":\"2026-10-30T09:00:00Z\",\"class\":{\"kind\":\"question\",\"group\":\"G%d\"}}\n", i, i % 20
		}' >in
	run --separate-stderr /usr/bin/time -f %M gp-report week -j 2 --table posts in
	assert_success
	[ "$stderr" -lt 32768 ] || fail "$stderr KiB"
}
