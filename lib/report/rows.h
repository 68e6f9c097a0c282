/* Appeals counted by what they are told apart by, piece by piece of time. */
#ifndef GP_REPORT_ROWS_H
#define GP_REPORT_ROWS_H

#include "report/keymap.h"
#include "report/quantile.h"
#include "report/where.h"

struct gp_count {
	uint64_t n;
	uint64_t of[GP_STATES];
	struct gp_quantile took; /* to the first answer, of those TIMED */
	uint32_t oldest;         /* instant of the oldest open one; 0: none */
};

struct gp_row {
	enum gp_dim dim;
	uint32_t no; /* of its name; the hour; 0 of GP_DIM_ALL */
	uint32_t piece;
	struct gp_count now, before;
};

struct gp_rows {
	const struct gp_ledger *ledger;
	const struct gp_period *period;
	struct gp_where *where;
	gp_instant cut_off;
	unsigned dims; /* bits of gp_dim to count by */
	int times;     /* quantiles are asked for; set after gp_rows_init */
	struct gp_keymap map;
	struct gp_row **row; /* by number in the map */
	size_t cap;
	struct gp_row *near[GP_DIM_ALL + 1][64]; /* rows that were met lately */
	uint64_t undated; /* of no piece, as nobody knows when they came */
	uint64_t calendar[256 / 64]; /* those that terms were counted by */
	int bad;
};

void gp_rows_init(struct gp_rows *, const struct gp_ledger *,
    const struct gp_period *, struct gp_where *, unsigned dims);
void gp_rows_release(struct gp_rows *);
/* As gp_fold, the rows being the context. */
void gp_rows_fold(void *rows, const struct gp_case *, const char *text);
/*
 * NULL-ended list of those of the dim, the pieces in order, in each the most
 * appeals first, then by name; hours by hour. The caller frees the list; NULL:
 * no memory.
 */
struct gp_row **gp_rows_of(const struct gp_rows *, enum gp_dim);
/* The row that sums the piece; NULL: nothing came. */
struct gp_row *gp_rows_all(const struct gp_rows *, size_t piece);
/* The row, with no appeals if there was none; NULL: no memory. */
struct gp_row *gp_rows_touch(
    struct gp_rows *, enum gp_dim, uint32_t no, size_t piece);
/* The name of the row; p NULL: it has none. Of an hour: none. */
struct gp_span gp_row_name(const struct gp_rows *, const struct gp_row *);

#endif
