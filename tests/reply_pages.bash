# What tests of sending share: run inside gp-sim, with its variables.
#
#	pages [RATE]	writes c.yaml, every network of tests/fixtures/sim/small.yaml
#	plant NET N [private]	so many citizens write
#	approve		drafts on stdin become approved replies (text: "Ответ на ID")
pages() {
	local rate=${1:+, rate: $1}
	export GP_NOW=$GP_SIM_NOW
	cat >c.yaml <<-END
	vk: {api: $GP_SIM_URL/vk$rate}
	ok: {api: $GP_SIM_URL/ok, graph: $GP_SIM_URL/ok/graph$rate}
	max: {api: $GP_SIM_URL/max$rate}
	telegram: {api: $GP_SIM_URL, preview: $GP_SIM_URL}
	pages:
	  v: {network: vk, name: 210000111, watch: 9999d, messages: true, tokens: {service: {file: $GP_SIM_VK_SERVICE}, user: {file: $GP_SIM_VK_USER}, community: {file: $GP_SIM_VK_COMMUNITY}}}
	  o: {network: ok, name: $(jq -rn 'env.OK_GROUP // "55000000000111"'), watch: 9999d, messages: true, application_key: "$GP_SIM_OK_APPLICATION_KEY", tokens: {access: {file: $GP_SIM_OK_ACCESS}, session: {file: $GP_SIM_OK_SESSION}, bot: {file: $GP_SIM_OK_BOT}}}
	  m: {network: max, name: $(jq -rn 'env.MAX_CHAT // "-70000000000111"'), watch: 9999d, messages: true, tokens: {bot: {file: $GP_SIM_MAX_BOT}}}
	  t: {network: telegram, name: lipovka_adm, bot: {token: {file: $GP_SIM_TOKEN_FILE}, messages: true}}
	END
	chmod 600 c.yaml
}

plant() {
	curl -s --max-time 20 "$GP_SIM_URL/_sim/plant" -d "network=$1" -d "n=$2" ${3:+-d private=1} >/dev/null
}

# Reading all that was written; telegram's waits for no one.
fetched() {
	gp-fetch -c c.yaml -p v -p m -p t --stream comments --stream messages --stream updates "$@" 2>fetch.err
	gp-fetch -c c.yaml -p o --stream comments --stream messages "$@" 2>>fetch.err
}

approve() {
	local l s
	jq -c 'select(.type == "comment" or .type == "message") | {type: "reply", id: ("reply:" + .id), network, page, at: "2026-10-31T15:00:00Z", to: .id, to_type: .type, post, chat, parent, thread, appeal: {text, at, author}, text: ("Ответ на " + .id), final: true, approved_by: "Ольга", approved_at: "2026-10-31T15:00:00Z"} | with_entries(select(.value != null))' |
		python3 -c '
import hashlib, json, sys
for line in sys.stdin:
    r = json.loads(line)
    r["text_sha256"] = hashlib.sha256(r["text"].encode()).hexdigest()
    print(json.dumps(r, ensure_ascii=False, separators=(",", ":")))'
}

written() {
	curl -s "$GP_SIM_URL/_sim/written"
}
