/* A record of a post as an entry: what other programs write to be posted. */
#include <string.h>

#include "base/sha256.h"
#include "plan/plan.h"

struct reading {
	struct gp_pool *pool;
	struct gp_json_reader *json;
};

/* A string of the record; NULL: there is none. */
static const char *
text(struct reading *rd, struct gp_json v)
{
	struct gp_buf b;
	const char *to = NULL;

	if (v.type != GP_JSON_STRING)
		return NULL;
	gp_buf_init(&b, 0);
	if (gp_json_text(v, &b) == 0)
		to = gp_pool_copy(rd->pool, gp_buf_span(&b)).p;
	gp_buf_release(&b);
	return to;
}

static const char *
member(struct reading *rd, const struct gp_json_obj *o, const char *key)
{
	return text(rd, gp_json_get(o, key));
}

/* A list of words; one word alone is a list too. */
static struct gp_yaml_list
words(struct reading *rd, struct gp_json v)
{
	struct gp_yaml_list l = { NULL, 0 };
	struct gp_json_obj o = { .n = 0 };
	const char **to;
	size_t i;

	if (v.type == GP_JSON_ARRAY)
		gp_json_enter(rd->json, v, &o);
	to = gp_pool_alloc(rd->pool, (o.n + 1) * sizeof(*to));
	if (to == NULL)
		return l;
	l.v = to;
	if (v.type == GP_JSON_STRING)
		to[l.n++] = text(rd, v);
	for (i = 0; i < o.n; i++)
		if ((to[l.n] = text(rd, o.m[i].value)) != NULL)
			l.n++;
	return l;
}

static int
files(struct reading *rd, struct gp_json v, struct gp_plan_files *f,
    struct gp_why *why)
{
	struct gp_json_obj list, o;
	struct gp_plan_file *to;
	size_t i;

	if (v.type == GP_JSON_NONE || v.type == GP_JSON_NULL)
		return 0;
	if (v.type != GP_JSON_ARRAY)
		return gp_because(why, "'attachments' is no list");
	gp_json_enter(rd->json, v, &list);
	f->v = gp_pool_alloc(rd->pool, (list.n + 1) * sizeof(*f->v));
	if (f->v == NULL)
		return gp_because(why, "no memory");
	f->set = 1;
	for (i = 0; i < list.n; i++) {
		gp_json_enter(rd->json, list.m[i].value, &o);
		to = &f->v[f->n++];
		to->path = member(rd, &o, "path");
		to->alt = member(rd, &o, "alt");
		to->kind = member(rd, &o, "kind");
		if (to->path == NULL)
			return gp_because(
			    why, "attachment %zu has no 'path'", i + 1);
		if (to->kind != NULL && strcmp(to->kind, "photo") != 0 &&
		    strcmp(to->kind, "video") != 0)
			return gp_because(why,
			    "an attachment of kind '%s' cannot be posted",
			    to->kind);
	}
	return 0;
}

static const char *
option(struct reading *rd, struct gp_json v, int *correct)
{
	struct gp_json_obj o;

	*correct = 0;
	if (v.type == GP_JSON_STRING)
		return text(rd, v);
	gp_json_enter(rd->json, v, &o);
	*correct = gp_json_true(gp_json_get(&o, "correct"));
	return member(rd, &o, "text");
}

/* The poll of gp-record(5): `correct` is a number from 1, or a mark at the
 * option. */
static int
poll(struct reading *rd, struct gp_json v, struct gp_plan_entry *e,
    struct gp_why *why)
{
	struct gp_plan_poll *q;
	struct gp_json_obj o, list;
	const char **to;
	size_t i;
	int right;

