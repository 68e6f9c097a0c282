#include "store/row.h"

#include <string.h>
#include <xxhash.h>

#include "record/kind.h"
#include "json/write.h"

const struct gp_row_column gp_row_column[GP_ROW_COLUMNS] = {
	[GP_COL_RECORD_ID] = { "id", 1, 0 },
	[GP_COL_TYPE] = { "type", 1, 0 },
	[GP_COL_NETWORK] = { "network", 1, 0 },
	[GP_COL_PAGE] = { "page", 1, 0 },
	[GP_COL_AT] = { "at", 0, 1 },
	[GP_COL_SEEN] = { "seen", 0, 0 },
	[GP_COL_AUTHOR] = { "author", 1, 1 },
	[GP_COL_POST] = { "post", 1, 1 },
	[GP_COL_TALK] = { "talk", 1, 1 },
	[GP_COL_ANSWERS] = { "answers", 1, 1 },
	[GP_COL_MADE] = { "made", 1, 1 },
	[GP_COL_ROLE] = { "role", 0, 0 },
	[GP_COL_KIND] = { "kind", 1, 1 },
	[GP_COL_GROUP] = { "grp", 1, 1 },
	[GP_COL_TOPIC] = { "topic", 1, 1 },
	[GP_COL_ASSIGNEE] = { "assignee", 1, 1 },
	[GP_COL_DUE_FIRST] = { "due_first", 0, 1 },
	[GP_COL_DUE_FINAL] = { "due_final", 0, 1 },
	[GP_COL_PROMISED] = { "promised", 0, 0 },
	[GP_COL_DELETED] = { "deleted", 0, 0 },
	[GP_COL_PERSON] = { "person", 0, 0 },
	[GP_COL_HASH] = { "hash", 0, 0 },
	[GP_COL_MATTER] = { "matter", 0, 0 },
	[GP_COL_CHANGED] = { "changed", 0, 0 },
	[GP_COL_BODY] = { "body", 1, 0 },
};

void
gp_row_names(struct gp_buf *b)
{
	int i;

	for (i = 0; i < GP_ROW_COLUMNS; i++)
		gp_buf_addf(
		    b, "%s%s", i > 0 ? ", " : "", gp_row_column[i].name);
}

/* The form with its %s and %d filled in. */
static void
fill(struct gp_buf *b, const char *form, int i)
{
	const char *p;

	for (p = form; *p != '\0'; p++)
		if (p[0] == '%' && p[1] == 's') {
			gp_buf_adds(b, gp_row_column[i].name);
			p++;
		} else if (p[0] == '%' && p[1] == 'd') {
			gp_buf_add64(b, i + 1);
			p++;
		} else {
			gp_buf_addc(b, *p);
		}
}

/*
 * A record that is no more tells nothing of who wrote it and what it answered:
 * that stays. An answer that is deleted was given all the same.
 */
void
gp_row_sets(struct gp_buf *b, const char *now, const char *then)
{
	int i;

	for (i = 0; i < GP_ROW_COLUMNS; i++) {
		gp_buf_addf(
		    b, "%s%s = ", i > 0 ? ", " : "", gp_row_column[i].name);
		if (gp_row_column[i].stays || i == GP_COL_ROLE) {
			gp_buf_adds(b, "CASE WHEN ");
			fill(b, now, GP_COL_DELETED);
			gp_buf_adds(b, " = 1 AND ");
			fill(b, then, i);
			gp_buf_adds(
			    b, i == GP_COL_ROLE ? " >= 2" : " IS NOT NULL");
			gp_buf_adds(b, " THEN ");
			fill(b, then, i);
			gp_buf_adds(b, " ELSE ");
		}
		fill(b, now, i);
		if (gp_row_column[i].stays || i == GP_COL_ROLE)
			gp_buf_adds(b, " END");
	}
}

struct gp_db_value
gp_db_int(int64_t n)
{
	return (struct gp_db_value){ GP_DB_INT, n, { NULL, 0 } };
}

struct gp_db_value
gp_db_text(struct gp_span s)
{
	if (s.p == NULL)
		return (struct gp_db_value){ GP_DB_NULL, 0, { NULL, 0 } };
	return (struct gp_db_value){ GP_DB_TEXT, 0, s };
}

struct gp_db_value
gp_db_str(const char *s)
{
	if (s == NULL)
		return (struct gp_db_value){ GP_DB_NULL, 0, { NULL, 0 } };
	return gp_db_text(gp_span_of(s));
}

/* The reading of one record. */
struct reading {
	struct gp_json_reader *reader;
	const struct gp_json_obj *rec;
	struct gp_pool *pool;
	struct gp_row *row;
	struct gp_why *why;
};

