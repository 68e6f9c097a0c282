#include "learn/svm.h"

#include <math.h>
#include <stdlib.h>

/* As LIBLINEAR's -e; passes over the rows have an end in any case. */
#define TOLERANCE 0.1
enum {
	MOST_PASSES = 200,
	AHEAD = 8, /* rows */
	LINE = 16  /* entries, of a processor's cache */
};

int
gp_svm_room_init(struct gp_svm_room *room, const struct gp_svm *svm)
{
	room->cell = calloc(svm->corpus->n + 1, sizeof(*room->cell));
	room->alpha = malloc((svm->rows + 1) * sizeof(*room->alpha));
	room->order = malloc((svm->rows + 1) * sizeof(*room->order));
	if (room->cell != NULL && room->alpha != NULL && room->order != NULL)
		return 0;
	gp_svm_room_release(room);
	return -1;
}

void
gp_svm_room_release(struct gp_svm_room *room)
{
	free(room->cell);
	free(room->alpha);
	free(room->order);
	room->cell = NULL;
	room->alpha = NULL;
	room->order = NULL;
}

/* Where a row's blocks lie among its sorted entries. */
struct parts {
	const uint32_t *at[4];
};

static struct parts
parts_of(const struct gp_corpus *c, uint32_t row)
{
	const uint32_t *p = c->entry + c->row[row].at;
	const uint32_t *end = c->entry + c->row[row + 1].at;
	struct parts parts = { { p, end, end, end } };
	const uint32_t *q = end;

	/* beside the text stand few: looked for from behind */
	while (q > p && q[-1] >> 8 >= c->first[GP_BLOCK_SIDE])
		q--;
	parts.at[2] = parts.at[1] = q;
	if (c->what & GP_CHAR4) {
		size_t lo = 0, hi = (size_t)(q - p), mid;

		while (lo < hi) {
			mid = (lo + hi) / 2;
			if (p[mid] >> 8 < c->first[GP_BLOCK_CHAR])
				lo = mid + 1;
			else
				hi = mid;
		}
		parts.at[1] = p + lo;
	}
	return parts;
}

float
gp_svm_dot(
    const struct gp_svm *svm, uint32_t row, const struct gp_svm_room *room)
{
	const struct gp_corpus *c = svm->corpus;
	struct parts parts = parts_of(c, row);
	const struct gp_row_score *s;
	float sum = 0, part;
	const uint32_t *p;
	int b, i;

	for (b = 0; b < 3; b++) {
		part = 0;
		for (p = parts.at[b]; p < parts.at[b + 1]; p++) {
			const struct gp_cell_w *w = &room->cell[*p >> 8];

			part += svm->tf[*p & 0xff] * w->idf * w->w;
		}
		sum += b < 2 ? part * c->row[row].norm[b] : part;
	}
	if (svm->score != NULL) {
		s = &svm->score[row];
		for (i = 0; i < GP_ROW_SCORES; i++)
			sum += (float)s->p[i] / 255 *
			    room->cell[c->score_id[s->label[i]]].w;
	}
	return sum;
}

static void
step(const struct gp_svm *svm, uint32_t row, float d, struct gp_svm_room *room)
{
	const struct gp_corpus *c = svm->corpus;
	struct parts parts = parts_of(c, row);
	const struct gp_row_score *s;
	const uint32_t *p;
	int b, i;
	float by;

	for (b = 0; b < 3; b++) {
		by = b < 2 ? d * c->row[row].norm[b] : d;
		for (p = parts.at[b]; p < parts.at[b + 1]; p++) {
			struct gp_cell_w *w = &room->cell[*p >> 8];

			w->w += by * svm->tf[*p & 0xff] * w->idf;
		}
	}
	room->bias += d;
	if (svm->score != NULL) {
		s = &svm->score[row];
		for (i = 0; i < GP_ROW_SCORES; i++)
			room->cell[c->score_id[s->label[i]]].w +=
			    d * (float)s->p[i] / 255;
	}
}

static float
square(const struct gp_svm *svm, uint32_t row)
{
	float sum = svm->corpus->row[row].square + 1, p;
	int i;

	for (i = 0; i < GP_ROW_SCORES && svm->score != NULL; i++) {
		p = (float)svm->score[row].p[i] / 255;
		sum += p * p;
	}
	return sum;
}

static uint64_t
next(uint64_t *state)
{
	uint64_t x = *state;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	*state = x;
	return x * 0x2545f4914f6cdd1du;
}

static void
swap(uint32_t *v, size_t a, size_t b)
{
	uint32_t t = v[a];

	v[a] = v[b];
	v[b] = t;
}

