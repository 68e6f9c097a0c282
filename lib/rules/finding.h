/* What is wrong with a taxonomy: a list of sentences with their places. */
#ifndef GP_RULES_FINDING_H
#define GP_RULES_FINDING_H

#include "base/err.h"

struct gp_finding {
	int error;         /* 0: a warning */
	struct gp_why why; /* "file:line:col: ..." */
};

struct gp_findings {
	struct gp_finding *v;
	size_t n, cap;
	size_t errors;
	int bad; /* no memory for one of them */
};

void gp_findings_init(struct gp_findings *);
void gp_findings_release(struct gp_findings *);
void gp_findings_add(struct gp_findings *, int error, const struct gp_why *);

#endif
