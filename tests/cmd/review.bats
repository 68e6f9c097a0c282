#!/usr/bin/env bats
# gp-review: decisions, what is not approved, and that no edit is ever lost.
# The editors here are scripts that change the real file of the real program.
load ../lib

setup() {
	gp_setup
	{
		d 1 'Починим дорогу 5 ноября, работы ведёт отдел дорог.'
		d 2 'Починим {{когда}}.'
		d 3 'Ответим завтра.'
	} >d.ndjson
	export EDITOR=$PWD/editor
	state=$HOME/.local/state/gp/review
}

# d N TEXT [MEMBERS]: a draft.
d() {
	printf '{"type":"draft","id":"draft:vk:-1/9/%s","network":"vk","page":"vk:-1","at":"2026-10-31T12:00:00Z","to":"vk:-1/9/%s","to_type":"comment","appeal":{"text":"Где дорога?","author":{"name":"Анна"}},"due":{"first":"2026-11-02T17:30:00Z"},"text":"%s","final":true,"drafted_by":"gp-suggest"%s}\n' \
		"$1" "$1" "$2" "${3:-}"
}

# editor: its body from standard input; the file is "$f", +LINE is "$at".
editor() {
	{
		echo '#!/bin/sh'
		# shellcheck disable=SC2016 # of the script
		echo 'at=; case $1 in +*) at=$1; shift ;; esac; f=$1'
		cat
	} >editor
	chmod +x editor
}

# say N WORD: the decision of the draft N in the file $f, for scripts.
say='say() { awk -v n="$1" -v w="$2" "/^@@ / { k = \$2 } k == n && \$0 == \"skip\" { \$0 = w } 1" "$f" >"$f.new" && mv "$f.new" "$f"; }'

# No terminal at all, whoever runs the tests.
review() {
	run --separate-stderr setsid -w gp-review --as Иванова "$@"
}

@test "approved: a reply with who, when and the hash of the text" {
	echo "$say; say 1 approve" | editor
	review d.ndjson
	assert_success
	assert_stderr ''
	text='Починим дорогу 5 ноября, работы ведёт отдел дорог.'
	sum=$(printf %s "$text" | sha256sum | cut -d' ' -f1)
	assert_output '{"type":"reply","id":"reply:vk:-1/9/1","network":"vk","page":"vk:-1","at":"2026-10-31T15:00:00Z","to":"vk:-1/9/1","to_type":"comment","appeal":{"text":"Где дорога?","author":{"name":"Анна"}},"due":{"first":"2026-11-02T17:30:00Z"},"text":"'"$text"'","final":true,"drafted_by":"gp-suggest","approved_by":"Иванова","approved_at":"2026-10-31T15:00:00Z","text_sha256":"'"$sum"'"}'
	"$GP_TESTS/schema.py" <<<"$output"
	run ls "$state"
	assert_output last
}

@test "the text that is shown: term, appeal, holes, decisions of skip" {
	gp-review --write s.txt d.ndjson
	run sed -n '/^@@ 2/,/^@@ 3/p' s.txt
	assert_output '@@ 2 draft:vk:-1/9/2
# срок 2026-11-02 17:30, осталось 2 д 2 ч
# страница vk:-1
# составил: gp-suggest
# пишет: Анна
# > Где дорога?
skip
---
Починим {{когда}}.

@@ 3 draft:vk:-1/9/3'
	assert_equal "$(stat -c %a s.txt)" 600
	GP_NOW=2026-11-05T15:00:00Z gp-review --write s.txt --lang en d.ndjson
	grep -qx '# due 2026-11-02 17:30, LATE by 2 d 21 h' s.txt
}

@test "to quit decides nothing; with --keep-skipped the drafts come as they were" {
	echo true | editor
	review d.ndjson
	assert_success
	assert_output ''
	review --keep-skipped d.ndjson
	assert_output "$(cat d.ndjson)"
}

