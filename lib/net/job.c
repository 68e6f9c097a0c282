#include "net/net.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	int status;
} outcomes[] = {
	[GP_RUN_OK] = { "ok", GP_OK },
	[GP_RUN_EMPTY] = { "empty", GP_OK },
	[GP_RUN_PARTIAL] = { "partial", GP_PARTIAL },
	[GP_RUN_REFUSED] = { "refused", GP_REFUSED },
	[GP_RUN_LATER] = { "later", GP_TEMPFAIL },
	[GP_RUN_AUTH] = { "auth", GP_AUTH },
	[GP_RUN_CONFIG] = { "config", GP_CONFIG },
	[GP_RUN_STOPPED] = { "stopped", GP_IO },
};

const char *
gp_outcome_name(enum gp_outcome o)
{
	return outcomes[o].name;
}

int
gp_outcome_exit(enum gp_outcome o)
{
	return outcomes[o].status;
}

int
gp_job_fail(struct gp_job *job, enum gp_outcome outcome, const char *fmt, ...)
{
	va_list ap;

	job->outcome = outcome;
	va_start(ap, fmt);
	vsnprintf(job->why.msg, sizeof(job->why.msg), fmt, ap);
	va_end(ap);
	return -1;
}

void
gp_job_item(struct gp_job *job, struct gp_item *it)
{
	it->network = job->net->name;
	it->seen = job->want->now;
	if (it->deleted)
		job->deleted++;
	else if (strcmp(it->type, "post") == 0)
		job->posts++;
	else if (strcmp(it->type, "comment") == 0)
		job->comments++;
	else if (strcmp(it->type, "message") == 0)
		job->messages++;
	else if (strcmp(it->type, "poll") == 0)
		job->polls++;
	else
		job->other++;
	gp_item_write(&job->out, it);
}

static void
head(struct gp_jw *w, const struct gp_job *job, const char *type)
{
	char at[GP_INSTANT_LEN];

	gp_instant_utc(job->want->now, at);
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "type", type);
	gp_jw_key(w, "id");
	gp_buf_addf(w->b, "\"%s:%s/%s", type, job->page, job->stream->name);
	if (strcmp(type, "run") == 0)
		gp_buf_addf(w->b, "/%s", at);
	gp_buf_addc(w->b, '"');
	w->comma = 1;
	gp_jw_kstr(w, "network", job->net->name);
	gp_jw_kstr(w, "page", job->page);
	gp_jw_kstr(w, "stream", job->stream->name);
	gp_jw_kstr(w, "at", at);
}

void
gp_job_free(struct gp_job *job)
{
	if (job == NULL)
		return;
	free(job->name);
	free(job->page);
	free(job->preview);
	free(job->api);
	free(job->cursor);
	free(job->left);
	gp_buf_release(&job->out);
	gp_http_call_release(&job->call);
	free(job);
}

void
gp_job_cursor(struct gp_job *job, struct gp_span value)
{
	struct gp_jw w;

	free(job->left);
	job->left = gp_span_dup(value);
	gp_jw_init(&w, &job->out);
	head(&w, job, "cursor");
	gp_jw_ktext(&w, "value", value);
	gp_jw_close(&w, '}');
	gp_buf_addc(&job->out, '\n');
}

static void
asked(struct gp_jw *w, const struct gp_job *job)
{
	const struct gp_want *want = job->want;
	char at[GP_INSTANT_LEN];

	gp_jw_key(w, "asked");
	gp_jw_open(w, '{');
	if (want->since != 0)
		gp_jw_kstr(w, "since", gp_instant_utc(want->since, at));
	if (want->until != 0)
		gp_jw_kstr(w, "until", gp_instant_utc(want->until, at));
	if (want->limit != 0)
		gp_jw_kint(w, "limit", want->limit);
	if (want->overlap != 0)
		gp_jw_kint(w, "overlap", want->overlap);
	if (want->all)
		gp_jw_kbool(w, "all", 1);
	gp_jw_kbool(w, "cursor", job->cursor != NULL);
	gp_jw_close(w, '}');
}

static void
got(struct gp_jw *w, const struct gp_job *job)
{
	const struct {
		const char *name;
		long n;
	} list[] = { { "posts", job->posts }, { "comments", job->comments },
		{ "messages", job->messages }, { "polls", job->polls },
		{ "pages", job->pages }, { "deleted", job->deleted },
		{ "skipped", job->skipped }, { "requests", job->requests } };
	size_t i;

	gp_jw_key(w, "got");
	gp_jw_open(w, '{');
	for (i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		if (list[i].n != 0)
			gp_jw_kint(w, list[i].name, list[i].n);
	gp_jw_close(w, '}');
}

void
gp_job_account(struct gp_job *job)
{
	struct gp_jw w;

	gp_jw_init(&w, &job->out);
	head(&w, job, "run");
	asked(&w, job);
	got(&w, job);
	gp_jw_key(&w, "waited");
	gp_jw_real(&w, job->waited, 1);
	if (job->more)
		gp_jw_kbool(&w, "more", 1);
	gp_jw_kstr(&w, "outcome", gp_outcome_name(job->outcome));
	if (job->why.msg[0] != '\0')
		gp_jw_kstr(&w, "reason", job->why.msg);
	gp_jw_close(&w, '}');
	gp_buf_addc(&job->out, '\n');
}
