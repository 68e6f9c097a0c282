#!/usr/bin/env bats
# gp-import: reposts of the channel in its group, and strings without an end.
load ../lib

# chat TYPE ID NAME < messages, one a line
chat() {
	jq -s --arg type "$1" --argjson id "$2" --arg name "$3" \
		'{name: $name, type: $type, id: $id, messages: .}'
}

# message ID [MEMBERS]: what all have, and more
message() {
	jq -cn --argjson id "$1" --argjson more "${2:-{\}}" '
		{id: $id, type: "message", date_unixtime: "\(1793000000 + $id)",
		from: "Луговое", from_id: "channel9",
		text_entities: [{type: "plain", text: "текст \($id)"}]} + $more'
}

comment() {
	message "$1" "{\"from\": \"Анна\", \"from_id\": \"user5\",
		\"reply_to_message_id\": $2}"
}

@test "import: a repost of the channel begins a thread by where it was saved" {
	{
		message 1 '{"forwarded_from": "Область",
			"saved_from": "Луговое"}'
		comment 2 1
		comment 3 2
	} | chat private_supergroup 7 Чат >group.json
	run --separate-stderr gp-import group.json
	assert_success
	assert_stderr ''
	run jq -r '[.id, .thread, .parent // "-", .author.official] | @tsv' \
		<<<"$output"
	assert_output - <<-'END'
		telegram:-1000000000007/2	telegram:-1000000000007/1	-	false
		telegram:-1000000000007/3	telegram:-1000000000007/1	telegram:-1000000000007/2	false
	END
}

@test "import: a repost of the channel is found among its posts" {
	{
		message 101
		message 105 '{"forwarded_from": "Область"}'
	} | chat public_channel 9 Луговое >channel.json
	{
		message 101 '{"forwarded_from": "Луговое"}'
		message 105 '{"forwarded_from": "Область"}'
		message 106 '{"forwarded_from": "Область"}'
		comment 107 105
		comment 108 106
	} | chat private_supergroup 7 Чат >group.json
	run --separate-stderr gp-import --page lugovoe_adm channel.json \
		group.json
	assert_success
	assert_stderr ''
	run jq -r 'select(.type == "comment") |
		[.id, .post // "-", .thread // "-", .author.official] | @tsv' \
		<<<"$output"
	# 106 is none of the posts: someone forwarded it as the channel.
	assert_output - <<-'END'
		telegram:-1000000000007/106	-	-	true
		telegram:-1000000000007/107	telegram:lugovoe_adm/105	telegram:-1000000000007/105	false
		telegram:-1000000000007/108	-	telegram:-1000000000007/106	false
	END
}

@test "import: a string without its end spoils its own message alone" {
	{ message 1; message 2; message 3; message 4; } |
		chat public_channel 9 Луговое |
		sed 's/"текст 2"/"текст "2"/; s/"текст 3"/"текст 3/' >in.json
	run --separate-stderr gp-import in.json
	assert_failure 1
	assert_stderr - <<-'END'
		gp-import: in.json:2: not JSON: a string without its end
		gp-import: in.json:3: not JSON: a string without its end
	END
	run jq -r .text <<<"$output"
	assert_output "текст 1
текст 4"
}

@test "import: cut anywhere, what was whole is delivered and the cut is said" {
	{ message 1; comment 2 1; message 3; } |
		chat private_supergroup 7 Чат >in.json
	gp-import in.json >whole
	size=$(wc -c <in.json)
	for ((n = 1; n < size; n += 37)); do
		head -c "$n" in.json >cut.json
		run --separate-stderr gp-import cut.json
		[ "$status" = 1 ] || [ "$status" = 65 ] || fail "$n: $status"
		[ -n "$stderr" ] || fail "$n: silent"
		[ -z "$output" ] || head -n "${#lines[@]}" whole |
			cmp - <(printf '%s\n' "$output") || fail "$n: other"
	done
}
