#!/usr/bin/env bats
# gp-sim: the preview pages, the Bot API, the bad days, the hand of the test.
load ../lib

small=$BATS_TEST_DIRNAME/../fixtures/sim/small.yaml

setup() {
	gp_setup
	cat >tools.sh <<-'END'
	api() { curl -s --max-time 20 "$GP_SIM_URL/bot$(cat "$GP_SIM_TOKEN_FILE")/$1" "${@:2}"; }
	page() { curl -s --max-time 20 "$GP_SIM_URL$1" "${@:2}"; }
	post() { curl -s "$GP_SIM_URL/_sim/$1" -H 'Content-Type: application/json' -d "$2"; }
	ids() { grep -o 'data-post="[^"]*"' | sed 's/.*\///; s/"//' | tr '\n' ' '; }
	END
}

# sim [OPTION ...] SCRIPT: the script runs beside a server of small.yaml.
sim() {
	run --separate-stderr gp-sim "${@:1:$#-1}" "$small" -- \
		bash -c ". ./tools.sh; ${!#}"
}

# -- the program -----------------------------------------------------------

@test "the command's status is that of gp-sim" {
	sim 'exit 7'
	assert_failure 7
	assert_output ''
	assert_stderr ''
	sim 'kill -TERM $$'
	assert_failure 143
	run -127 --separate-stderr gp-sim "$small" -- ./nowhere
	assert_stderr "gp-sim: cannot run './nowhere': No such file or directory"
	run --separate-stderr gp-sim --run "$small" echo hello
	assert_success
	assert_output hello
}

@test "the token lies in a file of mode 0600 that is gone afterwards" {
	sim 'stat -c %a "$GP_SIM_TOKEN_FILE"; echo "$GP_SIM_TOKEN_FILE" >name; grep -cE "^7200000002:AA[A-Za-z0-9_-]{33}$" "$GP_SIM_TOKEN_FILE"; echo "$GP_SIM_NOW"'
	assert_success
	assert_output $'600\n1\n2026-10-10T15:00:00Z'
	assert [ ! -e "$(cat name)" ]
}

@test "without a command: one line when ready, a clean stop on SIGTERM" {
	gp-sim --token-file token --log log "$small" >ready &
	pid=$!
	for _ in $(seq 100); do [ -s ready ] && break; sleep 0.05; done
	url=$(jq -r .url ready)
	assert_equal "$(jq -r .token ready)" "$(cat token)"
	assert_equal "$(stat -c %a token)" 600
	assert_equal "$(curl -s "$url/bot$(cat token)/getMe" | jq .ok)" true
	kill -TERM $pid
	wait $pid
	assert_equal "$(jq -c . log)" '{"method":"GET","path":"/bot<hidden>/getMe","params":{},"status":200}'
}

@test "two simulators at once have a port each; a taken port is told" {
	run --separate-stderr gp-sim "$small" -- bash -c \
		'gp-sim "$0" -- bash -c "echo \$GP_SIM_URL; curl -s \$GP_SIM_URL/s/lipovka_adm | grep -c canonical"; echo "$GP_SIM_URL"; curl -s "$GP_SIM_URL/s/lipovka_adm" | grep -c canonical; gp-sim -p "${GP_SIM_URL##*:}" "$0" -- true 2>&1; echo $?' "$small"
	assert_success
	assert_line --index 1 1
	assert_line --index 3 1
	refute [ "${lines[0]}" = "${lines[2]}" ]
	assert_line --index 4 --regexp '^gp-sim: cannot listen on 127.0.0.1:[0-9]+: Address already in use$'
	assert_line --index 5 75
}

@test "only loopback is listened on" {
	sim 'port=$(printf %04X "${GP_SIM_URL##*:}"); awk -v p=":$port" "index(\$2, p) && \$4 == \"0A\" { print \$2 }" /proc/net/tcp /proc/net/tcp6 | sed "s/:.*//"'
	assert_success
	assert_output 0100007F
}

@test "--check proves a scenario, and says what it holds" {
	run --separate-stderr gp-sim --check "$small"
	assert_success
	assert_output '{"posts":25,"messages":36,"letters":2,"people":3,"updates":67}'
	assert_stderr ''
	run --separate-stderr gp-sim --check
	assert_success
	assert_stderr ''
}

# broken SED MESSAGE: the scenario, damaged so, is refused with those words.
broken() {
	sed "$1" "$small" >bad.yaml
	run --separate-stderr gp-sim --check bad.yaml
	assert_failure 65
	assert_output ''
	assert_stderr --regexp "^gp-sim: bad\.yaml:[0-9]+(:[0-9]+)?: $2\$"
}

@test "a broken scenario is refused by line" {
	broken 's/from: tolik, at: "2026-10-02/from: tolk, at: "2026-10-02/' "nobody of 'people' is 'tolk'"
	broken 's/id: 17/id: 16/' "id 16 is taken or out of order"
	broken 's/views: 617/veiws: 617/' "unknown key 'veiws': is 'views' meant\?"
	broken 's/2026-10-02 09:20/2026-10-01 09:20/' "it is earlier than what it answers"
	broken 's/votes: 15/votes: 50/' "more votes than voters for 'У пруда'"
	broken 's/correct: true/correct: false/' "a quiz has one right option, another poll none"
	broken 's/2026-10-03 10:00/3 октября/' "'3 октября' is not a moment, as 2026-10-01 09:00"
	broken 's/reply_to: 12}/reply_to: 13}/' "'reply_to' must be an earlier post"
	broken 's/as: bot, at/as: channel, at/' "only 'anna_b' and the bot are in this talk"
	broken 's/^scenario: 1/scenario: 2/' "scenario 2 is not known, only 1"
}

@test "a wrong command line is refused" {
	run --separate-stderr gp-sim "$small" "$small"
	assert_failure 64
	assert_stderr "gp-sim: one scenario at a time"
	run --separate-stderr gp-sim --run "$small"
	assert_failure 64
	assert_stderr "gp-sim: --run: no command given"
	run --separate-stderr gp-sim --fault nonsense "$small" -- true
	assert_failure 64
	assert_stderr "gp-sim: --fault nonsense: no such fault: 'nonsense'"
	run --separate-stderr gp-sim --now tomorrowish "$small" -- true
	assert_failure 64
	assert_stderr "gp-sim: --now: 'tomorrowish' is not a moment"
	run --separate-stderr gp-sim nowhere.yaml
	assert_failure 65
	assert_stderr --partial "nowhere.yaml"
}

