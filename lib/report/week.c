/* Appeals by topic group and day, and the page's posts by day. */
#include "report/week.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "report/hash.h"
#include "report/reports.h"

#define DEFAULT_MEMORY (16 * GP_MIB)

enum {
	DEFAULT_DAYS = 7,
	POSTS_SHARE = 16,
	NAME_WIDTH = 100
};

/* One a thread. */
struct state {
	struct gp_week *week;
	struct gp_facts facts;
	struct gp_names told;  /* groups whose names were handed on */
	struct gp_names terms; /* calendars, likewise */
	struct gp_buf group;
	unsigned long long records;
};

static void
stop(void *arg)
{
	struct state *st = arg;

	atomic_fetch_add(&st->week->records, st->records);
	gp_facts_release(&st->facts);
	gp_buf_release(&st->group);
	free(st);
}

static void *
start(void *arg)
{
	struct gp_week *w = arg;
	struct state *st = calloc(1, sizeof(*st));

	if (st == NULL)
		return NULL;
	st->week = w;
	gp_buf_init(&st->group, 0);
	if (gp_facts_init(&st->facts, w->how.strict, w->how.review) == 0)
		return st;
	stop(st);
	return NULL;
}

static void
put(struct gp_buf *out, const struct gp_mark *m)
{
	gp_buf_add(out, m, sizeof(*m));
}

static void
put_name(struct gp_buf *out, enum gp_mark_type type, uint64_t hash,
    struct gp_span name)
{
	static const char zeros[8];
	struct gp_mark m = { .id = hash, .type = (uint8_t)type };

	name = gp_utf8_fit(name, NAME_WIDTH);
	m.n = (uint32_t)name.n;
	put(out, &m);
	gp_buf_add(out, name.p, name.n);
	gp_buf_add(out, zeros, -name.n % 8);
}

/* The group's hash; its name goes out before it is used first. */
static uint64_t
group_of(struct state *st, struct gp_json v, struct gp_buf *out)
{
	struct gp_span name = gp_fact_text(v, &st->group);
	uint64_t hash;

	if (name.n == 0)
		return 0;
	hash = gp_hash(name);
	if (gp_names_find(&st->told, hash) == -1) {
		gp_names_add(&st->told, hash);
		put_name(out, GP_MARK_NAME, hash, name);
	}
	return hash;
}

/* The hash of the calendar by which the term was worked out; 0: of none. */
static uint32_t
calendar_of(struct state *st, struct gp_buf *out)
{
	struct gp_json due = gp_fact_get(&st->facts, GP_F_DUE);
	struct gp_json_obj o;
	struct gp_span name;
	uint32_t hash;

	if (due.type != GP_JSON_OBJECT ||
	    gp_json_enter(st->facts.reader, due, &o) == -1)
		return 0;
	name = gp_fact_text(gp_json_get(&o, "calendar"), &st->group);
	if (name.n == 0)
		return 0;
	hash = (uint32_t)gp_hash(name) | 1;
	if (gp_names_find(&st->terms, hash) == -1) {
		gp_names_add(&st->terms, hash);
		put_name(out, GP_MARK_CALENDAR, hash, name);
	}
	return hash;
}

static int
figure(const struct gp_json_obj *counts, const char *name, int64_t *n)
{
	return gp_json_int(gp_json_get(counts, name), n) == 0 && *n >= 0;
}

static void
put_post(struct state *st, const struct gp_fact *f, struct gp_mark *m,
    struct gp_buf *out)
{
	struct gp_json_obj counts;
	int64_t n;

	m->type = GP_MARK_POST;
	if (gp_json_enter(st->facts.reader, f->counts, &counts) == 0) {
		if (figure(&counts, "views", &n)) {
			m->kind |= GP_HAS_VIEWS;
			m->more = (uint64_t)n;
		}
		if (figure(&counts, "reactions", &n)) {
			m->kind |= GP_HAS_REACTIONS;
			m->n = n < UINT32_MAX ? (uint32_t)n : UINT32_MAX;
		}
	}
	put(out, m);
}

