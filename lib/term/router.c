#include "term/router.h"

#include <stdlib.h>
#include <string.h>

#include "term/router_inner.h"

struct gp_router *
gp_router_new(const struct gp_router_how *how)
{
	struct gp_router *r = calloc(1, sizeof(*r));
	int i;

	if (r == NULL)
		return NULL;
	r->how = how;
	for (i = 0; i < GP_ROUTER_TEXTS; i++)
		gp_buf_init(&r->text[i], 0);
	gp_buf_init(&r->route, 0);
	gp_buf_init(&r->due, 0);
	r->reader = gp_json_new();
	r->chooser = gp_chooser_new(how->routes);
	r->stepper = gp_stepper_new(how->routes, how->lang);
	r->head = calloc(how->routes->rules + 1, sizeof(*r->head));
	r->tail = calloc(2 * how->routes->term_sets + 1, sizeof(*r->tail));
	if (r->reader != NULL && r->chooser != NULL && r->stepper != NULL &&
	    r->head != NULL && r->tail != NULL)
		return r;
	gp_router_free(r);
	return NULL;
}

void
gp_router_free(struct gp_router *r)
{
	size_t k;
	int i;

	if (r == NULL)
		return;
	for (k = 0; r->head != NULL && k < r->how->routes->rules; k++)
		free(r->head[k].text);
	for (k = 0; r->tail != NULL && k < 2 * r->how->routes->term_sets; k++)
		free(r->tail[k].text);
	free(r->head);
	free(r->tail);
	gp_json_free(r->reader);
	gp_chooser_free(r->chooser);
	gp_stepper_free(r->stepper);
	for (i = 0; i < GP_ROUTER_TEXTS; i++)
		gp_buf_release(&r->text[i]);
	gp_buf_release(&r->route);
	gp_buf_release(&r->due);
	free(r);
}

/* A string's text, borrowed or in the buffer; what is none has none. */
static struct gp_span
text_of(struct gp_router *r, int no, struct gp_json v)
{
	struct gp_span s = gp_json_bare(v);

	if (s.p != NULL || v.type != GP_JSON_STRING)
		return s;
	gp_buf_reset(&r->text[no]);
	gp_json_text(v, &r->text[no]);
	return gp_buf_span(&r->text[no]);
}

/* A constant n makes memcmp a comparison, not a call. */
#define IS(name, member)                                \
	if (memcmp(key.p, name, sizeof(name) - 1) == 0) \
	return member

static int
plain(struct gp_span key)
{
	switch (key.n) {
	case 2:
		IS("at", GP_R_AT);
		IS("id", GP_R_ID);
		break;
	case 3:
		IS("due", GP_R_DUE);
		break;
	case 4:
		IS("type", GP_R_TYPE);
		IS("page", GP_R_PAGE);
		IS("seen", GP_R_SEEN);
		IS("text", GP_R_TEXT);
		break;
	case 5:
		IS("class", GP_R_CLASS);
		IS("route", GP_R_ROUTE);
		break;
	case 6:
		IS("author", GP_R_AUTHOR);
		break;
	case 7:
		IS("deleted", GP_R_DELETED);
		break;
	case 10:
		IS("registered", GP_R_REGISTERED);
		break;
	}
	return -1;
}

static int
which(struct gp_span key)
{
	static const char *const names[GP_R_MEMBERS] = { "at", "seen",
		"registered", "id", "type", "page", "text", "class", "author",
		"deleted", "route", "due" };
	int i = plain(key);

	/* "\u0061t" is a way to write "at", and the shortest such. */
	if (i != -1 || key.n < 7 || memchr(key.p, '\\', key.n) == NULL)
		return i;
	for (i = 0; i < GP_R_MEMBERS; i++)
		if (gp_json_key_is(key, names[i]))
			return i;
	return -1;
}

/* Once over the record: to ask for each member took a tenth of a run. */
static void
pick(struct gp_router *r)
{
	size_t i;
	int k;

	memset(r->m, 0, sizeof(r->m));
	for (i = 0; i < r->rec.n; i++) {
		k = which(r->rec.m[i].key);
		if (k != -1)
			r->m[k] = r->rec.m[i].value;
	}
}

static struct gp_json
inside(struct gp_router *r, enum gp_router_member member, const char *name)
{
	struct gp_json_obj o;

	if (r->m[member].type != GP_JSON_OBJECT ||
	    gp_json_enter(r->reader, r->m[member], &o) == -1)
		return (struct gp_json){ .type = GP_JSON_NONE };
	return gp_json_get(&o, name);
}

