# gp-fetch against gp-sim: what is read, what is refused, what is never lost.
# Takes long: it is begun first.
load ../lib

setup() {
	gp_setup
	GP_CONFIG=$PWD/gp.yaml
	cat >with <<-'END'
		#!/bin/sh
		# Runs the command with a config for the simulated district.
		cat >gp.yaml <<CONF
		zone: "+03:00"
		telegram: {preview: $GP_SIM_URL, api: $GP_SIM_URL}
		pages:
		  town:
		    network: telegram
		    name: zarechny_adm
		    bot: {token: {file: $GP_SIM_TOKEN_FILE}, messages: yes}
		CONF
		# tell WHAT JSON: the hand of the test inside the simulated world
		tell() {
			curl -sf -H 'Content-Type: application/json' -d "$2" \
				"$GP_SIM_URL/_sim/$1" >/dev/null
		}
		eval "$1"
	END
	export GP_CONFIG
}

# sim [options of gp-sim --] 'command of the shell'
sim() {
	local opts=()
	while [ $# -gt 1 ]; do opts+=("$1"); shift; done
	gp-sim "${opts[@]}" --run -- sh ./with "$1"
}

@test "fetch: the newest page of a public channel, no config, no account" {
	unset GP_CONFIG
	run --separate-stderr gp-sim -- sh -c 'gp-fetch $GP_SIM_URL/s/zarechny_adm'
	assert_success
	assert_stderr ""
	[ "$(grep -c '"type":"post"' <<<"$output")" -eq 20 ]
	[ "$(grep -c '"type":"page"' <<<"$output")" -eq 1 ]
	run jq -c 'select(.type == "page") | [.id, .counts]' <<<"$output"
	assert_output '["telegram:zarechny_adm",{"subscribers":4821,"photos":214,"videos":31,"files":12,"links":187}]'
}

@test "fetch: --all pages back to the first post, each once" {
	run --separate-stderr sim 'gp-fetch --all --stream posts $GP_SIM_URL/s/zarechny_adm'
	assert_success
	ids=$(jq -r 'select(.type == "post").id' <<<"$output")
	[ "$(wc -l <<<"$ids")" -eq 67 ]
	[ "$(sort -u <<<"$ids" | wc -l)" -eq 67 ]
	run jq -c 'select(.type == "run") | [.outcome, .got]' <<<"$output"
	assert_output '["ok",{"posts":67,"requests":4}]'
}

@test "fetch: --forward reads the same, oldest first" {
	sim 'gp-fetch --all --stream posts $GP_SIM_URL/s/zarechny_adm' >back
	run --separate-stderr sim 'gp-fetch --forward --stream posts $GP_SIM_URL/s/zarechny_adm'
	assert_success
	jq -r 'select(.type == "post").id' <<<"$output" >fwd.ids
	jq -r 'select(.type == "post").id' back | sort -t/ -k2n >back.ids
	cmp fwd.ids back.ids
}

@test "fetch: posts keep text, media, polls, reactions, reposts, edits" {
	sim 'gp-fetch --all --stream posts $GP_SIM_URL/s/zarechny_adm' >all
	for what in '.attachments[]?.kind == "photo"' \
		'.attachments[]?.kind == "video"' \
		'.attachments[]?.kind == "file"' \
		'.attachments[]?.kind == "location"' \
		'.poll.quiz == true' '.reactions | length > 1' \
		'.repost_of.name' '.edited == true' '.parent' '.signature' \
		'.service' '.counts.views > 0' '.hashtags | length > 0'; do
		jq -e -s "map(select(.type == \"post\") | select([$what] | any)) | length > 0" \
			all >/dev/null || fail "no post has $what"
	done
	jq -e -s 'map(select(([.attachments[]? | select(.kind == "photo")] | length) > 1)) | length > 0' all
}

@test "fetch: --limit and --since bound the run" {
	run --separate-stderr sim 'gp-fetch -n 5 --stream posts $GP_SIM_URL/s/zarechny_adm | grep -c type.:.post'
	assert_output 5
	run --separate-stderr sim 'gp-fetch --since 2026-10-30 --stream posts --jq "select(.type==\"post\").at" $GP_SIM_URL/s/zarechny_adm'
	assert_success
	while read -r at; do [[ $at > '"2026-10-29T20:59' ]]; done <<<"$output"
	run --separate-stderr gp-fetch --since nonsense @zarechny_adm
	assert_failure 64
	assert_stderr "gp-fetch: --since: 'nonsense' is no instant: write 7d, yesterday, 2026-11-01 or 2026-11-01T09:00:00Z"
}

@test "fetch: a group, a missing name and a cut page are told from an empty one" {
	run --separate-stderr sim 'gp-fetch --stream posts $GP_SIM_URL/s/zarechny_chat'
	assert_failure 69
	assert_stderr "gp-fetch: telegram:zarechny_chat: posts: a group: the preview shows channels only; a bot inside can read it"
	run --separate-stderr sim 'gp-fetch --stream posts $GP_SIM_URL/s/nobody_here'
	assert_failure 69
	assert_stderr "gp-fetch: telegram:nobody_here: posts: no channel of that name"
	run --separate-stderr sim --fault tail@/s/ 'gp-fetch --retries 0 --stream posts $GP_SIM_URL/s/zarechny_adm'
	assert_failure 75
	assert_stderr "gp-fetch: telegram:zarechny_adm: posts: the page is cut short: its end is missing"
	run --separate-stderr sim --fault noposts@/s/,times=0 'gp-fetch --stream posts $GP_SIM_URL/s/zarechny_adm'
	assert_success
	run jq -r 'select(.type == "run").outcome' <<<"$output"
	assert_output empty
}

@test "fetch: no posts once is asked again" {
	run --separate-stderr sim --fault noposts@/s/ 'gp-fetch --stream posts $GP_SIM_URL/s/zarechny_adm'
	assert_success
	[ "$(grep -c '"type":"post"' <<<"$output")" -eq 20 ]
}

@test "fetch: a check for robots and an empty body are no pages" {
	run --separate-stderr sim --fault challenge@/s/ 'gp-fetch --stream posts $GP_SIM_URL/s/zarechny_adm'
	assert_failure 75
	assert_stderr --partial "none of a channel's"
	run --separate-stderr sim --fault empty@/s/ 'gp-fetch --stream posts $GP_SIM_URL/s/zarechny_adm'
	assert_failure 75
	assert_stderr --partial "no HTML"
}

@test "fetch: 429, 502 with HTML, resets and cut bodies pass by themselves" {
	for fault in 429@/s/,retry_after=1 502html@/s/ reset@/s/ cut@/s/; do
		run --separate-stderr sim --fault $fault 'gp-fetch --stream posts $GP_SIM_URL/s/zarechny_adm'
		assert_success
		assert_stderr ""
		[ "$(grep -c '"type":"post"' <<<"$output")" -eq 20 ]
	done
}

@test "fetch: a wait longer than --max-wait is left to the caller" {
	run --separate-stderr sim --fault 429@/s/,retry_after=500,times=0 \
		'gp-fetch --max-wait 5s --stream posts $GP_SIM_URL/s/zarechny_adm'
	assert_failure 75
	assert_stderr "gp-fetch: telegram:zarechny_adm: posts: it asks to wait 500 s, more than the 5 s allowed"
}

@test "fetch: bombs, endless bodies, loops and slowness have ceilings" {
	for fault in bomb endless; do
		run --separate-stderr sim --fault $fault@/s/,times=0 'gp-fetch --stream posts $GP_SIM_URL/s/zarechny_adm'
		assert_failure 75
		assert_stderr --partial "larger than"
	done
	run --separate-stderr sim --fault slow@/s/,times=0 'gp-fetch --timeout 2s --retries 0 --stream posts $GP_SIM_URL/s/zarechny_adm'
	assert_failure 75
	# A redirect of the preview is looked at, not followed.
	run --separate-stderr sim --fault loop@/s/,times=0 'gp-fetch --timeout 3s --retries 0 --stream posts $GP_SIM_URL/s/zarechny_adm'
	assert_failure
}

@test "fetch: the state makes the second run read only what is new" {
	sim 'gp-fetch --all --page town --state st >one; gp-fetch --page town --state st >two'
	[ "$(jq -s 'map(select(.type == "post")) | length' two)" -eq 0 ]
	[ "$(jq -s 'map(select(.type == "comment")) | length' two)" -eq 0 ]
	run jq -rs 'map(select(.type == "run" and .stream != "page") | .outcome) | sort | join(",")' two
	assert_output empty,empty
	run stat -c %a st
	assert_output 600
}

@test "fetch: what comes between two runs is read once, with its post" {
	sim 'gp-fetch --all --page town --state st >one
	tell message "{\"from\":\"anna_b\",\"text\":\"Где автобус?\",\"post\":101}"
	gp-fetch --page town --state st >two
	gp-fetch --page town --state st >three'
	run jq -rc 'select(.type == "comment") | [.text, .post, .author.official]' two
	assert_output '["Где автобус?","telegram:zarechny_adm/101",false]'
	run jq -c 'select(.type == "comment")' three
	assert_output ""
}

@test "fetch: comments know post, thread, parent and who is official" {
	sim 'gp-fetch --page town --stream updates --state st' >all
	jq -s -e '[.[] | select(.type == "comment" and .author.official)] | length > 100' all
	jq -s -e '[.[] | select(.type == "comment" and .parent != null)] | length > 150' all
	# Threads begin at a post, or at a comment of the group itself.
	jq -s -e '(map({key: .id, value: .type}) | from_entries) as $all
		| [.[] | select(.type == "comment" and .thread != null and .post == null)]
		| all($all[.thread] == "comment")' all
	jq -s -e '[.[] | select(.type == "message")] | length > 25' all
	jq -s -e '[.[] | select(.edited != null and .type == "comment")] | length > 10' all
	jq -s -e '[.[] | select(.type == "page")][0].counts.subscribers == 4821' all
	# An answer stands under what it answers.
	jq -s -e '(map({key: .id, value: .type}) | from_entries) as $all
		| [.[] | select(.type == "comment" and .parent != null) | $all[.parent]]
		| all(. == "comment")' all
}

@test "fetch: without a kept state no update is confirmed" {
	sim 'gp-fetch --page town --stream updates >one; gp-fetch --page town --stream updates >two'
	jq -c 'select(.type != "run") | del(.seen)' one >a
	jq -c 'select(.type != "run") | del(.seen)' two >b
	cmp a b
	run jq -c 'select(.type == "run").more' one
	assert_output true
}

@test "fetch: cursors on standard input start the run" {
	sim 'gp-fetch --page town --stream updates >one
	jq -c "select(.type == \"cursor\")" one | gp-fetch --page town --stream updates --cursors - >two'
	first=$(jq -r 'select(.type == "comment").id' one | head -1)
	run grep -c "\"id\":\"$first\"" two
	assert_output 0
}

@test "fetch: a database keeps the cursors; none yet is a first run" {
	sim 'gp-fetch --page town --stream updates --cursors t.db >one
	gp-store put t.db one
	gp-fetch --page town --stream updates --cursors t.db >two
	: >empty.db
	gp-fetch --page town --stream updates --cursors empty.db >three'
	run jq -r 'select(.type == "run").asked.cursor' one two three
	assert_output 'false
true
false'
	first=$(jq -r 'select(.type == "comment").id' one | head -1)
	run grep -c "\"id\":\"$first\"" two
	assert_output 0
	run --separate-stderr sim 'gp-fetch --page town --cursors "postgres:///gp?host=/no/such"'
	assert_failure 75
	assert_stderr --partial 'gp-fetch: postgres:///gp?host=/no/such: '
	printf 'not a database' >bad
	run --separate-stderr sim 'gp-fetch --page town --cursors bad'
	assert_failure 65
}

@test "fetch: two readers of one bot, a wrong token, a webhook" {
	run --separate-stderr sim 'echo 123:wrong >t; chmod 600 t; sed -i "s|file: [^}]*|file: t|" gp.yaml; gp-fetch -p town --stream updates'
	assert_failure 77
	assert_stderr --partial "the token is wrong or was revoked (401 Unauthorized"
	refute_stderr --partial "123:wrong"
	run --separate-stderr sim 'curl -s -d url=https://example.org/hook $GP_SIM_URL/bot$(cat $GP_SIM_TOKEN_FILE)/setWebhook >/dev/null; gp-fetch -p town --stream updates'
	assert_failure 78
	assert_stderr --partial "a webhook is set for this bot"
}

@test "fetch: a token that others may read is refused" {
	run --separate-stderr sim 'echo 1:x >t; chmod 644 t; sed -i "s|file: [^}]*|file: t|" gp.yaml; gp-fetch -p town --stream updates'
	assert_failure 77
	assert_stderr "gp-fetch: telegram:zarechny_adm: updates: token file 't': may be read by others (mode 644): chmod 600 it"
}

@test "fetch: the token is in no output, message or recording" {
	sim --fault 500@/bot,times=9 'cp $GP_SIM_TOKEN_FILE tok; gp-fetch -v -p town --retries 0 --record rec >out 2>err; gp-fetch -v -p town --record rec >>out 2>>err; true'
	[ -s tok ]
	run grep -rlF "$(cat tok)" out err rec
	assert_failure 1
	assert_output ""
}

@test "fetch: a recording answers with no network" {
	sim 'gp-fetch -p town --record rec >one'
	run --separate-stderr sh -c 'gp-fetch -p town --replay rec'
	assert_success
	bot='s/.\"bot.\":[0-9]*,//' # of the token, which no recording has
	cmp <(sed "$bot" <<<"$output" | sort) <(sed "$bot" one | sort)
	run --separate-stderr gp-fetch --replay rec @other_name
	assert_failure 78
	assert_stderr --partial "not in the recording 'rec'"
}

@test "fetch: a look back sees edits and deletions" {
	sim 'gp-fetch --all --stream posts -p town --state st >one
	tell delete "{\"post\":187}"
	tell edit "{\"post\":189,\"text\":\"Исправлено\"}"
	gp-fetch --stream posts -p town --overlap 3d --state st >two'
	run jq -rc 'select(.deleted) | [.type, .id]' two
	assert_output '["post","telegram:zarechny_adm/187"]'
	run jq -rc 'select(.id == "telegram:zarechny_adm/189") | [.text, .edited]' two
	assert_output '["Исправлено",true]'
}

@test "fetch: a bound met before the cursor does not move it" {
	sim 'gp-fetch --all --until 2026-10-10 --stream posts -p town --state st >one
	cp st st0 2>/dev/null || : >st0
	gp-fetch --forward -n 30 --stream posts -p town --state st2 >first
	gp-fetch -n 5 --stream posts -p town --state st2 >five
	gp-fetch --stream posts -p town --state st2 >rest'
	[ ! -s st0 ]
	[ "$(grep -c '"type":"post"' first)" -eq 30 ]
	[ "$(grep -c '"type":"post"' five)" -eq 5 ]
	run jq -c 'select(.type == "run").more' five
	assert_output true
	# 67 in all: 30 are behind the cursor, all others come.
	[ "$(grep -c '"type":"post"' rest)" -eq 37 ]
}

@test "fetch: a full disk is said, the state stays" {
	sim 'gp-fetch --page town --state st >/dev/full; echo $? >status'
	run cat status
	assert_output 74
	[ ! -e st ]
}

@test "fetch: | head is silent" {
	run --separate-stderr sim 'gp-fetch --all --stream posts -p town | head -n 1 | wc -l'
	assert_success
	assert_output 1
	assert_stderr ""
}

@test "fetch: two runs on one state: the second says so and goes" {
	run --separate-stderr sim 'exec 9>st.lock; flock -n 9; gp-fetch -p town --state st'
	assert_failure 75
	assert_stderr "gp-fetch: another run holds 'st'"
}

@test "fetch: killed at any moment, the next run repeats and loses nothing" {
	sim 'gp-fetch --all --page town --stream updates --state whole >all
	i=0; : >got
	while [ $i -lt 12 ]; do
		i=$((i + 1))
		gp-fetch --all --page town --stream posts --state st >>got 2>/dev/null &
		pid=$!; sleep 0.00$i; kill -9 $pid 2>/dev/null; wait $pid 2>/dev/null
	done
	gp-fetch --all --page town --stream posts --state st >>got'
	# A line cut by the kill is refused by name; the whole ones are all there.
	run sh -c "jq -rR 'fromjson? | select(.type == \"post\").id' got | sort -u | wc -l"
	assert_output 67
}

@test "fetch: what was known before a look back stays known" {
	sim 'gp-fetch --all --stream posts -p town --state st >one
	gp-fetch --stream posts -p town --overlap 1d --state st >two
	tell delete "{\"post\":103}"
	gp-fetch --stream posts -p town --overlap 60d --state st >three'
	run jq -rc 'select(.deleted).id' three
	assert_output telegram:zarechny_adm/103
}

@test "fetch: --jq: a wrong expression is usage, | head is silent" {
	run --separate-stderr sim 'gp-fetch --all --stream posts --jq "nope(" $GP_SIM_URL/s/zarechny_adm'
	assert_failure 64
	assert_stderr --partial "jq: "
	run --separate-stderr sim 'gp-fetch --all --stream posts --jq .id $GP_SIM_URL/s/zarechny_adm | head -n 1 | wc -l'
	assert_output 1
	assert_stderr ""
}

@test "fetch: no posts in the middle of the way are no end" {
	for way in --all --forward; do
		for after in 1 2 3; do
			rm -f st st.lock
			run --separate-stderr sim --fault noposts@/s/,after=$after,times=2 \
				"gp-fetch $way --stream posts -p town --state st >one; gp-fetch $way --stream posts -p town --state st >two; true"
			[ "$(jq -rs 'map(select(.type == "post").id) | unique | length' one two)" -eq 67 ]
			run jq -r 'select(.type == "run").outcome' one
			assert_output later
		done
	done
}

@test "fetch: a closed standard output is an error and moves nothing" {
	run --separate-stderr sim 'gp-fetch --stream posts -p town --state st >&-'
	assert_failure 74
	[ ! -s st ]
	[ ! -s st.lock ]
}

@test "fetch: --jq and --state together are refused" {
	run --separate-stderr sim 'gp-fetch -p town --state st --jq .id'
	assert_failure 64
	assert_stderr --partial "put jq behind a pipe"
}

@test "fetch: a damaged cursor is no first run" {
	sim 'gp-fetch --stream posts -p town --state st >one'
	jq -c '.value = "garbage"' st >st2
	run --separate-stderr sim 'gp-fetch --stream posts -p town --state st2'
	assert_failure 78
	assert_stderr --partial "the cursor is damaged"
	head -c 100 /dev/zero >st3
	run --separate-stderr sim 'gp-fetch --stream posts -p town --state st3'
	assert_failure 65
}

@test "fetch: another bot does not take over the numbers of the old one" {
	sim 'gp-fetch --stream updates -p town --state st >one'
	jq -c '.value |= (fromjson | .bot = 1 | .offset = 900000000 | tojson)' st >st2
	sim 'gp-fetch --stream updates -p town --state st2 >two'
	[ "$(jq -s 'map(select(.type == "comment")) | length' one)" -eq \
		"$(jq -s 'map(select(.type == "comment")) | length' two)" ]
}

@test "fetch: one bot behind two pages is refused" {
	run --separate-stderr sim 'sed "s/^  town:/  other:/; /^[ztp]/d" gp.yaml | sed "s/zarechny_adm/other_adm/" >>gp.yaml; gp-fetch --stream updates'
	assert_failure 1
	assert_stderr_line "gp-fetch: telegram:other_adm: updates: its bot is that of telegram:zarechny_adm: updates are read once, and one page would take them from the other"
}

@test "fetch: a torn line of a killed run is not glued to the next" {
	printf '{"type":"po' >out
	sim 'gp-fetch -n 3 --stream posts -p town >>out'
	[ "$(grep -c '^{"type":"post".*}$' out)" -eq 3 ]
}

@test "fetch: SIGTERM ends it at once, with its account" {
	run --separate-stderr sim --fault 429@/s/,times=0,retry_after=30 \
		'gp-fetch --stream posts -p town >out & pid=$!; sleep 1; kill -TERM $pid; wait $pid; echo $?'
	assert_output 1
	assert_stderr --partial "stopped by a signal"
	run jq -r .outcome out
	assert_output partial
}

@test "fetch: wrong command lines and configs" {
	run --separate-stderr gp-fetch --stream nope @town_adm
	assert_failure 64
	assert_stderr "gp-fetch: --stream: 'nope' is not one of page, posts, comments, messages, updates, stats"
	run --separate-stderr gp-fetch
	assert_failure 78
	rm -f gp.yaml; unset GP_CONFIG
	run --separate-stderr gp-fetch
	assert_failure 64
	assert_stderr "gp-fetch: no pages: give an address, as https://t.me/s/NAME, or write a config (man gp-config)"
	run --separate-stderr gp-fetch https://example.org/x
	assert_failure 64
	assert_stderr "gp-fetch: 'https://example.org/x': not an address of a known network"
	run --separate-stderr gp-fetch https://t.me/+AbCdEf
	assert_failure 64
	assert_stderr "gp-fetch: 'https://t.me/+AbCdEf': an invitation to a private chat: only a bot inside can read it"
	printf 'pages:\n  town:\n    netwrok: telegram\n    name: x\n' >bad.yaml
	run --separate-stderr gp-fetch -c bad.yaml
	assert_failure 78
	assert_stderr "gp-fetch: bad.yaml:3:5: unknown key 'netwrok': is 'network' meant?"
	printf 'pages:\n  town: {network: telegram, name: adm_town}\n' >good.yaml
	run --separate-stderr gp-fetch -c good.yaml -p twon
	assert_failure 78
	assert_stderr "gp-fetch: no page 'twon' in the config: is 'town' meant?"
}

@test "fetch: plain http goes to this machine only" {
	printf 'telegram: {preview: "http://192.0.2.1"}\n' >gp.yaml
	run --separate-stderr gp-fetch @zarechny_adm --stream posts
	assert_failure 78
	assert_stderr "gp-fetch: telegram:zarechny_adm: posts: plain http goes to this machine only, not to '192.0.2.1'"
	run --separate-stderr gp-fetch --stream posts http://127.0.0.1:1/s/zarechny_adm --retries 0
	assert_failure 75
}

@test "fetch: every record is as the schema says" {
	sim 'gp-fetch --all --page town --state st' >all
	run python3 "$GP_TESTS/schema.py" <all
	assert_success
}

@test "fetch: --networks is a table" {
	run --separate-stderr gp-fetch --networks
	assert_success
	assert_line --index 1 --partial telegram
}

@test "fetch: --plan tells calls and minutes, and writes no record of a post" {
	run --separate-stderr sim 'gp-fetch --plan --all --rate 0.5 $GP_SIM_URL/s/zarechny_adm'
	assert_success
	assert_stderr ""
	run jq -c 'del(.network) | .seconds |= floor' <<<"$output"
	assert_output '{"type":"plan","page":"telegram:zarechny_adm","stream":"page","calls":2,"seconds":4}
{"type":"plan","page":"telegram:zarechny_adm","stream":"posts","calls":10,"seconds":20}
{"type":"plan","calls":12,"seconds":24}'
}

@test "fetch: --follow tells in seconds, and ends well on a signal" {
	sim 'gp-fetch --all --page town --state st >one
	timeout -s TERM 6 gp-fetch --follow --page town --state st >two 2>err &
	sleep 2; tell message "{\"from\":\"anna_b\",\"text\":\"Где автобус?\",\"post\":101}"
	for i in 1 2 3 4 5 6 7 8 9 10; do grep -q автобус two && break; sleep 0.2; done
	grep -c автобус two >seen
	wait
	gp-fetch --page town --state st >three'
	run cat seen err
	assert_output 1
	run jq -r 'select(.type == "run") | [.stream, .asked.follow, .outcome] | map(tostring) | join(" ")' two
	assert_output "updates true ok"
	refute grep -q автобус three
}

@test "fetch: reactions are counted, apart from the posts they are to" {
	sim 'gp-fetch --page town --stream updates --state st >out'
	"$GP_TESTS/schema.py" <out
	run jq -rs 'map(select(.type == "reactions")) | [length > 10, all(.of and .counts.reactions > 0), all(has("text") | not)] | map(tostring) | join(" ")' out
	assert_output "true true true"
	run jq -c 'select(.id == "reactions:telegram:zarechny_adm/101") | [.of, .reactions[0], .counts]' out
	assert_output '["telegram:zarechny_adm/101",{"emoji":"👍","n":61},{"reactions":107}]'
}

# Replies of the Bot API, one batch after another, in FILES of the folder r.
bot() {
	canned r
	echo 7:secretsecretsecret >t
	chmod 600 t
	cat >gp.yaml <<-END
		telegram: {preview: "$canned", api: "$canned"}
		pages:
		  town: {network: telegram, name: town_adm, bot: {token: {file: t}}}
	END
	mkdir -p r
	echo '{"ok":true,"result":{"id":-1001,"title":"T","username":"town_adm"}}' >r/getChat.1
	echo '{"ok":true,"result":5}' >r/getChatMemberCount.1
}

# part ID MESSAGE [MEMBERS]: an update with a picture of the album g1
part() {
	printf '{"update_id":%s,"%s":{"message_id":%s,"media_group_id":"g1","date":1793000000,"chat":{"id":-1001,"type":"channel","username":"town_adm"},"photo":[{"width":1,"height":1}]%s}}' \
		"$1" "${4:-channel_post}" "$2" "${3:-}"
}

@test "fetch: an album split between two batches is one post" {
	bot
	{
		printf '{"ok":true,"result":['
		for i in $(seq 1 98); do printf '{"update_id":%s,"my_chat_member":{}},' "$i"; done
		part 99 10 ',"caption":"Снимки"'
		printf ','
		part 100 11
		printf ']}'
	} >r/getUpdates.1
	printf '{"ok":true,"result":[%s,%s,%s]}' "$(part 99 10 ',"caption":"Снимки"')" "$(part 100 11)" "$(part 101 12)" >r/getUpdates.2
	cp r/getUpdates.2 r/getUpdates.3
	echo '{"ok":true,"result":[]}' >r/getUpdates.4
	run --separate-stderr gp-fetch -p town --stream updates --state st
	assert_success
	assert_stderr ''
	run jq -c 'select(.type == "post") | [.id, .text, (.attachments | length)]' <<<"$output"
	assert_output '["telegram:town_adm/10","Снимки",3]'
	run jq -r '.value | fromjson | [.offset, .albums] | tostring' st
	assert_output '[102,[["g1",10]]]'
	grep 'getUpdates' r/asked | sed 's/.*offset=\([0-9]*\).*/\1/' >offsets
	run cat offsets
	assert_line --index 1 99
}

@test "fetch: an edited piece of an album is an edit of the album; a poll has its post" {
	bot
	printf '{"ok":true,"result":[%s,%s,%s,%s,{"update_id":9,"poll":{"id":"55","question":"Где?","options":[{"text":"Тут","voter_count":2}],"total_voter_count":2,"is_closed":true,"type":"regular"}}]}' \
		"$(part 5 10 ',"caption":"Снимки"')" "$(part 6 11)" \
		"$(part 7 11 ',"caption":"Подпись","edit_date":1793000100' edited_channel_post)" \
		'{"update_id":8,"channel_post":{"message_id":20,"date":1793000200,"chat":{"id":-1001,"type":"channel","username":"town_adm"},"poll":{"id":"55","question":"Где?","options":[{"text":"Тут","voter_count":0}],"total_voter_count":0,"type":"regular"}}}' >r/getUpdates.1
	echo '{"ok":true,"result":[]}' >r/getUpdates.2
	run --separate-stderr gp-fetch -p town --stream updates --state st
	assert_success
	"$GP_TESTS/schema.py" <<<"$output"
	run jq -c 'select(.type | IN("post", "poll")) | [.type, .id, .text, .edited, (.attachments | length), .post]' <<<"$output"
	assert_output - <<-'END'
		["post","telegram:town_adm/10","Снимки",null,2,null]
		["post","telegram:town_adm/10","Подпись","2026-10-26T07:35:00Z",0,null]
		["post","telegram:town_adm/20",null,null,0,null]
		["poll","telegram:poll/55",null,null,0,"telegram:town_adm/20"]
	END
}
