#include "report/rows.h"

#include <stdlib.h>
#include <string.h>

void
gp_rows_init(struct gp_rows *r, const struct gp_ledger *l,
    const struct gp_period *period, struct gp_where *where, unsigned dims)
{
	memset(r, 0, sizeof(*r));
	r->ledger = l;
	r->period = period;
	r->where = where;
	r->cut_off = l->how.now;
	r->dims = dims | 1u << GP_DIM_ALL;
	r->times = 1;
}

void
gp_rows_release(struct gp_rows *r)
{
	size_t i;

	for (i = 0; i < r->map.n && r->row != NULL; i++) {
		if (r->row[i] == NULL)
			continue;
		gp_quantile_release(&r->row[i]->now.took);
		gp_quantile_release(&r->row[i]->before.took);
		free(r->row[i]);
	}
	free(r->row);
	r->row = NULL;
	gp_keymap_release(&r->map);
}

static uint64_t
key_of(enum gp_dim dim, uint32_t no, size_t piece)
{
	return (uint64_t)dim << 56 | (uint64_t)piece << 32 | no;
}

static struct gp_row *
put(struct gp_rows *r, enum gp_dim dim, uint32_t no, size_t piece)
{
	struct gp_row **near = &r->near[dim][(no ^ piece << 3) % 64];
	struct gp_row **list, *row;
	int64_t k;

	if (*near != NULL && (*near)->no == no && (*near)->piece == piece)
		return *near;
	k = gp_keymap_find(&r->map, key_of(dim, no, piece));
	if (k != -1)
		return *near = r->row[k];
	list = gp_grown(r->row, r->map.n, &r->cap, sizeof(struct gp_row *));
	row = calloc(1, sizeof(*row));
	if (list != NULL)
		r->row = list;
	if (list == NULL || row == NULL ||
	    (k = gp_keymap_put(&r->map, key_of(dim, no, piece))) == -1) {
		free(row);
		r->bad = 1;
		return NULL;
	}
	row->dim = dim;
	row->no = no;
	row->piece = (uint32_t)piece;
	r->row[k] = row;
	*near = row;
	return row;
}

/* What is worked out once of a case, however many rows it counts in. */
struct mark {
	unsigned states;
	uint32_t took;
	unsigned class;
};

static void
count(struct gp_rows *r, struct gp_count *to, const struct gp_case *c,
    const struct mark *m)
{
	unsigned s;

	to->n++;
	for (s = m->states; s != 0; s &= s - 1)
		to->of[__builtin_ctz(s)]++;
	if (m->states & 1u << GP_S_TIMED && r->times) {
		gp_quantile_put(&to->took, m->took, m->class);
		r->bad |= to->took.bad;
	}
	if (m->states & 1u << GP_S_OPEN && c->at != 0 &&
	    (to->oldest == 0 || c->at < to->oldest))
		to->oldest = c->at;
}

static uint32_t
number(struct gp_rows *r, const struct gp_case *c, enum gp_dim d)
{
	if (d == GP_DIM_HOUR)
		return (uint32_t)gp_where_hour(r->where, c->at);
	return d == GP_DIM_ALL ? 0 : gp_case_dim(c, d);
}

static void
count_in(struct gp_rows *r, const struct gp_case *c, const struct mark *m,
    size_t piece, int before)
{
	struct gp_row *row;
	int d;

	for (d = 0; d <= GP_DIM_ALL && !r->bad; d++) {
		if (!(r->dims >> d & 1) || (d == GP_DIM_HOUR && c->at == 0))
			continue;
		row =
		    put(r, (enum gp_dim)d, number(r, c, (enum gp_dim)d), piece);
		if (row != NULL)
			count(r, before ? &row->before : &row->now, c, m);
	}
}

void
gp_rows_fold(void *arg, const struct gp_case *c, const char *text)
{
	struct gp_rows *r = arg;
	struct mark m = { .states = gp_case_states(c, r->cut_off) };
	uint32_t first;
	int piece;
	size_t i;

	(void)text;
	if (!gp_where_holds(r->where, c, m.states))
		return;
	if (c->at == 0 && !r->period->open) {
		r->undated++;
		return;
	}
	if (m.states & 1u << GP_S_TIMED && r->times) {
		first = gp_case_first(c, r->cut_off);
		m.took = first > c->at ? first - c->at : 0;
		m.class = gp_quantile_class(m.took);
	}
	piece = r->period->open ? 0 : gp_period_of(r->period, c->at);
	if (piece != -1) {
		r->calendar[c->calendar / 64] |= 1ull << c->calendar % 64;
		count_in(r, c, &m, (size_t)piece, 0);
	}
	for (i = 0; r->period->before != NULL && i < r->period->n; i++)
		if (gp_period_before(r->period, i, c->at))
			count_in(r, c, &m, i, 1);
}

struct gp_row *
gp_rows_touch(struct gp_rows *r, enum gp_dim dim, uint32_t no, size_t piece)
{
	return put(r, dim, no, piece);
}

struct gp_span
gp_row_name(const struct gp_rows *r, const struct gp_row *row)
{
	if (row->dim >= GP_DIMS)
		return (struct gp_span){ NULL, 0 };
	return gp_dict_name(&r->ledger->dict[row->dim], row->no);
}

struct gp_row *
gp_rows_all(const struct gp_rows *r, size_t piece)
{
	int64_t k = gp_keymap_find(&r->map, key_of(GP_DIM_ALL, 0, piece));

	return k != -1 ? r->row[k] : NULL;
}

static int
order(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* Numbers depend on the threads, so names decide what counts decide not. */
static int
by_count(const void *a, const void *b, void *arg)
{
	const struct gp_row *x = *(struct gp_row *const *)a;
	const struct gp_row *y = *(struct gp_row *const *)b;
	struct gp_span s = gp_row_name(arg, x), t = gp_row_name(arg, y);
	int r = order(x->piece, y->piece);

	if (r == 0 && x->dim == GP_DIM_HOUR)
		return order(x->no, y->no);
	if (r == 0)
		r = order(y->now.n, x->now.n);
	if (r == 0)
		r = order(y->before.n, x->before.n);
	if (r == 0 && s.n > 0 && t.n > 0)
		r = memcmp(s.p, t.p, s.n < t.n ? s.n : t.n);
	return r != 0 ? r : order(s.n, t.n);
}

struct gp_row **
gp_rows_of(const struct gp_rows *r, enum gp_dim dim)
{
	struct gp_row **list = calloc(r->map.n + 1, sizeof(*list));
	size_t i, n = 0;

	if (list == NULL)
		return NULL;
	for (i = 0; i < r->map.n; i++)
		if (r->row[i]->dim == dim)
			list[n++] = r->row[i];
	qsort_r(list, n, sizeof(*list), by_count, (void *)(uintptr_t)r);
	return list;
}
