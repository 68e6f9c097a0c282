#include "term/choose.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "rules/match.h"

enum {
	SLOTS = 1 << 14,
	FULL = SLOTS / 2,
	NUMBERS = 1 << 20, /* of rules, in all lists that are remembered */
};

/* Names of a record as numbers; unknown ones are GP_NO. */
struct key {
	int32_t centre, page, topic, group, kind, own;
};

/* Rules that these names allow: what is left to ask is place and words. */
struct slot {
	struct key key;
	int used;
	unsigned rules, weighty; /* places in numbers */
	unsigned n_rules, n_weighty;
};

struct gp_chooser {
	const struct gp_routes *r;
	struct gp_match *match; /* NULL: neither words nor places */
	struct gp_find *find;   /* NULL: there is no gazetteer */
	int32_t *centre;        /* by page */
	struct slot *slot;
	unsigned *number;
	size_t slots, numbers;

	/* Of this record. */
	struct key key;
	struct gp_span text;
	int read; /* the text has been looked at */
	long home;
	long place[GP_FOUND_MAX];
	size_t places;
};

struct gp_chooser *
gp_chooser_new(const struct gp_routes *r)
{
	struct gp_chooser *c = calloc(1, sizeof(*c));
	size_t i;
	int ok;

	if (c == NULL)
		return NULL;
	c->r = r;
	c->slot = calloc(SLOTS, sizeof(*c->slot));
	c->number = malloc(NUMBERS * sizeof(*c->number));
	c->centre = calloc(r->page.n + 1, sizeof(*c->centre));
	ok = c->slot != NULL && c->number != NULL && c->centre != NULL;
	for (i = 0; ok && i < r->page.n; i++)
		c->centre[i] = (int32_t)gp_routes_centre(r, (long)i);
	if (r->words->rules > 0 || r->places.n > 0)
		ok &= (c->match = gp_match_new(r->words)) != NULL;
	if (ok && r->places.n > 0) {
		ok = (c->find = gp_find_new(&r->places)) != NULL;
		c->match->seen = gp_find_see;
		c->match->seen_ctx = c->find;
	}
	if (ok)
		return c;
	gp_chooser_free(c);
	return NULL;
}

void
gp_chooser_free(struct gp_chooser *c)
{
	if (c == NULL)
		return;
	gp_match_free(c->match);
	gp_find_free(c->find);
	free(c->centre);
	free(c->slot);
	free(c->number);
	free(c);
}

static int
in(const struct gp_ids *ids, int32_t id)
{
	size_t i;

	for (i = 0; i < ids->n; i++)
		if ((int32_t)ids->v[i] == id)
			return 1;
	return ids->n == 0;
}

/* What names alone decide. */
static enum gp_miss
by_names(const struct gp_when *w, const struct key *k)
{
	if (!in(&w->topic, k->topic))
		return GP_MISS_TOPIC;
	if (!in(&w->group, k->group))
		return GP_MISS_GROUP;
	if (!in(&w->kind, k->kind))
		return GP_MISS_KIND;
	return in(&w->page, k->page) ? GP_HOLDS : GP_MISS_PAGE;
}

/* Words of rules and places, in one go; only where something asks. */
static void
read_text(struct gp_chooser *c)
{
	if (c->read)
		return;
	c->read = 1;
	if (c->find != NULL)
		gp_find_begin(c->find);
	gp_match_text(c->match, c->text);
	if (c->find != NULL)
		c->places = gp_find_end(c->find, c->home, c->place);
}

/* The place of the text for which a rule holds; GP_PLACE_NONE. */
static long
place_for(struct gp_chooser *c, const struct gp_when *w)
{
	size_t i, k;

	if (c->find == NULL || c->text.n == 0)
		return GP_PLACE_NONE;
	read_text(c);
	for (k = 0; k < c->places; k++)
		for (i = 0; i < w->places; i++)
			if (gp_place_within(
				&c->r->places, c->place[k], w->place[i]))
				return c->place[k];
	return GP_PLACE_NONE;
}

static int
has_words(struct gp_chooser *c, const struct gp_when *w)
{
	const struct gp_score *s;

	if (c->match == NULL || c->text.n == 0)
		return 0;
	read_text(c);
	s = &c->match->score[w->owner];
	return s->epoch == c->match->epoch && s->own > 0;
}

