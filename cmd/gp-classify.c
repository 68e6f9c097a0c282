/* gp-classify: say what an appeal is about. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/filter.h"
#include "cli/findings.h"
#include "cli/jq.h"
#include "learn/mixed.h"
#include "learn/worth.h"
#include "rules/class.h"
#include "rules/prove.h"
#include "json/write.h"

struct job {
	const char *path;   /* of the taxonomy; NULL: the shipped one */
	const char *member; /* that holds the text */
	const char *jq;
	double threshold; /* of groups; 0: the taxonomy's own */
	int check;
	int posts, official, again, explain;
	const struct gp_taxonomy *tax;
	struct gp_class *class;

	/* Of a model. */
	const char *model_path, *first;
	double confidence, coverage; /* below 0: not given */
	long top, uncertain;
	struct gp_model model;
	struct gp_mixed_how mixed;
	struct gp_worth worth;
};

/* One a thread. */
struct state {
	const struct job *job;
	struct gp_json_reader *reader;
	struct gp_match *match;
	struct gp_mixed *mixed; /* NULL: rules alone */
	struct gp_mixed room;
	struct gp_buf text, class;
};

static void
stop(void *arg)
{
	struct state *st = arg;

	gp_json_free(st->reader);
	gp_match_free(st->match);
	if (st->mixed != NULL)
		gp_mixed_end(st->mixed);
	gp_buf_release(&st->text);
	gp_buf_release(&st->class);
	free(st);
}

static void *
start(void *arg)
{
	struct state *st = calloc(1, sizeof(*st));
	int bad = 0;

	if (st == NULL)
		return NULL;
	st->job = arg;
	gp_buf_init(&st->text, 0);
	gp_buf_init(&st->class, 0);
	st->reader = gp_json_new();
	if (st->job->model_path != NULL) {
		st->mixed = &st->room;
		bad = gp_mixed_begin(st->mixed, &st->job->mixed) == -1;
	} else {
		st->match = gp_match_new(st->job->tax);
		bad = st->match == NULL;
	}
	if (bad || st->reader == NULL) {
		stop(st);
		return NULL;
	}
	return st;
}

/* Is it an appeal, and not yet judged by a person? */
static int
is_ours(struct state *st, const struct gp_json_obj *rec)
{
	const struct job *job = st->job;
	struct gp_json type = gp_json_get(rec, "type");

	if (!gp_json_is(type, "comment") && !gp_json_is(type, "message") &&
	    !(job->posts && gp_json_is(type, "post")))
		return 0;
	if (!job->official &&
	    gp_json_true(
		gp_json_at(st->reader, rec, "author", "official", NULL)))
		return 0;
	return job->again ||
	    !gp_json_is(
		gp_json_at(st->reader, rec, "class", "by", NULL), "person");
}

/* n 0: no text. -1: refused. */
static int
text_of(struct state *st, const struct gp_json_obj *rec, struct gp_span *text,
    struct gp_why *why)
{
	struct gp_json v =
	    gp_lesson_member(st->reader, rec, gp_span_of(st->job->member));

	*text = gp_json_bare(v);
	if (text->p != NULL || v.type == GP_JSON_NONE || v.type == GP_JSON_NULL)
		return 0;
	if (v.type != GP_JSON_STRING)
		return gp_because(why, "'%s' is %s, not a string",
		    st->job->member, gp_json_type_name(v.type));
	gp_buf_reset(&st->text);
	gp_json_text(v, &st->text);
	if (st->text.bad)
		return gp_because(why, "no memory");
	*text = gp_buf_span(&st->text);
	return 0;
}

/* -1: no memory. */
static int
class_of(struct state *st, const struct gp_json_obj *rec, struct gp_span text,
    float *worth)
{
	gp_buf_reset(&st->class);
	if (st->mixed == NULL) {
		gp_match_text(st->match, text);
		gp_class_put(
		    st->job->class, st->match, st->job->explain, &st->class);
	} else if (gp_mixed_put(st->mixed, st->reader, rec, text,
		       st->job->explain, &st->class, worth) == -1) {
		return -1;
	}
	return st->class.bad ? -1 : 0;
}

