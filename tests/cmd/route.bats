#!/usr/bin/env bats
# gp-route: who answers, by when, why; what passes; how rules are proven.
load ../lib

setup() {
	gp_setup
	cat >places.yaml <<'EOF'
gazetteer: 1
places:
  - name: Заречный район
    kind: district
    places:
      - {name: Заречинск, streets: [Садовая, Ленина, "8 Марта",
          переулок Садовый, {name: Мира, bare: no}, Большая Луговая]}
      - {name: Лосиный Лог, streets: [Садовая, Полевая]}
      - {name: Елец, streets: [Победы]}
      - {name: Южный, kind: area}
  - {name: Кривые Вязы, streets: [Полевая]}
EOF
	cat >routes.yaml <<'EOF'
routes: 1
zone: Europe/Moscow
schedule: office
term: usual
places: places.yaml
skip: [thanks]
schedules:
  office: {weekdays: "09:00-13:00, 14:00-18:00"}
  duty: {always: yes}
terms:
  usual: {first: 9 working hours, important: quick,
    final: {term: 7 working days, from: first, cap: 30 days}}
  quick: {title: быстрый, first: 4 working hours}
  law: {final: {term: 30 days, from: registered, last: previous}}
important:
  - {kind: danger}
  - {words: [инвалид*]}
assignees:
  roads: Дороги
  water: Водоканал
  log: {title: Лог, same_as: roads}
  press: Пресс-служба
rules:
  - {name: снег в Логу, place: Лосиный Лог, words: [снег, наледь], to: log}
  - {name: ямы, topic: Ямы, to: roads}
  - {name: вода, group: [Вода, ЖКХ], to: water, term: law}
  - {name: страница, page: "vk:-5", to: press, important: yes}
default: {to: press}
EOF
}

# c ID TEXT [CLASS] [MEMBERS]: a comment of Friday 30 October, 20:15 Moscow.
c() {
	printf '{"type":"comment","id":"%s","page":"vk:-1","at":"2026-10-30T17:15:00Z","author":{"id":"1","official":false},"text":"%s","class":{%s}%s}\n' \
		"$1" "$2" "${3:-}" "${4:-}"
}

route() {
	run --separate-stderr gp-route -r routes.yaml "$@"
}

@test "an appeal gets route and due, all else of it stays as it was" {
	printf '{ "type":"comment","n":1.50 ,"at":"2026-10-30T20:15:00+03:00","text":"Яма","class":{"topic":"Ямы"},"x":{"b":1} }\n' >in
	route in
	assert_success
	assert_stderr ''
	assert_output '{ "type":"comment","n":1.50 ,"at":"2026-10-30T20:15:00+03:00","text":"Яма","class":{"topic":"Ямы"},"x":{"b":1} ,"route":{"assignee":"roads","rule":"routes.yaml/ямы"},"due":{"first":"2026-11-03T07:00:00Z","final":"2026-11-13T15:00:00Z","rule":"routes.yaml/usual","calendar":"russia","why":["первый ответ: 9 рабочих часов, срок «usual»","отсчёт от поступления: пт 30.10.2026 20:15 (Europe/Moscow)","нерабочее время, отсчёт с пн 02.11.2026 09:00","считаем: пн 02.11.2026 09:00-13:00, 14:00-18:00 = 8 ч; вт 03.11.2026 (короткий) 09:00-10:00 = 1 ч","не рабочие: сб 31.10.2026 - вс 01.11.2026 (выходной)","срок до вт 03.11.2026 10:00","окончательный ответ: 7 рабочих дней, но не позже 30 дней, срок «usual»","отсчёт от срока первого ответа: вт 03.11.2026 10:00","день отсчёта вт 03.11.2026 не входит; последний рабочий день срока пт 13.11.2026","не рабочие: ср 04.11.2026 (День народного единства), сб 07.11.2026 - вс 08.11.2026 (выходной)","срок до пт 13.11.2026 18:00","календарь: Россия, 2026: Постановление Правительства РФ от 24.09.2025 № 1466"]}}'
}

