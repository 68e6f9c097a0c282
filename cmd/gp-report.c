/* gp-report: count what came and what was answered. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/filter.h"
#include "cli/jq.h"
#include "config/config.h"
#include "report/report.h"

#define MOST_OUTPUT (1024 * GP_MIB) /* of -o */

struct job {
	const char *format, *csv, *out, *lang, *zone, *config;
	const char *since, *until, *cut_off, *by, *against, *jq;
	char config_zone[64];
	long width;
	struct gp_report_how how;
	struct gp_show_how show;
	struct gp_buf file;   /* what -o collects */
	struct gp_buf folder; /* where it goes */
};

/* The machine's zone by name: $TZ, else what /etc/localtime leads to. */
static const char *
machine_zone(struct job *job)
{
	static const char folder[] = "/zoneinfo/";
	const char *tz = getenv("TZ"), *name;
	char path[256];
	ssize_t n = readlink("/etc/localtime", path, sizeof(path) - 1);

	if (tz != NULL && tz[0] != '\0') {
		name = tz[0] == ':' ? tz + 1 : tz;
	} else {
		path[n > 0 ? n : 0] = '\0';
		name = strstr(path, folder);
		name = name != NULL ? name + sizeof(folder) - 1 : "UTC";
	}
	snprintf(job->config_zone, sizeof(job->config_zone), "%s", name);
	return job->config_zone;
}

/* The zone that was given, else the config's; a report needs nothing else. */
static void
set_zone(struct job *job)
{
	struct gp_config conf;
	struct gp_why why;

	if (job->zone != NULL) {
		if (gp_zone_set(job->zone, &why) == -1)
			gp_die(GP_USAGE, "--zone: %s", why.msg);
		job->how.zone = job->zone;
		return;
	}
	if (gp_config_load(job->config, &conf, &why) == -1)
		gp_die(GP_CONFIG, "%s", why.msg);
	job->how.zone = machine_zone(job);
	if (conf.zone != NULL)
		snprintf(job->config_zone, sizeof(job->config_zone), "%s",
		    conf.zone);
	gp_config_release(&conf);
}

static int
instant(
    const struct job *job, const char *option, const char *word, gp_instant *to)
{
	if (word == NULL)
		return 0;
	if (gp_instant_word(word, job->how.now, to) == -1)
		gp_die(GP_USAGE, "--%s: '%s' is not an instant", option, word);
	return 1;
}

static size_t
terminal_width(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == -1)
		return 0;
	return size.ws_col;
}

static int
to_stdout(void *ctx, struct gp_span s)
{
	(void)ctx;
	return gp_file_write(STDOUT_FILENO, s.p, s.n);
}

static int
to_file(void *ctx, struct gp_span s)
{
	struct gp_buf *file = ctx;

	gp_buf_add(file, s.p, s.n);
	return file->bad ? -1 : 0;
}

/* A table for a person at a terminal, records for whatever else reads. */
static void
choose(struct job *job)
{
	int people =
	    job->out == NULL && job->jq == NULL && isatty(STDOUT_FILENO);

	if (job->csv != NULL && job->format != NULL &&
	    strcmp(job->format, "csv") != 0)
		gp_die(GP_USAGE, "--csv does not go with --format %s",
		    job->format);
	if (job->csv != NULL)
		job->format = "csv";
	if (job->format == NULL)
		job->format = people ? "table" : "ndjson";
	if (job->jq != NULL && strcmp(job->format, "ndjson") != 0)
		gp_die(GP_USAGE, "--jq does not go with %s: it reads ndjson",
		    job->csv != NULL ? "--csv" : job->format);
	if (job->jq != NULL && job->out != NULL)
		gp_die(GP_USAGE,
		    "--jq does not go with -o: it prints to "
		    "standard output");
	job->show.format = gp_format_find(job->format);
	job->show.excel = job->csv != NULL && strcmp(job->csv, "excel-ru") == 0;
	job->show.lang = strcmp(job->lang, "en") == 0 ? GP_EN : GP_RU;
	job->show.width = (size_t)job->width;
	if (job->width == 0 && people)
		job->show.width = terminal_width();
	job->show.write = job->out != NULL ? to_file : to_stdout;
	job->show.ctx = &job->file;
	job->how.lang = job->show.lang;
}

