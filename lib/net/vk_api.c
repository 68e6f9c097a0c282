/*
 * Calls of VK's methods: single or packed into `execute`, and the errors that
 * come with HTTP 200.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "net/vk.h"

void
gp_vk_text(struct gp_vk_call *c, const char *key, const char *text)
{
	c->param[c->n++] = (struct gp_vk_param){ key, text, 0 };
}

void
gp_vk_int(struct gp_vk_call *c, const char *key, int64_t n)
{
	c->param[c->n++] = (struct gp_vk_param){ key, NULL, n };
}

/* A user's token can pack calls and sees most; a service token bothers no
 * person; what only the community may do comes with neither. */
static const enum gp_token_kind best[] = { GP_TOKEN_USER, GP_TOKEN_SERVICE,
	GP_TOKEN_COMMUNITY };

static enum gp_token_kind
kind_of(const struct gp_job *job, unsigned kinds)
{
	size_t i;

	for (i = 0; i < sizeof(best) / sizeof(best[0]); i++)
		if ((kinds & GP_BIT(best[i])) != 0 &&
		    job->token[best[i]] != NULL)
			return best[i];
	return GP_TOKENS;
}

const char *
gp_vk_token(const struct gp_job *job, unsigned kinds)
{
	enum gp_token_kind k = kind_of(job, kinds);

	return k < GP_TOKENS ? job->token[k] : NULL;
}

int
gp_vk_packs(const struct gp_job *job, unsigned kinds)
{
	enum gp_token_kind k = kind_of(job, kinds);

	return k == GP_TOKEN_USER || k == GP_TOKEN_COMMUNITY;
}

static void
script(struct gp_buf *b, const struct gp_vk_call *c, size_t n)
{
	struct gp_jw w;
	size_t i, k;

	gp_buf_adds(b, "return [");
	for (i = 0; i < n; i++) {
		gp_buf_addf(b, "%sAPI.%s(", i > 0 ? "," : "", c[i].method);
		gp_jw_init(&w, b);
		gp_jw_open(&w, '{');
		for (k = 0; k < c[i].n; k++)
			if (c[i].param[k].text != NULL)
				gp_jw_kstr(
				    &w, c[i].param[k].key, c[i].param[k].text);
			else
				gp_jw_kint(
				    &w, c[i].param[k].key, c[i].param[k].n);
		gp_jw_close(&w, '}');
		gp_buf_addc(b, ')');
	}
	gp_buf_adds(b, "];");
}

static void
form(struct gp_buf *body, const struct gp_vk_call *c)
{
	char number[24];
	size_t k;

	for (k = 0; k < c->n; k++) {
		snprintf(number, sizeof(number), "%" PRId64, c->param[k].n);
		gp_http_param(body, c->param[k].key,
		    gp_span_of(
			c->param[k].text != NULL ? c->param[k].text : number));
	}
}

/* The code of an error reply; 0: it is none. The start tells: an answer is not
 * parsed twice. */
static int
error_code(struct gp_span body)
{
	static const char start[] = "{\"error\":{";
	struct gp_json_reader *r;
	struct gp_json_obj o;
	int64_t code = 0;

	if (body.n < sizeof(start) ||
	    memcmp(body.p, start, sizeof(start) - 1) != 0)
		return 0;
	r = gp_json_new();
	if (r != NULL && gp_json_open(r, body, 0, &o, NULL) == 0)
		gp_json_int(
		    gp_json_at(r, &o, "error", "error_code", NULL), &code);
	gp_json_free(r);
	return (int)code;
}

int
gp_vk_passes(int code)
{
	return code == 1 || code == 6 || code == 10 || code == 36;
}

static long
wait_hint(int status, struct gp_span body)
{
	int code = status == 200 ? error_code(body) : 0;

	if (code == 6) /* too many a second */
		return 0;
	return gp_vk_passes(code) ? GP_HTTP_BACK_OFF : -1;
}