@test "routing twice changes nothing" {
	{
		c 1 'Яма на улице Садовой' '"topic":"Ямы"'
		c 2 'Нет воды' '"group":"Вода"'
		c 3 'Снег в Лосином Логу, я инвалид'
		echo '{"type":"post","text":"Яма"}'
	} >in
	gp-route -r routes.yaml in >once
	gp-route -r routes.yaml once >twice
	cmp once twice
	[ "$(grep -c '"due"' once)" -eq 3 ]
	GP_NOW=2030-01-01T00:00:00Z gp-route -r routes.yaml in >later
	cmp once later
}

@test "what is no appeal passes byte for byte" {
	cat >in <<'EOF'
{"type":"post","at":"2026-10-30T17:15:00Z","class":{"topic":"Ямы"}}
{"type" : "comment", "author":{"official":true}, "at":"x", "class":{"topic":"Ямы"}}
{"type":"comment","deleted":true,"at":"2026-10-30T17:15:00Z","class":{"topic":"Ямы"}}
{"type":"message","at":"2026-10-30T17:15:00Z","class":{"kind":"thanks"}}
{"type":"wonder","n":1e2}
{"type":"comment","at":"2026-10-30T17:15:00Z","route":{"by":"person"},"due":{"by":"person"}}
EOF
	route in
	assert_success
	assert_stderr ''
	assert_output "$(cat in)"
}

@test "escapes in names, in the type and in keys are undone" {
	printf '{"\\u0074ype":"comm\\u0065nt","at":"2026-10-30T17:15:00Z","class":{"topic":"\\u042fмы"}}\n' >in
	gp-route -r routes.yaml in >out
	run jq -r .route.rule out
	assert_output routes.yaml/ямы
}

@test "what a person has decided stays, the rest is set" {
	c 1 Яма '"topic":"Ямы"' ',"route":{"assignee":"я","by":"person"},"due":{"first":"x"}' >in
	gp-route -r routes.yaml in >out
	run jq -c '[.route, .due.first]' out
	assert_output '[{"assignee":"я","by":"person"},"2026-11-03T07:00:00Z"]'
	gp-route -r routes.yaml --again in >out
	run jq -c .route out
	assert_output '{"assignee":"roads","rule":"routes.yaml/ямы"}'
	c 1 Яма '"topic":"Ямы"' ',"due":{"first":"x","by":"person"}' >in
	gp-route -r routes.yaml in >out
	run jq -c '[.route.assignee, .due]' out
	assert_output '["roads",{"first":"x","by":"person"}]'
}

@test "rules: the first match, same_as, defaults, pages, importance" {
	{
		c 1 'Уберите наледь в Лосином Логу' '"topic":"Ямы"'
		c 2 'Уберите наледь' '"topic":"Ямы"'
		c 3 'Воды нет' '"group":"ЖКХ","kind":"complaint"'
		c 4 'Просто так'
		c 5 'Просто так' '"kind":"danger"'
		c 6 'Мама инвалидом стала' '"topic":"Ямы"'
		c 7 'Просто так' | sed 's/vk:-1/vk:-5/'
	} | gp-route -r routes.yaml >out
	run jq -r '[.id, .route.assignee, .route.rule, .due.rule, .due.important // false] | @tsv' out
	assert_output "$(printf '%s\t%s\t%s\t%s\t%s\n' \
		1 roads 'routes.yaml/снег в Логу' routes.yaml/usual false \
		2 roads routes.yaml/ямы routes.yaml/usual false \
		3 water routes.yaml/вода routes.yaml/law false \
		4 press routes.yaml/default routes.yaml/usual false \
		5 press routes.yaml/default routes.yaml/quick true \
		6 roads routes.yaml/ямы routes.yaml/quick true \
		7 press routes.yaml/страница routes.yaml/quick true)"
}

@test "terms: from registration; without it from its coming, and that is said" {
	c 1 'Воды нет' '"group":"Вода"' ',"registered":"2026-11-02T06:00:00Z"' >in
	c 2 'Воды нет' '"group":"Вода"' >>in
	gp-route -r routes.yaml in >out
	# 2 December is a Wednesday; 29 November a Sunday: the Friday before
	run jq -r '[.due.final, .due.why[1]] | @tsv' out
	assert_output "$(printf '%s\t%s\n' \
		2026-12-02T15:00:00Z 'отсчёт от регистрации: пн 02.11.2026 09:00 (Europe/Moscow)' \
		2026-11-27T15:00:00Z 'отсчёт от поступления: пт 30.10.2026 20:15 (Europe/Moscow); дата регистрации не сказана')"
}

