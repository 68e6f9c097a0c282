/* gp-fetch: read pages, posts, comments, messages and figures. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/opt.h"
#include "budget/budget.h"
#include "cli/jq.h"
#include "cli/output.h"
#include "cli/waiting.h"
#include "http/bucket.h"
#include "net/choose.h"
#include "net/plan.h"
#include "store/store.h"

struct job {
	struct gp_list page, stream;
	const char *config, *since, *until, *cursors, *state, *jq, *pages;
	const char *record, *replay;
	long max_wait, retries, timeout, parallel;
	double rate;
	int networks, no_cursor, verbose;
	char *real;  /* of the state file */
	int regular; /* standard output is a file */

	struct gp_config conf;
	struct gp_budget *budget; /* limits shared with other machines */
	struct gp_want want;
	struct gp_cursors cursor;
	struct gp_choice choice;
	int status; /* of the failed ones */
	int mixed;  /* they failed in different ways */
};

static volatile sig_atomic_t stop_signal;
static volatile int stop;

static void
on_signal(int number)
{
	stop_signal = number;
	stop = 1;
}

/* "asleep until 12:31:05": on a terminal, or asked for; cron stays silent. */
static void
say(void *ctx, const char *what, double seconds)
{
	const struct job *job = ctx;
	time_t until = time(NULL) + (time_t)seconds;
	char text[16] = "";
	struct tm tm;

	if (!job->verbose && !isatty(STDERR_FILENO))
		return;
	if (localtime_r(&until, &tm) != NULL)
		strftime(text, sizeof(text), "%H:%M:%S", &tm);
	gp_at(NULL, 0);
	gp_warnx("asleep until %s: %s", text, what);
}

static int
networks(void)
{
	const struct gp_net *const *n;

	printf("%-10s %-12s %-26s %-14s %-12s %-10s %-9s %-5s %-5s\n",
	    "network", "posts", "comments", "messages", "figures", "max text",
	    "schedule", "poll", "quiz");
	for (n = gp_nets; *n != NULL; n++)
		printf("%-10s %-12s %-26s %-14s %-12s %-10zu %-9s %-5s %-5s\n",
		    (*n)->name, (*n)->posts, (*n)->comments, (*n)->messages,
		    (*n)->figures, (*n)->max_text,
		    (*n)->can_schedule ? "yes" : "no",
		    (*n)->can_poll ? "yes" : "no",
		    (*n)->can_quiz ? "yes" : "no");
	return gp_finish(GP_OK);
}

/* A page a line. */
static enum gp_exit
listed(struct job *job, struct gp_why *why)
{
	enum gp_exit status = GP_IO;
	struct gp_buf all;

	gp_buf_init(&all, GP_MAX_STATE);
	if (gp_file_read(job->pages, &all, why) == 0)
		status = gp_choose_listed(&job->choice, all.p, why);
	gp_buf_release(&all);
	return status;
}

static int
collect(struct job *job, int n, char **operands)
{
	struct gp_choice *c = &job->choice;
	struct gp_why why;
	enum gp_exit status = GP_OK;
	size_t k;
	int i;

	*c = (struct gp_choice){ .conf = &job->conf,
		.want = &job->want,
		.cursors = job->no_cursor ? NULL : &job->cursor,
		.stream = job->stream.word,
		.streams = job->stream.n };
	for (i = 0; i < n && status == GP_OK; i++)
		status = gp_choose_address(c, operands[i], &why);
	for (k = 0; k < job->page.n && status == GP_OK; k++)
		status = gp_choose_named(c, job->page.word[k], &why);
	if (job->pages != NULL && status == GP_OK)
		status = listed(job, &why);
	else if (n == 0 && job->page.n == 0 && status == GP_OK)
		status = gp_choose_all(c, &why);
	if (status != GP_OK) {
		gp_warnx("%s", why.msg);
		return status;
	}
	if (c->n > 0 || job->pages != NULL)
		return GP_OK;
	if (n > 0 || job->page.n > 0 || job->conf.page.n > 0)
		gp_warnx("none of the pages has such a stream%s",
		    job->want.follow ? " with long polling" : "");
	else
		gp_warnx("no pages: give an address, as https://t.me/s/NAME, "
			 "or write a config (man gp-config)");
	return GP_USAGE;
}

