/*
 * UTF-8: what is valid, how wide it stands on a terminal, how long a network
 * finds it. Unicode's tables are utf8proc's.
 */
#ifndef GP_BASE_UTF8_H
#define GP_BASE_UTF8_H

#include <stdint.h>

#include "base/buf.h"

/* 1: well-formed (no surrogates, nothing above U+10FFFF, no long forms). */
int gp_utf8_valid(struct gp_span);
/*
 * Reads one code point of valid UTF-8, moves *p behind it. Broken bytes give
 * U+FFFD and move by one.
 */
uint32_t gp_utf8_next(const char **p, const char *end);
void gp_utf8_put(struct gp_buf *, uint32_t);
/* Valid bytes as they are, others as U+FFFD. */
void gp_utf8_mend(struct gp_buf *to, struct gp_span);

/* Canonical composition; 0, or -1 (no memory, not UTF-8). */
int gp_utf8_nfc(struct gp_buf *to, struct gp_span);

/* Columns on a terminal, counted by grapheme cluster. */
size_t gp_utf8_width(struct gp_span);
/* The longest start of whole graphemes that is at most `width` wide. */
struct gp_span gp_utf8_fit(struct gp_span, size_t width);
/*
 * For a terminal or a table cell: control characters, line ends and the marks
 * that turn the direction of writing become spaces, runs of them one space.
 */
void gp_utf8_plain(struct gp_buf *to, struct gp_span);

/* How many code points; of what is not UTF-8, bytes that begin something. */
size_t gp_utf8_count(struct gp_span);
/* Length in UTF-16 code units, as Telegram counts. */
size_t gp_utf8_units(struct gp_span);

#endif
