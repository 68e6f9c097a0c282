/* What came of something that was to go out, as a record: gp-record(5). */
#ifndef GP_SEND_RECEIPT_H
#define GP_SEND_RECEIPT_H

#include "outbox/outbox.h"
#include "record/item.h"

struct gp_receipt {
	const char *network, *page, *action, *key;
	gp_instant at;
	enum gp_out_state state;
	/* Absent where n is 0. */
	struct gp_span to, result, url, error, hash, promised;
	int interim;
	/* Nothing of it is in the journal: it must not take the place of the
	 * receipt of what was sent under the key before. */
	int aside;
};

/* Appends the record and a newline. */
void gp_receipt_write(struct gp_buf *, const struct gp_receipt *);
/* Appends those of all that nobody knows the outcome of. -1 with the reason. */
int gp_receipts_unknown(struct gp_buf *, struct gp_outbox *, struct gp_why *);

#endif
