/* Leases: taken, renewed, given back, and taken from those who are gone. */
#include <string.h>

#include "work/inner.h"
#include "json/write.h"

/* $2 min, $3 max, $4 tries; how it stands with a page that failed among n. */
#define FAILED(n, reason)                                                 \
	"lease = NULL, fresh = 0, reason = " reason ","                   \
	" part = GREATEST(1, " n " / 2),"                                 \
	" failures = p.failures + CASE WHEN " n " = 1 THEN 1 ELSE 0 END," \
	" aside = CASE WHEN " n " = 1 AND p.failures + 1 >= $4::bigint"   \
	" THEN clock_timestamp() END,"                                    \
	" due = CASE WHEN " n                                             \
	" = 1 THEN clock_timestamp() + LEAST($3::bigint,"                 \
	" $2::bigint * (1::bigint << LEAST(p.failures, 20)::integer))"    \
	" * interval '1 second' ELSE p.due END"

/*
 * Leases that ran out, and workers that have not been seen for long. A lease
 * under which somebody is just writing is locked, and passed over.
 */
/* What lies farther ahead than it can was written by a clock that was ahead. */
#define OVER                         \
	"(until < clock_timestamp()" \
	" OR until > clock_timestamp() + interval '1 day')"

static const char gone[] =
    "SELECT COUNT(*) FROM gp_worker WHERE " OVER
    " OR (lease IS NULL AND seen < clock_timestamp() - interval '1 hour')";

static const char reap[] =
    "WITH late AS (SELECT id, name, lease, pages FROM gp_worker"
    " WHERE " OVER " OR (lease IS NULL"
    " AND seen < clock_timestamp() - interval '1 hour')"
    " FOR UPDATE SKIP LOCKED),"
    " gone AS (DELETE FROM gp_worker g USING late WHERE g.id = late.id"
    " RETURNING late.name, late.lease, late.pages)"
    " UPDATE gp_work p SET " FAILED("gone.pages",
	"'its worker ' || gone.name || ' was gone when the lease ended'") " FROM gone WHERE p.lease = gone.lease AND $1::bigint = $1::bigint";

static const char touch[] =
    "UPDATE gp_worker SET seen = clock_timestamp() WHERE id = $1"
    " RETURNING COALESCE(lease, 0)";

/* Who takes has no other lease: what still stands there was taken by a COMMIT
 * whose answer was lost. */
static const char drop[] = "UPDATE gp_work SET lease = NULL WHERE lease = $1";

static const char enter[] =
    "INSERT INTO gp_worker(name, seen) VALUES($1, clock_timestamp())"
    " RETURNING id";

/*
 * Of what is due in these slots: the network with the fewest leases out, then
 * the one that has waited longest; there, the centres take turns; and pages
 * that are to stand in small leases stand among their like. What others have
 * just locked is passed over.
 */
#define TRIED                                                            \
	"(aside IS NULL OR aside < clock_timestamp() - interval '1 day'" \
	" OR aside > clock_timestamp() + interval '1 minute')"
/* A page is due within --max at the latest. */
#define IS_DUE(due)                             \
	"(" due " <= clock_timestamp() OR " due \
	" > clock_timestamp() + 2 * $6::bigint * interval '1 second')"

static const char take[] =
    "WITH c AS MATERIALIZED (SELECT name, network, centre, due, part"
    " FROM gp_work WHERE (slot >= $1 AND slot < $2 OR slot < $5)"
    " AND NOT retired AND " TRIED " AND lease IS NULL"
    " AND " IS_DUE(
	"due") "),"
	       " busy AS (SELECT network, COUNT(*) AS n FROM gp_worker"
	       " WHERE lease IS NOT NULL GROUP BY network),"
	       " net AS (SELECT c.network FROM c LEFT JOIN busy b"
	       " ON b.network = c.network GROUP BY c.network, b.n"
	       " ORDER BY COALESCE(b.n, 0), MIN(c.due), c.network LIMIT 1),"
	       " mine AS MATERIALIZED (SELECT name, due, part, row_number() OVER"
	       " (PARTITION BY centre ORDER BY due, name) AS turn FROM c"
	       " WHERE network = (SELECT network FROM net)),"
	       " head AS (SELECT part FROM mine ORDER BY turn, due, name LIMIT 1),"
	       " picked AS (SELECT p.name FROM mine m JOIN gp_work p ON p.name = m.name"
	       " WHERE m.part IS NOT DISTINCT FROM (SELECT part FROM head)"
	       " AND p.lease IS NULL AND NOT p.retired"
	       " AND " IS_DUE(
		   "p.due") " ORDER BY m.turn, m.due, m.name"
			    " LIMIT LEAST($3::bigint, COALESCE((SELECT part FROM head), $3::bigint))"
			    " FOR UPDATE OF p SKIP LOCKED)"
			    " UPDATE gp_work w SET lease = $4, fresh = 0 FROM picked"
			    " WHERE w.name = picked.name RETURNING w.name, w.network,"
			    " (SELECT COUNT(*) FROM c)";

