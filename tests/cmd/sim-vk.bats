#!/usr/bin/env bats
# gp-sim as VK: walls, comments, letters, the Long Poll, execute, refusals.
load ../lib

small=$BATS_TEST_DIRNAME/../fixtures/sim/small.yaml

setup() {
	gp_setup
	cat >tools.sh <<-'END'
	g=210000111
	# vk METHOD [NAME=VALUE ...], as the kind of token in $T.
	T=service
	vk() {
		local m=$1 f p; shift
		case $T in service) f=$GP_SIM_VK_SERVICE ;; user) f=$GP_SIM_VK_USER ;; *) f=$GP_SIM_VK_COMMUNITY ;; esac
		set -- "$@" "access_token=$(cat "$f")"
		case " $* " in *" v="*) ;; *) set -- "$@" v=5.199 ;; esac
		p=(); for i in "$@"; do p+=(--data-urlencode "$i"); done
		curl -s --max-time 20 "$GP_SIM_URL/vk/method/$m" "${p[@]}"
	}
	post() { curl -s "$GP_SIM_URL/_sim/$1" -H 'Content-Type: application/json' -d "$2"; }
	notes() { curl -s "$GP_SIM_URL/_sim/notes?network=vk"; }
	code() { jq -r '.error|"\(.error_code) \(.error_msg)"'; }
	c='One of the parameters specified was missing or invalid: '
	END
}

# sim [OPTION ...] SCRIPT: the script runs beside a server of small.yaml, or
# of the scenario in $scenario.
sim() {
	run --separate-stderr gp-sim "${@:1:$#-1}" "${scenario:-$small}" -- \
		bash -c ". ./tools.sh; ${!#}"
}

# -- the month, mirrored -----------------------------------------------------

@test "the month of Telegram stands on the wall: posts without notices, threads, letters" {
	sim 'notes | jq -c "[.kind,.id,.post,.reply_to,.root,.as]" | sed -n "1,8p;19p;31,33p"; notes | jq -s "map(.kind)|group_by(.)|map([.[0],length])" -c; notes | jq -r "select(.before).before"'
	assert_success
	assert_output - <<-'END'
	["post",1,null,null,null,"page"]
	["post",2,null,null,null,"page"]
	["comment",3,2,null,null,"person"]
	["comment",4,2,3,3,"page"]
	["comment",5,2,4,3,"person"]
	["comment",6,2,null,null,"person"]
	["comment",7,2,null,null,"page"]
	["post",8,null,null,null,"page"]
	["comment",19,18,null,null,"person"]
	["comment",31,28,30,30,"person"]
	["letter",32,null,null,null,"person"]
	["letter",33,null,32,null,"bot"]
	[["comment",9],["letter",2],["post",22]]
	А на Садовой? 😀 #вопрос
	END
}

@test "a page may have a month of its own, and its ids their network's sign" {
	awk '1;/^  name: lipovka_vk/{print "  posts:\n    - {id: 1, at: \"2026-10-09 10:00\", text: Своё, comments: [{from: tolik, at: \"2026-10-09 11:00\", text: И моё}]}"}' "$small" >own.yaml
	scenario=own.yaml
	sim 'notes | jq -c "[.kind,.text]"; curl -s "$GP_SIM_URL/_sim/notes?network=ok" | wc -l'
	assert_output $'["post","Своё"]\n["comment","И моё"]\n33'
	sed 's/id: -70000000000111/id: 70000000000111/' "$small" >bad.yaml
	run --separate-stderr gp-sim --check bad.yaml
	assert_failure 65
	assert_stderr "gp-sim: bad.yaml:1: the id of the MAX page must be negative"
}

@test "the clock lets posts, comments and edits happen" {
	sim --now 2026-10-02T06:21:00Z 'notes | jq -c "[.id,.text,.edited]" | cut -c1-60; post clock "{\"now\":\"2026-10-02T06:26:00Z\"}" >/dev/null; notes | jq -c "[.id,.text,.edited]" | tail -n 1'
	assert_line --index 2 '[3,"А на Садовой? 😀 #вопрос",null]'
	assert_line --index 3 '[3,"А на Садовой, 5? 😀 #вопрос","2026-10-02T06:25:00Z"]'
}

# -- walls ---------------------------------------------------------------------

