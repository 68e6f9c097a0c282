#!/usr/bin/env bats
# gp-check: records in, the same records with findings out.
load ../lib

standard=$GP_SRC/lib/data/standard.yaml

r() { # TEXT [MEMBERS]
	printf '{"type":"reply","id":"reply:vk:-1/2/3","network":"vk","page":"vk:-1","to":"vk:-1/2/3","text":"%s"%s}\n' "$1" "${2:-}"
}

p() { # ID AT [PAGE]
	printf '{"type":"post","id":"vk:-1/%s","network":"vk","page":"%s","at":"%s","text":"x"}\n' "$1" "${3:-vk:-1}" "$2"
}

check() {
	run --separate-stderr gp-check "$@"
}

own() {
	cat >own.yaml
}

@test "check: a good answer passes byte by byte" {
	printf '{ "type":"reply" ,"n":1.50,"text":"Анна, здравствуйте! Яму засыпали вчера, работала бригада Ивана Чуркина.","x":{"b":1} }\n' >in
	check in
	assert_success
	assert_output "$(cat in)"
	assert_stderr ''
}

@test "check: a finding says rule, level, place, words, why and better" {
	r 'Анна, здравствуйте!\n😀 Воду дадут {{когда}}, работает водоканал.' >in
	check --only answer.hole in
	assert_failure 1
	assert_stderr ''
	assert_output '{"type":"reply","id":"reply:vk:-1/2/3","network":"vk","page":"vk:-1","to":"vk:-1/2/3","text":"Анна, здравствуйте!\n😀 Воду дадут {{когда}}, работает водоканал.","findings":[{"level":"error","rule":"answer.hole","message":"Осталось незаполненное место","from":33,"length":9,"line":2,"words":"{{когда}}","why":"Ответ с заготовкой вместо слов нельзя отправлять.","better":"Впишите то, что должно там стоять."}]}'
}

