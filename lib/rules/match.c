#include "rules/match.h"

#include <stdlib.h>
#include <string.h>

#include "text/fold.h"
#include "text/token.h"

/*
 * Places: words have even ones; a mark has the odd one behind its word, so
 * that it parts no words. Texts lie so far apart that no phrase spans two.
 */
enum {
	GAP = 2,
	APART = 2 * (GAP + 4)
};

/* Places begin anew before they could run out: a text has 2^25 at the most. */
#define PLACES_END (UINT32_MAX - (1u << 26))
#define EPOCHS     (UINT32_MAX >> GP_TERM_SIDES)

/* A text of so many letters is in capitals if more than half are. */
enum {
	CAPS_LEAST = 20
};

/* Tokens read ahead, so that their words have come from memory when used. */
enum {
	AHEAD = 32
};

struct ahead {
	struct gp_token token;
	uint32_t hash;
};

static void *
list(size_t n, size_t size)
{
	return calloc(n + 1, size);
}

static size_t
atoms_of(void *atoms, struct gp_stem *stem, struct gp_span folded,
    unsigned atom[GP_WORD_ATOMS])
{
	return gp_atoms_of(atoms, stem, folded, atom);
}

size_t
gp_match_atoms(
    struct gp_match *m, struct gp_span folded, unsigned atom[GP_WORD_ATOMS])
{
	const struct gp_posting *p = m->tax->index.posting;
	size_t i, n, to = 0;

	n = gp_atoms_of(&m->tax->atoms, m->stem, folded, atom);
	for (i = 0; i < n; i++)
		if (p[atom[i]].asked)
			atom[to++] = atom[i];
	return to;
}

struct gp_match *
gp_match_new(const struct gp_taxonomy *tax)
{
	const struct gp_index *ix = &tax->index;
	struct gp_match *m = calloc(1, sizeof(*m));

	if (m == NULL)
		return NULL;
	m->tax = tax;
	gp_buf_init(&m->folded, 2 * GP_MAX_LINE);
	m->words = gp_words_new(
	    tax->language, atoms_of, (void *)(uintptr_t)&tax->atoms);
	m->stem = gp_stem_new(tax->language);
	m->run = gp_pattern_run_new();
	m->last = list(ix->nodes, sizeof(*m->last));
	m->before = list(ix->nodes, sizeof(*m->before));
	m->fired = list(ix->triggers, sizeof(*m->fired));
	m->side = list(ix->sets, sizeof(*m->side));
	m->score = list(tax->owners, sizeof(*m->score));
	m->touched = list(tax->owners, sizeof(*m->touched));
	m->hit = list(tax->rules, sizeof(*m->hit));
	m->called = list(tax->patterns, sizeof(*m->called));
	if (m->words == NULL || m->stem == NULL || m->run == NULL ||
	    m->last == NULL || m->before == NULL || m->fired == NULL ||
	    m->side == NULL || m->score == NULL || m->touched == NULL ||
	    m->hit == NULL || m->called == NULL) {
		gp_match_free(m);
		return NULL;
	}
	return m;
}

void
gp_match_free(struct gp_match *m)
{
	if (m == NULL)
		return;
	gp_words_free(m->words);
	gp_stem_free(m->stem);
	gp_pattern_run_free(m->run);
	gp_buf_release(&m->folded);
	free(m->last);
	free(m->before);
	free(m->fired);
	free(m->side);
	free(m->score);
	free(m->touched);
	free(m->hit);
	free(m->called);
	free(m);
}

static struct gp_score *
touch(struct gp_match *m, unsigned owner)
{
	struct gp_score *s = &m->score[owner];

	if (s->epoch != m->epoch) {
		*s = (struct gp_score){ m->epoch, 0, 0 };
		m->touched[m->touches++] = owner;
	}
	return s;
}

static void
call(struct gp_match *m, unsigned pattern)
{
	const struct gp_index *ix = &m->tax->index;
	uint32_t *fired = &m->fired[ix->nodes + ix->sets + pattern];

	/* A pattern is stamped when it is called and fired by being run. */
	if (*fired == m->epoch)
		return;
	*fired = m->epoch;
	m->called[m->calls++] = pattern;
}

/* What a trigger completes counts once a text. */
static void
fire(struct gp_match *m, unsigned trigger)
{
	const struct gp_index *ix = &m->tax->index;
	const struct gp_effect *e = &ix->effect[ix->effect_at[trigger]];
	const struct gp_effect *end = &ix->effect[ix->effect_at[trigger + 1]];
	struct gp_score *s;

	if (e == end || m->fired[trigger] == m->epoch)
		return;
	m->fired[trigger] = m->epoch;
	for (; e < end; e++) {
		if (e->owner == GP_CALLS) {
			call(m, (unsigned)e->weight);
			continue;
		}
		s = touch(m, e->owner);
		s->own += e->weight;
		s->out |= e->weight == 0;
		m->hit[m->hits++] = e->rule;
	}
}