static const char begin[] =
    "UPDATE gp_worker SET lease = $2, network = $4, pages = $5,"
    " until = clock_timestamp() + $3::bigint * interval '1 second',"
    " seen = clock_timestamp() WHERE id = $1";

/* While a batch is written under it, its row is locked: it is not waited for,
 * the pipeline may have to be ended meanwhile. */
static const char renew[] =
    "WITH held AS (SELECT id FROM gp_worker WHERE id = $1 AND lease = $2"
    " AND until > clock_timestamp()),"
    " free AS (SELECT g.id FROM gp_worker g JOIN held ON held.id = g.id"
    " FOR NO KEY UPDATE OF g SKIP LOCKED),"
    " done AS (UPDATE gp_worker g SET seen = clock_timestamp(),"
    " until = clock_timestamp() + $3::bigint * interval '1 second'"
    " FROM free WHERE g.id = free.id RETURNING 1)"
    " SELECT CASE WHEN EXISTS (SELECT 1 FROM done) THEN 1"
    " WHEN EXISTS (SELECT 1 FROM held) THEN 2 ELSE 0 END";

/* $1 number, $5 the worker, $6 the names, $7 how many, $8 the reason. */
#define BACK                                                                          \
	"WITH mine AS (UPDATE gp_worker SET lease = NULL, until = NULL,"              \
	" network = NULL, pages = 0, seen = clock_timestamp()"                        \
	" WHERE id = $5::bigint AND lease = $1::bigint AND until > clock_timestamp()" \
	" RETURNING 1)"                                                               \
	" UPDATE gp_work p SET "
#define WHOSE                                                                       \
	" WHERE p.lease = $1::bigint AND EXISTS (SELECT 1 FROM mine) AND p.name IN" \
	" (SELECT json_array_elements_text($6::json))"                              \
	" AND $2::bigint + $3::bigint + $4::bigint + $7::bigint > 0 AND ($8::text = $8::text)"
#define NEXT                                                                                \
	"LEAST($3::bigint, GREATEST($2::bigint, CASE WHEN p.fresh = 0 THEN p.every * 3 / 2" \
	" WHEN p.fresh <= 2 THEN p.every"                                                   \
	" ELSE GREATEST(p.every / 4, p.every * 2 / p.fresh) END))"

static const char *const back[] = {
	[GP_BACK_WELL] =
	    BACK "lease = NULL, part = NULL, failures = 0, aside = NULL,"
		 " reason = NULL, done = clock_timestamp(),"
		 " every = " NEXT ", due = clock_timestamp() + " NEXT
		 " * interval '1 second'" WHOSE,
	[GP_BACK_LATER] = BACK "lease = NULL, reason = $8::text,"
			       " due = clock_timestamp() +"
			       " $2::bigint * interval '1 second'" WHOSE,
	[GP_BACK_FAILED] = BACK FAILED("$7::bigint", "$8::text") WHOSE,
	[GP_BACK_AS_WAS] = BACK "lease = NULL" WHOSE,
};

void
gp_work_lease_init(struct gp_work_lease *l)
{
	memset(l, 0, sizeof(*l));
	gp_pool_init(&l->pool);
	gp_buf_init(&l->names, 0);
	gp_buf_init(&l->json, 0);
}

void
gp_work_lease_release(struct gp_work_lease *l)
{
	gp_pool_release(&l->pool);
	gp_buf_release(&l->names);
	gp_buf_release(&l->json);
}

static int
took(void *ctx, const struct gp_db_value *v, size_t n)
{
	struct gp_work_lease *l = ctx;

	(void)n;
	l->due = v[2].n;
	if (l->n++ == 0)
		l->network = gp_pool_copy(&l->pool, v[1].text);
	else
		gp_buf_addc(&l->json, ',');
	gp_buf_add(&l->names, v[0].text.p, v[0].text.n);
	gp_buf_addc(&l->names, '\n');
	gp_json_quote(&l->json, v[0].text);
	return 0;
}

static int
number(void *ctx, const struct gp_db_value *v, size_t n)
{
	(void)n;
	*(int64_t *)ctx = v[0].n;
	return 0;
}

/*
 * Those who are gone do not stand in the table, and this worker does. In that
 * order: it may be among those who are gone itself.
 */
static int
present(struct gp_work *w, struct gp_why *why)
{
	const struct gp_db_value name = gp_db_str(w->name);
	const struct gp_db_value v[] = { gp_db_int(w->id),
		gp_db_int(w->how.min), gp_db_int(w->how.max),
		gp_db_int(w->how.tries) };
	struct gp_db_value old;
	int64_t late = 0, has = -1;

	if (gp_work_run(w, gone, NULL, 0, number, &late, why) == -1 ||
	    (late > 0 && gp_work_run(w, reap, v, 4, NULL, NULL, why) == -1) ||
	    gp_work_run(w, touch, v, 1, number, &has, why) == -1)
		return -1;
	if (has == -1)
		return gp_work_run(w, enter, &name, 1, number, &w->id, why);
	old = gp_db_int(has);
	return has > 0 ? gp_work_run(w, drop, &old, 1, NULL, NULL, why) : 0;
}

