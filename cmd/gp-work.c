/* gp-work: share pages out between machines. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/opt.h"
#include "base/utf8.h"
#include "cli/jq.h"
#include "show/show.h"
#include "work/child.h"
#include "work/list.h"

struct job {
	const char *db, *config, *pages, *format, *lang, *jq;
	struct gp_work_how how;
	long ceiling, wait;
	int once, status, aside, workers, retry, verbose;
	struct gp_config conf;
	struct gp_work_list list;
	struct gp_work *work;
	sigset_t open; /* signals that come through while we wait */
	int away;      /* it has been said that the database is */
	int failed;    /* some pipeline has */
};

enum {
	GRACE = 10 /* seconds between SIGTERM and SIGKILL */
};

static volatile sig_atomic_t stops; /* how often we were told to */

static void
on_signal(int number)
{
	if (number != SIGCHLD)
		stops++;
}

/* Sleeps; signals end it. */
static void
rest(const struct job *job, double seconds)
{
	const struct timespec t = { (time_t)seconds,
		(long)((seconds - (double)(time_t)seconds) * 1e9) };

	pselect(0, NULL, NULL, NULL, &t, &job->open);
}

/* -- a lease --------------------------------------------------------------- */

/* A line for people and the database: no control characters, whole letters. */
static void
plain(struct gp_buf *b)
{
	struct gp_buf sound, line;

	gp_buf_init(&sound, 0);
	gp_buf_init(&line, 0);
	gp_utf8_mend(&sound, gp_buf_span(b));
	gp_utf8_plain(&line, gp_buf_span(&sound));
	gp_buf_reset(b);
	gp_buf_add(b, line.p, line.n);
	gp_buf_release(&sound);
	gp_buf_release(&line);
}

struct running {
	struct job *job;
	const struct gp_work_lease *lease;
	struct gp_child child;
	double began, renewed; /* gp_clock() */
	double tried;          /* to renew, in vain; 0: never */
	double told;           /* it was told to end; 0: not yet */
	int over;              /* the ceiling was reached */
	int lost;              /* the lease was */
	int back;              /* it is to be handed back */
};

static void
tell_to_end(struct running *r)
{
	if (r->told == 0) {
		r->told = gp_clock();
		gp_child_kill(&r->child, SIGTERM);
	} else if (gp_clock() - r->told >= GRACE) {
		gp_child_kill(&r->child, SIGKILL);
	}
}

/* The lease lasts while it is renewed; where that fails, until its end. */
static void
keep(struct running *r)
{
	struct job *job = r->job;
	double now = gp_clock();
	struct gp_why why;
	int held;

	if (r->lost || now - r->renewed < (double)job->how.term / 3 ||
	    now - r->tried < 1)
		return;
	held = gp_work_renew(job->work, r->lease, &why);
	if (held == 1) {
		r->renewed = now;
		return;
	}
	if (held == -1) {
		r->tried = now;
		gp_work_again(job->work, &why);
		if (now - r->renewed < (double)job->how.term)
			return;
	}
	gp_warnx("lease %lld was lost: its pipeline is ended",
	    (long long)r->lease->number);
	r->lost = 1;
}

/* Seconds until something is to be done. */
static double
nap(const struct running *r)
{
	double now = gp_clock();
	double due = r->renewed + (double)r->job->how.term / 3;
	double end = r->began + (double)r->job->ceiling;

	if (r->told > 0)
		return 1;
	if (due < r->tried + 1)
		due = r->tried + 1;
	if (end < due)
		due = end;
	return due > now ? due - now : 0;
}

static void
watch(struct running *r)
{
	while (!gp_child_wait(&r->child, nap(r), &r->job->open)) {
		keep(r);
		r->back |= stops > 1;
		r->over |= gp_clock() - r->began >= (double)r->job->ceiling;
		if (r->lost || r->back || r->over)
			tell_to_end(r);
	}
}

