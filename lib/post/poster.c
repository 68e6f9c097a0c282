#include "post/poster.h"

#include <stdlib.h>
#include <string.h>

void
gp_poster_worst(struct gp_poster *p, enum gp_exit status)
{
	if (status == GP_OK)
		return;
	p->status =
	    p->status == GP_OK || p->status == status ? status : GP_PARTIAL;
}

/* One post on its page. */
struct posting {
	struct gp_poster *p;
	const struct gp_plan *plan;
	const struct gp_plan_post *post;
	struct gp_job *job;
};

static int
receipt(const struct posting *g, const struct gp_todo *t,
    const struct gp_sent *sent)
{
	struct gp_poster *p = g->p;
	struct gp_receipt to = { .network = g->post->net->name,
		.page = g->job->page,
		.action = gp_todo_action(t),
		.key = t->key,
		.at = sent->at != 0 ? sent->at : p->how.now,
		.state = sent->state,
		.to = gp_span_of(t->to != NULL ? t->to : ""),
		.result = sent->result,
		.url = sent->url,
		.error = sent->error,
		.hash = gp_span_of(t->hash) };

	gp_buf_reset(&p->out);
	if (sent->error.n > 0) {
		gp_buf_addf(&p->out, "%s: %.*s", gp_out_word(sent->state),
		    (int)sent->error.n, sent->error.p);
		p->say(p->ctx, t->key, gp_buf_str(&p->out));
	}
	if (p->outbox == NULL)
		return 0;
	gp_buf_reset(&p->out);
	gp_receipt_write(&p->out, &to);
	return p->put(p->ctx, gp_buf_span(&p->out));
}

/* What did not get as far as the network. What may be out from before is still
 * unknown: nothing else may stand under its id. */
static int
stays(const struct posting *g, const struct gp_todo *t, enum gp_out_state state,
    enum gp_exit means, const char *why)
{
	struct gp_sent sent = { .state = state,
		.result = gp_span_of(""),
		.url = gp_span_of(""),
		.error = gp_span_of(why) };

	if (t->state == GP_OUT_SENDING || t->state == GP_OUT_UNKNOWN) {
		sent.state = GP_OUT_UNKNOWN;
		sent.error = gp_pool_fmt(g->p->pool,
		    "it may be out, and could not go again: %s", why);
		if (means == GP_PARTIAL)
			means = GP_TEMPFAIL;
	}
	gp_poster_worst(g->p, means);
	return receipt(g, t, &sent);
}

static int
refused(const struct posting *g, const struct gp_todo *t, const char *why)
{
	return stays(g, t, GP_OUT_REFUSED, GP_PARTIAL, why);
}

static int
failed(struct gp_poster *p, const char *key, const struct gp_why *why)
{
	p->say(p->ctx, key, why->msg);
	p->status = p->outbox != NULL ? gp_outbox_status(p->outbox) : GP_OK;
	if (p->status == GP_OK)
		p->status = GP_SOFTWARE;
	return -1;
}

/* -- doing it -------------------------------------------------------------- */

/* The first of what is wrong with it, but for its time; NULL: nothing. */
static const char *
wrong(const struct posting *g)
{
	struct gp_plan_check c;
	const char *why = NULL;
	size_t i;

	gp_plan_check_init(&c);
	c.english = g->p->english;
	c.now = g->p->how.now;
	gp_plan_check_post(&c, g->plan, g->post, 1);
	for (i = 0; i < c.n && why == NULL; i++)
		if (c.v[i].error && strncmp(c.v[i].rule, "time", 4) != 0)
			why =
			    gp_pool_copy(g->p->pool, gp_span_of(c.v[i].message))
				.p;
	gp_plan_check_release(&c);
	return why;
}

static int
ended(const struct posting *g, const struct gp_todo *t,
    const struct gp_sent *sent, int *ok)
{
	*ok = sent->means == GP_OK;
	if (!*ok)
		gp_poster_worst(g->p,
		    sent->state == GP_OUT_REFUSED ? GP_PARTIAL : sent->means);
	return receipt(g, t, sent);
}

/* *ok: it is there. -1: nothing more may be sent. */
static int
send_it(const struct posting *g, const struct gp_todo *t,
    const struct gp_publish *what, int *ok)
{
	struct gp_poster *p = g->p;
	struct gp_out_row row = { .key = gp_span_of(t->key),
		.page = gp_span_of(g->job->page),
		.action = gp_span_of(gp_todo_action(t)),
		.to = gp_span_of(t->to != NULL ? t->to : ""),
		.hash = gp_span_of(t->hash),
		.at = p->how.now,
		.could = t->at };
	struct gp_sent sent;
	struct gp_why why;
	struct gp_act act;
	int r = 0;

	p->todo = t;
	gp_act_init(&act, t->kind);
	gp_sent_init(&sent);
	act.key = t->key;
	act.to = t->to;
	act.text = t->said.text;
	act.publish = what;
	g->job->act = &act;
	if (p->outbox != NULL)
		r = gp_outbox_plan(p->outbox, &row, &why);
	if (r == 0)
		r = gp_send(p->send, g->job, &row, &sent, &why);
	if (r == -1)
		failed(p, t->key, &why);
	else if (sent.stopped)
		p->status = GP_TEMPFAIL;
	else
		r = ended(g, t, &sent, ok);
	if (sent.stopped)
		r = -1;
	g->job->act = NULL;
	gp_act_release(&act);
	gp_sent_release(&sent);
	return r;
}