@test "the steps in English" {
	c 1 Яма '"topic":"Ямы","kind":"danger"' >in
	gp-route -r routes.yaml --lang en in >out
	run jq -r '.due.why[]' out
	assert_output "first answer: 4 working hours, term 'быстрый', important
counted from its coming: Fri 30.10.2026 20:15 (Europe/Moscow)
outside working hours, counted from Mon 02.11.2026 09:00
count: Mon 02.11.2026 09:00-13:00 = 4 h
not worked: Sat 31.10.2026 - Sun 01.11.2026 (day off)
due by Mon 02.11.2026 13:00
calendar: Россия, 2026: Постановление Правительства РФ от 24.09.2025 № 1466"
}

@test "the cap is told, and how it would have been" {
	sed -i 's/cap: 30 days/cap: 5 days/' routes.yaml
	c 1 Яма '"topic":"Ямы"' >in
	gp-route -r routes.yaml in >out
	run jq -r '.due.final, .due.why[-3], .due.why[-2]' out
	# five days behind Tuesday 3 November is Sunday the 8th
	assert_output '2026-11-06T15:00:00Z
вышло бы пт 13.11.2026 18:00, но не позже 5 дней
срок до пт 06.11.2026 18:00'
}

@test "many days are told to their end" {
	sed -i 's/9 working hours/72 working hours/' routes.yaml
	c 1 Яма '"topic":"Ямы"' >in
	gp-route -r routes.yaml in >out
	run jq -r '.due.first, .due.why[3], .due.why[4]' out
	# 8 7 8 8 8 8 in the six days shown, 25 hours in four more
	assert_output --partial '; пн 09.11.2026 09:00-13:00, 14:00-18:00 = 8 ч; вт 10.11.2026 09:00-13:00, 14:00-18:00 = 8 ч; и дальше ещё 25 ч'
	assert_line --index 0 2026-11-16T07:00:00Z
}

@test "New Year is told day by day" {
	c 1 Яма '"topic":"Ямы","kind":"danger"' | sed 's/2026-10-30T17:15:00Z/2026-12-30T14:00:00Z/' >in
	gp-route -r routes.yaml in >out
	run jq -r '.due.first, .due.why[2], .due.why[3], .due.why[-1]' out
	assert_output '2027-01-11T09:00:00Z
считаем: ср 30.12.2026 17:00-18:00 = 1 ч; пн 11.01.2027 09:00-12:00 = 3 ч
не рабочие: чт 31.12.2026 (выходной, перенесён с вс 04.01.2026), пт 01.01.2027 (Новый год), сб 02.01.2027 - ср 06.01.2027 (Новогодние каникулы), чт 07.01.2027 (Рождество Христово), пт 08.01.2027 (Новогодние каникулы), сб 09.01.2027 - вс 10.01.2027 (выходной)
календарь: Россия, 2026: Постановление Правительства РФ от 24.09.2025 № 1466, 2027: номер акта не известен; дни по github.com/xmlcalendar/data, ru/2027'
}

@test "a missing year is an error that names year and file" {
	c 1 Яма '"topic":"Ямы"' | sed 's/2026-10-30/2027-12-30/' >in
	c 2 Яма '"topic":"Ямы"' >>in
	route --reject bad in
	assert_failure 1
	assert_stderr "gp-route: in:1: no calendar of 2028: calendar-2028.yaml is neither beside the rules nor among the data (calendar 'russia')"
	[ "${#lines[@]}" -eq 1 ]
	[ "$(jq -r .line bad)" -eq 1 ]
	# a calendar beside the rules makes it good
	sed -e 's/2026/2028/; /^norm/d; /^moved/,/^short/d' \
		"$GP_SRC/lib/data/calendar-2026.yaml" >calendar-2028.yaml
	route in
	assert_success
	assert_stderr ''
	assert_output --partial '"first":"2028-01-11T'
}

@test "times that are none are refused" {
	printf '%s\n' '{"type":"comment","at":"yesterday"}' '{"type":"comment"}' \
		'{"type":"comment","at":"2026-10-30T17:15:00Z","registered":5}' >in
	route in
	assert_failure 1
	assert_output ''
	assert_stderr "gp-route: in:1: 'at' is not an instant: \"yesterday\"
gp-route: in:2: there is no 'at': no term can run
gp-route: in:3: 'registered' is not an instant: 5"
	route --strict in
	assert_failure 65
}

