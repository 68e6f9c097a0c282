/*
 * One text against a taxonomy: which rules match, and the scores that follow.
 * A matcher is of one thread and used for text after text.
 */
#ifndef GP_RULES_MATCH_H
#define GP_RULES_MATCH_H

#include <stdint.h>

#include "rules/taxonomy.h"
#include "text/words.h"

struct gp_token;

struct gp_score {
	uint32_t epoch; /* of the text it belongs to */
	int out;        /* an exclude rule matches */
	long own;       /* sum of the include rules */
};

struct gp_match {
	const struct gp_taxonomy *tax;
	struct gp_words *words;
	struct gp_stem *stem;
	struct gp_pattern_run *run;
	struct gp_buf folded;

	uint32_t epoch;     /* of the text; stamps of others are old */
	uint32_t start, at; /* places of words; they grow over all texts */
	uint32_t *last;     /* by beginning of a phrase: where it was seen */
	uint32_t *before;   /* and where the time before */
	uint32_t *fired;    /* by trigger: epoch */
	uint32_t *side;     /* by set: epoch and the bits of sides met */
	unsigned letters, capitals;
	int odd;

	/* Who else looks at the words, with atoms of the same table; or NULL.
	 * What is given stands until it returns. */
	void (*seen)(
	    void *ctx, const struct gp_token *, const struct gp_word *);
	void *seen_ctx;

	struct gp_score *score; /* by owner */
	unsigned *touched;      /* owners that have a score */
	size_t touches;
	unsigned *hit; /* rules that matched */
	size_t hits;
	unsigned *called; /* patterns to run */
	size_t calls;
	int kind_only; /* patterns that cannot change the kind are not run */
};

/* The taxonomy is borrowed. NULL: no memory. */
struct gp_match *gp_match_new(const struct gp_taxonomy *);
void gp_match_free(struct gp_match *);

/*
 * Matches valid UTF-8: hit[], score[] and touched[] tell until the next call.
 * A score whose epoch is not the matcher's is 0.
 */
void gp_match_text(struct gp_match *, struct gp_span);

/*
 * The same in steps, for one who goes through the words for himself as well:
 * begin, each word with its atoms and each other token by its kind (enum
 * gp_token_kind), end. gp_match_atoms finds the atoms of a folded word.
 */
void gp_match_begin(struct gp_match *);
void gp_match_word(struct gp_match *, const struct gp_word *);
void gp_match_mark(struct gp_match *, int kind);
void gp_match_end(struct gp_match *, struct gp_span text);
size_t gp_match_atoms(
    struct gp_match *, struct gp_span folded, unsigned atom[GP_WORD_ATOMS]);

#endif
