#include "learn/fit.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "learn/help.h"

/* The bias of a label that none of the rows has: it is never the likeliest, at
 * no temperature. */
#define ABSENT (-1000.0f)

struct task {
	size_t head;
	int32_t label;
	double weight;
};

struct work {
	struct gp_fit *fit;
	const struct gp_fit_how *how;
	struct task *task;
	size_t tasks, next, done;
	uint32_t *row[GP_MOST_HEADS];
	size_t rows[GP_MOST_HEADS];
	pthread_mutex_t lock;
	int bad;
};

int
gp_head_sees(const struct gp_corpus *c, size_t head)
{
	return c->seen != -1 && strncmp(c->head[head], "class.", 6) != 0;
}

int
gp_fit_init(struct gp_fit *fit, const struct gp_corpus *c)
{
	size_t h;

	memset(fit, 0, sizeof(*fit));
	fit->corpus = c;
	for (h = 0; h < c->heads; h++)
		fit->col[h + 1] = fit->col[h] + c->names[h].n;
	fit->cols = fit->col[c->heads];
	fit->w = calloc(c->n * fit->cols + 1, sizeof(*fit->w));
	fit->bias = calloc(fit->cols + 1, sizeof(*fit->bias));
	if (fit->w != NULL && fit->bias != NULL)
		return 0;
	gp_fit_release(fit);
	return -1;
}

void
gp_fit_release(struct gp_fit *fit)
{
	free(fit->w);
	free(fit->bias);
	fit->w = fit->bias = NULL;
}

static void
learn(struct work *work, const struct task *task, struct gp_svm_room *room,
    const struct gp_svm *svm)
{
	struct gp_fit *fit = work->fit;
	size_t col = fit->col[task->head] + (size_t)task->label, i;

	if (task->weight <= 0) { /* in none of these rows */
		fit->bias[col] = ABSENT;
		return;
	}
	gp_svm_train(svm, task->label, task->weight, room);
	for (i = 0; i < fit->corpus->n; i++)
		fit->w[i * fit->cols + col] = room->cell[i].w;
	fit->bias[col] = room->bias;
}

static void *
worker(void *arg)
{
	struct work *work = arg;
	const struct gp_fit_how *how = work->how;
	struct gp_svm svm = { .corpus = how->corpus, .c = how->c };
	struct gp_svm_room room;
	struct task *task;
	unsigned n;

	for (n = 0; n < 256; n++)
		svm.tf[n] = gp_feature_tf(n);
	svm.rows = how->corpus->rows; /* room for any head */
	if (gp_svm_room_init(&room, &svm) == -1) {
		work->bad = 1;
		return NULL;
	}
	pthread_mutex_lock(&work->lock);
	while (work->next < work->tasks && !work->bad) {
		task = &work->task[work->next++];
		pthread_mutex_unlock(&work->lock);
		svm.row = work->row[task->head];
		svm.rows = work->rows[task->head];
		svm.label = how->corpus->label[task->head];
		svm.score =
		    gp_head_sees(how->corpus, task->head) ? how->score : NULL;
		learn(work, task, &room, &svm);
		pthread_mutex_lock(&work->lock);
		work->done++;
		if (how->progress != NULL)
			how->progress(how->ctx, work->done, work->tasks);
	}
	pthread_mutex_unlock(&work->lock);
	gp_svm_room_release(&room);
	return NULL;
}

/* The rows of a head, and a task for each of its labels. */
static int
head(struct work *work, size_t h)
{
	const struct gp_fit_how *how = work->how;
	const struct gp_corpus *c = how->corpus;
	size_t classes = c->names[h].n, present = 0, i;
	size_t *count = calloc(classes + 1, sizeof(*count));

	work->row[h] = malloc((c->rows + 1) * sizeof(*work->row[h]));
	if (count == NULL || work->row[h] == NULL) {
		free(count);
		return -1;
	}
	for (i = 0; i < c->rows; i++) {
		if (c->label[h][i] == GP_UNLABELLED ||
		    (how->leave != NULL && how->leave[i]))
			continue;
		work->row[h][work->rows[h]++] = (uint32_t)i;
		present += count[c->label[h][i]]++ == 0;
	}
	for (i = 0; i < classes; i++) {
		double n = (double)work->rows[h];

		work->task[work->tasks++] = (struct task){ h, (int32_t)i,
			count[i] == 0
			    ? 0
			    : sqrt(n / ((double)present * (double)count[i])) };
	}
	free(count);
	return 0;
}

