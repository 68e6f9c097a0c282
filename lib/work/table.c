/* The tables, and the connection to them. */
#include <stdlib.h>
#include <string.h>

#include "store/own.h"
#include "work/inner.h"

/*
 * `due`, `lease` and what else changes with each lease stand in no index, so
 * that updates are HOT; room for them is left on each block. `slot` never
 * changes: by it a look reads a part of a large table.
 */
static const char *const steps[GP_OWN_WORK_VERSION + 1] = {
	"CREATE TABLE gp_work("
	"name TEXT PRIMARY KEY, network TEXT NOT NULL, centre TEXT NOT NULL,"
	" page TEXT, slot INTEGER NOT NULL,"
	" retired BOOLEAN NOT NULL DEFAULT FALSE,"
	" due TIMESTAMPTZ NOT NULL, every BIGINT NOT NULL,"
	" lease BIGINT, part BIGINT, fresh BIGINT NOT NULL DEFAULT 0,"
	" failures BIGINT NOT NULL DEFAULT 0, aside TIMESTAMPTZ, reason TEXT,"
	" done TIMESTAMPTZ) WITH (fillfactor = 50,"
	" autovacuum_vacuum_scale_factor = 0.1);"
	"CREATE INDEX gp_work_slot ON gp_work(slot);"
	"CREATE INDEX gp_work_page ON gp_work(page);"
	/* A row a worker, however many leases it has had. */
	"CREATE TABLE gp_worker("
	"id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
	" name TEXT NOT NULL, lease BIGINT, until TIMESTAMPTZ, network TEXT,"
	" pages BIGINT NOT NULL DEFAULT 0, seen TIMESTAMPTZ NOT NULL)"
	" WITH (fillfactor = 50);"
	"CREATE SEQUENCE gp_lease;",
	NULL,
};

static enum gp_exit
open_store(struct gp_work *w, struct gp_why *why)
{
	enum gp_exit status = gp_store_open(&w->s, w->url, GP_STORE_BARE, why);

	if (status != GP_OK)
		return status;
	w->s->is_hasty = 1; /* a shift hears signals and keeps a pipeline */
	if (gp_own_ready(w->s, GP_OWN_WORK, steps, why) == 0)
		return GP_OK;
	status = gp_store_status(w->s);
	gp_because_of(why, "%s", gp_store_name(w->s));
	gp_store_close(w->s);
	w->s = NULL;
	return status;
}

enum gp_exit
gp_work_open(struct gp_work **to, const char *url, const char *name,
    const struct gp_work_how *how, struct gp_why *why)
{
	struct gp_work *w;
	enum gp_exit status;

	*to = NULL;
	if (!gp_store_is_server(url)) {
		gp_because(why,
		    "'%s' is no server: machines share a database of "
		    "PostgreSQL, postgres://...",
		    url);
		return GP_USAGE;
	}
	w = calloc(1, sizeof(*w));
	if (w != NULL) {
		w->how = *how;
		w->url = strdup(url);
		w->name = strdup(name);
	}
	if (w == NULL || w->url == NULL || w->name == NULL) {
		gp_because(why, "no memory");
		gp_work_close(w);
		return GP_SOFTWARE;
	}
	status = open_store(w, why);
	if (status == GP_OK)
		*to = w;
	else
		gp_work_close(w);
	return status;
}

enum gp_exit
gp_work_again(struct gp_work *w, struct gp_why *why)
{
	gp_store_close(w->s);
	w->s = NULL;
	w->status = open_store(w, why);
	return w->status;
}

void
gp_work_close(struct gp_work *w)
{
	struct gp_db_value v;
	struct gp_why why;

	if (w == NULL)
		return;
	v = gp_db_int(w->id);
	/* Where that fails, the others see that it has been gone for long. */
	if (w->s != NULL && w->id != 0)
		gp_work_run(w,
		    "DELETE FROM gp_worker WHERE id = $1 AND lease IS NULL", &v,
		    1, NULL, NULL, &why);
	gp_store_close(w->s);
	free(w->url);
	free(w->name);
	free(w);
}

enum gp_exit
gp_work_status(const struct gp_work *w)
{
	return w->status;
}

int64_t
gp_work_id(const struct gp_work *w)
{
	return w->id;
}

int
gp_work_run(struct gp_work *w, const char *sql, const struct gp_db_value *v,
    size_t n, gp_db_row_fn *fn, void *ctx, struct gp_why *why)
{
	if (w->s == NULL) {
		w->status = GP_TEMPFAIL;
		return gp_because(why, "%s: not connected", w->url);
	}
	if (w->s->engine->run(w->s, sql, v, n, fn, ctx, why) == 0)
		return 0;
	w->status = gp_store_status(w->s);
	return gp_because_of(why, "%s", gp_store_name(w->s));
}
