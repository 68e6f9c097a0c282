/* The inverted index over the appeals that were answered. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "suggest/entry.h"
#include "suggest/terms.h"

enum {
	YEAR = 365 * 86400
};

struct indexing {
	struct gp_past *p;
	struct gp_terms_run *run;
	struct gp_past_place *v; /* as they come; term[i] is of v[i] */
	uint32_t *term;
	size_t n, cap;
};

static int
push(struct indexing *in, unsigned term, size_t doc, unsigned times)
{
	size_t cap = in->cap * 2 + 4096;
	void *v;

	if (in->n == in->cap) {
		v = realloc(in->v, cap * sizeof(*in->v));
		if (v == NULL)
			return -1;
		in->v = v;
		v = realloc(in->term, cap * sizeof(*in->term));
		if (v == NULL)
			return -1;
		in->term = v;
		in->cap = cap;
	}
	in->term[in->n] = term;
	in->v[in->n++] = (struct gp_past_place){ (uint32_t)doc, times };
	return 0;
}

/* What was answered long ago counts less: rules and persons change. */
static float
freshness(gp_instant at, gp_instant now)
{
	double age = now > at ? (double)(now - at) / YEAR : 0;

	return (float)(0.7 + 0.3 * exp2(-age));
}

static int
put_doc(struct indexing *in, const struct gp_past_entry *e,
    const struct gp_past_entry *answer, gp_instant now)
{
	struct gp_past *p = in->p;
	struct gp_past_answer *d = &p->doc[p->docs];
	const struct gp_term *t;
	long i, n = gp_terms_of(in->run, e->text, &t);

	if (n == -1)
		return -1;
	for (i = 0; i < n; i++) {
		if (push(in, t[i].no, p->docs, t[i].times) == -1)
			return -1;
		d->words += t[i].times;
	}
	d->id = answer->name;
	d->text = answer->text;
	d->page = e->page;
	d->group = e->group;
	d->topic = e->topic;
	d->fresh = freshness(answer->at, now);
	p->average += d->words;
	p->docs++;
	/* Of the answer only how its words are written is of use. */
	return gp_terms_of(in->run, answer->text, &t) == -1 ? -1 : 0;
}

/* Postings by word; within a word the documents stay in order. */
static int
sort(struct indexing *in)
{
	struct gp_past *p = in->p;
	uint32_t *at;
	size_t i;

	p->first = calloc(p->words.n + 2, sizeof(*p->first));
	p->posting = calloc(in->n + 1, sizeof(*p->posting));
	at = calloc(p->words.n + 2, sizeof(*at));
	if (p->first == NULL || p->posting == NULL || at == NULL) {
		free(at);
		return -1;
	}
	for (i = 0; i < in->n; i++)
		p->first[in->term[i] + 1]++;
	for (i = 0; i <= p->words.n; i++)
		p->first[i + 1] += p->first[i];
	memcpy(at, p->first, (p->words.n + 1) * sizeof(*at));
	for (i = 0; i < in->n; i++)
		p->posting[at[in->term[i]]++] = in->v[i];
	free(at);
	return 0;
}

static int
index_all(struct indexing *in, const long *answer, gp_instant now)
{
	struct gp_past *p = in->p;
	size_t i;

	p->doc = calloc(p->entries + 1, sizeof(*p->doc));
	if (p->doc == NULL)
		return -1;
	for (i = 0; i < p->entries; i++)
		if (answer[i] != -1 &&
		    put_doc(in, &p->entry[i], &p->entry[answer[i]], now) == -1)
			return -1;
	if (p->docs > 0)
		p->average /= (double)p->docs;
	return sort(in);
}

int
gp_past_index(struct gp_past *p, const long *answer, gp_instant now)
{
	struct indexing in = { .p = p, .run = gp_terms_learn(p) };
	int bad = in.run == NULL ? -1 : index_all(&in, answer, now);

	gp_terms_free(in.run);
	free(in.v);
	free(in.term);
	return bad;
}