	if (v.type != GP_JSON_OBJECT)
		return 0;
	gp_json_enter(rd->json, v, &o);
	gp_json_enter(rd->json, gp_json_get(&o, "options"), &list);
	q = gp_pool_alloc(rd->pool, sizeof(*q));
	to = gp_pool_alloc(rd->pool, (list.n + 1) * sizeof(*to));
	if (q == NULL || to == NULL)
		return gp_because(why, "no memory");
	q->question = member(rd, &o, "question");
	q->explanation = member(rd, &o, "explanation");
	q->close = member(rd, &o, "close");
	q->multiple = gp_json_true(gp_json_get(&o, "multiple"));
	gp_json_int(gp_json_get(&o, "correct"), &q->correct);
	q->option.v = to;
	for (i = 0; i < list.n; i++) {
		to[q->option.n] = option(rd, list.m[i].value, &right);
		if (to[q->option.n] == NULL)
			return gp_because(
			    why, "option %zu of the poll has no text", i + 1);
		q->option.n++;
		if (right)
			q->correct = (int64_t)i + 1;
	}
	e->poll = q;
	return 0;
}

static int
overs(struct reading *rd, struct gp_json v, struct gp_plan_entry *e,
    struct gp_why *why)
{
	struct gp_json_obj all, o;
	struct gp_plan_over *to;
	size_t i;

	if (v.type != GP_JSON_OBJECT)
		return 0;
	gp_json_enter(rd->json, v, &all);
	e->over.v = to = gp_pool_alloc(rd->pool, (all.n + 1) * sizeof(*to));
	if (to == NULL)
		return gp_because(why, "no memory");
	for (i = 0; i < all.n; i++, to++) {
		gp_json_enter(rd->json, all.m[i].value, &o);
		to->of = gp_pool_copy(rd->pool, all.m[i].key).p;
		to->skip = gp_json_true(gp_json_get(&o, "skip"));
		to->text = member(rd, &o, "text");
		to->at = member(rd, &o, "at");
		to->link = member(rd, &o, "link");
		to->tag = words(rd, gp_json_get(&o, "tags"));
		if (files(rd, gp_json_get(&o, "attachments"), &to->file, why) ==
		    -1)
			return -1;
		e->over.n++;
	}
	return 0;
}

/* What has none is known by its bytes: the same again is a duplicate. */
static const char *
made(struct reading *rd, const struct gp_json_obj *o)
{
	char hash[GP_SHA256_LEN];

	return gp_pool_fmt(rd->pool, "sha256-%.16s", gp_sha256(o->text, hash))
	    .p;
}

int
gp_plan_record(struct gp_plan *p, struct gp_json_reader *json,
    const struct gp_json_obj *o, struct gp_why *why)
{
	struct reading rd = { &p->pool, json };
	struct gp_plan_entry *e;

	gp_pool_reset(&p->pool);
	e = gp_pool_alloc(&p->pool, sizeof(*e));
	if (e == NULL)
		return gp_because(why, "no memory");
	p->entry = (struct gp_yaml_list){ e, 1 };
	e->id = member(&rd, o, "id");
	if (e->id == NULL)
		e->id = made(&rd, o);
	e->at = member(&rd, o, "at");
	e->text = member(&rd, o, "text");
	e->link = member(&rd, o, "link");
	e->tag = words(&rd, gp_json_get(o, "tags"));
	e->no_markup = gp_json_get(o, "markup").type == GP_JSON_BOOL &&
	    !gp_json_true(gp_json_get(o, "markup"));
	e->gone = gp_json_true(gp_json_get(o, "delete"));
	e->page = words(&rd, gp_json_get(o, "pages"));
	if (e->page.n == 0)
		e->page = words(&rd, gp_json_get(o, "page"));
	if (files(&rd, gp_json_get(o, "attachments"), &e->file, why) == -1 ||
	    poll(&rd, gp_json_get(o, "poll"), e, why) == -1 ||
	    overs(&rd, gp_json_get(o, "per"), e, why) == -1)
		return -1;
	if (p->pool.bad || gp_json_lacked(json))
		return gp_because(why, "no memory");
	return gp_plan_entry(p, e, why);
}
