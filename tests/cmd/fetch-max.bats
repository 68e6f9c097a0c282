# gp-fetch reads MAX: gp-sim's, and replies as they may come.
load ../lib

setup() {
	gp_setup
	# conf URL [MORE]: the config for the district's channel there.
	cat >conf <<-'END'
		#!/bin/sh
		cat <<CONF
		max: {api: $1${2:+, $2}}
		pages:
		  max: {network: max, name: -70000000000001, messages: yes, watch: 60d, tokens: {bot: {file: $GP_SIM_MAX_BOT}}}
		CONF
	END
	cat >with <<-'END'
		sh ./conf "$GP_SIM_URL/max" >gp.yaml
		tell() {
			curl -sf -H 'Content-Type: application/json' -d "$2" \
				"$GP_SIM_URL/_sim/$1" >/dev/null
		}
		notes() { curl -sf "$GP_SIM_URL/_sim/notes?network=max"; }
		eval "$1"
	END
	export GP_CONFIG=$PWD/gp.yaml
	printf 'secret-token-1234567890abcdef\n' >token
	chmod 600 token
}

# sim [options of gp-sim --] 'command of the shell'
sim() {
	local opts=()
	while [ $# -gt 1 ]; do opts+=("$1"); shift; done
	gp-sim "${opts[@]}" --run -- sh ./with "$1"
}

# Canned replies under r/ for the channel; what every stream asks for first.
town() {
	export GP_SIM_MAX_BOT=token
	mkdir -p r
	echo '{"user_id":5,"first_name":"Бот","is_bot":true}' >r/me.1
	echo '{"members":[{"user_id":5},{"user_id":9007199254740993}]}' >r/admins.1
	echo '{"subscriptions":[]}' >r/subscriptions.1
	canned r
	sh ./conf "$canned" "rate: 0" >gp.yaml
}

# list FIRST LAST AT [more members of each]: messages with mids of numbers,
# from the newest on; the time of one is AT and its number, in seconds.
list() {
	jq -nc --argjson a "$1" --argjson b "$2" --argjson t "$3" '{messages: [
		range($a; $b - 1; -1) | {timestamp: (($t + .) * 1000 + 7),
		recipient: {chat_id: -70000000000001, chat_type: "channel"},
		sender: {user_id: 7, first_name: "Анна"},
		body: {mid: "mid.\(.)", seq: (1000 + .), text: "\(.)"}}]}'
}

# refuses STATUS WORDS: a run for the stream $stream says so.
refuses() {
	rm -f r/asked
	run --separate-stderr gp-fetch --retries 0 -p max --stream "$stream"
	assert_failure "$1"
	assert_stderr "gp-fetch: max:-70000000000001: $stream: $2"
	refute_output --partial '"type":"cursor"'
	refute_output --partial secret-token
	refute_stderr --partial secret-token
}

# -- gp-sim --------------------------------------------------------------------

