# gp-import: exports of Telegram Desktop and saved pages of the preview.
load ../lib

setup() {
	gp_setup
	in=$GP_TESTS/fixtures/import
	pages=$GP_TESTS/fixtures/preview
}

# sound: $output is records that keep the contract.
sound() {
	run --separate-stderr "$GP_TESTS/schema.py" <<<"$output"
	assert_success
	assert_output ''
}

@test "import: a channel becomes posts, with the ids of its preview" {
	run --separate-stderr gp-import --page lugovoe_adm "$in/channel.json"
	assert_success
	assert_stderr ''
	assert_output - <<-'END'
		{"type":"post","id":"telegram:lugovoe_adm/1","network":"telegram","page":"telegram:lugovoe_adm","at":"2026-10-01T06:00:00Z","seen":"2026-10-31T15:00:00Z","url":"https://t.me/lugovoe_adm/1","chat":"telegram:-1001000000003","service":"create_channel: Луговое","source":"export"}
		{"type":"post","id":"telegram:lugovoe_adm/101","network":"telegram","page":"telegram:lugovoe_adm","at":"2026-10-30T06:00:00Z","seen":"2026-10-31T15:00:00Z","url":"https://t.me/lugovoe_adm/101","chat":"telegram:-1001000000003","signature":"Пресс-служба","text":"Завтра на Садовой не будет воды. #вода график","hashtags":["вода"],"attachments":[{"kind":"link","url":"https://example.org/grafik","title":"график"},{"kind":"photo","path":"photos/photo_1@30-10-2026.jpg","width":1280,"height":720,"size":120034}],"counts":{"reactions":20},"reactions":[{"emoji":"👍","n":12},{"custom":"5465000000000000002","n":3},{"paid":true,"n":5}],"edited":"2026-10-30T07:00:00Z","source":"export"}
		{"type":"post","id":"telegram:lugovoe_adm/102","network":"telegram","page":"telegram:lugovoe_adm","at":"2026-10-30T06:05:00Z","seen":"2026-10-31T15:00:00Z","url":"https://t.me/lugovoe_adm/102","chat":"telegram:-1001000000003","poll":{"question":"Нужна ли остановка у школы?","options":[{"text":"Да","votes":3},{"text":"Нет","votes":2}],"voters":5,"quiz":false,"closed":true},"source":"export"}
		{"type":"post","id":"telegram:lugovoe_adm/103","network":"telegram","page":"telegram:lugovoe_adm","at":"2026-10-30T06:06:00Z","seen":"2026-10-31T15:00:00Z","url":"https://t.me/lugovoe_adm/103","chat":"telegram:-1001000000003","parent":"telegram:lugovoe_adm/101","text":"Чиним","attachments":[{"kind":"file","title":"smeta.pdf","size":2048}],"repost_of":{"name":"Водоканал"},"source":"export"}
		{"type":"post","id":"telegram:lugovoe_adm/104","network":"telegram","page":"telegram:lugovoe_adm","at":"2026-10-30T06:07:00Z","seen":"2026-10-31T15:00:00Z","url":"https://t.me/lugovoe_adm/104","chat":"telegram:-1001000000003","text":"Прямая линия","attachments":[{"kind":"video","path":"video_files/pryamaya.mp4","width":640,"height":360,"duration":65,"size":5000000}],"source":"export"}
		{"type":"post","id":"telegram:lugovoe_adm/105","network":"telegram","page":"telegram:lugovoe_adm","at":"2026-10-30T06:08:00Z","seen":"2026-10-31T15:00:00Z","url":"https://t.me/lugovoe_adm/105","chat":"telegram:-1001000000003","attachments":[{"kind":"location","url":"geo:45.1,40.2","title":"Дом культуры","description":"ул. Садовая, 1"}],"source":"export"}
	END
	sound
}

@test "import: without a name the ids are those a bot sees" {
	run --separate-stderr gp-import --jq 'select(.id | endswith("/103")) | [.id, .page, .parent, .url]' "$in/channel.json"
	assert_success
	assert_output '["telegram:-1001000000003/103","telegram:-1001000000003","telegram:-1001000000003/101","https://t.me/c/1000000003/103"]'
}