# -- the preview -----------------------------------------------------------

@test "paging back and forth meets every post once, and ends" {
	sim '
	p=/s/lipovka_adm; while [ -n "$p" ]; do page "$p" >x; ids <x; echo; p=$(sed -n "s/.*rel=\"prev\" href=\"\([^\"]*\)\".*/\1/p" x); done
	p="/s/lipovka_adm?after=9"; while [ -n "$p" ]; do page "$p" >x; ids <x; echo; p=$(sed -n "s/.*rel=\"next\" href=\"\([^\"]*\)\".*/\1/p" x); done'
	assert_success
	assert_output - <<-'END'
	14 17 18 19 20 21 22 23 24 25 26 27 28 29 31 32 33 34 35 36 
	10 11 12 13 
	10 11 12 13 14 17 18 19 20 21 22 23 24 25 26 27 28 29 31 32 
	33 34 35 36 
	END
}

@test "the links for more and the canonical address are as the real pages have them" {
	sim 'page "/s/lipovka_adm?before=36" >x; grep -oE "rel=\"(prev|next|canonical)\" href=\"[^\"]*\"|data-(before|after)=\"[0-9]+\"" x; page "/s/lipovka_adm?before=14" | grep -c "rel=\"prev\"" ; page "/s/lipovka_adm/14?x" | ids'
	assert_output - <<-'END'
	rel="prev" href="/s/lipovka_adm?before=13"
	rel="next" href="/s/lipovka_adm?after=35"
	rel="canonical" href="/s/lipovka_adm?before=36"
	data-before="13"
	data-after="35"
	0
	10 11 12 13 14 17 18 19 20 21 22 23 24 25 26 27 28 29 31 32 
	END
}

@test "a search finds words in any case; search= is passed over" {
	sim 'page "/s/lipovka_adm?q=%D0%A1%D0%A2%D0%A0%D0%9E%D0%99%D0%9A%D0%90" | ids; echo; page "/s/lipovka_adm?q=zzz" | grep -o "tme_no_messages_found\">[^<]*"; page "/s/lipovka_adm?search=zzz" | ids'
	assert_output - <<-'END'
	27 28 29 
	tme_no_messages_found">No posts found
	14 17 18 19 20 21 22 23 24 25 26 27 28 29 31 32 33 34 35 36 
	END
}

@test "landing cards: exact counts, a group, and a name nobody has" {
	sim 'for n in lipovka_adm lipovka_chat nobody_here; do page /$n >x; grep -o "<title>[^<]*" x; grep -o "tgme_page_extra\">[^<]*" x; grep -oE "tgme_page_icon|Send Message|Preview channel" x; tail -n 1 x | sed "s/[0-9.]*ms/Tms/"; done'
	assert_output - <<-'END'
	<title>Telegram: View @lipovka_adm
	tgme_page_extra">1 524 subscribers
	Preview channel
	<!-- page generated in Tms -->
	<title>Telegram: View @lipovka_chat
	tgme_page_extra">2 620 members, 18 online
	<!-- page generated in Tms -->
	<title>Telegram: Contact @nobody_here
	tgme_page_icon
	Send Message
	<!-- page generated in Tms -->
	END
}

@test "a group, a missing name and a channel without preview are redirected" {
	sim 'for n in lipovka_chat nobody_here; do page /s/$n -o /dev/null -w "%{http_code} %{redirect_url}\n" | sed "s|http://[^/]*||"; done'
	assert_output $'302 /lipovka_chat\n302 /nobody_here'
	sed 's/verified: true/preview: false/' "$small" >off.yaml
	run --separate-stderr gp-sim off.yaml -- bash -c '. ./tools.sh; page /s/lipovka_adm -o /dev/null -w "%{http_code} %{redirect_url}\n" | sed "s|http://[^/]*||"; page /lipovka_adm | grep -c "Preview channel"'
	assert_output $'302 /lipovka_adm\n0'
}

@test "the header has rounded counters, in the singular where it is one" {
	sim 'page /s/lipovka_adm >x; grep -o "counter_value\">[^<]*</span> <span class=\"counter_type\">[^<]*" x | sed "s/<[^>]*>//g; s/.*>//"; grep -o "tgme_header_counter\">[^<]*" x; grep -c verified-icon x; sed -n "/channel_info_description/p" x | head -n 2'
	assert_output - <<-'END'
	1.52K subscribers
	9 photos
	1 video
	3 links
	tgme_header_counter">1.52K subscribers
	2
	<div class="tgme_channel_info_description">Новости села. Сайт <a href="https://example.org/lipovka" target="_blank" rel="noopener" onclick="return confirm('Open this link?\n\n'+this.href);">https://example.org/lipovka</a><br/>Обратная связь: <a href="https://t.me/lipovka_test_bot" target="_blank">@lipovka_test_bot</a> <a href="?q=%23%D0%BB%D0%B8%D0%BF%D0%BE%D0%B2%D0%BA%D0%B0">#липовка</a></div>
	END
}

# one ID: the message of that id on its page, one element a line.
one='one() { page "/$2lipovka_adm/$1?embed=1" | sed "s/></>\n</g"; }; '

@test "text: escapes, links, hashtags, telephones, emoji as pictures" {
	sim "$one"'one 10 | grep -o "js-message_text\" dir=\"auto\">.*"; one 12 | grep -oE "(<a href=\"(tel|mailto|\?q|https://ex)[^>]*>)[^<]*|<i class=\"emoji\".*"'
	assert_line --index 0 'js-message_text" dir="auto">Канал открыт&#33; Пишите: «что», где &amp; когда.</div>'
	assert_line --partial "url('//telegram.org/img/emoji/40/F09F918DF09F8FBD.png')"
	assert_line --partial '<a href="tel:+7 900 000-03-03">+7 900 000-03-03'
	assert_line --partial '<a href="mailto:voda@example.org">voda@example.org'
	assert_line --partial '<a href="https://example.org/voda?x=1&amp;y=2"'
	assert_line --partial '<a href="?q=%23%D0%B2%D0%BE%D0%B4%D0%B0">#вода'
}

