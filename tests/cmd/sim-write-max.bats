#!/usr/bin/env bats
# gp-sim as MAX, written to: posts, comments, letters, uploads; what is refused
# with which status; what is read back of it.
load ../lib

small=$BATS_TEST_DIRNAME/../fixtures/sim/small.yaml

setup() {
	gp_setup
	printf '\211PNG\r\n\032\n0123456789' >a.png
	cat >tools.sh <<-'END'
	chat=-70000000000111
	# max METHOD PATH [BODY]
	max() { curl -s --max-time 20 -X "$1" -H "Authorization: $(cat "$GP_SIM_MAX_BOT")" ${3:+-H 'Content-Type: application/json' -d "$3"} "$GP_SIM_URL/max/$2"; }
	sim() { curl -s "$GP_SIM_URL/_sim/$1" "${@:2}"; }
	code() { jq -r 'if .code then "\(.code): \(.message)" else tojson end'; }
	mid() { jq -r '.message.body.mid'; }
	post() { max POST "messages?chat_id=$chat" "$1"; }
	# of the first post, and of the first comment under it
	first() { max GET "messages?chat_id=$chat&count=100" | jq -r '.messages[]|select(.body.text|tostring|startswith("Отключат"))|.body.mid'; }
	comments() { max GET "messages/$1/comments"; }
	upload() { max POST "uploads?type=$1" >u; curl -s -F data=@a.png "$(jq -r .url u)" >up; }
	END
}

sim() {
	run --separate-stderr gp-sim "${@:1:$#-1}" "$small" -- \
		bash -c ". ./tools.sh; ${!#}"
}

@test "a post of the channel has no sender; it is changed and taken away" {
	sim 'm=$(post "{\"text\":\"Ярмарка 😀\",\"notify\":false}" | mid); max GET messages/$m | jq -c "[.sender,.recipient.chat_id,.body.text]"; max GET "messages?chat_id=$chat&count=1" | jq -r ".messages[].body.text"
	max PUT "messages?message_id=$m" "{\"text\":\"Ярмарка отменена\"}" | code; max GET messages/$m | jq -r .body.text; max DELETE "messages?message_id=$m" | code; max GET messages/$m | code; max DELETE "messages?message_id=$m" | code
	max GET "updates?timeout=0&limit=1000" | jq -c ".updates[-3:]|map([.update_type,.message.body.text])"
	sim written | jq -c "[.network,.action,.id==\"max:$chat/$m\",.page,.text,.times,.edited,.deleted]"'
	assert_output - <<-'END'
	[null,-70000000000111,"Ярмарка 😀"]
	Ярмарка 😀
	{"success":true}
	Ярмарка отменена
	{"success":true}
	message.not.found: Message not found
	message.not.found: Message not found
	[["message_created","Ярмарка 😀"],["message_edited","Ярмарка отменена"],["message_removed",null]]
	["max","post",true,"max:-70000000000111","Ярмарка отменена",1,1,true]
	END
}

@test "nothing keeps one from writing twice: MAX knows no key" {
	sim 'post "{\"text\":\"а\"}" >/dev/null; post "{\"text\":\"а\"}" >/dev/null; sim written | jq -s "map(.text)|length"'
	assert_output 2
}

@test "messages are refused: token, chat, text, format, members, attachments" {
	sim 'curl -s -H "Content-Type: application/json" -d "{\"text\":\"а\"}" "$GP_SIM_URL/max/messages?chat_id=$chat" | code; max POST messages "{\"text\":\"а\"}" | code; max POST "messages?chat_id=-5" "{\"text\":\"а\"}" | code; max POST "messages?chat_id=x" "{\"text\":\"а\"}" | code; max POST "messages?chat_id=$chat&user_id=5" "{\"text\":\"а\"}" | code
	post "{\"text\":\" \"}" | code; post "{\"text\":\"$(printf "%04001d" 0)\"}" | code; post "{\"text\":\"а\",\"format\":\"markdown\"}" | code; post "{\"text\":\"а\",\"format\":\"bb\"}" | code; post "{\"text\":\"а\",\"guid\":\"а\"}" | code; post "{\"text\":" | code; max POST "messages?chat_id=$chat&guid=5" "{\"text\":\"а\"}" | code
	post "{\"attachments\":[{\"type\":\"image\",\"payload\":{\"token\":\"x\"}}]}" | code; post "{\"attachments\":{}}" | code; post "{\"text\":\"а\",\"attachments\":[1,1,1,1,1,1,1,1,1,1,1,1,1]}" | code; post "{\"text\":\"а\",\"link\":{\"type\":\"reply\",\"mid\":\"mid.0\"}}" | code; curl -s -H "Authorization: $(cat "$GP_SIM_MAX_BOT")" -d text=a "$GP_SIM_URL/max/messages?chat_id=$chat" | code; max PATCH messages | code
	sim written | wc -l'
	assert_output - <<-'END'
	verify.token: Invalid access_token
	proto.payload: either chat_id or user_id must be given
	chat.not.found: Chat not found
	proto.payload: not a number: 'chat_id' or 'user_id'
	proto.payload: either chat_id or user_id must be given
	proto.payload: text: a message must say something
	proto.payload: text: size must be between 0 and 4000
	proto.payload: format markdown is not played (gp-sim)
	proto.payload: format: markdown or html
	proto.payload: unknown member: 'guid'
	proto.payload: not JSON
	proto.payload: unknown parameter: 'guid'
	proto.payload: attachments: no such token
	proto.payload: attachments: not a list
	proto.payload: attachments: size must be between 0 and 12
	message.not.found: Message not found
	proto.payload: the body is not JSON
	method.not.allowed: GET alone
	0
	END
}

