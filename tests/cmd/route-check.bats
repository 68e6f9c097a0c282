#!/usr/bin/env bats
# gp-route --check: what is wrong with rules, each with its line and column.
load ../lib

setup() {
	gp_setup
	cat >tax.yaml <<'EOF'
taxonomy: 1
kinds: [{name: danger, include: [газ]}, {name: spam, include: [кредит]}]
groups:
  - name: Дороги
    topics: [{name: Ямы, include: [яма]}, {name: Снег, include: [снег]}]
  - {name: Вода, include: [вода]}
EOF
	cat >head.yaml <<'EOF'
routes: 1
term: usual
schedules: {office: {weekdays: 09:00-18:00}}
terms: {usual: {first: 9 working hours}}
assignees: {roads: Дороги, water: Вода}
default: {to: roads}
EOF
}

# rules: head.yaml and what comes on standard input; proven.
rules() {
	cat head.yaml - >r.yaml
	run --separate-stderr gp-route --check -t tax.yaml r.yaml
}

# says REASON: one error, at its place.
says() {
	assert_failure 65
	assert_stderr_line "gp-route: r.yaml:$1"
}

@test "nothing is wrong" {
	rules <<'EOF'
rules:
  - {name: a, topic: Ямы, to: roads}
  - {name: b, group: Дороги, to: roads}
  - {name: c, kind: danger, words: [газ*], to: water}
EOF
	assert_success
	assert_stderr ''
	assert_output '{"type":"routes","file":"r.yaml","match":"first","files":1,"rules":3,"assignees":2,"centres":0,"terms":1,"places":0,"years":[2022,2023,2024,2025,2026,2027],"errors":0,"warnings":0}'
}

@test "unknown members, with the nearest known" {
	rules <<<'rules: [{name: a, topik: Ямы, to: roads}]'
	says "7:19: unknown key 'topik': is 'topic' meant?"
	rules <<<'shedules: {}'
	says "7:1: unknown key 'shedules': is 'schedules' meant?"
	rules <<<'centres: {a: {page: x}}'
	says "7:15: unknown key 'page': is 'pages' meant?"
	rules <<<'calendars: {a: {act: x, holiday: {}}}'
	says "7:25: unknown key 'holiday': is 'holidays' meant?"
}

@test "unknown names" {
	rules <<'EOF'
rules:
  - {name: a, topic: [Ямы, Снек], to: raods}
  - {name: b, group: Вада, to: water, term: usuel}
  - {name: c, kind: dangr, to: water, centre: no}
  - {name: d, place: Лог, to: water}
  - {name: e, to: water, same_as: z, words: [снег, "a b & c"]}
EOF
	assert_failure 65
	assert_stderr "gp-route: r.yaml:8:39: unknown assignee 'raods': is 'roads' meant?
gp-route: r.yaml:9:45: unknown term 'usuel': is 'usual' meant?
gp-route: r.yaml:10:47: unknown centre 'no'
gp-route: r.yaml:11:22: a place, but there is no gazetteer: 'places' is missing
gp-route: r.yaml:12:52: words 'a b & c': a side of & must be one word
gp-route: r.yaml:12:35: unknown rule 'z'
gp-route: r.yaml:8:28: the taxonomy has no topic 'Снек': is 'Снег' meant?
gp-route: r.yaml:9:22: the taxonomy has no group 'Вада': is 'Вода' meant?
gp-route: r.yaml:10:21: the taxonomy has no kind 'dangr': is 'danger' meant?"
	# without --check the first one ends it
	run --separate-stderr gp-route -r r.yaml </dev/null
	assert_failure 78
	assert_stderr "gp-route: r.yaml:8:39: unknown assignee 'raods': is 'roads' meant?"
}

@test "rules that can never be chosen" {
	rules <<'EOF'
rules:
  - {name: a, group: Дороги, to: roads}
  - {name: b, topic: Ямы, to: water}
EOF
	says "9:5: the rule 'b' can never be chosen: 'a' in line 8 of r.yaml comes before it and takes what it would take"
	# two together take it
	rules <<'EOF'
rules:
  - {name: a, topic: Ямы, to: roads}
  - {name: b, topic: Снег, to: roads}
  - {name: c, topic: [Снег, Ямы], kind: spam, to: water}
EOF
	says "10:5: the rule 'c' can never be chosen: 'a' in line 8 of r.yaml comes before it and takes what it would take"
	rules <<'EOF'
rules:
  - {name: a, words: [снег, лёд], to: roads}
  - {name: b, words: [лёд], group: Вода, to: water}
EOF
	says "9:5: the rule 'b' can never be chosen: 'a' in line 8 of r.yaml comes before it and takes what it would take"
	# a rule for all
	rules <<'EOF'
rules:
  - {name: a, to: roads}
  - {name: b, kind: spam, to: water}
EOF
	says "9:5: the rule 'b' can never be chosen: 'a' in line 8 of r.yaml comes before it and takes what it would take"
}

@test "rules that look covered and are not" {
	rules <<'EOF'
rules:
  - {name: a, topic: Ямы, kind: spam, to: roads}
  - {name: b, topic: Ямы, to: water}
  - {name: c, topic: [Ямы, Снег], to: water}
  - {name: d, group: Дороги, to: water}
  - {name: e, words: снег, to: water}
  - {name: f, words: [снег, лёд], to: water}
EOF
	assert_success
	assert_stderr ''
}

@test "places: within another, and those of the gazetteer" {
	cat >>head.yaml <<'EOF'
places: [{name: Лог, streets: [Полевая]}, {name: Яр, streets: [Полевая]}]
EOF
	rules <<'EOF'
rules:
  - {name: a, place: Лог, to: roads}
  - {name: b, place: Лог/Полевая, to: water}
  - {name: c, place: Полевая, to: water}
EOF
	says "10:5: the rule 'b' can never be chosen: 'a' in line 9 of r.yaml comes before it and takes what it would take"
	says "11:22: there are several 'Полевая': write 'settlement/name'"
}