@test "views are rounded, reactions counted, the footer says edited and by whom" {
	sim 'page /s/lipovka_adm?before=99 >x; page "/s/lipovka_adm?before=14" >>x; grep -o "message_views\">[^<]*" x | sed "s/.*>//" | tr "\n" " "; echo; sed "s/></>\n</g" x | grep -oE "tgme_reaction( tgme_reaction_paid)?\">|tg-emoji emoji-id=\"[0-9]*|(</b></i>|</tg-emoji>|</i>)[0-9.]+K?</span>|</?(i|tg-emoji)>[0-9.K]+" | sed "s/.*>\([0-9.K]*\)<.*/\1/; s/.*>\([0-9.K]\)/\1/"; page "/lipovka_adm/12?embed=1" | grep -o "tgme_widget_message_meta\">edited &nbsp;"; page "/lipovka_adm/10?embed=1" | grep -o "from_author\" dir=\"auto\">Вера</span>,&nbsp;"'
	assert_line --index 0 "1K 17.1K 505.9K 900 800 700 650 600 1.47M 640 630 10 11 12 13 14 15 16 17 18 617 1.52K "
	assert_line '1.23K'
	assert_line 'tg-emoji emoji-id="5465587407350942612'
	assert_line 'tgme_widget_message_meta">edited &nbsp;'
	assert_line 'from_author" dir="auto">Вера</span>,&nbsp;'
}

@test "data-view names the channel without -100, padding is missing" {
	sim 'for i in 10 14; do page "/lipovka_adm/$i?embed=1" | grep -o "data-view=\"[^\"]*" | sed "s/.*\"//; s/-/+/g; s|_|/|g; s/\$/===/" | base64 -d 2>/dev/null | jq -c "[.c,.p,.t]"; done; page /s/lipovka_adm | grep -o "data-view=\"[^\"]*" | grep -c ="" | tr -d "\n" ; page /s/lipovka_adm | grep -o "data-view=\"[^\"]*" | grep -c "=$"'
	assert_line --index 0 '[-1555000111,10,1791644400]'
	assert_line --index 1 '[-1555000111,"14g",1791644400]'
	assert_line --index 2 '200'
}

@test "media: photo, album, video, document, location, link, each in its element" {
	sim 'page "/s/lipovka_adm?before=36" >x; grep -o "lipovka_adm/1[0-9]?single" x; for c in grouped_wrap grouped_layer photo_wrap video_player video_thumb document_title location_title link_preview link_preview_description; do echo "$c $(sed "s/</\n</g" x | grep -c "class=\"[^\"]*$c[\" ]")"; done; grep -o "document_extra\" dir=\"auto\">[^<]*" x; grep -o "message_video_duration\">[^<]*" x; grep -o "maps?q=[^&]*" x; grep -c "href=\"https://example.org/park\" target" x'
	assert_output - <<-'END'
	lipovka_adm/14?single
	lipovka_adm/15?single
	lipovka_adm/16?single
	grouped_wrap 1
	grouped_layer 1
	photo_wrap 4
	video_player 1
	video_thumb 1
	document_title 1
	location_title 1
	link_preview 1
	link_preview_description 1
	document_extra" dir="auto">1.2 MB
	message_video_duration">1:07
	maps?q=55.500000,40.250000
	1
	END
}

@test "forwards, replies, polls and service messages" {
	sim 'page "/s/lipovka_adm?before=36" >x; page "/s/lipovka_adm?before=13" >>x; page "/lipovka_adm/13?embed=1" >>x; sed "s/></>\n</g" x | grep -oE "forwarded_from_name\"( href=\"[^\"]*\")?|js-message_reply_text\" dir=\"auto\">[^<]*|poll_type\">[^<]*|option_percent\">[^<]*|message_voters\">[^<]*|Channel photo updated|service_strong_text\" dir=\"auto\">[^<]*|class=\"[^\"]*service_message[^\"]*\""'
	assert_output - <<-'END'
	class="tgme_widget_message text_not_supported_wrap service_message js-widget_message"
	service_strong_text" dir="auto">Отключат воду на Луговой 
	forwarded_from_name" href="https://t.me/oblast_news/77"
	forwarded_from_name"
	js-message_reply_text" dir="auto">Отключат воду на Луговой 
	poll_type">Final Results
	option_percent">63%
	option_percent">38%
	message_voters">40
	poll_type">Anonymous Quiz
	option_percent">25%
	option_percent">63%
	option_percent">13%
	message_voters">8
	class="tgme_widget_message text_not_supported_wrap service_message service_message_photo js-widget_message"
	Channel photo updated
	class="tgme_widget_message text_not_supported_wrap service_message js-widget_message"
	service_strong_text" dir="auto">Отключат воду на Луговой 
	END
}

@test "an embed of a post that is not there says so; one of the group is shown" {
	sim 'page "/lipovka_adm/30?embed=1" | grep -oE "err_message|data-post|Post not found"; page "/lipovka_chat/506?embed=1&single" | grep -oE "data-post=\"[^\"]*\"|owner_name\" href=\"[^\"]*\"><span dir=\"auto\">[^<]*"'
	assert_output - <<-'END'
	err_message
	Post not found
	data-post="lipovka_chat/506"
	owner_name" href="https://t.me/lipovka_chat"><span dir="auto">Толик
	END
}

@test "pages are packed when that is asked for, and only then" {
	sim 'page /s/lipovka_adm >plain; page /s/lipovka_adm -H "Accept-Encoding: gzip" -D head >packed; grep -ci "^content-encoding: gzip" head; gzip -dc packed | cmp - plain && echo same; tail -n 1 plain | grep -cE "^<!-- page generated in [0-9]+\.[0-9]{2}ms -->$"'
	assert_output $'1\nsame\n1'
}

@test "what lies after --now has not happened" {
	sim --now 2026-10-02T09:00:00Z 'page /s/lipovka_adm | ids; echo; api getUpdates | jq -r ".result[-1].message.text"'
	assert_output $'10 11 12 \nПередали в водоканал.'
	sim 'page /s/lipovka_adm | ids; echo; post clock "{\"now\":\"2026-10-12T06:00:00Z\"}" | jq -c .; page /s/lipovka_adm | ids; echo; api getUpdates?offset=-2 | jq -r ".result[0].channel_post.text"; post clock "{\"now\":\"2026-10-01\"}" | jq -r .description'
	assert_line --index 1 '{"ok":true}'
	assert_line --index 2 --regexp ' 36 37 $'
	assert_line --index 3 'Ещё не было'
	assert_line --index 4 "'now' must be a moment that is not past"
}

@test "--pages makes a channel of pages for benchmarks" {
	sim --pages 3 'p=/s/bench; while [ -n "$p" ]; do page "$p" >x; ids <x | wc -w; p=$(sed -n "s/.*rel=\"prev\" href=\"\([^\"]*\)\".*/\1/p" x); done; page /bench | grep -o "tgme_page_extra\">[^<]*"'
	assert_output $'20\n20\n20\ntgme_page_extra">1 474 933 subscribers'
}

