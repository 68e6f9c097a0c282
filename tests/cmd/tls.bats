# https: the roots that are trusted, and those of the config.
load ../lib

setup() {
	gp_setup
	openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
		-addext subjectAltName=DNS:localhost -keyout key -out cert \
		2>/dev/null
	cat >serve.py <<-'END'
		import http.server, ssl
		class Page(http.server.BaseHTTPRequestHandler):
		    def do_GET(self):
		        if self.path.startswith("/s/"):
		            self.send_response(302)
		            self.send_header("Location", "/town_adm")
		            self.send_header("Content-Length", "0")
		            self.end_headers()
		            return
		        body = b"""<!DOCTYPE html><html><body><div class="tgme_page">
		<div class="tgme_page_title"><span>Town</span></div>
		<div class="tgme_page_extra">1 234 subscribers</div></div></body></html>
		<!-- page generated in 1.00ms -->"""
		        self.send_response(200)
		        self.send_header("Content-Length", str(len(body)))
		        self.end_headers()
		        self.wfile.write(body)
		    def log_message(self, *a):
		        pass
		srv = http.server.HTTPServer(("127.0.0.1", 0), Page)
		ctx = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
		ctx.load_cert_chain("cert", "key")
		srv.socket = ctx.wrap_socket(srv.socket, server_side=True)
		print(srv.server_port, flush=True)
		srv.serve_forever()
	END
	python3 serve.py >port 3>&- &
	echo $! >pid
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		[ -s port ] && break
		sleep 0.2
	done
	base=https://localhost:$(cat port)
}

teardown() {
	kill "$(cat "$BATS_TEST_TMPDIR/pid")" || :
}

@test "tls: a root of the config is trusted" {
	printf 'ca_file: cert\ntelegram: {preview: "%s", rate: 0}\n' "$base" >gp.yaml
	run --separate-stderr gp-fetch -c gp.yaml --stream page \
		--jq 'select(.type == "page").counts' @town_adm
	assert_success
	assert_stderr ""
	assert_output '{"subscribers":1234}'
}

@test "tls: an unknown root is refused, with no second try" {
	printf 'telegram: {preview: "%s", rate: 0}\n' "$base" >gp.yaml
	run --separate-stderr gp-fetch -c gp.yaml --stream page @town_adm
	assert_failure 78
	assert_stderr --partial "telegram:town_adm: page: SSL certificate problem"
}
