/* Answers meet the appeals that they answer. */
#include <stdlib.h>

#include "suggest/entry.h"

struct joining {
	const struct gp_past_entry *e;
	size_t n;
	long *of_id; /* by number of a name: the newest version of an appeal */
	long *answer;
};

/* The newer one stays; of two at one moment the one that came last. */
static void
take(struct joining *j, long appeal, long answer)
{
	long *is = &j->answer[appeal];

	if (*is == -1 || j->e[answer].at >= j->e[*is].at)
		*is = answer;
}

/* By talk, then by time; of one moment the appeal first. */
static int
by_talk(const void *a, const void *b)
{
	const struct gp_past_entry *x = *(struct gp_past_entry *const *)a,
				   *y = *(struct gp_past_entry *const *)b;

	if (x->talk != y->talk)
		return x->talk < y->talk ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->answer - y->answer;
}

/* Words of the page without a parent answer what stands before them. */
static int
join_talks(struct joining *j)
{
	const struct gp_past_entry **v = calloc(j->n + 1, sizeof(*v));
	unsigned talk = 0;
	long last = -1;
	size_t i, n = 0;

	if (v == NULL)
		return -1;
	for (i = 0; i < j->n; i++)
		if (j->e[i].talk != 0 && (!j->e[i].answer || j->e[i].to == 0))
			v[n++] = &j->e[i];
	qsort(v, n, sizeof(*v), by_talk);
	for (i = 0; i < n; i++) {
		if (v[i]->talk != talk)
			last = -1;
		talk = v[i]->talk;
		if (!v[i]->answer)
			last = j->of_id[v[i]->id];
		else if (last != -1)
			take(j, last, v[i] - j->e);
	}
	free(v);
	return 0;
}

int
gp_past_join(const struct gp_past *p, long *answer)
{
	struct joining j = { p->entry, p->entries, NULL, answer };
	size_t i, names = p->names.n + 1;
	int bad;

	j.of_id = calloc(names, sizeof(*j.of_id));
	if (j.of_id == NULL)
		return -1;
	for (i = 0; i < names; i++)
		j.of_id[i] = -1;
	for (i = 0; i < j.n; i++) {
		answer[i] = -1;
		if (!j.e[i].answer && j.e[i].id != 0)
			j.of_id[j.e[i].id] = (long)i;
	}
	for (i = 0; i < j.n; i++)
		if (j.e[i].answer && j.e[i].to != 0 && j.of_id[j.e[i].to] != -1)
			take(&j, j.of_id[j.e[i].to], (long)i);
	bad = join_talks(&j);
	free(j.of_id);
	return bad;
}
