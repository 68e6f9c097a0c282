#include "send/send.h"

#include <string.h>
#include <time.h>

void
gp_sent_init(struct gp_sent *s)
{
	memset(s, 0, sizeof(*s));
	gp_buf_init(&s->why, 0);
}

void
gp_sent_release(struct gp_sent *s)
{
	gp_buf_release(&s->why);
}

static const struct gp_span none = { "", 0 };

/* Everything that is asked goes through here; the reply is in the call. */
static void
ask(struct gp_send *s, struct gp_job *job)
{
	struct gp_http_call *c = &job->call;

	gp_http_do(s->http, c);
	job->requests++;
	job->waited += c->reply.waited;
}

/* A job that ran into the transport's trouble. What never had a connection,
 * and a single request that comes too soon, did nothing. */
static void
broke(struct gp_job *job)
{
	const struct gp_http_reply *r = &job->call.reply;
	int undone = !r->sent ||
	    (job->call.end == GP_HTTP_WAIT && r->status == 429 && r->tries < 2);

	if (job->call.end == GP_HTTP_BAD && undone)
		gp_job_fail(job, GP_RUN_CONFIG, "%s", job->call.why.msg);
	else
		gp_job_fail(job, GP_RUN_LATER, "%s",
		    job->call.end == GP_HTTP_STOPPED ? "stopped by a signal"
						     : job->call.why.msg);
	job->act->undone = undone;
}

/* The journal's word on what a look-up sees. */
static int
taken(void *ctx, const char *id)
{
	struct gp_send *s = ctx;
	struct gp_why why;

	return gp_outbox_made(s->outbox, id, &why) == 1;
}

/* By the network's clock, where that is behind ours: what was carried out must
 * not seem to be older than its request. */
static gp_instant
by_its_clock(const struct gp_send *s, gp_instant left)
{
	double skew = 0;

	gp_http_skew(s->http, &skew);
	return left != 0 && skew < 0 ? left + (gp_instant)skew - 1 : left;
}

static gp_instant
now(const struct gp_send *s)
{
	return s->now + (gp_instant)(gp_clock() - s->began);
}

/*
 * When something leaves. A clock that is far ahead of the network's would have
 * it looked for, once it is set right, among what came later; then the time is
 * the network's. A little does not matter, see GP_SEEK_CLOCKS.
 */
static gp_instant
leaving(const struct gp_send *s)
{
	double skew = 0;

	gp_http_skew(s->http, &skew);
	return now(s) + (skew < -60 ? (gp_instant)skew : 0);
}

/* What left later than now was noted by a clock that was ahead: it left nobody
 * knows when, and all is looked through. */
static gp_instant
since(const struct gp_send *s, gp_instant left)
{
	return left > now(s) ? 0 : left;
}

/* Runs a stream that only reads to its end: the look-up. */
static enum gp_found_act
seek(struct gp_send *s, struct gp_job *job)
{
	const struct gp_stream *act = job->stream;
	const gp_instant left = job->act->left;
	enum gp_found_act found;

	if (gp_act_changes(job->act->kind))
		return GP_SEEK_ABSENT;
	if (gp_act_seeker(job->net, job->act->kind) == NULL)
		return GP_SEEK_UNSURE;
	gp_job_close(job);
	job->stream = gp_act_seeker(job->net, job->act->kind);
	job->outcome = GP_RUN_OK;
	job->act->found = GP_SEEK_UNSURE;
	job->act->taken = taken;
	job->act->ctx = s;
	gp_buf_reset(&job->act->result);
	gp_buf_reset(&job->act->url);
	if (gp_job_open(job, &job->why) == -1)
		job->outcome = GP_RUN_CONFIG;
	gp_http_call_reset(&job->call);
	while (job->outcome == GP_RUN_OK &&
	    job->stream->next(job, &job->call.req) == 1) {
		ask(s, job);
		if (!job->act->look)
			job->act->left = by_its_clock(s, left);
		if (job->call.end != GP_HTTP_OK)
			broke(job);
		else
			job->stream->take(job, &job->call.reply);
		gp_http_call_reset(&job->call);
	}
	found = job->outcome == GP_RUN_OK ? job->act->found : GP_SEEK_UNSURE;
	gp_job_close(job);
	job->stream = act;
	job->outcome = GP_RUN_OK;
	return found;
}

