#!/usr/bin/env bats
# gp-card: which pictures a report gives, what they say, what is refused.
load ../lib

fixtures=$BATS_TEST_DIRNAME/../fixtures/card

setup() {
	gp_setup
	cp "$fixtures"/{week,before,own,queue}.ndjson "$fixtures"/{theme.yaml,logo.png} .
	# As gp-card: with the theme of the tests.
	# shellcheck disable=SC2317 # bash -c calls it too
	card() { gp-card -t theme.yaml "$@"; }
	export -f card
}

# size FILE: pixels of a PNG, by its header.
size() {
	python3 -c '
import struct, sys
b = open(sys.argv[1], "rb").read(24)
assert b[:8] == b"\x89PNG\r\n\x1a\n"
print("%dx%d" % struct.unpack(">II", b[16:24]))' "$1"
}

# Spaces that do not break as plain ones: tests of the library look at them.
plain() { jq -r "$1" | sed 's/\xc2\xa0/ /g; s/\xe2\x80\xaf/ /g'; }

one() { printf '{"type":"card",%s}\n' "$1"; }

# refuses MEMBERS MESSAGE: the card is refused by its line, a sound one stays.
refuses() {
	one "$1" >in
	one '"kind":"title","title":"Здравствуйте"' >>in
	run --separate-stderr card in
	assert_failure 1
	assert_stderr "gp-card: $2"
	assert_equal "$(jq '.attachments | length' <<<"$output")" 1
	run ls cards
	assert_output 01-title.png
	rm -r cards
}

