#!/usr/bin/env bats
# gp-sim's bad days of writing, on all four networks: what was carried out and
# what was not is told by the book, whatever the client saw.
load ../lib

small=$BATS_TEST_DIRNAME/../fixtures/sim/small.yaml

setup() {
	gp_setup
	cat >tools.sh <<-'END'
	sim() { curl -s "$GP_SIM_URL/_sim/$1" "${@:2}"; }
	# write NETWORK TEXT: the page's post; what curl says of it, then the
	# status and the answer in short.
	write() {
		local a=() k s
		case $1 in
		telegram) a=(-d chat_id=@lipovka_adm -d "text=$2" "$GP_SIM_URL/bot$(cat "$GP_SIM_TOKEN_FILE")/sendMessage") ;;
		vk) a=(-d owner_id=-210000111 -d from_group=1 -d "message=$2" -d "guid=${3:-}" -d v=5.199 -d "access_token=$(cat "$GP_SIM_VK_USER")" "$GP_SIM_URL/vk/method/wall.post") ;;
		max) a=(-H "Authorization: $(cat "$GP_SIM_MAX_BOT")" -H 'Content-Type: application/json' -d "{\"text\":\"$2\"}" "$GP_SIM_URL/max/messages?chat_id=-70000000000111") ;;
		ok)
			k="application_key=$GP_SIM_OK_APPLICATION_KEY"
			s="attachment={\"media\":[{\"type\":\"text\",\"text\":\"$2\"}],\"onBehalfOfGroup\":\"true\"}"
			a=(-d "$k" --data-urlencode "$s" -d format=json -d gid=55000000000111 -d method=mediatopic.post -d type=GROUP_THEME -d "access_token=$(cat "$GP_SIM_OK_ACCESS")"
				-d "sig=$(printf %s "${k}${s}format=jsongid=55000000000111method=mediatopic.posttype=GROUP_THEME$(cat "$GP_SIM_OK_SESSION")" | sed "s/^\(application_key=[^a]*\)/\1/" | md5sum | cut -d' ' -f1)" "$GP_SIM_URL/ok/fb.do") ;;
		esac
		curl -s --max-time "${wait:-10}" -o out -w '%{http_code}' "${a[@]}" >code
		printf '%s %s %s %s\n' "$1" $? "$(cat code)" "$(grep -oE '"(error_code|code)":("[a-z.]+"|[0-9]+)|<title>[^<]*' out | head -n 1)"
		rm -f out
	}
	nets="telegram vk ok max"
	fault() { sim fault -d clear=1 >/dev/null; sim fault "$@" >/dev/null; }
	held() { sim written | jq -r .network | sort | uniq -c | tr -s ' ' | tr '\n' ';' | grep . || echo nothing; }
	END
}

sim() {
	run --separate-stderr gp-sim "${@:1:$#-1}" "$small" -- \
		bash -c ". ./tools.sh; ${!#}"
}

# each KIND [SETTING ...]: one write of each network under that fault.
each() {
	local a=() i
	for i in "${@:2}"; do a+=(-d "$i"); done
	sim "for n in \$nets; do fault -d kind=$1 ${a[*]}; write \$n а; done; held"
}

@test "sound days: every network takes the post" {
	sim 'for n in $nets; do write $n а; done; held'
	assert_output $'telegram 0 200 \nvk 0 200 \nok 0 200 \nmax 0 200 \n 1 max; 1 ok; 1 telegram; 1 vk;'
}

@test "nothing was done: reset, stall, 500, 502html, 429, flood" {
	each reset
	assert_output $'telegram 56 000 \nvk 56 000 \nok 56 000 \nmax 56 000 \nnothing'
	wait=1 each stall hold=2
	assert_output $'telegram 28 000 \nvk 28 000 \nok 28 000 \nmax 28 000 \nnothing'
	each stall hold=1
	assert_output $'telegram 56 000 \nvk 56 000 \nok 56 000 \nmax 56 000 \nnothing'
	each 500
	assert_output $'telegram 0 500 "error_code":500\nvk 0 200 "error_code":10\nok 0 200 "error_code":2\nmax 0 503 "code":"service.unavailable"\nnothing'
	each 502html
	assert_output $'telegram 0 502 <title>502 Bad Gateway\nvk 0 502 <title>502 Bad Gateway\nok 0 502 <title>502 Bad Gateway\nmax 0 502 <title>502 Bad Gateway\nnothing'
	each 429
	assert_output $'telegram 0 429 "error_code":429\nvk 0 429 <title>429 Too Many Requests\nok 0 200 "error_code":11\nmax 0 429 "code":"too.many.requests"\nnothing'
	each flood
	assert_output $'telegram 0 429 "error_code":429\nvk 0 200 "error_code":9\nok 0 200 "error_code":8\nmax 0 429 "code":"too.many.requests"\nnothing'
}

