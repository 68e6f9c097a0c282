/* One record: its texts, its author, and the account of what went. */
#include <stdlib.h>
#include <string.h>

#include "redact/inner.h"

#include "base/grow.h"

struct gp_redact_run *
gp_redact_run_new(const struct gp_redact *r)
{
	struct gp_redact_run *run = calloc(1, sizeof(*run));

	if (run == NULL)
		return NULL;
	run->r = r;
	gp_buf_init(&run->plain, 2 * GP_MAX_LINE);
	gp_buf_init(&run->next, 2 * GP_MAX_LINE);
	gp_buf_init(&run->text, 2 * GP_MAX_LINE);
	gp_buf_init(&run->line, 2 * GP_MAX_LINE);
	gp_buf_init(&run->list, 0);
	gp_buf_init(&run->mark, 2 * GP_MAX_LINE);
	run->personal = gp_personal_run_new(r->personal);
	run->pattern = gp_pattern_run_new();
	run->reader = gp_json_new();
	run->again = gp_json_new();
	if (run->personal == NULL || run->pattern == NULL ||
	    run->reader == NULL || run->again == NULL) {
		gp_redact_run_free(run);
		return NULL;
	}
	return run;
}

void
gp_redact_run_free(struct gp_redact_run *run)
{
	if (run == NULL)
		return;
	gp_personal_run_free(run->personal);
	gp_pattern_run_free(run->pattern);
	gp_json_free(run->reader);
	gp_json_free(run->again);
	gp_buf_release(&run->plain);
	gp_buf_release(&run->next);
	gp_buf_release(&run->text);
	gp_buf_release(&run->line);
	gp_buf_release(&run->list);
	gp_buf_release(&run->mark);
	free(run->hit);
	free(run->patch);
	free(run);
}

int
gp_redact_patch(
    struct gp_redact_run *run, struct gp_span s, size_t at, struct gp_why *why)
{
	struct gp_patch *v;

	v = gp_grow(&run->patch, &run->patches, &run->patch_cap, sizeof(*v));
	if (v == NULL)
		return gp_because(why, "no memory");
	*v = (struct gp_patch){ s.p, s.p + s.n, at, run->text.n - at };
	return 0;
}

/* A string, wherever it stands. 1: it was changed. */
static int
string(struct gp_redact_run *run, struct gp_json v, struct gp_why *why)
{
	struct gp_span s = gp_json_bare(v), masked;
	size_t at = run->text.n;
	int got;

	if (s.p == NULL) {
		gp_buf_reset(&run->next);
		gp_json_text(v, &run->next);
		if (run->next.bad)
			return gp_because(why, "no memory");
		s = gp_buf_span(&run->next);
	}
	if (s.n == 0)
		return 0;
	got = gp_redact_text(run, s, &masked, why);
	if (got != 1)
		return got;
	gp_json_quote(&run->text, masked);
	return gp_redact_patch(run, v.text, at, why) == -1 ? -1 : 1;
}

/* Names with their lengths: each key of each record is looked up here. */
struct name {
	size_t n;
	const char *s;
};
/* clang-format off */
#define NAME(s) { sizeof(s) - 1, s }
static const struct name top[] = { NAME("text"), NAME("attachments"),
	NAME("poll"), NAME("question"), NAME("options"), NAME("explanation"),
	NAME("quote"), NAME("quotes"), NAME("title"), NAME("description"),
	NAME("caption"), NAME("hashtags"), { 0, NULL } };
static const struct name inner[] = { NAME("text"), NAME("title"),
	NAME("description"), NAME("question"), NAME("explanation"),
	NAME("caption"), NAME("quote"), NAME("options"), NAME("name"),
	NAME("first_name"), NAME("last_name"), NAME("phone"),
	NAME("phone_number"), NAME("email"), { 0, NULL } };
/* clang-format on */

static int
among(struct gp_span key, const struct name *v)
{
	int plain = memchr(key.p, '\\', key.n) == NULL;

	for (; v->s != NULL; v++)
		if (plain ? v->n == key.n && memcmp(v->s, key.p, v->n) == 0
			  : gp_json_key_is(key, v->s))
			return 1;
	return 0;
}

static int
is_text(const struct gp_redact_run *run, struct gp_span key)
{
	size_t i;

	if (among(key, top))
		return 1;
	for (i = 0; i < run->r->members; i++)
		if (gp_json_key_is(key, run->r->member[i]))
			return 1;
	return 0;
}

/* The strings in a value: all of a list, those of known names of an object. */
static int
value(struct gp_redact_run *run, struct gp_json v, struct gp_why *why)
{
	struct gp_json_obj o;
	size_t i;

	if (v.type == GP_JSON_STRING)
		return string(run, v, why);
	if (v.type != GP_JSON_ARRAY && v.type != GP_JSON_OBJECT)
		return 0;
	if (gp_json_enter(run->reader, v, &o) == -1)
		return gp_because(why, "no memory");
	for (i = 0; i < o.n; i++)
		if ((v.type == GP_JSON_ARRAY || among(o.m[i].key, inner)) &&
		    value(run, o.m[i].value, why) == -1)
			return -1;
	return 0;
}

