/* gp-reply: send approved replies, each exactly once. gp-reply(1) */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/filter.h"
#include "cli/jq.h"
#include "config/config.h"
#include "http/bucket.h"
#include "redact/redact.h"
#include "send/hours.h"
#include "send/pages.h"
#include "send/receipt.h"
#include "send/reply.h"
#include "send/send.h"

static volatile int stop;

/* What the journal knows of a reply. */
enum {
	IS_NEW,     /* nothing of it is there */
	IS_OUT,     /* it is there */
	IS_UNKNOWN, /* it may be */
};

struct job {
	const char *config, *db, *journal, *hours, *allow, *resolve, *jq;
	double rate; /* replies a minute of a page; 0: as the networks allow */
	long wait, settle, timeout, max_wait;
	int dry, split, again, list;

	gp_instant now;
	struct gp_config conf;
	struct gp_want want;
	struct gp_pages pages;
	struct gp_buf share;
	struct gp_store *store;
	struct gp_outbox *outbox;
	struct gp_http *http;
	struct gp_redact redact;
	struct gp_personal_run *personal;
	struct gp_json_reader *reader, *inner;
	struct gp_pool pool;
	struct gp_send send;
	struct gp_reply *reply; /* under way */
	struct gp_buf out;
	struct gp_filter f; /* for what is refused as no record */
	enum gp_exit status;
	unsigned long long bad; /* replies that did not go out */
	int left;               /* something was sent, or may have been */
	int gone;               /* the reader of our output went away */
};

static void
on_signal(int sig)
{
	(void)sig;
	stop = 1;
}

/* The first trouble of a kind says how the run ended; more kinds: partial. */
static void
worst(struct job *job, enum gp_exit status)
{
	if (status == GP_OK)
		return;
	job->bad++;
	job->status =
	    job->status == GP_OK || job->status == status ? status : GP_PARTIAL;
}

/* A record is out before the next one is taken. -1: it could not be. */
static int
put(struct job *job, struct gp_span s)
{
	if (fwrite(s.p, 1, s.n, stdout) == s.n && fflush(stdout) == 0)
		return 0;
	/* A reader that has gone is no trouble while nothing has left. */
	if (errno == EPIPE && !job->left) {
		stop = 1;
		job->gone = 1;
		return -1;
	}
	gp_warn("cannot write the receipts");
	job->status = GP_IO;
	return -1;
}

static int
receipt(struct job *job, const struct gp_reply *r, const char *key,
    const struct gp_sent *sent, int aside)
{
	struct gp_receipt to = { .network = r->network,
		.page = r->page,
		.action = "reply",
		.key = key,
		.at = job->now,
		.state = sent->state,
		.to = gp_span_of(r->to),
		.result = sent->result,
		.url = sent->url,
		.error = sent->error,
		.hash = gp_span_of(r->now_hash),
		.interim = r->interim,
		.aside = aside };

	if (r->promised != NULL)
		to.promised = gp_span_of(r->promised);
	if (sent->error.n > 0)
		gp_warnx("%s: %s: %.*s", r->to, gp_out_word(sent->state),
		    (int)sent->error.n, sent->error.p);
	if (job->dry)
		return 0;
	gp_buf_reset(&job->out);
	gp_receipt_write(&job->out, &to);
	return put(job, gp_buf_span(&job->out));
}

static int
refused(struct job *job, const struct gp_reply *r, enum gp_out_state state)
{
	struct gp_sent sent = { .state = state,
		.error = gp_span_of(r->why.msg) };

	worst(job, state == GP_OUT_FAILED ? GP_TEMPFAIL : GP_PARTIAL);
	return receipt(job, r, r->key, &sent, 1);
}

/* One part of a text, whole for most. -1: nothing more may be sent. */
static int
one_part(struct job *job, struct gp_reply *r, struct gp_job *j, const char *key,
    struct gp_span text, enum gp_out_state *state)
{
	struct gp_out_row plan = { .key = gp_span_of(key),
		.page = gp_span_of(r->page),
		.action = gp_span_of("reply"),
		.to = gp_span_of(r->to),
		.hash = gp_span_of(r->now_hash),
		.at = job->now };
	struct gp_sent sent;
	struct gp_why why;
	struct gp_act act;
	int bad = -1;