/* A string, in the pool; p NULL: there is none. */
static struct gp_span
text(struct gp_pool *pool, struct gp_json v)
{
	struct gp_span s = gp_json_bare(v);
	struct gp_buf b;

	if (s.p != NULL)
		return gp_pool_copy(pool, s);
	if (v.type != GP_JSON_STRING)
		return (struct gp_span){ NULL, 0 };
	gp_buf_init(&b, 0);
	gp_json_text(v, &b);
	s = gp_pool_copy(pool, (struct gp_span){ gp_buf_str(&b), b.n });
	if (b.bad)
		pool->bad = 1;
	gp_buf_release(&b);
	return s;
}

static void
put_text(struct reading *in, enum gp_column_of_row c, struct gp_json v)
{
	struct gp_span s = text(in->pool, v);

	in->row->v[c] = gp_db_text(s.n > 0 ? s : (struct gp_span){ NULL, 0 });
}

static int
put_instant(struct reading *in, enum gp_column_of_row c, const char *name,
    struct gp_json v)
{
	struct gp_span s = gp_json_bare(v);
	gp_instant t;

	if (v.type == GP_JSON_NONE || v.type == GP_JSON_NULL)
		return 0;
	if (s.p == NULL || gp_instant_parse(s, &t) == -1)
		return gp_because(in->why, "'%s' is not an instant: %.*s", name,
		    v.text.n < 60 ? (int)v.text.n : 60, v.text.p);
	in->row->v[c] = gp_db_int(t);
	return 0;
}

/* A promise is a date or an instant; a date is promised until it ends. */
static int
put_promise(struct reading *in, struct gp_json v)
{
	struct gp_span s = gp_json_bare(v);
	char day[11];
	gp_instant t;

	if (s.p == NULL || s.n != 10)
		return put_instant(in, GP_COL_PROMISED, "promised", v);
	memcpy(day, s.p, 10);
	day[10] = '\0';
	if (gp_instant_civil(day, &t) == -1)
		return gp_because(in->why, "'promised' is no date: %s", day);
	in->row->v[GP_COL_PROMISED] = gp_db_int(gp_instant_midnight(t, 1));
	return 0;
}

static struct gp_json
get(const struct reading *in, const char *name)
{
	return gp_json_get(in->rec, name);
}

/* Persons are of a network; "vk:123". */
static void
put_author(struct reading *in, const struct gp_json_obj *author)
{
	struct gp_span id = text(in->pool, gp_json_get(author, "id"));
	struct gp_db_value net = in->row->v[GP_COL_NETWORK];

	if (id.p == NULL || id.n == 0)
		return;
	in->row->v[GP_COL_AUTHOR] = gp_db_text(gp_pool_fmt(in->pool,
	    "%.*s:%.*s", net.type == GP_DB_TEXT ? (int)net.text.n : 0,
	    net.type == GP_DB_TEXT ? net.text.p : "", (int)id.n, id.p));
}

/* What is not classified asks too; as gp-report(1) has it. */
static int
asks(struct gp_db_value kind)
{
	return kind.type != GP_DB_TEXT || gp_kind_of(kind.text) != GP_UNSORTED;
}

static void
put_class(struct reading *in)
{
	struct gp_json_obj o;

	in->row->v[GP_COL_PERSON] = gp_db_int(0);
	if (gp_json_enter(in->reader, get(in, "class"), &o) == -1) {
		in->pool->bad = 1;
		return;
	}
	put_text(in, GP_COL_KIND, gp_json_get(&o, "kind"));
	put_text(in, GP_COL_GROUP, gp_json_get(&o, "group"));
	put_text(in, GP_COL_TOPIC, gp_json_get(&o, "topic"));
	in->row->v[GP_COL_PERSON] =
	    gp_db_int(gp_json_is(gp_json_get(&o, "by"), "person"));
}

static int
put_due(struct reading *in)
{
	struct gp_json_obj o;

	in->row->decided = in->row->v[GP_COL_PERSON].n != 0;
	if (gp_json_enter(in->reader, get(in, "route"), &o) == 0) {
		put_text(in, GP_COL_ASSIGNEE, gp_json_get(&o, "assignee"));
		if (gp_json_is(gp_json_get(&o, "by"), "person"))
			in->row->decided = 1;
	}
	if (gp_json_enter(in->reader, get(in, "due"), &o) == -1)
		return 0;
	return put_instant(in, GP_COL_DUE_FIRST, "due.first",
		   gp_json_get(&o, "first")) == -1 ||
		put_instant(in, GP_COL_DUE_FINAL, "due.final",
		    gp_json_get(&o, "final")) == -1
	    ? -1
	    : 0;
}

