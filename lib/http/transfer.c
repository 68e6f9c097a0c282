#include "http/transfer.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/url.h"

static size_t
take_body(char *p, size_t size, size_t n, void *arg)
{
	struct gp_http_inner *in = arg;
	struct gp_buf *b = &in->call->reply.body;

	gp_buf_add(b, p, size * n);
	in->over |= b->bad;
	return b->bad ? 0 : size * n;
}

static size_t
take_header(char *p, size_t size, size_t n, void *arg)
{
	struct gp_http_inner *in = arg;
	struct gp_http_reply *r = &in->call->reply;
	static const char retry[] = "retry-after:";
	size_t len = size * n;

	in->header_bytes += len;
	if (in->header_bytes > GP_MAX_HEADER) {
		in->over = 1;
		return 0;
	}
	if (len > 6 && len < 64 && strncasecmp(p, "date:", 5) == 0) {
		char text[64];
		time_t at;

		memcpy(text, p + 5, len - 5);
		text[len - 5] = '\0';
		at = curl_getdate(text, NULL);
		in->date = at > 0 ? (long long)at : 0;
	}
	if (len > sizeof(retry) &&
	    strncasecmp(p, retry, sizeof(retry) - 1) == 0) {
		char text[16] = "";
		size_t i = sizeof(retry) - 1, k = 0;

		while (i < len && p[i] == ' ')
			i++;
		while (i < len && k < 9 && p[i] >= '0' && p[i] <= '9')
			text[k++] = p[i++];
		if (k > 0)
			r->retry_after = strtol(text, NULL, 10);
	}
	return len;
}

/* The name said loopback; the address must be one too. */
static curl_socket_t
open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct gp_http_inner *in = arg;

	(void)purpose;
	if (in->plain && !gp_url_loopback(&to->addr))
		return CURL_SOCKET_BAD;
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static int
headers(struct gp_http_inner *in)
{
	const struct gp_http_req *req = &in->call->req;
	struct curl_slist *l;
	struct gp_buf type;
	int i, r = 0;

	curl_slist_free_all(in->headers);
	in->headers = curl_slist_append(NULL, "Expect:");
	for (i = 0; i < GP_HTTP_HEADERS && req->header[i] != NULL; i++) {
		l = curl_slist_append(in->headers, req->header[i]);
		r |= l == NULL;
		in->headers = l != NULL ? l : in->headers;
	}
	if (req->type != NULL && r == 0) {
		gp_buf_init(&type, 0);
		gp_buf_addf(&type, "Content-Type: %s", req->type);
		l = curl_slist_append(in->headers, gp_buf_str(&type));
		r |= l == NULL;
		in->headers = l != NULL ? l : in->headers;
		gp_buf_release(&type);
	}
	return r == 0 ? 0 : -1;
}