/* The state moves only after standard output has taken the records. */
static int
keep_state(struct job *job, struct gp_job *j)
{
	struct gp_why why;

	if (job->state == NULL || j->left == NULL || job->no_cursor)
		return 0;
	if (gp_cursors_put(&job->cursor, j->page, j->stream->name, j->left) ==
	    -1)
		gp_die(GP_SOFTWARE, "no memory");
	free(j->left);
	j->left = NULL;
	if (job->regular && fdatasync(STDOUT_FILENO) == -1) {
		gp_at(NULL, 0);
		gp_warn("cannot sync standard output");
		return -1;
	}
	if (gp_cursors_save(&job->cursor, job->state, &why) == 0)
		return 0;
	gp_at(NULL, 0);
	gp_warnx("%s", why.msg);
	return -1;
}

static int
write_out(void *ctx, struct gp_job *j, struct gp_span s)
{
	const struct job *job = ctx;

	if (gp_output_write(job->regular, s) == 0)
		return keep_state(ctx, j);
	gp_at(NULL, 0);
	if (errno != EPIPE) /* jq has ended: it says why */
		gp_warn("cannot write to standard output");
	return -1;
}

static void
ended(void *ctx, struct gp_job *j)
{
	struct job *job = ctx;
	int status = gp_outcome_exit(j->outcome);

	if (status == GP_OK) {
		if (j->more && job->state == NULL &&
		    (job->cursors == NULL || job->verbose) &&
		    strcmp(j->stream->name, "updates") == 0) {
			gp_at(j->page, 0);
			gp_warnx("updates: more of them wait; with --state "
				 "FILE a run takes all");
			gp_at(NULL, 0);
		}
		if (j->outcome == GP_RUN_EMPTY && job->verbose) {
			gp_at(j->page, 0);
			gp_warnx("%s: empty", j->stream->name);
			gp_at(NULL, 0);
		}
		return;
	}
	gp_at(j->page, 0);
	gp_warnx("%s: %s", j->stream->name, j->why.msg);
	gp_at(NULL, 0);
	job->mixed |= job->status != GP_OK && job->status != status;
	job->status = status;
}

static int
failed(const struct gp_job *j)
{
	return gp_outcome_exit(j->outcome) != GP_OK;
}

/* 1: some page was read without any failure. */
static int
some_page_well(const struct job *job)
{
	const struct gp_choice *c = &job->choice;
	size_t i, k;

	/* The streams of a page stand side by side. */
	for (i = 0; i < c->n; i = k) {
		int bad = 0;

		for (k = i;
		     k < c->n && strcmp(c->job[k]->page, c->job[i]->page) == 0;
		     k++)
			bad |= failed(c->job[k]);
		if (!bad)
			return 1;
	}
	return 0;
}

/* Failures of one kind and no page that was read well: their status. */
static int
verdict(const struct job *job)
{
	if (job->status == GP_OK)
		return GP_OK;
	return job->mixed || some_page_well(job) ? GP_PARTIAL : job->status;
}

static void
show_plan(const struct job *job)
{
	struct gp_buf b;

	gp_buf_init(&b, 256 * GP_MIB);
	gp_plan_write(
	    &b, job->choice.job, job->choice.n, isatty(STDOUT_FILENO));
	fwrite(gp_buf_str(&b), 1, b.n, stdout);
	gp_buf_release(&b);
}

