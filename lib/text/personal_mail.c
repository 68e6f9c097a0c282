/* Addresses of e-mail, with the sign and spelled. */
#include <string.h>

#include "text/personal_inner.h"

/* Behind what a name may have to the left of p: letters, digits, ._%+-. */
static size_t
local(const struct gp_personal_run *r, size_t p)
{
	const unsigned char *s = (const unsigned char *)r->s.p;

	while (p > 0) {
		unsigned char c = s[p - 1];

		if ((c | 32) >= 'a' && (c | 32) <= 'z')
			p--;
		else if ((c >= '0' && c <= '9') || strchr("._%+-", c) != NULL)
			p -= c != '\0';
		else if (p > 1 && (c & 0xc0) == 0x80 &&
		    (s[p - 2] == 0xd0 || s[p - 2] == 0xd1))
			p -= 2;
		else
			break;
		if (c == '\0')
			break;
	}
	/* No address begins with a stop or a dash. */
	while (p < r->s.n && (s[p] == '.' || s[p] == '-'))
		p++;
	return p;
}

static int
word_point(const struct gp_personal_run *r, size_t i)
{
	return i < r->n && !r->t[i].digits && pd_is(r, i, PD_W_POINT);
}

/* The token behind "label.label..." from i; *points: how many dots it had. */
static size_t
domain(const struct gp_personal_run *r, size_t i, int spelled, int *points)
{
	size_t last = i;
	unsigned dot, may = PD_DOT | PD_DASH;

	*points = 0;
	for (i++; i < r->n; i++) {
		const struct pd_tok *t = &r->t[i];

		if (spelled && word_point(r, i) && i + 1 < r->n &&
		    t->gapn <= 2 && r->t[i + 1].gapn <= 2) {
			i++;
			dot = 1;
		} else if (t->gapn == 0 || (t->gapn == 1 && !(t->gap & ~may))) {
			dot = t->gap & PD_DOT;
		} else {
			break;
		}
		*points += dot != 0;
		last = i;
	}
	return last + 1;
}

/* The last label: two letters or more. */
static int
ends_well(const struct gp_personal_run *r, size_t after, int spelled)
{
	if (r->t[after - 1].digits || r->t[after - 1].n < 2)
		return 0;
	return !spelled || pd_is(r, after - 1, PD_W_TLD);
}

/* Trailing labels that are a sentence's next word: "bk.ru.Спасибо". */
static void
address(struct gp_personal_run *r, size_t from, size_t i, int spelled)
{
	int points;
	size_t after = domain(r, i, spelled, &points);

	if (points == 0 || !ends_well(r, after, spelled))
		return;
	pd_hit(r, from, r->t[after - 1].to, GP_PD_EMAIL);
}

/* Token i has the sign before it. */
static void
with_sign(struct gp_personal_run *r, size_t i)
{
	const struct pd_tok *t = &r->t[i];
	size_t end = i > 0 ? r->t[i - 1].to : 0, from;

	if (i == 0 || t->gapn > 3 ||
	    t->gap & ~(PD_AT | PD_SPACE | PD_LOW | PD_DASH))
		return;
	from = local(r, end);
	/* With spaces round it the name has to be Latin. */
	if (from == end || (t->gap & PD_SPACE && r->t[i - 1].script & 1))
		return;
	address(r, from, i, 0);
}

static void
with_word(struct gp_personal_run *r, size_t i)
{
	const struct pd_tok *before = &r->t[i - 1], *t = &r->t[i];
	size_t from;

	if (before->script & PD_CYRILLIC || t->gapn > 3 ||
	    r->t[i + 1].gapn > 3 || (t->gapn == 0 || r->t[i + 1].gapn == 0) ||
	    (t->gap | r->t[i + 1].gap) &
		~(PD_SPACE | PD_OPEN | PD_CLOSE | PD_DASH))
		return;
	if (r->t[i + 1].script & PD_CYRILLIC && !pd_is(r, i + 1, PD_W_HOST))
		return;
	from = local(r, before->to);
	if (from < before->to)
		address(r, from, i + 1, 1);
}

void
pd_email(struct gp_personal_run *r)
{
	size_t i;

	for (i = 1; i < r->n; i++) {
		const struct pd_tok *t = &r->t[i];

		if (t->gap & PD_AT)
			with_sign(r, i);
		else if ((t->n == 2 || t->n == 6 || t->n == 7) && !t->digits &&
		    i + 1 < r->n &&
		    (r->low[t->low] == 0xf1 || r->low[t->low] == 'a') &&
		    pd_is(r, i, PD_W_DOG))
			with_word(r, i);
	}
}
