#include "learn/judge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void
gp_trial_init(struct gp_trial *t, const char *head)
{
	memset(t, 0, sizeof(*t));
	t->head = head;
}

void
gp_trial_release(struct gp_trial *t)
{
	free(t->name);
	free(t->said);
	t->name = NULL;
	t->said = NULL;
	t->n = t->names = 0;
}

int32_t
gp_trial_name(struct gp_trial *t, struct gp_span s)
{
	size_t i;
	void *p;

	for (i = 0; i < t->names; i++)
		if (gp_span_eq(t->name[i], s))
			return (int32_t)i;
	if (t->names == t->names_cap) {
		size_t cap = t->names_cap ? 2 * t->names_cap : 64;

		p = realloc(t->name, cap * sizeof(*t->name));
		if (p == NULL) {
			t->bad = 1;
			return GP_UNLABELLED;
		}
		t->name = p;
		t->names_cap = cap;
	}
	t->name[t->names] = s;
	return (int32_t)t->names++;
}

void
gp_trial_add(struct gp_trial *t, struct gp_said said)
{
	size_t cap = t->cap ? 2 * t->cap : 1024;
	void *p;

	if (t->n == t->cap) {
		p = realloc(t->said, cap * sizeof(*t->said));
		if (p == NULL) {
			t->bad = 1;
			return;
		}
		t->said = p;
		t->cap = cap;
	}
	t->said[t->n++] = said;
}

static int
surest(const void *a, const void *b)
{
	const struct gp_said *x = a, *y = b;

	if (x->p > y->p || x->p < y->p)
		return x->p > y->p ? -1 : 1;
	return x->text < y->text ? -1 : x->text > y->text;
}

static int
frequent(const void *a, const void *b)
{
	const struct gp_confusion *x = a, *y = b;

	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	if (x->gold != y->gold)
		return x->gold < y->gold ? -1 : 1;
	return x->said < y->said ? -1 : x->said > y->said;
}

static int
by_pair(const void *a, const void *b)
{
	const struct gp_confusion *x = a, *y = b;

	if (x->gold != y->gold)
		return x->gold < y->gold ? -1 : 1;
	return x->said < y->said ? -1 : x->said > y->said;
}

static void
confusions(const struct gp_trial *t, struct gp_figures *f)
{
	struct gp_confusion *c = f->confusion;
	size_t i, n = 0, to = 0;

	for (i = 0; i < t->n; i++)
		if (t->said[i].gold != t->said[i].said)
			c[n++] = (struct gp_confusion){ t->said[i].gold,
				t->said[i].said, 1 };
	qsort(c, n, sizeof(*c), by_pair);
	for (i = 0; i < n; i++) {
		if (to > 0 && by_pair(&c[to - 1], &c[i]) == 0)
			c[to - 1].n++;
		else
			c[to++] = c[i];
	}
	qsort(c, to, sizeof(*c), frequent);
	f->confusions = to;
}

static void
count(const struct gp_trial *t, struct gp_figures *f)
{
	const struct gp_said *s;
	size_t i;
	int b;

	for (i = 0; i < t->n; i++) {
		int right;

		s = &t->said[i];
		right = s->gold == s->said;
		f->right += (size_t)right;
		if (s->gold != GP_UNLABELLED)
			f->label[s->gold].gold++;
		if (s->said != GP_UNLABELLED)
			f->label[s->said].said++;
		if (right)
			f->label[s->gold].right++;
		b = (int)(s->p * GP_BINS);
		b = b < 0 ? 0 : b >= GP_BINS ? GP_BINS - 1 : b;
		f->bin[b].n++;
		f->bin[b].right += (size_t)right;
		f->bin[b].p += (double)s->p;
		for (b = 0; b < GP_BINS; b++) {
			if (i >= ((size_t)b + 1) * t->n / GP_BINS)
				continue;
			f->coverage[b].n++;
			f->coverage[b].right += (size_t)right;
			f->coverage[b].floor = (double)s->p;
		}
	}
}

static double
share(size_t a, size_t b)
{
	return b > 0 ? (double)a / (double)b : 0;
}

static void
means(const struct gp_trial *t, struct gp_figures *f)
{
	struct gp_class_figures *l;
	size_t i, labels = 0;
	double sum;

	for (i = 0; i < t->names; i++) {
		l = &f->label[i];
		l->precision = share(l->right, l->said);
		l->recall = share(l->right, l->gold);
		sum = l->precision + l->recall;
		l->f1 = sum > 0 ? 2 * l->precision * l->recall / sum : 0;
		labels += l->gold + l->said > 0;
		f->macro += l->f1;
		f->weighted += l->f1 * share(l->gold, f->n);
	}
	f->macro = labels > 0 ? f->macro / (double)labels : 0;
	f->accuracy = share(f->right, f->n);
	for (i = 0; i < GP_BINS; i++) {
		if (f->bin[i].n == 0)
			continue;
		f->bin[i].p /= (double)f->bin[i].n;
		f->ece += share(f->bin[i].n, f->n) *
		    fabs(f->bin[i].p - share(f->bin[i].right, f->bin[i].n));
	}
}

int
gp_figures_of(struct gp_trial *t, struct gp_figures *f)
{
	memset(f, 0, sizeof(*f));
	f->n = t->n;
	f->label = calloc(t->names + 1, sizeof(*f->label));
	f->confusion = malloc((t->n + 1) * sizeof(*f->confusion));
	if (t->bad || f->label == NULL || f->confusion == NULL) {
		gp_figures_release(f);
		return -1;
	}
	if (t->n > 0)
		qsort(t->said, t->n, sizeof(*t->said), surest);
	count(t, f);
	means(t, f);
	confusions(t, f);
	return 0;
}

void
gp_figures_release(struct gp_figures *f)
{
	free(f->label);
	free(f->confusion);
	f->label = NULL;
	f->confusion = NULL;
}

/* Twice the tail of a fair coin thrown better + worse times. */
void
gp_paired_test(struct gp_paired *t)
{
	size_t n = t->better + t->worse, i;
	size_t k = t->better < t->worse ? t->better : t->worse;
	double sum = 0;

	for (i = 0; i <= k; i++)
		sum += exp(lgamma((double)n + 1) - lgamma((double)i + 1) -
		    lgamma((double)(n - i) + 1) - (double)n * log(2));
	t->p = fmin(1, 2 * sum);
}
