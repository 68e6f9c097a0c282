#include "store/lease.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "store/engine.h"
#include "store/own.h"
#include "json/write.h"

static int
refuse(struct gp_store *s, enum gp_exit status)
{
	s->status = status;
	s->is_final = 1;
	return -1;
}

int
gp_store_lease(struct gp_store *s, const char *word, struct gp_why *why)
{
	char *end, *last;
	int version = 0;

	errno = 0;
	s->lease.worker = strtoll(word, &end, 10);
	s->lease.number = *end == ':' ? strtoll(end + 1, &last, 10) : 0;
	if (*end != ':' || *last != '\0' || errno != 0 ||
	    s->lease.worker <= 0 || s->lease.number <= 0) {
		gp_because(why, "GP_LEASE: '%s' is no lease", word);
		return refuse(s, GP_USAGE);
	}
	if (s->engine == &gp_engine_postgres &&
	    gp_own_version(s, GP_OWN_WORK, &version, why) == -1)
		return -1;
	if (version == 0) {
		gp_because(why,
		    "the lease in GP_LEASE is of another database, and cannot "
		    "be held here");
		return refuse(s, GP_CONFIG);
	}
	return gp_own_knows(s, GP_OWN_WORK, version, GP_OWN_WORK_VERSION, why);
}

/* A share of the row: nobody can give its pages to others meanwhile. */
int
gp_lease_hold(struct gp_store *s, struct gp_why *why)
{
	const struct gp_db_value v[] = { gp_db_int(s->lease.worker),
		gp_db_int(s->lease.number) };
	int64_t holds;

	if (s->lease.number == 0)
		return 0;
	if (gp_db_number(s,
		"SELECT CASE WHEN until > clock_timestamp() THEN 1 ELSE 0 END"
		" FROM gp_worker WHERE id = $1 AND lease = $2 FOR SHARE",
		v, 2, 0, &holds, why) == -1)
		return -1;
	if (holds)
		return 0;
	gp_because(why,
	    "lease %lld has run out and its pages are for others: nothing "
	    "more is written under it",
	    (long long)s->lease.number);
	return refuse(s, GP_TEMPFAIL);
}

/* What somebody wrote; accounts, cards and figures come each time. */
static int
counts(const struct gp_row *row)
{
	struct gp_span type = row->v[GP_COL_TYPE].text;

	return row->fate == GP_ROW_FRESH &&
	    row->v[GP_COL_PAGE].type == GP_DB_TEXT &&
	    (gp_span_is(type, "post") || gp_span_is(type, "comment") ||
		gp_span_is(type, "message"));
}

static int
by_page(const void *a, const void *b)
{
	const struct gp_span *x = a, *y = b;
	size_t n = x->n < y->n ? x->n : y->n;
	int r = n > 0 ? memcmp(x->p, y->p, n) : 0;

	return r != 0 ? r : (x->n > y->n) - (x->n < y->n);
}

/* {"vk:-1":3}, pages in order: two who count wait, and never in a ring. */
static void
write_counts(const struct gp_store *s, struct gp_span *page, struct gp_buf *to)
{
	size_t i, k, n = 0;

	for (i = 0; i < s->rows; i++)
		if (counts(&s->row[i]))
			page[n++] = s->row[i].v[GP_COL_PAGE].text;
	if (n == 0)
		return;
	qsort(page, n, sizeof(*page), by_page);
	for (i = 0; i < n; i = k) {
		for (k = i; k < n && gp_span_eq(page[i], page[k]); k++)
			;
		gp_buf_addc(to, i == 0 ? '{' : ',');
		gp_json_quote(to, page[i]);
		gp_buf_addf(to, ":%zu", k - i);
	}
	gp_buf_addc(to, '}');
}

int
gp_lease_count(struct gp_store *s, struct gp_why *why)
{
	struct gp_db_value v[] = { gp_db_int(s->lease.number), { 0 } };
	struct gp_span *page;
	struct gp_buf b;
	int r = 0;

	if (s->lease.number == 0)
		return 0;
	page = malloc((s->rows + 1) * sizeof(*page));
	if (page == NULL) {
		gp_because(why, "no memory");
		return refuse(s, GP_SOFTWARE);
	}
	gp_buf_init(&b, 0);
	write_counts(s, page, &b);
	free(page);
	v[1] = gp_db_text(gp_buf_span(&b));
	if (b.n > 0)
		r = s->engine->run(s,
		    "UPDATE gp_work w SET fresh = w.fresh +"
		    " CAST(j.value AS bigint)"
		    " FROM json_each_text(CAST($2 AS json)) j"
		    " WHERE w.page = j.key AND w.lease = $1",
		    v, 2, NULL, NULL, why);
	gp_buf_release(&b);
	return r;
}
