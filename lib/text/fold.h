/*
 * Words as they are compared: lower case, ё as е, composed (NFC); invisible
 * characters and stress marks dropped; in a word that mixes scripts, Latin
 * letters that look like Cyrillic ones become those. Folding twice changes
 * nothing. Bytes that are not UTF-8 are kept as they are.
 */
#ifndef GP_TEXT_FOLD_H
#define GP_TEXT_FOLD_H

#include "base/buf.h"

/* Appends one word, folded. Failure latches in the buffer. */
void gp_fold_word(struct gp_buf *, struct gp_span word);

/* Appends a text: its words folded, all between them as it stands. */
void gp_fold_text(struct gp_buf *, struct gp_span text);

/*
 * 1: all letters are of U+0400 to U+047F and ASCII, and not of both: folding
 * only makes them small.
 */
int gp_fold_is_plain(struct gp_span word);
/* As gp_fold_text, faster, for a text in which all words are plain. */
void gp_fold_plain(struct gp_buf *, struct gp_span text);

/* Letters of a word, and how many of them are capitals, at most 255 each. */
struct gp_letters {
	unsigned char all, capital;
};
struct gp_letters gp_fold_letters(struct gp_span word);

#endif