@test "max: each post, comment and letter comes, by its id" {
	sim 'gp-fetch --all -p max >out 2>err; notes >notes'
	run cat err
	assert_output ''
	"$GP_TESTS/schema.py" <out
	jq -r '[(if .kind == "letter" then "message" else .kind end), .id, .post // 0] | @tsv' notes | sort >held
	# The last sixteen digits of a mid are the number of the note.
	jq -r 'select(.type | IN("post", "comment", "message")) |
		[.type, .id[-16:], (.post // "0")[-16:]] | @tsv' out | sort -u |
		while read -r kind id post; do
			printf '%s\t%d\t%d\n' "$kind" "$((16#$id))" "$((16#$post))"
		done | sort >came
	[ "$(wc -l <held)" -gt 500 ]
	diff held came
	run jq -r 'select(.type == "page") | [.id, .title, .url, .counts.subscribers > 0] | map(tostring) | join(" ")' out
	assert_output --partial 'max:-70000000000001 '
	run jq -s 'map(select(.type == "post" and (.edited | not))) | length > 50 and all(.counts.views >= 0 and (.author | not))' out
	assert_output true
}

@test "max: a forward brings its words and says whose they are" {
	sim 'gp-fetch --all --stream posts --stream comments -p max >out; notes >notes'
	run jq -c 'select(.repost_of) | [.repost_of.name, .repost_of.id[:7], (.text | length > 10)]' out
	[ "${#lines[@]}" -eq 2 ]
	for line in "${lines[@]}"; do
		[[ $line == '["-71'*'","max:-71",true]' ]]
	done
}

@test "max: a run with a state brings what is new, and it alone" {
	sim 'gp-fetch --all -p max --state st >one
		gp-fetch -p max --state st >two
		tell message "{\"network\":\"max\",\"from\":\"anna_b\",\"text\":\"Где автобус?\",\"post\":1}"
		tell message "{\"network\":\"max\",\"as\":\"page\",\"text\":\"Автобус будет\"}"
		tell message "{\"network\":\"max\",\"from\":\"anna_b\",\"text\":\"Лично\",\"private\":true}"
		gp-fetch -p max --state st >three
		gp-fetch -p max --state st >four'
	new='select(.type | IN("post", "comment", "message")) | "\(.type) \(.text)"'
	run jq -r "$new" two
	assert_output ''
	run jq -r "$new" three
	[ "${#lines[@]}" -eq 3 ]
	assert_line 'comment Где автобус?'
	assert_line 'post Автобус будет'
	assert_line 'message Лично'
	run jq -r "$new" four
	assert_output ''
	run jq -r 'select(.type == "run") | "\(.stream) \(.outcome)"' four
	assert_line 'posts empty'
	assert_line 'comments empty'
	assert_line 'updates empty'
}

@test "max: a look back finds what was edited and what has gone" {
	sim 'gp-fetch --all --stream posts --stream comments -p max --state st >one
		p=$(notes | jq -s "map(select(.kind == \"post\").id) | .[0]")
		tell edit "{\"network\":\"max\",\"message_id\":590,\"text\":\"Исправлено\"}"
		tell delete "{\"network\":\"max\",\"message_id\":592}"
		tell delete "{\"network\":\"max\",\"message_id\":$p}"
		gp-fetch --stream posts --stream comments -p max --state st >two
		gp-fetch --overlap 60d --stream posts --stream comments -p max --state st >three
		gp-fetch --overlap 60d --stream posts --stream comments -p max --state st >four'
	"$GP_TESTS/schema.py" <three
	run jq -r 'select(.text == "Исправлено").type' three
	assert_output comment
	jq -r 'select(.deleted).type' two three | sort >gone
	run cat gone
	assert_line comment
	assert_line post
	[ "${#lines[@]}" -eq 2 ]
	run jq -r 'select(.deleted).id' four
	assert_output ''
}

@test "max: --follow tells of posts, letters, edits within seconds" {
	sim 'gp-fetch --all -p max --state st >one
		gp-fetch --follow -p max --state st >two 2>err & pid=$!
		sleep 1
		tell message "{\"network\":\"max\",\"as\":\"page\",\"text\":\"Свет дали\"}"
		tell message "{\"network\":\"max\",\"from\":\"anna_b\",\"text\":\"Спасибо\",\"private\":true}"
		i=0; while [ $i -lt 25 ] && [ "$(grep -c "Свет дали\|Спасибо" two)" -lt 2 ]; do i=$((i + 1)); sleep 0.2; done
		kill $pid; wait $pid; cat err
		tell message "{\"network\":\"max\",\"as\":\"page\",\"text\":\"Воду дали\"}"
		gp-fetch --stream updates -p max --state st >three' >said
	run cat said
	assert_output ''
	run jq -r 'select(.text) | "\(.type) \(.text)"' two
	assert_output $'post Свет дали\nmessage Спасибо'
	run jq -r 'select(.text) | "\(.type) \(.text)"' three
	assert_output 'post Воду дали'
}

@test "max: a webhook that takes the updates is named" {
	run --separate-stderr sim 'curl -sf -H "Authorization: $(cat "$GP_SIM_MAX_BOT")" -H "Content-Type: application/json" \
			-d "{\"url\":\"https://example.org/hook\"}" "$GP_SIM_URL/max/subscriptions" >/dev/null
		gp-fetch --stream updates -p max'
	assert_failure 78
	assert_stderr 'gp-fetch: max:-70000000000001: updates: a webhook takes the updates of this bot (https://example.org/hook): delete it, or read them there'
}

@test "max: a channel by its public name is that of its number" {
	sim 'n=$(gp-fetch --stream page -p max | jq -r "select(.url).url | sub(\".*/\"; \"\")")
		sed -i "s/name: -[0-9]*/name: $n/" gp.yaml
		gp-fetch --all -p max --state st >one; gp-fetch -p max --state st >two'
	run jq -rs 'map(select(.type != "run").page) | unique | join(" ")' one
	assert_output 'max:-70000000000001'
	run jq -r 'select(.type | IN("post", "comment", "message")).id' two
	assert_output ''
	run --separate-stderr gp-fetch --plan --stream page https://max.ru/town max:-7 max:town
	assert_failure 77
	assert_stderr_line --partial "max:town: page: needs a token 'bot'"
	assert_stderr_line --partial "max:-7: page: needs a token 'bot'"
	run --separate-stderr gp-fetch --stream page https://max.ru/join/abcdef
	assert_failure
	assert_stderr --partial 'an invitation to a private chat: give its number'
}

@test "max: limits and trouble are waited for; what is refused is not" {
	for fault in 429@/max/,retry_after=2 500@/max/messages,times=2 reset@/max/; do
		start=$(date +%s%N)
		run --separate-stderr sim --fault "$fault" 'gp-fetch --all --stream posts -p max'
		took=$((($(date +%s%N) - start) / 1000000))
		assert_success
		assert_stderr ''
		[ "$(grep -c '"type":"post"' <<<"$output")" -eq 64 ]
		case $fault in 429*) [ "$took" -ge 2000 ] || fail "$took ms" ;; esac
	done
	run --separate-stderr sim --fault max403@/comments 'gp-fetch --stream comments -p max'
	assert_failure 77
	assert_stderr "gp-fetch: max:-70000000000001: comments: the bot must be an administrator of the channel with the right 'read_all_messages' (403 Access denied)"
	run --separate-stderr sim --fault 500@/max/,times=0 'gp-fetch --retries 0 --stream posts -p max'
	assert_failure 75
	assert_stderr 'gp-fetch: max:-70000000000001: posts: MAX is in trouble (503 Service unavailable)'
	run --separate-stderr sim 'sed -i "s/name: -[0-9]*/name: -7/" gp.yaml; gp-fetch --stream posts -p max'
	assert_failure 69
	assert_stderr 'gp-fetch: max:-7: posts: no such channel (404 Chat not found)'
}

@test "max: the token is in no output, message or recording" {
	sim 'cp "$GP_SIM_MAX_BOT" secret
		gp-fetch --all -p max --record tape >out 2>err
		gp-fetch --all -p max --replay tape >again 2>>err'
	run grep -rlFf secret out err tape again
	assert_output ''
	[ -n "$(find tape -type f)" ]
	diff <(grep -v '"type":"run"' out | sort) <(grep -v '"type":"run"' again | sort)
}

# -- replies as they may come --------------------------------------------------

@test "max: comments beyond a page, be 'before' a moment or a sequence number" {
	town
	list 9 9 1793000000 >r/messages.1
	list 250 151 1793000000 >r/comments.1
	list 151 52 1793000000 >r/comments.2
	list 52 1 1793000000 >r/comments.3
	gp-fetch -p max --stream comments >out
	[ "$(grep -c '"type":"comment"' out)" -eq 250 ]
	# The comment met last is to come again: of its moment there may be more.
	run grep -o 'before=[0-9]*' r/asked
	assert_output $'before=1793000151008\nbefore=1793000052008'
	rm r/*
	town
	list 9 9 1793000000 >r/messages.1
	list 250 151 1793000000 >r/comments.1
	echo '{"messages":[]}' >r/comments.2
	list 151 52 1793000000 >r/comments.3
	list 52 1 1793000000 >r/comments.4
	gp-fetch -p max --stream comments >out
	[ "$(grep -c '"type":"comment"' out)" -eq 250 ]
	run grep -o 'before=[0-9]*' r/asked
	assert_output $'before=1793000151008\nbefore=1152\nbefore=1053'
}

@test "max: a bound that is not heeded loses nothing without a word" {
	town
	list 9 9 1793000000 >r/messages.1
	list 250 151 1793000000 >r/comments.1
	run --separate-stderr gp-fetch -p max --stream comments --state st
	assert_failure 1
	[ "$(grep -c '"type":"comment"' <<<"$output")" -eq 100 ]
	run jq -c 'select(.type == "run") | [.outcome, .gaps[0].of, .gaps[0].reason]' <<<"$output"
	assert_output '["partial","max:-70000000000001/mid.9","older comments cannot be reached by '\''before'\''"]'
	# An empty page after a full one is no end of anything either.
	echo '{"messages":[]}' >r/comments.9
	rm r/asked
	run --separate-stderr gp-fetch -p max --stream comments --all --state st
	refute_output --partial '"deleted":true'
}

@test "max: a hundred comments and no more are a whole" {
	town
	list 9 9 1793000000 >r/messages.1
	list 100 1 1793000000 >r/comments.1
	list 1 1 1793000000 >r/comments.2
	run --separate-stderr gp-fetch -p max --stream comments
	assert_success
	[ "$(grep -c '"type":"comment"' <<<"$output")" -eq 100 ]
}

@test "max: every watched post is looked into, in each run" {
	town
	list 250 151 1793000000 >r/messages.1
	list 151 52 1793000000 >r/messages.2
	list 52 1 1793000000 >r/messages.3
	for i in 1 2 3; do cp r/messages.$i r/messages.$((i + 3)); done
	echo '{"messages":[]}' >r/comments.1
	for _ in 1 2; do
		rm -f r/asked
		gp-fetch -p max --stream comments --state st >out
		run grep -c '/comments' r/asked
		assert_output 250
	done
}

@test "max: posts of one page end where the next begins" {
	town
	list 250 151 1793000000 >r/messages.1
	list 151 52 1793000000 >r/messages.2
	list 52 1 1793000000 >r/messages.3
	gp-fetch -p max --stream posts --all >out
	run jq -r 'select(.type == "post").id' out
	[ "${#lines[@]}" -eq 250 ]
	[ "$(sort -u <<<"$output" | wc -l)" -eq 250 ]
	run grep -o 'from=[0-9]*' r/asked
	assert_output $'from=1793000151008\nfrom=1793000052008'
}

@test "max: who speaks for the channel, ids that no double holds" {
	town
	list 9 9 1793000000 >r/messages.1
	cat >r/comments.1 <<-'END'
		{"messages":[
		{"timestamp":1793000004999,"sender":null,"body":{"mid":"mid.d","seq":116327994376978690,"text":"г"}},
		{"timestamp":1793000003000,"sender":{"user_id":9007199254740993,"first_name":"Ольга","last_name":"П."},"body":{"mid":"mid.c","seq":116327994376978689,"text":"в"},"link":{"type":"reply","message":{"mid":"mid.a","seq":1,"text":"а"}}},
		{"timestamp":1793000002000,"sender":{"user_id":9007199254740992,"name":"Анна"},"body":{"mid":"mid.b","seq":116327994376978688,"text":"б"}},
		{"timestamp":1793000001000,"sender":{"user_id":5,"first_name":"Бот"},"body":{"mid":"mid.a","seq":116327994376978687,"text":"а"}}]}
	END
	run --separate-stderr gp-fetch -p max --stream comments
	assert_success
	"$GP_TESTS/schema.py" <<<"$output"
	run jq -c 'select(.type == "comment") | [.id[20:], .at[11:], .author.id, .author.name, .author.official, .parent]' <<<"$output"
	assert_output - <<-'END'
		["mid.9/mid.d","07:33:24Z","-70000000000001",null,true,null]
		["mid.9/mid.c","07:33:23Z","9007199254740993","Ольга П.",true,"max:-70000000000001/mid.9/mid.a"]
		["mid.9/mid.b","07:33:22Z","9007199254740992","Анна",false,null]
		["mid.9/mid.a","07:33:21Z","5","Бот",true,null]
	END
	grep -q '/messages/mid.9/comments' r/asked
}

@test "max: a mid goes into the address in safety" {
	town
	list 9 9 1793000000 | sed 's|mid.9|mid.a/b?c%d|' >r/messages.1
	echo '{"messages":[]}' >r/comments.1
	gp-fetch -p max --stream comments >out
	grep -q '/messages/mid.a%2Fb%3Fc%25d/comments' r/asked
}

@test "max: kinds of media, a text without its markup" {
	town
	cat >r/messages.1 <<-'END'
		{"messages":[{"timestamp":1793000004999,"url":"https://max.ru/town/A","stat":{"views":321},"body":{"mid":"mid.a","seq":1,"text":"Жирно 😀 и нет","markup":[{"type":"strong","from":0,"length":5}],"attachments":[
		{"type":"image","payload":{"photo_id":1,"token":"T","url":"https://i.example.org/1"}},
		{"type":"video","payload":{"id":1,"token":"V","url":"https://v.example.org/1"},"width":1280,"height":720,"duration":61},
		{"type":"audio","payload":{"id":2,"token":"A","url":"https://a.example.org/1"}},
		{"type":"file","payload":{"token":"F","url":"https://f.example.org/1"},"filename":"план.pdf","size":1024},
		{"type":"sticker","payload":{"code":"x","url":"https://s.example.org/1"}},
		{"type":"contact","payload":{"vcf_info":"x"}},
		{"type":"share","payload":{"url":"https://example.org/"},"title":"Сайт","description":"о воде"},
		{"type":"location","latitude":1.5,"longitude":2.5},
		{"type":"inline_keyboard","payload":{"buttons":[]}},
		{"type":"hologram"}]}}]}
	END
	run --separate-stderr gp-fetch -p max --stream posts
	assert_success
	"$GP_TESTS/schema.py" <<<"$output"
	run jq -c 'select(.type == "post") | [.id, .text, .url, .counts.views, [.attachments[].kind], .attachments[3].title, .attachments[1].duration]' <<<"$output"
	assert_output '["max:-70000000000001/mid.a","Жирно 😀 и нет","https://max.ru/town/A",321,["photo","video","voice","file","sticker","contact","link","location","other"],"план.pdf",61]'
}

@test "max: every refusal says what to do, with its status" {
	town
	stream=posts
	printf '401\n{"code":"verify.token","message":"Invalid secret-token-1234567890abcdef"}' >r/messages.1
	refuses 77 'the token is wrong or was revoked (401 Invalid TOKEN)'
	printf '403\n{"code":"chat.denied","message":"no"}' >r/messages.1
	refuses 77 "the bot must be an administrator of the channel with the right 'read_all_messages' (403 no)"
	printf '404\n{"code":"not.found","message":"no"}' >r/messages.1
	refuses 69 'no such channel (404 no)'
	printf '422\n{"code":"x","message":"odd"}' >r/messages.1
	refuses 78 'MAX does not accept the call (422 odd)'
	printf '429\n{"code":"too.many","message":"slow down"}' >r/messages.1
	refuses 75 'too many requests (429 slow down)'
	printf '503\n<html>' >r/messages.1
	refuses 75 'MAX is in trouble (503)'
	printf '{"success":false,"message":"not today"}' >r/messages.1
	refuses 69 'MAX refuses (not today)'
}

@test "max: a reply of another shape is a failure with its place" {
	town
	stream=posts
	for reply in '{"messages":null}' '{"comments":[]}' '[]'; do
		echo "$reply" >r/messages.1
		refuses 69 "messages: 'messages' is not a list"
	done
	echo '{"messages":[{"timestamp":1793000000000,"body":{"mid":"a"}},{"timestamp":1,"body":{}}]}' >r/messages.1
	refuses 69 "messages: messages[1] has no 'body.mid'"
	echo '{"messages":[{"body":{"mid":"a"}}]}' >r/messages.1
	refuses 69 "messages: messages[0] has no 'timestamp'"
	echo '{"messages":[' >r/messages.1
	run --separate-stderr gp-fetch --retries 0 -p max --stream posts
	assert_failure 75
	assert_stderr --partial "the reply is not MAX's: "
	stream=comments
	list 9 9 1793000000 >r/messages.1
	echo '{"comments":[]}' >r/comments.1
	refuses 69 "comments: 'messages' is not a list"
	echo '{"messages":[{"timestamp":5}]}' >r/comments.1
	refuses 69 "comments: messages[0] has no 'body.mid'"
	echo '{"members":[{"first_name":"А"}]}' >r/admins.1
	refuses 69 "members/admins: members[0] has no 'user_id'"
	echo '{}' >r/me.1
	refuses 69 "me: 'user_id' is missing"
	stream=updates
	echo '{"user_id":5}' >r/me.1
	echo '{"updates":{}}' >r/updates.1
	refuses 69 "updates: 'updates' is not a list"
	echo '{"updates":[{"message":{}}]}' >r/updates.1
	refuses 69 "updates: updates[0] has no 'update_type'"
	echo '{"updates":[{"update_type":"message_created","message":{"recipient":{"chat_id":-70000000000001}}}]}' >r/updates.1
	refuses 69 "updates: updates[0] has no 'message.body.mid'"
	echo '{"updates":[],"marker":"../x"}' >r/updates.1
	refuses 69 "updates: 'marker' is not a number"
	echo '{}' >r/subscriptions.1
	refuses 69 "subscriptions: 'subscriptions' is not a list"
	stream=page
	echo '{"title":"Город","chat_id":"1/../../x"}' >r/-70000000000001.1
	refuses 69 "chats: 'chat_id' is not a number"
	echo '{"title":"Город","chat_id":-70000000000001,"status":"removed"}' >r/-70000000000001.1
	refuses 69 'the bot is no longer in the channel: let it in again'
}

@test "max: one bot of two channels: its updates are read once, for both" {
	town
	sed 's/^  max: \(.*\)-70000000000001\(.*\)/&\n  other: \1-70000000000002\2/' gp.yaml >two.yaml
	mv two.yaml gp.yaml
	cat >r/updates.1 <<-'END'
		{"updates":[
		{"update_type":"message_created","timestamp":1793000001000,"message":{"timestamp":1793000001000,"recipient":{"chat_id":-70000000000001,"chat_type":"channel"},"body":{"mid":"mid.a","seq":1,"text":"Один"}}},
		{"update_type":"message_created","timestamp":1793000001000,"message":{"timestamp":1793000001000,"recipient":{"chat_id":-70000000000002,"chat_type":"channel"},"body":{"mid":"mid.b","seq":2,"text":"Два"}}},
		{"update_type":"message_created","timestamp":1793000001000,"message":{"timestamp":1793000001000,"recipient":{"chat_id":-70000000000003,"chat_type":"chat"},"sender":{"user_id":9},"body":{"mid":"mid.c","seq":3,"text":"Чужая группа"}}},
		{"update_type":"message_removed","timestamp":1793000001000,"chat_id":-70000000000002,"message_id":"mid.b","user_id":5},
		{"update_type":"message_removed","timestamp":1793000001000,"chat_id":-70000000000003,"message_id":"mid.c","user_id":5},
		{"update_type":"bot_started","timestamp":1793000001000,"chat_id":5,"user":{"user_id":9}},
		{"update_type":"never_heard_of","timestamp":1793000001000}],"marker":9223372036854775807}
	END
	echo '{"updates":[],"marker":null}' >r/updates.2
	run --separate-stderr gp-fetch -p max -p other --stream updates
	assert_success
	"$GP_TESTS/schema.py" <<<"$output"
	run jq -c 'select(.type != "run") | [.type, .id, .page, .text, .deleted, .value]' <<<"$output"
	assert_output - <<-'END'
		["post","max:-70000000000001/mid.a","max:-70000000000001","Один",null,null]
		["post","max:-70000000000002/mid.b","max:-70000000000002","Два",null,null]
		["post","max:-70000000000002/mid.b","max:-70000000000002",null,true,null]
		["cursor","cursor:max:-70000000000001/updates","max:-70000000000001",null,null,"9223372036854775807"]
	END
	run grep -o '/updates.*' r/asked
	[ "${#lines[@]}" -eq 2 ]
	[[ ${lines[1]} == *marker=9223372036854775807* ]]
}

@test "max: a marker that stands still does not keep a run going" {
	town
	echo '{"updates":[{"update_type":"message_created","timestamp":1793000001000,"message":{"timestamp":1793000001000,"recipient":{"chat_id":12,"chat_type":"dialog"},"sender":{"user_id":9,"first_name":"А"},"body":{"mid":"mid.a","seq":1,"text":"Один"}}}],"marker":null}' >r/updates.1
	run --separate-stderr gp-fetch -p max --stream updates
	assert_success
	[ "$(grep -c '/updates' r/asked)" -eq 1 ]
	run jq -c 'select(.type != "run") | [.type, .id, .chat]' <<<"$output"
	assert_output '["message","max:12/mid.a","max:12"]'
}

# -- the samples -----------------------------------------------------------------

@test "max: updates that the network's own client is tested with are read" {
	need_shared
	dir=$GP_SHARED/samples/max/go-client-stubs
	[ -d "$dir" ] || skip "no samples of MAX in GP_SHARED"
	town
	sed -i 's/-70000000000001/-70801090403050/' gp.yaml
	n=1
	for f in "$dir"/update.*.json; do
		cp "$f" r/updates.$n
		echo '{"updates":[],"marker":null}' >r/updates.$((n + 1))
		n=$((n + 2))
		gp-fetch -p max --stream updates >one
		"$GP_TESTS/schema.py" <one
		jq -c --arg f "${f##*/}" 'select(.type != "run" and .type != "cursor") | [$f, .type, .id, .text, .deleted, .repost_of.name, .author.name]' one >>all
		jq -r 'select(.type == "cursor").value' one >>markers
	done
	run cat all
	assert_output - <<-'END'
		["update.message_created.json","post","max:-70801090403050/mid.ffffbdb48e6c3775019d496b34394b84","...",null,"Tod V","John Doe"]
		["update.message_edited.json","message","max:182182182/mid.000000000adf429c019d47b1ce4600ff","hi bot",null,null,"John Doe"]
		["update.message_removed.json","message","max:182182182/mid.000000000adf429c019d47b1ce4600ff",null,true,null,null]
	END
	run sort -u markers
	assert_output 25493970
}

