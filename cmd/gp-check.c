/* gp-check: hold records against the standard. */
#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.h"
#include "check/record.h"
#include "check/table.h"
#include "cli/filter.h"
#include "cli/jq.h"
#include "cli/zone.h"
#include "show/show.h"

struct job {
	const char *format, *lang, *only_rules, *skip, *allow;
	const char *since, *until, *zone, *config, *jq;
	struct gp_list standard;
	int only, strict, official, schema, rules;
	long width;
	struct gp_posts_span span;
	struct gp_standard *std;
	struct gp_check check;
	struct gp_show_how how;
	struct gp_show show;
	struct gp_json_reader *reader; /* of findings for a table */
};

/* Findings come as lines, whatever thread found them, and become rows. */
static int
to_table(void *ctx, struct gp_span lines)
{
	struct job *job = ctx;

	return gp_check_rows(&job->show, job->reader, lines);
}

static int
to_stdout(void *ctx, struct gp_span s)
{
	(void)ctx;
	return gp_file_write(STDOUT_FILENO, s.p, s.n);
}

static int
list_rules(struct job *job)
{
	return gp_check_list(&job->show, job->std) == 0 ? GP_OK : GP_IO;
}

/* -- the run ----------------------------------------------------------------- */

static void *
start(void *arg)
{
	struct job *job = arg;

	return gp_check_run_new(&job->check);
}

static void
stop(void *run)
{
	gp_check_run_free(run);
}

static int
line(void *run, struct gp_span in, struct gp_buf *out, struct gp_why *why)
{
	return gp_check_line(run, in, out, why);
}

/* What can be said only when all posts have passed. */
static int
judge_posts(struct job *job, int status)
{
	size_t errors = 0;
	struct gp_buf out;
	int r;

	if (job->check.posts == NULL ||
	    (status != GP_OK && status != GP_PARTIAL))
		return status;
	gp_buf_init(&out, 1024 * GP_MIB);
	if (gp_posts_judge(
		job->check.posts, job->std, &job->span, &out, &errors) == -1)
		gp_die(GP_SOFTWARE, "no memory");
	atomic_fetch_add(&job->check.errors, errors);
	r = out.n == 0 ? 0
	    : job->only && job->how.format->shows != GP_IN_NDJSON
	    ? to_table(job, gp_buf_span(&out))
	    : to_stdout(job, gp_buf_span(&out));
	gp_buf_release(&out);
	if (r == -1) {
		if (errno != EPIPE)
			gp_warn("cannot write to standard output");
		return GP_IO;
	}
	return status;
}

static int
run(struct job *job, struct gp_filter *f, int n, char **operands)
{
	int rows = job->only && job->how.format->shows != GP_IN_NDJSON;
	int status;

	if (rows) {
		f->sink = to_table;
		job->reader = gp_json_new();
		if (job->reader == NULL)
			gp_die(GP_SOFTWARE, "no memory");
		gp_show_begin(&job->show, &gp_check_table);
	}
	status = gp_filter_run(f, n, operands);
	gp_at(NULL, 0);
	status = judge_posts(job, status);
	if (rows && gp_show_end(&job->show) == -1 && status < GP_USAGE)
		status = GP_IO;
	gp_json_free(job->reader);
	if (status == GP_OK && atomic_load(&job->check.errors) > 0)
		status = GP_PARTIAL;
	return status;
}

/* -- setting up --------------------------------------------------------------- */

static size_t
terminal_width(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == -1 ? 0 : size.ws_col;
}

/* A table for a person at a terminal, records for whatever else reads. */
static void
choose_format(struct job *job)
{
	int people = job->jq == NULL && isatty(STDOUT_FILENO);

	if (job->format != NULL && !job->only && !job->rules)
		gp_die(
		    GP_USAGE, "--format goes with --only-findings or --rules");
	if (job->only && job->strict)
		gp_die(GP_USAGE,
		    "--strict does not go with --only-findings: it prints "
		    "no records to hold back");
	if (job->format == NULL)
		job->format =
		    people && (job->only || job->rules) ? "table" : "ndjson";
	if (job->jq != NULL && strcmp(job->format, "ndjson") != 0)
		gp_die(GP_USAGE, "--jq does not go with %s: it reads ndjson",
		    job->format);
	job->how.format = gp_format_find(job->format);
	job->how.lang = strcmp(job->lang, "en") == 0 ? GP_EN : GP_RU;
	job->how.width = (size_t)job->width;
	if (job->width == 0 && people)
		job->how.width = terminal_width();
	job->how.write = to_stdout;
	gp_show_init(&job->show, &job->how);
}

static int
instant(const char *option, const char *word, gp_instant now, gp_instant *to)
{
	if (word == NULL)
		return 0;
	if (gp_instant_word(word, now, to) == -1)
		gp_die(GP_USAGE, "--%s: '%s' is not an instant", option, word);
	return 1;
}

