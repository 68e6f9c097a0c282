#!/usr/bin/env bats
# gp-sim as VK, written to: posts now and for later, comments, letters, polls,
# uploads; what is refused with which code; what is read back of it.
load ../lib

small=$BATS_TEST_DIRNAME/../fixtures/sim/small.yaml

setup() {
	gp_setup
	printf '\211PNG\r\n\032\n0123456789' >a.png
	cat >tools.sh <<-'END'
	g=210000111
	T=user
	# up FILE-OPTION URL: an upload, by curl's -F.
	vk() {
		local m=$1 f p; shift
		case $T in service) f=$GP_SIM_VK_SERVICE ;; user) f=$GP_SIM_VK_USER ;; *) f=$GP_SIM_VK_COMMUNITY ;; esac
		set -- "$@" "access_token=$(cat "$f")" v=5.199
		p=(); for i in "$@"; do p+=(--data-urlencode "$i"); done
		curl -s --max-time 20 "$GP_SIM_URL/vk/method/$m" "${p[@]}"
	}
	sim() { curl -s "$GP_SIM_URL/_sim/$1" "${@:2}"; }
	code() { jq -r 'if .error then .error|"\(.error_code) \(.error_msg)" else .response|tojson end'; }
	post() { vk wall.post owner_id=-$g from_group=1 "$@"; }
	now() { date -ud "$GP_SIM_NOW" +%s; }
	photo() {
		vk photos.getWallUploadServer group_id=$g | jq -r .response.upload_url >url
		curl -s -F photo=@a.png "$(cat url)" >up
		vk photos.saveWallPhoto group_id=$g server="$(jq .server up)" photo="$(jq -r .photo up)" hash="$(jq -r .hash up)" "$@"
	}
	c='One of the parameters specified was missing or invalid: '
	END
}

sim() {
	run --separate-stderr gp-sim "${@:1:$#-1}" "$small" -- \
		bash -c ". ./tools.sh; ${!#}"
}

# -- posts ---------------------------------------------------------------------

@test "a post stands on the wall; the same guid is the same post" {
	sim 'post message="Завтра без воды" guid=k1 | code; post message="Завтра без воды" guid=k1 | code; post message="Завтра без воды" guid=k2 | code; T=service; vk wall.get owner_id=-$g count=3 | jq -c ".response.items[]|[.id,.from_id,.text[0:20],.post_type]"; sim written | jq -c "[.id,.key,.times,.text]"'
	assert_output - <<-'END'
	{"post_id":34}
	{"post_id":34}
	{"post_id":35}
	[2,-210000111,"Отключат воду на Луг","post"]
	[35,-210000111,"Завтра без воды","post"]
	[34,-210000111,"Завтра без воды","post"]
	["vk:-210000111/34","k1",2,"Завтра без воды"]
	["vk:-210000111/35","k2",1,"Завтра без воды"]
	END
}

@test "a guid is forgotten after an hour" {
	sim 'post message=а guid=k1 | code; sim clock -d "now=2026-10-10T15:59:59Z" >/dev/null; post message=а guid=k1 | code; sim clock -d "now=2026-10-10T16:00:00Z" >/dev/null; post message=а guid=k1 | code'
	assert_output $'{"post_id":34}\n{"post_id":34}\n{"post_id":35}'
}

@test "a post without from_group is its admin's" {
	sim 'vk wall.post owner_id=-$g message=Лично | code; vk wall.getById posts=-${g}_34 | jq ".response.items[0].from_id > 0"'
	assert_output $'{"post_id":34}\ntrue'
}

@test "posts are refused: tokens, walls, texts, attachments" {
	sim 'T=community; post message=а | code; T=service; post message=а | code; T=user
	post | code; post message="  " | code; vk wall.post owner_id=-5 message=а | code; vk wall.post message=а | code
	vk wall.post owner_id=810000002 message=а | code; post message="$(printf "%016385d" 0)" | code; post message=а from_group=2 | code; post message=а words=1 | code
	post attachments=photo-${g}_5 | code; post attachments=https://a.example.org/,https://b.example.org/ | code; post attachments=cake-1_2 | code
	sim written | wc -l'
	assert_output - <<-'END'
	27 Group authorization failed: method is unavailable with group auth
	28 Application authorization failed: method is unavailable with service token
	100 One of the parameters specified was missing or invalid: message is empty, and nothing is attached
	100 One of the parameters specified was missing or invalid: message is empty, and nothing is attached
	15 Access denied: wall is disabled
	100 One of the parameters specified was missing or invalid: owner_id is undefined
	15 Access denied: wall is disabled
	100 One of the parameters specified was missing or invalid: message is too long
	100 One of the parameters specified was missing or invalid: from_group is invalid
	100 One of the parameters specified was missing or invalid: 'words' is no parameter of wall.post (gp-sim is strict)
	100 One of the parameters specified was missing or invalid: attachments: there is no 'photo-210000111_5' (gp-sim is strict)
	100 One of the parameters specified was missing or invalid: attachments: only one link is allowed
	100 One of the parameters specified was missing or invalid: attachments: 'cake-1_2' is no media
	0
	END
}

