/* One text: found, masked, and looked at again. */
#include <stdlib.h>
#include <string.h>

#include "redact/inner.h"

static int
add(struct gp_redact_run *run, size_t from, size_t to, unsigned kind)
{
	struct gp_personal_hit *v;

	if (run->hits == run->hit_cap) {
		v = realloc(run->hit, (run->hit_cap * 2 + 16) * sizeof(*v));
		if (v == NULL)
			return -1;
		run->hit = v;
		run->hit_cap = run->hit_cap * 2 + 16;
	}
	run->hit[run->hits++] = (struct gp_personal_hit){ from, to, kind };
	return 0;
}

/* In what was found, or in a mask that stands there already? */
static int
taken(const struct gp_redact_run *run, struct gp_span s, size_t from, size_t to)
{
	const char *p = s.p, *end = s.p + s.n;
	size_t i, n;

	for (i = 0; i < run->hits; i++)
		if (from < run->hit[i].to && run->hit[i].from < to)
			return 1;
	for (; (p = memchr(p, '[', (size_t)(end - p))) != NULL; p++) {
		if ((size_t)(p - s.p) >= to)
			return 0;
		n = gp_personal_mask_at(run->r->personal, p, end);
		if (n > 0 && (size_t)(p - s.p) + n > from)
			return 1;
	}
	return 0;
}

static int
by_rule(struct gp_redact_run *run, const struct gp_redact_rule *rule,
    struct gp_span s, struct gp_why *why)
{
	size_t from = 0, at[3];
	int got;

	while (from <= s.n &&
	    (got = gp_pattern_find(rule->pattern, run->pattern, s, from, at)) !=
		0) {
		if (got == -1)
			return gp_because(why,
			    "a rule of kind '%s' takes too long on this text",
			    run->r->kind[rule->kind]);
		if (at[1] > at[0] && !taken(run, s, at[0], at[1]) &&
		    add(run, at[0], at[1], rule->kind) == -1)
			return gp_because(why, "no memory");
		from = at[2] > from ? at[2] : from + 1;
		while (from < s.n && (s.p[from] & 0xc0) == 0x80)
			from++;
	}
	return 0;
}

static int
order(const void *a, const void *b)
{
	const struct gp_personal_hit *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

/* Finds what is not kept. -1 with the reason, else how many. */
static long
find(struct gp_redact_run *run, struct gp_span s, struct gp_why *why)
{
	const struct gp_personal_hit *hit;
	long n = gp_personal_find(run->personal, s, &hit), i;
	size_t k, left = 0;

	run->hits = 0;
	if (n == -1)
		return gp_because(why, "no memory");
	if (n == 0 && run->r->rules == 0)
		return 0;
	for (k = 0; k < run->r->rules; k++)
		if (!(run->r->keep >> run->r->rule[k].kind & 1) &&
		    by_rule(run, &run->r->rule[k], s, why) == -1)
			return -1;
	for (i = 0; i < n; i++)
		if (!taken(run, s, hit[i].from, hit[i].to) &&
		    add(run, hit[i].from, hit[i].to, hit[i].kind) == -1)
			return gp_because(why, "no memory");
	for (k = 0; k < run->hits; k++)
		if (!(run->r->keep >> run->hit[k].kind & 1))
			run->hit[left++] = run->hit[k];
	run->hits = left;
	if (left > 1)
		qsort(run->hit, left, sizeof(*run->hit), order);
	return (long)left;
}

static void
put(struct gp_redact_run *run, struct gp_span s, struct gp_buf *to)
{
	size_t k, from = 0;

	gp_buf_reset(to);
	for (k = 0; k < run->hits; k++) {
		const struct gp_personal_hit *h = &run->hit[k];

		gp_buf_add(to, s.p + from, h->from - from);
		gp_buf_adds(to, run->r->mask[h->kind]);
		run->count[h->kind]++;
		from = h->to;
	}
	gp_buf_add(to, s.p + from, s.n - from);
}

int
gp_redact_text(struct gp_redact_run *run, struct gp_span s, struct gp_span *out,
    struct gp_why *why)
{
	struct gp_buf swap;
	int changed = 0;
	long n;

	/* Each round takes away what the next could find: it comes to an end. */
	while ((n = find(run, s, why)) > 0) {
		/* s may stand in `next`. */
		put(run, s, &run->plain);
		if (run->plain.bad)
			return gp_because(why, "no memory");
		swap = run->next;
		run->next = run->plain;
		run->plain = swap;
		s = gp_buf_span(&run->next);
		changed = 1;
	}
	*out = s;
	return n == -1 ? -1 : changed;
}
