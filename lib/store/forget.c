/*
 * The right to erasure: Federal Law 152-FZ, article 21, parts 5 and 5.1. What
 * tells of the person goes, what counts stays: when, of what kind, by whom it
 * was to be answered.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/erasure.h"
#include "json/write.h"

/* A record to be emptied. */
struct victim {
	struct victim *next;
	int64_t n;
	struct gp_span id, talk, body, to, made;
	int message, draft;
	int hidden; /* its id tells who the talk was with */
};

struct forgetting {
	struct gp_store *s;
	struct gp_pool pool;
	struct victim *first;
	const char *author;
	int dry, draft, hidden; /* the two: of what is being found */
	gp_instant now;
	struct gp_forgotten *count;
};

static int
take_victim(void *ctx, const struct gp_db_value *v, size_t n)
{
	struct forgetting *f = ctx;
	struct victim *it = gp_pool_alloc(&f->pool, sizeof(*it));

	(void)n;
	if (it == NULL)
		return 1;
	it->next = f->first;
	it->n = v[0].n;
	it->id = gp_pool_copy(&f->pool, v[1].text);
	it->message = gp_span_is(v[2].text, "message");
	it->talk = gp_pool_copy(&f->pool, v[3].text);
	it->body = gp_pool_copy(&f->pool, v[4].text);
	it->to = gp_pool_copy(&f->pool, v[5].text);
	it->made = gp_pool_copy(&f->pool, v[6].text);
	it->draft = f->draft;
	it->hidden = it->message || f->hidden;
	f->first = it;
	return 0;
}

static int
find_victims(struct forgetting *f, const char *sql, struct gp_db_value v,
    const struct victim *of, struct gp_why *why)
{
	f->draft = of != NULL;
	f->hidden = of != NULL && of->hidden;
	return f->s->engine->run(f->s, sql, &v, 1, take_victim, f, why);
}

/*
 * The ids of a private talk tell who it is with, on both sides: a keyed hash
 * of them holds the talk together all the same.
 */
static void
put_hashed(struct forgetting *f, struct gp_jw *w, const char *key,
    struct gp_span id, const struct gp_json_obj *rec)
{
	struct gp_buf b;
	char hex[65];
	size_t n = 0;

	gp_erasure_key(f->s, "id", id, hex);
	gp_buf_init(&b, 0);
	if (gp_json_text(gp_json_get(rec, "network"), &b) == -1) {
		while (n < id.n && id.p[n] != ':')
			n++;
		gp_buf_add(&b, n < id.n ? id.p : "gp", n < id.n ? n : 2);
	}
	gp_buf_addf(&b, ":forgotten/%.32s", hex);
	gp_jw_ktext(w, key, gp_buf_span(&b));
	gp_buf_release(&b);
}

static void
put_raw(struct gp_jw *w, const struct gp_json_obj *from, const char *name)
{
	struct gp_json v = gp_json_get(from, name);

	if (v.type == GP_JSON_NONE)
		return;
	gp_jw_key(w, name);
	gp_jw_raw(w, v.text);
}

/* The id of another record, which may be one that tells. */
static void
put_other(struct forgetting *f, struct gp_jw *w, const char *key,
    const struct gp_json_obj *rec)
{
	struct gp_json v = gp_json_get(rec, key);
	const struct victim *it = NULL;
	struct gp_buf b;

	gp_buf_init(&b, 0);
	if (v.type == GP_JSON_STRING && gp_json_text(v, &b) == 0)
		for (it = f->first; it != NULL; it = it->next)
			if (it->hidden && gp_span_eq(it->id, gp_buf_span(&b)))
				break;
	if (it != NULL)
		put_hashed(f, w, key, it->id, rec);
	else
		put_raw(w, rec, key);
	gp_buf_release(&b);
}

/* What a reply to a message, a draft, and its receipt have; ids as above. */
static void
put_answer(struct forgetting *f, struct gp_jw *w, const struct victim *it,
    const struct gp_json_obj *rec)
{
	static const char *const open[] = { "parent", "thread", "to",
		"result" };
	static const char *const stays[] = { "final", "interim", "promised",
		"approved_at", "action", "status" };
	size_t i;

	for (i = 0; i < sizeof(open) / sizeof(open[0]) && !it->hidden; i++)
		put_raw(w, rec, open[i]);
	if (it->hidden && it->to.n > 0)
		put_hashed(f, w, "to", it->to, rec);
	if (it->hidden && it->made.n > 0)
		put_hashed(f, w, "result", it->made, rec);
	for (i = 0; i < sizeof(stays) / sizeof(stays[0]); i++)
		put_raw(w, rec, stays[i]);
}

