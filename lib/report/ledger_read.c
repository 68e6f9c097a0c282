/* Lines to marks: what an appeal or an answer says that reports count. */
#include "report/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "report/hash.h"

enum {
	TEXT_WIDTH = 200
}; /* columns kept of an appeal's text */

void
gp_ledger_stop(struct gp_ledger_reader *r)
{
	int d;

	if (r == NULL)
		return;
	atomic_fetch_add(&r->ledger->records, r->records);
	gp_facts_release(&r->facts);
	for (d = 0; d < GP_DIMS; d++)
		gp_dict_cache_release(&r->name[d]);
	gp_buf_release(&r->text);
	gp_buf_release(&r->plain);
	free(r);
}

struct gp_ledger_reader *
gp_ledger_start(struct gp_ledger *l)
{
	struct gp_ledger_reader *r = calloc(1, sizeof(*r));
	int d;

	if (r == NULL)
		return NULL;
	r->ledger = l;
	for (d = 0; d < GP_DIMS; d++)
		gp_dict_cache_init(&r->name[d], &l->dict[d]);
	gp_buf_init(&r->text, 0);
	gp_buf_init(&r->plain, 0);
	if (gp_facts_init(&r->facts, l->how.strict, l->how.review) == 0)
		return r;
	gp_ledger_stop(r);
	return NULL;
}

/* 32 bits of an instant; what is outside of them is not known. */
static uint32_t
when(struct gp_facts *f, struct gp_json v)
{
	gp_instant t;

	if (gp_fact_instant(f, v, &t) == -1 || t <= 0 || t > UINT32_MAX)
		return 0;
	return (uint32_t)t;
}

/* A promise is an instant, or a date: then its whole day. */
static uint32_t
promised(struct gp_ledger_reader *r, struct gp_json v)
{
	struct gp_span s = gp_json_bare(v);
	char date[sizeof("2026-11-01")];
	gp_instant t;

	if (s.n != sizeof(date) - 1)
		return when(&r->facts, v);
	memcpy(date, s.p, s.n);
	date[s.n] = '\0';
	if (gp_instant_civil(date, &t) == -1 || t <= 0 || t > UINT32_MAX)
		return 0;
	return (uint32_t)(gp_instant_midnight(t, 1) - 1);
}

static uint32_t
name(struct gp_ledger_reader *r, enum gp_dim d, struct gp_json v)
{
	if (v.type != GP_JSON_STRING)
		return 0;
	return gp_dict_no(&r->name[d], gp_fact_text(v, &r->text));
}

static void
read_due(struct gp_ledger_reader *r, struct gp_case *c)
{
	struct gp_json v = gp_fact_get(&r->facts, GP_F_DUE);
	struct gp_json_obj o;

	if (v.type != GP_JSON_OBJECT ||
	    gp_json_enter(r->facts.reader, v, &o) == -1)
		return;
	c->due_first = when(&r->facts, gp_json_get(&o, "first"));
	c->due_final = when(&r->facts, gp_json_get(&o, "final"));
	gp_case_set_dim(c, GP_DIM_CALENDAR,
	    name(r, GP_DIM_CALENDAR, gp_json_get(&o, "calendar")));
}

static void
read_route(struct gp_ledger_reader *r, struct gp_case *c)
{
	struct gp_json v = gp_fact_get(&r->facts, GP_F_ROUTE);
	struct gp_json_obj o;

	if (v.type != GP_JSON_OBJECT ||
	    gp_json_enter(r->facts.reader, v, &o) == -1)
		return;
	gp_case_set_dim(c, GP_DIM_ASSIGNEE,
	    name(r, GP_DIM_ASSIGNEE, gp_json_get(&o, "assignee")));
	gp_case_set_dim(c, GP_DIM_CENTRE,
	    name(r, GP_DIM_CENTRE, gp_json_get(&o, "centre")));
}

/* What gp-store(1) knows, for streams that have not all the answers. */
static void
read_desk(struct gp_ledger_reader *r, struct gp_case *c)
{
	struct gp_json v = gp_fact_get(&r->facts, GP_F_DESK), state;
	struct gp_json_obj o;
	int interim;

	if (v.type != GP_JSON_OBJECT ||
	    gp_json_enter(r->facts.reader, v, &o) == -1)
		return;
	state = gp_json_get(&o, "state");
	interim = gp_json_is(state, "interim");
	if (!interim && !gp_json_is(state, "answered"))
		return;
	c->desk = when(&r->facts, gp_json_get(&o, "answered"));
	if (c->desk == 0)
		c->flags |= GP_CASE_DESK_UNDATED;
	if (!interim) {
		c->flags |= GP_CASE_DESK_DONE;
		return;
	}
	c->promised = promised(r, gp_json_get(&o, "promised"));
	c->interim = c->desk != 0 ? c->desk : c->at;
}

static void
put_text(struct gp_buf *out, struct gp_span s)
{
	uint32_t n = (uint32_t)s.n;

	gp_buf_add(out, &n, sizeof(n));
	gp_buf_add(out, s.p, s.n);
}

