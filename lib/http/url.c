#include "http/url.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include <curl/curl.h>

#include "http/http.h"

int
gp_url_loopback(const struct sockaddr *sa)
{
	if (sa->sa_family == AF_INET) {
		const struct sockaddr_in *in = (const void *)sa;

		return ntohl(in->sin_addr.s_addr) >> 24 == 127;
	}
	if (sa->sa_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const void *)sa;

		return IN6_IS_ADDR_LOOPBACK(&in6->sin6_addr);
	}
	return 0;
}

static int
loopback_name(const char *host)
{
	struct in_addr in;

	if (strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0)
		return 1;
	return inet_pton(AF_INET, host, &in) == 1 &&
	    ntohl(in.s_addr) >> 24 == 127;
}

static int
check(CURLU *u, const char *url, struct gp_buf *to, int *plain,
    struct gp_why *why)
{
	char *scheme = NULL, *host = NULL, *user = NULL;
	int r = -1;

	if (curl_url_set(u, CURLUPART_URL, url, 0) != CURLUE_OK ||
	    curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
	    curl_url_get(u, CURLUPART_HOST, &host, 0) != CURLUE_OK)
		gp_because(why, "not a URL");
	else if (curl_url_get(u, CURLUPART_USER, &user, 0) == CURLUE_OK)
		gp_because(why, "a URL with a user's name in it");
	else if (strcmp(scheme, "https") != 0 && strcmp(scheme, "http") != 0)
		gp_because(why, "'%s' is not spoken here", scheme);
	else if (strcmp(scheme, "http") == 0 && !loopback_name(host))
		gp_because(why,
		    "plain http goes to this machine only, "
		    "not to '%s'",
		    host);
	else
		r = 0;
	if (r == 0) {
		*plain = strcmp(scheme, "http") == 0;
		gp_buf_reset(to);
		gp_buf_adds(to, host);
	}
	curl_free(scheme);
	curl_free(host);
	curl_free(user);
	return r;
}

int
gp_url_check(
    const char *url, struct gp_buf *host, int *plain, struct gp_why *why)
{
	CURLU *u;
	int r;

	if (strlen(url) > GP_MAX_URL)
		return gp_because(
		    why, "a URL of over %lu bytes", (unsigned long)GP_MAX_URL);
	u = curl_url();
	if (u == NULL)
		return gp_because(why, "no memory");
	r = check(u, url, host, plain, why);
	curl_url_cleanup(u);
	return r;
}

int
gp_url_join(const char *base, const char *location, struct gp_buf *to)
{
	CURLU *u = curl_url();
	char *whole = NULL;
	int r = -1;

	if (u != NULL && curl_url_set(u, CURLUPART_URL, base, 0) == CURLUE_OK &&
	    curl_url_set(u, CURLUPART_URL, location, 0) == CURLUE_OK &&
	    curl_url_get(u, CURLUPART_URL, &whole, 0) == CURLUE_OK) {
		gp_buf_reset(to);
		gp_buf_adds(to, whole);
		r = to->bad ? -1 : 0;
	}
	curl_free(whole);
	curl_url_cleanup(u);
	return r;
}

void
gp_http_param(struct gp_buf *b, const char *key, struct gp_span value)
{
	static const char plain[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	    "-._~";
	size_t i;

	if (b->n > 0 && strstr(b->p, "://") != NULL &&
	    strchr(b->p, '?') == NULL)
		gp_buf_addc(b, '?');
	else if (b->n > 0)
		gp_buf_addc(b, '&');
	gp_buf_adds(b, key);
	gp_buf_addc(b, '=');
	for (i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];

		if (c != 0 && strchr(plain, c) != NULL)
			gp_buf_addc(b, c);
		else
			gp_buf_addf(b, "%%%02X", c);
	}
}

void
gp_http_scrub(struct gp_buf *to, struct gp_span s, const char *secret)
{
	size_t n = secret != NULL ? strlen(secret) : 0;
	const char *at;

	while (
	    n > 0 && s.n >= n && (at = memmem(s.p, s.n, secret, n)) != NULL) {
		gp_buf_add(to, s.p, (size_t)(at - s.p));
		gp_buf_adds(to, "TOKEN");
		s.n -= (size_t)(at - s.p) + n;
		s.p = at + n;
	}
	gp_buf_add(to, s.p, s.n);
}

void
gp_http_scrub_req(
    struct gp_buf *to, struct gp_span s, const struct gp_http_req *req)
{
	struct gp_buf half;

	if (req->also == NULL || req->also[0] == '\0') {
		gp_http_scrub(to, s, req->secret);
		return;
	}
	gp_buf_init(&half, s.n + GP_KIB);
	gp_http_scrub(&half, s, req->also);
	gp_http_scrub(to, gp_buf_span(&half), req->secret);
	to->bad |= half.bad;
	gp_buf_release(&half);
}
