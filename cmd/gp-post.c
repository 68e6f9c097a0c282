/* gp-post: publish posts, polls and quizzes, each exactly once. gp-post(1) */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/filter.h"
#include "cli/inputs.h"
#include "cli/jq.h"
#include "cli/waiting.h"
#include "plan/ics.h"
#include "post/poster.h"
#include "post/prove.h"
#include "post/renamed.h"
#include "send/decide.h"
#include "send/request.h"
#include "send/sender.h"
#include "store/store.h"

static volatile int stop;

enum mode {
	POST,
	CHECK,
	DIFF,
	ICS
};

struct job {
	const char *config, *format, *lang, *jq, *zone;
	struct gp_list page;
	long late;
	int dry, check, diff, ics, links, receipts;
	enum mode mode;
	struct gp_decide decide;

	struct gp_poster poster;
	struct gp_sender to;
	struct gp_buf out;
	struct gp_json_reader *reader;
	struct gp_pool pool;
	struct gp_prover prover;
	struct gp_filter f; /* for what is refused as no record */
	enum gp_exit status;
	int ended; /* what is left is not read */
};

static void
on_signal(int sig)
{
	(void)sig;
	stop = 1;
}

/* A receipt is out before the next post is looked at. -1: it could not be. */
static int
put(void *ctx, struct gp_span s)
{
	struct job *job = ctx;

	if (fwrite(s.p, 1, s.n, stdout) == s.n && fflush(stdout) == 0)
		return 0;
	if (job->mode != POST) /* the end of the run says it */
		return -1;
	gp_warn("cannot write the receipts; --receipts gives them again");
	job->status = GP_IO;
	return -1;
}

static void
say(void *ctx, const char *key, const char *text)
{
	(void)ctx;
	gp_warnx("%s: %s", key, text);
}

static int
failed(struct job *job, const struct gp_why *why)
{
	gp_warnx("%s", why->msg);
	job->status =
	    job->to.outbox != NULL ? gp_outbox_status(job->to.outbox) : GP_OK;
	if (job->status == GP_OK)
		job->status = GP_SOFTWARE;
	return -1;
}

/* -- entries --------------------------------------------------------------- */

static int
is_wanted(const struct job *job, const char *page)
{
	size_t i;

	for (i = 0; i < job->page.n; i++)
		if (strcmp(job->page.word[i], page) == 0)
			return 1;
	return job->page.n == 0;
}

static int
one_page(struct job *job, const struct gp_plan *p,
    const struct gp_plan_entry *e, const char *page)
{
	struct gp_plan_post post;
	struct gp_why why;
	int r;

	gp_pool_reset(&job->pool);
	if (gp_plan_post(&post, p, e, page, &job->to.conf, &job->pool, &why) ==
	    -1) {
		if (job->mode == CHECK) {
			gp_plan_check_page(
			    &job->prover.found, p, e, page, why.msg);
			return 0;
		}
		gp_warnx("%s@%s: %s", e->id, page, why.msg);
		gp_poster_worst(&job->poster, GP_PARTIAL);
		return 0;
	}
	if (!is_wanted(job, post.of->key))
		return 0;
	if (gp_post_renamed(
		&post, &job->to.conf, job->to.outbox, &job->pool, &why) == -1)
		return failed(job, &why);
	if (job->mode == POST)
		return gp_poster_post(&job->poster, p, &post);
	r = job->mode == CHECK ? gp_prove_check(&job->prover, p, &post, &why)
			       : gp_prove_diff(&job->prover, &post, &why);
	return r == -1 ? failed(job, &why) : 0;
}

static int
one_entry(
    struct job *job, const struct gp_plan *p, const struct gp_plan_entry *e)
{
	const char *const *page = e->page.v;
	size_t i;

	gp_at(p->name, e->line);
	if (job->mode == ICS) {
		gp_plan_ics_entry(&job->out, e, job->poster.how.now);
		return 0;
	}
	for (i = 0; i < e->page.n && !stop; i++)
		if (one_page(job, p, e, page[i]) == -1)
			return -1;
	return 0;
}