/* A beginning seen twice at one place, by two atoms, is seen once. */
static void
see(struct gp_match *m, unsigned node, uint32_t at)
{
	if (m->last[node] == at)
		return;
	m->before[node] = m->last[node];
	m->last[node] = at;
}

/* The first place from which at most GAP words lie before `at`. */
static uint32_t
reach(uint32_t at)
{
	return ((at - 1) / 2 - GAP) * 2;
}

/* What follows is the inner loop: pointers stand in variables, since stores
 * to the arrays might change the struct for all a compiler knows. */
static void
meet_sides(struct gp_match *m, const struct gp_posting *p)
{
	const struct gp_side *s = &m->tax->index.side[p->side];
	const struct gp_side *end = s + p->sides;
	const uint32_t now = m->epoch << GP_TERM_SIDES;
	const unsigned first = (unsigned)m->tax->index.nodes;
	uint32_t *state = m->side, bits;

	for (; s < end; s++) {
		bits = state[s->set];
		bits = (bits >> GP_TERM_SIDES == now >> GP_TERM_SIDES ? bits
								      : now) |
		    s->bit;
		state[s->set] = bits;
		if (bits == (now | s->full))
			fire(m, first + s->set);
	}
}

/* Two sides: the later one finds that the other has been. */
static void
meet_pairs(struct gp_match *m, const struct gp_posting *p)
{
	const struct gp_edge *e = &m->tax->index.pair[p->pair];
	const struct gp_edge *end = e + p->pairs;
	const uint32_t *last = m->last, start = m->start;

	for (; e < end; e++)
		if (last[e->from] >= start)
			fire(m, e->to);
}

static void
meet_edges(struct gp_match *m, const struct gp_posting *p, uint32_t at)
{
	const struct gp_edge *e = &m->tax->index.edge[p->edge];
	const struct gp_edge *end = e + p->edges;
	const uint32_t *last = m->last, *before = m->before;
	const uint32_t from = reach(at);

	for (; e < end; e++) {
		if (last[e->from] < from ||
		    (last[e->from] == at && before[e->from] < from))
			continue;
		see(m, e->to, at);
		fire(m, e->to);
	}
}

static void
meet(struct gp_match *m, unsigned atom, uint32_t at)
{
	const struct gp_posting *p = &m->tax->index.posting[atom];

	if (p->edges > 0)
		meet_edges(m, p, at);
	if (m->last[atom] < m->start) { /* the first time in this text */
		if (p->fires)
			fire(m, atom);
		meet_pairs(m, p);
		if (p->sides > 0)
			meet_sides(m, p);
	}
	see(m, atom, at);
}

void
gp_match_word(struct gp_match *m, const struct gp_word *word)
{
	unsigned i;

	m->at += 2;
	m->letters += word->letters;
	m->capitals += word->capitals;
	m->odd |= word->odd;
	for (i = 0; i < word->n; i++)
		meet(m, word->atom[i], m->at);
}

static void
meet_word(struct gp_match *m, const struct ahead *w)
{
	struct gp_word word = gp_words_find(m->words, w->token.raw, w->hash);

	if (m->seen != NULL)
		m->seen(m->seen_ctx, &w->token, &word);
	gp_match_word(m, &word);
}

void
gp_match_mark(struct gp_match *m, int kind)
{
	switch (kind) {
	case GP_TOKEN_URL:
		m->at += 2;
		meet(m, GP_ATOM_URL, m->at);
		break;
	case GP_TOKEN_PHONE:
		m->at += 2;
		meet(m, GP_ATOM_PHONE, m->at);
		break;
	case GP_TOKEN_ASK:
		meet(m, GP_ATOM_ASK, m->at + 1);
		break;
	case GP_TOKEN_CRY:
		meet(m, GP_ATOM_CRY, m->at + 1);
		break;
	default:
		break;
	}
}

/* By so many at a time: words are sought together, then met in order. */
static void
meet_all(struct gp_match *m, struct gp_span text)
{
	struct ahead w[AHEAD];
	struct gp_tokens in;
	size_t i, n;

	gp_tokens_init(&in, text);
	do {
		for (n = 0; n < AHEAD && gp_tokens_next(&in, &w[n].token); n++)
			if (w[n].token.kind == GP_TOKEN_WORD)
				w[n].hash =
				    gp_words_seek(m->words, w[n].token.raw);
		for (i = 0; i < n; i++)
			if (w[i].token.kind == GP_TOKEN_WORD)
				meet_word(m, &w[i]);
			else
				gp_match_mark(m, w[i].token.kind);
	} while (n == AHEAD);
}