static void
pause_for(const struct gp_send *s, long seconds)
{
	const struct timespec tenth = { 0, 100000000L };
	double until = gp_clock() + (double)seconds;

	while (gp_clock() < until && (s->stop == NULL || !*s->stop))
		nanosleep(&tenth, NULL);
}

/* What left a moment ago may still be carried out. */
static void
settle(const struct gp_send *s, gp_instant left)
{
	gp_instant rest = left + s->settle - leaving(s);

	if (left != 0)
		pause_for(s, rest > s->settle ? s->settle : (long)rest);
}

static int
mark(struct gp_send *s, const struct gp_job *job, enum gp_out_state state,
    struct gp_span error, struct gp_sent *sent, struct gp_why *why)
{
	struct gp_act *a = job->act;

	sent->state = state;
	sent->result = gp_buf_span(&a->result);
	sent->url = gp_buf_span(&a->url);
	gp_buf_reset(&sent->why);
	gp_buf_add(&sent->why, error.p, error.n);
	sent->error = gp_buf_span(&sent->why);
	return gp_outbox_mark(s->outbox, a->key, state, now(s), sent->result,
	    sent->url, error, why);
}

/* How the visible request of an act left. */
enum left {
	NOT_LEFT,
	LEFT,
	LEFT_AGAIN, /* the transport repeated it: the last reply says no more
		       than what the last of them did */
};

/*
 * The state of what failed. Before the visible request had left, or where the
 * network answered with a refusal, nothing is there.
 */
static enum gp_out_state
failed_state(enum gp_outcome outcome, int undone, enum left left)
{
	if (left == LEFT_AGAIN)
		return GP_OUT_UNKNOWN;
	switch (outcome) {
	case GP_RUN_REFUSED:
	case GP_RUN_CONFIG:
		return GP_OUT_REFUSED;
	case GP_RUN_AUTH: /* with another token it may go */
		return GP_OUT_FAILED;
	default:
		return left == LEFT && !undone ? GP_OUT_UNKNOWN : GP_OUT_FAILED;
	}
}

/*
 * The network said no for now, and for how long: it is waited for, as nothing
 * that has left, and sent again. 1: it may be; 0: it has failed; -1: journal.
 */
static int
wait_for_it(struct gp_send *s, struct gp_job *job, long asked, int round,
    struct gp_why *why)
{
	struct gp_act *a = job->act;

	if (!a->visible || !a->undone || job->outcome != GP_RUN_LATER ||
	    asked < 0 || asked >= s->max_wait || round >= 3)
		return 0;
	if (gp_outbox_mark(s->outbox, a->key, GP_OUT_FAILED, now(s), none, none,
		gp_span_of(job->why.msg), why) == -1)
		return -1;
	pause_for(s, asked + 1); /* servers count whole seconds */
	if (s->stop != NULL && *s->stop)
		return 0;
	job->outcome = GP_RUN_OK;
	return 1;
}

/* How long a refusal asks to wait; -1: it is no such refusal. */
static long
asked_for(const struct gp_http_call *c, int round)
{
	if (c->end != GP_HTTP_OK)
		return -1;
	return c->reply.retry_after < 0 && c->reply.status == 429
	    ? 5L << round
	    : c->reply.retry_after;
}

/* Asks until it is done. -1: the journal failed. */
static int
carry_out(
    struct gp_send *s, struct gp_job *job, enum left *left, struct gp_why *why)
{
	struct gp_act *a = job->act;
	int again, round = 0;
	long asked;

