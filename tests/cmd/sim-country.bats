# gp-sim --country: pages that are computed, a clock that runs, a day of snow.
load ../lib

setup() {
	gp_setup
	unset GP_NOW
}

# country [OPTION ...]: a country of 3000 pages; the script is standard input.
country() {
	cat >with
	run --separate-stderr gp-sim --country 3000 --now 2026-11-16T18:00:00+03:00 \
		"$@" -- bash with
}

@test "country: the same stands on a page however it is read, and is counted" {
	country <<-'END'
		vk() { curl -s "$GP_SIM_URL/vk/method/$1" -d v=5.199 -d "access_token=$(cat "$GP_SIM_VK_SERVICE")" "${@:2}"; }
		wall="-d owner_id=-400000000"
		# All posts at once and by twos; their comments by pages of three.
		vk wall.get $wall -d count=40 | jq -c '.response.items[]' >all
		for o in $(seq 0 2 38); do vk wall.get $wall -d count=2 -d offset=$o; done | jq -c '.response.items[]' >twos
		cmp all twos || exit 1
		post=$(jq -s '[.[] | select(.comments.count > 9)][0].id' all)
		top=$(vk wall.getComments $wall -d post_id=$post -d thread_items_count=10 | jq .response.current_level_count)
		vk wall.getComments $wall -d post_id=$post -d count=100 -d thread_items_count=10 -d preview_length=0 >whole
		for o in $(seq 0 3 "$top"); do vk wall.getComments $wall -d post_id=$post -d count=3 -d offset=$o -d thread_items_count=10 -d preview_length=0; done | jq -c '.response.items[]' >threes
		jq -c '.response.items[]' whole | cmp - threes || exit 2
		vk wall.getComments $wall -d post_id=$post -d count=100 -d sort=desc -d thread_items_count=10 -d preview_length=0 | jq -c '.response.items[]' | tac | cmp - threes || exit 3
		# The counter of the post is what it holds.
		[ "$(jq '[.response.items[], .response.items[].thread.items[]] | length' whole)" = "$(jq -s --argjson p $post '.[] | select(.id == $p).comments.count' all)" ] || exit 4
		# Of its newest posts the comments are those that were counted.
		curl -s "$GP_SIM_URL/_sim/country?n=1&since=2026-11-16T09:00:00Z" | jq .comments
		for p in $(jq .id all | head -6); do vk wall.getComments $wall -d post_id=$p -d count=100 -d thread_items_count=10; done |
			jq -s '[.[].response.items[] | ., .thread.items[] | select(.date > ("2026-11-16T09:00:00Z" | fromdate))] | length'
	END
	assert_success
	assert_stderr ""
	assert_equal "${lines[0]}" "${lines[1]}"
	[ "${lines[0]}" -gt 20 ]
}

@test "country: three networks, read by gp-fetch, nothing lost and nothing twice" {
	country --speed 36000 <<-'END'
		at=2026-11-16T15:00:00Z
		pick() { curl -s "$GP_SIM_URL/_sim/country?n=60" | jq -r "select(.network == \"$1\") | .$2" | sed -n 3,5p; }
		echo "vk: {api: '$GP_SIM_URL/vk', rate: 0}" >gp.yaml
		echo "ok: {api: '$GP_SIM_URL/ok', rate: 0}" >>gp.yaml
		echo "telegram: {preview: '$GP_SIM_URL', rate: 0}" >>gp.yaml
		echo pages: >>gp.yaml
		pick vk page | while read -r p; do echo "  p${p#*-}: {network: vk, name: ${p#*-}, watch: 7d, tokens: {service: {file: $GP_SIM_VK_SERVICE}}}"; done >>gp.yaml
		pick ok page | while read -r p; do echo "  ${p/:/}: {network: ok, name: ${p#*:}, watch: 7d, application_key: $GP_SIM_OK_APPLICATION_KEY, tokens: {access: {file: $GP_SIM_OK_ACCESS}, session: {file: $GP_SIM_OK_SESSION}}}"; done >>gp.yaml
		pick telegram name | while read -r p; do echo "  $p: {network: telegram, name: $p}"; done >>gp.yaml
		fetch() { GP_NOW=$(curl -s "$GP_SIM_URL/_sim/clock" | jq -r .now) gp-fetch -c gp.yaml --stream posts --stream comments --state s >>out || exit 9; }
		fetch && fetch
		curl -s "$GP_SIM_URL/_sim/clock" -d speed=0 >/dev/null
		fetch
		{ pick vk page; pick ok page; pick telegram page; } | sort >pages
		curl -s "$GP_SIM_URL/_sim/country?n=60&since=$at" | jq -r '[.page, .posts, .comments] | @tsv' | sort | join pages - >said
		jq -rn --arg at $at '[inputs | select((.type == "post" or .type == "comment") and .at > $at and (.deleted | not))] | group_by(.page)[] | [.[0].page, (map(select(.type == "post")) | length), (map(select(.type == "comment")) | length)] | @tsv' <out | sort >took
		join -a 1 -o 0,2.2,2.3 -e 0 pages <(tr '\t' ' ' <took) | diff said - || exit 1
		jq -r 'select(.type == "post" or .type == "comment").id' out | sort | uniq -d
		awk '{ n += $3 } END { print (n > 20) }' said
	END
	assert_success
	assert_output 1
}