static int
fetch(struct job *job)
{
	struct gp_http_conf conf = {
		.record = job->record,
		.replay = job->replay,
		.timeout = job->timeout,
		.retries = job->retries,
		.max_wait = job->max_wait,
		.say = say,
		.ctx = job,
		.stop = &stop,
		.ca_file = job->conf.ca_file,
	};
	struct gp_fetching f = { .job = job->choice.job,
		.n = job->choice.n,
		.parallel = job->want.follow ? 0 : (size_t)job->parallel,
		.write = write_out,
		.ended = ended,
		.ctx = job,
		.stop = &stop };
	struct gp_buf agent, share;
	struct gp_why why;
	int r;

	conf.table = gp_budget_table(job->budget);
	gp_buf_init(&share, GP_MAX_URL);
	if (gp_bucket_folder(&share) == 0)
		conf.share = gp_buf_str(&share);
	job->regular = gp_output_begin();
	gp_buf_init(&agent, 512);
	gp_buf_addf(&agent, "gp-fetch/%s", GP_VERSION);
	if (job->conf.contact != NULL)
		gp_buf_addf(&agent, " (+%s)", job->conf.contact);
	conf.agent = gp_buf_str(&agent);
	f.http = gp_http_new(&conf, &why);
	if (f.http == NULL) {
		gp_warnx("%s", why.msg);
		return GP_SOFTWARE;
	}
	r = gp_fetch_run(&f) == -1 ? GP_IO : verdict(job);
	if (job->want.plan && r != GP_IO)
		show_plan(job);
	gp_choice_release(&job->choice);
	gp_http_free(f.http);
	gp_buf_release(&agent);
	gp_buf_release(&share);
	return r;
}

static int
instant(
    const struct job *job, const char *option, const char *word, gp_instant *to)
{
	if (word == NULL || gp_instant_word(word, job->want.now, to) == 0)
		return 0;
	gp_warnx("--%s: '%s' is no instant: write 7d, yesterday, 2026-11-01 "
		 "or 2026-11-01T09:00:00Z",
	    option, word);
	return -1;
}

/* A word of --stream that no network knows is a mistake, not an empty run. */
static int
unknown_stream(const struct job *job)
{
	size_t i;

	for (i = 0; i < job->stream.n; i++) {
		if (gp_choose_known(job->stream.word[i]))
			continue;
		gp_warnx("--stream: '%s' is not one of page, posts, comments, "
			 "messages, updates, stats",
		    job->stream.word[i]);
		return -1;
	}
	return 0;
}

static int
take_cursor(void *ctx, const struct gp_found *found)
{
	return gp_cursors_take(ctx, found->body);
}

/* Of some pages only the network knows the id: then all are asked for. */
static int
ask_cursors(struct job *job, struct gp_store *s, struct gp_why *why)
{
	size_t n;
	const char **id = gp_choice_ids(&job->choice, &n);
	int r;

	if (id == NULL)
		return gp_store_cursors(s, take_cursor, &job->cursor, why);
	r = gp_store_cursors_of(s, id, n, take_cursor, &job->cursor, why);
	free(id);
	return r;
}

/* Cursors of a database, or of a file; none is there: it is the first run. */
static int
load_cursors(struct job *job)
{
	struct gp_store *s = NULL;
	struct gp_why why;
	int status;

	if (!gp_store_is_url(job->cursors)) {
		status = strcmp(job->cursors, "-") != 0; /* may lack */
		if (gp_cursors_load(&job->cursor, job->cursors, status, &why) ==
		    0)
			return GP_OK;
		gp_warnx("%s", why.msg);
		return GP_DATA;
	}
	status = gp_store_open(&s, job->cursors, GP_STORE_LOOK, &why);
	if (status == GP_OK && s != NULL && ask_cursors(job, s, &why) == -1) {
		gp_because_of(&why, "%s", gp_store_name(s));
		status = gp_store_status(s);
	}
	/* Of a store without cursors, too. */
	if (status == GP_OK && s != NULL && gp_store_identity(s) != NULL &&
	    gp_cursors_from(&job->cursor, gp_store_identity(s)) == -1)
		gp_die(GP_SOFTWARE, "no memory");
	gp_store_close(s);
	if (status != GP_OK)
		gp_warnx("%s", why.msg);
	return status;
}