@test "import: comments find thread, post, parent and who is official" {
	run --separate-stderr gp-import --page lugovoe_adm \
		--channel lugovoe_adm --official 700100400 \
		--jq 'select(.type == "comment") | [(.id | ltrimstr("telegram:-1001000000002/")), .post, (.thread // "" | ltrimstr("telegram:-1001000000002/")), (.parent // "" | ltrimstr("telegram:-1001000000002/")), .author.id, .author.official]' \
		"$in/channel.json" "$in/group.json"
	assert_success
	assert_stderr ''
	assert_output - <<-'END'
		["1",null,"","","700100300",false]
		["11","telegram:lugovoe_adm/101","10","","700100200",false]
		["12","telegram:lugovoe_adm/101","10","11","700100400",true]
		["13","telegram:lugovoe_adm/101","10","12","-1001000000002",true]
		["14","telegram:lugovoe_adm/101","10","","-1001000000003",true]
		["15",null,"","","700100500",false]
		["16",null,"15","15","700100200",false]
		["17",null,"","3","700100200",false]
		["18",null,"","telegram:lugovoe_adm/101","700100200",false]
		["19",null,"","","-1001000000009",false]
	END
}

@test "import: a group alone has threads, and no posts" {
	run --separate-stderr gp-import --official user700100400 "$in/group.json"
	assert_success
	refute_output --partial '"post":'
	refute_output --partial '"id":"telegram:-1001000000002/10"'
	[ "$(jq -r 'select(.thread == "telegram:-1001000000002/10").id' <<<"$output" | wc -l)" -eq 4 ]
	[ "$(jq -r 'select(.author.official).author.name' <<<"$output" | tr '\n' ';')" = "Мария, пресс-служба;Луговое: разговоры;Луговое;" ]
	[ "$(jq -r .page <<<"$output" | sort -u)" = telegram:-1001000000002 ]
	sound
}

@test "import: --channel may say the number; then nobody else's posts begin threads" {
	sed 's/"id": 10, /"id": 9, "date_unixtime": "1793340000", "text": "", "from": "Барахолка", "from_id": "channel1000000009", "forwarded_from": "Барахолка"},\n{"id": 10, /' \
		"$in/group.json" >foreign.json
	run gp-import --jq 'select(.id | endswith("/11")).thread' foreign.json
	assert_output '"telegram:-1001000000002/10"'
	run gp-import --jq 'select(.id | endswith("/10") or endswith("/9")).id' foreign.json
	assert_output '"telegram:-1001000000002/10"'
	run gp-import --channel 1000000003=lugovoe_adm --jq 'select(.id | endswith("/10") or endswith("/9")).id' foreign.json
	assert_output '"telegram:-1001000000002/9"'
}

@test "import: a full export, with chats of every kind and those left" {
	run --separate-stderr gp-import "$in/full.json"
	assert_success
	assert_stderr ''
	sound
	run --separate-stderr gp-import --jq '[.type, .id, .chat, .parent, .post]' \
		"$in/full.json"
	assert_output - <<-'END'
		["post","telegram:-1001000000003/7","telegram:-1001000000003",null,null]
		["comment","telegram:-1001000000002/71","telegram:-1001000000002",null,"telegram:-1001000000003/7"]
		["comment","telegram:-55/80","telegram:-55",null,null]
		["message","telegram:700100500/90","telegram:700100500",null,null]
		["message","telegram:700100500/91","telegram:700100500","telegram:700100500/90",null]
		["message","telegram:7100000001/95","telegram:7100000001",null,null]
	END
}

@test "import: --page by number names one of several channels, also in comments" {
	run --separate-stderr gp-import --page 1000000003=lugovoe_adm \
		--page 5=another --jq '[.id, .post]' "$in/full.json"
	assert_line --index 0 '["telegram:lugovoe_adm/7",null]'
	assert_line --index 1 '["telegram:-1001000000002/71","telegram:lugovoe_adm/7"]'
}

@test "import: one bare --page for two channels is refused for the second" {
	sed 's/1000000003/1000000004/' "$in/channel.json" >other.json
	run --separate-stderr gp-import --page @lugovoe_adm "$in/channel.json" other.json
	assert_failure 1
	assert_stderr "gp-import: other.json:1: more than one channel: say whose name 'lugovoe_adm' is, as 1000000004=lugovoe_adm"
	[ "$(wc -l <<<"$output")" -eq 6 ]
}

