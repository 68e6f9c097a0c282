/* One text: found, masked, and looked at again. */
#include <stdlib.h>
#include <string.h>

#include "redact/inner.h"

#include "base/grow.h"

enum {
	ROUNDS = 64
};

static int
add(struct gp_redact_run *run, size_t from, size_t to, unsigned kind)
{
	struct gp_personal_hit *v;

	v = gp_grow(&run->hit, &run->hits, &run->hit_cap, sizeof(*v));
	if (v == NULL)
		return -1;
	*v = (struct gp_personal_hit){ from, to, kind };
	return 0;
}

/* Marks the bytes of a text that are masks already. */
static int
mark_masks(struct gp_redact_run *run, struct gp_span s)
{
	const char *p = s.p, *end = s.p + s.n;
	char *mark;
	size_t n;

	gp_buf_reset(&run->mark);
	mark = gp_buf_room(&run->mark, s.n + 1);
	if (mark == NULL)
		return -1;
	memset(mark, 0, s.n + 1);
	gp_buf_used(&run->mark, s.n);
	for (; (p = memchr(p, '[', (size_t)(end - p))) != NULL; p++) {
		n = gp_personal_mask_at(run->r->personal, p, end);
		memset(mark + (p - s.p), 1, n);
	}
	return 0;
}

/* A hit of ours, unless something stands there already. */
static int
add_free(struct gp_redact_run *run, size_t from, size_t to, unsigned kind)
{
	char *mark = run->mark.p + from;

	if (memchr(mark, 1, to - from) != NULL)
		return 0;
	memset(mark, 1, to - from);
	return add(run, from, to, kind);
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
		if (at[1] > at[0] &&
		    add_free(run, at[0], at[1], rule->kind) == -1)
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
	if (mark_masks(run, s) == -1)
		return gp_because(why, "no memory");
	for (k = 0; k < run->r->rules; k++)
		if (!(run->r->keep >> run->r->rule[k].kind & 1) &&
		    by_rule(run, &run->r->rule[k], s, why) == -1)
			return -1;
	for (i = 0; i < n; i++)
		if (add_free(run, hit[i].from, hit[i].to, hit[i].kind) == -1)
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

	/* A round mostly leaves nothing to the next. */
	while ((n = find(run, s, why)) > 0) {
		if (changed++ == ROUNDS)
			return gp_because(why, "comes to no rest");
		/* s may stand in `next`. */
		put(run, s, &run->plain);
		if (run->plain.bad)
			return gp_because(why, "no memory");
		swap = run->next;
		run->next = run->plain;
		run->plain = swap;
		s = gp_buf_span(&run->next);
	}
	*out = s;
	return n == -1 ? -1 : changed > 0;
}