static enum gp_miss
by_text(struct gp_chooser *c, const struct gp_when *w)
{
	if (w->places > 0 && place_for(c, w) == GP_PLACE_NONE)
		return GP_MISS_PLACE;
	return w->words > 0 && !has_words(c, w) ? GP_MISS_WORDS : GP_HOLDS;
}

enum gp_miss
gp_choose_tell(struct gp_chooser *c, unsigned rule)
{
	const struct gp_when *w = &c->r->rule[rule].when;
	enum gp_miss miss = by_names(w, &c->key);

	return miss != GP_HOLDS ? miss : by_text(c, w);
}

/* -- what is remembered ---------------------------------------------------- */

static unsigned
keep(struct gp_chooser *c, const struct gp_rule_list *list, size_t n,
    const struct key *k, int first)
{
	const struct gp_route_rule *rule;
	unsigned kept = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		rule = &c->r->rule[list->v[i]];
		if (by_names(&rule->when, k) != GP_HOLDS)
			continue;
		c->number[c->numbers++] = list->v[i];
		kept++;
		/* Of the first match nothing behind this can be chosen. */
		if (first && rule->when.places == 0 && rule->when.words == 0)
			break;
	}
	return kept;
}

/* A centre that was redirected to has only rules of its own. */
static void
fill(struct gp_chooser *c, struct slot *s, const struct key *k)
{
	const struct gp_centre *centre = &c->r->centre[k->centre];
	size_t n = centre->rules.n;

	if (k->own)
		n = k->centre == 0 ? 0 : n - c->r->centre[0].rules.n;
	s->key = *k;
	s->used = 1;
	s->rules = (unsigned)c->numbers;
	s->n_rules = keep(c, &centre->rules, n, k, !c->r->best);
	s->weighty = (unsigned)c->numbers;
	s->n_weighty = keep(c, &centre->weighty, centre->weighty.n, k, 1);
	c->slots++;
}

static struct slot *
look_up(struct gp_chooser *c, const struct key *k)
{
	const struct gp_centre *centre = &c->r->centre[k->centre];
	size_t i = XXH3_64bits(k, sizeof(*k)) & (SLOTS - 1);
	struct slot *s = &c->slot[i];

	while (s->used && memcmp(&s->key, k, sizeof(*k)) != 0) {
		i = (i + 1) & (SLOTS - 1);
		s = &c->slot[i];
	}
	if (s->used)
		return s;
	if (centre->rules.n + centre->weighty.n > NUMBERS)
		return NULL;
	if (c->slots == FULL ||
	    c->numbers + centre->rules.n + centre->weighty.n > NUMBERS) {
		memset(c->slot, 0, SLOTS * sizeof(*c->slot));
		c->slots = c->numbers = 0;
		s = &c->slot[XXH3_64bits(k, sizeof(*k)) & (SLOTS - 1)];
	}
	fill(c, s, k);
	return s;
}

/* -- choosing -------------------------------------------------------------- */

/* More than any weaker conditions together: a street beats a topic's group. */
unsigned
gp_rule_weight(
    const struct gp_routes *r, const struct gp_route_rule *rule, long place)
{
	const struct gp_when *w = &rule->when;
	unsigned n = 0;

	if (w->topic.n > 0)
		n += 100;
	if (w->places > 0 && place != GP_PLACE_NONE)
		n += 60 + 10 * (unsigned)r->places.v[place].kind;
	if (w->group.n > 0)
		n += 50;
	if (w->words > 0)
		n += 40;
	if (w->page.n > 0)
		n += 30;
	if (w->kind.n > 0)
		n += 20;
	return n + (rule->of != GP_NO ? 10 : 0);
}

/* The rule's own place that holds the one the text names: how exactly the rule
 * says it. */
static long
said_place(const struct gp_chooser *c, const struct gp_when *w, long place)
{
	long best = GP_PLACE_NONE;
	size_t i;

	for (i = 0; place != GP_PLACE_NONE && i < w->places; i++)
		if (gp_place_within(&c->r->places, place, w->place[i]) &&
		    (best == GP_PLACE_NONE ||
			c->r->places.v[w->place[i]].kind >
			    c->r->places.v[best].kind))
			best = w->place[i];
	return best;
}

