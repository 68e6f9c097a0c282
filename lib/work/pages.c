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

int
gp_work_pages(struct gp_work *w, const struct gp_work_page *page, size_t n,
    struct gp_why *why)
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

int
gp_work_retry(struct gp_work *w, const char *name, struct gp_why *why)
{
	const struct gp_db_value v = gp_db_str(name);

	if (gp_work_run(w,
		"UPDATE gp_work SET aside = NULL, failures = 0, part = NULL,"
		" reason = NULL, due = clock_timestamp() WHERE name = $1"
		" AND NOT retired",
		&v, 1, NULL, NULL, why) == -1)
		return -1;
	return w->s->changes > 0;
}
