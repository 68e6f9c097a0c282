# VK's own words: errors in all shapes, tokens that leak, events as they came.
load ../lib

setup() {
	gp_setup
	mkdir r
	for kind in service user community; do
		printf '%s-secret-token-%s\n' $kind 1234567890abcdef >$kind
		chmod 600 $kind
	done
}

# conf KIND...: a config with these tokens for the page town, and the server.
conf() {
	canned r
	{
		printf 'vk: {api: "%s"}\npages:\n  town:\n' "$canned"
		printf '    network: vk\n    name: 191949777\n    messages: yes\n'
		printf '    tokens:\n'
		for kind; do printf '      %s: {file: %s}\n' "$kind" "$kind"; done
	} >gp.yaml
	export GP_CONFIG=$PWD/gp.yaml
}

# refuses STATUS WORDS < ERROR: a run that gets this error says so.
refuses() {
	cat >r/wall.get.1
	rm -f r/asked
	run --separate-stderr gp-fetch --retries 0 -p town --stream posts
	assert_failure "$1"
	assert_stderr --partial "gp-fetch: vk:-191949777: posts: $2"
	refute_output --partial secret-token
	refute_stderr --partial secret-token
}

error() {
	printf '{"error":{"error_code":%s,"error_msg":"%s","request_params":[{"key":"access_token","value":"service-secret-token-1234567890abcdef"}]%s}}' "$@"
}

@test "vk: every refusal says what to do, with its status" {
	conf service
	error 5 'User authorization failed: invalid access_token (4).' '' |
		refuses 77 'the token is wrong, revoked or of a blocked user: make a new one (5 User authorization failed: invalid access_token (4).)'
	error 14 'Captcha needed' ',"captcha_sid":"1","captcha_img":"https:\/\/api.vk.ru\/captcha.php?sid=1"' |
		refuses 77 'VK wants to see a person (captcha): sign in to vk.com as the owner of the token and pass the check, then run this again (14 Captcha needed: https://api.vk.ru/captcha.php?sid=1)'
	error 17 'Validation required' ',"redirect_uri":"https:\/\/m.vk.com\/login?act=x"' |
		refuses 77 'VK wants the owner of the token to confirm that it is them: open the address in a browser (17 Validation required: https://m.vk.com/login?act=x)'
	error 15 'Access denied' '' | refuses 69 'access denied: the page is closed'
	error 27 'Group authorization failed' '' |
		refuses 77 "a community's token cannot do this: give the page a token 'service' or 'user' (27"
	error 29 'Rate limit reached' '' | refuses 75 'the limit of this method for a day is reached'
	error 9 'Flood control' '' | refuses 75 'flood control: try again in some minutes'
	error 8421 'Never seen with service-secret-token-1234567890abcdef' '' |
		refuses 69 'VK refuses (8421 Never seen with TOKEN)'
	echo '502
<html>Bad Gateway</html>' | refuses 75 "VK is in trouble (502)"
	echo '{"nothing":1}' | refuses 69 "the reply has no 'response'"
	echo '{"response":{"count":1,"items":[{"date":5}]}}' | refuses 69 "wall.get: items[0] has no 'id'"
}

@test "vk: too many a second and internal errors pass by themselves" {
	conf service
	error 6 'Too many requests per second' '' >r/wall.get.1
	error 10 'Internal server error' '' >r/wall.get.2
	echo '{"response":{"count":0,"items":[]}}' >r/wall.get.3
	run --separate-stderr gp-fetch -p town --stream posts
	assert_success
	assert_stderr ''
	run jq -r .outcome <<<"$output"
	assert_output empty
}

