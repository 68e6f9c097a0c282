#!/usr/bin/env bats
# gp-report: what holds of every report that there is.
load ../lib

reports='queue items overdue speed topics repeat promises executors pages month
	posts audience polls survey quality week'
hostile='=cmd|calc!A1 <script>alert(1)</script> "q" | a_b* [x](javascript:y)'

# Appeals, their answers, posts, pages, polls, responses, findings.
town() {
	"$GP_TESTS/report_stream.py" 150 3
	"$GP_TESTS/report_wall.py" 40 3
}

# As town, with nothing that lacks a time.
dated() { town | grep '"at"\|"type": "stats"'; }

# hostile: what every report shows has a text that would like to be a program.
hostile() {
	jq -nc --arg t "$hostile" '
		{type: "comment", id: $t, network: "vk", page: $t,
			at: "2026-10-30T09:00:00Z", author: {id: "7", name: $t},
			text: $t, class: {kind: "complaint", group: $t, topic: $t},
			route: {assignee: $t, centre: $t}, repeat_of: "x",
			due: {first: "2026-10-30T10:00:00Z", calendar: $t},
			url: "javascript:alert(1)"},
		{type: "receipt", id: "r", status: "sent", to: $t, interim: true,
			promised: "2026-10-31", at: "2026-10-30T09:30:00Z"},
		({type: "comment", id: "b", network: "vk", page: $t,
			at: "2026-10-30T09:00:00Z", author: {id: "8", name: $t},
			text: $t, class: {kind: "danger", group: $t, topic: $t},
			route: {assignee: $t}, due: {first: "2026-10-30T10:00:00Z"}}),
		{type: "post", id: ($t + "p"), page: $t, network: "vk",
			at: "2026-10-30T09:00:00Z", text: $t, rubric: $t,
			hashtags: [$t], counts: {views: 9, reactions: 1},
			url: "javascript:alert(1)",
			findings: [{level: "error", rule: $t, message: $t}]},
		{type: "page", id: $t, page: $t, title: $t, seen:
			"2026-10-30T09:00:00Z", counts: {subscribers: 5}},
		{type: "poll", id: ($t + "q"), page: $t, at: "2026-10-30T09:00:00Z",
			poll: {question: $t, voters: 9,
				options: [{text: $t, votes: 4}]}},
		{type: "response", id: "s", at: "2026-10-30T09:00:00Z",
			answers: {($t): $t}}'
}

@test "every report: its figures carry n, period, zone, calendar, cut-off, filter" {
	dated >in
	for report in $reports; do
		gp-report "$report" --since 2026-10-01 --zone Europe/Moscow in >out
		[ -s out ]
		# Rows are no figures: appeals, posts, polls by their own names.
		jq -c 'select(has("id") and .report != "polls" | not) |
			select(.table != "apart")' out >figures
		case $report in
		queue | items) [ ! -s figures ] && continue ;;
		esac
		[ -s figures ]
		run jq -c 'select((has("n") or .report == "polls") and
			(.n | type == "number") and .period.from and .period.to and
			.zone == "Europe/Moscow" and .cut_off == "2026-10-31T15:00:00Z"
			and (.filter or .week == "mean") | not)' figures
		assert_success
		assert_output ''
		# The calendars are of terms: only appeals have them.
		case $report in
		posts | audience | polls | survey | quality) continue ;;
		esac
		run jq -c 'select(.table != "posts" and .calendar != "russia, tatarstan")' figures
		assert_output ''
	done
}

@test "every report: the calendars are those of the appeals that count" {
	rec() {
		printf '{"type":"comment","id":"%s","page":"p","at":"%s","due":' "$1" "$2"
		printf '{"first":"2026-10-30T00:00:00Z","calendar":"%s"}%s}\n' "$3" "$4"
	}
	{
		rec 1 2026-10-30T00:00:00Z russia
		rec 2 2026-09-30T00:00:00Z altai      # not in the period
		rec 3 2026-10-30T00:00:00Z tuva
		rec 3 2026-10-30T00:00:00Z buryatia   # a newer version
		rec 4 2026-10-30T00:00:00Z komi
		rec 4 2026-10-30T00:00:00Z komi ',"deleted":true'
	} >in
	for report in week speed topics executors pages month; do
		run sh -c "gp-report $report --since 2026-10-25 in |
			jq -r 'select(.calendar).calendar' | sort -u"
		assert_output 'buryatia, russia'
	done
	# More than a week can tell apart are not left out in silence.
	for i in 1 2 3 4 5 6 7 8; do rec "$i" 2026-10-30T00:00:00Z "c$i"; done >in
	run sh -c "gp-report week in | jq -r 'select(.total == \"all\").calendar'"
	assert_output 'c1, c2, c3, c4, c5, c6, …'
}