static const struct gp_effect *
effects_of(
    const struct gp_match *m, unsigned pattern, const struct gp_effect **end)
{
	const struct gp_index *ix = &m->tax->index;
	size_t trigger = ix->nodes + ix->sets + pattern;

	*end = &ix->effect[ix->effect_at[trigger + 1]];
	return &ix->effect[ix->effect_at[trigger]];
}

/* A kind's score now, and what it can become: all that was called matches. */
static long
least_of(const struct gp_match *m, unsigned kind)
{
	const struct gp_score *s = &m->score[kind];

	return s->epoch == m->epoch && !s->out ? s->own : 0;
}

static long
most_of(const struct gp_match *m, unsigned kind)
{
	const struct gp_score *s = &m->score[kind];
	long sum = least_of(m, kind);
	const struct gp_effect *e, *end;
	size_t i;

	if (s->epoch == m->epoch && s->out)
		return 0;
	for (i = 0; i < m->calls; i++)
		for (e = effects_of(m, m->called[i], &end); e < end; e++)
			sum += e->owner == kind ? e->weight : 0;
	return sum;
}

/*
 * 1: whatever the patterns called say, this kind is not the text's; or it is.
 * Nothing takes from a score, so a kind that is found stays found; a kind of
 * more priority wins, and of those with the same the one that scores more.
 * Kinds are the first of the owners.
 */
static int
is_settled(const struct gp_match *m, unsigned kind)
{
	const struct gp_owner *o = m->tax->owner;
	long own = least_of(m, kind), most = most_of(m, kind), other;
	int wins = own >= m->tax->least.kind;
	unsigned i;

	for (i = 0; i < m->tax->kinds; i++) {
		if (i == kind || o[i].priority < o[kind].priority)
			continue;
		other = least_of(m, i);
		if (o[i].priority > o[kind].priority) {
			if (other >= m->tax->least.kind)
				return 1;
			continue;
		}
		if (other >= m->tax->least.kind && other > most)
			return 1;
		wins = wins && own > most_of(m, i);
	}
	return wins;
}

static int
is_needless(const struct gp_match *m, unsigned pattern)
{
	const struct gp_effect *e, *end;

	for (e = effects_of(m, pattern, &end); e < end; e++)
		if (e->owner == GP_CALLS || e->weight == 0 ||
		    !is_settled(m, e->owner))
			return 0;
	return 1;
}

static void
fold(struct gp_match *m, struct gp_span text)
{
	gp_buf_reset(&m->folded);
	if (m->odd)
		gp_fold_text(&m->folded, text);
	else
		gp_fold_plain(&m->folded, text);
}

static void
run_called(struct gp_match *m, struct gp_span text)
{
	const struct gp_index *ix = &m->tax->index;
	int folded = 0;
	unsigned trigger;
	size_t i;

	for (i = 0; i < m->calls; i++) {
		trigger = (unsigned)(ix->nodes + ix->sets) + m->called[i];
		if (m->kind_only && is_needless(m, m->called[i]))
			continue;
		if (!folded)
			fold(m, text);
		folded = 1;
		if (m->folded.bad)
			return;
		if (!gp_pattern_matches(m->tax->pattern[m->called[i]], m->run,
			gp_buf_span(&m->folded)))
			continue;
		m->fired[trigger] = 0;
		fire(m, trigger);
	}
}

/* Stamps and places have run round: none of the old may look new. */
static void
forget(struct gp_match *m)
{
	const struct gp_index *ix = &m->tax->index;

	memset(m->fired, 0, ix->triggers * sizeof(*m->fired));
	memset(m->side, 0, ix->sets * sizeof(*m->side));
	memset(m->score, 0, m->tax->owners * sizeof(*m->score));
	memset(m->last, 0, ix->nodes * sizeof(*m->last));
	memset(m->before, 0, ix->nodes * sizeof(*m->before));
	m->epoch = 1;
	m->at = 0;
}

void
gp_match_begin(struct gp_match *m)
{
	if (++m->epoch > EPOCHS || m->at > PLACES_END)
		forget(m);
	m->at = (m->at | 1) + 1 + APART;
	m->start = m->at;
	m->touches = m->hits = m->calls = 0;
	m->letters = m->capitals = 0;
	m->odd = 0;
}

void
gp_match_end(struct gp_match *m, struct gp_span text)
{
	if (m->letters >= CAPS_LEAST && 2 * m->capitals > m->letters)
		meet(m, GP_ATOM_CAPS, m->at + 1);
	if (m->calls > 0)
		run_called(m, text);
}

void
gp_match_text(struct gp_match *m, struct gp_span text)
{
	gp_match_begin(m);
	meet_all(m, text);
	gp_match_end(m, text);
}