static int
carry_out(const struct posting *g, const struct gp_todo *t, int *ok)
{
	struct gp_publish what;
	struct gp_why why;
	const char *no = NULL;

	if (g->job->outcome != GP_RUN_OK && g->job->requests == 0)
		return stays(g, t, GP_OUT_FAILED,
		    (enum gp_exit)gp_outcome_exit(g->job->outcome),
		    g->job->why.msg);
	if (t->kind == GP_ACT_POST || t->kind == GP_ACT_EDIT)
		no = wrong(g);
	if (no == NULL &&
	    gp_todo_publish(
		&what, t, g->post, g->p->how.now, g->p->pool, &why) == -1)
		no = why.msg;
	return no != NULL ? refused(g, t, no) : send_it(g, t, &what, ok);
}

/* -- whether --------------------------------------------------------------- */

static int
is_late(const struct posting *g, const struct gp_todo *t)
{
	char at[GP_INSTANT_LEN];
	struct gp_why why;

	gp_because(
	    &why, "too late: it was for %s", gp_instant_local(t->at, at));
	return refused(g, t, why.msg);
}

/* In a plan, what is out is passed over: cron comes back to it every time. */
static int
is_out(const struct posting *g, const struct gp_todo *t)
{
	struct gp_sent sent = { .state = GP_OUT_DUPLICATE,
		.result = gp_span_of(t->result),
		.url = gp_span_of(t->url),
		.error = gp_span_of(""),
		.at = t->left };

	return g->p->records ? receipt(g, t, &sent) : 0;
}

static int
has_changed(const struct posting *g, const struct gp_todo *t)
{
	struct gp_poster *p = g->p;

	/* A receipt under the key of the post would take its place. */
	if (t->kind == GP_ACT_EDIT)
		return refused(
		    g, t, "it is out with another text: --edit changes it");
	p->say(p->ctx, t->key, "it is out as it was: a poll stays as it is");
	gp_poster_worst(p, GP_PARTIAL);
	return 0;
}

static int
is_doubtful(const struct posting *g, const struct gp_todo *t)
{
	g->p->say(g->p->ctx, t->key,
	    t->kind == GP_ACT_DELETE
		? "nobody knows whether it is out, or where: look for it and say "
		  "--resolve with its id, or take it back by hand and its entry "
		  "out of the plan"
		: "nobody knows whether it is out, and its text has changed "
		  "since: put the old one back, or say --resolve");
	gp_poster_worst(g->p, GP_TEMPFAIL);
	return 0;
}

/* *ok: what stands behind it may go. -1: the run ends here. */
static int
one(const struct posting *g, const struct gp_todo *t, int *ok)
{
	*ok = 0;
	switch (t->due) {
	case GP_DUE_NOT:
		*ok = t->kind == GP_ACT_CLOSE;
		return 0;
	case GP_DUE_LATE:
		return is_late(g, t);
	case GP_DUE_OUT:
		*ok = 1;
		return is_out(g, t);
	case GP_DUE_CHANGED:
		*ok = 1;
		return has_changed(g, t);
	case GP_DUE_DOUBT:
		return is_doubtful(g, t);
	case GP_DUE_NOW:
	case GP_DUE_AHEAD:
		break;
	}
	return carry_out(g, t, ok);
}

static int
any(const struct gp_todo *t, int n, int due)
{
	while (n-- > 0)
		if (due ? t[n].due == GP_DUE_NOW || t[n].due == GP_DUE_AHEAD
			: t[n].due != GP_DUE_NOT)
			return 1;
	return 0;
}

/* Another sender may be at it: what is due is asked for again once the page is
 * ours alone. 1: it is not. */
static int
locked(const struct posting *g, struct gp_todo *t, int *n)
{
	struct gp_poster *p = g->p;
	enum gp_exit lock;
	struct gp_why why;

	if (p->outbox == NULL || !any(t, *n, 1))
		return 0;
	lock = gp_outbox_lock(p->outbox, g->job->page, p->wait, &why);
	if (lock != GP_OK) {
		p->say(p->ctx, g->post->key, why.msg);
		gp_poster_worst(p, lock);
		return 1;
	}
	*n = gp_todo_list(t, g->post, &p->how, p->outbox, p->pool, &why);
	return *n == -1 ? failed(p, g->post->key, &why) : 0;
}

static struct gp_job *
job_of(struct gp_poster *p, const struct gp_plan_post *post, struct gp_why *why)
{
	char *id = gp_choose_page_id(post->of);
	struct gp_job *j = NULL;

	if (id == NULL)
		gp_because(why, "no memory");
	else
		j = gp_pages_find(p->pages, post->net->name, id, why);
	free(id);
	return j;
}

int
gp_poster_post(struct gp_poster *p, const struct gp_plan *plan,
    const struct gp_plan_post *post)
{
	struct posting g = { p, plan, post, NULL };
	struct gp_todo t[GP_TODOS];
	struct gp_why why = { "" };
	int n, i, r, ok = 1;

	n = gp_todo_list(t, post, &p->how, p->outbox, p->pool, &why);
	if (n == -1)
		return failed(p, post->key, &why);
	if (!any(t, n, 0))
		return 0;
	g.job = job_of(p, post, &why);
	if (g.job == NULL)
		return failed(p, post->key, &why);
	r = locked(&g, t, &n);
	if (r != 0)
		return r == -1 ? -1 : 0;
	for (i = 0; i < n && ok && !*p->stop; i++)
		if (one(&g, &t[i], &ok) == -1)
			return -1;
	return 0;
}
