#!/usr/bin/env bats
# The contract of gp-record(5) as a schema: what it lets through, what not.
load ../lib

good=$BATS_TEST_DIRNAME/../fixtures/record/good.ndjson

# damaged TYPE < FILTERS: the good record of the type, changed by each of the
# jq filters in turn, must be refused, every single one.
damaged() {
	local filter n=0 k
	grep "^{\"type\":\"$1\"," "$good" >good
	assert [ -s good ]
	: >bad
	while read -r filter; do
		jq -c "$filter" good >>bad
		n=$((n + 1))
	done
	run --separate-stderr "$GP_TESTS/schema.py" <bad
	assert_failure 1
	assert_stderr ''
	for ((k = 1; k <= n; k++)); do
		grep -q "^line $k: " <<<"$output" ||
			fail "passed though damaged: $(sed -n "${k}p" bad)"
	done
}

@test "the good record of every type passes" {
	run --separate-stderr "$GP_TESTS/schema.py" <"$good"
	assert_success
	assert_output ''
	assert_stderr ''
	run jq -r .type "$good"
	assert_output "page
post
comment
message
poll
stats
draft
reply
receipt
finding
run
cursor
figure"
}

@test "unknown types and unknown members pass" {
	jq -c '. + {"x-own": {"a": [null, 1e400]}}' "$good" >in
	echo '{"type":"weather","id":5}' | jq -c 'del(.id)' >>in
	run --separate-stderr "$GP_TESTS/schema.py" <in
	assert_success
	assert_output ''
}

@test "what is no record is refused by its line" {
	printf '%s\n' '{"type":"weather"}' '' '[]' '{"a":1}' '{' \
		'{"type":"figure","report":"x","n":NaN}' >in
	printf '{"type":"a\xff"}\n' >>in
	run --separate-stderr "$GP_TESTS/schema.py" <in
	assert_failure 1
	refute_line --partial "line 1:"
	refute_line --partial "line 2:"
	assert_line --partial "line 3: [] is not of type 'object'"
	assert_line "line 4: 'type' is a required property"
	assert_line --partial "line 5: not JSON"
	assert_line "line 6: not JSON: NaN is not JSON"
	assert_line --partial "line 7: not JSON"
}

@test "a reason names the member" {
	jq -c 'select(.type == "post") | .counts.views = -1' "$good" >in
	run --separate-stderr "$GP_TESTS/schema.py" <in
	assert_failure 1
	assert_output "line 1: counts.views: -1 is less than the minimum of 0"
}

@test "damaged: page" {
	damaged page <<-'EOT'
		del(.id)
		del(.network)
		.verified = false
		.seen = "2026-10-31 15:00"
		.counts.subscribers = 1520.5
		.counts.approx = true
		.counts = {}
		.title = ""
		.url = "t.me/lugovoe_adm"
	EOT
}

@test "damaged: post" {
	damaged post <<-'EOT'
		del(.id)
		.id = 101
		.id = "101"
		.id = "telegram:lugovoe_adm"
		.id = "telegram:lugovoe adm/101"
		del(.page)
		.page = "telegram:-100x"
		.network = "Telegram"
		del(.at)
		.at = "2026-10-30T06:00:00+03:00"
		.at = "2026-13-30T06:00:00Z"
		.at = 1780180077
		.text = null
		.hashtags = ["#вода"]
		.hashtags = []
		.attachments[0].kind = "picture"
		.attachments[0].width = 0
		del(.attachments[1].kind)
		.counts.views = "505.9K"
		.reactions[0].n = null
		.reactions[2].paid = false
		.poll.options[0].percent = 101
		.poll.options[0].correct = false
		del(.poll.question)
		.poll.closed = 0
		.repost_of = {}
		.repost_of = "telegram:vodokanal_l/7"
		.edited = false
		.edited = "yesterday"
		.deleted = false
		.pinned = 1
		.signature = ""
	EOT
}

@test "a deleted post needs no instant" {
	jq -c 'select(.type == "post") | {type, id, network, page, seen} +
		{deleted: true}' "$good" >in
	run --separate-stderr "$GP_TESTS/schema.py" <in
	assert_success
}

@test "damaged: comment" {
	damaged comment <<-'EOT'
		del(.id)
		del(.network)
		.id = "telegram:-1001000000002"
		.chat = -1001000000002
		.post = "101"
		.parent = 500
		.author = {"id": "700100200"}
		.author = {"official": false}
		.author.id = 700100200
		.author.official = "no"
		.class.confidence = 1.2
		.class.review = null
		.class.why = "вода"
		.class.why = ["a", "a"]
		.class.why = ["1","2","3","4","5","6","7","8","9"]
		del(.class.confidence)
		del(.class.group)
		.class.scores = [{"score": 1}]
		.due.first = "tomorrow"
		.due.important = false
		.registered = "today"
		.route.assignee = ""
		.route.centre = true
		.route.place = ""
		.route.ties = []
		.redacted[0].count = 0
		.duplicate_of = "511"
	EOT
}

@test "damaged: message" {
	damaged message <<-'EOT'
		del(.chat)
		del(.at)
		.text = ["Спасибо"]
		del(.class.by)
	EOT
}

@test "damaged: poll" {
	damaged poll <<-'EOT'
		del(.poll)
		.poll.options = {}
		del(.poll.options[0].text)
		.poll.options[0].votes = -1
		.poll.voters = 1.5
		.poll.quiz = "regular"
	EOT
}

@test "damaged: stats" {
	damaged stats <<-'EOT'
		del(.period)
		del(.period.to)
		.reach = null
		.views = "1.4K"
	EOT
}

@test "damaged: draft and reply" {
	damaged draft <<-'EOT'
		del(.to)
		.to = "789"
		.text = ""
		.origin = "template"
		.final = true
		.interim = false
		.promised = "2 Nov"
	EOT
	damaged reply <<-'EOT'
		del(.text)
		del(.approved_at)
		del(.text_sha256)
		.text_sha256 |= ascii_upcase
		.approved_at = "2026-10-31"
	EOT
}

@test "damaged: receipt, finding" {
	damaged receipt <<-'EOT'
		del(.key)
		.status = "ok"
		.status = "failed"
		.result = 530
	EOT
	damaged finding <<-'EOT'
		del(.message)
		.level = "fatal"
		.of = "101"
	EOT
}

@test "damaged: run, cursor" {
	damaged run <<-'EOT'
		del(.id)
		.id = "run:1"
		del(.asked)
		del(.asked.cursor)
		.asked.limit = 0
		.got.posts = 0
		.got.posts = "20"
		.waited = -1
		.more = false
		.outcome = "fine"
		del(.outcome)
		del(.reason)
	EOT
	damaged cursor <<-'EOT'
		del(.value)
		.value = {"last": 101}
		del(.stream)
		.page = 5
		.id = "1"
	EOT
}

@test "damaged: figure" {
	damaged figure <<-'EOT'
		del(.report)
		.day = "30.10.2026"
		.kinds.complaint = 0.5
		.kinds = []
		.appeals = null
		.answered = -7
		.total = "sum"
		.since = "2026-10-25"
		.overdue = "no"
		.due = {"first": "2026-10-30T10:10:00Z"}
	EOT
}
