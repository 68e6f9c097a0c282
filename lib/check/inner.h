/* What the parts of a checker share. Of lib/check alone. */
#ifndef GP_CHECK_INNER_H
#define GP_CHECK_INNER_H

#include "check/check.h"
#include "rules/match.h"

/* A word that some term asks for. */
struct gp_check_word {
	struct gp_span raw;
	uint32_t at;          /* the matcher's place */
	unsigned atom, atoms; /* of the checker's */
};

/* A piece of the folded text and where it comes from. */
struct gp_check_piece {
	size_t folded, raw;
	int word; /* its bytes do not stand one for one */
};

struct gp_check_place {
	size_t from, to; /* bytes of the text */
};

/* Where the matches of a set lie, found when they are asked for. */
struct gp_check_found {
	uint32_t epoch;
	unsigned at, n; /* of the checker's places */
};

struct gp_checker {
	const struct gp_standard *s;
	struct gp_match *match;
	struct gp_pattern_run *run;
	struct gp_personal_run *personal;
	struct gp_check_item own; /* what `item` is */
	const struct gp_check_item *item;
	uint32_t epoch;
	int bad; /* no memory; latched for one text */

	struct gp_check_word *word;
	size_t words, word_cap;
	unsigned *atom;
	size_t atoms, atom_cap;

	struct gp_buf folded;
	int is_folded, is_mapped;
	struct gp_check_piece *piece;
	size_t pieces, piece_cap;

	struct gp_check_place *place;
	size_t places, place_cap;
	struct gp_check_found *found; /* by set */

	struct gp_check_place *sentence;
	size_t sentences, sentence_cap;
	int has_sentences;

	struct gp_check_finding finding[GP_CHECK_FINDINGS];
	size_t findings;
};

/* phrase.c: the places of a set, in order, without overlap. */
struct gp_check_found gp_check_find(struct gp_checker *, unsigned set);
/* 1: it is somewhere in the text; cheaper. */
int gp_check_has(struct gp_checker *, unsigned set);
/* The matcher's seen(). */
void gp_check_see(void *ctx, const struct gp_token *, const struct gp_word *);

/* fold.c: the text as patterns see it, and the way back. */
struct gp_span gp_check_folded(struct gp_checker *);
struct gp_check_place gp_check_unfold(
    const struct gp_checker *, size_t from, size_t to);

/* sentence.c */
void gp_check_sentences(struct gp_checker *);
/* The sentence that holds a byte, with those beside it if asked for. */
struct gp_check_place gp_check_around(
    struct gp_checker *, size_t at, int beside);

/* measure.c: what a measure of a text comes to; 0: it is not known. The place
 * of what is longest goes to `where`. */
int gp_check_measure(struct gp_checker *, enum gp_measure, int64_t *value,
    struct gp_check_place *where);

#endif
