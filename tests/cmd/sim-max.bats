#!/usr/bin/env bats
# gp-sim as MAX: a channel, comments, letters, updates, webhooks, refusals.
load ../lib

small=$BATS_TEST_DIRNAME/../fixtures/sim/small.yaml

setup() {
	gp_setup
	cat >tools.sh <<-'END'
	chat=-70000000000111
	# max PATH [NAME=VALUE ...]: GET; $M another method.
	max() {
		local p=$1 q=(); shift
		for i; do q+=(--data-urlencode "$i"); done
		curl -s --max-time 20 -G -X "${M:-GET}" -H "Authorization: $(cat "$GP_SIM_MAX_BOT")" "$GP_SIM_URL/max/$p" "${q[@]}"
	}
	posts() { max messages chat_id=$chat "$@"; }
	# hook JSON: POST /subscriptions
	hook() { curl -s -H "Authorization: $(cat "$GP_SIM_MAX_BOT")" -H 'Content-Type: application/json' -d "$1" "$GP_SIM_URL/max/subscriptions"; }
	post() { curl -s "$GP_SIM_URL/_sim/$1" -H 'Content-Type: application/json' -d "$2"; }
	notes() { curl -s "$GP_SIM_URL/_sim/notes?network=max"; }
	code() { jq -r '"\(.code): \(.message)"'; }
	mid() { posts count=100 | jq -r "[.messages[]|.body // .link.message|select(.text|startswith(\"$1\")).mid][0]"; }
	END
}

# sim [OPTION ...] SCRIPT: the script runs beside a server of small.yaml.
sim() {
	run --separate-stderr gp-sim "${@:1:$#-1}" "$small" -- \
		bash -c ". ./tools.sh; ${!#}"
}

@test "the channel by number and by name; its administrators" {
	sim 'max chats/$chat | jq -c "[.chat_id,.type,.status,.participants_count,.messages_count,.link]"; n=$(max chats/$chat | jq -r ".link|sub(\".*/\";\"\")"); max chats/$n | jq .chat_id; max chats/$chat/members/admins | jq -c "[.members[]|[.is_bot,.is_admin,(.permissions|index(\"read_all_messages\"))]]"; max me | jq -c "[.user_id,.is_bot]"; max chats/-5 | code; max chats/nobody | code; max chats/$chat/members/all | code; max tea | code'
	assert_output - <<-'END'
	[-70000000000111,"channel","active",310,22,"https://max.ru/lipovka"]
	-70000000000111
	[[true,true,0],[false,true,0]]
	[229000229,true]
	chat.not.found: Chat not found
	chat.not.found: Chat not found
	not.found: no such path
	not.found: no such path
	END
}

@test "posts come newest first, between two moments, so many at a time" {
	sim 'posts count=3 | jq -c "[.messages[].timestamp]"; t=$(posts count=3 | jq ".messages[2].timestamp"); posts from=$t count=2 | jq ".messages[0].timestamp==$t"; posts to=$t | jq ".messages|length"; notes | jq -r "select(.kind==\"post\").text" | sort >a; posts count=100 | jq -r ".messages[]|(.body // .link.message).text" | sort | cmp - a; posts count=100 | jq ".messages|length"; posts | jq "[.messages[].sender]|unique" -c; posts | jq -c "[.messages[]|(.body // .link.message).seq]|min > 9007199254740992"'
	assert_output - <<-'END'
	[1791612000000,1791565200000,1791529200000]
	true
	3
	22
	[null]
	true
	END
}

@test "a forward has no body, and its words in the link; media are attached" {
	sim 'posts count=100 | jq -c ".messages[]|select(.link.type==\"forward\")|[.body,.link.chat_id<0,.link.sender.first_name,.link.message.text]"; posts count=100 | jq -c "[.messages[].body.attachments[]?|.type]|group_by(.)|map([.[0],length])"; posts count=100 | jq -c ".messages[]|select(.link.type==\"reply\").link.message.text[:10]"; posts count=100 | jq -c "[.messages[].stat.views]|max"'
	assert_output - <<-'END'
	[null,false,"Иван Скрытный","Перепост от человека"]
	[null,true,null,"Из области: дорога откроется"]
	[["file",1],["image",4],["location",1],["share",1],["video",1]]
	"Отключат в"
	1474933
	END
}

