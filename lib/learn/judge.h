/*
 * Figures of a head: what was said against what is true.
 */
#ifndef GP_LEARN_JUDGE_H
#define GP_LEARN_JUDGE_H

#include "learn/corpus.h"

enum {
	GP_BINS = 10
};

/* One text. Labels are numbers of the trial's names. */
struct gp_said {
	uint32_t text;      /* its number among all */
	int32_t gold, said; /* said GP_UNLABELLED: it abstained */
	float p;
};

struct gp_trial {
	const char *head;
	struct gp_span *name; /* borrowed */
	size_t names, names_cap;
	struct gp_said *said;
	size_t n, cap;
	int bad;
};

struct gp_class_figures {
	size_t gold, said, right;
	double precision, recall, f1;
};

struct gp_confusion {
	int32_t gold, said;
	size_t n;
};

struct gp_figures {
	size_t n, right;
	double accuracy, macro, weighted, ece;
	struct gp_class_figures *label; /* by name */
	struct gp_confusion *confusion; /* mistakes, the most frequent first */
	size_t confusions;
	struct gp_bin {
		size_t n, right;
		double p; /* the mean of what it was sure of */
	} bin[GP_BINS];
	/* of the 10, 20 ... 100 per cent it was surest of: how many are right,
	 * and how sure it was of the last of them */
	struct {
		size_t n, right;
		double floor;
	} coverage[GP_BINS];
};

void gp_trial_init(struct gp_trial *, const char *head);
void gp_trial_release(struct gp_trial *);
/* The number of a name, which must outlive the trial. */
int32_t gp_trial_name(struct gp_trial *, struct gp_span);
void gp_trial_add(struct gp_trial *, struct gp_said);

/* Sorts the trial. -1: no memory. macro: the mean over labels that are true
 * of some text or were said of one. */
int gp_figures_of(struct gp_trial *, struct gp_figures *);
void gp_figures_release(struct gp_figures *);

/*
 * Two judgements of the same texts, McNemar's test, exact, of both sides:
 * better: only the new one is right; worse: only the old one is.
 */
struct gp_paired {
	size_t n, both, better, worse;
	double p;
};
void gp_paired_test(struct gp_paired *);

#endif