@test "edit keeps a draft, return gives it back, others pass in their place" {
	{
		echo '{ "type":"post","id":"p" }'
		cat d.ndjson
		echo '{"type":"ack"}'
	} >in
	cat <<-END | editor
		$say
		say 2 edit; say 3 'return "нет срока"'
		sed -i 's/Починим {{когда}}/Чиним {{когда}} и "где"/' "\$f"
	END
	review in
	assert_success
	run jq -c '[.type, .id, .text, .drafted_by, .returned, .at]' <<<"$output"
	assert_output '["post","p",null,null,null,null]
["draft","draft:vk:-1/9/2","Чиним {{когда}} и \"где\".","Иванова",null,"2026-10-31T15:00:00Z"]
["draft","draft:vk:-1/9/3","Ответим завтра.","gp-suggest",{"by":"Иванова","at":"2026-10-31T15:00:00Z","why":"нет срока"},"2026-10-31T12:00:00Z"]
["ack",null,null,null,null,null]'
}

@test "a hole is opened again, at its line, and then goes out" {
	ln -s editor vi
	cat <<-END | editor
		$say
		echo "\$at" >>calls
		if [ -z "\$at" ]; then say 2 approve; exit; fi
		sed -n "\${at#+}p" "\$f" >>calls
		grep -A1 '^@@ 2' "\$f" | tail -1 >>calls
		sed -i 's/{{когда}}/в среду/' "\$f"
	END
	EDITOR=$PWD/vi review --jq '[.text, .type]' d.ndjson
	assert_success
	assert_output '["Починим в среду.","reply"]'
	run cat calls
	assert_output '
+28
Починим {{когда}}.
#! a hole is not filled: {{когда}}'
}

# refused TEXT MEMBERS WHY [ARGS]: an approval that must not stand.
refused() {
	d 1 "$1" "$2" >one
	gp-review --write s.txt one
	sed -i 's/^skip$/approve/' s.txt
	review "${@:4}" --apply s.txt one
	assert_failure 1
	assert_output ''
	assert_stderr --partial "$3"
}

@test "what is not approved" {
	refused 'Починим {{когда}}.' '' 's.txt:17: a hole is not filled: {{когда}}'
	refused 'Починим {{ когда.' '' 'a hole is not filled: {{'
	refused 'Починим когда}}.' '' 'what is left of a hole: }}'
	refused '' '' 'the answer is empty'
	refused ' \n\t\u0007 ' '' 'the answer is empty'
	refused "$(printf 'я%.0s' $(seq 16385))" '' \
		'too long: 16385 characters, vk takes 16384'
	refused 'Ваш СНИЛС 112-233-445 95 приняли.' '' \
		'personal data in a public answer: snils'
	refused 'Позвоним вам: 8 900 111-22-33.' \
		',"appeal":{"text":"мой номер +7 (900) 111 22 33, 89001112233"}' \
		'personal data in a public answer: phone'
	refused 'Да.' ',"findings":[{"level":"error","message":"нет срока"},{"level":"warning","message":"сухо"}]' \
		's.txt:19: error: нет срока'
	refused 'Да.' ',"drafted_by":"Иванова"' \
		"drafted by 'Иванова': another person approves" --two-person
}

@test "what may stand: telephones of an office, anything in private but a hole" {
	d 1 'Звоните 8 (86100) 2-22-33, Сидоров Пётр Ильич.' >one
	d 2 'СНИЛС 112-233-445 95 приняли.' '' | sed 's/"comment"/"message"/' >>one
	d 3 'Да.' ',"findings":[{"level":"warning","message":"сухо"}]' >>one
	d 4 'Ответ.' ',"findings":[{"level":"error","message":"нет срока"}]' >>one
	gp-review --write s.txt one
	sed -i 's/^skip$/approve/; s/^Ответ\.$/Ответим 5 ноября./' s.txt
	review --apply s.txt --jq '[.id, (.findings | length)]' one
	assert_success
	assert_stderr ''
	assert_output '["reply:vk:-1/9/1",0]
["reply:vk:-1/9/2",0]
["reply:vk:-1/9/3",1]
["reply:vk:-1/9/4",0]'
}

