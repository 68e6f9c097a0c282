/* Numbers with check digits, and those that a word before them explains. */
#include <string.h>

#include "text/personal_inner.h"

/* Groups from g on that have exactly n digits; 0: none do. */
static size_t
groups_of(const struct pd_row *row, size_t g, size_t n)
{
	size_t k;

	for (k = g; k < row->n; k++)
		if (row->at[k + 1] - row->at[g] == n)
			return k - g + 1;
	return 0;
}

/* 1: the groups are of these lengths, "3332". */
static int
shape(const struct pd_row *row, size_t g, const char *lengths)
{
	size_t k, n = strlen(lengths);

	for (k = 0; k < n; k++)
		if (g + k >= row->n ||
		    row->at[g + k + 1] - row->at[g + k] !=
			(size_t)(lengths[k] - '0'))
			return 0;
	return 1;
}

static size_t
found(struct gp_personal_run *r, const struct pd_row *row, size_t g, size_t n,
    unsigned kind)
{
	pd_hit(r, pd_group(r, row, g)->from, pd_group_end(r, row, g + n - 1),
	    kind);
	return n;
}

/* Persons: 408 02, 03, 17, 20, and deposits 423, 426. */
static int
account_of_person(const char *d)
{
	return memcmp(d, "40802", 5) == 0 || memcmp(d, "40803", 5) == 0 ||
	    memcmp(d, "40817", 5) == 0 || memcmp(d, "40820", 5) == 0 ||
	    memcmp(d, "423", 3) == 0 || memcmp(d, "426", 3) == 0;
}

/* The treasury and organisations: 0xx, 30x, 401 to 407. */
static int
account_of_body(const char *d)
{
	return d[0] == '0' || memcmp(d, "30", 2) == 0 ||
	    (memcmp(d, "40", 2) == 0 && d[2] >= '1' && d[2] <= '7');
}

/* The digits of the BIK that the text names, or NULL; looked for once. */
static const char *
bik(struct gp_personal_run *r)
{
	size_t i;

	if (r->sought)
		return r->bik;
	r->sought = 1;
	r->bik = NULL;
	for (i = 1; i < r->n && r->bik == NULL; i++)
		if (r->t[i].digits && r->t[i].n == 9 && !r->t[i - 1].digits &&
		    pd_is(r, i - 1, PD_W_BIK))
			r->bik = (const char *)r->low + r->t[i].low;
	return r->bik;
}

static size_t
account(struct gp_personal_run *r, const struct pd_row *row, size_t g)
{
	const char *d = row->digit + row->at[g], *b;
	size_t n = groups_of(row, g, 20), i = row->tok[g];

	if (n > 0 && !account_of_body(d)) {
		if (account_of_person(d) || pd_before(r, i, PD_W_ACCOUNT, 4))
			return found(r, row, g, n, GP_PD_ACCOUNT);
		b = bik(r);
		if (b != NULL && pd_account_ok(d, b))
			return found(r, row, g, n, GP_PD_ACCOUNT);
	}
	return 0;
}

/* "лицевой счёт", "л/с": the number of a payer, 6 to 13 digits. */
static size_t
payer(struct gp_personal_run *r, const struct pd_row *row, size_t g)
{
	size_t i = row->tok[g], n = row->at[g + 1] - row->at[g], k;
	int ls;

	if (n < 6 || n > 13)
		return 0;
	ls = pd_before(r, i, PD_W_LS, 3) != 0;
	k = pd_before(r, i, PD_W_PERSONAL, 3);
	if (!ls && k >= 2 && r->t[i - k + 1].gap & PD_SLASH)
		ls = 1;
	return ls ? found(r, row, g, 1, GP_PD_ACCOUNT) : 0;
}

static int
card_start(const char *d)
{
	int two = (d[0] - '0') * 10 + d[1] - '0';

	return (two == 22 && d[2] == '0' && d[3] <= '5') || d[0] == '4' ||
	    (two >= 51 && two <= 55) || two == 62 || (two >= 22 && two <= 27) ||
	    two == 50 || (two >= 56 && two <= 58) || two == 63 || two == 67;
}

static size_t
card(struct gp_personal_run *r, const struct pd_row *row, size_t g)
{
	static const size_t length[] = { 19, 18, 16 };
	const char *d = row->digit + row->at[g];
	size_t i = row->tok[g], k, n, named;

	for (k = 0; k < 3; k++) {
		n = groups_of(row, g, length[k]);
		if (n == 0 || !card_start(d) || !pd_luhn(d, length[k]))
			continue;
		named = pd_before(r, i, PD_W_CARD, 5);
		if (length[k] != 16 && named == 0)
			continue;
		if (named == 0 &&
		    (pd_before(r, i, PD_W_ORDER, 3) || r->t[i].gap & PD_NUMERO))
			continue;
		return found(r, row, g, n, GP_PD_CARD);
	}
	return 0;
}

