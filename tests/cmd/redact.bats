#!/usr/bin/env bats
# gp-redact: what is masked in which member, what stays, pseudonyms, rules.
load ../lib

c() { # TEXT [MEMBERS]
	printf '{"type":"comment","id":"1"%s,"text":"%s"}\n' "${2:-}" "$1"
}

redact() {
	run --separate-stderr gp-redact "$@"
}

# texts ARGS...: the texts of `in`, redacted.
texts() {
	run --separate-stderr sh -c 'gp-redact "$@" in | jq -r .text' sh "$@"
	assert_success
	assert_stderr ''
}

@test "redact: a mask keeps the kind, all else its bytes" {
	printf '{ "type":"comment","n":1.50, "text":"Дом 3, кв. 14, тел. 8 900 000-11-22" ,"x":{"b":1,"a":2} }\n' >in
	redact in
	assert_success
	assert_output '{ "type":"comment","n":1.50, "text":"Дом 3, кв. [квартира], тел. [телефон]" ,"x":{"b":1,"a":2} ,"redacted":[{"kind":"phone","count":1},{"kind":"flat","count":1}]}'
	assert_stderr ''
}

@test "redact: where nothing is found nothing changes" {
	{
		printf '{"type":"comment", "text":"Ям\\u0430 на\\nдороге №7, 12.03.2026" ,"n":1e3}\n'
		printf '{"type":"unheard of","text":"8 900 000-11-22"}\n'
		printf '{"type":"comment","text":null}\n{"type":"comment","text":5}\n{}\n'
	} >in
	redact in
	assert_success
	assert_output "$(cat in)"
	assert_stderr ''
}

@test "redact: every kind, in Russian and in English" {
	{
		c 'тел 8 900 000-11-22'
		c 'пишите a.b@mail.ru'
		c 'СНИЛС 112-233-445 95'
		c 'ИНН 500100732259'
		c 'карта 2200 0000 0000 0004'
		c 'паспорт 45 01 123456'
		c 'машина А123ВС 77'
		c 'полис 1234567890123452'
		c 'счёт 40817810000000000001'
		c 'родилась 7.03.1949'
		c 'Садовая 3, кв. 7а'
		c 'Иванов Иван Ильич пишет'
	} >in
	texts
	assert_output 'тел [телефон]
пишите [почта]
СНИЛС [СНИЛС]
ИНН [ИНН]
карта [карта]
паспорт [паспорт]
машина [госномер]
полис [полис]
счёт [счёт]
родилась [дата рождения]
Садовая 3, кв. [квартира]
[имя] пишет'
	texts --lang en
	assert_line --index 0 'тел [phone]'
	assert_line --index 9 'родилась [birth date]'
	run sh -c 'gp-redact in | jq -r ".redacted[].kind" | xargs'
	assert_output 'phone email snils inn card passport plate policy account birth flat name'
}

@test "redact: twice is once, in either language" {
	cp "$GP_TESTS/fixtures/personal/tuned.txt" set
	jq -Rc 'select(test("^(# |$)") | not) |
		{type: "comment", text: gsub("\\{[a-z]+:(?<x>[^}]*)\\}"; .x)}' set >in
	gp-redact in >once
	gp-redact once >twice
	run cmp once twice
	assert_success
	gp-redact --lang en once >twice
	run cmp once twice
	assert_success
	run sh -c 'jq -c "select(.redacted)" once | wc -l'
	assert [ "$output" -gt 200 ]
}

@test "redact: counts are added to those that were there" {
	c 'тел 8 900 000-11-22' ',"redacted":[{"kind":"other","count":2,"x":1},{"kind":"phone","count":3}]' >in
	run --separate-stderr sh -c 'gp-redact in | jq -c .redacted'
	assert_output '[{"kind":"other","count":2,"x":1},{"kind":"phone","count":4}]'
	assert_stderr ''
}