@test "every report: the rows behind its figures are as many" {
	town >in
	for report in posts audience polls survey quality; do
		for more in '' '--by week'; do
			# shellcheck disable=SC2086
			run "$GP_TESTS/report_agree.py" in $report --since 2026-10-05 \
				--zone Europe/Moscow $more
			assert_success
			assert [ "$output" -gt 5 ]
		done
	done
	run "$GP_TESTS/report_agree.py" in survey --across Пол
	assert_success
	run "$GP_TESTS/report_agree.py" in posts --since 2025-12-20 --until 2026-10-20 \
		--by month --zone Asia/Kamchatka
	assert_success
	grep '"at"' in >dated
	run "$GP_TESTS/report_agree.py" dated week --table posts \
		--since 2026-10-02 --zone Asia/Kamchatka
	assert_success
	assert [ "$output" -gt 40 ]
}

@test "rows behind: what is asked for wrongly is said" {
	run --separate-stderr gp-report speed --behind posts </dev/null
	assert_failure 64
	assert_stderr "gp-report: --behind goes with items"
	run --separate-stderr gp-report items --behind posts --where topic=x </dev/null
	assert_failure 64
	assert_stderr "gp-report: --where: 'topic' is none of page, hashtag, rubric, hour"
	run --separate-stderr gp-report items --behind survey --where answer </dev/null
	assert_failure 64
	assert_stderr "gp-report: --where: 'answer' is not KEY=VALUE"
}

@test "every report: a period without data is a table with a sentence, exit 0" {
	dated >in
	: >empty
	for report in $reports; do
		from=in period='--since 2020-01-01 --until 2020-01-08'
		case $report in
		month) period='--since 2020-01-01' ;;
		pages | audience) from=empty ;; # a page is a row, whatever it did
		esac
		for format in ndjson table md html xlsx csv excel-ru; do
			what="-f $format"
			[ $format != excel-ru ] || what='--csv excel-ru'
			# shellcheck disable=SC2086
			run --separate-stderr gp-report "$report" $period --lang en \
				$what -o out $from
			assert_success
			assert_output ''
			assert_stderr ''
			case $format in
			table | md | html)
				grep -Eq '(^|[>;] ?)(no |nothing )[a-z ]+' out ||
					fail "$report $format: $(cat out)"
				;;
			ndjson)
				gp-card -o cards out >post 2>err || [ "$report" = items ]
				;;
			esac
		done
	done
}

@test "every report: what lacks what it needs is counted apart and said" {
	{
		dated
		printf '{"type":"comment","id":"c","page":"p","author":{"id":"1"}}\n'
		printf '{"type":"post","id":"p","page":"p","findings":[{"level":"error","rule":"x"}]}\n'
		printf '{"type":"poll","id":"q","poll":{"question":"?","options":[{"text":"a","votes":1}]}}\n'
		printf '{"type":"response","id":"r","answers":{"a":"b"}}\n'
		printf '{"type":"page","id":"g","page":"g","counts":{"subscribers":1}}\n'
	} >in
	for report in $reports; do
		case $report in month) until='' ;; *) until='--until 2026-11-01' ;; esac
		# shellcheck disable=SC2086
		run --separate-stderr gp-report $report --since 2026-10-01 $until in
		case $report in
		week)
			# It counts in little memory, and refuses what has no time.
			assert_failure 1
			assert_stderr_line "gp-report: in:$(grep -n '"id":"c"' in | cut -d: -f1): 'at' is missing"
			;;
		queue) assert_success ;; # its rows need no time
		*)
			assert_success
			[ -n "$stderr" ] || fail "$report is silent"
			run jq -c 'select(.table == "apart") | [.what, .n > 0]' <<<"$output"
			assert_line '["no_at",true]'
			;;
		esac
	done
}

