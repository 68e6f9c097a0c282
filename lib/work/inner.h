/* What the files of lib/work share. */
#ifndef GP_WORK_INNER_H
#define GP_WORK_INNER_H

#include "store/engine.h"
#include "work/work.h"

enum {
	GP_WORK_SLOTS = 1024, /* pages are spread over so many */
	GP_WORK_LOOK = 2000,  /* so many are looked through at the least */
};

struct gp_work {
	struct gp_store *s; /* NULL: the connection has broken */
	char *url, *name;
	struct gp_work_how how;
	enum gp_exit status;
	int64_t id; /* of this worker; 0: not there yet */
	int64_t pages;
	int64_t width; /* slots that the next look takes in; 0: not yet known */
};

/* The reason says which database. */
int gp_work_run(struct gp_work *, const char *sql, const struct gp_db_value *,
    size_t n, gp_db_row_fn *, void *ctx, struct gp_why *);

#endif
