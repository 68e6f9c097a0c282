/*
 * Posts of a public channel, as its preview page shows them.
 *
 * The usual run goes backwards from the newest page until it meets what the
 * cursor, --since or --limit bounds, and leaves its cursor at the end: were it
 * left earlier, an interrupted run would hide the posts it had not come to.
 * --forward goes on from the cursor page by page and leaves one after each.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "net/preview.h"
#include "net/telegram.h"

#include "base/grow.h"

/* Numbers of the newest posts, so that a look back can tell what has gone. */
enum {
	KNOWN = 512
};

enum phase {
	PAGE,
	AGAIN,
	LANDING,
	DONE
};

struct posts {
	struct gp_preview *preview;
	struct gp_json_reader *json;
	enum phase phase;
	int64_t before, after;  /* of the page asked for; 0: none */
	int64_t last;           /* the cursor's number; 0: none */
	int64_t newest, oldest; /* seen in this run */
	int64_t known[KNOWN];   /* of the runs before, growing */
	size_t nknown;
	int64_t *seen; /* in this run */
	size_t nseen, cap;
	long taken;
	int hole; /* posts newer than the old cursor were left out */
};

static int
start_from(struct posts *p, const char *cursor)
{
	struct gp_json_obj o, list;
	struct gp_buf b;
	size_t i;
	int r = -1;

	gp_buf_init(&b, GP_MAX_STATE);
	gp_buf_adds(&b, cursor);
	if (gp_json_open(p->json, gp_buf_span(&b), 0, &o, NULL) == 0) {
		r = gp_json_int(gp_json_get(&o, "id"), &p->last);
		gp_json_enter(p->json, gp_json_get(&o, "known"), &list);
		for (i = 0; i < list.n && p->nknown < KNOWN; i++)
			if (gp_json_int(
				list.m[i].value, &p->known[p->nknown]) == 0)
				p->nknown++;
	}
	gp_buf_release(&b);
	return r;
}

static int
open_posts(struct gp_job *job, struct gp_why *why)
{
	struct posts *p = job->own;

	p->preview = gp_preview_new();
	p->json = gp_json_new();
	if (p->preview == NULL || p->json == NULL)
		return gp_because(why, "no memory");
	if (job->cursor != NULL && start_from(p, job->cursor) == -1)
		return gp_job_damaged(why);
	if (job->want->forward)
		p->after = p->last;
	return 0;
}

static void
close_posts(struct gp_job *job)
{
	struct posts *p = job->own;

	gp_preview_free(p->preview);
	gp_json_free(p->json);
	free(p->seen);
}

void
gp_tg_preview(struct gp_job *job, struct gp_http_req *req)
{
	req->header[0] = "Accept-Language: en";
	gp_job_pace(job, req, 0.5); /* courtesy: a service to readers */
}

static int
next_posts(struct gp_job *job, struct gp_http_req *req)
{
	struct posts *p = job->own;

	if (p->phase == DONE)
		return 0;
	gp_buf_addf(&req->url, "%s/%s%s", job->preview,
	    p->phase == LANDING ? "" : "s/", job->name);
	gp_tg_preview(job, req);
	if (p->phase == LANDING)
		return 1;
	if (p->phase == AGAIN) /* "no posts" may mean: not so fast */
		req->delay = req->rate > 0 ? 10 : 1;
	if (job->want->forward && p->after == 0)
		gp_buf_adds(&req->url, "/1");
	else if (job->want->forward)
		gp_buf_addf(&req->url, "?after=%" PRId64, p->after);
	else if (p->before != 0)
		gp_buf_addf(&req->url, "?before=%" PRId64, p->before);
	return 1;
}

/* What stands at /NAME when /s/NAME sends us there. */
static int
landed(struct gp_job *job, struct posts *p)
{
	switch (p->preview->kind) {
	case GP_PREVIEW_LANDING_GROUP:
		return gp_job_fail(job, GP_RUN_REFUSED,
		    "a group: the preview shows channels only; a bot inside "
		    "can read it");
	case GP_PREVIEW_LANDING_CHANNEL:
		if (p->preview->linked) /* the card leads to the preview */
			return gp_job_fail(job, GP_RUN_LATER,
			    "the preview sends us away for now");
		return gp_job_fail(job, GP_RUN_REFUSED,
		    "a channel whose preview is switched off; a bot inside "
		    "can read it");
	case GP_PREVIEW_LANDING_MISSING:
		return gp_job_fail(
		    job, GP_RUN_REFUSED, "no channel of that name");
	default:
		return gp_job_fail(
		    job, GP_RUN_LATER, "the page is none of those known");
	}
}