@test "threads: the same, in order" {
	for i in $(seq 400); do
		c "$i" "Яма на Садовой $i" '"topic":"Ямы"'
	done >in
	gp-route -r routes.yaml in >one
	gp-route -r routes.yaml -j 4 in >four
	cmp one four
}

@test "a full disk is an error" {
	c 1 Яма >in
	run --separate-stderr sh -c 'gp-route -r routes.yaml in >/dev/full'
	assert_failure 74
}

@test "places: inflection, homonyms, streets and houses" {
	cat >want <<'EOF'
Яма на улице Садовой в Лосином Логу|Лосиный Лог, ул. Садовая
в лосином логу на садовой 5 темно|Лосиный Лог, ул. Садовая
Садовая, дом 5, Заречинск|Заречинск, ул. Садовая
Яма на улице Садовой|Заречный район
ул. Ленина, 5|Заречинск, ул. Ленина
ленина 5а нет света|Заречинск, ул. Ленина
на Ленина яма|Заречинск, ул. Ленина
улица В.И. Ленина|Заречинск, ул. Ленина
улица имени Ленина|Заречинск, ул. Ленина
УЛИЦА ЛЕНИНА|Заречинск, ул. Ленина
памятник Ленину облез|
Ленина не читали|
на 8 Марта прорвало|
по улице 8 Марта прорвало|Заречинск, ул. 8 Марта
8 Марта, 12|Заречинск, ул. 8 Марта
в переулке Садовом яма|Заречинск, переулок Садовый
пер. Садовый 3|Заречинск, переулок Садовый
чемпионат мира по футболу|
на Мира 5|
улица Мира, 5|Заречинск, ул. Мира
на Большой Луговой темно|Заречинск, ул. Большая Луговая
на Малой Луговой темно|
в Заречинске нет воды|Заречинск
из Заречинска не уехать|Заречинск
г. Заречинск|Заречинск
в Ельце нет газа|Елец
под Ельцом|Елец
Елец, ул Победы, д. 3|Елец, ул. Победы
день Победы 9 мая|
жители Заречного района|Заречный район
Заречный хороший|
мкр Южный без воды|Южный
улица Полевая в Кривых Вязах|Кривые Вязы, ул. Полевая
Полевая улица|
улица Полевая в Заречинске|Заречинск
едем из Кривых Вязов на ул. Полевую в Лосином Логу|Лосиный Лог, ул. Полевая
проспект Ленина|
ул.Ленина|Заречинск, ул. Ленина
село Лосиный Лог|Лосиный Лог
EOF
	while IFS='|' read -r text _; do c "$text" "$text"; done <want >in
	gp-route -r routes.yaml in | jq -r '"\(.id)|\(.route.place // "")"' >got
	run diff want got
	assert_output ''
}

@test "places: the centre's home tells homonyms apart" {
	cat >>routes.yaml <<'EOF'
centres:
  log: {pages: ["vk:-1"], home: Лосиный Лог}
EOF
	c 1 'Яма на улице Садовой' >in
	gp-route -r routes.yaml in >out
	run jq -c '[.route.place, .route.centre]' out
	assert_output '["Лосиный Лог, ул. Садовая","log"]'
}

@test "best match: the most exact one, ties are told" {
	sed -i 's/^rules:/match: best\nrules:/' routes.yaml
	sed -i 's/^default:/  - {name: снег, words: снег, to: press}\n  - {name: лёд, words: лёд, to: water}\n  - {name: Садовая, place: Лосиный Лог\/Садовая, to: log}\ndefault:/' routes.yaml
	{
		c 1 'Снег на улице Садовой в Лосином Логу'
		c 2 'Снег на улице Полевой в Лосином Логу'
		c 3 'Улица Садовая, Лосиный Лог' '"topic":"Ямы"'
		c 4 'Снег и лёд'
	} | gp-route -r routes.yaml >out
	run jq -c '[.route.rule, .route.ties]' out
	# a place in a settlement 70 and words 40; a street 90; a topic 100
	assert_output '["routes.yaml/снег в Логу",null]
["routes.yaml/снег в Логу",null]
["routes.yaml/ямы",null]
["routes.yaml/снег",["routes.yaml/лёд"]]'
}

