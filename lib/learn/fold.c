#include "learn/fold.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "learn/near.h"
#include "learn/part.h"

enum {
	STEPS = 40 /* of the search for a temperature */
};

void
gp_held_release(struct gp_held *held)
{
	free(held->row);
	free(held->score);
	held->row = NULL;
	held->score = NULL;
	held->n = 0;
}

struct plan {
	uint8_t *fold, *leave;
	unsigned k;      /* folds there are */
	unsigned rounds; /* of them judged */
	size_t judged;   /* rows */
};

/* Large sets: one fold in ten, and not all the others. */
static int
plan(struct plan *p, const struct gp_corpus *c, unsigned k)
{
	size_t i;

	p->fold = malloc(c->rows + 1);
	p->leave = malloc(c->rows + 1);
	if (p->fold == NULL || p->leave == NULL)
		return -1;
	p->k = p->rounds = k;
	if (c->rows > GP_FOLD_ROWS) {
		p->rounds = 1;
		p->k = 10;
		while (c->rows / p->k > GP_FOLD_JUDGE && p->k < 250)
			p->k++;
	}
	if (gp_near_folds(c, p->k, p->fold) == -1)
		return -1;
	for (i = p->judged = 0; i < c->rows; i++)
		p->judged += p->fold[i] < p->rounds;
	return 0;
}

static void
leave(const struct plan *p, size_t rows, unsigned round)
{
	size_t i, learnt = 0;

	for (i = 0; i < rows; i++)
		p->leave[i] = p->fold[i] == round ||
		    (rows > GP_FOLD_ROWS && ++learnt > GP_FOLD_LEARN);
}

static int
one(struct gp_held *held, const struct gp_fit_how *how, const struct plan *p,
    unsigned round)
{
	const int parted = how->corpus->raw != NULL;
	struct gp_fit_how mine = *how;
	struct gp_corpus part;
	struct gp_fit fit;
	size_t i;
	int r;

	leave(p, how->corpus->rows, round);
	mine.leave = p->leave;
	if (parted) {
		if (gp_part_init(&part, how->corpus, p->leave) == -1)
			return -1;
		mine.corpus = &part;
	}
	if (gp_fit_init(&fit, mine.corpus) == -1) {
		if (parted)
			gp_part_release(&part);
		return -1;
	}
	held->cols = fit.cols;
	if (held->score == NULL)
		held->score =
		    malloc((p->judged * fit.cols + 1) * sizeof(float));
	r = held->score == NULL ? -1 : gp_fit_learn(&fit, &mine);
	for (i = 0; i < how->corpus->rows && r == 0; i++) {
		if (p->fold[i] != round)
			continue;
		gp_fit_row(&fit, (uint32_t)i, how->score,
		    held->score + held->n * fit.cols);
		held->row[held->n++] = (uint32_t)i;
	}
	gp_fit_release(&fit);
	if (parted)
		gp_part_release(&part);
	return r;
}

int
gp_fold_run(struct gp_held *held, const struct gp_fit_how *how, unsigned k)
{
	struct plan p = { NULL, NULL, 0, 0, 0 };
	unsigned round;
	int r = plan(&p, how->corpus, k);

	memset(held, 0, sizeof(*held));
	if (r == 0)
		held->row = malloc((p.judged + 1) * sizeof(*held->row));
	if (held->row == NULL)
		r = -1;
	for (round = 0; round < p.rounds && r == 0; round++)
		r = one(held, how, &p, round);
	free(p.fold);
	free(p.leave);
	if (r == -1)
		gp_held_release(held);
	return r;
}

/* The labelled ones of a head. */
struct judged {
	const struct gp_held *held;
	const int32_t *label;
	size_t first, n;
	float *p;
};

static double
loss(const struct judged *j, double temperature)
{
	double sum = 0;
	int32_t label;
	size_t i;

	for (i = 0; i < j->held->n; i++) {
		label = j->label[j->held->row[i]];
		if (label == GP_UNLABELLED)
			continue;
		gp_softmax(j->held->score + i * j->held->cols + j->first, j->n,
		    (float)temperature, j->p);
		sum -= log(fmax((double)j->p[label], 1e-7));
	}
	return sum;
}

/* By golden sections of its logarithm, from 1/100 to 10. */
static float
temperature(const struct judged *j)
{
	const double golden = (sqrt(5) - 1) / 2;
	double lo = log(0.01), hi = log(10), a, b, la, lb;
	int i;

	a = hi - golden * (hi - lo);
	b = lo + golden * (hi - lo);
	la = loss(j, exp(a));
	lb = loss(j, exp(b));
	for (i = 0; i < STEPS; i++) {
		if (la < lb) {
			hi = b;
			b = a;
			lb = la;
			a = hi - golden * (hi - lo);
			la = loss(j, exp(a));
		} else {
			lo = a;
			a = b;
			la = lb;
			b = lo + golden * (hi - lo);
			lb = loss(j, exp(b));
		}
	}
	return (float)exp((lo + hi) / 2);
}

static int
falling(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return x > y ? -1 : x < y;
}

/* The likeliest label of each and if it is true; returns how many. */
static size_t
best_of(const struct judged *j, float t, float *sure, uint8_t *right)
{
	size_t i, k, n = 0, best;
	int32_t label;

	for (i = 0; i < j->held->n; i++) {
		label = j->label[j->held->row[i]];
		if (label == GP_UNLABELLED)
			continue;
		gp_softmax(j->held->score + i * j->held->cols + j->first, j->n,
		    t, j->p);
		for (k = best = 0; k < j->n; k++)
			if (j->p[k] > j->p[best])
				best = k;
		right[n] = best == (size_t)label;
		sure[n++] = j->p[best];
	}
	return n;
}

