#include "learn/score.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* A feature of this text, ready to be added. */
struct part {
	const int8_t *weight;
	int16_t by;
	uint32_t word;
};

#define NO_WORD ((uint32_t)-1)

struct gp_scorer {
	const struct gp_model *model;
	struct gp_features *features;
	struct gp_bag bag;
	float tf[256];
	struct part *part;
	size_t parts, cap;
	float *score, *p;
	float *word; /* what each token adds, for why */
	size_t words;
	uint32_t first[GP_BLOCKS + 1]; /* where each block of features begins */
};

struct gp_scorer *
gp_scorer_new(const struct gp_model *m)
{
	struct gp_scorer *s = calloc(1, sizeof(*s));
	size_t columns = m->head->columns;
	unsigned n;

	if (s == NULL)
		return NULL;
	s->model = m;
	for (n = 0; n < 256; n++)
		s->tf[n] = gp_feature_tf(n);
	for (n = 0; n < m->head->features; n++)
		s->first[gp_feature_block(m->key[n]) + 1] = n + 1;
	for (n = 1; n <= GP_BLOCKS; n++)
		if (s->first[n] < s->first[n - 1])
			s->first[n] = s->first[n - 1];
	s->features =
	    gp_features_new(m->head->what, gp_model_find, (void *)(uintptr_t)m);
	s->score = malloc(columns * sizeof(*s->score));
	s->p = malloc(columns * sizeof(*s->p));
	if (s->features == NULL || s->score == NULL || s->p == NULL) {
		gp_scorer_free(s);
		return NULL;
	}
	return s;
}

void
gp_scorer_free(struct gp_scorer *s)
{
	if (s == NULL)
		return;
	gp_features_free(s->features);
	free(s->part);
	free(s->score);
	free(s->p);
	free(s->word);
	free(s);
}

void
gp_scorer_look(struct gp_scorer *s, const struct gp_look *look)
{
	gp_features_look(s->features, look);
}

/* lrintf of what is from 0 to 2^22, without a call: a sum with 2^23 has no
 * room for what is behind the point. */
static int
nearest(float x)
{
	const float big = 8388608;
	int32_t a, b;

	x += big;
	memcpy(&a, &x, sizeof(a));
	memcpy(&b, &big, sizeof(b));
	return a - b;
}

static void
add_part(struct gp_scorer *s, uint32_t id, float x, uint32_t word)
{
	const struct gp_model *m = s->model;
	float by = x * m->gain[id].gain;

	s->part[s->parts++] =
	    (struct part){ m->weight + (size_t)id * m->head->columns,
		    (int16_t)nearest(by < INT16_MAX ? by : INT16_MAX), word };
}

static int
room(struct gp_scorer *s, size_t n)
{
	struct part *p;

	if (n <= s->cap)
		return 0;
	p = realloc(s->part, 2 * n * sizeof(*p));
	if (p == NULL)
		return -1;
	s->part = p;
	s->cap = 2 * n;
	return 0;
}

/* Each block is normed by itself. */
static void
parts_of(struct gp_scorer *s)
{
	const struct gp_model *m = s->model;
	const uint32_t stems = s->first[GP_BLOCK_CHAR];
	float square[2] = { 0 }, by[2], x;
	const struct gp_hit *h;
	size_t i;
	int b;

	for (i = 0; i < s->bag.n; i++) {
		h = &s->bag.hit[i];
		x = s->tf[h->n < 255 ? h->n : 255] * m->gain[h->id].idf;
		square[h->id >= stems] += x * x;
	}
	for (b = 0; b < 2; b++)
		by[b] = square[b] > 0 ? 1 / sqrtf(square[b]) : 0;
	for (i = 0; i < s->bag.n; i++) {
		h = &s->bag.hit[i];
		x = s->tf[h->n < 255 ? h->n : 255] * m->gain[h->id].idf;
		add_part(s, h->id, x * by[h->id >= stems], h->word);
	}
}

/*
 * 64 columns at a time, the sums in registers. The whole numbers saturate; a
 * weight counts in its 256ths, rounded down.
 */