@test "redact: polls, attachments, quotes, hashtags, and a member that is named" {
	cat >in <<-'EOT'
		{"type":"poll","poll":{"question":"Звонить 8 900 000-11-22?","options":[{"text":"a@b.ru","votes":1}],"explanation":"кв. 5"}}
		{"type":"post","attachments":[{"kind":"file","title":"Иванов Иван Ильич.pdf","url":"https://x.ru/a@b.ru"}],"quotes":["a@b.ru"],"hashtags":["a","b"]}
		{"type":"comment","note":{"text":"a@b.ru"},"memo":"a@b.ru"}
	EOT
	redact --member note in
	assert_success
	assert_output '{"type":"poll","poll":{"question":"Звонить [телефон]?","options":[{"text":"[почта]","votes":1}],"explanation":"кв. [квартира]"},"redacted":[{"kind":"phone","count":1},{"kind":"email","count":1},{"kind":"flat","count":1}]}
{"type":"post","attachments":[{"kind":"file","title":"[имя].pdf","url":"https://x.ru/a@b.ru"}],"quotes":["[почта]"],"hashtags":["a","b"],"redacted":[{"kind":"email","count":1},{"kind":"name","count":1}]}
{"type":"comment","note":{"text":"[почта]"},"memo":"a@b.ru","redacted":[{"kind":"email","count":1}]}'
	assert_stderr ''
}

@test "redact: both of a member that stands twice" {
	echo '{"type":"comment","text":"a@b.ru","text":"c@d.ru"}' >in
	redact in
	assert_output '{"type":"comment","text":"[почта]","text":"[почта]","redacted":[{"kind":"email","count":2}]}'
}

@test "redact: escapes are read, and written anew where it changed" {
	printf '{"type":"comment","text":"\\u0442\\u0435\\u043b \\"8\\u00a0900\\u2011000-11-22\\"\\nкв. 5"}\n' >in
	redact in
	assert_success
	assert_output '{"type":"comment","text":"тел \"[телефон]\"\nкв. [квартира]","redacted":[{"kind":"phone","count":1},{"kind":"flat","count":1}]}'
}

@test "redact: what points into a changed text goes, and is told" {
	{
		c 'тел 8 900 000-11-22 яма' ',"entities":[{"offset":4,"length":15}]'
		c 'яма' ',"entities":[{"offset":0,"length":3}]'
	} >in
	redact in
	assert_success
	assert_output '{"type":"comment","id":"1","text":"тел [телефон] яма","redacted":[{"kind":"phone","count":1},{"kind":"entities","count":1}]}
{"type":"comment","id":"1","entities":[{"offset":0,"length":3}],"text":"яма"}'
}

@test "redact: --keep and --only" {
	c 'тел 8 900 000-11-22, a@b.ru, кв. 5' >in
	texts --keep phone,flat
	assert_output 'тел 8 900 000-11-22, [почта], кв. 5'
	texts --only phone
	assert_output 'тел [телефон], a@b.ru, кв. 5'
	redact --keep phone,fax in
	assert_failure 64
	assert_stderr "gp-redact: --keep: 'fax' is no kind"
	assert_output ''
	redact --only '' in
	assert_failure 64
	assert_stderr "gp-redact: --only: no kind is named"
}

@test "redact: the allow list holds for phones, addresses and names" {
	{
		c 'приёмная 8(84162)2-10-10, тел. 2-10-10, мой 8 900 000-11-22'
		c 'на Priem@zarechny-adm.example или a@b.ru'
		c 'Строевой Людмиле Аркадьевне, Л. А. Строева, Строева Людмила'
		c 'Строева Людмила Игоревна, Строева П. А.'
	} >in
	texts -a "$GP_TESTS/fixtures/personal/allow.yaml"
	assert_output 'приёмная 8(84162)2-10-10, тел. 2-10-10, мой [телефон]
на Priem@zarechny-adm.example или [почта]
Строевой Людмиле Аркадьевне, Л. А. Строева, Строева Людмила
[имя], [имя]'
}