	gp_act_init(&act, gp_reply_kind(r));
	gp_sent_init(&sent);
	act.key = key;
	act.to = r->to;
	act.post = r->post;
	act.chat = r->chat;
	act.parent = r->parent;
	act.thread = r->thread;
	act.text = text;
	j->act = &act;
	if (gp_send(&job->send, j, &plan, &sent, &why) == -1) {
		gp_warnx("%s", why.msg);
		job->status = gp_outbox_status(job->outbox);
	} else if (sent.stopped) {
		job->status = GP_TEMPFAIL;
	} else {
		*state = sent.state;
		job->left |=
		    sent.state == GP_OUT_SENT || sent.state == GP_OUT_UNKNOWN;
		if (sent.means != GP_OK)
			worst(job,
			    sent.state == GP_OUT_REFUSED ? GP_PARTIAL
							 : sent.means);
		bad = receipt(job, r, key, &sent, 0);
	}
	j->act = NULL;
	gp_act_release(&act);
	gp_sent_release(&sent);
	return bad;
}

static int
is_blank(struct gp_span s)
{
	while (s.n > 0 && strchr(" \t\r\n", *s.p) != NULL) {
		s.p++;
		s.n--;
	}
	return s.n == 0;
}

static int
send_parts(struct job *job, struct gp_reply *r, struct gp_job *j, int out)
{
	struct gp_span rest = gp_span_of(r->text), part;
	enum gp_out_state state = GP_OUT_SENT;
	char key[80];
	int i;

	for (i = 1; rest.n > 0 && !is_blank(rest); i++) {
		part = gp_reply_part(j->net, gp_reply_kind(r), rest);
		rest = (struct gp_span){ part.p + part.n, rest.n - part.n };
		snprintf(key, sizeof(key), i == 1 ? "%s" : "%s.%d", r->key, i);
		if (!job->dry && out != IS_OUT)
			gp_pages_pace(&job->pages, j, job->rate, &stop);
		if (one_part(job, r, j, key, part, &state) == -1)
			return -1;
		/* What follows makes no sense without it. */
		if (state != GP_OUT_SENT && state != GP_OUT_DUPLICATE &&
		    state != GP_OUT_PLANNED)
			break;
	}
	return 0;
}

/* What the journal knows of a reply; -1: it failed. */
static int
is_out(struct job *job, const struct gp_reply *r, struct gp_why *why)
{
	struct gp_out_row row = { .at = 0 };
	int n;

	if (job->outbox == NULL)
		return IS_NEW;
	n = gp_outbox_find(job->outbox, r->key, &row, why);
	if (n != 1)
		return n == -1 ? -1 : IS_NEW;
	switch (row.state) {
	case GP_OUT_SENT:
	case GP_OUT_DUPLICATE:
		return IS_OUT;
	case GP_OUT_SENDING:
	case GP_OUT_UNKNOWN:
		return IS_UNKNOWN;
	default:
		return IS_NEW;
	}
}

/*
 * Whether it may go now: what the store tells of the appeal, and the hours.
 * GP_OUT_PLANNED: it may; REFUSED or FAILED with the reason; -1.
 */
static int
may_go(void *ctx, struct gp_why *why)
{
	struct job *job = ctx;
	struct gp_reply *r = job->reply;
	gp_instant now = job->now + (gp_instant)(gp_clock() - job->send.began);
	int bad = 0;

	if (job->store != NULL)
		bad = gp_reply_desk(
		    r, job->store, job->outbox, job->again, job->inner, why);
	if (bad == -1)
		return -1;
	if (bad == 0 && (job->hours == NULL || gp_hours_has(job->hours, now)))
		return GP_OUT_PLANNED;
	if (bad == 0)
		gp_because(
		    &r->why, "it is not %s now: nothing is sent", job->hours);
	*why = r->why;
	return bad ? GP_OUT_REFUSED : GP_OUT_FAILED;
}

