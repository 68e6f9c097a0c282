#include "suggest/suggest.h"

#include <stdlib.h>
#include <string.h>

#include "record/kind.h"
#include "suggest/compose.h"
#include "suggest/facts.h"
#include "suggest/seek.h"
#include "json/write.h"

enum {
	MOST_DRAFTS = 64, /* that are made and compared, of an appeal */
};

struct gp_suggest {
	struct gp_suggest_how how;
	struct gp_json_reader *json;
	struct gp_seek *seek;
	struct gp_facts *facts;
	struct gp_pool pool; /* of an appeal */
	struct gp_buf some;
	struct gp_draft draft[MOST_DRAFTS];
	size_t drafts;
};

struct gp_suggest *
gp_suggest_new(const struct gp_suggest_how *how)
{
	struct gp_suggest *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	s->how = *how;
	gp_pool_init(&s->pool);
	gp_buf_init(&s->some, 0);
	s->json = gp_json_new();
	s->facts = gp_facts_new(how->personal, how->past);
	if (how->past != NULL)
		s->seek = gp_seek_new(how->past);
	if (s->json != NULL && s->facts != NULL &&
	    (s->seek != NULL || how->past == NULL))
		return s;
	gp_suggest_free(s);
	return NULL;
}

void
gp_suggest_free(struct gp_suggest *s)
{
	if (s == NULL)
		return;
	gp_json_free(s->json);
	gp_seek_free(s->seek);
	gp_facts_free(s->facts);
	gp_pool_release(&s->pool);
	gp_buf_release(&s->some);
	free(s);
}

/* -- what is asked --------------------------------------------------------- */

static struct gp_span
text_of(struct gp_suggest *s, struct gp_json v)
{
	struct gp_span bare = gp_json_bare(v);

	if (bare.p != NULL || v.type != GP_JSON_STRING)
		return bare;
	gp_buf_reset(&s->some);
	gp_json_text(v, &s->some);
	return gp_pool_copy(&s->pool, gp_buf_span(&s->some));
}

/* A record that wants an answer from us now. */
static int
wants(struct gp_suggest *s, const struct gp_json_obj *rec)
{
	struct gp_json type = gp_json_get(rec, "type"), kind;

	if ((!gp_json_is(type, "comment") && !gp_json_is(type, "message")) ||
	    gp_json_is_there(gp_json_get(rec, "deleted")) ||
	    gp_json_is_there(gp_json_get(rec, "forgotten")) ||
	    gp_json_is_there(gp_json_get(rec, "duplicate_of")) ||
	    gp_json_is(
		gp_json_at(s->json, rec, "desk", "state", NULL), "answered") ||
	    gp_json_true(gp_json_at(s->json, rec, "author", "official", NULL)))
		return 0;
	kind = gp_json_at(s->json, rec, "class", "kind", NULL);
	return kind.type != GP_JSON_STRING ||
	    gp_kind_of(text_of(s, kind)) != GP_UNSORTED;
}

static int
when(struct gp_suggest *s, const struct gp_json_obj *rec, const char *name,
    gp_instant *t)
{
	return gp_instant_parse(
		   gp_json_bare(gp_json_at(s->json, rec, "due", name, NULL)),
		   t) == 0;
}

static void
read_asked(
    struct gp_suggest *s, const struct gp_json_obj *rec, struct gp_asked *a)
{
	struct gp_json_reader *r = s->json;

	*a = (struct gp_asked){
		.id = text_of(s, gp_json_get(rec, "id")),
		.text = text_of(s, gp_json_get(rec, "text")),
		.page = text_of(s, gp_json_get(rec, "page")),
		.kind = text_of(s, gp_json_at(r, rec, "class", "kind", NULL)),
		.group = text_of(s, gp_json_at(r, rec, "class", "group", NULL)),
		.topic = text_of(s, gp_json_at(r, rec, "class", "topic", NULL)),
		.author =
		    text_of(s, gp_json_at(r, rec, "author", "name", NULL)),
		.place = text_of(s, gp_json_at(r, rec, "route", "place", NULL)),
		.assignee =
		    text_of(s, gp_json_at(r, rec, "route", "assignee", NULL)),
	};
	a->has_first = when(s, rec, "first", &a->first);
	a->has_final = when(s, rec, "final", &a->final);
}