/* The start of the text, on one line. */
static void
put_short(struct gp_ledger_reader *r, struct gp_json v, struct gp_buf *out)
{
	struct gp_span s = gp_fact_text(v, &r->text), fits;

	gp_buf_reset(&r->plain);
	gp_utf8_plain(&r->plain, s);
	s = (struct gp_span){ gp_buf_str(&r->plain), r->plain.n };
	fits = gp_utf8_fit(s, TEXT_WIDTH);
	if (fits.n < s.n) {
		fits = gp_utf8_fit(s, TEXT_WIDTH - 1);
		r->plain.n = fits.n;
		gp_buf_adds(&r->plain, "…");
		fits = gp_buf_span(&r->plain);
	}
	put_text(out, fits);
}

static void
put(struct gp_buf *out, enum gp_fact_type type, const struct gp_case *c)
{
	struct gp_mark_head h = { (uint32_t)type, 0 };

	gp_buf_add(out, &h, sizeof(h));
	gp_buf_add(out, c, sizeof(*c));
}

static void
put_texts(
    struct gp_ledger_reader *r, const struct gp_fact *f, struct gp_buf *out)
{
	static const char zeros[8];
	size_t head =
	    out->n - sizeof(struct gp_case) - sizeof(struct gp_mark_head);
	size_t from = out->n;
	struct gp_mark_head h = { GP_FACT_APPEAL, 0 };

	put_text(out, f->id);
	put_short(r, gp_json_get(&f->rec, "text"), out);
	put_text(out, gp_fact_text(gp_json_get(&f->rec, "url"), &r->text));
	gp_buf_add(out, zeros, -(out->n - from) % 8);
	h.tail = (uint32_t)(out->n - from);
	if (!out->bad)
		memcpy(out->p + head, &h, sizeof(h));
}

static void
appeal(struct gp_ledger_reader *r, const struct gp_fact *f, struct gp_buf *out)
{
	struct gp_case c = { .id = gp_hash(f->id), .kind = (uint8_t)f->kind };
	struct gp_facts *facts = &r->facts;

	if (f->dated && f->at > 0 && f->at <= UINT32_MAX)
		c.at = (uint32_t)f->at;
	if (gp_json_is_there(gp_fact_get(facts, GP_F_REPEAT)))
		c.flags |= GP_CASE_REPEAT;
	gp_case_set_dim(&c, GP_DIM_NETWORK,
	    name(r, GP_DIM_NETWORK, gp_fact_get(facts, GP_F_NETWORK)));
	gp_case_set_dim(&c, GP_DIM_PAGE,
	    name(r, GP_DIM_PAGE, gp_fact_get(facts, GP_F_PAGE)));
	gp_case_set_dim(&c, GP_DIM_GROUP, name(r, GP_DIM_GROUP, f->group));
	gp_case_set_dim(&c, GP_DIM_TOPIC, name(r, GP_DIM_TOPIC, f->topic));
	read_due(r, &c);
	read_route(r, &c);
	read_desk(r, &c);
	put(out, GP_FACT_APPEAL, &c);
	if (r->ledger->texts)
		put_texts(r, f, out);
}

static uint32_t
hash_of(struct gp_span id)
{
	return id.n > 0 ? (uint32_t)gp_hash(id) : 0;
}

/* A reply counts from its approval, if it does not say when it was given. */
static void
answer(struct gp_ledger_reader *r, const struct gp_fact *f, struct gp_buf *out)
{
	struct gp_facts *facts = &r->facts;
	struct gp_json day = gp_fact_get(facts, GP_F_PROMISED);
	struct gp_case c = { .id = gp_hash(f->to), .kind = GP_CASE_PENDING };
	uint32_t at = when(facts, gp_fact_get(facts, GP_F_AT));

	if (at == 0)
		at = when(facts, gp_fact_get(facts, GP_F_APPROVED));
	if (at == 0)
		c.flags |= GP_CASE_UNDATED_ANSWER;
	c.first = at;
	if (gp_json_true(gp_fact_get(facts, GP_F_INTERIM)) ||
	    gp_json_is_there(day)) {
		c.interim = at != 0 ? at : 1;
		c.promised = promised(r, day);
		c.copy = hash_of(
		    gp_fact_text(gp_fact_get(facts, GP_F_RESULT), &r->text));
	} else {
		c.final = at != 0 ? at : 1;
		c.final_by = hash_of(f->id);
	}
	put(out, GP_FACT_ANSWER, &c);
}

int
gp_ledger_line(struct gp_ledger_reader *r, struct gp_span in, struct gp_fact *f,
    struct gp_buf *out, struct gp_why *why)
{
	struct gp_case c = { .kind = GP_CASE_GONE };

	if (gp_fact_read(&r->facts, in, f, why) == -1)
		return -1;
	r->records++;
	if (f->type == GP_FACT_APPEAL) {
		appeal(r, f, out);
	} else if (f->type == GP_FACT_OTHER || f->type == GP_FACT_ANSWER) {
		c.id = f->id.n > 0 ? gp_hash(f->id) : 0;
		if (f->type == GP_FACT_ANSWER && f->to.n > 0)
			answer(r, f, out);
		if (c.id != 0)
			put(out, GP_FACT_OTHER, &c);
	}
	return r->text.bad == 2 ? gp_because(why, "no memory") : 0;
}
