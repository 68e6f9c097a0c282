#!/usr/bin/env bats
# gp-suggest: who gets a draft, what it is made of, what never stands in it.
load ../lib

setup() {
	gp_setup
	cat >t.yaml <<'EOT'
templates: 1
holes: [что, когда, кто, ответ]
slots: {телефон: 2-00-00}
pages:
  "vk:-2": {телефон: 2-22-22}
assignees:
  water: {исполнитель: Водоканал, телефон: 2-11-11}
parts:
  greeting:
    - {if: имя, text: "Здравствуйте, {{имя}}!"}
    - {text: Здравствуйте!}
  matter:
    - {name: интерим, answer: interim, text: "Ответим до {{срок}}."}
    - {name: ямы, answer: final, topic: Ямы, text: "Починим {{когда}}."}
    - {name: дороги, answer: final, group: Дороги, text: "Осмотрели: {{что}}."}
    - {name: вопрос, answer: final, kind: question, text: "{{ответ}}"}
    - {name: общий, answer: final, text: "Читаем."}
  who:
    - {if: исполнитель, text: "Занимается {{исполнитель}}."}
  where:
    - {text: "Телефон {{телефон}}."}
EOT
}

# a ID TEXT [CLASS] [MEMBERS]: an appeal.
a() {
	printf '{"type":"comment","id":"%s","network":"vk","page":"vk:-1","at":"2026-10-30T10:00:00Z","author":{"id":"7","name":"Анна Кузнецова","official":false},"text":"%s","class":{%s}%s}\n' \
		"$1" "$2" "${3:-}" "${4:-}"
}

# w ID PARENT TEXT [MEMBERS]: a word of the page.
w() {
	printf '{"type":"comment","id":"%s","network":"vk","page":"vk:-1","at":"2026-10-30T12:00:00Z","parent":"%s","author":{"id":"-1","official":true},"text":"%s"%s}\n' \
		"$1" "$2" "$3" "${4:-}"
}

suggest() {
	run --separate-stderr gp-suggest -t t.yaml "$@"
}

@test "a draft has all that gp-record(5) says, and nothing is invented" {
	a vk:-1/9/2 'Яма у дома' '"kind":"complaint","group":"Двор","topic":"Ямы","by":"person"' \
		',"post":"vk:-1/9","thread":"vk:-1/9/1","parent":"vk:-1/9/1","url":"https://vk.example/1","route":{"assignee":"water"},"due":{"final":"2026-11-13T15:00:00Z"},"x":1' >in
	suggest in
	assert_success
	assert_stderr ''
	assert_output '{"type":"draft","id":"draft:vk:-1/9/2","network":"vk","page":"vk:-1","at":"2026-10-31T15:00:00Z","to":"vk:-1/9/2","to_type":"comment","post":"vk:-1/9","parent":"vk:-1/9/1","thread":"vk:-1/9/1","appeal":{"text":"Яма у дома","at":"2026-10-30T10:00:00Z","author":{"id":"7","name":"Анна Кузнецова","official":false},"url":"https://vk.example/1"},"class":{"kind":"complaint","group":"Двор","topic":"Ямы","by":"person"},"route":{"assignee":"water"},"due":{"final":"2026-11-13T15:00:00Z"},"text":"Здравствуйте, Анна!\nПочиним {{когда}}. Занимается Водоканал.\nТелефон 2-11-11.","final":true,"origin":["template:greeting/1","template:matter/ямы","template:who/1","template:where/1"],"drafted_by":"gp-suggest","score":0.65}'
	"$GP_TESTS/schema.py" <<<"$output"
}

@test "an interim one promises another, by due.final" {
	a 1 'Яма' '"topic":"Ямы"' ',"due":{"final":"2026-11-13T22:00:00Z"}' >in
	echo 'zone: Europe/Moscow' >gp.yaml
	suggest -c gp.yaml -i --jq '[.text, .interim, .promised, .final]' in
	assert_success
	assert_output '["Здравствуйте, Анна!\nОтветим до 14 ноября 2026 года.\nТелефон 2-00-00.",true,"2026-11-13T22:00:00Z",null]'
	a 1 'Яма' >in
	suggest -i --jq '[.text, .promised]' in
	assert_output '["Здравствуйте, Анна!\nОтветим до {{срок}}.\nТелефон 2-00-00.",null]'
}

