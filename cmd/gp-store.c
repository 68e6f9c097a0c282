/* gp-store: keep records in a database, find them again. */
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
#include "cli/waiting.h"
#include "cli/wanted.h"
#include "show/show.h"
#include "store/feed.h"
#include "store/lease.h"
#include "store/tell.h"

struct job {
	struct gp_filter f; /* --strict, --reject */
	struct gp_store *s;
	int ack, no_text, dry, adopt;
	struct gp_wanted want;
	int desk;
	const char *jq, *format, *lang, *partition;
	long records, runs, versions; /* spans of prune; -1: not given */
	struct gp_query q;
	struct gp_json_reader *reader;
	struct gp_buf out;
	int broken;  /* standard output */
	int unsound; /* a record that is kept; why: */
	struct gp_why why;
	const char *file; /* that is being put */
};

static volatile sig_atomic_t stopped;

static void
on_signal(int sig)
{
	stopped = sig;
}

static int
flush(struct job *job, size_t least)
{
	int r;

	if (job->out.n < least || job->out.n == 0)
		return 0;
	r = gp_file_write(STDOUT_FILENO, job->out.p, job->out.n);
	if (r == -1 && errno != EPIPE)
		gp_warn("cannot write to standard output");
	gp_buf_reset(&job->out);
	job->broken |= r == -1;
	return r;
}

static int
failed(struct job *job, const struct gp_why *why)
{
	gp_warnx("%s: %s", gp_store_name(job->s), why->msg);
	return gp_store_status(job->s);
}

/* -- put ------------------------------------------------------------------- */

static void
refused(void *ctx, const struct gp_line *line, const char *why)
{
	struct job *job = ctx;

	gp_refuse(&job->f, line, why);
}

static int
committed(void *ctx, const struct gp_store_counts *c, unsigned long long line)
{
	struct job *job = ctx;

	if (!job->ack)
		return 0;
	gp_tell_ack(&job->out, job->file, line, c);
	return flush(job, 0) == -1;
}

static int
put_file(struct job *job, const char *path)
{
	const struct gp_feed feed = { .store = job->s,
		.strict = job->f.strict,
		.stop = &stopped,
		.ctx = job,
		.refused = refused,
		.committed = committed };
	int own = strcmp(path, "-") != 0, fd, status;
	struct gp_why why;

	job->file = job->f.name = own ? path : "stdin";
	fd = own ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
	if (fd == -1) {
		gp_warn("cannot open '%s'", path);
		return GP_IO;
	}
	gp_because(&why, "%s", "");
	status = gp_feed_run(&feed, fd, &why);
	if (own)
		close(fd);
	gp_at(NULL, 0);
	if (status != GP_OK && status != GP_DATA && !stopped && *why.msg)
		gp_warnx("%s: %s",
		    status == GP_IO &&
			    strncmp(why.msg, "cannot be read", 14) == 0
			? job->file
			: gp_store_name(job->s),
		    why.msg);
	return status;
}

static int
put(struct job *job, int n, char **operands)
{
	struct sigaction act = { .sa_handler = on_signal,
		.sa_flags = (int)SA_RESETHAND }; /* a second one kills */
	static char in[] = "-";
	char *only[] = { in };
	const char *lease = getenv("GP_LEASE");
	struct gp_why why;
	int i, status = GP_OK;

	if (gp_reject_open(&job->f) == -1)
		return GP_IO;
	if (n == 0) {
		operands = only;
		n = 1;
	}
	sigaction(SIGINT, &act, NULL);
	sigaction(SIGTERM, &act, NULL);
	if (lease != NULL && *lease != '\0' &&
	    gp_store_lease(job->s, lease, &why) == -1)
		return failed(job, &why);
	if (job->no_text)
		gp_store_no_text(job->s);
	if (job->adopt)
		gp_store_adopt(job->s);
	for (i = 0; i < n && status == GP_OK; i++)
		status = put_file(job, operands[i]);
	return gp_reject_close(&job->f, status);
}

/* -- get ------------------------------------------------------------------- */