/* What counts of a class; `why` has words of the text. */
static void
put_class(struct gp_store *s, struct gp_jw *w, const struct gp_json_obj *rec)
{
	struct gp_json class = gp_json_get(rec, "class");
	struct gp_json_obj o;

	if (class.type != GP_JSON_OBJECT ||
	    gp_json_enter(s->reader, class, &o) == -1)
		return;
	gp_jw_key(w, "class");
	gp_jw_open(w, '{');
	put_raw(w, &o, "kind");
	put_raw(w, &o, "group");
	put_raw(w, &o, "topic");
	put_raw(w, &o, "by");
	gp_jw_close(w, '}');
}

static void
put_stub(struct forgetting *f, const struct victim *it,
    const struct gp_json_obj *rec, struct gp_buf *b)
{
	static const char *const stays[] = { "type", "network", "page", "at",
		"seen", "post", "route", "due" };
	struct gp_json official =
	    gp_json_at(f->s->reader, rec, "author", "official", NULL);
	struct gp_jw w;
	size_t i;

	gp_jw_init(&w, b);
	gp_jw_open(&w, '{');
	if (it->hidden)
		put_hashed(f, &w, "id", it->id, rec);
	else
		gp_jw_ktext(&w, "id", it->id);
	if (it->message)
		put_hashed(f, &w, "chat", it->talk, rec);
	for (i = 0; i < sizeof(stays) / sizeof(stays[0]); i++)
		put_raw(&w, rec, stays[i]);
	put_other(f, &w, "duplicate_of", rec);
	put_other(f, &w, "repeat_of", rec);
	if (!it->message)
		put_answer(f, &w, it, rec);
	if (gp_json_true(official)) {
		gp_jw_key(&w, "author");
		gp_jw_raw(&w, gp_span_of("{\"official\":true}"));
	}
	put_class(f->s, &w, rec);
	gp_jw_kbool(&w, "forgotten", 1);
	gp_jw_close(&w, '}');
}

static int
update(struct gp_store *s, int64_t n, struct gp_row *row, struct gp_why *why)
{
	struct gp_db_value v[GP_ROW_COLUMNS + 1];
	struct gp_db_value number = gp_db_int(n);
	int i;

	gp_buf_reset(&s->sql);
	gp_buf_adds(&s->sql, "UPDATE gp_record SET ");
	for (i = 0; i < GP_ROW_COLUMNS; i++) {
		gp_buf_addf(&s->sql, "%s%s = $%d", i > 0 ? ", " : "",
		    gp_row_column[i].name, i + 1);
		v[i] = row->v[i];
	}
	gp_buf_addf(&s->sql, " WHERE n = $%d", GP_ROW_COLUMNS + 1);
	v[GP_ROW_COLUMNS] = number;
	if (s->engine->run(
		s, s->engine->drop_text, &number, 1, NULL, NULL, why) == -1)
		return -1;
	return s->engine->run(
	    s, gp_buf_str(&s->sql), v, GP_ROW_COLUMNS + 1, NULL, NULL, why);
}

static int
empty_one(struct forgetting *f, const struct victim *it, struct gp_why *why)
{
	struct gp_store *s = f->s;
	struct gp_db_value id = gp_db_text(it->id);
	struct gp_json_obj rec;
	struct gp_row row = { .keep = 0 };
	struct gp_buf old, new;
	int r;

	gp_buf_init(&old, 2 * GP_MAX_LINE);
	gp_buf_init(&new, 2 * GP_MAX_LINE);
	gp_buf_add(&old, it->body.p, it->body.n);
	r = gp_json_open(s->reader, gp_buf_span(&old), 0, &rec, why);
	if (r == 0) {
		put_stub(f, it, &rec, &new);
		r = gp_json_open(s->reader, gp_buf_span(&new), 0, &rec, why);
	}
	if (r == 0)
		r = gp_row_read(s->reader, &rec, &f->pool, &row, why);
	if (r == 0) {
		row.v[GP_COL_CHANGED] = gp_db_int(f->now);
		r = s->engine->run(s, "DELETE FROM gp_history WHERE id = $1",
		    &id, 1, NULL, NULL, why);
	}
	if (r == 0) {
		f->count->versions += s->changes;
		r = update(s, it->n, &row, why);
	}
	gp_buf_release(&old);
	gp_buf_release(&new);
	return r;
}

#define VICTIM                                                         \
	"SELECT n, id, type, talk, body, answers, made FROM gp_record" \
	" WHERE "

