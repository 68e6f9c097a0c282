#!/usr/bin/env bats
# gp-train, and gp-classify with what it has learnt.
load ../lib

setup() {
	gp_setup
	data=$GP_SRC/lib/data/labelled.ndjson
	awk 'NR % 10 != 0' "$data" >learn
	awk 'NR % 10 == 0' "$data" >judge
}

c() { # TEXT [MEMBERS]
	printf '{"type":"comment","id":"%s"%s,"text":"%s"}\n' \
		"$((++no))" "${2:-}" "$1"
}

# small: a set in which every head is easily learnt.
small() {
	local i
	for i in 1 2 3 4 5 6 7 8; do
		c "яма на дороге $i" ',"page":"p1","class":{"group":"Дороги","topic":"Ямы"},"route":{"assignee":"Дормост"}'
		c "нет воды в доме $i" ',"page":"p2","class":{"group":"ЖКХ","topic":"Вода"},"route":{"assignee":"Водоканал"}'
		c "холодные батареи в квартире $i" ',"page":"p2","class":{"group":"ЖКХ","topic":"Тепло"},"route":{"assignee":"Теплосеть"}'
	done
}

@test "the same records give the same bytes, whatever -j" {
	gp-train -o one learn
	gp-train -o two -j 3 learn
	cmp one two
	gp-train -o three --features stems,char4 learn
	run cmp -s one three
	assert_failure 1
	[ "$(stat -c %s one)" -lt $((2 << 20)) ]
	[ "$(stat -c %s three)" -lt $((8 << 20)) ]
	cat learn | gp-train -o four
	cmp one four
}

@test "the shipped model is what the shipped appeals give" {
	gp-train -o again "$data"
	cmp again "$GP_BUILD/data/model.gpm"
}

@test "a model learns, and says why" {
	small >in
	run --separate-stderr gp-train -o m --least 1 in
	assert_success
	assert_output ''
	assert_stderr ''
	c 'Опять яма у нас' >q
	run --separate-stderr gp-classify -m m --first alone q
	assert_success
	assert_stderr ''
	run jq -c '.class | .group, .topic, .by, .why[0], (.confidence > 0.5), .review' <<<"$output"
	assert_output '"Дороги"
"Ямы"
"model"
"яма"
true
false'
}

@test "unknown words and empty texts abstain" {
	small | gp-train -o m
	{ c 'qwerty zxcv'; c '...'; c ''; } >q
	run --separate-stderr gp-classify -m m --first alone q
	assert_success
	assert_line -n 0 --partial '"class":{"confidence":0,"review":true,"by":"model","why":[]}'
	assert_line -n 1 --partial '"class":{"confidence":0,"review":true,"by":"model","why":[]}'
	refute_line -n 2 --partial '"class"'
}

@test "order of rules and model: danger is the rules', then as --first says" {
	for i in 1 2 3 4; do
		c "дом пахнет газом двор $i" ',"class":{"group":"Культура","topic":"Хор"}'
		c "яма дорога шмель $i" ',"class":{"group":"Спорт","topic":"Бег"}'
	done >in
	gp-train -o m --least 1 in
	c 'В подъезде дома пахнет газом' >danger
	run gp-classify danger
	local by_rules=$output
	run gp-classify -m m danger
	assert_output "$by_rules"
	assert_output --partial '"kind":"danger"'
	c 'Огромная яма на дороге' >road
	run gp-classify -m m road
	assert_output --partial '"group":"Спорт"'
	run gp-classify -m m --first rules road
	assert_output --partial '"group":"Дороги"'
	refute_output --partial '"by":"model"'
	# the rules know nothing of this one: the model is asked
	c 'шмель шмель' >bee
	run gp-classify -m m --first rules bee
	assert_output --partial '"group":"Спорт"'
	# hardly a word is known: the rules' class, as without a model
	c 'Ждём автобус на остановке, маршрутка не едет, водитель нахамил' >bus
	run gp-classify -m m bus
	assert_output "$(gp-classify bus)"
}