static int
found(void *ctx, const struct gp_found *found)
{
	struct job *job = ctx;

	if (job->desk) {
		if (gp_tell_desk(&job->out, job->reader, found, &job->why) ==
		    -1)
			return job->unsound = 1;
	} else {
		gp_buf_add(&job->out, found->body.p, found->body.n);
		gp_buf_addc(&job->out, '\n');
	}
	return flush(job, GP_BLOCK) == -1 || job->out.bad;
}

static int
get(struct job *job)
{
	struct gp_why why;

	if (gp_store_find(job->s, &job->q, found, job, &why) == -1)
		return failed(job, &why);
	if (job->unsound) {
		gp_warnx("%s: %s", gp_store_name(job->s), job->why.msg);
		return GP_DATA;
	}
	return flush(job, 0) == -1 || job->broken || job->out.bad ? GP_IO
								  : GP_OK;
}

static int
cursors(struct job *job)
{
	struct gp_why why;

	if (gp_store_cursors(job->s, found, job, &why) == -1)
		return failed(job, &why);
	return flush(job, 0) == -1 || job->broken ? GP_IO : GP_OK;
}

/* -- looking after it ------------------------------------------------------ */

/* One record of what was done. */
static int
tell(struct job *job, const char *what, const char *const *name,
    const int64_t *n)
{
	gp_tell_done(&job->out, what, job->dry, name, n);
	return flush(job, 0) == -1 ? GP_IO : GP_OK;
}

static int
forget(struct job *job)
{
	static const char *const names[] = { "records", "versions", "drafts",
		NULL };
	struct gp_forgotten c, all = { 0, 0, 0 };
	struct gp_why why;
	size_t i;

	for (i = 0; i < job->want.author.n; i++) {
		if (gp_store_forget(job->s, job->want.author.word[i],
			job->q.now, job->dry, &c, &why) == -1)
			return failed(job, &why);
		all.records += c.records;
		all.versions += c.versions;
		all.drafts += c.drafts;
	}
	return tell(job, "forgotten", names,
	    (const int64_t[]){ all.records, all.versions, all.drafts });
}

static int
prune(struct job *job)
{
	static const char *const names[] = { "records", "runs", "versions",
		NULL };
	const gp_instant never = INT64_MIN / 2, now = job->q.now;
	struct gp_prune p = { .dry = job->dry };
	struct gp_why why;

	p.records = job->records >= 0 ? now - job->records : never;
	p.runs = job->runs >= 0 ? now - job->runs : never;
	p.history = job->versions >= 0 ? now - job->versions : never;
	if (gp_store_prune(job->s, &p, &why) == -1)
		return failed(job, &why);
	return tell(job, "pruned", names,
	    (const int64_t[]){ p.gone_records, p.gone_runs, p.gone_history });
}

static int
migrate(struct job *job)
{
	static const char *const names[] = { "from", "to", "texts", NULL };
	static const char *const more[] = { "from", "to", "texts", "months",
		NULL };
	struct gp_migration m;
	int64_t months = 0;
	struct gp_why why;

	if (gp_store_migrate(job->s, job->q.now, &m, &why) == -1 ||
	    (job->partition != NULL &&
		gp_store_partition(job->s, &months, &why) == -1))
		return failed(job, &why);
	return tell(job, "migrated", job->partition != NULL ? more : names,
	    (const int64_t[]){ m.from, m.to, m.texts, months });
}

static const struct gp_column columns[] = {
	{ "what", { "Что", "What" }, GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON,
	    0 },
	{ "of", { "Чего", "Of" }, GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON, 0 },
	{ "n", { "Сколько", "Number" },
	    GP_IN_TABLE | GP_IN_CSV | GP_IN_NDJSON | GP_COL_NUMBER, 0 },
};
static const struct gp_table table = { "store", NULL, { NULL, NULL },
	{ "Пусто", "Nothing" }, columns, 3 };

static int
to_stdout(void *ctx, struct gp_span s)
{
	(void)ctx;
	return gp_file_write(STDOUT_FILENO, s.p, s.n);
}

