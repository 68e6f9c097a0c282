/* gp-train: learn a classifier from labelled records; judge one. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/filter.h"
#include "cli/jq.h"
#include "learn/figures.h"
#include "learn/train.h"
#include "learn/trial.h"

struct job {
	const char *features, *test, *compare, *judge, *out, *format, *lang;
	const char *member, *see, *jq;
	struct gp_list label, with;
	long folds, least, most, jobs;
	double cost;
	int machine, progress, worse;
	size_t machines; /* records passed over */
	struct gp_lesson_how how;
	struct gp_lesson_reader reader;
	struct gp_corpus corpus;
	struct gp_trained trained;
	struct gp_filter *filter;
	struct gp_show show;
};

static void __attribute__((noreturn)) no_memory(void)
{
	gp_at(NULL, 0);
	gp_die(GP_SOFTWARE, "no memory");
}

static void
progress(void *ctx, const char *what, size_t done, size_t all)
{
	const struct job *job = ctx;

	if (job->progress)
		fprintf(stderr, "\r%s: %s: %zu of %zu%s", gp_prog_name(), what,
		    done, all, done == all ? "\r\033[K" : "");
}

/* -- what is learnt --------------------------------------------------------*/

static int
learn(void *arg, struct gp_span in, struct gp_buf *out, struct gp_why *why)
{
	struct job *job = arg;
	struct gp_lesson lesson;
	enum gp_lesson_is is;

	(void)out;
	is = gp_lesson_read(&job->reader, &job->how, in, &lesson, why);
	if (is == GP_LESSON)
		gp_corpus_add(&job->corpus, &lesson);
	job->machines += is == GP_LESSON_MACHINE;
	if (job->corpus.bad)
		return gp_because(why, "no memory");
	if (job->corpus.full)
		gp_die(GP_DATA, "more than %d labels of one head",
		    GP_MOST_CLASSES);
	return is == GP_LESSON_REFUSED ? -1 : 0;
}

/* The head that --see names must be one of those that are learnt. */
static void
set_seen(struct job *job)
{
	size_t h;

	if (job->see == NULL)
		return;
	for (h = 0; h < job->corpus.heads; h++)
		if (strcmp(job->corpus.head[h], job->see) == 0)
			job->corpus.seen = (int)h;
	if (job->corpus.seen == -1 || strncmp(job->see, "class.", 6) != 0)
		gp_die(GP_USAGE, "--see: '%s' is no --label within 'class'",
		    job->see);
}

static void
set_how(struct job *job)
{
	struct gp_why why;
	size_t i;

	if (job->label.n == 0) {
		job->label.word[job->label.n++] = "class.group";
		job->label.word[job->label.n++] = "class.topic";
	}
	if (job->label.n > GP_MOST_HEADS || job->with.n > GP_MOST_SIDES)
		gp_die(GP_USAGE, "at most %d of --label and %d of --with",
		    GP_MOST_HEADS, GP_MOST_SIDES);
	job->how.text = job->member;
	job->how.machine = job->machine;
	job->how.labels = job->label.n;
	job->how.sides = job->with.n;
	for (i = 0; i < job->label.n; i++)
		job->how.label[i] = job->label.word[i];
	for (i = 0; i < job->with.n; i++)
		job->how.side[i] = job->with.word[i];
	if (gp_lesson_prove(&job->how, &why) == -1)
		gp_die(GP_USAGE, "%s", why.msg);
}

static void
make_corpus(struct job *job)
{
	int what = 0;
	size_t i;

	if (strstr(job->features, "stems") != NULL)
		what |= GP_STEMS | GP_BACK;
	if (strstr(job->features, "char4") != NULL)
		what |= GP_CHAR4;
	if (gp_corpus_init(&job->corpus, what) == -1 ||
	    gp_lesson_init(&job->reader) == -1)
		no_memory();
	for (i = 0; i < job->how.labels; i++)
		job->corpus.head[job->corpus.heads++] = job->how.label[i];
	set_seen(job);
}

static void
say_machines(size_t n)
{
	if (n > 0)
		gp_warnx("%zu records have labels that programs gave: passed "
			 "over (--machine takes them)",
		    n);
}