	gp_http_call_reset(&job->call);
	for (;;) {
		a->visible = a->upload = a->idempotent = a->undone = 0;
		again = job->stream->next(job, &job->call.req);
		if (again != 1 || job->outcome != GP_RUN_OK)
			return 0;
		if (s->outbox == NULL) {
			s->show(s->ctx, job);
			if (a->visible)
				return 0;
			if (a->upload) { /* it is not sent: on to the next */
				gp_http_call_reset(&job->call);
				continue;
			}
		}
		job->call.req.once = a->visible && !a->idempotent;
		job->call.req.whole = a->visible;
		if (a->visible && *left == NOT_LEFT &&
		    gp_outbox_mark(s->outbox, a->key, GP_OUT_SENDING,
			leaving(s), none, none, none, why) == -1)
			return -1;
		ask(s, job);
		if (a->visible)
			*left = job->call.reply.tries > 1 ? LEFT_AGAIN : LEFT;
		asked = asked_for(&job->call, round);
		if (job->call.end != GP_HTTP_OK)
			broke(job);
		else
			job->stream->take(job, &job->call.reply);
		gp_http_call_reset(&job->call);
		if (job->outcome == GP_RUN_OK)
			continue;
		again = *left == LEFT ? wait_for_it(s, job, asked, round++, why)
				      : 0;
		if (again != 1)
			return again;
		*left = NOT_LEFT;
	}
}

/* 0: it may be sent again; 1: it is not any more, which is noted; -1. */
static int
may_go(struct gp_send *s, struct gp_job *job, struct gp_sent *sent,
    struct gp_why *why)
{
	struct gp_why reason;
	int to = s->may != NULL ? s->may(s->ctx, &reason) : GP_OUT_PLANNED;

	if (to == GP_OUT_PLANNED)
		return 0;
	if (to == -1) {
		*why = reason;
		return -1;
	}
	sent->means = to == GP_OUT_FAILED ? GP_TEMPFAIL : GP_PARTIAL;
	return mark(s, job, (enum gp_out_state)to, gp_span_of(reason.msg), sent,
		   why) == 0
	    ? 1
	    : -1;
}

/* What the journal had as sending or unknown. 1: dealt with; 0: it is surely
 * not there, and may be sent; -1: the journal failed. */
static int
look_up(struct gp_send *s, struct gp_job *job, const struct gp_out_row *row,
    struct gp_sent *sent, struct gp_why *why)
{
	static const char unsure[] =
	    "it left, and nobody knows whether it arrived: look for it, then "
	    "say --resolve";

	settle(s, row->left);
	job->act->left = since(s, row->left);
	switch (seek(s, job)) {
	case GP_SEEK_FOUND:
		return mark(s, job, GP_OUT_SENT, none, sent, why) == 0 ? 1 : -1;
	case GP_SEEK_ABSENT:
		return may_go(s, job, sent, why);
	default:
		return mark(s, job, GP_OUT_UNKNOWN, gp_span_of(unsure), sent,
			   why) == 0
		    ? 1
		    : -1;
	}
}

/* A journal that was put back from a copy does not know what left between: it
 * is as if it had been sent then. As look_up. */
static int
in_gap(struct gp_send *s, struct gp_job *job, const struct gp_out_row *plan,
    struct gp_out_row *row, struct gp_sent *sent, struct gp_why *why)
{
	gp_instant from =
	    gp_outbox_gap(s->outbox, plan->could, row->left, now(s));

	if (from == 0)
		return 0;
	if (gp_outbox_mark(s->outbox, job->act->key, GP_OUT_SENDING, from, none,
		none, none, why) == -1)
		return -1;
	row->left = from;
	return look_up(s, job, row, sent, why);
}

/* 1: the journal decided; 0: it is to be sent; -1. */
static int
known(struct gp_send *s, struct gp_job *job, const struct gp_out_row *plan,
    struct gp_sent *sent, struct gp_why *why)
{
	struct gp_out_row row = { .at = 0 };
	int r = gp_outbox_find(s->outbox, job->act->key, &row, why);