static int
figure(void *ctx, const char *what, struct gp_span of, int64_t n)
{
	const struct gp_cell cell[] = { gp_cell_str(what),
		gp_cell_text(of.n > 0 ? of : (struct gp_span){ NULL, 0 }),
		gp_cell_int(n) };

	gp_show_row(ctx, cell);
	return 0;
}

static int
stats(struct job *job)
{
	struct gp_show_how how = { .write = to_stdout };
	int people = job->jq == NULL && isatty(STDOUT_FILENO);
	struct gp_show show;
	struct gp_why why;
	int r;

	if (job->format == NULL)
		job->format = people ? "table" : "ndjson";
	how.format = gp_format_find(job->format);
	how.lang = strcmp(job->lang, "en") == 0 ? GP_EN : GP_RU;
	gp_show_init(&show, &how);
	gp_show_begin(&show, &table);
	r = gp_store_stats(job->s, job->q.now, figure, &show, &why);
	if (r == 0)
		r = gp_show_end(&show) == -1 ? GP_IO : GP_OK;
	else
		r = failed(job, &why);
	gp_show_release(&show);
	return r;
}

static void
wrong(void *ctx, const char *rule, struct gp_span id, const char *message)
{
	struct job *job = ctx;

	gp_tell_wrong(&job->out, gp_store_name(job->s), rule, id, message);
	flush(job, GP_BLOCK);
}

static int
check(struct job *job)
{
	struct gp_why why;
	int64_t n;

	if (gp_store_check(job->s, wrong, job, &n, &why) == -1)
		return failed(job, &why);
	if (flush(job, 0) == -1 || job->broken)
		return GP_IO;
	return n > 0 ? GP_PARTIAL : GP_OK;
}

/* -- all of them ----------------------------------------------------------- */

#define VERBS "put|get|cursors|forget|prune|stats|migrate|check"

enum verb {
	PUT = 1,
	GET = 2,
	CURSORS = 4,
	FORGET = 8,
	PRUNE = 16,
	STATS = 32,
	MIGRATE = 64,
	CHECK = 128,
};

static int
run(struct job *job, enum verb verb, int n, char **operands)
{
	switch (verb) {
	case PUT:
		return put(job, n, operands);
	case GET:
		return get(job);
	case CURSORS:
		return cursors(job);
	case FORGET:
		return forget(job);
	case PRUNE:
		return prune(job);
	case STATS:
		return stats(job);
	case MIGRATE:
		return migrate(job);
	case CHECK:
		return check(job);
	}
	return GP_USAGE;
}

static enum verb
verb_of(const char *word)
{
	const char *p = VERBS;
	size_t n;
	int i;

	for (i = 0; *p != '\0'; i++, p += n + (p[n] == '|')) {
		n = strcspn(p, "|");
		if (strlen(word) == n && memcmp(p, word, n) == 0)
			return (enum verb)(1 << i);
	}
	gp_die(GP_USAGE, "'%s' is not one of " VERBS, word);
}

