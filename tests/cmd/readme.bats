#!/usr/bin/env bats
# The first page keeps its word: names, packages and examples.
load ../lib

readme=$GP_SRC/README.md

# words VARIABLE: its value in the Makefile, a word a line.
words() {
	sed -e ':a' -e '/\\$/{N;s/\\\n//;ba' -e '}' "$GP_SRC/Makefile" |
		sed -n "s/^$1 *= *//p" | tr -s ' \t' '\n' | sort
}

# paragraph HEAD: the paragraph that follows it, a word a line.
paragraph() {
	awk -v head="$1" 'index($0, head) == 1 { on = 1; next }
		on && NF == 0 { if (seen) exit; next }
		on { seen = 1; print }' "$readme" | tr -s ' ' '\n' | sort
}

# block N: the Nth example of shell.
block() {
	awk -v n="$1" '/^```sh/ { on = ++k == n; next } /^```/ { on = 0 }
		on' "$readme"
}

@test "the table names every command" {
	run sh -c "sed -n 's/^| \`\(gp-[a-z]*\)\` .*/\1/p' '$readme' | sort"
	assert_output "$(words CMDS)"
}

@test "the packages are those of the Makefile" {
	for list in "DEPS_BUILD:To build and run" "DEPS_TEST:To test" \
		"DEPS_BENCH:To measure it" "DEPS_CLUSTER:To try it on three"; do
		run paragraph "${list#*:}"
		assert_output "$(words "${list%%:*}")"
	done
}

@test "the targets it names are there" {
	for target in $(grep -oE '(`|&& |    )make [a-z]+' "$readme" |
		sed 's/.*make //' | sort -u); do
		grep -q "^$target:" "$GP_SRC/Makefile" || fail "make $target"
	done
}

@test "a pipeline, the demo and the tests are on the first screen" {
	run head -n 25 "$readme"
	assert_output --partial 'gp-store get d.db --open | gp-report queue'
	assert_output --partial 'make demo'
	assert_output --partial 'make test'
}

@test "the first pipeline runs, in the played district" {
	cat >play <<-'EOT'
		cat >gp.yaml <<EOC
		telegram: {preview: $GP_SIM_URL, api: $GP_SIM_URL}
		pages:
		  district:
		    network: telegram
		    name: zarechny_adm
		    bot: {token: {file: $GP_SIM_TOKEN_FILE}, messages: yes}
		EOC
		GP_CONFIG=gp.yaml sh -eu pipeline
	EOT
	block 1 >pipeline
	assert [ -s pipeline ]
	run --separate-stderr gp-sim -- sh -eu play
	assert_success
	assert_stderr ''
	assert [ -n "$output" ]
	gp-store get d.db >d.ndjson
	run jq -r .type d.ndjson
	assert_line post
	assert_line comment
	assert_line run
	run "$GP_TESTS/schema.py" <d.ndjson
	assert_success
}

@test "the rehearsal runs" {
	block 2 >rehearsal
	assert [ -s rehearsal ]
	run --separate-stderr sh -eu rehearsal
	assert_success
	assert_stderr ''
	assert_output --partial 'https://t.me/zarechny_adm/'
	run "$GP_TESTS/schema.py" <d.ndjson
	assert_success
}

@test "answers and posts go out, in the played village" {
	cp "$GP_TESTS/reply_pages.bash" .
	cat >plan.yaml <<-'END'
	zone: "+03:00"
	posts:
	  - {id: voda, pages: [v, m], at: "2026-10-10 18:00", text: "Воду на Луговой дали в 17:40."}
	END
	cat >editor <<-'END'
	#!/bin/sh
	case $1 in +*) shift ;; esac
	awk '/^@@ / { n++ } n == 1 && $0 == "skip" { $0 = "approve" }
	n == 1 && $0 == "---" { print; print "Здравствуйте! Яму на Луговой заделаем до 15 октября, работы ведёт отдел дорог администрации."; print ""; gone = 1; next }
	/^@@ / { gone = 0 } !gone' "$1" >"$1.new" && mv "$1.new" "$1"
	END
	chmod +x editor
	block 3 >acting
	assert [ -s acting ]
	cat >play <<-'END'
	. ./reply_pages.bash; pages; plant vk 2
	GP_CONFIG=$PWD/c.yaml VISUAL=$PWD/editor
	export GP_CONFIG VISUAL
	sed -i '1i person: Ольга' c.yaml
	fetched >r0.ndjson; gp-store put d.db <r0.ndjson
	setsid -w bash -eu acting
	written | jq -r '[.action, .id | split(":")[0]] | @tsv' | sort | uniq -c
	END
	run --separate-stderr gp-sim "$GP_TESTS/fixtures/sim/small.yaml" -- bash play
	assert_success
	assert_output --regexp '1 comment'
	assert_output --regexp '1 post.max'
	assert_output --regexp '1 post.vk'
	run gp-store get d.db --type receipt --jq '[.action, .status]'
	assert_line '["reply","sent"]'
	assert_line '["post","sent"]'
}
