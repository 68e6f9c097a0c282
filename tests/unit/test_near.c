/* Folds: near-duplicates stay together, labels are spread. */
#include "unit.h"

#include "learn/near.h"

enum {
	LABELS = 8,
	EACH = 10,
	FOLDS = 5,
	ROWS = LABELS * EACH
};

static void
row(struct gp_corpus *c, const char *text, const char *group, const char *topic)
{
	struct gp_lesson lesson;

	memset(&lesson, 0, sizeof(lesson));
	lesson.text = gp_span_of(text);
	if (group != NULL)
		lesson.label[0] = gp_span_of(group);
	if (topic != NULL)
		lesson.label[1] = gp_span_of(topic);
	gp_corpus_add(c, &lesson);
}

static void
begin(struct gp_corpus *c)
{
	assert_int_equal(gp_corpus_init(c, GP_STEMS), 0);
	c->heads = 2;
	c->head[0] = "class.group";
	c->head[1] = "class.topic";
}

/* Every fold has as many rows of every topic, and of no topic. */
static void
labels_are_spread(void **state)
{
	size_t count[FOLDS][LABELS + 1] = { { 0 } };
	uint8_t fold[ROWS + EACH];
	char text[64], topic[8];
	struct gp_corpus c;
	int i, f, label;

	(void)state;
	begin(&c);
	for (i = 0; i < ROWS + EACH; i++) {
		snprintf(text, sizeof(text), "a%d b%d c%d", i, i, i);
		snprintf(topic, sizeof(topic), "t%d", i % LABELS);
		row(&c, text, i % 2 ? "x" : "y", i < ROWS ? topic : NULL);
	}
	assert_int_equal(gp_corpus_finish(&c, 1, 1000, 0), 0);
	assert_int_equal(gp_near_folds(&c, FOLDS, fold), 0);
	for (i = 0; i < ROWS + EACH; i++) {
		assert_in_range(fold[i], 0, FOLDS - 1);
		count[fold[i]][c.label[1][i] + 1]++;
	}
	for (f = 0; f < FOLDS; f++)
		for (label = 1; label <= LABELS; label++)
			assert_int_equal(count[f][label], EACH / FOLDS);
	for (f = 0; f < FOLDS; f++)
		assert_int_equal(count[f][0], EACH / FOLDS);
	gp_corpus_release(&c);
}

/* Whatever the labels: what is nearly the same is in one fold. */
static void
alike_stay_together(void **state)
{
	uint8_t fold[4 * ROWS];
	char text[128], topic[8];
	struct gp_corpus c;
	int i, k, apart = 0;

	(void)state;
	begin(&c);
	for (i = 0; i < ROWS; i++)
		for (k = 0; k < 4; k++) {
			snprintf(text, sizeof(text),
			    "a%d b%d c%d d%d e%d f%d g%d h%d k%d", i, i, i, i,
			    i, i, i, i, k);
			snprintf(topic, sizeof(topic), "t%d", k);
			row(&c, text, "x", topic);
		}
	assert_int_equal(gp_corpus_finish(&c, 1, 10000, 0), 0);
	assert_int_equal(gp_near_folds(&c, FOLDS, fold), 0);
	for (i = 0; i < ROWS; i++) {
		for (k = 1; k < 4; k++)
			assert_int_equal(fold[4 * i + k], fold[4 * i]);
		apart += i > 0 && fold[4 * i] != fold[4 * i - 4];
	}
	assert_true(apart > ROWS / 2);
	gp_corpus_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(labels_are_spread),
		cmocka_unit_test(alike_stay_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