@test "the pinned post comes first and once; paging meets every post once" {
	sim 'for o in 0 7 14 21; do vk wall.get owner_id=-$g count=7 offset=$o | jq -c "[.response.count,[.response.items[].id]]"; done; vk wall.get domain=lipovka_vk count=3 offset=1 | jq -c "[.response.items[]|[.id,.is_pinned]]"; vk wall.get owner_id=-$g filter=others | jq -c .response'
	assert_output - <<-'END'
	[22,[2,28,27,26,25,24,23]]
	[22,[22,21,20,18,17,16,15]]
	[22,[14,13,12,11,10,9,8]]
	[22,[1]]
	[[28,null],[27,null],[26,null]]
	{"count":0,"items":[]}
	END
}

@test "posts carry their media, reposts their source, polls their votes" {
	sim 'vk wall.getById posts=-${g}_8,-${g}_10,-${g}_11,-${g}_12,-${g}_13,-${g}_16,-${g}_17 | jq -c ".response.items[]|[.id,[.attachments[].type],.geo.coordinates]"
	vk wall.getById posts=-${g}_14,-${g}_15 extended=1 | jq -c "(.response.items[]|[.text,.copy_history[0].text,.copy_history[0].owner_id<0]),[.response.groups[].screen_name],[.response.profiles[].first_name]"
	vk wall.getById posts=-${g}_8 | jq -c "[.response.items[0].attachments[0].photo.sizes[]|.width]|[.[0],max,.[-1]]"
	T=user; vk polls.getById owner_id=-$g poll_id=900000017 | jq -c ".response|[.question,.closed,.votes,[.answers[]|[.text,.votes,.rate]]]"
	vk wall.getById posts=-${g}_8 v=5.131 | jq -c ".response|type"; vk wall.getById posts=-${g}_999 | jq -c .response; vk wall.getById posts=-${g}_8,-5_1,x extended=1 | jq -c ".response|[.items[].id,.groups[].id]"'
	assert_output - <<-'END'
	[8,["photo","photo","photo"],null]
	[10,["video"],null]
	[11,["doc"],null]
	[12,[],"55.500000 40.250000"]
	[13,["link"],null]
	[16,["link"],null]
	[17,["poll"],null]
	["","Из области: дорога откроется",true]
	["","Перепост от человека",false]
	["lipovka_vk","oblast_news"]
	["Иван"]
	[75,1600,1280]
	["Где поставить качели?",true,40,[["У школы",25,62.5],["У пруда",15,37.5]]]
	"array"
	{"items":[]}
	[8,210000111]
	END
}

@test "comments: counts, threads, order, start and single threads" {
	sim 'x="owner_id=-$g post_id=2"; vk wall.getComments $x count=1 thread_items_count=1 preview_length=0 | jq -c ".response|[.count,.current_level_count,[.items[]|[.id,.thread.count,[.thread.items[]|[.id,.parents_stack,.reply_to_comment,.reply_to_user]]]]]"
	vk wall.getComments $x sort=desc | jq -c "[.response.items[].id]"; vk wall.getComments $x offset=1 count=1 | jq -c "[.response.items[].id]"
	vk wall.getComments $x start_comment_id=6 | jq -c "[.response.items[].id]"; vk wall.getComments $x start_comment_id=3 offset=2 | jq -c "[.response.items[].id]"
	vk wall.getComments $x comment_id=3 | jq -c ".response|[.count,.current_level_count,[.items[].id]]"
	vk wall.getComments $x need_likes=1 count=1 extended=1 | jq -c ".response|[.items[0].likes,.profiles[].last_name,.groups[].id]"'
	assert_output - <<-'END'
	[5,3,[[3,2,[[4,[3],3,810000002]]]]]
	[7,6,3]
	[6]
	[6,7]
	[7]
	[2,2,[4,5]]
	[{"can_like":1,"count":0,"user_likes":0},"Берёзкина",210000111]
	END
}

@test "a source that is met twice stands among the groups once" {
	sim 'vk wall.getById posts=-${g}_14,-${g}_14 extended=1 | jq -c ".response|(.items|length),[.groups[].screen_name]"'
	assert_output - <<-'END'
	2
	["lipovka_vk","oblast_news"]
	END
}

@test "a note tells all that was given with it" {
	sim 'notes | jq -c "[.document,.location,.link,.poll,.forward,.signature,.reactions]|map(values)|select(.!=[])"'
	assert_output - <<-'END'
	["Вера"]
	[{"👍":1234,"❤️":7,"custom:5465587407350942612":3,"paid":2}]
	[{"title":"график 2026.pdf","size":1258291}]
	[{"lat":55.5,"lon":40.25,"title":"Остановка «Пруд»"}]
	["https://example.org/park"]
	[{"title":"Область <сегодня>","name":"oblast_news","post":77}]
	[{"title":"Иван Скрытный"}]
	["Где поставить качели?"]
	["Когда сдают батарейки?"]
	END
}