static void
begin(const struct gp_svm *svm, struct gp_svm_room *room)
{
	size_t i;

	for (i = 0; i < svm->corpus->n; i++)
		room->cell[i] = (struct gp_cell_w){ 0, svm->corpus->idf[i] };
	for (i = 0; i < svm->rows; i++) {
		room->alpha[i] = 0;
		room->order[i] = (uint32_t)i;
	}
	room->bias = 0;
}

struct bounds {
	double max, min; /* of the projected gradient in this pass */
};

/* One row; 1: it is to rest until the others are done. */
static int
visit(const struct gp_svm *svm, int32_t label, double weight, uint32_t i,
    double rest, struct bounds *seen, struct gp_svm_room *room)
{
	uint32_t row = svm->row[i];
	int mine = svm->label[row] == label;
	float y = mine ? 1 : -1, old = room->alpha[i];
	double diag = 0.5 / (mine ? svm->c * weight : svm->c), g, pg, now;

	g = (double)(y * (gp_svm_dot(svm, row, room) + room->bias)) - 1 +
	    diag * (double)old;
	pg = g;
	if (old <= 0) {
		if (g > rest)
			return 1;
		if (g > 0)
			pg = 0;
	}
	if (pg > seen->max)
		seen->max = pg;
	if (pg < seen->min)
		seen->min = pg;
	if (fabs(pg) > 1e-12) {
		now = (double)old - g / (diag + (double)square(svm, row));
		room->alpha[i] = now > 0 ? (float)now : 0;
		step(svm, row, (room->alpha[i] - old) * y, room);
	}
	return 0;
}

/*
 * Rows are visited in an order of chance, and of a million hardly one is in
 * the processor's cache: what a coming one needs is asked for ahead, its number
 * first and then, nearer, its place and its entries. That is three quarters of
 * the time. Inlined by force: gcc drops calls of what does nothing but ask.
 */
static inline __attribute__((always_inline)) void
ask_ahead(const struct gp_svm *svm, const struct gp_svm_room *room, size_t s,
    size_t active)
{
	const struct gp_corpus *c = svm->corpus;
	const uint32_t *order = room->order + s, *p, *end;
	uint32_t row;

	if (s + 3 * AHEAD < active)
		__builtin_prefetch(&svm->row[order[3 * AHEAD]]);
	if (s + 2 * AHEAD < active) {
		row = svm->row[order[2 * AHEAD]];
		__builtin_prefetch(&c->row[row]);
		__builtin_prefetch(&c->row[row + 1]);
		__builtin_prefetch(&svm->label[row]);
		__builtin_prefetch(&room->alpha[order[2 * AHEAD]]);
	}
	if (s + AHEAD < active) {
		row = svm->row[order[AHEAD]];
		end = c->entry + c->row[row + 1].at;
		for (p = c->entry + c->row[row].at; p < end; p += LINE)
			__builtin_prefetch(p);
		__builtin_prefetch(end);
	}
}

/* By R. Fisher and F. Yates; the places to swap with are known ahead too. */
static void
shuffle(uint32_t *order, size_t n, uint64_t *random)
{
	size_t to[AHEAD] = { 0 }, s;

	for (s = 0; s < n + AHEAD; s++) {
		if (s >= AHEAD)
			swap(order, s - AHEAD, to[s % AHEAD]);
		if (s < n) {
			to[s % AHEAD] = s + (size_t)(next(random) % (n - s));
			__builtin_prefetch(&order[to[s % AHEAD]]);
		}
	}
}

void
gp_svm_train(const struct gp_svm *svm, int32_t label, double weight,
    struct gp_svm_room *room)
{
	uint64_t random = 0x9e3779b97f4a7c15u + (uint64_t)label;
	size_t active = svm->rows, s;
	double rest = INFINITY;
	struct bounds seen;
	int pass;

	begin(svm, room);
	for (pass = 0; pass < MOST_PASSES && svm->rows > 0; pass++) {
		seen = (struct bounds){ -INFINITY, INFINITY };
		shuffle(room->order, active, &random);
		for (s = 0; s < active; s++) {
			ask_ahead(svm, room, s, active);
			if (visit(svm, label, weight, room->order[s], rest,
				&seen, room))
				swap(room->order, s--, --active);
		}
		if (seen.max - seen.min <= TOLERANCE) {
			if (active == svm->rows)
				break;
			active = svm->rows;
			rest = INFINITY;
			continue;
		}
		rest = seen.max > 0 ? seen.max : INFINITY;
	}
}
