#include "config/yaml.h"

#include <string.h>

/* Edits between two words, a neighbour swapped being one (Damerau). */
static size_t
edits(const char *a, size_t n, const char *b, size_t m)
{
	size_t d[3][64], i, j, best;

	if (n >= 64 || m >= 63)
		return (size_t)-1; /* not compared */
	for (j = 0; j <= m; j++)
		d[0][j] = j;
	for (i = 1; i <= n; i++) {
		size_t *row = d[i % 3], *up = d[(i + 2) % 3];
		size_t *upper = d[(i + 1) % 3];

		row[0] = i;
		for (j = 1; j <= m; j++) {
			best = up[j - 1] + (a[i - 1] != b[j - 1]);
			if (up[j] + 1 < best)
				best = up[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && upper[j - 2] + 1 < best)
				best = upper[j - 2] + 1;
			row[j] = best;
		}
	}
	return d[n % 3][m];
}

const char *
gp_nearest(const char *words, const char *written, char to[64])
{
	size_t len = strlen(written), best = len / 3 + 1, n, d;
	const char *found = NULL;

	for (;; words += n + 1) {
		n = strcspn(words, "|");
		d = edits(written, len, words, n);
		if (d < best && n < 64) {
			best = d;
			memcpy(to, words, n);
			to[n] = '\0';
			found = to;
		}
		if (words[n] == '\0')
			return found;
	}
}
