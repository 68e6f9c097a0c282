/* The database of gp-store: can it be opened, and is its schema ours? */
#include "doctor/doctor.h"
#include "store/store.h"

void
gp_doctor_database(struct gp_doctor *d, const char *url)
{
	struct gp_store *s = NULL;
	struct gp_why why;
	enum gp_exit status;

	status = gp_store_open(&s, url, GP_STORE_LOOK, &why);
	if (status != GP_OK)
		gp_doctor_say(
		    d, GP_ERROR, "db.opens", NULL, status, "%s", why.msg);
	else if (s == NULL)
		gp_doctor_say(d, GP_WARNING, "db.opens", url, GP_CONFIG,
		    "nothing is in it yet: gp-store put makes it");
	else
		gp_doctor_say(d, GP_FINE, "db.opens", url, GP_OK,
		    "opens, its schema is ours");
	gp_store_close(s);
}