/* With --uncertain only what is ours goes on, with its figure before it. */
static int
line(void *arg, struct gp_span in, struct gp_buf *out, struct gp_why *why)
{
	struct gp_json_edit edit = { .key = "class" };
	struct state *st = arg;
	struct gp_span text = { NULL, 0 };
	struct gp_json_obj rec;
	float worth = 0;

	if (gp_json_open(st->reader, in, 0, &rec, why) == -1)
		return -1;
	if (is_ours(st, &rec) && text_of(st, &rec, &text, why) == -1)
		return -1;
	if (text.n == 0 && st->job->uncertain > 0)
		return 0;
	if (text.n == 0) {
		gp_buf_add(out, in.p, in.n);
	} else {
		if (class_of(st, &rec, text, &worth) == -1)
			return gp_because(why, "no memory");
		if (st->job->uncertain > 0)
			gp_worth_mark(out, worth);
		edit.value = gp_buf_span(&st->class);
		gp_json_splice(out, &rec, &edit, 1);
	}
	gp_buf_addc(out, '\n');
	return 0;
}

/* What was proven, as a record. */
static int
put_counts(const char *path, const struct gp_taxonomy *tax,
    const struct gp_findings *all)
{
	struct gp_buf b;
	struct gp_jw w;

	gp_buf_init(&b, 0);
	gp_jw_init(&w, &b);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "type", "taxonomy");
	gp_jw_kstr(&w, "file", path);
	gp_jw_kstr(&w, "dated", tax->dated);
	gp_jw_kint(&w, "kinds", (int64_t)tax->kinds);
	gp_jw_kint(&w, "groups", (int64_t)tax->groups);
	gp_jw_kint(&w, "topics", (int64_t)tax->topics);
	gp_jw_kint(
	    &w, "terms", (int64_t)(tax->rules - tax->patterns - tax->calls));
	gp_jw_kint(&w, "patterns", (int64_t)tax->patterns);
	return gp_findings_end(all, &w, &b);
}

static int
check(const char *path)
{
	struct gp_findings all;
	struct gp_taxonomy *tax;
	struct gp_why why;
	int status = GP_DATA;

	gp_findings_init(&all);
	tax = gp_taxonomy_load(path, &all, &why);
	if (tax == NULL) {
		gp_findings_say(&all);
		gp_warnx("%s", why.msg);
	} else {
		gp_taxonomy_prove(tax, &all);
		status = put_counts(path, tax, &all);
	}
	if (all.bad)
		gp_die(GP_SOFTWARE, "no memory");
	gp_taxonomy_free(tax);
	gp_findings_release(&all);
	return status;
}

static struct gp_taxonomy *
load(const struct job *job)
{
	struct gp_taxonomy *tax = gp_taxonomy_given(job->path);

	if (job->threshold > 0)
		tax->least.group = (int)(job->threshold * GP_WEIGHT + 0.5);
	return tax;
}

static void
load_model(struct job *job)
{
	struct gp_why why;

	if (gp_model_find_file(&job->model, job->model_path, &why) == -1)
		gp_die(GP_CONFIG, "%s", why.msg);
	job->mixed.model = &job->model;
	job->mixed.class = job->class;
	job->mixed.tax = job->tax;
	job->mixed.rules_first = strcmp(job->first, "rules") == 0;
	job->mixed.top = (size_t)job->top;
	job->mixed.confidence = job->confidence;
	job->mixed.coverage = job->coverage;
	if (gp_mixed_init(&job->mixed) == -1 ||
	    gp_worth_init(&job->worth,
		job->uncertain > 0 ? (size_t)job->uncertain : 0) == -1)
		gp_die(GP_SOFTWARE, "no memory");
}

static int
take_worth(void *ctx, struct gp_span lines)
{
	struct job *job = ctx;

	if (gp_worth_take(&job->worth, lines) == -1)
		gp_die(GP_SOFTWARE, "no memory");
	return 0;
}

static int
put_worth(struct job *job, int status)
{
	struct gp_buf b;

	gp_buf_init(&b, SIZE_MAX);
	gp_worth_put(&job->worth, &b);
	if (b.bad)
		gp_die(GP_SOFTWARE, "no memory");
	if (gp_file_write(STDOUT_FILENO, b.p, b.n) == -1) {
		gp_warn("cannot write to standard output");
		status = GP_IO;
	}
	gp_buf_release(&b);
	return status;
}