/* An option that means nothing to the verb is a mistake, not a wish. */
static void
prove(const struct job *job, enum verb verb, const char *word, int operands)
{
	const struct {
		const char *name;
		int given;
		int verbs;
	} table_of[] = {
		{ "ack", job->ack, PUT },
		{ "no-text", job->no_text, PUT },
		{ "adopt", job->adopt, PUT },
		{ "strict", job->f.strict, PUT },
		{ "reject", job->f.reject != NULL, PUT },
		{ "type", job->want.type.n > 0, GET },
		{ "page", job->want.page.n > 0, GET },
		{ "network", job->want.network.n > 0, GET },
		{ "topic", job->want.topic.n > 0, GET },
		{ "kind", job->want.kind.n > 0, GET },
		{ "assignee", job->want.assignee.n > 0, GET },
		{ "id", job->want.id.n > 0, GET },
		{ "post", job->want.post.n > 0, GET },
		{ "author", job->want.author.n > 0, GET | FORGET },
		{ "state", job->want.state.n > 0, GET },
		{ "open", job->want.open, GET },
		{ "overdue", job->want.overdue, GET },
		{ "desk", job->desk, GET },
		{ "history", job->want.history, GET },
		{ "since", job->want.since != NULL, GET },
		{ "until", job->want.until != NULL, GET },
		{ "match", job->want.match != NULL, GET },
		{ "where", job->want.where != NULL, GET },
		{ "order", job->want.order != NULL, GET },
		{ "reverse", job->want.reverse, GET },
		{ "limit", job->want.limit > 0, GET },
		{ "dry-run", job->dry, FORGET | PRUNE },
		{ "records", job->records >= 0, PRUNE },
		{ "runs", job->runs >= 0, PRUNE },
		{ "versions", job->versions >= 0, PRUNE },
		{ "format", job->format != NULL, STATS },
		{ "partition", job->partition != NULL, MIGRATE },
	};
	size_t i;

	for (i = 0; i < sizeof(table_of) / sizeof(table_of[0]); i++)
		if (table_of[i].given && !(table_of[i].verbs & verb))
			gp_die(GP_USAGE, "--%s does not go with %s",
			    table_of[i].name, word);
	if (operands > 2 && verb != PUT)
		gp_die(GP_USAGE, "%s takes one URL", word);
	if (verb == FORGET && job->want.author.n == 0)
		gp_die(GP_USAGE, "forget whom? --author NETWORK:ID");
	if (verb == PRUNE && job->records < 0 && job->runs < 0 &&
	    job->versions < 0)
		gp_die(GP_USAGE,
		    "prune what? --records, --runs or --versions SPAN");
}

static int
open_and_run(struct job *job, enum verb verb, int n, char **operands)
{
	enum gp_store_mode mode = verb == PUT ? GP_STORE_WRITE
	    : verb == MIGRATE                 ? GP_STORE_MOVE
					      : GP_STORE_READ;
	struct gp_why why;
	int status;

	if (verb == FORGET || verb == PRUNE)
		mode = GP_STORE_READ;
	status = gp_store_open(&job->s, operands[1], mode, &why);
	if (status != GP_OK) {
		gp_warnx("%s", why.msg);
		return status;
	}
	job->reader = gp_json_new();
	if (job->reader == NULL)
		gp_die(GP_SOFTWARE, "no memory");
	status = gp_jq_start(job->jq);
	if (status == GP_OK)
		status = run(job, verb, n - 2, operands + 2);
	gp_json_free(job->reader);
	gp_store_close(job->s);
	return status;
}

static const char examples[] =
    "  gp-fetch -p town --cursors town.db | gp-classify | "
    "gp-store put town.db\n"
    "  gp-store get town.db --open | gp-report queue\n"
    "  gp-store get postgres:///gp --match 'яма*' --since 7d\n";

