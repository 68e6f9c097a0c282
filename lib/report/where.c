#include "report/where.h"

#include <stdlib.h>
#include <string.h>

enum {
	QUARTER = 900
};

static int
parse_hour(const char *s, uint32_t *no, struct gp_why *why)
{
	char *end;
	unsigned long h = strtoul(s, &end, 10);

	if (s[0] < '0' || s[0] > '9' || *end != '\0' || h > 23)
		return gp_because(why, "'%s' is no hour, 0 to 23", s);
	*no = (uint32_t)h;
	return 0;
}

static int
parse(const char *word, struct gp_condition *c, struct gp_ledger *l,
    struct gp_why *why)
{
	const char *eq = strchr(word, '=');
	struct gp_span key = { word, eq != NULL ? (size_t)(eq - word) : 0 };
	struct gp_dict_cache cache;

	if (eq == NULL)
		return gp_because(why, "'%s' is not KEY=VALUE", word);
	if (gp_span_is(key, "state")) {
		c->dim = GP_DIM_ALL;
		c->no = gp_state_find(gp_span_of(eq + 1));
		if (c->no == GP_STATES)
			return gp_because(why, "no state '%s'", eq + 1);
		return 0;
	}
	c->dim = gp_dim_find(key);
	if (c->dim == GP_DIM_ALL)
		return gp_because(why,
		    "'%.*s' is none of network, page, group, topic, assignee, "
		    "centre, calendar, hour, state",
		    (int)key.n, key.p);
	if (c->dim == GP_DIM_HOUR)
		return parse_hour(eq + 1, &c->no, why);
	gp_dict_cache_init(&cache, &l->dict[c->dim]);
	c->no = gp_dict_no(&cache, gp_span_of(eq + 1));
	gp_dict_cache_release(&cache);
	return 0;
}

int
gp_where_init(struct gp_where *w, const struct gp_list *list,
    struct gp_ledger *l, struct gp_why *why)
{
	size_t i;

	memset(w, 0, sizeof(*w));
	for (i = 0; i < list->n; i++, w->n++)
		if (parse(list->word[i], &w->v[i], l, why) == -1)
			return gp_because_of(why, "--where");
	return 0;
}

int
gp_where_hour(struct gp_where *w, uint32_t at)
{
	int64_t quarter = at / QUARTER;
	size_t i = (size_t)quarter % 4096;

	if (w->hour[i] == 0 || w->quarter[i] != quarter) {
		w->quarter[i] = quarter;
		w->hour[i] = (unsigned char)(gp_hour_of(at) + 1);
	}
	return w->hour[i] - 1;
}

int
gp_where_holds(struct gp_where *w, const struct gp_case *c, unsigned states)
{
	size_t i;
	int holds;

	for (i = 0; i < w->n; i++) {
		const struct gp_condition *k = &w->v[i];

		if (k->dim == GP_DIM_ALL)
			holds = (states >> k->no & 1) != 0;
		else if (k->dim == GP_DIM_HOUR)
			holds = c->at != 0 &&
			    (uint32_t)gp_where_hour(w, c->at) == k->no;
		else
			holds = gp_case_dim(c, k->dim) == k->no;
		if (!holds)
			return 0;
	}
	return 1;
}
