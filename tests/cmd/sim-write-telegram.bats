#!/usr/bin/env bats
# gp-sim as Telegram, written to: what the book holds of it, replies, previews,
# quizzes, albums. The rest of the Bot API is tested in sim.bats.
load ../lib

small=$BATS_TEST_DIRNAME/../fixtures/sim/small.yaml

setup() {
	gp_setup
	printf '\211PNG\r\n\032\n0123456789' >a.png
	cat >tools.sh <<-'END'
	bot() { local m=$1 p=(); shift; for i; do case $i in *=@*.png) p+=(-F "$i") ;; *) p+=(--form-string "$i") ;; esac; done; curl -s "$GP_SIM_URL/bot$(cat "$GP_SIM_TOKEN_FILE")/$m" "${p[@]}"; }
	sim() { curl -s "$GP_SIM_URL/_sim/$1" "${@:2}"; }
	code() { jq -r 'if .ok then (.result|tojson) else .description end'; }
	group=$(sim messages | jq -s '[.[].chat|select(.type=="supergroup").id][0]')
	ch=@$(sim messages | jq -rs '[.[].chat|select(.type=="channel").username][0]')
	END
}

sim() {
	run --separate-stderr gp-sim "${@:1:$#-1}" "$small" -- \
		bash -c ". ./tools.sh; ${!#}"
}

@test "posts, comments and letters stand in the book by the ids of records" {
	sim 'sim plant -d network=telegram -d n=2 >p; sim plant -d n=1 -d private=true >l; c=$(jq .first p)
	bot sendMessage chat_id=$ch text=Пост | jq -c "[.result.chat.type]"; bot sendMessage chat_id=$group text=Ответ "reply_parameters={\"message_id\":$c}" | jq -c ".result|[.reply_to_message.message_id==$c,.from.is_bot]"; bot sendMessage chat_id=330000003 text=Вам | jq -c .result.chat.id
	sim written | jq -c "[.network,.action,.id|sub(\"[0-9]+\$\";\"N\")]"; sim written | jq -c "[.page,.chat,.post,(.parent // \"\"|endswith(\"/$c\")),.text]"'
	assert_output - <<-'END'
	["channel"]
	[true,true]
	330000003
	["telegram","post","telegram:lipovka_adm/N"]
	["telegram","comment","telegram:-1001555000222/N"]
	["telegram","message","telegram:330000003/N"]
	["telegram:lipovka_adm",null,null,false,"Пост"]
	["telegram:lipovka_adm","telegram:-1001555000222","telegram:lipovka_adm/36",true,"Ответ"]
	["telegram:lipovka_adm","telegram:330000003",null,false,"Вам"]
	END
}

@test "an answer under a post of the bot's own, and right under the post" {
	sim 'p=$(bot sendMessage chat_id=$ch text=Пост | jq .result.message_id); sim plant -d n=1 -d post=$p >c; f=$(bot getUpdates | jq "[.result[].message|select(.is_automatic_forward and .forward_origin.message_id==$p).message_id][0]"); bot sendMessage chat_id=$group text=а "reply_parameters={\"message_id\":$f}" >/dev/null; sim written | jq -c "select(.action==\"comment\")|[.post==\"telegram:lipovka_adm/$p\",.parent]"; sim plant -d n=1 -d post=999 | code'
	assert_output $'[true,null]\nthere is no such post'
}

@test "edits, deletions and stopped polls count in the book" {
	sim 'm=$(bot sendMessage chat_id=$ch text=а | jq .result.message_id); bot editMessageText chat_id=$ch message_id=$m text=б | jq .ok; bot editMessageText chat_id=$ch message_id=$m text=б | code | cut -c1-40; q=$(bot sendPoll chat_id=$ch question=Когда "options=[{\"text\":\"а\"},{\"text\":\"б\"}]" | jq .result.message_id); bot stopPoll chat_id=$ch message_id=$q | jq .result.is_closed; bot deleteMessage chat_id=$ch message_id=$m | code; bot deleteMessages chat_id=$ch message_ids=[$q,9999] | code; sim written | jq -c "[.action,.text,.poll,.edited,.deleted,.times]"
	bot deleteMessage chat_id=$ch message_id=36 | code; sim written | jq -c "select(.action==\"delete\")|[.id,.deleted]"'
	assert_output - <<-'END'
	true
	Bad Request: message is not modified: sp
	true
	true
	true
	["post","б",null,1,true,1]
	["post","","Когда",1,true,1]
	true
	["telegram:lipovka_adm/36",true]
	END
}