static void
ceilings(struct gp_http_inner *in, const struct gp_http_conf *conf)
{
	const struct gp_http_req *req = &in->call->req;
	long timeout = req->timeout != 0 ? req->timeout : conf->timeout;

	if (timeout == 0)
		timeout = GP_TOTAL_SECS;
	curl_easy_setopt(in->easy, CURLOPT_TIMEOUT, timeout);
	curl_easy_setopt(in->easy, CURLOPT_CONNECTTIMEOUT,
	    timeout < GP_CONNECT_SECS ? timeout : (long)GP_CONNECT_SECS);
	if (timeout > GP_STALL_SECS && req->timeout == 0) {
		curl_easy_setopt(in->easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
		curl_easy_setopt(
		    in->easy, CURLOPT_LOW_SPEED_TIME, (long)GP_STALL_SECS);
	}
	curl_easy_setopt(in->easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(in->easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(
	    in->easy, CURLOPT_PROTOCOLS_STR, in->plain ? "http" : "https");
	in->call->reply.body.max =
	    req->max_reply != 0 ? req->max_reply : GP_MAX_REPLY;
}

static void
what(struct gp_http_inner *in, const struct gp_http_conf *conf)
{
	const struct gp_http_req *req = &in->call->req;

	curl_easy_setopt(in->easy, CURLOPT_URL, gp_buf_str(&in->url));
	curl_easy_setopt(in->easy, CURLOPT_USERAGENT,
	    conf->agent != NULL ? conf->agent : "gp");
	curl_easy_setopt(in->easy, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(in->easy, CURLOPT_HTTPHEADER, in->headers);
	curl_easy_setopt(
	    in->easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	if (req->ca_file != NULL || conf->ca_file != NULL)
		curl_easy_setopt(in->easy, CURLOPT_CAINFO,
		    req->ca_file != NULL ? req->ca_file : conf->ca_file);
	if (in->plain)
		curl_easy_setopt(in->easy, CURLOPT_PROXY, "");
	if (req->method == NULL || strcmp(req->method, "GET") == 0) {
		curl_easy_setopt(in->easy, CURLOPT_HTTPGET, 1L);
		return;
	}
	curl_easy_setopt(in->easy, CURLOPT_POST, 1L);
	curl_easy_setopt(
	    in->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)req->body.n);
	curl_easy_setopt(in->easy, CURLOPT_POSTFIELDS, gp_buf_str(&req->body));
	if (strcmp(req->method, "POST") != 0)
		curl_easy_setopt(in->easy, CURLOPT_CUSTOMREQUEST, req->method);
}

int
gp_transfer_start(struct gp_http_inner *in, const struct gp_http_conf *conf)
{
	struct gp_http_reply *r = &in->call->reply;

	if (gp_url_check(gp_buf_str(&in->url), &in->host, &in->plain,
		&in->call->why) == -1)
		return -1;
	gp_buf_reset(&r->body);
	gp_buf_reset(&r->location);
	gp_buf_reset(&r->type);
	r->status = 0;
	r->retry_after = -1;
	in->over = 0;
	in->header_bytes = 0;
	in->date = 0;
	in->error[0] = '\0';
	if (in->easy == NULL)
		in->easy = curl_easy_init();
	if (in->easy == NULL || headers(in) == -1)
		return gp_because(&in->call->why, "no memory");
	curl_easy_reset(in->easy);
	what(in, conf);
	ceilings(in, conf);
	curl_easy_setopt(in->easy, CURLOPT_ERRORBUFFER, in->error);
	curl_easy_setopt(in->easy, CURLOPT_PRIVATE, in);
	curl_easy_setopt(in->easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(in->easy, CURLOPT_WRITEDATA, in);
	curl_easy_setopt(in->easy, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(in->easy, CURLOPT_HEADERDATA, in);
	curl_easy_setopt(in->easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(in->easy, CURLOPT_OPENSOCKETDATA, in);
	return 0;
}

static enum gp_http_end
failed(struct gp_http_inner *in, CURLcode code)
{
	struct gp_buf clean;
	const char *said =
	    in->error[0] != '\0' ? in->error : curl_easy_strerror(code);

	gp_buf_init(&clean, 0);
	gp_http_scrub_req(&clean, gp_span_of(said), &in->call->req);
	gp_because(&in->call->why, "%s",
	    code == CURLE_PARTIAL_FILE || code == CURLE_RECV_ERROR
		? "the reply was cut off"
		: gp_buf_str(&clean));
	gp_buf_release(&clean);
	switch (code) {
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_URL_MALFORMAT:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
		return GP_HTTP_BAD;
	default:
		return GP_HTTP_NET;
	}
}

enum gp_http_end
gp_transfer_end(struct gp_http_inner *in, CURLcode code)
{
	struct gp_http_reply *r = &in->call->reply;
	char *location = NULL, *type = NULL;
	long status = 0;

	if (in->over) {
		gp_because(&in->call->why, "the reply is larger than %zu bytes",
		    in->header_bytes > GP_MAX_HEADER ? (size_t)GP_MAX_HEADER
						     : r->body.max);
		return GP_HTTP_LIMIT;
	}
	if (code != CURLE_OK)
		return failed(in, code);
	curl_easy_getinfo(in->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(in->easy, CURLINFO_REDIRECT_URL, &location);
	curl_easy_getinfo(in->easy, CURLINFO_CONTENT_TYPE, &type);
	r->status = (int)status;
	if (location != NULL)
		gp_buf_adds(&r->location, location);
	if (type != NULL)
		gp_buf_adds(&r->type, type);
	return GP_HTTP_OK;
}
