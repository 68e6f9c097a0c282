# OK as gp-sim plays it, asked by hand: signatures, parameters, errors, lists.
load ../lib

setup() {
	gp_setup
	cat >with <<-'END'
		#!/bin/sh
		# call METHOD [NAME=VALUE]...: a signed call of fb.do. What is in
		# $key, $token, $secret or $sig takes the place of the right one.
		call() {
			m=$1; shift
			: "${key=$GP_SIM_OK_APPLICATION_KEY}"
			: "${token=$(cat $GP_SIM_OK_ACCESS)}"
			: "${secret=$(cat $GP_SIM_OK_SESSION)}"
			text=$(printf '%s\n' "method=$m" "application_key=$key" format=json "$@" |
				LC_ALL=C sort | tr -d '\n')
			: "${s=${sig-$(printf %s "$text$secret" | md5sum | cut -d' ' -f1)}}"
			for p; do set -- "$@" --data-urlencode "$p"; shift; done
			curl -s "$GP_SIM_URL/ok/fb.do" "$@" -d "method=$m" -d format=json \
				-d "application_key=$key" -d "access_token=$token" -d "sig=$s"
			unset s
			echo
		}
		# graph PATH [OPTION]...: a call of the Graph API.
		graph() {
			p=$1; shift
			curl -s "$@" "$GP_SIM_URL/ok/graph/$p${query}access_token=${bot-$(cat $GP_SIM_OK_BOT)}"
			echo
		}
		query='?' group=55123456789012
		eval "$1"
	END
}

sim() {
	run --separate-stderr gp-sim "${@:2}" --run -- sh ./with "$1"
}

# The codes of errors, one a line, "-" for a sound reply.
codes() {
	jq -r 'if type == "object" then .error_code // "-" else "-" end' <<<"$output"
}

@test "sim-ok: every call is signed, with either secret" {
	sim 'call users.getCurrentUser
		secret=$(printf %s "$token$(cat $GP_SIM_OK_APPLICATION)" | md5sum | cut -d" " -f1)
		call users.getCurrentUser
		sig=00000000000000000000000000000000 call users.getCurrentUser
		secret=wrong; call users.getCurrentUser
		call group.getInfo "uids=$group" "fields=uid,имя & =?"'
	run codes
	assert_output "-
-
104
104
104"
	sim 'call group.getInfo "uids=$group" "fields=uid,имя & =?"'
	run jq -r '.[0].uid' <<<"$output"
	assert_output 55123456789012
}

@test "sim-ok: keys and tokens that are wrong have codes of their own" {
	sim 'key=CWRONG; call users.getCurrentUser; unset key
		token=wrong; call users.getCurrentUser'
	assert_line --partial '"error_code":101,"error_msg":"PARAM_API_KEY'
	assert_line --partial '"error_code":103,"error_msg":"PARAM_SESSION_KEY'
	sim 'bot=wrong; graph me/info'
	assert_output --partial '"error_code":2001'
}

@test "sim-ok: unknown methods, parameters and fields are refused, with 200" {
	sim 'call group.getEverything
		call group.getInfo "fields=uid"
		call group.getInfo "uids=$group" fields=uid colour=red
		call mediatopic.getTopics "gid=$group" count=many
		call mediatopic.getTopics gid=1
		call group.getStatTrends "gid=$group" fields=reach,mood
		call discussions.getComments discussionId=1 discussionType=GROUP_TOPIC
		call discussions.getComments discussionId=1 discussionType=USER_PHOTO
		graph me/nothing; graph me/chats -X POST
		query="?colour=red&" graph me/chats
		curl -s -o /dev/null -w "%{http_code}\n" "$GP_SIM_URL/ok/fb.do?method=x"'
	run sed -E 's/.*"error_code":([0-9]+).*/\1/' <<<"$output"
	assert_output "3
100
100
100
160
100
300
100
3
3
100
200"
}

@test "sim-ok: a list leads on by its anchor to the end; ids are strings" {
	sim 'set --
		while :; do
			call mediatopic.getTopics "gid=$group" count=30 "$@" >page
			cat page
			[ "$(jq .has_more page)" = true ] || break
			set -- "anchor=$(jq -r .anchor page)"
		done'
	run jq -rs '[length, ([.[].media_topics[].id] | length, (unique | length)),
		([.[].media_topics[].id | type] | unique[])] | @tsv' <<<"$output"
	assert_output "3	64	64	string"
}

@test "sim-ok: comments are of Moscow's time; some answers are bare" {
	sim 'call users.getLoggedInUser
		t=$(call mediatopic.getTopics "gid=$group" |
			jq -r "[.media_topics[] | select(.discussion_summary.comments_count > 2)][0].id")
		call discussions.getDiscussionCommentsCount "entityId=$t" entityType=GROUP_TOPIC
		call discussions.getComments "discussionId=$t" discussionType=GROUP_TOPIC count=1 >c
		jq -r ".comments[0].date" c
		curl -s "$GP_SIM_URL/_sim/notes?network=ok" |
			jq -r "select(.id == $(jq -r ".comments[0].id" c | sed "s/^1530*//")).at"'
	assert_line --index 0 '"570000000001"'
	assert_line --index 1 --regexp '^[0-9]+$'
	[ "$(date -ud "${lines[3]} 3 hours" '+%F %T')" = "${lines[2]}" ]
}

@test "sim-ok: chats by pages, and what is written comes by long polling" {
	sim 'graph me/info
		query="?count=20&" graph me/chats >one; query="?count=20&marker=20&" graph me/chats >two
		cat one two | jq -c .chats[].chat_id | sort | uniq -c | sort -rn | head -1 | tr -s " "
		graph me/updates
		graph me/subscribe -H "Content-Type: application/json" -d "{\"types\":[\"MESSAGE_CREATED\"],\"longPolling\":true}"
		curl -sf -H "Content-Type: application/json" -d "{\"network\":\"ok\",\"from\":\"anna_b\",\"text\":\"Личное\",\"private\":true}" "$GP_SIM_URL/_sim/message" >/dev/null
		graph me/updates'
	assert_line --index 0 --partial '"group_id":"group:55123456789012"'
	assert_line --index 1 --regexp '^ 1 '
	assert_line --index 2 --partial '"error_code":2001'
	assert_line --index 3 '{"success":true}'
	assert_line --index 4 --partial '"text":"Личное","seq":98211023614'
}

@test "sim-ok: faults speak as OK does" {
	sim 'for n in 1 2 3; do call users.getCurrentUser; done' \
		--fault ok2@/ok/fb.do --fault ok8@/ok/fb.do --fault 429@/ok/fb.do
	run codes
	assert_output "2
8
11"
}