@test "a post for later waits, is seen by who runs the page, and goes out under another id" {
	sim 't=$(($(now)+600)); post message=Потом publish_date=$t guid=p | code; post message=Потом publish_date=$t guid=p | code
	T=service; vk wall.get owner_id=-$g | jq .response.count; vk wall.get owner_id=-$g filter=postponed | code; vk wall.getById posts=-${g}_34 | jq -c .response.items; vk wall.getComments owner_id=-$g post_id=34 | code
	T=user; vk wall.get owner_id=-$g filter=postponed | jq -c ".response|[.count,(.items[]|[.id,.date-$t,.post_type,.text])]"; vk wall.getById posts=-${g}_34 | jq -r ".response.items[].post_type"
	sim written | jq -c "[.id,.due]"
	sim clock -d "now=2026-10-10T15:09:59Z" >/dev/null; vk wall.get owner_id=-$g count=2 | jq -c "[.response.items[].id]"
	sim clock -d "now=2026-10-10T15:10:00Z" >/dev/null; T=service; vk wall.get owner_id=-$g count=2 | jq -c ".response.items[1]|[.id,.postponed_id,.date-$t,.post_type,.text]"
	T=user; vk wall.get owner_id=-$g filter=postponed | jq .response.count; sim written | jq -c "[.id,.published,.became,.text,.times]"'
	assert_output - <<-'END'
	{"post_id":34}
	{"post_id":34}
	22
	15 Access denied
	[]
	15 Access denied: post was not found check post_id param
	[1,[34,0,"postpone","Потом"]]
	postpone
	["vk:-210000111/34","2026-10-10T15:10:00Z"]
	[2,28]
	[35,34,0,"post","Потом"]
	0
	["vk:-210000111/34",true,"vk:-210000111/35","Потом",2]
	END
}

@test "times for later: future, a year, one a minute, 150 of them" {
	sim 't=$(($(now)+600)); post message=а publish_date=$(now) | code; post message=а publish_date=$((t+40000000)) | code; post message=а publish_date=$t | code; post message=б publish_date=$((t+59)) | code
	for i in $(seq 149); do post message=$i publish_date=$((t+i*60)); done | wc -l; echo; post message=в publish_date=$((t+90000)) | code'
	assert_output - <<-END
	100 One of the parameters specified was missing or invalid: publish_date should be in the future
	100 One of the parameters specified was missing or invalid: publish_date is more than a year ahead
	{"post_id":34}
	214 Access to adding post denied: a post is already scheduled for this time
	0

	214 Access to adding post denied: there are 150 postponed posts already
	END
}

@test "what waits is changed, moved, published by hand, taken away" {
	sim 't=$(($(now)+600)); for i in 1 2 3; do post message=$i publish_date=$((t+i*60)) | code; done
	vk wall.edit owner_id=-$g post_id=34 message=раз publish_date=$((t+120)) | code; vk wall.edit owner_id=-$g post_id=34 message=раз publish_date=$((t+600)) | code
	vk wall.post owner_id=-$g post_id=35 | code; vk wall.delete owner_id=-$g post_id=36 | code; vk wall.delete owner_id=-$g post_id=36 | code
	vk wall.get owner_id=-$g filter=postponed | jq -c ".response.items|map([.id,.text,.date-$t])"; vk wall.get owner_id=-$g count=2 | jq -c ".response.items|map(.text)|.[1]"
	sim written | jq -c "[.id,.edited,.deleted,.published]"'
	assert_output - <<-'END'
	{"post_id":34}
	{"post_id":35}
	{"post_id":36}
	214 Access to adding post denied: a post is already scheduled for this time
	{"post_id":34}
	{"post_id":37}
	1
	104 Not found
	[[34,"раз",600]]
	"2"
	["vk:-210000111/34",1,null,null]
	["vk:-210000111/35",null,null,true]
	["vk:-210000111/36",null,true,null]
	END
}