/* A member that a person has set stays; gp-record(5). */
static int
by_person(struct gp_router *r, enum gp_router_member member)
{
	return !r->how->again && gp_json_is(inside(r, member, "by"), "person");
}

static int
is_appeal(struct gp_router *r)
{
	struct gp_json type = r->m[GP_R_TYPE];

	if (!gp_json_is(type, "comment") && !gp_json_is(type, "message"))
		return 0;
	if (gp_json_true(r->m[GP_R_DELETED]))
		return 0;
	return !gp_json_true(inside(r, GP_R_AUTHOR, "official"));
}

static int
class_of(struct gp_router *r, struct gp_why *why)
{
	struct gp_json v = r->m[GP_R_CLASS];
	struct gp_json_obj class;

	memset(&r->in, 0, sizeof(r->in));
	if (v.type == GP_JSON_OBJECT) {
		if (gp_json_enter(r->reader, v, &class) == -1)
			return gp_because(why, "no memory");
		r->in.topic = text_of(r, 0, gp_json_get(&class, "topic"));
		r->in.group = text_of(r, 1, gp_json_get(&class, "group"));
		r->in.kind = text_of(r, 2, gp_json_get(&class, "kind"));
	}
	r->in.page = text_of(r, 3, r->m[GP_R_PAGE]);
	r->in.text = text_of(r, 4, r->m[GP_R_TEXT]);
	if (r->text[0].bad || r->text[1].bad || r->text[2].bad ||
	    r->text[3].bad || r->text[4].bad || gp_json_lacked(r->reader))
		return gp_because(why, "no memory");
	return 0;
}

int
gp_router_open(struct gp_router *r, struct gp_span in, struct gp_why *why)
{
	if (gp_json_open(r->reader, in, 0, &r->rec, why) == -1)
		return -1;
	pick(r);
	if (!is_appeal(r))
		return 0;
	r->route_stays = by_person(r, GP_R_ROUTE);
	r->due_stays = by_person(r, GP_R_DUE);
	if (r->route_stays && r->due_stays)
		return 0;
	return class_of(r, why) == -1 ? -1 : 1;
}

/* The record's own times. What is there and no instant is refused. */
static int
times(struct gp_router *r, struct gp_times *t, struct gp_why *why)
{
	static const char *const names[] = { "at", "seen", "registered" };
	struct gp_json v;
	struct gp_span s;
	int i;

	t->has = 0;
	for (i = 0; i < 3; i++) {
		v = r->m[GP_R_AT + i];
		if (v.type == GP_JSON_NONE || v.type == GP_JSON_NULL)
			continue;
		s = text_of(r, 5, v);
		if (gp_instant_parse(s, &t->at[i]) == -1)
			return gp_because(why, "'%s' is not an instant: %.*s",
			    names[i], (int)(v.text.n < 60 ? v.text.n : 60),
			    v.text.p);
		t->has |= 1u << i;
	}
	return 0;
}

int
gp_router_decide(struct gp_router *r, struct gp_why *why)
{
	struct gp_times t;

	if (gp_choose(r->chooser, &r->in, &r->choice) == -1)
		return gp_because(why, "too many rules");
	if (r->choice.skipped || r->due_stays)
		return 0;
	if (times(r, &t, why) == -1)
		return -1;
	return gp_answer_of(r->how->routes, &r->choice, &t, &r->answer, why);
}

/* Assignee, centre and rule: the same for all records that it takes. */
static const struct gp_route_head *
head_of(struct gp_router *r, long rule)
{
	const struct gp_routes *routes = r->how->routes;
	struct gp_route_head *h = &r->head[rule];
	struct gp_buf b;
	struct gp_jw w;
	long who;

	if (h->text != NULL && h->of == &routes->centre[r->choice.centre])
		return h;
	free(h->text);
	gp_buf_init(&b, 0);
	gp_jw_init(&w, &b);
	gp_jw_open(&w, '{');
	who = gp_routes_assignee(routes, routes->rule[rule].assignee);
	if (who != GP_NO)
		gp_jw_kstr(&w, "assignee", routes->assignee[who].name);
	gp_jw_kstr(&w, "centre", routes->centre[r->choice.centre].name);
	gp_jw_kstr(&w, "rule", routes->rule[rule].label);
	h->of = &routes->centre[r->choice.centre];
	h->n = b.n;
	h->text = gp_buf_detach(&b);
	return h->text != NULL ? h : NULL;
}