/* Every head needs two labels, or there is nothing to be told apart. */
static int
enough(const struct job *job)
{
	size_t h;

	for (h = 0; h < job->corpus.heads; h++)
		if (job->corpus.names[h].n < 2) {
			gp_warnx("'%s': %zu labels in %zu records: nothing to "
				 "be learnt",
			    job->corpus.head[h], job->corpus.names[h].n,
			    job->corpus.rows);
			return 0;
		}
	return 1;
}

static int
train(struct job *job, int n, char **operands)
{
	struct gp_train_how how = { .c = job->cost,
		.folds = (unsigned)job->folds,
		.jobs = job->jobs,
		.sides = job->how.sides,
		.progress = progress,
		.ctx = job };
	int status;

	memcpy(how.side, job->how.side, sizeof(how.side));
	make_corpus(job);
	job->filter->line = learn;
	status = gp_filter_run(job->filter, n, operands);
	gp_at(NULL, 0);
	if (status != GP_OK && status != GP_PARTIAL)
		return status;
	if (gp_corpus_finish(&job->corpus, (uint32_t)job->least,
		(size_t)job->most, GP_FOLD_ROWS) == -1)
		no_memory();
	say_machines(job->machines);
	if (!enough(job))
		return GP_DATA;
	if (gp_train_run(&job->trained, &job->corpus, &how) == -1)
		no_memory();
	return status;
}

static int
save(const struct job *job)
{
	mode_t mask = umask(077);
	struct gp_why why;

	umask(mask);
	if (gp_file_replace(job->out, gp_buf_span(&job->trained.model),
		0666 & ~mask, &why) == 0)
		return GP_OK;
	gp_warnx("%s", why.msg);
	return GP_IO;
}

/* -- how good it is --------------------------------------------------------*/

static int
to_stdout(void *ctx, struct gp_span s)
{
	(void)ctx;
	return gp_file_write(STDOUT_FILENO, s.p, s.n);
}

