/* What the learner is made of: rare features, parts of a corpus, heads that
 * help each other. */
#include "unit.h"

#include "learn/help.h"
#include "learn/part.h"
#include "learn/stand.h"

/* The heads of all corpora here; a row's labels follow its text. */
static const char *const heads[] = { "class.group", "class.topic", "sort" };

struct line {
	const char *text;
	const char *label[3]; /* NULL: none */
};

static void
read_lines(struct gp_corpus *c, int what, size_t n_heads,
    const struct line *line, size_t n)
{
	struct gp_lesson lesson;
	size_t i, h;

	assert_int_equal(gp_corpus_init(c, what), 0);
	c->heads = n_heads;
	for (h = 0; h < n_heads; h++)
		c->head[h] = heads[h];
	for (i = 0; i < n; i++) {
		memset(&lesson, 0, sizeof(lesson));
		lesson.text = gp_span_of(line[i].text);
		for (h = 0; h < n_heads; h++)
			if (line[i].label[h] != NULL)
				lesson.label[h] = gp_span_of(line[i].label[h]);
		gp_corpus_add(c, &lesson);
	}
	assert_false(c->bad);
}

/* The feature of a stem, or of a beginning with "*"; GP_NO_FEATURE. */
static uint32_t
feature(const struct gp_corpus *c, const char *stem)
{
	static const struct gp_span none = { NULL, 0 }, star = { "*", 1 };
	size_t n = strlen(stem), i;
	int beginning = stem[n - 1] == '*';
	uint64_t key = gp_feature_key(GP_BLOCK_STEM,
	    (struct gp_span){ stem, n - (size_t)beginning },
	    beginning ? star : none);

	for (i = 0; i < c->n; i++)
		if (c->key[i] == key)
			return (uint32_t)i;
	return GP_NO_FEATURE;
}

/* Stems колодезн, колодчик, колодк: one text each, one beginning. */
static const struct line wells[] = {
	{ "колодезный мастер дорога", { "a" } },
	{ "колодчик колодка дорога", { "a" } },
	{ "дорога яма", { "b" } },
	{ "колодка мастер", { "b" } },
	{ "яма света", { "b" } },
};

static void
rare_ones_share_a_beginning(void **state)
{
	struct gp_corpus c;
	struct gp_stand s;
	uint32_t back;

	(void)state;
	read_lines(&c, GP_STEMS | GP_BACK, 1, wells, COUNT(wells));
	assert_int_equal(gp_stand_init(&s, &c, 2, 1000), 0);
	back = feature(&c, "колод*");
	assert_int_not_equal(back, GP_NO_FEATURE);
	assert_true(back >= s.n);
	assert_int_equal(s.in[feature(&c, "колодезн")], back);
	assert_int_equal(s.in[feature(&c, "колодчик")], back);
	/* in two texts: it stays itself */
	assert_int_equal(s.in[feature(&c, "колодк")], GP_NO_FEATURE);
	assert_int_equal(s.in[feature(&c, "дорог")], GP_NO_FEATURE);
	/* rare, but with nothing behind its beginning */
	assert_int_equal(c.df[feature(&c, "свет")], 1);
	assert_int_equal(s.in[feature(&c, "свет")], GP_NO_FEATURE);
	/* what is kept for itself is not counted for its beginning */
	assert_int_equal(c.df[back], 2);
	gp_stand_release(&s);
	gp_corpus_release(&c);
}

/* Two rare words of one text count once; a row that is left out does not. */
static void
beginnings_are_counted_by_text(void **state)
{
	static const uint8_t leave[] = { 1, 0, 0, 0, 0 };
	struct gp_corpus c;
	struct gp_stand s;

	(void)state;
	read_lines(&c, GP_STEMS | GP_BACK, 1, wells, COUNT(wells));
	assert_int_equal(gp_stand_init(&s, &c, 3, 1000), 0);
	assert_int_equal(c.df[feature(&c, "колод*")], 3);
	gp_stand_release(&s);
	gp_corpus_release(&c);

	read_lines(&c, GP_STEMS | GP_BACK, 1, wells, COUNT(wells));
	c.leave = leave;
	assert_int_equal(gp_stand_init(&s, &c, 3, 1000), 0);
	assert_int_equal(c.df[feature(&c, "колод*")], 2);
	gp_stand_release(&s);
	gp_corpus_release(&c);
}

/* Too many are rare: the least rises until what is kept is few enough. */
static void
most_raises_the_least(void **state)
{
	struct gp_corpus c;
	struct gp_stand s;
	size_t i, n = 0;

	(void)state;
	read_lines(&c, GP_STEMS | GP_BACK, 1, wells, COUNT(wells));
	assert_int_equal(gp_stand_init(&s, &c, 1, 2), 0);
	assert_true(s.least > 1);
	for (i = 0; i < c.n; i++)
		n += c.df[i] >= (i < s.n ? s.least : s.least_in);
	assert_in_range(n, 1, 2);
	gp_stand_release(&s);
	gp_corpus_release(&c);
}

