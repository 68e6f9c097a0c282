#include "cli/findings.h"

#include <stdio.h>

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

enum gp_exit
gp_findings_end(
    const struct gp_findings *all, struct gp_jw *w, struct gp_buf *b)
{
	gp_jw_kint(w, "errors", (int64_t)all->errors);
	gp_jw_kint(w, "warnings", (int64_t)gp_findings_say(all));
	gp_jw_close(w, '}');
	gp_buf_addc(b, '\n');
	if (b->bad || all->bad)
		gp_die(GP_SOFTWARE, "no memory");
	fwrite(b->p, 1, b->n, stdout);
	gp_buf_release(b);
	return all->errors > 0 ? GP_DATA : GP_OK;
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
