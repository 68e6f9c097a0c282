/* What the parts of the reader of Telegram Desktop's exports share. */
#ifndef GP_IMPORT_DESKTOP_INNER_H
#define GP_IMPORT_DESKTOP_INNER_H

#include "import/desktop.h"

/* Foreign numbers above are taken for none. */
#define GP_DESKTOP_MOST INT64_C(1000000000000)

/* A member of a message, or of any object within it. */
struct gp_json gp_desktop_get(struct gp_desktop *, const char *key);
struct gp_json gp_desktop_in(
    struct gp_desktop *, struct gp_json, const char *key);
/* A string in the pool; n 0: none. */
struct gp_span gp_desktop_str(struct gp_desktop *, struct gp_json);
/* A whole number, written so or in a string; 0: none, or below, or too big. */
int64_t gp_desktop_number(struct gp_json);
/* A string, or a list of strings and of objects with `text`; p NULL: none. */
struct gp_span gp_desktop_text(struct gp_desktop *, struct gp_json);

/* The public name of a channel other than the one that is read, or NULL. */
const char *gp_desktop_name(struct gp_desktop *, int64_t chat);

/* Media, links behind words, reactions and a poll. 0, or -1: no memory. */
int gp_desktop_media(struct gp_desktop *, struct gp_item *);

#endif
