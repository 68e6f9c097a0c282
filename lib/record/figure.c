#include "record/item.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Telegram writes exact numbers in groups of three parted by a plain space,
 * and rounded ones with K or M and at most two decimals.
 */
int
gp_figure_parse(struct gp_span s, struct gp_figure *to)
{
	char digits[32], *end;
	size_t i, n = 0;
	double v;

	for (i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == ' ' || c == ',' || c == '\n' || c == '\t')
			continue;
		if ((unsigned char)c == 0xc2 && i + 1 < s.n &&
		    (unsigned char)s.p[i + 1] == 0xa0) { /* NBSP */
			i++;
			continue;
		}
		if (n == sizeof(digits) - 1)
			return -1;
		digits[n++] = c;
	}
	digits[n] = '\0';
	if (n == 0 || digits[0] < '0' || digits[0] > '9' ||
	    strspn(digits, "0123456789.") < n - 1)
		return -1;
	v = strtod(digits, &end);
	to->approx = *end != '\0';
	if (*end == 'K')
		v *= 1e3;
	else if (*end == 'M')
		v *= 1e6;
	else if (*end != '\0' || strchr(digits, '.') != NULL)
		return -1;
	if (*end != '\0' && end[1] != '\0')
		return -1;
	if (v > 9e15)
		return -1;
	to->n = (int64_t)llround(v);
	to->set = 1;
	return 0;
}