# -- the Bot API -----------------------------------------------------------

@test "who the bot is and where: getMe, getChat, members" {
	sim 'api getme | jq -c "[.result.id,.result.username]"
	api getChat -d chat_id=@lipovka_adm | jq -c ".result|[.id,.type,.title,.linked_chat_id]"
	api getChat -d chat_id=-1001555000222 | jq -c ".result|[.type,.username,.linked_chat_id]"
	api getChatMemberCount -d chat_id=@lipovka_adm | jq .result
	api getChatMemberCount -d chat_id=@lipovka_chat | jq .result
	api getChatAdministrators -d chat_id=@lipovka_chat | jq -c "[.result[]|[.user.id,.status]]"
	api getChatMember -d chat_id=@lipovka_chat -d user_id=810000002 | jq -r .result.status
	api getChat -d chat_id=810000002 | jq -c ".result|[.type,.first_name,.last_name]"
	api getChat -d chat_id=810000003 | jq -r .description
	api getChat -d chat_id=5 | jq -r .description
	api getChat | jq -r .description'
	assert_success
	assert_output - <<-'END'
	[7200000002,"lipovka_test_bot"]
	[-1001555000111,"channel","Липовка: администрация 🌳",-1001555000222]
	["supergroup","lipovka_chat",-1001555000111]
	1524
	2620
	[[7200000002,"administrator"],[810000001,"administrator"]]
	member
	["private","Анна","Берёзкина"]
	Forbidden: bot can't initiate conversation with a user
	Bad Request: chat not found
	Bad Request: chat_id is empty
	END
}

@test "a wrong token, a wrong method, a method that is not played" {
	sim 'T=$(cat "$GP_SIM_TOKEN_FILE"); c() { curl -s -w " %{http_code}\n" "$@"; }
	c "$GP_SIM_URL/bot7200000002:AAwrong/getMe"
	c "$GP_SIM_URL/bot$T/noSuchThing"
	c "$GP_SIM_URL/bot$T/setChatTitle" -d chat_id=1 -d title=x
	c "$GP_SIM_URL/bot$T/banChatMember" -d chat_id=1'
	assert_output - <<-'END'
	{"ok":false,"error_code":401,"description":"Unauthorized"} 401
	{"ok":false,"error_code":404,"description":"Not Found"} 404
	{"ok":false,"error_code":501,"description":"Not Implemented: gp-sim knows 'setChatTitle' but does not play it"} 501
	{"ok":false,"error_code":400,"description":"Bad Request: invalid user_id specified"} 400
	END
}

@test "parameters are held against the list: unknown, missing, wrong type" {
	sim 'd() { api "$@" | jq -r "[.error_code,.description]|join(\" \")"; }
	d sendMessage -d chat_id=@lipovka_chat -d txet=x
	d sendMessage -d chat_id=@lipovka_chat
	d sendMessage -d text=x
	d sendMessage -d chat_id=@lipovka_chat -d text=x -d reply_parameters=12
	d getUpdates -d limit=many
	d sendMessage -d chat_id=@lipovka_chat -d text=x -d disable_notification=perhaps
	d sendPhoto -d chat_id=@lipovka_chat
	d editMessageText -d chat_id=@lipovka_chat -d text=x'
	assert_output - <<-'END'
	400 Bad Request: unknown parameter 'txet' (gp-sim is strict)
	400 Bad Request: message text is empty
	400 Bad Request: chat_id is empty
	400 Bad Request: parameter 'reply_parameters' is not a JSON-serialized object (gp-sim is strict)
	400 Bad Request: parameter 'limit' is not a number (gp-sim is strict)
	400 Bad Request: parameter 'disable_notification' is not a boolean (gp-sim is strict)
	400 Bad Request: there is no photo in the request
	400 Bad Request: message to edit not found
	END
}

@test "query, form, JSON and multipart are one and the same" {
	sim 'g=-1001555000222; t() { jq -r .result.text; }
	api "sendMessage?chat_id=$g&text=%D0%B01" | t
	api sendMessage -d chat_id=$g --data-urlencode text="б & 2" | t
	api sendMessage -H "Content-Type: application/json" -d "{\"chat_id\":$g,\"text\":\"в\\u0021\\n3\"}" | t
	api sendMessage -F chat_id=$g -F text=г4 | t
	api sendMessage -H "Content-Type: application/json" -d "{broken" | jq -r .description'
	assert_output $'а1\nб & 2\nв!\n3\nг4\nBad Request: can\'t parse JSON object'
}

@test "updates come in the order of time, each kind in its member" {
	sim 'api getUpdates >x; api "getUpdates?offset=$(jq .result[-1].update_id+1 x)" >y
	jq -c "[.result|length,.[0].update_id,.[-1].update_id]" x; jq .result\|length y
	jq -r ".result[]|keys[]|select(.!=\"update_id\")" x | sort | uniq -c | sed "s/^ *//"
	jq -e "[.result[]|.update_id] as \$a|\$a==(\$a|sort|unique)" x
	jq -e "[.result[]|(.message//.channel_post//empty)|.date] as \$a|\$a==(\$a|sort)" x'
	assert_output - <<-'END'
	[66,700000001,700000067]
	0
	26 channel_post
	1 edited_channel_post
	1 edited_message
	37 message
	1 poll
	true
	true
	END
}

@test "a comment: its thread, what it answers, and the post behind that" {
	sim 'api getUpdates | jq -c ".result[]|.message//empty|select(.message_id>=502 and .message_id<=508)|[.message_id,.message_thread_id,.from.id,.sender_chat.id,.reply_to_message.message_id,.is_automatic_forward,.forward_origin.message_id,.reply_to_message.reply_to_message]"'
	assert_output - <<-'END'
	[502,null,777000,-1001555000111,null,true,12,null]
	[503,502,810000002,null,502,null,null,null]
	[504,502,136817688,-1001555000111,503,null,null,null]
	[505,502,810000002,null,504,null,null,null]
	[506,502,810000003,null,502,null,null,null]
	[507,502,810000003,null,502,null,null,null]
	[508,502,1087968824,-1001555000222,502,null,null,null]
	END
}

