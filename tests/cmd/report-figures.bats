#!/usr/bin/env bats
# gp-report: figures of appeals, their definitions, and the rows behind them.
load ../lib

# rec ID AT [MORE]: a complaint of a citizen about pits.
rec() {
	printf '{"type":"comment","id":"vk:-1/2/%s","network":"vk","page":"vk:-1",' "$1"
	[ -z "$2" ] || printf '"at":"%s",' "$2"
	printf '"author":{"id":"7"},"text":"Яма %s","class":{"kind":"complaint",' "$1"
	printf '"group":"Дороги","topic":"Ямы"}%s}\n' "${3:+,$3}"
}

# ans ID AT [MORE]: what the page answered.
ans() {
	printf '{"type":"comment","id":"vk:-1/2/%sa","page":"vk:-1","at":"%s",' "$1" "$2"
	printf '"parent":"vk:-1/2/%s","author":{"official":true}%s}\n' "$1" "${3:+,$3}"
}

stream() { "$GP_TESTS/report_stream.py" "$@"; }
agree() { "$GP_TESTS/report_agree.py" "$@"; }

one() { # one JQ REPORT ARGUMENTS: of the row that sums all
	local what=$1
	shift
	gp-report "$@" | jq -c "select(.of == \"all\") | $what"
}

october='--since 2026-10-01 --until 2026-11-01'

@test "every figure is proved by its rows" {
	stream 300 3 >in
	for report in speed topics repeat executors pages; do
		run agree in "$report" --zone Europe/Moscow --since 2026-10-05
		assert_success
		assert [ "$output" -gt 20 ]
	done
	for report in overdue promises; do
		run agree in "$report"
		assert_success
		assert [ "$output" -gt 30 ]
	done
	grep '"at"' in >dated
	run agree dated week --since 2026-10-05 --zone Europe/Moscow
	assert_success
	assert [ "$output" -gt 100 ]
	run agree in month --since 2026-10-01 --zone Asia/Vladivostok
	assert_success
	assert [ "$output" -gt 20 ]
}

@test "every figure is proved by its rows, by pieces of time and under --where" {
	stream 200 4 >in
	for by in day week month; do
		run agree in speed --since 2026-10-09 --zone +05:00 --by $by \
			--against previous --where state=answered
		assert_success
		assert [ "$output" -gt 50 ]
	done
	run agree in topics --cut-off 2026-10-20 --review --where network=vk
	assert_success
	assert [ "$output" -gt 10 ]
}

@test "a figure carries n, period, zone, calendar, cut-off and filter" {
	rec 1 2026-10-30T09:00:00Z '"due":{"first":"2026-10-30T15:00:00Z","calendar":"russia"}' >in
	run --separate-stderr gp-report speed --zone Europe/Moscow --since 2026-10-30 in
	assert_success
	assert_stderr ''
	assert_line --index 0 '{"type":"figure","report":"speed","of":"all","n":1,"answered":0,"open":1,"within_24h":0,"within_24h_share":0,"with_term":1,"in_term":0,"in_term_share":0,"late":0,"overdue":1,"period":{"from":"2026-10-29T21:00:00Z","to":"2026-10-31T15:00:00Z"},"zone":"Europe/Moscow","calendar":"russia","cut_off":"2026-10-31T15:00:00Z","filter":["--since","2026-10-29T21:00:00Z","--until","2026-10-31T15:00:00Z","--cut-off","2026-10-31T15:00:00Z","--zone","Europe/Moscow"]}'
	run jq -c '.filter[-2:]' <<<"${lines[1]}"
	assert_output '["--where","page=vk:-1"]'
}

@test "speed: open items stay in the denominators" {
	{
		rec 1 2026-10-10T00:00:00Z && ans 1 2026-10-10T01:00:00Z
		rec 2 2026-10-10T00:00:00Z && ans 2 2026-10-10T02:00:00Z
		rec 3 2026-10-10T00:00:00Z && ans 3 2026-10-11T00:00:01Z
		rec 4 2026-10-10T00:00:00Z
		rec 5 2026-10-10T00:00:00Z
	} >in
	# Of five the third has the median; the ninth tenth falls on an open one.
	# shellcheck disable=SC2086
	run one '[.n, .answered, .open, .median, .p90, .within_24h,
		.within_24h_share]' speed $october in
	assert_output '[5,3,2,86401,null,2,40]'
	rec 6 2026-10-10T00:00:00Z >>in
	# Six: rank 3 of 6 is the last that was answered.
	# shellcheck disable=SC2086
	run one '[.n, .median]' speed $october in
	assert_output '[6,86401]'
	rec 7 2026-10-10T00:00:00Z >>in
	# shellcheck disable=SC2086
	run one '[.n, .median]' speed $october in
	assert_output '[7,null]'
}

