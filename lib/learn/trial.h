/* Models against labelled records: one, or two side by side. */
#ifndef GP_LEARN_TRIAL_H
#define GP_LEARN_TRIAL_H

#include "learn/judge.h"
#include "learn/lesson.h"
#include "learn/score.h"

enum {
	GP_RIVALS = 2 /* the new one, the old one */
};

struct gp_test {
	const struct gp_model *model[GP_RIVALS]; /* the second may be NULL */
	struct gp_scorer *scorer[GP_RIVALS];
	struct gp_lesson_how how; /* labels: the heads that are judged */
	struct gp_lesson_reader reader;
	struct gp_trial trial[GP_MOST_HEADS]; /* of the first */
	struct gp_paired paired[GP_MOST_HEADS];
	struct gp_pool pool;
	uint32_t texts;
	size_t machines; /* records passed over: programs gave their labels */
};

/* The heads of the first model are judged. -1: no memory. */
int gp_test_init(struct gp_test *, const struct gp_model *,
    const struct gp_model *old, const char *text);
void gp_test_release(struct gp_test *);
/* A record. 0; -1 refused, with the reason. */
int gp_test_record(struct gp_test *, struct gp_span line, struct gp_why *);

#endif