@test "an edit leaves nothing that is not given again; pins and closed comments" {
	sim 'photo >/dev/null; post message=а attachments=photo810000001_480000001,https://example.org/x | code; vk wall.getById posts=-${g}_34 | jq -c ".response.items[0].attachments|map([.type,.photo.id,.photo.owner_id,.link.url])"
	vk wall.edit owner_id=-$g post_id=34 message=б | code; vk wall.getById posts=-${g}_34 | jq -c ".response.items[0]|[.text,.attachments,.edited!=null]"
	vk wall.edit owner_id=-$g post_id=34 | code; vk wall.edit owner_id=-$g post_id=999 message=а | code
	vk wall.pin owner_id=-$g post_id=34 | code; vk wall.get owner_id=-$g count=1 | jq -c ".response.items[0].id"; vk wall.unpin owner_id=-$g post_id=34 | code
	T=community; vk wall.closeComments owner_id=-$g post_id=34 | code; vk wall.createComment owner_id=-$g post_id=34 message=а | code; vk wall.openComments owner_id=-$g post_id=34 | code; vk wall.createComment owner_id=-$g post_id=34 message=а | code'
	assert_output - <<-'END'
	{"post_id":34}
	[["photo",480000001,810000001,null],["link",null,null,"https://example.org/x"]]
	{"post_id":34}
	["б",[],true]
	100 One of the parameters specified was missing or invalid: message is empty, and nothing is attached
	100 One of the parameters specified was missing or invalid: post_id is incorrect
	1
	34
	1
	1
	213 Access to status replies denied
	1
	{"comment_id":35,"parents_stack":[]}
	END
}

# -- comments ------------------------------------------------------------------

@test "an answer stands in the thread of what it answers, as the page's, once a guid" {
	sim 'T=community; vk wall.createComment owner_id=-$g post_id=2 from_group=$g reply_to_comment=5 message="Ответ" guid=a | code; vk wall.createComment owner_id=-$g post_id=2 from_group=$g reply_to_comment=5 message="Ответ" guid=a | code
	T=service; vk wall.getComments owner_id=-$g post_id=2 comment_id=3 preview_length=0 | jq -c ".response.items[-1]|[.id,.from_id,.text,.reply_to_comment,.parents_stack]"
	sim written | jq -c "[.action,.id,.page,.post,.parent,.key,.times]"'
	assert_output - <<-'END'
	{"comment_id":34,"parents_stack":[3]}
	{"comment_id":34,"parents_stack":[3]}
	[34,-210000111,"Ответ",5,[3]]
	["comment","vk:-210000111/2/34","vk:-210000111","vk:-210000111/2","vk:-210000111/2/5","a",2]
	END
}

@test "the Long Poll tells of the page's own answer" {
	sim 'T=community; vk groups.setLongPollSettings group_id=$g enabled=1 api_version=5.199 wall_reply_new=1 wall_post_new=1 message_reply=1 >/dev/null; vk groups.getLongPollServer group_id=$g >s; vk wall.createComment owner_id=-$g post_id=2 message=Ответ >/dev/null; sim plant -d network=vk -d n=1 -d private=1 >/dev/null; vk messages.send user_id=330000001 message=и random_id=1 | code; curl -s "$(jq -r .response.server s)?act=a_check&key=$(jq -r .response.key s)&ts=$(jq -r .response.ts s)&wait=1" | jq -c ".updates[]|[.type,.object.from_id,.object.text]"'
	assert_output - <<-'END'
	36
	["wall_reply_new",-210000111,"Ответ"]
	["message_reply",-210000111,"и"]
	END
}