@test "vk: posts in the shapes there are, numbers and booleans mixed" {
	conf service
	cat >r/wall.get.1 <<-'END'
		{"response":{"count":3,"items":[
		{"id":9,"owner_id":-191949777,"from_id":-191949777,"date":1790000000,"is_pinned":1,"text":"Правила","comments":{"count":0}},
		{"id":12,"owner_id":-191949777,"from_id":-191949777,"signer_id":7,"date":1793000000,"edited":1793000060,"text":"[club191949777|Город] и [id7|Анна]: вода [до среды] #вода","likes":{"count":5},"views":{"count":321},"reposts":{"count":2},"comments":{"count":4},
		 "attachments":[{"type":"photo","photo":{"id":1,"sizes":[{"type":"z","width":1080,"height":720,"url":"https://example.org/z.jpg"},{"type":"m","width":130,"height":87,"url":"https://example.org/m.jpg"}]}},
		 {"type":"video","video":{"id":3,"owner_id":-191949777,"title":"Ремонт","duration":61}},
		 {"type":"doc","doc":{"title":"план.pdf","size":1024,"url":"https://example.org/d"}},
		 {"type":"link","link":{"url":"https://example.org/","title":"Сайт","description":"о воде"}},
		 {"type":"poll","poll":{"question":"Когда?","votes":3,"closed":true,"answers":[{"id":1,"text":"Сейчас","votes":2},{"id":2,"text":"Потом","votes":1}]}},
		 {"type":"situational_theme","situational_theme":{}}]},
		{"id":11,"owner_id":-191949777,"from_id":7,"date":1792000000,"text":"","copy_history":[{"id":5,"owner_id":-1,"text":"Чужое","date":1}]}
		],"profiles":[{"id":7,"first_name":"Анна","last_name":"П."}],"groups":[{"id":1,"name":"ВКонтакте"}]}}
	END
	run --separate-stderr gp-fetch -p town --stream posts
	assert_success
	assert_stderr ''
	"$GP_TESTS/schema.py" <<<"$output"
	grep -q '"type":"cursor"' <<<"$output"
	jq -c 'select(.type == "post")' <<<"$output" >posts
	run jq -c '[.id, .pinned, .text, .signature, .edited, .counts, .repost_of.name, .author]' posts
	assert_output - <<-'END'
		["vk:-191949777/9",true,"Правила",null,null,{"comments":0},null,null]
		["vk:-191949777/12",null,"Город и Анна: вода [до среды] #вода","Анна П.","2026-10-26T07:34:20Z",{"views":321,"reactions":5,"reposts":2,"comments":4},null,null]
		["vk:-191949777/11",null,"Чужое",null,null,null,"ВКонтакте",{"id":"7","name":"Анна П.","official":false}]
	END
	run jq -c 'select(.poll) | [[.attachments[].kind], .attachments[0].url, .poll.options[0].votes, .poll.closed]' posts
	assert_output '[["photo","video","file","link","other"],"https://example.org/z.jpg",2,true]'
}

@test "vk: packed calls fail one by one, threads are read to their end" {
	conf user
	echo '{"response":{"count":3,"items":[{"id":3,"date":1793400000,"comments":{"count":2}},{"id":2,"date":1793300000,"comments":{"count":12}},{"id":1,"date":1793200000,"comments":{"count":1}}]}}' >r/wall.get.1
	replies=$(for i in 21 22 23 24 25 26 27 28 29 30; do
		printf '{"id":%s,"from_id":8,"date":17933000%s,"text":"ответ","parents_stack":[20]},' $i $i
	done)
	cat >r/execute.1 <<-END
		{"response":[
		{"count":2,"current_level_count":2,"items":[{"id":31,"from_id":7,"date":1793400001,"text":"раз"},{"id":32,"from_id":-191949777,"date":1793400002,"text":"два"}],"profiles":[{"id":7,"first_name":"А","last_name":"Б"}]},
		{"count":12,"current_level_count":1,"items":[{"id":20,"deleted":true,"thread":{"count":11,"items":[${replies%,}]}}]},
		false],
		"execute_errors":[{"method":"wall.getComments","error_code":10,"error_msg":"Internal"},{"method":"execute","error_code":10,"error_msg":"x"}]}
	END
	cat >r/execute.2 <<-'END'
		{"response":[false,{"count":12,"current_level_count":11,"items":[{"id":30,"from_id":8,"date":1793300030,"text":"ответ","parents_stack":[20]},{"id":33,"from_id":8,"date":1793300033,"text":"последний","parents_stack":[20]}]}],
		"execute_errors":[{"method":"wall.getComments","error_code":212,"error_msg":"closed"}]}
	END
	run --separate-stderr gp-fetch -p town --stream comments
	assert_failure 1
	assert_stderr 'gp-fetch: vk:-191949777: comments: not all came that the network counts: 1 gap'
	"$GP_TESTS/schema.py" <<<"$output"
	[ "$(grep -c '"type":"comment"' <<<"$output")" -eq 13 ]
	run jq -c 'select(.type == "run") | [.outcome, .expected, .gaps]' <<<"$output"
	assert_output '["partial",{"comments":15},[{"what":"comments","of":"vk:-191949777/1","expected":1,"got":0,"reason":"the comments are closed (212)"}]]'
	grep -q 'comment_id%22%3A20' r/asked
	grep -q 'preview_length%22%3A0' r/asked
}