@test "centres: pages, hours, days, rules and zones of their own; redirects" {
	cat >>routes.yaml <<'EOF'
calendars:
  republic:
    title: Республика
    act: Закон республики № 1-З
    holidays: {2026-11-02: День республики}
    short: ["2026-11-05"]
  county: {base: republic, act: Решение, holidays: {2026-11-03: День уезда}}
centres:
  east: {pages: ["vk:-2"], zone: Asia/Kamchatka}
  south:
    title: Юг
    pages: ["vk:-3"]
    calendar: republic
    rules: [{name: ямы юга, topic: Ямы, to: water},
      {name: трассы, words: трасса, redirect: chief}]
  county: {pages: ["vk:-6"], calendar: county}
  chief:
    schedule: duty
    term: quick
    rules: [{name: трассы главные, group: Дороги, to: log}]
    default: {to: press}
EOF
	{
		c 1 Яма '"topic":"Ямы"' | sed 's/vk:-1/vk:-2/'
		c 2 Яма '"topic":"Ямы"' | sed 's/vk:-1/vk:-3/'
		c 3 'На трассе' '"group":"Дороги"' | sed 's/vk:-1/vk:-3/'
		c 4 'На трассе' | sed 's/vk:-1/vk:-3/'
		c 5 'Вода' '"group":"Вода"' | sed 's/vk:-1/vk:-3/'
		c 6 Яма '"topic":"Ямы"' | sed 's/vk:-1/vk:-6/'
	} | gp-route -r routes.yaml >out
	run jq -c '[.route.assignee, .route.centre, .route.rule, .due.first // .due.final, .due.calendar]' out
	# east: 05:15 of Saturday there, nine hours from Monday 09:00 local
	# south: Monday is the republic's day: 7 hours of Tuesday, 2 of Thursday
	# county: Tuesday is off too: Thursday (short, 7 hours), Friday 11:00
	assert_output '["roads","east","routes.yaml/ямы","2026-11-02T22:00:00Z","russia"]
["water","south","routes.yaml/ямы юга","2026-11-05T08:00:00Z","republic"]
["roads","chief","routes.yaml/трассы главные","2026-10-30T21:15:00Z","always"]
["press","chief","routes.yaml/chief/default","2026-10-30T21:15:00Z","always"]
["water","south","routes.yaml/вода","2026-11-27T15:00:00Z","republic"]
["roads","county","routes.yaml/ямы","2026-11-06T08:00:00Z","county"]'
	run jq -r 'select(.id == "2") | .due.why | .[4], .[-1]' out
	assert_output 'не рабочие: сб 31.10.2026 - вс 01.11.2026 (выходной), пн 02.11.2026 (День республики), ср 04.11.2026 (День народного единства)
календарь: Республика, 2026: Постановление Правительства РФ от 24.09.2025 № 1466; Закон республики № 1-З'
	run gp-route --check routes.yaml -t "$GP_SRC/lib/data/taxonomy.yaml"
	refute_output --partial loop
}

@test "rules in several files" {
	cat >more.yaml <<'EOF'
routes: 1
assignees: {gas: Газ}
rules: [{name: газ, group: Газ, to: gas}]
EOF
	echo 'include: [more.yaml]' >>routes.yaml
	c 1 'Газ' '"group":"Газ"' >in
	gp-route -r routes.yaml in >out
	run jq -c '[.route.assignee, .route.rule]' out
	assert_output '["gas","more.yaml/газ"]'
}