@test "two answers to one appeal; a further reply has a number" {
	d 1 'Да.' >one
	d 1 'Нет.' ',"nth":2' | sed 's/"draft:[^"]*/&:2/' >>one
	gp-review --write s.txt one
	cp s.txt both.txt
	sed -i 's/^skip$/approve/' both.txt
	review --apply both.txt one
	assert_failure 1
	assert_stderr --partial 'draft 1 answers the same appeal and is approved'
	awk '/^@@ 2/ { k = 1 } k && $0 == "skip" { $0 = "approve" } 1' s.txt >2.txt
	review --apply 2.txt --jq '[.id, .nth]' one
	assert_success
	assert_output '["reply:vk:-1/9/1:2",null]'
}

@test "--two-person: who changes a text does not approve it" {
	d 1 'Да.' >one
	gp-review --write s.txt one
	sed 's/^skip$/approve/; s/^Да\.$/Да, 5 ноября./' s.txt >a.txt
	review --two-person --apply a.txt one
	assert_failure 1
	assert_stderr --partial 'you have changed the text: say edit'
	sed -i 's/^approve$/edit/' a.txt
	review --two-person --apply a.txt one
	assert_success
	echo "$output" >two
	gp-review --write s.txt two
	sed -i 's/^skip$/approve/' s.txt
	review --two-person --apply s.txt two
	assert_failure 1
	run gp-review --as Петров --two-person --apply s.txt two
	assert_success
	assert_output --partial '"approved_by":"Петров"'
}

@test "decisions that are none" {
	gp-review --write s.txt d.ndjson
	awk '/^@@ 1/ { w = "aprove" } /^@@ 2/ { w = "return" } /^@@ 3/ { w = "skip\nskip" }
		$0 == "skip" { $0 = w } 1' s.txt >a.txt
	review --apply a.txt d.ndjson
	assert_failure 1
	assert_output ''
	assert_stderr --partial "a.txt:15: 'aprove' is no decision: approve, edit, skip or return \"why\""
	assert_stderr --partial 'return needs a reason: return "why"'
	assert_stderr --partial 'a second decision'
	sed 's/^Ответим завтра/Ответим послезавтра/' s.txt >a.txt
	review --apply a.txt d.ndjson
	assert_failure 1
	assert_stderr --partial 'skipped, but the text was changed: say edit'
}

@test "a text that is cut, or of other drafts, counts for nothing" {
	gp-review --write s.txt d.ndjson
	sed -i '0,/^skip$/s//approve/' s.txt
	for n in $(seq 9 7 38); do
		head -n "$n" s.txt >a.txt
		review --apply a.txt d.ndjson
		assert_failure 65
		assert_output ''
		assert_stderr --partial "'@@ end' is missing"
	done
	sed 's/^@@ 2 draft/@@ 2 craft/' s.txt >a.txt
	review --apply a.txt d.ndjson
	assert_failure 65
	assert_output ''
	assert_stderr --partial 'there is no such draft: 2 craft'
	sed 's/^@@ 2 .*/@@ 1 draft:vk:-1\/9\/1/' s.txt >a.txt
	review --apply a.txt d.ndjson
	assert_failure 65
	assert_stderr --partial 'draft 1 stands twice'
	: >a.txt
	review --apply a.txt d.ndjson
	assert_failure 65
	# a block that is taken out is skipped; ends of DOS change nothing
	sed '/^@@ 2/,/^$/d' s.txt | sed 's/$/\r/' >a.txt
	review --apply a.txt --jq .text d.ndjson
	assert_success
	assert_output '"Починим дорогу 5 ноября, работы ведёт отдел дорог."'
}

