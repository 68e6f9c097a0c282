# OK's own ways: ids, signatures, errors with status 200, pages cut short. What
# it shares with the other networks is in fetch-networks.bats.
load ../lib

setup() {
	gp_setup
	# The config of fetch-networks.bats.
	sed -n '/^	cat >with/,/^	END/p' "$BATS_TEST_DIRNAME/fetch-networks.bats" |
		sed '1d; $d; s/^\t\t//' >with
	export GP_CONFIG=$PWD/gp.yaml
	mkdir r
	for kind in access session bot; do
		printf '%s-secret-token-%s\n' $kind 1234567890abcdef >$kind
		chmod 600 $kind
	done
}

# sim [options of gp-sim --] 'command of the shell'
sim() {
	local opts=()
	while [ $# -gt 1 ]; do opts+=("$1"); shift; done
	gp-sim "${opts[@]}" --run -- sh ./with "$1"
}

# conf: a config for the page town, whose network answers from r.
conf() {
	canned r
	cat >gp.yaml <<-END
		ok: {api: "$canned", graph: "$canned/graph"}
		pages:
		  town:
		    network: ok
		    name: 55
		    application_key: CPUBLICKEY
		    messages: yes
		    tokens: {access: {file: access}, session: {file: session}, bot: {file: bot}}
	END
}

error() {
	printf '{"error_code":%s,"error_msg":"%s","error_data":null}' "$@"
}

# refuses STATUS WORDS STREAM FILE < REPLY: a run that gets this reply there
# says so, and writes nothing but its account.
refuses() {
	cat >"r/$4"
	# The server counts on; each of these runs is to begin with 1.
	xargs kill <canned.pids
	rm canned.pids canned.port
	conf
	run --separate-stderr gp-fetch --retries 0 -p town --stream "$3"
	assert_failure "$1"
	assert_stderr --partial "gp-fetch: ok:55: $3: $2"
	refute_output --partial secret-token
	refute_stderr --partial secret-token
	[ "${#lines[@]}" -eq 1 ]
}

topic='{"id":"9007199254740993","created_ms":1793000000000,"author_ref":"group:55","media":[{"type":"text","text":"Вода"}]'

@test "ok: the ids are those of the feed, with what they stand under" {
	sim 'gp-fetch --all -p ok >out; notes ok >notes'
	jq -r 'select(.type | IN("post", "comment")) | .id' out | sort >got
	jq -r 'def id: tostring | "153" + ("0" * (15 - length)) + .;
		select(.kind | IN("post", "comment")) | "ok:55123456789012/" +
		(if .post then (.post | id) + "/" else "" end) + (.id | id)' notes |
		sort >held
	[ "$(wc -l <held)" -gt 500 ]
	diff held got
	run jq -r 'select(.type == "post") | .url' out
	assert_line "https://ok.ru/group/55123456789012/topic/$(jq -r 'select(.type == "post") | .id | split("/")[1]' out | head -1)"
	run grep -c '"type":"message"' out
	assert_output "$(grep -c '"kind":"letter"' notes)"
	"$GP_TESTS/schema.py" <out
}

@test "ok: figures of the group by day and of topics, anew since the cursor" {
	sim 'gp-fetch --since 2026-10-01 --stream stats -p ok --state st >one
		gp-fetch --stream stats -p ok --state st >two'
	"$GP_TESTS/schema.py" <one
	jq -e -s 'map(select(.type == "stats")) | map(select(.post | not)) as $days |
		($days | length) == 31 and ($days | all(.subscribers == 7215)) and
		($days | map(.period.from) | unique | length) == 31 and
		($days | all(.period.from | endswith("T21:00:00Z"))) and
		([.[] | select(.post) | .views] | add) ==
		([$days[].views] | add)' one
	# Days that may still change: of the cursor, which was put two back.
	run jq -r 'select(.type == "stats" and (.post | not)) | .at' two
	assert_line 2026-10-30T21:00:00Z
	[ "${#lines[@]}" -le 4 ]
}

@test "ok: the secret of the application signs as that of the session does" {
	sim 'sed -i "s|session: {file: [^}]*}|application: {file: $GP_SIM_OK_APPLICATION}|" gp.yaml
		gp-fetch --stream page --stream posts -p ok >out 2>err
		cat "$GP_SIM_OK_APPLICATION" "$GP_SIM_OK_SESSION" >secrets'
	run cat err
	assert_output ''
	grep -q '"type":"post"' out
	run grep -Ff secrets out
	assert_failure
}

@test "ok: what signs is missed before a call is made" {
	conf
	sed -i 's/session: {file: session}, //' gp.yaml
	run --separate-stderr gp-fetch --stream posts -p town
	assert_failure 78
	assert_stderr "gp-fetch: ok:55: posts: needs a token 'session' or 'application' of the page beside 'access', to sign with (man gp-config)"
	sed -i '/application_key/d' gp.yaml
	run --separate-stderr gp-fetch --stream posts -p town
	assert_failure 78
	assert_stderr 'gp-fetch: ok:55: posts: needs the application_key of the page in the config (man gp-config)'
	[ ! -e r/asked ]
}

@test "ok: a call is a signed form, and the signature is MD5 over it" {
	echo '{"media_topics":[],"has_more":false}' >r/fb.do.1
	conf
	gp-fetch --stream posts -p town >out
	text=application_key=CPUBLICKEYcount=100fields=media_topic.\*format=jsongid=55method=mediatopic.getTopicssession-secret-token-1234567890abcdef
	sig=$(printf %s "$text" | md5sum | cut -d' ' -f1)
	grep -q "^/fb.do? .*&sig=$sig&access_token=access-secret" r/asked
	run jq -r .outcome out
	assert_output empty
}

@test "ok: every refusal says what to do, with its status" {
	conf
	error 104 'PARAM_SIGNATURE : Invalid signature' |
		refuses 77 "the signature is wrong: the token 'session' or 'application' does not belong to 'access' (104 " posts fb.do.1
	error 102 'PARAM_SESSION_EXPIRED : access-secret-token-1234567890abcdef' |
		refuses 77 "the token 'access' has expired: make a new one (102 PARAM_SESSION_EXPIRED : TOKEN)" posts fb.do.1
	error 101 'PARAM_API_KEY' | refuses 78 'the application_key is wrong (101' posts fb.do.1
	error 160 'PARAM_GROUP_ID' | refuses 69 'no such group (160' posts fb.do.1
	error 3 METHOD | refuses 69 'OK does not know this method any more (3' posts fb.do.1
	error 10 PERMISSION_DENIED | refuses 77 "the token lacks a right: ask OK's support for it (10" posts fb.do.1
	error 8 FLOOD_BLOCKED | refuses 75 'too many calls: try again later (8' posts fb.do.1
	error 31337 'NEW : access-secret-token-1234567890abcdef' |
		refuses 69 'OK refuses (31337 NEW : TOKEN)' posts fb.do.1
	# In any order, with white space.
	printf '{ "error_msg" : "SERVICE",\n "error_code" : 2 }' |
		refuses 75 'OK is in trouble (2 SERVICE)' posts fb.do.1
	printf '502\n<html>Bad Gateway</html>' | refuses 75 'OK is in trouble (502)' posts fb.do.1
	printf '<html>Hello</html>' | refuses 75 "the reply is not OK's (200)" posts fb.do.1
	# The Graph API has a token of its own.
	printf '401\n{"error_code":102,"error_msg":"EXPIRED"}' |
		refuses 77 "the token 'bot' of the group is wrong or was made anew (102 EXPIRED)" messages chats.1
	printf '403\nForbidden' |
		refuses 77 "the token 'bot' of the group is wrong or was made anew (403)" messages chats.1
}

@test "ok: a strange reply is no empty page; the member is named" {
	conf
	for reply in '"154321098765432"' 17 null; do
		echo "$reply" | refuses 69 'the reply is a single value where a list is due' posts fb.do.1
	done
	echo '{}' | refuses 69 "mediatopic.getTopics: 'media_topics' is missing" posts fb.do.1
	echo '{"media_topics":{}}' | refuses 69 "mediatopic.getTopics: 'media_topics' is not a list" posts fb.do.1
	echo '{"media_topics":[{"created_ms":1}]}' | refuses 69 "mediatopic.getTopics: media_topics[0] has no 'id'" posts fb.do.1
	echo '{"media_topics":[{"id":"a b"}]}' | refuses 69 "mediatopic.getTopics: media_topics[0] has no 'id'" comments fb.do.1
	echo '{"uid":"55"}' | refuses 69 'group.getInfo: the reply is not a list' page fb.do.1
	echo '[{"uid":"56"}]' | refuses 69 "group.getInfo: [0] has no 'uid' of the group" page fb.do.1
	echo '[]' | refuses 69 'no such group' page fb.do.1
	echo '{"reach":7}' | refuses 69 "group.getStatTrends: 'reach' is not a list" stats fb.do.1
	echo '{"reach":[{"value":7}]}' | refuses 69 "group.getStatTrends: reach[0] has no 'time'" stats fb.do.1
	echo '{"chats":7}' | refuses 69 "me/chats: 'chats' is not a list" messages chats.1
	echo '{"chats":[{"chat_id":"chat:../x"}]}' | refuses 69 "me/chats: chats[0] has no 'chat_id'" messages chats.1
	echo '{"success":false}' | refuses 69 'me/subscribe: long polling is not given' updates subscribe.1
}

@test "ok: a page of comments that is cut short deletes nothing" {
	local full='{"comments":[{"id":"1","date":"2026-10-26 10:00:00","text":"Да","author_id":"5"}]'
	printf '{"media_topics":[%s,"discussion_summary":{"comments_count":1}}],"has_more":false}' "$topic" >r/fb.do.1
	echo "$full,\"has_more\":false}" >r/fb.do.2
	printf '{"media_topics":[%s,"discussion_summary":{"comments_count":2}}],"has_more":false}' "$topic" >r/fb.do.3
	conf
	gp-fetch --stream comments -p town --state st >one
	run jq -r 'select(.type == "comment") | [.id, .at] | join(" ")' one
	assert_output 'ok:55/9007199254740993/1 2026-10-26T07:00:00Z'
	n=4
	for reply in '{"comments":"later"}' '{"has_more":true}' '{"comments":[],"has_more":true}' \
		'{"comments":[{"text":"?"}],"has_more":false}' '{"comments":[],"has_more":true,"anchor":""}'; do
		echo "$reply" >r/fb.do.$n
		cp r/fb.do.3 r/fb.do.$((n + 1))
		n=$((n + 2))
		run --separate-stderr gp-fetch --stream comments -p town --state st
		assert_failure 69
		assert_stderr --partial 'ok:55: comments: discussions.getComments: '
		refute_output --partial deleted
		refute_output --partial '"type":"cursor"'
	done
	echo "${full/\"1\"/\"2\"},\"has_more\":true,\"anchor\":\"A\"}" >r/fb.do.$n
	echo "$full,\"has_more\":false,\"anchor\":\"A\"}" >r/fb.do.$((n + 1))
	gp-fetch --stream comments -p town --state st >two
	run jq -r 'select(.type == "comment").id' two
	assert_output ok:55/9007199254740993/2
}

@test "ok: the number of comments is asked for where a topic has none" {
	printf '{"media_topics":[%s}],"has_more":false}' "$topic" >r/fb.do.1
	echo '{"commentsCount":1}' >r/fb.do.2
	echo '{"comments":[{"id":"1","created_ms":1793000100000,"text":"Да","author_ref":"group:55"}],"has_more":false}' >r/fb.do.3
	cp r/fb.do.1 r/fb.do.4
	echo 1 >r/fb.do.5
	conf
	gp-fetch --stream comments -p town --state st >one
	run jq -c 'select(.type == "comment").author' one
	assert_output '{"id":"55","official":true}'
	gp-fetch --stream comments -p town --state st >two
	run jq -r 'select(.type == "run").outcome' two
	assert_output empty
	run sed -n 's/.*method=\([^&]*\).*/\1/p' r/asked
	assert_output "mediatopic.getTopics
discussions.getDiscussionCommentsCount
discussions.getComments
mediatopic.getTopics
discussions.getDiscussionCommentsCount"
}

@test "ok: a topic that goes while it is read is a gap" {
	printf '{"media_topics":[%s,"discussion_summary":{"comments_count":2}}],"has_more":false}' "$topic" >r/fb.do.1
	error 300 'NOT_FOUND : Discussion not found' >r/fb.do.2
	conf
	run --separate-stderr gp-fetch --stream comments -p town
	assert_failure 1
	run jq -c 'select(.type == "run") | .outcome, .gaps' <<<"$output"
	assert_output '"partial"
[{"what":"comments","of":"ok:55/9007199254740993","expected":2,"got":0,"reason":"OK does not show the discussion"}]'
}

@test "ok: who speaks for the group, and who only has its number" {
	printf '{"media_topics":[%s,"discussion_summary":{"comments_count":4}}],"has_more":false}' "$topic" >r/fb.do.1
	cat >r/fb.do.2 <<-'END'
		{"comments":[
		{"id":"1","date_ms":1793000100000,"text":"a","author_id":"55","author_ref":"user:55","author_name":"Анна"},
		{"id":"2","date_ms":1793000101000,"text":"b","author_id":"55","author_ref":"group:55"},
		{"id":"3","date_ms":1793000102000,"text":"c","author_id":"7","author_ref":"user:7","as_admin":true,"reply_to_comment_id":"1"},
		{"id":"4","date_ms":1793000103000,"text":"d","author_id":"8","reply_to_comment_id":"0","likes_count":3}],"has_more":false}
	END
	conf
	gp-fetch --stream comments -p town >out
	run jq -c 'select(.type == "comment") | [.author.official, .parent]' out
	assert_output '[false,null]
[true,null]
[true,"ok:55/9007199254740993/1"]
[false,null]'
	"$GP_TESTS/schema.py" <out
}

@test "ok: topics with blocks of every kind" {
	cat >r/fb.do.1 <<-'END'
		{"media_topics":[{"id":"12","created_ms":1793000000000,"author_ref":"user:7","media":[
		{"type":"text","text":"Раз"},{"type":"photo","photos":[{"id":"1","pic_max":"https://example.org/1.jpg"},{"id":"2"}]},
		{"type":"text","text":"два #вода"},{"type":"movie","movies":[{"id":"3","title":"Кино"}]},
		{"type":"link","url":"https://example.org/","title":"Там"},{"type":"new_kind"},
		{"type":"poll","question":"Придёте?","answers":[{"text":"Да","votes_count":3},{"text":"Нет","votes_count":1}],"votes_count":4}],
		"like_summary":{"count":5},"reshare_summary":{"count":2},"discussion_summary":{"comments_count":6}}],"has_more":false}
	END
	conf
	gp-fetch --stream posts -p town >out
	"$GP_TESTS/schema.py" <out
	run jq -c 'select(.type == "post") | .text, .author, .hashtags, .counts, [.attachments[].kind], .attachments[0].url, .poll.question' out
	assert_output '"Раз\nдва #вода"
{"id":"7","official":false}
["вода"]
{"reactions":5,"reposts":2,"comments":6}
["photo","photo","video","link","other"]
"https://example.org/1.jpg"
"Придёте?"'
}

@test "ok: codes that pass are passed by, in fb.do and in the Graph API" {
	for fault in ok2@/ok/fb.do ok8@/ok/fb.do ok11@/ok/graph ok2@/ok/graph/me/messages; do
		run --separate-stderr sim --fault "$fault" 'gp-fetch --stream posts --stream messages -p ok'
		assert_success
		assert_stderr ''
		grep -q '"type":"message"' <<<"$output"
	done
	run --separate-stderr sim --fault 'ok11@/ok/fb.do' 'gp-fetch --retries 0 --stream posts -p ok'
	assert_failure 75
	assert_stderr --partial 'ok:55123456789012: posts: a limit is reached: try again later (11 LIMIT_REACHED'
}

@test "ok: samples of the Graph API read as messages" {
	need_shared
	local s=$GP_SHARED/samples/ok/graph.user-graph.user
	# Its marker stands on the last page as well.
	cp "$s.chats-get-0.json" r/chats.1
	cp "$s.messages-get-0.json" r/chat:C3ecb9d02a600.1
	cp "$s.subscribe-post-2.json" r/subscribe.1
	cp "$s.subscribe-post-4.json" r/updates.1
	conf
	gp-fetch --all --stream messages -p town --state st >out
	"$GP_TESTS/schema.py" <out
	run jq -c 'select(.type == "message") | [.id, .chat, .at, .author.id, .text, .attachments]' out
	assert_output '["ok:55/imC3ecb9d02a600/C3ecb9d02a600.15cea67d78d2059","ok:55/imC3ecb9d02a600","2017-06-27T16:34:52Z","123456789012","text",null]
["ok:55/imC3ecb9d02a600/C3ecb9d02a600.15cea668c4c2481","ok:55/imC3ecb9d02a600","2017-06-27T16:33:28Z","123456789012","https://ya.ru/",[{"kind":"link","url":"https://ya.ru/"}]]'
	gp-fetch --stream messages -p town --state st >two
	run grep -c '"type":"message"' two
	assert_output 0
	grep -q '^/graph/me/messages/chat:C3ecb9d02a600?access_token=.*&to=1498581232941&count=100 $' r/asked
	gp-fetch --stream updates -p town >three
	run jq -c 'select(.type == "message") | [.id, .attachments[0].kind]' three
	assert_output '["ok:55/imC3ecb9d02a600/C3ecb9d02a600.15cea668c4c2481","link"]'
	grep -qF '{"types":["MESSAGE_CREATED"],"longPolling":true}' r/asked
}

@test "ok: chats and messages by pages, each once, however short the pages" {
	chat() { printf '{"chat_id":"chat:C%s","lastEventTime":%s}' "$1" "$2"; }
	message() { printf '{"sender":{"user_id":"user:7"},"recipient":{"chat_id":"chat:C%s"},"message":{"text":"m","mid":"mid:%s"},"timestamp":%s}' "$@"; }
	echo "{\"chats\":[$(chat 1 9000),$(chat 2 8000)],\"marker\":\"A\"}" >r/chats.1
	# Chat 2 has spoken meanwhile and moved up; one more is listed.
	echo "{\"chats\":[$(chat 2 9500),$(chat 3 7000)],\"marker\":\"B\"}" >r/chats.2
	echo '{"chats":[],"marker":"C"}' >r/chats.3
	echo "{\"messages\":[$(message 1 a 9000),$(message 1 b 8000)]}" >r/chat:C1.1
	echo "{\"messages\":[$(message 1 b 8000),$(message 1 c 7000)]}" >r/chat:C1.2
	echo "{\"messages\":[$(message 1 c 7000)]}" >r/chat:C1.3
	echo "{\"messages\":[$(message 2 d 8000)]}" >r/chat:C2.1
	echo '{"messages":[]}' >r/chat:C3.1
	conf
	gp-fetch --all --stream messages -p town >out
	run sh -c 'jq -r "select(.type == \"message\").id" out | sort'
	assert_output 'ok:55/imC1/a
ok:55/imC1/b
ok:55/imC1/c
ok:55/imC2/d'
}

@test "ok: addresses of groups" {
	conf
	run --separate-stderr gp-fetch https://ok.ru/zarechny
	assert_failure
	assert_stderr --partial 'a group of Odnoklassniki goes by its number: ok.ru/group/NUMBER'
	run --separate-stderr gp-fetch ok:55
	assert_failure
	assert_stderr --partial 'Odnoklassniki is read with a token: name the page in the config'
}