@test "explain: the trail of one record" {
	c 'vk:-1/2' 'Яма' '"topic":"Ямы","kind":"complaint"' >in
	c 'vk:-1/3' 'Яма' >>in
	route --explain vk:-1/2 -f table in
	assert_success
	assert_stderr ''
	assert_output 'Шаг               Что
запись            vk:-1/2
страница          vk:-1
вид               complaint
тема              Ямы
правило не взято  routes.yaml/снег в Логу: место не названо или другое
правило           routes.yaml/ямы (строка 25)
исполнитель       Дороги (roads)
срок              первый ответ: 9 рабочих часов, срок «usual»
срок              отсчёт от поступления: пт 30.10.2026 20:15 (Europe/Moscow)
срок              нерабочее время, отсчёт с пн 02.11.2026 09:00
срок              считаем: пн 02.11.2026 09:00-13:00, 14:00-18:00 = 8 ч; вт 03.11.2026 (короткий) 09:00-10:00 = 1 ч
срок              не рабочие: сб 31.10.2026 - вс 01.11.2026 (выходной)
срок              срок до вт 03.11.2026 10:00
срок              окончательный ответ: 7 рабочих дней, но не позже 30 дней, срок «usual»
срок              отсчёт от срока первого ответа: вт 03.11.2026 10:00
срок              день отсчёта вт 03.11.2026 не входит; последний рабочий день срока пт 13.11.2026
срок              не рабочие: ср 04.11.2026 (День народного единства), сб 07.11.2026 - вс 08.11.2026 (выходной)
срок              срок до пт 13.11.2026 18:00
срок              календарь: Россия, 2026: Постановление Правительства РФ от 24.09.2025 № 1466'
	route --explain vk:-1/2 --lang en in
	assert_success
	assert_line --index 5 '{"type":"figure","report":"route","id":"vk:-1/2","step":"rule","text":"routes.yaml/ямы (line 25)"}'
	route --explain vk:-1/9 in
	assert_failure 65
	assert_output ''
	assert_stderr "gp-route: there is no record 'vk:-1/9'"
}

@test "the config names zone and rules; without any the sample is taken" {
	printf 'zone: Asia/Kamchatka\nroutes: routes.yaml\n' >gp.yaml
	c 1 Яма '"topic":"Ямы"' >in
	gp-route -c gp.yaml in >out
	run jq -r '.due.first, .route.rule' out
	assert_output '2026-11-03T07:00:00Z
routes.yaml/ямы' # the rules have a zone of their own
	sed -i /^zone/d routes.yaml
	GP_CONFIG=gp.yaml gp-route in >out
	run jq -r '.due.first, .due.why[1]' out
	assert_output '2026-11-02T22:00:00Z
отсчёт от поступления: сб 31.10.2026 05:15 (Asia/Kamchatka)'
	run --separate-stderr gp-route in
	assert_success
	assert_stderr ''
	assert_output --partial '"route":{"assignee":"reception","rule":"routes.yaml/default"}'
}

@test "the shipped sample is sound" {
	run --separate-stderr gp-route --check "$GP_SRC/lib/data/routes.yaml"
	assert_success
	assert_stderr ''
	run jq -c '[.years, .errors, .warnings]' <<<"$output"
	assert_output '[[2022,2023,2024,2025,2026,2027],0,0]'
}

@test "the doctor finds the calendar of the year" {
	run --separate-stderr gp-doctor --offline --verbose --format ndjson
	assert_output --partial '"level":"ok","rule":"calendar.year","on":"calendar-2026.yaml"'
}

@test "a played month: routed, then again, and nothing changes" {
	gp-sim -- sh -c 'gp-fetch --since 2026-09-30 "$GP_SIM_URL/s/zarechny_adm"' >posts
	gp-sim --token-file sim.token -- sh -c '
		cat >gp.yaml <<-EOC
		zone: Europe/Moscow
		telegram: {preview: $GP_SIM_URL, api: $GP_SIM_URL}
		pages:
		  district:
		    network: telegram
		    name: zarechny_adm
		    bot: {token: {file: sim.token}, messages: yes}
		EOC
		gp-fetch -c gp.yaml -p district --state d.state' >month
	GP_CONFIG=gp.yaml
	export GP_CONFIG
	gp-classify month | gp-route >once
	gp-classify once | gp-route >twice
	cmp once twice
	# every appeal of a citizen but thanks has an assignee and two terms
	run jq -s 'map(select((.type == "comment" or .type == "message") and
		(.author.official | not) and (.deleted | not) and
		.class.kind != "thanks")) |
		[length > 200, all(.[]; .route.assignee and .due.first and
			.due.final and .due.first <= .due.final and
			.due.first >= .at)]' once
	assert_output '[
  true,
  true
]'
	run jq -s '[.[] | select(.author.official and .route)] | length' once
	assert_output 0
	# and the places of the district are found
	run jq -rs '[.[].route.place // empty] | unique | length > 10' once
	assert_output true
}
