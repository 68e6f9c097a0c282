#include "learn/lesson.h"

#include <string.h>

int
gp_lesson_init(struct gp_lesson_reader *r)
{
	size_t h;

	gp_buf_init(&r->text, 0);
	gp_buf_init(&r->word, 0);
	for (h = 0; h < GP_MOST_HEADS; h++)
		gp_buf_init(&r->label[h], 0);
	r->json = gp_json_new();
	return r->json != NULL ? 0 : -1;
}

void
gp_lesson_release(struct gp_lesson_reader *r)
{
	size_t h;

	gp_json_free(r->json);
	gp_buf_release(&r->text);
	gp_buf_release(&r->word);
	for (h = 0; h < GP_MOST_HEADS; h++)
		gp_buf_release(&r->label[h]);
}

struct gp_json
gp_lesson_member(struct gp_json_reader *r, const struct gp_json_obj *rec,
    struct gp_span path)
{
	struct gp_json v = { .type = GP_JSON_NONE };
	const char *p = path.p, *end = path.p + path.n, *dot;
	struct gp_json_obj in = *rec;
	char name[128];

	while (p < end) {
		dot = memchr(p, '.', (size_t)(end - p));
		if (dot == NULL)
			dot = end;
		if ((size_t)(dot - p) >= sizeof(name))
			return (struct gp_json){ .type = GP_JSON_NONE };
		memcpy(name, p, (size_t)(dot - p));
		name[dot - p] = '\0';
		v = gp_json_get(&in, name);
		p = dot < end ? dot + 1 : end;
		if (p < end &&
		    (v.type != GP_JSON_OBJECT ||
			gp_json_enter(r, v, &in) == -1))
			return (struct gp_json){ .type = GP_JSON_NONE };
	}
	return v;
}

/* A string without its escapes, borrowed of the line or put into b; p NULL:
 * no string, or an empty one. */
static struct gp_span
string(struct gp_json v, struct gp_buf *b)
{
	struct gp_span s = gp_json_bare(v);

	if (s.p == NULL && v.type == GP_JSON_STRING) {
		gp_buf_reset(b);
		gp_json_text(v, b);
		s = gp_buf_span(b);
	}
	return s.n > 0 ? s : (struct gp_span){ NULL, 0 };
}

uint64_t
gp_lesson_side(struct gp_json_reader *r, const struct gp_json_obj *rec,
    struct gp_span path, struct gp_buf *word)
{
	struct gp_json v = gp_lesson_member(r, rec, path);
	struct gp_span s = string(v, word);

	if (v.type == GP_JSON_NUMBER)
		s = v.text;
	return s.n > 0 ? gp_feature_key(GP_BLOCK_SIDE, path, s) : 0;
}

/*
 * A class with `confidence` is one that gp-classify gave; it is no lesson
 * unless a person looked at it and signed it.
 */
static int
is_machines(struct gp_lesson_reader *r, const struct gp_json_obj *rec)
{
	return gp_json_at(r->json, rec, "class", "confidence", NULL).type !=
	    GP_JSON_NONE &&
	    !gp_json_is(
		gp_json_at(r->json, rec, "class", "by", NULL), "person");
}

static uint64_t
id_of(struct gp_json v)
{
	static const struct gp_span none = { NULL, 0 };

	return v.type == GP_JSON_STRING
	    ? gp_feature_key(GP_BLOCK_STEM, v.text, none)
	    : 0;
}

static size_t
labels(struct gp_lesson_reader *r, const struct gp_lesson_how *how,
    const struct gp_json_obj *rec, int machine, struct gp_lesson *out)
{
	size_t h, n = 0;

	for (h = 0; h < how->labels; h++) {
		out->label[h] = (struct gp_span){ NULL, 0 };
		if (machine && strncmp(how->label[h], "class.", 6) == 0)
			continue;
		out->label[h] = string(
		    gp_lesson_member(r->json, rec, gp_span_of(how->label[h])),
		    &r->label[h]);
		n += out->label[h].p != NULL;
	}
	return n;
}

enum gp_lesson_is
gp_lesson_read(struct gp_lesson_reader *r, const struct gp_lesson_how *how,
    struct gp_span line, struct gp_lesson *out, struct gp_why *why)
{
	struct gp_json_obj rec;
	struct gp_json v;
	uint64_t key;
	int machine;
	size_t i;

	if (gp_json_open(r->json, line, 0, &rec, why) == -1)
		return GP_LESSON_REFUSED;
	v = gp_lesson_member(r->json, &rec, gp_span_of(how->text));
	if (v.type != GP_JSON_STRING && v.type != GP_JSON_NONE &&
	    v.type != GP_JSON_NULL) {
		gp_because(why, "'%s' is %s, not a string", how->text,
		    gp_json_type_name(v.type));
		return GP_LESSON_REFUSED;
	}
	out->text = string(v, &r->text);
	machine = !how->machine && is_machines(r, &rec);
	if (labels(r, how, &rec, machine, out) == 0 || out->text.p == NULL)
		return machine ? GP_LESSON_MACHINE : GP_LESSON_NONE;
	out->id = id_of(gp_json_get(&rec, "id"));
	out->sides = 0;
	for (i = 0; i < how->sides; i++) {
		key = gp_lesson_side(
		    r->json, &rec, gp_span_of(how->side[i]), &r->word);
		if (key != 0)
			out->side[out->sides++] = key;
	}
	if (r->text.bad || r->word.bad) {
		gp_because(why, "no memory");
		return GP_LESSON_REFUSED;
	}
	return GP_LESSON;
}

size_t
gp_lesson_sides(struct gp_json_reader *r, const struct gp_json_obj *rec,
    const struct gp_model *m, struct gp_buf *word, uint64_t side[GP_MOST_SIDES])
{
	size_t i, n = 0;

	for (i = 0; i < m->head->sides; i++) {
		side[n] =
		    gp_lesson_side(r, rec, gp_model_text(m, m->side[i]), word);
		n += side[n] != 0;
	}
	return n;
}