@test "speed: in term, late, overdue, and a term that is not over" {
	{
		rec 1 2026-10-10T00:00:00Z '"due":{"first":"2026-10-10T01:00:00Z"}'
		ans 1 2026-10-10T01:00:00Z
		rec 2 2026-10-10T00:00:00Z '"due":{"first":"2026-10-10T01:00:00Z"}'
		ans 2 2026-10-10T01:00:01Z
		rec 3 2026-10-10T00:00:00Z '"due":{"final":"2026-10-10T01:00:00Z"}'
		rec 4 2026-10-10T00:00:00Z '"due":{"first":"2026-12-01T00:00:00Z"}'
		rec 5 2026-10-10T00:00:00Z
	} >in
	# shellcheck disable=SC2086
	run one '[.n, .with_term, .in_term, .in_term_share, .late, .overdue]' \
		speed $october in
	assert_output '[5,4,1,25,1,1]'
}

@test "the cut-off: what came later had not come" {
	{
		rec 1 2026-10-10T00:00:00Z '"due":{"first":"2026-10-11T00:00:00Z"}'
		ans 1 2026-10-20T00:00:00Z
	} >in
	for pair in 2026-10-10:'[1,0,1,0]' 2026-10-15:'[1,0,1,1]' \
		2026-10-21:'[1,1,0,0]'; do
		# shellcheck disable=SC2086
		run one '[.n, .answered, .open, .overdue]' speed $october \
			--cut-off "${pair%%:*}" --zone UTC in
		assert_output "${pair#*:}"
	done
}

@test "the first answer counts, whatever came first in the stream" {
	{
		ans 1 2026-10-10T05:00:00Z
		rec 1 2026-10-10T00:00:00Z
		printf '{"type":"receipt","id":"receipt:1","status":"sent","to":'
		printf '"vk:-1/2/1","at":"2026-10-10T03:00:00Z"}\n'
		rec 1 2026-10-10T00:00:00Z '"edited":true'
	} >in
	# shellcheck disable=SC2086
	run one '[.n, .median]' speed $october in
	assert_output '[1,10800]'
	# What the store knows counts where the stream has no answer.
	rec 2 2026-10-10T00:00:00Z '"desk":{"state":"answered","answered":"2026-10-10T01:00:00Z"}' >in
	# shellcheck disable=SC2086
	run one '[.n, .answered, .median]' speed $october in
	assert_output '[1,1,3600]'
}

@test "promises: kept, broken, still to come; the network's copy is no final answer" {
	interim() {
		printf '{"type":"receipt","id":"receipt:%s","status":"sent","to":' "$1"
		printf '"vk:-1/2/%s","at":"2026-10-11T00:00:00Z","interim":true,' "$1"
		printf '"promised":"%s","result":"vk:-1/2/%sa"}\n' "$2" "$1"
	}
	{
		rec 1 2026-10-10T00:00:00Z && ans 1 2026-10-11T00:00:00Z
		interim 1 2026-10-20
		rec 2 2026-10-10T00:00:00Z && interim 2 2026-10-20
		ans 2 2026-10-11T00:00:00Z
		printf '{"type":"receipt","id":"r","status":"sent","to":'
		printf '"vk:-1/2/2","at":"2026-10-20T20:59:59Z"}\n'
		rec 3 2026-10-10T00:00:00Z && interim 3 2026-11-05
		rec 4 2026-10-10T00:00:00Z && interim 4 2026-10-20
		printf '{"type":"receipt","id":"r4","status":"sent","to":'
		printf '"vk:-1/2/4","at":"2026-10-20T21:00:00Z"}\n'
	} >in
	run one '[.n, .interim, .promised, .kept, .broken, .waiting]' \
		promises --zone Europe/Moscow in
	assert_output '[4,2,4,1,2,1]'
	run sh -c "gp-report promises --table list in | jq -c '[.id, .promised]'"
	assert_line --index 0 '["vk:-1/2/1","2026-10-20T23:59:59Z"]'
	assert_line --index 3 '["vk:-1/2/3","2026-11-05T23:59:59Z"]'
}

@test "overdue: the longest first, with the days" {
	{
		rec 1 2026-10-20T00:00:00Z '"due":{"first":"2026-10-25T15:00:00Z"}'
		rec 2 2026-10-20T00:00:00Z '"due":{"first":"2026-10-21T15:00:00Z"}'
		rec 3 2026-10-20T00:00:00Z '"due":{"first":"2026-10-21T15:00:00Z"}'
		ans 3 2026-10-30T00:00:00Z
	} >in
	run sh -c "gp-report overdue --table list in | jq -c '[.id, .late]'"
	assert_output '["vk:-1/2/2",864000]
["vk:-1/2/1",518400]'
}

