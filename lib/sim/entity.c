#include "sim/entity.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

static const char *const types[] = { "mention", "hashtag", "cashtag",
	"bot_command", "url", "email", "phone_number", "bold", "italic",
	"underline", "strikethrough", "spoiler", "blockquote",
	"expandable_blockquote", "code", "pre", "text_link", "text_mention",
	"custom_emoji" };

const char *
gp_sim_entity_type(struct gp_span word)
{
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (gp_span_is(word, types[i]))
			return types[i];
	return NULL;
}

void
gp_sim_text_release(struct gp_sim_text *t)
{
	size_t i;

	for (i = 0; i < t->ne; i++)
		free(t->e[i].arg);
	free(t->e);
	free(t->s);
	memset(t, 0, sizeof(*t));
}

int
gp_sim_text_put(struct gp_sim_text *t, struct gp_span s)
{
	gp_sim_text_release(t);
	t->s = gp_span_dup(s);
	t->n = s.n;
	return t->s == NULL ? -1 : 0;
}

int
gp_sim_text_mark(struct gp_sim_text *t, const char *type, size_t from, size_t n,
    struct gp_span arg)
{
	struct gp_sim_entity *e;

	e = realloc(t->e, (t->ne + 1) * sizeof(*e));
	if (e == NULL)
		return -1;
	t->e = e;
	e += t->ne;
	*e = (struct gp_sim_entity){ type, from, n, NULL };
	if (arg.p != NULL && (e->arg = gp_span_dup(arg)) == NULL)
		return -1;
	t->ne++;
	return 0;
}

int
gp_sim_text_copy(struct gp_sim_text *to, const struct gp_sim_text *from)
{
	struct gp_span arg;
	size_t i;

	if (from->s == NULL)
		return 0;
	if (gp_sim_text_put(to, gp_sim_text_span(from)) == -1)
		return -1;
	for (i = 0; i < from->ne; i++) {
		arg = (struct gp_span){ NULL, 0 };
		if (from->e[i].arg != NULL)
			arg = gp_span_of(from->e[i].arg);
		if (gp_sim_text_mark(to, from->e[i].type, from->e[i].from,
			from->e[i].n, arg) == -1)
			return -1;
	}
	return 0;
}

struct gp_span
gp_sim_text_span(const struct gp_sim_text *t)
{
	return (struct gp_span){ t->s, t->n };
}

int
gp_sim_text_same(const struct gp_sim_text *a, const struct gp_sim_text *b)
{
	size_t i;

	if (a->ne != b->ne ||
	    !gp_span_eq(gp_sim_text_span(a), gp_sim_text_span(b)))
		return 0;
	for (i = 0; i < a->ne; i++)
		if (a->e[i].type != b->e[i].type ||
		    a->e[i].from != b->e[i].from || a->e[i].n != b->e[i].n ||
		    strcmp(a->e[i].arg != NULL ? a->e[i].arg : "",
			b->e[i].arg != NULL ? b->e[i].arg : "") != 0)
			return 0;
	return 1;
}

static const char *
arg_name(const char *type)
{
	if (strcmp(type, "pre") == 0)
		return "language";
	return strcmp(type, "custom_emoji") == 0 ? "custom_emoji_id" : "url";
}

void
gp_sim_text_json(struct gp_jw *w, const char *key, const char *entities,
    const struct gp_sim_text *t)
{
	const struct gp_sim_entity *e = t->e;
	size_t i;

	if (t->s == NULL)
		return;
	gp_jw_ktext(w, key, gp_sim_text_span(t));
	if (t->ne == 0)
		return;
	gp_jw_key(w, entities);
	gp_jw_open(w, '[');
	for (i = 0; i < t->ne; i++, e++) {
		struct gp_span before = { t->s, e->from };
		struct gp_span in = { t->s + e->from, e->n };

		gp_jw_open(w, '{');
		gp_jw_kstr(w, "type", e->type);
		gp_jw_kint(w, "offset", (int64_t)gp_utf8_units(before));
		gp_jw_kint(w, "length", (int64_t)gp_utf8_units(in));
		gp_jw_kstr(w, arg_name(e->type), e->arg);
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, ']');
}