@test "only those who ask get a draft, and nothing else comes out" {
	{
		a yes1 'Яма' '"kind":"complaint"'
		a yes2 'Яма'
		a thanks 'Спасибо' '"kind":"thanks"'
		a spam 'Купите' '"kind":"spam"'
		a dup 'Яма' '' ',"duplicate_of":"yes1"'
		a gone '' '' ',"deleted":true'
		a answered 'Яма' '' ',"desk":{"state":"answered"}'
		a open 'Яма' '' ',"desk":{"state":"reopened"}'
		a picture ''
		w own yes1 'Мы ответим'
		echo '{"type":"post","id":"p","text":"Яма"}'
		echo '{"type":"cursor","page":"p","stream":"s","value":"v"}'
	} >in
	suggest --jq .to in
	assert_success
	assert_output '"yes1"
"yes2"
"open"'
}

@test "a nickname is no name, and names are no templates" {
	for name in Котик 'анна' 'Анна{{что}}' 'Мария' ''; do
		a 1 Яма | sed "s/Анна Кузнецова/$name/"
	done >in
	suggest --jq '.text | split("\n")[0]' in
	assert_success
	assert_output '"Здравствуйте!"
"Здравствуйте!"
"Здравствуйте!"
"Здравствуйте, Мария!"
"Здравствуйте!"'
}

@test "slots: the assignee's before the page's before those of all" {
	{
		a 1 Яма '' ',"route":{"assignee":"water"}' | sed 's/vk:-1"/vk:-2"/'
		a 2 Яма | sed 's/vk:-1"/vk:-2"/'
		a 3 Яма '' ',"route":{"assignee":"roads"}'
	} >in
	suggest --jq '.text | split("\n")[1:] | join(" ")' in
	assert_output '"Читаем. Занимается Водоканал. Телефон 2-11-11."
"Читаем. Телефон 2-22-22."
"Читаем. Занимается Отдел дорожной деятельности. Телефон 2-00-00."'
}

@test "drafts that promise nothing and name nobody come last" {
	a 1 'Яма' '"kind":"question","group":"Дороги","topic":"Ямы"' >in
	suggest -n 5 --jq '[.id, .score, .origin[1]]' in
	assert_success
	assert_output '["draft:1",0.65,"template:matter/ямы"]
["draft:1:2",0.1,"template:matter/дороги"]
["draft:1:3",0.05,"template:matter/вопрос"]
["draft:1:4",0.025,"template:matter/общий"]'
}

@test "facts of a past answer are holes, whatever they look like" {
	{
		a old 'Во дворе яма, колесо пробили' '"topic":"Ямы"'
		w ans old 'Добрый день, Мария! Спасибо за обращение. Мастер Сидоров П. И. осмотрел двор на ул. Садовой, 12: ям - пять, площадь 14,5 м. Их засыплет ООО «Дорсервис» до 15 мая 2026 года, в 9:30, в понедельник или на следующей неделе. Иванов проверит. Звоните 8 (86100) 2-22-33, adm@zar.example, zar.example.ru. Номер дела 17-А. С уважением, глава Пётр Ильич Смирнов'
	} >past
	a new 'Яма во дворе, колесо пробил' '"topic":"Ямы"' >in
	suggest --past past --jq '.text, .origin' in
	assert_success
	assert_stderr ''
	assert_output '"Здравствуйте, Анна!\nМастер {{кто}} осмотрел двор на ул. {{адрес}}: ям - {{число}}, площадь {{число}} м. Их засыплет {{название}} до {{когда}}, в {{когда}}, в {{когда}} или на {{когда}}. {{название}} проверит. Звоните {{телефон}}, {{почта}}, {{ссылка}}. Номер дела {{число}}-{{название}}."
["template:greeting/1","answer:ans"]'
	for fact in Мария Сидоров Садов 12 пять 14 Дорсервис мая 2026 9: понедел \
		следующ Иванов 861 adm@ zar 17 Смирнов; do
		refute_output --partial "$fact"
	done
}