@test "an answer to a comment is the bot's, linked to what it answers" {
	sim 'p=$(first); c=$(comments $p | jq -r ".messages[-1].body.mid"); a=$(max POST messages/$p/comments "{\"text\":\"Ответ\",\"link\":{\"type\":\"reply\",\"mid\":\"$c\"}}" | mid); comments $p | jq -c ".messages[0]|[.sender.is_bot,.body.text,.link.type,.link.message.mid==\"$c\"]"
	max PUT "messages/$p/comments?comment_id=$a" "{\"text\":\"Ответ полнее\"}" | code; max GET messages/$p/comments/$a | jq -r .body.text; max PUT "messages/$p/comments?comment_id=$c" "{\"text\":\"Подлог\"}" | code
	max POST messages/$p/comments "{\"text\":\"а\",\"attachments\":[]}" | code; max POST messages/$p/comments "{\"text\":\"а\",\"link\":{\"type\":\"forward\",\"mid\":\"$c\"}}" | code; max POST messages/$c/comments "{\"text\":\"а\"}" | code; max POST messages/$p/comments "{}" | code
	sim clock -d now=2026-10-11T17:00:01Z >/dev/null; max PUT "messages/$p/comments?comment_id=$a" "{\"text\":\"Поздно\"}" | code; max DELETE "messages/$p/comments?comment_id=$a" | code; max DELETE "messages/$p/comments?comment_id=$a" | code
	sim written | jq -c "[.action,.id==\"max:$chat/$p/$a\",.post==\"max:$chat/$p\",.parent==\"max:$chat/$p/$c\",.edited,.deleted]"'
	assert_output - <<-'END'
	[true,"Ответ","reply",true]
	{"success":true}
	Ответ полнее
	{"success":false,"message":"error.edit.invalid.message: not the bot's own"}
	proto.payload: unknown member: 'attachments'
	proto.payload: link: of type reply alone (gp-sim)
	message.not.found: Message not found
	proto.payload: text: a message must say something
	comments.timeout_exceeded: The comment is too old to be changed
	{"success":true}
	message.not.found: Message not found
	["comment",true,true,true,1,true]
	END
}

@test "a letter goes to who wrote to the bot alone, and stands in the dialog" {
	sim 'sim plant -d network=max -d n=2 -d private=1 | jq .n; max GET "updates?timeout=0&limit=1000" | jq -r ".updates[-1].message|[.body.mid,.recipient.chat_id]|@tsv" >w; read m d <w; max POST "messages?chat_id=$d" "{\"text\":\"Ответ\",\"link\":{\"type\":\"reply\",\"mid\":\"$m\"}}" | jq -c "[.message.sender.is_bot,.message.recipient.chat_type]"; max POST "messages?user_id=330000001" "{\"text\":\"И вам\"}" | jq -r .message.body.text; max POST "messages?user_id=330000009" "{\"text\":\"а\"}" | code; max POST "messages?user_id=5" "{\"text\":\"а\"}" | code
	max GET "messages?chat_id=$d" | jq -c ".messages|map([.sender.is_bot,.link.message.mid==\"$m\"])"; max GET "messages?chat_id=5" | code; sim written | jq -c "[.action,.chat==\"max:$d\",.parent==\"max:$d/$m\"]"'
	assert_output - <<-'END'
	2
	[true,"dialog"]
	И вам
	chat.denied: The user has not started a dialog with the bot
	chat.not.found: Chat not found
	[[true,true],[false,false]]
	chat.not.found: Chat not found
	["message",true,true]
	["message",false,false]
	END
}

