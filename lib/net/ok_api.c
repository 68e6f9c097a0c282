/* Calls of fb.do, signed, and of the Graph API; errors that come with 200. */
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "net/ok.h"

enum {
	ERROR_MAX = 4096 /* bytes of an error */
};

void
gp_ok_param(struct gp_ok_call *c, const char *key, const char *value)
{
	c->param[c->n++] = (struct gp_ok_param){ key, value };
}

int
gp_ok_error(struct gp_span body)
{
	static const char name[] = "\"error_code\"";
	struct gp_json_reader *r;
	struct gp_json_obj o;
	int64_t code = 0;

	/* Pages of topics are not parsed twice. */
	if (body.n == 0 || body.n > ERROR_MAX ||
	    memmem(body.p, body.n, name, sizeof(name) - 1) == NULL)
		return 0;
	r = gp_json_new();
	if (r != NULL && gp_json_open(r, body, 0, &o, NULL) == 0)
		code = gp_look_int(&o, "error_code");
	gp_json_free(r);
	return code > 0 && code <= INT_MAX ? (int)code : 0;
}

static long
wait_hint(int status, struct gp_span body)
{
	(void)status;
	switch (gp_ok_error(body)) {
	case 1:
	case 2:
	case 8: /* "flood", and how long it lasts is not told */
	case 11:
	case 12:
	case 30:
	case 31:
		return GP_HTTP_BACK_OFF;
	}
	return -1;
}

void
gp_ok_request(struct gp_job *job, struct gp_ok *ok, struct gp_http_req *req,
    const char *method, const struct gp_ok_call *c)
{
	struct gp_ok_param all[GP_OK_PARAMS + 4];
	size_t n = c->n, i;

	memcpy(all, c->param, n * sizeof(*all));
	all[n++] = (struct gp_ok_param){ "method", method };
	all[n++] = (struct gp_ok_param){ "format", "json" };
	all[n++] =
	    (struct gp_ok_param){ "application_key", job->of->application_key };
	req->method = "POST";
	req->type = "application/x-www-form-urlencoded";
	req->secret = job->token[GP_TOKEN_ACCESS];
	req->wait_hint = wait_hint;
	gp_buf_addf(&req->url, "%s/fb.do", job->api);
	gp_job_pace(job, req, 1);
	for (i = 0; i < n; i++)
		gp_http_param(&req->body, all[i].key, gp_span_of(all[i].value));
	if (gp_ok_sign(all, n, job->token[GP_TOKEN_SESSION], req->secret,
		job->token[GP_TOKEN_APPLICATION], ok->sig) == -1)
		req->body.bad = 1;
	req->also = ok->sig;
	gp_http_param(&req->body, "sig", gp_span_of(ok->sig));
	gp_http_param(&req->body, "access_token", gp_span_of(req->secret));
}

void
gp_ok_graph(struct gp_job *job, struct gp_http_req *req, const char *path)
{
	req->secret = job->token[GP_TOKEN_BOT];
	req->wait_hint = wait_hint;
	gp_buf_addf(&req->url, "%s/%s", job->graph, path);
	gp_job_pace(job, req, 5);
	gp_http_param(&req->url, "access_token", gp_span_of(req->secret));
}

static const struct {
	int code;
	enum gp_outcome outcome;
	const char *todo;
} refusals[] = {
	{ 1, GP_RUN_LATER, "OK is in trouble" },
	{ 2, GP_RUN_LATER, "OK is in trouble" },
	{ 3, GP_RUN_REFUSED, "OK does not know this method any more" },
	{ 7, GP_RUN_LATER, "the action is blocked for now" },
	{ 8, GP_RUN_LATER, "too many calls: try again later" },
	{ 9, GP_RUN_LATER, "this address is blocked for now" },
	{ 10, GP_RUN_AUTH, "the token lacks a right: ask OK's support for it" },
	{ 11, GP_RUN_LATER, "a limit is reached: try again later" },
	{ 12, GP_RUN_LATER, "OK cancelled the call" },
	{ 24, GP_RUN_AUTH, "the token's owner does not own this" },
	{ 50, GP_RUN_AUTH,
	    "the token's owner is no administrator of the "
	    "group" },
	{ 100, GP_RUN_CONFIG, "OK does not accept the call" },
	{ 101, GP_RUN_CONFIG, "the application_key is wrong" },
	{ 102, GP_RUN_AUTH, "the token 'access' has expired: make a new one" },
	{ 103, GP_RUN_AUTH, "the token 'access' is wrong" },
	{ 104, GP_RUN_AUTH,
	    "the signature is wrong: the token 'session' or "
	    "'application' does not belong to 'access'" },
	{ 110, GP_RUN_CONFIG, "no such user" },
	{ 140, GP_RUN_REFUSED, "no such discussion" },
	{ 160, GP_RUN_REFUSED, "no such group" },
	{ 200, GP_RUN_AUTH, "the application lacks a right" },
	{ 210, GP_RUN_AUTH, "the application lacks a right" },
	{ 211, GP_RUN_AUTH, "the application lacks a right" },
	{ 300, GP_RUN_REFUSED, "not found" },
	{ 451, GP_RUN_AUTH, "this wants no session" },
	{ 453, GP_RUN_AUTH, "this wants a session: the token 'access'" },
	{ 511, GP_RUN_LATER, "blocked for now" },
	{ 600, GP_RUN_LATER, "blocked for now" },
	{ 2001, GP_RUN_AUTH,
	    "the token 'bot' of the group is wrong or was "
	    "made anew" },
	{ 0, GP_RUN_REFUSED, "OK refuses" },
};

