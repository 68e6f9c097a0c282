#include "json/keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "json/json.h"

static int
by_bytes(const void *a, const void *b)
{
	const struct gp_span *x = a, *y = b;
	int r = memcmp(x->p, y->p, x->n < y->n ? x->n : y->n);

	return r != 0 ? r : x->n < y->n ? -1 : x->n > y->n;
}

int
gp_keys_note(struct gp_keys *k, struct gp_span s)
{
	struct gp_json quoted = { .type = GP_JSON_STRING,
		.text = { s.p - 1, s.n + 2 } };
	struct gp_span *p;
	struct gp_buf b;

	p = gp_room(&k->v, k->n, &k->cap, sizeof(*p));
	if (p == NULL)
		return -1;
	gp_buf_init(&b, 0);
	gp_json_text(quoted, &b);
	s = (struct gp_span){ gp_span_dup(gp_buf_span(&b)), b.n };
	gp_buf_release(&b);
	if (s.p == NULL)
		return -1;
	k->v[k->n++] = s;
	return 0;
}

int
gp_keys_same(struct gp_keys *k, size_t from)
{
	size_t i;
	int same = 0;

	if (k->n > from + 1)
		qsort(k->v + from, k->n - from, sizeof(*k->v), by_bytes);
	for (i = from; i < k->n; i++)
		same |= i > from && gp_span_eq(k->v[i], k->v[i - 1]);
	while (k->n > from)
		free((char *)(uintptr_t)k->v[--k->n].p);
	return same;
}

void
gp_keys_release(struct gp_keys *k)
{
	gp_keys_same(k, 0);
	free(k->v);
	memset(k, 0, sizeof(*k));
}