static int
by_time(const void *a, const void *b)
{
	const struct gp_plan_entry *const *x = a, *const *y = b;

	if ((*x)->when != (*y)->when)
		return (*x)->when < (*y)->when ? -1 : 1;
	return (*x)->line < (*y)->line ? -1 : (*x)->line > (*y)->line;
}

/* The oldest first, whatever their order in the plan. */
static int
entries(struct job *job, const struct gp_plan *p)
{
	const struct gp_plan_entry *e = p->entry.v, **v;
	size_t i;
	int r = 0;

	v = calloc(p->entry.n + 1, sizeof(const struct gp_plan_entry *));
	if (v == NULL)
		gp_die(GP_SOFTWARE, "no memory");
	for (i = 0; i < p->entry.n; i++)
		v[i] = &e[i];
	qsort(v, p->entry.n, sizeof(const struct gp_plan_entry *), by_time);
	for (i = 0; i < p->entry.n && r == 0 && !stop; i++)
		r = one_entry(job, p, v[i]);
	free(v);
	return r;
}

/* -- plans and records ----------------------------------------------------- */

/* The zone in which times without one are meant. */
static void
zone(const struct job *job)
{
	struct gp_why why;

	if (job->to.conf.zone != NULL)
		gp_zone_set(job->to.conf.zone, &why);
	else if (job->zone != NULL)
		setenv("TZ", job->zone, 1);
	else
		unsetenv("TZ");
	if (job->to.conf.zone == NULL)
		tzset();
}

static int
plan(struct job *job, const char *path)
{
	struct gp_plan p;
	struct gp_why why;
	int r = -1;

	zone(job);
	job->poster.records = job->receipts;
	if (gp_plan_read(&p, path, &why) == -1) {
		gp_warnx("%s", why.msg);
		job->status = GP_DATA;
	} else {
		job->poster.how.late = job->late >= 0 ? job->late
		    : p.late >= 0                     ? p.late
						      : 1800;
		r = entries(job, &p);
	}
	gp_at(NULL, 0);
	gp_plan_release(&p);
	return r;
}

/* A record that is no post is nothing of ours. */
static int
one_line(struct job *job, struct gp_plan *p, const struct gp_line *line,
    struct gp_why *why)
{
	struct gp_json_obj o;
	struct gp_plan_entry *e;

	if (line->over)
		return gp_because(why, "longer than 16 MiB");
	if (gp_json_open(job->reader, line->text,
		job->f.strict ? GP_JSON_STRICT : 0, &o, why) == -1)
		return -1;
	if (!gp_json_is(gp_json_get(&o, "type"), "post"))
		return 0;
	if (gp_plan_record(p, job->reader, &o, why) == -1)
		return -1;
	e = p->entry.v;
	e->line = (unsigned)line->no;
	return one_entry(job, p, e) == -1 ? -2 : 0;
}

static int
lines(struct job *job, int fd, const char *name)
{
	struct gp_lines in;
	struct gp_line line;
	struct gp_plan p;
	struct gp_why why;
	int r = 0;

	zone(job);
	job->poster.records = 1;
	job->poster.how.late = job->late >= 0 ? job->late : 1800;
	job->f.name = name;
	gp_plan_begin(&p, name);
	p.page = (struct gp_yaml_list){ job->page.word, job->page.n };
	gp_lines_init(&in, fd);
	while (!stop && r != -2 && (r = gp_lines_next(&in, &line)) == 1) {
		gp_at(name, line.no);
		r = one_line(job, &p, &line, &why);
		if (r == -1) {
			gp_refuse(&job->f, &line, why.msg);
			r = job->f.strict ? -2 : 0;
		}
	}
	gp_at(NULL, 0);
	if (r == -1) {
		gp_warn("cannot read '%s'", name);
		job->status = GP_IO;
	}
	gp_lines_release(&in);
	gp_plan_release(&p);
	return r < 0 ? -1 : 0;
}