/* The person's own; the other side of private talks; what was drafted. */
static int
collect(struct forgetting *f, const char *author, struct gp_why *why)
{
	static const char drafts[] =
	    VICTIM "type IN ('draft', 'reply') AND answers = $1";
	static const char sent[] =
	    VICTIM "type IN ('draft', 'reply', 'receipt') AND answers = $1";
	struct gp_span talk = { NULL, 0 };
	struct victim *own, *it;

	if (find_victims(f, VICTIM "author = $1 ORDER BY talk",
		gp_db_str(author), NULL, why) == -1)
		return -1;
	own = f->first;
	for (it = own; it != NULL; it = it->next) {
		if (find_victims(f, it->message ? sent : drafts,
			gp_db_text(it->id), it, why) == -1)
			return -1;
		if (!it->message ||
		    (talk.p != NULL && gp_span_eq(it->talk, talk)))
			continue;
		talk = it->talk;
		if (find_victims(f,
			VICTIM "type = 'message' AND talk = $1"
			       " AND role = 2",
			gp_db_text(talk), NULL, why) == -1)
			return -1;
	}
	for (it = f->first; it != NULL; it = it->next)
		*(it->draft ? &f->count->drafts : &f->count->records) += 1;
	return f->pool.bad ? gp_because(why, "no memory") : 0;
}

/* What has this key is not let in again. */
static int
remember(struct forgetting *f, const char *key, struct gp_why *why)
{
	const struct gp_db_value v[] = { gp_db_str(key), gp_db_int(f->now) };

	return f->s->engine->run(f->s,
	    "INSERT INTO gp_erasure(key, at) VALUES($1, $2)"
	    " ON CONFLICT(key) DO UPDATE SET at = excluded.at",
	    v, 2, NULL, NULL, why);
}

static int
remember_talks(struct forgetting *f, struct gp_why *why)
{
	struct gp_span last = { NULL, 0 };
	const struct victim *it;
	char key[80];

	for (it = f->first; it != NULL; it = it->next) {
		if (!it->message ||
		    (last.p != NULL && gp_span_eq(it->talk, last)))
			continue;
		last = it->talk;
		gp_erasure_key_of_talk(f->s, last, key);
		if (remember(f, key, why) == -1)
			return -1;
	}
	return 0;
}

static int
journal(struct forgetting *f, const char *author, struct gp_why *why)
{
	struct gp_db_value v[2];
	struct gp_buf b;
	struct gp_jw w;
	char hex[65];
	int r;

	gp_erasure_key(f->s, "person", gp_span_of(author), hex);
	if (remember(f, hex, why) == -1 || remember_talks(f, why) == -1)
		return -1;
	gp_buf_init(&b, 0);
	gp_jw_init(&w, &b);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "person", hex);
	gp_jw_kint(&w, "records", f->count->records);
	gp_jw_kint(&w, "versions", f->count->versions);
	gp_jw_kint(&w, "drafts", f->count->drafts);
	gp_jw_close(&w, '}');
	v[0] = gp_db_int(f->now);
	v[1] = gp_db_text(gp_buf_span(&b));
	r = f->s->engine->run(f->s,
	    "INSERT INTO gp_journal(at, what, body)"
	    " VALUES($1, 'forget', $2)",
	    v, 2, NULL, NULL, why);
	gp_buf_release(&b);
	return r;
}

/* gp-dedup knows ids too, and hashes of persons; where it was at work. */
static int
empty_dedup(struct forgetting *f, struct gp_why *why)
{
	const struct gp_engine *e = f->s->engine;
	const struct victim *it;
	struct gp_db_value id;
	int64_t there;

	if (gp_db_number(f->s, e->has_dedup, NULL, 0, 0, &there, why) == -1)
		return -1;
	for (it = f->first; there > 0 && it != NULL; it = it->next) {
		id = gp_db_text(it->id);
		if (e->run(f->s, "DELETE FROM gp_dedup_row WHERE id = $1", &id,
			1, NULL, NULL, why) == -1)
			return -1;
	}
	return 0;
}

static int
forget(void *ctx, struct gp_why *why)
{
	struct forgetting *f = ctx;
	struct victim *it;

	memset(f->count, 0, sizeof(*f->count));
	f->first = NULL;
	gp_pool_reset(&f->pool);
	f->s->status = GP_SOFTWARE;
	/* Whoever has judged by the erasures of before writes first, and is
	 * found; whoever comes later reads ours. */
	if ((!f->dry && f->s->engine->alone != NULL &&
		f->s->engine->script(f->s, f->s->engine->alone, why) == -1) ||
	    gp_schema_still(f->s, why) == -1 ||
	    gp_erasure_load(f->s, why) == -1 ||
	    collect(f, f->author, why) == -1)
		return -1;
	if (f->dry)
		return 1;
	for (it = f->first; it != NULL; it = it->next)
		if (empty_one(f, it, why) == -1)
			return -1;
	return empty_dedup(f, why) == -1 ? -1 : journal(f, f->author, why);
}

int
gp_store_forget(struct gp_store *s, const char *author, gp_instant now, int dry,
    struct gp_forgotten *count, struct gp_why *why)
{
	struct forgetting f = {
		.s = s, .author = author, .dry = dry, .now = now, .count = count
	};
	int r;

	gp_pool_init(&f.pool);
	r = gp_db_transact(s, !dry, forget, &f, why);
	gp_pool_release(&f.pool);
	return r == -1 || dry ? r : s->engine->scrub(s, why);
}
