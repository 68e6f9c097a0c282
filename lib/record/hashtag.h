/*
 * Hashtags in a text, as the networks find them: # before letters, digits and
 * underscores, at least one of them no digit, not inside a word.
 */
#ifndef GP_RECORD_HASHTAG_H
#define GP_RECORD_HASHTAG_H

#include "base/buf.h"

/* 1: the next tag, without its #, borrowed from the text; 0: no more. */
int gp_hashtag_next(const char **p, const char *end, struct gp_span *tag);

#endif
