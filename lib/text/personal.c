#include "text/personal.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "text/personal_inner.h"

static const struct {
	const char *name, *ru, *en;
} kinds[GP_PD_KINDS] = {
	{ "phone", "[телефон]", "[phone]" },
	{ "email", "[почта]", "[email]" },
	{ "snils", "[СНИЛС]", "[snils]" },
	{ "inn", "[ИНН]", "[inn]" },
	{ "card", "[карта]", "[card]" },
	{ "passport", "[паспорт]", "[passport]" },
	{ "plate", "[госномер]", "[plate]" },
	{ "policy", "[полис]", "[policy]" },
	{ "account", "[счёт]", "[account]" },
	{ "birth", "[дата рождения]", "[birth date]" },
	{ "flat", "[квартира]", "[flat]" },
	{ "name", "[имя]", "[name]" },
};

const char *
gp_personal_name(unsigned kind)
{
	return kinds[kind].name;
}

const char *
gp_personal_mask(unsigned kind, int russian)
{
	return russian ? kinds[kind].ru : kinds[kind].en;
}

struct gp_personal *
gp_personal_new(void)
{
	struct gp_personal *p = calloc(1, sizeof(*p));

	if (p == NULL)
		return NULL;
	if (pd_words_new(p) == -1 || pd_first_new(p) == -1) {
		gp_personal_free(p);
		return NULL;
	}
	return p;
}

void
gp_personal_free(struct gp_personal *p)
{
	size_t i;

	if (p == NULL)
		return;
	pd_words_free(p);
	free(p->first);
	for (i = 0; i < p->allows; i++)
		free(p->allow[i].key);
	free(p->allow);
	for (i = 0; i < p->owns; i++)
		free((char *)p->own[i].p);
	free(p->own);
	free(p);
}

int
gp_personal_own_mask(struct gp_personal *p, struct gp_span mask)
{
	struct gp_span *v = realloc(p->own, (p->owns + 1) * sizeof(*v));
	char *copy = gp_span_dup(mask);

	if (v != NULL)
		p->own = v;
	if (v == NULL || copy == NULL) {
		free(copy);
		return -1;
	}
	p->own[p->owns++] = (struct gp_span){ copy, mask.n };
	return 0;
}

static size_t
stands(const char *p, const char *end, const char *mask, size_t n)
{
	return (size_t)(end - p) >= n && memcmp(p, mask, n) == 0 ? n : 0;
}

size_t
gp_personal_mask_at(
    const struct gp_personal *p, const char *at, const char *end)
{
	size_t i, n = 0;

	for (i = 0; i < GP_PD_KINDS && n == 0; i++) {
		n = stands(at, end, kinds[i].ru, strlen(kinds[i].ru));
		if (n == 0)
			n = stands(at, end, kinds[i].en, strlen(kinds[i].en));
	}
	for (i = 0; i < p->owns && n == 0; i++)
		n = stands(at, end, p->own[i].p, p->own[i].n);
	return n;
}

struct gp_personal_run *
gp_personal_run_new(const struct gp_personal *p)
{
	struct gp_personal_run *r = calloc(1, sizeof(*r));

	if (r != NULL)
		r->p = p;
	return r;
}

void
gp_personal_run_free(struct gp_personal_run *r)
{
	if (r == NULL)
		return;
	free(r->t);
	free(r->low);
	free(r->hit);
	free(r);
}

/* The first token that ends behind a place; there are many in a long text. */
static size_t
token_at(const struct gp_personal_run *r, size_t place)
{
	size_t low = 0, high = r->n, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (r->t[mid].to > place)
			high = mid;
		else
			low = mid + 1;
	}
	return low;
}

/* Hits are of whole tokens, with signs round them. */
int
pd_taken(const struct gp_personal_run *r, size_t from, size_t to)
{
	size_t i;

	for (i = token_at(r, from); i < r->n && r->t[i].from < to; i++)
		if (r->t[i].taken)
			return 1;
	return 0;
}

void
pd_hit(struct gp_personal_run *r, size_t from, size_t to, unsigned kind)
{
	struct gp_personal_hit *p;
	size_t i;

	if (pd_taken(r, from, to))
		return;
	p = gp_grow(&r->hit, &r->hits, &r->hit_cap, sizeof(*p));
	if (p == NULL) {
		r->bad = 1;
		return;
	}
	*p = (struct gp_personal_hit){ from, to, kind };
	for (i = token_at(r, from); i < r->n && r->t[i].from < to; i++)
		r->t[i].taken = 1;
}

