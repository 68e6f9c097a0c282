#include "cli/findings.h"

size_t
gp_findings_say(const struct gp_findings *all)
{
	size_t i;

	for (i = 0; i < all->n; i++) {
		gp_at(NULL, 0);
		gp_warnx("%s%s", all->v[i].why.msg,
		    all->v[i].error ? "" : " (a warning)");
	}
	return all->n - all->errors;
}