/* A look at the slots from there on; behind the last one comes the first. */
static int
look(struct gp_work *w, int64_t from, struct gp_work_lease *l,
    struct gp_why *why)
{
	int64_t to = from + w->width, past = to - GP_WORK_SLOTS;
	const struct gp_db_value v[] = { gp_db_int(from), gp_db_int(to),
		gp_db_int(w->how.lease), gp_db_int(l->number),
		gp_db_int(past > 0 ? past : 0), gp_db_int(w->how.max) };

	return gp_work_run(w, take, v, 6, took, l, why);
}

/* The slots of so many pages as a look takes in at the least. */
static int64_t
narrow(const struct gp_work *w)
{
	return w->pages > GP_WORK_LOOK
	    ? GP_WORK_SLOTS * (int64_t)GP_WORK_LOOK / w->pages + 1
	    : GP_WORK_SLOTS;
}

/*
 * Looks from the slot whose turn it is, until there is something. Where little
 * is due a look takes in more than the one before, so that leases get as large
 * as they may be; where much is, less.
 */
static int
look_round(struct gp_work *w, struct gp_work_lease *l, struct gp_why *why)
{
	int64_t from, seen = 0;

	if (w->width == 0)
		w->width = narrow(w);
	from = l->number * w->width % GP_WORK_SLOTS;
	do {
		if (look(w, from, l, why) == -1)
			return -1;
		seen += w->width;
		from = (from + w->width) % GP_WORK_SLOTS;
		if (l->due < w->how.lease)
			w->width *= 2;
		else if (l->due > 4 * w->how.lease && w->width / 2 >= narrow(w))
			w->width /= 2;
		if (w->width > GP_WORK_SLOTS)
			w->width = GP_WORK_SLOTS;
	} while (l->n == 0 && seen < GP_WORK_SLOTS);
	l->all = seen >= GP_WORK_SLOTS && (int64_t)l->n == l->due;
	return 0;
}

struct taking {
	struct gp_work *w;
	struct gp_work_lease *l;
};

/* Within a transaction, which may be done again. */
static int
take_some(void *ctx, struct gp_why *why)
{
	const struct taking *t = ctx;
	struct gp_work_lease *l = t->l;
	struct gp_work *w = t->w;
	struct gp_db_value v[5];

	gp_pool_reset(&l->pool);
	gp_buf_reset(&l->names);
	gp_buf_reset(&l->json);
	gp_buf_addc(&l->json, '[');
	l->n = 0;
	l->due = 0;
	if (present(w, why) == -1 ||
	    gp_work_run(w, "SELECT nextval('gp_lease')", NULL, 0, number,
		&l->number, why) == -1 ||
	    look_round(w, l, why) == -1)
		return -1;
	if (l->n == 0)
		return 0;
	gp_buf_addc(&l->json, ']');
	v[0] = gp_db_int(w->id);
	v[1] = gp_db_int(l->number);
	v[2] = gp_db_int(w->how.term);
	v[3] = gp_db_text(l->network);
	v[4] = gp_db_int((int64_t)l->n);
	return gp_work_run(w, begin, v, 5, NULL, NULL, why);
}

int
gp_work_take(struct gp_work *w, struct gp_work_lease *l, struct gp_why *why)
{
	struct taking t = { w, l };

	if (w->s == NULL)
		return gp_work_run(w, NULL, NULL, 0, NULL, NULL, why);
	w->status = GP_OK;
	if (gp_db_transact(w->s, 1, take_some, &t, why) == 0)
		return l->n > 0;
	if (w->status != GP_OK) /* its reason has the name already */
		return -1;
	w->status = gp_store_status(w->s);
	return gp_because_of(why, "%s", gp_store_name(w->s));
}

int
gp_work_renew(
    struct gp_work *w, const struct gp_work_lease *l, struct gp_why *why)
{
	const struct gp_db_value v[] = { gp_db_int(w->id), gp_db_int(l->number),
		gp_db_int(w->how.term) };

	int64_t held = 0;

	if (gp_work_run(w, renew, v, 3, number, &held, why) == -1)
		return -1;
	return (int)held;
}

int
gp_work_back(struct gp_work *w, const struct gp_work_lease *l,
    enum gp_work_back how, const char *reason, struct gp_why *why)
{
	const struct gp_db_value v[] = { gp_db_int(l->number),
		gp_db_int(w->how.min), gp_db_int(w->how.max),
		gp_db_int(w->how.tries), gp_db_int(w->id),
		gp_db_text(gp_buf_span(&l->json)), gp_db_int((int64_t)l->n),
		gp_db_str(reason != NULL ? reason : "") };

	if (gp_work_run(w, back[how], v, 8, NULL, NULL, why) == -1)
		return -1;
	return w->s->changes > 0;
}

int
gp_work_is_back(struct gp_work *w, struct gp_why *why)
{
	const struct gp_db_value v = gp_db_int(w->id);
	int64_t is = 0;

	if (gp_work_run(w,
		"SELECT COUNT(*) FROM gp_worker WHERE id = $1 AND lease IS NULL",
		&v, 1, number, &is, why) == -1)
		return -1;
	return is > 0;
}
