#!/usr/bin/env bats
# gp-sim as OK, written to: topics now and for later, comments, letters,
# photos; what is refused with which code; what is read back of it.
load ../lib

small=$BATS_TEST_DIRNAME/../fixtures/sim/small.yaml

setup() {
	gp_setup
	printf '\211PNG\r\n\032\n0123456789' >a.png
	cat >tools.sh <<-'END'
	# call METHOD [NAME=VALUE ...]: a signed call of fb.do.
	call() {
		local m=$1 k=$GP_SIM_OK_APPLICATION_KEY s p=(); shift
		s=$(printf '%s\n' "method=$m" "application_key=$k" format=json "$@" | LC_ALL=C sort | tr -d '\n')$(cat "$GP_SIM_OK_SESSION")
		for i; do p+=(--data-urlencode "$i"); done
		curl -s "$GP_SIM_URL/ok/fb.do" "${p[@]}" -d "method=$m" -d format=json -d "application_key=$k" -d "access_token=$(cat "$GP_SIM_OK_ACCESS")" -d "sig=${sig-$(printf %s "$s" | md5sum | cut -d' ' -f1)}"
	}
	graph() { curl -s -X "$1" ${3:+-H 'Content-Type: application/json;charset=utf-8' -d "$3"} "$GP_SIM_URL/ok/graph/$2?access_token=$(cat "$GP_SIM_OK_BOT")"; }
	sim() { curl -s "$GP_SIM_URL/_sim/$1" "${@:2}"; }
	code() { jq -r 'if type=="object" and .error_code then "\(.error_code) \(.error_msg)" else tojson end'; }
	topic() { call mediatopic.post type=GROUP_THEME gid=$g "attachment={\"media\":[$1],\"onBehalfOfGroup\":\"true\"${2:+,$2}}"; }
	text() { printf '{"type":"text","text":"%s"}' "$1"; }
	topics() { call mediatopic.getTopics gid=$g count=${1:-1} | jq -c "${2:-.}"; }
	comments() { call discussions.getComments discussionId=$1 discussionType=GROUP_TOPIC | jq -c ".comments$2"; }
	now() { date -ud "$GP_SIM_NOW" +%s; }
	g=55000000000111
	END
}

sim() {
	run --separate-stderr gp-sim "${@:1:$#-1}" "$small" -- \
		bash -c ". ./tools.sh; ${!#}"
}

@test "a topic's id is a bare string; the topic is the group's, its blocks in their order" {
	sim 'topic "$(text "Ярмарка в субботу"),{\"type\":\"link\",\"url\":\"https://example.org/\"},{\"type\":\"poll\",\"question\":\"Придёте?\",\"answers\":[{\"text\":\"Да\"},{\"text\":\"Нет\"}],\"options\":\"SingleChoice,AnonymousVoting\"}"; echo; topics 1 ".media_topics[0]|[.id,.author_ref,(.media[]|[.type,.text,.url,.question])]"
	call mediatopic.post type=GROUP_THEME gid=$g "attachment={\"media\":[$(text Лично)]}" | code; topics 1 ".media_topics[0].author_ref|startswith(\"user:\")"
	sim written | jq -c "[.network,.action,.id,.page,.text,.poll,.times]"'
	assert_output - <<-'END'
	"153000000000000034"
	["153000000000000034","group:55000000000111",["text","Ярмарка в субботу",null,null],["link",null,"https://example.org/",null],["poll",null,null,"Придёте?"]]
	"153000000000000035"
	true
	["ok","post","ok:55000000000111/153000000000000034","ok:55000000000111","Ярмарка в субботу","Придёте?",1]
	["ok","post","ok:55000000000111/153000000000000035","ok:55000000000111","Лично",null,1]
	END
}