@test "all comments of all posts are the notes of the feed" {
	sim 'for p in $(vk wall.get owner_id=-$g count=100 | jq ".response.items[].id"); do vk wall.getComments owner_id=-$g post_id=$p count=100 thread_items_count=10 preview_length=0 | jq -c ".response.items[]|.,.thread.items[]|[.id,.post_id,.text]"; done | sort >got; notes | jq -c "select(.kind==\"comment\")|[.id,.post,.text]" | sort | cmp - got && wc -l <got'
	assert_output 9
}

@test "a text is cut at ninety letters unless preview_length says otherwise" {
	sim 't="Первое слово и ещё много других слов, которые стоят в длинном письме о дороге, мосте и погоде, и конца ему нет"; post message "{\"network\":\"vk\",\"from\":\"tolik\",\"post\":1,\"text\":\"$t\"}" >/dev/null; for n in "" preview_length=0 preview_length=20; do vk wall.getComments owner_id=-$g post_id=1 $n | jq -r ".response.items[0].text"; done'
	assert_output - <<-'END'
	Первое слово и ещё много других слов, которые стоят в длинном письме о дороге, мосте и…
	Первое слово и ещё много других слов, которые стоят в длинном письме о дороге, мосте и погоде, и конца ему нет
	Первое слово и ещё…
	END
}

@test "a deleted comment stays as a shell while its replies stand" {
	sim 'post delete "{\"network\":\"vk\",\"message_id\":3}" >/dev/null; post delete "{\"network\":\"vk\",\"message_id\":6}" >/dev/null; x() { vk wall.getComments owner_id=-$g post_id=2 thread_items_count=10 | jq -c ".response|[.count,.current_level_count,[.items[]|[.id,.deleted,.thread.count]]]"; }; x
	for i in 4 5; do post delete "{\"network\":\"vk\",\"message_id\":$i}" >/dev/null; done; x; post delete "{\"network\":\"vk\",\"post\":2}" >/dev/null; vk wall.getComments owner_id=-$g post_id=2 | code; vk wall.get owner_id=-$g count=1 | jq -c "[.response.count,.response.items[0].id]"'
	assert_output - <<-'END'
	[3,2,[[3,true,2],[7,null,0]]]
	[1,1,[[7,null,0]]]
	15 Access denied: post was not found check post_id param
	[21,28]
	END
}

@test "the hand of the test: comments, posts, letters, edits" {
	sim 'm() { post message "{\"network\":\"vk\",$1}" | jq -c .; }; m "\"from\":\"tolik\",\"post\":1,\"text\":\"Под первым\""; m "\"as\":\"page\",\"reply_to\":34,\"text\":\"Ответ\""; m "\"as\":\"page\",\"text\":\"Новый пост\""; m "\"from\":\"tolik\",\"private\":true,\"text\":\"Письмо\""; m "\"from\":\"nobody\",\"post\":1,\"text\":\"x\""; m "\"from\":\"tolik\",\"post\":3,\"text\":\"x\""; post edit "{\"network\":\"vk\",\"message_id\":34,\"text\":\"Правка\"}" >/dev/null; notes | tail -n 4 | jq -c "[.kind,.id,.post,.root,.as,.text,.before]"; post message "{\"network\":\"vc\",\"text\":\"x\"}" | jq -r .description; T=community; vk messages.getConversations filter=unanswered | jq -c "[.response.unread_count,.response.items[].last_message.text]"; vk messages.getHistory user_id=810000002 rev=1 | jq -c "[.response.items[]|[.out,.text]]"'
	assert_output - <<-'END'
	{"ok":true,"id":34}
	{"ok":true,"id":35}
	{"ok":true,"id":36}
	{"ok":true,"id":37}
	{"ok":false,"error_code":400,"description":"a message has 'from' (a key of people) or 'as', and 'text'; a letter has 'from'"}
	{"ok":false,"error_code":400,"description":"there is no such post or message"}
	["comment",34,1,null,"person","Правка","Под первым"]
	["comment",35,1,34,"page","Ответ",null]
	["post",36,null,null,"page","Новый пост",null]
	["letter",37,null,null,"person","Письмо",null]
	'network' is none of the scenario
	[1,"Письмо"]
	[[0,"Здравствуйте, где взять справку?"],[1,"Анна, в окне 2."]]
	END
}

# -- who is who ------------------------------------------------------------------