@test "--top, --min-confidence and --coverage" {
	gp-train -o m learn
	run --separate-stderr sh -c "gp-classify -m m --again --top 3 judge |
		jq -es '(length > 140) and all(.class.model | length == 6 or . == [])
			and all(.class.model | (map(select(.head == \"class.group\").confidence)
				| . == (sort | reverse)) and (map(.confidence) | add // 0) <= 2.01)'"
	assert_success
	looks() { gp-classify --again --first alone -m m "$@" judge | grep -c '"review":true'; }
	# those of which the model knows hardly a word go to a person anyway
	unknown=$(gp-classify --again --first alone -m m judge | grep -c '"confidence":0,')
	[ "$unknown" -lt 10 ]
	assert_equal "$(looks --min-confidence 0)" "$unknown"
	assert_equal "$(looks --min-confidence 1)" 150
	[ "$(looks --coverage 0.3)" -gt "$(looks --coverage 0.9)" ]
	assert_equal "$(looks --coverage 1)" "$unknown"
}

@test "--uncertain gives the N least sure, these first" {
	gp-train -o m learn
	gp-classify --again --first alone -m m --uncertain 7 --top 2 judge >seven
	gp-classify --again --first alone -m m --uncertain 7 --top 2 -j 3 judge >threads
	cmp seven threads
	assert_equal "$(wc -l <seven)" 7
	gp-classify --again --first alone -m m --top 2 judge | jq -s '
		[.[] | select(.class.group) | .class.model[0:2] |
			.[0].confidence - .[1].confidence] | sort | .[6]' >limit
	run jq -es --slurpfile limit limit '
		[.[].class.model[0:2] | .[0].confidence - .[1].confidence] |
		. as $d | all(range(1; 7); $d[.] >= $d[. - 1] - 0.002)
		and .[6] <= $limit[0] + 0.002' seven
	assert_success
}

@test "threads change nothing" {
	gp-train -o m learn
	gp-classify --again -m m judge >one
	gp-classify --again -m m -j 3 judge >three
	cmp one three
}

@test "what gp-classify said is no lesson; what a person said is" {
	small >in
	gp-train -o before in
	gp-classify -t "$GP_SRC/lib/data/taxonomy.yaml" in >said
	run --separate-stderr gp-train -o m said
	assert_failure 65
	assert_stderr --partial 'have labels that programs gave: passed over'
	refute [ -e m ]
	# the desk corrects: class.by is person
	jq -c '.class.by = "person" | .class.group = (if .page == "p1" then "Дороги" else "ЖКХ" end)
		| .class.topic = .route.assignee' said >corrected
	run --separate-stderr gp-train -o m corrected
	assert_success
	assert_stderr ''
	run --separate-stderr gp-train -o m --machine -l class.group said
	assert_success
}

@test "of records with one id the last counts" {
	{
		for i in 1 2 3; do
			echo '{"id":"a'$i'","text":"снег во дворе","class":{"group":"X"}}'
			echo '{"id":"b'$i'","text":"рыба в реке","class":{"group":"Y"}}'
		done
		for i in 1 2 3; do
			echo '{"id":"a'$i'","text":"снег во дворе","class":{"group":"Z","by":"person"}}'
		done
	} >in
	gp-train -l class.group -o m in
	echo '{"type":"comment","text":"снег"}' >q
	run gp-classify --first alone -m m q
	assert_output --partial '"group":"Z"'
}

@test "the executor sees page and topic; a rule's assignee stays alone" {
	for i in 1 2 3 4 5 6; do
		c "яма на дороге $i" ',"page":"p1","class":{"group":"Дороги","topic":"Ямы"},"route":{"assignee":"Север"}'
		c "яма на дороге $i" ',"page":"p2","class":{"group":"Дороги","topic":"Ямы"},"route":{"assignee":"Юг"}'
		c "нет воды $i" ',"page":"p2","class":{"group":"ЖКХ","topic":"Вода"},"route":{"assignee":"Юг"}'
	done >in
	gp-train -o m -l class.group -l class.topic -l route.assignee \
		--with page --see class.topic in
	{ c 'Яма на дороге' ',"page":"p1"'; c 'Яма на дороге' ',"page":"p2"'
	  c 'Яма на дороге' ',"page":"p2","route":{"assignee":"Мост","rule":"3"}'; } >q
	run --separate-stderr gp-classify -m m q
	assert_success
	run jq -r '.class.assignee // "-"' <<<"$output"
	assert_output "Север
Юг
-"
}

@test "figures: the parts add up" {
	gp-train --folds 4 -l class.group learn >f
	run jq -es '
		(map(select(.table == "heads"))[0]) as $h |
		(map(select(.table == "labels"))) as $l |
		(map(select(.table == "confusion").n) | add) as $wrong |
		($l | map(.right) | add) as $right |
		all(.type == "figure" and .report == "train") and
		$h.n == ($l | map(.gold) | add) and $h.n == $right + $wrong and
		(($h.accuracy - $right / $h.n) | fabs) < 0.001 and
		(($h.macro_f1 - ($l | map(.f1) | add / length)) | fabs) < 0.001 and
		(map(select(.table == "reliability").n) | add) == $h.n and
		(map(select(.table == "coverage").accuracy) | .[0] > .[9]) and
		$h.by == "folds" and $h.ece <= 0.08' f
	assert_success
	run --separate-stderr gp-train --folds 4 -l class.group -f table --lang en learn
	assert_success
	assert_line --partial 'accuracy'
	assert_line --partial 'Is the confidence true'
}

@test "near-duplicates never sit on both sides" {
	# each text five times, nearly: learnt by heart, if a fold let them
	for i in $(seq 60); do
		for k in 1 2 3 4 5; do
			echo '{"text":"слово'$i'а слово'$i'б слово'$i'в слово'$i'г слово'$i'д слово'$i'е хвост'$k'","class":{"group":"g'$((i % 2))'"}}'
		done
	done >in
	run --separate-stderr gp-train --folds 5 -l class.group --jq 'select(.table == "heads").accuracy < 0.7' in
	assert_success
	assert_output true
}

@test "--compare fails when a head got significantly worse" {
	gp-train -o good -l class.group learn
	jq -c '.class.group = "Дороги"' learn | head -n 1200 >bad
	tail -n 100 learn >>bad
	run --separate-stderr gp-train -o new -l class.group --test judge --compare good bad
	assert_failure 1
	assert_stderr --regexp "^gp-train: 'class.group' is worse than in 'good': [0-9]+ texts better, [0-9]+ worse, p 0\.[0-9]+$"
	assert_output --partial '"verdict":"worse"'
	refute [ -e new ]
	# the other way round it is better, and so are equals no worse
	gp-train -o poor -l class.group bad
	run --separate-stderr gp-train -o new --test judge --compare poor learn
	assert_success
	assert_stderr ''
	assert_output --partial '"verdict":"better"'
	run --separate-stderr gp-train --judge good --test judge --compare good
	assert_success
	assert_output --partial '"better":0,"worse":0,"p":1,"verdict":"same"'
}

@test "models that cannot be used are refused with a sentence" {
	small | gp-train -o m
	refused() {
		run --separate-stderr gp-classify -m "$1" /dev/null
		assert_failure 78
		assert_stderr "gp-classify: $2"
	}
	refused none "cannot open 'none': No such file or directory"
	head -c 500 m >short
	refused short "short: not a whole model: its size is not what its header says"
	echo hello >hello
	refused hello "hello: not a model of gp-train"
	head -c 200 /dev/zero >zero
	refused zero "zero: not a model of gp-train"
	{ head -c 12 m; printf '\2'; tail -c +14 m; } >other
	refused other "other: made by another version of gp-train (its form is 2, this one reads 1); train it anew"
	{ head -c 8 m; printf '\1\2\3\4'; tail -c +13 m; } >big
	refused big "big: made on a machine of the other byte order; train it here anew"
	{ head -c -1 m; printf '\377'; } >bit
	refused bit "bit: not a whole model: its checksum is wrong"
	refused "$PWD" "$PWD: not a model of gp-train"
}

@test "wrong command lines" {
	usage() {
		run --separate-stderr "${@:2}"
		assert_failure 64
		assert_output ''
		assert_stderr "$1"
	}
	usage "gp-train: what for? -o, --test or --folds" gp-train learn
	usage "gp-train: --compare needs --test FILE" gp-train -o m --compare x learn
	usage "gp-train: --judge takes --test, no FILE and no -o" gp-train --judge m learn
	usage "gp-train: --folds: from 2 to 50" gp-train --folds 1 learn
	usage "gp-train: --cost: above 0, at most 1000" gp-train -o m --cost 0 learn
	usage "gp-train: --most: from 1 to 16777216" gp-train -o m --most 0 learn
	usage "gp-train: --see: 'x' is no --label within 'class'" gp-train -o m --see x learn
	usage "gp-classify: --top, --uncertain, --coverage and --min-confidence need --model" gp-classify --top 2 learn
	usage "gp-classify: --coverage or --min-confidence, not both" gp-classify -m m --coverage 1 --min-confidence 1 learn
	usage "gp-classify: --coverage, --min-confidence: from 0 to 1" gp-classify -m m --coverage 2 learn
	usage "gp-classify: --top: at most 16" gp-classify -m m --top 17 learn
}

@test "lines that are no records are named, the others are learnt" {
	{ small; echo nonsense; echo '{"text":5}'; } >in
	run --separate-stderr gp-train -o m --reject bad in
	assert_failure 1
	assert_stderr_line -n 0 --partial 'gp-train: in:25: not '
	assert_stderr_line -n 1 "gp-train: in:26: 'text' is a number, not a string"
	assert [ -s m ]
	assert_equal "$(wc -l <bad)" 2
	run --separate-stderr gp-train -o m2 --strict in
	assert_failure 65
	refute [ -e m2 ]
	run --separate-stderr gp-train -o no/where in
	assert_failure 74
	run --separate-stderr sh -c 'gp-train --folds 2 learn >/dev/full'
	assert_failure 74
}

@test "a record's class still fits the schema" {
	gp-train -o m learn
	jq -c '.network = "vk" | .at = "2026-10-01T10:00:00Z" | .post = "vk:1"' judge |
		gp-classify --again -m m --top 2 >out
	run "$GP_TESTS/schema.py" <out
	assert_success
}

@test "1,500 invented appeals: all groups, no two alike" {
	run python3 - "$data" "$GP_SRC/lib/data/taxonomy.yaml" <<'EOF'
import collections, json, sys, yaml
rows = [json.loads(l) for l in open(sys.argv[1])]
groups = {g["name"]: {t["name"] for t in g["topics"]}
          for g in yaml.safe_load(open(sys.argv[2]))["groups"]}
assert len(rows) >= 1500, len(rows)
assert all(r["invented"] is True for r in rows)
assert all(r["class"]["topic"] in groups[r["class"]["group"]] for r in rows)
count = collections.Counter(r["class"]["group"] for r in rows)
assert set(count) == set(groups) and min(count.values()) >= 40, count
seen = collections.Counter()
for r in rows:
    words = r["text"].lower().split()
    seen.update({tuple(words[i:i + 5]) for i in range(len(words) - 4)})
repeated = sum(n for n in seen.values() if n > 1)
assert repeated <= 0.001 * sum(seen.values()), repeated
EOF
	assert_success
}

@test "the figures in README are those of the shipped appeals" {
	for features in stems stems,char4; do
		gp-train --features $features --test judge learn |
			jq -r --arg f $features 'select(.table == "heads") |
			"| `\($f)` | \(.head) | \(.accuracy) | \(.macro_f1) | \(.weighted_f1) | \(.ece) |"'
	done >rows
	assert_equal "$(wc -l <rows)" 4
	while read -r row; do
		grep -qF "$row" "$GP_SRC/README.md" || fail "$row"
	done <rows
}

@test "what was held out shows the confidence to be true" {
	all=$GP_SRC/lib/data/labelled.ndjson
	for third in 0 1 2; do
		awk "NR % 3 == $third" "$all" >third
		awk "NR % 3 != $third" "$all" >rest
		gp-train --test third rest | jq -c 'select(.table == "heads")'
	done >heads
	# Of 500 texts a head that is as sure as it should be shows some .04.
	run jq -cs 'group_by(.head)[] | [.[0].head, length, (map(.n * .ece) | add) / (map(.n) | add)]' heads
	assert_success
	run jq -c '[.[0], .[1], .[2] < (if .[0] == "class.group" then 0.06 else 0.12 end)]' <<<"$output"
	assert_output $'["class.group",3,true]\n["class.topic",3,true]'
}

@test "a label that was corrected away is none any more, in the log of versions too" {
	old=Работа\ МФЦ
	jq -c --arg old "$old" 'select(.class.topic == $old) | .class.topic = "МФЦ и услуги"' learn >renamed
	[ -s renamed ]
	gp-train -o m learn renamed
	run sh -c "gp-classify -m m --again judge | jq -r .class.topic | sort | uniq -c | sort -rn"
	refute_output --partial "$old"
	# A record that comes again counts once, in the words too.
	gp-train -o once learn
	gp-train -o twice learn learn
	cmp once twice
	# What is left may be one label.
	printf '{"id":"%s","text":"%s","class":{"group":"%s"}}\n' 1 вода а 2 свет б 1 вода б >three
	run --separate-stderr gp-train -l class.group -o x three
	assert_failure 65
	assert_stderr --partial "'class.group': 1 labels in 2 records"
	[ ! -e x ]
}

@test "what the parts that were learnt from do not have is not said of the part that is judged" {
	# Every fourth topic is left with one text, which no fold learns and judges.
	jq -r .class.topic "$data" | sort -u | awk 'NR % 4 == 0' >rare
	jq -cn --rawfile r rare '($r | split("\n") | map({(.): 1}) | add) as $rare |
		foreach inputs as $in ({}; .in = $in | .again = (.[$in.class.topic] != null) | .[$in.class.topic] = 1;
			select((.again and $rare[.in.class.topic] != null) | not).in)' "$data" >few
	gp-train --folds 10 few >f
	run jq -cs --rawfile r rare '($r | split("\n") | map({(.): 1}) | add) as $rare |
		map(select(.table == "labels" and $rare[.label] != null)) | [(map(.gold) | add), (map(.said) | add) < 200]' f
	assert_output "[54,true]"
}

@test "one text of very many words" {
	seq 40000 120000 | tr '0-9' 'абвгдежзик' | tr '\n' ' ' >words
	{
		cat learn
		jq -cn --rawfile t words '{id: "long", text: $t, class: {group: "Дороги", topic: "Ямы"}}'
	} >long
	run --separate-stderr timeout 60 gp-train -o m long
	assert_success
	run gp-classify -m m judge
	assert_success
}

@test "names that a class or a model cannot hold are refused" {
	for bad in --with= -la..b "-l$(printf '\320')" -lclass.confidence -lroute.group \
		'-lclass.x -lroute.x' -lroute.why; do
		# shellcheck disable=SC2086
		run --separate-stderr gp-train $bad -o m learn
		assert_failure 64
		[ ! -e m ]
	done
	run --separate-stderr gp-train -l '' -o m learn
	assert_failure 64
	assert_stderr "gp-train: --label: '' is no name of a member"
	run --separate-stderr gp-train -l class.topic -l route.kind -o m learn
	assert_failure 64
	assert_stderr "gp-train: --label: 'route.kind': a class has a 'kind' of its own"
}

@test "--compare: nothing to judge by, and a head that is gone, are no success" {
	gp-train -o old learn
	: >empty
	run --separate-stderr gp-train -o new --test empty --compare old learn
	assert_failure 65
	assert_stderr "gp-train: 'empty': no record with a text and a label to judge by"
	[ ! -e new ]
	gp-classify -m old --again judge >machine
	run --separate-stderr gp-train --judge old --test machine
	assert_failure 65
	assert_stderr --regexp "^gp-train: 1[0-9]{2} records have labels that programs gave: passed over"
	run --separate-stderr gp-train -l class.group -o new --test judge --compare old learn
	assert_failure 1
	assert_stderr "gp-train: 'class.topic' is in 'old' and not in this model"
	[ ! -e new ]
	# A line that is refused is no reason to lose the model.
	{
		cat judge
		echo bad
	} >more
	run --separate-stderr gp-train -o new --test more --compare old learn
	assert_failure 1
	assert_stderr --partial "more:151: "
	[ -s new ]
	run --separate-stderr gp-train --judge old -l class.group --test judge
	assert_failure 64
}

@test "the text may lie within another member, for both" {
	jq -c '.body = {text} | del(.text)' learn >in
	jq -c '.body = {text} | del(.text) | del(.class)' judge >out
	gp-train --member body.text -o m in
	gp-train -o plain learn
	cmp m plain
	run sh -c 'gp-classify --member body.text -m m out | jq -r "select(.class.by == \"model\").id" | wc -l'
	[ "$output" -gt 100 ]
}
