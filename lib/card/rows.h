/*
 * Figures that came: rows of reports, each a list of members that are found
 * by name. What stands in an object has a dot in its name: "kinds.danger".
 */
#ifndef GP_CARD_ROWS_H
#define GP_CARD_ROWS_H

#include "base/instant.h"
#include "base/pool.h"
#include "config/yaml.h"
#include "json/json.h"

#define GP_CARD_ROWS_MOST 200000 /* of one run */

struct gp_card_member {
	struct gp_span name;
	struct gp_json value; /* no object; text stands in the pool */
};

struct gp_card_row {
	struct gp_span report;
	const struct gp_card_member *m;
	size_t n;
};

struct gp_card_rows {
	struct gp_card_row *v;
	size_t n, cap;
	struct gp_pool pool;
};

void gp_card_rows_init(struct gp_card_rows *);
void gp_card_rows_release(struct gp_card_rows *);

/* Keeps a record of type "figure". -1 with the reason. */
int gp_card_rows_add(struct gp_card_rows *, struct gp_json_reader *,
    const struct gp_json_obj *, struct gp_why *);

/* Type NONE where there is none of that name. */
struct gp_json gp_card_row_get(const struct gp_card_row *, struct gp_span name);
/* A number; -1: there is none. */
int gp_card_row_number(
    const struct gp_card_row *, struct gp_span name, double *);

/*
 * The period of a row: since and until, or from and to in the object period;
 * of another object if one is named ("against"). -1: it has none.
 */
int gp_card_row_period(
    const struct gp_card_row *, const char *object, gp_instant *, gp_instant *);

/*
 * 1: the row is of that report and has what the map asks for, {total: all}; a
 * member that must be absent is null there, one of several a list. NULL asks
 * for nothing.
 */
int gp_card_row_is(const struct gp_card_row *, const char *report,
    const struct gp_yaml *where);
/* Only rows whose member has this value, as it stands in the record. */
struct gp_card_only {
	const char *member; /* NULL: all rows */
	struct gp_span value;
};
int gp_card_row_only(const struct gp_card_row *, const struct gp_card_only *);
/* The last such row, NULL: none. only may be NULL. */
const struct gp_card_row *gp_card_rows_find(const struct gp_card_rows *,
    const char *report, const struct gp_yaml *where,
    const struct gp_card_only *only);

#endif
