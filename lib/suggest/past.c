#include "suggest/past.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "record/kind.h"
#include "suggest/entry.h"

struct gp_past *
gp_past_new(void)
{
	struct gp_past *p = calloc(1, sizeof(*p));

	if (p == NULL)
		return NULL;
	gp_pool_init(&p->pool);
	gp_pool_init(&p->text);
	gp_buf_init(&p->some, 0);
	if (gp_atoms_init(&p->names) == 0 && gp_atoms_init(&p->words) == 0)
		return p;
	gp_past_free(p);
	return NULL;
}

void
gp_past_free(struct gp_past *p)
{
	if (p == NULL)
		return;
	gp_atoms_release(&p->names);
	gp_atoms_release(&p->words);
	gp_pool_release(&p->pool);
	gp_pool_release(&p->text);
	gp_buf_release(&p->some);
	free(p->entry);
	free(p->replies);
	free(p->doc);
	free(p->posting);
	free(p->first);
	free(p->written);
	free(p);
}

/* Numbers of atoms begin at 0, those of names at 1. */
static int
name(struct gp_past *p, struct gp_json v, unsigned *to)
{
	struct gp_span s = gp_json_bare(v);
	long n;

	*to = 0;
	if (s.p == NULL) {
		gp_buf_reset(&p->some);
		gp_json_text(v, &p->some);
		s = gp_buf_span(&p->some);
	}
	if (s.n == 0)
		return 0;
	n = gp_atom_make(&p->names, GP_ATOM_EXACT, s);
	*to = (unsigned)(n + 1);
	return n == -1 ? -1 : 0;
}

unsigned
gp_past_name(const struct gp_past *p, struct gp_span s)
{
	return s.n == 0
	    ? 0
	    : (unsigned)(gp_atom_find(&p->names, GP_ATOM_EXACT, s) + 1);
}

unsigned
gp_past_replies(const struct gp_past *p, struct gp_span id)
{
	unsigned n = gp_past_name(p, id);

	return n < p->replies_cap ? p->replies[n] : 0;
}

static int
count_reply(struct gp_past *p, unsigned to)
{
	size_t cap = p->replies_cap;
	uint32_t *v;

	if (to >= cap) {
		cap = (to + 1) * (size_t)2;
		v = realloc(p->replies, cap * sizeof(*v));
		if (v == NULL)
			return -1;
		memset(
		    v + p->replies_cap, 0, (cap - p->replies_cap) * sizeof(*v));
		p->replies = v;
		p->replies_cap = cap;
	}
	p->replies[to]++;
	return 0;
}

static struct gp_span
keep(struct gp_past *p, struct gp_pool *pool, struct gp_json v)
{
	struct gp_span s = gp_json_bare(v);

	if (s.p == NULL) {
		gp_buf_reset(&p->some);
		gp_json_text(v, &p->some);
		s = gp_buf_span(&p->some);
	}
	return gp_pool_copy(pool, s);
}

/* What is left of an entry that says nothing is overwritten by the next. */
static int
done(struct gp_past *p, const struct gp_past_entry *e)
{
	if (p->pool.bad || p->text.bad || p->some.bad)
		return -1;
	p->entries += e->text.n > 0;
	return 0;
}

static int
about(struct gp_past *p, struct gp_json_reader *r,
    const struct gp_json_obj *rec, struct gp_past_entry *e)
{
	gp_instant_parse(gp_json_bare(gp_json_get(rec, "at")), &e->at);
	if (name(p, gp_json_get(rec, "page"), &e->page) == -1 ||
	    name(p, gp_json_at(r, rec, "class", "group", NULL), &e->group) ==
		-1)
		return -1;
	return name(p, gp_json_at(r, rec, "class", "topic", NULL), &e->topic);
}

