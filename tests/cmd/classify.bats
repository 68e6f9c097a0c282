#!/usr/bin/env bats
# gp-classify: what is classified, what passes, how rules are proven.
load ../lib

setup() {
	gp_setup
	cat >rules.yaml <<'EOF'
taxonomy: 1
dated: 2026-10-01
language: ru
threshold: {kind: 1.0, topic: 1.5, group: 1.5}
kinds:
  - {name: question, priority: 10, include: ["?"]}
  - {name: thanks, priority: 20, include: [спасибо^2]}
groups:
  - name: Дороги
    include: [дорога^0.5]
    topics:
      - name: Ямы
        include: [яма дорога^1.5, яма]
        exclude: [двор]
  - name: "Дворы \"и\" сады"
    include: [двор^2]
EOF
}

c() { # TEXT [MEMBERS]
	printf '{"type":"comment","id":"1"%s,"text":"%s"}\n' "${2:-}" "$1"
}

classify() {
	run --separate-stderr gp-classify -t rules.yaml "$@"
}

@test "an appeal gets a class, all else of it stays as it was" {
	printf '{ "type":"comment","n":1.50, "text":"Яма на дороге!" ,"x":{"b":1,"a":2} }\n' >in
	classify in
	assert_success
	assert_output '{ "type":"comment","n":1.50, "text":"Яма на дороге!" ,"x":{"b":1,"a":2} ,"class":{"kind":"complaint","group":"Дороги","topic":"Ямы","confidence":0.86,"review":true,"why":["яма дорога^1.5","яма","дорога^0.5"]}}'
	assert_stderr ''
}

@test "kinds, groups without a topic, and nothing at all" {
	{
		c 'Где двор?'
		c 'Спасибо! Но яма?'
		c 'Просто слова'
		c 'Ремонт дороги'
	} | gp-classify -t rules.yaml >got
	run grep -o '"class":.*' got
	assert_output '"class":{"kind":"question","group":"Дворы \"и\" сады","confidence":0.8,"review":false,"why":["двор^2","kind:?"]}}
"class":{"kind":"thanks","confidence":0,"review":true,"why":["kind:спасибо^2"]}}
"class":{"confidence":0,"review":true,"why":[]}}
"class":{"confidence":0,"review":true,"why":[]}}'
}

@test "escapes in a text are undone first" {
	c 'Ям\u0430 на\nдорог\u0435' >in
	classify in
	assert_success
	run jq -r .class.topic <<<"$output"
	assert_output Ямы
}

@test "what is not ours passes byte for byte" {
	cat >in <<'EOF'
{"type":"post","text":"яма на дороге"}
{"type":"stats","text":"яма на дороге"}
{"text":"яма на дороге"}
{"type" : "comment", "n":1e2}
{"type":"comment","text":null}
{"type":"message","text":""}
{"type":"comment","author":{"official":true},"text":"яма на дороге"}
{"type":"comment","text":"яма на дороге","class":{"by":"person","group":"Сады"}}
EOF
	classify in
	assert_success
	assert_output "$(cat in)"
	assert_stderr ''
}

@test "options take them in" {
	printf '{"type":"post","text":"двор"}\n' >post
	classify --posts post
	assert_output --partial '"class":{"kind":"complaint"'
	c двор ',"author":{"official":true}' >official
	classify --official official
	assert_output --partial '"class":{"kind":"complaint"'
	c двор ',"class":{"by":"person"}' >person
	classify --again person
	assert_output --partial '"class":{"kind":"complaint"'
	refute_output --partial person
	printf '{"type":"message","body":"двор"}\n' >body
	classify --member body body
	assert_output --partial '"class":{"kind":"complaint"'
	c двор >in
	classify --threshold 2.1 in
	assert_output --partial '"class":{"confidence"'
}

@test "a class of a machine is set anew, in its place" {
	printf '{"class":{"group":"?"},"type":"comment","text":"двор"}\n' >in
	classify in
	assert_output --regexp '^\{"class":\{"kind":"complaint",.*\},"type":"comment","text":"двор"\}$'
}

@test "--explain tells all scores" {
	c 'Яма на дороге у двора?' >in
	classify --explain in
	assert_success
	run jq -c '.class.scores[]' <<<"$output"
	assert_output '{"group":"Дороги","topic":"Ямы","score":2.5,"excluded":true}
{"group":"Дворы \"и\" сады","score":2}
{"kind":"question","score":1}
{"group":"Дороги","score":0.5}'
}

