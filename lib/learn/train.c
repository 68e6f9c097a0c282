#include "learn/train.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct run {
	const struct gp_corpus *corpus;
	const struct gp_train_how *how;
	const char *what;
	struct gp_row_score *score;
};

static void
progress(void *ctx, size_t done, size_t all)
{
	const struct run *run = ctx;

	if (run->how->progress != NULL)
		run->how->progress(run->how->ctx, run->what, done, all);
}

static struct gp_fit_how
fit_how(struct run *run, unsigned heads)
{
	return (struct gp_fit_how){ .corpus = run->corpus,
		.c = run->how->c,
		.jobs = run->how->jobs,
		.heads = heads,
		.score = run->score,
		.progress = progress,
		.ctx = run };
}

/* Those that see scores come second: they need those of the first. */
static int
judge(struct gp_trained *t, struct run *run, int sees)
{
	const struct gp_corpus *c = run->corpus;
	struct gp_fit_how how;
	unsigned heads = 0;
	size_t h;

	for (h = 0; h < c->heads; h++)
		if (gp_head_sees(c, h) == sees)
			heads |= 1u << h;
	if (heads == 0)
		return 0;
	how = fit_how(run, heads);
	if (gp_fold_run(&t->held[sees], &how, run->how->folds) == -1)
		return -1;
	for (h = 0; h < c->heads; h++)
		if ((heads >> h & 1) &&
		    gp_fold_calibrate(
			&t->held[sees], &t->layout, h, &t->cal[h]) == -1)
			return -1;
	if (sees || c->seen == -1)
		return 0;
	run->score = gp_fold_scores(
	    &t->held[0], &t->layout, &how, t->cal[c->seen].temperature);
	return run->score != NULL ? 0 : -1;
}

static int
learn(struct gp_trained *t, struct run *run)
{
	const struct gp_corpus *c = run->corpus;
	struct gp_fit_how how = fit_how(run, (1u << c->heads) - 1);
	struct gp_fit fit;
	int r;

	if (gp_fit_init(&fit, c) == -1)
		return -1;
	r = gp_fit_learn(&fit, &how);
	if (r == 0)
		gp_model_save(
		    &fit, t->cal, run->how->side, run->how->sides, &t->model);
	gp_fit_release(&fit);
	return t->model.bad ? -1 : r;
}

int
gp_train_run(struct gp_trained *t, const struct gp_corpus *c,
    const struct gp_train_how *how)
{
	struct run run = { c, how, "judging", NULL };
	int r;

	memset(t, 0, sizeof(*t));
	gp_buf_init(&t->model, GP_MODEL_MOST);
	r = gp_fit_init(&t->layout, c);
	if (r == 0)
		r = judge(t, &run, 0);
	if (r == 0)
		r = judge(t, &run, 1);
	run.what = "learning";
	if (r == 0)
		r = learn(t, &run);
	free(run.score);
	return r;
}

void
gp_trained_release(struct gp_trained *t)
{
	gp_held_release(&t->held[0]);
	gp_held_release(&t->held[1]);
	gp_fit_release(&t->layout);
	gp_buf_release(&t->model);
}

int
gp_trained_trial(
    const struct gp_trained *t, size_t head, struct gp_trial *trial)
{
	const struct gp_corpus *c = t->layout.corpus;
	const struct gp_held *held = &t->held[gp_head_sees(c, head)];
	size_t n = c->names[head].n, i, k, best;
	float *p = malloc((n + 1) * sizeof(*p));
	int32_t gold;

	if (p == NULL)
		return -1;
	for (k = 0; k < n; k++)
		gp_trial_name(trial, c->names[head].name[k]);
	for (i = 0; i < held->n; i++) {
		gold = c->label[head][held->row[i]];
		if (gold == GP_UNLABELLED)
			continue;
		gp_softmax(held->score + i * held->cols + t->layout.col[head],
		    n, t->cal[head].temperature, p);
		for (k = best = 0; k < n; k++)
			if (p[k] > p[best])
				best = k;
		gp_trial_add(trial,
		    (struct gp_said){ held->row[i], gold, (int32_t)best,
			gp_sure(p[best], t->cal[head].slope,
			    t->cal[head].offset) });
	}
	free(p);
	return trial->bad ? -1 : 0;
}
