/* gp-reply: send approved replies, each exactly once. gp-reply(1) */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/filter.h"
#include "cli/inputs.h"
#include "cli/jq.h"
#include "cli/waiting.h"
#include "redact/redact.h"
#include "reply/hours.h"
#include "reply/replier.h"
#include "send/decide.h"
#include "send/request.h"
#include "send/sender.h"

static volatile int stop;

struct job {
	const char *config, *allow, *jq;
	struct gp_decide decide;

	struct gp_sender to;
	struct gp_replier replier;
	struct gp_redact redact;
	struct gp_json_reader *reader;
	struct gp_pool pool;
	struct gp_buf out;
	struct gp_filter f; /* for what is refused as no record */
	enum gp_exit status;
	int gone; /* the reader of our output went away */
};

static void
on_signal(int sig)
{
	(void)sig;
	stop = 1;
}

/* A record is out before the next one is taken. -1: it could not be. */
static int
put(void *ctx, struct gp_span s)
{
	struct job *job = ctx;

	if (fwrite(s.p, 1, s.n, stdout) == s.n && fflush(stdout) == 0)
		return 0;
	/* A reader that has gone is no trouble while nothing has left. */
	if (errno == EPIPE && !job->replier.left) {
		stop = 1;
		job->gone = 1;
		return -1;
	}
	gp_warn("cannot write the receipts");
	job->status = GP_IO;
	return -1;
}

/* A line as it came, for who keeps records behind us; what is a reply, too. */
static int
one_line(struct job *job, const struct gp_line *line, const char **why)
{
	static struct gp_why reason;
	struct gp_json_obj rec;
	struct gp_reply r;
	int reply;

	*why = NULL;
	if (line->over) {
		*why = "longer than 16 MiB";
		return 0;
	}
	gp_pool_reset(&job->pool);
	if (gp_json_open(job->reader, line->text,
		job->f.strict ? GP_JSON_STRICT : 0, &rec, &reason) == -1) {
		*why = reason.msg;
		return 0;
	}
	reply = gp_json_is(gp_json_get(&rec, "type"), "reply");
	if (reply &&
	    gp_reply_read(job->reader, &rec, &job->pool, &r, &reason) == -1) {
		*why = reason.msg;
		return 0;
	}
	if (!job->replier.dry) {
		gp_buf_reset(&job->out);
		gp_buf_add(&job->out, line->text.p, line->text.n);
		gp_buf_addc(&job->out, '\n');
		if (put(job, gp_buf_span(&job->out)) == -1)
			return -1;
	}
	return reply ? gp_replier_send(&job->replier, &r) : 0;
}

static int
all(void *ctx, int fd, const char *name)
{
	struct job *job = ctx;
	struct gp_lines in;
	struct gp_line line;
	const char *why;
	int r = 0, ended = 0;

	gp_lines_init(&in, fd);
	job->f.name = name;
	while (!stop && (r = gp_lines_next(&in, &line)) == 1) {
		gp_at(name, line.no);
		ended = one_line(job, &line, &why) == -1;
		if (ended)
			break;
		if (why == NULL)
			continue;
		gp_refuse(&job->f, &line, why);
		if (job->f.strict)
			break;
	}
	gp_at(NULL, 0);
	if (r == -1) {
		gp_warn("cannot read '%s'", name);
		job->status = GP_IO;
	}
	gp_lines_release(&in);
	return r == -1 || ended || (job->f.strict && job->f.refused > 0) ? -1
									 : 0;
}

static void
say(void *ctx, const char *of, const char *word, struct gp_span why)
{
	(void)ctx;
	gp_warnx("%s%s%s%s%.*s", of != NULL ? of : "", of != NULL ? ": " : "",
	    word != NULL ? word : "", word != NULL ? ": " : "", (int)why.n,
	    why.p);
}

