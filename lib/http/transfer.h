/* One request on its way: a curl handle made ready, and what came of it. */
#ifndef GP_HTTP_TRANSFER_H
#define GP_HTTP_TRANSFER_H

#include <curl/curl.h>

#include "http/http.h"
#include "http/unpack.h"

struct gp_http_inner {
	CURL *easy;
	struct curl_slist *headers;
	struct gp_buf url; /* asked now: the request's, or a redirect's */
	struct gp_buf host;
	int plain; /* http: to loopback only */
	int hops;
	unsigned tries;
	double when; /* not before */
	int slot;    /* `when` is its own; 0: a slot has to be asked for */
	double away; /* since when the buckets could not be asked; 0: never */
	double waited;
	size_t header_bytes;
	long long date; /* of the Date header; 0: none */
	int packed;     /* by gzip; -1: in a way that was not asked for */
	int over;       /* a ceiling was reached */
	struct gp_http_call *call;
	struct gp_http_inner *next;
	char error[CURL_ERROR_SIZE];
};

/* Sets the handle up for the url; -1 with the reason in the call. */
int gp_transfer_start(struct gp_http_inner *, const struct gp_http_conf *);
/* What the ended transfer means: status and headers, or why it failed. */
enum gp_http_end gp_transfer_end(
    struct gp_http_inner *, CURLcode, struct gp_unpacker *);

#endif
