/* gp-work: share pages out between machines. */
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/file.h"
#include "base/opt.h"
#include "cli/jq.h"
#include "show/show.h"
#include "work/list.h"
#include "work/shift.h"

struct job {
	const char *db, *config, *pages, *format, *lang, *jq;
	struct gp_work_how how;
	int once, status, aside, workers, retry, sweep;
	struct gp_config conf;
	struct gp_excerpt excerpt;
	struct gp_work_list list;
	struct gp_work *work;
	struct gp_shift shift;
};

static volatile sig_atomic_t stops; /* how often we were told to */

static void
on_signal(int number)
{
	if (number != SIGCHLD)
		stops++;
}

static void
say(void *ctx, const char *what)
{
	(void)ctx;
	gp_warnx("%s", what);
}

/* Leases, one after another. */
static int
work(struct job *job)
{
	struct gp_shift *s = &job->shift;
	struct gp_work_lease lease;
	struct gp_why why;
	int status = GP_OK, got;

	gp_work_lease_init(&lease);
	while (status == GP_OK && stops == 0) {
		got = gp_work_take(job->work, &lease, &why);
		if (got == -1) {
			if (gp_shift_away(s, &why) == -1)
				status = gp_work_status(job->work);
			continue;
		}
		s->away = 0;
		if (got == 1)
			status = gp_shift_run(s, &lease);
		else if (job->once)
			break;
		/* Of pages that come due one by one, leases of one would be
		 * made: they gather meanwhile. */
		if ((got == 0 || lease.all) && !job->once && stops == 0)
			gp_shift_rest(s, (double)s->wait);
	}
	gp_work_lease_release(&lease);
	return status == GP_OK && job->once && s->failed ? GP_PARTIAL : status;
}

static void
catch_signals(struct job *job)
{
	struct sigaction act = { .sa_handler = on_signal };
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	struct sigaction hup;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, &job->shift.open);
	/* Whoever started us may have had them blocked. */
	sigdelset(&job->shift.open, SIGTERM);
	sigdelset(&job->shift.open, SIGINT);
	sigdelset(&job->shift.open, SIGHUP);
	sigdelset(&job->shift.open, SIGCHLD);
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	sigaction(SIGHUP, NULL, &hup);
	if (hup.sa_handler != SIG_IGN) /* as of nohup */
		sigaction(SIGHUP, &act, NULL);
	sigaction(SIGCHLD, &act, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
}

static int
load_list(struct job *job)
{
	struct gp_why why;
	int status = GP_CONFIG;

	if (gp_config_load(job->config, &job->conf, &why) == 0)
		status = job->pages != NULL
		    ? gp_work_list_file(
			  &job->list, &job->conf, job->pages, &why)
		    : gp_work_list_config(&job->list, &job->conf, &why);
	if (status == GP_OK && job->conf.budget == NULL &&
	    setenv("GP_BUDGET", job->db, 0) == -1) {
		gp_because(&why, "no memory");
		status = GP_SOFTWARE;
	}
	if (status != GP_OK)
		gp_warnx("%s", why.msg);
	return status;
}

/* A pipeline gets the config with its own pages alone; where it cannot be cut,
 * the whole. From here on we need it no more: it may be large. */
static int
lend_config(struct job *job)
{
	const char *path = job->conf.path;
	int r = gp_excerpt_init(&job->excerpt, &job->conf);

	if (r == 1)
		job->shift.excerpt = &job->excerpt;
	else if (r == 0 && path != NULL && strcmp(path, "-") != 0)
		r = setenv("GP_CONFIG", path, 1);
	gp_config_release(&job->conf);
#ifdef __GLIBC__
	malloc_trim(0); /* of 175,000 pages 350 MB, for as long as we live */
#endif
	if (r != -1)
		return GP_OK;
	gp_warnx("no memory");
	return GP_SOFTWARE;
}

