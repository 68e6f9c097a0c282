#include "check/record.h"

#include <stdlib.h>
#include <string.h>

struct gp_check_run {
	struct gp_check *all;
	struct gp_json_reader *reader;
	struct gp_checker *checker;
	struct gp_schema_run *proof;
	struct gp_json_obj rec;
	struct gp_buf text, network, appeal, id, word, list;
};

struct gp_check_run *
gp_check_run_new(struct gp_check *all)
{
	struct gp_check_run *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return NULL;
	r->all = all;
	gp_buf_init(&r->text, 0);
	gp_buf_init(&r->network, 0);
	gp_buf_init(&r->appeal, 0);
	gp_buf_init(&r->id, 0);
	gp_buf_init(&r->word, 0);
	gp_buf_init(&r->list, 0);
	r->reader = gp_json_new();
	if (all->standard != NULL)
		r->checker = gp_checker_new(all->standard);
	if (all->schema != NULL)
		r->proof = gp_schema_run_new();
	if (r->reader != NULL &&
	    (all->standard == NULL || r->checker != NULL) &&
	    (all->schema == NULL || r->proof != NULL))
		return r;
	gp_check_run_free(r);
	return NULL;
}

void
gp_check_run_free(struct gp_check_run *r)
{
	if (r == NULL)
		return;
	gp_json_free(r->reader);
	gp_checker_free(r->checker);
	gp_schema_run_free(r->proof);
	gp_buf_release(&r->text);
	gp_buf_release(&r->network);
	gp_buf_release(&r->appeal);
	gp_buf_release(&r->id);
	gp_buf_release(&r->word);
	gp_buf_release(&r->list);
	free(r);
}

/* A string's text in a buffer of its own; empty where there is none. */
static struct gp_span
string(struct gp_buf *b, struct gp_json v)
{
	gp_buf_reset(b);
	if (gp_json_text(v, b) == -1 || b->bad)
		gp_buf_reset(b);
	return (struct gp_span){ gp_buf_str(b), b->n };
}

/* 0: not for us. What a page wrote itself counts when asked for. */
static enum gp_check_kind
kind_of(struct gp_check_run *r)
{
	struct gp_json type = gp_json_get(&r->rec, "type");

	if (gp_json_is(type, "draft"))
		return GP_CHECK_DRAFT;
	if (gp_json_is(type, "reply"))
		return GP_CHECK_REPLY;
	if (gp_json_is(type, "page"))
		return GP_CHECK_PAGE;
	if (gp_json_is_there(gp_json_get(&r->rec, "deleted")) ||
	    gp_json_is_there(gp_json_get(&r->rec, "service")))
		return 0;
	if (gp_json_is(type, "post"))
		return GP_CHECK_POST;
	if (r->all->official &&
	    (gp_json_is(type, "comment") || gp_json_is(type, "message")) &&
	    gp_json_true(
		gp_json_at(r->reader, &r->rec, "author", "official", NULL)))
		return GP_CHECK_REPLY;
	return 0;
}

static int
has_member(void *ctx, const char *name)
{
	const struct gp_check_run *r = ctx;
	struct gp_json v = gp_json_get(&r->rec, name);

	if (v.type == GP_JSON_STRING)
		return v.text.n > 2;
	return gp_json_is_there(v);
}

static int
is_picture(struct gp_json kind)
{
	return gp_json_is(kind, "photo") || gp_json_is(kind, "video") ||
	    gp_json_is(kind, "animation");
}

/* Words that say what a photo shows, for those who do not see it. */
static int
has_alt(const struct gp_json_obj *a)
{
	return gp_json_is_there(gp_json_get(a, "description")) ||
	    gp_json_is_there(gp_json_get(a, "title")) ||
	    gp_json_is_there(gp_json_get(a, "alt"));
}

static void
count_parts(struct gp_check_run *r, struct gp_check_item *item)
{
	struct gp_json list = gp_json_get(&r->rec, "attachments"), kind;
	struct gp_json_obj all, one;
	size_t i;

	item->has_parts = 1;
	if (list.type != GP_JSON_ARRAY ||
	    gp_json_enter(r->reader, list, &all) == -1)
		return;
	for (i = 0; i < all.n; i++) {
		if (gp_json_enter(r->reader, all.m[i].value, &one) == -1)
			return;
		kind = gp_json_get(&one, "kind");
		item->pictures += is_picture(kind);
		item->without_alt +=
		    gp_json_is(kind, "photo") && !has_alt(&one);
	}
}

static void
fill(
    struct gp_check_run *r, enum gp_check_kind kind, struct gp_check_item *item)
{
	const struct gp_json_obj *o = &r->rec;
	int page = kind == GP_CHECK_PAGE;

	*item = (struct gp_check_item){ .kind = kind };
	item->text = string(&r->text, gp_json_get(o, page ? "about" : "text"));
	item->network = string(&r->network, gp_json_get(o, "network"));
	item->appeal =
	    string(&r->appeal, gp_json_at(r->reader, o, "class", "kind", NULL));
	item->is_private = gp_json_is(gp_json_get(o, "to_type"), "message") ||
	    gp_json_is(gp_json_get(o, "type"), "message");
	item->is_interim = gp_json_true(gp_json_get(o, "interim"));
	item->is_final = gp_json_true(gp_json_get(o, "final"));
	if (kind == GP_CHECK_POST)
		count_parts(r, item);
	if (page) {
		item->has = has_member;
		item->ctx = r;
	}
}

