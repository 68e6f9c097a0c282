# gp-fetch against all networks that gp-sim plays: nothing lost, nothing twice.
# Takes long: it is begun first.
load ../lib

setup() {
	gp_setup
	cat >with <<-'END'
		#!/bin/sh
		# Runs the command with a config for the district's pages.
		cat >gp.yaml <<CONF
		zone: "+03:00"
		telegram: {preview: $GP_SIM_URL, api: $GP_SIM_URL}
		vk: {api: $GP_SIM_URL/vk}
		ok: {api: $GP_SIM_URL/ok, graph: $GP_SIM_URL/ok/graph}
		max: {api: $GP_SIM_URL/max}
		pages:
		  telegram:
		    network: telegram
		    name: zarechny_adm
		    bot: {token: {file: $GP_SIM_TOKEN_FILE}, messages: yes}
		  vk:
		    network: vk
		    name: 210000777
		    messages: yes
		    watch: 60d
		    tokens:
		      service: {file: $GP_SIM_VK_SERVICE}
		      community: {file: $GP_SIM_VK_COMMUNITY}
		      user: {file: $GP_SIM_VK_USER}
		  ok:
		    network: ok
		    name: 55123456789012
		    application_key: $GP_SIM_OK_APPLICATION_KEY
		    messages: yes
		    watch: 60d
		    tokens:
		      access: {file: $GP_SIM_OK_ACCESS}
		      session: {file: $GP_SIM_OK_SESSION}
		      bot: {file: $GP_SIM_OK_BOT}
		  max:
		    network: max
		    name: -70000000000001
		    messages: yes
		    watch: 60d
		    tokens: {bot: {file: $GP_SIM_MAX_BOT}}
		CONF
		# tell WHAT JSON: the hand of the test inside the simulated world
		tell() {
			curl -sf -H 'Content-Type: application/json' -d "$2" \
				"$GP_SIM_URL/_sim/$1" >/dev/null
		}
		# notes NETWORK: what stands there
		notes() { curl -sf "$GP_SIM_URL/_sim/notes?network=$1"; }
		eval "$1"
	END
	export GP_CONFIG=$PWD/gp.yaml
}

