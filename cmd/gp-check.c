/* gp-check: hold records against the standard. */
#include <errno.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/file.h"
#include "check/record.h"
#include "cli/filter.h"
#include "cli/jq.h"
#include "config/config.h"
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

/* -- findings for people ---------------------------------------------------- */

/* clang-format off */
static const struct gp_column columns[] = {
	{ "level", { "уровень", "level" }, GP_IN_TABLE | GP_IN_CSV, 0 },
	{ "of", { "запись", "record" }, GP_IN_TABLE | GP_IN_CSV | GP_COL_ID | GP_COL_GIVES, 0 },
	{ "line", { "строка", "line" }, GP_IN_TABLE | GP_IN_CSV | GP_COL_NUMBER | GP_COL_DROPS, 0 },
	{ "words", { "слова", "words" }, GP_IN_TABLE | GP_IN_CSV | GP_COL_GIVES, 0 },
	{ "message", { "что не так", "what is wrong" }, GP_IN_TABLE | GP_IN_CSV | GP_COL_GIVES, 0 },
	{ "better", { "как лучше", "better" }, GP_IN_TABLE | GP_IN_CSV | GP_COL_GIVES | GP_COL_LAST, 0 },
	{ "rule", { "правило", "rule" }, GP_IN_TABLE | GP_IN_CSV | GP_COL_DROPS, 0 },
};
enum { COLUMNS = sizeof(columns) / sizeof(columns[0]) };
static const struct gp_table table = { "check", NULL, { NULL, NULL },
	{ "Замечаний нет", "Nothing was found" }, columns, COLUMNS };

static const struct gp_column rule_columns[] = {
	{ "rule", { "правило", "rule" }, GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON, 0 },
	{ "level", { "уровень", "level" }, GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON, 0 },
	{ "for", { "для", "for" }, GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON, 0 },
	{ "message", { "что не так", "what is wrong" }, GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON | GP_COL_GIVES, 0 },
	{ "why", { "почему", "why" }, GP_IN_CSV | GP_IN_NDJSON, 0 },
	{ "better", { "как лучше", "better" }, GP_IN_CSV | GP_IN_NDJSON, 0 },
	{ "source", { "основание", "source" }, GP_IN_CSV | GP_IN_NDJSON, 0 },
};
enum { RULE_COLUMNS = sizeof(rule_columns) / sizeof(rule_columns[0]) };
static const struct gp_table rule_table = { "rules", NULL, { NULL, NULL },
	{ "Правил нет", "There are no rules" }, rule_columns, RULE_COLUMNS };
/* clang-format on */

static const char *
level_name(const struct job *job, const char *level)
{
	static const char *const word[][2] = { { "error", "ошибка" },
		{ "warning", "внимание" }, { "note", "заметка" },
		{ "unknown", "неизвестно" } };
	size_t i;

	for (i = 0; job->how.lang == GP_RU && i < 4; i++)
		if (strcmp(word[i][0], level) == 0)
			return word[i][1];
	return level;
}

static struct gp_cell
cell_of(
    struct job *job, const struct gp_json_obj *o, size_t i, struct gp_buf *b)
{
	struct gp_json v = gp_json_get(o, columns[i].key);
	int64_t n;

	if (gp_json_int(v, &n) == 0)
		return gp_cell_int(n);
	gp_buf_reset(b);
	if (gp_json_text(v, b) == -1)
		return gp_cell_str(NULL);
	if (i == 0)
		return gp_cell_str(level_name(job, gp_buf_str(b)));
	return gp_cell_text((struct gp_span){ gp_buf_str(b), b->n });
}

static void
show_finding(struct job *job, struct gp_span line)
{
	struct gp_cell cell[COLUMNS];
	struct gp_buf b[COLUMNS];
	struct gp_json_obj o;
	struct gp_why why;
	size_t i;

	if (gp_json_open(job->reader, line, 0, &o, &why) == -1)
		gp_die(GP_SOFTWARE, "a finding is no record: %s", why.msg);
	for (i = 0; i < COLUMNS; i++) {
		gp_buf_init(&b[i], 0);
		cell[i] = cell_of(job, &o, i, &b[i]);
	}
	gp_show_row(&job->show, cell);
	for (i = 0; i < COLUMNS; i++)
		gp_buf_release(&b[i]);
}

/* Findings come as lines, whatever thread found them, and become rows. */
static int
to_table(void *ctx, struct gp_span out)
{
	struct job *job = ctx;
	struct gp_buf line;
	const char *nl;

	gp_buf_init(&line, 2 * GP_MAX_LINE);
	for (; out.n > 0; out.n -= (size_t)(nl + 1 - out.p), out.p = nl + 1) {
		nl = memchr(out.p, '\n', out.n);
		if (nl == NULL)
			break;
		gp_buf_reset(&line);
		gp_buf_add(&line, out.p, (size_t)(nl - out.p));
		show_finding(job, gp_buf_span(&line));
	}
	gp_buf_release(&line);
	return job->show.bad ? -1 : 0;
}

static int
to_stdout(void *ctx, struct gp_span s)
{
	(void)ctx;
	return gp_file_write(STDOUT_FILENO, s.p, s.n);
}

/* -- rules, listed ----------------------------------------------------------- */

static void
put_kinds(struct gp_buf *b, unsigned kinds)
{
	static const char *const name[] = { "draft", "reply", "post", "page" };
	size_t i;

	gp_buf_reset(b);
	for (i = 0; i < 4; i++)
		if (kinds & (1u << i))
			gp_buf_addf(b, "%s%s", b->n > 0 ? "," : "", name[i]);
}

static int
list_rules(struct job *job)
{
	struct gp_cell cell[RULE_COLUMNS];
	const struct gp_check_rule *r;
	struct gp_buf kinds;
	size_t i;

	gp_buf_init(&kinds, 0);
	gp_show_begin(&job->show, &rule_table);
	for (i = 0; i < job->std->rules; i++) {
		r = &job->std->rule[i];
		if (r->off)
			continue;
		put_kinds(&kinds, r->kinds);
		cell[0] = gp_cell_str(r->id);
		cell[1] = gp_cell_str(job->how.format->shows == GP_IN_TABLE
			? level_name(job, gp_check_level_name(r->level))
			: gp_check_level_name(r->level));
		cell[2] = gp_cell_str(gp_buf_str(&kinds));
		cell[3] = gp_cell_str(r->title);
		cell[4] = gp_cell_str(r->why);
		cell[5] = gp_cell_str(r->better);
		cell[6] = gp_cell_str(r->source);
		gp_show_row(&job->show, cell);
	}
	gp_buf_release(&kinds);
	return gp_show_end(&job->show) == 0 ? GP_OK : GP_IO;
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
		gp_show_begin(&job->show, &table);
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

/* The zone that was given, else the config's, for the days of posts. */
static void
set_zone(const struct job *job)
{
	struct gp_config conf;
	struct gp_why why;

	if (job->zone != NULL) {
		if (gp_zone_set(job->zone, &why) == -1)
			gp_die(GP_USAGE, "--zone: %s", why.msg);
		return;
	}
	if (gp_config_load(job->config, &conf, &why) == -1)
		gp_die(GP_CONFIG, "%s", why.msg);
	gp_config_release(&conf);
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
	set_zone(job);
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
	struct gp_filter f = {
		.ctx = &job, .start = start, .stop = stop, .line = line
	};
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