@test "card: a week becomes a post with its pictures" {
	run --separate-stderr card --zone +03:00 week.ndjson
	assert_success
	assert_stderr ''
	run plain '.type, .text, (.attachments[] | "\(.kind) \(.path) \(.width)x\(.height)")' <<<"$output"
	assert_output "post
Обращения жителей: 26 октября – 1 ноября 2026 года.
Через комментарии и сообщения поступило 131 обращение, ответ получили 92 (70 %).
В карточках — о чём писали и что изменилось.
photo cards/01-title.png 1080x1080
photo cards/02-figure.png 1080x1080
photo cards/03-figure.png 1080x1080
photo cards/04-bars.png 1080x1080
photo cards/05-bars.png 1080x1080
photo cards/06-line.png 1080x1080
photo cards/07-line.png 1080x1080"
	run ls cards
	assert_output "01-title.png
02-figure.png
03-figure.png
04-bars.png
05-bars.png
06-line.png
07-line.png"
	for f in cards/*; do assert_equal "$(size "$f")" 1080x1080; done
}

@test "card: the post holds to the schema" {
	card week.ndjson own.ndjson >out
	run --separate-stderr "$GP_TESTS/schema.py" <out
	assert_success
	assert_output ''
	run --separate-stderr "$GP_TESTS/schema.py" <own.ndjson
	assert_success
	assert_output ''
}

@test "card: alt texts are sentences with every figure" {
	card --zone +03:00 --before before.ndjson week.ndjson >out
	run plain '.attachments[].alt' <out
	assert_line --index 0 'Заставка «Обращения жителей», 26 октября – 1 ноября 2026 года.'
	assert_line --index 1 'Сколько обращений поступило, 26 октября – 1 ноября 2026 года: 131 обращение. Столько раз жители писали нам в комментариях и сообщениях.'
	assert_line --index 2 'Сколько обращений уже с ответом, 26 октября – 1 ноября 2026 года: 70 %, 92 из 131. Ответ получили 92 обращения из 131. Остальные в работе.'
	assert_line --index 3 'Обращений: было и стало: 19–25 октября 2026 года — 102 обращения; 26 октября – 1 ноября 2026 года — 131 обращение; на 29 больше, или на 28 %.'
	assert_line --index 4 'Столбчатая диаграмма «О чём писали жители». Обращений по темам, 26 октября – 1 ноября 2026 года: ЖКХ — 51 обращение; Дороги — 34 обращения; Тема не указана — 12 обращений; Благоустройство — 11 обращений; Общественный транспорт — 9 обращений; Здравоохранение/Медицина — 7 обращений; Образование — 4 обращения; Связь и телевидение — 2 обращения; Культура — 1 обращение.'
	assert_line --index 5 'Столбчатая диаграмма «Жалобы, вопросы, предложения». Обращений каждого вида, 26 октября – 1 ноября 2026 года: Жалобы — 71 обращение; Вопросы — 44 обращения; Предложения — 14 обращений; Сообщения об опасности — 2 обращения.'
	assert_line --index 6 'График «Обращения по дням», 26 октября – 1 ноября 2026 года: 26 окт — 30 обращений; 27 окт — 24 обращения; 28 окт — 31 обращение; 29 окт — 0 обращений; 30 окт — 22 обращения; 31 окт — 13 обращений; 1 ноя — 11 обращений.'
}

@test "card: English" {
	card --lang en --zone +03:00 week.ndjson >out
	run plain '.text, .attachments[2].alt' <out
	assert_output "What residents wrote: October 26 – November 1, 2026.
131 appeals came in comments and messages, 92 of them have an answer (70%).
Appeals answered. October 26 – November 1, 2026: 70%, 92 of 131. 92 appeals of 131 have an answer. The others are being dealt with."
}

@test "card: the zone of the figures, unless another is given" {
	jq -c 'if .total == "all" and .since then .zone = "+03:00" else . end' week.ndjson >in
	card in >out
	run plain '.attachments[0].alt' <out
	assert_output --partial '26 октября – 1 ноября'
	card --zone UTC in >out
	run plain '.attachments[0].alt' <out
	assert_output --partial '25 октября – 1 ноября'
}

@test "card: sizes and formats" {
	one '"kind":"title","title":"Здравствуйте"' >in
	card -s story -o a in >out
	assert_equal "$(size a/01-title.png)" 1080x1920
	assert_equal "$(jq -c '.attachments[0] | [.width, .height]' out)" '[1080,1920]'
	card -s 1200x630 -o a in >out
	assert_equal "$(size a/01-title.png)" 1200x630
	card -f svg -o a in >out
	run python3 -c '
import xml.etree.ElementTree as e
r = e.parse("a/01-title.svg").getroot()
print(r.tag, r.get("width"), r.get("height"))'
	assert_output '{http://www.w3.org/2000/svg}svg 1080px 1080px'
	assert_equal "$(jq -r '.attachments[0].kind' out)" file
	card -f pdf -o a in >out
	run pdftotext a/01-title.pdf -
	assert_output --partial Здравствуйте
	run pdfinfo a/01-title.pdf
	assert_output --partial '810 x 810 pts'
	for bad in 100x100 1080 1080x 1080x1080x 5000x1080 x; do
		run --separate-stderr card -s "$bad" in
		assert_failure 64
		assert_stderr "gp-card: --size: '$bad' is not square, story or WxH from 320 to 4096 pixels"
	done
}

@test "card: the same bytes each time, with any number of threads" {
	for f in png svg pdf; do
		card --zone +03:00 -f $f -o "a-$f" week.ndjson own.ndjson >/dev/null
		GP_NOW=2027-01-01T00:00:00Z TZ=Asia/Tokyo \
			card --zone +03:00 -j 4 -f $f -o "b-$f" week.ndjson own.ndjson >/dev/null
		run diff -r "a-$f" "b-$f"
		assert_success
	done
}

@test "card: more than ten pictures are several posts" {
	card week.ndjson own.ndjson >out
	run jq -c '[(.text | split("\n") | .[-1]), (.attachments | length)]' out
	assert_output '["1/2",10]
["2/2",4]'
}

@test "card: nothing in, nothing out" {
	run --separate-stderr card /dev/null
	assert_success
	assert_output ''
	assert_stderr ''
	assert [ ! -e cards ]
	echo '{"type":"comment","id":"vk:-1/2/3","text":"Привет"}' >in
	run --separate-stderr card in
	assert_success
	assert_output ''
}

@test "card: a week without appeals says so and draws no empty charts" {
	echo '{"type":"figure","report":"week","table":"appeals","total":"all","since":"2026-10-25T21:00:00Z","until":"2026-11-01T21:00:00Z","records":0,"appeals":0,"answered":0,"kinds":{"complaint":0}}' >in
	run --separate-stderr card --zone +03:00 in
	assert_success
	assert_stderr ''
	run plain '.attachments[].alt' <<<"$output"
	assert_output "Заставка «Обращения жителей», 26 октября – 1 ноября 2026 года.
Сколько обращений поступило, 26 октября – 1 ноября 2026 года: 0 обращений. Столько раз жители писали нам в комментариях и сообщениях."
}

@test "card: a report that has no cards is told of" {
	echo '{"type":"figure","report":"weather","n":1}' >in
	run --separate-stderr card in
	assert_failure 1
	assert_output ''
	assert_stderr "gp-card: report 'weather': no cards are written down for it"
}

@test "card: lines that are no records, and records that are no cards" {
	printf '{\n[1]\n{"a":1}\n{"type":"figure"}\n' >in
	one '"kind":"title","title":"Здравствуйте"' >>in
	run --separate-stderr card --reject no in
	assert_failure 1
	assert_stderr_line --partial 'gp-card: in:1: not JSON'
	assert_stderr_line "gp-card: in:3: 'type' is missing"
	assert_stderr_line "gp-card: in:4: 'report' is missing"
	assert_equal "$(jq -s 'length' no)" 4
	assert_equal "$(jq '.attachments | length' <<<"$output")" 1
	run --separate-stderr card --strict in
	assert_failure 65
	assert_output ''
}

@test "card: what a kind needs is named" {
	refuses '"kind":"pie"' "in:1: 'kind' is none of title|figure|bars|line|change|quote|list"
	refuses '"kind":"title"' "in:1: 'title' is missing"
	refuses '"kind":"title","title":" \u0007 "' "in:1: 'title' is missing"
	refuses '"kind":"figure","title":"а"' "in:1: 'value' is missing"
	refuses '"kind":"figure","title":"а","value":"5"' "in:1: 'value' is not a number"
	refuses '"kind":"figure","title":"а","value":1e300' "in:1: 'value' is larger than a card can show"
	refuses '"kind":"figure","title":"а","value":5,"of":4' "in:1: 'value' must be a part of 'of'"
	refuses '"kind":"figure","title":"а","value":5,"unit":"а|б|в|г"' \
		"in:1: 'unit' must be one to three forms, as \"обращение|обращения|обращений\""
	refuses '"kind":"bars","title":"а"' "in:1: 'items' has 0, a card of kind 'bars' needs 1"
	refuses '"kind":"bars","title":"а","items":[{"label":"б","value":-1}]' \
		"in:1: item 1 is below 0: bars begin at 0, kind 'line' goes lower"
	refuses '"kind":"bars","title":"а","items":[{"value":1}]' "in:1: item 1 has no 'label'"
	refuses '"kind":"bars","title":"а","items":["б"]' "in:1: item 1: it is not an object"
	refuses '"kind":"line","title":"а","items":[{"label":"б","value":1}]' \
		"in:1: 'items' has 1, a card of kind 'line' needs 2"
	refuses '"kind":"change","title":"а","before":{"label":"б","value":1}' "in:1: 'after' is missing"
	refuses '"kind":"quote","author":"а"' "in:1: 'text' is missing: what is quoted"
	refuses '"kind":"list","title":"а","items":[""]' 'in:1: item 1 has no words'
}

@test "card: what does not fit is refused, never cut" {
	long=$(printf 'Длинноеслово%.0s' $(seq 9))
	refuses "\"kind\":\"title\",\"title\":\"$long\"" \
		"card 1 ('title'): 'title' does not fit even in the smallest letters; shorten it, or put soft hyphens into long words: \"${long:0:60}…\""
	words=$(printf 'большое слово %.0s' $(seq 120))
	refuses "\"kind\":\"quote\",\"text\":\"$words\"" \
		"card 1 ('quote'): 'text' does not fit even in the smallest letters; shorten it, or put soft hyphens into long words: \"большое слово большое слово большое слово большое слово боль…\""
	# The same word with soft hyphens fits.
	one "\"kind\":\"title\",\"title\":\"${long//слово/слово$'\xc2\xad'}\"" >in
	run --separate-stderr card in
	assert_success
	assert_stderr ''
}

@test "card: a card that is refused leaves no gap in the numbers" {
	one '"kind":"title","title":"Здравствуйте"' >sound
	one "\"kind\":\"title\",\"title\":\"$(printf 'Слово%.0s' $(seq 30))\"" >bad
	card -o a sound sound >/dev/null
	run card -o b sound bad sound
	assert_failure 1
	run diff -r a b
	assert_success
}

@test "card: a character that no font has is named" {
	refuses '"kind":"title","title":"Дым \uD83E\uDEE8"' \
		"card 1 ('title'): 'title' has U+1FAE8, which no font here has"
}

@test "card: words of citizens are hostile, and drawn as they are harmless" {
	one '"kind":"quote","text":"<b>Дайте<\/b> &amp; воды\u0007\u202e\nсейчас =1+1 а\u0300\u0301\u0302\u0303\u0304","author":"Житель"' >in
	run --separate-stderr card -f pdf in
	assert_success
	assert_stderr ''
	assert_equal "$(plain '.attachments[0].alt' <<<"$output")" \
		$'Цитата: <b>Дайте</b> &amp; воды сейчас =1+1 а̀. Житель.'
	run pdftotext cards/01-quote.pdf -
	assert_output --partial '<b>Дайте</b> &amp;'
}

@test "card: a quote has no personal data" {
	refuses '"kind":"quote","text":"Звоните: +7 900 123-45-67"' \
		"in:1: the quote has personal data (phone); mask it first, see gp-redact(1)"
	# Whoever writes a card may thank by name.
	one '"kind":"quote","text":"Спасибо Ивану Петровичу Сидорову за мост"' >in
	run --separate-stderr card in
	assert_success
	# A program may not.
	jq -c '.text = "Спасибо Ивану Петровичу Сидорову за мост"' queue.ndjson >in
	run --separate-stderr card --quotes 1 in
	assert_failure 1
	assert_stderr "gp-card: queue: the card 'quote': the quote has personal data (name); mask it first, see gp-redact(1)"
}

@test "card: quotes only where they are asked for" {
	card queue.ndjson >out
	run jq -r '.attachments[].path' out
	assert_output "cards/01-figure.png
cards/02-figure.png"
	run grep -c 'лампочка' out
	assert_output 0
	card --quotes 2 queue.ndjson >out
	run plain '.attachments[].alt' <out
	assert_output "Сколько обращений ждёт ответа: 3 обращения.
Сколько обращений просрочено: 1 обращение.
Цитата: У подъезда второй месяц не горит лампочка. ЖКХ.
Цитата: Когда засыплют яму у школы? Дороги."
}

@test "card: colours that cannot be read are refused with both and the ratio" {
	sed 's/muted: "#51617a"/muted: "#999999"/' theme.yaml >bad.yaml
	run --separate-stderr gp-card -t bad.yaml week.ndjson
	assert_failure 78
	assert_stderr "gp-card: bad.yaml:12:10: 'muted' #999999 on 'background' #f4f7fb: contrast 2.65:1, at least 4.5:1 is needed"
	assert [ ! -e cards ]
	sed 's/accent: "#1157b8"/accent: blue/' theme.yaml >bad.yaml
	run --separate-stderr gp-card -t bad.yaml week.ndjson
	assert_failure 78
	assert_stderr "gp-card: bad.yaml:13:11: 'blue' is not a colour like \"#0b57d0\""
	sed 's/^font: .*/fnt: PT Sans/' theme.yaml >bad.yaml
	run --separate-stderr gp-card -t bad.yaml week.ndjson
	assert_failure 78
	assert_stderr "gp-card: bad.yaml:5:1: unknown key 'fnt': is 'font' meant?"
	sed '/^dark:/,$d' theme.yaml >bad.yaml
	run --separate-stderr gp-card -t bad.yaml --scheme dark week.ndjson
	assert_failure 78
	assert_stderr "gp-card: the theme has no colours for 'dark'"
}

