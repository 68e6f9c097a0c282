#include "learn/stand.h"

#include <stdlib.h>
#include <string.h>

/* The least df that keeps at most `most` of the features from `first` on. */
static uint32_t
least_df(const struct gp_corpus *c, size_t first, uint32_t least, size_t most)
{
	size_t i, n;

	for (;; least += least / 8 + 1) {
		for (i = first, n = 0; i < c->n; i++)
			n += c->df[i] >= least;
		if (n <= most || least > UINT32_MAX / 2)
			return least;
	}
}

static void
name_them(struct gp_stand *s, struct gp_corpus *c)
{
	size_t i;

	for (i = 0; i < s->n; i++) {
		s->in[i] = GP_NO_FEATURE;
		if (c->df[i] >= s->least || c->back[i] == 0)
			continue;
		while (c->n > c->slots / 4 && !c->bad)
			gp_corpus_widen(c);
		s->in[i] = gp_corpus_number(c, c->back[i], 0);
	}
}

/* In how many texts each of them stands; latest[]: the last such row. */
static void
count(const struct gp_stand *s, struct gp_corpus *c, uint32_t *latest)
{
	size_t i, k;
	uint32_t id;

	for (i = 0; i < c->rows; i++) {
		if (c->leave != NULL && c->leave[i])
			continue;
		for (k = c->row[i].at; k < c->row[i + 1].at; k++) {
			id = s->in[c->entry[k] >> 8];
			if (id == GP_NO_FEATURE || latest[id] == i)
				continue;
			latest[id] = (uint32_t)i;
			c->df[id]++;
		}
	}
}

int
gp_stand_init(
    struct gp_stand *s, struct gp_corpus *c, uint32_t least, size_t most)
{
	uint32_t *latest;
	size_t i, kept = 0;

	s->n = c->n;
	s->least = s->least_in = least_df(c, 0, least, most);
	s->in = malloc((s->n + 1) * sizeof(*s->in));
	if (s->in == NULL)
		return -1;
	for (i = 0; i < s->n; i++)
		kept += c->df[i] >= s->least;
	name_them(s, c);
	latest = malloc((c->n + 1) * sizeof(*latest));
	if (latest == NULL || c->bad) {
		free(latest);
		gp_stand_release(s);
		return -1;
	}
	memset(latest, 0xff, (c->n + 1) * sizeof(*latest));
	count(s, c, latest);
	free(latest);
	s->least_in =
	    least_df(c, s->n, s->least, most > kept ? most - kept : 0);
	return 0;
}

void
gp_stand_release(struct gp_stand *s)
{
	free(s->in);
	s->in = NULL;
}
