#include "learn/trial.h"

#include <string.h>

int
gp_test_init(struct gp_test *t, const struct gp_model *model,
    const struct gp_model *old, const char *text)
{
	size_t i, h;

	memset(t, 0, sizeof(*t));
	gp_pool_init(&t->pool);
	t->model[0] = model;
	t->model[1] = old;
	t->how.text = text;
	t->how.labels = model->head->heads;
	for (h = 0; h < t->how.labels; h++) {
		t->how.label[h] = gp_pool_copy(
		    &t->pool, gp_model_text(model, model->label[h].name))
				      .p;
		gp_trial_init(&t->trial[h], t->how.label[h]);
	}
	if (t->pool.bad || gp_lesson_init(&t->reader) == -1)
		return -1;
	for (i = 0; i < GP_RIVALS && t->model[i] != NULL; i++) {
		t->scorer[i] = gp_scorer_new(t->model[i]);
		if (t->scorer[i] == NULL)
			return -1;
	}
	return 0;
}

void
gp_test_release(struct gp_test *t)
{
	size_t i;

	for (i = 0; i < GP_RIVALS; i++)
		gp_scorer_free(t->scorer[i]);
	for (i = 0; i < GP_MOST_HEADS; i++)
		gp_trial_release(&t->trial[i]);
	gp_lesson_release(&t->reader);
	gp_pool_release(&t->pool);
}

/* Scores the record with one of the rivals. */
static int
score(struct gp_test *t, int rival, struct gp_span line, struct gp_span text)
{
	const struct gp_model *m = t->model[rival];
	uint64_t side[GP_MOST_SIDE_KEYS];
	struct gp_json_obj rec;
	struct gp_why why;
	size_t n = 0, known;

	if (m->head->sides > 0 &&
	    gp_json_open(t->reader.json, line, 0, &rec, &why) == 0)
		n = gp_lesson_sides(
		    t->reader.json, &rec, m, &t->reader.word, side);
	return gp_score_text(t->scorer[rival], text, side, n, &known);
}

/* What a rival says of a head; GP_UNLABELLED: nothing. */
static struct gp_said
said(struct gp_test *t, int rival, size_t h)
{
	const struct gp_model *m = t->model[rival];
	struct gp_said s = { t->texts, GP_UNLABELLED, GP_UNLABELLED, 0 };
	int head = gp_model_head_of(m, t->how.label[h]);
	struct gp_opinion o;

	if (head == -1)
		return s;
	gp_score_head(t->scorer[rival], (size_t)head, 1, &o);
	if (o.n == 0)
		return s;
	s.said = gp_trial_name(
	    &t->trial[h], gp_model_label_name(m, (size_t)head, o.top[0].label));
	s.p = o.top[0].p;
	return s;
}

static void
compare(struct gp_test *t, size_t h, int new_right, int old_right)
{
	struct gp_paired *p = &t->paired[h];

	p->n++;
	p->both += new_right && old_right;
	p->better += new_right && !old_right;
	p->worse += !new_right && old_right;
}

int
gp_test_record(struct gp_test *t, struct gp_span line, struct gp_why *why)
{
	struct gp_said new[GP_MOST_HEADS], old;
	struct gp_lesson lesson;
	enum gp_lesson_is is;
	int32_t gold;
	size_t h;

	is = gp_lesson_read(&t->reader, &t->how, line, &lesson, why);
	t->machines += is == GP_LESSON_MACHINE;
	if (is != GP_LESSON)
		return is == GP_LESSON_REFUSED ? -1 : 0;
	/* the names are kept: what is read next comes into their place */
	for (h = 0; h < t->how.labels; h++) {
		if (lesson.label[h].p == NULL)
			continue;
		lesson.label[h] = gp_pool_copy(&t->pool, lesson.label[h]);
	}
	if (score(t, 0, line, lesson.text) == -1 ||
	    (t->model[1] != NULL && score(t, 1, line, lesson.text) == -1))
		return gp_because(why, "no memory");
	for (h = 0; h < t->how.labels; h++) {
		if (lesson.label[h].p == NULL)
			continue;
		gold = gp_trial_name(&t->trial[h], lesson.label[h]);
		new[h] = said(t, 0, h);
		new[h].gold = gold;
		gp_trial_add(&t->trial[h], new[h]);
		if (t->model[1] == NULL)
			continue;
		old = said(t, 1, h);
		compare(t, h, new[h].said == gold, old.said == gold);
	}
	t->texts++;
	return t->pool.bad ? gp_because(why, "no memory") : 0;
}