/* What was rare is found under its beginning when all is finished. */
static void
finished_with_beginnings(void **state)
{
	struct gp_corpus c;
	uint32_t back;

	(void)state;
	read_lines(&c, GP_STEMS | GP_BACK, 1, wells, COUNT(wells));
	assert_int_equal(gp_corpus_finish(&c, 2, 1000, 0), 0);
	back = feature(&c, "колод*");
	assert_int_not_equal(back, GP_NO_FEATURE);
	assert_int_equal(feature(&c, "колодезн"), GP_NO_FEATURE);
	assert_int_equal(feature(&c, "свет"), GP_NO_FEATURE);
	assert_int_equal(c.df[back], 2);
	/* the second text: колодчик as the beginning, колодк, дорог */
	assert_int_equal(c.row[2].at - c.row[1].at, 3);
	assert_null(c.raw);
	gp_corpus_release(&c);
}

static void
same_rows(
    const struct gp_corpus *a, size_t i, const struct gp_corpus *b, size_t k)
{
	size_t n = a->row[i + 1].at - a->row[i].at;

	assert_int_equal(b->row[k + 1].at - b->row[k].at, n);
	assert_memory_equal(a->entry + a->row[i].at, b->entry + b->row[k].at,
	    n * sizeof(*a->entry));
	assert_true(a->row[i].norm[0] == b->row[k].norm[0]);
	assert_true(a->row[i].square == b->row[k].square);
}

/* A part is what a corpus of the rows that stay would be. */
static void
part_is_as_if_the_rest_were_not(void **state)
{
	static const uint8_t leave[] = { 0, 1, 0, 0, 1 };
	static const size_t stays[] = { 0, 2, 3 };
	struct line few[COUNT(stays)];
	struct gp_corpus whole, part, alone;
	size_t i, n;

	(void)state;
	for (i = 0; i < COUNT(stays); i++)
		few[i] = wells[stays[i]];
	read_lines(&whole, GP_STEMS | GP_BACK, 1, wells, COUNT(wells));
	read_lines(&alone, GP_STEMS | GP_BACK, 1, few, COUNT(few));
	assert_int_equal(gp_corpus_finish(&whole, 1, 1000, 100), 0);
	assert_int_equal(gp_corpus_finish(&alone, 1, 1000, 100), 0);
	assert_non_null(whole.raw);
	n = whole.n;

	assert_int_equal(gp_part_init(&part, &whole, leave), 0);
	assert_int_equal(part.texts, 3);
	assert_int_equal(feature(&part, "колодчик"), GP_NO_FEATURE);
	assert_int_equal(part.n, alone.n);
	assert_memory_equal(part.key, alone.key, alone.n * sizeof(*part.key));
	assert_memory_equal(part.df, alone.df, alone.n * sizeof(*part.df));
	assert_memory_equal(part.idf, alone.idf, alone.n * sizeof(*part.idf));
	for (i = 0; i < COUNT(stays); i++)
		same_rows(&part, stays[i], &alone, i);
	/* rows that are left are there to be judged, by what is known */
	assert_int_equal(part.rows, COUNT(wells));
	assert_int_equal(part.row[2].at - part.row[1].at, 2);
	assert_ptr_equal(part.label[0], whole.label[0]);
	gp_part_release(&part);

	/* the whole is untouched */
	assert_int_equal(whole.n, n);
	assert_int_not_equal(feature(&whole, "колодчик"), GP_NO_FEATURE);
	gp_corpus_release(&whole);
	gp_corpus_release(&alone);
}

/* Topics x and y are of group a, z is of b; `sort` says nothing of either. */
static const struct line topics[] = {
	{ "яма", { "a", "x", "1" } },
	{ "яма", { "a", "x", "2" } },
	{ "яма", { "a", "y", "1" } },
	{ "яма", { "a", "y", "2" } },
	{ "яма", { "b", "z", "1" } },
	{ "яма", { "b", "z", "2" } },
	{ "яма", { "b", NULL, "1" } },
};

/* Weights 1, 2, 4 ... by column; the bias the same, times ten. */
static void
learnt(struct gp_fit *fit, const struct gp_corpus *c)
{
	size_t i, k;

	assert_int_equal(gp_fit_init(fit, c), 0);
	for (k = 0; k < fit->cols; k++) {
		for (i = 0; i < c->n; i++)
			fit->w[i * fit->cols + k] = (float)(1 << k);
		fit->bias[k] = (float)(10 << k);
	}
}

static void
columns_are(const struct gp_fit *fit, const float *want)
{
	size_t k;

	for (k = 0; k < fit->cols; k++) {
		assert_true(fit->w[k] == want[k]);
		assert_true(fit->bias[k] == 10 * want[k]);
	}
}

static void
topics_of(struct gp_corpus *c, size_t n_heads)
{
	read_lines(c, GP_STEMS, n_heads, topics, COUNT(topics));
	assert_int_equal(gp_corpus_finish(c, 1, 10, 0), 0);
}