static int
input(void *ctx, int fd, const char *name)
{
	struct job *job = ctx;

	job->ended = lines(job, fd, name) != 0;
	return job->ended;
}

/* Plans are files that are read whole; all else is lines. */
static void
inputs(struct job *job, int n, char **operand)
{
	int i = 0;

	do {
		if (n > 0 && gp_plan_is(operand[i]))
			job->ended = plan(job, operand[i]) != 0;
		else if (gp_inputs(n > 0, &operand[i], input, job) != GP_OK) {
			job->status = GP_IO;
			return;
		}
	} while (++i < n && !job->ended);
}

/* -- setting up ------------------------------------------------------------ */

/* What only asks makes no journal. */
static int
open_journal(struct job *job)
{
	struct gp_why why;

	if (job->mode == ICS || job->dry)
		return 0;
	job->status = gp_sender_journal(&job->to, job->mode != POST, &why);
	if (job->status != GP_OK)
		gp_warnx("%s", why.msg);
	return job->status == GP_OK ? 0 : -1;
}

static void
asleep(void *ctx, const char *what, double seconds)
{
	(void)ctx;
	gp_warnx("%s: asleep for %.0f s", what, seconds);
}

static void
show(void *ctx, const struct gp_job *j)
{
	struct job *job = ctx;

	gp_buf_reset(&job->out);
	gp_send_request(&job->out, &j->call.req);
	if (put(job, gp_buf_span(&job->out)) == -1)
		stop = 1;
}

/* What turns out not to have arrived may be late by now, or was put off. */
static int
may_go(void *ctx, struct gp_why *why)
{
	const struct gp_todo *t = ((struct job *)ctx)->poster.todo;
	char at[GP_INSTANT_LEN];

	if (t->early) {
		gp_because(why, "it did not arrive; it goes out at %s",
		    gp_instant_local(t->at, at));
		return GP_OUT_FAILED;
	}
	if (!t->late)
		return GP_OUT_PLANNED;
	gp_because(why, "it did not arrive, and now it is too late for it");
	return GP_OUT_REFUSED;
}

static int
open_network(struct job *job)
{
	struct gp_http_conf http = { .agent = "gp-post/" GP_VERSION,
		.retries = job->mode == CHECK ? 0 : 3,
		.say = asleep };
	const struct gp_send send = {
		.may = may_go, .show = show, .ctx = job, .stop = &stop
	};
	struct gp_why why;

	if (job->mode != POST && !job->links)
		return 0;
	job->status = gp_sender_network(&job->to, &http, &send, job->dry, &why);
	if (job->status != GP_OK)
		gp_warnx("%s", why.msg);
	return job->status == GP_OK ? 0 : -1;
}

static void
begin(struct job *job)
{
	struct gp_poster *p = &job->poster;

	p->wait = job->to.wait;
	p->english = job->prover.found.english = strcmp(job->lang, "en") == 0;
	p->pages = &job->to.pages;
	p->outbox = job->to.outbox;
	p->send = &job->to.send;
	p->pool = &job->pool;
	p->put = put;
	p->say = say;
	p->ctx = job;
	p->stop = &stop;
	job->prover.found.now = p->how.now;
	job->prover.how = &p->how;
	job->prover.outbox = job->to.outbox;
	job->prover.http = job->to.http;
	job->prover.pool = &job->pool;
}

static void
shown(struct job *job, struct gp_show_how *how)
{
	const char *usual = isatty(STDOUT_FILENO) ? "table" : "ndjson";

	*how = (struct gp_show_how){
		.format =
		    gp_format_find(job->format != NULL ? job->format : usual),
		.lang = job->prover.found.english ? GP_EN : GP_RU,
		.write = put,
		.ctx = job
	};
}

