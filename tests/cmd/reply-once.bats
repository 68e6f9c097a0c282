#!/usr/bin/env bats
# gp-reply: the hard cases of sending once, and the journal on a server.
# Takes long: it is begun first.
load ../lib
load ../postgres

setup() {
	gp_setup
	cp "$GP_TESTS/reply_pages.bash" .
	cat >one.sh <<-'END'
	reply() { gp-reply -c c.yaml --settle 0 "$@"; }
	said() { jq -r 'select(.type == "receipt") | [.status, .to, .error // ""] | @tsv'; }
	fault() { curl -s "$GP_SIM_URL/_sim/fault" "$@" >/dev/null; }
	# with PROGRAM: the reply on stdin changed, and approved again
	with() { jq -c "$1" | python3 -c '
	import hashlib, json, sys
	for line in sys.stdin:
	    r = json.loads(line)
	    r["text_sha256"] = hashlib.sha256(r["text"].encode()).hexdigest()
	    print(json.dumps(r, ensure_ascii=False, separators=(",", ":")))'; }
	of() { grep "network...$1.*to_type...$2" replies.ndjson | head -n "${3:-1}"; }
	END
	sed -i 's/^\t//' one.sh
}

teardown() {
	pg_stop
}

sim() {
	run --separate-stderr timeout 100 gp-sim \
		"$GP_TESTS/fixtures/sim/small.yaml" -- bash -c \
		". ./reply_pages.bash; . ./one.sh; pages ${rate:-}
		for n in vk ok max telegram; do plant \$n 2; plant \$n 2 private; done
		fetched >r.ndjson; gp-store put '${db:-d.db}' <r.ndjson
		gp-store get '${db:-d.db}' --open | approve >replies.ndjson; $1"
}


@test "reply once: the same words to one talk, the second of them lost: both arrive" {
	# VK's request may be repeated, and is, three times.
	for n in vk=messages.send=9 ok=POST\ /ok/graph=1 max=POST\ /max/messages=1; do
		rm -f d.db*
		match=${n#*=}
		sim "of ${n%%=*} message | "'with ".text = \"Передали коммунальщикам\"" >first
		with ".approved_at = \"2026-10-31T15:00:05Z\"" <first >second
		reply --db d.db first | said | cut -f1
		fault -d kind=reset -d times='"${n##*=}"' --data-urlencode "match='"${match%=*}"'"
		for i in 1 2 3; do reply --db d.db --again second | said | cut -f1; fault -d clear=1; done
		written | jq -r .text | sort | uniq -c | sed "s/^ *//"; gp-reply --db d.db --list'
		assert_output $'sent\nunknown\nsent\nduplicate\n2 Передали коммунальщикам'
	done
}

@test "reply once: another answer of the page, which nobody sent from here, is doubted" {
	sim 'of ok comment >one; to=$(jq -r .to one); fault -d kind=reset -d match=addDiscussionComment -d times=1
	reply --db d.db one | said | cut -f1
	jq -c ".text = \"Другими словами\"" one | with . >other
	gp-reply -c c.yaml --settle 0 --journal elsewhere other | said | cut -f1
	for i in 1 2; do reply --db d.db one | said; done
	reply --journal elsewhere --list | wc -l; gp-reply --db d.db --list | jq -r .status; written | wc -l
	gp-reply --db d.db --resolve "$(gp-reply --db d.db --list | jq -r .key)" resend && reply --db d.db --again one | said | cut -f1'
	assert_line --index 0 unknown
	assert_line --index 1 sent
	assert_line --index 2 --regexp "^unknown	.*	it left, and nobody knows whether it arrived"
	assert_line --index 3 --regexp "^unknown	"
	assert_line --index 4 0
	assert_line --index 5 unknown
	assert_line --index 6 1
	assert_line --index 7 sent
}

@test "reply once: what is in doubt is looked for behind all that came since" {
	rate=0
	for n in vk=createComment=getComments ok=fb.do=fb.do "max=POST /max/messages=/comments"; do
		rm -f d.db*
		IFS='=' read -r net write look <<<"$n"
		sim "of $net comment >one; "'fault -d kind=lost -d times=9 --data-urlencode "match='"$write"'" -d times='"$([ $net = vk ] && echo 9 || echo 1)"'
		fault -d kind=500 -d times=9 --data-urlencode "match='"$look"'"
		reply --db d.db one 2>/dev/null | said | cut -f1; fault -d clear=1
		post=$(jq -r ".post // .chat | sub(\".*/\"; \"\")" one)
		for m in 01 02 03 04 05 06; do
			curl -s "$GP_SIM_URL/_sim/clock" -d now=2026-10-31T15:$m:00Z >/dev/null
			curl -s "$GP_SIM_URL/_sim/plant" -d network='"$net"' -d n=40 >/dev/null
		done
		GP_NOW=2026-10-31T15:10:00Z reply one --db d.db | said | cut -f1; written | wc -l; gp-reply --db d.db --list'
		assert_output $'unknown\nsent\n1'
	done
}

@test "reply once: a talk is looked through behind all letters since" {
	rate=0
	for n in vk=messages.send=getHistory "ok=POST /ok/graph=GET /ok/graph" "max=POST /max/messages=GET /max/messages"; do
		rm -f d.db*
		IFS='=' read -r net write look <<<"$n"
		sim "of $net message >one; "'fault -d kind=lost --data-urlencode "match='"$write"'" -d times='"$([ $net = vk ] && echo 9 || echo 1)"'
		fault -d kind=500 -d times=9 --data-urlencode "match='"$look"'"
		reply --db d.db one 2>/dev/null | said | cut -f1; fault -d clear=1
		for m in 01 02 03 04; do
			curl -s "$GP_SIM_URL/_sim/clock" -d now=2026-10-31T15:$m:00Z >/dev/null
			for i in $(seq 40); do jq -c ".text = \"Ещё $m $i\"" one; done | with . >more
			GP_NOW=2026-10-31T15:$m:00Z reply --db d.db --again more 2>/dev/null | said | cut -f1 | sort | uniq -c
		done
		GP_NOW=2026-10-31T15:10:00Z reply one --db d.db | said | cut -f1; written | wc -l; gp-reply --db d.db --list'
		assert_output $'unknown\n     40 sent\n     40 sent\n     40 sent\n     40 sent\nsent\n161'
	done
}

@test "reply once: what happened since the last reading is seen on the network" {
	sim 'for n in vk ok max; do of $n comment 3; of $n message; done >all.ndjson
	of telegram comment >>all.ndjson
	# A colleague answers the first of each in the browser, another journal.
	for n in vk ok max; do of $n comment; of $n message; done | jq -c ".text = \"Из браузера\"" | with . | gp-reply -c c.yaml --journal browser | said | cut -f1 | uniq -c
	# The second of each is taken back by who wrote it.
	for n in vk ok max; do curl -s "$GP_SIM_URL/_sim/delete" -d network=$n -d message_id=6 >/dev/null; done
	reply all.ndjson | said | cut -f1,2; echo "rc ${PIPESTATUS[0]}"; written | wc -l
	reply --again all.ndjson | said | cut -f1; written | wc -l
	of vk comment >one; reply --blind --journal third one | said | cut -f1'
	assert_output - <<-'END'
	      6 sent
	refused	vk:-210000111/2/5
	refused	vk:-210000111/2/6
	sent	vk:-210000111/18/19
	refused	vk:-210000111/im330000003/1
	refused	ok:55000000000111/153000000000000002/153000000000000005
	refused	ok:55000000000111/153000000000000002/153000000000000006
	sent	ok:55000000000111/153000000000000018/153000000000000019
	refused	ok:55000000000111/imC13ab6687/C13ab6687.24
	refused	max:-70000000000111/mid.ffffb0006abf48600000000000000002/mid.ffffb0006abf579c0000000000000005
	refused	max:-70000000000111/mid.ffffb0006abf48600000000000000002/mid.ffffb0006abf64800000000000000006
	sent	max:-70000000000111/mid.ffffb0006ac359000000000000000012/mid.ffffb0006ac367100000000000000013
	refused	max:331000011/mid.ffffb0006aca52f00000000000000024
	sent	telegram:-1001555000222/505
	rc 1
	10
	sent
	refused
	duplicate
	sent
	sent
	refused
	duplicate
	sent
	sent
	refused
	duplicate
	sent
	duplicate
	16
	sent
	END
	assert_stderr --partial "'vk:-210000111/2/5' was answered meanwhile, by 'vk:-210000111/2/"
	assert_stderr --partial "'vk:-210000111/2/6' is not there any more"
	assert_stderr --partial "'max:331000011/mid.ffffb0006aca52f00000000000000024' was answered meanwhile"
}

@test "reply once: white space that the network trims does not hide an answer" {
	sim 'of max comment | with ".text = \"  Сделаем\u00a0завтра.\n\n\"" >one
	fault -d kind=lost --data-urlencode "match=POST /max/messages" -d times=1
	reply --db d.db one | said | cut -f1; written | wc -l'
	assert_line --index 0 sent
	assert_line --index 1 1
}

@test "reply once: without a connection nothing is unknown, on Telegram neither" {
	sim 'of telegram comment >one; sed "s,{api: $GP_SIM_URL,{api: http://127.0.0.1:1," c.yaml >none.yaml; chmod 600 none.yaml
	gp-reply -c none.yaml --db d.db one | said | cut -f1; echo "rc ${PIPESTATUS[0]}"
	reply --db d.db one | said | cut -f1; written | wc -l'
	assert_output $'failed\nrc 75\nsent\n1'
}

@test "reply once: a network that names a time is waited for, and has it once" {
	sim 'of telegram comment >one; fault -d kind=429 -d retry_after=1 -d match=sendMessage -d times=2
	reply --db d.db one | said; reply --db d.db one | said | cut -f1; written | wc -l
	of telegram message >two; fault -d kind=429 -d retry_after=100 -d match=sendMessage -d times=1
	reply --db d.db --max-wait 10s two | said | cut -f1; reply --db d.db two | said | cut -f1; written | wc -l'
	assert_line --index 0 --regexp "^sent	telegram:"
	assert_line --index 1 duplicate
	assert_line --index 2 1
	assert_line --index 3 failed
	assert_line --index 4 sent
	assert_line --index 5 2
}

@test "reply once: the second part waits for the page and the hours, as the first did" {
	sim 'of telegram message | with ".text = \"Часть ответа. \" * 400" >long
	fault -d kind=429 -d retry_after=100 -d match=sendMessage -d after=1 -d times=1
	reply --db d.db --split --max-wait 1s long | said | cut -f1
	# Another one has the page.
	python3 -c "
import fcntl, subprocess
f = open(\"d.db-outbox.lock\", \"r+b\")
fcntl.lockf(f, fcntl.LOCK_EX)
subprocess.run([\"bash\", \"-c\", \". ./one.sh; reply --db d.db --split long | said | cut -f1,3\"])"
	reply --db d.db --split --at 09:00-10:00 long | said | cut -f1,3; written | wc -l
	reply --db d.db --split long | said | cut -f1; written | wc -l'
	assert_output - <<-'END'
	sent
	failed
	failed	another one is sending for telegram:lipovka_adm
	failed	it is not 09:00-10:00 now: nothing is sent
	1
	duplicate
	sent
	2
	END
}

@test "reply once: a second approval of an answer to the same is refused, an interim one bars no final" {
	sim 'of max message >one; jq -c ".approved_by = \"Иван\" | .approved_at = \"2026-10-31T15:00:07Z\"" one >two
	reply --db d.db one | said | cut -f1; reply --db d.db two | said | cut -f1,3; echo "rc ${PIPESTATUS[0]}"
	reply --db d.db --blind two | said | cut -f1; reply --db d.db one | said | cut -f1; written | wc -l
	reply --db d.db --again two | said | cut -f1; reply --db d.db two | said | cut -f1; written | wc -l
	# Of interim ones the same words go once, others do.
	of vk comment | with ".interim = true | .promised = \"2026-11-06\" | del(.final)" >i1
	jq -c ".approved_at = \"2026-10-31T15:00:07Z\"" i1 >i2; with ".text += \" ещё\"" <i2 >i3; of vk comment | with ".text = \"Сделано\"" >final
	jq -c ".approved_at = \"2026-10-31T15:00:09Z\" | .text += \"?\"" i3 | with . >i4
	for i in i1 i2 i3 final i4; do reply --db d.db $i | said | cut -f1; done; written | wc -l
	# What may be out is waited for.
	of telegram message >one; jq -c ".approved_at = \"2026-10-31T15:00:07Z\"" one >two
	fault -d kind=lost -d match=sendMessage -d times=1
	reply --db d.db one | said | cut -f1; reply --db d.db two | said | cut -f1,3; echo "rc ${PIPESTATUS[0]}"; written | wc -l'
	assert_output --regexp "^sent
refused	answered already, by 'max:331000011/mid\.[0-9a-f]+'; --again sends all the same
rc 1
refused
duplicate
1
sent
duplicate
2
sent
refused
sent
sent
refused
5
unknown
failed	another answer may be out, 'r[0-9a-f]{32}': look for it, then say --resolve; --again sends all the same
rc 75
6$"
}

@test "reply once: what left by a clock that was ahead is looked for all the same" {
	sim 'of max message | with ".approved_at = \"2026-10-31T14:00:00Z\"" >one
	for blind in --blind ""; do rm -f d.db-outbox*
	fault -d kind=lost --data-urlencode "match=POST /max/messages" -d times=1
	fault -d kind=500 --data-urlencode "match=GET /max/messages" -d times=0
	GP_NOW=2026-10-31T17:00:00Z reply --db d.db --blind one 2>/dev/null | said | cut -f1; fault -d clear=1
	reply --db d.db $blind one | said | cut -f1; written | wc -l
	curl -s "$GP_SIM_URL/_sim/delete" -d network=max -d message_id=36 >/dev/null; done'
	assert_output $'unknown\nsent\n1\nunknown\nsent\n1'
}

@test "reply once: what is out is a duplicate, though it could not go now; what may be is unknown" {
	sim 'of telegram message | with ".text = \"Часть ответа. \" * 400 | .interim = true | .promised = \"2026-11-06\" | del(.final)" >long
	reply --db d.db --split long | tee out | said | cut -f1; gp-store put d.db <out
	reply --db d.db long >out; echo "rc $?"; said <out | cut -f1; gp-store put d.db <out
	grep -v "^  t:" c.yaml >less.yaml; chmod 600 less.yaml; gp-reply -c less.yaml --db d.db long | said | cut -f1
	gp-store get d.db --id "$(jq -r .to long)" --desk | jq -r .desk.state
	of telegram comment | with ".text = \"Часть ответа. \" * 400" >long; fault -d kind=lost -d match=sendMessage -d times=1
	reply --db d.db --split long | said | cut -f1; reply --db d.db long | said | cut -f1,3; echo "rc ${PIPESTATUS[0]}"'
	assert_output - <<-'END'
	sent
	sent
	rc 0
	duplicate
	duplicate
	duplicate
	duplicate
	interim
	unknown
	unknown	it may be out, and could not go again: the text has 5600 UTF-16 units, Telegram takes 4096
	rc 75
	END
}

@test "reply once: a duplicate has the time of what is out, and the time of an answer stays" {
	sim 'of telegram message >one; reply --db d.db one | gp-store put d.db
	t() { gp-store get d.db --id "$(jq -r .to one)" --desk | jq -r ".desk.answered[:15]"; gp-store get d.db --type receipt | jq -r "[.status, .at[:15]] | @tsv"; }
	t; GP_NOW=2026-11-20T09:00:00Z reply --db d.db one | gp-store put d.db; t'
	assert_output - <<-'END'
	2026-10-31T15:0
	sent	2026-10-10T15:0
	2026-10-31T15:0
	duplicate	2026-10-10T15:0
	END
}

@test "reply once: a try that was repeated and then refused is not called refused" {
	sim 'of vk comment >one; fault -d kind=done500 -d match=createComment -d times=1
	fault -d kind=vk213 -d match=createComment -d times=1
	reply --db d.db one | said | cut -f1; written | wc -l'
	assert_output $'sent\n1'
}

@test "reply once: Ctrl-C lets what has left come to its end" {
	sim 'of telegram comment 2 >two; fault -d kind=slow -d match=sendMessage -d times=1
	gp-reply -c c.yaml --settle 0 --db d.db --timeout 6s two >out & pid=$!; SECONDS=0
	for i in $(seq 100); do [ "$(written | wc -l)" = 1 ] && break; sleep 0.05; done
	kill -INT $pid; wait $pid; echo "rc $?"; [ "$SECONDS" -ge 4 ] && echo waited
	said <out | cut -f1; written | wc -l; reply --db d.db two | said | cut -f1'
	assert_line --index 0 "rc 75"
	assert_line --index 1 waited
	assert_line --index 3 1
	assert_equal "${lines[-1]}" sent
}

@test "reply once: a wrong page, and a token that is none" {
	sim 'of vk comment | jq -c ".to = \"vk:-5/2/5\"" | with . >foreign; reply foreign | said
	jq -c "select(.id == \"$(of vk comment | jq -r .to)\") | .page = \"vk:-5\"" r.ndjson | gp-store put e.db
	of vk comment | reply --db e.db | said
	echo 1:wrong >bad; chmod 600 bad; sed "s,token: {file: [^}]*,token: {file: $PWD/bad," c.yaml >b.yaml; chmod 600 b.yaml
	of telegram comment >one; gp-reply -c b.yaml --db d.db one | said | cut -f1; echo "rc ${PIPESTATUS[0]}"
	reply --db d.db one | said | cut -f1; written | wc -l'
	assert_line --index 0 "refused	vk:-5/2/5	'vk:-5/2/5' is not of the page vk:-210000111"
	assert_line --index 1 "refused	vk:-210000111/2/5	'vk:-210000111/2/5' was written to vk:-5, not to vk:-210000111"
	assert_line --index 2 failed
	assert_line --index 3 "rc 77"
	assert_line --index 4 sent
	assert_line --index 5 1
}

@test "reply once: a refusal does not take the place of what was sent" {
	sim 'of vk comment | with ".interim = true | .promised = \"2026-11-06\" | del(.final)" >one
	reply --db d.db one | tee out0 | gp-store put d.db; "$GP_TESTS/schema.py" <out0 >&2 || echo unsound
	jq -c ".text += \"!\"" one | reply --db d.db | tee out | said | cut -f1; gp-store put d.db <out; "$GP_TESTS/schema.py" <out >&2 || echo unsound
	gp-store get d.db --type receipt | jq -r "[.id[-8:], .status] | @tsv" | sort -k 2
	gp-store get d.db --id "$(jq -r .to one)" --desk | jq -r .desk.state'
	assert_line --index 0 refused
	assert_line --index 1 "/refused	refused"
	assert_line --index 2 --regexp "	sent$"
	assert_line --index 3 interim
}

@test "reply once: the journal on a server: the tests of the journal, two at once, a death" {
	run timeout 60 "$GP_BUILD/tests/unit/test_outbox"
	assert_success
	pg_start
	GP_TEST_URL=$pg run timeout 60 "$GP_BUILD/tests/unit/test_outbox"
	assert_success
	psql -XAtqc 'DROP TABLE gp_outbox' "$pg"
	db=$pg sim 'for i in 1 2 3; do reply --db "$pg" --wait 20s replies.ndjson >out$i & done; wait
	cat out? | said | cut -f1 | sort | uniq -c | sed "s/^ *//"
	written | jq -r .text | sort | uniq -d | wc -l
	written | wc -l; wc -l <replies.ndjson
	psql -XAtqc "SELECT state, count(*) FROM gp_outbox GROUP BY 1" "$pg"
	python3 "$GP_TESTS/reply_kill.py" "$pg" 5 3 | sed "s/ in [0-9]* s//"'
	assert_success
	assert_line --index 2 0
	assert_equal "${lines[3]}" "${lines[4]}"
	assert_line --index 1 "${lines[4]} sent"
	assert_line --index 5 "sent|${lines[4]}"
	assert_line --index 6 --partial "none twice, none lost"
}
