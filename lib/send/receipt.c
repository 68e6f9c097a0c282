#include "send/receipt.h"

#include <stdlib.h>

static void
text(struct gp_jw *w, const char *key, struct gp_span s)
{
	if (s.n > 0)
		gp_jw_ktext(w, key, s);
}

void
gp_receipt_write(struct gp_buf *b, const struct gp_receipt *r)
{
	char at[GP_INSTANT_LEN];
	struct gp_jw w;

	gp_jw_init(&w, b);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "type", "receipt");
	gp_jw_key(&w, "id");
	gp_buf_addf(b, "\"receipt:%s%s%s\"", r->key, r->aside ? "/" : "",
	    r->aside ? gp_out_word(r->state) : "");
	w.comma = 1;
	gp_jw_kstr(&w, "network", r->network);
	gp_jw_kstr(&w, "page", r->page);
	gp_jw_kstr(&w, "at", gp_instant_utc(r->at, at));
	gp_jw_kstr(&w, "action", r->action);
	gp_jw_kstr(&w, "key", r->key);
	gp_jw_kstr(&w, "status", gp_out_word(r->state));
	text(&w, "to", r->to);
	text(&w, "result", r->result);
	text(&w, "url", r->url);
	if (r->interim)
		gp_jw_kbool(&w, "interim", 1);
	text(&w, "promised", r->promised);
	text(&w, "text_sha256", r->hash);
	text(&w, "error", r->error);
	gp_jw_close(&w, '}');
	gp_buf_addc(b, '\n');
}

/* A row of the journal as what is known of it. */
static int
unknown(void *ctx, const struct gp_out_row *row)
{
	struct gp_span network = { row->page.p, 0 };
	struct gp_receipt r = { .at = row->at,
		.state = GP_OUT_UNKNOWN,
		.to = row->to,
		.hash = row->hash,
		.interim = gp_span_is(row->action, GP_OUT_INTERIM),
		.error = row->error };
	char *text[4] = { gp_span_dup(row->key), gp_span_dup(row->page),
		gp_span_dup(r.interim ? gp_span_of("reply") : row->action),
		NULL };
	int bad, i;

	while (network.n < row->page.n && network.p[network.n] != ':')
		network.n++;
	text[3] = gp_span_dup(network);
	bad = text[0] == NULL || text[1] == NULL || text[2] == NULL ||
	    text[3] == NULL;
	r.key = text[0];
	r.page = text[1];
	r.action = text[2];
	r.network = text[3];
	if (!bad)
		gp_receipt_write(ctx, &r);
	for (i = 0; i < 4; i++)
		free(text[i]);
	return bad;
}

int
gp_receipts_unknown(struct gp_buf *b, struct gp_outbox *o, struct gp_why *why)
{
	return gp_outbox_list(
	    o, 1u << GP_OUT_UNKNOWN | 1u << GP_OUT_SENDING, unknown, b, why);
}