static int
failed(struct job *job, const struct gp_why *why)
{
	gp_warnx("%s", why->msg);
	job->status = gp_outbox_status(job->outbox);
	if (job->status == GP_OK && job->store != NULL)
		job->status = gp_store_status(job->store);
	if (job->status == GP_OK)
		job->status = GP_SOFTWARE;
	return -1;
}

/* -1: the run ends here. */
static int
one_reply(struct job *job, struct gp_reply *r)
{
	const struct gp_net *net = gp_net_of(r->network);
	struct gp_job *j;
	struct gp_why why;
	int out, may;

	if (net == NULL) {
		gp_because(&r->why, "no such network");
		return refused(job, r, GP_OUT_REFUSED);
	}
	if (gp_reply_prove(r, net, job->split, job->personal) == -1)
		return refused(job, r, GP_OUT_REFUSED);
	j = gp_pages_find(&job->pages, r->network, r->page, &r->why);
	if (j == NULL)
		return refused(job, r, GP_OUT_REFUSED);
	if (j->outcome != GP_RUN_OK && j->act == NULL) {
		r->why = j->why;
		worst(job, (enum gp_exit)gp_outcome_exit(j->outcome));
		return receipt(job, r, r->key,
		    &(struct gp_sent){ .state = GP_OUT_FAILED,
			.error = gp_span_of(r->why.msg) },
		    1);
	}
	out = is_out(job, r, &why);
	/* What is out needs no one's turn. */
	if (!job->dry && out != IS_OUT && out != -1) {
		if (gp_outbox_lock(job->outbox, r->page, job->wait, &r->why) !=
		    GP_OK)
			return refused(job, r, GP_OUT_FAILED);
		out = is_out(job, r, &why);
	}
	if (out == -1)
		return failed(job, &why);
	job->reply = r;
	may = out == IS_NEW ? may_go(job, &why) : GP_OUT_PLANNED;
	if (may == -1)
		return failed(job, &why);
	return may == GP_OUT_PLANNED ? send_parts(job, r, j, out)
				     : refused(job, r, (enum gp_out_state)may);
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
	if (!job->dry) {
		gp_buf_reset(&job->out);
		gp_buf_add(&job->out, line->text.p, line->text.n);
		gp_buf_addc(&job->out, '\n');
		if (put(job, gp_buf_span(&job->out)) == -1)
			return -1;
	}
	return reply ? one_reply(job, &r) : 0;
}

static int
all(struct job *job, int fd, const char *name)
{
	struct gp_lines in;
	struct gp_line line;
	const char *why;
	int r = 0;

	gp_lines_init(&in, fd);
	job->f.name = name;
	while (!stop && (r = gp_lines_next(&in, &line)) == 1) {
		gp_at(name, line.no);
		r = one_line(job, &line, &why);
		if (r == -1)
			break;
		if (why == NULL)
			continue;
		gp_refuse(&job->f, &line, why);
		if (job->f.strict)
			break;
	}
	gp_at(NULL, 0);
	if (r == -1 && job->status == GP_OK && !job->gone) {
		gp_warn("cannot read '%s'", name);
		job->status = GP_IO;
	}
	gp_lines_release(&in);
	return r == -1 || (job->f.strict && job->f.refused > 0) ? -1 : 0;
}

static void
show(void *ctx, const struct gp_job *j)
{
	const struct gp_http_req *req = &j->call.req;
	struct job *job = ctx;
	struct gp_buf b;

	gp_buf_init(&b, 0);
	gp_buf_addf(&b, "%s %s\n", req->method != NULL ? req->method : "GET",
	    gp_buf_str(&req->url));
	if (req->body.n > 0)
		gp_buf_addf(&b, "%s\n", gp_buf_str(&req->body));
	gp_buf_reset(&job->out);
	gp_http_scrub_req(&job->out, gp_buf_span(&b), req);
	gp_buf_addc(&job->out, '\n');
	gp_buf_release(&b);
	if (put(job, gp_buf_span(&job->out)) == -1)
		stop = 1;
}

