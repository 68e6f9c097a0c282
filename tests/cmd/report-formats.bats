#!/usr/bin/env bats
# gp-report: Markdown, HTML and workbooks, opened by the programs of people.
# Takes long: it is begun first.
load ../lib

setup_file() {
	export GP_NPM=${GP_BUILD:-$BATS_TEST_DIRNAME/../../build}/npm
	[ -d "$GP_NPM/node_modules/puppeteer-core" ] ||
		npm install --no-fund --no-audit --silent --prefix "$GP_NPM" \
			axe-core@4 puppeteer-core@22 >/dev/null 2>&1 || true
}

hostile='=cmd|calc!A1 <script>alert(1)</script> "q" | a_b* [x](javascript:y) &amp;'

# rec TEXT: an appeal whose text, topic and assignee are hostile.
rec() {
	jq -nc --arg t "$1" '{type: "comment", id: "123456789012345678901",
		network: "vk", page: "vk:-1", at: "2026-10-30T09:00:00Z",
		author: {id: "7"}, text: $t,
		class: {kind: "complaint", group: $t, topic: $t},
		route: {assignee: $t}, url: "javascript:alert(1)",
		due: {first: "2026-10-30T10:00:00Z"}}'
}

check_html() {
	[ -d "$GP_NPM/node_modules/puppeteer-core" ] ||
		fail 'puppeteer-core cannot be installed'
	run --separate-stderr node "$GP_TESTS/html_check.mjs" "$GP_NPM" "$@"
	assert_success
	assert_output ''
}

@test "md: hostile text stays text" {
	rec "$hostile" >in
	run --separate-stderr gp-report overdue --format md in
	assert_success
	assert_stderr ''
	assert_line --index 0 '## Просрочено'
	assert_line --partial '| =cmd\|calc\!A1 &lt;script\>alert\(1\)&lt;/script\> "q" \| a\_b\* \[x\]\(javascript:y\) &amp;amp; |'
	refute_line --partial '<'
	run gp-report topics --table topic --format md --lang en in
	assert_line --partial '| Value | Appeals | Share, % |'
	assert_line '- **Share, %**: Appeals of the row / all appeals of the same period × 100.'
}

@test "html: no error, no request, no barrier, in both lights and on paper" {
	{
		"$GP_TESTS/report_stream.py" 120 5
		"$GP_TESTS/report_wall.py" 30 5
	} >in
	for report in queue items overdue speed topics repeat promises executors \
		pages month posts audience polls survey quality week; do
		gp-report $report --zone Europe/Moscow --since 2026-10-10 -f html \
			-o $report.html in 2>/dev/null || [ $? -eq 1 ]
	done
	check_html ./*.html
}

@test "html: hostile text stays text" {
	rec "$hostile" >in
	for lang in ru en; do
		gp-report overdue --lang $lang -f html -o page.html in
		run grep -c '<script' page.html
		assert_output 0
		run grep -c 'href="javascript' page.html
		assert_output 0
		grep -q "<html lang=\"$lang\">" page.html
		check_html page.html
	done
}

@test "html: an empty period is a page with a sentence" {
	: >in
	gp-report topics -f html -o page.html in
	grep -q '<p>за этот период обращений нет</p>' page.html
	check_html page.html
}

@test "html: a chart has a title, and the table behind it" {
	"$GP_TESTS/report_stream.py" 200 5 >in
	gp-report topics --table topic -f html -o page.html in 2>/dev/null
	run python3 - <<'EOF'
import re
s = open('page.html').read()
svg = re.search(r'<svg role="img" aria-labelledby="(\w+)".*?</svg>', s, re.S)
assert '<title id="%s">Темы обращений</title>' % svg[1] in svg[0]
bars = re.findall(r'class="name"[^>]*>([^<]*)</text><rect[^>]*/><text[^>]*>'
                  r'(\d+)<', svg[0])
rows = re.findall(r'<tr><th[^>]*>([^<]*)</th><td class="n">(\d+)</td>', s)
assert len(bars) > 2 and bars == rows[:len(bars)], (bars, rows)
EOF
	assert_success
	assert_output ''
}