static int
classify(struct job *job, struct gp_filter *f, int n, char **operands)
{
	struct gp_taxonomy *tax = NULL;
	int status;

	if (job->model_path == NULL || strcmp(job->first, "alone") != 0) {
		tax = load(job);
		job->tax = tax;
		job->class = gp_class_new(tax);
		if (job->class == NULL)
			gp_die(GP_SOFTWARE, "no memory");
	}
	if (job->model_path != NULL)
		load_model(job);
	if (job->uncertain > 0)
		f->sink = take_worth;
	status = gp_filter_run(f, n, operands);
	if (job->uncertain > 0 && (status == GP_OK || status == GP_PARTIAL))
		status = put_worth(job, status);
	if (job->model_path != NULL) {
		gp_worth_release(&job->worth);
		gp_mixed_release(&job->mixed);
		gp_model_close(&job->model);
	}
	gp_class_free(job->class);
	gp_taxonomy_free(tax);
	return status;
}

/* What goes only with a model, and how far. */
static void
check_options(const struct job *job)
{
	if (job->model_path == NULL &&
	    (job->top > 0 || job->uncertain > 0 || job->confidence >= 0 ||
		job->coverage >= 0))
		gp_die(GP_USAGE,
		    "--top, --uncertain, --coverage and --min-confidence need "
		    "--model");
	if (job->confidence >= 0 && job->coverage >= 0)
		gp_die(GP_USAGE, "--coverage or --min-confidence, not both");
	if (job->confidence > 1 || job->coverage > 1)
		gp_die(GP_USAGE, "--coverage, --min-confidence: from 0 to 1");
	if (job->top > GP_MOST_TOP)
		gp_die(GP_USAGE, "--top: at most %d", GP_MOST_TOP);
	if (job->uncertain == 0 || job->uncertain > 1000000)
		gp_die(GP_USAGE, "--uncertain: from 1 to 1000000");
	if (job->threshold > 1000)
		gp_die(GP_USAGE, "--threshold: at most 1000");
}

static const char examples[] =
    "  gp-fetch -p town --state st | gp-classify >> town.ndjson\n"
    "  gp-classify --model model.gpm town.ndjson\n"
    "  gp-classify --check taxonomy.yaml\n";

int
main(int argc, char **argv)
{
	struct job job = { .member = "text",
		.first = "model",
		.uncertain = -1,
		.confidence = -1,
		.coverage = -1 };
	struct gp_filter f = { .ctx = &job,
		.start = start,
		.stop = stop,
		.line = line,
		.lock = GP_LOCK_IN };
	/* clang-format off */
	const struct gp_opt opts[] = {
		{ GP_FILE, 't', "taxonomy", "FILE", "rules, instead of the shipped ones", &job.path, NULL },
		{ GP_FLAG, 0, "check", NULL, "prove the taxonomy FILE and count what it holds", &job.check, NULL },
		{ GP_REAL, 0, "threshold", "N", "least score of a group", &job.threshold, NULL },
		{ GP_FLAG, 0, "posts", NULL, "posts too", &job.posts, NULL },
		{ GP_FLAG, 0, "official", NULL, "what the page itself wrote too", &job.official, NULL },
		{ GP_FLAG, 0, "again", NULL, "even what a person has classified", &job.again, NULL },
		{ GP_FLAG, 0, "explain", NULL, "tell the scores of all candidates", &job.explain, NULL },
		{ GP_STR, 0, "member", "NAME", "where the text is, instead of 'text'", &job.member, NULL },
		{ GP_FILE, 'm', "model", "FILE", "ask this model too, see gp-train(1)", &job.model_path, NULL },
		{ GP_CHOICE, 0, "first", "WHO", "who is asked first; alone: no rules at all", &job.first, "model|rules|alone" },
		{ GP_INT, 0, "top", "K", "tell the model's K likeliest labels of each head", &job.top, NULL },
		{ GP_REAL, 0, "min-confidence", "N", "a person looks at what the model is less sure of", &job.confidence, NULL },
		{ GP_REAL, 0, "coverage", "N", "so sure that this share needs no person", &job.coverage, NULL },
		{ GP_INT, 0, "uncertain", "N", "only the N records most worth labelling", &job.uncertain, NULL },
		GP_FILTER_OPTS(&f),
		GP_JQ_OPT(&job.jq),
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	/* clang-format on */
	const struct gp_cmd cmd = { "gp-classify",
		"say what an appeal is about", "[FILE ...]", opts, NULL,
		examples };
	int n, status;

	gp_prog(argv[0]);
	n = gp_opt_parse(&cmd, argc, argv);
	if (job.check && n != 1)
		gp_die(GP_USAGE, "--check takes one FILE");
	check_options(&job);
	status = gp_jq_start(job.jq);
	if (status == GP_OK)
		status =
		    job.check ? check(argv[0]) : classify(&job, &f, n, argv);
	return gp_jq_finish(status);
}