@test "country: a day of snow has five times the comments about roads" {
	country --snow 2026-11-16 <<-'END'
		day() { curl -s "$GP_SIM_URL/_sim/country?n=600&roads=1&since=$1&until=$2" | jq -s '[.[] | select(.zone == 10800)] | [(map(.roads) | add), (map(.comments) | add)]' -c; }
		curl -s "$GP_SIM_URL/_sim/clock" -d now=2026-11-18T00:00:00Z >/dev/null
		jq -n --argjson snow "$(day 2026-11-15T21:00:00Z 2026-11-16T21:00:00Z)" --argjson other "$(day 2026-11-16T21:00:00Z 2026-11-17T21:00:00Z)" '
			($snow[0] / $other[0] | . > 4.5 and . < 5.5),
			(($snow[1] - $snow[0]) / ($other[1] - $other[0]) | . > 0.95 and . < 1.05)'
	END
	assert_success
	assert_output $'true\ntrue'
}

@test "country: the rates, the clock, and what cannot be" {
	country --speed 3600 <<-'END'
		# A sample of 3000 of 175,000 pages: 100 million a year between them.
		# Of posts 2.5 million a year on 5,300.
		curl -s "$GP_SIM_URL/_sim/country?since=2026-02-02&until=2026-11-02" | jq -cs '[
			(map(.comments) | add) / (100e6 * 3000 / 175000 * 39 / 52.18),
			(map(.posts) | add) / (2.5e6 * 3000 / 5300 * 39 / 52.14) | . > 0.97 and . < 1.03]'
		a=$(curl -s "$GP_SIM_URL/_sim/clock" | jq '.now | fromdate')
		sleep 0.3
		b=$(curl -s "$GP_SIM_URL/_sim/clock" | jq '.now | fromdate')
		[ $((b - a)) -ge 1080 ] || echo "$a $b"
		curl -s "$GP_SIM_URL/_sim/clock" -d speed=0 >/dev/null
		curl -s "$GP_SIM_URL/_sim/clock" | jq .speed
		curl -s "$GP_SIM_URL/_sim/clock" -d speed=fast | jq -r .description
		curl -s "$GP_SIM_URL/vk/method/wall.get" -d v=5.199 -d owner_id=-400003000 -d "access_token=$(cat "$GP_SIM_VK_SERVICE")" | jq .error.error_code
	END
	assert_success
	assert_line --index 0 "[true,true]"
	assert_line --index 1 0
	assert_line --index 2 --partial "'speed' is a number from 0 to 100000"
	assert_line --index 3 15
	run --separate-stderr gp-sim --snow 2026-11-16
	assert_failure 64
	assert_stderr "gp-sim: --snow goes with --country"
	run --separate-stderr gp-sim --country 5 --snow monday
	assert_failure 64
	assert_stderr "gp-sim: --snow: 'monday' is no date, as 2026-11-16"
}
