#include "net/net.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What the engine itself found wrong with a call. */
static int
call_failed(struct gp_job *job)
{
	switch (job->call.end) {
	case GP_HTTP_OK:
		return 0;
	case GP_HTTP_NET:
	case GP_HTTP_WAIT:
	case GP_HTTP_LIMIT:
		return gp_job_fail(job, GP_RUN_LATER, "%s", job->call.why.msg);
	case GP_HTTP_STOPPED:
		return gp_job_fail(job, GP_RUN_PARTIAL, "stopped by a signal");
	case GP_HTTP_DISK:
		return gp_job_fail(
		    job, GP_RUN_STOPPED, "%s", job->call.why.msg);
	case GP_HTTP_BAD:
		break;
	}
	return gp_job_fail(job, GP_RUN_CONFIG, "%s", job->call.why.msg);
}

/* 0; -1: all must stop; 1: records were lost, the job must go no further. */
static int
flush(struct gp_fetching *f, struct gp_job *job)
{
	int r = 0;

	if (job->out.bad) {
		gp_job_fail(job, GP_RUN_LATER, "no memory for a reply");
		gp_buf_reset(&job->out);
		free(job->left); /* its records are not out */
		job->left = NULL;
		return 1;
	}
	if (job->out.n > 0 && !job->want->plan)
		r = f->write(f->ctx, job, gp_buf_span(&job->out));
	gp_buf_reset(&job->out);
	return r;
}

/* A job that has ended keeps its account, not its memory. */
static int
end(struct gp_fetching *f, struct gp_job *job)
{
	int r;

	/* A follower is ended by a signal: that is how it ends well. */
	if (job->want->follow && f->stop != NULL && *f->stop &&
	    job->outcome == GP_RUN_PARTIAL && job->ngaps == 0) {
		job->outcome = GP_RUN_OK;
		job->why.msg[0] = '\0';
	}
	gp_job_account(job);
	f->ended(f->ctx, job);
	r = flush(f, job) == -1 ? -1 : 0;
	gp_job_close(job);
	gp_http_call_release(&job->call);
	gp_http_call_init(&job->call);
	gp_buf_release(&job->out);
	job->over = 1;
	return r;
}

/* Sends the job's next request; 1: it is on its way, 0: the job is done. */
static int
step(struct gp_fetching *f, struct gp_job *job)
{
	gp_http_call_reset(&job->call);
	job->call.user = job;
	if (f->stop != NULL && *f->stop) {
		gp_job_fail(job, GP_RUN_PARTIAL, "stopped by a signal");
		return 0;
	}
	if (job->stream->next(job, &job->call.req) == 0)
		return 0;
	if (job->tries > 0) /* 2, 4, 8 ... 60 seconds */
		job->call.req.delay +=
		    fmin(60, ldexp(1, job->tries < 6 ? (int)job->tries : 6));
	if (job->call.req.url.bad || job->call.req.body.bad ||
	    gp_http_send(f->http, &job->call) == -1) {
		gp_job_fail(job, GP_RUN_CONFIG, "the request is too long");
		return 0;
	}
	job->requests++;
	return 1;
}

/* Trouble that passes does not end a job that follows. 1: it goes on. */
static int
goes_on(struct gp_fetching *f, struct gp_job *job)
{
	if (!job->want->follow || !job->stream->follows ||
	    job->outcome != GP_RUN_LATER)
		return 0;
	if (job->tries++ == 0)
		f->ended(f->ctx, job); /* said once */
	job->outcome = GP_RUN_OK;
	job->why.msg[0] = '\0';
	return 1;
}

/* 1: what the run would need is known now, or never will be. */
static int
planned(struct gp_job *job)
{
	long n = job->stream->plan(job);

	if (n == GP_PLAN_MORE)
		return 0;
	job->plan = n >= 0 ? job->requests + n : -1;
	job->plan_rate = job->call.req.rate;
	job->plan_whom = job->call.req.secret;
	return 1;
}

/* A job after its reply; 0, or -1: stop all. *flying is kept. */
static int
arrived(struct gp_fetching *f, struct gp_job *job, size_t *flying)
{
	int r, out;

	job->waited += job->call.reply.waited;
	r = call_failed(job);
	if (r == 0)
		r = job->stream->take(job, &job->call.reply);
	if (r == 0)
		job->tries = 0;
	out = flush(f, job);
	if (out == -1)
		return -1;
	if (job->want->plan && r == 0 && planned(job)) {
		(*flying)--;
		return end(f, job);
	}
	if (out == 0 && (r == 0 || goes_on(f, job)) && step(f, job) == 1)
		return 0;
	(*flying)--;
	return end(f, job);
}

/* 1: on its way; 0: ended already; -1: stop all. */
static int
begin(struct gp_fetching *f, struct gp_job *job)
{
	job->plan = job->want->plan && job->stream->plan == NULL ? -1 : 0;
	if (job->outcome != GP_RUN_OK || job->plan == -1) /* known before */
		return end(f, job);
	if (gp_job_open(job, &job->why) == -1)
		job->outcome =
		    job->outcome == GP_RUN_OK ? GP_RUN_CONFIG : job->outcome;
	else if (step(f, job) == 1)
		return 1;
	return end(f, job);
}

/* As begin, where nothing is to be waited for: then what waited for it will
 * begin it. */
static int
begin_or_wait(struct gp_fetching *f, struct gp_job *job)
{
	job->waits = job->after != NULL && !job->after->over;
	return job->waits ? 0 : begin(f, job);
}

/* What waited for that job, now that it has ended. As begin. */
static int
begin_heir(struct gp_fetching *f, const struct gp_job *job)
{
	struct gp_job *heir = job->over ? job->heir : NULL;

	if (heir == NULL || !heir->waits)
		return 0;
	heir->waits = 0;
	return begin(f, heir);
}

int
gp_fetch_run(struct gp_fetching *f)
{
	size_t parallel = f->parallel > 0 ? f->parallel : f->n;
	struct gp_http_call *call;
	size_t i = 0, flying = 0;
	struct gp_job *job;
	int r = 0;

	for (;;) {
		while (r != -1 && i < f->n && flying < parallel) {
			r = begin_or_wait(f, f->job[i++]);
			flying += r == 1;
		}
		if (r == -1 || flying == 0)
			break;
		call = gp_http_next(f->http);
		if (call == NULL)
			break;
		job = call->user;
		r = arrived(f, job, &flying);
		if (r != -1) {
			r = begin_heir(f, job);
			flying += r == 1;
		}
	}
	for (i = 0; i < f->n; i++)
		gp_job_close(f->job[i]);
	return r == -1 ? -1 : 0;
}