@test "import: broken messages are refused by number, the rest goes on" {
	run --separate-stderr gp-import --reject refused "$in/broken.json"
	assert_failure 1
	[ "$(jq -r .id <<<"$output" | tr '\n' ' ')" = "telegram:-1001000000003/1 telegram:-1001000000003/11 " ]
	assert_stderr_line "gp-import: $in/broken.json:2: message 2: no 'date_unixtime'"
	assert_stderr_line "gp-import: $in/broken.json:3: message 3: 'date_unixtime' is not an instant: \"вчера\""
	assert_stderr_line "gp-import: $in/broken.json:4: 'id' is not a message's number: \"x\""
	assert_stderr_line "gp-import: $in/broken.json:5: no 'id'"
	assert_stderr_line --partial "gp-import: $in/broken.json:6: not JSON: "
	[ "${#stderr_lines[@]}" -eq 9 ]
	run jq -r '[.line, .reason] | @tsv' refused
	assert_line --index 0 "2	message 2: no 'date_unixtime'"
	[ "${#lines[@]}" -eq 9 ]
	run jq -r 'select(.line == 9).input' refused
	assert_output 8
}

@test "import: --strict stops at the first" {
	run --separate-stderr gp-import --strict "$in/broken.json" "$in/channel.json"
	assert_failure 65
	assert_stderr "gp-import: $in/broken.json:2: message 2: no 'date_unixtime'"
	[ "$(wc -l <<<"$output")" -eq 1 ]
}

@test "import: 'messages' before the rest: a file is read twice, a pipe refused" {
	run --separate-stderr gp-import --jq .id "$in/early.json"
	assert_success
	assert_output '"telegram:-1001000000003/1"'
	run --separate-stderr gp-import --jq .id - <"$in/early.json"
	assert_success
	assert_output '"telegram:-1001000000003/1"'
	run --separate-stderr bash -c 'cat "$1" | gp-import' - "$in/early.json"
	assert_failure 65
	assert_output ''
	assert_stderr "gp-import: stdin: 'messages' come before 'type' and 'id': such an export is read from a file, not from a pipe"
	run --separate-stderr gp-import --jq .id "$in/early-full.json"
	assert_failure 1
	assert_output - <<-'END'
		"telegram:-1000000000009/5"
		"telegram:-9/6"
	END
	assert_stderr - <<-END
		gp-import: $in/early-full.json:2: message 1: no 'date_unixtime'
		gp-import: $in/early-full.json:3: a chat of unknown type 'hologram': left out whole
	END
}

@test "import: a cut file is said, what was whole is delivered" {
	head -c 2300 "$in/channel.json" >cut.json
	run --separate-stderr gp-import --jq .id cut.json
	assert_failure 1
	assert_output - <<-'END'
		"telegram:-1001000000003/1"
		"telegram:-1001000000003/101"
	END
	assert_stderr "gp-import: cut.json: cut short at byte 2300"
	run --separate-stderr gp-import --strict cut.json
	assert_failure 65
	run --separate-stderr bash -c 'cat cut.json | gp-import --jq .id'
	assert_failure 1
	assert_stderr "gp-import: stdin: cut short at byte 2300"
}

@test "import: cut at any byte, an export is never taken for whole" {
	size=$(wc -c <"$in/full.json")
	for at in $(seq 2 97 $((size - 2))); do
		head -c "$at" "$in/full.json" >cut.json
		status=0
		gp-import cut.json >out 2>err || status=$?
		[ "$status" -eq 1 ] || [ "$status" -eq 65 ] ||
			fail "cut at $at: status $status"
		grep -q "cut" err || fail "cut at $at: not said"
	done
}

@test "import: a mark of byte order, CRLF and white space do no harm" {
	gp-import "$in/channel.json" >want
	{ printf '\xef\xbb\xbf'; sed 's/$/\r/' "$in/channel.json"; echo; } >dos.json
	run --separate-stderr gp-import dos.json
	assert_success
	assert_output "$(cat want)"
	jq -c . "$in/channel.json" >one-line.json
	run --separate-stderr gp-import one-line.json
	assert_success
	assert_output "$(cat want)"
}

