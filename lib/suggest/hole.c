#include "suggest/hole.h"

#include <string.h>

int
gp_hole_next(struct gp_span s, size_t from, size_t at[2])
{
	const char *p, *q;

	if (from >= s.n)
		return 0;
	p = memmem(s.p + from, s.n - from, "{{", 2);
	if (p == NULL)
		return 0;
	q = memmem(p + 2, (size_t)(s.p + s.n - p) - 2, "}}", 2);
	at[0] = (size_t)(p - s.p);
	at[1] = q == NULL ? at[0] + 2 : (size_t)(q - s.p) + 2;
	return 1;
}

int
gp_hole_is_in(struct gp_span s, const char *name)
{
	size_t at[2], from = 0, n = strlen(name);

	for (; gp_hole_next(s, from, at); from = at[1])
		if (at[1] - at[0] == n + 4 &&
		    memcmp(s.p + at[0] + 2, name, n) == 0)
			return 1;
	return 0;
}