@test "every report: hostile texts stay texts, in every format" {
	hostile >in
	for report in $reports; do
		case $report in month) since=2026-10-01 ;; *) since=2026-10-24 ;; esac
		gp-report "$report" --since $since -f ndjson in >out
		jq -e . out >/dev/null
		gp-report "$report" --since $since -f table in >out
		! grep -q $'\x1b' out
		gp-report "$report" --since $since -f csv in >out.csv
		gp-report "$report" --since $since --csv excel-ru in >ru.csv
		gp-report "$report" --since $since -f md in >out.md
		# All that is left of < is what Markdown itself does not read.
		! grep -q '<' out.md || fail "$report: $(grep '<' out.md)"
		gp-report "$report" --since $since -f html -o out.html in
		! grep -qi '<script\|href="javascript\|onerror' out.html
		gp-report "$report" --since $since -f xlsx -o out.xlsx in
		rm -rf x && mkdir x && (cd x && python3 -m zipfile -e ../out.xlsx .)
		! grep -rql '<f>\|hyperlink' x/xl
		run python3 - <<-'END'
			import csv
			for name, sign in ("out.csv", ","), ("ru.csv", ";"):
			    text = open(name, encoding="utf-8-sig", newline="").read()
			    rows = list(csv.reader(text.splitlines(), delimiter=sign))
			    assert len({len(r) for r in rows}) == 1, (name, rows)
			    for cell in sum(rows, []):
			        assert cell[:1] not in ("=", "+", "@", "\t"), cell
		END
		assert_success
		assert_output ''
	done
}

@test "every report: hostile texts on cards are drawn as they are, or refused" {
	hostile >in
	for report in $reports; do
		case $report in
		items) continue ;; # rows, of which there are no cards
		month) since=2026-10-01 ;;
		*) since=2026-10-24 ;;
		esac
		rm -rf cards
		gp-report "$report" --since $since in | gp-card -f svg >post 2>err ||
			[ $? -eq 1 ]
		for card in cards/*.svg; do
			[ -e "$card" ] || continue
			! grep -q '<script\|javascript:' "$card"
		done
		[ ! -s post ] || jq -e '.attachments | all(.alt | length > 0)' post
	done
}

@test "every figure that is printed is defined in gp-figures(7)" {
	dated >in
	for report in $reports; do
		gp-report "$report" --since 2026-10-01 --against previous in ||
			gp-report "$report" --since 2026-10-01 in
	done 2>/dev/null | jq -r 'select(.table != "apart" and .report != "items" and
		(has("id") | not) or .report == "polls") | to_entries[] |
		select(.value | type == "number") | .key' | sort -u |
		grep -vx 'hour' >told
	[ "$(wc -l <told)" -gt 50 ]
	awk '/^\.It Ic / { gsub(/[.,]?It Ic |[ ,]+/, " "); for (i = 1; i <= NF; i++) print $i }' \
		"$GP_SRC/cmd/gp-figures.7" | sort -u >defined
	run comm -23 told defined
	assert_success
	assert_output ''
}

@test "pieces: midnight and the year's end, of posts, followers, answers, findings" {
	{
		for at in 2025-12-31T20:59:59Z 2025-12-31T21:00:00Z; do
			printf '{"type":"post","id":"%s","page":"p","at":"%s","findings":[{"level":"error","rule":"x"}]}\n' $at $at
			printf '{"type":"response","id":"r%s","at":"%s","answers":{"a":"b"}}\n' $at $at
			printf '{"type":"poll","id":"q%s","page":"p","at":"%s","poll":{"question":"?","options":[{"text":"a","votes":1}]}}\n' $at $at
			printf '{"type":"stats","id":"s%s","page":"p","period":{"from":"%s"},"reach":7}\n' $at $at
		done
	} >in
	for report in posts survey polls quality; do
		run sh -c "gp-report $report --zone Europe/Moscow --by month \
			--since 2025-12-01 --until 2026-02-01 in | jq -c \
			'select(.of == null or .of == \"all\") | [.period.from, .n]'"
		assert_output '["2025-11-30T21:00:00Z",1]
["2025-12-31T21:00:00Z",1]'
	done
	run sh -c "gp-report audience --zone Europe/Moscow --by day \
		--since 2025-12-31 --until 2026-01-02 in |
		jq -c '[.period.from, .reach]'"
	assert_output '["2025-12-30T21:00:00Z",7]
["2025-12-31T21:00:00Z",7]'
	run sh -c "gp-report week --zone Europe/Moscow --since 2025-12-31 \
		--until 2026-01-02 in | jq -c 'select(.table == \"posts\" and .day) |
		[.day, .n]'"
	assert_output '["2025-12-31",1]
["2026-01-01",1]'
}

@test "what a report has no use for is refused, not passed over" {
	for report in week queue; do
		run --separate-stderr gp-report $report --where page=x </dev/null
		assert_failure 64
		assert_stderr "gp-report: --where: '$report' counts all"
		run --separate-stderr gp-report $report --by day --since 1d </dev/null
		assert_failure 64
		assert_stderr "gp-report: '$report' has neither --by nor --against"
	done
	for report in posts audience polls survey quality; do
		run --separate-stderr gp-report $report --against year --since 7d </dev/null
		assert_failure 64
		assert_stderr "gp-report: --against compares appeals: '$report' has none"
	done
}
