#include "cli/findings.h"

#include "base/file.h"
#include "rules/taxonomy.h"

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

struct gp_taxonomy *
gp_taxonomy_given(const char *path)
{
	struct gp_taxonomy *tax;
	struct gp_buf shipped;
	struct gp_why why;

	gp_buf_init(&shipped, 0);
	if (path == NULL) {
		if (gp_file_data("taxonomy.yaml", &shipped, &why) == -1)
			gp_die(GP_CONFIG, "%s", why.msg);
		path = gp_buf_str(&shipped);
	}
	tax = gp_taxonomy_load(path, NULL, &why);
	if (tax == NULL)
		gp_die(GP_CONFIG, "%s", why.msg);
	gp_buf_release(&shipped);
	return tax;
}
