/* Calls of fb.do, signed, and of the Graph API; errors that come with 200. */
#include <inttypes.h>
#include <string.h>

#include "net/ok.h"

void
gp_ok_param(struct gp_ok_call *c, const char *key, const char *value)
{
	c->param[c->n++] = (struct gp_ok_param){ key, value };
}

/* The code of an error reply, which always stands first; 0: it is none. */
static int
error_code(struct gp_span body)
{
	static const char start[] = "{\"error_code\":";
	int code = 0;
	size_t i;

	if (body.n < sizeof(start) ||
	    memcmp(body.p, start, sizeof(start) - 1) != 0)
		return 0;
	for (i = sizeof(start) - 1; i < body.n && body.p[i] >= '0' &&
	     body.p[i] <= '9' && code < 100000;
	     i++)
		code = code * 10 + (body.p[i] - '0');
	return code;
}

static long
wait_hint(int status, struct gp_span body)
{
	switch (status == 200 ? error_code(body) : 0) {
	case 1:
	case 2:
	case 12:
	case 30:
	case 31:
		return GP_HTTP_BACK_OFF;
	case 8: /* "flood": no number is told; a few seconds are enough */
	case 11:
		return 3;
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
	all[n++] = (struct gp_ok_param){ "application_key",
		job->of->application_key != NULL ? job->of->application_key
						 : "" };
	req->method = "POST";
	req->type = "application/x-www-form-urlencoded";
	req->secret = job->token[GP_TOKEN_ACCESS];
	req->wait_hint = wait_hint;
	gp_buf_addf(&req->url, "%s/fb.do", job->api);
	gp_job_pace(job, req, 1);
	for (i = 0; i < n; i++)
		gp_http_param(&req->body, all[i].key, gp_span_of(all[i].value));
	if (gp_ok_sign(all, n, job->token[GP_TOKEN_SESSION], req->secret,
		job->token[GP_TOKEN_APPLICATION] != NULL
		    ? job->token[GP_TOKEN_APPLICATION]
		    : "",
		ok->sig) == -1)
		req->body.bad = 1;
	req->also = ok->sig;
	gp_http_param(&req->body, "sig", gp_span_of(ok->sig));
	gp_http_param(&req->body, "access_token", gp_span_of(req->secret));
}

void
gp_ok_graph(struct gp_job *job, struct gp_http_req *req, const char *path)
{
	req->secret = job->token[GP_TOKEN_BOT];
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

static int
refused(struct gp_job *job, struct gp_ok *ok, const struct gp_json_obj *o)
{
	int code = (int)gp_look_int(o, "error_code");
	struct gp_span said = gp_look_str(&ok->look, o, "error_msg");
	struct gp_buf clean;
	size_t i = 0;

	while (refusals[i].code != 0 && refusals[i].code != code)
		i++;
	gp_buf_init(&clean, 0);
	gp_http_scrub_req(&clean, said, &job->call.req);
	gp_job_fail(job, refusals[i].outcome, "%s (%d %s)", refusals[i].todo,
	    code, gp_buf_str(&clean));
	gp_buf_release(&clean);
	return -1;
}

int
gp_ok_reply(struct gp_job *job, struct gp_ok *ok,
    const struct gp_http_reply *reply, struct gp_json_obj *o)
{
	struct gp_span s = gp_buf_span(&reply->body);
	struct gp_why why;

	memset(o, 0, sizeof(*o));
	/* A bare string, number or null has no members: nothing was asked for
	 * whose answer is one. */
	if (s.n > 0 && s.p[0] != '{' && s.p[0] != '[' && reply->status == 200)
		return gp_job_fail(job, GP_RUN_REFUSED,
		    "the reply is a single value where a list is due");
	if (gp_look_open(&ok->look, s, o, &why) == -1)
		return gp_job_fail(job, GP_RUN_LATER, "%s (%d)",
		    reply->status == 200 ? "the reply is not OK's"
					 : "OK is in trouble",
		    reply->status);
	if (gp_json_get(o, "error_code").type != GP_JSON_NONE)
		return refused(job, ok, o);
	if (reply->status == 401 || reply->status == 403)
		return gp_job_fail(job, GP_RUN_AUTH,
		    "the token 'bot' of the group is wrong (%d)",
		    reply->status);
	if (reply->status != 200)
		return gp_job_fail(
		    job, GP_RUN_LATER, "OK is in trouble (%d)", reply->status);
	return 0;
}