@test "vk: real events are read, and unknown kinds passed over" {
	need_shared
	dir=$GP_SHARED/samples/vk/events
	[ -d "$dir" ] || skip "no samples in GP_SHARED"
	conf community
	echo '{"response":{"key":"lp-key-123456","server":"@URL@/lp","ts":"5"}}' >r/groups.getLongPollServer.1
	jq -cs '{ts: "20", updates: .}' "$dir"/*.json >r/lp.1
	echo '{"ts":"20","updates":[]}' >r/lp.2
	run --separate-stderr gp-fetch -p town --stream updates
	assert_success
	assert_stderr ''
	"$GP_TESTS/schema.py" <<<"$output"
	run jq -c 'select(.type != "run") | [.type, .id, .value, .poll.question]' <<<"$output"
	assert_output - <<-'END'
		["message","vk:-191949777/im578716413/304",null,null]
		["post","vk:-191949777/1",null,"how are you?"]
		["message","vk:-191949777/im2000000002/469",null,"123"]
		["cursor","cursor:vk:-191949777/updates","20",null]
	END
}

@test "vk: real errors are understood" {
	need_shared
	dir=$GP_SHARED/samples/vk/errors
	[ -d "$dir" ] || skip "no samples in GP_SHARED"
	conf service
	refuses 77 'VK wants to see a person (captcha)' <"$dir/error-14-captcha.json"
	refuses 77 'the token is wrong' <"$dir/error-5-invalid-token.json"
	refuses 77 'the token is wrong' <"$dir/error-5-banned-user.json"
	refute_stderr --partial test_token
}

@test "vk: a key that is old, events that are gone" {
	conf community
	echo '{"response":{"key":"lp-key-1","server":"@URL@/lp","ts":5}}' >r/groups.getLongPollServer.1
	echo '{"failed":2}' >r/lp.1
	echo '{"failed":1,"ts":14}' >r/lp.2
	echo '{"failed":3}' >r/lp.3
	echo '{"ts":"6","updates":[{"type":"wall_reply_new","object":{"id":51,"from_id":7,"date":1793000000,"text":"Где вода?","post_id":40,"post_owner_id":-191949777},"group_id":191949777,"event_id":"a"},{"type":"wall_reply_delete","object":{"owner_id":-191949777,"id":50,"deleter_id":7,"post_id":40}}]}' >r/lp.4
	echo '{"ts":"6","updates":[]}' >r/lp.5
	run --separate-stderr gp-fetch -p town --stream updates --record tape
	assert_failure 1
	assert_stderr 'gp-fetch: vk:-191949777: updates: VK no longer had all events since the last run: the streams posts, comments and messages have what is missing'
	run jq -c 'select(.type != "run") | [.type, .id, .text, .deleted]' <<<"$output"
	assert_output - <<-'END'
		["comment","vk:-191949777/40/51","Где вода?",null]
		["comment","vk:-191949777/40/50",null,true]
		["cursor","cursor:vk:-191949777/updates",null,null]
	END
	refute grep -rq 'lp-key-1\|secret-token' tape
}