@test "the nearest one counts: words, then topic, page and age" {
	{
		a o1 'Яма на дороге' '"topic":"Ямы"'
		w w1 o1 'Засыплем щебнем к сроку.'
		a o2 'Яма на дороге' '"topic":"Свет"'
		w w2 o2 'Поменяем лампу скоро.'
		a o3 'Автобус опять опоздал утром' '"topic":"Автобус"'
		w w3 o3 'Сменим водителя скоро.'
		a o4 'Яма на дороге' '"topic":"Ямы"' | sed 's/vk:-1"/vk:-5"/'
		w w4 o4 'Пришлём грейдер скоро.'
	} >past
	a new 'На дороге яма' '"topic":"Ямы"' >in
	suggest --past past -n 9 --jq '[.score, .origin[1]]' in
	assert_success
	assert_output --partial 'answer:w1'
	refute_output --partial 'answer:w3'
	run jq -rs '[.[] | .[1] | select(startswith("answer"))] | join(" ")' \
		<<<"$output"
	assert_output 'answer:w1 answer:w4 answer:w2'
	a new 'Опоздал автобус' >in
	suggest --past past --least 0.1 --jq '.origin[1]' in
	assert_output '"answer:w3"'
	suggest --past past --least 0.99 --jq '.origin[1]' in
	assert_output '"template:matter/общий"'
}

@test "the newest answer counts, and only the page's; what is gone teaches nothing" {
	{
		a o 'Яма на дороге'
		w w1 o 'Первый ответ о щебне.'
		w w2 o 'Второй ответ о щебне.' | sed s/T12/T13/
		w w3 o 'Удалённый ответ.' ',"deleted":true' | sed s/T12/T14/
		a private 'Отвечу за них' '' ',"parent":"o"' | sed s/T10/T15/
		a f 'Котлован' '' ',"forgotten":true'
		w wf f 'Забытое.'
	} >past
	a new 'Яма на дороге' >in
	suggest --past past -n 9 --jq '.text' in
	assert_output --partial 'Второй ответ о щебне'
	refute_output --partial 'Первый'
	refute_output --partial 'Удал'
	refute_output --partial 'Отвечу'
	a new 'Котлован' >in
	suggest --past past --least 0 --jq .text in
	refute_output --partial 'Забытое'
}

@test "private talks: the word behind the message answers it" {
	cat >past <<-'END'
		{"type":"message","id":"m1","chat":"c","at":"2026-10-01T10:00:00Z","author":{"id":"1"},"text":"Нет горячей воды"}
		{"type":"message","id":"m2","chat":"c","at":"2026-10-01T11:00:00Z","author":{"official":true},"text":"Трубу заменит бригада."}
		{"type":"message","id":"m3","chat":"d","at":"2026-10-01T12:00:00Z","author":{"official":true},"text":"Чужой разговор."}
	END
	a new 'Нет горячей воды' >in
	suggest --past past --jq '.origin[1]' in
	assert_output '"answer:m2"'
}

@test "replies alone are enough; what they number goes on" {
	cat >past <<-'END'
		{"type":"reply","id":"reply:x","to":"x","approved_by":"И","approved_at":"2026-10-01T10:00:00Z","text":"Трубу заменит бригада.","final":true,"appeal":{"text":"Нет горячей воды"}}
		{"type":"reply","id":"reply:new","to":"new","approved_by":"И","approved_at":"2026-10-01T10:00:00Z","text":"Ответим позже.","interim":true}
		{"type":"reply","id":"reply:y","to":"y","text":"Не утверждён.","appeal":{"text":"Нет горячей воды"}}
	END
	a new 'Нет горячей воды' >in
	suggest --past past --jq '[.id, .nth, .origin[1]]' in
	assert_success
	assert_output '["draft:new",2,"answer:reply:x"]'
}

@test "--db: past answers are in a store; --since leaves out older ones" {
	{
		a o 'Яма на дороге' '"kind":"complaint"'
		w w1 o 'Засыплем щебнем скоро.'
	} | gp-store put d.db >put
	a new 'Яма на дороге' '"kind":"complaint"' | gp-store put d.db >>put
	gp-store get d.db --open >in
	suggest --db d.db --jq '[.to, .origin[1]]' in
	assert_success
	assert_stderr ''
	assert_output '["new","answer:w1"]'
	suggest --db d.db --since 1h --jq '.origin[1]' in
	assert_output '"template:matter/общий"'
	suggest --db d.db --since soon in
	assert_failure 64
	assert_stderr "gp-suggest: --since: no instant: 'soon'"
	suggest --db none.db in
	assert [ "$status" -ne 0 ]
	assert_output ''
}

