#include "net/telegram.h"

#include <string.h>

/* parameters.retry_after of a 429; the header alone is not always there. */
static long
wait_hint(int status, struct gp_span body)
{
	struct gp_json_reader *r;
	struct gp_json_obj o;
	int64_t n = -1;

	if (status != 429)
		return -1;
	r = gp_json_new();
	if (r != NULL && gp_json_open(r, body, 0, &o, NULL) == 0)
		gp_json_int(
		    gp_json_at(r, &o, "parameters", "retry_after", NULL), &n);
	gp_json_free(r);
	return n >= 0 && n < 1000000 ? (long)n : -1;
}

void
gp_tg_method(struct gp_job *job, struct gp_http_req *req, const char *method)
{
	req->method = "POST";
	req->type = "application/x-www-form-urlencoded";
	req->secret = job->token[GP_TOKEN_BOT];
	req->wait_hint = wait_hint;
	req->burst = 30;
	gp_buf_addf(&req->url, "%s/bot%s/%s", job->api,
	    job->token[GP_TOKEN_BOT], method);
	gp_job_pace(job, req, 30); /* a second, over all chats */
}

static const struct {
	int code;
	const char *words; /* in the description; NULL: any */
	enum gp_outcome outcome;
	const char *todo;
} refusals[] = {
	{ 401, NULL, GP_RUN_AUTH, "the token is wrong or was revoked" },
	{ 404, NULL, GP_RUN_AUTH, "the token is malformed" },
	{ 403, NULL, GP_RUN_REFUSED, "let the bot in, or drop this page" },
	{ 409, "webhook", GP_RUN_CONFIG,
	    "a webhook is set for this bot: delete it, or read it there" },
	{ 409, NULL, GP_RUN_LATER, "another program reads this bot's updates" },
	{ 400, "chat not found", GP_RUN_CONFIG,
	    "check the name, and that the bot is a member" },
	{ 429, NULL, GP_RUN_LATER, "too many requests" },
	{ 0, NULL, GP_RUN_REFUSED, "the request was refused" },
};

static int
refused(struct gp_job *job, int code, const char *said)
{
	size_t i = 0;

	if (code >= 500)
		return gp_job_fail(job, GP_RUN_LATER,
		    "Telegram is in trouble (%d %s)", code, said);
	while (refusals[i].code != 0 &&
	    (refusals[i].code != code ||
		(refusals[i].words != NULL &&
		    strstr(said, refusals[i].words) == NULL)))
		i++;
	return gp_job_fail(job, refusals[i].outcome, "%s (%d %s)",
	    refusals[i].todo, code, said);
}

int
gp_tg_result(struct gp_job *job, struct gp_json_reader *r,
    const struct gp_http_reply *reply, struct gp_json *result)
{
	struct gp_json_obj o;
	struct gp_buf said, clean;
	int64_t code = reply->status;
	int bad;

	if (gp_json_open(r, gp_buf_span(&reply->body), 0, &o, NULL) == -1) {
		if (reply->status >= 500 || reply->status == 429)
			return refused(job, reply->status, "without a reason");
		return gp_job_fail(job, GP_RUN_LATER,
		    "the reply is not the Bot API's (status %d)",
		    reply->status);
	}
	*result = gp_json_get(&o, "result");
	if (gp_json_true(gp_json_get(&o, "ok")) && result->type != GP_JSON_NONE)
		return 0;
	gp_buf_init(&said, 0);
	gp_buf_init(&clean, 0);
	gp_json_text(gp_json_get(&o, "description"), &said);
	gp_json_int(gp_json_get(&o, "error_code"), &code);
	gp_http_scrub(&clean, gp_buf_span(&said), job->token[GP_TOKEN_BOT]);
	bad = refused(job, (int)code, gp_buf_str(&clean));
	gp_buf_release(&clean);
	gp_buf_release(&said);
	return bad;
}