@test "comments are refused, changed by their author alone, taken away" {
	sim 'T=community; vk wall.createComment owner_id=-$g post_id=2 from_group=1 message=а | code; vk wall.createComment owner_id=-$g post_id=999 message=а | code; vk wall.createComment owner_id=-$g post_id=2 reply_to_comment=999 message=а | code; vk wall.createComment owner_id=-$g post_id=2 | code; vk wall.editComment owner_id=-$g comment_id=4 message=а | code
	T=user; vk wall.createComment owner_id=-$g post_id=2 from_group=$g message=а | code; vk wall.editComment owner_id=-$g comment_id=34 message=б | code; vk wall.editComment owner_id=-$g comment_id=3 message=б | code; vk wall.deleteComment owner_id=-$g comment_id=34 | code; vk wall.deleteComment owner_id=-$g comment_id=34 | code; T=service; vk wall.createComment owner_id=-$g post_id=2 message=а | code; sim written | jq -c "[.id,.text,.edited,.deleted]"'
	assert_output - <<-END
	100 One of the parameters specified was missing or invalid: from_group is incorrect
	15 Access denied: post was not found check post_id param
	100 One of the parameters specified was missing or invalid: reply_to_comment is incorrect
	100 One of the parameters specified was missing or invalid: message is empty, and nothing is attached
	27 Group authorization failed: method is unavailable with group auth
	{"comment_id":34,"parents_stack":[]}
	1
	211 Access to wall's comment denied
	1
	104 Not found
	28 Application authorization failed: method is unavailable with service token
	["vk:-210000111/2/34","б",1,true]
	END
}

# -- letters -------------------------------------------------------------------

@test "a letter needs a random_id, goes out once, and only to who wrote" {
	sim 'T=community; sim plant -d network=vk -d n=2 -d private=1 | jq -c "[.n,.first,.last]"; vk messages.send peer_id=330000002 message=а | code; for i in 1 2; do vk messages.send peer_id=330000002 message=Ответ random_id=77 reply_to=35 | code; done; vk messages.send peer_id=330000001 message=а random_id=77 reply_to=35 | code; vk messages.send peer_id=330000009 message=а random_id=1 | code; vk messages.send peer_id=2000000001 message=а random_id=1 | code; vk messages.send peer_id=330000001 random_id=2 | code; vk messages.send peer_id=330000001 random_id=2 message="$(printf "%09001d" 0)" | code; vk messages.send peer_id=330000001 random_id=99999999999 message=а | code; vk messages.send random_id=3 message=а | code
	vk messages.send peer_ids=330000001,330000009 message=а random_id=9 | jq -c ".response|map([.peer_id,.message_id,.conversation_message_id,.error.code])"
	vk messages.getHistory peer_id=330000002 | jq -c ".response.items|map([.id,.from_id,.text==\"Ответ\",.conversation_message_id])"
	T=user; vk messages.send peer_id=330000002 message=а random_id=5 | code; sim written | jq -c "[.id,.parent,.chat,.key,.times]"'
	assert_output - <<-'END'
	[2,34,35]
	100 One of the parameters specified was missing or invalid: random_id is undefined
	36
	36
	100 One of the parameters specified was missing or invalid: reply_to is incorrect
	901 Can't send messages for users without permission
	917 You don't have access to this chat
	100 One of the parameters specified was missing or invalid: message is empty, and nothing is attached
	914 Message is too long
	100 One of the parameters specified was missing or invalid: random_id is not of 32 bits
	100 One of the parameters specified was missing or invalid: you should specify peer_id, user_id or peer_ids
	[[330000001,37,2,null],[330000009,0,0,901]]
	[[36,-210000111,true,2],[35,330000002,false,1]]
	15 Access denied: no access to call this method
	["vk:-210000111/im330000002/2","vk:-210000111/im330000002/1","vk:-210000111/im330000002","77",2]
	["vk:-210000111/im330000001/2",null,"vk:-210000111/im330000001","9",1]
	END
}

@test "a letter is changed for a day, and taken away" {
	sim 'T=community; sim plant -d network=vk -d n=1 -d private=1 >/dev/null; vk messages.send peer_id=330000001 message=а random_id=1 | code; vk messages.edit peer_id=330000001 cmid=2 message=б | code; vk messages.edit peer_id=330000001 message_id=34 message=б | code; sim clock -d now=2026-10-11T15:00:00Z >/dev/null; vk messages.edit peer_id=330000001 message_id=35 message=в | code; vk messages.delete message_ids=35,99 delete_for_all=1 | code; sim written | jq -c "[.text,.edited,.deleted]"'
	assert_output - <<-'END'
	35
	1
	920 Can't edit this kind of message
	909 Can't edit this message, because it's too old
	[{"message_id":35,"response":1},{"message_id":99,"response":0}]
	["б",1,true]
	END
}

# -- what is attached ----------------------------------------------------------

