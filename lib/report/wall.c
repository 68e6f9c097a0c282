#include "report/wall.h"

#include <stdlib.h>
#include <string.h>

#include "report/hash.h"

int64_t
gp_count_of(struct gp_json_reader *r, struct gp_json object, const char *key)
{
	struct gp_json_obj o;
	int64_t n;

	if (object.type != GP_JSON_OBJECT ||
	    gp_json_enter(r, object, &o) == -1 ||
	    gp_json_int(gp_json_get(&o, key), &n) == -1 || n < 0 ||
	    n > INT64_MAX / 1000000)
		return -1;
	return n;
}

int
gp_post_read(struct gp_shelf_walk *w, struct gp_post *p)
{
	struct gp_json counts = gp_json_get(&w->rec, "counts");
	struct gp_span at = gp_json_bare(gp_json_get(&w->rec, "at"));

	memset(p, 0, sizeof(*p));
	if (w->kind != GP_ON_POST ||
	    gp_json_is_there(gp_json_get(&w->rec, "deleted")) ||
	    gp_json_is_there(gp_json_get(&w->rec, "service")))
		return 0;
	p->id = gp_json_get(&w->rec, "id");
	p->page = gp_json_get(&w->rec, "page");
	p->text = gp_json_get(&w->rec, "text");
	p->url = gp_json_get(&w->rec, "url");
	p->rubric = gp_json_get(&w->rec, "rubric");
	p->hashtags = gp_json_get(&w->rec, "hashtags");
	p->views = gp_count_of(w->reader, counts, "views");
	p->reactions = gp_count_of(w->reader, counts, "reactions");
	p->reposts = gp_count_of(w->reader, counts, "reposts");
	p->comments = gp_count_of(w->reader, counts, "comments");
	return at.p != NULL && gp_instant_parse(at, &p->at) == 0 ? 1 : 2;
}

int64_t
gp_post_acts(const struct gp_post *p)
{
	int64_t n = 0;

	if (p->reactions < 0 && p->reposts < 0 && p->comments < 0)
		return -1;
	n += p->reactions > 0 ? p->reactions : 0;
	n += p->reposts > 0 ? p->reposts : 0;
	n += p->comments > 0 ? p->comments : 0;
	return n;
}

static void
add(int64_t n, int64_t *sum, uint64_t *has)
{
	if (n < 0)
		return;
	*sum += n;
	(*has)++;
}

void
gp_post_add(struct gp_post_sum *s, const struct gp_post *p)
{
	int64_t acts = gp_post_acts(p);

	s->posts++;
	add(p->views, &s->views, &s->has_views);
	add(p->reactions, &s->reactions, &s->has_reactions);
	add(p->reposts, &s->reposts, &s->has_reposts);
	add(p->comments, &s->comments, &s->has_comments);
	add(acts, &s->acts, &s->has_acts);
	if (acts >= 0 && p->views >= 0) {
		s->acts_viewed += acts;
		s->views_acted += p->views;
	}
}

struct gp_cell
gp_sum_cell(int64_t sum, uint64_t has)
{
	struct gp_cell none = { .type = GP_CELL_NONE };

	return has > 0 ? gp_cell_int(sum) : none;
}

struct gp_cell
gp_post_er(const struct gp_post_sum *s, int64_t subscribers)
{
	struct gp_cell none = { .type = GP_CELL_NONE };

	if (s->has_acts == 0 || subscribers <= 0)
		return none;
	return gp_cell_real(100.0 * (double)s->acts / (double)s->has_acts /
	    (double)subscribers);
}

struct gp_cell
gp_post_err(const struct gp_post_sum *s)
{
	struct gp_cell none = { .type = GP_CELL_NONE };

	if (s->views_acted <= 0)
		return none;
	return gp_cell_real(
	    100.0 * (double)s->acts_viewed / (double)s->views_acted);
}

uint64_t
gp_page_hash(struct gp_json page, struct gp_buf *b)
{
	struct gp_span s = gp_fact_text(page, b);

	return s.n > 0 ? gp_hash(s) : 0;
}

int
gp_reading_at(struct gp_shelf_walk *w, gp_instant *to)
{
	struct gp_json at = w->kind == GP_ON_PAGE
	    ? gp_json_get(&w->rec, "seen")
	    : gp_json_at(w->reader, &w->rec, "period", "from", NULL);

	if (at.type != GP_JSON_STRING)
		at = gp_json_get(&w->rec, "at");
	return gp_json_bare(at).p != NULL
	    ? gp_instant_parse(gp_json_bare(at), to)
	    : -1;
}

/* A page says it of itself, statistics of the page they name. */
static void
reading(struct gp_followers *f, struct gp_shelf_walk *w, struct gp_buf *b)
{
	int page = w->kind == GP_ON_PAGE;
	const struct gp_json_obj *rec = &w->rec;
	struct gp_json at = gp_json_get(rec, page ? "seen" : "at"), own;
	struct gp_reading r, *v;

	own = gp_json_get(rec, "page");
	if (page && own.type != GP_JSON_STRING)
		own = gp_json_get(rec, "id");
	if (at.type != GP_JSON_STRING)
		at = page ? gp_json_get(rec, "at")
			  : gp_json_at(w->reader, rec, "period", "to", NULL);
	r.page = gp_page_hash(own, b);
	if (page)
		r.n = gp_count_of(
		    w->reader, gp_json_get(rec, "counts"), "subscribers");
	else if (gp_json_int(gp_json_get(rec, "subscribers"), &r.n) == -1 ||
	    gp_json_is_there(gp_json_get(rec, "post")))
		r.n = -1;
	if (r.n < 0 || gp_json_bare(at).p == NULL ||
	    gp_instant_parse(gp_json_bare(at), &r.at) == -1)
		return;
	v = gp_grown(f->v, f->n, &f->cap, sizeof(*v));
	if (v == NULL) {
		f->bad = 1;
		return;
	}
	f->v = v;
	f->v[f->n++] = r;
}

static int
by_page(const void *a, const void *b)
{
	const struct gp_reading *x = a, *y = b;

	if (x->page != y->page)
		return x->page < y->page ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

void
gp_followers_read(struct gp_followers *f, const struct gp_shelf *s)
{
	struct gp_shelf_walk w;
	struct gp_buf b;

	memset(f, 0, sizeof(*f));
	if (gp_shelf_walk(&w, s) == -1) {
		f->bad = 1;
		return;
	}
	gp_buf_init(&b, 0);
	while (gp_shelf_next(&w))
		if (w.kind == GP_ON_PAGE || w.kind == GP_ON_STATS)
			reading(f, &w, &b);
	gp_buf_release(&b);
	gp_shelf_done(&w);
	if (f->n > 0)
		qsort(f->v, f->n, sizeof(*f->v), by_page);
}

int64_t
gp_followers_at(const struct gp_followers *f, uint64_t page, gp_instant by)
{
	size_t from = 0, to = f->n, mid;

	while (from < to) { /* the first behind (page, by) */
		mid = from + (to - from) / 2;
		if (f->v[mid].page < page ||
		    (f->v[mid].page == page && f->v[mid].at <= by))
			from = mid + 1;
		else
			to = mid;
	}
	return from > 0 && f->v[from - 1].page == page ? f->v[from - 1].n : -1;
}

void
gp_followers_release(struct gp_followers *f)
{
	free(f->v);
	memset(f, 0, sizeof(*f));
}
