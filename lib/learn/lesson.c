#include "learn/lesson.h"

#include <string.h>

#include "base/utf8.h"

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

/* Words and dots between them, as they can stand in the file of a model. */
static int
prove_path(const char *option, const char *path, struct gp_why *why)
{
	size_t n;

	if (*path == '\0' || !gp_utf8_valid(gp_span_of(path)))
		return gp_because(
		    why, "--%s: '%s' is no name of a member", option, path);
	for (;; path += n + 1) {
		n = strcspn(path, ".");
		if (n == 0 || n >= GP_MOST_PATH)
			return gp_because(why,
			    "--%s: a name between dots is %s", option,
			    n == 0 ? "empty" : "too long");
		if (path[n] == '\0')
			return 0;
	}
}

static const char *
last_of(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot != NULL ? dot + 1 : path;
}

/* What a head says goes into the class, by its last name. */
static int
prove_head(const struct gp_lesson_how *how, size_t h, struct gp_why *why)
{
	static const char *const own[] = { "confidence", "review", "by", "why",
		"scores", "model", "kind", "group", "topic" };
	const char *path = how->label[h], *name = last_of(path);
	size_t k, n = sizeof(own) / sizeof(own[0]);

	if (strncmp(path, "class.", 6) == 0)
		n -= 3; /* those that a class may learn */
	for (k = 0; k < n; k++)
		if (strcmp(name, own[k]) == 0)
			return gp_because(why,
			    "--label: '%s': a class has a '%s' of its own",
			    path, name);
	for (k = 0; k < h; k++)
		if (strcmp(name, last_of(how->label[k])) == 0)
			return gp_because(why,
			    "--label: '%s' and '%s' would both be '%s' of the "
			    "class",
			    how->label[k], path, name);
	return 0;
}

int
gp_lesson_prove(const struct gp_lesson_how *how, struct gp_why *why)
{
	size_t i;

	for (i = 0; i < how->labels; i++)
		if (prove_path("label", how->label[i], why) == -1)
			return -1;
	for (i = 0; i < how->sides; i++)
		if (prove_path("with", how->side[i], why) == -1)
			return -1;
	for (i = 0; i < how->labels; i++)
		if (prove_head(how, i, why) == -1)
			return -1;
	return 0;
}

struct gp_json
gp_lesson_member(struct gp_json_reader *r, const struct gp_json_obj *rec,
    struct gp_span path)
{
	struct gp_json v = { .type = GP_JSON_NONE };
	const char *p = path.p, *end = path.p + path.n, *dot;
	struct gp_json_obj in = *rec;
	char name[GP_MOST_PATH];

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

/* The member of that name beside the one at the path. */
static struct gp_json
beside(struct gp_json_reader *r, const struct gp_json_obj *rec,
    struct gp_span path, const char *name)
{
	char other[128];
	size_t n = path.n, m = strlen(name);

	while (n > 0 && path.p[n - 1] != '.')
		n--;
	if (n + m > sizeof(other))
		return (struct gp_json){ .type = GP_JSON_NONE };
	memcpy(other, path.p, n);
	memcpy(other + n, name, m);
	return gp_lesson_member(r, rec, (struct gp_span){ other, n + m });
}

int
gp_lesson_is_default(struct gp_json_reader *r, const struct gp_json_obj *rec,
    struct gp_span path)
{
	static const char end[] = "/default";
	const size_t n = sizeof(end) - 1;
	struct gp_span rule = gp_json_bare(beside(r, rec, path, "rule"));

	return rule.n > n && memcmp(rule.p + rule.n - n, end, n) == 0 &&
	    !gp_json_is(beside(r, rec, path, "by"), "person");
}

size_t
gp_lesson_side(struct gp_json_reader *r, const struct gp_json_obj *rec,
    struct gp_span path, struct gp_buf *word, uint64_t key[2])
{
	struct gp_json v = gp_lesson_member(r, rec, path);
	struct gp_span s = string(v, word);
	const char *comma;

	if (v.type == GP_JSON_NUMBER)
		s = v.text;
	if (s.n == 0)
		return 0;
	key[0] = gp_feature_key(GP_BLOCK_SIDE, path, s);
	comma = memchr(s.p, ',', s.n);
	if (comma == NULL || comma == s.p)
		return 1;
	s.n = (size_t)(comma - s.p);
	key[1] = gp_feature_key(GP_BLOCK_SIDE, path, s);
	return 2;
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

/* What a program gave, gp-classify or gp-route by default, is no label unless
 * it is asked for: then it is only said that there was some. */
static enum gp_lesson_is
labels(struct gp_lesson_reader *r, const struct gp_lesson_how *how,
    const struct gp_json_obj *rec, struct gp_lesson *out)
{
	const int machine = !how->machine && is_machines(r, rec);
	enum gp_lesson_is is = GP_LESSON_NONE;
	struct gp_span path;
	size_t h;
	int passed;

	for (h = 0; h < how->labels; h++) {
		path = gp_span_of(how->label[h]);
		out->label[h] =
		    string(gp_lesson_member(r->json, rec, path), &r->label[h]);
		if (out->label[h].p == NULL)
			continue;
		passed = strncmp(path.p, "class.", 6) == 0
		    ? machine
		    : !how->machine && gp_lesson_is_default(r->json, rec, path);
		if (passed)
			out->label[h] = (struct gp_span){ NULL, 0 };
		if (!passed)
			is = GP_LESSON;
		else if (is == GP_LESSON_NONE)
			is = GP_LESSON_MACHINE;
	}
	return is;
}

enum gp_lesson_is
gp_lesson_read(struct gp_lesson_reader *r, const struct gp_lesson_how *how,
    struct gp_span line, struct gp_lesson *out, struct gp_why *why)
{
	struct gp_json_obj rec;
	enum gp_lesson_is is;
	struct gp_json v;
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
	is = labels(r, how, &rec, out);
	if (is != GP_LESSON || out->text.p == NULL)
		return is == GP_LESSON ? GP_LESSON_NONE : is;
	out->id = id_of(gp_json_get(&rec, "id"));
	out->sides = 0;
	for (i = 0; i < how->sides; i++)
		out->sides += gp_lesson_side(r->json, &rec,
		    gp_span_of(how->side[i]), &r->word, out->side + out->sides);
	if (r->text.bad || r->word.bad) {
		gp_because(why, "no memory");
		return GP_LESSON_REFUSED;
	}
	return GP_LESSON;
}

size_t
gp_lesson_sides(struct gp_json_reader *r, const struct gp_json_obj *rec,
    const struct gp_model *m, struct gp_buf *word,
    uint64_t side[GP_MOST_SIDE_KEYS])
{
	size_t i, n = 0;

	for (i = 0; i < m->head->sides; i++)
		n += gp_lesson_side(
		    r, rec, gp_model_text(m, m->side[i]), word, side + n);
	return n;
}
