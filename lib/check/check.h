/*
 * A text held against a standard, gp-standard(5).
 *
 *	c = gp_checker_new(standard);		one a thread
 *	struct gp_check_item item = { .kind = GP_CHECK_REPLY, .text = text };
 *	n = gp_check_text(c, &item, &finding);
 *
 * Findings stand in the order of the text, those without a place last.
 */
#ifndef GP_CHECK_CHECK_H
#define GP_CHECK_CHECK_H

#include "check/standard.h"
#include "json/write.h"

enum {
	GP_CHECK_FINDINGS = 64 /* of one text; what is more is left out */
};

struct gp_check_finding {
	const struct gp_check_rule *rule;
	enum gp_check_level level; /* the rule's, or unknown */
	size_t from, to;           /* bytes of the text; both 0: no place */
	size_t at, length;         /* the same in characters (code points) */
	size_t line;               /* from 1; 0: no place */
	int measured;
	int64_t value, limit; /* of a measure */
};

/* What is known of a text besides its words; what is not stays 0. */
struct gp_check_item {
	enum gp_check_kind kind;
	struct gp_span text; /* valid UTF-8 */
	struct gp_span network;
	struct gp_span appeal; /* class.kind of what it answers */
	int is_private;        /* it answers a message */
	int is_interim, is_final;
	int has_parts; /* what stands beside the text is known: pictures and
			  videos, and those of them without alt text */
	int64_t pictures, without_alt;
	/* Of a page: what a member says; n 0: nothing. NULL: no members. */
	int (*has)(void *ctx, const char *member);
	void *ctx;
};

struct gp_checker;

/* The standard is borrowed. NULL: no memory. */
struct gp_checker *gp_checker_new(const struct gp_standard *);
void gp_checker_free(struct gp_checker *);

/* How many there are; borrowed until the next call. -1: no memory. */
long gp_check_text(struct gp_checker *, const struct gp_check_item *,
    const struct gp_check_finding **);

/*
 * The members of a finding, gp-record(5), without the braces, of that text.
 */
void gp_check_put(
    struct gp_jw *, const struct gp_check_finding *, struct gp_span text);

#endif
