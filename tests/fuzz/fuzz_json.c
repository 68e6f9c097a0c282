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
	if (gp_json_open(r, s, GP_JSON_STRICT, &strict, &why) == 0)
		HOLDS(gp_json_open(r, s, 0, &o, &why) == 0);
	free((void *)(uintptr_t)s.p);
	return 0;
}