@test "a poll is made, attached, and read back with its answers" {
	sim 'e=$(($(now)+3600)); vk polls.create owner_id=-$g question="Когда ярмарка?" add_answers="[\"Суббота\",\"Воскресенье\"]" is_anonymous=1 end_date=$e | jq -c ".response|[.id,.owner_id,[.answers[].text],.anonymous,.closed]"; post attachments=poll-${g}_480000001 | code; vk wall.getById posts=-${g}_34 | jq -c ".response.items[0].attachments[0].poll|[.id,.question,.end_date-$e]"; sim clock -d now=2026-10-11T15:00:00Z >/dev/null; vk polls.getById owner_id=-$g poll_id=480000001 | jq .response.closed
	vk polls.create owner_id=-$g question=а add_answers="[]" | code; vk polls.create owner_id=-$g question=а add_answers="Да,Нет" | code; vk polls.create owner_id=-$g question=а add_answers="[\"\"]" | code; vk polls.create owner_id=-$g question=а add_answers="[\"Да\"]" end_date=$e | code; T=community; vk polls.create owner_id=-$g question=а add_answers="[1]" | code'
	assert_output - <<-'END'
	[480000001,-210000111,["Суббота","Воскресенье"],true,false]
	{"post_id":34}
	[480000001,"Когда ярмарка?",0]
	true
	100 One of the parameters specified was missing or invalid: add_answers should have 1 to 10 answers
	100 One of the parameters specified was missing or invalid: add_answers is no JSON array
	100 One of the parameters specified was missing or invalid: add_answers: an answer is empty
	100 One of the parameters specified was missing or invalid: end_date is incorrect
	27 Group authorization failed: method is unavailable with group auth
	END
}

@test "a picture takes three steps, none of which can be left out or forged" {
	sim 'photo caption="Мост" | jq -c ".response[0]|[.id,.owner_id,.text]"; s=$(jq .server up); p=$(jq -r .photo up) h=$(jq -r .hash up)
	vk photos.saveWallPhoto group_id=$g server=5 photo="$p" hash=$h | code; vk photos.saveWallPhoto group_id=$g server=$s photo="$p" hash=0 | code; echo текст >b.txt; curl -s -F photo=@b.txt "$(cat url)" | jq -r .photo; curl -s -F file=@a.png "$(cat url)" >up; jq -r .photo up; vk photos.saveWallPhoto group_id=$g server=$s photo="[]" hash=$(jq -r .hash up) | code
	post attachments=photo-${g}_480000001 | code; curl -s -F photo=@a.png "$(cat url)" >up; post attachments=photo0_480000002 | code
	T=community; vk photos.getWallUploadServer group_id=$g | code; vk photos.getMessagesUploadServer peer_id=0 | jq -c "[.response.album_id]"; T=user; vk photos.getWallUploadServer group_id=5 | code'
	assert_output - <<-'END'
	[480000001,810000001,"Мост"]
	118 Invalid server
	121 Invalid hash
	[]
	[]
	100 One of the parameters specified was missing or invalid: photos_list is invalid
	100 One of the parameters specified was missing or invalid: attachments: there is no 'photo-210000111_480000001' (gp-sim is strict)
	100 One of the parameters specified was missing or invalid: attachments: there is no 'photo0_480000002' (gp-sim is strict)
	27 Group authorization failed: method is unavailable with group auth
	[-64]
	125 Invalid group id
	END
}

@test "a film and a file are sent, attached, and read back" {
	sim 'vk video.save name="Мост" group_id=$g >v; jq -c ".response|[.video_id,.owner_id]" v; post attachments=video-${g}_480000001 | code; curl -s -F video_file=@a.png "$(jq -r .response.upload_url v)" | jq -c "[.size,.video_id]"; post attachments=video-${g}_480000001 | code
	curl -s -F file=@a.png "$(vk docs.getWallUploadServer group_id=$g | jq -r .response.upload_url)" >f; vk docs.save file="$(jq -r .file f)" title="План.pdf" | jq -c ".response|[.type,.doc.id,.doc.ext]"; vk docs.save file=x | code; post attachments=doc-${g}_480000002 | code; vk wall.getById posts=-${g}_34,-${g}_35 | jq -c ".response.items[].attachments[0]|[.type,.video.title,.doc.title]"'
	assert_output - <<-'END'
	[480000001,-210000111]
	100 One of the parameters specified was missing or invalid: attachments: there is no 'video-210000111_480000001' (gp-sim is strict)
	[18,480000001]
	{"post_id":34}
	["doc",480000002,"pdf"]
	105 Couldn't save file
	{"post_id":35}
	["video","Мост",null]
	["doc",null,"План.pdf"]
	END
}

