/*
 * A record with members set and taken out: read again, it has what was set,
 * lacks what was taken, and all others as they stood, in their order.
 */
#include "fuzz.h"

#include "json/write.h"

static const char *const keys[] = { "a", "id", "text", "new", "" };
static const char *const values[] = { "1E+2", "\"\\\"},\"", "[{\"a\":1}]",
	"{}" };

static size_t
choose(struct gp_json_edit *edit, unsigned how)
{
	size_t n = 0, i;

	for (i = 0; i < 5; i++, how >>= 3) {
		if ((how & 1) == 0)
			continue;
		edit[n].key = keys[i];
		edit[n].value = (struct gp_span){ NULL, 0 };
		if (how & 2)
			edit[n].value = gp_span_of(values[(how >> 2 & 1) + 1]);
		n++;
	}
	return n;
}

static size_t
edit_of(struct gp_span key, const struct gp_json_edit *edit, size_t n)
{
	size_t e;

	for (e = 0; e < n; e++)
		if (gp_json_key_is(key, edit[e].key))
			break;
	return e;
}

/* Both in step: each member of `to` is the next that `from` must give. */
static void
compare(const struct gp_json_obj *from, const struct gp_json_obj *to,
    const struct gp_json_edit *edit, size_t n)
{
	int used[5] = { 0 };
	size_t i, k = 0, e;

	for (i = 0; i < from->n; i++) {
		e = edit_of(from->m[i].key, edit, n);
		if (e < n && (edit[e].value.p == NULL || used[e]++ > 0))
			continue;
		HOLDS(k < to->n);
		HOLDS(gp_span_eq(from->m[i].key, to->m[k].key));
		HOLDS(gp_span_eq(to->m[k].value.text,
		    e < n ? edit[e].value : from->m[i].value.text));
		k++;
	}
	for (e = 0; e < n; e++) {
		if (edit[e].value.p == NULL || used[e])
			continue;
		HOLDS(k < to->n && gp_span_is(to->m[k].key, edit[e].key));
		HOLDS(gp_span_eq(to->m[k].value.text, edit[e].value));
		k++;
	}
	HOLDS(k == to->n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct gp_json_reader *one, *two;
	struct gp_json_edit edit[5];
	struct gp_json_obj from, to;
	struct gp_span s;
	struct gp_buf b;
	size_t edits;

	if (one == NULL) {
		one = gp_json_new();
		two = gp_json_new();
	}
	if (n < 2)
		return 0;
	s = fuzz_pad(data + 2, n - 2);
	edits = choose(edit, data[0] | (unsigned)data[1] << 8);
	gp_buf_init(&b, 0);
	if (gp_json_open(one, s, 0, &from, NULL) == 0) {
		gp_json_splice(&b, &from, edit, edits);
		if (from.n + edits <= GP_MAX_MEMBERS) {
			HOLDS(!b.bad);
			HOLDS(gp_json_open(
				  two, gp_buf_span(&b), 0, &to, NULL) == 0);
			compare(&from, &to, edit, edits);
		}
	}
	gp_buf_release(&b);
	free((void *)(uintptr_t)s.p);
	return 0;
}
