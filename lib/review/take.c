/* Drafts as they come. */
#include <stdlib.h>
#include <string.h>

#include "review/sheet.h"

#include "base/grow.h"

int
gp_review_init(struct gp_review_desk *d)
{
	memset(d, 0, sizeof(*d));
	gp_pool_init(&d->pool);
	d->reader = gp_json_new();
	return d->reader != NULL ? 0 : -1;
}

void
gp_review_release(struct gp_review_desk *d)
{
	gp_json_free(d->reader);
	gp_pool_release(&d->pool);
	free(d->draft);
	memset(d, 0, sizeof(*d));
}

static struct gp_span
text(struct gp_review_desk *d, struct gp_json v)
{
	struct gp_buf b;
	struct gp_span s;

	gp_buf_init(&b, 0);
	gp_json_text(v, &b);
	s = gp_pool_copy(&d->pool, gp_buf_span(&b));
	if (b.bad)
		d->pool.bad = 1;
	gp_buf_release(&b);
	return s;
}

/* Two terms: the one for the first word, and the last one. */
static void
take_due(struct gp_review_desk *d, const struct gp_json_obj *rec,
    struct gp_review_draft *it)
{
	static const char *const name[] = { "first", "final" };
	gp_instant t;
	int i;

	for (i = 0; i < 2; i++)
		if (gp_instant_parse(gp_json_bare(gp_json_at(
					 d->reader, rec, "due", name[i], NULL)),
			&t) == 0 &&
		    (!it->has_due || t < it->due)) {
			it->has_due = 1;
			it->due = t;
		}
}

static void
take_findings(struct gp_review_desk *d, const struct gp_json_obj *rec,
    struct gp_review_draft *it)
{
	struct gp_json_obj list, one;
	struct gp_span level, message;
	size_t i;

	if (gp_json_get(rec, "findings").type != GP_JSON_ARRAY ||
	    gp_json_enter(d->reader, gp_json_get(rec, "findings"), &list) == -1)
		return;
	it->finding =
	    gp_pool_alloc(&d->pool, (list.n + 1) * sizeof(*it->finding));
	for (i = 0; i < list.n && it->finding != NULL; i++) {
		if (gp_json_enter(d->reader, list.m[i].value, &one) == -1)
			return;
		level = text(d, gp_json_get(&one, "level"));
		if (level.n == 0)
			level = text(d, gp_json_get(&one, "severity"));
		message = text(d, gp_json_get(&one, "message"));
		if (message.n == 0)
			message = text(d, gp_json_get(&one, "why"));
		it->errors += gp_span_is(level, "error");
		it->finding[it->findings++] =
		    gp_pool_fmt(&d->pool, "%.*s: %.*s", (int)level.n, level.p,
			(int)message.n, message.p);
	}
}

static void
take_origin(struct gp_review_desk *d, const struct gp_json_obj *rec,
    struct gp_review_draft *it)
{
	struct gp_json_obj list;
	struct gp_buf b;
	size_t i;

	if (gp_json_get(rec, "origin").type != GP_JSON_ARRAY ||
	    gp_json_enter(d->reader, gp_json_get(rec, "origin"), &list) == -1)
		return;
	gp_buf_init(&b, 0);
	for (i = 0; i < list.n; i++) {
		gp_buf_adds(&b, i > 0 ? ", " : "");
		gp_json_text(list.m[i].value, &b);
	}
	it->origin = gp_pool_copy(&d->pool, gp_buf_span(&b));
	gp_buf_release(&b);
}

static void
take_appeal(struct gp_review_desk *d, const struct gp_json_obj *rec,
    struct gp_review_draft *it)
{
	struct gp_json_reader *r = d->reader;

	it->appeal = text(d, gp_json_at(r, rec, "appeal", "text", NULL));
	it->at = text(d, gp_json_at(r, rec, "appeal", "at", NULL));
	it->url = text(d, gp_json_at(r, rec, "appeal", "url", NULL));
	it->author =
	    text(d, gp_json_at(r, rec, "appeal", "author", "name", NULL));
	it->kind = text(d, gp_json_at(r, rec, "class", "kind", NULL));
	it->topic = text(d, gp_json_at(r, rec, "class", "topic", NULL));
	if (it->topic.n == 0)
		it->topic = text(d, gp_json_at(r, rec, "class", "group", NULL));
	it->assignee = text(d, gp_json_at(r, rec, "route", "assignee", NULL));
}

/* The reader wants readable bytes behind the line, also later. */
static struct gp_span
keep_line(struct gp_review_desk *d, struct gp_span s)
{
	char *p = gp_pool_alloc(&d->pool, s.n + GP_PAD);

	if (p == NULL)
		return (struct gp_span){ NULL, 0 };
	memcpy(p, s.p, s.n);
	return (struct gp_span){ p, s.n };
}

int
gp_review_take(
    struct gp_review_desk *d, struct gp_span line, struct gp_why *why)
{
	struct gp_review_draft *it;
	struct gp_json_obj rec;

	if (gp_json_open(d->reader, line, 0, &rec, why) == -1)
		return -1;
	if (!gp_json_is(gp_json_get(&rec, "type"), "draft"))
		return 0;
	it = gp_room(&d->draft, d->drafts, &d->cap, sizeof(*it));
	if (it == NULL)
		return gp_because(why, "no memory");
	it->line = keep_line(d, line);
	it->id = text(d, gp_json_get(&rec, "id"));
	it->to = text(d, gp_json_get(&rec, "to"));
	it->to_type = text(d, gp_json_get(&rec, "to_type"));
	it->network = text(d, gp_json_get(&rec, "network"));
	it->page = text(d, gp_json_get(&rec, "page"));
	it->text = text(d, gp_json_get(&rec, "text"));
	it->drafted_by = text(d, gp_json_get(&rec, "drafted_by"));
	it->promised = text(d, gp_json_get(&rec, "promised"));
	it->interim = gp_json_true(gp_json_get(&rec, "interim"));
	if (gp_json_int(gp_json_get(&rec, "nth"), &it->nth) == -1 ||
	    it->nth < 1)
		it->nth = 1;
	if (it->id.n == 0 || it->to.n == 0)
		return gp_because(
		    why, "a draft needs '%s'", it->id.n == 0 ? "id" : "to");
	take_appeal(d, &rec, it);
	take_due(d, &rec, it);
	take_findings(d, &rec, it);
	take_origin(d, &rec, it);
	it->shown = gp_sheet_plain(&d->pool, it->text);
	if (d->pool.bad || gp_json_lacked(d->reader))
		return gp_because(why, "no memory");
	d->drafts++;
	return 1;
}
