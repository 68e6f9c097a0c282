/* Telephone numbers of people, with and without a code. */
#include <string.h>

#include "text/personal_inner.h"

/* Where the number begins: at its plus or bracket, if it has one. */
static size_t
start(const struct gp_personal_run *r, const struct pd_tok *t)
{
	const char *s = r->s.p;
	size_t i, from = t->from, far = t->gapn < 4 ? t->gapn : 4;

	/* All these signs are of one byte, but a full-width plus. */
	for (i = t->from; far > 0 && i > 0; far--) {
		i--;
		if (s[i] == '+' || s[i] == '(')
			from = i;
		else if (s[i] != ' ')
			break;
	}
	return from;
}

static size_t
groups(const struct pd_row *row, size_t g, size_t n)
{
	size_t k;

	for (k = g; k < row->n; k++)
		if (row->at[k + 1] - row->at[g] == n)
			return k - g + 1;
	return 0;
}

static size_t
size_of(const struct pd_row *row, size_t g)
{
	return g < row->n ? row->at[g + 1] - row->at[g] : 0;
}

static size_t
take(struct gp_personal_run *r, const struct pd_row *row, size_t g, size_t n)
{
	pd_hit(r, start(r, pd_group(r, row, g)),
	    pd_group_end(r, row, g + n - 1), GP_PD_PHONE);
	return n;
}

/* After a plus: 7 and ten digits, or a foreign number of 10 to 13. */
static size_t
plus(struct gp_personal_run *r, const struct pd_row *row, size_t g)
{
	size_t k, n;

	if (row->digit[row->at[g]] == '7') {
		n = groups(row, g, 11);
		return n > 0 ? take(r, row, g, n) : 0;
	}
	for (k = 13; k >= 10; k--) {
		n = groups(row, g, k);
		if (n > 0)
			return take(r, row, g, n);
	}
	return 0;
}

/* 7 or 8 and ten digits. 8 800 belongs to no person: taken and left. */
static size_t
eleven(struct gp_personal_run *r, const struct pd_row *row, size_t g)
{
	const char *d = row->digit + row->at[g];
	const struct pd_tok *t = pd_group(r, row, g);
	size_t n = groups(row, g, 11), i = row->tok[g];

	if (n == 0 || (*d != '7' && *d != '8') ||
	    strchr(*d == '7' ? "34789" : "3489", d[1]) == NULL)
		return 0;
	if (memcmp(d + 1, "800", 3) == 0)
		return n;
	if (n == 1 && !pd_before(r, i, PD_W_TEL, 3) &&
	    (t->gap & PD_NUMERO || pd_before(r, i, PD_W_ORDER, 3)))
		return 0;
	return take(r, row, g, n);
}

/* A mobile number without 8, or a code in brackets. */
static size_t
ten(struct gp_personal_run *r, const struct pd_row *row, size_t g)
{
	size_t n = groups(row, g, 10), first = size_of(row, g);
	const struct pd_tok *t = pd_group(r, row, g);
	int code;

	if (n == 0)
		return 0;
	code = n > 1 && t->gap & PD_OPEN &&
	    pd_group(r, row, g + 1)->gap & PD_CLOSE;
	if (code ||
	    (row->digit[row->at[g]] == '9' &&
		(pd_before(r, row->tok[g], PD_W_TEL, 5) ||
		    (n > 1 && first == 3 &&
			(size_of(row, g + 1) == 3 ||
			    size_of(row, g + 1) == 7)))))
		return take(r, row, g, n);
	return 0;
}

/* 31-12-26 is a day, whoever rang then. */
static int
is_day(const char *d)
{
	int day = (d[0] - '0') * 10 + d[1] - '0';
	int month = (d[2] - '0') * 10 + d[3] - '0';

	return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

/* 123-45-67, 23-45-67, 2-34-56; the short ones need a word before them. */
static size_t
local(struct gp_personal_run *r, const struct pd_row *row, size_t g)
{
	size_t first = size_of(row, g), i = row->tok[g], total;

	if (first < 1 || first > 3 || size_of(row, g + 1) != 2 ||
	    size_of(row, g + 2) != 2)
		return 0;
	if (g + 3 < row->n && pd_group(r, row, g + 3)->gap & PD_DASH)
		return 0;
	if (g > 0 && pd_group(r, row, g)->gap & PD_DASH)
		return 0;
	total = first + 4;
	if (!(pd_group(r, row, g + 1)->gap & PD_DASH) ||
	    !(pd_group(r, row, g + 2)->gap & PD_DASH))
		return 0;
	if (total == 7 && row->digit[row->at[g]] != '0')
		return take(r, row, g, 3);
	if (pd_before(r, i, PD_W_TELNAME, 5) ||
	    (pd_before(r, i, PD_W_TEL, 5) &&
		(first == 1 || !is_day(row->digit + row->at[g]))))
		return take(r, row, g, 3);
	return 0;
}

size_t
pd_phone(struct gp_personal_run *r, const struct pd_row *row, size_t g)
{
	size_t n = 0;

	if (pd_group(r, row, g)->gap & PD_PLUS)
		n = plus(r, row, g);
	if (n == 0)
		n = eleven(r, row, g);
	if (n == 0)
		n = ten(r, row, g);
	if (n == 0)
		n = local(r, row, g);
	return n;
}
