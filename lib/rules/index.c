#include "rules/index.h"

#include <stdlib.h>
#include <string.h>

#include "rules/taxonomy.h"

/* Beginnings of phrases while the tree grows. The first are the atoms. */
struct node {
	unsigned parent, atom;
	unsigned child, next; /* first child, next sibling; 0: none */
};

struct tree {
	struct node *v;
	size_t n, cap;
};

/* The different sets of sides. */
struct sets {
	const struct gp_term **v;
	size_t n;
};

static void *
list(size_t n, size_t size)
{
	return calloc(n + 1, size);
}

/* The node behind `parent` by this atom, made if need be; 0: no memory. */
static unsigned
step(struct tree *t, unsigned parent, unsigned atom)
{
	unsigned i;
	struct node *v;

	for (i = t->v[parent].child; i != 0; i = t->v[i].next)
		if (t->v[i].atom == atom)
			return i;
	if (t->n == t->cap) {
		v = realloc(t->v, t->cap * 2 * sizeof(*v));
		if (v == NULL)
			return 0;
		t->v = v;
		t->cap *= 2;
	}
	i = (unsigned)t->n++;
	t->v[i] = (struct node){ parent, atom, 0, t->v[parent].child };
	t->v[parent].child = i;
	return i;
}

static int
grow_tree(struct gp_taxonomy *tax, struct tree *t)
{
	struct gp_rule *r;
	unsigned at;
	size_t i, k;

	t->n = tax->atoms.n;
	t->cap = t->n * 2;
	t->v = list(t->cap, sizeof(*t->v));
	if (t->v == NULL)
		return -1;
	for (i = 0; i < tax->rules; i++) {
		r = &tax->rule[i];
		if (r->term.all || r->term.n == 0)
			continue;
		at = r->term.atom[0];
		for (k = 1; k < r->term.n; k++) {
			at = step(t, at, r->term.atom[k]);
			if (at == 0)
				return -1;
		}
		r->trigger = at;
	}
	return 0;
}

static int
by_atoms(const void *a, const void *b)
{
	const struct gp_term *x = &(*(struct gp_rule *const *)a)->term;
	const struct gp_term *y = &(*(struct gp_rule *const *)b)->term;

	if (x->n != y->n)
		return x->n < y->n ? -1 : 1;
	return memcmp(x->atom, y->atom, x->n * sizeof(x->atom[0]));
}

/* Rules of the same sides share a set; the parser has put sides in order. */
static int
make_sets(struct gp_taxonomy *tax, size_t first, struct sets *sets)
{
	struct gp_rule **r = list(tax->rules, sizeof(*r));
	size_t i, n = 0;

	sets->v = list(tax->rules, sizeof(*sets->v));
	if (r == NULL || sets->v == NULL) {
		free(r);
		return -1;
	}
	for (i = 0; i < tax->rules; i++)
		if (tax->rule[i].term.all)
			r[n++] = &tax->rule[i];
	qsort(r, n, sizeof(*r), by_atoms);
	for (i = 0; i < n; i++) {
		if (i == 0 || by_atoms(&r[i - 1], &r[i]) != 0)
			sets->v[sets->n++] = &r[i]->term;
		r[i]->trigger = (unsigned)(first + sets->n - 1);
	}
	free(r);
	return 0;
}

/*
 * Lists by atom in one array: first the lengths, then the places, and the
 * lengths are counted once more while they are filled.
 */
static void
place_lists(struct gp_index *ix)
{
	unsigned edge = 0, pair = 0, side = 0;
	struct gp_posting *p;
	size_t i;

	for (i = 0; i < ix->atoms; i++) {
		p = &ix->posting[i];
		p->edge = edge;
		p->pair = pair;
		p->side = side;
		edge += p->edges;
		pair += p->pairs;
		side += p->sides;
		p->edges = p->pairs = p->sides = 0;
	}
}

static void
count_lists(const struct gp_taxonomy *tax, const struct tree *t,
    const struct sets *sets, struct gp_posting *p)
{
	size_t i, k;

	for (i = tax->atoms.n; i < t->n; i++) {
		p[t->v[i].atom].edges++;
		if (t->v[i].parent < tax->atoms.n)
			p[t->v[i].parent].asked = 1;
	}
	for (i = 0; i < sets->n; i++)
		for (k = 0; k < sets->v[i]->n; k++)
			if (sets->v[i]->n == 2)
				p[sets->v[i]->atom[k]].pairs++;
			else
				p[sets->v[i]->atom[k]].sides++;
}

static void
fill_edges(struct gp_index *ix, const struct tree *t)
{
	struct gp_posting *p;
	size_t i;

	for (i = ix->atoms; i < t->n; i++) {
		p = &ix->posting[t->v[i].atom];
		ix->edge[p->edge + p->edges++] =
		    (struct gp_edge){ t->v[i].parent, (unsigned)i };
	}
}

static void
fill_pair(struct gp_index *ix, unsigned atom, unsigned other, unsigned set)
{
	struct gp_posting *p = &ix->posting[atom];

	ix->pair[p->pair + p->pairs++] =
	    (struct gp_edge){ other, (unsigned)ix->nodes + set };
}