/* The talk is a chat, a thread, or what the comment itself begins. */
static void
put_talk(struct reading *in, int message)
{
	struct gp_row *row = in->row;

	put_text(in, GP_COL_TALK, get(in, message ? "chat" : "thread"));
	if (row->v[GP_COL_TALK].type == GP_DB_NULL)
		row->v[GP_COL_TALK] = row->v[GP_COL_RECORD_ID];
	put_text(in, GP_COL_ANSWERS, get(in, "parent"));
	put_text(in, GP_COL_POST, get(in, "post"));
}

static enum gp_role
role_of_talk(struct reading *in, int official)
{
	if (in->row->v[GP_COL_DELETED].n)
		return GP_ROLE_NONE;
	if (official)
		return GP_ROLE_WORD;
	return !gp_json_is_there(get(in, "duplicate_of")) &&
		asks(in->row->v[GP_COL_KIND])
	    ? GP_ROLE_APPEAL
	    : GP_ROLE_NONE;
}

static enum gp_role
role_of_receipt(struct reading *in)
{
	struct gp_json status = get(in, "status");

	put_text(in, GP_COL_MADE, get(in, "result"));
	if (gp_json_is(status, "refused") || gp_json_is(status, "failed"))
		return GP_ROLE_NOT_SENT;
	return gp_json_is(status, "sent") || gp_json_is(status, "duplicate")
	    ? GP_ROLE_SENT
	    : GP_ROLE_NONE;
}

static int
put_reply(struct reading *in, enum gp_role *role)
{
	struct gp_row *row = in->row;

	put_text(in, GP_COL_ANSWERS, get(in, "to"));
	*role =
	    gp_json_true(get(in, "interim")) ? GP_ROLE_INTERIM : GP_ROLE_REPLY;
	if (put_promise(in, get(in, "promised")) == -1)
		return -1;
	if (row->v[GP_COL_PROMISED].type == GP_DB_INT &&
	    !gp_json_true(get(in, "final")))
		*role = GP_ROLE_INTERIM;
	if (row->v[GP_COL_AT].type == GP_DB_NULL)
		return put_instant(
		    in, GP_COL_AT, "approved_at", get(in, "approved_at"));
	return 0;
}

static int
put_role(struct reading *in)
{
	struct gp_json type = get(in, "type");
	int message = gp_json_is(type, "message");
	enum gp_role role = GP_ROLE_NONE;
	struct gp_json_obj author;

	if (gp_json_enter(in->reader, get(in, "author"), &author) == -1)
		in->pool->bad = 1;
	else
		put_author(in, &author);
	put_class(in);
	if (message || gp_json_is(type, "comment")) {
		put_talk(in, message);
		role = role_of_talk(
		    in, gp_json_true(gp_json_get(&author, "official")));
	} else if (gp_json_is(type, "reply")) {
		if (put_reply(in, &role) == -1)
			return -1;
	} else if (gp_json_is(type, "receipt")) {
		put_text(in, GP_COL_ANSWERS, get(in, "to"));
		role = role_of_receipt(in);
	} else {
		put_text(in, GP_COL_ANSWERS, get(in, "to"));
		put_text(in, GP_COL_POST, get(in, "post"));
	}
	if (role == GP_ROLE_APPEAL && gp_json_is_there(get(in, "forgotten")))
		role = GP_ROLE_NONE;
	in->row->v[GP_COL_ROLE] = gp_db_int(role);
	return put_due(in);
}

/* Figures change with each reading, and tell nothing that was said. */
static int
is_figure(struct gp_span key)
{
	return gp_json_key_is(key, "seen") || gp_json_key_is(key, "counts") ||
	    gp_json_key_is(key, "reactions");
}

/*
 * Two identities: of the record without the instant of its reading, and of
 * what it says. 64 bits, of a version against the one that is there.
 */
static void
put_hashes(struct reading *in)
{
	uint64_t all = 0, matter = 0, h;
	size_t i;

	for (i = 0; i < in->rec->n; i++) {
		const struct gp_json_member *m = &in->rec->m[i];

		if (gp_json_key_is(m->key, "seen") ||
		    gp_json_key_is(m->key, "desk"))
			continue;
		h = XXH3_64bits(m->key.p, m->key.n);
		h = XXH3_64bits_withSeed(m->value.text.p, m->value.text.n, h);
		all = all * 0x9e3779b97f4a7c15u + h;
		if (!is_figure(m->key))
			matter = matter * 0x9e3779b97f4a7c15u + h;
	}
	in->row->v[GP_COL_HASH] = gp_db_int((int64_t)all);
	in->row->v[GP_COL_MATTER] = gp_db_int((int64_t)matter);
}