static int
add_appeal(struct gp_past *p, struct gp_json_reader *r,
    const struct gp_json_obj *rec, struct gp_json id, struct gp_json text)
{
	struct gp_past_entry *e =
	    gp_room(&p->entry, p->entries, &p->entry_cap, sizeof(*e));

	if (e == NULL || about(p, r, rec, e) == -1 || name(p, id, &e->id) == -1)
		return -1;
	e->text = keep(p, &p->text, text);
	return done(p, e);
}

static int
add_answer(struct gp_past *p, const struct gp_json_obj *rec, const char *to,
    const char *at)
{
	struct gp_past_entry *e =
	    gp_room(&p->entry, p->entries, &p->entry_cap, sizeof(*e));

	if (e == NULL || name(p, gp_json_get(rec, to), &e->to) == -1)
		return -1;
	e->answer = 1;
	gp_instant_parse(gp_json_bare(gp_json_get(rec, at)), &e->at);
	e->name = keep(p, &p->pool, gp_json_get(rec, "id"));
	e->text = keep(p, &p->pool, gp_json_get(rec, "text"));
	return done(p, e);
}

static int
set_talk(struct gp_past *p, const struct gp_json_obj *rec, size_t before)
{
	int message = gp_json_is(gp_json_get(rec, "type"), "message");
	struct gp_past_entry *e = &p->entry[before];

	if (p->entries == before)
		return 0;
	return name(p, gp_json_get(rec, message ? "chat" : "thread"), &e->talk);
}

/* A reply holds the appeal too: alone it is enough to learn from. */
static int
add_reply(
    struct gp_past *p, struct gp_json_reader *r, const struct gp_json_obj *rec)
{
	struct gp_json to = gp_json_get(rec, "to");
	unsigned n;

	if (name(p, to, &n) == -1)
		return -1;
	if (n == 0 || gp_json_get(rec, "approved_by").type != GP_JSON_STRING)
		return 0;
	if (count_reply(p, n) == -1)
		return -1;
	if (gp_json_true(gp_json_get(rec, "interim")) ||
	    gp_json_get(rec, "promised").type == GP_JSON_STRING)
		return 0;
	if (add_answer(p, rec, "to", "approved_at") == -1)
		return -1;
	return add_appeal(
	    p, r, rec, to, gp_json_at(r, rec, "appeal", "text", NULL));
}

static int
asks(struct gp_json_reader *r, const struct gp_json_obj *rec)
{
	struct gp_json kind = gp_json_at(r, rec, "class", "kind", NULL);

	return kind.type != GP_JSON_STRING ||
	    gp_kind_of(gp_json_bare(kind)) != GP_UNSORTED;
}

int
gp_past_add(
    struct gp_past *p, struct gp_json_reader *r, const struct gp_json_obj *rec)
{
	struct gp_json type = gp_json_get(rec, "type");
	size_t before = p->entries;
	int bad = 0;

	if (gp_json_is_there(gp_json_get(rec, "deleted")) ||
	    gp_json_is_there(gp_json_get(rec, "forgotten")))
		return 0;
	if (gp_json_is(type, "reply"))
		return add_reply(p, r, rec);
	if (!gp_json_is(type, "comment") && !gp_json_is(type, "message"))
		return 0;
	if (gp_json_true(gp_json_at(r, rec, "author", "official", NULL)))
		bad = add_answer(p, rec, "parent", "at");
	else if (asks(r, rec))
		bad = add_appeal(p, r, rec, gp_json_get(rec, "id"),
		    gp_json_get(rec, "text"));
	return bad == -1 ? -1 : set_talk(p, rec, before);
}

int
gp_past_ready(struct gp_past *p, gp_instant now)
{
	long *answer = calloc(p->entries + 1, sizeof(*answer));
	int bad;

	if (answer == NULL)
		return -1;
	bad = gp_past_join(p, answer);
	if (bad == 0)
		bad = gp_past_index(p, answer, now);
	free(answer);
	free(p->entry);
	p->entry = NULL;
	p->entries = p->entry_cap = 0;
	gp_pool_release(&p->text);
	return bad;
}