static int
share_out(struct job *job, char **argv)
{
	struct gp_why why;
	int status = load_list(job);

	if (status == GP_OK)
		status = lend_config(job);
	if (status != GP_OK)
		return status;
	if (gp_work_pages(
		job->work, job->list.v, job->list.n, job->sweep, &why) == -1) {
		gp_warnx("%s", why.msg);
		return gp_work_status(job->work);
	}
	job->shift.work = job->work;
	job->shift.command = argv;
	job->shift.term = job->how.term;
	job->shift.stops = &stops;
	job->shift.say = say;
	catch_signals(job);
	return work(job);
}

static int
retry(struct job *job, int n, char **page)
{
	struct gp_why why;
	int i, r, status = GP_OK;

	for (i = 0; i < (n > 0 ? n : 1); i++) {
		r = gp_work_retry(job->work, n > 0 ? page[i] : NULL, &why);
		if (r == -1) {
			gp_warnx("%s", why.msg);
			return gp_work_status(job->work);
		}
		if (r > 0 || n == 0)
			continue;
		gp_warnx("no page '%s'", page[i]);
		status = GP_PARTIAL;
	}
	return status;
}

static int
to_stdout(void *ctx, struct gp_span s)
{
	(void)ctx;
	return gp_file_write(STDOUT_FILENO, s.p, s.n);
}

static int
show(struct job *job)
{
	struct gp_show_how how = { .write = to_stdout };
	struct gp_show out;
	struct gp_why why;
	int people = job->jq == NULL && isatty(STDOUT_FILENO), r;

	if (job->format == NULL)
		job->format = people ? "table" : "ndjson";
	how.format = gp_format_find(job->format);
	how.lang = strcmp(job->lang, "en") == 0 ? GP_EN : GP_RU;
	gp_show_init(&out, &how);
	r = gp_work_show(job->work,
	    job->aside         ? GP_WORK_ASIDE
		: job->workers ? GP_WORK_WORKERS
			       : GP_WORK_GROUPS,
	    &out, &why);
	if (r == -1 && !out.bad)
		gp_warnx("%s", why.msg);
	r = out.bad ? GP_IO : r == -1 ? (int)gp_work_status(job->work) : GP_OK;
	gp_show_release(&out);
	return r;
}

/* -- all of them ----------------------------------------------------------- */

static int
run(struct job *job, int n, char **operands)
{
	struct gp_why why;
	struct utsname u;
	struct gp_buf name;
	int status;

	gp_buf_init(&name, 0);
	gp_buf_addf(
	    &name, "%s:%ld", uname(&u) == 0 ? u.nodename : "?", (long)getpid());
	status = gp_work_open(
	    &job->work, job->db, gp_buf_str(&name), &job->how, &why);
	gp_buf_release(&name);
	if (status != GP_OK) {
		gp_warnx("%s", why.msg);
		return status;
	}
	if (job->retry)
		status = retry(job, n, operands);
	else if (job->status)
		status = show(job);
	else
		status = share_out(job, operands);
	gp_work_close(job->work);
	return status;
}

/* What does not go together is a mistake, not a wish. */
static void
prove(const struct job *job, int n)
{
	if (job->db == NULL)
		gp_die(GP_USAGE, "--db is missing: a database of PostgreSQL");
	if (job->status && job->retry)
		gp_die(GP_USAGE, "--status and --retry exclude each other");
	if (!job->status && (job->aside || job->workers || job->jq != NULL))
		gp_die(GP_USAGE, "--%s goes with --status",
		    job->aside         ? "aside"
			: job->workers ? "workers"
				       : "jq");
	if (job->status && n > 0)
		gp_die(GP_USAGE, "--status takes no operands");
	if (!job->status && !job->retry && n == 0)
		gp_die(GP_USAGE, "no command: gp-work --db URL -- COMMAND");
	if (job->how.lease < 1 || job->how.tries < 1)
		gp_die(GP_USAGE, "--%s: at least 1",
		    job->how.lease < 1 ? "lease" : "tries");
	if (job->how.term < 1 || job->how.min < 1 || job->shift.ceiling < 1 ||
	    job->shift.wait < 1)
		gp_die(GP_USAGE, "--%s: at least 1s",
		    job->how.term < 1         ? "term"
			: job->how.min < 1    ? "min"
			: job->shift.wait < 1 ? "wait"
					      : "ceiling");
	if (job->how.max < job->how.min)
		gp_die(GP_USAGE, "--max is less than --min");
}