static void
put_body(struct reading *in)
{
	struct gp_json_edit edit = {
		in->row->fate == GP_ROW_CURSOR ? "store" : "desk", { NULL, 0 }
	};
	struct gp_span s = in->rec->text;
	struct gp_buf b;

	if (get(in, edit.key).type == GP_JSON_NONE) {
		in->row->v[GP_COL_BODY] = gp_db_text(gp_pool_copy(in->pool, s));
		return;
	}
	gp_buf_init(&b, 0);
	gp_json_splice(&b, in->rec, &edit, 1);
	in->row->v[GP_COL_BODY] =
	    gp_db_text(gp_pool_copy(in->pool, gp_buf_span(&b)));
	if (b.bad)
		in->pool->bad = 1;
	gp_buf_release(&b);
}

/* What can be searched for; a poll is found by its question. */
static void
put_found(struct reading *in)
{
	struct gp_json poll =
	    gp_json_at(in->reader, in->rec, "poll", "question", NULL);

	in->row->text[0] = text(in->pool, get(in, "text"));
	in->row->text[1] = text(in->pool, get(in, "title"));
	in->row->text[2] = text(in->pool, get(in, "about"));
	in->row->text[3] = text(in->pool, poll);
}

static int
read_cursor(struct reading *in)
{
	struct gp_row *row = in->row;

	row->fate = GP_ROW_CURSOR;
	row->stream = text(in->pool, get(in, "stream"));
	row->value = text(in->pool, get(in, "value"));
	row->store = text(in->pool, get(in, "store"));
	put_text(in, GP_COL_PAGE, get(in, "page"));
	if (row->stream.p == NULL || row->value.p == NULL ||
	    row->v[GP_COL_PAGE].type == GP_DB_NULL)
		return gp_because(
		    in->why, "a cursor needs page, stream and value");
	put_body(in);
	return 0;
}

/* What has no id is known by its type and its bytes. */
static int
read_id(struct reading *in)
{
	struct gp_json id = get(in, "id");
	struct gp_span type = in->row->v[GP_COL_TYPE].text;
	XXH128_hash_t h;

	if (id.type != GP_JSON_NONE && id.type != GP_JSON_STRING)
		return gp_because(in->why, "'id' is %s, not a string",
		    gp_json_type_name(id.type));
	put_text(in, GP_COL_RECORD_ID, id);
	if (in->row->v[GP_COL_RECORD_ID].type == GP_DB_TEXT)
		return 0;
	if (gp_span_is(type, "post") || gp_span_is(type, "comment") ||
	    gp_span_is(type, "message") || id.type == GP_JSON_STRING)
		return gp_because(in->why,
		    id.type == GP_JSON_STRING ? "'id' is empty"
					      : "'id' is missing");
	h = XXH3_128bits(in->rec->text.p, in->rec->text.n);
	in->row->v[GP_COL_RECORD_ID] = gp_db_text(
	    gp_pool_fmt(in->pool, "%.*s:#%016llx%016llx", (int)type.n, type.p,
		(unsigned long long)h.high64, (unsigned long long)h.low64));
	return 0;
}

int
gp_row_read(struct gp_json_reader *reader, const struct gp_json_obj *rec,
    struct gp_pool *pool, struct gp_row *row, struct gp_why *why)
{
	struct reading in = { reader, rec, pool, row, why };
	struct gp_json type = gp_json_get(rec, "type");

	memset(row, 0, sizeof(*row));
	if (type.type != GP_JSON_STRING)
		return gp_because(why,
		    type.type == GP_JSON_NONE ? "'type' is missing"
					      : "'type' is not a string");
	put_text(&in, GP_COL_TYPE, type);
	if (row->v[GP_COL_TYPE].type == GP_DB_NULL)
		return gp_because(why, "'type' is empty");
	if (gp_json_is(type, "cursor"))
		return read_cursor(&in);
	put_text(&in, GP_COL_NETWORK, get(&in, "network"));
	put_text(&in, GP_COL_PAGE, get(&in, "page"));
	row->v[GP_COL_DELETED] =
	    gp_db_int(gp_json_is_there(get(&in, "deleted")));
	if (read_id(&in) == -1 ||
	    put_instant(&in, GP_COL_AT, "at", get(&in, "at")) == -1 ||
	    put_instant(&in, GP_COL_SEEN, "seen", get(&in, "seen")) == -1 ||
	    put_role(&in) == -1)
		return -1;
	if (row->v[GP_COL_AT].type == GP_DB_NULL)
		row->v[GP_COL_AT] = row->v[GP_COL_SEEN];
	put_found(&in);
	put_hashes(&in);
	put_body(&in);
	return pool->bad ? gp_because(why, "no memory") : 0;
}
