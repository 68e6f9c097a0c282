/* Texts of citizens: folded, parted, matched, judged. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "rules/verdict.h"
#include "text/fold.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char RULES[] =
    "{taxonomy: 1, kinds: [{name: info, include: ['?', ':url', ':phone', "
    "':caps', 'a & b', 'a b c', 'д*'], patterns: [{re: '(\\w+\\s?)+$', "
    "stems: ['д*', a]}]}], groups: [{name: g, include: [яма дорога^2]}]}";

/* Folding is done once and for all: a second time changes nothing. Texts of
 * records are always sound UTF-8; of others only safety is asked. */
static void
fold_twice(struct gp_span s)
{
	struct gp_buf once, twice;

	gp_buf_init(&once, 0);
	gp_buf_init(&twice, 0);
	gp_fold_text(&once, s);
	gp_fold_text(&twice, gp_buf_span(&once));
	if (!once.bad && gp_utf8_valid(s) &&
	    !gp_span_eq(gp_buf_span(&once), gp_buf_span(&twice)))
		abort();
	gp_buf_release(&once);
	gp_buf_release(&twice);
}

/* Made once: the memory of words is what takes the time. */
static struct gp_match *
matcher(void)
{
	static struct gp_match *m;
	struct gp_taxonomy *tax;
	struct gp_why why;

	if (m != NULL)
		return m;
	tax = gp_taxonomy_parse(gp_span_of(RULES), "r", NULL, &why);
	m = tax != NULL ? gp_match_new(tax) : NULL;
	if (m == NULL)
		abort();
	return m;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct gp_span s = { (const char *)data, n };
	struct gp_verdict v;
	struct gp_buf text;

	gp_buf_init(&text, 0);
	gp_fold_word(&text, s);
	gp_buf_reset(&text);
	gp_utf8_mend(&text, s);
	gp_match_text(matcher(), gp_buf_span(&text));
	gp_verdict_of(matcher(), &v);
	fold_twice(gp_buf_span(&text));
	gp_buf_release(&text);
	return 0;
}