int
main(int argc, char **argv)
{
	static struct job job = {
		.records = -1, .runs = -1, .versions = -1, .lang = "ru"
	};
	/* clang-format off */
	const struct gp_opt opts[] = {
		{ GP_FLAG, 0, "ack", NULL, "put: say what has been committed", &job.ack, NULL },
		{ GP_FLAG, 0, "no-text", NULL, "put: leave the full text to migrate", &job.no_text, NULL },
		{ GP_FLAG, 0, "adopt", NULL, "put: take cursors of other stores", &job.adopt, NULL },
		{ GP_FLAG, 0, "strict", NULL, "put: stop at the first line that is refused", &job.f.strict, NULL },
		{ GP_FILE, 0, "reject", "FILE", "put: keep refused lines there, with number and reason", &job.f.reject, NULL },
		{ GP_FLAG, 0, "open", NULL, "appeals that wait for an answer", &job.want.open, NULL },
		{ GP_FLAG, 0, "overdue", NULL, "those whose term is over", &job.want.overdue, NULL },
		{ GP_LIST, 0, "state", "STATE", "open, reopened, interim, answered", &job.want.state, NULL },
		{ GP_LIST, 't', "type", "TYPE", "records of that type", &job.want.type, NULL },
		{ GP_LIST, 'p', "page", "NAME", "of that page, by the config or by id", &job.want.page, NULL },
		{ GP_LIST, 0, "network", "NAME", "of that network", &job.want.network, NULL },
		{ GP_LIST, 0, "kind", "KIND", "of that class.kind", &job.want.kind, NULL },
		{ GP_LIST, 0, "topic", "NAME", "of that class.topic or class.group", &job.want.topic, NULL },
		{ GP_LIST, 0, "assignee", "NAME", "of that route.assignee", &job.want.assignee, NULL },
		{ GP_LIST, 0, "id", "ID", "the record of that id", &job.want.id, NULL },
		{ GP_LIST, 0, "post", "ID", "about that post", &job.want.post, NULL },
		{ GP_LIST, 0, "author", "NETWORK:ID", "of that person", &job.want.author, NULL },
		{ GP_STR, 0, "since", "INSTANT", "only what came from then on", &job.want.since, NULL },
		{ GP_STR, 0, "until", "INSTANT", "only what came before", &job.want.until, NULL },
		{ GP_STR, 'm', "match", "WORDS", "that have these words, in any form", &job.want.match, NULL },
		{ GP_STR, 'w', "where", "CONDITION", "whose members fit it", &job.want.where, NULL },
		{ GP_CHOICE, 0, "order", "ORDER", "at, due (of --open), seen, put", &job.want.order, "at|due|seen|put" },
		{ GP_FLAG, 'r', "reverse", NULL, "the last first", &job.want.reverse, NULL },
		{ GP_INT, 'n', "limit", "N", "only the first N", &job.want.limit, NULL },
		{ GP_FLAG, 0, "history", NULL, "older versions too, of --id", &job.want.history, NULL },
		{ GP_FLAG, 0, "desk", NULL, "tell state and deadline of appeals", &job.desk, NULL },
		{ GP_FLAG, 0, "dry-run", NULL, "forget, prune: only count", &job.dry, NULL },
		{ GP_SPAN, 0, "records", "SPAN", "prune: records older than that", &job.records, NULL },
		{ GP_SPAN, 0, "runs", "SPAN", "prune: accounts of runs older than that", &job.runs, NULL },
		{ GP_SPAN, 0, "versions", "SPAN", "prune: versions replaced so long ago", &job.versions, NULL },
		{ GP_CHOICE, 0, "partition", "BY", "migrate: records into a table a month, on a server", &job.partition, "month" },
		{ GP_CHOICE, 'f', "format", "FORMAT", "stats: table on a terminal, else ndjson", &job.format, GP_FORMAT_WORDS },
		{ GP_CHOICE, 0, "lang", "LANG", "language of the labels", &job.lang, "ru|en" },
		{ GP_FILE, 'c', "config", "FILE", "the config (gp-config(5)), for names of pages and the zone", &job.want.config, NULL },
		GP_JQ_OPT(&job.jq),
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	/* clang-format on */
	const struct gp_cmd cmd = { "gp-store",
		"keep records in a database, find them again", "URL [FILE ...]",
		opts, VERBS, examples };
	enum verb verb;
	int n, status;

	gp_prog(argv[0]);
	gp_store_on_wait(gp_say_waiting, &stopped);
	n = gp_opt_parse(&cmd, argc, argv);
	if (n == 0)
		gp_die(GP_USAGE, "what is to be done? " VERBS);
	verb = verb_of(argv[0]);
	if (n == 1)
		gp_die(GP_USAGE, "%s needs the URL of a database", argv[0]);
	prove(&job, verb, argv[0], n);
	job.q.now = gp_now();
	gp_buf_init(&job.out, 64 * GP_MIB);
	job.q.desk = job.desk;
	gp_wanted_query(&job.want, &job.q);
	status = open_and_run(&job, verb, n, argv);
	gp_wanted_release(&job.want);
	gp_buf_release(&job.out);
	return gp_jq_finish(status);
}