static void
add_up(const struct part *part, size_t n, size_t column, int16_t *sum)
{
	size_t i;
#ifdef __SSE2__
	__m128i acc[8], zero = _mm_setzero_si128(), by, w;
	int k;

	for (k = 0; k < 8; k++)
		acc[k] = zero;
	for (i = 0; i < n; i++) {
		by = _mm_set1_epi16(part[i].by);
		for (k = 0; k < 4; k++) {
			w = _mm_loadu_si128(
			    (const __m128i *)(const void *)(part[i].weight +
				column + 16 * k));
			acc[2 * k] = _mm_adds_epi16(acc[2 * k],
			    _mm_mulhi_epi16(_mm_unpacklo_epi8(zero, w), by));
			acc[2 * k + 1] = _mm_adds_epi16(acc[2 * k + 1],
			    _mm_mulhi_epi16(_mm_unpackhi_epi8(zero, w), by));
		}
	}
	for (k = 0; k < 8; k++)
		_mm_storeu_si128((__m128i *)(void *)(sum + 8 * k), acc[k]);
#else
	int k, v;

	for (k = 0; k < GP_LANES; k++)
		for (i = 0, sum[k] = 0; i < n; i++) {
			v = sum[k] +
			    (part[i].weight[column + k] * part[i].by >> 8);
			sum[k] = (int16_t)(v > INT16_MAX ? INT16_MAX
				: v < INT16_MIN          ? INT16_MIN
							 : v);
		}
#endif
}

static void
units(const int16_t *restrict sum, const float *restrict bias,
    float *restrict score)
{
	int i;

	for (i = 0; i < GP_LANES; i++)
		score[i] = (float)sum[i] / GP_MODEL_UNIT + bias[i];
}

static void
sums(struct gp_scorer *s)
{
	const struct gp_model *m = s->model;
	int16_t sum[GP_LANES];
	size_t k;

	for (k = 0; k < m->head->columns; k += GP_LANES) {
		add_up(s->part, s->parts, k, sum);
		units(sum, m->bias + k, s->score + k);
	}
}

/* The likeliest labels of the head that others see become features. */
static void
see(struct gp_scorer *s)
{
	const struct gp_model *m = s->model;
	const struct gp_model_label *l = &m->label[m->head->seen];
	struct gp_row_score top;
	uint32_t id;
	int i;

	gp_softmax(s->score + l->first, l->n, l->temperature, s->p);
	top = gp_row_score_of(s->p, l->n);
	for (i = 0; i < GP_ROW_SCORES; i++) {
		id = gp_model_find((void *)(uintptr_t)m,
		    gp_feature_key(GP_BLOCK_SCORE, gp_model_text(m, l->name),
			gp_model_label_name(
			    m, (size_t)m->head->seen, top.label[i])),
		    0);
		if (id != GP_NO_FEATURE && top.p[i] > 0)
			add_part(s, id, (float)top.p[i] / 255, NO_WORD);
	}
}

int
gp_score_text(struct gp_scorer *s, struct gp_span text, const uint64_t *side,
    size_t sides, size_t *known)
{
	const struct gp_model *m = s->model;
	uint32_t id;
	size_t i;

	if (gp_features_text(s->features, text, &s->bag) == -1 ||
	    room(s, s->bag.n + GP_MOST_SIDE_KEYS + GP_ROW_SCORES) == -1)
		return -1;
	*known = s->bag.known;
	s->parts = 0;
	parts_of(s);
	for (i = 0; i < sides && i < GP_MOST_SIDE_KEYS; i++) {
		id = gp_model_find((void *)(uintptr_t)m, side[i], 0);
		if (id != GP_NO_FEATURE)
			add_part(s, id, m->gain[id].idf, NO_WORD);
	}
	sums(s);
	if (m->head->seen != -1) {
		see(s);
		sums(s);
	}
	return 0;
}

/*
 * The first is as sure as calibration says; what that leaves, the others share
 * as they did, none surer than the one before it.
 */