/* What was found, or made, is shown when all has been looked at. */
static void
end(struct job *job, const struct gp_show_how *how)
{
	gp_buf_reset(&job->poster.out);
	if (job->mode == CHECK) {
		gp_plan_check_clashes(&job->prover.found);
		gp_post_findings(&job->poster.out, &job->prover.found, how);
		put(job, gp_buf_span(&job->poster.out));
		if (job->prover.found.errors > 0)
			gp_poster_worst(&job->poster, GP_PARTIAL);
	} else if (job->mode == ICS) {
		gp_plan_ics_end(&job->out);
		put(job, gp_buf_span(&job->out));
	}
	if (job->prover.found.bad || job->out.bad)
		gp_die(GP_SOFTWARE, "no memory");
}

static void
decide(struct job *job, int n, char **operand)
{
	struct gp_why why;

	job->status =
	    gp_decide(&job->decide, &job->to, n, operand, &job->out, &why);
	if (job->status != GP_OK)
		gp_warnx("%s", why.msg);
	else
		put(job, gp_buf_span(&job->out));
}

static void
work(struct job *job, int n, char **operand)
{
	struct gp_show_how how;
	struct gp_why why;

	if (gp_decide_asked(&job->decide)) {
		decide(job, n, operand);
		return;
	}
	if (gp_config_load(job->config, &job->to.conf, &why) == -1) {
		gp_warnx("%s", why.msg);
		job->status = GP_CONFIG;
		return;
	}
	if (open_journal(job) == -1 || open_network(job) == -1)
		return;
	begin(job);
	shown(job, &how);
	if (gp_reject_open(&job->f) == -1) {
		job->status = GP_IO;
		return;
	}
	if (job->mode == DIFF)
		gp_post_diff_begin(&job->prover.table, &how);
	if (job->mode == ICS)
		gp_plan_ics_begin(&job->out);
	inputs(job, n, operand);
	if (job->mode == DIFF)
		gp_show_end(&job->prover.table);
	end(job, &how);
	if (job->status == GP_OK)
		job->status = job->poster.status;
	if (job->status == GP_OK && job->f.refused > 0)
		job->status = job->f.strict ? GP_DATA : GP_PARTIAL;
	if (job->status == GP_OK && stop)
		job->status = GP_TEMPFAIL;
	job->status = (enum gp_exit)gp_reject_close(&job->f, (int)job->status);
}

static void
close_all(struct job *job)
{
	gp_sender_release(&job->to);
	gp_json_free(job->reader);
	gp_pool_release(&job->pool);
	gp_plan_check_release(&job->prover.found);
	gp_show_release(&job->prover.table);
	gp_buf_release(&job->out);
	gp_buf_release(&job->poster.out);
}

/* A write that fails is seen as such: dying between a post and the note of it
 * is the worst case. */
static void
signals(enum mode mode)
{
	struct sigaction sa = { .sa_handler = on_signal };

	sigemptyset(&sa.sa_mask);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	sa.sa_handler = SIG_IGN;
	if (mode == POST)
		sigaction(SIGPIPE, &sa, NULL);
}

static const char examples[] =
    "  gp-post plan.yaml | gp-store put d.db\n"
    "  gp-post --check --format table plan.yaml\n"
    "  gp-card week.ndjson | gp-post -p lugovoe-tg | gp-store put d.db\n";

