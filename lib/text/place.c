/*
 * Places in a text. What matters is that two texts about two addresses are
 * told apart; so every number that does not count something belongs to the
 * word before it, and names are those behind "улица", "село" or, with a
 * capital, behind "на", "по", "в".
 */
#include "text/sketch_inner.h"

static int
is_name(const struct gp_sketch_step *s)
{
	return !s->number &&
	    (s->class == GP_CLASS_NONE || s->class == GP_CLASS_THANK);
}

/* A number that is a house, a school, a route: short, and counts nothing. */
static int
is_house(const struct gp_sketch_step *s, size_t i, size_t n)
{
	return s[i].number && s[i].digits <= 4 &&
	    (i + 1 == n || s[i + 1].class != GP_CLASS_UNIT);
}

static unsigned
add(struct gp_sketch_place *p, unsigned n, uint32_t name, uint32_t house)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (p[i].name == name && (p[i].house == house || house == 0))
			return n;
	/* The house comes behind its street. */
	for (i = 0; i < n; i++)
		if (p[i].name == name && name != 0 && p[i].house == 0) {
			p[i].house = house;
			return n;
		}
	if (n == GP_SKETCH_PLACES)
		return n;
	p[n].name = name;
	p[n].house = house;
	return n + 1;
}

/* The name at a street's kind: before it, "Садовой улице", or behind it. */
static uint32_t
street(const struct gp_sketch_step *s, size_t i, size_t n)
{
	if (i > 0 && s[i - 1].capital && !s[i - 1].begins && is_name(&s[i - 1]))
		return s[i - 1].w.hash;
	if (i + 1 < n && is_name(&s[i + 1]))
		return s[i + 1].w.hash;
	/* "улица 40 лет Победы" */
	if (i + 3 < n && s[i + 1].number && !is_house(s, i + 1, n))
		return s[i + 1].w.hash ^ s[i + 3].w.hash;
	return 0;
}

/* What the number at i belongs to; 0: a house alone. */
static uint32_t
owner(const struct gp_sketch_step *s, size_t i)
{
	int house = 0; /* "в подъезде дома 5" is no street */

	while (i > 0) {
		i--;
		if (s[i].class == GP_CLASS_STREET && i > 0 &&
		    is_name(&s[i - 1]))
			return s[i - 1].w.hash;
		if (is_name(&s[i]))
			return house && !s[i].capital ? 0 : s[i].w.hash;
		house = 1;
		if (s[i].class != GP_CLASS_HOUSE)
			break;
	}
	return 0;
}

unsigned
gp_sketch_places(
    const struct gp_sketch_step *s, size_t n, struct gp_sketch_place *p)
{
	unsigned places = 0;
	uint32_t name;
	size_t i;

	for (i = 0; i < n; i++) {
		name = 0;
		if (is_house(s, i, n)) {
			places = add(p, places, owner(s, i), s[i].w.hash);
			continue;
		}
		if (s[i].class == GP_CLASS_STREET)
			name = street(s, i, n);
		else if (s[i].class == GP_CLASS_SETTLE && i + 1 < n &&
		    s[i + 1].capital && is_name(&s[i + 1]))
			name = s[i + 1].w.hash;
		else if (s[i].class == GP_CLASS_PREP && i + 1 < n &&
		    s[i + 1].capital && is_name(&s[i + 1]))
			name = s[i + 1].w.hash;
		if (name != 0)
			places = add(p, places, name, 0);
	}
	return places;
}