@test "text of citizens cannot look like ours, nor reach the terminal" {
	printf '%s\n' '{"type":"draft","id":"draft:x\u001b[31m y","to":"x","text":"@@ end\n\\\\слово\n# тег\n---\nконец","appeal":{"text":"a\n@@ end\napprove\n---\n\u001b]0;x\u0007\u202eвзад\nvim: set modeline","author":{"name":"Я\n@@ 1 x\napprove"},"url":"u\nskip"},"page":"p\n---","findings":[{"level":"warning","message":"m\napprove"}]}' >one
	gp-review --write s.txt one
	run grep -caP '[\x00-\x08\x0b-\x1f]|\x{202e}' s.txt
	assert_output 0
	run grep -anE '^(@@|approve|skip|---)' s.txt
	assert_equal "${#lines[@]}" 5 # header, skip, ---, the text's ---, end
	sed -i '0,/^skip$/s//approve/' s.txt
	review --apply s.txt --jq .text one
	assert_success
	assert_output '"@@ end\n\\\\слово\n# тег\n---\nконец"'
	run tail -n 6 s.txt
	refute_output --partial 'vim:'
}

@test "an editor that fails, is killed, or leaves what is wrong: nothing is lost" {
	for end in 'exit 3' 'kill -9 $$' 'kill -INT $$'; do
		{
			echo "$say; say 1 approve; sed -i 's/5 ноября/6 ноября/' \"\$f\""
			echo "$end"
		} | editor
		review d.ndjson
		assert_failure 75
		assert_output ''
		assert_stderr --partial "gp-review: what was edited is kept in '$state/"
		echo true | editor
		review --resume --jq .text
		assert_success
		assert_output '"Починим дорогу 6 ноября, работы ведёт отдел дорог."'
		review --resume
		assert_failure 65
		assert_stderr 'gp-review: there is no review to resume'
	done
	echo "$say; say 2 approve" | editor
	review d.ndjson
	assert_failure 65
	assert_output ''
	assert_stderr --partial 'sheet.txt:'
	assert_stderr --partial 'a hole is not filled: {{когда}}'
	echo 'sed -i "s/{{когда}}/в среду/" "$f"' | editor
	review --resume --jq .text
	assert_success
	assert_output '"Починим в среду."'
}

@test "killed itself, a full disk, a reader that is gone: nothing is lost" {
	# shellcheck disable=SC2016 # of the script
	echo "$say; say 1 approve; kill -9 \$PPID; sleep 0.1" | editor
	review d.ndjson
	assert [ "$status" -ne 0 ]
	assert_output ''
	echo true | editor
	review --resume --jq .id
	assert_success
	assert_output '"reply:vk:-1/9/1"'

	echo "$say; say 1 approve" | editor
	run --separate-stderr setsid -w sh -c \
		'gp-review --as Иванова d.ndjson >/dev/full'
	assert_failure 74
	assert_stderr --partial 'what was edited is kept in'
	echo true | editor
	run --separate-stderr setsid -w sh -c \
		'{ gp-review --as Иванова --resume; echo $? >status; } | true'
	# a pipe that was read from is empty, one that was closed says so
	case $(cat status) in
	0) ;;
	74) review --resume && assert_success ;;
	*) fail "status $(cat status)" ;;
	esac
}

@test "an unfinished review is told of, and one that is open is not taken" {
	echo 'exit 1' | editor
	review d.ndjson
	assert_failure 75
	cat <<-'END' | editor
		setsid -w gp-review --as Б --resume >inner.out 2>inner.err
		echo $? >inner
	END
	d 9 'Да.' >other
	# the inner one finds the first; its editor fails again
	sed -i '2i [ -z "$INNER" ] || exit 1; export INNER=1' editor
	review other
	assert_success
	assert_stderr --partial "an unfinished review is kept in '$state/"
	assert_equal "$(cat inner)" 75
	run ls "$state"
	assert_equal "${#lines[@]}" 2 # last, and the first one
}

@test "on a terminal, behind a pipe: the editor has it, with input and output" {
	cat <<-END | editor
		$say
		tty <&0 >seen; tty <&1 >>seen
		printf 'решение? '
		read -r word
		say 1 "\$word"
	END
	cat >run <<-'END'
		cat d.ndjson | gp-review --as Иванова | cat >out
		echo "${PIPESTATUS[1]}" >status
	END
	(sleep 1; echo approve; sleep 1) |
		timeout 20 script -qefc 'bash run' screen >shown
	assert_equal "$(cat status)" 0
	grep -q 'решение?' shown
	run cat seen
	assert_output --regexp '^/dev/[a-z/0-9]+
/dev/[a-z/0-9]+$'
	run jq -r .type out
	assert_output reply
}