static void
set_show(struct job *job)
{
	int people = job->jq == NULL && isatty(STDOUT_FILENO);
	struct gp_show_how how = { .write = to_stdout };
	struct winsize size;

	if (job->format == NULL)
		job->format = people ? "table" : "ndjson";
	if (job->jq != NULL && strcmp(job->format, "ndjson") != 0)
		gp_die(
		    GP_USAGE, "--jq does not go with --format %s", job->format);
	how.format = gp_format_find(job->format);
	how.lang = strcmp(job->lang, "en") == 0 ? GP_EN : GP_RU;
	if (people && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		how.width = size.ws_col;
	gp_show_init(&job->show, &how);
}

static int
shown(int r)
{
	if (r == 0)
		return GP_OK;
	if (r == GP_SHOW_MEMORY)
		no_memory();
	if (errno != EPIPE)
		gp_warn("cannot write to standard output");
	return GP_IO;
}

static int
test_line(void *arg, struct gp_span in, struct gp_buf *out, struct gp_why *why)
{
	(void)out;
	return gp_test_record(arg, in, why);
}

/* Heads that the new model does not have any more are worse than they were. */
static void
find_lost(struct job *job, const struct gp_test *test)
{
	const struct gp_model *old = test->model[1];
	struct gp_span name;
	size_t h, i;

	for (h = 0; h < old->head->heads; h++) {
		name = gp_model_text(old, old->label[h].name);
		for (i = 0; i < test->how.labels; i++)
			if (gp_span_is(name, test->how.label[i]))
				break;
		if (i < test->how.labels)
			continue;
		job->worse = 1;
		gp_warnx("'%.*s' is in '%s' and not in this model", (int)name.n,
		    name.p, job->compare);
	}
}

/* A head that got worse: exit 1, for cron. */
static int
show_compared(struct job *job, struct gp_test *test)
{
	struct gp_compared c[GP_MOST_HEADS];
	int status;
	size_t h;

	find_lost(job, test);

	for (h = 0; h < test->how.labels; h++) {
		c[h] = gp_compared_of(test->how.label[h], &test->paired[h]);
		if (!c[h].worse)
			continue;
		job->worse = 1;
		gp_warnx("'%s' is worse than in '%s': %zu texts better, %zu "
			 "worse, p %.4f",
		    c[h].head, job->compare, c[h].t.better, c[h].t.worse,
		    c[h].t.p);
	}
	status = shown(gp_compared_show(&job->show, c, test->how.labels));
	return status == GP_OK && job->worse ? GP_PARTIAL : status;
}

static int
run_test(
    struct job *job, const struct gp_model *model, const struct gp_model *old)
{
	char *operand = (char *)(uintptr_t)job->test;
	float temperature[GP_MOST_HEADS];
	uint32_t learnt[GP_MOST_HEADS];
	struct gp_test test;
	int status, r;
	size_t h;

	if (gp_test_init(&test, model, old, job->member) == -1)
		no_memory();
	test.how.machine = job->machine;
	job->filter->ctx = &test;
	job->filter->line = test_line;
	job->filter->refused = 0;
	status = gp_filter_run(job->filter, 1, &operand);
	gp_at(NULL, 0);
	say_machines(test.machines);
	if ((status == GP_OK || status == GP_PARTIAL) && test.texts == 0) {
		gp_warnx("'%s': no record with a text and a label to judge by",
		    job->test);
		status = GP_DATA;
	}
	for (h = 0; h < test.how.labels; h++) {
		temperature[h] = model->label[h].temperature;
		learnt[h] = model->label[h].n;
	}
	r = status;
	if (status == GP_OK || status == GP_PARTIAL)
		r = shown(gp_trials_show(&job->show, test.trial, temperature,
		    learnt, test.how.labels, "test"));
	if (r == GP_OK && old != NULL)
		r = show_compared(job, &test);
	gp_test_release(&test);
	return r != GP_OK ? r : status;
}

static int
judge(struct job *job)
{
	struct gp_model model, old;
	struct gp_why why;
	int status;

	if ((job->judge != NULL
		    ? gp_model_open(&model, job->judge, &why)
		    : gp_model_view(&model, gp_buf_span(&job->trained.model),
			  &why)) == -1)
		gp_die(GP_CONFIG, "%s", why.msg);
	if (job->compare != NULL &&
	    gp_model_open(&old, job->compare, &why) == -1)
		gp_die(GP_CONFIG, "%s", why.msg);
	status = run_test(job, &model, job->compare != NULL ? &old : NULL);
	if (job->compare != NULL)
		gp_model_close(&old);
	gp_model_close(&model);
	return status;
}

/* -- the run ---------------------------------------------------------------*/

static int
run(struct job *job, int folds, int n, char **operands)
{
	int status = GP_OK, r;

	if (job->judge == NULL)
		status = train(job, n, operands);
	if (status != GP_OK && status != GP_PARTIAL)
		return status;
	r = GP_OK;
	if (folds && job->judge == NULL)
		r = shown(gp_trained_show(&job->show, &job->trained));
	if (r == GP_OK && job->test != NULL)
		r = judge(job);
	/* a model that is worse does not take the place of the old one */
	if ((r == GP_OK || r == GP_PARTIAL) && !job->worse &&
	    job->out != NULL && save(job) != GP_OK)
		r = GP_IO;
	return r != GP_OK ? r : status;
}

static void
check(const struct job *job, int n)
{
	if (job->judge != NULL && (job->test == NULL || job->out != NULL || n))
		gp_die(GP_USAGE, "--judge takes --test, no FILE and no -o");
	if (job->judge != NULL &&
	    (job->label.n > 0 || job->with.n > 0 || job->see != NULL ||
		job->folds > 0))
		gp_die(GP_USAGE,
		    "--judge: the model has its heads and what it sees; no "
		    "--label, --with, --see or --folds");
	if (job->compare != NULL && job->test == NULL)
		gp_die(GP_USAGE, "--compare needs --test FILE");
	if (job->judge == NULL && job->out == NULL && job->test == NULL &&
	    job->folds == 0)
		gp_die(GP_USAGE, "what for? -o, --test or --folds");
	if (job->folds == 1 || job->folds > 50)
		gp_die(GP_USAGE, "--folds: from 2 to 50");
	if (job->cost <= 0 || job->cost > 1000)
		gp_die(GP_USAGE, "--cost: above 0, at most 1000");
	if (job->least > GP_MOST_FEATURES)
		gp_die(GP_USAGE, "--least: at most %d", GP_MOST_FEATURES);
	if (job->most < 1 || job->most > GP_MOST_FEATURES)
		gp_die(GP_USAGE, "--most: from 1 to %d", GP_MOST_FEATURES);
}

static const char examples[] =
    "  gp-train -o town.gpm labelled.ndjson\n"
    "  gp-train --folds 5 --format table labelled.ndjson\n"
    "  gp-train -o new.gpm --compare old.gpm --test judge.ndjson l.ndjson\n";

int
main(int argc, char **argv)
{
	struct job job = { .features = "stems",
		.lang = "ru",
		.member = "text",
		.cost = 0.5,
		.least = 2,
		.most = 100000 };
	struct gp_filter f = { .ctx = &job };
	/* clang-format off */
	const struct gp_opt opts[] = {
		{ GP_LIST, 'l', "label", "MEMBER", "learn this member; may be given again", &job.label, NULL },
		{ GP_FILE, 'o', "output", "FILE", "the model goes there", &job.out, NULL },
		{ GP_CHOICE, 0, "features", "WHAT", "what is seen of a text", &job.features, "stems|stems,char4|char4" },
		{ GP_LIST, 0, "with", "MEMBER", "see this member too; may be given again", &job.with, NULL },
		{ GP_STR, 0, "see", "MEMBER", "labels outside 'class' see the scores of this one", &job.see, NULL },
		{ GP_STR, 0, "member", "NAME", "where the text is, instead of 'text'", &job.member, NULL },
		{ GP_FLAG, 0, "machine", NULL, "learn even what programs have said", &job.machine, NULL },
		{ GP_REAL, 0, "cost", "N", "of an error, in training", &job.cost, NULL },
		{ GP_INT, 0, "least", "N", "texts a feature stands in at least", &job.least, NULL },
		{ GP_INT, 0, "most", "N", "features at most, the most frequent", &job.most, NULL },
		{ GP_FILE, 0, "test", "FILE", "judge the model on these records", &job.test, NULL },
		{ GP_INT, 0, "folds", "K", "judge it on K parts, each by the others", &job.folds, NULL },
		{ GP_FILE, 0, "judge", "MODEL", "judge this model instead of learning one", &job.judge, NULL },
		{ GP_FILE, 0, "compare", "OLD", "fail if a label got worse than in this model", &job.compare, NULL },
		{ GP_CHOICE, 'f', "format", "FORMAT", "of the figures; table on a terminal, else ndjson", &job.format, GP_FORMAT_WORDS },
		{ GP_CHOICE, 0, "lang", "LANG", "language of the titles", &job.lang, "ru|en" },
		GP_FILTER_OPTS(&f),
		GP_JQ_OPT(&job.jq),
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	/* clang-format on */
	const struct gp_cmd cmd = { "gp-train",
		"learn a classifier from labelled records; judge one",
		"[FILE ...]", opts, NULL, examples };
	int n, status, folds;

	gp_prog(argv[0]);
	n = gp_opt_parse(&cmd, argc, argv);
	check(&job, n);
	folds = job.folds > 0;
	if (!folds)
		job.folds = 10; /* for how sure it may be */
	job.jobs = f.jobs;
	f.jobs = 1; /* lessons come in order */
	job.filter = &f;
	job.progress = isatty(STDERR_FILENO);
	set_how(&job);
	set_show(&job);
	status = gp_jq_start(job.jq);
	if (status == GP_OK)
		status = run(&job, folds, n, argv);
	gp_trained_release(&job.trained); /* lays its columns by the corpus */
	gp_corpus_release(&job.corpus);
	gp_lesson_release(&job.reader);
	gp_show_release(&job.show);
	return gp_jq_finish(status);
}
