/*
 * Cursors of pages and streams, as cursor records in a file. The last one of a
 * page and stream counts.
 */
#ifndef GP_NET_CURSORS_H
#define GP_NET_CURSORS_H

#include "base/buf.h"

struct gp_cursors {
	struct gp_cursor {
		char *page, *stream, *value;
	} * v;
	size_t n, cap;
	char *store; /* the identity of the store they come from, or NULL */
};

void gp_cursors_release(struct gp_cursors *);
/*
 * Reads a file ("-": standard input); other records in it are passed over. A
 * file that is not there is empty when `may_lack`. -1 with the reason.
 */
int gp_cursors_load(
    struct gp_cursors *, const char *path, int may_lack, struct gp_why *);
/* Takes one cursor record, with nothing behind it. 1: it is none, or no
 * memory. */
int gp_cursors_take(struct gp_cursors *, struct gp_span);
/* NULL: none. Borrowed until the next put. */
const char *gp_cursors_get(
    const struct gp_cursors *, const char *page, const char *stream);
/* Where they come from, from now on. -1: no memory. */
int gp_cursors_from(struct gp_cursors *, const char *store);
/* -1: no memory. */
int gp_cursors_put(struct gp_cursors *, const char *page, const char *stream,
    const char *value);
/* Replaces the file whole, synced. -1 with the reason. */
int gp_cursors_save(
    const struct gp_cursors *, const char *path, struct gp_why *);
/* Takes the lock beside the file: its descriptor, or -1 with the reason
 * (another run holds it). Closing lets go. */
int gp_cursors_lock(const char *path, struct gp_why *);

#endif
