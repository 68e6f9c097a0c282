#include "check/posts.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/day.h"
#include "base/pool.h"
#include "json/write.h"

#define WEEK (7 * (gp_instant)GP_DAY)

struct post {
	struct gp_span page, id; /* id n 0: only the page */
	gp_instant at;
};

struct gp_posts {
	pthread_mutex_t lock;
	struct gp_pool pool;
	struct post *v;
	size_t n, cap;
};

/* A judging: one rule over the posts of one page. */
struct judging {
	const struct gp_check_rule *rule;
	const struct gp_posts_span *span;
	const struct post *v;
	size_t n;
	struct gp_buf *out;
	size_t *errors;
};

struct gp_posts *
gp_posts_new(void)
{
	struct gp_posts *p = calloc(1, sizeof(*p));

	if (p == NULL)
		return NULL;
	gp_pool_init(&p->pool);
	pthread_mutex_init(&p->lock, NULL);
	return p;
}

void
gp_posts_free(struct gp_posts *p)
{
	if (p == NULL)
		return;
	pthread_mutex_destroy(&p->lock);
	gp_pool_release(&p->pool);
	free(p->v);
	free(p);
}

static int
add(struct gp_posts *p, struct gp_span page, struct gp_span id, gp_instant at)
{
	size_t cap = p->cap == 0 ? 256 : p->cap * 2;
	struct post *v;

	if (p->n == p->cap) {
		v = realloc(p->v, cap * sizeof(*v));
		if (v == NULL)
			return -1;
		p->v = v;
		p->cap = cap;
	}
	p->v[p->n++] = (struct post){ gp_pool_copy(&p->pool, page),
		gp_pool_copy(&p->pool, id), at };
	return p->pool.bad ? -1 : 0;
}

int
gp_posts_add(
    struct gp_posts *p, struct gp_span page, struct gp_span id, gp_instant at)
{
	int r;

	pthread_mutex_lock(&p->lock);
	r = add(p, page, id, at);
	pthread_mutex_unlock(&p->lock);
	return r;
}

static int
compare(struct gp_span a, struct gp_span b)
{
	int r = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);

	return r != 0 ? r : (a.n > b.n) - (a.n < b.n);
}

/* By page, those without an id first, then by time. */
static int
by_time(const void *a, const void *b)
{
	const struct post *x = a, *y = b;
	int r = compare(x->page, y->page);

	if (r != 0)
		return r;
	if ((x->id.n == 0) != (y->id.n == 0))
		return x->id.n == 0 ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return compare(x->id, y->id);
}

/* A post that was read twice is one. */
static void
drop_doubles(struct gp_posts *p)
{
	size_t i, to = 0;

	for (i = 0; i < p->n; i++)
		if (to == 0 || by_time(&p->v[to - 1], &p->v[i]) != 0)
			p->v[to++] = p->v[i];
	p->n = to;
}

/* 1: it is outside of the bounds; the one it breaks goes to *limit. */
static int
breaks(const struct gp_check_rule *r, int64_t n, int64_t *limit)
{
	if (r->has_over && n > r->over)
		*limit = r->over;
	else if (r->has_under && n < r->under)
		*limit = r->under;
	else
		return 0;
	return 1;
}

static void
kinstant(struct gp_jw *w, const char *key, gp_instant at)
{
	char text[GP_INSTANT_LEN];

	gp_jw_kstr(w, key, gp_instant_utc(at, text));
}

/* The network stands before the colon of the page's id. */
static void
begin(struct judging *j, struct gp_jw *w, struct gp_span of)
{
	struct gp_span page = j->v[0].page;
	const char *colon = memchr(page.p, ':', page.n);
	const struct gp_check_rule *r = j->rule;

	gp_jw_init(w, j->out);
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "type", "finding");
	if (colon != NULL)
		gp_jw_ktext(w, "network",
		    (struct gp_span){ page.p, (size_t)(colon - page.p) });
	gp_jw_ktext(w, "page", page);
	gp_jw_ktext(w, "of", of);
	gp_jw_kstr(w, "level", gp_check_level_name(r->level));
	gp_jw_kstr(w, "rule", r->id);
	gp_jw_kstr(w, "message", r->title);
	*j->errors += r->level == GP_CHECK_ERROR;
}

