#include "term/steps.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "term/steps_write.h"

enum {
	KEPT = 1 << 12, /* texts that are remembered */
	KEPT_BYTES = 4 * 1024 * 1024
};

enum what {
	DAYS, /* the count of a term of days, and its end */
	OFF,  /* days off between two days */
	ACTS
};

struct key {
	const void *a, *b; /* hours, limit */
	int64_t from, to, end, extra;
	int64_t what;
};

struct kept {
	struct key key;
	uint32_t at, n; /* in the text; n 0: free */
};

/* What stands before and after "важное" of one term. */
struct heading {
	char *text[2]; /* by important */
	size_t n[2];
};

struct gp_stepper {
	const struct gp_routes *r;
	enum gp_steps_lang lang;
	struct gp_dates dates;
	struct heading *heading; /* by term: first, final */
	struct kept *kept;
	struct gp_buf text; /* what is remembered */
};

/* -- headings -------------------------------------------------------------- */

static void
heading(struct gp_step_text *s, const struct gp_terms *t,
    const struct gp_part *p, int important)
{
	int final = p == &t->final;

	if (final)
		GP_STEP(s, "окончательный ответ: ", "final answer: ");
	else
		GP_STEP(s, "первый ответ: ", "first answer: ");
	gp_step_length(s, &p->limit);
	if (p->limit.cap > 0) {
		GP_STEP(s, ", но не позже ", ", but at most ");
		gp_step_length(s,
		    &(const struct gp_limit){
			GP_UNIT_DAYS, p->limit.cap, GP_LAST_SAME, 0 });
	}
	GP_STEP(s, ", срок «", ", term '");
	gp_step_name(s, t->title != NULL ? t->title : t->name);
	GP_STEP(s, "»", "'");
	if (important)
		GP_STEP(s, ", важное", ", important");
	if (t->act != NULL) {
		GP_STEP_BOTH(s, " (");
		gp_step_name(s, t->act);
		GP_STEP_BOTH(s, ")");
	}
}

static int
make_headings(struct gp_stepper *st)
{
	const struct gp_routes *r = st->r;
	struct gp_step_text s = { st->lang, &st->dates, NULL, 0 };
	const struct gp_terms *t;
	struct heading *h;
	struct gp_buf b;
	size_t i;
	int k;

	st->heading = calloc(2 * r->term_sets + 1, sizeof(*st->heading));
	if (st->heading == NULL)
		return -1;
	for (i = 0; i < 4 * r->term_sets; i++) {
		t = &r->terms[i / 4];
		h = &st->heading[i / 2];
		k = (int)(i % 2);
		gp_buf_init(&b, 0);
		s.out = &b;
		heading(&s, t, i / 2 % 2 == 0 ? &t->first : &t->final, k);
		h->n[k] = b.n;
		h->text[k] = gp_buf_detach(&b);
		if (h->text[k] == NULL)
			return -1;
	}
	return 0;
}

struct gp_stepper *
gp_stepper_new(const struct gp_routes *r, enum gp_steps_lang lang)
{
	struct gp_stepper *st = calloc(1, sizeof(*st));
	const struct gp_calendar *c = &r->calendar[0];
	int64_t first = gp_day_of(c->n > 0 ? c->first : 2000, 1, 1);

	if (st == NULL)
		return NULL;
	st->r = r;
	st->lang = lang;
	gp_buf_init(&st->text, 2 * KEPT_BYTES);
	st->kept = calloc(KEPT, sizeof(*st->kept));
	if (st->kept != NULL &&
	    gp_dates_make(&st->dates, first,
		(size_t)(gp_day_of(c->first + (int)c->n, 1, 1) - first) *
		    (c->n > 0),
		lang) == 0 &&
	    make_headings(st) == 0)
		return st;
	gp_stepper_free(st);
	return NULL;
}

void
gp_stepper_free(struct gp_stepper *st)
{
	size_t i;

	if (st == NULL)
		return;
	for (i = 0; st->heading != NULL && i < 2 * st->r->term_sets; i++) {
		free(st->heading[i].text[0]);
		free(st->heading[i].text[1]);
	}
	free(st->heading);
	gp_dates_release(&st->dates);
	gp_buf_release(&st->text);
	free(st->kept);
	free(st);
}

/* -- what is remembered ---------------------------------------------------- */

