/* A batch: what is new, what changed, and what of it goes to the history. */
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "store/engine.h"
#include "store/lease.h"
#include "json/write.h"

enum {
	/* Seconds by which a clock may be ahead: what was seen later than that
	 * was not seen then, and hides nothing that is read now. */
	GP_MAX_AHEAD = 60,
	GP_MAX_INDEXED = 1000 /* bytes of an id */
};

/* What another store has, this one may lack. */
static int
is_foreign(const struct gp_store *s, struct gp_span store)
{
	return !s->adopt && store.n > 0 && store.n < 100 &&
	    *s->identity != '\0' && !gp_span_is(store, s->identity);
}

/* An index of PostgreSQL takes no more than 2704 bytes of a row (nbtree.h), and
 * two texts stand in some: what is longer would fail its whole batch. */
static int
is_short(const struct gp_row *row, struct gp_why *why)
{
	static const struct {
		enum gp_column_of_row column;
		const char *name;
	} in_index[] = { { GP_COL_RECORD_ID, "id" }, { GP_COL_PAGE, "page" },
		{ GP_COL_AUTHOR, "author.id" }, { GP_COL_TALK, "chat" },
		{ GP_COL_ANSWERS, "to" }, { GP_COL_MADE, "result" } };
	const char *name = "stream";
	size_t i, n = row->stream.n;

	for (i = 0; i < sizeof(in_index) / sizeof(in_index[0]); i++)
		if (row->v[in_index[i].column].text.n > n) {
			n = row->v[in_index[i].column].text.n;
			name = in_index[i].name;
		}
	if (n <= GP_MAX_INDEXED)
		return 0;
	return gp_because(
	    why, "'%s' has %zu bytes, more than %d", name, n, GP_MAX_INDEXED);
}

int
gp_store_add(struct gp_store *s, struct gp_json_reader *reader,
    const struct gp_json_obj *rec, struct gp_why *why)
{
	struct gp_row *row;
	size_t cap = s->cap * 2 + 256;

	if (s->rows == s->cap) {
		row = realloc(s->row, cap * sizeof(*row));
		if (row == NULL)
			return gp_because(why, "no memory");
		s->row = row;
		s->cap = cap;
	}
	if (gp_row_read(reader, rec, &s->pool, &s->row[s->rows], why) == -1)
		return -1;
	if (s->row[s->rows].fate == GP_ROW_CURSOR &&
	    is_foreign(s, s->row[s->rows].store))
		return gp_because(why,
		    "the cursor goes on from another store's (%.*s), and this "
		    "one is %s: --adopt takes it all the same",
		    (int)s->row[s->rows].store.n, s->row[s->rows].store.p,
		    s->identity);
	if (is_short(&s->row[s->rows], why) == -1)
		return -1;
	s->bytes += rec->text.n;
	s->rows++;
	return 0;
}

int
gp_store_full(const struct gp_store *s)
{
	return s->rows >= GP_MAX_BATCH || s->bytes >= GP_MAX_FLIGHT;
}

/* The class that a person gave, into the record that came anew. */
static int
keep_class(struct gp_store *s, struct gp_row *row, struct gp_why *why)
{
	struct gp_json_edit edit = { .key = "class" };
	struct gp_json_obj old, rec;
	struct gp_row merged = { .keep = 0 }, *came;
	struct gp_span body;
	struct gp_buf b;
	int r;

	gp_buf_init(&b, 2 * GP_MAX_LINE);
	gp_buf_add(&b, row->old.body.p, row->old.body.n);
	gp_buf_addc(&b, '\n'); /* and zeroed bytes behind */
	if (gp_json_open(s->reader, (struct gp_span){ b.p, b.n - 1 }, 0, &old,
		why) == 0) {
		edit.value =
		    gp_pool_copy(&s->pool, gp_json_get(&old, "class").text);
		gp_buf_reset(&b);
		body = row->v[GP_COL_BODY].text;
		gp_buf_add(&b, body.p, body.n);
		gp_buf_addc(&b, '\n');
		if (gp_json_open(s->reader, (struct gp_span){ b.p, b.n - 1 }, 0,
			&rec, why) == 0) {
			gp_buf_reset(&s->text);
			gp_json_splice(&s->text, &rec, &edit, 1);
		}
	}
	gp_buf_addc(&s->text, '\n');
	r = gp_json_open(s->reader,
	    (struct gp_span){ s->text.p, s->text.n - 1 }, 0, &rec, why);
	if (r == 0)
		r = gp_row_read(s->reader, &rec, &s->pool, &merged, why);
	if (r == 0) {
		came = gp_pool_alloc(&s->pool, sizeof(*came));
		if (came != NULL)
			*came = *row;
		merged.came = came;
		merged.old = row->old;
		*row = merged;
	}
	gp_buf_release(&b);
	s->status = GP_SOFTWARE;
	return r;
}