@test "pages and people by id and by name, in the shape of the version" {
	sim 'vk groups.getById group_ids=lipovka_vk,club$g fields=members_count,verified | jq -c ".response|[(.groups|map([.id,.members_count,.verified])),.profiles]"; vk groups.getById group_id=$g v=5.131 | jq -c "[.response[]|[.name,.members_count]]"; vk groups.getById group_id=5 | code; for n in lipovka_vk anna_lip nobody; do vk utils.resolveScreenName screen_name=$n | jq -c .response; done; vk users.get user_ids=810000002,tolik,5 | jq -c "[.response[]|[.first_name,.last_name]]"; vk utils.getServerTime | jq -c .; T=user; vk users.get | jq -c "[.response[].first_name]"; vk groups.getById group_id=$g | jq ".response.groups[0].is_admin"'
	assert_output - <<-'END'
	[[[210000111,2048,1],[210000111,2048,1]],[]]
	[["Липовка | Официально",null]]
	100 One of the parameters specified was missing or invalid: group_ids is undefined
	{"object_id":210000111,"type":"group"}
	{"object_id":810000002,"type":"user"}
	[]
	[["Анна","Берёзкина"]]
	{"response":1791644400}
	["Вера"]
	1
	END
}

@test "closed, banned and silent pages" {
	for how in closed:\ yes deactivated:\ banned comments:\ no; do
		awk -v how="$how" '1;/^  name: lipovka_vk/{print "  " how}' "$small" >odd.yaml
		scenario=odd.yaml sim 'vk groups.getById group_id=$g fields=members_count | jq -c ".response.groups[0]|[.is_closed,.deactivated,.members_count]"; vk wall.get owner_id=-$g count=1 | jq -c "if .error then .error.error_code else .response.items[0].comments.can_post end"; vk wall.getComments owner_id=-$g post_id=2 | code; T=user; vk wall.get owner_id=-$g | jq .response.count; vk groups.getLongPollSettings group_id=$g | jq -c "[.error.error_code,.response.is_enabled]"'
		echo "$output" >>all
	done
	run cat all
	assert_output - <<-'END'
	[1,null,2048]
	15
	15 Access denied: this wall available only for community members
	22
	[null,false]
	[0,"banned",null]
	18
	18 User was deleted or banned
	null
	[203,null]
	[0,null,2048]
	0
	212 Access to post comments denied
	22
	[null,false]
	END
}

@test "clones show the same under further ids and names, on every network" {
	sim --clones 3 'vk groups.getById group_ids=210000112,lipovka_vk_3 | jq -c "[.response.groups[]|[.id,.screen_name]]"; for o in 111 114 115; do vk wall.get owner_id=-210000$o count=1 | jq -c "[.response.items[]?|[.owner_id,.from_id,.id]],.error.error_code"; done; vk wall.get domain=lipovka_vk_4 | code; for n in 0 1 3 03 4; do curl -s -o x -w "%{http_code} " "$GP_SIM_URL/s/lipovka_adm_$n"; done; grep -c "data-post=\"lipovka_adm" x || :; curl -s "$GP_SIM_URL/s/lipovka_adm_2" | grep -c "data-post=\"lipovka_adm_2/"'
	assert_output - <<-'END'
	[[210000112,"lipovka_vk_1"],[210000114,"lipovka_vk_3"]]
	[[-210000111,-210000111,2]]
	null
	[[-210000114,-210000114,2]]
	null
	[]
	15
	100 One of the parameters specified was missing or invalid: domain is incorrect
	302 200 200 302 302 0
	20
	END
}

@test "statistics are figures of the feed; what is nothing is not there" {
	sim 'T=user; vk stats.get group_id=$g interval=day intervals_count=2 | jq -c "[.response[]|[.period_to-.period_from,.activity.comments,(.visitors.views>0)]]"; vk stats.get group_id=$g interval=week timestamp_from=1790629200 | jq -c "[.response[]|.period_from]"; vk stats.get group_id=$g interval=month stats_groups=activity | jq -c "[.response[]|keys]"; vk stats.getPostReach owner_id=-$g post_ids=1,2,999 | jq -c "[.response[]|[.post_id,.reach_total]]"; vk stats.getPostReach owner_id=-$g post_ids=$(seq -s, 31) | code; vk stats.get group_id=$g interval=hour | code'
	assert_output - <<-'END'
	[[86399,3,true],[86399,null,true]]
	[1791147600,1790542800]
	[["activity","period_from","period_to"]]
	[[1,555],[2,1368]]
	100 One of the parameters specified was missing or invalid: post_ids: more than 30
	100 One of the parameters specified was missing or invalid: interval is incorrect
	END
}

# -- refusals -------------------------------------------------------------------

