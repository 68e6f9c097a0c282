/*
 * What a model says of a text. One scorer a thread; the model is shared.
 */
#ifndef GP_LEARN_SCORE_H
#define GP_LEARN_SCORE_H

#include "learn/model.h"

enum {
	GP_MOST_TOP = 16,
	GP_MOST_WHY = 8
};

struct gp_guess {
	uint32_t label; /* of its head, from 0 */
	float p;
};

/* What one head says. */
struct gp_opinion {
	struct gp_guess top[GP_MOST_TOP]; /* the likeliest first */
	size_t n;                         /* 0: it abstains, nothing is known */
};

struct gp_scorer;

/* The model is borrowed. NULL: no memory. */
struct gp_scorer *gp_scorer_new(const struct gp_model *);
void gp_scorer_free(struct gp_scorer *);
/* Someone else looks at the words too; borrowed, before the first text. */
void gp_scorer_look(struct gp_scorer *, const struct gp_look *);

/*
 * Scores a text and the keys of what stands beside it (GP_BLOCK_SIDE). -1: no
 * memory. The number of words that the model knows goes into known.
 */
int gp_score_text(struct gp_scorer *, struct gp_span, const uint64_t *side,
    size_t sides, size_t *known);
/* The head's likeliest labels, at most `top`, of the text scored last. */
void gp_score_head(
    struct gp_scorer *, size_t head, size_t top, struct gp_opinion *);
/*
 * The words of the text scored last that spoke most for a label, as written,
 * the strongest first, at most GP_MOST_WHY; returns how many.
 */
size_t gp_score_why(struct gp_scorer *, size_t head, uint32_t label,
    struct gp_span why[GP_MOST_WHY]);

/* How many words the text scored last has. */
size_t gp_score_words(const struct gp_scorer *);

/* Name of a head's label. */
struct gp_span gp_model_label_name(
    const struct gp_model *, size_t head, uint32_t label);
/* The head of that member, or -1. */
int gp_model_head_of(const struct gp_model *, const char *member);

#endif
