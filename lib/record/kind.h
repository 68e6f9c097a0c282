/*
 * Kinds of what citizens write, class.kind, that ask for an answer. What has
 * no class yet asks for one too; that is for the caller to see.
 */
#ifndef GP_RECORD_KIND_H
#define GP_RECORD_KIND_H

#include "base/buf.h"

enum gp_appeal_kind {
	GP_COMPLAINT,
	GP_QUESTION,
	GP_SUGGESTION,
	GP_DANGER,
	GP_UNSORTED, /* not classified */
	GP_KINDS,
};

/* GP_UNSORTED for a word that is none of them. */
enum gp_appeal_kind gp_kind_of(struct gp_span word);
/* "complaint" ...; NULL for GP_UNSORTED. */
const char *gp_kind_name(enum gp_appeal_kind);

#endif
