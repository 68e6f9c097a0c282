/* Rows of the index read back, and texts on their way into it. */
#include "fuzz.h"

#include "dedup/item.h"
#include "text/similar.h"

static struct gp_sketcher *
sketcher(void)
{
	static struct gp_sketcher *k;

	if (k == NULL)
		k = gp_sketcher_new();
	HOLDS(k != NULL);
	return k;
}

/* What unpacks, packs to the same bytes, and is like itself. */
static void
row(struct gp_span s)
{
	struct gp_dedup_room room;
	struct gp_dedup_item it;
	struct gp_buf b;

	if (gp_dedup_unpack(s, &room, &it) == -1)
		return;
	gp_buf_init(&b, 0);
	gp_dedup_pack(&it, &b);
	HOLDS(gp_span_eq(gp_buf_span(&b), s));
	HOLDS(gp_similar(&it.sketch, &it.sketch) ==
	    (it.sketch.words > 0 ? 100 : 0));
	gp_buf_release(&b);
}

static void
text(struct gp_span s)
{
	struct gp_dedup_item it = { .id = { "x", 1 }, .kind = GP_DEDUP_APPEAL };
	struct gp_buf b;

	HOLDS(gp_sketch_text(sketcher(), s, &it.sketch) == 0);
	HOLDS(it.sketch.keys <= GP_SKETCH_KEYS);
	gp_buf_init(&b, 0);
	gp_dedup_pack(&it, &b);
	row(gp_buf_span(&b));
	gp_buf_release(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct gp_span s = fuzz_pad(data, n);

	row(s);
	text(s);
	free((char *)s.p);
	return 0;
}
