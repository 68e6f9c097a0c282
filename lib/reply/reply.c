#include "reply/reply.h"

#include <stdio.h>
#include <string.h>

#include "base/sha256.h"
#include "base/utf8.h"

static const char *
text_of(struct gp_pool *pool, struct gp_json v)
{
	struct gp_buf b;
	const char *s;

	if (v.type != GP_JSON_STRING)
		return NULL;
	gp_buf_init(&b, 0);
	gp_json_text(v, &b);
	s = gp_pool_copy(pool, gp_buf_span(&b)).p;
	pool->bad |= b.bad;
	gp_buf_release(&b);
	return s;
}

/* The approval, not the record, is what goes out once. Another approval has
 * another key, and whether it may go as well is asked of the journal. */
static void
make_key(struct gp_reply *r)
{
	char hash[GP_SHA256_LEN];
	struct gp_buf b;

	gp_buf_init(&b, 0);
	gp_buf_addf(&b, "%s\n%s\n%s", r->to, r->hash, r->approved_at);
	gp_sha256(gp_buf_span(&b), hash);
	snprintf(r->key, sizeof(r->key), "r%.32s", hash);
	gp_buf_release(&b);
}

int
gp_reply_read(struct gp_json_reader *reader, const struct gp_json_obj *rec,
    struct gp_pool *pool, struct gp_reply *r, struct gp_why *why)
{
	const struct {
		const char *name;
		const char **to;
		int needed;
	} member[] = { { "id", &r->id, 0 }, { "network", &r->network, 1 },
		{ "page", &r->page, 1 }, { "to", &r->to, 1 },
		{ "to_type", &r->to_type, 0 }, { "post", &r->post, 0 },
		{ "chat", &r->chat, 0 }, { "parent", &r->parent, 0 },
		{ "thread", &r->thread, 0 }, { "text", &r->text, 1 },
		{ "approved_by", &r->approved_by, 0 },
		{ "approved_at", &r->approved_at, 0 },
		{ "text_sha256", &r->hash, 0 },
		{ "promised", &r->promised, 0 } };
	size_t i;

	memset(r, 0, sizeof(*r));
	for (i = 0; i < sizeof(member) / sizeof(member[0]); i++) {
		*member[i].to = text_of(pool, gp_json_get(rec, member[i].name));
		if (*member[i].to == NULL && member[i].needed)
			return gp_because(
			    why, "a reply without '%s'", member[i].name);
	}
	r->interim = gp_json_true(gp_json_get(rec, "interim"));
	r->official = gp_json_true(
	    gp_json_at(reader, rec, "appeal", "author", "official", NULL));
	r->appeal_at =
	    text_of(pool, gp_json_at(reader, rec, "appeal", "at", NULL));
	gp_sha256(gp_span_of(r->text), r->now_hash);
	if (pool->bad)
		return gp_because(why, "no memory");
	if (r->hash != NULL && r->approved_at != NULL)
		make_key(r);
	else
		snprintf(r->key, sizeof(r->key), "r-%.32s", r->now_hash);
	return 0;
}

enum gp_act_kind
gp_reply_kind(const struct gp_reply *r)
{
	if (r->to_type != NULL)
		return strcmp(r->to_type, "message") == 0 ? GP_ACT_MESSAGE
							  : GP_ACT_COMMENT;
	return r->post == NULL && r->chat != NULL && r->thread == NULL
	    ? GP_ACT_MESSAGE
	    : GP_ACT_COMMENT;
}

static int
is_blank(const char *s)
{
	return s == NULL || s[strspn(s, " \t\r\n")] == '\0';
}

/* "{{" and what it names, as far as a message should show. */
static int
has_hole(struct gp_reply *r)
{
	const char *p = strstr(r->text, "{{"), *end;

	if (p == NULL)
		return 0;
	end = strstr(p, "}}");
	gp_because(&r->why, "an empty slot is left: %.*s",
	    end != NULL && end - p < 60 ? (int)(end - p + 2) : 2, p);
	return 1;
}

static int
tells_of_persons(struct gp_reply *r, struct gp_personal_run *run)
{
	const struct gp_personal_hit *hit;
	long n;

	if (run == NULL)
		return 0;
	n = gp_personal_find(run, gp_span_of(r->text), &hit);
	for (; n > 0; n--, hit++) {
		if (hit->kind == GP_PD_NAME)
			continue; /* people are greeted by it */
		gp_because(&r->why,
		    "personal data in a public answer: %s, '%.*s'",
		    gp_personal_name(hit->kind), (int)(hit->to - hit->from),
		    r->text + hit->from);
		return 1;
	}
	return 0;
}

int
gp_reply_prove(struct gp_reply *r, const struct gp_net *net, int split,
    struct gp_personal_run *run)
{
	enum gp_act_kind kind = gp_reply_kind(r);
	size_t max = gp_act_max(net, kind);
	size_t n = gp_act_length(net, gp_span_of(r->text));

	if (is_blank(r->approved_by) || is_blank(r->approved_at) ||
	    is_blank(r->hash))
		return gp_because(&r->why, "nobody approved it");
	if (strcmp(r->hash, r->now_hash) != 0)
		return gp_because(
		    &r->why, "the text was changed after it was approved");
	if (is_blank(r->text))
		return gp_because(&r->why, "the text is empty");
	if (has_hole(r))
		return -1;
	if (strncmp(r->to, net->name, strlen(net->name)) != 0 ||
	    r->to[strlen(net->name)] != ':')
		return gp_because(
		    &r->why, "'%s' is nothing of %s", r->to, net->title);
	if (r->official)
		return gp_because(&r->why,
		    "it would answer the page's own words, not a citizen's");
	if (n > max && !split)
		return gp_because(&r->why, "the text has %zu %s, %s takes %zu",
		    n, net->length_unit, net->title, max);
	if (kind == GP_ACT_COMMENT && tells_of_persons(r, run))
		return -1;
	return 0;
}