@test "card: a logo is a PNG of some size" {
	printf 'GIF89a' >logo.png
	run --separate-stderr card own.ndjson
	assert_failure 78
	assert_stderr "gp-card: theme.yaml:4:7: 'logo.png' is not a PNG of at most 4096 by 4096 pixels"
	# A header that promises 100,000 by 100,000.
	{
		printf '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\x01\x86\xa0\0\x01\x86\xa0'
		printf '\x08\x06\0\0\0aaaaaaaaaaaaaaaa'
	} >logo.png
	run --separate-stderr card own.ndjson
	assert_failure 78
	assert_stderr --partial 'is not a PNG of at most'
	rm logo.png
	run --separate-stderr card own.ndjson
	assert_failure 78
	assert_stderr "gp-card: theme.yaml:4:7: cannot open './logo.png': No such file or directory"
	head -c 200 "$fixtures/logo.png" >logo.png
	one '"kind":"title","title":"Здравствуйте"' >in
	run --separate-stderr card in
	assert_failure 1
	assert_stderr "gp-card: card 1 ('title'): the logo is a broken PNG"
}

@test "card: without a font nothing is drawn; another one stands in" {
	mkdir none one
	printf '<?xml version="1.0"?><fontconfig><dir>%s</dir><cachedir>%s</cachedir></fontconfig>' \
		"$PWD/none" "$PWD/cache" >fonts.conf
	run --separate-stderr env FONTCONFIG_FILE="$PWD/fonts.conf" gp-card -t theme.yaml own.ndjson
	assert_failure 78
	assert_output ''
	assert_stderr "gp-card: no font with Cyrillic letters among 'PT Sans', 'DejaVu Sans'; Debian: apt-get install fonts-paratype"
	assert [ ! -e cards ]
	cp "$(fc-match -f '%{file}' 'DejaVu Sans')" none/
	run --separate-stderr env FONTCONFIG_FILE="$PWD/fonts.conf" gp-card -f pdf -t theme.yaml -o a own.ndjson
	assert_success
	run pdffonts a/01-quote.pdf
	assert_output --partial DejaVuSans
	refute_output --partial PTSans
}

