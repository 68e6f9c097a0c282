#include "outbox/outbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "outbox/lock.h"
#include "outbox/place.h"
#include "store/engine.h"

struct gp_outbox {
	struct gp_store *s;
	struct gp_out_lock *lock;
	char *place;
	enum gp_exit status;
	struct gp_pool row;     /* of the row found last */
	gp_instant gap, mended; /* of a copy that was put back; 0: of none */
	struct gp_buf own;      /* key of what we marked as sending last, */
	int64_t tries;          /* and the number of that try */
	enum gp_exit lost;      /* not GP_OK: the pages are not ours any more */
};

static const char *const words[GP_OUT_STATES] = { "planned", "sending", "sent",
	"duplicate", "refused", "failed", "unknown" };

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS gp_outbox ("
    " key TEXT PRIMARY KEY, page TEXT NOT NULL, action TEXT NOT NULL,"
    " answers TEXT NOT NULL, hash TEXT NOT NULL, state TEXT NOT NULL,"
    " at BIGINT NOT NULL, gone BIGINT NOT NULL, tries BIGINT NOT NULL,"
    " result TEXT NOT NULL, url TEXT NOT NULL, error TEXT NOT NULL);"
    "CREATE INDEX IF NOT EXISTS gp_outbox_result ON gp_outbox (result);"
    "CREATE INDEX IF NOT EXISTS gp_outbox_answers ON gp_outbox (answers);"
    "CREATE TABLE IF NOT EXISTS gp_outbox_turn ("
    " page BIGINT PRIMARY KEY, turn BIGINT NOT NULL);";

static const char schema_file[] =
    "CREATE TABLE IF NOT EXISTS gp_outbox ("
    " key TEXT PRIMARY KEY, page TEXT NOT NULL, action TEXT NOT NULL,"
    " answers TEXT NOT NULL, hash TEXT NOT NULL, state TEXT NOT NULL,"
    " at INTEGER NOT NULL, gone INTEGER NOT NULL, tries INTEGER NOT NULL,"
    " result TEXT NOT NULL, url TEXT NOT NULL, error TEXT NOT NULL) STRICT;"
    "CREATE INDEX IF NOT EXISTS gp_outbox_result ON gp_outbox (result);"
    "CREATE INDEX IF NOT EXISTS gp_outbox_answers ON gp_outbox (answers);";

#define COLUMNS                                                             \
	"key, page, action, answers, hash, state, at, gone, tries, result," \
	" url, error"

const char *
gp_out_word(enum gp_out_state state)
{
	return words[state];
}

gp_instant
gp_outbox_time(const struct gp_out_row *row)
{
	return row->left != 0 ? row->left : row->at;
}

static int
state_of(struct gp_span s)
{
	int i;

	for (i = 0; i < GP_OUT_STATES; i++)
		if (gp_span_is(s, words[i]))
			return i;
	return GP_OUT_UNKNOWN;
}

/* Two who make the table at one moment: the one who is late finds it made. */
static int
make_table(struct gp_outbox *o, struct gp_why *why)
{
	const char *sql = gp_store_is_server(o->place) ? schema : schema_file;
	int i;

	for (i = 0; i < 3; i++)
		if (gp_db_script(o->s, sql, why) == 0)
			return 0;
	return -1;
}

/* What may be repeated, and is where the connection was lost: with the locks
 * taken anew. */
static int
run(struct gp_outbox *o, const char *sql, const struct gp_db_value *v, size_t n,
    gp_db_row_fn *fn, void *ctx, struct gp_why *why)
{
	struct gp_outage outage = { .until = 0 };
	enum gp_exit status;

	while (o->s->engine->run(o->s, sql, v, n, fn, ctx, why) == -1) {
		if (!gp_db_again(o->s, &outage, why))
			return gp_because_of(why, "%s", gp_store_name(o->s));
		/* Before the first page is locked there is nothing to lose. */
		status =
		    o->lock != NULL ? gp_out_lock_again(o->lock, why) : GP_OK;
		if (status == GP_OK)
			continue;
		o->lost = o->s->status = status;
		return gp_because_of(why, "%s", gp_store_name(o->s));
	}
	return 0;
}

/* A row that is no act: when the copy was made, and when it was put back. */
static const char mended[] = " restored";

static int
find_gap(struct gp_outbox *o, struct gp_why *why)
{
	struct gp_out_row row = { .at = 0 };
	int r = gp_outbox_find(o, mended, &row, why);

	if (r == 1) {
		o->gap = row.at;
		o->mended = row.left;
	}
	return r == -1 ? -1 : 0;
}

int
gp_outbox_restored(
    struct gp_outbox *o, gp_instant since, gp_instant now, struct gp_why *why)
{
	struct gp_db_value v[] = { gp_db_str(mended), gp_db_int(since),
		gp_db_int(now) };

	/* Of two gaps, all from the first one's beginning. */
	return run(o,
	    "INSERT INTO gp_outbox (" COLUMNS ") VALUES ($1, '', 'restored',"
	    " '', '', 'duplicate', $2, $3, 0, '', '', '')"
	    " ON CONFLICT (key) DO UPDATE SET gone = excluded.gone,"
	    " at = CASE WHEN gp_outbox.at < excluded.at THEN gp_outbox.at"
	    " ELSE excluded.at END",
	    v, 3, NULL, NULL, why);
}

gp_instant
gp_outbox_gap(const struct gp_outbox *o, gp_instant could, gp_instant left,
    gp_instant now)
{
	const gp_instant week = 7 * 86400;

	if (o->mended == 0 || left > o->mended)
		return 0;
	if (could == 0)
		return now < o->mended + week ? o->gap : 0;
	return could <= o->mended ? o->gap : 0;
}

gp_instant
gp_outbox_mended(const struct gp_outbox *o)
{
	return o->mended;
}

enum gp_exit
gp_outbox_open(struct gp_outbox **to, const char *store, struct gp_why *why)
{
	struct gp_outbox *o = calloc(1, sizeof(*o));
	enum gp_exit status = GP_SOFTWARE;

	*to = NULL;
	if (o == NULL || (o->place = gp_outbox_place(store)) == NULL) {
		gp_because(why, "no memory");
		goto bad;
	}
	gp_pool_init(&o->row);
	gp_buf_init(&o->own, 0);
	status = GP_CONFIG;
	if (gp_outbox_alone(store, o->place, why) == -1)
		goto bad;
	status = gp_store_open(&o->s, o->place, GP_STORE_BARE, why);
	if (status != GP_OK)
		goto bad;
	status = GP_SOFTWARE;
	if (make_table(o, why) == -1 || find_gap(o, why) == -1) {
		status = gp_store_status(o->s);
		gp_because_of(why, "%s", gp_store_name(o->s));
		goto bad;
	}
	o->lock = gp_out_lock_new(o->s, o->place);
	if (o->lock != NULL) {
		*to = o;
		return GP_OK;
	}
	gp_because(why, "no memory");
bad:
	gp_outbox_close(o);
	return status;
}

void
gp_outbox_close(struct gp_outbox *o)
{
	if (o == NULL)
		return;
	gp_out_lock_free(o->lock);
	gp_store_close(o->s);
	gp_pool_release(&o->row);
	gp_buf_release(&o->own);
	free(o->place);
	free(o);
}

enum gp_exit
gp_outbox_status(const struct gp_outbox *o)
{
	return gp_store_status(o->s);
}

enum gp_exit
gp_outbox_lock(
    struct gp_outbox *o, const char *page, long wait, struct gp_why *why)
{
	enum gp_exit status = gp_out_lock_take(o->lock, page, wait, why);

	if (status == GP_OK)
		o->lost = GP_OK;
	return status;
}

static void
read_row(const struct gp_db_value *v, struct gp_out_row *row)
{
	memset(row, 0, sizeof(*row));
	row->key = v[0].text;
	row->page = v[1].text;
	row->action = v[2].text;
	row->to = v[3].text;
	row->hash = v[4].text;
	row->state = (enum gp_out_state)state_of(v[5].text);
	row->at = v[6].n;
	row->left = v[7].n;
	row->tries = v[8].n;
	row->result = v[9].text;
	row->url = v[10].text;
	row->error = v[11].text;
}

struct finding {
	struct gp_outbox *o;
	struct gp_out_row *row;
	int found;
};

static int
keep(void *ctx, const struct gp_db_value *v, size_t n)
{
	struct finding *f = ctx;
	struct gp_span *const text[] = { &f->row->key, &f->row->page,
		&f->row->action, &f->row->to, &f->row->hash, &f->row->result,
		&f->row->url, &f->row->error };
	size_t i;

	(void)n;
	read_row(v, f->row);
	for (i = 0; i < sizeof(text) / sizeof(text[0]); i++)
		*text[i] = gp_pool_copy(&f->o->row, *text[i]);
	f->found = 1;
	return 1;
}

/* The first row of a SELECT, in memory that lasts until the next one. */
static int
one(struct gp_outbox *o, const char *sql, const struct gp_db_value *v, size_t n,
    struct gp_out_row *row, struct gp_why *why)
{
	struct finding f = { .o = o, .row = row };

	gp_pool_reset(&o->row);
	if (run(o, sql, v, n, keep, &f, why) == -1)
		return -1;
	return o->row.bad ? gp_because(why, "no memory") : f.found;
}

int
gp_outbox_find(struct gp_outbox *o, const char *key, struct gp_out_row *row,
    struct gp_why *why)
{
	struct gp_db_value v = gp_db_str(key);

	memset(row, 0, sizeof(*row));
	return one(o, "SELECT " COLUMNS " FROM gp_outbox WHERE key = $1", &v, 1,
	    row, why);
}

int
gp_outbox_plan(
    struct gp_outbox *o, const struct gp_out_row *row, struct gp_why *why)
{
	struct gp_db_value v[] = { gp_db_text(row->key), gp_db_text(row->page),
		gp_db_text(row->action),
		gp_db_text(row->to.p != NULL ? row->to : gp_span_of("")),
		gp_db_text(row->hash.p != NULL ? row->hash : gp_span_of("")),
		gp_db_int(row->at) };

	return run(o,
	    "INSERT INTO gp_outbox (" COLUMNS ") VALUES ($1, $2, $3, $4, $5,"
	    " 'planned', $6, 0, 0, '', '', '') ON CONFLICT (key) DO UPDATE"
	    " SET hash = excluded.hash, at = excluded.at WHERE"
	    " gp_outbox.state IN ('planned', 'failed', 'refused')",
	    v, 6, NULL, NULL, why);
}

static int
marked(void *ctx, const struct gp_db_value *v, size_t n)
{
	(void)n;
	*(int64_t *)ctx = v->n;
	return 0;
}

/* $7: the try that the row must still be on; -1: any. */
static const char mark[] =
    "UPDATE gp_outbox SET state = $2,"
    " result = CASE WHEN $3 = '' THEN result ELSE $3 END,"
    " url = CASE WHEN $4 = '' THEN url ELSE $4 END,"
    " error = CASE WHEN $2 IN ('sent', 'duplicate') THEN ''"
    " WHEN $5 = '' THEN error ELSE $5 END,"
    " gone = CASE WHEN $6 > 0 THEN $6 ELSE gone END,"
    " tries = tries + CASE WHEN $2 = 'sending' THEN 1 ELSE 0 END"
    " WHERE key = $1 AND ($7 = -1 OR"
    " (state IN ('sending', 'unknown') AND tries = $7)) RETURNING tries";

/*
 * Another one has had the page. What became of our own request is noted as long
 * as nobody else went on with it: his word counts then. -1.
 */
static int
mark_lost(struct gp_outbox *o, const char *key, enum gp_out_state state,
    struct gp_db_value v[7], struct gp_why *why)
{
	struct gp_why no;

	if (state != GP_OUT_SENDING && strcmp(gp_buf_str(&o->own), key) == 0) {
		v[6] = gp_db_int(o->tries);
		o->s->engine->run(o->s, mark, v, 7, NULL, NULL, &no);
	}
	o->s->status = o->lost;
	return gp_because(why,
	    "%s: the connection was lost, and the page with it: another one "
	    "may be sending",
	    gp_store_name(o->s));
}

int
gp_outbox_mark(struct gp_outbox *o, const char *key, enum gp_out_state state,
    gp_instant now, struct gp_span result, struct gp_span url,
    struct gp_span error, struct gp_why *why)
{
	const struct gp_span none = { "", 0 };
	struct gp_db_value v[] = { gp_db_str(key), gp_db_str(words[state]),
		gp_db_text(result.n > 0 ? result : none),
		gp_db_text(url.n > 0 ? url : none),
		gp_db_text(error.n > 0 ? error : none),
		gp_db_int(state == GP_OUT_SENDING || state == GP_OUT_PLANNED
			? now
			: 0),
		gp_db_int(-1) };
	int64_t tries = -1;

	if (o->lost != GP_OK)
		return mark_lost(o, key, state, v, why);
	if (run(o, mark, v, 7, marked, &tries, why) == -1) {
		if (o->lost != GP_OK)
			mark_lost(o, key, state, v, &(struct gp_why){ "" });
		return -1;
	}
	if (tries == -1) {
		o->s->status = GP_IO;
		return gp_because(why, "%s: '%s' is gone from the journal",
		    gp_store_name(o->s), key);
	}
	if (state == GP_OUT_SENDING) {
		gp_buf_reset(&o->own);
		gp_buf_adds(&o->own, key);
		o->tries = tries;
	}
	return 0;
}

static int
met(void *ctx, const struct gp_db_value *v, size_t n)
{
	(void)v;
	(void)n;
	*(int *)ctx = 1;
	return 1;
}

int
gp_outbox_made(struct gp_outbox *o, const char *id, struct gp_why *why)
{
	struct gp_db_value v = gp_db_str(id);
	int found = 0;

	if (run(o, "SELECT 1 FROM gp_outbox WHERE result = $1", &v, 1, met,
		&found, why) == -1)
		return -1;
	return found;
}

int
gp_outbox_rival(struct gp_outbox *o, struct gp_out_row *row, struct gp_why *why)
{
	struct gp_db_value v[] = { gp_db_text(row->to), gp_db_text(row->page),
		gp_db_text(row->key), gp_db_text(row->hash) };

	/* What is out says more than what may be. */
	return one(o,
	    "SELECT " COLUMNS " FROM gp_outbox WHERE answers = $1"
	    " AND page = $2 AND substr(key, 1, length($3)) <> $3"
	    " AND (action = 'reply' OR"
	    " (action = '" GP_OUT_INTERIM "' AND hash = $4))"
	    " AND state IN ('sent', 'duplicate', 'sending', 'unknown')"
	    " ORDER BY CASE WHEN state IN ('sent', 'duplicate') THEN 0"
	    " ELSE 1 END, at, key",
	    v, 4, row, why);
}

int
gp_outbox_under(struct gp_outbox *o, const char *id, const char *page,
    struct gp_out_row *row, struct gp_why *why)
{
	struct gp_db_value v[] = { gp_db_str(id), gp_db_str(page) };

	memset(row, 0, sizeof(*row));
	return one(o,
	    "SELECT " COLUMNS " FROM gp_outbox WHERE action = 'post'"
	    " AND page = $2 AND substr(key, 1, length($1) + 1) = $1 || '@'"
	    " AND key NOT LIKE '%#%'"
	    " AND state IN ('sent', 'duplicate', 'sending', 'unknown')"
	    " ORDER BY at, key LIMIT 1",
	    v, 2, row, why);
}

struct listing {
	unsigned states;
	gp_out_fn *fn;
	void *ctx;
	struct gp_given given;
};

static int
listed(void *ctx, const struct gp_db_value *v, size_t n)
{
	struct listing *l = ctx;
	struct gp_out_row row = { .at = 0 };

	(void)n;
	read_row(v, &row);
	return !gp_given_has(&l->given, row.key, (uint64_t)row.state) &&
	    (l->states & 1u << row.state) != 0 && l->fn(l->ctx, &row);
}

int
gp_outbox_list(struct gp_outbox *o, unsigned states, gp_out_fn *fn, void *ctx,
    struct gp_why *why)
{
	struct listing l = { .states = states, .fn = fn, .ctx = ctx };
	struct gp_outage outage = { .until = 0 };
	int r;

	do
		r = o->s->engine->run(o->s,
		    "SELECT " COLUMNS " FROM gp_outbox ORDER BY at, key", NULL,
		    0, listed, &l, why);
	while (r == -1 && gp_db_again(o->s, &outage, why) &&
	    gp_given_anew(&l.given) == 0 &&
	    gp_out_lock_again(o->lock, why) == GP_OK);
	gp_given_release(&l.given);
	return r == -1 ? gp_because_of(why, "%s", gp_store_name(o->s)) : 0;
}