# -- many ----------------------------------------------------------------------

@test "a thousand citizens write at once, and execute answers 25 of them a call" {
	sim 'sim plant -d network=vk -d n=1000 -d post=28 | jq -c "[.n,.first,.last]"; T=service; vk wall.getComments owner_id=-$g post_id=28 | jq .response.count
	T=community; for i in $(seq 0 39); do vk execute code="return [$(seq $((34+i*25)) $((58+i*25)) | sed "s/.*/API.wall.createComment({\"owner_id\":-$g,\"post_id\":28,\"from_group\":$g,\"reply_to_comment\":&,\"message\":\"Ответ\",\"guid\":\"g&\"})/" | paste -sd,)];" >>out; done; jq -s "map(.response|length)|add" out; jq -c .execute_errors out | sort | uniq -c | tr -s " "; sim written | jq -r .parent | sort -u | wc -l'
	assert_output - <<-'END'
	[1000,34,1033]
	1003
	1000
	 40 null
	1000
	END
	sim 'sim plant -d network=vk | code; sim plant -d network=nobody -d n=1 | jq -r .description; sim plant -d network=vk -d n=1 -d post=3 | jq -r .description; sim plant -d network=vk -d n=0 | jq -r .description'
	assert_output $'null\n'"'network' is none of the scenario"$'\nthere is no such post\n'"'n' is 1 to 100000"
}

# -- the schema ----------------------------------------------------------------

@test "what writing answers is as the published schema has it" {
	need_shared
	sim 'p() { printf "%s\t" "$1"; shift; "$@"; echo; }
	p photos/responses.json#photos_getWallUploadServer_response vk photos.getWallUploadServer group_id=$g
	p photos/responses.json#photos_saveWallPhoto_response photo
	p polls/responses.json#polls_create_response vk polls.create owner_id=-$g question=а add_answers="[\"б\"]"
	p wall/responses.json#wall_post_response post message=а attachments=photo810000001_480000001,poll-${g}_480000002
	p wall/responses.json#wall_post_response post message=б publish_date=$(($(now)+600))
	p wall/responses.json#wall_edit_response vk wall.edit owner_id=-$g post_id=34 message=в attachments=poll-${g}_480000002
	p wall/responses.json#wall_createComment_response vk wall.createComment owner_id=-$g post_id=34 from_group=$g message=г
	p wall/responses.json#wall_createComment_response vk wall.createComment owner_id=-$g post_id=2 reply_to_comment=3 from_group=$g message=г
	p base/responses.json#base_ok_response vk wall.deleteComment owner_id=-$g comment_id=36
	p wall/responses.json#wall_get_response vk wall.get owner_id=-$g count=10
	p wall/responses.json#wall_get_response vk wall.get owner_id=-$g filter=postponed
	p polls/responses.json#polls_getById_response vk polls.getById owner_id=-$g poll_id=480000002
	p wall/responses.json#wall_getComments_response vk wall.getComments owner_id=-$g post_id=34
	curl -s -F file=@a.png "$(vk docs.getWallUploadServer group_id=$g | jq -r .response.upload_url)" >f
	p docs/responses.json#docs_save_response vk docs.save file="$(jq -r .file f)"
	T=community; sim plant -d network=vk -d n=1 -d private=1 >/dev/null
	p messages/responses.json#messages_send_deprecated_response vk messages.send peer_id=330000001 message=а random_id=1
	p messages/responses.json#messages_send_user_ids_response vk messages.send peer_ids=330000001,5 message=а random_id=2
	p messages/responses.json#messages_delete_full_response vk messages.delete message_ids=39
	p photos/responses.json#photos_getMessagesUploadServer_response vk photos.getMessagesUploadServer peer_id=0'
	assert_success
	echo "$output" >lines
	run python3 "$GP_TESTS/vkschema.py" "$GP_SHARED/samples/schema/vk" <lines
	assert_output ''
	assert_success
	run bash -c 'grep createComment lines | sed "s/\"comment_id\"/\"id\"/" | python3 "$1" "$2"' - "$GP_TESTS/vkschema.py" "$GP_SHARED/samples/schema/vk"
	assert_failure
}
