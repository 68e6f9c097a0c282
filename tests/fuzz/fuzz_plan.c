/*
 * Plans and their texts. The first byte says what the rest is: markup, a
 * table, YAML, a record, the head of a file.
 */
#include "fuzz.h"

#include "base/utf8.h"
#include "plan/ics.h"
#include "plan/markup.h"
#include "plan/media.h"
#include "plan/plan.h"

/* What is said is sound, and what is escaped is said as it was. */
static void
markup(struct gp_span s)
{
	struct gp_pool pool;
	struct gp_said said, again;
	struct gp_why why;
	struct gp_buf b;
	struct gp_jw w;
	size_t i;

	gp_pool_init(&pool);
	gp_buf_init(&b, 0);
	if (gp_markup_read(s, &pool, &said, &why) == 0) {
		HOLDS(gp_utf8_valid(said.text) || said.text.n == 0);
		for (i = 0; i < said.spans; i++) {
			HOLDS(said.span[i].n > 0);
			HOLDS(
			    said.span[i].from + said.span[i].n <= said.text.n);
			HOLDS(i == 0 ||
			    said.span[i - 1].from <= said.span[i].from);
		}
		gp_jw_init(&w, &b);
		gp_said_entities(&w, &said);
		gp_said_html(&b, &said);
		gp_said_plain(&b, &said);
		gp_buf_reset(&b);
		gp_markup_escape(&b, said.text);
		HOLDS(
		    gp_markup_read(gp_buf_span(&b), &pool, &again, &why) == 0);
		HOLDS(again.spans == 0);
	}
	gp_buf_release(&b);
	gp_pool_release(&pool);
}

static void
calendar(const struct gp_plan *p)
{
	const struct gp_plan_entry *e = p->entry.v;
	struct gp_buf b;
	size_t i, line = 0;

	gp_buf_init(&b, 0);
	for (i = 0; i < p->entry.n; i++)
		gp_plan_ics_entry(&b, &e[i], 0);
	for (i = 0; i < b.n; i++) {
		line = b.p[i] == '\n' ? 0 : line + 1;
		HOLDS(line <= 76);
	}
	gp_buf_release(&b);
}

static void
record(struct gp_span s)
{
	struct gp_json_reader *json = gp_json_new();
	struct gp_json_obj o;
	struct gp_plan p;
	struct gp_why why;
	char *pad = calloc(1, s.n + GP_PAD);

	HOLDS(pad != NULL && json != NULL);
	if (s.n > 0)
		memcpy(pad, s.p, s.n);
	gp_plan_begin(&p, "f");
	if (gp_json_open(json, (struct gp_span){ pad, s.n }, 0, &o, &why) ==
		0 &&
	    gp_plan_record(&p, json, &o, &why) == 0)
		calendar(&p);
	gp_plan_release(&p);
	gp_json_free(json);
	free(pad);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct gp_span s = { (const char *)data + 1, n - 1 };
	struct gp_media m;
	struct gp_plan p;
	struct gp_why why;

	if (n == 0)
		return 0;
	switch (*data) {
	case 't':
		if (gp_plan_csv(&p, s, "f", &why) == 0)
			calendar(&p);
		gp_plan_release(&p);
		break;
	case 'y':
		if (gp_plan_yaml(&p, s, "f", &why) == 0)
			calendar(&p);
		gp_plan_release(&p);
		break;
	case 'r':
		record(s);
		break;
	case 'f':
		gp_media_head(s, &m);
		HOLDS(m.width >= 0 && m.height >= 0);
		break;
	default:
		markup(s);
	}
	return 0;
}
