/*
 * Rules turned round: from an atom of a word to what it may complete.
 *
 * A rule waits for a trigger. Triggers are numbered: first one for every
 * atom, then one for every longer beginning of a phrase (a tree, in which
 * terms share what they begin with), then sets of sides, then patterns.
 */
#ifndef GP_RULES_INDEX_H
#define GP_RULES_INDEX_H

#include "rules/term.h"

/* One term or pattern of one owner; or a term that only calls a pattern. */
struct gp_rule {
	struct gp_term term; /* n 0: a pattern */
	unsigned pattern;
	int calls;
	unsigned owner;
	int exclude;
	int weight;       /* thousandths */
	const char *text; /* as it is written in the taxonomy */
	const char *why;  /* the same, "kind:" before it for a kind's */
	const struct gp_yaml *node;
	unsigned trigger;
};

/* The atom leads from one beginning of a phrase to the next. */
struct gp_edge {
	unsigned from, to;
};

/* One of three or four sides; of two, the other is looked for instead. */
struct gp_side {
	unsigned set;
	unsigned char bit, full; /* of this side; of all together */
};

/* What a trigger does: it adds to a score, or calls a pattern. */
struct gp_effect {
	unsigned rule;
	unsigned owner; /* GP_CALLS: a pattern is to be run */
	int weight;     /* 0: an exclude rule; or the pattern's number */
};

#define GP_CALLS ((unsigned)-1)

/* Where an atom's lists begin, and how long they are. */
struct gp_posting {
	unsigned edge, edges;
	unsigned pair, pairs;
	unsigned side, sides;
	unsigned fires; /* 1: its own trigger has rules */
	unsigned asked; /* 0: no rule has it: it may be passed over */
};

struct gp_index {
	size_t atoms, nodes, sets, patterns;
	size_t triggers;
	struct gp_posting *posting; /* by atom */
	struct gp_edge *edge;
	struct gp_edge *pair; /* from: the other side; to: the trigger */
	struct gp_side *side;
	unsigned *effect_at; /* by trigger, one more than there are */
	struct gp_effect *effect;
};

struct gp_taxonomy;

/* Builds the index of a taxonomy's rules; sets their triggers. -1: no memory. */
int gp_index_build(struct gp_taxonomy *);
void gp_index_release(struct gp_index *);

#endif
