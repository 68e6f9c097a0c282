#include "send/decide.h"

#include <string.h>

#include "send/receipt.h"

int
gp_decide_asked(const struct gp_decide *d)
{
	return d->list || d->key != NULL || d->restored != NULL;
}

static enum gp_exit
resolve(const struct gp_decide *d, struct gp_sender *s, int n, char **operand,
    struct gp_why *why)
{
	int sent = n > 0 && strcmp(operand[0], "sent") == 0;
	struct gp_span id = { NULL, 0 };
	struct gp_why because;
	enum gp_exit status;

	if (sent && n == 2)
		id = gp_span_of(operand[1]);
	else if (n != 1 || (!sent && strcmp(operand[0], "resend") != 0)) {
		gp_because(
		    why, "--resolve %s: say sent [ID] or resend", d->key);
		return GP_USAGE;
	}
	status =
	    gp_outbox_resolve(s->outbox, d->key, sent, id, s->wait, &because);
	if (status != GP_OK)
		gp_because(why, "--resolve %s: %s", d->key, because.msg);
	return status;
}

/* What could leave until now may have. */
static enum gp_exit
restored(const struct gp_decide *d, struct gp_sender *s, struct gp_why *why)
{
	gp_instant since, until = gp_now();

	if (gp_instant_word(d->restored, until, &since) == -1) {
		gp_because(why, "--restored: no instant: '%s'", d->restored);
		return GP_USAGE;
	}
	if (since > until) {
		gp_because(why, "--restored: '%s' is not past", d->restored);
		return GP_USAGE;
	}
	return gp_outbox_restored(s->outbox, since, until, why) == 0
	    ? GP_OK
	    : gp_outbox_status(s->outbox);
}

enum gp_exit
gp_decide(const struct gp_decide *d, struct gp_sender *s, int n, char **operand,
    struct gp_buf *out, struct gp_why *why)
{
	/* After a restore there may be none, and there has to be one. */
	enum gp_exit status = gp_sender_journal(s, d->restored == NULL, why);

	if (status != GP_OK)
		return status;
	if (s->outbox == NULL) {
		gp_because(why, "there is no journal yet: nothing was sent");
		return GP_DATA;
	}
	if (d->restored != NULL)
		return restored(d, s, why);
	if (!d->list)
		return resolve(d, s, n, operand, why);
	if (n > 0) {
		gp_because(why, "--list goes alone");
		return GP_USAGE;
	}
	if (gp_receipts_unknown(out, s->outbox, why) == -1)
		return gp_outbox_status(s->outbox);
	return GP_OK;
}
