#include <math.h>
#include <string.h>

#include "learn/fit.h"

/*
 * Four at a time, in the compiler's vectors: a model with 300 labels asks for
 * as many powers of e a text, which was a quarter of the work.
 */
typedef float four __attribute__((vector_size(16)));
typedef int32_t four_int __attribute__((vector_size(16)));

enum {
	LANES = 4,
	LEAST = -16 /* below it the power counts as 0 */
};

/*
 * e^x for x from -16 to 0: 2^n times a polynomial over (-.5, .5), to seven
 * digits; 0 below.
 */
static inline __attribute__((always_inline)) four
power(four x)
{
	const four log2e = { 1.44269504f, 1.44269504f, 1.44269504f,
		1.44269504f };
	const four half = { 0.5f, 0.5f, 0.5f, 0.5f };
	const four least = { LEAST, LEAST, LEAST, LEAST };
	four_int some = x > least, n;
	four t = x * log2e, f, p;

	t = (four)((four_int)t & some); /* what is left stays in range */
	n = __builtin_convertvector(t - half, four_int);
	f = t - __builtin_convertvector(n, four);
	p = f * 0.000154035f + 0.00133335581f;
	p = p * f + 0.00961812911f;
	p = p * f + 0.0555041087f;
	p = p * f + 0.240226507f;
	p = p * f + 0.693147181f;
	p = p * f + 1.0f;
	p = (four)((four_int)p + (n << 23));
	return (four)((four_int)p & some);
}

static float
most_of(const float *score, size_t n)
{
	four most = { -INFINITY, -INFINITY, -INFINITY, -INFINITY }, x;
	float best = -INFINITY;
	four_int more;
	size_t i;

	for (i = 0; i + LANES <= n; i += LANES) {
		memcpy(&x, score + i, sizeof(x));
		more = x > most;
		most = (four)(((four_int)x & more) | ((four_int)most & ~more));
	}
	for (; i < n; i++)
		best = score[i] > best ? score[i] : best;
	for (i = 0; i < LANES; i++)
		best = most[i] > best ? most[i] : best;
	return best;
}

void
gp_softmax(const float *score, size_t n, float temperature, float *p)
{
	const float most = most_of(score, n), by = 1 / temperature;
	four x, all = { 0 }, last = { LEAST, LEAST, LEAST, LEAST };
	float sum;
	size_t i, k;

	for (i = 0; i + LANES <= n; i += LANES) {
		memcpy(&x, score + i, sizeof(x));
		x = power((x - most) * by);
		all += x;
		memcpy(p + i, &x, sizeof(x));
	}
	for (k = 0; i + k < n; k++)
		last[k] = (score[i + k] - most) * by;
	last = power(last);
	all += last;
	for (k = 0; i + k < n; k++)
		p[i + k] = last[k];
	sum = 1 / (all[0] + all[1] + all[2] + all[3]);
	for (i = 0; i + LANES <= n; i += LANES) {
		memcpy(&x, p + i, sizeof(x));
		x *= sum;
		memcpy(p + i, &x, sizeof(x));
	}
	for (; i < n; i++)
		p[i] *= sum;
}