static int
may_go(void *ctx, struct gp_why *why)
{
	struct job *job = ctx;

	return gp_replier_may(&job->replier, why);
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

static int
open_journal(struct job *job)
{
	struct gp_why why;

	job->status = gp_sender_journal(&job->to, 0, &why);
	if (job->status != GP_OK)
		gp_warnx("%s", why.msg);
	return job->status == GP_OK ? 0 : -1;
}

static void
decide(struct job *job, int n, char **operand)
{
	struct gp_why why;

	gp_buf_reset(&job->out);
	job->status =
	    gp_decide(&job->decide, &job->to, n, operand, &job->out, &why);
	if (job->status != GP_OK)
		gp_warnx("%s", why.msg);
	else
		put(job, gp_buf_span(&job->out));
}

static int
open_words(struct job *job)
{
	struct gp_why why;

	if (gp_redact_init(&job->redact, 1) == -1 ||
	    (job->allow != NULL &&
		gp_redact_load_allow(&job->redact, job->allow, &why) == -1)) {
		gp_warnx("%s", job->allow != NULL ? why.msg : "no memory");
		job->status = job->allow != NULL ? GP_CONFIG : GP_SOFTWARE;
		return -1;
	}
	job->replier.personal = gp_personal_run_new(job->redact.personal);
	job->reader = gp_json_new();
	job->replier.inner = gp_json_new();
	if (job->replier.personal != NULL && job->reader != NULL &&
	    job->replier.inner != NULL)
		return 0;
	job->status = GP_SOFTWARE;
	return -1;
}

static void
asleep(void *ctx, const char *what, double seconds)
{
	(void)ctx;
	gp_warnx("%s: asleep for %.0f s", what, seconds);
}

static int
open_network(struct job *job)
{
	struct gp_http_conf http = {
		.agent = "gp-reply/" GP_VERSION, .retries = 3, .say = asleep
	};
	const struct gp_send send = {
		.may = may_go, .show = show, .ctx = job, .stop = &stop
	};
	struct gp_why why;

	job->status =
	    gp_sender_network(&job->to, &http, &send, job->replier.dry, &why);
	if (job->status != GP_OK)
		gp_warnx("%s", why.msg);
	return job->status == GP_OK ? 0 : -1;
}

static int
open_store(struct job *job)
{
	struct gp_why why;

	if (job->to.db == NULL)
		return 0;
	job->status =
	    gp_store_open(&job->replier.store, job->to.db, GP_STORE_READ, &why);
	if (job->status != GP_OK)
		gp_warnx("%s", why.msg);
	return job->status == GP_OK ? 0 : -1;
}

static void
reply(struct job *job, int n, char **operand)
{
	struct gp_why why;

	if (gp_decide_asked(&job->decide)) {
		decide(job, n, operand);
		return;
	}
	if (gp_config_load(job->config, &job->to.conf, &why) == -1 ||
	    (job->replier.hours != NULL &&
		gp_hours_prove(job->replier.hours, &why) == -1)) {
		gp_warnx("%s", why.msg);
		job->status = GP_CONFIG;
		return;
	}
	if (open_words(job) == -1 || open_store(job) == -1 ||
	    (!job->replier.dry && open_journal(job) == -1) ||
	    open_network(job) == -1)
		return;
	if (gp_reject_open(&job->f) == -1) {
		job->status = GP_IO;
		return;
	}
	job->replier.to = &job->to;
	job->replier.put = put;
	job->replier.say = say;
	job->replier.ctx = job;
	job->replier.stop = &stop;
	if (gp_inputs(n, operand, all, job) != GP_OK)
		job->status = GP_IO;
	if (job->status == GP_OK)
		job->status = job->replier.status;
	if (job->status == GP_OK && job->f.refused > 0)
		job->status = job->f.strict ? GP_DATA : GP_PARTIAL;
	if (job->status == GP_OK && stop && !job->gone)
		job->status = GP_TEMPFAIL;
	job->status = (enum gp_exit)gp_reject_close(&job->f, (int)job->status);
}

static void
close_all(struct job *job)
{
	gp_sender_release(&job->to);
	gp_store_close(job->replier.store);
	gp_personal_run_free(job->replier.personal);
	gp_redact_release(&job->redact);
	gp_json_free(job->reader);
	gp_json_free(job->replier.inner);
	gp_pool_release(&job->pool);
	gp_buf_release(&job->out);
	gp_buf_release(&job->replier.out);
}

/* A write that fails is seen as such: dying between a reply and the note of
 * it is the worst case. */
static void
signals(void)
{
	struct sigaction sa = { .sa_handler = on_signal };

	sigemptyset(&sa.sa_mask);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	sa.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &sa, NULL);
}