@test "repeat: how many had to ask again" {
	{
		rec 1 2026-10-20T00:00:00Z
		rec 2 2026-10-20T00:00:00Z '"repeat_of":"vk:-1/2/1"'
	} >in
	run one '[.n, .repeat, .repeat_share]' repeat in
	assert_output '[2,1,50]'
}

@test "topics: the change against what was before, and a burst" {
	{
		for day in 06 08 10 12; do rec "b$day" 2026-10-${day}T09:00:00Z; done
		for i in 1 2 3 4 5 6; do rec "$i" 2026-10-20T09:0$i:00Z; done
	} >in
	run sh -c "gp-report topics --since 2026-10-17 --until 2026-10-31 in |
		jq -c 'select(.of == \"topic\") | [.topic, .n, .against.n, .change, .burst]'"
	# The means are of 27 other days, four appeals in them.
	assert_output '["Ямы",6,4,50,{"day":"2026-10-20","n":6,"usual":0.1}]'
}

@test "topics: four appeals on a day are no burst, nor is a steady flow" {
	{
		for i in 1 2 3 4; do rec "$i" 2026-10-20T09:0$i:00Z; done
	} >in
	run sh -c "gp-report topics --since 2026-10-17 in | jq -c .burst | sort -u"
	assert_output null
	for day in 17 18 19 20 21 22 23; do
		for i in 1 2 3 4 5 6 7; do rec "$day$i" 2026-10-${day}T09:0$i:00Z; done
	done >in
	run sh -c "gp-report topics --since 2026-10-17 --until 2026-10-24 --against year in |
		jq -c .burst | sort -u"
	assert_output null
}

@test "pieces: midnight and the year's end are those of the zone" {
	{
		rec 1 2025-12-31T20:59:59Z # still December in Moscow
		rec 2 2025-12-31T21:00:00Z # January
	} >in
	run sh -c "gp-report speed --zone Europe/Moscow --by month \
		--since 2025-12-01 --until 2026-02-01 in |
		jq -c 'select(.of == \"all\") | [.period.from, .period.to, .n]'"
	assert_output '["2025-11-30T21:00:00Z","2025-12-31T21:00:00Z",1]
["2025-12-31T21:00:00Z","2026-01-31T21:00:00Z",1]'
}

@test "pieces: days on which the clock is turned have 23 and 25 hours" {
	{
		rec 1 2026-03-28T22:59:59Z
		rec 2 2026-03-28T23:00:00Z
		rec 3 2026-03-29T21:59:59Z # 23 hours later the day is over
		rec 4 2026-03-29T22:00:00Z
		rec 5 2026-10-24T22:00:00Z
		rec 6 2026-10-25T22:59:59Z # the 25th hour
		rec 7 2026-10-25T23:00:00Z
	} >in
	days() {
		gp-report speed --zone Europe/Berlin --by day "$@" in |
			jq -c 'select(.of == "all") | [.period.from, .n]'
	}
	run days --since 2026-03-28 --until 2026-03-31
	assert_output '["2026-03-27T23:00:00Z",1]
["2026-03-28T23:00:00Z",2]
["2026-03-29T22:00:00Z",1]'
	run days --since 2026-10-24 --until 2026-10-27
	assert_output '["2026-10-24T22:00:00Z",2]
["2026-10-25T23:00:00Z",1]'
	# Hours are those of the clock, the one that comes twice too.
	rec 8 2026-10-25T00:30:00Z >in
	rec 9 2026-10-25T01:30:00Z >>in
	run sh -c "gp-report speed --zone Europe/Berlin --table hour --since 2026-10-25 in |
		jq -c '[.hour, .n]'"
	assert_output '[2,2]'
}

@test "pieces: weeks begin on Monday" {
	{
		rec 1 2026-10-18T12:00:00Z
		rec 2 2026-10-19T00:00:00Z
	} >in
	run sh -c "gp-report speed --zone UTC --by week --since 2026-10-14 \
		--until 2026-10-22 in |
		jq -c 'select(.of == \"all\") | [.period.from[:10], .period.to[:10], .n]'"
	assert_output '["2026-10-14","2026-10-19",1]
["2026-10-19","2026-10-22",1]'
}

