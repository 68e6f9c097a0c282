/*
 * A config with few of its pages: what a worker with 175,000 of them gives to a
 * pipeline that reads twenty. It is cut out of the text by whole lines, so that
 * what is left means what it meant; names of files are not touched, and are
 * looked up from the same folder as before.
 *
 *	if (gp_excerpt_init(&e, &conf) == 1)
 *		gp_excerpt_write(&e, names, &buf);
 *	gp_excerpt_release(&e);
 */
#ifndef GP_CONFIG_EXCERPT_H
#define GP_CONFIG_EXCERPT_H

#include "base/pool.h"
#include "config/config.h"

struct gp_excerpt_page {
	struct gp_span name;
	size_t at, n; /* its lines, in the text */
};

struct gp_excerpt {
	struct gp_buf text;
	size_t from, to; /* the lines of all pages */
	struct gp_excerpt_page *page;
	size_t n;
	struct gp_pool pool;
};

/*
 * 1: it can be cut; the config may be released. 0: it cannot, for `pages` or
 * the whole is in braces, a key stands behind a question mark, lines end in
 * another way than by LF or CR LF, or there are no pages; -1: no memory.
 * Release in each case.
 */
int gp_excerpt_init(struct gp_excerpt *, const struct gp_config *);
void gp_excerpt_release(struct gp_excerpt *);
/* Appends it with the pages of these names, one a line, none twice; names of
 * no page are passed over. */
void gp_excerpt_write(
    const struct gp_excerpt *, struct gp_span names, struct gp_buf *to);

#endif