@test "parameters are checked by name, type and presence" {
	sim 'e() { vk "$@" | code | sed "s/^100 $c//"; }; e wall.get owner_id=-$g cuont=3; e wall.get owner_id=x; e wall.get count=-1; e wall.get; e wall.get owner_id=-$g count=101; e wall.get owner_id=-$g filter=mine; e wall.getComments post_id=1; e wall.getComments owner_id=-$g; e wall.getComments owner_id=-$g post_id=1 thread_items_count=11; e wall.getComments owner_id=-$g post_id=1 sort=up; e wall.getComments owner_id=-$g post_id=1 extended=maybe; e wall.fly; e wall.get owner_id=-1; e wall.get owner_id=-$g v=5.5; e wall.get owner_id=-$g v=x'
	assert_output - <<-'END'
	'cuont' is no parameter of wall.get (gp-sim is strict)
	owner_id is invalid
	count is invalid
	owner_id is undefined
	count should be less or equal to 100
	filter is incorrect
	owner_id is undefined
	post_id is undefined
	thread_items_count should be less or equal to 10
	sort is incorrect
	extended is invalid
	3 Unknown method passed
	15 Access denied: wall is disabled
	8 Invalid request: versions below 5.81 are deprecated
	8 Invalid request: v (version) is incorrect
	END
}

@test "each method takes its kinds of token" {
	sim 'for T in service community user; do for m in "wall.get owner_id=-$g" "stats.get group_id=$g" "groups.getLongPollSettings group_id=$g" groups.getTokenPermissions messages.getConversations "execute code=return[];"; do vk $m | jq -r "if .error then .error.error_code else \"+\" end"; done | tr "\n" " "; echo; done; u=$GP_SIM_URL/vk/method/utils.getServerTime; curl -s "$u?v=5.199" | code; curl -s "$u" | code; curl -s "$u?v=5.199&access_token=abc" | code; curl -s "$u?v=5.199" -H "Authorization: Bearer $(cat "$GP_SIM_VK_USER")" | jq -c keys'
	assert_output - <<-'END'
	+ 28 28 28 28 28 
	27 27 + + + + 
	+ + + 15 15 + 
	5 User authorization failed: no access_token passed.
	8 Invalid request: v (version) is required
	5 User authorization failed: invalid access_token (4).
	["response"]
	END
}

@test "an error echoes all parameters, the token too; the log hides it" {
	sim --log log 'vk wall.get owner_id=x | jq -c "[.error.request_params[]|.key]"; vk wall.get owner_id=x | jq -r ".error.request_params[]|select(.key==\"access_token\").value" | cmp - "$GP_SIM_VK_SERVICE" && echo echoed; jq -c "[.path,.params]" log | head -n 1; grep -c "$(cat "$GP_SIM_VK_SERVICE")" log'
	assert_output - <<-'END'
	["oauth","method","owner_id","access_token","v"]
	echoed
	["/vk/method/wall.get",{"owner_id":"x","access_token":"<hidden>","v":"5.199"}]
	0
	END
}

@test "bad days in VK's own form, by number" {
	sim --fault vk6@/wall.get --fault vk14@wall.getComments,times=2 --fault vk17@users --fault vk5@groups --fault 500@stats --fault 502html@polls 'vk wall.get owner_id=-$g | code; vk wall.get owner_id=-$g | jq .response.count; vk wall.getComments owner_id=-$g post_id=2 | jq -c "[.error|.error_code,.captcha_sid!=null,.captcha_img!=null]"; vk users.get | jq -c "[.error|.error_code,.redirect_uri!=null]"; vk groups.getById group_id=$g | code; T=user; vk stats.get group_id=$g | code; vk polls.getById | grep -o "<title>[^<]*"; curl -s "$GP_SIM_URL/s/lipovka_adm" | grep -c canonical'
	assert_output - <<-'END'
	6 Too many requests per second
	22
	[14,true,true]
	[17,true]
	5 User authorization failed
	10 Internal server error
	<title>502 Bad Gateway
	1
	END
	run --separate-stderr gp-sim --fault vk "$small" -- true
	assert_failure 64
	assert_stderr "gp-sim: --fault vk: no such fault: 'vk'"
}