@test "xlsx: LibreOffice reads what the report says" {
	"$GP_TESTS/report_stream.py" 120 6 | grep '"at"' >in
	rec "$hostile" >>in
	gp-report items --zone Europe/Moscow -f xlsx -o items.xlsx in
	gp-report items --zone Europe/Moscow -f csv in >items.csv
	timeout 100 soffice -env:UserInstallation="file://$HOME/lo" --headless \
		--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1' \
		--outdir lo items.xlsx >/dev/null 2>&1
	run python3 - <<'EOF'
import csv
import glob
a = list(csv.reader(open(glob.glob('lo/items-Обращения.csv')[0])))
b = list(csv.reader(open('items.csv', newline='')))
assert a[0] == b[0]
assert len(a) == len(b) > 100, (len(a), len(b))
for x, y in zip(a[1:], b[1:]):
    for k, v in zip(x, y):
        v = v[1:] if v.startswith("'") else v       # CSV's own apostrophe
        if k == v or k.startswith(v + ':00'):       # seconds of a date
            continue
        assert abs(float(k) - float(v)) <= 0.0501, (k, v)
d = open(glob.glob('lo/items-Определения.csv')[0]).read()
assert 'Europe/Moscow' in d, d
EOF
	assert_output ''
	assert_success
}

@test "xlsx: of every report, LibreOffice reads the first table as CSV has it" {
	{
		"$GP_TESTS/report_stream.py" 80 6
		"$GP_TESTS/report_wall.py" 30 6
	} | grep '"at"\|"type": "stats"' >in
	reports='queue overdue speed topics repeat promises executors pages month
		posts audience polls survey quality'
	for report in $reports; do
		gp-report $report --since 2026-10-10 -f xlsx -o $report.xlsx in
		gp-report $report --since 2026-10-10 -f csv in >$report.csv
	done
	timeout 200 soffice -env:UserInstallation="file://$HOME/lo" --headless \
		--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1' \
		--outdir lo ./*.xlsx >/dev/null 2>&1
	# shellcheck disable=SC2086
	run python3 - $reports <<'EOF'
import csv
import glob
import sys
for name in sys.argv[1:]:
    want = list(csv.reader(open(name + '.csv', newline='')))
    sheets = [list(csv.reader(open(f))) for f in glob.glob('lo/%s-*.csv' % name)]
    got = [s for s in sheets if s and s[0] == want[0]]
    assert got, (name, want[0], [s[:1] for s in sheets])
    got = got[0]
    assert len(got) == len(want) > 1, (name, len(got), len(want))
    for x, y in zip(got[1:], want[1:]):
        for k, v in zip(x, y):
            v = v[1:] if v.startswith("'") else v       # CSV's own apostrophe
            if k == v or k.startswith(v + ':00') or k.lower() == v:
                continue
            assert abs(float(k) - float(v)) <= 0.0501, (name, k, v)
EOF
	assert_output ''
	assert_success
}

@test "xlsx: ids are texts, instants dates, nothing a formula; head and filters" {
	rec "$hostile" >in
	gp-report overdue -f xlsx -o book.xlsx in
	mkdir x && cd x && python3 -m zipfile -e ../book.xlsx .
	run grep -rl '<f>' xl
	assert_output ''
	run grep -rl 'hyperlink' xl
	assert_output ''
	grep -q '<pane ySplit="1" topLeftCell="A2"' xl/worksheets/sheet1.xml
	grep -q '<autoFilter ref="A1:' xl/worksheets/sheet1.xml
	grep -q '123456789012345678901' xl/sharedStrings.xml
	grep -q 'yyyy-mm-dd hh:mm' xl/styles.xml
	# 2026-10-30 09:00 in the days of a spreadsheet.
	grep -q '<v>46325.375</v>' xl/worksheets/sheet1.xml
	run ls xl/worksheets
	assert_line sheet3.xml # the rows, the sums, the definitions
}

@test "a document that cannot be written leaves nothing" {
	rec x >in
	mkdir no
	for format in xlsx html md; do
		run --separate-stderr sh -c "gp-report items -f $format in >/dev/full"
		assert_failure 74
		run --separate-stderr gp-report items -f $format -o no/such/file in
		assert_failure 74
	done
	run sh -c 'ls /tmp/gp-report.* 2>/dev/null'
	assert_output ''
}

@test "week: a document is the page for the head, its figures those of speed" {
	"$GP_TESTS/report_stream.py" 300 7 | grep '"at"' >in
	gp-report week --zone Europe/Moscow -f md -j 2 in >week.md
	run grep '^## ' week.md
	assert_line --index 0 '## Неделя коротко'
	assert_line --index 1 '## О чём пишут'
	assert_line --index 2 '## Страницы'
	assert_line --index 3 '## Кто отвечает'
	assert_line --index 4 --partial '## Обращения по темам, '
	n=$(gp-report speed --table all in | jq -r '"\(.n) \(.answered) \(.open) \(.overdue)"')
	run awk -F '|' '/всего/ { gsub(/ /, ""); print $3, $6, $11, $12; exit }' week.md
	assert_output "$n"
	# One table of it is what it is elsewhere.
	run gp-report week --table appeals -f md in
	assert_line --index 0 --partial '## Обращения по темам, '
}