static void
take(struct gp_chooser *c, unsigned no, struct gp_choice *to)
{
	const struct gp_when *w = &c->r->rule[no].when;

	to->rule = no;
	to->place = w->places > 0 ? place_for(c, w) : GP_PLACE_NONE;
}

/* The rule of a list of candidates; to->rule stays GP_NO if none holds. */
static void
pick(struct gp_chooser *c, const struct slot *s, struct gp_choice *to)
{
	const unsigned *v = c->number + s->rules;
	const struct gp_route_rule *rule;
	unsigned best = 0, weight, i;
	long place;

	to->ties = 0;
	for (i = 0; i < s->n_rules; i++) {
		rule = &c->r->rule[v[i]];
		if (by_text(c, &rule->when) != GP_HOLDS)
			continue;
		if (!c->r->best) {
			take(c, v[i], to);
			return;
		}
		place = rule->when.places > 0 ? place_for(c, &rule->when)
					      : GP_PLACE_NONE;
		weight = gp_rule_weight(
		    c->r, rule, said_place(c, &rule->when, place));
		if (to->rule == GP_NO || weight > best) {
			take(c, v[i], to);
			best = weight;
			to->ties = 0;
		} else if (weight == best && to->ties < GP_TIES) {
			to->tie[to->ties++] = v[i];
		}
	}
}

static long
otherwise(const struct gp_routes *r, long centre)
{
	return r->centre[centre].otherwise != GP_NO
	    ? r->centre[centre].otherwise
	    : r->centre[0].otherwise;
}

static int
is_important(struct gp_chooser *c, const struct slot *s)
{
	const unsigned *v = c->number + s->weighty;
	unsigned i;

	for (i = 0; i < s->n_weighty; i++)
		if (by_text(c, &c->r->rule[v[i]].when) == GP_HOLDS)
			return 1;
	return 0;
}

static int32_t
number(const struct gp_atoms *names, struct gp_span name)
{
	if (name.n == 0 || memchr(name.p, '\0', name.n) != NULL)
		return GP_NO;
	return (int32_t)gp_atom_find(names, GP_ATOM_EXACT, name);
}

static void
begin(struct gp_chooser *c, const struct gp_case *in, struct gp_choice *to)
{
	const struct gp_routes *r = c->r;

	c->key = (struct key){ 0, number(&r->page, in->page),
		number(&r->topic, in->topic), number(&r->group, in->group),
		number(&r->kind, in->kind), 0 };
	c->text = in->text;
	c->read = 0;
	c->places = 0;
	c->key.centre = c->key.page != GP_NO ? c->centre[c->key.page] : 0;
	c->home = r->centre[c->key.centre].home;
	memset(to, 0, sizeof(*to));
	to->rule = GP_NO;
	to->place = GP_PLACE_NONE;
	to->page_centre = to->centre = c->key.centre;
	to->skipped = gp_routes_skips(r, c->key.kind);
}

int
gp_choose(struct gp_chooser *c, const struct gp_case *in, struct gp_choice *to)
{
	const struct gp_routes *r = c->r;
	const struct gp_route_rule *rule;
	struct slot *s;
	struct key k;

	begin(c, in, to);
	if (to->skipped)
		return 0;
	for (k = c->key;; k.centre = (int32_t)rule->redirect, k.own = 1) {
		to->rule = GP_NO;
		to->centre = k.centre;
		s = look_up(c, &k);
		if (s == NULL)
			return -1;
		pick(c, s, to);
		to->important |= is_important(c, s);
		if (to->rule == GP_NO)
			to->rule = otherwise(r, k.centre);
		if (to->rule == GP_NO)
			break;
		rule = &r->rule[to->rule];
		to->important |= rule->important;
		if (rule->redirect == GP_NO || to->hops == GP_HOPS)
			break;
		to->hop[to->hops++] = (unsigned)to->rule;
	}
	if (to->rule != GP_NO && r->rule[to->rule].centre != GP_NO)
		to->centre = r->rule[to->rule].centre;
	/* Where no rule asked for a place, it is told all the same. */
	if (to->place == GP_PLACE_NONE && c->find != NULL && c->text.n > 0) {
		read_text(c);
		if (c->places > 0)
			to->place = c->place[0];
	}
	return 0;
}
