/* Models: from files, and what they find likeliest. */
#include "unit.h"

#include "learn/score.h"
#include "learn/train.h"

/* Forty labels of two words each; every sixth text has those of another label,
 * so that nothing is sure. */
static void
forty(struct gp_trained *t)
{
	struct gp_train_how how = { .c = 0.5, .folds = 3, .jobs = 1 };
	struct gp_corpus c;
	struct gp_lesson lesson;
	char text[64], name[8];
	int i, w;

	assert_int_equal(gp_corpus_init(&c, GP_STEMS), 0);
	c.heads = 1;
	c.head[0] = "class.group";
	for (i = 0; i < 240; i++) {
		memset(&lesson, 0, sizeof(lesson));
		w = (i + (i >= 200 ? 8 : 0)) % 40;
		snprintf(text, sizeof(text), "w%d v%d общ%d", w, w / 2, i % 7);
		snprintf(name, sizeof(name), "g%02d", i % 40);
		lesson.text = gp_span_of(text);
		lesson.label[0] = gp_span_of(name);
		gp_corpus_add(&c, &lesson);
	}
	assert_int_equal(gp_corpus_finish(&c, 2, 1000, 1000), 0);
	assert_int_equal(gp_train_run(t, &c, &how), 0);
	gp_corpus_release(&c);
}

/* However many are asked for, they are the same and in order. */
static void
the_likeliest(void **state)
{
	struct gp_opinion all, o;
	struct gp_trained t;
	struct gp_scorer *s;
	struct gp_model m;
	struct gp_why why;
	size_t known, top, k;
	char text[64];
	float sum;
	int i;

	(void)state;
	forty(&t);
	assert_int_equal(gp_model_view(&m, gp_buf_span(&t.model), &why), 0);
	s = gp_scorer_new(&m);
	assert_non_null(s);
	for (i = 0; i < 40; i++) {
		snprintf(text, sizeof(text), "v%d общ%d w%d", i / 2, i % 7, i);
		assert_int_equal(
		    gp_score_text(s, gp_span_of(text), NULL, 0, &known), 0);
		assert_int_equal(known, 3);
		gp_score_head(s, 0, GP_MOST_TOP, &all);
		assert_int_equal(all.n, GP_MOST_TOP);
		assert_int_equal(all.top[0].label, i);
		assert_true(all.top[1].p > 0);
		for (k = 1, sum = all.top[0].p; k < all.n; k++) {
			assert_true(all.top[k].p <= all.top[k - 1].p);
			if (k > 1 && all.top[k].p >= all.top[k - 1].p)
				assert_true(
				    all.top[k].label > all.top[k - 1].label);
			sum += all.top[k].p;
		}
		assert_true(sum <= 1.0001f);
		for (top = 1; top < GP_MOST_TOP; top++) {
			gp_score_head(s, 0, top, &o);
			assert_int_equal(o.n, top);
			assert_memory_equal(
			    o.top, all.top, top * sizeof(o.top[0]));
		}
	}
	gp_scorer_free(s);
	gp_model_close(&m);
	gp_trained_release(&t);
}

/* The fuzzer begins with these: one is wrong by its sum alone. */
static void
seeds(void **state)
{
	static const struct {
		const char *name, *why; /* NULL: sound */
	} cases[] = {
		{ "tiny", NULL },
		{ "char4", NULL },
		{ "cut", "its size is not what its header says" },
		{ "sum", "its checksum is wrong" },
		{ "order", "of the other byte order" },
		{ "version", "by another version of gp-train" },
	};
	struct gp_model m;
	struct gp_why why;
	char path[64];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(cases); i++) {
		snprintf(path, sizeof(path), "tests/fuzz/corpus/model/%s",
		    cases[i].name);
		if (cases[i].why == NULL) {
			assert_int_equal(gp_model_open(&m, path, &why), 0);
			gp_model_close(&m);
			continue;
		}
		assert_int_equal(gp_model_open(&m, path, &why), -1);
		assert_non_null(strstr(why.msg, cases[i].why));
		assert_non_null(strstr(why.msg, path));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_likeliest),
		cmocka_unit_test(seeds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
