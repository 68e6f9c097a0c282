#include "report/behind.h"

#include <stdlib.h>
#include <string.h>

static const char *const keys[GP_BEHINDS] = {
	[GP_BEHIND_POSTS] = "page, hashtag, rubric, hour",
	[GP_BEHIND_AUDIENCE] = "page",
	[GP_BEHIND_POLLS] = "id, page, option",
	[GP_BEHIND_SURVEY] = "question, answer, among",
	[GP_BEHIND_QUALITY] = "rule, page, level",
};

void
gp_behind_init(struct gp_behind *b, struct gp_counted *c, const char *of)
{
	static const char words[] = GP_BEHIND_WORDS;
	const char *p = words;
	int no = 0;

	while (strncmp(p, of, strlen(of)) != 0 && strchr(p, '|') != NULL) {
		p = strchr(p, '|') + 1;
		no++;
	}
	memset(b, 0, sizeof(*b));
	b->c = c;
	b->of = (enum gp_behind_of)no;
	gp_buf_init(&b->text[0], 0);
	gp_buf_init(&b->text[1], 0);
}

void
gp_behind_release(struct gp_behind *b)
{
	gp_buf_release(&b->text[0]);
	gp_buf_release(&b->text[1]);
}

static int
is_key(const char *list, struct gp_span key)
{
	size_t n;

	for (; *list != '\0'; list += n + strspn(list + n, ", ")) {
		n = strcspn(list, ",");
		if (gp_span_eq(key, (struct gp_span){ list, n }))
			return 1;
	}
	return 0;
}

static struct gp_span
key_of(const char *word, struct gp_span *value)
{
	const char *eq = strchr(word, '=');
	size_t n = eq != NULL ? (size_t)(eq - word) : 0;

	*value = gp_span_of(eq != NULL ? eq + 1 : "");
	return (struct gp_span){ word, n };
}

int
gp_behind_check(const struct gp_behind *b, struct gp_why *why)
{
	struct gp_span key, value;
	size_t i;

	for (i = 0; i < b->where.n; i++) {
		key = key_of(b->where.word[i], &value);
		if (key.n == 0)
			return gp_because(why, "--where: '%s' is not KEY=VALUE",
			    b->where.word[i]);
		if (!is_key(keys[b->of], key))
			return gp_because(why, "--where: '%.*s' is none of %s",
			    (int)key.n, key.p, keys[b->of]);
	}
	return 0;
}

struct gp_json
gp_behind_page(const struct gp_behind *b)
{
	struct gp_json page = gp_json_get(&b->w.rec, "page");

	if (page.type == GP_JSON_STRING)
		return page;
	if (b->of == GP_BEHIND_AUDIENCE && b->w.kind == GP_ON_PAGE)
		return gp_json_get(&b->w.rec, "id");
	if (b->of == GP_BEHIND_QUALITY &&
	    gp_json_is(gp_json_get(&b->w.rec, "type"), "finding"))
		return gp_json_get(&b->w.rec, "on");
	return page;
}

/* A text, or a number or truth as it is written. */
static int
says(struct gp_behind *b, struct gp_json v, struct gp_span value)
{
	if (v.type == GP_JSON_NUMBER || v.type == GP_JSON_BOOL)
		return gp_span_eq(v.text, value);
	return gp_span_eq(gp_fact_text(v, &b->text[0]), value);
}

/* Any of a list, or it alone; value p NULL: anything at all. */
static int
any(struct gp_behind *b, struct gp_json v, struct gp_span value)
{
	struct gp_json_obj list;
	size_t i;

	if (v.type != GP_JSON_ARRAY)
		return value.p != NULL ? says(b, v, value)
				       : !says(b, v, gp_span_of(""));
	if (gp_json_enter(b->w.reader, v, &list) == -1)
		return 0;
	for (i = 0; i < list.n; i++)
		if (value.p != NULL ? says(b, list.m[i].value, value)
				    : !says(b, list.m[i].value, gp_span_of("")))
			return 1;
	return 0;
}

/* What a response says to a question; type NONE: nothing. */
static struct gp_json
answer(struct gp_behind *b, struct gp_span question)
{
	struct gp_json found = { .type = GP_JSON_NONE };
	struct gp_json_obj o;
	size_t i;

	if (gp_json_enter(b->w.reader, gp_json_get(&b->w.rec, "answers"), &o) ==
	    -1)
		return found;
	for (i = 0; i < o.n; i++) {
		struct gp_json key = { .type = GP_JSON_STRING,
			.text = { o.m[i].key.p - 1, o.m[i].key.n + 2 } };

		if (gp_span_eq(gp_fact_text(key, &b->text[1]), question))
			found = o.m[i].value;
	}
	return found;
}

static int
answered(struct gp_behind *b, struct gp_span key, struct gp_span value)
{
	const char *across = b->c->how.across;
	struct gp_span question = { "", 0 };
	struct gp_json v;
	size_t i;

	if (gp_span_is(key, "among")) {
		v = answer(b, gp_span_of(across != NULL ? across : ""));
		return says(b, v, value) ||
		    (gp_span_is(value, "—") && says(b, v, gp_span_of("")));
	}
	if (gp_span_is(key, "question"))
		return any(b, answer(b, value), (struct gp_span){ NULL, 0 });
	for (i = 0; i < b->where.n; i++) {
		struct gp_span to;

		if (gp_span_is(key_of(b->where.word[i], &to), "question"))
			question = to;
	}
	return any(b, answer(b, question), value);
}