@test "a fault may hit by chance, the same ones for the same seed" {
	hits='for i in $(seq 40); do vk utils.getServerTime | jq -r "if .error then \"x\" else \".\" end"; done | tr -d "\n"'
	sim --fault vk10,p=25%,seed=7 "$hits"
	first=$output
	[[ $first =~ ^[.x]{40}$ && $first == *x*x*x* && $first == *.*.* ]]
	sim --fault vk10,p=25%,seed=7 "$hits"
	assert_output "$first"
	sim --fault vk10,p=25%,seed=8 "$hits"
	refute_output "$first"
	run --separate-stderr gp-sim --fault vk10,p=200% "$small" -- true
	assert_failure 64
	assert_stderr "gp-sim: --fault vk10,p=200%: 'p=200%' is not a share, as 5%"
}

@test "--strict-rate counts requests of a second, each kind of token by itself" {
	# One curl for all of them: they come within a second on any machine.
	sim --strict-rate 'times() { for i in $(seq $1); do echo "url=\"$GP_SIM_URL/vk/method/utils.getServerTime?v=5.199&access_token=$(cat "$2")\""; done | curl -s -K - | grep -o "\"error_code\":6" | wc -l; }; times 5 "$GP_SIM_VK_SERVICE"; times 20 "$GP_SIM_VK_COMMUNITY"; times 2 "$GP_SIM_VK_COMMUNITY"; sleep 1; vk utils.getServerTime | jq -c keys'
	assert_output $'2\n0\n2\n["response"]'
}

@test "--delay makes every answer late" {
	sim --delay 900 'a=$(date +%s%N); vk utils.getServerTime >/dev/null; b=$(date +%s%N); post clock "{\"now\":\"2026-10-11\"}" >/dev/null; c=$(date +%s%N); echo $(((b - a) / 900000000 > 0)) $(((c - b) / 900000000))'
	assert_output '1 0'
}

# -- execute ----------------------------------------------------------------------