@test "max: chats and errors of the network's own client are understood" {
	need_shared
	dir=$GP_SHARED/samples/max/go-client-stubs
	[ -d "$dir" ] || skip "no samples of MAX in GP_SHARED"
	town
	sed -i 's/name: -70000000000001/name: -70000000000005/' gp.yaml
	cp "$dir/chats-get-chat-by-id.json" r/-70000000000005.1
	run gp-fetch -p max --stream page --jq 'select(.type == "page") | [.id, .title, .about, .url, .counts.subscribers]'
	assert_output '["max:-70000000000005","chat title","chat description","https://max.ru/join/hash-chat-link",3]'
	sed -i 's/name: -70000000000005/name: town/' gp.yaml
	cp "$dir/chats-chat-path-result.json" r/town.1
	run gp-fetch -p max --stream page --jq 'select(.type == "page") | .id'
	assert_output '"max:-70000000000005"'
	cp "$dir/chats-get-admins.json" r/admins.1
	cp "$dir/botInfo.ok.json" r/me.1
	list 9 9 1793000000 >r/messages.1
	list 3 3 1793000000 | sed 's/"user_id":7/"user_id":123123123/' >r/comments.1
	run gp-fetch -p max --stream comments --jq 'select(.type == "comment").author.official'
	assert_output true
	(echo 401; cat "$dir/error.invalid-token.json") >r/town.2
	run --separate-stderr gp-fetch -p max --stream page
	assert_failure 77
	assert_stderr 'gp-fetch: max:town: page: the token is wrong or was revoked (401 Invalid access_token)'
}