@test "check: from and length cut the words out of the text, as jq counts" {
	"$GP_TESTS/check_score.py" gp-check answer --records \
		"$GP_TESTS"/fixtures/check/replies*.txt >in
	# letters of other scripts, stress marks and invisible characters too
	r 'а́ﬁ​ Осуществля́ется ремо́нт, ОСУЩЕСТВЛЯЕТСЯ осyществляется' >>in
	# shellcheck disable=SC2016
	run --separate-stderr sh -c 'gp-check in | jq -c ".text as \$t |
		(.findings // [])[] | select(.from) |
		select(\$t[.from:.from + .length] != .words)"'
	assert_success
	assert_output ''
	run sh -c 'gp-check in | jq -c "(.findings // [])[] | select(.from)" | wc -l'
	assert [ "$output" -gt 90 ]
	run sh -c 'tail -n 1 in | gp-check --only answer.officialese |
		jq -c "[.findings[].words]"'
	assert_output '["Осуществля́ется","ОСУЩЕСТВЛЯЕТСЯ","осyществляется"]'
}

@test "check: a finding without a place has no from" {
	r 'Яму засыпали вчера, работала бригада Ивана Чуркина.' >in
	check --jq '.findings[] | [.rule, .from]' in
	assert_success
	assert_output '["answer.greeting",null]'
}

@test "check: findings of before go, others come" {
	r 'Анна, здравствуйте! Яму засыпали вчера, работала бригада Ивана Чуркина.' \
		',"findings":[{"level":"error","rule":"x","message":"y"}],"z":1' >in
	check in
	assert_success
	refute_output --partial findings
	assert_output --partial '"z":1}'
	r 'Яму засыпали вчера, работала бригада Чуркина, фото ниже.' \
		',"findings":[{"level":"error","rule":"x","message":"y"}],"z":1' >in
	gp-check in >once
	check once
	assert_success
	assert_output "$(cat once)"
	run jq -c '[.findings[].rule]' once
	assert_output '["answer.greeting"]'
}

@test "check: other records pass as they were read" {
	printf '%s\n' '{"type":"comment","text":"ПРИМИТЕ МЕРЫ НАКОНЕЦ УЖЕ!!!"}' \
		'{ "type":"weather" }' '{"type":"post","deleted":true,"id":"vk:-1/5"}' \
		'{"type":"post","service":"pinned a photo"}' >in
	check in
	assert_success
	assert_output "$(cat in)"
}

@test "check: --official judges what the page itself wrote" {
	echo '{"type":"comment","id":"vk:-1/2/4","author":{"official":true},"text":"Вопрос на контроле."}' >in
	check in
	assert_output "$(cat in)"
	check --official --jq '[.findings[].rule]' in
	assert_success
	assert_output '["answer.control","answer.greeting","answer.short"]'
}

@test "check: --only-findings prints findings as records" {
	r 'Анна, здравствуйте! Вопрос взят на контроль администрации.' >in
	check --only-findings in
	assert_success
	assert_output '{"type":"finding","network":"vk","page":"vk:-1","of":"reply:vk:-1/2/3","level":"warning","rule":"answer.control","message":"«На контроле» вместо срока","from":32,"length":11,"line":1,"words":"на контроль","why":"Контроль ничего не чинит; человеку нужен день и имя.","better":"«До 14 ноября лампы заменит „Горсвет“, проверит Ирина Белая»."}'
}

@test "check: --format table is for people" {
	r 'Анна, здравствуйте! Вопрос взят на контроль администрации.' >in
	check --only-findings --format table --width 120 in
	assert_success
	assert_stderr ''
	assert_line --index 0 --partial 'уровень'
	assert_line --partial 'внимание'
	assert_line --partial 'на контроль'
	check --only-findings --format table --lang en --width 120 in
	assert_line --index 0 --partial 'what is wrong'
	assert_line --partial 'warning'
	check --only-findings --format csv in
	assert_line --partial 'answer.control'
	: >in
	check --only-findings --format table in
	assert_success
	assert_output 'Замечаний нет'
}

@test "check: words of a text cannot steer a terminal" {
	own <<-'END'
		standard: 1
		rules: [{id: a, for: [answer], level: note, title: t, patterns: [{re: 'x.*y'}]}]
	END
	r 'x\u001b[31m\ty' >in
	check -s own.yaml --only-findings --format table in
	assert_success
	refute_output --partial $'\e'
}

@test "check: --strict holds back what has errors, and says so" {
	{
		r 'Анна, здравствуйте! Воду дадут сегодня в 18:00, работает водоканал.'
		r 'Анна, здравствуйте! Воду дадут {{когда}}, работает {{кто}}.'
	} >in
	check --strict --reject bad in
	assert_failure 1
	assert_output "$(head -n 1 in)"
	assert_stderr "gp-check: in:2: held back: 2 errors in 'reply:vk:-1/2/3'"
	run jq -c '[.line]' bad
	assert_output '[2]'
}

@test "check: warnings are no reason to fail" {
	r 'Анна, здравствуйте! Вопрос взят на контроль администрации.' >in
	check --strict in
	assert_success
	assert_output --partial answer.control
}

@test "check: what is no record is refused, the rest goes through" {
	printf '%s\n' '{' '{"type":"weather"}' >in
	check in
	assert_failure 1
	assert_output '{"type":"weather"}'
	assert_stderr --partial 'gp-check: in:1: not JSON'
}

@test "check: drafts may have holes, replies may not" {
	r 'Анна, здравствуйте! Воду дадут {{когда}}, работает водоканал.' |
		sed 's/"reply"/"draft"/' >in
	check --jq '.findings[] | [.level, .rule]' in
	assert_success
	assert_output '["note","answer.hole-draft"]'
}

@test "check: personal data matter in public only" {
	text='Анна, здравствуйте! Заявку по адресу Мира, 14, кв. 37 закрыли вчера, работал слесарь.'
	r "$text" ',"to_type":"comment"' >in
	check --jq '.findings[] | [.level, .rule, .words]' in
	assert_failure 1
	assert_output '["error","answer.personal","37"]'
	r "$text" ',"to_type":"message"' >in
	check in
	assert_success
	assert_output "$(cat in)"
}

@test "check: --allow takes what is ours for no personal data" {
	printf 'inn: ["500100732259"]\n' >ours.yaml
	r 'Анна, здравствуйте! Платите вчера выданной квитанцией, ИНН 500100732259, бухгалтер отдела.' >in
	check --only answer.personal in
	assert_failure 1
	check --only answer.personal --allow ours.yaml in
	assert_success
	printf 'shoes: [1]\n' >ours.yaml
	check --allow ours.yaml in
	assert_failure 78
	assert_stderr "gp-check: ours.yaml:1:1: 'shoes' is no kind"
}

@test "check: a promise is excused by a day beside it, not far away" {
	{
		r 'Анна, здравствуйте! Примем меры. Приедут 5 ноября, мастер Лапин.'
		r 'Анна, здравствуйте! Примем меры. Дом старый. Труба тоже. Приедут 5 ноября, мастер Лапин.'
	} >in
	check --only answer.promise --jq '[(.findings // [])[].rule]' in
	assert_success
	assert_output '[]
["answer.promise"]'
}

@test "check: abbreviations end no sentence" {
	own <<-'END'
		standard: 1
		rules: [{id: long, for: [answer], level: note, title: t, measure: sentence, over: 9}]
	END
	{
		r 'На ул. Мира, д. 5 работает И. И. Лапин, тел. 2-14-05, с 8.30.'
		r 'На улице Мира. Дом 5. Там работает. Лапин. Звоните! Ждём?'
	} >in
	check -s own.yaml --jq '[(.findings // [])[].value]' in
	assert_success
	assert_output '[16]
[]'
}

@test "check: posts a week are counted back from now, whole weeks only" {
	{
		p 1 2026-10-10T09:00:00Z
		p 2 2026-10-11T09:00:00Z
		p 3 2026-10-12T09:00:00Z
		p 7 2026-10-13T09:00:00Z
		p 4 2026-10-25T09:00:00Z
		p 5 2026-10-26T09:00:00Z
		p 5 2026-10-26T09:00:00Z
		p 6 2026-10-27T09:00:00Z
	} | shuf --random-source=<(yes) >in
	for j in 1 2; do
		check -j "$j" --only post.week --only-findings --zone UTC in
		assert_success
		assert_output '{"type":"finding","network":"vk","page":"vk:-1","of":"vk:-1","level":"warning","rule":"post.week","message":"Мало постов за неделю","period":{"from":"2026-10-17T15:00:00Z","to":"2026-10-24T15:00:00Z"},"value":0,"limit":3,"why":"Страница, где пишут реже трёх раз в неделю, считается неживой.","better":"Не меньше трёх в неделю, в разные дни."}'
	done
}

@test "check: a page without posts is told of where the span is given" {
	echo '{"type":"page","id":"vk:-2","network":"vk","page":"vk:-2","seen":"2026-10-31T15:00:00Z"}' >in
	check --only post.week --only-findings in
	assert_output ''
	check --only post.week --only-findings --since 7d --jq '[.of, .value]' in
	assert_success
	assert_output '["vk:-2",0]'
}

@test "check: posts a day by the zone, and two within a minute" {
	{
		for i in 1 2 3 4 5 6 7 8 9; do p $i "2026-10-30T1$i:00:00Z"; done
		p 20 2026-10-30T19:00:59Z vk:-3
		p 21 2026-10-30T19:01:58Z vk:-3
		p 22 2026-10-30T19:02:58Z vk:-3
	} >in
	check --only post.day,post.between --only-findings --zone UTC \
		--jq '[.of, .rule, .day, .at, .value]' in
	assert_success
	assert_output '["vk:-1","post.day","2026-10-30",null,9]
["vk:-1/21","post.between",null,"2026-10-30T19:01:58Z",59]'
	check --only post.day,post.between --only-findings --zone +05:00 \
		--jq '.of' in
	assert_output '"vk:-1/21"'
}

@test "check: findings over all posts come behind the records" {
	{
		p 1 2026-10-30T19:00:00Z
		p 2 2026-10-30T19:00:30Z
	} >in
	check --only post.between in
	assert_success
	assert_line --index 0 "$(head -n 1 in)"
	assert_line --index 1 "$(tail -n 1 in)"
	assert_line --index 2 --partial '"type":"finding"'
}

@test "check: of a page, what is missing and what is not known" {
	cat >in <<-'END'
		{"type":"page","id":"vk:-1","network":"vk","page":"vk:-1","title":"Округ","about":"Официальная страница округа. Приём по средам, звоните 8 (84862) 2-14-05, lugovoe.ru","address":"Мира, 1","verified":true}
		{"type":"page","id":"telegram:adm","network":"telegram","page":"telegram:adm","title":"Округ"}
	END
	check --skip 'post.*' --jq '[.findings[] | "\(.level) \(.rule)"]' in
	assert_failure 1
	assert_output '["note page.email","unknown page.avatar","unknown page.cover","unknown page.comments","unknown page.messages","unknown page.widget"]
["error page.about","note page.about-short","unknown page.address","warning page.phone","note page.email","warning page.site","warning page.verified","unknown page.avatar","unknown page.cover","unknown page.comments","unknown page.messages","unknown page.widget"]'
}

@test "check: alt texts and pictures of a post" {
	echo '{"type":"post","id":"vk:-1/1","network":"vk","page":"vk:-1","at":"2026-10-30T19:00:00Z","text":"Каток открыт с десяти до десяти, приходите с детьми. #Спорт","attachments":[{"kind":"photo"},{"kind":"photo","description":"Каток"}]}' >in
	check --jq '.findings[] | [.rule, .value]' in
	assert_success
	assert_output '["post.alt",1]'
}

@test "check: rubrics are judged when a standard names them" {
	printf 'standard: 1\nextends: shipped\nrubrics: [Спорт, ЖКХ]\n' >own.yaml
	for tag in Спорт Погода; do
		echo '{"type":"post","id":"vk:-1/1","text":"Каток открыт #'"$tag"'"}'
	done >in
	check -s own.yaml --only post.rubric --jq '[(.findings // [])[].rule]' in
	assert_success
	assert_output '[]
["post.rubric"]'
}

@test "check: a standard of your own takes the place, or extends" {
	own <<-'END'
		standard: 1
		rules:
		  - {id: mine, for: [answer], level: error, title: Моё, any: [кабачк*], better: тыква}
	END
	r 'Про кабачки {{имя}}' >in
	check -s own.yaml --jq '[.findings[].rule]' in
	assert_failure 1
	assert_output '["mine"]'
	sed -i 's/^standard: 1/&\nextends: shipped\noff: [answer.hole]/' own.yaml
	check -s own.yaml --jq '[.findings[].rule]' in
	assert_output '["mine","answer.greeting","answer.short"]'
	cat >more.yaml <<-'END'
		standard: 1
		rules:
		  - {id: mine, for: [answer], level: note, title: Иначе, any: [морковь]}
	END
	check -s own.yaml -s more.yaml --jq '[.findings[].rule]' in
	assert_success
	assert_output '["answer.greeting","answer.short"]'
}

@test "check: a pattern that would run for ever is given up" {
	own <<-'END'
		standard: 1
		rules: [{id: slow, for: [answer], level: note, title: t, patterns: [{re: '(?:а+)+$'}]}]
	END
	r "$(printf 'а%.0s' $(seq 300))б" >in
	run --separate-stderr timeout 5 gp-check -s own.yaml in
	assert_success
	assert_output "$(cat in)"
}

@test "check: what is wrong in a standard is told with its place" {
	while IFS='|' read -r rule said; do
		printf 'standard: 1\nfacts: {day: {any: [завтра]}}\nrules:\n  - {id: a, for: [answer], level: note, title: t, %s}\n' "$rule" >own.yaml
		check -s own.yaml --rules
		assert_failure 78
		assert_stderr "gp-check: own.yaml:4:$said"
	done <<-'END'
		any: [а & б в]|57: term 'а & б в': a side of & must be one word
		any: ["?"]|57: term '?': marks, links and telephones need a pattern
		patterns: [{re: '(x'}]|67: pattern: missing closing parenthesis at offset 2 of '(x'
		any: [да], without: [night]|10: 'night' is no fact
		measure: weight, over: 1|10: 'weight' is no measure
		measure: length|10: a measure needs 'over' or 'under'
		measure: length, over: -1|74: a whole number is wanted
		measure: posts_a_week, under: 1|10: 'posts_a_week' is of posts
		personal: [shoes]|10: 'shoes' is no kind of personal data
		why: nothing|10: the rule 'a' needs one of 'any' (with 'patterns'), 'missing', 'measure', 'personal' and 'member'
		any: [да], measure: length, over: 1|10: the rule 'a' needs one of 'any' (with 'patterns'), 'missing', 'measure', 'personal' and 'member'
	END
}

@test "check: --rules lists what is judged" {
	check --rules --jq 'select(.rule == "answer.hole") | [.level, .for, .message]'
	assert_success
	assert_output '["error","reply","Осталось незаполненное место"]'
	check --rules --only 'page.*' --format table --width 100
	assert_success
	assert_line --index 0 --partial 'правило'
	assert_line --partial 'page.phone'
	refute_line --partial 'post.week'
	check --rules --only nothing
	assert_failure 64
	assert_stderr "gp-check: --only: there is no rule 'nothing'"
}

@test "check: every rule says why, or what is better" {
	run --separate-stderr gp-check --rules --jq \
		'select((.why // .better) == null and .level != "note") | .rule'
	assert_success
	assert_output ''
	run grep -c '  - id:\|  - {id:' "$standard"
	assert [ "$output" -ge 50 ]
}

@test "check: options that do not go together" {
	check --format table
	assert_failure 64
	check --only-findings --strict
	assert_failure 64
	check --schema -s x.yaml
	assert_failure 64
	check --only-findings --format table --jq .
	assert_failure 64
	check --since when
	assert_failure 64
	assert_stderr "gp-check: --since: 'when' is not an instant"
}

@test "check: threads keep the order and the verdicts" {
	"$GP_TESTS/check_score.py" gp-check answer --records \
		"$GP_TESTS"/fixtures/check/replies*.txt >one
	for _ in $(seq 40); do cat one; done >in
	gp-check in >by1 || [ $? = 1 ]
	gp-check -j 4 in >by4 || [ $? = 1 ]
	cmp by1 by4
}

@test "check: no input, no output; a full disk is an error" {
	: >in
	check in
	assert_success
	assert_output ''
	r 'Работаем.' >in
	run --separate-stderr sh -c 'gp-check in >/dev/full'
	assert_failure 74
}