/* Posts, and pages that may have none, for rules over all of them. */
static int
gather(struct gp_check_run *r, enum gp_check_kind kind)
{
	gp_instant at = 0;
	struct gp_span page, when, id = { "", 0 };

	if (r->all->posts == NULL ||
	    (kind != GP_CHECK_POST && kind != GP_CHECK_PAGE))
		return 0;
	if (kind == GP_CHECK_POST) {
		when = string(&r->word, gp_json_get(&r->rec, "at"));
		if (gp_instant_parse(when, &at) == -1)
			return 0;
		id = string(&r->id, gp_json_get(&r->rec, "id"));
		if (id.n == 0)
			return 0;
	}
	page = string(&r->word, gp_json_get(&r->rec, "page"));
	return page.n > 0 ? gp_posts_add(r->all->posts, page, id, at) : 0;
}

/* One finding: within the list of its record, or a record of its own. */
static void
begin(struct gp_check_run *r, struct gp_jw *w)
{
	const struct gp_json_obj *o = &r->rec;
	struct gp_json v;

	gp_jw_open(w, '{');
	if (!r->all->only)
		return;
	gp_jw_kstr(w, "type", "finding");
	v = gp_json_get(o, "network");
	if (v.type == GP_JSON_STRING) {
		gp_jw_key(w, "network");
		gp_jw_raw(w, v.text);
	}
	v = gp_json_get(o, "page");
	if (v.type == GP_JSON_STRING) {
		gp_jw_key(w, "page");
		gp_jw_raw(w, v.text);
	}
	v = gp_json_get(o, "id");
	if (v.type == GP_JSON_STRING) {
		gp_jw_key(w, "of");
		gp_jw_raw(w, v.text);
	}
}

/* Lines of their own are parted by line ends, items of a list by commas. */
static void
end(struct gp_check_run *r, struct gp_jw *w)
{
	gp_jw_close(w, '}');
	if (!r->all->only)
		return;
	gp_buf_addc(w->b, '\n');
	w->comma = 0;
}

static int
prove(struct gp_check_run *r, struct gp_jw *w, size_t *errors)
{
	const struct gp_schema_error *e;
	int holds =
	    gp_schema_holds(r->all->schema, r->proof, r->reader, &r->rec, &e);

	if (holds != 0)
		return holds == -1 ? -1 : 0;
	begin(r, w);
	gp_jw_kstr(w, "level", gp_check_level_name(GP_CHECK_ERROR));
	gp_jw_kstr(w, "rule", "schema");
	gp_jw_ktext(w, "message", gp_buf_span(&e->what));
	gp_jw_ktext(
	    w, "member", (struct gp_span){ gp_buf_str(&e->where), e->where.n });
	end(r, w);
	(*errors)++;
	return 1;
}

static int
check(struct gp_check_run *r, struct gp_jw *w, size_t *errors)
{
	enum gp_check_kind kind = kind_of(r);
	const struct gp_check_finding *f;
	struct gp_check_item item;
	long n, i;

	if (kind == 0)
		return 0;
	if (gather(r, kind) == -1)
		return -1;
	fill(r, kind, &item);
	n = gp_check_text(r->checker, &item, &f);
	for (i = 0; i < n; i++) {
		begin(r, w);
		gp_check_put(w, &f[i], item.text);
		end(r, w);
		*errors += f[i].level == GP_CHECK_ERROR;
	}
	return n > 0 ? 1 : (int)n;
}

/* The record as it was read; its list is set, or taken out. */
static void
put(struct gp_check_run *r, struct gp_span line, int found, struct gp_buf *out)
{
	struct gp_json_edit edit = { "findings", { NULL, 0 } };

	if (found)
		edit.value = gp_buf_span(&r->list);
	if (found || gp_json_get(&r->rec, "findings").type != GP_JSON_NONE)
		gp_json_splice(out, &r->rec, &edit, 1);
	else
		gp_buf_add(out, line.p, line.n);
	gp_buf_addc(out, '\n');
}

static int
held_back(struct gp_check_run *r, size_t errors, struct gp_why *why)
{
	struct gp_span id = string(&r->id, gp_json_get(&r->rec, "id"));

	return gp_because(why, "held back: %zu error%s in '%.*s'", errors,
	    errors == 1 ? "" : "s", (int)(id.n < 200 ? id.n : 200), id.p);
}

/* How many were found of either sort; -1: no memory. */
static int
find(struct gp_check_run *r, struct gp_jw *w, size_t *errors)
{
	int proven = 0, checked = 0;

	if (r->all->schema != NULL)
		proven = prove(r, w, errors);
	if (proven != -1 && r->all->standard != NULL)
		checked = check(r, w, errors);
	return proven == -1 || checked == -1 ? -1 : proven | checked;
}

int
gp_check_line(struct gp_check_run *r, struct gp_span line, struct gp_buf *out,
    struct gp_why *why)
{
	struct gp_check *all = r->all;
	size_t errors = 0;
	struct gp_jw w;
	int found;

	if (gp_json_open(r->reader, line, GP_JSON_DEEP, &r->rec, why) == -1)
		return -1;
	gp_buf_reset(&r->list);
	gp_jw_init(&w, all->only ? out : &r->list);
	if (!all->only)
		gp_jw_open(&w, '[');
	found = find(r, &w, &errors);
	if (!all->only)
		gp_jw_close(&w, ']');
	if (found == -1 || r->list.bad)
		return gp_because(why, "no memory");
	atomic_fetch_add(&all->errors, errors);
	if (errors > 0 && all->hold)
		return held_back(r, errors, why);
	if (!all->only)
		put(r, line, found, out);
	return 0;
}