# sim [options of gp-sim --] 'command of the shell'
sim() {
	local opts=()
	while [ $# -gt 1 ]; do opts+=("$1"); shift; done
	gp-sim "${opts[@]}" --run -- sh ./with "$1"
}

# said FILE: what was said, by kind, whatever the ids are called there.
said() {
	jq -r 'select(.type | IN("post", "comment", "message")) |
		select(.deleted | not) |
		[.type, .at, (.text // "" | gsub("[\n\r]"; " "))] | @tsv' "$1" |
		sort -u
}

held() {
	jq -r '[(if .kind == "letter" then "message" else .kind end), .at,
		(.text // "" | gsub("[\n\r]"; " "))] | @tsv' "$1" | sort -u
}

@test "networks: everything that stands there comes, and the account says so" {
	sim 'gp-fetch --all -p vk -p ok -p max >out 2>err; echo $? >status
		for n in vk ok max; do notes $n >notes.$n; done'
	run cat status err
	assert_output 0
	"$GP_TESTS/schema.py" <out
	for n in vk ok max; do
		jq -c "select(.network == \"$n\")" out >out.$n
		said out.$n >said
		held notes.$n >held
		[ "$(wc -l <held)" -gt 500 ]
		diff held said
	done
	# Each once, but for what two streams of MAX tell.
	for n in vk ok; do
		run jq -r 'select(.type | IN("post", "comment", "message")).id' out.$n
		[ "${#lines[@]}" -eq "$(sort -u <<<"$output" | wc -l)" ]
	done
	run jq -c 'select(.type == "run" and .expected) | [.network, .stream, .expected]' out
	assert_line '["vk","comments",{"comments":480}]'
	assert_line '["vk","posts",{"posts":64}]'
	assert_line '["ok","comments",{"comments":480}]'
}

@test "networks: threads, parents, authors and the page's own voice" {
	sim 'gp-fetch --all --stream comments -p vk -p ok -p max >out'
	for n in vk ok max; do
		jq -e -s "map(select(.network == \"$n\" and .type == \"comment\")) |
			([.[] | select(.author.official)] | length) > 50 and
			([.[] | select(.parent)] | length) > 50 and
			all(.post and .author.id) and
			([.[] | select(.author.official | not) | .author.name] | all)" out
	done
	# What is answered is there, on each network.
	run jq -rs '(map(select(.type == "comment").id)) as $ids |
		map(select(.type == "comment" and .parent) | .parent) - $ids | length' out
	assert_output 0
}

@test "networks: the second run with a state brings nothing anew" {
	sim 'gp-fetch --all -p vk -p ok -p max --state st >one
		gp-fetch -p vk -p ok -p max --state st >two
		tell message "{\"network\":\"vk\",\"from\":\"anna_b\",\"text\":\"Где автобус?\",\"post\":1}"
		tell message "{\"network\":\"ok\",\"from\":\"anna_b\",\"text\":\"Где автобус?\",\"post\":1}"
		tell message "{\"network\":\"max\",\"from\":\"anna_b\",\"text\":\"Где автобус?\",\"post\":1}"
		tell message "{\"network\":\"ok\",\"from\":\"anna_b\",\"text\":\"Личное\",\"private\":true}"
		gp-fetch -p vk -p ok -p max --state st >three
		gp-fetch -p vk -p ok -p max --state st >four'
	run jq -r 'select(.type | IN("post", "comment")).id' two
	assert_output ''
	run jq -r 'select(.type == "comment") | [.network, .text, .post] | @tsv' three
	[ "$(grep -c 'Где автобус' <<<"$output")" -eq 3 ]
	[ "${#lines[@]}" -eq 3 ]
	grep -q Личное three
	run grep -c 'Где автобус' four
	assert_output 0
	run jq -r 'select(.type == "run" and .stream == "comments") | .outcome' four
	assert_output "empty
empty
empty"
}

@test "networks: a look back finds edits and deletions" {
	sim 'gp-fetch --all --stream posts --stream comments -p vk -p ok -p max --state st >one
		for n in vk ok max; do
			tell edit "{\"network\":\"$n\",\"message_id\":590,\"text\":\"Исправлено\"}" || tell edit "{\"network\":\"$n\",\"id\":590,\"text\":\"Исправлено\"}"
			tell delete "{\"network\":\"$n\",\"message_id\":592}" || tell delete "{\"network\":\"$n\",\"id\":592}"
			notes $n | tail -4 >tail.$n
		done
		gp-fetch --overlap 60d --stream posts --stream comments -p vk -p ok -p max --state st >two'
	cat tail.vk
	for n in vk ok max; do
		run jq -r "select(.network == \"$n\" and (.text == \"Исправлено\" or .deleted)) | [.type, .text // \"-\", .deleted] | map(tostring) | join(\" \")" two
		assert_line --partial "Исправлено null"
		assert_line "comment - true"
	done
	"$GP_TESTS/schema.py" <two
}

@test "networks: --follow tells within seconds, and ends well" {
	sim 'gp-fetch --all -p vk -p ok -p max --state st >one
		timeout -s TERM 8 gp-fetch --follow -p vk -p ok -p max --state st >two 2>err &
		sleep 2
		tell message "{\"network\":\"vk\",\"from\":\"anna_b\",\"text\":\"Скорее\",\"post\":1}"
		for n in ok max; do
			tell message "{\"network\":\"$n\",\"from\":\"anna_b\",\"text\":\"Скорее\",\"private\":true}"
		done
		for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
			[ "$(grep -c Скорее two)" -eq 3 ] && break; sleep 0.2; done
		grep -c Скорее two >seen
		wait'
	run cat seen err
	assert_output 3
	run jq -r 'select(.type == "run") | [.network, .stream, .asked.follow, .outcome] | map(tostring) | join(" ")' two
	assert_line "vk updates true ok"
	assert_line "ok updates true ok"
	assert_line "max updates true ok"
	[ "${#lines[@]}" -eq 3 ]
}

@test "networks: a wrong token is named with its kind of trouble" {
	run --separate-stderr sim 'echo wrong-token-0000000001 >t; chmod 600 t
		sed -i "s|{file: /[^}]*}|{file: t}|" gp.yaml
		gp-fetch --stream posts -p vk -p ok -p max'
	assert_failure 77
	assert_stderr_line --partial 'vk:-210000777: posts: the token is wrong, revoked or of a blocked user: make a new one (5 '
	assert_stderr_line --partial "ok:55123456789012: posts: the token 'access' is wrong (103 PARAM_SESSION_KEY : Invalid session key TOKEN)"
	assert_stderr_line --partial 'max:-70000000000001: posts: the token is wrong or was revoked (401 Invalid access_token)'
	refute_stderr --partial wrong-token
	run --separate-stderr sim 'echo wrong-token-0000000001 >t; chmod 600 t
		sed -i "s|session: {file: /[^}]*}|session: {file: t}|" gp.yaml
		gp-fetch --stream posts -p ok'
	assert_failure 77
	assert_stderr --partial "the signature is wrong: the token 'session' or 'application' does not belong to 'access' (104 "
	run --separate-stderr sim 'sed -i "/user:/d; /service:/d" gp.yaml; gp-fetch --stream posts -p vk'
	assert_failure 77
	assert_stderr "gp-fetch: vk:-210000777: posts: needs a token 'service' or 'user' of the page: tokens in the config (man gp-config)"
}

@test "networks: what is not there is told from what is empty" {
	run --separate-stderr sim 'sed -i "s/210000777/210000001/; s/55123456789012/55000000000001/; s/-70000000000001/-7/" gp.yaml
		gp-fetch --stream page -p vk -p ok -p max'
	assert_failure 69
	assert_stderr_line --partial 'ok:55000000000001: page: no such group'
	assert_stderr_line --partial 'max:-7: page: no such channel (404'
	assert_stderr_line --partial 'vk:-210000001: page: '
}

@test "networks: trouble that passes is passed by" {
	for fault in 'vk6@/wall.get' 'vk10@/wall.get' '502html@/ok/' 'ok2@/ok/' \
		'429@/max/,retry_after=1' '500@/max/' 'reset@/vk/' 'cut@/ok/'; do
		run --separate-stderr sim --fault "$fault" 'gp-fetch --all --stream posts -p vk -p ok -p max'
		assert_success
		assert_stderr ''
		[ "$(grep -c '"type":"post"' <<<"$output")" -eq 192 ]
	done
}

@test "networks: no secret is in any output, message or recording; it replays" {
	sim 'cat $GP_SIM_VK_SERVICE $GP_SIM_VK_COMMUNITY $GP_SIM_VK_USER $GP_SIM_OK_ACCESS $GP_SIM_OK_SESSION $GP_SIM_OK_BOT $GP_SIM_MAX_BOT >secrets
		gp-fetch --all -p vk -p ok -p max --record tape >out 2>err
		gp-fetch --all -p vk -p ok -p max --replay tape >again 2>err2'
	[ "$(wc -l <secrets)" -eq 7 ]
	run grep -rlFf secrets out err tape
	assert_output ''
	run cat err err2
	assert_output ''
	# The same but for the order in which pages answered.
	diff <(grep -v '"type":"run"' out | sort) <(grep -v '"type":"run"' again | sort)
}

@test "networks: --plan tells calls and minutes of each" {
	run --separate-stderr sim 'gp-fetch --plan --all --rate 3 -p vk -p ok -p max'
	assert_success
	run jq -rs 'map(select(.page) | [.network, .stream, (.calls // "?" | tostring)] | join(" ")) | sort | join("\n")' <<<"$output"
	assert_line 'vk posts 1'
	assert_line 'vk comments 4'
	assert_line 'ok comments 65'
	refute_line --partial 'updates 1'
}

@test "networks: a rate is kept by two runs together" {
	start=$(date +%s%N)
	sim 'sed -i "s|ok: {api|ok: {rate: 20, api|" gp.yaml
		gp-fetch --all --stream comments -p ok >one & gp-fetch --all --stream comments -p ok >two; wait'
	took=$((($(date +%s%N) - start) / 1000000))
	# 130 calls at 20 a second, whoever makes them.
	[ "$took" -gt 6000 ] || fail "only $took ms"
	[ "$(grep -c '"type":"comment"' one)" -eq 480 ]
	[ "$(grep -c '"type":"comment"' two)" -eq 480 ]
	[ "$(find .runtime -name '*.bucket' | wc -l)" -eq 1 ]
}