static const char examples[] =
    "  gp-store get d.db --open | gp-suggest --db d.db | gp-review |\n"
    "      gp-reply --db d.db | gp-store put d.db\n"
    "  gp-reply --db d.db --list\n"
    "  gp-reply --db d.db --resolve r1f0c sent\n";

int
main(int argc, char **argv)
{
	struct job job = { .to = { .settle = 10, .max_wait = 600 } };
	/* clang-format off */
	const struct gp_opt opts[] = {
		{ GP_FILE, 'c', "config", "FILE", "pages and tokens", &job.config, NULL },
		{ GP_STR, 0, "db", "URL", "look appeals up there; the journal lies beside it", &job.to.db, NULL },
		{ GP_STR, 0, "journal", "URL", "keep the journal there instead", &job.to.journal, NULL },
		{ GP_FLAG, 'n', "dry-run", NULL, "show the requests, send nothing", &job.replier.dry, NULL },
		{ GP_FLAG, 0, "split", NULL, "send a text that is too long in parts", &job.replier.split, NULL },
		{ GP_FLAG, 0, "again", NULL, "also where it is answered already", &job.replier.again, NULL },
		{ GP_FLAG, 0, "blind", NULL, "do not ask the network first whether it is answered", &job.replier.blind, NULL },
		{ GP_REAL, 0, "rate", "N", "at most so many replies a minute of a page", &job.replier.rate, NULL },
		{ GP_STR, 0, "at", "HOURS", "send only then: 09:00-13:00,14:00-18:00", &job.replier.hours, NULL },
		{ GP_FILE, 'a', "allow", "FILE", "telephones and addresses that may stand in public", &job.allow, NULL },
		{ GP_SPAN, 0, "wait", "SPAN", "wait so long for another sender (0)", &job.to.wait, NULL },
		{ GP_SPAN, 0, "settle", "SPAN", "look for what may have left after so long (10s)", &job.to.settle, NULL },
		{ GP_SPAN, 0, "timeout", "SPAN", "of one request", &job.to.timeout, NULL },
		{ GP_SPAN, 0, "max-wait", "SPAN", "longest wait that a network may ask for (10m)", &job.to.max_wait, NULL },
		GP_DECIDE_OPTS(&job.decide),
		{ GP_FLAG, 0, "strict", NULL, "stop at the first line that is refused", &job.f.strict, NULL },
		{ GP_FILE, 0, "reject", "FILE", "keep refused lines there, with number and reason", &job.f.reject, NULL },
		GP_JQ_OPT(&job.jq),
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	/* clang-format on */
	const struct gp_cmd cmd = { "gp-reply",
		"send approved replies, each exactly once", "[FILE ...]", opts,
		NULL, examples };
	int n;

	gp_prog(argv[0]);
	gp_store_on_wait(gp_say_waiting, &stop);
	n = gp_opt_parse(&cmd, argc, argv);
	job.replier.now = job.to.want.now = gp_now();
	gp_pool_init(&job.pool);
	gp_buf_init(&job.out, 256 * GP_MIB);
	gp_buf_init(&job.replier.out, 0);
	signals();
	job.status = (enum gp_exit)gp_jq_start(job.jq);
	if (job.status == GP_OK)
		reply(&job, n, argv);
	close_all(&job);
	if (job.gone && job.jq == NULL)
		return GP_OK;
	return gp_jq_finish((int)job.status);
}
