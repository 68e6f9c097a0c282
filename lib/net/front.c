#include "net/front.h"

#include <stdlib.h>
#include <string.h>

enum {
	KNOWN = 512,       /* posts that a cursor remembers */
	SLACK = 2 * 86400, /* posts that appear late, behind newer ones */
};

int
gp_front_open(struct gp_front *f, struct gp_look *l, struct gp_job *job,
    struct gp_why *why)
{
	struct gp_json_obj o;
	struct gp_buf b;
	int bad = 0;

	memset(f, 0, sizeof(*f));
	gp_known_init(&f->known);
	if (job->want->forward)
		return gp_because(why,
		    "--forward: %s lists from the newest on; --all reads back "
		    "to the first",
		    job->net->title);
	if (job->cursor == NULL)
		return 0;
	gp_buf_init(&b, GP_MAX_STATE);
	gp_buf_adds(&b, job->cursor);
	if (gp_look_open(l, gp_buf_span(&b), &o, why) == 0)
		f->at = gp_look_int(&o, "at");
	if (f->at > 0)
		gp_known_load(&f->known, l, gp_json_get(&o, "known"));
	else
		bad = gp_job_damaged(why);
	gp_buf_release(&b);
	return bad;
}

void
gp_front_release(struct gp_front *f)
{
	gp_known_release(&f->known);
}

int
gp_front_goes_back(const struct gp_front *f, const struct gp_job *job)
{
	return f->at != 0 || job->want->since != 0 || job->want->limit != 0 ||
	    job->want->all;
}

/* 1: the post is older than all that the run is to look at. */
static int
behind(const struct gp_front *f, const struct gp_job *job, gp_instant at)
{
	const struct gp_want *want = job->want;

	if (at == 0)
		return 0;
	if (want->since != 0)
		return at < want->since;
	if (f->at == 0 || want->all)
		return 0;
	return at < f->at - SLACK &&
	    (want->overlap == 0 || at < want->now - want->overlap);
}

enum gp_judge
gp_front_judge(struct gp_front *f, const struct gp_job *job, struct gp_span id,
    gp_instant at, int apart)
{
	const struct gp_want *want = job->want;
	struct gp_known_id *k;

	if (behind(f, job, at) && !apart) {
		f->hole |= f->at != 0 && at > f->at; /* by --since */
		return GP_STOP;
	}
	if (want->limit != 0 && f->taken >= want->limit) {
		f->hole |= f->at != 0 && at > f->at &&
		    gp_known_find(&f->known, id) == NULL;
		return GP_STOP;
	}
	k = gp_known_put(&f->known, id, at);
	if (k == NULL)
		return GP_STOP;
	if (k->seen)
		return GP_SKIP;
	k->seen = 1;
	f->fresh = 1;
	if (at > f->newest)
		f->newest = at;
	if (!apart && (f->oldest == 0 || at < f->oldest))
		f->oldest = at;
	if (want->until != 0 && at >= want->until) {
		f->hole = 1;
		return GP_SKIP;
	}
	if (behind(f, job, at)) /* pinned, and old */
		return k->before ? GP_KEEP : GP_TAKE;
	if (k->before && !want->all && want->since == 0 &&
	    (want->overlap == 0 || at < want->now - want->overlap))
		return GP_KEEP;
	f->taken++;
	return GP_TAKE;
}

/* Known, within what was read, and not there now. */
static void
tell_deleted(struct gp_front *f, struct gp_job *job, int end)
{
	struct gp_known_id *k;
	struct gp_buf id;
	size_t i;

	gp_buf_init(&id, 0);
	for (i = 0; i < f->known.n; i++) {
		struct gp_item it = { .type = "post", .deleted = 1 };

		k = &f->known.v[i];
		if (k->seen || (!end && (f->oldest == 0 || k->at <= f->oldest)))
			continue;
		gp_buf_reset(&id);
		gp_buf_addf(&id, "%s/%.*s", job->page, (int)k->id.n, k->id.p);
		it.id = gp_buf_span(&id);
		gp_job_item(job, &it);
		k->at = -1; /* not to be kept */
	}
	gp_buf_release(&id);
}

static int
by_age(const void *a, const void *b)
{
	const struct gp_known_id *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

static void
leave(struct gp_front *f, struct gp_job *job)
{
	struct gp_known_id *v = f->known.v;
	struct gp_buf b;
	struct gp_jw w;
	size_t i, n = 0;

	/* The table is of no use from here on: the entries are put in order. */
	for (i = 0; i < f->known.n; i++)
		if (v[i].at != -1) {
			struct gp_known_id keep = v[i];

			v[i] = v[n];
			v[n++] = keep;
		}
	qsort(v, n, sizeof(*v), by_age);
	gp_buf_init(&b, 0);
	gp_jw_init(&w, &b);
	gp_jw_open(&w, '{');
	gp_jw_kint(&w, "at", f->newest > f->at ? f->newest : f->at);
	gp_jw_key(&w, "known");
	gp_jw_open(&w, '[');
	for (i = n > KNOWN ? n - KNOWN : 0; i < n; i++) {
		gp_jw_open(&w, '[');
		gp_jw_text(&w, v[i].id);
		gp_jw_int(&w, v[i].at);
		gp_jw_close(&w, ']');
	}
	gp_jw_close(&w, ']');
	gp_jw_close(&w, '}');
	gp_job_cursor(job, gp_buf_span(&b));
	gp_buf_release(&b);
}

void
gp_front_finish(struct gp_front *f, struct gp_job *job, int end)
{
	const struct gp_want *want = job->want;

	if (f->known.bad) {
		gp_job_fail(job, GP_RUN_LATER, "no memory");
		return;
	}
	if (want->limit == 0 && want->until == 0)
		tell_deleted(f, job, end);
	if (!f->hole && (f->newest != 0 || f->at != 0))
		leave(f, job);
	job->more = f->hole;
	if (job->posts == 0 && job->deleted == 0 && job->outcome == GP_RUN_OK)
		job->outcome = GP_RUN_EMPTY;
}
