/* UTF-8: two judges agree; what is mended, plain or cut is sound. */
#include "fuzz.h"

#include "base/utf8.h"
#include "record/hashtag.h"

static int
has_controls(const struct gp_buf *b)
{
	size_t i;

	for (i = 0; i < b->n; i++)
		if ((unsigned char)b->p[i] < 0x20 || b->p[i] == 0x7f)
			return 1;
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct gp_span s = { (const char *)data, n }, cut, tag;
	const char *p = s.p, *end = p + n;
	struct gp_buf b;
	int sound = 1;
	size_t w;

	gp_buf_init(&b, 0);
	while (p < end) {
		const char *from = p;
		uint32_t c = gp_utf8_next(&p, end);

		HOLDS(p > from && p <= end && c <= 0x10ffff);
		sound &= c != 0xfffd || p - from == 3;
	}
	HOLDS(gp_utf8_valid(s) == sound);
	gp_utf8_mend(&b, s);
	HOLDS(gp_utf8_valid(gp_buf_span(&b)));
	gp_buf_reset(&b);
	gp_utf8_plain(&b, s);
	HOLDS(gp_utf8_valid(gp_buf_span(&b)) && !has_controls(&b));
	w = gp_utf8_width(s);
	cut = gp_utf8_fit(s, w / 2);
	HOLDS(cut.n <= n && gp_utf8_width(cut) <= w / 2);
	HOLDS(gp_utf8_fit(s, w).n == n);
	gp_buf_reset(&b);
	HOLDS(gp_utf8_nfc(&b, s) == 0 || !sound);
	HOLDS(gp_utf8_units(s) <= n || !sound);
	for (p = s.p; sound && gp_hashtag_next(&p, end, &tag);)
		HOLDS(tag.n > 0 && tag.p > s.p && tag.p + tag.n <= end);
	gp_buf_release(&b);
	return 0;
}
