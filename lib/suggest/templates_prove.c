#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "suggest/fill.h"
#include "suggest/hole.h"
#include "suggest/templates.h"

struct proof {
	const struct gp_templates *t;
	const struct gp_taxonomy *tax;
	struct gp_findings *all;
};

static void say(const struct proof *, int error, const struct gp_wording *,
    const char *, ...) GP_PRINTF(4, 5);

/* w NULL: of the file as a whole. */
static void
say(const struct proof *pf, int error, const struct gp_wording *w,
    const char *fmt, ...)
{
	struct gp_why why = { "" };
	char msg[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	if (w != NULL)
		gp_because(&why, "%s:%u: '%s': %s", pf->t->path, w->line,
		    w->name, msg);
	else
		gp_because(&why, "%s: %s", pf->t->path, msg);
	gp_findings_add(pf->all, error, &why);
}

static int
in_map(const struct gp_yaml *map, struct gp_span name)
{
	size_t i;

	for (i = 0; map != NULL && i < map->n; i++)
		if (gp_span_eq(map->key[i].text, name))
			return 1;
	return 0;
}

static int
in_some(const struct gp_slots_of *v, size_t n, struct gp_span name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (in_map(v[i].slots, name))
			return 1;
	return 0;
}

static int
is_slot(const struct gp_templates *t, struct gp_span name)
{
	return gp_slot_is_own(name) || in_map(t->slots, name) ||
	    in_some(t->page, t->pages, name) ||
	    in_some(t->assignee, t->assignees, name);
}

static void
prove_text(const struct proof *pf, const struct gp_wording *w)
{
	struct gp_span s = gp_span_of(w->text), name;
	size_t at[2], from = 0;

	for (; gp_hole_next(s, from, at); from = at[1]) {
		if (at[1] - at[0] < 5 || s.p[at[1] - 1] != '}') {
			say(pf, 1, w, "'{{' is not closed, or holds no name");
			continue;
		}
		name = (struct gp_span){ s.p + at[0] + 2, at[1] - at[0] - 4 };
		if (!is_slot(pf->t, name) && !gp_words_have(pf->t->holes, name))
			say(pf, 1, w,
			    "'%.*s' is neither a slot nor among the holes",
			    (int)name.n, name.p);
	}
}

static int
is_known(
    const struct gp_taxonomy *tax, enum gp_owner_type type, struct gp_span name)
{
	size_t i;

	for (i = 0; i < tax->owners; i++)
		if (tax->owner[i].type == type &&
		    gp_span_is(name, tax->owner[i].name))
			return 1;
	return 0;
}

static const struct gp_yaml *
nth(const struct gp_yaml *list, size_t i)
{
	if (list == NULL)
		return NULL;
	if (list->type == GP_YAML_SCALAR)
		return i == 0 ? list : NULL;
	return i < list->n ? &list->item[i] : NULL;
}

static void
prove_names(const struct proof *pf, const struct gp_wording *w,
    const struct gp_yaml *list, enum gp_owner_type type, const char *what)
{
	const struct gp_yaml *v;
	size_t i;

	for (i = 0; (v = nth(list, i)) != NULL; i++)
		if (!is_known(pf->tax, type, v->text))
			say(pf, 1, w, "the taxonomy has no %s '%s'", what,
			    v->text.p);
}

static void
prove_needs(const struct proof *pf, const struct gp_wording *w)
{
	const struct gp_yaml *v;
	size_t i;

	for (i = 0; (v = nth(w->need, i)) != NULL; i++)
		if (!is_slot(pf->t, v->text) &&
		    !gp_words_have(pf->t->holes, v->text))
			say(pf, 1, w, "'if' asks for '%s', which is no slot",
			    v->text.p);
}

static int
is_plain(const struct gp_wording *w)
{
	return w->kind == NULL && w->group == NULL && w->topic == NULL &&
	    w->need == NULL;
}

/* Behind one that always fits no other plain one comes to its turn; of the
 * matter there are several drafts. */
static void
prove_part(const struct proof *pf, enum gp_answer_part part)
{
	const struct gp_yaml_list *list = &pf->t->part[part];
	const struct gp_wording *w = list->v;
	int has[2] = { 0, 0 }, interim;
	size_t i;

	for (i = 0; i < list->n; i++) {
		if (!is_plain(&w[i]))
			continue;
		for (interim = 0; interim < 2; interim++) {
			if (w[i].answer != NULL &&
			    (strcmp(w[i].answer, "interim") == 0) != interim)
				continue;
			if (has[interim] && part != GP_PART_MATTER)
				say(pf, 0, &w[i],
				    "is never chosen for %s answers",
				    interim ? "interim" : "final");
			has[interim] = 1;
		}
	}
	for (interim = 0; interim < 2; interim++)
		if (!has[interim] &&
		    (part == GP_PART_MATTER || part == GP_PART_GREETING))
			say(pf, 1, NULL,
			    "'%s' has no wording for every %s answer",
			    gp_part_name(part), interim ? "interim" : "final");
}

void
gp_templates_prove(const struct gp_templates *t, const struct gp_taxonomy *tax,
    struct gp_findings *all)
{
	struct proof pf = { t, tax, all };
	const struct gp_wording *w;
	int part;
	size_t i;

	for (part = 0; part < GP_PARTS; part++) {
		for (i = 0; i < t->part[part].n; i++) {
			w = (const struct gp_wording *)t->part[part].v + i;
			prove_text(&pf, w);
			prove_needs(&pf, w);
			prove_names(&pf, w, w->kind, GP_KIND, "kind");
			prove_names(&pf, w, w->group, GP_GROUP, "group");
			prove_names(&pf, w, w->topic, GP_TOPIC, "topic");
		}
		prove_part(&pf, (enum gp_answer_part)part);
	}
}
