/*
 * A record: taken or refused as the plain judge says, and what was taken can
 * be walked to its leaves.
 */
#include "fuzz.h"

#include "base/utf8.h"
#include "judge.h"
#include "json/json.h"

static void
walk(struct gp_json_reader *r, struct gp_json v, int depth)
{
	struct gp_json_obj in;
	struct gp_buf b;
	int64_t n;
	double real;
	size_t i;

	HOLDS(depth <= GP_MAX_DEPTH && v.text.n > 0);
	gp_buf_init(&b, 0);
	if (v.type == GP_JSON_STRING) {
		HOLDS(gp_json_text(v, &b) == 0);
		HOLDS(gp_utf8_valid(gp_buf_span(&b)));
		HOLDS(memchr(gp_buf_str(&b), '\0', b.n) == NULL);
	}
	HOLDS((gp_json_real(v, &real) == 0) == (v.type == GP_JSON_NUMBER));
	if (gp_json_int(v, &n) == 0)
		HOLDS(v.type == GP_JSON_NUMBER);
	gp_buf_release(&b);
	HOLDS(gp_json_enter(r, v, &in) == 0);
	for (i = 0; i < in.n; i++)
		walk(r, in.m[i].value, depth + 1);
}

/* What one pass picks is what asking for each name gives, at every depth. */
static void
pick(struct gp_json_reader *r, struct gp_json v, int depth)
{
	static const struct gp_json_name want[] = { GP_JSON_NAME("a"),
		GP_JSON_NAME("id"), GP_JSON_NAME("text") };
	struct gp_json m[3], one;
	struct gp_json_obj o;
	size_t i;

	gp_json_pick(r, v, want, 3, m);
	HOLDS(gp_json_enter(r, v, &o) == 0 || gp_json_lacked(r));
	for (i = 0; i < 3; i++) {
		one = v.type == GP_JSON_OBJECT ? gp_json_get(&o, want[i].s)
					       : (struct gp_json){ 0 };
		HOLDS(m[i].type == one.type && m[i].text.p == one.text.p &&
		    m[i].text.n == one.text.n);
	}
	for (i = 0; i < o.n && depth < 4; i++)
		pick(r, o.m[i].value, depth + 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct gp_json_reader *r;
	struct gp_span s = fuzz_pad(data, n);
	struct gp_json_obj o, strict;
	struct gp_why why;
	struct judge j;
	size_t i;
	int sound;

	if (r == NULL)
		r = gp_json_new();
	why.msg[0] = '\0';
	sound = judge_text(s, &j) && gp_utf8_valid(s) &&
	    j.deepest <= GP_MAX_DEPTH && j.most <= GP_MAX_MEMBERS;
	if (gp_json_open(r, s, GP_JSON_ANY, &o, &why) == 0) {
		HOLDS(sound);
		for (i = 0; i < o.n; i++)
			walk(r, o.m[i].value, 1);
	} else {
		HOLDS(!sound && why.msg[0] != '\0' && o.n == 0);
		HOLDS(gp_json_open(r, s, 0, &o, &why) == -1);
	}
	if (gp_json_open(r, s, GP_JSON_ANY | GP_JSON_DEEP, &o, &why) == 0)
		pick(r, gp_json_of(&o), 0);
	if (gp_json_open(r, s, GP_JSON_STRICT, &strict, &why) == 0)
		HOLDS(gp_json_open(r, s, 0, &o, &why) == 0);
	free((void *)(uintptr_t)s.p);
	return 0;
}