static int
mark_seen(struct posts *p, int64_t id)
{
	int64_t *v;

	v = gp_grow(&p->seen, &p->nseen, &p->cap, sizeof(*v));
	if (v == NULL)
		return -1;
	*v = id;
	if (id > p->newest)
		p->newest = id;
	if (p->oldest == 0 || id < p->oldest)
		p->oldest = id;
	return 0;
}

enum verdict {
	TAKE,
	SKIP,
	STOP
};

/* Is this post wanted, or is nothing beyond it? */
static enum verdict
judge(const struct gp_job *job, const struct posts *p,
    const struct gp_preview_message *m)
{
	const struct gp_want *want = job->want;
	gp_instant at = m->item.at;

	if (want->since != 0 && at != 0 && at < want->since)
		return want->forward ? SKIP : STOP;
	if (want->until != 0 && at != 0 && at >= want->until)
		return want->forward ? STOP : SKIP;
	if (want->limit != 0 && p->taken >= want->limit)
		return STOP;
	if (want->forward)
		return m->number > p->last ? TAKE : SKIP;
	if (p->last != 0 && m->number <= p->last &&
	    (want->overlap == 0 || (at != 0 && at < want->now - want->overlap)))
		return STOP;
	return TAKE;
}

/* 1: everything asked for has been reached within this page; -1: no memory.
 * What lies behind the stop counts as not seen. */
static int
take_forward(struct gp_job *job, struct posts *p)
{
	struct gp_preview *v = p->preview;
	enum verdict k;
	size_t i;

	for (i = 0; i < v->n; i++) {
		k = judge(job, p, &v->message[i]);
		if (k == STOP)
			return 1;
		if (mark_seen(p, v->message[i].number) == -1)
			return -1;
		if (k == SKIP) {
			p->hole |= v->message[i].number > p->last;
			continue;
		}
		p->taken++;
		gp_job_item(job, &v->message[i].item);
	}
	return 0;
}

/*
 * The bounds are met from the newest post on; what lies within is written in
 * the order of the page. A bound met before the old cursor leaves a hole
 * behind it, so that the cursor must stay where it is.
 */
static int
take_backward(struct gp_job *job, struct posts *p)
{
	struct gp_preview *v = p->preview;
	size_t from = v->n, i;
	int stop = 0;

	for (i = 0; i < v->n; i++)
		if (mark_seen(p, v->message[i].number) == -1)
			return -1;
	while (from > 0 && !stop) {
		struct gp_preview_message *m = &v->message[from - 1];
		enum verdict k = judge(job, p, m);

		stop = k == STOP;
		p->taken += k == TAKE;
		p->hole |= k != TAKE && m->number > p->last &&
		    (p->last != 0 || k == SKIP);
		m->unwanted = k == SKIP;
		from -= !stop;
	}
	for (i = from; i < v->n; i++)
		if (!v->message[i].unwanted)
			gp_job_item(job, &v->message[i].item);
	return stop;
}