/* Whether the call was one of the Graph API, which has its own token. */
static int
of_bot(const struct gp_job *job)
{
	return job->stream->needs == GP_BIT(GP_TOKEN_BOT);
}

static const char bad_bot[] =
    "the token 'bot' of the group is wrong or was made anew";

static int
refused(struct gp_job *job, struct gp_ok *ok, const struct gp_json_obj *o)
{
	int64_t code = gp_look_int(o, "error_code");
	struct gp_span said = gp_look_str(&ok->look, o, "error_msg");
	struct gp_buf clean;
	size_t i = 0;

	while (refusals[i].code != 0 && refusals[i].code != code)
		i++;
	gp_buf_init(&clean, 0);
	gp_http_scrub_req(&clean, said, &job->call.req);
	gp_job_fail(job, refusals[i].outcome, "%s (%" PRId64 " %s)",
	    refusals[i].outcome == GP_RUN_AUTH && of_bot(job)
		? bad_bot
		: refusals[i].todo,
	    code, gp_buf_str(&clean));
	gp_buf_release(&clean);
	return -1;
}

/* What a status of HTTP says where the reply says nothing. */
static int
by_status(struct gp_job *job, int status)
{
	if ((status == 401 || status == 403) && of_bot(job))
		return gp_job_fail(
		    job, GP_RUN_AUTH, "%s (%d)", bad_bot, status);
	return gp_job_fail(job, GP_RUN_LATER, "%s (%d)",
	    status == 200 ? "the reply is not OK's" : "OK is in trouble",
	    status);
}

static struct gp_span
trimmed(const struct gp_buf *b)
{
	struct gp_span s = gp_buf_span(b);

	while (s.n > 0 && (unsigned char)s.p[0] <= ' ')
		s.p++, s.n--;
	while (s.n > 0 && (unsigned char)s.p[s.n - 1] <= ' ')
		s.n--;
	return s;
}

/* A string, number or null by itself, which is sound JSON and no list. */
static int
is_bare(struct gp_span s)
{
	return s.n > 0 &&
	    (s.p[0] == '"' || s.p[0] == '-' || gp_span_is(s, "null") ||
		gp_span_is(s, "true") || gp_span_is(s, "false") ||
		(s.p[0] >= '0' && s.p[0] <= '9'));
}

int
gp_ok_reply(struct gp_job *job, struct gp_ok *ok,
    const struct gp_http_reply *reply, struct gp_json_obj *o)
{
	struct gp_span s = trimmed(&reply->body);
	struct gp_why why;

	memset(o, 0, sizeof(*o));
	if (reply->status == 200 && is_bare(s))
		return gp_job_fail(job, GP_RUN_REFUSED,
		    "the reply is a single value where a list is due");
	if (gp_look_open(&ok->look, gp_buf_span(&reply->body), o, &why) == -1)
		return by_status(job, reply->status);
	if (gp_json_get(o, "error_code").type != GP_JSON_NONE)
		return refused(job, ok, o);
	return reply->status == 200 ? 0 : by_status(job, reply->status);
}

int
gp_ok_number(struct gp_job *job, struct gp_ok *ok,
    const struct gp_http_reply *reply, const char *key, int64_t *n)
{
	struct gp_span s = trimmed(&reply->body);
	struct gp_json v = { .type = GP_JSON_NUMBER, .text = s };
	struct gp_json_obj o;

	if (reply->status == 200 && s.n > 2 && s.p[0] == '"') /* as a string */
		v.text = (struct gp_span){ s.p + 1, s.n - 2 };
	if (reply->status == 200 && is_bare(s) && gp_json_int(v, n) == 0 &&
	    *n >= 0)
		return 0;
	if (gp_ok_reply(job, ok, reply, &o) == -1)
		return -1;
	*n = gp_look_int(&o, key);
	if (gp_look_figure(&o, key).set)
		return 0;
	return gp_job_fail(job, GP_RUN_REFUSED,
	    "the reply is no number, and has no '%s'", key);
}

int
gp_ok_list(struct gp_job *job, struct gp_ok *ok, const struct gp_json_obj *o,
    const char *method, const char *key, struct gp_json_obj *list)
{
	struct gp_json v = gp_json_get(o, key);
	int none = v.type == GP_JSON_NONE || v.type == GP_JSON_NULL;

	*list = gp_look_in(&ok->look, v);
	if (v.type == GP_JSON_ARRAY ||
	    (none && gp_json_get(o, "has_more").type == GP_JSON_BOOL))
		return 0;
	return gp_job_fail(job, GP_RUN_REFUSED, "%s: '%s' is %s", method, key,
	    none ? "missing" : "not a list");
}

int
gp_ok_more(struct gp_job *job, struct gp_ok *ok, const struct gp_json_obj *o,
    const char *method, size_t n, char **anchor)
{
	struct gp_span s = gp_look_str(&ok->look, o, "anchor");
	int more = gp_look_true(o, "has_more") ||
	    (gp_json_get(o, "has_more").type == GP_JSON_NONE &&
		n >= GP_OK_PAGE);
	int new = s.n > 0 && (*anchor == NULL || !gp_span_is(s, *anchor));

	free(*anchor);
	*anchor = more && new ? gp_span_dup(s) : NULL;
	if (*anchor != NULL)
		return 1;
	if (!more)
		return 0;
	/* Taken for the end, all that follows would count as deleted. */
	return gp_job_fail(job, GP_RUN_REFUSED,
	    "%s: there is more, but no new 'anchor' leads there", method);
}
