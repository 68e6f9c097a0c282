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

/* A job that ran into the transport's trouble. */
static void
broke(struct gp_job *job)
{
	switch (job->call.end) {
	case GP_HTTP_STOPPED:
		gp_job_fail(job, GP_RUN_STOPPED, "stopped");
		break;
	case GP_HTTP_BAD:
		gp_act_undone(job, GP_RUN_CONFIG, "%s", job->call.why.msg);
		break;
	case GP_HTTP_WAIT: /* a refusal for now: it did nothing */
		gp_act_undone(job, GP_RUN_LATER, "%s", job->call.why.msg);
		break;
	default:
		gp_job_fail(job, GP_RUN_LATER, "%s", job->call.why.msg);
	}
}

/* Runs a stream that only reads to its end: the look-up. */
static enum gp_found_act
seek(struct gp_send *s, struct gp_job *job)
{
	const struct gp_stream *act = job->stream;
	enum gp_found_act found;

	if (gp_act_seeker(job->net, job->act->kind) == NULL)
		return GP_SEEK_UNSURE;
	gp_job_close(job);
	job->stream = gp_act_seeker(job->net, job->act->kind);
	job->outcome = GP_RUN_OK;
	job->act->found = GP_SEEK_UNSURE;
	gp_buf_reset(&job->act->result);
	gp_buf_reset(&job->act->url);
	if (gp_job_open(job, &job->why) == -1)
		job->outcome = GP_RUN_CONFIG;
	gp_http_call_reset(&job->call);
	while (job->outcome == GP_RUN_OK &&
	    job->stream->next(job, &job->call.req) == 1) {
		ask(s, job);
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

static gp_instant
now(const struct gp_send *s)
{
	return s->now + (gp_instant)(gp_clock() - s->began);
}

/* What left a moment ago may still be carried out. */
static void
settle(const struct gp_send *s, gp_instant left)
{
	const struct timespec tenth = { 0, 100000000L };
	gp_instant rest = left + s->settle - now(s);
	double until;

	if (rest > s->settle)
		rest = s->settle;
	until = gp_clock() + (double)rest;
	while (
	    left != 0 && gp_clock() < until && (s->stop == NULL || !*s->stop))
		nanosleep(&tenth, NULL);
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

/*
 * The state of what failed. Before the visible request had left, or where the
 * network answered with a refusal, nothing is there.
 */
static enum gp_out_state
failed_state(const struct gp_job *job, int left)
{
	switch (job->outcome) {
	case GP_RUN_REFUSED:
	case GP_RUN_AUTH:
	case GP_RUN_CONFIG:
		return GP_OUT_REFUSED;
	default:
		return left && !job->act->undone ? GP_OUT_UNKNOWN
						 : GP_OUT_FAILED;
	}
}

/* Asks until it is done; *left: the visible request has left. -1: journal. */
static int
carry_out(struct gp_send *s, struct gp_job *job, int *left, struct gp_why *why)
{
	struct gp_act *a = job->act;
	int again;

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
		if (a->visible && !*left &&
		    gp_outbox_mark(s->outbox, a->key, GP_OUT_SENDING, now(s),
			none, none, none, why) == -1)
			return -1;
		*left |= a->visible;
		ask(s, job);
		if (job->call.end != GP_HTTP_OK)
			broke(job);
		else
			job->stream->take(job, &job->call.reply);
		gp_http_call_reset(&job->call);
		if (job->outcome != GP_RUN_OK)
			return 0;
	}
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
	job->act->left = row->left;
	job->act->planned = row->at;
	switch (seek(s, job)) {
	case GP_SEEK_FOUND:
		return mark(s, job, GP_OUT_SENT, none, sent, why) == 0 ? 1 : -1;
	case GP_SEEK_ABSENT:
		return 0;
	default:
		return mark(s, job, GP_OUT_UNKNOWN, gp_span_of(unsure), sent,
			   why) == 0
		    ? 1
		    : -1;
	}
}

/* 1: the journal decided; 0: it is to be sent; -1. */
static int
known(struct gp_send *s, struct gp_job *job, const struct gp_out_row *plan,
    struct gp_sent *sent, struct gp_why *why)
{
	struct gp_out_row row;
	int r = gp_outbox_find(s->outbox, job->act->key, &row, why);

	if (r == -1)
		return -1;
	if (r == 0)
		return gp_outbox_plan(s->outbox, plan, why);
	switch (row.state) {
	case GP_OUT_SENT:
	case GP_OUT_DUPLICATE:
		gp_buf_add(&job->act->result, row.result.p, row.result.n);
		gp_buf_add(&job->act->url, row.url.p, row.url.n);
		sent->state = GP_OUT_DUPLICATE;
		sent->result = gp_buf_span(&job->act->result);
		sent->url = gp_buf_span(&job->act->url);
		return 1;
	case GP_OUT_SENDING:
	case GP_OUT_UNKNOWN:
		return look_up(s, job, &row, sent, why);
	default: /* nothing of it has left */
		return 0;
	}
}

static enum gp_exit
means(const struct gp_job *job, enum gp_out_state state)
{
	if (state == GP_OUT_SENT || state == GP_OUT_DUPLICATE)
		return GP_OK;
	return (enum gp_exit)gp_outcome_exit(job->outcome);
}

static int
over(struct gp_send *s, struct gp_job *job, int left, struct gp_sent *sent,
    struct gp_why *why)
{
	enum gp_out_state state = failed_state(job, left);
	struct gp_out_row row;

	if (job->outcome == GP_RUN_OK) {
		sent->means = GP_OK;
		return mark(s, job, GP_OUT_SENT, none, sent, why);
	}
	sent->means = means(job, state);
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
	job->act->left = row.left;
	job->act->planned = row.at;
	if (seek(s, job) != GP_SEEK_FOUND)
		return 0;
	sent->means = GP_OK;
	return mark(s, job, GP_OUT_SENT, none, sent, why);
}

static int
send_it(struct gp_send *s, struct gp_job *job, const struct gp_out_row *plan,
    struct gp_sent *sent, struct gp_why *why)
{
	int r = 0, left = 0;

	sent->means = GP_OK;
	sent->result = sent->url = sent->error = none;
	sent->stopped = 0;
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

int
gp_send(struct gp_send *s, struct gp_job *job, const struct gp_out_row *plan,
    struct gp_sent *sent, struct gp_why *why)
{
	int r = send_it(s, job, plan, sent, why);

	/* The job is good for the next act; what was wrong is in `sent`. */
	job->outcome = GP_RUN_OK;
	return r;
}