static int
by_number(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* Posts known from before, within what was read again, and not there now. */
static void
tell_deleted(struct gp_job *job, struct posts *p)
{
	struct gp_buf id, url;
	size_t i;

	if (job->want->overlap == 0 || p->nseen == 0)
		return;
	qsort(p->seen, p->nseen, sizeof(*p->seen), by_number);
	gp_buf_init(&id, 0);
	gp_buf_init(&url, 0);
	for (i = 0; i < p->nknown; i++) {
		struct gp_item it = { .type = "post", .deleted = 1 };

		if (p->known[i] < p->oldest ||
		    bsearch(&p->known[i], p->seen, p->nseen, sizeof(*p->seen),
			by_number) != NULL)
			continue;
		gp_buf_reset(&id);
		gp_buf_reset(&url);
		gp_buf_addf(&id, "%s/%" PRId64, job->page, p->known[i]);
		gp_buf_addf(
		    &url, "https://t.me/%s/%" PRId64, job->name, p->known[i]);
		it.id = gp_buf_span(&id);
		it.page = gp_span_of(job->page);
		it.url = gp_buf_span(&url);
		it.source = gp_span_of("preview");
		gp_job_item(job, &it);
	}
	gp_buf_release(&id);
	gp_buf_release(&url);
}

/* {"id":N,"known":[..]}: the newest post seen, and the newest KNOWN ones. */
static void
leave_cursor(struct gp_job *job, struct posts *p)
{
	int64_t newest = p->newest > p->last ? p->newest : p->last;
	const int64_t oldest = p->oldest; /* marking moves it */
	size_t i, from, n;
	struct gp_buf b;
	struct gp_jw w;

	if (newest == 0)
		return;
	for (i = 0; i < p->nknown; i++) /* older than what was read now */
		if (oldest == 0 || p->known[i] < oldest)
			mark_seen(p, p->known[i]);
	n = p->nseen;
	qsort(p->seen, n, sizeof(*p->seen), by_number);
	gp_buf_init(&b, 0);
	gp_jw_init(&w, &b);
	gp_jw_open(&w, '{');
	gp_jw_kint(&w, "id", newest);
	gp_jw_key(&w, "known");
	gp_jw_open(&w, '[');
	from = n > KNOWN ? n - KNOWN : 0;
	for (i = from; i < n; i++)
		if (i == from || p->seen[i] != p->seen[i - 1])
			gp_jw_int(&w, p->seen[i]);
	gp_jw_close(&w, ']');
	gp_jw_close(&w, '}');
	gp_job_cursor(job, gp_buf_span(&b));
	gp_buf_release(&b);
}

static int
finish(struct gp_job *job, struct posts *p)
{
	if (!job->want->forward) {
		tell_deleted(job, p);
		if (!p->hole)
			leave_cursor(job, p);
	}
	job->more = p->hole;
	if (job->posts == 0 && job->outcome == GP_RUN_OK)
		job->outcome = GP_RUN_EMPTY;
	p->phase = DONE;
	return 0;
}

static int
no_posts(struct gp_job *job, struct posts *p)
{
	/* It may only mean "not so fast": asked once more, after a pause. */
	if (p->phase != AGAIN) {
		p->phase = AGAIN;
		return 0;
	}
	if (p->nseen > 0)
		return gp_job_fail(job, GP_RUN_LATER,
		    "no posts are shown where the page before led on");
	/* Behind the cursor of a run before there may be nothing newer. */
	if (p->last != 0 && !job->want->forward)
		return gp_job_fail(job, GP_RUN_LATER,
		    "no posts are shown, though there were some before");
	return finish(job, p);
}

static int
turn_page(struct gp_job *job, struct posts *p, int stop)
{
	const struct gp_want *want = job->want;
	struct gp_preview *v = p->preview;
	int bounded =
	    want->since != 0 || want->limit != 0 || want->all || p->last != 0;

	if (want->forward) {
		if (p->after == 0 && v->before != 0)
			return gp_job_fail(job, GP_RUN_LATER,
			    "the oldest page is not given: it starts at %" PRId64,
			    p->oldest);
		if (!p->hole)
			leave_cursor(job, p);
		if (stop || v->after == 0)
			return finish(job, p);
		if (v->after <= p->after)
			return gp_job_fail(job, GP_RUN_LATER,
			    "paging does not move on from %" PRId64, p->after);
		p->after = v->after;
		return 0;
	}
	if (stop || !bounded || v->before == 0)
		return finish(job, p);
	if (p->before != 0 && v->before >= p->before)
		return gp_job_fail(job, GP_RUN_LATER,
		    "paging does not move on from %" PRId64, p->before);
	p->before = v->before;
	return 0;
}

/* All posts are older than the cursor, and none of them is known: the newest
 * ones may have been deleted, but not all that were there. */
static int
recreated(const struct posts *p, const struct gp_preview *v)
{
	size_t i, k;

	if (p->last == 0 || p->nknown == 0 ||
	    v->message[v->n - 1].number >= p->last)
		return 0;
	for (i = 0; i < v->n; i++)
		for (k = 0; k < p->nknown; k++)
			if (v->message[i].number == p->known[k])
				return 0;
	return 1;
}

static int
take_page(struct gp_job *job, struct posts *p)
{
	struct gp_preview *v = p->preview;
	int stop;

	if (v->kind != GP_PREVIEW_PAGE)
		return gp_job_fail(job, GP_RUN_LATER,
		    "the page is none of a channel's: a check for robots, or "
		    "Telegram has changed it");
	if (!v->whole)
		return gp_job_fail(job, GP_RUN_LATER,
		    "the page is cut short: its end is missing");
	if (v->n == 0 && v->none)
		return no_posts(job, p);
	if (v->n == 0)
		return gp_job_fail(job, GP_RUN_LATER,
		    "the page shows neither posts nor that there are none");
	if (p->nseen == 0 && !job->want->forward && recreated(p, v))
		return gp_job_fail(job, GP_RUN_LATER,
		    "the newest post is %" PRId64
		    ", the cursor stands at %" PRId64
		    ": another channel of that name? --no-cursor "
		    "starts anew",
		    v->message[v->n - 1].number, p->last);
	p->phase = PAGE;
	stop =
	    job->want->forward ? take_forward(job, p) : take_backward(job, p);
	if (stop == -1)
		return gp_job_fail(job, GP_RUN_LATER, "no memory");
	return turn_page(job, p, stop);
}

int
gp_tg_status(struct gp_job *job, const struct gp_http_reply *reply)
{
	if (reply->status == 200)
		return 0;
	if (reply->status == 429)
		return gp_job_fail(job, GP_RUN_LATER,
		    "too many requests (429)%s",
		    reply->retry_after >= 0 ? ": it asked to wait" : "");
	if (reply->status == 403 || reply->status == 401 ||
	    reply->status == 451)
		return gp_job_fail(job, GP_RUN_REFUSED,
		    "the network refuses the page (%d)", reply->status);
	if (reply->status == 404 || reply->status == 410)
		return gp_job_fail(
		    job, GP_RUN_REFUSED, "no such page (%d)", reply->status);
	return gp_job_fail(
	    job, GP_RUN_LATER, "Telegram is in trouble (%d)", reply->status);
}

static int
take_posts(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct posts *p = job->own;
	struct gp_why why;

	if (reply->status == 302 && p->phase != LANDING) {
		p->phase = LANDING;
		return 0;
	}
	if (gp_tg_status(job, reply) == -1)
		return -1;
	if (gp_preview_read(p->preview, gp_buf_span(&reply->body), &why) == -1)
		return gp_job_fail(job, GP_RUN_LATER, "%s", why.msg);
	return p->phase == LANDING ? landed(job, p) : take_page(job, p);
}

/* Pages of about twenty, back to where the run would stop. */
static long
plan_posts(struct gp_job *job)
{
	const struct posts *p = job->own;
	const struct gp_want *want = job->want;
	const struct gp_preview *v = p->preview;
	gp_instant first, last;
	int64_t to = 1;

	if (p->phase == AGAIN || p->phase == LANDING)
		return GP_PLAN_MORE;
	if (p->phase == DONE || v->n == 0)
		return 0;
	if (want->forward)
		return -1;
	if (want->limit != 0)
		return (want->limit - p->taken + 19) / 20;
	first = v->message[0].item.at;
	last = v->message[v->n - 1].item.at;
	/* As many a day as on the newest page. */
	if (want->since != 0 && last > first && first > want->since)
		return (long)((double)(first - want->since) /
			   (double)(last - first)) +
		    1;
	if (p->last != 0 && !want->all)
		to = p->last;
	return p->oldest > to ? (long)((p->oldest - to) / 20 + 1) : 0;
}

const struct gp_stream gp_telegram_posts = {
	.name = "posts",
	.size = sizeof(struct posts),
	.plan = plan_posts,
	.open = open_posts,
	.next = next_posts,
	.take = take_posts,
	.close = close_posts,
};
