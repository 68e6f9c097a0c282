#!/usr/bin/env bats
# What is written to gp-sim is read back by gp-fetch: the page's own voice,
# under the ids that gp-sim's book has.
load ../lib

setup() {
	gp_setup
	# The config of fetch-networks.bats.
	sed -n '/^	cat >with/,/^	END/p' "$BATS_TEST_DIRNAME/fetch-networks.bats" |
		sed '1d; $d; s/^\t\t//' >with
	export GP_CONFIG=$PWD/gp.yaml
	cat >answer.py <<-'END'
	"""Answers every comment and letter of the crowd that gp-fetch read."""
	import hashlib, json, os, sys, urllib.parse, urllib.request

	url = os.environ["GP_SIM_URL"]


	def secret(name):
	    with open(os.environ[name], encoding="ascii") as f:
	        return f.read().strip()


	def post(path, data, **headers):
	    if isinstance(data, dict):
	        data = urllib.parse.urlencode(data)
	    req = urllib.request.Request(url + path, data.encode(), headers)
	    with urllib.request.urlopen(req) as r:
	        return json.load(r)


	def vk(r, text):
	    p = {"message": text, "v": "5.199",
	         "access_token": secret("GP_SIM_VK_COMMUNITY")}
	    ids = r["id"].split("/")
	    if r["type"] == "comment":
	        return post("/vk/method/wall.createComment", {
	            **p, "owner_id": ids[0][3:], "from_group": ids[0][4:],
	            "post_id": ids[1], "reply_to_comment": ids[2],
	            "guid": r["id"]})
	    return post("/vk/method/messages.send", {
	        **p, "peer_id": ids[1][2:], "random_id": ids[2]})


	def ok(r, text):
	    ids = r["id"].split("/")
	    if r["type"] == "message":
	        chat = "chat:" + ids[1][2:]
	        return post("/ok/graph/me/messages/%s?access_token=%s" % (
	            chat, secret("GP_SIM_OK_BOT")), json.dumps({
	                "recipient": {"chat_id": chat},
	                "message": {"text": text}}),
	            **{"Content-Type": "application/json"})
	    p = {"application_key": os.environ["GP_SIM_OK_APPLICATION_KEY"],
	         "format": "json", "entityType": "GROUP_TOPIC",
	         "method": "discussions.addDiscussionComment",
	         "entityId": ids[1], "reply_to_comment_id": ids[2],
	         "comment": text, "as_admin": "true"}
	    text = "".join("%s=%s" % i for i in sorted(p.items()))
	    p["sig"] = hashlib.md5(
	        (text + secret("GP_SIM_OK_SESSION")).encode()).hexdigest()
	    p["access_token"] = secret("GP_SIM_OK_ACCESS")
	    return post("/ok/fb.do", p)


	def maxru(r, text):
	    ids = r["id"].split("/")
	    path = "/max/messages/%s/comments" % ids[1]
	    if r["type"] == "message":
	        path = "/max/messages?chat_id=%s" % ids[0][4:]
	    return post(path, json.dumps({
	        "text": text, "link": {"type": "reply", "mid": ids[-1]}}),
	        **{"Content-Type": "application/json",
	           "Authorization": secret("GP_SIM_MAX_BOT")})


	def telegram(r, text):
	    ids = r["id"][9:].split("/")
	    return post("/bot%s/sendMessage" % secret("GP_SIM_TOKEN_FILE"), {
	        "chat_id": ids[0], "text": text,
	        "reply_parameters": json.dumps({"message_id": int(ids[1])})})


	send = {"vk": vk, "ok": ok, "max": maxru, "telegram": telegram}
	done = set()
	for line in sys.stdin:
	    r = json.loads(line)
	    if r["type"] not in ("comment", "message") or r["id"] in done:
	        continue
	    if not r.get("author", {}).get("id", "").startswith("33000"):
	        continue
	    done.add(r["id"])
	    a = send[r["network"]](r, "Ответ на " + r["id"])
	    if isinstance(a, dict) and ("error" in a or "error_code" in a):
	        sys.exit(json.dumps(a))
	print(len(done))
	END
}

@test "a crowd on four networks is read, answered, and the answers read back by the book's ids" {
	gp-sim --run -- sh ./with 'p() { curl -sf "$GP_SIM_URL/_sim/plant" -d "network=$1" -d n=$2 $3 >/dev/null; }
		for n in telegram vk ok max; do p $n 30; p $n 5 "-d private=true"; done
		gp-fetch -p vk -p ok -p max >before 2>err
		gp-fetch -p telegram --state st >>before 2>>err
		python3 answer.py <before >answered
		gp-fetch -p vk -p ok -p max >after 2>>err
		curl -sf "$GP_SIM_URL/_sim/written" >book'
	run cat answered
	assert_output 140
	run bash -c "jq -r '\"\(.network) \(.action) \(.times)\"' book | sort | uniq -c | tr -s ' '"
	assert_output - <<-'END'
	 30 max comment 1
	 5 max message 1
	 30 ok comment 1
	 5 ok message 1
	 30 telegram comment 1
	 5 telegram message 1
	 30 vk comment 1
	 5 vk message 1
	END
	# Each answer says whom it answers, and the book agrees.
	run jq -r 'select(.parent and .text != "Ответ на " + .parent)' book
	assert_output ''
	for n in vk ok max; do
		jq -r "select(.network == \"$n\") | [.id, .post // \"-\", .parent // \"-\"] | @tsv" book | sort >held
		jq -r "select(.network == \"$n\" and (.type | IN(\"comment\", \"message\")) and .author.official
			and (.text | startswith(\"Ответ на\"))) | [.id, .post // \"-\", .parent // \"-\"] | @tsv" after | sort -u >read
		diff held read
		[ "$(wc -l <held)" -eq 35 ]
	done
}