static int
line(void *arg, struct gp_span in, struct gp_buf *out, struct gp_why *why)
{
	struct state *st = arg;
	struct gp_fact f;
	struct gp_mark m = { .type = GP_MARK_OTHER };
	int day;

	if (gp_fact_read(&st->facts, in, &f, why) == -1)
		return -1;
	if ((f.type == GP_FACT_APPEAL || f.type == GP_FACT_POST) && !f.dated)
		return gp_because(why, "'at' is missing");
	st->records++;
	if (f.type == GP_FACT_NONE)
		return 0;
	if (f.type == GP_FACT_POST &&
	    gp_json_is_there(gp_json_get(&f.rec, "service")))
		f.type = GP_FACT_OTHER;
	day = f.dated ? gp_days_of(&st->week->days, f.at) : -1;
	m.id = f.id.n > 0 ? gp_hash(f.id) : 0;
	m.day = (uint16_t)(day == -1 ? 0 : day);
	if (f.type == GP_FACT_POST && day != -1) {
		put_post(st, &f, &m, out);
		return 0;
	}
	if (f.type == GP_FACT_APPEAL && day != -1) {
		m.type = GP_MARK_APPEAL;
		m.kind = (uint8_t)f.kind;
		m.more = group_of(st, f.group, out);
		m.n = calendar_of(st, out);
	}
	if (f.id.n > 0)
		put(out, &m);
	if (f.type == GP_FACT_ANSWER && f.to.n > 0) {
		m = (struct gp_mark){ .id = gp_hash(f.to),
			.type = GP_MARK_ANSWER };
		put(out, &m);
	}
	return 0;
}

static void
release(void *arg)
{
	struct gp_week *w = arg;
	size_t i;

	if (w == NULL)
		return;
	for (i = 0; i < GP_GROUPS; i++) {
		free(w->title[i]);
		free(w->tally[i]);
	}
	for (i = 0; i < GP_CALENDARS; i++)
		free(w->calendar[i]);
	gp_set_release(&w->set);
	gp_days_release(&w->days);
	free(w->day);
	free(w->post);
	free(w);
}

static void *
make(const struct gp_report_how *how, struct gp_why *why)
{
	gp_instant until = how->has_until ? how->until : how->now;
	gp_instant since =
	    how->has_since ? how->since : until - DEFAULT_DAYS * 86400;
	struct gp_week *w;

	if (gp_report_plain_only(how, "week", why) == -1)
		return NULL;
	w = calloc(1, sizeof(*w));
	if (w == NULL) {
		gp_because(why, "no memory");
		return NULL;
	}
	w->how = *how;
	if (gp_days_init(&w->days, since, until, why) == -1) {
		release(w);
		return NULL;
	}
	if (gp_set_init(&w->set,
		how->memory != 0 ? how->memory : DEFAULT_MEMORY) == 0) {
		w->most_posts = (w->set.mask + 1) / POSTS_SHARE;
		if (w->most_posts > GP_SET_VALUE >> 3)
			w->most_posts = GP_SET_VALUE >> 3;
		w->post = calloc(w->most_posts, sizeof(*w->post));
		w->day = calloc(w->days.n, sizeof(*w->day));
	}
	if (w->post != NULL && w->day != NULL)
		return w;
	gp_because(why, "no memory");
	release(w);
	return NULL;
}

static int
lacks(const void *arg, struct gp_why *why)
{
	const struct gp_week *w = arg;

	if (w->bad)
		return -1;
	if (!w->full && !w->posts_full)
		return 0;
	gp_because(why,
	    w->full ? "more than %zu items: all figures but the number of "
		      "records are left out; give more --memory"
		    : "more than %zu posts: their figures are left out; give "
		      "more --memory",
	    w->full ? w->set.most : w->most_posts);
	return 1;
}

const struct gp_report gp_report_week = {
	.name = "week",
	.tables = "appeals|posts",
	.make = make,
	.free = release,
	.start = start,
	.stop = stop,
	.line = line,
	.sink = gp_week_sink,
	.lacks = lacks,
	.show = gp_week_show,
};
