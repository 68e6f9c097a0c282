# For tests of gp-post: the small district of gp-sim on four networks, files to
# be posted, and words for what gp-sim holds. To be sourced within gp-sim.
# shellcheck disable=SC2034
cat >gp.yaml <<END
zone: Europe/Moscow
telegram: {preview: $GP_SIM_URL, api: $GP_SIM_URL}
vk: {api: $GP_SIM_URL/vk}
ok: {api: $GP_SIM_URL/ok, graph: $GP_SIM_URL/ok/graph}
max: {api: $GP_SIM_URL/max}
pages:
  tg:
    network: telegram
    name: lipovka_adm
    bot: {token: {file: $GP_SIM_TOKEN_FILE}}
  vk:
    network: vk
    name: 210000111
    tokens: {user: {file: $GP_SIM_VK_USER}, community: {file: $GP_SIM_VK_COMMUNITY}}
  ok:
    network: ok
    name: 55000000000111
    application_key: $GP_SIM_OK_APPLICATION_KEY
    tokens: {access: {file: $GP_SIM_OK_ACCESS}, application: {file: $GP_SIM_OK_APPLICATION}}
  max:
    network: max
    name: -70000000000111
    tokens: {bot: {file: $GP_SIM_MAX_BOT}}
END
export GP_CONFIG=$PWD/gp.yaml
sim() { curl -s "$GP_SIM_URL/_sim/$1" "${@:2}"; }
# at TIME: both clocks stand there.
at() {
	export GP_NOW=$1
	sim clock -d "now=$1" >/dev/null
}
# post ARG...: gp-post with a journal; its status goes to the output.
post() {
	local r=0
	gp-post --journal j.db --settle 0 "$@" || r=$?
	[ $r -eq 0 ] || echo "\"status $r\""
}
short() { jq -c 'if type=="string" then . else [.key,.action,.status,.error]|map(select(.)) end'; }
written() { sim written | jq -c "${1:-[.network,.action,.text]}"; }
fault() { sim fault "$@" >/dev/null; }
