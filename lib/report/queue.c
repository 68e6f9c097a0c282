/* What citizens wrote and nobody answered, soonest due first. */
#include "report/queue.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "report/hash.h"
#include "report/reports.h"

enum {
	TEXT_WIDTH = 200
}; /* columns kept of an appeal's text */

/* One a thread. */
struct state {
	const struct gp_queue *queue;
	struct gp_facts facts;
	struct gp_buf text, plain;
};

static void
stop(void *arg)
{
	struct state *st = arg;

	gp_facts_release(&st->facts);
	gp_buf_release(&st->text);
	gp_buf_release(&st->plain);
	free(st);
}

static void *
start(void *arg)
{
	const struct gp_queue *q = arg;
	struct state *st = calloc(1, sizeof(*st));

	if (st == NULL)
		return NULL;
	st->queue = q;
	gp_buf_init(&st->text, 0);
	gp_buf_init(&st->plain, 0);
	if (gp_facts_init(&st->facts, q->how.strict, q->how.review) == 0)
		return st;
	stop(st);
	return NULL;
}

/* Appends one text; returns its length. */
static uint32_t
put_text(struct state *st, struct gp_json v, struct gp_buf *out)
{
	struct gp_span s = gp_fact_text(v, &st->text);

	gp_buf_add(out, s.p, s.n);
	return (uint32_t)s.n;
}

/* The start of the text, on one line. */
static uint32_t
put_short(struct state *st, struct gp_json v, struct gp_buf *out)
{
	struct gp_span s = gp_fact_text(v, &st->text), fits;
	size_t before = out->n;

	gp_buf_reset(&st->plain);
	gp_utf8_plain(&st->plain, s);
	s = (struct gp_span){ gp_buf_str(&st->plain), st->plain.n };
	fits = gp_utf8_fit(s, TEXT_WIDTH);
	if (fits.n < s.n) /* room for the ellipsis */
		fits = gp_utf8_fit(s, TEXT_WIDTH - 1);
	gp_buf_add(out, fits.p, fits.n);
	if (fits.n < s.n)
		gp_buf_adds(out, "…");
	return (uint32_t)(out->n - before);
}

static int
instant(struct gp_json v, gp_instant *to)
{
	struct gp_span s = gp_json_bare(v);

	return s.p != NULL && gp_instant_parse(s, to) == 0;
}

/* The sooner of the first and the final answer: nothing was answered yet. */
static void
read_due(struct state *st, const struct gp_fact *f, struct gp_entry_head *h)
{
	struct gp_json_obj due;
	gp_instant t;

	if (gp_json_enter(
		st->facts.reader, gp_json_get(&f->rec, "due"), &due) == -1)
		return;
	h->has_due = (uint8_t)instant(gp_json_get(&due, "final"), &h->due);
	if (instant(gp_json_get(&due, "first"), &t) &&
	    (!h->has_due || t < h->due)) {
		h->due = t;
		h->has_due = 1;
	}
}

static void
put_appeal(struct state *st, const struct gp_fact *f, struct gp_entry_head *h,
    struct gp_buf *out)
{
	static const char zeros[8];
	size_t at = out->n;
	uint32_t *len = h->len;

	h->type = GP_FACT_APPEAL;
	h->kind = (uint8_t)f->kind;
	h->at = f->at;
	h->dated = (uint8_t)f->dated;
	read_due(st, f, h);
	gp_buf_add(out, h, sizeof(*h));
	gp_buf_add(out, f->id.p, f->id.n);
	len[GP_ENTRY_ID] = (uint32_t)f->id.n;
	len[GP_ENTRY_NETWORK] =
	    put_text(st, gp_json_get(&f->rec, "network"), out);
	len[GP_ENTRY_PAGE] = put_text(st, gp_json_get(&f->rec, "page"), out);
	len[GP_ENTRY_GROUP] = put_text(st, f->group, out);
	len[GP_ENTRY_TOPIC] = put_text(st, f->topic, out);
	len[GP_ENTRY_TEXT] = put_short(st, gp_json_get(&f->rec, "text"), out);
	len[GP_ENTRY_URL] = put_text(st, gp_json_get(&f->rec, "url"), out);
	gp_buf_add(out, zeros, -(out->n - at) % 8);
	if (!out->bad)
		memcpy(out->p + at, h, sizeof(*h));
}

static int
in_period(const struct gp_report_how *how, const struct gp_fact *f)
{
	if (!how->has_since && !how->has_until)
		return 1;
	return f->dated && (!how->has_since || f->at >= how->since) &&
	    (!how->has_until || f->at < how->until);
}

static int
line(void *arg, struct gp_span in, struct gp_buf *out, struct gp_why *why)
{
	struct state *st = arg;
	struct gp_entry_head h = { .type = GP_FACT_OTHER };
	struct gp_fact f;

	if (gp_fact_read(&st->facts, in, &f, why) == -1)
		return -1;
	if (f.id.n > 0) {
		h.id = gp_hash(f.id);
		if (f.type == GP_FACT_APPEAL && in_period(&st->queue->how, &f))
			put_appeal(st, &f, &h, out);
		else
			gp_buf_add(out, &h, sizeof(h));
	}
	if (f.type == GP_FACT_ANSWER && f.to.n > 0) {
		h = (struct gp_entry_head){ .id = gp_hash(f.to),
			.type = GP_FACT_ANSWER };
		gp_buf_add(out, &h, sizeof(h));
	}
	return 0;
}

static void *
make(const struct gp_report_how *how, struct gp_why *why)
{
	struct gp_queue *q;

	if (gp_report_plain_only(how, "queue", why) == -1)
		return NULL;
	q = calloc(1, sizeof(*q));
	if (q == NULL)
		gp_because(why, "no memory");
	else
		q->how = *how;
	return q;
}

static void
release(void *arg)
{
	struct gp_queue *q = arg;
	size_t i;

	if (q == NULL)
		return;
	for (i = 0; i < q->n; i++)
		free(q->entry[i].text);
	free(q->entry);
	free(q->slot);
	free(q);
}

static int
lacks(const void *arg, struct gp_why *why)
{
	const struct gp_queue *q = arg;

	(void)why;
	return q->bad ? -1 : 0;
}

const struct gp_report gp_report_queue = {
	.name = "queue",
	.make = make,
	.free = release,
	.start = start,
	.stop = stop,
	.line = line,
	.sink = gp_queue_sink,
	.lacks = lacks,
	.show = gp_queue_show,
};