@test "messages and comments one by one, by id, before and after a moment" {
	sim 'm=$(mid Отключат); c() { max messages/$m/comments "$@"; }; c | jq -c "[.messages[]|[.body.text[:8],.sender.first_name,.link.message.text[:8]]]"; t=$(c | jq ".messages[2].timestamp"); c before=$t | jq ".messages|length"; c after=$t | jq ".messages|length"; c count=1 | jq -c ".messages[].body.text[:8]"; i=$(c | jq -r ".messages[0].body.mid"); j=$(c | jq -r ".messages[1].body.mid"); c comment_ids=$j,$i,mid.x | jq -c "[.messages[].body.text[:8]]"; max messages/$m/comments/$i | jq -r ".body.text[:8]"; max messages/$m | jq -r ".body.text[:8]"; max messages message_ids=$m,$i | jq ".messages|length"; o=$(mid Ярмарка); max messages/$o/comments | jq -c .; max messages/$o/comments/$i | code; max messages/$i/comments | code; max messages/mid.0/comments | code'
	assert_output - <<-'END'
	[["Передали",null,null],["Опять! В","Толик",null],["Спасибо","Анна Берёзкина","Анна, на"],["Анна, на",null,"А на Сад"],["А на Сад","Анна Берёзкина",null]]
	2
	2
	"Передали"
	["Опять! В","Передали"]
	Передали
	Отключат
	1
	{"messages":[]}
	message.not.found: Message not found
	message.not.found: Message not found
	message.not.found: Message not found
	END
}

@test "what is deleted is gone, and edits stand" {
	sim 'm=$(mid Отключат); post delete "{\"network\":\"max\",\"message_id\":7}" >x; post edit "{\"network\":\"max\",\"message_id\":6,\"text\":\"Иначе\"}" >x; max messages/$m/comments count=1 | jq -r ".messages[0].body.text"; post delete "{\"network\":\"max\",\"message_id\":2}" >x; max messages/$m/comments | code; posts count=100 | jq ".messages|length"'
	assert_output - <<-'END'
	Иначе
	message.not.found: Message not found
	21
	END
}

@test "the token is wanted in its header, alone" {
	sim 't=$(cat "$GP_SIM_MAX_BOT"); u=$GP_SIM_URL/max/me; w="-s -w \n%{http_code}\n"; curl $w $u; curl $w "$u?access_token=$t"; curl $w -H "Authorization: Bearer $t" $u; curl $w -H "Authorization: $t" "$u?access_token=$t"; curl -s -o x -w "%{http_code}" -H "Authorization: $t" $u'
	assert_output - <<-'END'
	{"code":"verify.token","message":"Invalid access_token"}
	401
	{"code":"verify.token","message":"Invalid access_token"}
	401
	{"code":"verify.token","message":"Invalid access_token"}
	401
	{"code":"proto.payload","message":"unknown parameter: 'access_token'"}
	400
	200
	END
}

@test "parameters are checked by name, type and bounds" {
	sim 'posts count=101 | code; posts count=0 | code; posts from=yesterday | code; posts cuont=3 | code; max messages | code; max messages chat_id=5 | code; max updates limit=1001 | code; max updates timeout=91 | code; max updates types=message_created,comment_created | code; max updates marker=x | code; max messages/$(mid Отключат)/comments before=x | code; M=PUT max me | code; M=PATCH max subscriptions | code'
	assert_output - <<-'END'
	proto.payload: count: 1 to 100
	proto.payload: count: 1 to 100
	proto.payload: not a number: 'from'
	proto.payload: unknown parameter: 'cuont'
	chat.not.found: Chat not found
	chat.not.found: Chat not found
	proto.payload: limit or timeout
	proto.payload: limit or timeout
	proto.payload: types: unknown
	proto.payload: not a number: 'marker'
	proto.payload: not a number: 'before'
	method.not.allowed: GET alone
	method.not.allowed: GET, POST or DELETE
	END
}

@test "updates go on from the marker, of the types asked for" {
	sim 'u() { max updates timeout=0 limit=1000 "$@"; }; k=$(u | jq .marker); u marker=$k | jq -c "[.updates,.marker==$k]"; post message "{\"network\":\"max\",\"as\":\"page\",\"text\":\"Пост\"}" >x; post message "{\"network\":\"max\",\"from\":\"tolik\",\"private\":true,\"text\":\"Письмо\"}" >x; post message "{\"network\":\"max\",\"from\":\"tolik\",\"post\":1,\"text\":\"Под постом\"}" >x; post edit "{\"network\":\"max\",\"message_id\":34,\"text\":\"Правка\"}" >x; post delete "{\"network\":\"max\",\"message_id\":34}" >x; u marker=$k | jq -c ".updates[]|[.update_type,.message.recipient.chat_type,.message.body.text,.message.stat,.chat_id]"; u marker=$k limit=1 | jq ".updates|length"; u marker=$k types=message_edited,message_removed | jq -c "[.updates[].update_type]"'
	assert_output - <<-'END'
	[[],true]
	["message_created","channel","Пост",null,null]
	["message_created","dialog","Письмо",null,null]
	["message_edited","channel","Правка",null,null]
	["message_removed",null,null,null,-70000000000111]
	1
	["message_edited","message_removed"]
	END
}

@test "the long poll waits for news, and no longer than it is told to" {
	sim 'k=$(max updates timeout=0 limit=1000 | jq .marker); (sleep 0.5; post message "{\"network\":\"max\",\"from\":\"tolik\",\"private\":true,\"text\":\"Письмо\"}" >x) & max updates timeout=20 marker=$k | jq -c "[.updates[].message.body.text]"; wait; k=$((k+1)); s=$(date +%s%N); max updates timeout=1 marker=$k | jq -c .updates; e=$(( ($(date +%s%N)-s)/1000000 )); [ $e -ge 900 ] && [ $e -lt 5000 ] || echo $e'
	assert_output - <<-'END'
	["Письмо"]
	[]
	END
}

