/*
 * A saved page of Telegram's public preview, as records.
 */
#ifndef GP_IMPORT_SAVED_H
#define GP_IMPORT_SAVED_H

#include "net/preview.h"

enum gp_saved_got {
	GP_SAVED_POSTS, /* the messages of the page, be it none */
	GP_SAVED_CARD,  /* page->page is filled as a record */
	GP_SAVED_ERROR, /* a page that says no: gone, missing; the reason */
	GP_SAVED_NONE,  /* none of the known pages; the reason */
};

/*
 * Reads the page into the reader and completes its items: network and seen.
 * The instant at which the network made the page counts as seen, where it is
 * told; otherwise `seen` does.
 */
enum gp_saved_got gp_saved_read(
    struct gp_preview *, struct gp_span, gp_instant seen, struct gp_why *);
/*
 * 1: a whole document that was cut: it begins as one, and neither the
 * network's mark nor </html> is at its end. Fragments are never cut.
 */
int gp_saved_cut(const struct gp_preview *, struct gp_span);

#endif