# -- roots of trust --------------------------------------------------------------

@test "max: ca_file of the network is trusted, and nothing without it" {
	town
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
		-addext subjectAltName=DNS:localhost -keyout key -out cert \
		2>/dev/null
	cat >serve.py <<-'END'
		import http.server, ssl
		class Chat(http.server.BaseHTTPRequestHandler):
		    def do_GET(self):
		        body = b'{"chat_id":-70000000000001,"status":"active","title":"Town"}'
		        self.send_response(200)
		        self.send_header("Content-Length", str(len(body)))
		        self.end_headers()
		        self.wfile.write(body)
		    def log_message(self, *a):
		        pass
		srv = http.server.HTTPServer(("127.0.0.1", 0), Chat)
		ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
		ctx.load_cert_chain("cert", "key")
		srv.socket = ctx.wrap_socket(srv.socket, server_side=True)
		print(srv.server_port, flush=True)
		srv.serve_forever()
	END
	python3 serve.py >port 2>/dev/null 3>&- &
	echo $! >>canned.pids
	for _ in $(seq 50); do [ -s port ] && break; sleep 0.2; done
	base=https://localhost:$(cat port)
	sh ./conf "$base" "ca_file: cert, rate: 0" >gp.yaml
	run --separate-stderr gp-fetch -p max --stream page --jq 'select(.type == "page").title'
	assert_success
	assert_stderr ''
	assert_output '"Town"'
	sh ./conf "$base" "rate: 0" >gp.yaml
	run --separate-stderr gp-fetch -p max --stream page
	assert_failure 78
	assert_stderr --partial 'max:-70000000000001: page: SSL certificate problem'
}