int
main(int argc, char **argv)
{
	static struct job job = { .lang = "ru",
		.late = -1,
		.to = { .settle = 10, .max_wait = 600 } };
	/* clang-format off */
	const struct gp_opt opts[] = {
		{ GP_FILE, 'c', "config", "FILE", "pages and tokens", &job.config, NULL },
		{ GP_LIST, 'p', "page", "NAME", "only this page of the config; may be given again", &job.page, NULL },
		{ GP_STR, 0, "db", "URL", "the store that the journal lies beside", &job.to.db, NULL },
		{ GP_STR, 0, "journal", "URL", "keep the journal there instead", &job.to.journal, NULL },
		{ GP_SPAN, 0, "late", "SPAN", "how late a post is still good (30m)", &job.late, NULL },
		{ GP_FLAG, 0, "schedule", NULL, "give to the network at once what it can keep for later", &job.poster.how.schedule, NULL },
		{ GP_FLAG, 0, "edit", NULL, "change what is out where its text has changed", &job.poster.how.edit, NULL },
		{ GP_FLAG, 0, "receipts", NULL, "a receipt also for what is out already", &job.receipts, NULL },
		{ GP_FLAG, 0, "check", NULL, "prove the plan, post nothing", &job.check, NULL },
		{ GP_FLAG, 0, "links", NULL, "with --check: open each link", &job.links, NULL },
		{ GP_FLAG, 0, "diff", NULL, "tell what would be done, do nothing", &job.diff, NULL },
		{ GP_FLAG, 0, "ics", NULL, "write the plan as a calendar", &job.ics, NULL },
		{ GP_FLAG, 'n', "dry-run", NULL, "show the requests, send nothing", &job.dry, NULL },
		{ GP_SPAN, 0, "wait", "SPAN", "wait so long for another sender (0)", &job.to.wait, NULL },
		{ GP_SPAN, 0, "settle", "SPAN", "look for what may have left after so long (10s)", &job.to.settle, NULL },
		{ GP_SPAN, 0, "timeout", "SPAN", "of one request", &job.to.timeout, NULL },
		{ GP_SPAN, 0, "max-wait", "SPAN", "longest wait that a network may ask for (10m)", &job.to.max_wait, NULL },
		GP_DECIDE_OPTS(&job.decide),
		{ GP_CHOICE, 'f', "format", "WORD", "of --check and --diff", &job.format, GP_FORMAT_WORDS },
		{ GP_CHOICE, 0, "lang", "WORD", "language of what is said to people", &job.lang, "ru|en" },
		{ GP_FLAG, 0, "strict", NULL, "stop at the first line that is refused", &job.f.strict, NULL },
		{ GP_FILE, 0, "reject", "FILE", "keep refused lines there, with number and reason", &job.f.reject, NULL },
		GP_JQ_OPT(&job.jq),
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	/* clang-format on */
	const struct gp_cmd cmd = { "gp-post",
		"publish posts, polls and quizzes, each exactly once",
		"[PLAN ...]", opts, NULL, examples };
	int n;

	gp_prog(argv[0]);
	gp_store_on_wait(gp_say_waiting, &stop);
	n = gp_opt_parse(&cmd, argc, argv);
	if (job.check + job.diff + job.ics + job.dry > 1)
		gp_die(GP_USAGE,
		    "--check, --diff, --ics and --dry-run exclude each other");
	if (job.links && !job.check)
		gp_die(GP_USAGE, "--links goes with --check");
	if (job.jq != NULL && job.format != NULL &&
	    strcmp(job.format, "ndjson") != 0)
		gp_die(GP_USAGE, "--jq does not go with -f %s: it reads ndjson",
		    job.format);
	if (job.jq != NULL)
		job.format = "ndjson";
	job.mode = job.check ? CHECK : job.diff ? DIFF : job.ics ? ICS : POST;
	job.poster.how.now = job.to.want.now = gp_now();
	job.zone = getenv("TZ") != NULL ? strdup(getenv("TZ")) : NULL;
	gp_pool_init(&job.pool);
	gp_plan_check_init(&job.prover.found);
	gp_buf_init(&job.out, 256 * GP_MIB);
	gp_buf_init(&job.poster.out, 256 * GP_MIB);
	job.reader = gp_json_new();
	if (job.reader == NULL)
		gp_die(GP_SOFTWARE, "no memory");
	signals(job.mode);
	job.status = (enum gp_exit)gp_jq_start(job.jq);
	if (job.status == GP_OK)
		work(&job, n, argv);
	close_all(&job);
	return gp_jq_finish((int)job.status);
}
