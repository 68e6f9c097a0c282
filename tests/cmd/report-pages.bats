#!/usr/bin/env bats
# gp-report: pages, posts, followers, polls, surveys, what was checked.
load ../lib

# post ID AT COUNTS [MORE]: COUNTS is JSON, or - for none.
post() {
	local counts=
	[ "$3" = - ] || counts=,\"counts\":$3
	printf '{"type":"post","id":"vk:-1/%s","network":"vk","page":"vk:-1",' "$1"
	printf '"at":"%s","text":"Пост %s"%s%s}\n' "$2" "$1" "$counts" "${4:+,$4}"
}

page() { # page AT SUBSCRIBERS
	printf '{"type":"page","id":"vk:-1","network":"vk","page":"vk:-1","title":'
	printf '"Луговое","at":"%s","seen":"%s","counts":{"subscribers":%s}}\n' \
		"$1" "$1" "$2"
}

since='--since 2026-10-01 --until 2026-11-01'

@test "posts: sums, ER and ERR, by hashtag, rubric and hour" {
	{
		page 2026-10-01T00:00:00Z 1000
		post 1 2026-10-02T09:10:00Z \
			'{"views":500,"reactions":10,"comments":5,"reposts":5}' \
			'"hashtags":["дороги"],"rubric":"Ремонт"'
		post 2 2026-10-03T09:50:00Z '{"views":100,"reactions":30}' \
			'"hashtags":["дороги","жкх"]'
		post 3 2026-10-04T20:00:00Z -
		post 4 2026-10-05T20:00:00Z - '"deleted":true'
		post 5 2026-11-05T20:00:00Z '{"views":9}'
	} >in
	# shellcheck disable=SC2086
	run sh -c "gp-report posts $since --table sum --zone UTC in | jq -c \
		'[.of, .name, .n, .views, .reactions, .comments, .er, .err]'"
	assert_success
	# ER: the mean of 2 and 3; ERR: 50 acts of 600 views.
	assert_output '["all",null,3,600,40,5,2.5,8.333]
["page","vk:-1",3,600,40,5,2.5,8.333]
["hashtag","дороги",2,600,40,5,2.5,8.333]
["hashtag","жкх",1,100,30,null,3,30]
["rubric","Ремонт",1,500,10,5,2,4]
["hour","09",2,600,40,5,2.5,8.333]
["hour","20",1,null,null,null,null,null]'
	run sh -c "gp-report posts $since --table best in | jq -c '[.id, .err]'"
	assert_output '["vk:-1/2",30]
["vk:-1/1",4]'
	run sh -c "gp-report posts $since -n 1 --table worst in | jq -c .id"
	assert_output '"vk:-1/1"'
	run sh -c "gp-report posts $since --table list in | jq -c .id"
	assert_equal "${#lines[@]}" 3
	run gp-report posts --since 2026-10-01 --format table in
	assert_line --index 2 --partial 'ERR, % = отклики / просмотры'
}

@test "pages: what is unknown is left out, not 0" {
	{
		page 2026-09-30T00:00:00Z 1000
		page 2026-10-20T00:00:00Z 1100
		post 1 2026-10-02T09:10:00Z '{"views":500,"reactions":11}'
		printf '{"type":"comment","id":"ok:5/1","network":"ok","page":"ok:5",'
		printf '"at":"2026-10-10T00:00:00Z","author":{"id":"1"}}\n'
		printf '{"type":"stats","id":"stats:vk:-1/2026-10-02","page":"vk:-1",'
		printf '"period":{"from":"2026-10-02T00:00:00Z","to":'
		printf '"2026-10-03T00:00:00Z"},"reach":321}\n'
	} >in
	# shellcheck disable=SC2086
	run sh -c "gp-report pages $since in | jq -c '[.page, .title, .n,
		.subscribers, .growth, .posts, .views, .reach, .er, .err]'"
	assert_output '["ok:5",null,1,null,null,null,null,null,null,null]
["vk:-1","Луговое",0,1100,100,1,500,321,1,2.2]'
}

@test "audience: by pieces, growth, came and left" {
	{
		page 2026-09-30T00:00:00Z 1000
		page 2026-10-07T12:00:00Z 1010
		page 2026-10-13T12:00:00Z 990
		printf '{"type":"stats","id":"stats:vk:-1/2026-10-06","page":"vk:-1",'
		printf '"period":{"from":"2026-10-06T00:00:00Z"},"subscribed":15,'
		printf '"unsubscribed":5}\n'
	} >in
	run sh -c "gp-report audience --zone UTC --by week --since 2026-10-05 \
		--until 2026-10-19 in |
		jq -c '[.before, .subscribers, .growth, .growth_share,
			.subscribed, .unsubscribed, .reach]'"
	assert_output '[1000,1010,10,1,15,5,null]
[1010,990,-20,-1.98,null,null,null]'
}

@test "polls: shares with margins, and who was right in a quiz" {
	{
		printf '{"type":"poll","id":"telegram:poll/1","page":"telegram:l",'
		printf '"at":"2026-10-02T00:00:00Z","poll":{"question":"Где лавочки?",'
		printf '"voters":100,"options":[{"text":"В парке","votes":50},'
		printf '{"text":"=У школы","votes":10}]}}\n'
		post 1 2026-10-03T00:00:00Z - '"poll":{"question":"Год?","quiz":true,"options":[{"text":"1936","votes":30,"correct":true},{"text":"1963","votes":10},{"text":"?"}]}'
	} >in
	run sh -c "gp-report polls in | jq -c '[.question, .option, .n, .share,
		.margin, .voters, .quiz, .correct]'"
	assert_output '["Где лавочки?","В парке",50,50,9.8,100,false,null]
