# Pages as the network really made them, where they are at hand: left out by
# name otherwise. Nothing of them is kept here but what they count.
load ../lib

setup() {
	gp_setup
	need_shared
	dir=$GP_SHARED/samples/telegram-preview
	[ -d "$dir" ] || skip "no samples in GP_SHARED"
}

# one FILE FILTER: the file gives one record, of which the filter holds.
# shellcheck disable=SC2086
one() {
	run --separate-stderr gp-import "$dir"/$1
	[ "$status" -eq 0 ] || fail "$1: status $status: $stderr"
	[ "${#lines[@]}" -eq 1 ] || fail "$1: ${#lines[@]} records"
	jq -e ".type == \"post\" and (.at | type) == \"string\" and ($2)" \
		<<<"$output" >out || fail "$1: not so: $2: $output"
	"$GP_TESTS/schema.py" <<<"$output" || fail "$1: $output"
}

@test "samples: every fragment is one message of its kind" {
	one fragments/03-*.html '.service and .text == null'
	one fragments/05-*.html '.text and .service == null and .counts.views == 3100000' # in truth a text
	one fragments/07-*.html '.service and .counts == null'
	one fragments/09-*.html '.repost_of.name and .text'
	one fragments/11-*.html '.edited and ([.attachments[] | select(.kind == "link" and .title == null)] | length) == 1'
	one fragments/13-*.html '[.attachments[] | select(.kind == "link" and .title)] | length == 1'
	one fragments/15-*.html '.text | length == 1'
	one fragments/17-*.html '.attachments | length == 1 and .[0].kind == "audio" and .[0].title and .[0].description'
	one fragments/19-*.html '.poll.quiz and (.poll.options | length) == 3 and .poll.voters == 0'
	one fragments/21-*.html '(.text | length) > 200 and .edited and (.hashtags | length) == 3'
	one fragments/23-*.html '.attachments | length == 1 and .[0].kind == "video" and .[0].url and .[0].duration == 6'
	one fragments/25-*.html '.attachments | length == 1 and .[0].kind == "round_video" and .[0].duration == 5'
	one fragments/27-*.html '.attachments | length == 1 and .[0].kind == "location"'
	one fragments/29-*.html '.attachments | length == 1 and .[0].kind == "location"'
	one fragments/31-*.html '.signature and .edited'
}

@test "samples: a piece with no message in it is not taken for an empty page" {
	run --separate-stderr gp-import "$dir"/fragments/01-*.html
	assert_failure 65
	assert_output ''
	assert_stderr --partial "none of Telegram's public pages that are known"
}

@test "samples: whole pages" {
	run --separate-stderr gp-import --jq '[.type, .id]' "$dir"/2020-*.html
	assert_success
	[ "${#lines[@]}" -eq 3 ]
	run --separate-stderr gp-import --jq '[.type, (.attachments[0].duration)]' "$dir"/2026-*-s-page-excerpt-*.html
	assert_success
	assert_output - <<-'END'
		["post",10]
		["post",12]
	END
	run --separate-stderr gp-import "$dir"/2026-*-no-posts-*.html
	assert_success
	assert_output ''
	assert_stderr --partial "the page says that there are no posts"
}

@test "samples: an embed with paid and custom reactions" {
	run --separate-stderr gp-import --jq '[.reactions[] | [.paid, (.custom | type), .n]], [.attachments[].kind], (.signature | type)' "$dir"/2026-*-embed-transcribed.html
	assert_success
	assert_output - <<-'END'
		[[true,"null",7030],[null,"string",55200],[null,"string",18600],[null,"string",13400],[null,"string",825],[null,"string",220]]
		["video"]
		"string"
	END
	run --separate-stderr gp-import "$dir"/2026-embed-post-not-found*.html
	assert_failure 1
	assert_output ''
	assert_stderr --partial "no such post"
}

@test "samples: cards, exact or missing" {
	run --separate-stderr gp-import --jq '[.type, .counts]' "$dir"/2021-news-*.html "$dir"/2026-group-*.html
	assert_success
	assert_output - <<-'END'
		["page",{"subscribers":1474933}]
		["page",{"subscribers":16674}]
	END
	run --separate-stderr gp-import "$dir"/2021-nonexistent-*.html
	assert_failure 1
	assert_output ''
	assert_stderr --partial "no channel or group"
}

# serve 'command': $URL answers /s/NAME and /NAME with the samples.
serve() {
	cat >serve.py <<-'END'
		import glob, http.server, os, subprocess, sys, threading
		d = sys.argv[1]
		names = {"/s/sample_2020": "2020-", "/s/sample_none": "2026-*-no-posts-",
		         "/sample_card": "2021-news-", "/sample_group": "2026-group-",
		         "/sample_nobody": "2021-nonexistent-"}
		class H(http.server.BaseHTTPRequestHandler):
		    def do_GET(self):
		        path = self.path.split("?")[0].lower()
		        if "?before=" in self.path: path = "/s/sample_none"
		        if path in names:
		            body = open(glob.glob(d + "/" + names[path] + "*")[0], "rb").read()
		            self.send_response(200)
		        else:
		            body = b""
		            self.send_response(302)
		            self.send_header("Location", path.replace("/s/", "/"))
		        self.send_header("Content-Type", "text/html; charset=utf-8")
		        self.send_header("Content-Length", str(len(body)))
		        self.end_headers()
		        self.wfile.write(body)
		    def log_message(self, *a): pass
		s = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H)
		threading.Thread(target=s.serve_forever, daemon=True).start()
		env = dict(os.environ, URL="http://127.0.0.1:%d" % s.server_port)
		sys.exit(subprocess.run(["sh", "-c", sys.argv[2]], env=env).returncode)
	END
	python3 serve.py "$dir" "$1"
}

@test "samples: over HTTP, gp-fetch reads the same posts" {
	gp-import --jq 'del(.seen)' "$dir"/2020-*.html >want
	run --separate-stderr serve 'gp-fetch --stream posts --jq "select(.type == \"post\") | del(.seen)" $URL/s/sample_2020'
	assert_success
	assert_output "$(cat want)"
	run --separate-stderr serve 'gp-fetch --stream posts --jq "select(.type == \"run\").outcome" $URL/s/sample_none'
	assert_success
	assert_output '"empty"'
	run --separate-stderr serve 'gp-fetch --stream page --jq "select(.type == \"page\").counts" $URL/sample_card'
	assert_success
	assert_output '{"subscribers":1474933}'
	run --separate-stderr serve 'gp-fetch --stream posts $URL/s/sample_group'
	assert_failure 69
	assert_stderr --partial "a group"
	run --separate-stderr serve 'gp-fetch --stream page $URL/sample_nobody'
	assert_failure 69
	assert_stderr --partial "no channel or group of that name"
}
