# A Bot API that others wrote: npm's telegram-test-api.
load ../lib

setup() {
	gp_setup
	command -v npm >/dev/null || skip "npm is not installed"
	at=$GP_BUILD/npm
	if [ ! -d "$at/node_modules/telegram-test-api" ]; then
		mkdir -p "$at"
		npm install --no-fund --no-audit --silent --prefix "$at" \
			telegram-test-api@4.2.1 >npm.log 2>&1 ||
			skip "npm's registry is not at hand"
	fi
}

teardown() {
	[ ! -f pid ] || kill "$(cat pid)" 2>/dev/null || true
}

@test "telegram-test-api: what a person writes is read" {
	cat >serve.js <<-'END'
		const api = require('telegram-test-api');
		const net = require('net');
		const probe = net.createServer().listen(0, '127.0.0.1', () => {
			const port = probe.address().port;
			probe.close(() => new (api.default || api)(
				{ port, host: '127.0.0.1', storage: 'RAM' })
				.start().then(() => console.log('port ' + port)));
		});
	END
	NODE_PATH=$at/node_modules node serve.js >port 2>serve.err 3>&- &
	echo $! >pid
	for _ in $(seq 50); do grep -q '^port' port && break; sleep 0.1; done
	url=http://127.0.0.1:$(sed -n 's/^port //p' port)
	token=7200000001:AAsecretsecretsecretsecretsecretsec
	echo "$token" >t
	chmod 600 t
	cat >gp.yaml <<-END
		telegram: {preview: "$url", api: "$url"}
		pages:
		  town:
		    network: telegram
		    name: town_adm
		    bot: {token: {file: t}, channel: "-1001", group: "-1002", messages: yes}
	END
	export GP_CONFIG=$PWD/gp.yaml
	curl -sf -H 'Content-Type: application/json' -d '{"botToken":"'"$token"'",
		"from":{"id":5,"first_name":"Анна","is_bot":false},
		"chat":{"id":5,"type":"private","first_name":"Анна"},
		"date":1793000000,"text":"Где справка? 😀"}' "$url/sendMessage" >sent
	run --separate-stderr gp-fetch -p town --stream updates --retries 0
	# It knows no getChat: that is said, and the updates are read all the same.
	assert_failure 1
	assert_stderr --partial "telegram:town_adm: updates: the updates alone: "
	"$GP_TESTS/schema.py" <<<"$output"
	run jq -c 'select(.type == "message") | [.chat, .author.name, .text]' <<<"$output"
	assert_output '["telegram:5","Анна","Где справка? 😀"]'
}
