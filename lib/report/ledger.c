#include "report/ledger.h"

#include <stdlib.h>
#include <string.h>

enum {
	AHEAD = 16,
	FIRST = 1024, /* entries of a new generation */
	ENTRY = sizeof(struct gp_case) + 2 * sizeof(uint32_t),
};

/* How many names of each kind are told apart: what a gp_case has room for. */
static const size_t most_names[GP_DIMS] = {
	[GP_DIM_NETWORK] = UINT8_MAX - 1,
	[GP_DIM_PAGE] = 1 << 20,
	[GP_DIM_GROUP] = UINT16_MAX - 1,
	[GP_DIM_TOPIC] = UINT16_MAX - 1,
	[GP_DIM_ASSIGNEE] = UINT16_MAX - 1,
	[GP_DIM_CENTRE] = UINT16_MAX - 1,
	[GP_DIM_CALENDAR] = UINT8_MAX - 1,
};

void
gp_ledger_init(struct gp_ledger *l, const struct gp_report_how *how,
    size_t memory, int texts, gp_fold *fold, void *ctx)
{
	int d;

	memset(l, 0, sizeof(*l));
	l->how = *how;
	for (d = 0; d < GP_DIMS; d++)
		gp_dict_init(&l->dict[d], most_names[d]);
	l->texts = texts;
	l->most = UINT32_MAX / 4;
	if (memory != 0)
		for (l->most = 64; l->most * 4 * ENTRY <= memory;)
			l->most *= 2;
	l->fold = fold;
	l->ctx = ctx;
}

static void
empty(struct gp_generation *g)
{
	size_t i;

	for (i = 0; g->text != NULL && i < g->n; i++)
		free(g->text[i]);
	g->n = 0;
	if (g->slot != NULL)
		memset(g->slot, 0, (g->mask + 1) * sizeof(*g->slot));
}

static void
release(struct gp_generation *g)
{
	empty(g);
	free(g->v);
	free(g->text);
	free(g->slot);
	memset(g, 0, sizeof(*g));
}

void
gp_ledger_release(struct gp_ledger *l)
{
	int d;

	release(&l->young);
	release(&l->old);
	for (d = 0; d < GP_DIMS; d++)
		gp_dict_release(&l->dict[d]);
}

static uint32_t *
slot_of(const struct gp_generation *g, uint64_t id)
{
	size_t i = id & g->mask;

	while (g->slot[i] != 0 && g->v[g->slot[i] - 1].id != id)
		i = (i + 1) & g->mask;
	return &g->slot[i];
}

/* Twice the room, until there is room for `most`. -1: no memory. */
static int
grow(struct gp_generation *g, size_t most, int texts)
{
	size_t cap = g->cap == 0 ? FIRST : g->cap * 2, i;
	struct gp_case *v;
	char **text = NULL;
	uint32_t *slot;

	if (cap > most)
		cap = most;
	v = realloc(g->v, cap * sizeof(*v));
	if (v != NULL)
		g->v = v;
	if (texts) {
		text = realloc(g->text, cap * sizeof(*text));
		if (text != NULL)
			g->text = text;
	}
	for (i = 64; i < cap * 2;)
		i *= 2;
	slot = calloc(i, sizeof(*slot));
	if (v == NULL || slot == NULL || (texts && text == NULL)) {
		free(slot);
		return -1;
	}
	free(g->slot);
	g->slot = slot;
	g->mask = i - 1;
	g->cap = cap;
	for (i = 0; i < g->n; i++)
		*slot_of(g, g->v[i].id) = (uint32_t)i + 1;
	return 0;
}

static void
fold(struct gp_ledger *l, const struct gp_generation *g)
{
	size_t i;

	for (i = 0; i < g->n; i++)
		if (g->v[i].kind < GP_KINDS)
			l->fold(l->ctx, &g->v[i],
			    g->text != NULL ? g->text[i] : NULL);
}

static void
settle(struct gp_ledger *l)
{
	struct gp_generation g = l->old;

	fold(l, &g);
	l->settled += g.n;
	empty(&g);
	l->old = l->young;
	l->young = g;
}

void
gp_ledger_close(struct gp_ledger *l)
{
	fold(l, &l->old);
	fold(l, &l->young);
}

static struct gp_case *
find_in(const struct gp_generation *g, uint64_t id, size_t *no)
{
	uint32_t slot = g->slot != NULL ? *slot_of(g, id) : 0;

	if (slot == 0)
		return NULL;
	*no = slot - 1;
	return &g->v[slot - 1];
}

/* The entry and the place of its text. */
static struct gp_case *
find(struct gp_ledger *l, uint64_t id, char ***text)
{
	struct gp_generation *g = &l->young;
	size_t no = 0;
	struct gp_case *c = find_in(g, id, &no);

	if (c == NULL) {
		g = &l->old;
		c = find_in(g, id, &no);
	}
	if (c != NULL && text != NULL)
		*text = g->text != NULL ? &g->text[no] : NULL;
	return c;
}