static void
put_route(struct gp_router *r)
{
	const struct gp_routes *routes = r->how->routes;
	const struct gp_choice *c = &r->choice;
	const struct gp_route_head *h;
	struct gp_jw w;
	size_t i;

	gp_buf_reset(&r->route);
	gp_jw_init(&w, &r->route);
	if (c->rule == GP_NO) {
		gp_jw_open(&w, '{');
		gp_jw_kstr(&w, "centre", routes->centre[c->centre].name);
	} else if ((h = head_of(r, c->rule)) != NULL) {
		gp_buf_add(&r->route, h->text, h->n);
		w.comma = 1;
	} else {
		r->route.bad = 2;
	}
	if (c->place != GP_PLACE_NONE)
		gp_jw_kstr(&w, "place", routes->places.v[c->place].label);
	if (c->ties > 0) {
		gp_jw_key(&w, "ties");
		gp_jw_open(&w, '[');
		for (i = 0; i < c->ties; i++)
			gp_jw_str(&w, routes->rule[c->tie[i]].label);
		gp_jw_close(&w, ']');
	}
	gp_jw_close(&w, '}');
}

static void
put_instant(struct gp_jw *w, const char *key, gp_instant t)
{
	char text[GP_INSTANT_LEN];

	gp_jw_ktext(w, key,
	    (struct gp_span){ gp_instant_utc(t, text), GP_INSTANT_LEN - 1 });
}

/* From the term's name to where the steps begin. */
static const struct gp_route_head *
tail_of(struct gp_router *r)
{
	const struct gp_answer *a = &r->answer;
	struct gp_route_head *h =
	    &r->tail[2 * (a->terms - r->how->routes->terms) + a->important];
	struct gp_buf b;
	struct gp_jw w;

	if (h->text != NULL && h->of == a->hours)
		return h;
	free(h->text);
	gp_buf_init(&b, 0);
	gp_jw_init(&w, &b);
	w.comma = 1;
	gp_jw_kstr(&w, "rule", a->terms->label);
	gp_jw_kstr(&w, "calendar",
	    a->hours->schedule->always ? "always" : a->hours->calendar->name);
	if (a->important)
		gp_jw_kbool(&w, "important", 1);
	gp_jw_key(&w, "why");
	h->of = a->hours;
	h->n = b.n;
	h->text = gp_buf_detach(&b);
	return h->text != NULL ? h : NULL;
}

static void
put_due(struct gp_router *r)
{
	const struct gp_answer *a = &r->answer;
	const struct gp_route_head *h = tail_of(r);
	struct gp_jw w;

	gp_buf_reset(&r->due);
	gp_jw_init(&w, &r->due);
	gp_jw_open(&w, '{');
	if (a->terms->first.set)
		put_instant(&w, "first", a->first.end);
	if (a->terms->final.set)
		put_instant(&w, "final", a->final.end);
	if (h != NULL)
		gp_buf_add(&r->due, h->text, h->n);
	else
		r->due.bad = 2;
	gp_steps_put(r->stepper, a, &r->due);
	gp_buf_addc(&r->due, '}');
}

int
gp_router_line(struct gp_router *r, struct gp_span in, struct gp_buf *out,
    struct gp_why *why)
{
	struct gp_json_edit edit[2];
	size_t n = 0;
	int is = gp_router_open(r, in, why);

	if (is == -1 || (is == 1 && gp_router_decide(r, why) == -1))
		return -1;
	if (is == 1 && !r->choice.skipped && !r->route_stays) {
		put_route(r);
		edit[n++] =
		    (struct gp_json_edit){ "route", gp_buf_span(&r->route) };
	}
	if (is == 1 && !r->choice.skipped && !r->due_stays &&
	    r->answer.terms != NULL) {
		put_due(r);
		edit[n++] =
		    (struct gp_json_edit){ "due", gp_buf_span(&r->due) };
	}
	if (r->route.bad || r->due.bad)
		return gp_because(why, "no memory");
	if (n > 0)
		gp_json_splice(out, &r->rec, edit, n);
	else
		gp_buf_add(out, in.p, in.n);
	gp_buf_addc(out, '\n');
	return 0;
}