/* A letter O or Z that stands for 0 or 3, between digits. */
static int
is_digits(const struct gp_personal_run *r, size_t i)
{
	const struct pd_tok *t = &r->t[i];
	const uint8_t *low = r->low + t->low;
	size_t k;

	if (t->digits)
		return 1;
	if (t->n > 3 || t->gapn > 0 || t->gap & PD_MASK)
		return 0;
	for (k = 0; k < t->n; k++)
		if (low[k] != 'o' && low[k] != 0xee && low[k] != 0xe7)
			return 0;
	/* Digits must go on behind it. */
	return i + 1 < r->n && r->t[i + 1].digits && r->t[i + 1].gapn <= 1 &&
	    (r->t[i + 1].gapn == 0 || t->n > 1) &&
	    !(r->t[i + 1].gap & ~(PD_SPACE | PD_DASH));
}

static void
add_digits(const struct gp_personal_run *r, struct pd_row *row, size_t i)
{
	const struct pd_tok *t = &r->t[i];
	size_t k;

	for (k = 0; k < t->n; k++) {
		uint8_t c = r->low[t->low + k];

		row->digit[row->at[row->n] + k] = (char)(t->digits ? c
			: c == 0xe7                                ? '3'
								   : '0');
	}
	row->at[row->n] += t->n;
}

/*
 * The row that begins with token i. Tokens that stand close to each other,
 * with nothing at all between, are one group. Returns the token behind it.
 */
static size_t
row_of(const struct gp_personal_run *r, size_t i, struct pd_row *row)
{
	const unsigned may =
	    PD_SPACE | PD_DASH | PD_DOT | PD_OPEN | PD_CLOSE | PD_SLASH;
	size_t total = 0;

	row->n = 0;
	row->at[0] = 0;
	for (; i < r->n && is_digits(r, i); i++) {
		const struct pd_tok *t = &r->t[i];

		if (total + t->n > PD_DIGITS)
			break;
		if (row->n == 0 || t->gapn > 0) {
			if (row->n > 0 && (t->gapn > 3 || t->gap & ~may))
				break;
			if (row->n == PD_GROUPS)
				break;
			row->tok[row->n++] = i;
			row->at[row->n] = row->at[row->n - 1];
		}
		add_digits(r, row, i);
		total += t->n;
	}
	return i;
}

size_t
pd_group_end(
    const struct gp_personal_run *r, const struct pd_row *row, size_t g)
{
	size_t i = row->tok[g], n = row->at[g + 1] - row->at[g];

	while (r->t[i].n < n)
		n -= r->t[i++].n;
	return r->t[i].to;
}

/* A number glued to Latin letters is part of a name or an address. */
static int
glued(const struct gp_personal_run *r, size_t i, size_t after)
{
	return (i > 0 && r->t[i].gapn == 0 && r->t[i - 1].script == PD_LATIN) ||
	    r->t[i].gap & PD_LOW ||
	    (after < r->n && r->t[after].gapn == 0 &&
		r->t[after].script == PD_LATIN);
}

static void
rows(struct gp_personal_run *r)
{
	struct pd_row row;
	size_t i = 0, g, took, after;

	while (i < r->n) {
		if (!r->t[i].digits) {
			i++;
			continue;
		}
		after = row_of(r, i, &row);
		if (after == i) { /* a group too long for any kind */
			i++;
			continue;
		}
		if (row.at[row.n] >= 4 && !glued(r, i, after))
			for (g = 0; g < row.n; g += took) {
				took = pd_number(r, &row, g);
				if (took == 0)
					took = pd_phone(r, &row, g);
				if (took == 0)
					took = 1;
			}
		i = after;
	}
}

static void
places(struct gp_personal_run *r)
{
	size_t i;

	for (i = 0; i < r->n; i++) {
		if (!r->t[i].digits)
			continue;
		pd_birth(r, i);
		pd_plate(r, i);
		pd_flat(r, i);
	}
}

static int
order(const void *a, const void *b)
{
	const struct gp_personal_hit *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

long
gp_personal_find(struct gp_personal_run *r, struct gp_span text,
    const struct gp_personal_hit **hit)
{
	size_t i, n = 0;

	r->hits = 0;
	r->bad = 0;
	if (pd_scan(r, text) == -1)
		return -1;
	pd_email(r);
	if (r->digits) {
		rows(r);
		places(r);
	}
	pd_names(r);
	if (r->bad)
		return -1;
	for (i = 0; i < r->hits; i++)
		if (r->p->allows == 0 || !pd_allowed(r, &r->hit[i]))
			r->hit[n++] = r->hit[i];
	if (n > 1)
		qsort(r->hit, n, sizeof(*r->hit), order);
	r->hits = n;
	*hit = r->hit;
	return (long)n;
}
