#include "learn/figures.h"

#define SIGNIFICANT 0.05

enum {
	MOST_CONFUSIONS = 20
};

#define ALL    (GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON)
#define NUMBER (ALL | GP_COL_NUMBER)
#define COL(key, ru, en, flags, places)        \
	{                                      \
		key, { ru, en }, flags, places \
	}
#define TABLE(name, cols, ru, en)                                   \
	{                                                           \
		"train", name, { ru, en },                          \
		    { "нечего показать", "nothing to show" }, cols, \
		    sizeof(cols) / sizeof((cols)[0])                \
	}

static const struct gp_column head_col[] = {
	COL("head", "признак", "head", ALL, 0),
	COL("by", "проверка", "by", ALL, 0),
	COL("n", "текстов", "texts", NUMBER, 0),
	COL("labels", "меток", "labels", NUMBER, 0),
	COL("accuracy", "точность", "accuracy", NUMBER, 3),
	COL("macro_f1", "макро-F1", "macro F1", NUMBER, 3),
	COL("weighted_f1", "взвеш. F1", "weighted F1", NUMBER, 3),
	COL("ece", "ECE", "ECE", NUMBER, 3),
	COL("temperature", "темп.", "temp.", NUMBER, 3),
};
static const struct gp_column label_col[] = {
	COL("head", "признак", "head", GP_IN_CSV | GP_IN_NDJSON, 0),
	COL("label", "метка", "label", ALL | GP_COL_GIVES, 0),
	COL("gold", "верных", "true", NUMBER, 0),
	COL("said", "названо", "said", NUMBER, 0),
	COL("right", "совпало", "right", NUMBER, 0),
	COL("precision", "точность", "precision", NUMBER, 3),
	COL("recall", "полнота", "recall", NUMBER, 3),
	COL("f1", "F1", "F1", NUMBER, 3),
};
static const struct gp_column confusion_col[] = {
	COL("head", "признак", "head", GP_IN_CSV | GP_IN_NDJSON, 0),
	COL("gold", "на деле", "true", ALL | GP_COL_GIVES, 0),
	COL("said", "названо", "said", ALL | GP_COL_GIVES, 0),
	COL("n", "раз", "times", NUMBER, 0),
};
static const struct gp_column coverage_col[] = {
	COL("head", "признак", "head", GP_IN_CSV | GP_IN_NDJSON, 0),
	COL("coverage", "доля", "coverage", NUMBER, 2),
	COL("n", "текстов", "texts", NUMBER, 0),
	COL("accuracy", "точность", "accuracy", NUMBER, 3),
	COL("min_confidence", "увер. от", "confidence from", NUMBER, 3),
};
static const struct gp_column bin_col[] = {
	COL("head", "признак", "head", GP_IN_CSV | GP_IN_NDJSON, 0),
	COL("from", "увер. от", "confidence from", NUMBER, 1),
	COL("n", "текстов", "texts", NUMBER, 0),
	COL("confidence", "увер.", "confidence", NUMBER, 3),
	COL("accuracy", "точность", "accuracy", NUMBER, 3),
};
static const struct gp_column compared_col[] = {
	COL("head", "признак", "head", ALL, 0),
	COL("n", "текстов", "texts", NUMBER, 0),
	COL("old", "старая", "old", NUMBER, 3),
	COL("new", "новая", "new", NUMBER, 3),
	COL("better", "лучше", "better", NUMBER, 0),
	COL("worse", "хуже", "worse", NUMBER, 0),
	COL("p", "p", "p", NUMBER, 4),
	COL("verdict", "вывод", "verdict", ALL, 0),
};

static const struct gp_table head_table =
    TABLE("heads", head_col, "Точность", "Accuracy");
static const struct gp_table label_table =
    TABLE("labels", label_col, "По меткам", "By label");
static const struct gp_table confusion_table =
    TABLE("confusion", confusion_col, "Что с чем путается", "Mistakes");
static const struct gp_table coverage_table = TABLE("coverage", coverage_col,
    "Если брать только уверенные", "If only the surest are taken");
static const struct gp_table bin_table = TABLE(
    "reliability", bin_col, "Верна ли уверенность", "Is the confidence true");
static const struct gp_table compared_table =
    TABLE("compare", compared_col, "Против прежней модели", "Against the old");

static double
share(size_t a, size_t b)
{
	return b > 0 ? (double)a / (double)b : 0;
}

static struct gp_cell
count(size_t n)
{
	return gp_cell_int((int64_t)n);
}

static int
heads(struct gp_show *show, const struct gp_scored *s, size_t n)
{
	size_t i;

	gp_show_begin(show, &head_table);
	for (i = 0; i < n; i++) {
		const struct gp_figures *f = &s[i].figures;
		struct gp_cell row[] = {
			gp_cell_str(s[i].trial->head),
			gp_cell_str(s[i].by),
			count(f->n),
			count(s[i].learnt),
			gp_cell_real(f->accuracy),
			gp_cell_real(f->macro),
			gp_cell_real(f->weighted),
			gp_cell_real(f->ece),
			gp_cell_real(s[i].temperature),
		};

		gp_show_row(show, row);
	}
	return gp_show_end(show);
}

static int
labels(struct gp_show *show, const struct gp_scored *s)
{
	const struct gp_class_figures *l;
	size_t i;

	gp_show_begin(show, &label_table);
	for (i = 0; i < s->trial->names; i++) {
		l = &s->figures.label[i];
		struct gp_cell row[] = {
			gp_cell_str(s->trial->head),
			gp_cell_text(s->trial->name[i]),
			count(l->gold),
			count(l->said),
			count(l->right),
			gp_cell_real(l->precision),
			gp_cell_real(l->recall),
			gp_cell_real(l->f1),
		};

		if (l->gold + l->said > 0)
			gp_show_row(show, row);
	}
	return gp_show_end(show);
}

