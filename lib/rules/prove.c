#include "rules/prove.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char KINDS[] = "complaint|question|request|suggestion|thanks|"
			    "info|danger|insult|spam|other";

struct proof {
	const struct gp_taxonomy *tax;
	struct gp_findings *all;
};

static void say(const struct proof *, int error, const struct gp_yaml *,
    const char *, ...) GP_PRINTF(4, 5);

static void
say(const struct proof *pf, int error, const struct gp_yaml *at,
    const char *fmt, ...)
{
	struct gp_why why = { "" };
	char msg[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	gp_yaml_because(pf->tax->doc, at, &why, "%s", msg);
	gp_findings_add(pf->all, error, &why);
}

static int
by_trigger(const void *a, const void *b)
{
	const struct gp_rule *x = *(const struct gp_rule *const *)a;
	const struct gp_rule *y = *(const struct gp_rule *const *)b;

	if (x->trigger != y->trigger)
		return x->trigger < y->trigger ? -1 : 1;
	return (x > y) - (x < y);
}

static unsigned
group_of(const struct gp_taxonomy *tax, const struct gp_rule *r)
{
	const struct gp_owner *o = &tax->owner[r->owner];

	return o->type == GP_TOPIC ? o->group : r->owner;
}

static int
decides_alone(const struct gp_taxonomy *tax, const struct gp_rule *r)
{
	return !r->exclude && tax->owner[r->owner].type != GP_KIND &&
	    r->weight >= tax->least.group;
}

/* Two rules of the same words, a before b. */
static void
prove_pair(
    const struct proof *pf, const struct gp_rule *a, const struct gp_rule *b)
{
	const struct gp_taxonomy *tax = pf->tax;

	if (a->calls || b->calls)
		return;
	if (a->owner == b->owner && a->exclude == b->exclude)
		say(pf, 1, b->node, "'%s': '%s' in line %u is the same term",
		    b->text, a->text, a->node->line);
	else if (a->owner == b->owner)
		say(pf, 1, b->node,
		    "'%s': '%s' in line %u is included, this excludes it",
		    b->text, a->text, a->node->line);
	else if (decides_alone(tax, a) && decides_alone(tax, b) &&
	    group_of(tax, a) != group_of(tax, b))
		say(pf, 0, b->node,
		    "'%s' decides for '%s' and, in line %u, '%s'", b->text,
		    tax->owner[group_of(tax, b)].name, a->node->line,
		    tax->owner[group_of(tax, a)].name);
}

static void
prove_terms(const struct proof *pf)
{
	const struct gp_taxonomy *tax = pf->tax;
	const struct gp_rule **r = calloc(tax->rules + 1, sizeof(*r));
	size_t i, k;

	if (r == NULL) {
		pf->all->bad = 1;
		return;
	}
	for (i = 0; i < tax->rules; i++)
		r[i] = &tax->rule[i];
	qsort(r, tax->rules, sizeof(*r), by_trigger);
	for (i = 1; i < tax->rules; i++)
		for (k = i; k-- > 0 && r[k]->trigger == r[i]->trigger;)
			prove_pair(pf, r[k], r[i]);
	free(r);
}

static void
prove_kind(const struct proof *pf, const struct gp_owner *o)
{
	const char *p = strstr(KINDS, o->name), *like;
	size_t n = strlen(o->name);
	char near[64];

	if (p != NULL && (p == KINDS || p[-1] == '|') &&
	    (p[n] == '|' || p[n] == '\0'))
		return;
	like = gp_nearest(KINDS, o->name, near);
	say(pf, 1, o->node, "unknown kind '%s'%s%s%s", o->name,
	    like != NULL ? ": is '" : "", like != NULL ? like : "",
	    like != NULL ? "' meant?" : "");
}

/* What all include rules of an owner come to. */
static long *
sums(const struct gp_taxonomy *tax)
{
	long *most = calloc(tax->owners + 1, sizeof(*most));
	size_t i;

	for (i = 0; most != NULL && i < tax->rules; i++)
		if (!tax->rule[i].exclude && !tax->rule[i].calls)
			most[tax->rule[i].owner] += tax->rule[i].weight;
	return most;
}

static void
prove_reach(
    const struct proof *pf, const struct gp_owner *o, long most, int least)
{
	static const char *const what[] = { "kind", "group", "topic" };

	if (most == 0)
		say(pf, 1, o->node, "the %s '%s' has no terms", what[o->type],
		    o->name);
	else if (most < least)
		say(pf, 1, o->node,
		    "the %s '%s' never reaches %g: its terms come to %g",
		    what[o->type], o->name, (double)least / GP_WEIGHT,
		    (double)most / GP_WEIGHT);
}

static void
prove_owners(const struct proof *pf)
{
	const struct gp_taxonomy *tax = pf->tax;
	const struct gp_owner *o = tax->owner;
	long *most = sums(tax), *whole = sums(tax);
	size_t i;

	for (i = 0; most != NULL && whole != NULL && i < tax->owners; i++)
		if (o[i].type == GP_TOPIC)
			whole[o[i].group] += most[i];
	for (i = 0; most != NULL && whole != NULL && i < tax->owners; i++) {
		if (o[i].type == GP_KIND) {
			prove_kind(pf, &o[i]);
			prove_reach(pf, &o[i], most[i], tax->least.kind);
		} else if (o[i].type == GP_GROUP) {
			prove_reach(pf, &o[i], whole[i], tax->least.group);
		} else {
			/* the group's own count with a topic's */
			prove_reach(pf, &o[i],
			    most[i] > 0 ? most[i] + most[o[i].group] : 0,
			    tax->least.topic);
		}
	}
	if (most == NULL || whole == NULL)
		pf->all->bad = 1;
	free(most);
	free(whole);
}

void
gp_taxonomy_prove(const struct gp_taxonomy *tax, struct gp_findings *all)
{
	struct proof pf = { tax, all };

	prove_owners(&pf);
	prove_terms(&pf);
}
