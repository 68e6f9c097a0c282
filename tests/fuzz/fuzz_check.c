/*
 * Standards and texts. Input up to a byte 0xff is a standard, what follows a
 * text; without one, all is a text for the shipped standard, and a schema. A
 * standard is read or refused with a reason; whatever text it judges, findings
 * lie within it, in order, on whole characters.
 */
#include "fuzz.h"

#include "base/utf8.h"
#include "check/check.h"
#include "check/schema.h"

static int
is_start(struct gp_span s, size_t at)
{
	return at == s.n || (s.p[at] & 0xc0) != 0x80;
}

static int
has(void *ctx, const char *member)
{
	(void)ctx;
	return member[0] < 'm';
}

static void
judge(const struct gp_standard *s, struct gp_span text)
{
	static const enum gp_check_kind kind[] = { GP_CHECK_DRAFT,
		GP_CHECK_REPLY, GP_CHECK_POST, GP_CHECK_PAGE };
	struct gp_checker *c = gp_checker_new(s);
	const struct gp_check_finding *f;
	struct gp_check_item item = { .text = text, .has = has };
	size_t k, last;
	long n, i;

	HOLDS(c != NULL);
	for (k = 0; k < 4; k++) {
		item.kind = kind[k];
		item.has_parts = k & 1;
		n = gp_check_text(c, &item, &f);
		HOLDS(n >= 0 && n <= GP_CHECK_FINDINGS);
		for (i = 0, last = 0; i < n; i++) {
			HOLDS(f[i].from <= f[i].to && f[i].to <= text.n);
			HOLDS(is_start(text, f[i].from));
			HOLDS(is_start(text, f[i].to));
			HOLDS(f[i].to == 0 || f[i].from >= last);
			HOLDS(f[i].length <= f[i].to - f[i].from);
			last = f[i].from;
		}
	}
	gp_checker_free(c);
}

static void
by_shipped(struct gp_span text)
{
	static struct gp_standard *shipped;
	struct gp_why why;

	if (shipped == NULL)
		shipped = gp_standard_load(NULL, 0, &why);
	if (shipped != NULL)
		judge(shipped, text);
}

static void
schema(struct gp_span text)
{
	struct gp_schema_run *run = gp_schema_run_new();
	struct gp_json_reader *r = gp_json_new();
	const struct gp_schema_error *e;
	struct gp_why why = { "" };
	struct gp_schema *s;
	struct gp_json_obj o;

	s = gp_schema_parse(text, &why);
	HOLDS(run != NULL && r != NULL && (s != NULL || why.msg[0] != '\0'));
	/* a schema held against itself ends, and says why it does not hold */
	if (s != NULL && gp_json_open(r, text, GP_JSON_DEEP, &o, &why) == 0)
		HOLDS(gp_schema_holds(s, run, r, &o, &e) != 0 || e->what.n > 0);
	gp_schema_free(s);
	gp_schema_run_free(run);
	gp_json_free(r);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const uint8_t *mark = n > 0 ? memchr(data, 0xff, n) : NULL;
	struct gp_span in = fuzz_pad(data, n), text;
	struct gp_standard *s;
	struct gp_why why = { "" };

	if (mark == NULL) {
		if (gp_utf8_valid(in))
			by_shipped(in);
		schema(in);
		free((char *)in.p);
		return 0;
	}
	text.p = in.p + (mark + 1 - data);
	text.n = n - (size_t)(mark + 1 - data);
	s = gp_standard_parse(
	    (struct gp_span){ in.p, (size_t)(mark - data) }, "s", &why);
	HOLDS(s != NULL || why.msg[0] != '\0');
	if (s != NULL && gp_utf8_valid(text))
		judge(s, text);
	gp_standard_free(s);
	free((char *)in.p);
	return 0;
}
