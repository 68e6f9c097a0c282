/* Rules, assignees, terms and centres that lead back to themselves. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "term/routes_load.h"

void
gp_route_say(const struct gp_routes *r, struct gp_findings *all, int error,
    unsigned file, const struct gp_yaml *at, const char *fmt, ...)
{
	struct gp_why why = { "" };
	char msg[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	gp_yaml_because(r->file[file].doc, at, &why, "%s", msg);
	gp_findings_add(all, error, &why);
}

/* 1: following `next` from `from` leads back to it. */
static int
is_loop(const struct gp_routes *r, size_t n, long from,
    long (*next)(const struct gp_routes *, long))
{
	long at = next(r, from);
	size_t hops;

	for (hops = 0; at != GP_NO && at != from && hops <= n; hops++)
		at = next(r, at);
	return at == from;
}

static long
next_rule(const struct gp_routes *r, long no)
{
	return r->rule[no].same_as;
}

static long
next_assignee(const struct gp_routes *r, long no)
{
	return r->assignee[no].same_as;
}

static long
next_terms(const struct gp_routes *r, long no)
{
	return r->terms[no].important;
}

/* The rule sends on what a centre gets: its own ones, its default, or that of
 * the whole where it has none. The common ones do so only once. */
static int
sends(const struct gp_routes *r, size_t rule, long centre)
{
	if (r->rule[rule].redirect == GP_NO)
		return 0;
	if ((long)rule == r->centre[0].otherwise)
		return r->centre[centre].otherwise == GP_NO;
	return r->rule[rule].of == centre;
}

static int
reaches(const struct gp_routes *r, long from, long to,
    unsigned char seen[GP_ROUTE_CENTRES])
{
	size_t i;
	long on;

	seen[from] = 1;
	for (i = 0; i < r->rules; i++) {
		if (!sends(r, i, from))
			continue;
		on = r->rule[i].redirect;
		if (on == to || (!seen[on] && reaches(r, on, to, seen)))
			return 1;
	}
	return 0;
}

static void
redirects(const struct gp_routes *r, struct gp_findings *all)
{
	unsigned char seen[GP_ROUTE_CENTRES];
	const struct gp_route_rule *rule;
	size_t i;
	long c;

	for (c = 1; c < (long)r->centres; c++)
		for (i = 0; i < r->rules; i++) {
			rule = &r->rule[i];
			if (!sends(r, i, c))
				continue;
			memset(seen, 0, sizeof(seen));
			if (rule->redirect != c &&
			    !reaches(r, rule->redirect, c, seen))
				continue;
			gp_route_say(r, all, 1, rule->file, rule->node,
			    "a loop: '%s' redirects to '%s', which leads back",
			    r->centre[c].name, r->centre[rule->redirect].name);
		}
}

void
gp_routes_loops(const struct gp_routes *r, struct gp_findings *all)
{
	size_t i;

	for (i = 0; i < r->rules; i++)
		if (is_loop(r, r->rules, (long)i, next_rule))
			gp_route_say(r, all, 1, r->rule[i].file,
			    r->rule[i].node,
			    "a loop: the rule '%s' is 'same_as' itself, by "
			    "'%s'",
			    r->rule[i].name, r->rule[r->rule[i].same_as].name);
	for (i = 0; i < r->assignees; i++)
		if (is_loop(r, r->assignees, (long)i, next_assignee))
			gp_route_say(r, all, 1, r->assignee[i].file,
			    r->assignee[i].node,
			    "a loop: the assignee '%s' is 'same_as' itself, "
			    "by '%s'",
			    r->assignee[i].name,
			    r->assignee[r->assignee[i].same_as].name);
	for (i = 0; i < r->term_sets; i++)
		if (is_loop(r, r->term_sets, (long)i, next_terms))
			gp_route_say(r, all, 1, r->terms[i].file,
			    r->terms[i].node,
			    "a loop: the term '%s' is the important one of "
			    "itself",
			    r->terms[i].name);
	redirects(r, all);
}
