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
	if (r->reader != NULL && r->chooser != NULL && r->stepper != NULL)
		return r;
	gp_router_free(r);
	return NULL;
}

void
gp_router_free(struct gp_router *r)
{
	int i;

	if (r == NULL)
		return;
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

/* A member that a person has set stays; gp-record(5). */
static int
by_person(struct gp_router *r, const char *member)
{
	return !r->how->again &&
	    gp_json_is(
		gp_json_at(r->reader, &r->rec, member, "by", NULL), "person");
}

static int
is_appeal(struct gp_router *r)
{
	struct gp_json type = gp_json_get(&r->rec, "type");

	if (!gp_json_is(type, "comment") && !gp_json_is(type, "message"))
		return 0;
	if (gp_json_true(gp_json_get(&r->rec, "deleted")))
		return 0;
	return !gp_json_true(
	    gp_json_at(r->reader, &r->rec, "author", "official", NULL));
}

static int
class_of(struct gp_router *r, struct gp_why *why)
{
	struct gp_json v = gp_json_get(&r->rec, "class");
	struct gp_json_obj class;

	memset(&r->in, 0, sizeof(r->in));
	if (v.type == GP_JSON_OBJECT) {
		if (gp_json_enter(r->reader, v, &class) == -1)
			return gp_because(why, "no memory");
		r->in.topic = text_of(r, 0, gp_json_get(&class, "topic"));
		r->in.group = text_of(r, 1, gp_json_get(&class, "group"));
		r->in.kind = text_of(r, 2, gp_json_get(&class, "kind"));
	}
	r->in.page = text_of(r, 3, gp_json_get(&r->rec, "page"));
	r->in.text = text_of(r, 4, gp_json_get(&r->rec, "text"));
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
	if (!is_appeal(r))
		return 0;
	r->route_stays = by_person(r, "route");
	r->due_stays = by_person(r, "due");
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
		v = gp_json_get(&r->rec, names[i]);
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
	return gp_answer_of(
	    r->how->routes, &r->choice, &t, &r->answer, why);
}

static void
put_route(struct gp_router *r)
{
	const struct gp_routes *routes = r->how->routes;
	const struct gp_choice *c = &r->choice;
	const struct gp_route_rule *rule =
	    c->rule != GP_NO ? &routes->rule[c->rule] : NULL;
	struct gp_jw w;
	long who;
	size_t i;

	gp_buf_reset(&r->route);
	gp_jw_init(&w, &r->route);
	gp_jw_open(&w, '{');
	who = rule != NULL ? gp_routes_assignee(routes, rule->assignee) : GP_NO;
	if (who != GP_NO)
		gp_jw_kstr(&w, "assignee", routes->assignee[who].name);
	gp_jw_kstr(&w, "centre", routes->centre[c->centre].name);
	if (rule != NULL)
		gp_jw_kstr(&w, "rule", rule->label);
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

static void
put_due(struct gp_router *r)
{
	const struct gp_answer *a = &r->answer;
	const struct gp_terms *t = a->terms;
	struct gp_jw w;

	gp_buf_reset(&r->due);
	gp_jw_init(&w, &r->due);
	gp_jw_open(&w, '{');
	if (t->first.set)
		put_instant(&w, "first", a->first.end);
	if (t->final.set)
		put_instant(&w, "final", a->final.end);
	gp_jw_key(&w, "rule");
	gp_json_quote(&r->due, gp_span_of(t->label));
	w.comma = 1;
	gp_jw_kstr(&w, "calendar",
	    a->hours->schedule->always ? "always" : a->hours->calendar->name);
	if (a->important)
		gp_jw_kbool(&w, "important", 1);
	gp_jw_key(&w, "why");
	gp_steps_put(r->stepper, a, &r->due);
	w.comma = 1;
	gp_jw_close(&w, '}');
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
		edit[n++] = (struct gp_json_edit){ "route",
			gp_buf_span(&r->route) };
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
