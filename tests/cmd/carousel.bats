#!/usr/bin/env bats
# From records to a published carousel: gp-report | gp-card | gp-post, against
# gp-sim.
load ../lib

small=$BATS_TEST_DIRNAME/../fixtures/sim/small.yaml

setup() {
	gp_setup
	"$GP_TESTS/report_stream.py" 200 5 | grep '"at"' >in
	"$GP_TESTS/report_wall.py" 40 | grep '"type": "post".*"at"' >>in
}

sim() {
	run --separate-stderr gp-sim "$small" -- \
		bash -c ". $GP_TESTS/post.bash; at $GP_NOW; $1"
}

# The pipeline as people write it.
carousel='gp-report week in | gp-card -o cards | tee cards.ndjson | post'

@test "carousel: the post, its pictures and their alt texts are on VK" {
	sim "$carousel -p vk | jq -c '[.network, .action, .status]'
		gp-fetch --page vk --stream posts --all >seen.ndjson
		written '[.network, .times, .text]' >book"
	assert_success
	assert_output '["vk","post","sent"]'
	assert_stderr ''
	# What the network's book holds are the words of gp-card,
	run jq -c '["vk", 1, .text]' cards.ndjson
	assert_output "$(cat book)"
	# and what it shows are as many pictures, each with its words.
	jq -r '.attachments[].alt' cards.ndjson >alts
	jq -r --slurpfile card cards.ndjson 'select(.text == $card[0].text) |
		.attachments[] | select(.kind == "photo").description' \
		seen.ndjson >shown
	assert [ "$(wc -l <alts)" -ge 5 ]
	run diff alts shown
	assert_success
	run sh -c 'ls cards/*.png | wc -l'
	assert_output "$(wc -l <alts)"
}

@test "carousel: on all networks, and a second run publishes nothing" {
	all='-p tg -p vk -p ok -p max'
	sim "$carousel $all >one; n=\$(sim written | wc -l)
		$carousel $all | jq -r .status | sort | uniq -c | xargs
		[ \$(sim written | wc -l) -eq \$n ] && echo \$n
		for net in vk ok max; do sim \"notes?network=\$net\" | tail -n 1 | jq .photos; done
		sim messages | jq -c 'select(.message_id > 37 and .message_id < 500 and .media_group_id and .photo) | 1' | wc -l"
	assert_success
	assert_equal "${lines[0]}" '4 duplicate'
	n=$(jq '.attachments | length' cards.ndjson)
	# Telegram has a message for each picture of an album.
	assert_equal "${lines[1]}" $((n + 3))
	for i in 2 3 4; do assert_equal "${lines[i]}" "$n"; done
	assert_equal "${lines[5]}" "$n"
	run sh -c 'jq -r .status one | sort -u'
	assert_output sent
}

@test "carousel: gp-post --check and --dry-run are content with it, and post nothing" {
	sim "gp-report week in | gp-card -o cards >cards.ndjson
		gp-post --check -p vk cards.ndjson && echo sound
		gp-post --dry-run -p vk cards.ndjson >requests && echo shown
		sim written | wc -l"
	assert_success
	assert_output 'sound
shown
0'
}