["Где лавочки?","=У школы",10,10,5.9,100,false,null]
["Год?","1936",30,75,13.4,40,true,true]
["Год?","1963",10,25,13.4,40,true,null]
["Год?","?",null,null,null,40,true,null]'
}

@test "survey: shares with margins; across another question" {
	answer() {
		printf '{"type":"response","id":"response:%s","survey":"s",' "$1"
		printf '"at":"2026-10-02T00:00:00Z","answers":{"Пол":"%s",' "$2"
		printf '"Что важнее?":%s}}\n' "$3"
	}
	{
		answer 1 ж '["Дороги","Врачи"]'
		answer 2 ж '"Врачи"'
		answer 3 м '"Дороги"'
		answer 4 м '"Дороги"'
		answer 4 м '"Врачи"' # thought again: the last one counts
		answer 5 м '[]'
	} >in
	run sh -c "gp-report survey in | jq -c '[.question, .answer, .n, .asked,
		.share, .margin]'"
	assert_output '["Пол","м",3,5,60,42.9]
["Пол","ж",2,5,40,42.9]
["Что важнее?","Врачи",3,4,75,42.4]
["Что важнее?","Дороги",2,4,50,49]'
	run sh -c "gp-report survey --across Пол in |
		jq -c '[.across, .answer, .n, .asked, .share]'"
	assert_output '["ж","Врачи",2,2,100]
["ж","Дороги",1,2,50]
["м","Врачи",1,2,50]
["м","Дороги",1,2,50]'
}

@test "quality: findings by rule and page" {
	{
		post 1 2026-10-03T00:00:00Z - '"findings":[{"level":"error","rule":"phone"},{"level":"warning","rule":"phone"},{"level":"ok","rule":"x"}]'
		post 2 2026-10-03T00:00:00Z - '"findings":[{"level":"warning","rule":"caps"}]'
		post 3 2026-10-03T00:00:00Z - '"findings":[]'
		printf '{"type":"finding","level":"error","rule":"phone","on":"gp.yaml"}\n'
	} >in
	run sh -c "gp-report quality in | jq -c '[.of, .rule // .page, .n, .errors,
		.warnings, .records]'"
	assert_output '["all",null,4,2,2,3]
["rule","phone",3,2,1,2]
["rule","caps",1,0,1,1]
["page","vk:-1",3,1,2,2]
["page","gp.yaml",1,1,0,1]'
}

@test "month: weeks, rest, sum and mean; the table stands the other way" {
	{
		for day in 01 07 08 20 29 31; do
			printf '{"type":"comment","id":"vk:-1/2/%s","page":"vk:-1",' $day
			printf '"at":"2026-10-%sT12:00:00Z"}\n' $day
		done
		post 1 2026-10-08T00:00:00Z '{"views":7}'
	} >in
	run sh -c "gp-report month --zone UTC --since 2026-10-15 in |
		jq -c '[.week, .n, .posts, .views, .period.from[8:10]]'"
	assert_output '["1",2,0,null,"01"]
["2",1,1,7,"08"]
["3",1,0,null,"15"]
["4",0,0,null,"22"]
["rest",2,0,null,"29"]
["sum",6,1,7,"01"]
["mean",1,0.25,null,"01"]'
	run gp-report month --zone UTC --format table in
	assert_line --regexp '^Показатель +01–07 +08–14 +15–21 +22–28 +29–31 +Сумма +Среднее недель 1–4$'
	assert_line --regexp '^Обращения +2 +1 +1 +0 +2 +6 +1,0$'
	# A month of 28 days has no rest.
	run sh -c "gp-report month --zone UTC --since 2027-02-01 in | jq -r .week"
	assert_output "$(printf '%s\n' 1 2 3 4 sum mean)"
	run --separate-stderr gp-report month --until 2026-10-15 in
	assert_failure 64
}

@test "these reports too say what they have no data for" {
	: >in
	for pair in 'posts|за этот период постов нет' \
		'audience|о подписчиках ничего не известно' \
		'polls|за этот период опросов нет' 'survey|ответов нет' \
		'quality|замечаний нет' \
		'pages|за этот период обращений нет'; do
		run --separate-stderr gp-report "${pair%%|*}" --format table in
		assert_success
		assert_stderr ''
		assert_line "${pair#*|}"
	done
	run --separate-stderr gp-report posts --where page=vk:-1 in
	assert_failure 64
	assert_stderr "gp-report: --where chooses appeals: 'posts' has none"
}

@test "the records of every report are what the schema says" {
	{
		"$GP_TESTS/report_stream.py" 300 8
		page 2026-10-20T00:00:00Z 1000
		post 1 2026-10-28T09:10:00Z '{"views":500,"reactions":10}' \
			'"findings":[{"level":"error","rule":"phone"}],"poll":{"question":"Год?","options":[{"text":"1936","votes":30}]}'
		printf '{"type":"response","id":"response:1","at":"2026-10-30T00:00:00Z","answers":{"Пол":"м"}}\n'
	} >in
	for report in items overdue speed topics repeat promises executors \
		pages month posts audience polls survey quality; do
		gp-report $report in 2>/dev/null >out
		assert [ -s out ]
		run "$GP_TESTS/schema.py" <out
		assert_success
	done
}
