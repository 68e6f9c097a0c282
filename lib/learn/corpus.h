/*
 * Labelled texts in memory, as the learner wants them: a row of features for
 * each, and for each head the number of its label.
 *
 * A row costs 4 bytes a feature (24 bits its number, 8 how often it stands
 * there) and 28 bytes besides, 4 more a head; a feature 24 bytes. So 1,000,000
 * texts of 300 letters are about 250 MB with stems alone.
 */
#ifndef GP_LEARN_CORPUS_H
#define GP_LEARN_CORPUS_H

#include "base/pool.h"
#include "learn/feature.h"

enum {
	GP_MOST_HEADS = 8,
	GP_MOST_SIDES = 8,
	GP_MOST_SIDE_KEYS = 2 * GP_MOST_SIDES,
	GP_MOST_CLASSES = 4096, /* of one head */
	GP_MOST_FEATURES = 1 << 24,
	GP_ROW_SCORES = 4, /* the likeliest labels of the head that is seen */
	GP_UNLABELLED = -1
};

struct gp_names {
	struct gp_span *name; /* sorted by bytes once the corpus is finished */
	size_t n, cap;
	uint32_t *slot; /* by hash: number + 1 */
	size_t slots;
};

struct gp_row {
	size_t at;     /* of its first entry; the next row's is its end */
	float norm[2]; /* of stems and of runs of letters */
	float square;  /* sum of x * x, without scores */
};

struct gp_corpus {
	int what;
	const char *head[GP_MOST_HEADS]; /* labels; borrowed */
	size_t heads;
	struct gp_names names[GP_MOST_HEADS];
	int32_t *label[GP_MOST_HEADS]; /* by row; GP_UNLABELLED */
	int seen; /* the head whose scores others see; -1: none */
	uint32_t score_id[GP_MOST_CLASSES]; /* their features */

	uint32_t *entry; /* feature << 8 | times, sorted in each row */
	size_t entries, entries_cap;
	struct gp_row *row;
	uint64_t *id; /* of its record; 0: none */
	size_t rows, rows_cap;

	uint64_t *key;  /* by feature; sorted once finished */
	uint64_t *back; /* by feature: the key that stands in for it, or 0 */
	uint32_t *df;
	float *idf;
	size_t n, n_cap;
	uint32_t first[GP_BLOCKS + 1]; /* where each block begins */
	uint32_t *slot;
	size_t slots;

	size_t texts;         /* that idf and df are counted of */
	const uint8_t *leave; /* by row: 1 is not among them; or NULL */
	uint32_t least;
	size_t most;
	/* As it was before features were chosen, for gp_part_init; or NULL. */
	struct gp_corpus *raw;

	struct gp_features *features;
	struct gp_pool pool;
	int bad;  /* no memory; latched */
	int full; /* a head has more than GP_MOST_CLASSES labels; latched */
};

/* What one record gives. */
struct gp_lesson {
	struct gp_span text;
	struct gp_span label[GP_MOST_HEADS]; /* p NULL: none of this head */
	uint64_t side[GP_MOST_SIDE_KEYS];    /* keys of what stands beside it */
	size_t sides;
	uint64_t id; /* of the record; of two the later counts; 0: none */
};

/* -1: no memory. */
int gp_corpus_init(struct gp_corpus *, int what);
void gp_corpus_release(struct gp_corpus *);
/* Takes a copy. Out of memory latches. */
void gp_corpus_add(struct gp_corpus *, const struct gp_lesson *);
/* The number of a feature's key, a new one if need be; GP_NO_FEATURE: there
 * are too many. The corpus is widened before it is a quarter full. */
gp_feature_find gp_corpus_number;
void gp_corpus_widen(struct gp_corpus *);

/*
 * Forgets features in fewer than `least` texts and, of what is left, the
 * rarest beyond `most`; what stands in for the forgotten is kept by the same
 * rule. Sorts features and names. Of at most `raw` texts it also keeps what it
 * chose from. -1: no memory.
 */
int gp_corpus_finish(
    struct gp_corpus *, uint32_t least, size_t most, size_t raw);
/* The choice alone, by df. */
int gp_corpus_choose(struct gp_corpus *);

#endif