void
gp_vk_request(struct gp_job *job, struct gp_http_req *req, unsigned kinds,
    const struct gp_vk_call *c, size_t n)
{
	enum gp_token_kind kind = kind_of(job, kinds);
	struct gp_buf code;

	req->method = "POST";
	req->type = "application/x-www-form-urlencoded";
	req->secret = kind < GP_TOKENS ? job->token[kind] : NULL;
	req->wait_hint = wait_hint;
	gp_buf_addf(&req->url, "%s/method/%s", job->api,
	    n == 1 ? c->method : "execute");
	/* A community has 20 a second, others 3: a hair less. */
	gp_job_pace(job, req, kind == GP_TOKEN_COMMUNITY ? 19 : 2.9);
	if (n == 1) {
		form(&req->body, c);
	} else {
		gp_buf_init(&code, 0);
		script(&code, c, n);
		gp_http_param(&req->body, "code", gp_buf_span(&code));
		req->body.bad |= code.bad;
		gp_buf_release(&code);
	}
	gp_http_param(&req->body, "v", gp_span_of("5.199"));
	gp_http_param(&req->body, "lang", gp_span_of("ru"));
	if (req->secret != NULL)
		gp_http_param(
		    &req->body, "access_token", gp_span_of(req->secret));
}

static const struct {
	int code;
	enum gp_outcome outcome;
	const char *todo;
} refusals[] = {
	{ 1, GP_RUN_LATER, "VK is in trouble" },
	{ 4, GP_RUN_CONFIG, "the signature is wrong" },
	{ 5, GP_RUN_AUTH,
	    "the token is wrong, revoked or of a blocked user: "
	    "make a new one" },
	{ 6, GP_RUN_LATER, "too many calls a second" },
	{ 7, GP_RUN_AUTH, "the token lacks a right" },
	{ 9, GP_RUN_LATER, "flood control: try again in some minutes" },
	{ 10, GP_RUN_LATER, "VK is in trouble" },
	{ 14, GP_RUN_AUTH,
	    "VK wants to see a person (captcha): sign in to "
	    "vk.com as the owner of the token and pass the "
	    "check, then run this again" },
	{ 15, GP_RUN_REFUSED,
	    "access denied: the page is closed, or the token "
	    "may not see it" },
	{ 17, GP_RUN_AUTH,
	    "VK wants the owner of the token to confirm that it "
	    "is them: open the address in a browser" },
	{ 18, GP_RUN_REFUSED, "the page is deleted or banned" },
	{ 19, GP_RUN_REFUSED, "the content is blocked" },
	{ 20, GP_RUN_AUTH, "not for this kind of token" },
	{ 24, GP_RUN_AUTH, "VK wants a person to confirm this" },
	{ 27, GP_RUN_AUTH,
	    "a community's token cannot do this: give the page "
	    "a token 'service' or 'user'" },
	{ 28, GP_RUN_AUTH,
	    "a service token cannot do this: give the page a "
	    "token 'user' or 'community'" },
	{ 29, GP_RUN_LATER,
	    "the limit of this method for a day is reached: "
	    "try again in some hours" },
	{ 30, GP_RUN_REFUSED, "the profile is private" },
	{ 36, GP_RUN_LATER, "VK is in trouble" },
	{ 37, GP_RUN_REFUSED, "the page is banned" },
	{ 100, GP_RUN_CONFIG, "VK does not accept the call" },
	{ 113, GP_RUN_CONFIG, "no such user" },
	{ 125, GP_RUN_REFUSED, "no such community" },
	{ 200, GP_RUN_REFUSED, "access denied" },
	{ 203, GP_RUN_REFUSED, "the community is closed to this token" },
	{ 210, GP_RUN_REFUSED, "the post is not to be seen" },
	{ 211, GP_RUN_REFUSED, "the comment is not to be seen" },
	{ 212, GP_RUN_REFUSED, "the comments are closed" },
	{ 601, GP_RUN_LATER, "too many calls" },
	{ 1117, GP_RUN_AUTH, "the token has expired: make a new one" },
	{ 3609, GP_RUN_AUTH, "the token must be prolonged" },
	{ 3610, GP_RUN_AUTH, "the user of the token is deactivated" },
	{ 0, GP_RUN_REFUSED, "VK refuses" },
};

/* The address that a person is to open. */
static void
where(struct gp_buf *b, const struct gp_json_obj *error)
{
	static const char *const keys[] = { "redirect_uri", "captcha_img" };
	size_t i, n = b->n;

	for (i = 0; error != NULL && i < 2 && b->n <= n + 2; i++) {
		b->n = n;
		gp_buf_adds(b, ": ");
		gp_json_text(gp_json_get(error, keys[i]), b);
	}
	if (b->n == n + 2)
		b->n = n;
}