@test "execute calls many methods at once and tells which failed" {
	sim 'T=user; vk execute "code=return [API.wall.getComments({\"owner_id\":-$g,\"post_id\":2,\"count\":1}), API.wall.getComments({\"owner_id\":-$g,\"post_id\":3}),
		API.utils.getServerTime(),API.stats.getPostReach({\"owner_id\":-$g,\"post_ids\":[1, 2]}),API.groups.getTokenPermissions({})];" | jq -c "[(.response|map(if type==\"object\" then .items[0].id elif type==\"array\" then length else . end)),.execute_errors]"; T=community; vk execute "code=return [API.wall.get({\"owner_id\":-$g})]" | jq -c "[.response,.execute_errors[].error_code]"'
	assert_output - <<-'END'
	[[3,false,1791644400,2,false],[{"method":"wall.getComments","error_code":15,"error_msg":"Access denied: post was not found check post_id param"},{"method":"groups.getTokenPermissions","error_code":15,"error_msg":"Access denied: method is available only with group auth"}]]
	[[false],27]
	END
}

@test "what is no such list of calls does not compile; 25 are the most" {
	sim 'T=user; n() { printf "API.utils.getServerTime(),%.0s" $(seq $1) | sed "s/,$//"; }; for s in "var a=1;" "return 1;" "return [API.wall.get];" "return [API.wall.get({\"a\":)];" "return [API.wall.get({\"a\" 1})];" "return [];x"; do vk execute "code=$s" | jq .error.error_code; done | tr "\n" " "; vk execute "code=return [];" | jq -c .; vk execute "code=return [$(n 25)];" | jq -c ".response|length"; vk execute "code=return [$(n 26)];" | code; vk execute | code'
	assert_output - <<-'END'
	12 12 12 12 12 12 {"response":[]}
	25
	13 Runtime error occurred during code invocation: too many api calls
	100 One of the parameters specified was missing or invalid: code is undefined
	END
}

# -- the Long Poll -------------------------------------------------------------------

lp='T=community; on() { vk groups.setLongPollSettings group_id=$g enabled=1 "$@" >/dev/null; }
server() { vk groups.getLongPollServer group_id=$g >s; s=$(jq -r .response.server s) k=$(jq -r .response.key s) ts=$(jq -r .response.ts s); }
check() { curl -s "$s?act=a_check&key=$k&ts=$ts&wait=${1:-0}"; }
'

@test "the Long Poll is off until it is switched on, kind by kind" {
	sim "$lp"'vk groups.getLongPollServer group_id=$g | code; on wall_reply_new=1; server; m() { post message "{\"network\":\"vk\",$1}" >/dev/null; }; m "\"from\":\"tolik\",\"post\":1,\"text\":\"Раз\""; m "\"as\":\"page\",\"text\":\"Пост\""; check | jq -c "[.updates[]|[.type,.object.text,.group_id,.v]]"; on wall_post_new=1 wall_reply_edit=1 wall_reply_delete=1 message_new=1 message_reply=1 wall_reply_new=0; post edit "{\"network\":\"vk\",\"message_id\":34,\"text\":\"Два\"}" >/dev/null; post delete "{\"network\":\"vk\",\"message_id\":34}" >/dev/null; m "\"from\":\"tolik\",\"private\":1,\"text\":\"Письмо\""; m "\"from\":\"tolik\",\"as\":\"bot\",\"private\":1,\"text\":\"Ответ\""; check | jq -c "(.updates[]|[.type,(.object|.text//.message.text//.id)]),[.updates[].event_id|length]"; vk groups.getLongPollSettings group_id=$g | jq -c ".response|[.is_enabled,.events.wall_post_new,.events.wall_reply_new]"; ts=$(check | jq -r .ts); check | jq -c "[.updates,.ts==\"$ts\"]"'
	assert_output - <<-'END'
	100 One of the parameters specified was missing or invalid: longpoll for this group is not enabled
	[["wall_reply_new","Раз",210000111,"5.199"]]
	["wall_post_new","Пост"]
	["wall_reply_edit","Два"]
	["wall_reply_delete",34]
	["message_new","Письмо"]
	["message_reply","Ответ"]
	[40,40,40,40,40]
	[true,1,0]
	[[],true]
	END
}

@test "it waits for what comes, and no longer than it was told" {
	sim "$lp"'on wall_reply_new=1 message_new=1; server; (sleep 0.5; post message "{\"network\":\"vk\",\"from\":\"tolik\",\"post\":1,\"text\":\"Пришло\"}" >/dev/null) & a=$(date +%s%N); check 15 | jq -r ".updates[].object.text"; b=$(date +%s%N); echo $(((b - a) / 5000000000)); ts=36; check 1 | jq -c .; echo $((($(date +%s%N) - b) / 1000000000 > 0))'
	assert_output - <<-'END'
	Пришло
	0
	{"ts":"36","updates":[]}
	1
	END
}

@test "a ts stays good over runs, as the same month has the same events" {
	sed 's/^  name: lipovka_vk/&\n  long_poll: true/' "$small" >on.yaml
	scenario=on.yaml
	sim --now 2026-10-09T12:00:00Z "$lp"'server; echo $ts >ts'
	sim "$lp"'server; ts=$(cat ts); check | jq -c ".updates[]|[.type,(.object|.text//.message.text)]"'
	assert_output - <<-'END'
	["wall_post_new","Вечер пятницы"]
	["wall_post_new","Сегодня ярмарка"]
	["wall_reply_new","Хорошо было"]
	["wall_reply_new","А где мёд?"]
	["wall_reply_new","Толик, мёд у входа."]
	["message_new","Здравствуйте, где взять справку?"]
	["message_reply","Анна, в окне 2."]
	END
}

@test "failed 1, 2 and 3: history gone, key expired, all forgotten" {
	sim "$lp"'on wall_reply_new=1; server; ts=99; check | jq -c .; ts=3; post "net/old?network=vk" {} | jq -c .; check | jq -c .; server; check | jq -c keys; post "net/key?network=vk" {} >/dev/null; check | jq -c .; server; check | jq -c keys; post "net/lost?network=vk" {} >/dev/null; check | jq -c .; k=abc; check | jq -c .; server; check | jq -c keys; post "net/what?network=vk" {} | jq .error_code; (sleep 0.3; post "net/key?network=vk" {} >/dev/null) & check 9 | jq -c .'
	assert_output - <<-'END'
	{"failed":1,"ts":35}
	{"ok":true}
	{"failed":1,"ts":35}
	["ts","updates"]
	{"failed":2}
	["ts","updates"]
	{"failed":3}
	{"failed":3}
	["ts","updates"]
	404
	{"failed":2}
	END
}

@test "a fault fails the Long Poll once, with the ts to go on from" {
	sim "$lp"'on wall_reply_new=1; server; f() { post fault "{\"kind\":\"vk$1\",\"match\":\"/vk/lp/\"}" >/dev/null; check | jq -c .; }; f 1; f 2; f 3; check | jq -c keys'
	assert_output - <<-'END'
	{"failed":1,"ts":35}
	{"failed":2}
	{"failed":3}
	["ts","updates"]
	END
}

# -- benchmarks; the schema ------------------------------------------------------------

@test "--bench-vk computes a wall: the same notes however they are read" {
	sim --bench-vk 30x250 'b=-210000999; vk wall.get domain=bench count=100 extended=1 | jq -c "[.response.count,(.response.items|length),.response.items[0].comments.count,.response.groups[0].screen_name]"; p=$(vk wall.get domain=bench count=1 offset=7 | jq ".response.items[0].id"); for o in 0 100; do vk wall.getComments owner_id=$b post_id=$p count=100 offset=$o thread_items_count=10 preview_length=0; done >all; jq -c ".response|[.count,.current_level_count,(.items|length)]" all; jq -r ".response.items[]|.id,.thread.items[].id" all | sort -nu | wc -l; jq -r ".response.items[]|.,.thread.items[]|.date" all | sort -n | tail -n 1 >last; vk wall.getById posts=${b}_$p | jq "(.response.items[0].date<$(cat last)) and (.response.items[0].date+3600>$(cat last))"; x=$(jq -s "[.[].response.items[]|select(.thread.count==2)][3].id" all); vk wall.getComments owner_id=$b post_id=$p comment_id=$x | jq -c "[.response.items[]|.reply_to_comment-$x,.id-$x]"; jq -r ".response.items[].text" all | sort -u | wc -l | sed "s/^[5-9][0-9]$/many/"'
	assert_output - <<-'END'
	[30,30,250,"bench"]
	[250,126,100]
	[250,126,26]
	250
	true
	[0,1,0,2]
	many
	END
	run --separate-stderr gp-sim --bench-vk 30 "$small" -- true
	assert_failure 64
	assert_stderr "gp-sim: --bench-vk: '30' is not POSTSxCOMMENTS, as 200x50"
}

@test "replies hold against VK's published schema" {
	need_shared
	[ -d "$GP_SHARED/samples/schema/vk/wall" ] || skip "no schema of VK there"
	sim "$lp"'on wall_reply_new=1 wall_post_new=1 message_new=1 wall_reply_delete=1; server
	p() { printf "%s\t" "$1"; shift; "$@" | jq -c .; }
	p groups/responses.json#groups_getLongPollSettings_response vk groups.getLongPollSettings group_id=$g
	p groups/responses.json#groups_getLongPollServer_response vk groups.getLongPollServer group_id=$g
	p groups/responses.json#groups_getTokenPermissions_response vk groups.getTokenPermissions
	p messages/responses.json#messages_getConversations_response vk messages.getConversations extended=1
	p messages/responses.json#messages_getHistory_extended_response vk messages.getHistory peer_id=810000002 extended=1
	ts=0; check >u; for t in wall_post_new:wall_post_new wall_reply_new:wall_reply_new message_new:message_object; do jq -c ".updates[]|select(.type==\"${t%:*}\").object" u | sed "s/^/callback\/objects.json#callback_${t#*:}\t/"; done; jq -c ".updates[]" u | sed "s/^/callback\/objects.json#callback_base\t/"
	T=user; p stats/responses.json#stats_get_response vk stats.get group_id=$g
	p stats/responses.json#stats_getPostReach_response vk stats.getPostReach owner_id=-$g post_ids=1,2
	p polls/responses.json#polls_getById_response vk polls.getById owner_id=-$g poll_id=900000017
	p users/responses.json#users_get_response vk users.get user_ids=810000002 fields=photo_50,screen_name
	p groups/responses.json#groups_getById_object_response vk groups.getById group_id=$g fields=members_count,description,counters,contacts,site,verified,status,activity,wall,can_message
	p utils/responses.json#utils_resolveScreenName_response vk utils.resolveScreenName screen_name=lipovka_vk
	p utils/responses.json#utils_getServerTime_response vk utils.getServerTime
	p wall/responses.json#wall_get_response vk wall.get owner_id=-$g count=100
	p wall/responses.json#wall_get_extended_response vk wall.get owner_id=-$g count=100 extended=1
	p wall/responses.json#wall_getById_response vk wall.getById posts=-${g}_2,-${g}_14
	for i in 2 18 28; do p wall/responses.json#wall_getComments_response vk wall.getComments owner_id=-$g post_id=$i thread_items_count=10 need_likes=1
	p wall/responses.json#wall_getComments_extended_response vk wall.getComments owner_id=-$g post_id=$i extended=1; done'
	assert_success
	echo "$output" >lines
	run python3 "$GP_TESTS/vkschema.py" "$GP_SHARED/samples/schema/vk" <lines
	assert_success
	assert_output ''
	# A damaged reply is found.
	run bash -c 'grep wall_get_response lines | sed "s/\"count\":22/\"count\":\"x\"/" | python3 "$1" "$2"' - "$GP_TESTS/vkschema.py" "$GP_SHARED/samples/schema/vk"
	assert_failure
	assert_output "line 1: wall_get_response: response.count: 'x' is not of type 'integer'"
}