@test "card: a full disk is an error, and no half picture stays" {
	run --separate-stderr bash -c 'card own.ndjson >/dev/full'
	assert_failure 74
	assert_stderr "gp-card: cannot write to standard output: No space left on device"
	rm -r cards
	run --separate-stderr bash -c "trap '' XFSZ; ulimit -f 8; card own.ndjson"
	assert_failure 74
	assert_output ''
	assert_stderr --partial "gp-card: cannot write 'cards/01-quote.png"
	run ls -A cards
	assert_output ''
	touch file
	run --separate-stderr card -o file own.ndjson
	assert_failure 74
	assert_output ''
}

@test "card: more rows than a card can hold are refused, not left out" {
	jq -cn 'range(401) | {type: "figure", report: "week", table: "appeals",
		total: "group", group: "Тема \(.)", appeals: 1}' >in
	grep '"all"' week.ndjson >>in
	run --separate-stderr card in
	assert_failure 1
	assert_stderr "gp-card: week: the card 'bars': more than 400 rows; gp-report has --limit"
}

@test "card: cards of one's own choice" {
	cat >cards.yaml <<-END
		cards: 1
		reports:
		  week:
		    row: {table: appeals, total: all}
		    cards:
		      - kind: figure
		        title: {ru: "Ответов за {period}"}
		        value: answered
		        unit: {ru: "ответ|ответа|ответов"}
	END
	run --separate-stderr card --cards cards.yaml --zone +03:00 week.ndjson
	assert_success
	assert_stderr ''
	assert_equal "$(plain '.attachments[].alt' <<<"$output")" \
		'Ответов за 26 октября – 1 ноября 2026 года: 92 ответа.'
	sed 's/{period}/{period/' cards.yaml >bad.yaml
	run --separate-stderr card --cards bad.yaml week.ndjson
	assert_failure 78
	assert_stderr "gp-card: bad.yaml:6:1: a card of kind 'figure': a '{' without its '}'"
	sed 's/value: answered/of: answered/' cards.yaml >bad.yaml
	run --separate-stderr card --cards bad.yaml week.ndjson
	assert_failure 78
	assert_stderr "gp-card: bad.yaml:6:1: a card of kind 'figure': it needs value"
}