@test "entities are counted in UTF-16 units" {
	sim 'api getUpdates | jq -c ".result[]|.channel_post//.message//.edited_message//empty|select(.message_id==12 or .message_id==503)|(.text as \$t|.entities[]|[.type,.offset,.length])"
	api getUpdates | jq -c ".result[]|.channel_post//empty|select(.message_id==21)|.entities[]"'
	assert_output - <<-'END'
	["phone_number",39,16]
	["email",67,16]
	["url",93,32]
	["hashtag",127,5]
	["hashtag",133,12]
	["hashtag",17,7]
	["hashtag",20,7]
	{"type":"text_link","offset":8,"length":13,"url":"https://example.org/park"}
	END
	# What the numbers point at, by a reader of UTF-16.
	sim 'api getUpdates' && jq -c '.result[]|.channel_post//empty|select(.message_id==12)' <<<"$output" >m
	run python3 -c 'import json
m=json.load(open("m")); u=m["text"].encode("utf-16-le")
for e in m["entities"]: print(u[2*e["offset"]:2*(e["offset"]+e["length"])].decode("utf-16-le"))'
	assert_output $'+7 900 000-03-03\nvoda@example.org\nhttps://example.org/voda?x=1&y=2\n#вода\n#ЖКХ_Липовка'
}

@test "an album is several updates of one media_group_id, the caption on the first" {
	sim 'api getUpdates | jq -c ".result[]|.channel_post//empty|select(.media_group_id)|[.message_id,.media_group_id,.caption,(.photo|length)]"'
	assert_output - <<-'END'
	[14,"13900000000000014","Ярмарка в субботу",3]
	[15,"13900000000000014",null,3]
	[16,"13900000000000014",null,3]
	END
}

@test "letters, edited comments, closed polls, forwards and pins" {
	sim 'api getUpdates >x
	jq -c ".result[]|.message//empty|select(.chat.type==\"private\")|[.chat.id,.from.id,.text]" x
	jq -c ".result[]|.edited_message//empty|[.message_id,.text,(.edit_date-.date)]" x
	jq -c ".result[]|.poll//empty|[.question,.is_closed,.total_voter_count,[.options[].voter_count]]" x
	jq -c ".result[]|.channel_post//empty|select(.message_id==22 or .message_id==23)|.forward_origin|[.type,.chat.username,.message_id,.sender_user_name]" x
	jq -c ".result[]|.channel_post//empty|select(.pinned_message or .new_chat_photo)|[.message_id,.pinned_message.message_id]" x
	jq -c ".result[]|.channel_post//empty|select(.message_id==26)|.poll|[.type,.correct_option_ids,.is_closed]" x'
	assert_output - <<-'END'
	[810000002,810000002,"Здравствуйте, где взять справку?"]
	[503,"А на Садовой, 5? 😀 #вопрос",300]
	["Где поставить качели?",true,40,[25,15]]
	["channel","oblast_news",77,null]
	["hidden_user",null,null,"Иван Скрытный"]
	[11,null]
	[13,12]
	["quiz",null,false]
	END
}

@test "an offset confirms what is below, the same offset is answered again" {
	sim 'first() { jq -c "[.result|length,.[0].update_id-700000000]"; }
	api "getUpdates?limit=5" | first; api "getUpdates?limit=5" | first
	api "getUpdates?offset=700000011&limit=5" | first
	api "getUpdates?limit=2" | first; api "getUpdates?offset=700000001&limit=2" | first
	api "getUpdates?offset=-3" | first; api getUpdates | first
	api "getUpdates?limit=1000" | first; api "getUpdates?offset=700000999" | jq -c .'
	assert_output - <<-'END'
	[5,1]
	[5,1]
	[5,11]
	[2,11]
	[2,11]
	[3,65]
	[3,65]
	[3,65]
	{"ok":true,"result":[]}
	END
}

@test "allowed_updates is remembered, an empty list is the default set" {
	sim 'kinds() { jq -c "[.result[]|keys[]|select(.!=\"update_id\")]|unique"; }
	api getUpdates -d "allowed_updates=[\"channel_post\",\"message_reaction_count\"]" | kinds
	api getUpdates | kinds
	post message "{\"from\":\"tolik\",\"text\":\"мимо\"}" >/dev/null; api "getUpdates?offset=700000999" | kinds
	api getUpdates -d "allowed_updates=[]" | kinds
	post message "{\"from\":\"tolik\",\"text\":\"в цель\"}" >/dev/null; api getUpdates | kinds
	api getUpdates -d "allowed_updates=[oops" | jq -r .description'
	assert_output - <<-'END'
	["channel_post","message_reaction_count"]
	["channel_post","message_reaction_count"]
	[]
	[]
	["message"]
	Bad Request: can't parse allowed_updates JSON object
	END
}

@test "reactions are told only to who asks for them" {
	sim 'api getUpdates -d "allowed_updates=[\"message_reaction_count\"]" | jq -c ".result[]|.message_reaction_count|[.message_id,(.reactions[]|[.type.type,.type.emoji//.type.custom_emoji_id,.total_count])]"'
	assert_output '[12,["emoji","👍",1234],["emoji","❤️",7],["custom_emoji","5465587407350942612",3],["paid",null,2]]'
}

@test "--strict-24h drops what is older than a day" {
	sim --strict-24h 'api getUpdates | jq -r ".result[]|(.channel_post//.message)|.caption//.text"'
	assert_output - <<-'END'
	Вечер пятницы
	Вечер пятницы
	Сегодня ярмарка
	Сегодня ярмарка
	Хорошо было
	А где мёд?
	Толик, мёд у входа.
	Здравствуйте, где взять справку?
	END
}

@test "a long poll wakes when a citizen writes, and ends by itself" {
	sim 'api "getUpdates?offset=-1" >/dev/null; (sleep 0.5; post message "{\"from\":\"tolik\",\"text\":\"живой\",\"post\":36}" >/dev/null) & s=$(date +%s%N); api "getUpdates?offset=700000068&timeout=10" | jq -c ".result[0].message|[.text,.message_thread_id==.reply_to_message.message_id,.reply_to_message.forward_origin.message_id]"; echo $((($(date +%s%N)-s)/1000000000)); s=$(date +%s%N); api "getUpdates?offset=700000999&timeout=1" | jq -c .; echo $((($(date +%s%N)-s)/1000000000))'
	assert_output - <<-'END'
	["живой",true,36]
	0
	{"ok":true,"result":[]}
	1
	END
}