@test "reply_parameters and link_preview_options are of the published members" {
	sim 'c=$(sim plant -d n=1 | jq .first); r() { bot sendMessage chat_id=$group text=а "reply_parameters=$1"; }; r "{\"message_id\":$c,\"chat_id\":$group,\"allow_sending_without_reply\":true,\"quote_position\":0}" | jq .ok; r "{\"message_id\":$c,\"to\":5}" | code; r "{\"message_id\":$c,\"quote\":5}" | code; r "{\"message_id\":$c,\"quote\":\"нет такого\"}" | code; r "{\"message_id\":$c,\"chat_id\":-5}" | code; r "{\"message_id\":999999}" | code; r "{\"message_id\":999999,\"allow_sending_without_reply\":true}" | jq .ok; r "{}" | code
	l() { bot sendMessage chat_id=$ch text=https://example.org "link_preview_options=$1"; }; l "{\"is_disabled\":true}" | jq .ok; l "{\"is_disabled\":1}" | code; l "{\"disabled\":true}" | code; bot sendMessage chat_id=$ch text=а disable_web_page_preview=true | code; bot sendMessage chat_id=$ch text=а reply_to_message_id=1 | code
	sim written | jq -s "map(.action)" -c'
	assert_output - <<-'END'
	true
	Bad Request: unknown member 'to' of reply_parameters (gp-sim is strict)
	Bad Request: 'quote' of reply_parameters is of another type (gp-sim is strict)
	Bad Request: QUOTE_TEXT_INVALID
	Bad Request: message to be replied not found
	Bad Request: message to be replied not found
	true
	Bad Request: can't parse reply parameters JSON object
	true
	Bad Request: 'is_disabled' of link_preview_options is of another type (gp-sim is strict)
	Bad Request: unknown member 'disabled' of link_preview_options (gp-sim is strict)
	Bad Request: unknown parameter 'disable_web_page_preview' (gp-sim is strict)
	Bad Request: unknown parameter 'reply_to_message_id' (gp-sim is strict)
	["comment","comment","post"]
	END
}

@test "a quiz knows its right answers; a poll has none; neither ends twice" {
	sim 'o="options=[{\"text\":\"а\"},{\"text\":\"б\"},{\"text\":\"в\"}]"; bot sendPoll chat_id=$ch question=Сколько "$o" type=quiz "correct_option_ids=[1]" explanation="Потому что" | jq -c ".result.poll|[.type,.correct_option_ids,.explanation]"; bot sendPoll chat_id=$ch question=а "$o" "correct_option_ids=[1]" | code; bot sendPoll chat_id=$ch question=а "$o" explanation=а | code; bot sendPoll chat_id=$ch question=а "$o" type=quiz "correct_option_ids=[3]" | code; bot sendPoll chat_id=$ch question=а "$o" open_period=60 close_date=1791644500 | code; bot sendPoll chat_id=$ch question=а "$o" open_period=4 | code; bot sendPoll chat_id=$ch question=а "$o" close_date=5 | code; bot sendPoll chat_id=$ch question=а "$o" open_period=60 allows_multiple_answers=true | jq -c "[.ok,.result.poll.allows_multiple_answers]"'
	assert_output - <<-'END'
	["quiz",[1],"Потому что"]
	Bad Request: correct_option_ids and explanation are of a quiz (gp-sim is strict)
	Bad Request: correct_option_ids and explanation are of a quiz (gp-sim is strict)
	Bad Request: wrong correct option ID specified
	Bad Request: open_period and close_date can't be used together
	Bad Request: poll can't be open for so long
	Bad Request: poll can't be closed at that time
	[true,true]
	END
}

@test "uploads: a photo, an album by attach, entities as they are given" {
	sim 'bot sendPhoto chat_id=$ch photo=@a.png caption=Мост | jq -c ".result|[.caption,(.photo|length>0)]"; bot sendMediaGroup chat_id=$ch "media=[{\"type\":\"photo\",\"media\":\"attach://f0\",\"caption\":\"Два\"},{\"type\":\"photo\",\"media\":\"attach://f1\"}]" f0=@a.png f1=@a.png | jq -c ".result|map([.caption,.media_group_id!=null])"; bot sendMediaGroup chat_id=$ch "media=[{\"type\":\"photo\",\"media\":\"attach://f0\"},{\"type\":\"photo\",\"media\":\"attach://f9\"}]" f0=@a.png | code; bot sendMediaGroup chat_id=$ch "media=[{\"type\":\"photo\",\"media\":\"attach://f0\"},{\"type\":\"video\",\"media\":\"attach://f1\"}]" f0=@a.png f1=@a.png | jq -c ".result|map([.photo!=null,.video!=null])"; bot sendMediaGroup chat_id=$ch "media=[{\"type\":\"photo\",\"media\":\"attach://f0\"},{\"type\":\"document\",\"media\":\"attach://f0\"}]" f0=@a.png | code; bot sendMessage chat_id=$ch "text=😀 Важно" "entities=[{\"type\":\"bold\",\"offset\":3,\"length\":5}]" | jq -c .result.entities; sim written | jq -s length'
	assert_output - <<-'END'
	["Мост",true]
	[["Два",true],[null,true]]
	Bad Request: wrong remote file identifier specified: Wrong string length
	[[true,false],[false,true]]
	Bad Request: only photos and videos are played in albums (gp-sim)
	[{"type":"bold","offset":3,"length":5}]
	6
	END
}

@test "a thousand appeals are planted, told of and answered" {
	sim 'sim plant -d n=1000 | jq .n; o=0; n=0; while :; do bot getUpdates limit=100 offset=$o >u; k=$(jq ".result|length" u); [ "$k" = 0 ] && break; o=$(jq ".result[-1].update_id+1" u); jq -r ".result[].message|select(.from.id>=330000000 and .from.id<331000000).message_id" u >>ids; done; wc -l <ids
	t=$(cat "$GP_SIM_TOKEN_FILE"); while read -r i; do printf "next\nurl = \"%s\"\ndata = \"chat_id=%s&text=ok&reply_parameters={\\\\\"message_id\\\\\":%s}\"\noutput = /dev/null\n" "$GP_SIM_URL/bot$t/sendMessage" "$group" "$i"; done <ids | sed 1d >k; curl -s -K k; sim written?network=telegram | jq -r .parent | sort -u | wc -l'
	assert_output $'1000\n1000\n1000'
}