@test "a webhook ends the long poll until it is deleted" {
	sim 'u() { max updates timeout=0 limit=1000 | jq ".updates|length>0"; }; max subscriptions | jq -c .; u; hook "{\"url\":\"http://example.org/hook\"}" | code; hook "{\"url\":\"https://example.org/hook\",\"update_types\":[\"message_created\"],\"secret\":\"abcde\"}"; echo; max subscriptions | jq -c "[.subscriptions[].url]"; u; M=DELETE max subscriptions url=https://example.org/other; echo; M=DELETE max subscriptions url=https://example.org/hook; echo; u; hook "{\"url\":" | code'
	assert_output - <<-'END'
	{"subscriptions":[]}
	true
	proto.payload: url: https alone
	{"success":true}
	["https://example.org/hook"]
	false
	{"success":false,"message":"no such subscription"}
	{"success":true}
	true
	proto.payload: not JSON
	END
}

@test "faults come in the form of MAX" {
	sim --fault 429@/max/,retry_after=7 --fault 500@/max/ --fault max403@/max/ --fault max404@/max/ 'for i in 1 2 3 4; do curl -s -D h -H "Authorization: $(cat "$GP_SIM_MAX_BOT")" "$GP_SIM_URL/max/me" | code; sed -n "1s/[^ ]* \([0-9]*\).*/\1/p; s/^Retry-After: //Ip" h | tr -d "\r"; done'
	assert_output - <<-'END'
	too.many.requests: Too many requests
	429
	7
	service.unavailable: Service unavailable
	503
	access.denied: Access denied
	403
	not.found: Not found
	404
	END
}

@test "every reply holds to the published schema" {
	need_shared
	api=$GP_SHARED/samples/schema/max-bot-api-0.0.32-community.openapi.json
	[ -f "$api" ] || skip "no schema of MAX in GP_SHARED"
	cat >>tools.sh <<-'END'
	p() { printf '%s\t%s\n' "$1" "$("${@:2}")"; }
	END
	sim 'p BotInfo max me; p Chat max chats/$chat; p ChatMembersList max chats/$chat/members/admins; p MessageList posts count=100; for m in $(posts count=100 | jq -r ".messages[]|(.body // .link.message).mid"); do p MessageList max messages/$m/comments; done; p Message max messages/$m
	post message "{\"network\":\"max\",\"as\":\"page\",\"text\":\"Пост\"}" >x; post edit "{\"network\":\"max\",\"message_id\":34,\"text\":\"Правка\"}" >x; post delete "{\"network\":\"max\",\"message_id\":34}" >x; p UpdateList max updates timeout=0 limit=1000
	p GetSubscriptionsResult max subscriptions; p SimpleQueryResult hook "{\"url\":\"https://example.org/hook\"}"; p GetSubscriptionsResult max subscriptions; M=DELETE p SimpleQueryResult max subscriptions url=x; p Error max chats/5; p Error max messages count=x'
	assert_success
	grep -v $'\t$' <<<"$output" >lines
	[ "$(wc -l <lines)" -eq 34 ]
	run "$GP_TESTS/maxschema.py" "$api" <lines
	assert_success
	assert_output ''
	# Damage is found, also in what a discriminator leads to.
	run bash -c 'sed "s/\"message_id\":\"[^\"]*\"/\"message_id\":5/" lines | "$1" "$2"' - "$GP_TESTS/maxschema.py" "$api"
	assert_failure
	assert_output --partial 'UpdateList: updates.'
	run bash -c 'grep MessageList lines | sed "s/\"latitude\":[0-9.]*/\"latitude\":\"n\"/" | "$1" "$2"' - "$GP_TESTS/maxschema.py" "$api"
	assert_failure
	assert_output --partial "'n' is not of type 'number'"
}

@test "the schema takes what the network's own client is tested with" {
	need_shared
	stubs=$GP_SHARED/samples/max/go-client-stubs
	api=$GP_SHARED/samples/schema/max-bot-api-0.0.32-community.openapi.json
	[ -d "$stubs" ] && [ -f "$api" ] || skip "no samples of MAX in GP_SHARED"
	for f in "$stubs"/*.json; do
		case ${f##*/} in
		update.*) name=UpdateList ;;
		webhook.*) name=UpdateAny ;;
		error.*) name=Error ;;
		chats-get-admins.json) name=ChatMembersList ;;
		chats-get-chat-by-id.json | chats-dialog*) name=Chat ;;
		*) continue ;;
		esac
		printf '%s\t%s\n' $name "$(jq -c . "$f")"
	done >lines
	[ "$(wc -l <lines)" -gt 30 ]
	run "$GP_TESTS/maxschema.py" "$api" <lines
	assert_success
	assert_output ''
}
