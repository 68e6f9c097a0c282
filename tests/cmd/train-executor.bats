#!/usr/bin/env bats
# Who answers: page, place and rules tell more than the text alone.
load ../lib

# Appeals of an invented district, as pages give them, and who answered each:
# one in the town, another in the village. Streets of what is judged stand in
# nothing that is learnt: only the gazetteer knows where they lie. Of two texts
# that are alike the page can make the difference. What is dangerous is the duty
# officer's; the desk never sees it, so nobody can learn it.
appeals() { # learn|judge
	python3 - "$1" <<-'EOF'
	import json, random, sys
	learn = sys.argv[1] == "learn"
	chance = random.Random(7 if learn else 8)
	first = 0 if learn else 5
	streets = {town: names[first:first + 5] for town, names in {
	    True: ["Бондарной", "Вокзальной", "Звёздной", "Кирпичной",
	           "Мельничной", "Паромной", "Пристанской", "Рябиновой",
	           "Складской", "Ткацкой"],
	    False: ["Полевой", "Овражной", "Родниковой", "Покосной",
	            "Хуторской", "Выгонной", "Колодезной", "Ольховой",
	            "Пасечной", "Гречишной"]}.items()}
	what = {
	    "roads": ["яма на дороге", "разбит асфальт", "не чистят дорогу",
	              "гололёд на дороге", "дорога в ямах, не проехать"],
	    "water": ["нет воды", "ржавая вода из крана", "слабый напор воды",
	              "отключили воду без предупреждения", "прорвало трубу"],
	    "yard": ["не работает домофон", "грязно в подъезде",
	             "не горит лампочка в подъезде", "сломан лифт",
	             "течёт крыша"]}
	danger = ["на детской площадке висит оборванный провод",
	          "оборванный провод искрит прямо над тротуаром"]
	for i in range(300 if learn else 200):
	    town = chance.random() < 0.5
	    page = chance.choice(["vk:-1", "vk:-2"])
	    kind = chance.choice(sorted(what))
	    where = "на улице " + chance.choice(streets[town])
	    text = chance.choice(what[kind])
	    # the page of the housing company answers for its yards by itself
	    who = ("uk" if page == "vk:-2" else "housing") if kind == "yard" \
	        else kind + ("-town" if town else "-village")
	    if chance.random() < 0.1 and not learn:
	        text, who = chance.choice(danger), "duty"
	    parts = [text, where]
	    chance.shuffle(parts)
	    print(json.dumps({
	        "type": "comment", "id": "%s:%d/%d" % (page, learn, i),
	        "network": "vk", "page": page, "at": "2026-10-%02dT08:00:00Z"
	        % (1 + i % 28), "text": "%s %s, дом %d" % (*parts, i % 40 + 1),
	        "answered": who}, ensure_ascii=False))
	EOF
}

# Rules for danger alone; all else has no rule.
rules() {
	cat >places.yaml <<-'EOF'
	gazetteer: 1
	places:
	  - name: Заречинск
	    streets: [Бондарная, Вокзальная, Звёздная, Кирпичная, Мельничная,
	      Паромная, Пристанская, Рябиновая, Складская, Ткацкая]
	  - name: Лосиный Лог
	    streets: [Полевая, Овражная, Родниковая, Покосная, Хуторская,
	      Выгонная, Колодезная, Ольховая, Пасечная, Гречишная]
	EOF
	cat <<-'EOF'
	routes: 1
	zone: Europe/Moscow
	schedule: office
	term: usual
	places: places.yaml
	schedules: {office: {weekdays: "09:00-18:00"}}
	terms: {usual: {first: 9 working hours, final: 7 working days}}
	assignees: {reception: Приёмная, duty: Дежурная служба}
	rules:
	  - {name: опасность, kind: danger, to: duty}
	default: {to: reception}
	EOF
}

share() { # how many of a hundred are who answered
	jq -s 'map(select(.who == .answered)) | length * 100 / '"$(wc -l <judge)" \
		"$1"
}

setup() {
	gp_setup
	rules >routes.yaml
	# The desk's own word: what was answered, by whom.
	appeals learn | gp-classify | gp-route -r routes.yaml |
		jq -c '.route += {assignee: .answered, by: "person"}
			| .class.by = "person"' >answered
	appeals judge | gp-classify | gp-route -r routes.yaml >judge
}

