# Posts and comments of a page: its wall is listed once for both.
load ../lib

setup() {
	gp_setup
	unset GP_NOW
}

# with_pages SCRIPT: within gp-sim, with a config of its VK and OK page.
with_pages() {
	cat >script <<-'END'
		export GP_NOW=$GP_SIM_NOW
		cat >gp.yaml <<-E
			vk: {api: "$GP_SIM_URL/vk", rate: 0}
			ok: {api: "$GP_SIM_URL/ok", rate: 0}
			pages:
			  vk: {network: vk, name: "${vk:-210000777}", watch: ${watch:-365d}, tokens: {service: {file: $GP_SIM_VK_SERVICE}}}
			  ok: {network: ok, name: "${ok:-55123456789012}", watch: ${watch:-365d}, application_key: $GP_SIM_OK_APPLICATION_KEY, tokens: {access: {file: $GP_SIM_OK_ACCESS}, session: {file: $GP_SIM_OK_SESSION}}}
		E
		comments() { jq -c 'select(.type == "comment") | del(.seen)' "$1" | sort; }
		cursor() { jq -c 'select(.type == "cursor" and .stream == "comments") | [.page, .value]' "$1" | sort; }
	END
	printf '%s\n' "$1" >>script
	rm -f log
	run --separate-stderr gp-sim --log log "${@:2}" -- bash -e script
}

lists() {
	grep -c "wall.get\"\|mediatopic.getTopics" log
}

@test "wall: posts and comments together say what each says alone, with half the lists" {
	ids='.path | contains("wall.get") or contains("fb.do")'
	with_pages 'gp-fetch -c gp.yaml --stream posts --stream comments >both
		gp-fetch -c gp.yaml --stream comments >alone
		comments both >a; comments alone >b; cmp a b; [ -s a ]
		cursor both >a; cursor alone >b; cmp a b; wc -l <a'
	assert_success
	assert_output 2
	run jq -c "select($ids) | .params.method // .path" log
	assert_equal "$(jq -r 'select(.path == "/vk/method/wall.get").path' log | wc -l)" 2
	assert_equal "$(jq -r 'select(.params.method == "mediatopic.getTopics").path' log | wc -l)" 2
}

@test "wall: from the cursors on, with what is new and nothing else" {
	with_pages 'gp-fetch -c gp.yaml --stream posts --stream comments --state s >/dev/null
		curl -s "$GP_SIM_URL/_sim/plant" -d network=vk -d n=3 >/dev/null
		curl -s "$GP_SIM_URL/_sim/plant" -d network=ok -d n=2 >/dev/null
		gp-fetch -c gp.yaml --stream posts --stream comments --state s | jq -r "select(.type == \"comment\").network" | sort | uniq -c | tr -s " "
		gp-fetch -c gp.yaml --stream posts --stream comments --state s | jq -c "select(.type == \"run\") | [.stream, .outcome, .got.requests]" | sort'
	assert_success
	assert_output ' 2 ok
 3 vk
["comments","empty",null]
["comments","empty",null]
["posts","empty",1]
["posts","empty",1]'
}

@test "wall: where the posts cannot be read, comments list for themselves" {
	with_pages 'gp-fetch -c gp.yaml --retries 0 --stream posts --stream comments -p vk 2>err | jq -c "select(.type == \"run\") | [.stream, .outcome]"
		true' --fault 'vk18@wall.get,times=1'
	assert_output '["posts","refused"]
["comments","ok"]'
}

@test "wall: a list that goes on beyond the first page is read to its end" {
	with_pages 'gp-fetch -c gp.yaml --stream posts --stream comments -p vk >both
		gp-fetch -c gp.yaml --stream comments -p vk >alone
		comments both >a; comments alone >b; cmp a b; wc -l <a' --bench-vk 250x2
	sed -i 's/210000777/210000999/' script
	vk=210000999 run --separate-stderr gp-sim --log log --bench-vk 250x2 -- bash -e script
	assert_success
	assert_output 500
}