@test "import: what is neither is told, and so is what stops being JSON" {
	printf 'a,b\n1,2\n' >a.csv
	: >empty
	echo '{"name": "x", "list": []}' >other.json
	echo '[{"id": 1}]' >list.json
	for f in a.csv empty other.json list.json; do
		run --separate-stderr gp-import "$f"
		assert_failure 65
		assert_output ''
	done
	run --separate-stderr gp-import a.csv
	assert_stderr "gp-import: a.csv: neither an export of Telegram Desktop nor a saved page"
	run --separate-stderr gp-import empty
	assert_stderr "gp-import: empty: the file is empty"
	run --separate-stderr gp-import other.json
	assert_stderr "gp-import: other.json: not an export of Telegram Desktop: no 'messages' and no 'chats' in it"
	run --separate-stderr gp-import --as telegram-desktop a.csv
	assert_stderr "gp-import: a.csv: not an export of Telegram Desktop: no object"
	printf '{"type":"public_channel","id":3,"messages":[{"id":1,"date_unixtime":"5","text":""} x' >stops.json
	run --separate-stderr gp-import --jq .id stops.json
	assert_failure 1
	assert_output '"telegram:-1000000000003/1"'
	assert_stderr "gp-import: stops.json: not JSON at byte 84: ',' or ']' should stand there"
	run --separate-stderr gp-import nowhere.json
	assert_failure 74
	assert_stderr "gp-import: cannot open 'nowhere.json': No such file or directory"
	run --separate-stderr gp-import nowhere.json "$in/early.json"
	assert_failure 1
}

@test "import: a message above 16 MiB is refused alone" {
	{
		printf '{"type":"public_channel","id":3,"messages":[{"id":1,"date_unixtime":"5","text":"'
		head -c 17000000 /dev/zero | tr '\0' a
		printf '"},{"id":2,"date_unixtime":"6","text":"b"}]}'
	} >long.json
	run --separate-stderr gp-import --jq .id long.json
	assert_failure 1
	assert_output '"telegram:-1000000000003/2"'
	assert_stderr "gp-import: long.json:1: longer than 16 MiB"
}

@test "import: 50 MB in little memory, from a pipe too" {
	python3 - >big.json <<-'END'
		import sys
		sys.stdout.write('{"name": "x", "type": "private_supergroup",\n "id": 2, "messages": [\n')
		text = "вода дорога свет " * 20
		n = 50000000 // 830
		for i in range(1, n + 1):
		    sys.stdout.write('  {\n   "id": %d,\n   "type": "message",\n   "date_unixtime": "%d",\n   "from": "a",\n   "from_id": "user%d",\n   "reply_to_message_id": %d,\n   "text": [\n    "%s"\n   ]\n  }%s\n' % (i, 1700000000 + i, i % 99 + 1, max(1, i - 7), text, "," if i < n else ""))
		sys.stdout.write(" ]\n}\n")
	END
	[ "$(wc -c <big.json)" -gt 40000000 ]
	if [ "${GP_BUILD%san}" != "$GP_BUILD" ] || grep -q asan_init "$(command -v gp-import)"; then
		skip "sanitizers need more memory"
	fi
	run --separate-stderr bash -c 'ulimit -v 131072; gp-import big.json | tail -n 1 | jq -r .id'
	assert_success
	assert_stderr ''
	assert_output "telegram:-1000000000002/60240"
	run --separate-stderr bash -c 'ulimit -v 131072; cat big.json | gp-import | wc -l'
	assert_output 60240
}

@test "import: a full disk is an error, a closed pipe is not" {
	run --separate-stderr bash -c 'gp-import "$1" >/dev/full' - "$in/channel.json"
	assert_failure 74
	assert_stderr "gp-import: cannot write to standard output: No space left on device"
	run --separate-stderr bash -c 'for i in 1 2 3 4 5 6 7 8 9; do cat "$1"; done >/dev/null; gp-import "$1" "$1" "$1" | head -n 1 | wc -l' - "$in/channel.json"
	assert_success
	assert_output 1
	assert_stderr ''
}

@test "import: --since and --until are half open" {
	run --separate-stderr gp-import --since 2026-10-30T06:05:00Z \
		--until 2026-10-30T06:07:00Z --jq .id "$in/channel.json"
	assert_success
	assert_output - <<-'END'
		"telegram:-1001000000003/102"
		"telegram:-1001000000003/103"
	END
	run --separate-stderr gp-import --since 2d --jq .type "$pages/page.html"
	[ "${#lines[@]}" -eq 22 ]
	run --separate-stderr gp-import --until 2d --jq .type "$pages/page.html"
	assert_output ''
	run --separate-stderr gp-import --since someday "$in/channel.json"
	assert_failure 64
	assert_stderr "gp-import: --since: not a date, an instant or so long ago: 'someday'"
}

