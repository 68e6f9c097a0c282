#include "net/net.h"

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
	if (job->out.n > 0)
		r = f->write(f->ctx, job, gp_buf_span(&job->out));
	gp_buf_reset(&job->out);
	return r;
}

static int
end(struct gp_fetching *f, struct gp_job *job)
{
	gp_job_account(job);
	f->ended(f->ctx, job);
	return flush(f, job) == -1 ? -1 : 0;
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
	if (job->call.req.url.bad || job->call.req.body.bad ||
	    gp_http_send(f->http, &job->call) == -1) {
		gp_job_fail(job, GP_RUN_CONFIG, "the request is too long");
		return 0;
	}
	job->requests++;
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
	out = flush(f, job);
	if (out == -1)
		return -1;
	if (r == 0 && out == 0 && step(f, job) == 1)
		return 0;
	(*flying)--;
	return end(f, job);
}

int
gp_fetch_run(struct gp_fetching *f)
{
	struct gp_http_call *call;
	struct gp_job *job;
	size_t i, flying = 0;
	int r = 0;

	for (i = 0; i < f->n && r == 0; i++) {
		job = f->job[i];
		if (job->stream->open(job, &job->why) == -1)
			job->outcome = job->outcome == GP_RUN_OK ? GP_RUN_CONFIG
								 : job->outcome;
		else if (step(f, job) == 1) {
			flying++;
			continue;
		}
		r = end(f, job);
	}
	while (r == 0 && flying > 0 && (call = gp_http_next(f->http)) != NULL)
		r = arrived(f, call->user, &flying);
	for (i = 0; i < f->n; i++)
		if (f->job[i]->own != NULL)
			f->job[i]->stream->close(f->job[i]);
	return r;
}