@test "lines that are no records are named, the others go through" {
	{ c двор; echo '{"type":"comment","text":5}'; echo nonsense; c двор; } >in
	classify --reject bad in
	assert_failure 1
	assert_equal "${#lines[@]}" 2
	assert_stderr_line -n 0 "gp-classify: in:2: 'text' is a number, not a string"
	assert_stderr_line -n 1 --partial 'gp-classify: in:3: not '
	run jq -c '[.line,.reason]' bad
	assert_line -n 0 "[2,\"'text' is a number, not a string\"]"
	classify --strict in
	assert_failure 65
	assert_equal "${#lines[@]}" 1
}

@test "threads change nothing" {
	for i in $(seq 400); do c "Яма $i на дороге? Спасибо за двор"; done >in
	gp-classify -t rules.yaml in >one
	gp-classify -t rules.yaml -j 3 in >three
	cmp one three
	assert_equal "$(wc -l <one)" 400
}

@test "a hostile text is only slow, and not very" {
	{
		printf '{"type":"comment","text":"'
		yes 'яма а.а.а.а ' | head -c 2000000 | iconv -c -t utf-8 | tr -d '\n'
		printf '"}\n'
	} >in
	classify in
	assert_success
	assert_output --partial '"class":{'
}

@test "nothing in, nothing out; a full disk is an error" {
	classify </dev/null
	assert_success
	assert_output ''
	c двор >in
	run --separate-stderr sh -c 'gp-classify -t rules.yaml in >/dev/full'
	assert_failure 74
	assert_stderr --partial 'No space left on device'
	classify nowhere
	assert_failure 74
	assert_stderr "gp-classify: cannot open 'nowhere': No such file or directory"
}

@test "a taxonomy that cannot be used" {
	classify </dev/null
	assert_success
	run --separate-stderr gp-classify -t nowhere.yaml </dev/null
	assert_failure 78
	assert_stderr --partial "nowhere.yaml"
	sed -i 's/яма]/яма^]/' rules.yaml
	classify </dev/null
	assert_failure 78
	assert_stderr "gp-classify: rules.yaml:13:35: term 'яма^': '^' is not a weight"
	export GP_DATA=$BATS_TEST_TMPDIR/none
	run --separate-stderr gp-classify </dev/null
	assert_failure 78
	assert_stderr "gp-classify: no 'taxonomy.yaml' in \$GP_DATA"
}

@test "--check counts" {
	run --separate-stderr gp-classify --check rules.yaml
	assert_success
	assert_output '{"type":"taxonomy","file":"rules.yaml","dated":"2026-10-01","kinds":2,"groups":2,"topics":1,"terms":7,"patterns":0,"errors":0,"warnings":0}'
	assert_stderr ''
}

@test "--check says all that is wrong" {
	sed -i 's/яма]/ямы, дорожная яма^0, яма]/; s/\[двор^2\]/[двор^2, яма дороги^1]/
		s/thanks/thank/' rules.yaml
	run --separate-stderr gp-classify --check rules.yaml
	assert_failure 65
	assert_output --partial '"errors":3,"warnings":0'
	assert_stderr "gp-classify: rules.yaml:13:40: term 'дорожная яма^0': '^0' is not a weight
gp-classify: rules.yaml:7:12: unknown kind 'thank': is 'thanks' meant?
gp-classify: rules.yaml:13:56: 'яма': 'ямы' in line 13 is the same term"
	run --separate-stderr gp-classify --check
	assert_failure 64
	assert_stderr 'gp-classify: --check takes one FILE'
	run --separate-stderr gp-classify --check nowhere
	assert_failure 65
}

@test "--check warns of a term that decides for two groups" {
	sed -i 's/\[двор^2\]/[двор^2, ямы дороги^2]/' rules.yaml
	run --separate-stderr gp-classify --check rules.yaml
	assert_success
	assert_output --partial '"errors":0,"warnings":1'
	assert_stderr "gp-classify: rules.yaml:16:23: 'ямы дороги^2' decides for 'Дворы \"и\" сады' and, in line 13, 'Дороги' (a warning)"
}

@test "the shipped taxonomy is sound" {
	run --separate-stderr gp-classify --check "$GP_SRC/lib/data/taxonomy.yaml"
	assert_success
	assert_stderr ''
	c 'На Школьной огромная яма на дороге' >in
	run --separate-stderr gp-classify in
	assert_success
	assert_output --partial '"group":"Дороги"'
}