/* a b | x y z | 1 2: half of the group's weight goes to its topics. */
static void
group_helps_its_topics(void **state)
{
	static const float want[] = { 1, 2, 4.5f, 8.5f, 17, 32, 64 };
	struct gp_corpus c;
	struct gp_fit_how how = { .corpus = &c, .heads = 7 };
	struct gp_fit fit;

	(void)state;
	topics_of(&c, 3);
	learnt(&fit, &c);
	assert_int_equal(gp_help(&fit, &how), 0);
	columns_are(&fit, want);
	gp_fit_release(&fit);
	gp_corpus_release(&c);
}

/* A head that is not asked for helps nobody and is helped by none. */
static void
only_heads_asked_for_help(void **state)
{
	static const float want[] = { 1, 2, 4, 8, 16, 32, 64 };
	struct gp_corpus c;
	struct gp_fit_how how = { .corpus = &c };
	struct gp_fit fit;

	(void)state;
	topics_of(&c, 3);
	for (how.heads = 0; how.heads < 8; how.heads++) {
		if ((how.heads & 3) == 3)
			continue;
		learnt(&fit, &c);
		assert_int_equal(gp_help(&fit, &how), 0);
		columns_are(&fit, want);
		gp_fit_release(&fit);
	}
	gp_corpus_release(&c);
}

/* Rows that are left out have no say: without them x is of b by half. */
static void
mixed_topics_share(void **state)
{
	static const struct line lines[] = {
		{ "яма", { "a", "x" } },
		{ "яма", { "b", "x" } },
		{ "яма", { "a", "y" } },
		{ "яма", { "b", "z" } },
		{ "яма", { "b", "z" } },
		{ "яма", { "a", "w" } },
		{ "яма", { "a", "w" } },
		{ "яма", { "a", "w" } },
		{ "яма", { "a", "w" } },
		{ "яма", { "a", "w" } },
	};
	/* a b | w x y z; x: (1 + 2) / 2 of the group's, halved */
	static const float helped[] = { 1, 2, 4.5f, 8.75f, 16.5f, 33 };
	static const float left[] = { 1, 2, 4, 8, 16, 32 };
	static const uint8_t leave[] = { 0, 0, 0, 0, 0, 1, 1, 1, 1, 1 };
	struct gp_corpus c;
	struct gp_fit_how how = { .corpus = &c, .heads = 3 };
	struct gp_fit fit;

	(void)state;
	read_lines(&c, GP_STEMS, 2, lines, COUNT(lines));
	assert_int_equal(gp_corpus_finish(&c, 1, 10, 0), 0);
	learnt(&fit, &c);
	assert_int_equal(gp_help(&fit, &how), 0); /* told in 9 of 10 */
	columns_are(&fit, helped);
	gp_fit_release(&fit);
	learnt(&fit, &c);
	how.leave = leave;
	assert_int_equal(gp_help(&fit, &how), 0); /* in 4 of 5: no part */
	columns_are(&fit, left);
	gp_fit_release(&fit);
	gp_corpus_release(&c);
}

/* A head that sees the topics' scores is learnt apart from them. */
static void
those_that_see_are_apart(void **state)
{
	static const struct line lines[] = {
		{ "яма", { "a", "x", "1" } },
		{ "яма", { "a", "y", "2" } },
		{ "яма", { "b", "z", "3" } },
		{ "яма", { "b", "z", "4" } },
	};
	/* a b | x y z | 1 2 3 4 */
	static const float apart[] = { 1, 2, 4.5f, 8.5f, 17, 32, 64, 128, 256 };
	static const float together[] = { 1, 2, 4.5f, 8.5f, 17, 34.5f, 68.5f,
		137, 265 };
	struct gp_corpus c;
	struct gp_fit_how how = { .corpus = &c, .heads = 7 };
	struct gp_fit fit;

	(void)state;
	read_lines(&c, GP_STEMS, 3, lines, COUNT(lines));
	assert_int_equal(gp_corpus_finish(&c, 1, 10, 0), 0);
	learnt(&fit, &c);
	assert_int_equal(gp_help(&fit, &how), 0);
	columns_are(&fit, together);
	gp_fit_release(&fit);
	c.seen = 1;
	learnt(&fit, &c);
	assert_int_equal(gp_help(&fit, &how), 0);
	columns_are(&fit, apart);
	gp_fit_release(&fit);
	gp_corpus_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rare_ones_share_a_beginning),
		cmocka_unit_test(beginnings_are_counted_by_text),
		cmocka_unit_test(most_raises_the_least),
		cmocka_unit_test(finished_with_beginnings),
		cmocka_unit_test(part_is_as_if_the_rest_were_not),
		cmocka_unit_test(group_helps_its_topics),
		cmocka_unit_test(only_heads_asked_for_help),
		cmocka_unit_test(mixed_topics_share),
		cmocka_unit_test(those_that_see_are_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