static void
fill_sides(struct gp_index *ix, const struct sets *sets)
{
	const struct gp_term *t;
	struct gp_posting *p;
	unsigned set, k;

	for (set = 0; set < sets->n; set++) {
		t = sets->v[set];
		for (k = 0; k < t->n; k++) {
			if (t->n == 2) {
				fill_pair(ix, t->atom[k], t->atom[1 - k], set);
				continue;
			}
			p = &ix->posting[t->atom[k]];
			ix->side[p->side + p->sides++] =
			    (struct gp_side){ set, (unsigned char)(1u << k),
				    (unsigned char)((1u << t->n) - 1) };
		}
	}
}

/* A pattern fires when it has been run and matches. */
static void
set_patterns(const struct gp_index *ix, struct gp_taxonomy *tax)
{
	size_t i;

	for (i = 0; i < tax->rules; i++)
		if (tax->rule[i].term.n == 0)
			tax->rule[i].trigger =
			    (unsigned)(ix->nodes + ix->sets) +
			    tax->rule[i].pattern;
}

/*
 * The same words twice in one list of an owner are said by
 * gp_taxonomy_prove; here they must not count twice.
 */
static int
is_double(const struct gp_taxonomy *tax, const struct gp_rule *r,
    const struct gp_effect *e, size_t n)
{
	size_t i;

	for (i = 0; i < n && !r->calls; i++)
		if (e[i].owner == r->owner &&
		    tax->rule[e[i].rule].exclude == r->exclude)
			return 1;
	return 0;
}

/* Effects by trigger; n counts those placed, at is where they begin. */
static void
place_effects(const struct gp_taxonomy *tax, struct gp_effect *to,
    const unsigned *at, unsigned *n)
{
	const struct gp_rule *r;
	struct gp_effect *e;
	size_t i;

	for (i = 0; i < tax->rules; i++) {
		r = &tax->rule[i];
		e = to + at[r->trigger];
		if (is_double(tax, r, e, n[r->trigger]))
			continue;
		e += n[r->trigger]++;
		e->rule = (unsigned)i;
		e->owner = r->calls ? GP_CALLS : r->owner;
		e->weight = r->exclude ? 0
		    : r->calls         ? (int)r->pattern
				       : r->weight;
	}
}

static int
fill_effects(struct gp_index *ix, const struct gp_taxonomy *tax)
{
	unsigned *n = list(ix->triggers, sizeof(*n)), *at = ix->effect_at;
	unsigned t, to = 0;
	size_t i;

	if (n == NULL)
		return -1;
	for (i = 0; i < tax->rules; i++)
		at[tax->rule[i].trigger + 1]++;
	for (t = 0; t < ix->triggers; t++)
		at[t + 1] += at[t];
	place_effects(tax, ix->effect, at, n);
	for (t = 0; t < ix->triggers; t++) { /* close the gaps */
		memmove(ix->effect + to, ix->effect + at[t],
		    n[t] * sizeof(*ix->effect));
		at[t] = to;
		to += n[t];
		if (t < ix->atoms)
			ix->posting[t].fires = n[t] > 0;
	}
	at[ix->triggers] = to;
	for (i = 0; i < ix->atoms; i++)
		ix->posting[i].asked |= ix->posting[i].fires ||
		    ix->posting[i].edges + ix->posting[i].pairs +
			    ix->posting[i].sides >
			0;
	free(n);
	return 0;
}

static int
make_room(struct gp_index *ix, const struct gp_taxonomy *tax,
    const struct tree *t, const struct sets *sets)
{
	ix->atoms = tax->atoms.n;
	ix->nodes = t->n;
	ix->sets = sets->n;
	ix->patterns = tax->patterns;
	ix->triggers = ix->nodes + ix->sets + ix->patterns;
	ix->posting = list(ix->atoms, sizeof(*ix->posting));
	ix->edge = list(t->n - ix->atoms, sizeof(*ix->edge));
	ix->pair = list(sets->n * 2, sizeof(*ix->pair));
	ix->side = list(sets->n * GP_TERM_SIDES, sizeof(*ix->side));
	ix->effect_at = list(ix->triggers + 1, sizeof(*ix->effect_at));
	ix->effect = list(tax->rules, sizeof(*ix->effect));
	return ix->posting == NULL || ix->edge == NULL || ix->pair == NULL ||
		ix->side == NULL || ix->effect_at == NULL || ix->effect == NULL
	    ? -1
	    : 0;
}

int
gp_index_build(struct gp_taxonomy *tax)
{
	struct gp_index *ix = &tax->index;
	struct tree t = { NULL, 0, 0 };
	struct sets sets = { NULL, 0 };
	int r = -1;

	if (grow_tree(tax, &t) == 0 && make_sets(tax, t.n, &sets) == 0 &&
	    make_room(ix, tax, &t, &sets) == 0) {
		count_lists(tax, &t, &sets, ix->posting);
		place_lists(ix);
		fill_edges(ix, &t);
		fill_sides(ix, &sets);
		set_patterns(ix, tax);
		r = fill_effects(ix, tax);
	}
	free(t.v);
	free(sets.v);
	return r;
}

void
gp_index_release(struct gp_index *ix)
{
	free(ix->posting);
	free(ix->edge);
	free(ix->pair);
	free(ix->side);
	free(ix->effect_at);
	free(ix->effect);
	memset(ix, 0, sizeof(*ix));
}