static void
ask_journal(struct job *job, int n, char **operand)
{
	int sent = n == 1 && strcmp(operand[0], "sent") == 0;
	struct gp_why why;

	if (job->list) {
		gp_buf_reset(&job->out);
		if (gp_receipts_unknown(&job->out, job->outbox, &why) == -1)
			failed(job, &why);
		else
			put(job, gp_buf_span(&job->out));
	} else if (n != 1 || (!sent && strcmp(operand[0], "resend") != 0)) {
		gp_warnx("--resolve %s: say sent or resend", job->resolve);
		job->status = GP_USAGE;
	} else {
		job->status = gp_outbox_resolve(
		    job->outbox, job->resolve, sent, job->wait, &why);
		if (job->status != GP_OK)
			gp_warnx("--resolve %s: %s", job->resolve, why.msg);
	}
}

/* Where the journal is: beside the store, or in a place of its own. */
static int
open_journal(struct job *job)
{
	struct gp_buf own;
	struct gp_why why;

	gp_buf_init(&own, 0);
	if (job->journal == NULL && job->db == NULL &&
	    gp_file_state("sent", &own, &why) == -1) {
		gp_warnx("%s", why.msg);
		gp_buf_release(&own);
		job->status = GP_IO;
		return -1;
	}
	job->status = gp_outbox_open(&job->outbox,
	    job->journal != NULL  ? job->journal
		: job->db != NULL ? job->db
				  : gp_buf_str(&own),
	    &why);
	gp_buf_release(&own);
	if (job->status != GP_OK)
		gp_warnx("%s", why.msg);
	return job->status == GP_OK ? 0 : -1;
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
	job->personal = gp_personal_run_new(job->redact.personal);
	job->reader = gp_json_new();
	job->inner = gp_json_new();
	if (job->personal != NULL && job->reader != NULL && job->inner != NULL)
		return 0;
	job->status = GP_SOFTWARE;
	return -1;
}

static void
say(void *ctx, const char *what, double seconds)
{
	(void)ctx;
	gp_warnx("%s: asleep for %.0f s", what, seconds);
}

static int
open_network(struct job *job)
{
	struct gp_http_conf conf = { .agent = "gp-reply/" GP_VERSION,
		.ca_file = job->conf.ca_file,
		.timeout = job->timeout,
		.retries = 3,
		.max_wait = job->max_wait,
		.say = say,
		.stop = &stop };
	struct gp_why why;

	gp_buf_init(&job->share, GP_MAX_URL);
	if (gp_bucket_folder(&job->share) == 0)
		conf.share = gp_buf_str(&job->share);
	job->http = gp_http_new(&conf, &why);
	if (job->http == NULL ||
	    gp_pages_init(&job->pages, &job->conf, &job->want, job->http) ==
		-1) {
		gp_warnx("%s", job->http == NULL ? why.msg : "no memory");
		job->status = GP_SOFTWARE;
		return -1;
	}
	job->send = (struct gp_send){ .http = job->http,
		.outbox = job->dry ? NULL : job->outbox,
		.now = job->now,
		.began = gp_clock(),
		.settle = job->settle,
		.max_wait = job->max_wait,
		.may = may_go,
		.show = show,
		.ctx = job,
		.stop = &stop };
	return 0;
}

static int
open_store(struct job *job)
{
	struct gp_why why;

	if (job->db == NULL)
		return 0;
	job->status = gp_store_open(&job->store, job->db, GP_STORE_READ, &why);
	if (job->status != GP_OK)
		gp_warnx("%s", why.msg);
	return job->status == GP_OK ? 0 : -1;
}

static void
inputs(struct job *job, int n, char **operand)
{
	int i, fd, r = 0;

	for (i = 0; (i < n || i == 0) && r == 0; i++) {
		if (n == 0 || strcmp(operand[i], "-") == 0) {
			r = all(job, STDIN_FILENO, "standard input");
			continue;
		}
		fd = open(operand[i], O_RDONLY | O_CLOEXEC);
		if (fd == -1) {
			gp_warn("cannot open '%s'", operand[i]);
			job->status = GP_IO;
			return;
		}
		r = all(job, fd, operand[i]);
		close(fd);
	}
}