@test "threads change nothing" {
	for i in $(seq 300); do
		a "o$i" "Яма $i на дороге номер $((i % 7)) у школы" '"topic":"Ямы"'
		w "w$i" "o$i" "Засыплем щебнем участок, работы $((i % 5)) дня."
	done >past
	for i in $(seq 500); do a "n$i" "Дорога $((i % 9)), яма у школы"; done >in
	suggest --past past -n 2 in
	assert_success
	echo "$output" >one
	suggest --past past -n 2 -j 4 in
	assert_success
	cmp one - <<<"$output"
	assert_equal "$(wc -l <one)" 1000
}

@test "what is refused is named, the rest goes through" {
	{
		echo '{"type":"comment","text":"Яма"}'
		echo 'no'
		a 1 Яма
	} >in
	suggest --jq .to in
	assert_failure 1
	assert_output '"1"'
	assert_stderr_line "gp-suggest: in:1: 'id' is missing"
	assert_stderr_line --partial 'gp-suggest: in:2: not a JSON object'
	suggest --strict in
	assert_failure 65
	echo 'no' >past
	suggest --past past in
	assert_failure 65
	assert_stderr --partial 'gp-suggest: past:1: not a JSON object'
	suggest --past nowhere in
	assert_failure 74
	run --separate-stderr sh -c 'gp-suggest -t t.yaml in >/dev/full'
	assert_failure 74
	suggest -n 0 in
	assert_failure 64
}

@test "--check: the shipped templates hold, and what is wrong has its line" {
	run --separate-stderr gp-suggest --check "$GP_SRC/lib/data/templates.yaml"
	assert_success
	assert_stderr ''
	assert_output --partial '"errors":0,"warnings":0'
	cat >bad.yaml <<'EOT'
templates: 1
parts:
  greeting:
    - {text: "Здравствуйте, {{имяя}}!"}
    - {text: "Ещё раз"}
  matter:
    - {name: x, topic: Нет такой, answer: final, text: "{{когда"}
    - {if: погода, text: "Да"}
EOT
	run --separate-stderr gp-suggest --check bad.yaml
	assert_failure 65
	assert_output --partial '"errors":6,"warnings":2'
	assert_stderr "gp-suggest: bad.yaml:4: 'greeting/1': 'имяя' is neither a slot nor among the holes
gp-suggest: bad.yaml:5: 'greeting/2': is never chosen for final answers (a warning)
gp-suggest: bad.yaml:5: 'greeting/2': is never chosen for interim answers (a warning)
gp-suggest: bad.yaml:7: 'matter/x': '{{' is not closed, or holds no name
gp-suggest: bad.yaml:7: 'matter/x': the taxonomy has no topic 'Нет такой'
gp-suggest: bad.yaml:8: 'matter/2': 'if' asks for 'погода', which is no slot
gp-suggest: bad.yaml: 'matter' has no wording for every final answer
gp-suggest: bad.yaml: 'matter' has no wording for every interim answer"
	run --separate-stderr gp-suggest -t /nowhere.yaml
	assert_failure 78
	printf 'templates: 1\nparts:\n  greetings: []\n' >bad.yaml
	run --separate-stderr gp-suggest -t bad.yaml </dev/null
	assert_failure 78
	assert_stderr --partial "bad.yaml:3:3: unknown key 'greetings': is 'greeting' meant?"
}

@test "the shipped templates: every kind and answer gets a greeting and a matter" {
	for kind in complaint question suggestion danger; do
		a "$kind" 'Вопрос о дороге' "\"kind\":\"$kind\"" \
			',"due":{"final":"2026-11-13T15:00:00Z"}'
	done >in
	for how in '' -i; do
		run --separate-stderr gp-suggest $how --jq .text in
		assert_success
		assert_equal "${#lines[@]}" 4
		for l in "${lines[@]}"; do
			[[ $l == '"Здравствуйте, Анна! '*'\n'*'\n'* ]]
		done
	done
}

@test "the examples of the page of templates hold" {
	awk '/^\.Bd -literal/ && !n++ { on = 1; next } /^\.Ed/ { on = 0 } on' \
		"$GP_SRC/lib/suggest/gp-templates.5" >page.yaml
	run --separate-stderr gp-suggest --check page.yaml
	assert_success
	assert_stderr ''
}
