#include "card/rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "card/number.h"

void
gp_card_rows_init(struct gp_card_rows *r)
{
	memset(r, 0, sizeof(*r));
	gp_pool_init(&r->pool);
}

void
gp_card_rows_release(struct gp_card_rows *r)
{
	gp_pool_release(&r->pool);
	free(r->v);
	r->v = NULL;
	r->n = r->cap = 0;
}

struct adding {
	struct gp_card_rows *rows;
	struct gp_json_reader *reader;
	struct gp_card_member *m;
	size_t n;
};

static void
put(struct adding *a, struct gp_span before, struct gp_json_member m)
{
	struct gp_card_member *to = &a->m[a->n];
	struct gp_pool *pool = &a->rows->pool;

	to->name = before.n > 0 ? gp_pool_fmt(pool, "%.*s.%.*s", (int)before.n,
				      before.p, (int)m.key.n, m.key.p)
				: gp_pool_copy(pool, m.key);
	to->value.type = m.value.type;
	to->value.text = gp_pool_copy(pool, m.value.text);
	a->n++;
}

/* An object's members, one level down; lists are of no use to a card. */
static int
flatten(struct adding *a, const struct gp_json_obj *o)
{
	struct gp_json_obj in;
	size_t i, k, room = o->n;

	for (i = 0; i < o->n; i++)
		if (o->m[i].value.type == GP_JSON_OBJECT) {
			if (gp_json_enter(a->reader, o->m[i].value, &in) == -1)
				return -1;
			room += in.n;
		}
	a->m = gp_pool_alloc(&a->rows->pool, room * sizeof(*a->m) + 1);
	if (a->m == NULL)
		return -1;
	for (i = 0; i < o->n; i++) {
		if (o->m[i].value.type == GP_JSON_ARRAY)
			continue;
		if (o->m[i].value.type != GP_JSON_OBJECT) {
			put(a, (struct gp_span){ NULL, 0 }, o->m[i]);
			continue;
		}
		if (gp_json_enter(a->reader, o->m[i].value, &in) == -1)
			return -1;
		for (k = 0; k < in.n; k++)
			put(a, o->m[i].key, in.m[k]);
	}
	return a->rows->pool.bad ? -1 : 0;
}

int
gp_card_rows_add(struct gp_card_rows *rows, struct gp_json_reader *reader,
    const struct gp_json_obj *o, struct gp_why *why)
{
	struct gp_json report = gp_json_get(o, "report");
	struct adding a = { rows, reader, NULL, 0 };
	struct gp_card_row *row;
	struct gp_buf name;

	if (report.type != GP_JSON_STRING)
		return gp_because(why, "'report' is missing");
	if (rows->n == GP_CARD_ROWS_MOST)
		return gp_because(
		    why, "more than %d figures", GP_CARD_ROWS_MOST);
	row = gp_room(&rows->v, rows->n, &rows->cap, sizeof(*row));
	if (row == NULL || flatten(&a, o) == -1)
		return gp_because(why, "no memory");
	gp_buf_init(&name, 0);
	gp_json_text(report, &name);
	row->report = gp_pool_copy(&rows->pool, gp_buf_span(&name));
	gp_buf_release(&name);
	row->m = a.m;
	row->n = a.n;
	rows->n++;
	return 0;
}

struct gp_json
gp_card_row_get(const struct gp_card_row *row, struct gp_span name)
{
	size_t i;

	for (i = row->n; i > 0; i--)
		if (gp_span_eq(row->m[i - 1].name, name))
			return row->m[i - 1].value;
	return (struct gp_json){ .type = GP_JSON_NONE };
}

int
gp_card_row_number(
    const struct gp_card_row *row, struct gp_span name, double *to)
{
	struct gp_json v = gp_card_row_get(row, name);

	if (v.type != GP_JSON_NUMBER || gp_json_real(v, to) == -1)
		return -1;
	return fabs(*to) <= GP_NUMBER_MOST ? 0 : -1;
}

static int
instant(const struct gp_card_row *row, const char *object, const char *name,
    gp_instant *to)
{
	char key[64];

	if (object == NULL)
		snprintf(key, sizeof(key), "%s", name);
	else
		snprintf(key, sizeof(key), "%s.%s", object, name);
	return gp_instant_parse(
	    gp_json_bare(gp_card_row_get(row, gp_span_of(key))), to);
}

int
gp_card_row_period(const struct gp_card_row *row, const char *object,
    gp_instant *from, gp_instant *to)
{
	if (object == NULL && instant(row, NULL, "since", from) == 0 &&
	    instant(row, NULL, "until", to) == 0)
		return *from < *to ? 0 : -1;
	if (object == NULL)
		object = "period";
	if (instant(row, object, "from", from) == -1 ||
	    instant(row, object, "to", to) == -1)
		return -1;
	return *from < *to ? 0 : -1;
}

static int
is_value(struct gp_json v, const struct gp_yaml *want)
{
	size_t i;

	for (i = 0; want->type == GP_YAML_LIST && i < want->n; i++)
		if (want->item[i].type == GP_YAML_SCALAR &&
		    is_value(v, &want->item[i]))
			return 1;
	if (want->type != GP_YAML_SCALAR)
		return 0;
	if (want->text.p == NULL)
		return v.type == GP_JSON_NONE;
	if (v.type == GP_JSON_STRING)
		return gp_json_is(v, want->text.p);
	return v.type != GP_JSON_NONE && gp_span_eq(v.text, want->text);
}

int
gp_card_row_is(const struct gp_card_row *row, const char *report,
    const struct gp_yaml *where)
{
	size_t i;

	if (!gp_span_is(row->report, report))
		return 0;
	for (i = 0; where != NULL && i < where->n; i++)
		if (!is_value(gp_card_row_get(row, where->key[i].text),
			&where->item[i]))
			return 0;
	return 1;
}

int
gp_card_row_only(const struct gp_card_row *row, const struct gp_card_only *only)
{
	return only == NULL || only->member == NULL ||
	    gp_span_eq(gp_card_row_get(row, gp_span_of(only->member)).text,
		only->value);
}

const struct gp_card_row *
gp_card_rows_find(const struct gp_card_rows *rows, const char *report,
    const struct gp_yaml *where, const struct gp_card_only *only)
{
	size_t i;

	for (i = rows->n; i > 0; i--)
		if (gp_card_row_is(&rows->v[i - 1], report, where) &&
		    gp_card_row_only(&rows->v[i - 1], only))
			return &rows->v[i - 1];
	return NULL;
}
