#include "rules/finding.h"

#include <stdlib.h>
#include <string.h>

void
gp_findings_init(struct gp_findings *f)
{
	memset(f, 0, sizeof(*f));
}

void
gp_findings_release(struct gp_findings *f)
{
	free(f->v);
	gp_findings_init(f);
}

void
gp_findings_add(struct gp_findings *f, int error, const struct gp_why *why)
{
	size_t cap = f->cap == 0 ? 16 : f->cap * 2;
	struct gp_finding *v;

	f->errors += error != 0;
	if (f->n == f->cap) {
		v = realloc(f->v, cap * sizeof(*v));
		if (v == NULL) {
			f->bad = 1;
			return;
		}
		f->v = v;
		f->cap = cap;
	}
	f->v[f->n].error = error;
	f->v[f->n].why = *why;
	f->n++;
}