static void
reply(struct job *job, int n, char **operand)
{
	struct gp_why why;

	if (job->list || job->resolve != NULL) {
		if (open_journal(job) == 0)
			ask_journal(job, n, operand);
		return;
	}
	if (gp_config_load(job->config, &job->conf, &why) == -1 ||
	    (job->hours != NULL && gp_hours_prove(job->hours, &why) == -1)) {
		gp_warnx("%s", why.msg);
		job->status = GP_CONFIG;
		return;
	}
	if (open_words(job) == -1 || open_store(job) == -1 ||
	    (!job->dry && open_journal(job) == -1) || open_network(job) == -1)
		return;
	if (gp_reject_open(&job->f) == -1) {
		job->status = GP_IO;
		return;
	}
	inputs(job, n, operand);
	if (job->status == GP_OK && job->f.refused > 0)
		job->status = job->f.strict ? GP_DATA : GP_PARTIAL;
	if (job->status == GP_OK && stop && !job->gone)
		job->status = GP_TEMPFAIL;
	job->status = (enum gp_exit)gp_reject_close(&job->f, (int)job->status);
}

static void
close_all(struct job *job)
{
	if (job->pages.page != NULL)
		gp_pages_release(&job->pages);
	gp_http_free(job->http);
	gp_outbox_close(job->outbox);
	gp_store_close(job->store);
	gp_personal_run_free(job->personal);
	gp_redact_release(&job->redact);
	gp_json_free(job->reader);
	gp_json_free(job->inner);
	gp_pool_release(&job->pool);
	gp_buf_release(&job->out);
	gp_buf_release(&job->share);
	gp_config_release(&job->conf);
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
	struct job job = { .settle = 10, .max_wait = 600 };
	/* clang-format off */
	const struct gp_opt opts[] = {
		{ GP_FILE, 'c', "config", "FILE", "pages and tokens", &job.config, NULL },
		{ GP_STR, 0, "db", "URL", "look appeals up there; the journal lies beside it", &job.db, NULL },
		{ GP_STR, 0, "journal", "URL", "keep the journal there instead", &job.journal, NULL },
		{ GP_FLAG, 'n', "dry-run", NULL, "show the requests, send nothing", &job.dry, NULL },
		{ GP_FLAG, 0, "split", NULL, "send a text that is too long in parts", &job.split, NULL },
		{ GP_FLAG, 0, "again", NULL, "also where somebody else has answered", &job.again, NULL },
		{ GP_REAL, 0, "rate", "N", "at most so many replies a minute of a page", &job.rate, NULL },
		{ GP_STR, 0, "at", "HOURS", "send only then: 09:00-13:00,14:00-18:00", &job.hours, NULL },
		{ GP_FILE, 'a', "allow", "FILE", "telephones and addresses that may stand in public", &job.allow, NULL },
		{ GP_SPAN, 0, "wait", "SPAN", "wait so long for another sender (0)", &job.wait, NULL },
		{ GP_SPAN, 0, "settle", "SPAN", "look for what may have left after so long (10s)", &job.settle, NULL },
		{ GP_SPAN, 0, "timeout", "SPAN", "of one request", &job.timeout, NULL },
		{ GP_SPAN, 0, "max-wait", "SPAN", "longest wait that a network may ask for (10m)", &job.max_wait, NULL },
		{ GP_FLAG, 0, "list", NULL, "what nobody knows the outcome of", &job.list, NULL },
		{ GP_STR, 0, "resolve", "KEY", "a person's word on it: sent or resend", &job.resolve, NULL },
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
	n = gp_opt_parse(&cmd, argc, argv);
	job.now = gp_now();
	job.want.now = job.now;
	gp_pool_init(&job.pool);
	gp_buf_init(&job.out, 256 * GP_MIB);
	gp_buf_init(&job.share, 0);
	signals();
	job.status = (enum gp_exit)gp_jq_start(job.jq);
	if (job.status == GP_OK)
		reply(&job, n, argv);
	close_all(&job);
	if (job.gone && job.jq == NULL)
		return GP_OK;
	return gp_jq_finish((int)job.status);
}