@test "redact: an allow list that is wrong is told by its place" {
	echo 'fax: [1]' >a.yaml
	redact -a a.yaml
	assert_failure 78
	assert_stderr "gp-redact: a.yaml:1:1: 'fax' is no kind"
	echo 'phone: 112' >a.yaml
	redact -a a.yaml
	assert_failure 78
	assert_stderr "gp-redact: a.yaml:1:8: a list is wanted"
	redact -a none.yaml
	assert_failure 78
}

@test "redact: rules of one's own" {
	cat >rules.yaml <<-'EOT'
		redact: 1
		rules:
		  - kind: contract
		    mask: договор
		    pattern: 'договор[а-я]* № ?(\d{4,})'
		  - {kind: phone, pattern: '\bтрубка \d+'}
		  - {kind: word, pattern: 'договор'}
	EOT
	c 'По ДОГОВОРУ № 12345, трубка 77, тел 8 900 000-11-22' >in
	texts -r rules.yaml
	assert_output 'По [word]У № [договор], [телефон], тел [телефон]'
	texts -r rules.yaml --keep word
	assert_output 'По ДОГОВОРУ № [договор], [телефон], тел [телефон]'
	gp-redact -r rules.yaml in >once
	redact -r rules.yaml once
	assert_output "$(cat once)"
	run jq -c .redacted once
	assert_output '[{"kind":"phone","count":2},{"kind":"contract","count":1},{"kind":"word","count":1}]'
}

