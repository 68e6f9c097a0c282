/*
 * The member `class`, gp-record(5), by rules and model together.
 *
 * The kind is the rules'. Where they see a danger and know its group, theirs
 * are group and topic too. Else the one of the two that comes first is asked,
 * and the other where that one abstains: the model does when it knows none or
 * hardly any of the words, the rules when they find no group or are less than
 * half sure. What the record itself has, a rule has said: the model names no
 * assignee to a record that has one, but by gp-route's default.
 */
#ifndef GP_LEARN_MIXED_H
#define GP_LEARN_MIXED_H

#include "learn/lesson.h"
#include "learn/score.h"
#include "rules/class.h"
#include "rules/verdict.h"

struct gp_mixed_how {
	const struct gp_model *model;
	const struct gp_class *class;
	const struct gp_taxonomy *tax; /* NULL: there are no rules */
	struct gp_taxonomy kinds;      /* its kinds alone */
	int rules_first;
	size_t top;        /* labels of each head are told; 0: none */
	double confidence; /* below it a person looks; under 0: the default */
	double coverage;   /* or so that this share needs none; under 0: no */
	/* The rest is from gp_mixed_init. */
	int group; /* the head that decides */
	int has_kind;
	float floor[GP_MOST_HEADS];
	const char *key[GP_MOST_HEADS]; /* the last name of its member */
	struct gp_span *said;           /* by label: the member as JSON */
	struct gp_pool pool;
};

/* -1: no memory. */
int gp_mixed_init(struct gp_mixed_how *);
void gp_mixed_release(struct gp_mixed_how *);

/* One a thread. */
struct gp_mixed {
	const struct gp_mixed_how *how;
	struct gp_scorer *scorer;
	struct gp_match *match; /* all rules; NULL: none */
	struct gp_match *kinds; /* those of kinds; NULL: rules come first */
	struct gp_match *along; /* the one that looks while the model does */
	struct gp_look look;
	struct gp_buf word;
};
int gp_mixed_begin(struct gp_mixed *, const struct gp_mixed_how *);
void gp_mixed_end(struct gp_mixed *);

/*
 * Appends the class of a record. *worth: how far
 * the best label is ahead of the second, the less the more it is worth to ask
 * a person; above 1: nothing is known of it. -1: no memory.
 */
int gp_mixed_put(struct gp_mixed *, struct gp_json_reader *,
    const struct gp_json_obj *, struct gp_span text, int scores,
    struct gp_buf *, float *worth);

#endif