int
gp_vk_refused(struct gp_job *job, int code, struct gp_span said,
    const struct gp_json_obj *error)
{
	struct gp_buf b, clean;
	size_t i = 0;
	int r;

	/* It is asked by its number or name, and nothing else is wrong. */
	if (code == 100 &&
	    strstr(gp_buf_str(&job->call.req.url), "groups.getById") != NULL)
		code = 125;
	while (refusals[i].code != 0 && refusals[i].code != code)
		i++;
	gp_buf_init(&b, 0);
	gp_buf_addf(&b, "%s (%d %.*s", refusals[i].todo, code, (int)said.n,
	    said.p != NULL ? said.p : "");
	where(&b, error);
	gp_buf_addc(&b, ')');
	gp_buf_init(&clean, 0);
	gp_http_scrub_req(&clean, gp_buf_span(&b), &job->call.req);
	r = gp_job_fail(job, refusals[i].outcome, "%s", gp_buf_str(&clean));
	gp_buf_release(&b);
	gp_buf_release(&clean);
	return r;
}

/* Opens the envelope. 0; -1: the job has failed. *code: VK's error. */
static int
envelope(struct gp_job *job, struct gp_vk *vk,
    const struct gp_http_reply *reply, struct gp_json_obj *o,
    struct gp_json_obj *error)
{
	struct gp_why why;

	if (gp_look_open(&vk->look, gp_buf_span(&reply->body), o, &why) == -1) {
		if (reply->status == 200)
			return gp_job_fail(job, GP_RUN_LATER,
			    "the reply is not VK's: %s", why.msg);
		return gp_job_fail(
		    job, GP_RUN_LATER, "VK is in trouble (%d)", reply->status);
	}
	*error = gp_look_at(&vk->look, o, "error");
	if (error->n == 0 && reply->status != 200)
		return gp_job_fail(
		    job, GP_RUN_LATER, "VK is in trouble (%d)", reply->status);
	return 0;
}

int
gp_vk_response(struct gp_job *job, struct gp_vk *vk,
    const struct gp_http_reply *reply, struct gp_json *v)
{
	struct gp_json_obj o, error;

	if (envelope(job, vk, reply, &o, &error) == -1)
		return -1;
	if (error.n > 0)
		return gp_vk_refused(job,
		    (int)gp_look_int(&error, "error_code"),
		    gp_look_str(&vk->look, &error, "error_msg"), &error);
	*v = gp_json_get(&o, "response");
	if (v->type != GP_JSON_NONE)
		return 0;
	return gp_job_fail(job, GP_RUN_REFUSED, "the reply has no 'response'");
}

static void
one_error(struct gp_vk *vk, struct gp_json v, struct gp_vk_result *to)
{
	struct gp_json_obj e = gp_look_in(&vk->look, v);

	to->code = (int)gp_look_int(&e, "error_code");
	to->said = gp_look_str(&vk->look, &e, "error_msg");
	if (to->code == 0)
		to->code = 1;
}

int
gp_vk_results(struct gp_job *job, struct gp_vk *vk,
    const struct gp_http_reply *reply, struct gp_vk_result *to, size_t n)
{
	struct gp_json_obj o, error, list, errors;
	size_t i, e = 0;

	memset(to, 0, n * sizeof(*to));
	if (envelope(job, vk, reply, &o, &error) == -1)
		return -1;
	if (error.n > 0) {
		for (i = 0; i < n; i++) {
			to[i].code = (int)gp_look_int(&error, "error_code");
			to[i].said =
			    gp_look_str(&vk->look, &error, "error_msg");
		}
		return 0;
	}
	if (n == 1) {
		to->value = gp_json_get(&o, "response");
		return 0;
	}
	list = gp_look_at(&vk->look, &o, "response");
	errors = gp_look_at(&vk->look, &o, "execute_errors");
	if (list.n != n)
		return gp_job_fail(job, GP_RUN_REFUSED,
		    "execute: 'response' has %zu answers to %zu calls", list.n,
		    n);
	/* A call that failed gave false; its error stands in their order. */
	for (i = 0; i < n; i++) {
		to[i].value = list.m[i].value;
		if (to[i].value.type != GP_JSON_BOOL)
			continue;
		if (e < errors.n)
			one_error(vk, errors.m[e++].value, &to[i]);
		else
			to[i].code = 10;
	}
	return 0;
}