struct asking {
	struct gp_reply *r;
	struct gp_json_reader *reader;
	struct gp_outbox *outbox;
	int there, refused, failed;
	struct gp_why *why;
};

/* The appeal itself. */
static int
appeal(void *ctx, const struct gp_found *found)
{
	struct asking *a = ctx;
	struct gp_json_obj o;
	struct gp_span page;

	if (gp_json_open(a->reader, found->body, 0, &o, NULL) == -1)
		return 1;
	a->there = 1;
	page = gp_json_bare(gp_json_get(&o, "page"));
	if (page.n > 0 && !gp_span_is(page, a->r->page))
		a->refused = gp_because(&a->r->why,
		    "'%s' was written to %.*s, not to %s", a->r->to,
		    (int)page.n, page.p, a->r->page);
	else if (gp_json_is_there(gp_json_get(&o, "deleted")))
		a->refused =
		    gp_because(&a->r->why, "'%s' was deleted", a->r->to);
	else if (gp_json_true(
		     gp_json_at(a->reader, &o, "author", "official", NULL)))
		a->refused = gp_because(&a->r->why,
		    "'%s' is the page's own word, not a citizen's", a->r->to);
	return 1;
}

/* An official answer, unless the journal knows that it was sent from here. */
static int
answer(void *ctx, const struct gp_found *found)
{
	struct asking *a = ctx;
	struct gp_json_obj o;
	struct gp_buf id;
	int ours;

	if (gp_json_open(a->reader, found->body, 0, &o, NULL) == -1 ||
	    gp_json_is_there(gp_json_get(&o, "deleted")))
		return 0;
	gp_buf_init(&id, 0);
	gp_json_text(gp_json_get(&o, "id"), &id);
	ours = a->outbox != NULL
	    ? gp_outbox_made(a->outbox, gp_buf_str(&id), a->why)
	    : 0;
	a->failed = ours == -1;
	if (ours == 0)
		a->refused = gp_because(&a->r->why,
		    "it is answered already, by '%s'", gp_buf_str(&id));
	gp_buf_release(&id);
	return a->refused || a->failed;
}

static void
quoted(struct gp_buf *b, const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '\'')
			gp_buf_addc(b, '\'');
		gp_buf_addc(b, *s);
	}
}

static int
answered(struct asking *a, struct gp_store *s)
{
	int private = gp_reply_kind(a->r) == GP_ACT_MESSAGE;
	struct gp_query q = { .now = 0 };
	struct gp_buf where;
	int r;

	if (private && (a->r->chat == NULL || a->r->appeal_at == NULL))
		return 0; /* which talk, or since when, is not known */
	gp_buf_init(&where, 0);
	gp_buf_addf(
	    &where, "author.official and %s = '", private ? "chat" : "parent");
	quoted(&where, private ? a->r->chat : a->r->to);
	gp_buf_addc(&where, '\'');
	if (private) {
		q.has_since = gp_instant_parse(
				  gp_span_of(a->r->appeal_at), &q.since) == 0;
	} else if (a->r->post != NULL) {
		q.post.v = &a->r->post;
		q.post.n = 1;
	}
	q.where = gp_buf_str(&where);
	r = gp_store_find(s, &q, answer, a, a->why);
	gp_buf_release(&where);
	return r;
}

int
gp_reply_desk(struct gp_reply *r, struct gp_store *s, struct gp_outbox *outbox,
    int again, struct gp_json_reader *reader, struct gp_why *why)
{
	struct asking a = {
		.r = r, .reader = reader, .outbox = outbox, .why = why
	};
	struct gp_query q = { .id = { &r->to, 1 } };

	if (gp_store_find(s, &q, appeal, &a, why) == -1)
		return -1;
	if (!a.there)
		a.refused =
		    gp_because(&r->why, "the store has no message '%s'", r->to);
	if (a.refused)
		return 1;
	if (again)
		return 0;
	if (answered(&a, s) == -1 || a.failed)
		return -1;
	return a.refused != 0;
}

struct gp_span
gp_reply_part(
    const struct gp_net *net, enum gp_act_kind kind, struct gp_span rest)
{
	static const char *const ends[] = { "\n\n", "\n", ". ", "! ", "? ",
		" " };
	size_t max = gp_act_max(net, kind), units = 0, i;
	const char *p = rest.p, *end = gp_span_end(rest), *from = p, *cut;

	while (p < end) {
		from = p;
		gp_utf8_next(&p, end);
		units += gp_act_length(
		    net, (struct gp_span){ from, (size_t)(p - from) });
		if (units > max)
			break;
	}
	if (units <= max)
		return rest;
	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		for (cut = from; cut > rest.p + (from - rest.p) / 2; cut--)
			if (strncmp(cut - 1, ends[i], strlen(ends[i])) == 0)
				return (struct gp_span){ rest.p,
					(size_t)(cut - rest.p) };
	return (struct gp_span){ rest.p, (size_t)(from - rest.p) };
}