@test "the older of two getUpdates is ended with 409, so is one beside a webhook" {
	sim 'api "getUpdates?offset=700000999" >/dev/null; api "getUpdates?timeout=20" >old & sleep 0.5; api getUpdates | jq -c .; wait; jq -c . old
	api setWebhook -d url=https://example.org/hook | jq -c .; api getUpdates | jq -c .
	api getWebhookInfo | jq -c "[.result.url,.result.pending_update_count]"; api deleteWebhook | jq -c .; api getUpdates | jq -c .
	api setWebhook -d url=http://example.org/hook | jq -r .description'
	assert_output - <<-'END'
	{"ok":true,"result":[]}
	{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"}
	{"ok":true,"result":true}
	{"ok":false,"error_code":409,"description":"Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"}
	["https://example.org/hook",0]
	{"ok":true,"result":true}
	{"ok":true,"result":[]}
	Bad Request: bad webhook: An HTTPS URL must be provided for webhook
	END
}

@test "an answer to a comment stands in the group and does not come back" {
	sim 'api "getUpdates?offset=-1" >/dev/null
	api sendMessage -d chat_id=-1001555000222 -d text=Починим -d "reply_parameters={\"message_id\":503}" | jq -c ".result|[.from.id,.chat.id,.message_thread_id,.reply_to_message.message_id,.text,.date]"
	api "getUpdates?offset=700000068" | jq -c .result
	page /_sim/messages | jq -c "select(.text==\"Починим\")|[.from.is_bot,.reply_to_message.from.id]"
	api sendMessage -d chat_id=-1001555000222 -d text=x -d "reply_parameters={\"message_id\":9999}" | jq -r .description
	api sendMessage -d chat_id=-1001555000222 -d text=x -d "reply_parameters={\"message_id\":9999,\"allow_sending_without_reply\":true}" | jq -c ".result|has(\"reply_to_message\")"
	api sendMessage -d chat_id=-1001555000222 -d text=x -d message_thread_id=503 | jq -r .description
	api sendMessage -d chat_id=810000002 -d text=Ждём | jq -c ".result|[.chat.type,.from.is_bot]"
	api sendMessage -d chat_id=810000003 -d text=x | jq -r .description'
	assert_output - <<-'END'
	[7200000002,-1001555000222,502,503,"Починим",1791644400]
	[]
	[true,810000002]
	Bad Request: message to be replied not found
	false
	Bad Request: message thread not found
	["private",true]
	Forbidden: bot can't initiate conversation with a user
	END
}

@test "a post of the bot is on the page and is repeated in the group" {
	sim 'api "getUpdates?offset=-1" >/dev/null
	api sendMessage -d chat_id=@lipovka_adm -d text="Новость #важно" | jq -c ".result|[.message_id,.sender_chat.id,.entities]"
	page /s/lipovka_adm | ids; page "/lipovka_adm/38?embed=1" | grep -o "Новость <a href=[^>]*>#важно"
	echo; api "getUpdates?offset=700000068" | jq -c ".result[]|.message|[.is_automatic_forward,.forward_origin.message_id,.text]"'
	assert_line --index 0 '[38,-1001555000111,[{"type":"hashtag","offset":8,"length":6}]]'
	assert_line --index 1 --regexp ' 36 38 Новость <a href="\?q='
	assert_line --index 2 '[true,38,"Новость #важно"]'
}

@test "4096 UTF-16 units are sent, 4097 are not, whatever bytes they are" {
	sim 'g=-1001555000222; x() { python3 -c "$1" >t; api sendMessage -d chat_id=$g --data-urlencode text@t "${@:2}" | jq -c ".description//(.result.text|length)"; }
	x "print(\"я\"*4096,end=\"\")"; x "print(\"я\"*4097,end=\"\")"
	x "print(\"😀\"*2048,end=\"\")"; x "print(\"😀\"*2048+\"!\",end=\"\")"
	x "print(\"<b>\"+\"ж\"*4096+\"</b>\",end=\"\")" -d parse_mode=HTML
	c() { python3 -c "$1" >t; api sendPhoto -d chat_id=$g -d photo=https://example.org/a.jpg --data-urlencode caption@t | jq -c ".description//(.result.caption|length)"; }
	c "print(\"я\"*1024,end=\"\")"; c "print(\"😀\"*512+\"!\",end=\"\")"
	api sendMessage -d chat_id=$g -d "text=  " | jq -c .description; api sendMessage -d chat_id=$g --data-binary text=$(printf "\\xff") | jq -c .description'
	assert_output - <<-'END'
	4096
	"Bad Request: message is too long"
	2048
	"Bad Request: message is too long"
	4096
	1024
	"Bad Request: message caption is too long"
	"Bad Request: message text is empty"
	"Bad Request: strings must be encoded in UTF-8"
	END
}

@test "HTML is parsed as the server does, with its complaints" {
	sim 'h() { api sendMessage -d chat_id=@lipovka_chat -d parse_mode=HTML --data-urlencode "text=$1" | jq -c ".description//(.result|[.text,(.entities//[])[]|if type==\"object\" then [.type,.offset,.length,.url] else . end])"; }
	h "<b>да <i>нет</i></b> &lt;x&gt; &#1071; &amp; <a href=\"https://example.org/\">тут</a>"
	h "<tg-spoiler>😀</tg-spoiler><code>#не_тег</code>"
	h "<b>раз"; h "два</b>"; h "<b>три</i>"; h "<div>x</div>"; h "4 < 5"
	api sendMessage -d chat_id=@lipovka_chat -d parse_mode=Nonsense -d text=x | jq -r .description
	api sendMessage -d chat_id=@lipovka_chat --data-urlencode "text=😀 слово" -d "entities=[{\"type\":\"bold\",\"offset\":3,\"length\":5}]" | jq -c .result.entities
	api sendMessage -d chat_id=@lipovka_chat --data-urlencode "text=😀" -d "entities=[{\"type\":\"bold\",\"offset\":1,\"length\":1}]" | jq -r .description'
	assert_output - <<-'END'
	["да нет <x> Я & тут",["bold",0,6,null],["italic",3,3,null],["text_link",15,3,"https://example.org/"]]
	["😀#не_тег",["spoiler",0,2,null],["code",2,7,null]]
	"Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""
	"Bad Request: can't parse entities: Unexpected end tag at byte offset 6"
	"Bad Request: can't parse entities: Unmatched end tag, expected \"</b>\", found \"</i>\" at byte offset 9"
	"Bad Request: can't parse entities: Unsupported start tag \"div\" at byte offset 0"
	"Bad Request: can't parse entities: Unclosed start tag at byte offset 2"
	Bad Request: unsupported parse_mode
	[{"type":"bold","offset":3,"length":5}]
	Bad Request: entity beginning at UTF-16 offset 1 is outside the text or cuts a character (gp-sim is strict)
	END
}

@test "photos, documents and albums are sent, by upload, address and file_id" {
	sim 'printf x >f; c=-1001555000111
	api sendPhoto -F chat_id=$c -F photo=@f -F caption=Снимок | jq -c ".result|[.message_id,.caption,(.photo|length)]"
	id=$(api getUpdates | jq -r "first(.result[]|.channel_post.photo//empty)[-1].file_id"); api sendPhoto -d chat_id=$c -d photo="$id" | jq -c .ok
	api sendPhoto -d chat_id=$c -d photo=nonsense | jq -c .description
	api sendMediaGroup -F chat_id=$c -F "media=[{\"type\":\"photo\",\"media\":\"attach://a\",\"caption\":\"Два\"},{\"type\":\"photo\",\"media\":\"https://example.org/b.jpg\"}]" -F a=@f | jq -c "[.result[]|[.message_id,.media_group_id,.caption]]"
	api sendMediaGroup -F chat_id=$c -F "media=[{\"type\":\"photo\",\"media\":\"attach://z\"},{\"type\":\"photo\",\"media\":\"attach://a\"}]" -F a=@f | jq -c .description
	api sendDocument -F chat_id=$c -F document=@f | jq -c .result.document.file_size
	page /s/lipovka_adm | grep -o "lipovka_adm/4.?single"
	api getFile -d file_id="$id" | jq -r .result.file_path >p; curl -s "$GP_SIM_URL/file/bot$(cat $GP_SIM_TOKEN_FILE)/$(cat p)" | head -c 4 | tail -c 3'
	assert_output - <<-'END'
	[38,"Снимок",3]
	true
	"Bad Request: wrong remote file identifier specified: Wrong string length"
	[[40,"13900000000000040","Два"],[41,"13900000000000040",null]]
	"Bad Request: wrong remote file identifier specified: Wrong string length"
	1
	lipovka_adm/40?single
	lipovka_adm/41?single
	PNG
	END
}

@test "polls and quizzes: sent, held to the limits, stopped" {
	sim 'c=-1001555000111; p() { api sendPoll -d chat_id=$c "$@" | jq -c ".description//(.result|[.message_id,.poll.type,.poll.is_closed,.poll.correct_option_ids,[.poll.options[].text]])"; }
	two="options=[{\"text\":\"Да\"},{\"text\":\"Нет\"}]"
	p -d question=Идём? -d "$two"
	p -d question=Сколько? -d "$two" -d type=quiz -d correct_option_ids=[1] -d explanation=Потому
	p -d question=Сколько? -d "$two" -d type=quiz
	p -d question=Сколько? -d "$two" -d type=quiz -d correct_option_ids=[2]
	p -d question=Старое? -d "options=[\"Да\",\"Нет\"]"
	p -d question=Имена? -d "$two" -d is_anonymous=false
	p -d "question=$(printf "я%.0s" $(seq 301))" -d "$two"
	api stopPoll -d chat_id=$c -d message_id=38 | jq -c "[.result.is_closed,.result.total_voter_count]"
	api stopPoll -d chat_id=$c -d message_id=38 | jq -c .description
	api stopPoll -d chat_id=$c -d message_id=25 | jq -c .description
	page "/lipovka_adm/38?embed=1" | grep -o "Final Results"'
	assert_output - <<-'END'
	[38,"regular",false,null,["Да","Нет"]]
	[39,"quiz",false,[1],["Да","Нет"]]
	"Bad Request: wrong correct option ID specified"
	"Bad Request: wrong correct option ID specified"
	"Bad Request: can't parse options JSON object: an option must be an object with a text"
	"Bad Request: non-anonymous polls can't be sent to channel chats"
	"Bad Request: poll question length must not exceed 300"
	[true,0]
	"Bad Request: poll has already been closed"
	"Bad Request: poll can't be stopped"
	Final Results
	END
}

@test "messages are changed, copied, pinned and taken away" {
	sim 'g=-1001555000222; d() { jq -c ".description//.result"; }
	id=$(api sendMessage -d chat_id=$g -d text=раз | jq .result.message_id)
	api editMessageText -d chat_id=$g -d message_id=$id -d text=два | jq -c "[.result.text,.result.edit_date]"
	api editMessageText -d chat_id=$g -d message_id=$id -d text=два | d
	api editMessageText -d chat_id=$g -d message_id=503 -d text=три | d
	api editMessageText -d chat_id=$g -d message_id=9999 -d text=три | d
	api copyMessage -d chat_id=@lipovka_adm -d from_chat_id=$g -d message_id=$id | jq -c .result
	api pinChatMessage -d chat_id=$g -d message_id=$id | d
	api deleteMessage -d chat_id=$g -d message_id=$id | d; api deleteMessage -d chat_id=$g -d message_id=$id | d
	api deleteMessages -d chat_id=$g -d message_ids=[506,9999] | d; api sendChatAction -d chat_id=$g -d action=typing | d
	api editMessageCaption -d chat_id=@lipovka_adm -d message_id=17 -d caption=Площадь | jq -c .result.caption
	page /_sim/messages | jq -c "select(.message_id==506 or .text==\"два\")|[.chat.type,.text]"'
	assert_output - <<-'END'
	["два",1791644400]
	"Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message"
	"Bad Request: message can't be edited"
	"Bad Request: message to edit not found"
	{"message_id":38}
	true
	true
	"Bad Request: message to delete not found"
	true
	true
	"Площадь"
	["channel","два"]
	["supergroup","два"]
	END
}

# -- bad days --------------------------------------------------------------

@test "429 in JSON for the bot, with Retry-After for pages; times and after count" {
	sim --fault '429@getMe,times=2,after=1,retry_after=7' --fault '429@/s/' 'for i in 1 2 3 4; do api getMe | jq -c "[.ok,.error_code,.description,.parameters]"; done; page /s/lipovka_adm -o /dev/null -D - | tr -d "\r" | grep -E "^HTTP|^Retry"; page /s/lipovka_adm -o /dev/null -w "%{http_code}\n"'
	assert_output - <<-'END'
	[true,null,null,null]
	[false,429,"Too Many Requests: retry after 7",{"retry_after":7}]
	[false,429,"Too Many Requests: retry after 7",{"retry_after":7}]
	[true,null,null,null]
	HTTP/1.1 429 Too Many Requests
	Retry-After: 5
	200
	END
}

@test "500 in JSON and HTML, 502 in HTML, a challenge, an empty body, no posts" {
	sim 'f() { post fault "$1" >/dev/null; }; f "{\"kind\":\"500\",\"times\":2}"; api getMe | jq -c .; page /s/lipovka_adm | head -n 2 | tail -n 1
	f "{\"kind\":\"502html\"}"; api getMe -w "%{http_code}\n" | grep -oE "nginx|502$"
	for k in challenge empty noposts; do f "{\"kind\":\"$k\",\"match\":\"/s/\"}"; page /s/lipovka_adm -w "%{http_code}\n" >x; tail -n 1 x; grep -oE "challenge-form|No posts found|data-post|page generated" x; done
	post fault "{\"kind\":\"whim\"}" | jq -r .description; f "{\"kind\":\"500\",\"times\":0}"; f "{\"clear\":true}"; api getMe | jq .ok'
	assert_output - <<-'END'
	{"ok":false,"error_code":500,"description":"Internal Server Error: restart"}
	<head><title>500 Internal Server Error</title></head>
	nginx
	502
	200
	challenge-form
	200
	200
	No posts found
	page generated
	no such fault: 'whim'
	true
	END
}

@test "a body cut by length, by chunk, and one that only lacks its end" {
	sim --fault cut@/s/ --fault chunk@/s/ --fault tail@/s/ 'for i in 1 2 3; do page /s/lipovka_adm >x; echo "$? $(tail -n 1 x | grep -c generated) $(test -s x && echo some)"; done; page /s/lipovka_adm | tail -n 1 | grep -c generated'
	assert_output $'18 0 some\n18 0 some\n0 0 some\n1'
}

@test "a reset before anything is done, and one after it was done" {
	sim --fault reset@sendMessage --fault lost@sendMessage 'for i in 1 2 3; do api sendMessage -d chat_id=@lipovka_chat -d text=$i >/dev/null; echo $?; done; page /_sim/messages | jq -r "select(.from.is_bot and .chat.type==\"supergroup\" and .from.id==7200000002)|.text"'
	assert_output $'56\n56\n0\n2\n3'
}

@test "a slow body, an endless one, a loop, a bomb" {
	sim --fault slow@/s/ --fault endless@/s/ --fault loop@/s/ --fault bomb@/s/ '
	curl -s --max-time 2 "$GP_SIM_URL/s/lipovka_adm" >x; echo "$? $(($(wc -c <x) < 5))"
	curl -s --max-time 2 "$GP_SIM_URL/s/lipovka_adm" | head -c 10000000 | wc -c
	curl -sL --max-redirs 9 "$GP_SIM_URL/s/lipovka_adm" -o x; echo $?
	curl -s "$GP_SIM_URL/s/lipovka_adm" -D h >x; grep -ci "content-encoding: gzip" h; echo $(($(wc -c <x) < 2000000)); gzip -dc x | wc -c'
	assert_output $'28 1\n10000000\n47\n1\n1\n1073741824'
}

# -- the hand of the test --------------------------------------------------

@test "citizens write, change and delete; nothing tells of a deletion" {
	sim 'api "getUpdates?offset=-1" >/dev/null; u="getUpdates?offset=700000068"
	id=$(post message "{\"from\":\"anna_b\",\"text\":\"Новый\",\"post\":36}" | jq .message_id)
	post message "{\"from\":\"tolik\",\"text\":\"Ответ\",\"reply_to\":$id}" >/dev/null; post message "{\"from\":\"tolik\",\"text\":\"Письмо\",\"private\":true}" >/dev/null
	post edit "{\"message_id\":$id,\"text\":\"Правка\"}" >/dev/null; post delete "{\"message_id\":$id}" | jq .ok
	api "$u" | jq -c ".result[]|del(.update_id)|to_entries[0]|[.key,.value.chat.type,.value.text,.value.reply_to_message.text]"
	post delete "{\"post\":14}" | jq .ok; page /s/lipovka_adm | ids; echo; page "/lipovka_adm/14?embed=1" | grep -o "Post not found"; api "getUpdates?offset=700000072" | jq -c .result
	post edit "{\"post\":36,\"text\":\"Ярмарка кончилась\"}" | jq .ok; page "/lipovka_adm/36?embed=1" | grep -oE "Ярмарка кончилась|edited &nbsp;"
	api sendMessage -d chat_id=810000003 -d text=Здравствуйте | jq .ok
	post message "{\"from\":\"nobody\",\"text\":\"x\"}" | jq -r .description; post message "{\"from\":\"tolik\",\"text\":\"x\",\"post\":999}" | jq -r .description; page /_sim/nothing | jq .error_code'
	assert_output - <<-'END'
	true
	["message","supergroup","Новый","Сегодня ярмарка"]
	["message","supergroup","Ответ","Новый"]
	["message","private","Письмо",null]
	["edited_message","supergroup","Правка","Сегодня ярмарка"]
	true
	13 17 18 19 20 21 22 23 24 25 26 27 28 29 31 32 33 34 35 36 
	Post not found
	[]
	true
	Ярмарка кончилась
	edited &nbsp;
	true
	a message has 'from' (a key of people) or 'as', and 'text'
	there is no such post or message
	404
	END
}

@test "the log names every request and hides the token" {
	sim --log log --fault 429@getMe 'api getMe >/dev/null; api sendMessage -d chat_id=@lipovka_chat -d text=Да >/dev/null; page "/s/lipovka_adm?before=14" >/dev/null; page /_sim/log | cmp - log && cat log; grep -c "$(cut -d: -f2 "$GP_SIM_TOKEN_FILE")" log'
	assert_output - <<-'END'
	{"method":"GET","path":"/bot<hidden>/getMe","params":{},"status":429,"fault":"429"}
	{"method":"POST","path":"/bot<hidden>/sendMessage","params":{"chat_id":"@lipovka_chat","text":"Да"},"status":200}
	{"method":"GET","path":"/s/lipovka_adm","params":{"before":"14"},"status":200}
	0
	END
}

@test "the scenario that comes with gp plays whole" {
	run --separate-stderr gp-sim -- bash -c '. ./tools.sh; page /s/zarechny_adm | ids | wc -w; n=0; o=0; while api "getUpdates?offset=$o" >x; k=$(jq ".result|length" x); [ "$k" -gt 0 ]; do n=$((n + k)); o=$(jq ".result[-1].update_id+1" x); done; [ $n -gt 500 ] && echo many'
	assert_success
	assert_output $'20\nmany'
	assert_stderr ''
}
