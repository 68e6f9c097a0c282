/* What gp-check does to a line. */
#ifndef GP_CHECK_RECORD_H
#define GP_CHECK_RECORD_H

#include <stdatomic.h>

#include "check/check.h"
#include "check/posts.h"
#include "check/schema.h"

/* Set up once, shared by threads. */
struct gp_check {
	const struct gp_standard *standard; /* NULL: the schema alone */
	const struct gp_schema *schema;     /* NULL: the standard alone */
	struct gp_posts *posts;             /* or NULL */
	int only;     /* findings alone are printed, as records */
	int hold;     /* what has errors is refused */
	int official; /* what the page itself wrote is checked too */
	atomic_size_t errors;
};

struct gp_check_run;                                      /* of one thread */
struct gp_check_run *gp_check_run_new(struct gp_check *); /* NULL: no memory */
void gp_check_run_free(struct gp_check_run *);

/* A record, GP_PAD bytes behind it. -1: refused, with the reason. */
int gp_check_line(
    struct gp_check_run *, struct gp_span, struct gp_buf *out, struct gp_why *);

#endif