/* Once it is known which pages: their cursors. */
static int
resume(struct job *job)
{
	struct gp_choice *c = &job->choice;
	int status = job->cursors != NULL ? load_cursors(job) : GP_OK;
	size_t i;

	for (i = 0; i < c->n && status == GP_OK && !job->no_cursor; i++)
		if (job->cursors != NULL &&
		    gp_job_page(c->job[i], c->job[i]->page) == -1)
			gp_die(GP_SOFTWARE, "no memory");
	return status;
}

static int
share_limits(struct job *job)
{
	struct gp_why why;
	int status;

	if (job->replay != NULL)
		return GP_OK;
	status = gp_budget_open(&job->budget, job->conf.budget, &why);
	if (status != GP_OK)
		gp_warnx("%s", why.msg);
	return status;
}

static int
prepare(struct job *job)
{
	struct gp_why why;

	if (unknown_stream(job) == -1)
		return GP_USAGE;
	if (gp_config_load(job->config, &job->conf, &why) == -1) {
		gp_warnx("%s", why.msg);
		return GP_CONFIG;
	}
	if (job->rate >= 0)
		job->conf.telegram.rate = job->conf.vk.rate =
		    job->conf.ok.rate = job->conf.max.rate = job->rate;
	if (instant(job, "since", job->since, &job->want.since) == -1 ||
	    instant(job, "until", job->until, &job->want.until) == -1)
		return GP_USAGE;
	if (job->jq != NULL && job->state != NULL) {
		gp_warnx("--jq and --state exclude each other: what jq drops "
			 "would count as taken; put jq behind a pipe");
		return GP_USAGE;
	}
	if (job->cursors != NULL && job->state != NULL) {
		gp_warnx("--cursors and --state exclude each other");
		return GP_USAGE;
	}
	if (job->pages != NULL && job->cursors != NULL &&
	    strcmp(job->pages, "-") == 0 && strcmp(job->cursors, "-") == 0) {
		gp_warnx("--pages - and --cursors - both want standard input");
		return GP_USAGE;
	}
	if (job->state != NULL && strcmp(job->state, "-") == 0) {
		gp_warnx("--state needs a file; --cursors - reads them");
		return GP_USAGE;
	}
	job->real = job->state != NULL ? realpath(job->state, NULL) : NULL;
	if (job->real != NULL) /* one lock for all its names */
		job->state = job->real;
	if (job->state != NULL && gp_cursors_lock(job->state, &why) == -1) {
		gp_warnx("%s", why.msg);
		return errno == EWOULDBLOCK ? GP_TEMPFAIL : GP_IO;
	}
	job->want.confirm = job->state != NULL || job->want.follow;
	job->want.replay = job->replay != NULL;
	if (job->state != NULL &&
	    gp_cursors_load(&job->cursor, job->state, 1, &why) == -1) {
		gp_warnx("%s", why.msg);
		return GP_DATA;
	}
	return share_limits(job);
}

