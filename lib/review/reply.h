/* What comes of a ruling, as records. */
#ifndef GP_REVIEW_REPLY_H
#define GP_REVIEW_REPLY_H

#include "review/judge.h"

/*
 * Appends the record of a draft, a line: a reply for one that is approved, with
 * approved_by, approved_at and text_sha256; the draft with its new text, or
 * with `returned`; the line as it came for one that is skipped, if those are
 * kept. -1: no memory.
 */
int gp_review_put(struct gp_review_desk *, size_t draft,
    const struct gp_ruling *, const char *person, int keep_skipped,
    struct gp_buf *);

#endif