/* Citizens' words, and those of pages; answers keep what was approved. */
static int
is_ours(const struct gp_json_obj *rec)
{
	struct gp_json type = gp_json_get(rec, "type");

	return gp_json_is(type, "comment") || gp_json_is(type, "message") ||
	    gp_json_is(type, "post") || gp_json_is(type, "poll");
}

static int
by_place(const void *a, const void *b)
{
	const struct gp_patch *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

static int
apply(struct gp_redact_run *run, const struct gp_json_obj *rec,
    struct gp_why *why)
{
	const char *from = rec->text.p;
	size_t i;

	gp_buf_reset(&run->line);
	qsort(run->patch, run->patches, sizeof(*run->patch), by_place);
	for (i = 0; i < run->patches; i++) {
		const struct gp_patch *p = &run->patch[i];

		gp_buf_add(&run->line, from, (size_t)(p->from - from));
		gp_buf_add(&run->line, run->text.p + p->at, p->n);
		from = p->to;
	}
	gp_buf_add(
	    &run->line, from, (size_t)(rec->text.p + rec->text.n - from));
	return run->line.bad || run->text.bad
	    ? gp_because(why, "longer than the ceiling of a record")
	    : 0;
}

static void
entry(struct gp_jw *w, const char *kind, int64_t count)
{
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "kind", kind);
	gp_jw_kint(w, "count", count);
	gp_jw_close(w, '}');
}

/* Adds a count that was there to ours; what is not ours is kept. */
static void
add_old(struct gp_redact_run *run, struct gp_jw *w, struct gp_json v,
    unsigned long *entities)
{
	struct gp_json_obj o;
	struct gp_json kind;
	unsigned long *c = NULL;
	int64_t n;
	size_t k;

	if (gp_json_enter(run->again, v, &o) == -1)
		return;
	kind = gp_json_get(&o, "kind");
	for (k = 0; k < run->r->kinds; k++)
		if (gp_json_is(kind, run->r->kind[k]))
			c = &run->count[k];
	if (gp_json_is(kind, "author"))
		c = &run->authors;
	if (gp_json_is(kind, "entities"))
		c = entities;
	if (c == NULL || gp_json_int(gp_json_get(&o, "count"), &n) == -1 ||
	    n < 0) {
		gp_jw_raw(w, v.text);
		return;
	}
	*c += (unsigned long)n;
}

/* The new value of `redacted`. */
static void
list(struct gp_redact_run *run, const struct gp_json_obj *rec,
    unsigned long entities)
{
	struct gp_json old = gp_json_get(rec, "redacted");
	struct gp_json_obj o;
	struct gp_jw w;
	size_t k;

	gp_buf_reset(&run->list);
	gp_jw_init(&w, &run->list);
	gp_jw_open(&w, '[');
	if (old.type == GP_JSON_ARRAY &&
	    gp_json_enter(run->again, old, &o) == 0)
		for (k = 0; k < o.n; k++)
			add_old(run, &w, o.m[k].value, &entities);
	for (k = 0; k < run->r->kinds; k++)
		if (run->count[k] > 0)
			entry(&w, run->r->kind[k], (int64_t)run->count[k]);
	if (run->authors > 0)
		entry(&w, "author", (int64_t)run->authors);
	if (entities > 0)
		entry(&w, "entities", (int64_t)entities);
	gp_jw_close(&w, ']');
}

/* Sets `redacted`; what pointed into a text that changed goes, and is told. */
static int
account(struct gp_redact_run *run, int text_changed, struct gp_buf *out,
    struct gp_why *why)
{
	static const char *const points[] = { "entities", "text_entities",
		"caption_entities" };
	struct gp_json_edit edit[4] = { { .key = "redacted" } };
	unsigned long entities = 0;
	struct gp_json_obj rec;
	size_t n = 1, i;

	if (gp_json_open(run->again, gp_buf_span(&run->line), 0, &rec, why) ==
	    -1)
		return -1;
	for (i = 0; text_changed && i < 3; i++)
		if (gp_json_get(&rec, points[i]).type != GP_JSON_NONE) {
			edit[n++].key = points[i];
			entities++;
		}
	list(run, &rec, entities);
	if (run->list.bad || gp_json_lacked(run->again))
		return gp_because(why, "no memory");
	edit[0].value = gp_buf_span(&run->list);
	gp_json_splice(out, &rec, edit, n);
	return 0;
}

int
gp_redact_line(struct gp_redact_run *run, struct gp_span in, struct gp_buf *out,
    struct gp_why *why)
{
	struct gp_json_obj rec;
	size_t i, texts;

	if (gp_json_open(run->reader, in, 0, &rec, why) == -1)
		return -1;
	run->patches = 0;
	run->authors = 0;
	memset(run->count, 0, sizeof(run->count));
	gp_buf_reset(&run->text);
	if (is_ours(&rec)) {
		for (i = 0; i < rec.n; i++)
			if (is_text(run, rec.m[i].key) &&
			    value(run, rec.m[i].value, why) == -1)
				return gp_because_of(why, "'%.*s'",
				    (int)rec.m[i].key.n, rec.m[i].key.p);
		texts = run->patches;
		if (run->r->keys > 0 && gp_redact_author(run, &rec, why) == -1)
			return -1;
		if (run->patches > 0) {
			int status = apply(run, &rec, why);

			if (status == 0)
				status = account(run, texts > 0, out, why);
			return status;
		}
	}
	gp_buf_add(out, in.p, in.n);
	return 0;
}
