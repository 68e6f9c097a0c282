#include "card/colour.h"

#include <math.h>

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

int
gp_colour_parse(struct gp_span s, struct gp_colour *to)
{
	size_t i, each = s.n == 4 ? 1 : 2;
	double v[3];

	if ((s.n != 4 && s.n != 7) || s.p[0] != '#')
		return -1;
	for (i = 0; i < 3; i++) {
		int high = hex(s.p[1 + i * each]);
		int low = hex(s.p[each + i * each]);

		if (high == -1 || low == -1)
			return -1;
		v[i] = (high * 16 + low) / 255.0;
	}
	*to = (struct gp_colour){ v[0], v[1], v[2] };
	return 0;
}

/* Relative luminance, as WCAG 2.1 defines it. */
static double
linear(double c)
{
	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double
luminance(struct gp_colour c)
{
	return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) +
	    0.0722 * linear(c.b);
}

double
gp_colour_contrast(struct gp_colour a, struct gp_colour b)
{
	double x = luminance(a), y = luminance(b);

	return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

struct gp_colour
gp_colour_lighter(struct gp_colour a, struct gp_colour b)
{
	return luminance(a) > luminance(b) ? a : b;
}

struct gp_colour
gp_colour_blend(struct gp_colour a, struct gp_colour b, double much)
{
	return (struct gp_colour){ a.r + (b.r - a.r) * much,
		a.g + (b.g - a.g) * much, a.b + (b.b - a.b) * much };
}