static struct gp_cell
named(const struct gp_trial *t, int32_t label)
{
	return label == GP_UNLABELLED ? gp_cell_str("-")
				      : gp_cell_text(t->name[label]);
}

static int
confusion(struct gp_show *show, const struct gp_scored *s)
{
	const struct gp_figures *f = &s->figures;
	int some = show->how.format == gp_format_find("table");
	size_t i;

	gp_show_begin(show, &confusion_table);
	for (i = 0; i < f->confusions && !(some && i >= MOST_CONFUSIONS); i++) {
		struct gp_cell row[] = {
			gp_cell_str(s->trial->head),
			named(s->trial, f->confusion[i].gold),
			named(s->trial, f->confusion[i].said),
			count(f->confusion[i].n),
		};

		gp_show_row(show, row);
	}
	return gp_show_end(show);
}

static int
coverage(struct gp_show *show, const struct gp_scored *s)
{
	const struct gp_figures *f = &s->figures;
	int i;

	gp_show_begin(show, &coverage_table);
	for (i = 0; i < GP_BINS; i++) {
		struct gp_cell row[] = {
			gp_cell_str(s->trial->head),
			gp_cell_real((double)(i + 1) / GP_BINS),
			count(f->coverage[i].n),
			gp_cell_real(
			    share(f->coverage[i].right, f->coverage[i].n)),
			gp_cell_real(f->coverage[i].floor),
		};

		if (f->coverage[i].n > 0)
			gp_show_row(show, row);
	}
	return gp_show_end(show);
}

static int
reliability(struct gp_show *show, const struct gp_scored *s)
{
	const struct gp_figures *f = &s->figures;
	int i;

	gp_show_begin(show, &bin_table);
	for (i = 0; i < GP_BINS; i++) {
		struct gp_cell row[] = {
			gp_cell_str(s->trial->head),
			gp_cell_real((double)i / GP_BINS),
			count(f->bin[i].n),
			gp_cell_real(f->bin[i].p),
			gp_cell_real(share(f->bin[i].right, f->bin[i].n)),
		};

		if (f->bin[i].n > 0)
			gp_show_row(show, row);
	}
	return gp_show_end(show);
}

int
gp_figures_show(struct gp_show *show, const struct gp_scored *s, size_t n)
{
	size_t i;

	if (heads(show, s, n) == -1)
		return -1;
	for (i = 0; i < n; i++)
		if (labels(show, &s[i]) == -1 || confusion(show, &s[i]) == -1 ||
		    coverage(show, &s[i]) == -1 ||
		    reliability(show, &s[i]) == -1)
			return -1;
	return 0;
}

int
gp_trials_show(struct gp_show *show, struct gp_trial *trial,
    const float *temperature, const uint32_t *learnt, size_t heads,
    const char *by)
{
	struct gp_scored s[GP_MOST_HEADS] = { { .by = by } };
	size_t h, n;
	int r = 0;

	for (n = 0; n < heads && r == 0; n++) {
		s[n] = (struct gp_scored){ .trial = &trial[n],
			.by = by,
			.temperature = (double)temperature[n],
			.learnt = learnt[n] };
		if (gp_figures_of(&trial[n], &s[n].figures) == -1)
			r = GP_SHOW_MEMORY;
	}
	if (r == 0)
		r = gp_figures_show(show, s, heads);
	for (h = 0; h < n; h++)
		gp_figures_release(&s[h].figures);
	return r;
}

int
gp_trained_show(struct gp_show *show, const struct gp_trained *t)
{
	const struct gp_corpus *c = t->layout.corpus;
	struct gp_trial trial[GP_MOST_HEADS];
	float temperature[GP_MOST_HEADS] = { 0 };
	uint32_t learnt[GP_MOST_HEADS] = { 0 };
	int r = 0;
	size_t h;

	for (h = 0; h < c->heads; h++) {
		gp_trial_init(&trial[h], c->head[h]);
		if (gp_trained_trial(t, h, &trial[h]) == -1)
			r = GP_SHOW_MEMORY;
		temperature[h] = t->cal[h].temperature;
		learnt[h] = (uint32_t)c->names[h].n;
	}
	if (r == 0)
		r = gp_trials_show(
		    show, trial, temperature, learnt, c->heads, "folds");
	for (h = 0; h < c->heads; h++)
		gp_trial_release(&trial[h]);
	return r;
}

struct gp_compared
gp_compared_of(const char *head, struct gp_paired *t)
{
	struct gp_compared c = { .head = head, .verdict = "same" };

	gp_paired_test(t);
	c.t = *t;
	if (t->p >= SIGNIFICANT)
		return c;
	c.worse = t->worse > t->better;
	c.verdict = c.worse ? "worse" : "better";
	return c;
}

int
gp_compared_show(struct gp_show *show, const struct gp_compared *c, size_t n)
{
	size_t i;

	gp_show_begin(show, &compared_table);
	for (i = 0; i < n; i++) {
		const struct gp_paired *t = &c[i].t;
		struct gp_cell row[] = {
			gp_cell_str(c[i].head),
			count(t->n),
			gp_cell_real(share(t->both + t->worse, t->n)),
			gp_cell_real(share(t->both + t->better, t->n)),
			count(t->better),
			count(t->worse),
			gp_cell_real(t->p),
			gp_cell_str(c[i].verdict),
		};

		gp_show_row(show, row);
	}
	return gp_show_end(show);
}