static int
holds(struct gp_behind *b, struct gp_span key, struct gp_span value)
{
	if (gp_span_is(key, "page"))
		return says(b, gp_behind_page(b), value);
	if (b->of == GP_BEHIND_SURVEY)
		return answered(b, key, value);
	if (gp_span_is(key, "hour"))
		return (unsigned long)gp_hour_of(b->when) % 24 ==
		    strtoul(value.p, NULL, 10);
	if (gp_span_is(key, "option"))
		return b->at == strtoul(value.p, NULL, 10);
	if (gp_span_is(key, "rule") || gp_span_is(key, "level"))
		return says(b,
		    gp_json_get(
			&b->item, gp_span_is(key, "rule") ? "rule" : "level"),
		    value);
	if (gp_span_is(key, "hashtag"))
		return value.n > 0
		    ? any(b, b->post.hashtags, value)
		    : !any(b, b->post.hashtags, (struct gp_span){ NULL, 0 });
	if (gp_span_is(key, "rubric"))
		return says(b, b->post.rubric, value);
	return says(b, gp_json_get(&b->w.rec, "id"), value);
}

static int
all_hold(struct gp_behind *b)
{
	struct gp_span key, value;
	size_t i;

	for (i = 0; i < b->where.n; i++) {
		key = key_of(b->where.word[i], &value);
		if (!holds(b, key, value))
			return 0;
	}
	return 1;
}

/* A reading counts from its time on, all else in its piece. */
static int
in_period(struct gp_behind *b)
{
	const struct gp_period *p = &b->c->period;
	struct gp_span at = gp_json_bare(gp_json_get(&b->w.rec, "at"));

	if (b->of == GP_BEHIND_AUDIENCE)
		b->has_when = gp_reading_at(&b->w, &b->when) == 0;
	else
		b->has_when =
		    at.p != NULL && gp_instant_parse(at, &b->when) == 0;
	if (!b->has_when &&
	    (!p->open || b->of == GP_BEHIND_POSTS ||
		b->of == GP_BEHIND_AUDIENCE)) {
		b->undated++;
		return 0;
	}
	if (p->open)
		return 1;
	return b->of == GP_BEHIND_AUDIENCE ? b->when <= p->all.to
					   : gp_period_of(p, b->when) != -1;
}

/* The list within the record: options of a poll, findings. */
static int
enter(struct gp_behind *b)
{
	struct gp_json list = gp_json_get(&b->w.rec, "findings");
	struct gp_json_obj poll;

	if (b->of == GP_BEHIND_POLLS) {
		if (gp_json_enter(b->w.reader, gp_json_get(&b->w.rec, "poll"),
			&poll) == -1)
			return 0;
		list = gp_json_get(&poll, "options");
	}
	return gp_json_enter(b->w.reader, list, &b->list) == 0;
}

/* 1: a record that counts; listed: its rows stand in a list. */
static int
take(struct gp_behind *b)
{
	int post;

	b->listed = b->of == GP_BEHIND_POLLS ||
	    (b->of == GP_BEHIND_QUALITY &&
		!gp_json_is(gp_json_get(&b->w.rec, "type"), "finding"));
	b->at = 0;
	if (b->of == GP_BEHIND_POSTS) {
		post = gp_post_read(&b->w, &b->post);
		if (post == 0)
			return 0;
	}
	if (b->of == GP_BEHIND_AUDIENCE &&
	    (gp_fact_text(gp_behind_page(b), &b->text[0]).n == 0 ||
		(b->w.kind == GP_ON_STATS &&
		    gp_json_is_there(gp_json_get(&b->w.rec, "post")))))
		return 0;
	if (b->listed && !enter(b))
		return 0;
	b->item = b->w.rec;
	return in_period(b);
}

/* level ok says that all is well: it is no finding. */
static int
next_of_list(struct gp_behind *b)
{
	while (b->at < b->list.n) {
		if (gp_json_enter(
			b->w.reader, b->list.m[b->at++].value, &b->item) == -1)
			continue;
		if (b->of == GP_BEHIND_POLLS ||
		    !gp_json_is(gp_json_get(&b->item, "level"), "ok"))
			return 1;
	}
	b->listed = 0;
	return 0;
}

int
gp_behind_next(struct gp_behind *b)
{
	for (;;) {
		if (b->listed) {
			if (next_of_list(b) && all_hold(b))
				return 1;
			continue;
		}
		if (!gp_shelf_next(&b->w))
			return 0;
		if (!take(b)) {
			b->listed = 0;
			continue;
		}
		if (b->listed)
			continue;
		if (b->of == GP_BEHIND_QUALITY &&
		    gp_json_is(gp_json_get(&b->item, "level"), "ok"))
			continue;
		if (all_hold(b))
			return 1;
	}
}
