/* A person's word on what nobody knows: gp_outbox_resolve. */
#include "outbox/outbox.h"

#include <string.h>

/* What is wrong with the key of somebody's word; GP_OK: nothing. */
static enum gp_exit
prove_open(struct gp_outbox *o, const char *key, struct gp_out_row *row,
    struct gp_why *why)
{
	int r = gp_outbox_find(o, key, row, why);

	if (r == -1)
		return gp_outbox_status(o);
	if (r == 1 &&
	    (row->state == GP_OUT_UNKNOWN || row->state == GP_OUT_SENDING))
		return GP_OK;
	if (r == 0)
		gp_because(why, "no such key");
	else
		gp_because(why, "it is %s, there is nothing to decide",
		    gp_out_word(row->state));
	return GP_DATA;
}

/* What is wrong with the id of what is said to stand there. */
static enum gp_exit
prove_result(
    const struct gp_out_row *row, struct gp_span result, struct gp_why *why)
{
	size_t n = 0;

	while (n < row->page.n && row->page.p[n] != ':')
		n++;
	if (result.n == 0 ||
	    (result.n > n + 1 && memcmp(result.p, row->page.p, n) == 0 &&
		result.p[n] == ':'))
		return GP_OK;
	gp_because(why, "'%.*s' is no id of %.*s", (int)result.n, result.p,
	    (int)n, row->page.p);
	return GP_DATA;
}

enum gp_exit
gp_outbox_resolve(struct gp_outbox *o, const char *key, int sent,
    struct gp_span result, long wait, struct gp_why *why)
{
	const struct gp_span none = { NULL, 0 };
	const gp_instant mended = gp_outbox_mended(o);
	struct gp_out_row row = { .left = 0 };
	enum gp_exit status = prove_open(o, key, &row, why);

	if (status == GP_OK)
		status = prove_result(&row, result, why);
	if (status == GP_OK)
		status = gp_outbox_lock(o, row.page.p, wait, why);
	/* Whoever had the page may have come to know. */
	if (status == GP_OK)
		status = prove_open(o, key, &row, why);
	if (status != GP_OK)
		return status;
	/* That word holds in the gap of a restored journal, too. */
	return gp_outbox_mark(o, key, sent ? GP_OUT_SENT : GP_OUT_PLANNED,
		   mended != 0 ? mended + 1 : 0, sent ? result : none, none,
		   none, why) == 0
	    ? GP_OK
	    : gp_outbox_status(o);
}
