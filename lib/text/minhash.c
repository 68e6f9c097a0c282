#include "text/sketch.h"

enum {
	ROWS = 4,
	BANDS = 20,
	HASHES = ROWS * BANDS,
};

/* Murmur3's last mix (public domain): every bit depends on every one. */
static uint32_t
mix(uint32_t h)
{
	h ^= h >> 16;
	h *= 0x85ebca6bu;
	h ^= h >> 13;
	h *= 0xc2b2ae35u;
	return h ^ h >> 16;
}

/*
 * Function i of a feature is a + i * b, both of them its own: enough for
 * candidates, which are compared word by word later, and done in the lanes of
 * plain x86-64. The order is that of signed numbers, for SSE2 has no other.
 */
static void
least_of(int32_t *least, uint32_t feature)
{
	uint32_t a = mix(feature), b = mix(a ^ 0x9e3779b9u) | 1;
	int32_t h[HASHES];
	unsigned i;

	for (i = 0; i < HASHES; i++, a += b)
		h[i] = (int32_t)a;
	for (i = 0; i < HASHES; i++)
		least[i] = h[i] < least[i] ? h[i] : least[i];
}

static unsigned
bands(const struct gp_sketch_word *w, size_t n, uint32_t *key)
{
	int32_t least[HASHES];
	uint32_t h;
	unsigned i, j;
	size_t k;

	for (i = 0; i < HASHES; i++)
		least[i] = INT32_MAX;
	for (k = 0; k < n; k++) {
		least_of(least, w[k].hash);
		if (k > 0)
			least_of(least, w[k - 1].hash * 31 + w[k].hash);
	}
	for (i = 0; i < BANDS; i++) {
		h = i + 1;
		for (j = 0; j < ROWS; j++)
			h = mix(
			    h * 0x9e3779b1u ^ (uint32_t)least[i * ROWS + j]);
		key[i] = h;
	}
	return BANDS;
}

/* Sums do not care for the order: the set whole, and without each word. */
static unsigned
sets(const struct gp_sketch_word *w, size_t n, uint32_t *key)
{
	uint32_t sum = 0;
	size_t i;

	for (i = 0; i < n; i++)
		sum += mix(w[i].hash);
	key[0] = mix(sum);
	for (i = 0; i < n; i++)
		key[i + 1] = mix(sum - mix(w[i].hash));
	return (unsigned)n + 1;
}

unsigned
gp_sketch_keys(
    const struct gp_sketch_word *w, size_t n, uint32_t key[GP_SKETCH_KEYS])
{
	unsigned keys;

	if (n == 0)
		return 0;
	keys = bands(w, n, key);
	return n <= GP_SKETCH_SHORT ? keys + sets(w, n, key + keys) : keys;
}
