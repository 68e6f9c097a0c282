/* gp-route: say who answers and by when, in working hours, and why. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/filter.h"
#include "cli/findings.h"
#include "cli/jq.h"
#include "config/config.h"
#include "show/show.h"
#include "term/router.h"
#include "json/write.h"

struct job {
	const char *path;     /* of the rules; NULL: the config's, or ours */
	const char *taxonomy; /* for --check */
	const char *config, *jq, *lang, *format, *explain;
	int check;
	struct gp_router_how how;
	struct gp_buf told; /* the trail of --explain */
	int bad;
};

/* One a thread. */
struct state {
	struct job *job;
	struct gp_router *router;
};

static void
stop(void *arg)
{
	struct state *st = arg;

	gp_router_free(st->router);
	free(st);
}

static void *
start(void *arg)
{
	struct state *st = calloc(1, sizeof(*st));

	if (st == NULL)
		return NULL;
	st->job = arg;
	st->router = gp_router_new(&st->job->how);
	if (st->router != NULL)
		return st;
	stop(st);
	return NULL;
}

static int
line(void *arg, struct gp_span in, struct gp_buf *out, struct gp_why *why)
{
	struct state *st = arg;

	return gp_router_line(st->router, in, out, why);
}

/* -- --explain ------------------------------------------------------------- */

static int
keep(void *arg, struct gp_span s)
{
	struct job *job = arg;

	gp_buf_add(&job->told, s.p, s.n);
	return 0;
}

static void
show(struct job *job, const struct gp_trail *row, long n)
{
	static const struct gp_column cols[] = {
		{ "id", { NULL, NULL }, GP_IN_NDJSON | GP_IN_CSV | GP_COL_ID,
		    0 },
		{ "step", { "Шаг", "Step" },
		    GP_IN_TABLE | GP_IN_NDJSON | GP_IN_CSV, 0 },
		{ "text", { "Что", "What" },
		    GP_IN_TABLE | GP_IN_NDJSON | GP_IN_CSV, 0 },
	};
	static const struct gp_table table = { "route", NULL, { NULL, NULL },
		{ NULL, NULL }, cols, sizeof(cols) / sizeof(cols[0]) };
	struct gp_show_how how = { gp_format_find(job->format),
		job->how.lang == GP_STEPS_EN ? GP_EN : GP_RU, 0, 0, keep, job };
	struct gp_cell cell[3];
	struct gp_show s;
	long i;

	gp_buf_reset(&job->told); /* the last version of the record counts */
	gp_show_init(&s, &how);
	gp_show_begin(&s, &table);
	for (i = 0; i < n; i++) {
		cell[0] = gp_cell_str(job->explain);
		cell[1] = gp_cell_text(row[i].what);
		cell[2] = gp_cell_text(row[i].text);
		gp_show_row(&s, cell);
	}
	if (gp_show_end(&s) == -1)
		job->bad = 1;
	gp_show_release(&s);
}

/* Looks for the record; prints nothing yet. */
static int
seek(void *arg, struct gp_span in, struct gp_buf *out, struct gp_why *why)
{
	struct state *st = arg;
	struct gp_trail *row = NULL;
	struct gp_pool pool;
	long n;

	(void)out;
	gp_pool_init(&pool);
	n = gp_router_trail(st->router, in, st->job->explain, &pool, &row, why);
	if (n > 0)
		show(st->job, row, n);
	gp_pool_release(&pool);
	return n == -1 ? -1 : 0;
}

static int
explain(struct job *job, struct gp_filter *f, int n, char **operands)
{
	int status;

	gp_buf_init(&job->told, 0);
	if (job->format == NULL)
		job->format = isatty(STDOUT_FILENO) ? "table" : "ndjson";
	f->line = seek;
	f->jobs = 1;
	status = gp_filter_run(f, n, operands);
	if (job->bad || job->told.bad)
		gp_die(GP_SOFTWARE, "no memory");
	if (job->told.n > 0) {
		fwrite(job->told.p, 1, job->told.n, stdout);
	} else if (status == GP_OK || status == GP_PARTIAL) {
		gp_at(NULL, 0);
		gp_warnx("there is no record '%s'", job->explain);
		status = GP_DATA;
	}
	gp_buf_release(&job->told);
	return status;
}

/* -- --check --------------------------------------------------------------- */