static size_t
snils(struct gp_personal_run *r, const struct pd_row *row, size_t g)
{
	const char *d = row->digit + row->at[g];
	size_t n = groups_of(row, g, 11);
	int said, right;

	if (n == 0)
		return 0;
	said = pd_before(r, row->tok[g], PD_W_SNILS, 5) != 0;
	right = shape(row, g, "3332") || shape(row, g, "335");
	if ((said && (right || n == 1 || pd_snils_ok(d))) ||
	    (right && pd_snils_ok(d)))
		return found(r, row, g, n, GP_PD_SNILS);
	return 0;
}

static size_t
inn(struct gp_personal_run *r, const struct pd_row *row, size_t g)
{
	const char *d = row->digit + row->at[g];
	size_t n = groups_of(row, g, 12), i = row->tok[g];

	if (n == 0)
		return 0;
	if (pd_before(r, i, PD_W_INN, 4) ||
	    (n == 1 && pd_inn_ok(d) && !pd_before(r, i, PD_W_ORDER, 3) &&
		!pd_before(r, i, PD_W_LS, 3)))
		return found(r, row, g, n, GP_PD_INN);
	return 0;
}

/*
 * Series and number: in one row, or two with "№" or a word between them.
 * Returns the groups taken, and where the whole ends.
 */
static size_t
series(const struct gp_personal_run *r, const struct pd_row *row, size_t g,
    size_t *end)
{
	size_t i, k, last = row->n - 1;

	if (shape(row, g, "226") || shape(row, g, "46") ||
	    (row->at[g + 1] - row->at[g] == 10)) {
		k = shape(row, g, "226") ? 3 : shape(row, g, "46") ? 2 : 1;
		*end = pd_group_end(r, row, g + k - 1);
		return k;
	}
	k = shape(row, g, "22") ? 2 : shape(row, g, "4") ? 1 : 0;
	if (k == 0 || g + k != row->n)
		return 0;
	for (i = row->tok[last] + 1; i < r->n && i <= row->tok[last] + 2; i++) {
		if (r->t[i].gap & PD_MASK || r->t[i].gapn > 4)
			return 0;
		if (r->t[i].digits && r->t[i].n == 6) {
			*end = r->t[i].to;
			return k;
		}
		if (r->t[i].digits || !pd_is(r, i, PD_W_NUMBER))
			return 0;
	}
	return 0;
}

static size_t
paper(struct gp_personal_run *r, const struct pd_row *row, size_t g)
{
	size_t i = row->tok[g], pass, policy, k, end = 0;

	pass = pd_before(r, i, PD_W_PASSPORT, 9);
	policy = pd_before(r, i, PD_W_POLICY, 6);
	if (pass == 0 && policy == 0)
		pass = pd_before(r, i, PD_W_SERIES, 3);
	if (pass == 0 && policy == 0)
		return 0;
	k = series(r, row, g, &end);
	if (k == 0 && pass > 0 && shape(row, g, "27")) {
		k = 2;
		end = pd_group_end(r, row, g + 1);
	}
	if (k == 0 || (pass == 0 && shape(row, g, "46")))
		return 0;
	if (policy > 0 && (pass == 0 || policy < pass))
		pd_hit(r, r->t[i].from, end, GP_PD_POLICY);
	else
		pd_hit(r, r->t[i].from, end, GP_PD_PASSPORT);
	return k;
}

/* Three letters and ten digits: a policy of a car's owner. */
static size_t
policy(struct gp_personal_run *r, const struct pd_row *row, size_t g)
{
	size_t i = row->tok[g], far, n;

	far = pd_before(r, i, PD_W_POLICY, 6);
	if (far == 0)
		return 0;
	n = groups_of(row, g, 10);
	if (n > 0 && i > 0 && !r->t[i - 1].digits && r->t[i - 1].n == 3 &&
	    r->t[i - 1].capitals == 3 && r->t[i].gapn <= 2 && far > 1) {
		pd_hit(r, r->t[i - 1].from, pd_group_end(r, row, g + n - 1),
		    GP_PD_POLICY);
		return n;
	}
	n = groups_of(row, g, 16);
	if (n > 0) {
		size_t near = pd_before(r, i, PD_W_CARD, 5);

		if (near == 0 || near > far)
			return found(r, row, g, n, GP_PD_POLICY);
	}
	return 0;
}

size_t
pd_number(struct gp_personal_run *r, const struct pd_row *row, size_t g)
{
	static size_t (*const all[])(struct gp_personal_run *,
	    const struct pd_row *,
	    size_t) = { account, policy, card, snils, inn, paper, payer };
	size_t i, took = 0, left = row->at[row->n] - row->at[g];

	if (left < 4)
		return 0;
	for (i = 0; i < sizeof(all) / sizeof(*all) && took == 0; i++)
		took = all[i](r, row, g);
	return took;
}