/* The text's place in a direct table; a new one takes the place of another. */
static struct kept *
place(struct gp_stepper *st, const struct key *k)
{
	if (st->text.n > KEPT_BYTES || st->text.bad) {
		gp_buf_reset(&st->text);
		memset(st->kept, 0, KEPT * sizeof(*st->kept));
	}
	return &st->kept[XXH3_64bits(k, sizeof(*k)) & (KEPT - 1)];
}

static int
is_kept(const struct kept *at, const struct key *k)
{
	return at->n > 0 && memcmp(&at->key, k, sizeof(*k)) == 0;
}

/* Appends what is kept; what was written since `from` is to be kept. */
static void
put_kept(struct gp_stepper *st, struct gp_step_text *s, const struct kept *at)
{
	gp_step_add(s, st->text.p + at->at, at->n);
}

static void
keep(struct gp_stepper *st, const struct gp_step_text *s, size_t from,
    struct kept *at, const struct key *k)
{
	size_t n = s->out->n - from;

	if (s->out->bad || n == 0)
		return;
	at->at = (uint32_t)st->text.n;
	gp_buf_add(&st->text, s->out->p + from, n);
	at->n = st->text.bad ? 0 : (uint32_t)n;
	at->key = *k;
}

/* -- the steps ------------------------------------------------------------- */

static void
start_steps(struct gp_step_text *s, const struct gp_hours *h,
    const struct gp_part *p, enum gp_from from, const struct gp_due *due)
{
	gp_step_begin(s);
	if (from == GP_FROM_AT)
		GP_STEP(
		    s, "отсчёт от поступления: ", "counted from its coming: ");
	else if (from == GP_FROM_SEEN)
		GP_STEP(
		    s, "отсчёт от прочтения: ", "counted from its reading: ");
	else if (from == GP_FROM_REGISTERED)
		GP_STEP(s, "отсчёт от регистрации: ",
		    "counted from its registration: ");
	else
		GP_STEP(s, "отсчёт от срока первого ответа: ",
		    "counted from the term of the first answer: ");
	gp_step_moment(s, h->zone, due->start);
	if (*h->zone->name != '\0' && from != GP_FROM_FIRST) {
		GP_STEP_BOTH(s, " (");
		gp_step_name(s, h->zone->name);
		GP_STEP_BOTH(s, ")");
	}
	if (from != p->from && p->from == GP_FROM_SEEN)
		GP_STEP(s, "; когда прочитано, не сказано",
		    "; when it was read is not told");
	else if (from != p->from)
		GP_STEP(s, "; дата регистрации не сказана",
		    "; when it was registered is not told");
	gp_step_end(s);
	if (due->from == due->start)
		return;
	gp_step_begin(s);
	GP_STEP(s, "нерабочее время, отсчёт с ",
	    "outside working hours, counted from ");
	gp_step_moment(s, h->zone, due->from);
	gp_step_end(s);
}

static void
end_steps(struct gp_step_text *s, const struct gp_hours *h,
    const struct gp_part *p, const struct gp_due *due)
{
	if (due->capped) {
		gp_step_begin(s);
		GP_STEP(s, "вышло бы ", "it would be ");
		gp_step_moment(s, h->zone, due->uncapped);
		GP_STEP(s, ", но не позже ", ", but at most ");
		gp_step_length(s,
		    &(const struct gp_limit){
			GP_UNIT_DAYS, p->limit.cap, GP_LAST_SAME, 0 });
		gp_step_end(s);
	}
	gp_step_begin(s);
	GP_STEP(s, "срок до ", "due by ");
	gp_step_moment(s, h->zone, due->end);
	gp_step_end(s);
}

static void
day_steps(struct gp_stepper *st, struct gp_step_text *s,
    const struct gp_hours *h, const struct gp_part *p, const struct gp_due *due)
{
	const struct key k = { h, p, due->day, due->last, due->end,
		(due->capped ? 2 * due->uncapped : 0) + due->moved, DAYS };
	struct kept *at = place(st, &k);
	size_t from = s->out->n;

	if (is_kept(at, &k)) {
		put_kept(st, s, at);
		return;
	}
	gp_step_count_days(s, h, &p->limit, due);
	end_steps(s, h, p, due);
	keep(st, s, from, at, &k);
}

