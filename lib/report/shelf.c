#include "report/shelf.h"

#include <stdlib.h>
#include <string.h>

#include "report/hash.h"

void
gp_shelf_init(struct gp_shelf *s, int kinds, size_t most)
{
	memset(s, 0, sizeof(*s));
	s->kinds = kinds;
	s->most = most;
}

void
gp_shelf_release(struct gp_shelf *s)
{
	size_t i;

	for (i = 0; i < s->map.n && s->book != NULL; i++)
		free(s->book[i].text);
	free(s->book);
	s->book = NULL;
	gp_keymap_release(&s->map);
}

static int
kind_of(const struct gp_shelf *s, const struct gp_facts *f,
    const struct gp_json_obj *rec)
{
	static const struct {
		const char *type;
		int kind;
	} types[] = {
		{ "post", GP_ON_POST },
		{ "page", GP_ON_PAGE },
		{ "stats", GP_ON_STATS },
		{ "poll", GP_ON_POLL },
		{ "response", GP_ON_RESPONSE },
		{ "finding", GP_ON_FINDINGS },
	};
	struct gp_json type = gp_fact_get(f, GP_F_TYPE);
	size_t i;

	/* What was checked is looked at for that, whatever it is. */
	if (s->kinds & GP_ON_FINDINGS &&
	    gp_json_get(rec, "findings").type == GP_JSON_ARRAY)
		return GP_ON_FINDINGS;
	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (s->kinds & types[i].kind && gp_json_is(type, types[i].type))
			return types[i].kind;
	return 0;
}

/* A page has one id and many readings; findings may have none at all. */
static uint64_t
identity(int kind, const struct gp_json_obj *rec, struct gp_buf *b)
{
	struct gp_span id = gp_fact_text(gp_json_get(rec, "id"), b);
	uint64_t hash = id.n > 0 ? gp_hash(id) : gp_hash(rec->text);
	struct gp_json seen = gp_json_get(rec, "seen");

	if (kind == GP_ON_PAGE)
		hash ^= gp_hash(seen.type == GP_JSON_STRING
			? seen.text
			: gp_json_get(rec, "at").text);
	return hash ^ (uint64_t)kind << 57;
}

void
gp_shelf_line(const struct gp_shelf *s, struct gp_ledger_reader *r,
    const struct gp_fact *f, struct gp_buf *out)
{
	static const char zeros[8];
	int kind = kind_of(s, &r->facts, &f->rec);
	struct gp_mark_head h = { 0, 0 };
	struct gp_case c = { .kind = GP_CASE_GONE };

	if (kind == 0)
		return;
	h.type = GP_MARK_SHELF | (uint32_t)kind;
	h.tail = (uint32_t)((f->rec.text.n + 7) / 8 * 8);
	c.id = identity(kind, &f->rec, &r->text);
	c.at = (uint32_t)f->rec.text.n;
	gp_buf_add(out, &h, sizeof(h));
	gp_buf_add(out, &c, sizeof(c));
	gp_buf_add(out, f->rec.text.p, f->rec.text.n);
	gp_buf_add(out, zeros, h.tail - f->rec.text.n);
}

static void
put(struct gp_shelf *s, enum gp_shelved kind, uint64_t id, const char *text,
    uint32_t n)
{
	size_t known = s->map.n;
	struct gp_shelf_book *b =
	    gp_grown(s->book, s->map.n, &s->cap, sizeof(*b));
	int64_t k;

	if (b != NULL)
		s->book = b;
	if (s->bytes + n > s->most) {
		s->lost++;
		return;
	}
	k = b != NULL ? gp_keymap_put(&s->map, id) : -1;
	if (k == -1) {
		s->bad = 1;
		return;
	}
	b = &s->book[k];
	if (s->map.n > known)
		memset(b, 0, sizeof(*b));
	s->bytes = s->bytes + n - b->n;
	free(b->text);
	b->kind = kind;
	b->n = n;
	b->text = calloc(1, n + GP_PAD);
	if (b->text == NULL)
		s->bad = 1;
	else
		memcpy(b->text, text, n);
}

int
gp_shelf_sink(struct gp_shelf *s, struct gp_span marks)
{
	const char *p = marks.p, *end = gp_span_end(marks);
	struct gp_mark_head h;
	struct gp_case c;

	while (p < end && !s->bad) {
		memcpy(&h, p, sizeof(h));
		p += sizeof(h);
		if (h.type & GP_MARK_SHELF) {
			memcpy(&c, p, sizeof(c));
			put(s, (enum gp_shelved)(h.type & ~GP_MARK_SHELF), c.id,
			    p + sizeof(c), c.at);
		}
		p += sizeof(c) + h.tail;
	}
	return s->bad ? -1 : 0;
}

int
gp_shelf_lacks(const struct gp_shelf *s, struct gp_why *why)
{
	if (s->bad)
		return -1;
	if (s->lost == 0)
		return 0;
	gp_because(why,
	    "%zu records found no room and are left out; give more "
	    "--memory",
	    s->lost);
	return 1;
}

int
gp_shelf_walk(struct gp_shelf_walk *w, const struct gp_shelf *s)
{
	*w = (struct gp_shelf_walk){ .shelf = s, .reader = gp_json_new() };
	return w->reader != NULL ? 0 : -1;
}

int
gp_shelf_next(struct gp_shelf_walk *w)
{
	struct gp_why why;

	while (w->next < w->shelf->map.n) {
		const struct gp_shelf_book *b = &w->shelf->book[w->next++];

		if (b->text == NULL ||
		    gp_json_open(w->reader, (struct gp_span){ b->text, b->n },
			GP_JSON_LAX, &w->rec, &why) == -1)
			continue;
		w->kind = b->kind;
		return 1;
	}
	return 0;
}

void
gp_shelf_done(struct gp_shelf_walk *w)
{
	gp_json_free(w->reader);
	w->reader = NULL;
}