/* -- drafts ---------------------------------------------------------------- */

/* Two that say the same are one. */
static void
keep(struct gp_suggest *s, const struct gp_draft *d)
{
	size_t i;

	for (i = 0; i < s->drafts; i++)
		if (gp_span_eq(s->draft[i].text, d->text))
			return;
	if (s->drafts == MOST_DRAFTS)
		return;
	s->draft[s->drafts] = *d;
	s->draft[s->drafts].no = s->drafts;
	s->drafts++;
}

static int
compose(struct gp_suggest *s, const struct gp_fill *f,
    const struct gp_said *said, size_t nth)
{
	struct gp_draft d;
	int r = gp_compose(f, said, s->how.interim, nth, &d);

	if (r == 1)
		keep(s, &d);
	return r;
}

static int
from_past(struct gp_suggest *s, const struct gp_fill *f, struct gp_near near)
{
	const struct gp_past_answer *d = &s->how.past->doc[near.doc];
	struct gp_said said = { .id = d->id, .likeness = near.score };

	gp_buf_reset(&s->some);
	if (gp_facts_strip(s->facts, d->text, &s->some) == -1)
		return -1;
	if (s->some.n == 0) /* it greets and says goodbye */
		return 0;
	said.text = gp_pool_copy(&s->pool, gp_buf_span(&s->some));
	return compose(s, f, &said, 0);
}

/* Nobody promises by the words of another matter. */
static int
from_all_past(struct gp_suggest *s, const struct gp_fill *f)
{
	const struct gp_asked *a = f->asked;
	struct gp_seek_about about = { a->text, a->page, a->group, a->topic };
	struct gp_near near[GP_NEAR_MOST];
	long i, n;

	if (s->seek == NULL || s->how.interim)
		return 0;
	n = gp_seek_near(s->seek, &about, near);
	for (i = 0; i < n && near[i].score >= s->how.least; i++)
		if ((long)s->drafts < s->how.n + 2 &&
		    from_past(s, f, near[i]) == -1)
			return -1;
	return n == -1 ? -1 : 0;
}

static int
from_templates(struct gp_suggest *s, const struct gp_fill *f)
{
	const struct gp_said none = { .likeness = 0 };
	size_t nth;
	int r = 1;

	for (nth = 0; r == 1 && nth < (size_t)s->how.n; nth++)
		r = compose(s, f, &none, nth);
	return r == -1 ? -1 : 0;
}

static int
by_score(const void *a, const void *b)
{
	const struct gp_draft *x = a, *y = b;

	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return x->no < y->no ? -1 : 1;
}

/* -- writing --------------------------------------------------------------- */

static void
put_raw(struct gp_jw *w, const struct gp_json_obj *rec, const char *name)
{
	struct gp_json v = gp_json_get(rec, name);

	if (v.type == GP_JSON_NONE || v.type == GP_JSON_NULL)
		return;
	gp_jw_key(w, name);
	gp_jw_raw(w, v.text);
}

static void
put_appeal(struct gp_jw *w, const struct gp_json_obj *rec)
{
	gp_jw_key(w, "appeal");
	gp_jw_open(w, '{');
	put_raw(w, rec, "text");
	put_raw(w, rec, "at");
	put_raw(w, rec, "author");
	put_raw(w, rec, "url");
	gp_jw_close(w, '}');
}

