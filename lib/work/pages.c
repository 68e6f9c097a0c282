/* Which pages there are. */
#include "work/inner.h"
#include "json/write.h"

static void
write_pages(struct gp_buf *b, const struct gp_work_page *page, size_t n)
{
	struct gp_jw w;
	size_t i;

	gp_jw_init(&w, b);
	gp_jw_open(&w, '[');
	for (i = 0; i < n; i++) {
		gp_jw_open(&w, '{');
		gp_jw_kstr(&w, "name", page[i].name);
		gp_jw_kstr(&w, "network", page[i].network);
		gp_jw_kstr(&w, "centre", page[i].centre);
		gp_jw_kstr(&w, "page", page[i].id);
		gp_jw_close(&w, '}');
	}
	gp_jw_close(&w, ']');
}

#define GIVEN                                 \
	"json_to_recordset(CAST($1 AS json))" \
	" AS j(name text, network text, centre text, page text)"

/*
 * In the order of the slots, so that those of one look stand together. Who is
 * there is not touched, and not locked: most starts change nothing, and others
 * are at work.
 */
static const char put[] =
    "INSERT INTO gp_work (name, network, centre, page, slot, due, every)"
    " SELECT DISTINCT ON (slot, name) name, network, centre, page, slot,"
    " clock_timestamp(), CAST($2 AS bigint)"
    " FROM (SELECT j.*, (hashtext(name) & 2147483647) % 1024 AS slot"
    " FROM " GIVEN " WHERE NOT EXISTS"
    " (SELECT 1 FROM gp_work w WHERE w.name = j.name)) i"
    " ORDER BY slot, name ON CONFLICT DO NOTHING";

static const char change[] =
    "UPDATE gp_work w SET network = j.network, centre = j.centre,"
    " page = j.page, retired = FALSE FROM " GIVEN " WHERE w.name = j.name"
    " AND ((w.network, w.centre, w.retired) IS DISTINCT FROM"
    " (j.network, j.centre, FALSE) OR w.page IS DISTINCT FROM j.page)";

static const char retire[] =
    "UPDATE gp_work w SET retired = TRUE WHERE NOT retired AND NOT EXISTS"
    " (SELECT 1 FROM json_to_recordset(CAST($1 AS json)) AS j(name text)"
    " WHERE j.name = w.name)";

/* $2 and $3: so many, and at most half of them, may go. */
static const char most[] =
    "SELECT CASE WHEN COUNT(*) FILTER (WHERE j.name IS NULL) > $2"
    " AND COUNT(*) FILTER (WHERE j.name IS NULL) > COUNT(j.name)"
    " THEN COUNT(*) FILTER (WHERE j.name IS NULL) ELSE 0 END, COUNT(*)"
    " FROM gp_work w LEFT JOIN"
    " json_to_recordset(CAST($1 AS json)) AS j(name text)"
    " ON j.name = w.name WHERE NOT w.retired";

static int
take_two(void *ctx, const struct gp_db_value *v, size_t n)
{
	int64_t *to = ctx;

	(void)n;
	to[0] = v[0].n;
	to[1] = v[1].n;
	return 0;
}

/* -1: most pages would be retired. */
static int
prove(struct gp_work *w, struct gp_db_value list, struct gp_why *why)
{
	const struct gp_db_value v[] = { list, gp_db_int(GP_WORK_FEW) };
	int64_t gone[2] = { 0, 0 };

	if (gp_work_run(w, most, v, 2, take_two, gone, why) == -1)
		return -1;
	if (gone[0] == 0)
		return 0;
	w->status = GP_CONFIG;
	return gp_because(why,
	    "%s: %lld of its %lld pages are not among those given, and would "
	    "not be read any more: --sweep, if that is meant",
	    gp_store_name(w->s), (long long)gone[0], (long long)gone[1]);
}

int
gp_work_pages(struct gp_work *w, const struct gp_work_page *page, size_t n,
    int sweep, struct gp_why *why)
{
	struct gp_db_value v[] = { { 0 }, gp_db_int(w->how.min) };
	const char *const sql[] = { put, change, retire };
	int64_t changed = 0;
	struct gp_buf b;
	size_t i;
	int r = 0;

	gp_buf_init(&b, 256 * GP_MIB);
	write_pages(&b, page, n);
	v[0] = gp_db_text(gp_buf_span(&b));
	w->pages = (int64_t)n;
	if (b.bad) {
		w->status = GP_SOFTWARE;
		r = gp_because(why, "no memory");
	}
	if (r == 0 && !sweep)
		r = prove(w, v[0], why);
	for (i = 0; i < 3 && r == 0; i++) {
		r = gp_work_run(w, sql[i], v, i == 0 ? 2 : 1, NULL, NULL, why);
		changed += r == 0 ? w->s->changes : 0;
	}
	gp_buf_release(&b);
	/* The planner has to know whether the table is small or large. */
	if (r == 0 && changed > 100)
		r = gp_work_run(w, "ANALYZE gp_work", NULL, 0, NULL, NULL, why);
	return r;
}

#define RETRY                                                         \
	"UPDATE gp_work SET aside = NULL, failures = 0, part = NULL," \
	" reason = NULL, due = clock_timestamp() WHERE NOT retired AND "

int
gp_work_retry(struct gp_work *w, const char *name, struct gp_why *why)
{
	const struct gp_db_value v = gp_db_str(name != NULL ? name : "");

	if (gp_work_run(w,
		name != NULL ? RETRY "name = $1" : RETRY "aside IS NOT NULL",
		&v, name != NULL, NULL, NULL, why) == -1)
		return -1;
	return (int)w->s->changes;
}