/* What its end means for the pages. */
static enum gp_work_back
verdict(const struct running *r, struct gp_buf *reason)
{
	int code = WIFEXITED(r->child.status) ? WEXITSTATUS(r->child.status)
					      : 128 + WTERMSIG(r->child.status);

	if (r->back)
		return GP_BACK_AS_WAS;
	if (r->over)
		gp_buf_addf(reason, "ran longer than %ld s", r->job->ceiling);
	else
		gp_child_why(&r->child, reason);
	plain(reason);
	if (r->over)
		return GP_BACK_FAILED;
	if (code == GP_OK || code == GP_PARTIAL)
		return GP_BACK_WELL;
	return code == GP_TEMPFAIL ? GP_BACK_LATER : GP_BACK_FAILED;
}

static int
away(struct job *job, const struct gp_why *why)
{
	struct gp_why again;

	if (gp_work_status(job->work) != GP_TEMPFAIL) {
		gp_warnx("%s", why->msg);
		return -1;
	}
	if (!job->away)
		gp_warnx("%s: waiting", why->msg);
	job->away = 1;
	rest(job, (double)job->wait);
	gp_work_again(job->work, &again);
	return 0;
}

/* Where the database is away it is tried until the lease has run out. */
static int
give_back(struct running *r, enum gp_work_back how, const char *reason)
{
	struct gp_why why;
	int held = -1;

	while (!r->lost) {
		held = gp_work_back(r->job->work, r->lease, how, reason, &why);
		if (held != -1)
			break;
		if (away(r->job, &why) == -1)
			return gp_work_status(r->job->work);
		r->lost = gp_clock() - r->renewed > (double)r->job->how.term;
	}
	if (held == 0)
		gp_warnx("lease %lld ran out before its pipeline ended",
		    (long long)r->lease->number);
	r->job->failed |= held != 1;
	return GP_OK;
}

/* No page is to blame where the command cannot be run at all. */
static int
cannot_run(const struct gp_child *c)
{
	return WIFEXITED(c->status) &&
	    (WEXITSTATUS(c->status) == 126 || WEXITSTATUS(c->status) == 127 ||
		WEXITSTATUS(c->status) == GP_USAGE);
}

static int
finish(struct running *r)
{
	struct gp_buf reason;
	enum gp_work_back how;
	int status;

	gp_buf_init(&reason, 4096);
	how = verdict(r, &reason);
	if (cannot_run(&r->child) && !r->over)
		how = GP_BACK_AS_WAS;
	if (r->job->verbose)
		gp_warnx("lease %lld: %zu pages of %s, %.1f s: %s",
		    (long long)r->lease->number, r->lease->n,
		    r->lease->network.p, gp_clock() - r->began,
		    r->back ? "handed back" : gp_buf_str(&reason));
	r->job->failed |= how == GP_BACK_FAILED || how == GP_BACK_LATER;
	status = give_back(r, how, gp_buf_str(&reason));
	if (status == GP_OK && cannot_run(&r->child)) {
		gp_warnx("the command cannot work: %s", gp_buf_str(&reason));
		status = GP_USAGE;
	}
	gp_buf_release(&reason);
	return r->back ? GP_TEMPFAIL : status;
}

static int
run_lease(struct job *job, const struct gp_work_lease *lease, char **argv)
{
	struct running r = { .job = job, .lease = lease };
	struct gp_why why;
	char word[48];
	int status;

	snprintf(word, sizeof(word), "%lld:%lld",
	    (long long)gp_work_id(job->work), (long long)lease->number);
	r.began = r.renewed = gp_clock();
	if (setenv("GP_LEASE", word, 1) == -1 ||
	    gp_child_start(&r.child, argv, gp_buf_span(&lease->names),
		STDERR_FILENO, &why) == -1) {
		gp_warnx("%s", why.msg);
		gp_work_back(job->work, lease, GP_BACK_AS_WAS, NULL, &why);
		return GP_IO;
	}
	watch(&r);
	status = finish(&r);
	gp_child_release(&r.child);
	return status;
}

/* -- leases, one after another --------------------------------------------- */

static int
work(struct job *job, char **argv)
{
	struct gp_work_lease lease;
	struct gp_why why;
	int status = GP_OK, got;

	gp_work_lease_init(&lease);
	while (status == GP_OK && stops == 0) {
		got = gp_work_take(job->work, &lease, &why);
		if (got == -1) {
			if (away(job, &why) == -1)
				status = gp_work_status(job->work);
			continue;
		}
		job->away = 0;
		if (got == 1)
			status = run_lease(job, &lease, argv);
		else if (job->once)
			break;
		else
			rest(job, (double)job->wait);
	}
	gp_work_lease_release(&lease);
	return status == GP_OK && job->once && job->failed ? GP_PARTIAL
							   : status;
}