@test "Ctrl-C in the editor ends the editor alone, and the edit stays" {
	cat <<-END | editor
		$say
		say 1 approve
		trap 'exit 130' INT
		echo ready >ready
		sleep 10
	END
	cat >run <<-'END'
		gp-review --as Иванова d.ndjson >out 2>err
		echo $? >status
	END
	(until [ -f ready ]; do sleep 0.1; done; printf '\003'; sleep 1) |
		timeout 20 script -qefc 'bash run' screen >shown || true
	assert_equal "$(cat status)" 75
	grep -q 'ended with status 130' err
	echo true | editor
	review --resume --jq .id
	assert_output '"reply:vk:-1/9/1"'
}

@test "who approves: --as, the config, or nobody" {
	gp-review --write s.txt d.ndjson
	sed -i '0,/^skip$/s//approve/' s.txt
	run --separate-stderr gp-review --apply s.txt d.ndjson
	assert_failure 78
	assert_stderr 'gp-review: nobody is said to approve: give --as NAME, or person: in the config'
	echo 'person: Петрова А. Б.' >gp.yaml
	run gp-review -c gp.yaml --apply s.txt --jq .approved_by d.ndjson
	assert_output '"Петрова А. Б."'
	run gp-review -c gp.yaml --as В --apply s.txt --jq .approved_by d.ndjson
	assert_output '"В"'
}

@test "the command line, lines that are refused, nothing to do" {
	review --write a --apply b
	assert_failure 64
	review --resume d.ndjson
	assert_failure 64
	echo 'exit 1' | editor # is not run
	review </dev/null
	assert_success
	assert_output ''
	echo '{"type":"post","id":"p"}' >in
	review in
	assert_output '{"type":"post","id":"p"}'
	{
		echo '{"type":"draft","id":"x","text":"t"}'
		echo no
		d 1 'Да.'
	} >in
	echo "$say; say 1 approve" | editor
	review --reject r --jq .id in
	assert_failure 1
	assert_output '"reply:vk:-1/9/1"'
	assert_stderr "gp-review: in:1: a draft needs 'to'
gp-review: in:2: not a JSON object"
	assert_equal "$(wc -l <r)" 2
	review --strict in
	assert_failure 65
	assert_output ''
	run ls "$state"
	assert_output last
}

@test "the whole way: store, drafts, a decision, and the store again" {
	cat >in <<-'END'
		{"type":"comment","id":"vk:-1/9/2","network":"vk","page":"vk:-1","post":"vk:-1/9","at":"2026-10-31T10:00:00Z","author":{"id":"7","name":"Анна","official":false},"text":"Когда починят дорогу?","class":{"kind":"question","by":"person"},"due":{"first":"2026-11-03T07:00:00Z","final":"2026-11-13T15:00:00Z"}}
	END
	gp-store put d.db in >ack
	cat <<-END | editor
		$say
		say 1 approve
		sed -i 's/{{телефон}}/8 (86100) 2-22-33/' "\$f"
	END
	gp-store get d.db --open | gp-suggest -i --db d.db |
		setsid -w gp-review --as Иванова | gp-store put d.db >ack
	run gp-store get d.db --desk --state interim --jq '[.id, .desk.promised]'
	assert_success
	assert_output '["vk:-1/9/2","2026-11-13T15:00:00Z"]'
	# the final answer is another reply
	gp-store get d.db --state interim | gp-suggest --db d.db |
		sed 's/{{[^}]*}}/слово/g' >final
	gp-review --write s.txt final
	sed -i 's/^skip$/approve/' s.txt
	gp-review --as Петров --apply s.txt final | gp-store put d.db >ack
	run gp-store get d.db --type reply --jq .id
	assert_output '"reply:vk:-1/9/2"
"reply:vk:-1/9/2:2"'
	run gp-store get d.db --open
	assert_output ''
}