@test "import: names that are none are a wrong command line" {
	for name in 'a b' 3= x=name -5=name '' 1a; do
		run --separate-stderr gp-import --page "$name" "$in/channel.json"
		assert_failure 64
		assert_stderr "gp-import: not a public name: '$name'"
	done
	run --separate-stderr gp-import --channel a/b "$in/channel.json"
	assert_failure 64
}

@test "import: a saved page gives its posts, seen when the page was made" {
	run --separate-stderr gp-import "$pages/page.html"
	assert_success
	assert_stderr ''
	sound
	GP_NOW=2026-11-20T00:00:00Z run --separate-stderr gp-import --jq '[.type, .seen]' "$pages/page.html"
	[ "${#lines[@]}" -eq 22 ]
	[ "$(sort -u <<<"$output")" = '["post","2026-10-31T15:00:00Z"]' ]
	run --separate-stderr bash -c 'gp-import --jq .id <"$1"' - "$pages/embed.html"
	assert_output '"telegram:lugovoe_adm/101"'
	run --separate-stderr gp-import --jq .id "$pages/fragment.html"
	assert_success
	assert_output '"telegram:lugovoe_adm/126"'
	run --separate-stderr gp-import "$pages/no-posts.html"
	assert_success
	assert_output ''
	assert_stderr "gp-import: $pages/no-posts.html: the page says that there are no posts"
}

@test "import: export and preview give one post the same id" {
	gp-import --page lugovoe_adm --jq .id "$in/channel.json" | grep '/101"' >a
	gp-import --jq .id "$pages/page.html" | grep '/101"' >b
	cmp a b
}

@test "import: a card gives a page, seen when the file was saved" {
	cp "$pages/card-channel.html" card.html
	touch -d 2026-10-20T10:00:00Z card.html
	run --separate-stderr gp-import card.html
	assert_success
	assert_stderr ''
	assert_output '{"type":"page","id":"telegram:lugovoe_adm","network":"telegram","page":"telegram:lugovoe_adm","at":"2026-10-20T10:00:00Z","seen":"2026-10-20T10:00:00Z","url":"https://t.me/lugovoe_adm","title":"Луговое","about":"Официально.\nПриёмная: @lugovoe_bot","verified":true,"counts":{"subscribers":1474933},"source":"preview"}'
	sound
	run --separate-stderr bash -c 'cat "$1" | gp-import --jq "[.id, .seen, .counts]"' - "$pages/card-group.html"
	assert_output '["telegram:lugovoe_chat","2026-10-31T15:00:00Z",{"subscribers":2620}]'
}

@test "import: pages that say no are errors by name, the others go on" {
	run --separate-stderr gp-import --jq .id "$pages/card-missing.html" \
		"$pages/embed-gone.html" "$pages/robots.html" "$pages/embed.html"
	assert_failure 1
	assert_output '"telegram:lugovoe_adm/101"'
	assert_stderr - <<-END
		gp-import: $pages/card-missing.html: no channel or group of the name lugovoe_none: a person, a bot or nobody
		gp-import: $pages/embed-gone.html: the page says that there is no such post
		gp-import: $pages/robots.html: none of Telegram's public pages that are known
	END
	run --separate-stderr gp-import "$pages/card-missing.html" "$pages/card-missing-2021.html"
	assert_failure 1
	run --separate-stderr gp-import "$pages/robots.html"
	assert_failure 65
	echo '<html><body><div class="message default clearfix" id="message1"></div></body></html>' >messages.html
	run --separate-stderr gp-import messages.html
	assert_failure 65
	assert_stderr "gp-import: messages.html: an export of Telegram Desktop as HTML: export it as JSON"
}

@test "import: a page cut short is said, its whole messages are delivered" {
	head -c 9000 "$pages/page.html" >cut.html
	run --separate-stderr gp-import --jq .id cut.html
	assert_failure 1
	assert_stderr_line "gp-import: cut.html: the page is cut short: its end is missing"
	assert_line --index 0 '"telegram:lugovoe_adm/101"'
	[ "${#lines[@]}" -lt 22 ]
	run --separate-stderr gp-import --strict cut.html
	assert_failure 65
}