static void
catch_signals(struct job *job)
{
	struct sigaction act = { .sa_handler = on_signal };
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, &job->open);
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
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

static int
share_out(struct job *job, char **argv)
{
	struct gp_why why;
	int status = load_list(job);

	if (status != GP_OK)
		return status;
	if (gp_work_pages(job->work, job->list.v, job->list.n, &why) == -1) {
		gp_warnx("%s", why.msg);
		return gp_work_status(job->work);
	}
	catch_signals(job);
	return work(job, argv);
}

static int
retry(struct job *job, int n, char **page)
{
	struct gp_why why;
	int i, r, status = GP_OK;

	for (i = 0; i < n; i++) {
		r = gp_work_retry(job->work, page[i], &why);
		if (r == -1) {
			gp_warnx("%s", why.msg);
			return gp_work_status(job->work);
		}
		if (r == 1)
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
	if (job->retry && n == 0)
		gp_die(GP_USAGE, "--retry which page?");
	if (job->status && n > 0)
		gp_die(GP_USAGE, "--status takes no operands");
	if (!job->status && !job->retry && n == 0)
		gp_die(GP_USAGE, "no command: gp-work --db URL -- COMMAND");
	if (job->how.lease < 1 || job->how.tries < 1)
		gp_die(GP_USAGE, "--%s: at least 1",
		    job->how.lease < 1 ? "lease" : "tries");
	if (job->how.term < 1 || job->how.min < 1 || job->ceiling < 1)
		gp_die(GP_USAGE, "--%s: at least 1s",
		    job->how.term < 1      ? "term"
			: job->how.min < 1 ? "min"
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
		.ceiling = 900,
		.wait = 5 };
	/* clang-format off */
	const struct gp_opt opts[] = {
		{ GP_STR, 0, "db", "URL", "the database that workers share, postgres://", &job.db, NULL },
		{ GP_FILE, 'c', "config", "FILE", "the config (gp-config(5))", &job.config, NULL },
		{ GP_FILE, 0, "pages", "FILE", "the pages, a line each, in place of the config's", &job.pages, NULL },
		{ GP_INT, 0, "lease", "N", "pages at once (20)", &job.how.lease, NULL },
		{ GP_SPAN, 0, "term", "SPAN", "how long a lease holds unless renewed (60s)", &job.how.term, NULL },
		{ GP_SPAN, 0, "ceiling", "SPAN", "the longest that a pipeline may run (15m)", &job.ceiling, NULL },
		{ GP_SPAN, 0, "min", "SPAN", "the soonest that a page is due again (5m)", &job.how.min, NULL },
		{ GP_SPAN, 0, "max", "SPAN", "the latest that a page is due again (1h)", &job.how.max, NULL },
		{ GP_INT, 0, "tries", "N", "failures of a page before it is set aside (3)", &job.how.tries, NULL },
		{ GP_FLAG, 0, "once", NULL, "end when no page is due", &job.once, NULL },
		{ GP_SPAN, 0, "wait", "SPAN", "where no page is due, look again after it (5s)", &job.wait, NULL },
		{ GP_FLAG, 0, "status", NULL, "show how the pages stand", &job.status, NULL },
		{ GP_FLAG, 0, "aside", NULL, "--status: pages that failed, and why", &job.aside, NULL },
		{ GP_FLAG, 0, "workers", NULL, "--status: who works", &job.workers, NULL },
		{ GP_FLAG, 0, "retry", NULL, "bring the pages given by name back", &job.retry, NULL },
		{ GP_CHOICE, 'f', "format", "FORMAT", "table on a terminal, else ndjson", &job.format, GP_FORMAT_WORDS },
		{ GP_CHOICE, 0, "lang", "LANG", "language of the labels", &job.lang, "ru|en" },
		GP_JQ_OPT(&job.jq),
		{ GP_FLAG, 'v', "verbose", NULL, "say each lease and how it went", &job.verbose, NULL },
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
	gp_config_release(&job.conf);
	free(command);
	return gp_jq_finish(status);
}