@test "redact: rules that are wrong, and one that takes too long" {
	rule() { printf 'redact: 1\nrules:\n  - {kind: %s, pattern: %s}\n' "$1" "$2" >r.yaml; }
	rule x "'('"
	redact -r r.yaml
	assert_failure 78
	assert_stderr --partial 'gp-redact: r.yaml:3: missing closing parenthesis'
	rule "'a b'" x
	redact -r r.yaml
	assert_failure 78
	assert_stderr "gp-redact: r.yaml:3: 'a b' is no name of a kind"
	printf 'redact: 2\nrules: []\n' >r.yaml
	redact -r r.yaml
	assert_failure 78
	assert_stderr 'gp-redact: r.yaml: redact: only version 1 is known'
	rule slow "'(a+)+\$'"
	{ c 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'; c 'яма'; } >in
	redact -r r.yaml in
	assert_failure 1
	assert_stderr "gp-redact: in:1: 'text': a rule of kind 'slow' takes too long on this text"
	assert_output "$(c яма)"
}

@test "redact: pseudonyms: one person, one word; officials stay" {
	umask 077
	echo 'a key of the year, secret' >key
	{
		c 'да' ',"network":"vk","at":"2026-10-01T00:00:00Z","author":{"id":"55","name":"Анна Б","official":false}'
		c 'нет' ',"network":"vk","at":"2027-01-01T00:00:00Z","author":{"id":"55","name":"Аня Б"}'
		c 'ну' ',"network":"ok","author":{"id":"55","name":"Анна"}'
		c 'мы' ',"network":"vk","author":{"id":"-7","name":"Администрация","official":true}'
	} >in
	gp-redact --pseudonymize key in >out
	run jq -r '"\(.author.id) \(.author.name) \(.redacted)"' out
	want=$(printf 'vk:55' | openssl dgst -sha256 -hmac 'a key of the year, secret' -r | cut -c1-24)
	assert_line --index 0 "p0000-$want [имя] [{\"kind\":\"author\",\"count\":1}]"
	assert_line --index 1 "p0000-$want [имя] [{\"kind\":\"author\",\"count\":1}]"
	refute_line --index 2 --partial "$want"
	assert_line --index 3 '-7 Администрация null'
	redact --pseudonymize key out
	assert_success
	assert_output "$(cat out)"
	assert_stderr ''
}

@test "redact: a private chat is named by its person no more" {
	umask 077
	echo 'a key of the year, secret' >key
	cat >in <<-'EOT'
		{"type":"message","id":"telegram:700100200/9","network":"telegram","at":"2026-10-30T07:00:00Z","chat":"telegram:700100200","author":{"id":"700100200","name":"Анна"},"text":"да"}
		{"type":"message","id":"telegram:700100200/10","network":"telegram","at":"2026-10-30T07:00:00Z","chat":"telegram:700100200","parent":"telegram:700100200/9","author":{"id":"9","name":"Бот","official":true},"text":"ответ"}
	EOT
	gp-redact --pseudonymize key in >out
	run grep -c 700100200 out
	assert_output 0
	run jq -rs '.[0].chat == .[1].chat, .[0].id == .[1].parent, .[1].author.name' out
	assert_output 'true
true
Бот'
}

@test "redact: keys by year" {
	umask 077
	printf '# ours\n2026 the key of twenty-six\n2027: the key of twenty-seven\n' >key
	a() { c "$1" ",\"network\":\"vk\",$2\"author\":{\"id\":\"55\"}"; }
	{
		a 1 '"at":"2026-10-01T00:00:00Z",'
		a 2 '"at":"2026-12-31T23:59:59Z",'
		a 3 '"at":"2027-01-01T00:00:00Z",'
	} >in
	run --separate-stderr sh -c 'gp-redact --pseudonymize key in | jq -r .author.id'
	assert_stderr ''
	assert_equal "${lines[0]}" "${lines[1]}"
	[[ ${lines[0]} == p2026-* ]]
	[[ ${lines[2]} == p2027-* ]]
	{ a 4 '"at":"2025-01-01T00:00:00Z",'; a 5 ''; } >in
	redact --pseudonymize key in
	assert_failure 1
	assert_output ''
	assert_stderr "gp-redact: in:1: no key for the year 2025
gp-redact: in:2: 'at' is absent, and keys are by year"
}

@test "redact: a key others may read, a short one, none" {
	echo 'a key of the year, secret' >key
	chmod 644 key
	redact --pseudonymize key
	assert_failure 77
	assert_stderr "gp-redact: key file 'key': may be read by others (mode 644): chmod 600 it"
	chmod 600 key
	echo short >key
	redact --pseudonymize key
	assert_failure 77
	assert_stderr "gp-redact: key file 'key': a key has 16 characters at least"
	: >key
	redact --pseudonymize key
	assert_failure 77
	assert_stderr "gp-redact: key file 'key': is empty"
	redact --pseudonymize none
	assert_failure 77
	assert_stderr "gp-redact: key file 'none': No such file or directory"
}

@test "redact: threads keep the order, refused lines are named" {
	for i in $(seq 3000); do c "тел 8 900 000-11-22 кв. $i"; done >in
	gp-redact in >one
	gp-redact -j 4 in >four
	run cmp one four
	assert_success
	printf 'no record\n%s\n' "$(c a@b.ru)" >in
	redact in
	assert_failure 1
	assert_stderr --partial 'gp-redact: in:1: not a JSON object'
	assert_output '{"type":"comment","id":"1","text":"[почта]","redacted":[{"kind":"email","count":1}]}'
	run sh -c 'gp-redact in >/dev/full 2>&1'
	assert_failure 74
}

@test "redact: the records of a rehearsal stay sound" {
	export GP_CONFIG=/dev/null
	gp-sim -- sh -c 'gp-fetch --all --rate 0 "$GP_SIM_URL/s/zarechny_adm"' >in
	gp-redact in >out
	run "$GP_TESTS/schema.py" <out
	assert_success
	run sh -c 'gp-redact out | cmp - out'
	assert_success
	run sh -c 'wc -l <in; wc -l <out'
	assert_equal "${lines[0]}" "${lines[1]}"
}