static void
off_steps(struct gp_stepper *st, struct gp_step_text *s,
    const struct gp_hours *h, gp_instant from, gp_instant to)
{
	const struct key k = { h, NULL, gp_day_at(gp_zone_wall(h->zone, from)),
		gp_day_at(gp_zone_wall(h->zone, to)), 0, 0, OFF };
	struct kept *at;
	size_t was = s->out->n;

	if (k.from == k.to)
		return;
	at = place(st, &k);
	if (is_kept(at, &k)) {
		put_kept(st, s, at);
		return;
	}
	gp_step_days_off(s, h, k.from, k.to);
	keep(st, s, was, at, &k);
}

static void
part(struct gp_stepper *st, struct gp_step_text *s, const struct gp_answer *a,
    int final)
{
	const struct gp_terms *t = a->terms;
	const struct gp_part *p = final ? &t->final : &t->first;
	const struct gp_due *due = final ? &a->final : &a->first;
	const struct gp_hours *h = a->hours;
	const struct heading *head =
	    &st->heading[2 * (size_t)(t - st->r->terms) + (size_t) final];
	gp_instant to = due->capped ? due->uncapped : due->end;
	enum gp_unit unit = p->limit.unit;

	gp_step_begin(s);
	gp_step_add(s, head->text[a->important], head->n[a->important]);
	gp_step_end(s);
	start_steps(s, h, p, final ? a->final_from : a->first_from, due);
	if (unit == GP_UNIT_DAYS ||
	    (unit == GP_UNIT_WORK_DAYS && !h->schedule->always)) {
		day_steps(st, s, h, p, due);
		return;
	}
	if (unit != GP_UNIT_HOURS && h->schedule->always) {
		gp_step_begin(s);
		GP_STEP(s, "круглосуточно и без выходных",
		    "day and night, without days off");
		gp_step_end(s);
	} else if (unit == GP_UNIT_WORK_HOURS && p->limit.n > 0) {
		gp_step_count_hours(s, h, due, to, p->limit.n);
		off_steps(st, s, h, due->start, to);
	}
	end_steps(s, h, p, due);
}

/* The acts of the years that the term touches. */
static void
act_step(struct gp_stepper *st, struct gp_step_text *s,
    const struct gp_hours *h, gp_instant from, gp_instant to)
{
	const struct gp_calendar *c = h->calendar;
	int y, last, m, d;
	struct kept *at;
	size_t was = s->out->n;
	struct key k = { h, NULL, 0, 0, 0, 0, ACTS };

	/* Days, not years, so that a date is worked out for a new text only. */
	k.from = gp_day_at(gp_zone_wall(h->zone, from));
	k.to = gp_day_at(gp_zone_wall(h->zone, to));
	at = place(st, &k);
	if (is_kept(at, &k)) {
		put_kept(st, s, at);
		return;
	}
	gp_day_date(k.from, &y, &m, &d);
	gp_day_date(k.to, &last, &m, &d);
	gp_step_begin(s);
	GP_STEP(s, "календарь: ", "calendar: ");
	gp_step_name(s, c->title);
	for (; y <= last; y++) {
		if (!gp_calendar_knows(c, y))
			continue;
		GP_STEP_BOTH(s, ", ");
		gp_step_number(s, y);
		GP_STEP_BOTH(s, ": ");
		gp_step_name(s, c->year[y - c->first]->act);
	}
	if (c->own != NULL) {
		GP_STEP_BOTH(s, "; ");
		gp_step_name(s, c->act);
	}
	gp_step_end(s);
	keep(st, s, was, at, &k);
}

void
gp_steps_put(
    struct gp_stepper *st, const struct gp_answer *a, struct gp_buf *out)
{
	struct gp_step_text s = { st->lang, &st->dates, out, 0 };
	const struct gp_terms *t = a->terms;
	gp_instant from, to;

	gp_buf_addc(out, '[');
	if (t->first.set)
		part(st, &s, a, 0);
	if (t->final.set)
		part(st, &s, a, 1);
	from = t->first.set ? a->first.start : a->final.start;
	to = t->first.set ? a->first.end : a->final.end;
	if (t->final.set && a->final.end > to)
		to = a->final.end;
	if (!a->hours->schedule->always)
		act_step(st, &s, a->hours, from, to);
	gp_buf_addc(out, ']');
}