static void
put_made(struct gp_suggest *s, struct gp_jw *w, const struct gp_asked *a,
    const struct gp_draft *d)
{
	char t[GP_INSTANT_LEN];
	size_t i;

	gp_jw_ktext(w, "text", d->text);
	gp_jw_kbool(w, s->how.interim ? "interim" : "final", 1);
	if (s->how.interim && a->has_final)
		gp_jw_kstr(w, "promised", gp_instant_utc(a->final, t));
	gp_jw_key(w, "origin");
	gp_jw_open(w, '[');
	for (i = 0; i < d->origins; i++)
		gp_jw_text(w, d->origin[i]);
	gp_jw_close(w, ']');
	gp_jw_kstr(w, "drafted_by", "gp-suggest");
	gp_jw_key(w, "score");
	gp_jw_real(w, d->score, 3);
}

/* A further reply to an appeal has a number of its own. */
static void
put_ids(
    struct gp_suggest *s, struct gp_jw *w, const struct gp_asked *a, size_t nth)
{
	unsigned before =
	    s->how.past != NULL ? gp_past_replies(s->how.past, a->id) : 0;
	struct gp_buf id;

	gp_buf_init(&id, 0);
	gp_buf_adds(&id, "draft:");
	gp_buf_add(&id, a->id.p, a->id.n);
	if (nth > 0)
		gp_buf_addf(&id, ":%zu", nth + 1);
	gp_jw_ktext(w, "id", gp_buf_span(&id));
	if (before > 0)
		gp_jw_kint(w, "nth", before + 1);
	gp_buf_release(&id);
}

static void
put_draft(struct gp_suggest *s, const struct gp_json_obj *rec,
    const struct gp_asked *a, size_t nth, struct gp_buf *out)
{
	static const char *const where[] = { "post", "chat", "parent",
		"thread" };
	static const char *const about[] = { "class", "route", "due" };
	char now[GP_INSTANT_LEN];
	struct gp_jw w;
	size_t i;

	gp_jw_init(&w, out);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "type", "draft");
	put_ids(s, &w, a, nth);
	put_raw(&w, rec, "network");
	put_raw(&w, rec, "page");
	gp_jw_kstr(&w, "at", gp_instant_utc(s->how.now, now));
	gp_jw_ktext(&w, "to", a->id);
	gp_jw_key(&w, "to_type");
	gp_jw_raw(&w, gp_json_get(rec, "type").text);
	for (i = 0; i < sizeof(where) / sizeof(where[0]); i++)
		put_raw(&w, rec, where[i]);
	put_appeal(&w, rec);
	for (i = 0; i < sizeof(about) / sizeof(about[0]); i++)
		put_raw(&w, rec, about[i]);
	put_made(s, &w, a, &s->draft[nth]);
	gp_jw_close(&w, '}');
	gp_buf_addc(out, '\n');
}

static int
suggest(struct gp_suggest *s, const struct gp_json_obj *rec, struct gp_buf *out,
    struct gp_why *why)
{
	struct gp_asked a;
	struct gp_fill f = { s->how.templates, s->how.title, s->how.personal,
		&a, s->how.now, &s->pool };
	size_t i;

	read_asked(s, rec, &a);
	if (a.id.n == 0)
		return gp_because(why, "'id' is missing");
	if (a.text.n == 0) /* a picture alone: a person has to look */
		return 0;
	s->drafts = 0;
	if (from_all_past(s, &f) == -1 || from_templates(s, &f) == -1 ||
	    s->pool.bad || s->some.bad)
		return gp_because(why, "no memory");
	qsort(s->draft, s->drafts, sizeof(*s->draft), by_score);
	for (i = 0; i < s->drafts && (long)i < s->how.n; i++)
		put_draft(s, rec, &a, i, out);
	return 0;
}

int
gp_suggest_line(struct gp_suggest *s, struct gp_span line, struct gp_buf *out,
    struct gp_why *why)
{
	struct gp_json_obj rec;

	gp_pool_reset(&s->pool);
	if (gp_json_open(s->json, line, 0, &rec, why) == -1)
		return -1;
	return wants(s, &rec) ? suggest(s, &rec, out, why) : 0;
}