/* The byte at which so many UTF-16 units are over; -1: not between two. */
static long
byte_of(const struct gp_sim_text *t, int64_t units)
{
	const char *p = t->s, *end = t->s + t->n, *q;
	int64_t at = 0;

	while (p < end && at < units) {
		q = p;
		gp_utf8_next(&p, end);
		at += (int64_t)gp_utf8_units(
		    (struct gp_span){ q, (size_t)(p - q) });
	}
	return at == units ? (long)(p - t->s) : -1;
}

static int
given(struct gp_sim_text *t, struct gp_json_reader *r, struct gp_json one,
    struct gp_why *why)
{
	struct gp_json_obj o;
	struct gp_span word, url;
	const char *type;
	int64_t off, len;
	long from, to;

	if (gp_json_enter(r, one, &o) == -1)
		return gp_because(why, "no memory");
	word = gp_json_bare(gp_json_get(&o, "type"));
	url = gp_json_bare(gp_json_get(&o, "url"));
	type = gp_sim_entity_type(word);
	if (type == NULL ||
	    gp_json_int(gp_json_get(&o, "offset"), &off) == -1 ||
	    gp_json_int(gp_json_get(&o, "length"), &len) == -1)
		return gp_because(why, "can't parse MessageEntity");
	from = off >= 0 ? byte_of(t, off) : -1;
	to = len > 0 && from >= 0 ? byte_of(t, off + len) : -1;
	if (to < 0)
		return gp_because(why,
		    "entity beginning at UTF-16 offset %lld is outside the "
		    "text or cuts a character (gp-sim is strict)",
		    (long long)off);
	return gp_sim_text_mark(
	    t, type, (size_t)from, (size_t)(to - from), url);
}

int
gp_sim_text_given(struct gp_sim_text *t, struct gp_span s, struct gp_json list,
    struct gp_why *why)
{
	struct gp_json_reader *r = NULL;
	struct gp_json_obj o;
	struct gp_buf b;
	size_t i;
	int bad;

	if (gp_sim_text_put(t, s) == -1)
		return gp_because(why, "no memory");
	if (list.type == GP_JSON_NONE)
		return gp_sim_text_find(t);
	gp_buf_init(&b, 0);
	gp_buf_add(&b, list.text.p, list.text.n);
	r = gp_json_new();
	bad = r == NULL || b.bad ||
	    gp_json_open(r, gp_buf_span(&b), GP_JSON_ANY, &o, why) == -1;
	if (bad)
		gp_because(why, "can't parse entities JSON object");
	for (i = 0; !bad && i < o.n; i++)
		bad = given(t, r, o.m[i].value, why) == -1;
	gp_json_free(r);
	gp_buf_release(&b);
	return bad ? -1 : gp_sim_text_find(t);
}

/* [words](https://...) in a scenario's text. 1: one begins here. */
static int
words_link(
    const char *p, const char *end, struct gp_span *words, struct gp_span *url)
{
	const char *close = memchr(p, ']', (size_t)(end - p));
	const char *last;

	if (*p != '[' || close == NULL || end - close < 10 ||
	    strncmp(close, "](http", 6) != 0)
		return 0;
	last = memchr(close, ')', (size_t)(end - close));
	if (last == NULL)
		return 0;
	*words = (struct gp_span){ p + 1, (size_t)(close - p - 1) };
	*url = (struct gp_span){ close + 2, (size_t)(last - close - 2) };
	return 1;
}

int
gp_sim_text_read(struct gp_sim_text *t, struct gp_span s)
{
	const char *p = s.p, *end = gp_span_end(s);
	struct gp_span words, url;
	struct gp_buf b;
	int r = 0;

	gp_sim_text_release(t);
	gp_buf_init(&b, 0);
	while (p < end && r == 0) {
		if (!words_link(p, end, &words, &url)) {
			gp_buf_addc(&b, *p++);
			continue;
		}
		r = gp_sim_text_mark(t, "text_link", b.n, words.n, url);
		gp_buf_add(&b, words.p, words.n);
		p = url.p + url.n + 1;
	}
	t->n = b.n;
	t->s = gp_buf_detach(&b);
	return r == -1 || t->s == NULL ? -1 : gp_sim_text_find(t);
}