/*
 * Seen no later than what is there, and replaced before: who puts the same
 * lines again puts an edited record in all its versions. What a person decides
 * is of the instant of the reading, and may be decided as before. -1: cannot
 * ask.
 */
static int
was_replaced(struct gp_store *s, const struct gp_row *row, gp_instant now,
    struct gp_why *why)
{
	const struct gp_db_value *seen = &row->v[GP_COL_SEEN];
	const struct gp_db_value v[] = { row->v[GP_COL_RECORD_ID],
		row->v[GP_COL_HASH] };
	int64_t n;

	if (!row->old.has_seen || seen->type != GP_DB_INT ||
	    seen->n > row->old.seen || row->old.seen > now + GP_MAX_AHEAD)
		return 0;
	if (seen->n < row->old.seen)
		return 1;
	if (row->decided && row->came == NULL)
		return 0;
	if (gp_db_number(s,
		"SELECT COUNT(*) FROM gp_history"
		" WHERE id = $1 AND hash = $2",
		v, 2, 0, &n, why) == -1)
		return -1;
	return n > 0;
}

static int
judge(
    struct gp_store *s, struct gp_row *row, gp_instant now, struct gp_why *why)
{
	int old;

	if (row->fate == GP_ROW_CURSOR)
		return 0;
	if (gp_erasure_has(s, row)) {
		row->fate = GP_ROW_FORGOTTEN;
		return 0;
	}
	if (row->old.n == 0) {
		row->fate = GP_ROW_FRESH;
		return 0;
	}
	if (row->old.body.p != NULL && !row->v[GP_COL_PERSON].n &&
	    keep_class(s, row, why) == -1)
		return -1;
	row->keep = row->old.matter != row->v[GP_COL_MATTER].n;
	if (row->old.hash == row->v[GP_COL_HASH].n) {
		row->fate = GP_ROW_SAME;
		return 0;
	}
	old = was_replaced(s, row, now, why);
	row->fate = old ? GP_ROW_STALE : GP_ROW_CHANGED;
	return old == -1 ? -1 : 0;
}

/* Rows whose ids differ: a second version of one is for the next piece. */
static int
write_piece(struct gp_store *s, struct gp_row *row, size_t n, gp_instant now,
    struct gp_why *why)
{
	size_t i;

	for (i = 0; i < n; i++)
		row[i].v[GP_COL_CHANGED] = gp_db_int(now);
	if (s->engine->lookup(s, row, n, why) == -1)
		return -1;
	for (i = 0; i < n; i++)
		if (judge(s, &row[i], now, why) == -1)
			return -1;
	for (i = 0; i < n; i++)
		row[i].v[GP_COL_CHANGED] = gp_db_int(now);
	return s->engine->write(s, row, n, now, why);
}

