#include "net/net.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/cursors.h"
#include "net/wall.h"

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
	if (it->page.n == 0)
		it->page = gp_span_of(job->page);
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

int
gp_job_open(struct gp_job *job, struct gp_why *why)
{
	job->own = calloc(1, job->stream->size);
	if (job->own == NULL)
		return gp_because(why, "no memory");
	return job->stream->open(job, why);
}

void
gp_job_close(struct gp_job *job)
{
	if (job->own == NULL)
		return;
	job->stream->close(job);
	free(job->own);
	job->own = NULL;
}

int
gp_job_unopened(struct gp_job *job)
{
	job->outcome = GP_RUN_CONFIG;
	return -1;
}

int
gp_job_damaged(struct gp_why *why)
{
	return gp_because(
	    why, "the cursor is damaged; --no-cursor starts anew");
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
	free(job->graph);
	free(job->cursor);
	free(job->left);
	gp_wall_free(job->wall);
	gp_buf_release(&job->out);
	gp_buf_release(&job->gaps);
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
	if (job->known != NULL && job->known->store != NULL)
		gp_jw_kstr(&w, "store", job->known->store);
	gp_jw_close(&w, '}');
	gp_buf_addc(&job->out, '\n');
}

int
gp_job_page(struct gp_job *job, const char *id)
{
	const char *cursor = job->known != NULL
	    ? gp_cursors_get(job->known, id, job->stream->name)
	    : NULL;
	char *page = strdup(id);

	if (page == NULL)
		return -1;
	free(job->page);
	job->page = page;
	if (cursor == NULL)
		return 0;
	free(job->cursor);
	job->cursor = strdup(cursor);
	return job->cursor != NULL ? 0 : -1;
}

void
gp_job_pace(const struct gp_job *job, struct gp_http_req *req, double own)
{
	if (job->conf->rate != GP_RATE_OWN)
		req->rate = job->conf->rate;
	else
		req->rate =
		    strncmp(gp_buf_str(&req->url), "http:", 5) == 0 ? 0 : own;
	req->ca_file = job->conf->ca_file;
}

void
gp_job_gap(struct gp_job *job, const char *what, struct gp_span of,
    int64_t expected, int64_t n, const char *why)
{
	struct gp_jw w;

	if (job->ngaps++ >= GP_MAX_GAPS)
		return;
	gp_jw_init(&w, &job->gaps);
	w.comma = job->gaps.n > 0;
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "what", what);
	gp_jw_ktext(&w, "of", of);
	gp_jw_kint(&w, "expected", expected);
	gp_jw_kint(&w, "got", n);
	if (why != NULL)
		gp_jw_kstr(&w, "reason", why);
	gp_jw_close(&w, '}');
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
	if (want->follow)
		gp_jw_kbool(w, "follow", 1);
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
		{ "pages", job->pages }, { "stats", job->stats },
		{ "deleted", job->deleted }, { "skipped", job->skipped },
		{ "requests", job->requests } };
	size_t i;

	gp_jw_key(w, "got");
	gp_jw_open(w, '{');
	for (i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		if (list[i].n != 0)
			gp_jw_kint(w, list[i].name, list[i].n);
	gp_jw_close(w, '}');
}

/* What the network's own counters promised, and what of it did not come. */
static void
expected(struct gp_jw *w, const struct gp_job *job)
{
	const struct {
		const char *name;
		const struct gp_figure *n;
	} list[] = { { "posts", &job->expect_posts },
		{ "comments", &job->expect_comments },
		{ "messages", &job->expect_messages } };
	size_t i, set = 0;

	for (i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
		if (!list[i].n->set)
			continue;
		if (set++ == 0) {
			gp_jw_key(w, "expected");
			gp_jw_open(w, '{');
		}
		gp_jw_kint(w, list[i].name, list[i].n->n);
	}
	if (set > 0)
		gp_jw_close(w, '}');
	if (job->ngaps == 0)
		return;
	gp_jw_key(w, "gaps");
	gp_jw_open(w, '[');
	gp_jw_raw(w, gp_buf_span(&job->gaps));
	gp_jw_close(w, ']');
}

void
gp_job_account(struct gp_job *job)
{
	struct gp_jw w;

	if (job->ngaps > 0 &&
	    (job->outcome == GP_RUN_OK || job->outcome == GP_RUN_EMPTY))
		gp_job_fail(job, GP_RUN_PARTIAL,
		    "not all came that the network counts: %ld %s", job->ngaps,
		    job->ngaps == 1 ? "gap" : "gaps");
	gp_jw_init(&w, &job->out);
	head(&w, job, "run");
	asked(&w, job);
	got(&w, job);
	expected(&w, job);
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