@test "uploads: pictures at once, films and files not at the first try; what is left out stays" {
	sim 'upload image; jq -c keys u; t=$(jq -r ".photos[].token" up); m=$(post "{\"attachments\":[{\"type\":\"image\",\"payload\":{\"photos\":$(jq -c .photos up)}},{\"type\":\"image\",\"payload\":{\"token\":\"$t\"}},{\"type\":\"image\",\"payload\":{\"url\":\"https://example.org/a.png\"}}]}" | mid); max GET messages/$m | jq -c ".body.attachments|map([.type,.payload.token==\"$t\"])"
	max PUT "messages?message_id=$m" "{\"text\":\"Подпись\"}" | code; max GET messages/$m | jq ".body.attachments|length"; max PUT "messages?message_id=$m" "{\"attachments\":null,\"text\":\"а\"}" | code; max GET messages/$m | jq ".body.attachments|length"; max PUT "messages?message_id=$m" "{\"attachments\":[]}" | code; max GET messages/$m | jq -c "[.body.text,.body.attachments]"
	max POST "uploads?type=video" >u; t=$(jq -r .token u); v() { post "{\"attachments\":[{\"type\":\"video\",\"payload\":{\"token\":\"$t\"}}]}"; }; v | code; v | code; curl -s -F data=@a.png "$(jq -r .url u)" | tail -n 1; echo; v | code; v | jq -c ".message.body.attachments|map(.type)"
	upload file; t=$(jq -r .token up); f() { post "{\"attachments\":[{\"type\":\"file\",\"payload\":{\"token\":\"$t\"}}]}"; }; f | code; f | jq -c ".message.body.attachments|map([.type,.size])"; post "{\"attachments\":[{\"type\":\"image\",\"payload\":{\"token\":\"$t\"}}]}" | code
	max POST "uploads?type=cake" | code; echo текст >b; max POST "uploads?type=image" >u; curl -s -F data=@b "$(jq -r .url u)" | code; curl -s -F file=@a.png "$(jq -r .url u)" | code; curl -s -F data=@a.png "$GP_SIM_URL/max/upload/1" | code'
	assert_output - <<-'END'
	["url"]
	[["image",true],["image",true],["image",false]]
	{"success":true}
	3
	{"success":true}
	3
	{"success":true}
	["а",null]
	attachment.not.ready: Key: errors.process.attachment.file.not.processed
	attachment.not.ready: Key: errors.process.attachment.file.not.processed
	<retval>1</retval>
	attachment.not.ready: Key: errors.process.attachment.file.not.processed
	["video"]
	attachment.not.ready: Key: errors.process.attachment.file.not.processed
	[["file",18]]
	proto.payload: attachments: no such token
	proto.payload: type: image, video, audio or file
	proto.payload: data: no file of that kind
	proto.payload: data: no file of that kind
	not.found: no such upload
	END
}

@test "a thousand appeals are planted and answered; the book knows each" {
	sim 'sim plant -d network=max -d n=100 | jq .n; p=$(max GET "messages?chat_id=$chat&count=1" | jq -r ".messages[].body.mid"); max GET "messages/$p/comments?count=100" | jq -r ".messages[].body.mid" >mids
	while read -r c; do printf "next\nurl = \"%s\"\nheader = \"Authorization: %s\"\nheader = \"Content-Type: application/json\"\ndata = \"%s\"\noutput = /dev/null\n" "$GP_SIM_URL/max/messages/$p/comments" "$(cat "$GP_SIM_MAX_BOT")" "{\\\"text\\\":\\\"Ответ\\\",\\\"link\\\":{\\\"type\\\":\\\"reply\\\",\\\"mid\\\":\\\"$c\\\"}}"; done <mids | sed 1d >k; curl -s -K k; sim written?network=max | jq -r .parent | sort -u | wc -l'
	assert_output $'100\n100'
}

@test "what writing answers is as the published schema has it" {
	need_shared
	api=$GP_SHARED/samples/schema/max-bot-api-0.0.32-community.openapi.json
	[ -f "$api" ] || skip "no schema of MAX in GP_SHARED"
	sim 'p() { printf "%s\t%s\n" "$1" "$("${@:2}")"; }
	p UploadEndpoint max POST "uploads?type=video"; upload image; p PhotoTokens cat up; p SendMessageResult post "{\"text\":\"а\",\"attachments\":[{\"type\":\"image\",\"payload\":{\"photos\":$(jq -c .photos up)}}]}"; p Error post "{}"; m=$(post "{\"text\":\"а\"}" | mid); p SimpleQueryResult max PUT "messages?message_id=$m" "{\"text\":\"б\"}"; p SendMessageResult max POST messages/$m/comments "{\"text\":\"в\"}"; p MessageList comments $m; p MessageList max GET "messages?chat_id=$chat"; sim plant -d network=max -d n=1 -d private=1 >/dev/null; p SendMessageResult max POST "messages?user_id=330000001" "{\"text\":\"г\"}"; p SimpleQueryResult max DELETE "messages?message_id=$m"; p ChatMembersList max GET chats/$chat/members/admins'
	assert_success
	echo "$output" >lines
	[ "$(wc -l <lines)" -eq 11 ]
	run "$GP_TESTS/maxschema.py" "$api" <lines
	assert_output ''
	assert_success
	run bash -c 'sed "s/\"success\":true/\"success\":\"yes\"/" lines | "$1" "$2"' - "$GP_TESTS/maxschema.py" "$api"
	assert_failure
}