static void
end(struct judging *j, struct gp_jw *w, int64_t value, int64_t limit)
{
	gp_jw_kint(w, "value", value);
	gp_jw_kint(w, "limit", limit);
	gp_jw_kstr(w, "why", j->rule->why);
	gp_jw_kstr(w, "better", j->rule->better);
	gp_jw_close(w, '}');
	gp_buf_addc(j->out, '\n');
}

/* How many lie in [from, to); they stand in order, *i goes on. */
static int64_t
count(const struct judging *j, size_t *i, gp_instant from, gp_instant to)
{
	int64_t n = 0;

	for (; *i < j->n; (*i)++) {
		if (j->v[*i].id.n == 0 || j->v[*i].at < from)
			continue;
		if (j->v[*i].at >= to)
			break;
		n++;
	}
	return n;
}

static void
judge_week(struct judging *j, size_t *i, gp_instant from, gp_instant to)
{
	int64_t n = count(j, i, from, to), limit;
	struct gp_jw w;

	if (!breaks(j->rule, n, &limit))
		return;
	begin(j, &w, j->v[0].page);
	gp_jw_key(&w, "period");
	gp_jw_open(&w, '{');
	kinstant(&w, "from", from);
	kinstant(&w, "to", to);
	gp_jw_close(&w, '}');
	end(j, &w, n, limit);
}

/* Whole weeks only: of a week that began before we look nothing is known. */
static void
weeks(struct judging *j)
{
	gp_instant first = j->span->since, to;
	size_t i = 0;

	if (!j->span->has_since) {
		for (; i < j->n && j->v[i].id.n == 0; i++)
			;
		if (i == j->n)
			return;
		first = j->v[i].at;
	}
	to = j->span->until - (j->span->until - first) / WEEK * WEEK;
	for (; to + WEEK <= j->span->until; to += WEEK)
		judge_week(j, &i, to, to + WEEK);
}

static void
judge_day(struct judging *j, const struct post *last, int64_t n)
{
	char day[GP_INSTANT_LEN];
	struct gp_jw w;
	int64_t limit;

	if (!breaks(j->rule, n, &limit))
		return;
	begin(j, &w, last->page);
	gp_jw_kstr(&w, "day", gp_instant_day(last->at, day));
	end(j, &w, n, limit);
}

/* Days that have posts; a day without any is for the week to say. */
static void
days(struct judging *j)
{
	gp_instant to = 0;
	int64_t n = 0;
	size_t i;

	for (i = 0; i < j->n; i++) {
		if (j->v[i].id.n == 0)
			continue;
		if (n > 0 && j->v[i].at >= to) {
			judge_day(j, &j->v[i - 1], n);
			n = 0;
		}
		if (n++ == 0)
			to = gp_instant_midnight(j->v[i].at, 1);
	}
	if (n > 0)
		judge_day(j, &j->v[j->n - 1], n);
}

static void
between(struct judging *j)
{
	struct gp_jw w;
	int64_t limit, gap;
	size_t i;

	for (i = 1; i < j->n; i++) {
		if (j->v[i - 1].id.n == 0)
			continue;
		gap = j->v[i].at - j->v[i - 1].at;
		if (!breaks(j->rule, gap, &limit))
			continue;
		begin(j, &w, j->v[i].id);
		kinstant(&w, "at", j->v[i].at);
		end(j, &w, gap, limit);
	}
}

static void
judge_page(struct judging *j, const struct gp_standard *s)
{
	size_t i;

	for (i = 0; i < s->rules; i++) {
		j->rule = &s->rule[i];
		if (j->rule->off)
			continue;
		if (j->rule->measure == GP_MEASURE_POSTS_A_WEEK)
			weeks(j);
		else if (j->rule->measure == GP_MEASURE_POSTS_A_DAY)
			days(j);
		else if (j->rule->measure == GP_MEASURE_SECONDS_BETWEEN)
			between(j);
	}
}

int
gp_posts_judge(struct gp_posts *p, const struct gp_standard *s,
    const struct gp_posts_span *span, struct gp_buf *out, size_t *errors)
{
	struct judging j = { .span = span, .out = out, .errors = errors };
	size_t i, n;

	if (p->n > 0)
		qsort(p->v, p->n, sizeof(*p->v), by_time);
	drop_doubles(p);
	for (i = 0; i < p->n; i += n) {
		for (n = 1;
		     i + n < p->n && gp_span_eq(p->v[i].page, p->v[i + n].page);
		     n++)
			;
		j.v = &p->v[i];
		j.n = n;
		judge_page(&j, s);
	}
	return out->bad ? -1 : 0;
}
