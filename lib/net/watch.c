#include "net/watch.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

enum {
	WATCHED = 30 * 86400
};

static void
post_free(struct gp_watched *p)
{
	if (p == NULL)
		return;
	free(p->id);
	gp_known_release(&p->known);
	free(p);
}

static struct gp_watched *
find(const struct gp_watch *w, struct gp_span id)
{
	const struct gp_known_id *k = gp_known_find(&w->index, id);

	return k != NULL ? w->post[k->at - 1] : NULL;
}

/* The post of that id, made where it was not there; NULL: no memory. */
static struct gp_watched *
post_of(struct gp_watch *w, struct gp_span id)
{
	struct gp_watched *p = find(w, id), **v;

	if (p != NULL)
		return p;
	v = gp_room(&w->post, w->n, &w->cap, sizeof(*v));
	if (v == NULL)
		return NULL;
	p = calloc(1, sizeof(*p));
	if (p == NULL || (p->id = gp_span_dup(id)) == NULL ||
	    gp_known_put(&w->index, id, (gp_instant)w->n + 1) == NULL) {
		post_free(p);
		return NULL;
	}
	gp_known_init(&p->known);
	p->was = p->count = p->wanted = -1;
	w->post[w->n++] = p;
	return p;
}

/* {"posts":[["ID",AT,LAST,COUNT,[["C",AT],...]],...]} */
static void
load(struct gp_watch *w, struct gp_look *l, const struct gp_json_obj *o)
{
	struct gp_json_obj list = gp_look_at(l, o, "posts"), v;
	struct gp_watched *p;
	size_t i;

	for (i = 0; i < list.n; i++) {
		v = gp_look_in(l, list.m[i].value);
		p = v.n >= 4 ? post_of(w, gp_look_text(l, v.m[0].value)) : NULL;
		if (p == NULL)
			continue;
		gp_json_int(v.m[1].value, &p->at);
		gp_json_int(v.m[2].value, &p->last);
		gp_json_int(v.m[3].value, &p->was);
		p->forgets = v.n < 5;
		if (v.n > 4)
			gp_known_load(&p->known, l, v.m[4].value);
	}
}

int
gp_watch_open(struct gp_watch *w, struct gp_look *l, struct gp_job *job,
    struct gp_why *why)
{
	struct gp_json_obj o;
	struct gp_buf b;
	int bad = 0;

	memset(w, 0, sizeof(*w));
	w->job = job;
	gp_known_init(&w->index);
	if (job->cursor == NULL)
		return 0;
	gp_buf_init(&b, GP_MAX_STATE);
	gp_buf_adds(&b, job->cursor);
	if (gp_look_open(l, gp_buf_span(&b), &o, why) == 0 &&
	    gp_json_get(&o, "posts").type == GP_JSON_ARRAY)
		load(w, l, &o);
	else
		bad = gp_job_damaged(why);
	gp_buf_release(&b);
	return bad;
}

void
gp_watch_release(struct gp_watch *w)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		post_free(w->post[i]);
	free(w->post);
	gp_known_release(&w->index);
	memset(w, 0, sizeof(*w));
}

int
gp_watch_ends(const struct gp_watch *w, gp_instant at)
{
	const struct gp_want *want = w->job->want;
	const struct gp_page_conf *of = w->job->of;
	long watch = of != NULL && of->watch > 0 ? of->watch : WATCHED;
	gp_instant from = want->now - watch;

	if (want->all || at == 0)
		return 0;
	if (want->since != 0 && want->since < from)
		from = want->since;
	return at < from;
}

/* Of --overlap: things so young are looked at again. */
static int
recent(const struct gp_watch *w, gp_instant at)
{
	const struct gp_want *want = w->job->want;

	return want->overlap != 0 && at >= want->now - want->overlap;
}

void
gp_watch_list(
    struct gp_watch *w, struct gp_span id, gp_instant at, int64_t count)
{
	struct gp_watched *p = post_of(w, id);

	if (p == NULL) {
		w->bad = 1;
		return;
	}
	if (p->listed)
		return;
	p->at = at;
	p->count = count;
	p->listed = 1;
	p->due = count == -1 || count != p->was || recent(w, at) ||
	    recent(w, p->last) || w->job->want->all;
	if (count == 0 && p->was <= 0 && p->known.n == 0) {
		p->due = 0;
		p->was = 0;
	}
}

size_t
gp_watch_listed(struct gp_watch *w)
{
	size_t i, n = 0;

	for (i = 0; i < w->n; i++) {
		n += (size_t)w->post[i]->due;
		if (w->post[i]->listed && !w->post[i]->due)
			w->remembered += w->post[i]->known.n;
	}
	return n;
}

struct gp_watched *
gp_watch_next(struct gp_watch *w)
{
	while (w->next < w->n && !w->post[w->next]->due)
		w->next++;
	return w->next < w->n ? w->post[w->next++] : NULL;
}