	if (r == -1)
		return -1;
	if (r == 0 && gp_outbox_plan(s->outbox, plan, why) == -1)
		return -1;
	switch (row.state) {
	case GP_OUT_SENT:
	case GP_OUT_DUPLICATE:
		gp_buf_add(&job->act->result, row.result.p, row.result.n);
		gp_buf_add(&job->act->url, row.url.p, row.url.n);
		sent->state = GP_OUT_DUPLICATE;
		sent->result = gp_buf_span(&job->act->result);
		sent->url = gp_buf_span(&job->act->url);
		sent->at = gp_outbox_time(&row);
		return 1;
	case GP_OUT_SENDING:
	case GP_OUT_UNKNOWN:
		return look_up(s, job, &row, sent, why);
	default: /* nothing of it has left, as far as the journal goes */
		return in_gap(s, job, plan, &row, sent, why);
	}
}

static int
over(struct gp_send *s, struct gp_job *job, enum left left,
    struct gp_sent *sent, struct gp_why *why)
{
	enum gp_outcome outcome = job->outcome;
	enum gp_out_state state = failed_state(outcome, job->act->undone, left);
	struct gp_out_row row = { .at = 0 };
	struct gp_why no = job->why;

	if (job->outcome == GP_RUN_OK) {
		sent->means = GP_OK;
		return mark(s, job, GP_OUT_SENT, none, sent, why);
	}
	sent->means = (enum gp_exit)gp_outcome_exit(outcome);
	gp_buf_reset(&job->act->result);
	gp_buf_reset(&job->act->url);
	if (mark(s, job, state, gp_span_of(job->why.msg), sent, why) == -1)
		return -1;
	if (state != GP_OUT_UNKNOWN || (s->stop != NULL && *s->stop))
		return 0;
	/* Most of what is unknown can be seen at once. */
	if (gp_outbox_find(s->outbox, job->act->key, &row, why) != 1)
		return -1;
	settle(s, row.left);
	job->act->left = since(s, row.left);
	switch (seek(s, job)) {
	case GP_SEEK_FOUND:
		sent->means = GP_OK;
		return mark(s, job, GP_OUT_SENT, none, sent, why);
	case GP_SEEK_ABSENT: /* what was said last holds for all tries */
		state = failed_state(outcome, 1, LEFT);
		if (state == GP_OUT_REFUSED)
			return mark(
			    s, job, state, gp_span_of(no.msg), sent, why);
		return 0;
	default:
		return 0;
	}
}

static int
send_it(struct gp_send *s, struct gp_job *job, const struct gp_out_row *plan,
    struct gp_sent *sent, struct gp_why *why)
{
	enum left left = NOT_LEFT;
	int r = 0;

	sent->means = GP_OK;
	sent->result = sent->url = sent->error = none;
	sent->stopped = 0;
	sent->at = 0;
	job->act->rehearsal = s->outbox == NULL;
	job->stream = gp_act_stream(job->net, job->act->kind);
	job->outcome = GP_RUN_OK;
	if (s->outbox != NULL)
		r = known(s, job, plan, sent, why);
	if (r != 0) {
		if (r == 1 && sent->state == GP_OUT_UNKNOWN)
			sent->means = GP_TEMPFAIL;
		return r == 1 ? 0 : -1;
	}
	if (s->stop != NULL && *s->stop) {
		sent->stopped = 1;
		return 0;
	}
	gp_buf_reset(&job->act->result);
	gp_buf_reset(&job->act->url);
	if (gp_job_open(job, &job->why) == -1)
		job->outcome = GP_RUN_CONFIG;
	else
		r = carry_out(s, job, &left, why);
	gp_job_close(job);
	if (r == -1)
		return -1;
	if (s->outbox == NULL) {
		sent->state = GP_OUT_PLANNED;
		sent->means = (enum gp_exit)gp_outcome_exit(job->outcome);
		sent->error =
		    job->outcome != GP_RUN_OK ? gp_span_of(job->why.msg) : none;
		return 0;
	}
	return over(s, job, left, sent, why);
}

enum gp_found_act
gp_send_look(struct gp_send *s, struct gp_job *job)
{
	job->act->look = 1;
	return seek(s, job);
}

int
gp_send(struct gp_send *s, struct gp_job *job, const struct gp_out_row *plan,
    struct gp_sent *sent, struct gp_why *why)
{
	int r = send_it(s, job, plan, sent, why);

	/* The job is good for the next act; what was wrong is in `sent`. */
	job->outcome = GP_RUN_OK;
	return r;
}