static int
replace(const struct job *job)
{
	mode_t mask = umask(077);
	struct gp_why why;

	umask(mask);
	if (gp_file_replace(
		job->out, gp_buf_span(&job->file), 0666 & ~mask, &why) == 0)
		return GP_OK;
	gp_warnx("%s", why.msg);
	return GP_IO;
}

static int
show(struct job *job, const struct gp_report *report, void *figures)
{
	struct gp_show show;
	int r, bad;

	gp_show_init(&show, &job->show);
	r = report->show(figures, &show);
	if (r == 0)
		r = gp_show_close(&show);
	bad = show.bad;
	gp_show_release(&show);
	if (r == 0)
		return job->out != NULL ? replace(job) : GP_OK;
	if (bad == 1 && job->out == NULL) {
		if (errno != EPIPE) /* jq has ended: it says why */
			gp_warn("cannot write to standard output");
		return GP_IO;
	}
	gp_warnx(job->file.bad == 1 ? "the report is larger than 1 GiB"
				    : "no memory");
	return GP_SOFTWARE;
}

/* Figures of half an input are not shown: they would be wrong. */
static int
finish(
    struct job *job, const struct gp_report *report, void *figures, int status)
{
	struct gp_why why;
	int r = report->lacks(figures, &why);

	if (r == -1) {
		gp_warnx("no memory");
		return GP_SOFTWARE;
	}
	if (status != GP_OK && status != GP_PARTIAL)
		return status;
	if (r != 0)
		gp_warnx("%s", why.msg);
	if (r == 1)
		status = GP_PARTIAL;
	r = show(job, report, figures);
	return r != GP_OK ? r : status;
}

/* A file that is replaced at the end, and a workbook, which is made in one of
 * /tmp, need files after the input has been read. */
static void
lock(struct job *job, struct gp_filter *f)
{
	size_t n = 0;

	f->lock = GP_LOCK_IN;
	if (strcmp(job->format, "xlsx") == 0)
		f->folder[n++] = "/tmp";
	if (job->out != NULL) {
		if (gp_file_folder(job->out, &job->folder) == -1)
			gp_die(GP_SOFTWARE, "no memory");
		f->folder[n++] = gp_buf_str(&job->folder);
	}
	if (n > 0)
		f->lock = GP_LOCK_FILES;
}

static int
run(struct job *job, struct gp_filter *f, const struct gp_report *report, int n,
    char **operands)
{
	struct gp_why why;
	void *figures;
	int status;

	job->how.strict = f->strict;
	figures = report->make(&job->how, &why);
	if (figures == NULL)
		gp_die(GP_USAGE, "%s", why.msg);
	f->ctx = figures;
	f->start = report->start;
	f->stop = report->stop;
	f->line = report->line;
	f->sink = report->sink;
	lock(job, f);
	status = gp_filter_run(f, n, operands);
	gp_at(NULL, 0);
	status = finish(job, report, figures, status);
	report->free(figures);
	gp_buf_release(&job->file);
	gp_buf_release(&job->folder);
	return status;
}

static void
check_table(const struct job *job, const struct gp_report *report)
{
	const char *p = report->tables, *table = job->how.table;
	size_t n;

	if (table == NULL)
		return;
	if (p == NULL)
		gp_die(GP_USAGE, "--table: '%s' has one table", report->name);
	for (; *p != '\0'; p += n + (p[n] == '|')) {
		n = strcspn(p, "|");
		if (strlen(table) == n && memcmp(p, table, n) == 0)
			return;
	}
	gp_die(
	    GP_USAGE, "--table: '%s' is not one of %s", table, report->tables);
}

static void
choose_pieces(struct job *job)
{
	if (job->by != NULL)
		job->how.by = job->by[0] == 'd' ? GP_BY_DAY
		    : job->by[0] == 'w'         ? GP_BY_WEEK
						: GP_BY_MONTH;
	if (job->against != NULL)
		job->how.against = job->against[0] == 'p' ? GP_AGAINST_PREVIOUS
							  : GP_AGAINST_YEAR;
}

static const char examples[] =
    "  gp-report queue town.ndjson\n"
    "  gp-report week --since monday town.ndjson\n"
    "  gp-report week --csv excel-ru -o week.csv town.ndjson\n";

