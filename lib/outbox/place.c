#include "outbox/place.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "outbox/outbox.h"
#include "store/store.h"

static char *
beside(const char *store)
{
	struct gp_buf b;

	gp_buf_init(&b, 0);
	gp_buf_addf(
	    &b, "%s%s", store, gp_store_is_server(store) ? "" : "-outbox");
	return gp_buf_detach(&b);
}

/* 1: a name for a file that is called otherwise. */
static int
is_link(const char *store)
{
	struct stat st;

	return !gp_store_is_server(store) && lstat(store, &st) == 0 &&
	    S_ISLNK(st.st_mode);
}

char *
gp_outbox_place(const char *store)
{
	char *real = is_link(store) ? realpath(store, NULL) : NULL;
	char *place = beside(real != NULL ? real : store);

	free(real);
	return place;
}

int
gp_outbox_alone(const char *store, const char *place, struct gp_why *why)
{
	char *own = is_link(store) ? beside(store) : NULL;
	struct stat a, b;
	int two = own != NULL && strcmp(own, place) != 0 &&
	    stat(own, &a) == 0 &&
	    (stat(place, &b) == -1 || a.st_dev != b.st_dev ||
		a.st_ino != b.st_ino);

	if (two)
		gp_because(why,
		    "'%s' is a journal too, '%s' being a link: the journal of "
		    "that store is '%s'",
		    own, store, place);
	free(own);
	return two ? -1 : 0;
}
