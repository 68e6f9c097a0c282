/* What the files of this folder share. */
#ifndef GP_REDACT_INNER_H
#define GP_REDACT_INNER_H

#include "redact/redact.h"
#include "json/write.h"

/* A change to the line: these bytes become those of `text`. */
struct gp_patch {
	const char *from, *to;
	size_t at, n; /* in the run's `text` */
};

struct gp_redact_run {
	const struct gp_redact *r;
	struct gp_personal_run *personal;
	struct gp_pattern_run *pattern;
	struct gp_json_reader *reader, *again;
	struct gp_personal_hit *hit; /* of one pass over a text */
	size_t hits, hit_cap;
	struct gp_patch *patch;
	size_t patches, patch_cap;
	struct gp_buf plain, next, text, line, list, mark;
	unsigned long count[GP_REDACT_KINDS];
	unsigned long authors;
};

/*
 * Masks a text until nothing more is found, so that a second run finds
 * nothing. 0: nothing was; 1: *out (the run's) is the new text; -1 with the
 * reason.
 */
int gp_redact_text(struct gp_redact_run *, struct gp_span, struct gp_span *out,
    struct gp_why *);

/*
 * The pseudonym of an account, "p2026-" and 24 hexadecimal digits: the start of
 * HMAC-SHA-256 over "network:id", with the key of the year in `at`. -1 with
 * the reason.
 */
int gp_redact_pseudonym(const struct gp_redact *, struct gp_span network,
    struct gp_span id, struct gp_span at, char to[40], struct gp_why *);
/* 1: it is one already. */
int gp_redact_is_pseudonym(struct gp_span);

/* Adds patches for who wrote it. -1 with the reason. */
int gp_redact_author(
    struct gp_redact_run *, const struct gp_json_obj *, struct gp_why *);
/* A patch whose text stands at the end of the run's `text`, from `at`. */
int gp_redact_patch(
    struct gp_redact_run *, struct gp_span, size_t at, struct gp_why *);

#endif