/* How many rows from the first one have ids (or cursors) of their own. */
static size_t
piece(const struct gp_row *row, size_t n, uint64_t *slot, size_t mask)
{
	size_t i, at;
	uint64_t h;

	memset(slot, 0, (mask + 1) * sizeof(*slot));
	for (i = 0; i < n; i++) {
		const struct gp_span id = row[i].fate == GP_ROW_CURSOR
		    ? row[i].v[GP_COL_PAGE].text
		    : row[i].v[GP_COL_RECORD_ID].text;

		h = XXH3_64bits(id.p, id.n);
		if (row[i].fate == GP_ROW_CURSOR)
			h = XXH3_64bits_withSeed(
			    row[i].stream.p, row[i].stream.n, h);
		h |= 1;
		for (at = h >> 1 & mask; slot[at] != 0; at = (at + 1) & mask)
			if (slot[at] == h)
				return i;
		slot[at] = h;
	}
	return n;
}

static int
write_all(struct gp_store *s, gp_instant now, struct gp_why *why)
{
	size_t from, n, mask = 1023;
	uint64_t *slot;
	int r = 0;

	while (mask < s->rows * 2)
		mask = mask * 2 + 1;
	slot = malloc((mask + 1) * sizeof(*slot));
	if (slot == NULL) {
		s->status = GP_SOFTWARE;
		return gp_because(why, "no memory");
	}
	for (from = 0; from < s->rows && r == 0; from += n) {
		n = piece(s->row + from, s->rows - from, slot, mask);
		r = write_piece(s, s->row + from, n, now, why);
	}
	free(slot);
	if (r == 0 && s->pool.bad) {
		s->status = GP_SOFTWARE;
		r = gp_because(why, "no memory");
	}
	return r;
}

static void
count(const struct gp_store *s, struct gp_store_counts *c)
{
	size_t i;

	for (i = 0; i < s->rows; i++) {
		if (s->row[i].fate == GP_ROW_CURSOR)
			c->cursors++;
		else
			c->records++;
		c->fresh += s->row[i].fate == GP_ROW_FRESH;
		c->changed += s->row[i].fate == GP_ROW_CHANGED;
		c->same += s->row[i].fate == GP_ROW_SAME;
		c->stale += s->row[i].fate == GP_ROW_STALE;
		c->forgotten += s->row[i].fate == GP_ROW_FORGOTTEN;
	}
}

/* As it came, whatever an earlier try has made of it. */
static void
as_it_came(struct gp_row *row)
{
	if (row->came != NULL)
		*row = *row->came;
	if (row->fate != GP_ROW_CURSOR)
		row->fate = GP_ROW_UNKNOWN;
	row->keep = 0;
	memset(&row->old, 0, sizeof(row->old));
}

struct putting {
	struct gp_store *s;
	gp_instant now;
};

static int
put_batch(void *ctx, struct gp_why *why)
{
	const struct putting *p = ctx;
	struct gp_store *s = p->s;
	size_t i;

	for (i = 0; i < s->rows; i++)
		as_it_came(&s->row[i]);
	if (gp_schema_still(s, why) == -1)
		return -1;
	if (s->engine->lock != NULL &&
	    s->engine->lock(s, s->row, s->rows, why) == -1)
		return -1;
	if (gp_lease_hold(s, why) == -1 || gp_erasure_load(s, why) == -1 ||
	    write_all(s, p->now, why) == -1 || gp_lease_count(s, why) == -1)
		return -1;
	s->is_quiet = 1;
	for (i = 0; i < s->rows; i++)
		if (s->row[i].fate != GP_ROW_SAME &&
		    s->row[i].fate != GP_ROW_FORGOTTEN)
			s->is_quiet = 0;
	return 0;
}

int
gp_store_commit(struct gp_store *s, gp_instant now, struct gp_store_counts *c,
    struct gp_why *why)
{
	struct putting p = { s, now };

	if (s->rows == 0)
		return 0;
	if ((s->engine->prepare != NULL && s->engine->prepare(s, why) == -1) ||
	    gp_db_transact(s, 1, put_batch, &p, why) == -1)
		return -1;
	count(s, c);
	s->rows = 0;
	s->bytes = 0;
	gp_pool_reset(&s->pool);
	return 0;
}