@test "page, place and rules raise the executor above the text alone" {
	gp-train -l class.group -l route.assignee -o text.gpm answered
	gp-train -l class.group -l route.assignee --with page -o page.gpm \
		answered
	gp-train -l class.group -l route.assignee --with page \
		--with route.place -o place.gpm answered
	gp-train -l class.group -l class.topic -l route.assignee --with page \
		--with route.place --see class.topic -o all.gpm answered
	for m in text page place all; do
		# as if no rule had been asked
		jq -c 'del(.route.assignee)' judge |
			gp-classify --first alone -m "$m.gpm" |
			jq -c '{answered, who: .class.assignee}' >"said.$m"
		share "said.$m" >"share.$m"
	done
	# with the rules: what they say stands, of what they do not the model
	gp-classify -m all.gpm judge |
		jq -c '{answered, who: (.class.assignee // .route.assignee)}' \
			>said.rules
	share said.rules >share.rules
	run jq -s -c . share.text share.page share.place share.all share.rules
	echo "# of a hundred: $output"
	run jq -e '
		.[1] >= .[0] + 5 and .[2] >= .[1] + 10 and .[3] >= .[2] - 1
		and .[4] >= .[3] + 3 and .[4] >= 95' <<<"$output"
	assert_success
}

@test "the default of gp-route is no rule: the model names who answers" {
	gp-train -l route.assignee --with page --with route.place -o m answered
	run --separate-stderr gp-classify -m m judge
	assert_success
	assert_stderr ''
	run jq -s -c '
		(map(select(.route.rule | endswith("/default"))) | length > 100
			and all(.class.assignee != null)),
		(map(select(.route.rule | endswith("/опасность")))
			| length > 10 and all(.class.assignee == null))' \
		<<<"$output"
	assert_output 'true
true'
	# what a person signed is his, whatever the rule
	head -1 answered >one
	run jq -r '.route.rule' one
	assert_output 'routes.yaml/default'
	gp-classify --again -m m one >out
	run jq -r '.class.assignee // "none"' out
	assert_output none
}

@test "gp-train learns nothing from the default, unless told to" {
	gp-route -r routes.yaml judge >d
	run --separate-stderr gp-train -l route.assignee --folds 2 --machine \
		--jq 'select(.table == "heads").n' d
	assert_success
	assert_output 200
	run --separate-stderr gp-train -l route.assignee --folds 2 d
	assert_failure 65
	n=$(jq -r .route.rule d | grep -c /default)
	[ "$n" -gt 100 ]
	assert_stderr "gp-train: $n records have labels that programs gave: passed over (--machine takes them)
gp-train: 'route.assignee': 1 labels in $((200 - n)) records: nothing to be learnt"
}

@test "a place is seen as its street and as its town" {
	for i in 1 2 3 4 5 6; do
		echo '{"type":"comment","id":"a'$i'","text":"помогите","place":"Заречинск, ул. '$i'","who":"город"}'
		echo '{"type":"comment","id":"b'$i'","text":"помогите","place":"Тихоструево, ул. '$i'","who":"село"}'
	done >in
	gp-train -l who --with place -o m in
	echo '{"type":"comment","text":"помогите","place":"Заречинск, ул. 9"}
{"type":"comment","text":"помогите","place":"Тихоструево"}' >q
	run --separate-stderr gp-classify --first alone -m m q
	assert_success
	run jq -r .class.who <<<"$output"
	assert_output 'город
село'
}

# The example of gp-classify(1), word for word.
@test "the pipeline of the manual works as written" {
	appeals judge >new.ndjson
	mv answered answered.ndjson
	sed -n '/^Who answers, page and place seen/,/^\.Ed/p' \
		"$GP_SRC/cmd/gp-classify.1" | sed -n '/^\.Bd/,/^\.Ed/p' |
		sed '/^\./d; s/\\e$/\\/' >pipeline
	run grep -c . pipeline
	refute_output 0
	run --separate-stderr sh -e pipeline
	assert_success
	assert_stderr ''
	assert_equal "$(wc -l <<<"$output")" 200
	run jq -s -c 'map(.assignee) | unique' <<<"$output"
	assert_output '["duty","housing","roads-town","roads-village","uk","water-town","water-village"]'
}