static int
run(struct work *work)
{
	pthread_t thread[GP_MAX_JOBS];
	long n = work->how->jobs, i, started = 0;

	if (n > (long)work->tasks)
		n = (long)work->tasks;
	for (i = 1; i < n && i < GP_MAX_JOBS; i++)
		if (pthread_create(&thread[started], NULL, worker, work) == 0)
			started++;
	worker(work);
	for (i = 0; i < started; i++)
		pthread_join(thread[i], NULL);
	return work->bad ? -1 : 0;
}

int
gp_fit_learn(struct gp_fit *fit, const struct gp_fit_how *how)
{
	struct work work = { .fit = fit, .how = how };
	size_t h;
	int r = 0;

	work.task = malloc((fit->cols + 1) * sizeof(*work.task));
	if (work.task == NULL)
		return -1;
	pthread_mutex_init(&work.lock, NULL);
	for (h = 0; h < how->corpus->heads && r == 0; h++)
		if (how->heads >> h & 1)
			r = head(&work, h);
	if (r == 0)
		r = run(&work);
	if (r == 0)
		r = gp_help(fit, how);
	for (h = 0; h < GP_MOST_HEADS; h++)
		free(work.row[h]);
	pthread_mutex_destroy(&work.lock);
	free(work.task);
	return r;
}

static void
add(const struct gp_fit *fit, uint32_t id, float x, float *score)
{
	const float *w = fit->w + (size_t)id * fit->cols;
	size_t i;

	for (i = 0; i < fit->cols; i++)
		score[i] += x * w[i];
}

void
gp_fit_row(const struct gp_fit *fit, uint32_t row,
    const struct gp_row_score *seen, float *score)
{
	const struct gp_corpus *c = fit->corpus;
	const struct gp_row *r = &c->row[row];
	size_t i;
	float x;
	int b;

	memcpy(score, fit->bias, fit->cols * sizeof(*score));
	for (i = r->at; i < r[1].at; i++) {
		b = (int)gp_feature_block(c->key[c->entry[i] >> 8]);
		x = gp_feature_tf(c->entry[i] & 0xff) *
		    c->idf[c->entry[i] >> 8];
		add(fit, c->entry[i] >> 8, b < 2 ? x * r->norm[b] : x, score);
	}
	for (i = 0; i < GP_ROW_SCORES && seen != NULL; i++)
		add(fit, c->score_id[seen[row].label[i]],
		    (float)seen[row].p[i] / 255, score);
}

float
gp_sure(float p, float slope, float offset)
{
	p = fminf(fmaxf(p, 1e-6f), 1 - 1e-6f);
	return 1 / (1 + expf(-slope * logf(p / (1 - p)) - offset));
}

struct gp_row_score
gp_row_score_of(const float *p, size_t n)
{
	struct gp_row_score s = { { 0 }, { 0 } };
	float top[GP_ROW_SCORES + 1] = { 0 };
	size_t i, k;

	for (i = 0; i < n; i++) {
		for (k = GP_ROW_SCORES; k > 0 && p[i] > top[k - 1]; k--) {
			top[k] = top[k - 1];
			if (k < GP_ROW_SCORES)
				s.label[k] = s.label[k - 1];
		}
		if (k < GP_ROW_SCORES) {
			top[k] = p[i];
			s.label[k] = (uint16_t)i;
		}
	}
	for (k = 0; k < GP_ROW_SCORES; k++)
		s.p[k] = (uint8_t)(top[k] * 255 + 0.5f);
	return s;
}