int
gp_watch_has(const struct gp_watched *p, struct gp_span id)
{
	const struct gp_known_id *k = gp_known_find(&p->known, id);

	return k != NULL && k->seen;
}

int
gp_watch_met(
    struct gp_watch *w, struct gp_watched *p, struct gp_span id, gp_instant at)
{
	const struct gp_want *want = w->job->want;
	struct gp_known_id *k = gp_known_put(&p->known, id, at);

	if (k == NULL) {
		w->bad = 1;
		return 0;
	}
	if (k->seen)
		return 0;
	k->seen = 1;
	p->got++;
	if (at > p->last)
		p->last = at;
	if ((want->since != 0 && at != 0 && at < want->since) ||
	    (want->until != 0 && at >= want->until)) {
		w->job->skipped++;
		return 0;
	}
	return !k->before || recent(w, at) || want->all;
}

static void
tell_deleted(struct gp_watch *w, struct gp_watched *p)
{
	const struct gp_known_id *k;
	struct gp_buf id, post;
	size_t i;

	gp_buf_init(&id, 0);
	gp_buf_init(&post, 0);
	gp_buf_addf(&post, "%s/%s", w->job->page, p->id);
	for (i = 0; i < p->known.n; i++) {
		struct gp_item it = { .type = "comment", .deleted = 1 };

		k = &p->known.v[i];
		if (k->seen)
			continue;
		gp_buf_reset(&id);
		gp_buf_addf(
		    &id, "%s/%.*s", gp_buf_str(&post), (int)k->id.n, k->id.p);
		it.id = gp_buf_span(&id);
		it.post = gp_buf_span(&post);
		gp_job_item(w->job, &it);
	}
	gp_buf_release(&id);
	gp_buf_release(&post);
}

static void
expect(struct gp_watch *w, const struct gp_watched *p, const char *why_not)
{
	int64_t n = p->wanted >= 0 ? p->wanted : p->count;
	struct gp_figure *f = &w->job->expect_comments;
	struct gp_buf id;

	if (n < 0 && why_not == NULL)
		return;
	f->n += n > 0 ? n : 0;
	f->set |= n >= 0;
	if (p->got >= n && why_not == NULL)
		return;
	gp_buf_init(&id, 0);
	gp_buf_addf(&id, "%s/%s", w->job->page, p->id);
	gp_job_gap(w->job, "comments", gp_buf_span(&id), n > 0 ? n : 0, p->got,
	    why_not);
	gp_buf_release(&id);
}

void
gp_watch_done(
    struct gp_watch *w, struct gp_watched *p, int whole, const char *why_not)
{
	p->due = 0;
	p->whole = whole;
	expect(w, p, why_not);
	if (whole && w->job->want->since == 0 && w->job->want->until == 0)
		tell_deleted(w, p);
	if (whole)
		p->was = p->wanted >= 0 ? p->wanted : p->count;
	p->forgets = w->remembered + p->known.n > GP_MAX_KNOWN;
	if (p->forgets)
		gp_known_release(&p->known);
	w->remembered += p->known.n;
	w->changed = 1;
}

static void
save(struct gp_jw *w, const struct gp_watched *p)
{
	gp_jw_open(w, '[');
	gp_jw_str(w, p->id);
	gp_jw_int(w, p->at);
	gp_jw_int(w, p->last);
	gp_jw_int(w, p->was);
	/* Not looked into this time: all that was known still is. */
	if (!p->forgets)
		gp_known_save(&p->known, w, !p->whole, GP_MAX_KNOWN);
	gp_jw_close(w, ']');
}

void
gp_watch_finish(struct gp_watch *w)
{
	const struct gp_want *want = w->job->want;
	struct gp_buf b;
	struct gp_jw jw;
	size_t i;

	if (w->bad || w->index.bad) {
		gp_job_fail(w->job, GP_RUN_LATER, "no memory");
		return;
	}
	w->job->more = want->since != 0 || want->until != 0;
	if (w->job->comments + w->job->deleted == 0 &&
	    w->job->outcome == GP_RUN_OK)
		w->job->outcome = GP_RUN_EMPTY;
	if (w->job->more)
		return;
	gp_buf_init(&b, GP_MAX_STATE);
	gp_jw_init(&jw, &b);
	gp_jw_open(&jw, '{');
	gp_jw_key(&jw, "posts");
	gp_jw_open(&jw, '[');
	for (i = 0; i < w->n; i++)
		if (w->post[i]->listed)
			save(&jw, w->post[i]);
	gp_jw_close(&jw, ']');
	gp_jw_close(&jw, '}');
	gp_job_cursor(w->job, gp_buf_span(&b));
	gp_buf_release(&b);
}
