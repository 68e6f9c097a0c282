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

/* What stands in the header of that name, white space around it cut. 0: it is
 * another header, or longer than any that is read here. */
static int
says(const char *p, size_t len, const char *name, char *to, size_t size)
{
	size_t n = strlen(name);

	if (len <= n || len - n >= size || strncasecmp(p, name, n) != 0)
		return 0;
	p += n;
	len -= n;
	while (len > 0 && (*p == ' ' || *p == '\t')) {
		p++;
		len--;
	}
	while (len > 0 && (unsigned char)p[len - 1] <= ' ')
		len--;
	memcpy(to, p, len);
	to[len] = '\0';
	return 1;
}

static size_t
take_header(char *p, size_t size, size_t n, void *arg)
{
	struct gp_http_inner *in = arg;
	struct gp_http_reply *r = &in->call->reply;
	size_t len = size * n;
	char text[64];
	time_t at;

	in->header_bytes += len;
	if (in->header_bytes > GP_MAX_HEADER) {
		in->over = 1;
		return 0;
	}
	if (says(p, len, "date:", text, sizeof(text))) {
		at = curl_getdate(text, NULL);
		in->date = at > 0 ? (long long)at : 0;
	} else if (says(p, len, "content-encoding:", text, sizeof(text))) {
		in->packed = strcasecmp(text, "gzip") == 0 ||
			strcasecmp(text, "x-gzip") == 0
		    ? 1
		    : -(strcasecmp(text, "identity") != 0);
	} else if (says(p, len, "retry-after:", text, sizeof(text)) &&
	    *text >= '0' && *text <= '9') {
		text[9] = '\0';
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
header(struct gp_http_inner *in, const char *line)
{
	struct curl_slist *l = curl_slist_append(in->headers, line);

	if (l == NULL)
		return -1;
	in->headers = l;
	return 0;
}

static int
headers(struct gp_http_inner *in)
{
	const struct gp_http_req *req = &in->call->req;
	struct gp_buf type;
	int i, r;

	curl_slist_free_all(in->headers);
	in->headers = NULL;
	r = header(in, "Expect:");
	r |= header(in, "Accept-Encoding: gzip");
	for (i = 0; i < GP_HTTP_HEADERS && req->header[i] != NULL; i++)
		r |= header(in, req->header[i]);
	if (req->type != NULL) {
		gp_buf_init(&type, 0);
		gp_buf_addf(&type, "Content-Type: %s", req->type);
		r |= type.bad ? -1 : header(in, gp_buf_str(&type));
		gp_buf_release(&type);
	}
	return r;
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
	/* On a connection that was used before, libcurl sends by itself again
	 * what was not answered at all. */
	curl_easy_setopt(in->easy, CURLOPT_FRESH_CONNECT, (long)req->once);
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
	in->packed = 0;
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

static enum gp_http_end
unpack(struct gp_http_inner *in, struct gp_unpacker *u)
{
	enum gp_unpack_end end = GP_UNPACK_DAMAGED;
	struct gp_buf *body = &in->call->reply.body;

	if (in->packed == 0)
		return GP_HTTP_OK;
	if (in->packed == 1)
		end = gp_unpack_gzip(u, body);
	if (end == GP_UNPACK_OK)
		return GP_HTTP_OK;
	gp_buf_reset(body);
	if (end == GP_UNPACK_LARGE) {
		gp_because(&in->call->why, "the reply is larger than %zu bytes",
		    body->max);
		return GP_HTTP_LIMIT;
	}
	gp_because(&in->call->why, "%s",
	    end == GP_UNPACK_MEMORY ? "no memory"
		: in->packed == 1
		? "the packed reply is damaged"
		: "the reply is packed in a way that was not asked for");
	return GP_HTTP_NET;
}

/* What never had a connection left nothing anywhere. */
static int
has_left(struct gp_http_inner *in, CURLcode code)
{
	curl_off_t began = 0;
	long bytes = 0;

	curl_easy_getinfo(in->easy, CURLINFO_PRETRANSFER_TIME_T, &began);
	curl_easy_getinfo(in->easy, CURLINFO_REQUEST_SIZE, &bytes);
	return code == CURLE_OK || began > 0 || bytes > 0;
}

enum gp_http_end
gp_transfer_end(
    struct gp_http_inner *in, CURLcode code, struct gp_unpacker *unpacker)
{
	struct gp_http_reply *r = &in->call->reply;
	char *location = NULL, *type = NULL;
	long status = 0;

	r->sent |= has_left(in, code);
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
	return unpack(in, unpacker);
}
