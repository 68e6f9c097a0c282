/*
 * A template file up to the first NUL, and behind it a past answer: read,
 * filled; facts become holes, and no digit is left.
 */
#include "fuzz.h"

#include "suggest/facts.h"
#include "suggest/templates.h"

static void
strip(struct gp_span s)
{
	static struct gp_personal *personal;
	static struct gp_facts *facts;
	struct gp_buf b;
	size_t i;

	if (facts == NULL) {
		personal = gp_personal_new();
		facts = gp_facts_new(personal, NULL);
	}
	HOLDS(facts != NULL);
	gp_buf_init(&b, 0);
	if (gp_facts_strip(facts, s, &b) == 0)
		for (i = 0; i < b.n; i++)
			HOLDS(b.p[i] < '0' || b.p[i] > '9');
	gp_buf_release(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const uint8_t *nul = n > 0 ? memchr(data, 0, n) : NULL;
	size_t head = nul != NULL ? (size_t)(nul - data) : n;
	struct gp_templates *t;
	struct gp_span s;
	struct gp_why why = { "" };

	s = fuzz_pad(data, head);
	t = gp_templates_parse(s, "t.yaml", &why);
	HOLDS(t != NULL || why.msg[0] != '\0');
	gp_templates_free(t);
	free((char *)s.p);
	if (nul == NULL)
		return 0;
	s = fuzz_pad(nul + 1, n - head - 1);
	strip(s);
	free((char *)s.p);
	return 0;
}
