#include "suggest/seek.h"

#include <math.h>
#include <stdlib.h>

#include "suggest/terms.h"

/* S. Robertson, H. Zaragoza: The Probabilistic Relevance Framework, 2009. */
#define K1 1.2
#define B  0.75

enum {
	FEW = 1000
};

struct gp_seek {
	const struct gp_past *past;
	struct gp_terms_run *terms;
	float *score;      /* by document; 0 between calls */
	uint32_t *touched; /* documents that have a score */
	size_t touches;
};

struct gp_seek *
gp_seek_new(const struct gp_past *p)
{
	struct gp_seek *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	s->past = p;
	s->terms = gp_terms_look(p);
	s->score = calloc(p->docs + 1, sizeof(*s->score));
	s->touched = calloc(p->docs + 1, sizeof(*s->touched));
	if (s->terms != NULL && s->score != NULL && s->touched != NULL)
		return s;
	gp_seek_free(s);
	return NULL;
}

void
gp_seek_free(struct gp_seek *s)
{
	if (s == NULL)
		return;
	gp_terms_free(s->terms);
	free(s->score);
	free(s->touched);
	free(s);
}

/* Of few appeals it cannot be told which words are rare: they count alike. */
static double
rarity(const struct gp_past *p, double docs)
{
	double all = p->docs > FEW ? (double)p->docs : FEW;

	return log(1 + (all - docs + 0.5) / (docs + 0.5));
}

static double
weight(const struct gp_past *p, double times, double words)
{
	double avg = p->average > 0 ? p->average : 1;

	return times * (K1 + 1) / (times + K1 * (1 - B + B * words / avg));
}

static void
add_word(struct gp_seek *s, unsigned no, double rare)
{
	const struct gp_past *p = s->past;
	uint32_t i;

	for (i = p->first[no]; i < p->first[no + 1]; i++) {
		const struct gp_past_place *at = &p->posting[i];
		float more =
		    (float)(rare * weight(p, at->times, p->doc[at->doc].words));

		if (s->score[at->doc] == 0)
			s->touched[s->touches++] = at->doc;
		s->score[at->doc] += more;
	}
}

/* What the text would have with itself; all scores are parts of that. */
static double
add_all(struct gp_seek *s, const struct gp_term *t, long n)
{
	const struct gp_past *p = s->past;
	double own = 0, words = 0, rare, docs;
	long i;

	for (i = 0; i < n; i++)
		words += t[i].times;
	for (i = 0; i < n; i++) {
		docs = t[i].no == GP_TERM_NEW
		    ? 0
		    : p->first[t[i].no + 1] - p->first[t[i].no];
		rare = rarity(p, docs);
		own += rare * weight(p, t[i].times, words);
		if (docs > 0)
			add_word(s, t[i].no, rare);
	}
	return own;
}

/* Numbers of names: what is not known speaks neither for nor against. */
struct about {
	unsigned page, group, topic;
	int has_topic, has_group;
};

static float
lowered(const struct gp_past_answer *d, const struct about *a)
{
	float f = d->fresh;

	if (a->has_topic && d->topic != 0)
		f *= d->topic == a->topic  ? 1.0f
		    : d->group == a->group ? 0.85f
					   : 0.6f;
	else if (a->has_group && d->group != 0)
		f *= d->group == a->group ? 0.95f : 0.65f;
	else
		f *= 0.9f;
	return d->page == a->page ? f : f * 0.95f;
}

static size_t
insert(struct gp_near *to, size_t n, struct gp_near one)
{
	size_t i;

	if (n == GP_NEAR_MOST && to[n - 1].score >= one.score)
		return n;
	for (i = n < GP_NEAR_MOST ? n++ : n - 1; i > 0 &&
	     (to[i - 1].score < one.score ||
		 (to[i - 1].score == one.score && to[i - 1].doc < one.doc));
	     i--)
		to[i] = to[i - 1];
	to[i] = one;
	return n;
}

long
gp_seek_near(struct gp_seek *s, const struct gp_seek_about *of,
    struct gp_near to[GP_NEAR_MOST])
{
	struct about a = { gp_past_name(s->past, of->page),
		gp_past_name(s->past, of->group),
		gp_past_name(s->past, of->topic), of->topic.n > 0,
		of->group.n > 0 };
	const struct gp_term *t;
	long n = gp_terms_of(s->terms, of->text, &t);
	size_t i, found = 0;
	double own;

	if (n <= 0)
		return n;
	own = add_all(s, t, n);
	for (i = 0; i < s->touches; i++) {
		uint32_t doc = s->touched[i];
		float part = (float)(s->score[doc] / own);

		part = (part < 1 ? part : 1) * lowered(&s->past->doc[doc], &a);
		s->score[doc] = 0;
		found = insert(to, found, (struct gp_near){ doc, part });
	}
	s->touches = 0;
	return (long)found;
}
