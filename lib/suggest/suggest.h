/*
 * Drafts of answers to an appeal: the wording of templates, or what was said
 * in like cases between the greeting and the closing of templates.
 *
 *	s = gp_suggest_new(&how);		one a thread
 *	gp_suggest_line(s, line, out, &why);
 *
 * A draft says what it was made of, and leaves holes for what nobody has told
 * it. Drafts that promise nothing and name nobody come last.
 */
#ifndef GP_SUGGEST_SUGGEST_H
#define GP_SUGGEST_SUGGEST_H

#include "base/instant.h"
#include "suggest/past.h"
#include "suggest/templates.h"
#include "text/personal.h"

struct gp_suggest_how {
	const struct gp_templates *templates;
	const struct gp_past *past; /* NULL: templates alone */
	const struct gp_personal *personal;
	const char *const *title; /* of assignees, see fill.h; may be NULL */
	double least;             /* likeness of a past appeal that is used */
	long n;                   /* drafts of an appeal */
	int interim;
	gp_instant now;
};

struct gp_suggest;

/* NULL: no memory. All that `how` names is borrowed. */
struct gp_suggest *gp_suggest_new(const struct gp_suggest_how *);
void gp_suggest_free(struct gp_suggest *);

/*
 * Appends the drafts of a record, lines; nothing for one that asks nothing: no
 * comment or message of a person, deleted, a duplicate, answered, or of a kind
 * that needs no answer. -1: refused, with the reason.
 */
int gp_suggest_line(
    struct gp_suggest *, struct gp_span, struct gp_buf *, struct gp_why *);

#endif