/* NULL: no memory. */
static struct gp_case *
put(struct gp_ledger *l, uint64_t id, char ***text)
{
	struct gp_case *c = find(l, id, text);
	struct gp_generation *g = &l->young;

	if (c != NULL)
		return c;
	if (g->n == l->most)
		settle(l);
	if (g->n == g->cap && grow(g, l->most, l->texts) == -1) {
		l->bad = 1;
		return NULL;
	}
	c = &g->v[g->n++];
	memset(c, 0, sizeof(*c));
	c->id = id;
	c->kind = GP_CASE_PENDING;
	*slot_of(g, id) = (uint32_t)g->n;
	if (g->text != NULL)
		g->text[g->n - 1] = NULL;
	if (text != NULL)
		*text = g->text != NULL ? &g->text[g->n - 1] : NULL;
	return c;
}

static void
keep_text(struct gp_ledger *l, char **to, const char *text, size_t n)
{
	if (to == NULL)
		return;
	free(*to);
	*to = n > 0 ? malloc(n) : NULL;
	if (*to != NULL)
		memcpy(*to, text, n);
	else if (n > 0)
		l->bad = 1;
}

static uint32_t
earlier(uint32_t a, uint32_t b)
{
	return a == 0 || (b != 0 && b < a) ? b : a;
}

/* What the answers said stays, whatever version of the appeal comes. */
static void
appeal(struct gp_ledger *l, const struct gp_case *m, const char *text, size_t n)
{
	char **to = NULL;
	struct gp_case *c = put(l, m->id, &to), was;

	if (c == NULL)
		return;
	was = *c;
	*c = *m;
	c->first = was.first;
	c->final = was.final;
	c->final_by = was.final_by;
	c->copy = was.copy;
	c->flags |= was.flags & GP_CASE_UNDATED_ANSWER;
	if (was.interim >= c->interim && was.interim != 0) {
		c->interim = was.interim;
		c->promised = was.promised;
	}
	keep_text(l, to, text, n);
}

/* The network shows the words of an interim answer too: they are no final. */
static void
answer(struct gp_ledger *l, const struct gp_case *m)
{
	struct gp_case *c = put(l, m->id, NULL);

	if (c == NULL)
		return;
	c->first = earlier(c->first, m->first);
	c->flags |= m->flags;
	if (m->interim != 0) {
		if (m->interim >= c->interim) {
			c->interim = m->interim;
			c->promised =
			    m->promised != 0 ? m->promised : c->promised;
		}
		if (m->copy != 0)
			c->copy = m->copy;
		if (c->copy != 0 && c->final_by == c->copy)
			c->final = c->final_by = 0;
		return;
	}
	if (m->final_by != 0 && m->final_by == c->copy)
		return;
	if (m->final >= c->final) {
		c->final = m->final;
		c->final_by = m->final_by;
	}
}

/* A version that is no appeal takes no room, unless one was there before. */
static void
other(struct gp_ledger *l, const struct gp_case *m)
{
	struct gp_case *c = find(l, m->id, NULL);

	if (c != NULL && c->kind != GP_CASE_PENDING)
		c->kind = GP_CASE_GONE;
}

static void
one(struct gp_ledger *l, uint32_t type, const struct gp_case *m,
    const char *text, size_t n)
{
	if (l->settled > 0 && type == GP_FACT_ANSWER &&
	    find(l, m->id, NULL) == NULL)
		l->strays++;
	if (type == GP_FACT_APPEAL)
		appeal(l, m, text, n);
	else if (type == GP_FACT_ANSWER)
		answer(l, m);
	else if (type == GP_FACT_OTHER)
		other(l, m);
}

static size_t
size_of(const struct gp_mark_head *h)
{
	return sizeof(*h) + sizeof(struct gp_case) + h->tail;
}

/* Asks for the memory of an entry that comes soon. */
static const char *
soon(const struct gp_ledger *l, const char *p)
{
	struct gp_mark_head h;
	struct gp_case c;

	memcpy(&h, p, sizeof(h));
	memcpy(&c.id, p + sizeof(h), sizeof(c.id));
	if (l->young.slot != NULL)
		__builtin_prefetch(&l->young.slot[c.id & l->young.mask]);
	if (l->old.slot != NULL)
		__builtin_prefetch(&l->old.slot[c.id & l->old.mask]);
	return p + size_of(&h);
}

int
gp_ledger_sink(struct gp_ledger *l, struct gp_span marks)
{
	const char *p = marks.p, *end = gp_span_end(marks), *ahead = p;
	struct gp_mark_head h;
	struct gp_case m;
	int n = 0;

	for (; p < end && !l->bad; n--) {
		for (; n < AHEAD && ahead < end; n++)
			ahead = soon(l, ahead);
		memcpy(&h, p, sizeof(h));
		memcpy(&m, p + sizeof(h), sizeof(m));
		one(l, h.type, &m, p + sizeof(h) + sizeof(m), h.tail);
		p += size_of(&h);
	}
	return l->bad ? -1 : 0;
}

struct gp_span
gp_case_text(const char *text, enum gp_case_text which)
{
	uint32_t n = 0;
	int i;

	if (text == NULL)
		return (struct gp_span){ NULL, 0 };
	for (i = 0; i <= (int)which; i++) {
		text += i > 0 ? n : 0;
		memcpy(&n, text, sizeof(n));
		text += sizeof(n);
	}
	return (struct gp_span){ n > 0 ? text : NULL, n };
}

struct gp_cell
gp_ledger_name(
    const struct gp_ledger *l, const struct gp_case *c, enum gp_dim d)
{
	return gp_cell_text(gp_dict_name(&l->dict[d], gp_case_dim(c, d)));
}
