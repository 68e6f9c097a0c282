#include "learn/help.h"

#include <stdlib.h>
#include <string.h>

/* What a head adds of the other's score; of so many in a hundred rows must the
 * one label tell the other, or it is no part of it. */
#define SHARE 0.5f
enum {
	TELLS = 90
};

/* How often each label of the fine head stands with each of the coarse one. */
struct pairs {
	uint32_t *n; /* by fine, then coarse */
	size_t fine, coarse;
};

static int
count(struct pairs *p, const struct gp_fit_how *how, size_t fine, size_t coarse)
{
	const struct gp_corpus *c = how->corpus;
	size_t i;

	p->fine = c->names[fine].n;
	p->coarse = c->names[coarse].n;
	p->n = calloc(p->fine * p->coarse + 1, sizeof(*p->n));
	if (p->n == NULL)
		return -1;
	for (i = 0; i < c->rows; i++) {
		if (c->label[fine][i] == GP_UNLABELLED ||
		    c->label[coarse][i] == GP_UNLABELLED ||
		    (how->leave != NULL && how->leave[i]))
			continue;
		p->n[(size_t)c->label[fine][i] * p->coarse +
		    (size_t)c->label[coarse][i]]++;
	}
	return 0;
}

/* 1: the label of the fine head nearly always tells that of the coarse one. */
static int
tells(const struct pairs *p)
{
	uint64_t all = 0, told = 0;
	size_t f, k;
	uint32_t n, most;

	for (f = 0; f < p->fine; f++) {
		for (k = 0, most = 0; k < p->coarse; k++) {
			n = p->n[f * p->coarse + k];
			all += n;
			if (n > most)
				most = n;
		}
		told += most;
	}
	return all > 0 && 100 * told >= TELLS * all;
}

/* The weights of one feature, or the biases; old: as they were learnt. */
static void
add(const struct pairs *p, const float *coarse, float *fine)
{
	const uint32_t *n;
	size_t f, k;
	uint32_t all;
	float sum;

	for (f = 0; f < p->fine; f++) {
		n = p->n + f * p->coarse;
		for (k = 0, all = 0, sum = 0; k < p->coarse; k++) {
			all += n[k];
			if (n[k] > 0)
				sum += (float)n[k] * coarse[k];
		}
		if (all > 0)
			fine[f] += SHARE * sum / (float)all;
	}
}

static int
help(struct gp_fit *fit, const struct gp_fit_how *how, size_t fine,
    size_t coarse)
{
	struct pairs p = { NULL, 0, 0 };
	size_t i;

	if (count(&p, how, fine, coarse) == -1)
		return -1;
	if (tells(&p)) {
		for (i = 0; i < how->corpus->n; i++)
			add(&p, fit->w + i * fit->cols + fit->col[coarse],
			    fit->w + i * fit->cols + fit->col[fine]);
		add(&p, fit->bias + fit->col[coarse],
		    fit->bias + fit->col[fine]);
	}
	free(p.n);
	return 0;
}

/*
 * The finest first, so that what helps it is as it was learnt. Heads that see
 * scores and heads that do not are learnt apart, so neither helps the other.
 */
static int
finest(const struct gp_corpus *c, unsigned left)
{
	int best = -1;
	size_t h;

	for (h = 0; h < c->heads; h++)
		if ((left >> h & 1) &&
		    (best == -1 || c->names[h].n > c->names[best].n))
			best = (int)h;
	return best;
}

int
gp_help(struct gp_fit *fit, const struct gp_fit_how *how)
{
	const struct gp_corpus *c = how->corpus;
	unsigned left = how->heads;
	size_t h;
	int fine;

	while ((fine = finest(c, left)) != -1) {
		left &= ~(1u << fine);
		for (h = 0; h < c->heads; h++)
			if ((left >> h & 1) &&
			    c->names[h].n < c->names[fine].n &&
			    gp_head_sees(c, h) ==
				gp_head_sees(c, (size_t)fine) &&
			    help(fit, how, (size_t)fine, h) == -1)
				return -1;
	}
	return 0;
}
