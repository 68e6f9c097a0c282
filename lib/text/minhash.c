#include <string.h>

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
 * Each function is an odd factor and a shift of the same mixed hash: enough
 * for candidates, which are compared word by word later.
 */
static void
least_of(uint32_t *least, uint32_t feature)
{
	uint32_t a = mix(feature), b = mix(a ^ 0x9e3779b9u) | 1, h;
	unsigned i;

	for (i = 0; i < HASHES; i++) {
		a += b;
		b += i * 2 + 0x7f4a7c16u;
		h = a ^ a >> 15;
		h *= 0x2c1b3c6du;
		least[i] = h < least[i] ? h : least[i];
	}
}

static unsigned
bands(const struct gp_sketch_word *w, size_t n, uint32_t *key)
{
	uint32_t least[HASHES], h;
	unsigned i, j;
	size_t k;

	memset(least, 0xff, sizeof(least));
	for (k = 0; k < n; k++) {
		least_of(least, w[k].hash);
		if (k > 0)
			least_of(least, w[k - 1].hash * 31 + w[k].hash);
	}
	for (i = 0; i < BANDS; i++) {
		h = i + 1;
		for (j = 0; j < ROWS; j++)
			h = mix(h * 0x9e3779b1u ^ least[i * ROWS + j]);
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