/*
 * Slope and offset of gp_sure by Newton's method, drawn a little to 1 and 0:
 * of few texts nothing much is to be believed.
 */
static void
slope(const float *sure, const uint8_t *right, size_t n,
    struct gp_calibration *cal)
{
	double a = 1, b = 0, ga, gb, haa, hab, hbb, x, p, w, det;
	size_t i;
	int step;

	for (step = 0; step < STEPS; step++) {
		ga = a - 1;
		gb = b;
		haa = hbb = 1;
		hab = 0;
		for (i = 0; i < n; i++) {
			p = fmin(fmax((double)sure[i], 1e-6), 1 - 1e-6);
			x = log(p / (1 - p));
			p = 1 / (1 + exp(-a * x - b));
			w = p * (1 - p);
			ga += (p - right[i]) * x;
			gb += p - right[i];
			haa += w * x * x;
			hab += w * x;
			hbb += w;
		}
		det = haa * hbb - hab * hab;
		a -= (hbb * ga - hab * gb) / det;
		b -= (haa * gb - hab * ga) / det;
	}
	cal->slope = (float)fmin(fmax(a, 0.05), 20);
	cal->offset = (float)fmin(fmax(b, -20), 20);
}

/* sure[] becomes what the head says, and is put in order. */
static void
floors(float *sure, size_t n, struct gp_calibration *cal)
{
	size_t i, k, at;

	for (i = 0; i < n; i++)
		sure[i] = gp_sure(sure[i], cal->slope, cal->offset);
	cal->held = (uint32_t)n;
	qsort(sure, n, sizeof(*sure), falling);
	for (k = 0; k < GP_PERCENTS; k++) {
		at = k * n / 100;
		cal->floor[k] = at == 0 ? 1 : fminf(sure[at - 1], 1);
	}
	cal->floor[100] = 0;
}

int
gp_fold_calibrate(const struct gp_held *held, const struct gp_fit *layout,
    size_t head, struct gp_calibration *cal)
{
	struct judged j = { held, layout->corpus->label[head],
		layout->col[head], layout->corpus->names[head].n, NULL };
	float *sure = malloc((held->n + 1) * sizeof(*sure));
	uint8_t *right = malloc(held->n + 1);
	size_t n;
	int r = -1;

	j.p = malloc((j.n + 1) * sizeof(*j.p));
	if (sure != NULL && right != NULL && j.p != NULL) {
		cal->temperature = temperature(&j);
		n = best_of(&j, cal->temperature, sure, right);
		slope(sure, right, n, cal);
		floors(sure, n, cal);
		r = 0;
	}
	free(sure);
	free(right);
	free(j.p);
	return r;
}

/* What a fit of some rows says of those of one half. */
static int
score_half(struct gp_row_score *all, const struct gp_fit_how *how,
    const struct plan *half, unsigned round, float t)
{
	const struct gp_corpus *c = how->corpus;
	size_t n = c->names[c->seen].n, i;
	struct gp_fit fit;
	float *score, *p;
	int r = -1;

	if (gp_fit_init(&fit, c) == -1)
		return -1;
	score = malloc((fit.cols + 1) * sizeof(*score));
	p = malloc((n + 1) * sizeof(*p));
	if (score != NULL && p != NULL)
		r = gp_fit_learn(&fit, how);
	for (i = 0; i < c->rows && r == 0; i++) {
		if (half->fold[i] != round)
			continue;
		gp_fit_row(&fit, (uint32_t)i, NULL, score);
		gp_softmax(score + fit.col[c->seen], n, t, p);
		all[i] = gp_row_score_of(p, n);
	}
	free(score);
	free(p);
	gp_fit_release(&fit);
	return r;
}

/* Each half by what was learnt of the other. */
static struct gp_row_score *
score_halves(const struct gp_fit_how *how, float t)
{
	const struct gp_corpus *c = how->corpus;
	struct gp_row_score *all = calloc(c->rows + 1, sizeof(*all));
	struct plan half = { malloc(c->rows + 1), malloc(c->rows + 1), 2, 2,
		0 };
	struct gp_fit_how mine = *how;
	unsigned round;
	int r = -1;

	mine.leave = half.leave;
	mine.heads = 1u << c->seen;
	if (all != NULL && half.fold != NULL && half.leave != NULL)
		r = gp_near_folds(c, half.k, half.fold);
	for (round = 0; round < half.rounds && r == 0; round++) {
		leave(&half, c->rows, round);
		r = score_half(all, &mine, &half, round, t);
	}
	free(half.fold);
	free(half.leave);
	if (r == 0)
		return all;
	free(all);
	return NULL;
}

struct gp_row_score *
gp_fold_scores(const struct gp_held *held, const struct gp_fit *layout,
    const struct gp_fit_how *how, float t)
{
	const struct gp_corpus *c = layout->corpus;
	size_t n = c->names[c->seen].n, first = layout->col[c->seen], i;
	struct gp_row_score *all;
	float *p;

	if (c->rows > GP_FOLD_ROWS) /* not all of them were judged */
		return score_halves(how, t);
	all = calloc(c->rows + 1, sizeof(*all));
	p = malloc((n + 1) * sizeof(*p));
	for (i = 0; i < held->n && all != NULL && p != NULL; i++) {
		gp_softmax(held->score + i * held->cols + first, n, t, p);
		all[held->row[i]] = gp_row_score_of(p, n);
	}
	if (p == NULL) {
		free(all);
		all = NULL;
	}
	free(p);
	return all;
}
