/* For the formats themselves: what they share. */
#ifndef GP_SHOW_FORMAT_H
#define GP_SHOW_FORMAT_H

#include "show/show.h"

extern const struct gp_format gp_format_table;
extern const struct gp_format gp_format_csv;
extern const struct gp_format gp_format_ndjson;
extern const struct gp_format gp_format_md;
extern const struct gp_format gp_format_html;
extern const struct gp_format gp_format_xlsx;

/* What is ready goes out in pieces of this size. */
#define GP_SHOW_PIECE (64 * GP_KIB)

/* Hands over what is ready if it is more than `least` bytes. */
void gp_show_flush(struct gp_show *, size_t least);

/* 1: this format shows the column. */
int gp_show_has(const struct gp_show *, size_t column);
const char *gp_show_title(const struct gp_show *, size_t column);

/*
 * A cell as a person reads it, appended: plain text, numbers with the decimal
 * sign given, instants in the zone, yes and no in the language.
 */
void gp_cell_print(struct gp_buf *, const struct gp_cell *, int places,
    int point, enum gp_lang);

#endif
