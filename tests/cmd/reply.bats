#!/usr/bin/env bats
# gp-reply on gp-sim: what goes out on each network, what does not, and that
# nothing goes out twice.
# Takes long: it is begun first.
load ../lib

setup() {
	gp_setup
	cp "$GP_TESTS/reply_pages.bash" .
	cat >one.sh <<-'END'
	# one APPROVED TEXT [MORE]: a reply to the first appeal of VK
	reply() { gp-reply -c c.yaml --settle 0 "$@"; }
	said() { jq -r 'select(.type == "receipt") | [.status, .to, .result // "-", .error // ""] | @tsv'; }
	END
}

# In gp-sim with the four pages of small.yaml, and approved replies to all that
# is open in replies.ndjson.
sim() {
	run --separate-stderr timeout "${REPLY_TIME:-100}" gp-sim "${@:1:$#-1}" \
		"$GP_TESTS/fixtures/sim/small.yaml" -- bash -c \
		". ./reply_pages.bash; . ./one.sh; pages; ${!#}"
}

ready='for n in vk ok max telegram; do plant $n 2; plant $n 1 private; done
fetched >r.ndjson; gp-store put d.db <r.ndjson
gp-store get d.db --open | approve >replies.ndjson'

# One reply of VK, its text and members changed by a jq program.
vk='grep -m 1 network...vk replies.ndjson >vk.ndjson
with() { jq -c "$1" vk.ndjson | python3 -c "
import hashlib, json, sys
r = json.load(sys.stdin)
if sys.argv[1:] == []: r[\"text_sha256\"] = hashlib.sha256(r[\"text\"].encode()).hexdigest()
print(json.dumps(r, ensure_ascii=False, separators=(\",\", \":\")))" "${@:2}"; }'

@test "reply: all networks, in public and in private; read again they are answers" {
	sim "$ready"'
	reply --db d.db replies.ndjson >out; echo "rc $?"
	jq -r "select(.type == \"receipt\") | [.network, .status] | @tsv" out | sort | uniq -c
	jq -c "select(.type == \"receipt\" and .to == \"vk:-210000111/18/19\") | del(.key, .id, .text_sha256)" out
	gp-store put d.db <out; fetched >r2; gp-store put d.db <r2
	gp-store get d.db --open | wc -l
	written | jq -r .text | sort | uniq -d | wc -l
	for n in vk ok max; do jq -r "select(.author.official and .network == \"$n\").id" r2 | sort >have
		jq -r "select(.type == \"receipt\" and .network == \"$n\").result" out | sort >want; comm -13 have want | wc -l; done'
	assert_success
	assert_output - <<-'END'
	rc 0
	      7 max	sent
	      9 ok	sent
	     10 telegram	sent
	      9 vk	sent
	{"type":"receipt","network":"vk","page":"vk:-210000111","at":"2026-10-10T15:00:00Z","action":"reply","status":"sent","to":"vk:-210000111/18/19","result":"vk:-210000111/18/39","url":"https://vk.com/wall-210000111_18?reply=39"}
	0
	0
	0
	0
	0
	END
	assert_stderr ""
}

@test "reply: the same once more is a duplicate, in another process too" {
	sim "$ready"'
	reply --db d.db replies.ndjson >out; reply --db d.db replies.ndjson >again; echo "rc $?"
	jq -r "select(.type == \"receipt\").status" again | sort | uniq -c
	diff <(jq -S "select(.type == \"receipt\") | [.key, .result]" out) <(jq -S "select(.type == \"receipt\") | [.key, .result]" again) && echo same
	cat replies.ndjson replies.ndjson >twice; rm d.db-outbox*
	grep -c . <(jq -c "select(.type != \"receipt\")" out)'
	assert_success
	assert_line --index 0 "rc 0"
	assert_line --index 1 "     35 duplicate"
	assert_line --index 2 same
	assert_line --index 3 35
}

@test "reply: what is refused, and why; nothing of it leaves" {
	sim "$ready; $vk"'
	{
	with "del(.approved_by)"
	with ".approved_at = \" \""
	with ".text += \"!\"" keep
	with ".text = \"Сделаем {{когда}}.\""
	with ".text = \" \""
	with ".text = \"Звоните Анне: +7 912 345-67-89\""
	with ".page = \"vk:-5\""
	with ".network = \"ok\""
	with ".to = \"vk:-210000111/2/999\""
	with ".text = \"я\" * 17000"
	with ".appeal.author.official = true"
	} >bad.ndjson
	reply --db d.db bad.ndjson >out; echo "rc $?"
	said <out; written | wc -l; echo "{\"type\":\"reply\"}" | reply --db d.db --reject no; echo "rc $?"; jq -r .reason no
	echo "{\"type\":\"post\",\"id\":\"x\"}" | reply --db d.db; echo "rc $?"'
	assert_success
	assert_output - <<-'END'
	rc 1
	refused	vk:-210000111/2/5	-	nobody approved it
	refused	vk:-210000111/2/5	-	nobody approved it
	refused	vk:-210000111/2/5	-	the text was changed after it was approved
	refused	vk:-210000111/2/5	-	an empty slot is left: {{когда}}
	refused	vk:-210000111/2/5	-	the text is empty
	refused	vk:-210000111/2/5	-	personal data in a public answer: phone, '+7 912 345-67-89'
	refused	vk:-210000111/2/5	-	no page of the config is 'vk:-5'
	refused	vk:-210000111/2/5	-	'vk:-210000111/2/5' is nothing of Odnoklassniki
	refused	vk:-210000111/2/999	-	the store has no message 'vk:-210000111/2/999'
	refused	vk:-210000111/2/5	-	the text has 17000 characters, VKontakte takes 16384
	refused	vk:-210000111/2/5	-	it would answer the page's own words, not a citizen's
	0
	rc 1
	a reply without 'network'
	{"type":"post","id":"x"}
	rc 0
	END
	assert_stderr --partial "gp-reply: bad.ndjson:4: vk:-210000111/2/5: refused: an empty slot is left: {{когда}}"
	assert_stderr --partial "gp-reply: standard input:1: a reply without 'network'"
}

@test "reply: what was deleted, and what somebody else has answered" {
	sim "$ready; $vk"'
	curl -s "$GP_SIM_URL/vk/method/wall.createComment" -d "owner_id=-210000111&post_id=2&from_group=210000111&reply_to_comment=5&message=Да&v=5.199" -d "access_token=$(cat "$GP_SIM_VK_USER")" >/dev/null
	fetched >r2; gp-store put d.db <r2
	reply --db d.db vk.ndjson | said; reply --db d.db --again vk.ndjson | said
	jq -c "{type, id, network, page, seen: \"2026-10-31T15:00:01Z\", deleted: true}" <(jq -c "select(.id == \"vk:-210000111/2/6\")" r.ndjson) | gp-store put d.db
	jq -c "select(.to == \"vk:-210000111/2/6\")" replies.ndjson | reply --db d.db | said'
	assert_line --index 0 --regexp "^refused	vk:-210000111/2/5	-	it is answered already, by 'vk:-210000111/2/[0-9]+'"
	assert_line --index 1 --regexp "^sent	vk:-210000111/2/5"
	assert_line --index 2 "refused	vk:-210000111/2/6	-	'vk:-210000111/2/6' was deleted"
}

@test "reply: a rehearsal asks the store too, and needs no journal" {
	sim "$ready; $vk"'
	curl -s "$GP_SIM_URL/vk/method/wall.createComment" -d "owner_id=-210000111&post_id=2&from_group=210000111&reply_to_comment=5&message=Да&v=5.199" -d "access_token=$(cat "$GP_SIM_VK_USER")" >/dev/null
	fetched >r2; gp-store put d.db <r2
	reply --db d.db -n vk.ndjson; echo "rc $?"; reply --db d.db -n --again vk.ndjson | head -n 1; ls d.db-outbox'
	assert_line --index 0 "rc 1"
	assert_line --index 1 --regexp '^POST .*/wall.createComment$'
	assert_stderr --partial "refused: it is answered already, by 'vk:-210000111/2/"
	assert_stderr --partial "cannot access 'd.db-outbox'"
}

@test "reply: a store that has another answer from here is no hindrance" {
	sim "$ready; $vk"'
	with ".text = \"Проверим и ответим до пятницы\" | .interim = true | .promised = \"2026-11-06\" | del(.final)" | reply --db d.db >first; said <first
	jq -c "select(.type == \"receipt\") | [.interim, .promised]" first
	fetched >r2; gp-store put d.db <r2
	with ".text = \"Починили\" | .approved_at = \"2026-11-05T09:00:00Z\"" | reply --db d.db | said'
	assert_line --index 0 --partial "sent	vk:-210000111/2/5"
	assert_line --index 1 '[true,"2026-11-06"]'
	assert_line --index 2 --partial "sent	vk:-210000111/2/5"
}

@test "reply: --dry-run shows the request, hides the token, leaves nothing" {
	sim "$ready; $vk"'
	reply --db d.db -n vk.ndjson; echo "rc $?"; written | wc -l; ls d.db-outbox 2>&1 | wc -l
	reply --db d.db -n replies.ndjson | grep -cF -f "$GP_SIM_VK_USER" -f "$GP_SIM_OK_ACCESS" -f "$GP_SIM_MAX_BOT" -f "$GP_SIM_TOKEN_FILE"'
	assert_line --index 0 --regexp "^POST http://127.0.0.1:[0-9]+/vk/method/wall.createComment$"
	assert_line --index 1 --regexp "guid=r[0-9a-f]{32}&.*access_token=TOKEN$"
	assert_line --index 2 "rc 0"
	assert_line --index 3 0
	assert_line --index 5 0
	assert_stderr ""
}

@test "reply: an answer that was lost is looked for, not sent again" {
	for n in vk ok max; do
		sim "$ready"'
		grep -m 1 "network...'$n'.*to_type...comment" replies.ndjson >one.ndjson
		curl -s "$GP_SIM_URL/_sim/fault" -d kind=lost -d match=createComment -d times=9 >/dev/null
		[ '$n' = ok ] && curl -s "$GP_SIM_URL/_sim/fault" -d kind=lost -d match=fb.do -d times=1 >/dev/null
		[ '$n' = max ] && curl -s "$GP_SIM_URL/_sim/fault" -d kind=lost -d match=/comments -d times=1 >/dev/null
		reply --db d.db one.ndjson | said; written | wc -l'
		assert_line --index 0 --regexp "^sent	$n:"
		assert_line --index 1 1
	done
}

@test "reply: Telegram cannot be looked at: a person decides" {
	sim "$ready"'
	grep -m 2 "network...telegram.*to_type...comment" replies.ndjson >two.ndjson
	curl -s "$GP_SIM_URL/_sim/fault" -d kind=lost -d match=sendMessage -d times=1 >/dev/null
	reply --db d.db two.ndjson | said; echo "rc ${PIPESTATUS[0]}"
	reply --db d.db two.ndjson | said | cut -f1,2; written | wc -l
	gp-reply --db d.db --list >list; jq -c "[.type, .status, .to]" list; key=$(jq -r .key list)
	gp-reply --db d.db --resolve "$key"; echo "rc $?"
	gp-reply --db d.db --resolve r0 sent; echo "rc $?"
	gp-reply --db d.db --resolve "$key" resend; echo "rc $?"
	gp-reply --db d.db --resolve "$key" sent; echo "rc $?"
	reply --db d.db two.ndjson | said | cut -f1,2; written | wc -l; gp-reply --db d.db --list'
	assert_output - <<-'END'
	unknown	telegram:-1001555000222/505	-	the reply was cut off
	sent	telegram:-1001555000222/506	telegram:-1001555000222/540	
	rc 75
	unknown	telegram:-1001555000222/505
	duplicate	telegram:-1001555000222/506
	2
	["receipt","unknown","telegram:-1001555000222/505"]
	rc 64
	rc 65
	rc 0
	rc 65
	sent	telegram:-1001555000222/505
	duplicate	telegram:-1001555000222/506
	3
	END
	assert_stderr --partial "--resolve r0: no such key"
	assert_stderr --partial "there is nothing to decide"
}

@test "reply: trouble before anything left is failed, and goes out the next time" {
	sim "$ready; $vk"'
	curl -s "$GP_SIM_URL/_sim/fault" -d kind=vk9 -d match=createComment -d times=1 >/dev/null
	reply --db d.db vk.ndjson | said; echo "rc ${PIPESTATUS[0]}"; reply --db d.db vk.ndjson | said | cut -f1
	sed "s,api: [^}]*,api: http://127.0.0.1:1," c.yaml >none.yaml; chmod 600 none.yaml
	with ".approved_at = \"2026-10-31T16:00:00Z\"" >later.ndjson
	gp-reply -c none.yaml --settle 0 --db d.db --again later.ndjson | said | cut -f1; reply --db d.db --again later.ndjson | said | cut -f1'
	assert_line --index 0 --partial "failed	vk:-210000111/2/5	-	flood control"
	assert_line --index 1 "rc 75"
	assert_line --index 2 sent
	assert_line --index 4 sent
}

@test "reply: hours, a token that lacks, texts in parts, no store" {
	sim "$ready; $vk"'
	reply --db d.db --at 09:00-12:00,13:00-14:59 vk.ndjson | said; echo "rc ${PIPESTATUS[0]}"
	reply --db d.db --at 9 vk.ndjson; echo "rc $?"
	grep -m 1 "network...max.*to_type...comment" replies.ndjson | jq -c ".text = (\"Это длинный ответ. \" * 300)" | python3 -c "
import hashlib, json, sys
r = json.load(sys.stdin); r[\"text_sha256\"] = hashlib.sha256(r[\"text\"].encode()).hexdigest(); print(json.dumps(r))" >long.ndjson
	reply --db d.db long.ndjson | said | cut -f1,4; reply --db d.db --split long.ndjson | said | cut -f1
	written | jq -r "[.text | length, .[-2:]] | @tsv"
	reply vk.ndjson | said | cut -f1; ls "$HOME/.local/state/gp"; reply vk.ndjson | said | cut -f1'
	assert_line --index 0 "failed	vk:-210000111/2/5	-	it is not 09:00-12:00,13:00-14:59 now: nothing is sent"
	assert_line --index 1 "rc 75"
	assert_line --index 2 "rc 78"
	assert_line --index 3 "refused	the text has 5700 characters, MAX takes 4000"
	assert_line --index 4 sent
	assert_line --index 5 sent
	assert_line --index 8 sent
	assert_line "sent-outbox"
}

@test "reply: no disk, a reader that goes away, a store that is none" {
	sim "$ready; $vk"'
	reply --db d.db vk.ndjson >/dev/full; echo "rc $?"; written | wc -l
	reply --db d.db replies.ndjson | head -c 1 >/dev/null; sleep 1; written | wc -l
	echo x >no.db; reply --db no.db vk.ndjson; echo "rc $?"
	reply --db d.db nofile; echo "rc $?"'
	assert_line --index 0 "rc 74"
	assert_line --index 1 0
	assert_line --index 3 "rc 65"
	assert_line --index 4 "rc 74"
}

@test "reply: two at once send each reply once" {
	sim "$ready"'
	for i in 1 2 3; do reply --db d.db --wait 20s replies.ndjson >out$i & done; wait
	cat out? | jq -r "select(.type == \"receipt\").status" | sort | uniq -c
	written | jq -r .text | sort | uniq -d | wc -l; written | wc -l
	flock d.db-outbox.lock true'
	assert_line --index 0 "     70 duplicate"
	assert_line --index 1 "     35 sent"
	assert_line --index 2 0
	assert_line --index 3 35
}

@test "reply: neither journal nor receipts hold a token" {
	sim "$ready"'
	reply --db d.db replies.ndjson >out 2>err
	cat d.db-outbox* out err | grep -caF -f "$GP_SIM_VK_USER" -f "$GP_SIM_VK_COMMUNITY" -f "$GP_SIM_OK_ACCESS" -f "$GP_SIM_OK_BOT" -f "$GP_SIM_MAX_BOT" -f "$GP_SIM_TOKEN_FILE"
	stat -c %a d.db-outbox'
	assert_output $'0\n600'
}

# The whole of it: REPLY_TIME=2400 REPLY_KILLS=300 REPLIES=750 bats -f killed tests/cmd/reply.bats
# (VK is asked three times a second; with REPLY_ARGS=--blind it takes a third).
# The network's clock runs, as ours does.
@test "reply: killed with -9, with bad days, on all networks: none twice, none lost" {
	sim --speed 1 'r='"${REPLIES:-30}"'
	for n in vk ok telegram; do plant $n $r; plant $n $((r / 3)) private; done
	# Of a post MAX gives the newest hundred comments, and with answers they
	# are twice as many: the rest are letters.
	c=$((r < 40 ? r : 40)); plant max $c; plant max $((r + r / 3 - c)) private
	fetched --state st >r.ndjson; gp-store put d.db <r.ndjson; gp-store get d.db --open | approve >replies.ndjson
	for k in 500 done500 lost reset cut 429; do
		for m in createComment messages.send fb.do graph/me/messages /max/messages sendMessage; do
			curl -s "$GP_SIM_URL/_sim/fault" -d kind=$k --data-urlencode "match=$m" -d p=1%25 -d seed=7 -d retry_after=0 >/dev/null
		done
	done
	python3 "$GP_TESTS/reply_kill.py" d.db '"${REPLY_KILLS:-20} ${REPLY_SEED:-1}"
	assert_success
	assert_stderr ''
	assert_output --regexp "^[0-9]+ replies, [0-9]+ kills in [0-9]+ s: none twice, none lost; [0-9]+ left to a person(, [a-z]+ [0-9]+)*$"
	echo "# $output" >&3
}