@test "topics are refused: signature, type, group, attachment, blocks" {
	sim 'sig=0 topic "$(text а)" | code; call mediatopic.post type=USER_STATUS gid=$g attachment={} | code; call mediatopic.post type=GROUP_THEME gid=5 attachment={} | code; call mediatopic.post type=GROUP_THEME gid=$g | code; call mediatopic.post type=GROUP_THEME gid=$g attachment={ | cut -c1-40; topic "" | code
	call mediatopic.post type=GROUP_THEME gid=$g "attachment={\"media\":[$(text а)],\"onBehalfOfGroup\":true}" | code; topic "$(text а)" "\"guid\":\"x\"" | code; topic "{\"type\":\"cake\"}" | code; topic "{\"type\":\"photo\",\"list\":[{\"id\":\"x\"}]}" | code; topic "{\"type\":\"link\",\"url\":\"ftp://x\"}" | code; topic "{\"type\":\"poll\",\"question\":\"\",\"answers\":[]}" | code; topic "{\"type\":\"poll\",\"question\":\"а\",\"answers\":[{\"text\":\"б\"}]}" | code; topic "{\"type\":\"poll\",\"question\":\"а\",\"answers\":[{\"text\":\"\"},{\"text\":\"в\"}]}" | code; topic "$(text "$(printf "%032001d" 0)")" | code
	topic "$(text а)" "\"publishAt\":\"2026-10-10 17:00:00\"" | code; topic "$(text а)" "\"publishAtMs\":1" | code; sim written | wc -l'
	assert_output - <<-'END'
	104 PARAM_SIGNATURE : Invalid signature 0
	100 PARAM : type: gp-sim plays GROUP_THEME alone
	160 PARAM_GROUP_ID : no group 5
	100 PARAM : Missed required parameter: attachment
	{"error_code":100,"error_msg":"PARAM : a
	100 PARAM : attachment: media is empty
	100 PARAM : attachment: flags are "true" or "false"
	100 PARAM : attachment: unknown 'guid'
	100 PARAM : attachment: a media block of no known type
	121 PARAM_PHOTO_ID : Invalid photo token in attachment
	605 MEDIA_TOPIC_BLOCK_LINK_URL : Invalid URL
	602 MEDIA_TOPIC_BLOCK_POLL_QUESTION : Question text
	603 MEDIA_TOPIC_BLOCK_POLL_ANSWERS : 2 to 10 answers
	604 MEDIA_TOPIC_BLOCK_POLL_ANSWER : Answer text
	601 MEDIA_TOPIC_TEXT_LIMIT : Text is too long
	100 PARAM : attachment: publishAt is no time ahead
	100 PARAM : attachment: publishAt is no time ahead
	0
	END
}

@test "a topic for later is out at its time, of Moscow or in ms, and keeps its id" {
	sim 'topic "$(text Потом)" "\"publishAt\":\"2026-10-10 18:10:00\"" | code; topic "$(text Позже)" "\"publishAtMs\":$((($(now)+1200)*1000))" | code; topic "$(text Снят)" "\"publishAtMs\":\"$((($(now)+60)*1000))\"" | code; topics 1 ".media_topics[0].id"; comments 153000000000000034 2>&1 | head -c 40; call discussions.addDiscussionComment entityId=153000000000000034 entityType=GROUP_TOPIC comment=а as_admin=true | code
	call mediatopic.deleteTopic topic_id=153000000000000036 | code; call mediatopic.edit topic_id=153000000000000035 "attachment={\"media\":[$(text Поправлено)],\"onBehalfOfGroup\":\"true\"}" | code
	sim written | jq -c "[.id,.due,.text,.deleted]"; sim clock -d "now=2026-10-10T15:10:00Z" >/dev/null; topics 1 ".media_topics[0]|[.id,.media[0].text]"; call discussions.addDiscussionComment entityId=153000000000000034 entityType=GROUP_TOPIC comment=а as_admin=true | code; comments 153000000000000034 "|map([.text,.author_ref])"
	sim clock -d "now=2026-10-10T15:30:00Z" >/dev/null; topics 2 ".media_topics|map(.id,.media[0].text)"; sim written | jq -c "[.id,.published,.became]"'
	assert_output - <<-'END'
	"153000000000000034"
	"153000000000000035"
	"153000000000000036"
	"153000000000000028"
	null
	140 PARAM_DISCUSSION_ID : Discussion not found
	{"success":true}
	true
	["ok:55000000000111/153000000000000034","2026-10-10T15:10:00Z","Потом",null]
	["ok:55000000000111/153000000000000035","2026-10-10T15:20:00Z","Поправлено",null]
	["ok:55000000000111/153000000000000036",null,"Снят",true]
	["153000000000000034","Потом"]
	"153000000000000038"
	[["а","group:55000000000111"]]
	["153000000000000035","Поправлено","153000000000000034","Потом"]
	["ok:55000000000111/153000000000000034",true,null]
	["ok:55000000000111/153000000000000035",true,null]
	["ok:55000000000111/153000000000000036",null,null]
	["ok:55000000000111/153000000000000034/153000000000000038",null,null]
	END
}

@test "an answer to a comment is the group's by as_admin; it is changed and taken away" {
	sim 't=153000000000000002; a() { call discussions.addDiscussionComment entityId=$t entityType=GROUP_TOPIC "$@"; }; a comment="Ответ" reply_to_comment_id=153000000000000003 as_admin=true | code; comments $t "[-1]|[.id,.text,.author_ref,.reply_to_comment_id]"; a comment=Лично | code; comments $t "[-1].author_ref|startswith(\"user:\")"
	a comment=" " | code; a comment="$(printf "%03001d" 0)" | code; a comment=а reply_to_comment_id=153000000000000999 | code; a comment=а as_admin=1 | code; call discussions.addDiscussionComment entityId=9 entityType=GROUP_TOPIC comment=а | code; call discussions.addDiscussionComment entityId=$t entityType=USER comment=а | code; call discussions.addComment | code
	e() { call discussions.editDiscussionComment discussionId=$t discussionType=GROUP_TOPIC "$@"; }; e comment_id=153000000000000034 comment="Ответ полнее" | code; e comment_id=153000000000000003 comment=а | code; comments $t "|map(select(.id==\"153000000000000034\").text)"
	d() { call discussions.deleteDiscussionComment discussionId=$t discussionType=GROUP_TOPIC comment_id=153000000000000034; }; d | code; d | code; sim written | jq -c "[.action,.id,.post,.parent,.edited,.deleted]"'
	assert_output - <<-'END'
	"153000000000000034"
	["153000000000000034","Ответ","group:55000000000111","153000000000000003"]
	"153000000000000035"
	true
	100 PARAM : comment is empty
	100 PARAM : comment is longer than 3000
	700 COMMENT_NOT_FOUND : Comment not found
	100 PARAM : Invalid parameter as_admin
	140 PARAM_DISCUSSION_ID : Discussion not found
	100 PARAM : entityType
	3 METHOD : Method does not exist. discussions.addComment
	{"success":true}
	24 NOT_OWNER : The comment is another's
	["Ответ полнее"]
	{"success":true}
	700 COMMENT_NOT_FOUND : Comment not found
	["comment","ok:55000000000111/153000000000000002/153000000000000034","ok:55000000000111/153000000000000002","ok:55000000000111/153000000000000002/153000000000000003",1,true]
	["comment","ok:55000000000111/153000000000000002/153000000000000035","ok:55000000000111/153000000000000002",null,null,null]
	END
}

@test "photos come by tokens that no order tells apart" {
	sim 'call photosV2.getUploadUrl gid=$g count=2 >u; jq -c "[(.photo_ids|length),.expires_ms>0]" u; curl -s -F pic1=@a.png -F pic2=@a.png "$(jq -r .upload_url u)" >up; jq -c --slurpfile u u "[(.photos|keys_unsorted)==\$u[0].photo_ids,(.photos|keys)==(\$u[0].photo_ids|sort)]" up
	topic "{\"type\":\"photo\",\"list\":$(jq -c "[.photos[]|{id:.token}]" up)}" | code; topics 1 ".media_topics[0].media|map([.type,(.photos|length)])"; call photosV2.getUploadUrl gid=$g count=11 | code; echo текст >b; curl -s -F pic1=@b "$(jq -r .upload_url u)" | code; curl -s -F pic1=@a.png "$GP_SIM_URL/ok/upload/1/2" | code'
	assert_output - <<-'END'
	[2,true]
	[false,true]
	"153000000000000034"
	[["photo",2]]
	100 PARAM : count
	500 SIZE : no picture in the request
	100 PARAM : no such upload
	END
}

@test "a letter goes to a chat of somebody who wrote, and is read back as the group's" {
	sim 'sim plant -d network=ok -d n=1 -d private=1 | jq .n; c=$(graph GET me/chats | jq -r ".chats[0].chat_id"); graph POST me/messages/$c "{\"recipient\":{\"chat_id\":\"$c\"},\"message\":{\"text\":\"Ответ\"}}" | jq -r ".message_id|sub(\"[.].*\";\"\")"; graph GET me/messages/$c | jq -c ".messages|map([.sender.user_id,.message.text==\"Ответ\"])"
	graph POST me/messages "{\"recipient\":{\"user_id\":\"user:330000001\"},\"message\":{\"text\":\"И ещё\"}}" | jq -c keys; graph POST me/messages/$c "{\"recipient\":{\"chat_id\":\"$c\"},\"sender_action\":\"mark_seen\"}" | code
	graph POST me/messages/$c "{\"recipient\":{\"chat_id\":\"chat:C1\"},\"message\":{\"text\":\"а\"}}" | code; graph POST me/messages/chat:C1 "{\"recipient\":{\"chat_id\":\"chat:C1\"},\"message\":{\"text\":\"а\"}}" | code; graph POST me/messages "{\"recipient\":{\"user_id\":\"user:330000009\"},\"message\":{\"text\":\"а\"}}" | code; graph POST me/messages/$c "{\"message\":{\"text\":\"а\"}}" | code; graph POST me/messages/$c "{\"recipient\":{\"chat_id\":\"$c\"},\"message\":{}}" | code; curl -s -d a=1 "$GP_SIM_URL/ok/graph/me/messages/$c?access_token=x" | code
	sim written | jq -c "[.action,.id,.chat,.text]"'
	assert_output - <<-'END'
	1
	mid:C13ab6681
	[["group:55000000000111",true],["user:330000001",false]]
	["message_id"]
	{"success":true}
	2001 GRAPH_PARAM : recipient is not the chat
	705 CHAT_NOT_FOUND : Chat not found
	705 CHAT_NOT_FOUND : Chat not found
	2001 GRAPH_PARAM : recipient
	2001 GRAPH_PARAM : message is empty
	2001 GRAPH_PARAM : Invalid access token
	["message","ok:55000000000111/imC13ab6681/C13ab6681.23","ok:55000000000111/imC13ab6681","Ответ"]
	["message","ok:55000000000111/imC13ab6681/C13ab6681.24","ok:55000000000111/imC13ab6681","И ещё"]
	END
}

@test "an answer among a crowd is read back as the group's" {
	sim 'sim plant -d network=ok -d n=5 >p; call discussions.addDiscussionComment entityId=153000000000000028 entityType=GROUP_TOPIC comment="Ответили" reply_to_comment_id=$((153000000000000000+$(jq .first p))) as_admin=true >/dev/null
	call discussions.getComments discussionId=153000000000000028 discussionType=GROUP_TOPIC count=100 | jq -c ".comments[-1]|[.text,.author_name]"'
	assert_line --index 0 --partial 'Ответили'
}

@test "a video is put up, ended, posted; without post_form it is a topic by itself" {
	printf '\0\0\0\030ftypisom\0\0\0\0isomiso2film' >c.mp4
	head -c 20000 /dev/zero >>c.mp4
	sim 'up() { call video.getUploadUrl gid=$g file_name=c.mp4 file_size=${1:-20028} ${2:+post_form=$2}; }
	up 100 | code; up 2000000000 | code; call video.getUploadUrl gid=$g file_size=20028 | code
	post() { topic "$(text Фильм),{\"type\":\"movie\",\"list\":[{\"id\":\"$1\"}]}" | code; }
	for form in true ""; do
		up 20028 $form >u; id=$(jq -r .video_id u); url=$(jq -r .upload_url u)
		call video.update vid=$id | code; post $id
		curl -s -F data=@a.png "$url" | code; curl -s -F data=@c.mp4 "${url%sig=*}sig=0" | code
		curl -s -F data=@c.mp4 "$url"; echo; post $id; call video.update vid=$id; echo; post $id
	done
	call video.update vid=5 | code; sim "notes?network=ok" | tail -n 3 | jq -c "[.id,.text,.video]"; sim written | wc -l'
	assert_output - <<-'END'
	100 PARAM : FileToSmall
	100 PARAM : FileToLarge
	100 PARAM : Missed required parameter: file_name
	100 PARAM : vid: nothing was uploaded
	100 errors.movie.not.available
	100 PARAM : BadFormat
	100 PARAM : no such upload
	<retval>1</retval>
	100 errors.movie.not.available
	null
	"153000000000000034"
	100 PARAM : vid: nothing was uploaded
	100 errors.movie.not.available
	100 PARAM : BadFormat
	100 PARAM : no such upload
	<retval>1</retval>
	100 errors.movie.not.available
	null
	"153000000000000036"
	300 NOT_FOUND : no such video
	[34,"Фильм",30]
	[35,"",30]
	[36,"Фильм",30]
	3
	END
}