@test "card: pictures look as they did when they were last looked at" {
	for look in square-light story-dark; do
		card --zone +03:00 --before before.ndjson -s "${look%-*}" \
			--scheme "${look#*-}" -o "$look" week.ndjson own.ndjson >/dev/null
		run "$GP_TESTS/picture.py" "$look" "$fixtures/golden/$look"
		assert_success
		assert_output ''
	done
}

@test "card: every report that a page would post has cards and words" {
	{
		"$GP_TESTS/report_stream.py" 200 5
		"$GP_TESTS/report_wall.py" 40 5
	} | grep '"at"\|"type": "stats"' >in
	for report in queue overdue speed topics repeat promises executors \
		pages month posts audience polls survey quality week; do
		gp-report $report --since 2026-10-01 in >figures
		for lang in ru en; do
			run --separate-stderr card --lang $lang figures
			assert_success
			assert_stderr ''
			run jq -s '(.[0].text | length > 10) and
				([.[].attachments[] | .alt | length > 10] | all)' <<<"$output"
			assert_output true
		done
	done
}

@test "card: a card for each poll, with who was right; for each page, before and after" {
	poll='{"type":"figure","report":"polls","voters":1204'
	{
		echo "$poll,\"id\":\"a\",\"question\":\"Где лавочки?\",\"option\":\"В парке\",\"n\":800}"
		echo "$poll,\"id\":\"b\",\"question\":\"Год?\",\"option\":\"1836\",\"n\":903,\"correct\":true}"
		echo "$poll,\"id\":\"a\",\"question\":\"Где лавочки?\",\"option\":\"У школы\",\"n\":404}"
		echo "$poll,\"id\":\"b\",\"question\":\"Год?\",\"option\":\"1863\",\"n\":301}"
		for page in Луговое Заречный; do
			printf '{"type":"figure","report":"audience","page":"%s","title":"%s","before":1210,"subscribers":1302}\n' $page $page
		done
	} >in
	run card in
	assert_success
	run plain '.attachments[].alt' <<<"$output"
	assert_output "Столбчатая диаграмма «Где лавочки?». Голосов, всего 1204 человека: В парке — 800 голосов; У школы — 404 голоса.
Столбчатая диаграмма «Год?». Голосов, всего 1204 человека: 1836 — 903 голоса; 1863 — 301 голос.
Сколько человек ответили верно. Год?: 75 %, 903 из 1204. Верный ответ: 1836.
Столбчатая диаграмма «Сколько у нас подписчиков»: Луговое — 1302 подписчика; Заречный — 1302 подписчика.
Подписчики: Луговое: было — 1210 подписчиков; стало — 1302 подписчика; на 92 больше, или на 8 %.
Подписчики: Заречный: было — 1210 подписчиков; стало — 1302 подписчика; на 92 больше, или на 8 %."
}

@test "card: what people answered to a survey has no personal data" {
	row='{"type":"figure","report":"survey","asked":9,"question"'
	{
		echo "$row:\"Что важнее?\",\"answer\":\"Дороги\",\"n\":5}"
		echo "$row:\"Что важнее?\",\"answer\":\"Врачи\",\"n\":4}"
		echo "$row:\"Кому звонить?\",\"answer\":\"+7 912 345-67-89\",\"n\":5}"
		echo "$row:\"Кому звонить?\",\"answer\":\"В школу\",\"n\":4}"
	} >in
	run --separate-stderr card in
	assert_failure 1
	assert_stderr "gp-card: survey: the card 'bars': an answer has personal data (phone); mask it first, see gp-redact(1)"
	run plain '.attachments[].alt' <<<"$output"
	assert_output 'Столбчатая диаграмма «Что важнее?». Сколько так ответили из 9 человек: Дороги — 5 ответов; Врачи — 4 ответа.'
}
