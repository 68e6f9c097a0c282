/*
 * One label against the rest: a linear SVM with the squared hinge, trained by
 * dual coordinate descent with shrinking. C.-J. Hsieh et al., "A dual
 * coordinate descent method for large-scale linear SVM", ICML 2008, as
 * LIBLINEAR's -s 1 does it. The order of the steps comes from a generator of
 * its own: the same rows give the same weights.
 */
#ifndef GP_LEARN_SVM_H
#define GP_LEARN_SVM_H

#include "learn/corpus.h"

/* How probable the seen head finds its likeliest labels, in 255ths. */
struct gp_row_score {
	uint16_t label[GP_ROW_SCORES];
	uint8_t p[GP_ROW_SCORES];
};

struct gp_svm {
	const struct gp_corpus *corpus;
	const uint32_t *row; /* those to learn from */
	size_t rows;
	const int32_t *label;             /* by row of the corpus */
	const struct gp_row_score *score; /* by row; NULL: not seen */
	double c;                         /* what an error costs */
	float tf[256];
};

/* Room of one thread; cells for all features. */
struct gp_svm_room {
	struct gp_cell_w {
		float w, idf;
	} * cell;
	float *alpha;
	uint32_t *order;
	float bias;
};

/* -1: no memory. */
int gp_svm_room_init(struct gp_svm_room *, const struct gp_svm *);
void gp_svm_room_release(struct gp_svm_room *);

/* Weights of the label go into room->cell[].w and room->bias. */
void gp_svm_train(
    const struct gp_svm *, int32_t label, double weight, struct gp_svm_room *);

/* The sum of w * x of a row, with the cells given. */
float gp_svm_dot(
    const struct gp_svm *, uint32_t row, const struct gp_svm_room *);

#endif