int
main(int argc, char **argv)
{
	static struct job job = { .max_wait = 60,
		.retries = 3,
		.rate = -1,
		.parallel = GP_MAX_PARALLEL };
	/* clang-format off */
	const struct gp_opt opts[] = {
		{ GP_FILE, 'c', "config", "FILE", "the config (gp-config(5))", &job.config, NULL },
		{ GP_LIST, 'p', "page", "NAME", "a page of the config; may be given again", &job.page, NULL },
		{ GP_FILE, 0, "pages", "FILE", "pages of the config or addresses, a line each (-: stdin)", &job.pages, NULL },
		{ GP_LIST, 0, "stream", "NAME", "page, posts, comments, messages, updates, stats", &job.stream, NULL },
		{ GP_STR, 0, "since", "WHEN", "posts from then on: 7d, monday, 2026-11-01", &job.since, NULL },
		{ GP_STR, 0, "until", "WHEN", "posts before then", &job.until, NULL },
		{ GP_INT, 'n', "limit", "N", "the newest N posts of a page", &job.want.limit, NULL },
		{ GP_FLAG, 0, "all", NULL, "back to the very first post", &job.want.all, NULL },
		{ GP_FLAG, 0, "forward", NULL, "oldest first, from the cursor on", &job.want.forward, NULL },
		{ GP_SPAN, 0, "overlap", "SPAN", "look back so far for edits and deletions", &job.want.overlap, NULL },
		{ GP_FILE, 0, "cursors", "URL", "start from the cursors of a database or file (-: stdin)", &job.cursors, NULL },
		{ GP_FILE, 0, "state", "FILE", "keep the cursors there", &job.state, NULL },
		{ GP_FLAG, 0, "no-cursor", NULL, "start as if there were no cursor", &job.no_cursor, NULL },
		{ GP_FLAG, 'f', "follow", NULL, "go on with long polling until told to stop", &job.want.follow, NULL },
		{ GP_FLAG, 0, "plan", NULL, "tell how many calls and minutes it would take", &job.want.plan, NULL },
		{ GP_INT, 0, "parallel", "N", "streams read at once (64)", &job.parallel, NULL },
		{ GP_REAL, 0, "rate", "N", "requests a second of a token; 0: no limit", &job.rate, NULL },
		{ GP_SPAN, 0, "max-wait", "SPAN", "longest wait a network may ask for (60s)", &job.max_wait, NULL },
		{ GP_INT, 0, "retries", "N", "tries after the first (3)", &job.retries, NULL },
		{ GP_SPAN, 0, "timeout", "SPAN", "ceiling of one request (90s)", &job.timeout, NULL },
		{ GP_DIR, 0, "record", "DIR", "write the exchanges there", &job.record, NULL },
		{ GP_DIR, 0, "replay", "DIR", "answer from there, with no network", &job.replay, NULL },
		GP_JQ_OPT(&job.jq),
		{ GP_FLAG, 0, "networks", NULL, "show what each network can and exit", &job.networks, NULL },
		{ GP_FLAG, 'v', "verbose", NULL, "say waits and empty pages", &job.verbose, NULL },
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	/* clang-format on */
	const struct gp_cmd cmd = { "gp-fetch",
		"read pages, posts, comments, messages and figures",
		"[ADDRESS ...]", opts, NULL,
		"  gp-fetch https://t.me/s/NAME\n"
		"  gp-fetch --since 7d telegram:NAME | gp-classify | "
		"gp-report week\n"
		"  gp-fetch --page town --state town.state >> town.ndjson\n" };
	struct sigaction act = { .sa_handler = on_signal,
		.sa_flags = (int)SA_RESETHAND }; /* a second one kills */
	const struct rlimit no_core = { 0, 0 };
	int n = gp_opt_parse(&cmd, argc, argv), status;

	gp_store_on_wait(gp_say_waiting, &stop);
	if (job.networks)
		return networks();
	job.want.now = gp_now();
	setrlimit(RLIMIT_CORE, &no_core); /* a core would hold the tokens */
	sigaction(SIGINT, &act, NULL);
	sigaction(SIGTERM, &act, NULL);
	status = prepare(&job);
	if (status == GP_OK)
		status = collect(&job, n, argv);
	if (status == GP_OK)
		status = resume(&job);
	if (status == GP_OK)
		status = gp_jq_start(job.jq);
	if (status == GP_OK)
		status = fetch(&job);
	gp_budget_close(job.budget);
	free(job.real);
	gp_cursors_release(&job.cursor);
	gp_config_release(&job.conf);
	return gp_jq_finish(status);
}