static void
calibrate(const struct gp_model_label *l, struct gp_opinion *o)
{
	float p = o->top[0].p, rest;
	size_t i;

	if (o->n == 0 || l->slope <= 0)
		return;
	o->top[0].p = gp_sure(p, l->slope, l->offset);
	rest = p < 1 ? (1 - o->top[0].p) / (1 - p) : 0;
	for (i = 1; i < o->n; i++)
		o->top[i].p = fminf(o->top[i].p * rest, o->top[i - 1].p);
}

static void
consider(struct gp_opinion *o, size_t top, uint32_t label, float p)
{
	size_t k = o->n < top ? o->n++ : top - 1;

	for (; k > 0 && p > o->top[k - 1].p; k--)
		o->top[k] = o->top[k - 1];
	o->top[k] = (struct gp_guess){ label, p };
}

/*
 * The likeliest of n, the earlier first of equals. Of many labels hardly any
 * is among them, which is seen of four at once.
 */
static void
likeliest(const float *p, uint32_t n, size_t top, struct gp_opinion *o)
{
	typedef float four __attribute__((vector_size(16)));
	typedef int64_t two __attribute__((vector_size(16)));
	uint32_t i, end;
	float least = -1;
	two more;
	four x;

	for (i = 0; i < n; i = end) {
		end = i + 4 < n ? i + 4 : n;
		if (end - i == 4) {
			memcpy(&x, p + i, sizeof(x));
			more = (two)(x > least);
			if ((more[0] | more[1]) == 0)
				continue;
		}
		for (; i < end; i++) {
			if (p[i] <= least)
				continue;
			consider(o, top, i, p[i]);
			least = o->n == top ? o->top[top - 1].p : -1;
		}
	}
}

void
gp_score_head(
    struct gp_scorer *s, size_t head, size_t top, struct gp_opinion *o)
{
	const struct gp_model_label *l = &s->model->label[head];

	o->n = 0;
	if (s->bag.known == 0)
		return;
	gp_softmax(s->score + l->first, l->n, l->temperature, s->p);
	likeliest(s->p, l->n, top, o);
	calibrate(l, o);
}

size_t
gp_score_why(struct gp_scorer *s, size_t head, uint32_t label,
    struct gp_span why[GP_MOST_WHY])
{
	size_t column = s->model->label[head].first + label, i, k, n = 0;
	uint32_t top[GP_MOST_WHY + 1] = { 0 };
	float *p;

	if (s->words < s->bag.tokens) {
		p = realloc(s->word, 2 * s->bag.tokens * sizeof(*p));
		if (p == NULL)
			return 0;
		s->word = p;
		s->words = 2 * s->bag.tokens;
	}
	memset(s->word, 0, s->bag.tokens * sizeof(*s->word));
	for (i = 0; i < s->parts; i++)
		if (s->part[i].word != NO_WORD)
			s->word[s->part[i].word] +=
			    (float)s->part[i].weight[column] *
			    (float)s->part[i].by;
	for (i = 0; i < s->bag.tokens; i++) {
		if (s->word[i] <= 0)
			continue;
		for (k = n; k > 0 && s->word[i] > s->word[top[k - 1]]; k--)
			top[k] = top[k - 1];
		if (k < GP_MOST_WHY)
			top[k] = (uint32_t)i;
		n += n < GP_MOST_WHY;
	}
	for (i = 0; i < n; i++)
		why[i] = s->bag.token[top[i]].raw;
	return n;
}

size_t
gp_score_words(const struct gp_scorer *s)
{
	return s->bag.words;
}

struct gp_span
gp_model_label_name(const struct gp_model *m, size_t head, uint32_t label)
{
	return gp_model_text(m, m->name[m->label[head].first + label]);
}

int
gp_model_head_of(const struct gp_model *m, const char *member)
{
	size_t h;

	for (h = 0; h < m->head->heads; h++)
		if (gp_span_is(gp_model_text(m, m->label[h].name), member))
			return (int)h;
	return -1;
}
