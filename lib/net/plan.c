#include "net/plan.h"

#include <string.h>

static double
seconds(const struct gp_job *j)
{
	return j->plan_rate > 0 ? (double)j->plan / j->plan_rate : 0;
}

/* 1: both wait for the same bucket. */
static int
together(const struct gp_job *a, const struct gp_job *b)
{
	if (a->plan_whom == NULL || b->plan_whom == NULL)
		return a->plan_whom == b->plan_whom && a->net == b->net;
	return strcmp(a->plan_whom, b->plan_whom) == 0;
}

/* The longest queue of one token. */
static double
longest(struct gp_job *const *job, size_t n)
{
	double most = 0, sum;
	size_t i, k;

	for (i = 0; i < n; i++) {
		sum = 0;
		for (k = 0; k < n && job[i]->plan > 0; k++)
			if (job[k]->plan > 0 && together(job[i], job[k]))
				sum += seconds(job[k]);
		if (sum > most)
			most = sum;
	}
	return most;
}

static void
line(struct gp_buf *b, const struct gp_job *j)
{
	gp_buf_addf(b, "%-32s %-9s ", j->page, j->stream->name);
	if (j->outcome != GP_RUN_OK && j->outcome != GP_RUN_EMPTY)
		gp_buf_addf(b, "%9s %9s  %s\n", "-", "-", j->why.msg);
	else if (j->plan < 0)
		gp_buf_addf(
		    b, "%9s %9s  goes on as long as there is more\n", "?", "?");
	else
		gp_buf_addf(b, "%9ld %9.1f\n", j->plan, seconds(j) / 60);
}

static void
record(struct gp_buf *b, const struct gp_job *j)
{
	struct gp_jw w;

	gp_jw_init(&w, b);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "type", "plan");
	gp_jw_kstr(&w, "network", j->net->name);
	gp_jw_kstr(&w, "page", j->page);
	gp_jw_kstr(&w, "stream", j->stream->name);
	if (j->outcome != GP_RUN_OK && j->outcome != GP_RUN_EMPTY) {
		gp_jw_kstr(&w, "outcome", gp_outcome_name(j->outcome));
		gp_jw_kstr(&w, "reason", j->why.msg);
	} else if (j->plan >= 0) {
		gp_jw_kint(&w, "calls", j->plan);
		gp_jw_key(&w, "seconds");
		gp_jw_real(&w, seconds(j), 1);
	}
	gp_jw_close(&w, '}');
	gp_buf_addc(b, '\n');
}

void
gp_plan_write(struct gp_buf *b, struct gp_job *const *job, size_t n, int table)
{
	double secs = longest(job, n);
	long calls = 0;
	size_t i;

	if (table)
		gp_buf_addf(b, "%-32s %-9s %9s %9s\n", "page", "stream",
		    "calls", "minutes");
	for (i = 0; i < n; i++) {
		calls += job[i]->plan > 0 ? job[i]->plan : 0;
		if (table)
			line(b, job[i]);
		else
			record(b, job[i]);
	}
	if (table)
		gp_buf_addf(
		    b, "%-32s %-9s %9ld %9.1f\n", "all", "", calls, secs / 60);
	else
		gp_buf_addf(b,
		    "{\"type\":\"plan\",\"calls\":%ld,\"seconds\":%.1f}\n",
		    calls, secs);
}
