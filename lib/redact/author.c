/* Who wrote it: a pseudonym for the account, a mask for the name. */
#include <string.h>

#include "redact/inner.h"

struct who {
	struct gp_span network, at;
	struct gp_span id[2]; /* parts of ids that are accounts; n 0: none */
};

/* Patches a string by JSON text put into the run's `text` from `at` on. */
static int
replace(
    struct gp_redact_run *run, struct gp_json v, size_t at, struct gp_why *why)
{
	return gp_redact_patch(run, v.text, at, why);
}

/* The last part of an id: behind its last colon or slash. */
static struct gp_span
last_part(struct gp_span s)
{
	size_t i = s.n;

	while (i > 0 && s.p[i - 1] != '/' && s.p[i - 1] != ':')
		i--;
	return (struct gp_span){ s.p + i, s.n - i };
}

static int
is_account(const struct who *w, struct gp_span part)
{
	return part.n > 0 &&
	    (gp_span_eq(part, w->id[0]) || gp_span_eq(part, w->id[1]));
}

/* An id whose parts that are accounts become pseudonyms. */
static int
in_id(struct gp_redact_run *run, const struct who *w, struct gp_json v,
    struct gp_why *why)
{
	struct gp_span s = gp_json_bare(v), part;
	size_t at = run->text.n, i, from = 0;
	char name[40];
	int any = 0;

	if (s.n == 0)
		return 0;
	gp_buf_addc(&run->text, '"');
	for (i = 0; i <= s.n; i++) {
		if (i < s.n && s.p[i] != '/' && s.p[i] != ':')
			continue;
		part = (struct gp_span){ s.p + from, i - from };
		if (is_account(w, part)) {
			if (gp_redact_pseudonym(run->r, w->network, part, w->at,
				name, why) == -1)
				return -1;
			gp_buf_adds(&run->text, name);
			any = 1;
		} else {
			gp_buf_add(&run->text, part.p, part.n);
		}
		if (i < s.n)
			gp_buf_addc(&run->text, s.p[i]);
		from = i + 1;
	}
	gp_buf_addc(&run->text, '"');
	if (any)
		return replace(run, v, at, why);
	run->text.n = at;
	return 0;
}

static int
name(struct gp_redact_run *run, struct gp_json v, struct gp_why *why)
{
	const char *mask = run->r->mask[GP_PD_NAME];
	size_t at = run->text.n;

	if (v.type != GP_JSON_STRING ||
	    gp_span_is(gp_json_bare(v), gp_personal_mask(GP_PD_NAME, 0)) ||
	    gp_span_is(gp_json_bare(v), gp_personal_mask(GP_PD_NAME, 1)))
		return 0;
	gp_json_quote(&run->text, gp_span_of(mask));
	run->authors = 1;
	return replace(run, v, at, why);
}

/* Members of the author: `name` is masked, `id` was noted. */
static int
author(struct gp_redact_run *run, const struct gp_json_obj *a, struct who *w,
    struct gp_why *why)
{
	struct gp_span bare;
	size_t i;

	for (i = 0; i < a->n; i++) {
		if (gp_json_key_is(a->m[i].key, "name") &&
		    name(run, a->m[i].value, why) == -1)
			return -1;
		if (!gp_json_key_is(a->m[i].key, "id"))
			continue;
		bare = gp_json_bare(a->m[i].value);
		if (bare.n == 0)
			bare = a->m[i].value.text; /* a number, or odd */
		if (gp_redact_is_pseudonym(bare))
			continue;
		w->id[0] = bare;
		if (a->m[i].value.type == GP_JSON_STRING &&
		    gp_json_bare(a->m[i].value).n > 0) {
			run->authors = 1;
			if (in_id(run, w, a->m[i].value, why) == -1)
				return -1;
		}
	}
	return 0;
}

static const char *const ids[] = { "id", "chat", "parent", "thread", "post",
	"duplicate_of", "repeat_of", NULL };

static int
is_id(struct gp_span key)
{
	size_t k;

	for (k = 0; ids[k] != NULL; k++)
		if (gp_json_key_is(key, ids[k]))
			return 1;
	return 0;
}

int
gp_redact_author(struct gp_redact_run *run, const struct gp_json_obj *rec,
    struct gp_why *why)
{
	struct gp_json v = gp_json_get(rec, "author");
	struct gp_json_obj a = { .n = 0 };
	struct who w = { .network = gp_json_bare(gp_json_get(rec, "network")),
		.at = gp_json_bare(gp_json_get(rec, "at")) };
	size_t i;

	/* A private chat is named by whom it is with, whoever speaks. */
	if (gp_json_is(gp_json_get(rec, "type"), "message")) {
		w.id[1] = last_part(gp_json_bare(gp_json_get(rec, "chat")));
		if (gp_redact_is_pseudonym(w.id[1]))
			w.id[1].n = 0;
	}
	if (v.type == GP_JSON_OBJECT) {
		if (gp_json_enter(run->reader, v, &a) == -1)
			return gp_because(why, "no memory");
		if (!gp_json_true(gp_json_get(&a, "official")) &&
		    author(run, &a, &w, why) == -1)
			return -1;
	}
	if (w.id[0].n == 0 && w.id[1].n == 0)
		return 0;
	for (i = 0; i < rec->n; i++)
		if (is_id(rec->m[i].key) &&
		    in_id(run, &w, rec->m[i].value, why) == -1)
			return -1;
	return 0;
}