int
main(int argc, char **argv)
{
	static struct job job = { .lang = "ru",
		.how = { .lease = 20,
		    .term = 60,
		    .min = 300,
		    .max = 3600,
		    .tries = 3 },
		.shift = { .ceiling = 900, .wait = 5 } };
	/* clang-format off */
	const struct gp_opt opts[] = {
		{ GP_STR, 0, "db", "URL", "the database that workers share, postgres://", &job.db, NULL },
		{ GP_FILE, 'c', "config", "FILE", "the config (gp-config(5))", &job.config, NULL },
		{ GP_FILE, 0, "pages", "FILE", "the pages, a line each, in place of the config's", &job.pages, NULL },
		{ GP_INT, 0, "lease", "N", "pages at once (20)", &job.how.lease, NULL },
		{ GP_SPAN, 0, "term", "SPAN", "how long a lease holds unless renewed (60s)", &job.how.term, NULL },
		{ GP_SPAN, 0, "ceiling", "SPAN", "the longest that a pipeline may run (15m)", &job.shift.ceiling, NULL },
		{ GP_SPAN, 0, "min", "SPAN", "the soonest that a page is due again (5m)", &job.how.min, NULL },
		{ GP_SPAN, 0, "max", "SPAN", "the latest that a page is due again (1h)", &job.how.max, NULL },
		{ GP_INT, 0, "tries", "N", "failures of a page before it is set aside (3)", &job.how.tries, NULL },
		{ GP_FLAG, 0, "once", NULL, "end when no page is due", &job.once, NULL },
		{ GP_SPAN, 0, "wait", "SPAN", "where no page is due, look again after it (5s)", &job.shift.wait, NULL },
		{ GP_FLAG, 0, "status", NULL, "show how the pages stand", &job.status, NULL },
		{ GP_FLAG, 0, "aside", NULL, "--status: pages that failed, and why", &job.aside, NULL },
		{ GP_FLAG, 0, "workers", NULL, "--status: who works", &job.workers, NULL },
		{ GP_FLAG, 0, "retry", NULL, "bring the pages given by name back, or all that are set aside", &job.retry, NULL },
		{ GP_FLAG, 0, "sweep", NULL, "most of the pages may be gone from the list", &job.sweep, NULL },
		{ GP_CHOICE, 'f', "format", "FORMAT", "table on a terminal, else ndjson", &job.format, GP_FORMAT_WORDS },
		{ GP_CHOICE, 0, "lang", "LANG", "language of the labels", &job.lang, "ru|en" },
		GP_JQ_OPT(&job.jq),
		{ GP_FLAG, 'v', "verbose", NULL, "say each lease and how it went", &job.shift.verbose, NULL },
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	/* clang-format on */
	const struct gp_cmd cmd = { "gp-work",
		"share pages out between machines", "[COMMAND ... | PAGE ...]",
		opts, NULL,
		"  gp-work --db \"$DB\" -- sh -c 'gp-fetch --pages - --cursors "
		"\"$DB\" | gp-store put \"$DB\"'\n"
		"  gp-work --db \"$DB\" --status\n"
		"  gp-work --db \"$DB\" --retry town-vk\n" };
	int n = gp_opt_parse(&cmd, argc, argv), status;
	char **command = calloc((size_t)n + 1, sizeof(*command));

	prove(&job, n);
	if (command == NULL)
		gp_die(GP_SOFTWARE, "no memory");
	memcpy(command, argv, (size_t)n * sizeof(*command));
	gp_work_list_init(&job.list);
	status = gp_jq_start(job.jq);
	if (status == GP_OK)
		status = run(&job, n, command);
	gp_work_list_release(&job.list);
	gp_excerpt_release(&job.excerpt);
	gp_config_release(&job.conf);
	free(command);
	return gp_jq_finish(status);
}