static void
load_standard(struct job *job)
{
	struct gp_why why;

	job->std = gp_standard_load(job->standard.word, job->standard.n, &why);
	if (job->std == NULL)
		gp_die(GP_CONFIG, "%s", why.msg);
	if (job->only_rules != NULL &&
	    gp_standard_pick(job->std, job->only_rules, 1, &why) == -1)
		gp_die(GP_USAGE, "--only: %s", why.msg);
	if (job->skip != NULL &&
	    gp_standard_pick(job->std, job->skip, 0, &why) == -1)
		gp_die(GP_USAGE, "--skip: %s", why.msg);
	if (job->allow != NULL &&
	    gp_standard_allow(job->std, job->allow, &why) == -1)
		gp_die(GP_CONFIG, "%s", why.msg);
	job->check.standard = job->std;
	if (job->std->uses == 0 || job->rules)
		return;
	gp_zone_given(job->zone, job->config);
	job->span.until = gp_now();
	instant("until", job->until, job->span.until, &job->span.until);
	job->span.has_since =
	    instant("since", job->since, gp_now(), &job->span.since);
	job->check.posts = gp_posts_new();
	if (job->check.posts == NULL)
		gp_die(GP_SOFTWARE, "no memory");
}

static void
load_schema(struct job *job)
{
	struct gp_schema *s;
	struct gp_buf path;
	struct gp_why why;

	gp_buf_init(&path, 0);
	if (gp_file_data("gp-record.schema.json", &path, &why) == -1)
		gp_die(GP_CONFIG, "%s", why.msg);
	s = gp_schema_load(gp_buf_str(&path), &why);
	if (s == NULL)
		gp_die(GP_CONFIG, "%s", why.msg);
	gp_buf_release(&path);
	job->check.schema = s;
}

static void
set_up(struct job *job)
{
	choose_format(job);
	job->check.only = job->only;
	job->check.hold = job->strict;
	job->check.official = job->official;
	if (job->schema)
		load_schema(job);
	else
		load_standard(job);
}

static void
tear_down(struct job *job)
{
	gp_show_release(&job->show);
	gp_posts_free(job->check.posts);
	gp_standard_free(job->std);
	gp_schema_free((struct gp_schema *)(uintptr_t)job->check.schema);
}

static const char examples[] =
    "  gp-suggest appeals.ndjson | gp-check | gp-review\n"
    "  gp-store get d.db --type post --since 7d | gp-check --only-findings\n"
    "  gp-check --rules\n";

int
main(int argc, char **argv)
{
	struct job job = { .lang = "ru" };
	struct gp_filter f = { .ctx = &job,
		.start = start,
		.stop = stop,
		.line = line,
		.lock = GP_LOCK_IN };
	/* clang-format off */
	const struct gp_opt opts[] = {
		{ GP_LIST, 's', "standard", "FILE", "a standard of your own (gp-standard(5)); may be given again", &job.standard, NULL },
		{ GP_FLAG, 0, "only-findings", NULL, "print findings alone", &job.only, NULL },
		{ GP_CHOICE, 'f', "format", "FORMAT", "of findings and rules; table on a terminal, else ndjson", &job.format, GP_FORMAT_WORDS },
		{ GP_FLAG, 0, "strict", NULL, "hold back what has errors", &job.strict, NULL },
		{ GP_FLAG, 0, "official", NULL, "check what the page itself wrote, too", &job.official, NULL },
		{ GP_STR, 0, "only", "RULES", "by these rules alone, as hole,posts.*", &job.only_rules, NULL },
		{ GP_STR, 0, "skip", "RULES", "leave these rules out", &job.skip, NULL },
		{ GP_FILE, 'a', "allow", "FILE", "what is no personal data, as of gp-redact", &job.allow, NULL },
		{ GP_FLAG, 0, "rules", NULL, "list the rules and end", &job.rules, NULL },
		{ GP_FLAG, 0, "schema", NULL, "prove records against gp-record(5) instead", &job.schema, NULL },
		{ GP_STR, 0, "since", "INSTANT", "posts are whole from then on", &job.since, NULL },
		{ GP_STR, 0, "until", "INSTANT", "weeks are counted back from there; default now", &job.until, NULL },
		{ GP_STR, 0, "zone", "ZONE", "zone of days, instead of the config's", &job.zone, NULL },
		{ GP_FILE, 'c', "config", "FILE", "the config (gp-config(5)), for its zone", &job.config, NULL },
		{ GP_CHOICE, 0, "lang", "LANG", "language of the labels", &job.lang, "ru|en" },
		{ GP_INT, 0, "width", "N", "columns of the table; 0: the terminal's", &job.width, NULL },
		{ GP_INT, 'j', "jobs", "N", "threads; the order is kept", &f.jobs, NULL },
		{ GP_FILE, 0, "reject", "FILE", "keep refused lines there, with number and reason", &f.reject, NULL },
		GP_JQ_OPT(&job.jq),
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	/* clang-format on */
	const struct gp_cmd cmd = { "gp-check",
		"hold records against the standard", "[FILE ...]", opts, NULL,
		examples };
	int n, status;

	gp_prog(argv[0]);
	n = gp_opt_parse(&cmd, argc, argv);
	if (job.schema && (job.rules || job.standard.n > 0))
		gp_die(GP_USAGE, "--schema goes without a standard");
	set_up(&job);
	status = gp_jq_start(job.jq);
	if (status == GP_OK)
		status = job.rules ? list_rules(&job) : run(&job, &f, n, argv);
	tear_down(&job);
	return gp_jq_finish(status);
}
