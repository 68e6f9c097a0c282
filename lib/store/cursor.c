/* The cursors of some pages: of a large store all of them are too many. */
#include "store/engine.h"

enum {
	AT_ONCE = 500
};

struct cursors {
	gp_found_fn *fn;
	void *ctx;
};

static int
take_cursor(void *ctx, const struct gp_db_value *v, size_t n)
{
	const struct cursors *c = ctx;
	const struct gp_found found = { .body = v[0].text };

	(void)n;
	return c->fn(c->ctx, &found);
}

int
gp_store_cursors_of(struct gp_store *s, const char *const *page, size_t n,
    gp_found_fn *fn, void *ctx, struct gp_why *why)
{
	struct cursors c = { fn, ctx };
	struct gp_db_value v[AT_ONCE];
	size_t i, k;

	for (i = 0; i < n; i += k) {
		gp_buf_reset(&s->sql);
		gp_buf_adds(
		    &s->sql, "SELECT body FROM gp_cursor WHERE page IN (");
		for (k = 0; k < AT_ONCE && i + k < n; k++) {
			gp_buf_addf(
			    &s->sql, "%s$%zu", k > 0 ? ", " : "", k + 1);
			v[k] = gp_db_str(page[i + k]);
		}
		gp_buf_adds(&s->sql, ") ORDER BY page, stream");
		if (s->engine->run(s, gp_buf_str(&s->sql), v, k, take_cursor,
			&c, why) == -1)
			return -1;
	}
	return 0;
}