@test "against: months of their own length, a year before, a leap day" {
	rec 1 2028-03-10T00:00:00Z >in
	span() {
		gp-report topics --zone Europe/Moscow --cut-off 2028-04-01 "$@" in |
			jq -rc 'select(.of == "all") | [.against.from, .against.to]'
	}
	run span --since 2028-03-01 --until 2028-04-01
	assert_output '["2028-01-31T21:00:00Z","2028-02-29T21:00:00Z"]'
	run span --since 2028-03-08 --until 2028-03-15
	assert_output '["2028-02-29T21:00:00Z","2028-03-07T21:00:00Z"]'
	run span --since 2028-02-29 --until 2028-04-01 --against year
	assert_output '["2027-02-28T21:00:00Z","2027-03-31T21:00:00Z"]'
	run span --since 2028-03-01T09:00:00Z --until 2028-03-11T09:00:00Z
	assert_output '["2028-02-20T09:00:00Z","2028-03-01T09:00:00Z"]'
}

@test "what lacks a time is counted apart and said" {
	{
		rec 1 2026-10-30T00:00:00Z
		rec 2 ''
	} >in
	run --separate-stderr gp-report speed in
	assert_success
	assert_stderr "gp-report: 1 appeals without 'at' are counted apart"
	assert_line '{"type":"figure","report":"speed","table":"apart","what":"no_at","n":1}'
	run --separate-stderr gp-report speed --format table in
	assert_line --index 1 --partial '; без даты: 1'
	# Where there is no period it is a row like others.
	run --separate-stderr gp-report items in
	assert_stderr ''
	assert_equal "${#lines[@]}" 2
}

@test "a period without data: an empty table with a sentence" {
	: >in
	for report in speed topics executors; do
		run --separate-stderr gp-report $report --format table --lang en in
		assert_success
		assert_stderr ''
		assert_line 'no appeals in this period'
		run --separate-stderr gp-report $report in
		assert_success
		assert_output ''
	done
	run --separate-stderr gp-report overdue --format table in
	assert_success
	assert_line 'просроченных обращений нет'
}

@test "threads do not change a byte" {
	stream 3000 9 >in
	for report in speed topics items executors promises pages month; do
		gp-report $report --since 2026-10-02 in >one 2>/dev/null
		gp-report $report --since 2026-10-02 -j 3 in >three 2>/dev/null
		cmp one three
	done
}

@test "little memory: the oldest are settled, and what came too late is said" {
	for i in $(seq 2000); do
		rec "$i" 2026-10-10T00:00:00Z
		ans "$i" 2026-10-10T01:00:00Z
	done >in
	# shellcheck disable=SC2086
	run --separate-stderr one '[.n, .answered, .median]' speed $october \
		--memory 20k in
	assert_stderr ''
	assert_output '[2000,2000,3600]'
	ans 1 2026-10-10T00:30:00Z >>in
	# shellcheck disable=SC2086
	run --separate-stderr gp-report speed $october --memory 20k in
	assert_failure 1
	assert_stderr "gp-report: 1 answers came too late for appeals that were settled to save memory; give more --memory"
}

@test "quantiles beyond 4096 values are within half a per cent" {
	python3 - >in <<'EOF'
import datetime
t = datetime.datetime(2026, 10, 1)
for i in range(1, 20001):
    a = t + datetime.timedelta(seconds=i * 40)
    print('{"type":"comment","id":"vk:-1/2/%d","page":"vk:-1","at":"%sZ"}' %
          (i, t.isoformat()))
    print('{"type":"reply","id":"reply:%d","to":"vk:-1/2/%d","at":"%sZ"}' %
          (i, i, a.isoformat()))
EOF
	# shellcheck disable=SC2086
	run one '(.median / 400000 - 1 | fabs <= 0.005) and
		(.p90 / 720000 - 1 | fabs <= 0.005)' speed $october in
	assert_output true
}

@test "a wrong condition is said" {
	run --separate-stderr gp-report items --where page </dev/null
	assert_failure 64
	assert_stderr "gp-report: --where: 'page' is not KEY=VALUE"
	run --separate-stderr gp-report items --where pge=1 </dev/null
	assert_failure 64
	assert_stderr "gp-report: --where: 'pge' is none of network, page, group, topic, assignee, centre, calendar, hour, state"
	run --separate-stderr gp-report items --where state=gone </dev/null
	assert_failure 64
	assert_stderr "gp-report: --where: no state 'gone'"
	run --separate-stderr gp-report items --where hour=24 </dev/null
	assert_failure 64
	assert_stderr "gp-report: --where: '24' is no hour, 0 to 23"
	run --separate-stderr gp-report items --by day </dev/null
	assert_failure 64
	assert_stderr "gp-report: --by and --against want --since, or --until"
	run --separate-stderr gp-report speed --by day --since 2020-01-01 </dev/null
	assert_failure 64
	assert_stderr "gp-report: the period has more than 400 pieces"
}