@test "best match: the same conditions twice" {
	rules <<'EOF'
match: best
rules:
  - {name: a, group: Дороги, to: roads}
  - {name: b, topic: Ямы, to: water}
  - {name: c, topic: [Ямы], to: roads}
EOF
	says "11:5: the rule 'c' can never be chosen: 'b' in line 10 of r.yaml comes before it and takes the same"
	[ "${#stderr_lines[@]}" -eq 1 ]
}

@test "loops" {
	rules <<'EOF'
rules:
  - {name: a, topic: Ямы, same_as: b}
  - {name: b, topic: Снег, same_as: a}
EOF
	says "8:5: a loop: the rule 'a' is 'same_as' itself, by 'b'"
	run --separate-stderr gp-route -r r.yaml </dev/null
	assert_failure 78
	rules <<<'centres: {a: {rules: [{name: x, redirect: b}]}, b: {rules: [{name: y, kind: spam, redirect: a}]}}'
	says "7:23: a loop: 'a' redirects to 'b', which leads back"
	rules <<<'centres: {a: {default: {redirect: a}}}'
	says "7:24: a loop: 'a' redirects to 'a', which leads back"
	sed -i 's/^default.*/default: {redirect: a}/' head.yaml
	rules <<<'centres: {a: {rules: [{name: x, kind: spam, to: roads}]}}'
	says "6:10: a loop: 'a' redirects to 'a', which leads back"
	rules <<<'centres: {a: {default: {to: roads}}}'
	refute_stderr --partial loop
	sed -i 's/^assignees.*/assignees: {roads: {same_as: water}, water: {same_as: roads}}/; s/^terms.*/terms: {usual: {first: 9 hours, important: usual}}/; s/^default.*/default: {to: roads}/' head.yaml
	rules </dev/null
	says "5:13: a loop: the assignee 'roads' is 'same_as' itself, by 'water'"
	says "4:9: a loop: the term 'usual' is the important one of itself"
}

@test "files that include each other" {
	printf 'routes: 1\ninclude: [r.yaml]\n' >b.yaml
	rules <<<'include: [b.yaml]'
	assert_failure 65
	assert_stderr_line "gp-route: b.yaml:2:11: 'r.yaml' includes itself"
	printf 'routes: 1\ndefault: {to: roads}\n' >b.yaml
	rules <<<'include: [b.yaml, ./b.yaml]'
	assert_failure 65
	assert_stderr_line "gp-route: b.yaml:2:10: 'default' stands in the first file only"
	rules <<<'include: [c.yaml]'
	assert_failure 65
	assert_stderr --partial c.yaml
}

@test "a default is missing" {
	sed -i /^default/d head.yaml
	rules <<<'rules: [{name: a, to: roads}, {name: b, redirect: a}, {name: c, kind: spam}]'
	says "1:1: 'default' is missing: what no rule takes would be nobody's"
	says "6:55: the rule leads nowhere: 'to', 'redirect' or 'same_as' is missing"
}

@test "terms and schedules that are none" {
	rules <<<'important: [{kynd: x}]'
	says "7:14: unknown key 'kynd': is 'kind' meant?"
	sed -i 's/9 working hours/9 workings/' head.yaml
	rules </dev/null
	says "4:24: '9 workings' is no term: write a number and hours, working hours, days or working days"
	sed -i 's/9 workings/{term: 9 hours, from: first}/' head.yaml
	rules </dev/null
	says "4:9: the term 'usual' runs from the first answer, which has none"
	sed -i 's/from: first/cap: 3 hours/' head.yaml
	rules </dev/null
	says "4:45: 'cap' must be days of the year, as 30 days"
	sed -i 's/, cap: 3 hours/, from: birth/' head.yaml
	rules </dev/null
	says "4:46: 'from' must be one of at|seen|registered|first, not 'birth'"
	sed -i 's/09:00-18:00/18:00-09:00/' head.yaml
	rules </dev/null
	says "3:21: '18:00-09:00' are no hours: write them as 09:00-13:00, 14:00-18:00, in order, or 'closed'"
}

@test "zones, calendars, centres" {
	rules <<<'zone: Europe/Nowhere'
	says "7:7: no such zone: 'Europe/Nowhere'"
	rules <<<'calendars: {a: {act: x, short: [2026-02-30]}}'
	says "7:1: '2026-02-30' is not a date of the form 2026-03-20"
	rules <<<'calendars: {a: {act: x, base: b}}'
	says "7:16: 'base' must be a calendar that stands before, not 'b'"
	rules <<<'centres: {a: {pages: [x]}, b: {pages: [x]}}'
	says "7:39: a page of 'b' belongs to 'a' already"
	sed -i /^schedules/d head.yaml
	rules </dev/null
	says "1:1: 'schedules' is missing: there are no working hours"
}

@test "what nobody leads to is a warning" {
	rules <<<'centres: {a: {}}'
	assert_success
	assert_stderr "gp-route: r.yaml:5:28: no rule leads to the assignee 'water' (a warning)
gp-route: r.yaml:7:11: the centre 'a' has no pages, and no rule leads to it (a warning)"
}

@test "the command line" {
	run --separate-stderr gp-route --check
	assert_failure 64
	assert_stderr "gp-route: --check takes one FILE"
	run --separate-stderr gp-route --check --explain x r.yaml
	assert_failure 64
	run --separate-stderr gp-route -r none.yaml </dev/null
	assert_failure 78
	assert_stderr --partial none.yaml
}