/* What was proven, as a record. */
static int
put_counts(
    const char *path, const struct gp_routes *r, const struct gp_findings *all)
{
	const struct gp_calendar *c = &r->calendar[0];
	struct gp_buf b;
	struct gp_jw w;
	int64_t rules = 0;
	size_t i;

	for (i = 0; i < r->rules; i++)
		rules += r->rule[i].name != NULL;
	gp_buf_init(&b, 0);
	gp_jw_init(&w, &b);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "type", "routes");
	gp_jw_kstr(&w, "file", path);
	gp_jw_kstr(&w, "match", r->best ? "best" : "first");
	gp_jw_kint(&w, "files", (int64_t)r->files);
	gp_jw_kint(&w, "rules", rules);
	gp_jw_kint(&w, "assignees", (int64_t)r->assignees);
	gp_jw_kint(&w, "centres", (int64_t)r->centres - 1);
	gp_jw_kint(&w, "terms", (int64_t)r->term_sets);
	gp_jw_kint(&w, "places", (int64_t)r->places.n);
	gp_jw_key(&w, "years");
	gp_jw_open(&w, '[');
	for (i = 0; i < c->n; i++)
		if (c->year[i] != NULL)
			gp_jw_int(&w, c->year[i]->year);
	gp_jw_close(&w, ']');
	return gp_findings_end(all, &w, &b);
}

static int
check(const struct job *job, const char *path)
{
	struct gp_taxonomy *tax = gp_taxonomy_given(job->taxonomy);
	struct gp_findings all;
	struct gp_routes *r;
	struct gp_why why;
	int status = GP_DATA;

	gp_findings_init(&all);
	r = gp_routes_load(path, &all, &why);
	if (r == NULL) {
		gp_findings_say(&all);
		gp_warnx("%s", why.msg);
	} else {
		gp_routes_prove(r, tax, &all);
		status = put_counts(path, r, &all);
	}
	if (all.bad)
		gp_die(GP_SOFTWARE, "no memory");
	gp_routes_free(r);
	gp_taxonomy_free(tax);
	gp_findings_release(&all);
	return status;
}

/* -- routing --------------------------------------------------------------- */

/* The rules that were named, those of the config, or the shipped ones. */
static struct gp_routes *
load(const struct job *job, const struct gp_config *conf)
{
	struct gp_routes *r;
	struct gp_buf path;
	struct gp_why why;

	gp_buf_init(&path, 0);
	if (job->path != NULL)
		gp_buf_adds(&path, job->path);
	else if (conf->routes != NULL)
		gp_buf_adds(&path, conf->routes);
	else if (gp_file_data("routes.yaml", &path, &why) == -1)
		gp_die(GP_CONFIG, "%s", why.msg);
	r = gp_routes_load(gp_buf_str(&path), NULL, &why);
	if (r == NULL)
		gp_die(GP_CONFIG, "%s", why.msg);
	gp_buf_release(&path);
	return r;
}

static int
route(struct job *job, struct gp_filter *f, int n, char **operands)
{
	struct gp_config conf;
	struct gp_routes *r;
	struct gp_why why;
	int status;

	if (gp_config_load(job->config, &conf, &why) == -1)
		gp_die(GP_CONFIG, "%s", why.msg);
	r = job->check ? NULL : load(job, &conf);
	job->how.routes = r;
	if (job->check)
		status = check(job, operands[0]);
	else if (job->explain != NULL)
		status = explain(job, f, n, operands);
	else
		status = gp_filter_run(f, n, operands);
	gp_routes_free(r);
	gp_config_release(&conf);
	return status;
}

static const char examples[] =
    "  gp-classify d.ndjson | gp-route -r routes.yaml > routed.ndjson\n"
    "  gp-route --explain vk:-1/2/3 routed.ndjson\n"
    "  gp-route --check routes.yaml\n";

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
		{ GP_FILE, 'r', "rules", "FILE", "rules, instead of the config's or the shipped ones", &job.path, NULL },
		{ GP_FILE, 'c', "config", "FILE", "config, instead of the usual one", &job.config, NULL },
		{ GP_FLAG, 0, "check", NULL, "prove the rules FILE and count what it holds", &job.check, NULL },
		{ GP_FILE, 't', "taxonomy", "FILE", "whose topics the rules may name, for --check", &job.taxonomy, NULL },
		{ GP_STR, 0, "explain", "ID", "tell how the record ID is routed, and why", &job.explain, NULL },
		{ GP_CHOICE, 'f', "format", "WORD", "how --explain is shown", &job.format, GP_FORMAT_WORDS },
		{ GP_CHOICE, 0, "lang", "WORD", "language of the reasons", &job.lang, "ru|en" },
		{ GP_FLAG, 0, "again", NULL, "even what a person has decided", &job.how.again, NULL },
		GP_FILTER_OPTS(&f),
		GP_JQ_OPT(&job.jq),
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	/* clang-format on */
	const struct gp_cmd cmd = { "gp-route", "say who answers and by when",
		"[FILE ...]", opts, NULL, examples };
	int n, status;

	gp_prog(argv[0]);
	n = gp_opt_parse(&cmd, argc, argv);
	if (job.check && n != 1)
		gp_die(GP_USAGE, "--check takes one FILE");
	if (job.check && job.explain != NULL)
		gp_die(GP_USAGE, "--check and --explain exclude each other");
	job.how.lang = strcmp(job.lang, "en") == 0 ? GP_STEPS_EN : GP_STEPS_RU;
	status = gp_jq_start(job.jq);
	if (status == GP_OK)
		status = route(&job, &f, n, argv);
	return gp_jq_finish(status);
}
