#include "dedup/read.h"

#include <stdlib.h>

struct gp_dedup_reader {
	struct gp_json_reader *json;
	struct gp_sketcher *sketcher;
	gp_instant now;
	struct gp_buf id, text, some;
};

struct gp_dedup_reader *
gp_dedup_reader_new(struct gp_json_reader *json, gp_instant now)
{
	struct gp_dedup_reader *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return NULL;
	r->json = json;
	r->now = now;
	gp_buf_init(&r->id, 0);
	gp_buf_init(&r->text, 0);
	gp_buf_init(&r->some, 0);
	r->sketcher = gp_sketcher_new();
	if (r->sketcher == NULL) {
		gp_dedup_reader_free(r);
		return NULL;
	}
	return r;
}

void
gp_dedup_reader_free(struct gp_dedup_reader *r)
{
	if (r == NULL)
		return;
	gp_sketcher_free(r->sketcher);
	gp_buf_release(&r->id);
	gp_buf_release(&r->text);
	gp_buf_release(&r->some);
	free(r);
}

/* A string, borrowed or undone into b; n 0: none. */
static struct gp_span
string(struct gp_json v, struct gp_buf *b)
{
	struct gp_span s = gp_json_bare(v);

	if (s.p != NULL)
		return s;
	gp_buf_reset(b);
	gp_json_text(v, b);
	return gp_buf_span(b);
}

static uint64_t
hash(struct gp_dedup_reader *r, struct gp_json v, uint64_t seed)
{
	struct gp_span s = string(v, &r->some);

	return s.n > 0 ? gp_dedup_hash(s, seed) : 0;
}

static gp_instant
when(const struct gp_dedup_reader *r, const struct gp_json_obj *rec)
{
	gp_instant at;

	if (gp_instant_parse(gp_json_bare(gp_json_get(rec, "at")), &at) == 0 ||
	    gp_instant_parse(gp_json_bare(gp_json_get(rec, "seen")), &at) == 0)
		return at;
	return r->now;
}

/* A talk: comments have a thread, private messages a chat. */
static uint64_t
talk(struct gp_dedup_reader *r, const struct gp_json_obj *rec)
{
	uint64_t h = hash(r, gp_json_get(rec, "thread"), 0);

	if (h == 0 && gp_json_is(gp_json_get(rec, "type"), "message"))
		h = hash(r, gp_json_get(rec, "chat"), 0);
	return h;
}

/* What a reply answers; under a post of a citizen, the post. */
static uint64_t
answered(struct gp_dedup_reader *r, const struct gp_json_obj *rec)
{
	uint64_t h = hash(r, gp_json_get(rec, "parent"), 0);

	return h != 0 ? h : hash(r, gp_json_get(rec, "post"), 0);
}

/* 0: neither; a post without an author is the page's own. */
static int
kind_of(struct gp_dedup_reader *r, const struct gp_json_obj *rec)
{
	struct gp_json type = gp_json_get(rec, "type");
	int post = gp_json_is(type, "post");

	if ((!post && !gp_json_is(type, "comment") &&
		!gp_json_is(type, "message")) ||
	    gp_json_true(gp_json_get(rec, "deleted")) ||
	    gp_json_get(rec, "service").type != GP_JSON_NONE)
		return 0;
	if (gp_json_true(gp_json_at(r->json, rec, "author", "official", NULL)))
		return post ? 0 : GP_DEDUP_REPLY;
	if (post &&
	    gp_json_at(r->json, rec, "author", "id", NULL).type == GP_JSON_NONE)
		return 0;
	return GP_DEDUP_APPEAL;
}

static int
appeal(struct gp_dedup_reader *r, const struct gp_json_obj *rec,
    struct gp_dedup_item *it, struct gp_why *why)
{
	struct gp_json v = gp_json_get(rec, "text");
	struct gp_span text;

	if (v.type == GP_JSON_NONE || v.type == GP_JSON_NULL)
		return 0;
	if (v.type != GP_JSON_STRING)
		return gp_because(why, "'text' is %s, not a string",
		    gp_json_type_name(v.type));
	text = string(v, &r->text);
	if (text.n == 0)
		return 0;
	it->author = hash(r, gp_json_at(r->json, rec, "author", "id", NULL),
	    hash(r, gp_json_get(rec, "network"), 1));
	it->topic = (uint32_t)hash(
	    r, gp_json_at(r->json, rec, "class", "topic", NULL), 0);
	it->group = (uint32_t)hash(
	    r, gp_json_at(r->json, rec, "class", "group", NULL), 0);
	if (gp_sketch_text(r->sketcher, text, &it->sketch) == -1)
		return gp_because(why, "no memory");
	return 1;
}

int
gp_dedup_read(struct gp_dedup_reader *r, const struct gp_json_obj *rec,
    struct gp_dedup_item *it, struct gp_why *why)
{
	int kind = kind_of(r, rec), is = kind == GP_DEDUP_REPLY;

	*it = (struct gp_dedup_item){ .kind = (uint8_t)kind };
	if (kind == 0)
		return 0;
	it->id = string(gp_json_get(rec, "id"), &r->id);
	if (it->id.n == 0)
		return gp_because(why, "no 'id', or it is no string");
	if (it->id.n > GP_DEDUP_ID)
		return gp_because(
		    why, "'id' is longer than %d bytes", GP_DEDUP_ID);
	it->at = when(r, rec);
	it->page = hash(r, gp_json_get(rec, "page"), 0);
	it->thread = talk(r, rec);
	if (kind == GP_DEDUP_REPLY)
		it->direct = answered(r, rec);
	else
		is = appeal(r, rec, it, why);
	if (is == 1 && (r->id.bad || r->text.bad || r->some.bad))
		return gp_because(why, "no memory");
	return is;
}