@test "it was done, and the answer is lost: lost, hang, cut, done500, done502html" {
	all=' 1 max; 1 ok; 1 telegram; 1 vk;'
	each lost
	assert_output $'telegram 56 000 \nvk 56 000 \nok 56 000 \nmax 56 000 \n'"$all"
	wait=1 each hang hold=2
	assert_output $'telegram 28 000 \nvk 28 000 \nok 28 000 \nmax 28 000 \n'"$all"
	each hang hold=1
	assert_output $'telegram 56 000 \nvk 56 000 \nok 56 000 \nmax 56 000 \n'"$all"
	each cut
	assert_output $'telegram 18 200 \nvk 18 200 \nok 18 200 \nmax 18 200 \n'"$all"
	each done500
	assert_output $'telegram 0 500 "error_code":500\nvk 0 200 "error_code":10\nok 0 200 "error_code":2\nmax 0 503 "code":"service.unavailable"\n'"$all"
	each done502html
	assert_output $'telegram 0 502 <title>502 Bad Gateway\nvk 0 502 <title>502 Bad Gateway\nok 0 502 <title>502 Bad Gateway\nmax 0 502 <title>502 Bad Gateway\n'"$all"
}

@test "a request delivered twice is done twice, but for who has a key" {
	each twice
	assert_output $'telegram 0 200 \nvk 0 200 \nok 0 200 \nmax 0 200 \n 2 max; 2 ok; 2 telegram; 2 vk;'
	sim 'fault -d kind=twice; write vk а k1; sim written | jq -c "[.key,.times]"'
	assert_output $'vk 0 200 \n["k1",2]'
}

@test "a retry after a lost answer doubles the post, but for who has a key" {
	sim 'for n in $nets; do fault -d kind=lost; write $n а k; write $n а k; done; held'
	assert_output $'telegram 56 000 \ntelegram 0 200 \nvk 56 000 \nvk 0 200 \nok 56 000 \nok 0 200 \nmax 56 000 \nmax 0 200 \n 2 max; 2 ok; 2 telegram; 1 vk;'
}

@test "the place of a fault: by HTTP method, by the method of fb.do, by number and by chance" {
	sim 'fault -d kind=lost -d "match=POST /max/messages" -d after=1; write max а; curl -s -H "Authorization: $(cat "$GP_SIM_MAX_BOT")" "$GP_SIM_URL/max/messages?chat_id=-70000000000111" | jq ".messages|length>0"; write max б; write max в
	fault -d kind=lost -d match=mediatopic.post; write ok а; fault -d kind=lost -d match=mediatopic.edit; write ok а
	fault -d kind=ok8 -d match=mediatopic.post; write vk а; write ok а
	fault -d kind=lost -d match=/vk/ -d p=40%25 -d seed=3; for i in $(seq 20); do write vk $i; done | sort | uniq -c | tr -s " "; sim written?network=vk | wc -l; sim fault -d kind=hang -d hold=x | jq -r .description'
	assert_output - <<-'END'
	max 0 200 
	true
	max 56 000 
	max 0 200 
	ok 56 000 
	ok 0 200 
	vk 0 200 
	ok 0 200 "error_code":8
	 12 vk 0 200 
	 8 vk 56 000 
	21
	'hold=x' has no number
	END
	run --separate-stderr gp-sim --fault 'hang@/vk/,hold' -- true
	assert_failure 64
	assert_stderr --partial "'hold=' has no number"
	run --separate-stderr gp-sim --fault 'hang@/vk/,word=5' -- true
	assert_failure 64
	assert_stderr --partial "'word' is not times=, after=, retry_after=, hold=, p= or seed="
}