int
main(int argc, char **argv)
{
	struct job job = { .lang = "ru" };
	struct gp_filter f = { .reject = NULL };
	/* clang-format off */
	const struct gp_opt opts[] = {
		{ GP_CHOICE, 'f', "format", "FORMAT", "what is printed; table on a terminal, else ndjson", &job.format, GP_DOCUMENT_WORDS },
		{ GP_CHOICE, 0, "csv", "DIALECT", "CSV, by the RFC or for a Russian Excel", &job.csv, "excel-ru|rfc4180" },
		{ GP_FILE, 'o', "output", "FILE", "write there instead, all or nothing", &job.out, NULL },
		{ GP_CHOICE, 0, "lang", "LANG", "language of the labels", &job.lang, "ru|en" },
		{ GP_INT, 0, "width", "N", "columns of the table; 0: the terminal's", &job.width, NULL },
		{ GP_STR, 0, "since", "INSTANT", "only what came from then on", &job.since, NULL },
		{ GP_STR, 0, "until", "INSTANT", "only what came before", &job.until, NULL },
		{ GP_STR, 0, "cut-off", "INSTANT", "as it was then; else now", &job.cut_off, NULL },
		{ GP_CHOICE, 0, "by", "PIECE", "a row for each piece of the period", &job.by, "day|week|month" },
		{ GP_CHOICE, 0, "against", "PERIOD", "compared with the period before, or a year before", &job.against, "previous|year" },
		{ GP_LIST, 0, "where", "KEY=VALUE", "only such appeals; again: all must hold", &job.how.where, NULL },
		{ GP_CHOICE, 0, "behind", "REPORT", "of items: the rows of this one, which are no appeals", &job.how.behind, GP_BEHIND_WORDS },
		{ GP_STR, 0, "across", "QUESTION", "of survey: answers by those to this question", &job.how.across, NULL },
		{ GP_STR, 0, "zone", "ZONE", "zone of days and dates, instead of the config's", &job.zone, NULL },
		{ GP_FILE, 'c', "config", "FILE", "the config (gp-config(5)), for its zone", &job.config, NULL },
		{ GP_INT, 'n', "limit", "N", "only the first N rows", &job.how.limit, NULL },
		{ GP_FLAG, 0, "review", NULL, "what a person should look at is an appeal too", &job.how.review, NULL },
		{ GP_STR, 0, "table", "TABLE", "only this one of its tables, or rows of this", &job.how.table, NULL },
		{ GP_SIZE, 0, "memory", "SIZE", "for what is counted; each report has its own", &job.how.memory, NULL },
		GP_FILTER_OPTS(&f),
		GP_JQ_OPT(&job.jq),
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	/* clang-format on */
	const struct gp_cmd cmd = { "gp-report",
		"count what came and what was answered", "[FILE ...]", opts,
		GP_REPORT_WORDS, examples };
	const struct gp_report *report;
	int n, status;

	gp_prog(argv[0]);
	n = gp_opt_parse(&cmd, argc, argv);
	if (n == 0)
		gp_die(GP_USAGE, "which report? " GP_REPORT_WORDS);
	report = gp_report_find(argv[0]);
	if (report == NULL)
		gp_die(
		    GP_USAGE, "'%s' is not one of " GP_REPORT_WORDS, argv[0]);
	if (job.how.behind != NULL)
		report = gp_report_behind_of(report);
	if (report == NULL)
		gp_die(GP_USAGE, "--behind goes with items");
	check_table(&job, report);
	set_zone(&job);
	job.how.now = gp_now();
	instant(&job, "cut-off", job.cut_off, &job.how.now);
	choose_pieces(&job);
	job.how.has_since = instant(&job, "since", job.since, &job.how.since);
	job.how.has_until = instant(&job, "until", job.until, &job.how.until);
	choose(&job);
	if (job.show.format->document && job.how.table == NULL)
		report = gp_report_document(report);
	gp_buf_init(&job.file, MOST_OUTPUT);
	gp_buf_init(&job.folder, 0);
	status = gp_jq_start(job.jq);
	if (status == GP_OK)
		status = run(&job, &f, report, n - 1, argv + 1);
	return gp_jq_finish(status);
}
