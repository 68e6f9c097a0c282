/* gp-review: let a person edit and approve drafts. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cli/filter.h"
#include "cli/jq.h"
#include "config/config.h"
#include "review/editor.h"
#include "review/reply.h"
#include "review/session.h"

/* A line that came: a draft, by its number, or one that passes (-1). */
struct entry {
	long draft;
	struct gp_span line;
};

struct job {
	const char *as, *write, *apply, *config, *lang, *jq;
	int two, keep_skipped, resume;
	struct gp_config conf;
	const char *person;
	struct gp_review_desk desk;
	struct entry *entry;
	size_t entries, cap;
	struct gp_buf input; /* lines that were not refused */

	struct gp_personal *personal;
	struct gp_personal_run *run;
	const char *standard_file;
	struct gp_standard *standard;
	struct gp_checker *checker;
	struct gp_ruling *ruling;
	struct gp_session session;
};

static void
no_memory(void)
{
	gp_die(GP_SOFTWARE, "no memory");
}

/* -- what comes in --------------------------------------------------------- */

static int
line(void *arg, struct gp_span in, struct gp_buf *out, struct gp_why *why)
{
	struct job *job = arg;
	struct entry *e;
	int r = gp_review_take(&job->desk, in, why);

	(void)out;
	if (r == -1)
		return -1;
	if (job->entries == job->cap) {
		job->cap = job->cap * 2 + 64;
		e = realloc(job->entry, job->cap * sizeof(*e));
		if (e == NULL)
			return gp_because(why, "no memory");
		job->entry = e;
	}
	e = &job->entry[job->entries++];
	e->draft = r == 1 ? (long)job->desk.drafts - 1 : -1;
	e->line = gp_pool_copy(&job->desk.pool, in);
	gp_buf_add(&job->input, in.p, in.n);
	gp_buf_addc(&job->input, '\n');
	return job->input.bad ? gp_because(why, "no memory") : 0;
}

/* -- what goes out --------------------------------------------------------- */

/* 1: the draft is among those that something is wrong with. */
static int
is_wrong(const struct gp_review_wrongs *w, size_t draft)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		if (w->v[i].draft == draft + 1)
			return 1;
	return 0;
}

static void
put_all(struct job *job, const struct gp_review_wrongs *w)
{
	struct gp_buf out;
	size_t i;

	gp_buf_init(&out, 4 * GP_MAX_LINE);
	for (i = 0; i < job->entries; i++) {
		const struct entry *e = &job->entry[i];

		gp_buf_reset(&out);
		if (e->draft == -1) {
			gp_buf_add(&out, e->line.p, e->line.n);
			gp_buf_addc(&out, '\n');
		} else if (!is_wrong(w, (size_t)e->draft) &&
		    gp_review_put(&job->desk, (size_t)e->draft,
			&job->ruling[e->draft], job->person, job->keep_skipped,
			&out) == -1) {
			no_memory();
		}
		if (out.n > 0)
			fwrite(out.p, 1, out.n, stdout);
	}
	gp_buf_release(&out);
}

/* -- judging --------------------------------------------------------------- */

static void
judge(struct job *job, struct gp_span text, struct gp_review_wrongs *w)
{
	struct gp_review_rules rules = { job->person, job->two, job->run,
		job->checker };
	struct gp_review_sheet sheet;

	if (gp_sheet_read(text, &job->desk.pool, &sheet, w) == -1)
		no_memory();
	gp_review_judge(&job->desk, &sheet, &rules, job->ruling, w);
	if (w->bad || job->desk.pool.bad)
		no_memory();
}

static void
say(const char *path, const struct gp_review_wrongs *w)
{
	size_t i;

	for (i = 0; i < w->n; i++) {
		gp_at(path, w->v[i].line);
		gp_warnx("%s", w->v[i].why.msg);
	}
	gp_at(NULL, 0);
}

/* A sheet of which a part cannot be told apart is taken as a whole or not. */
static int
apply(struct job *job)
{
	struct gp_review_wrongs w = { .n = 0 };
	struct gp_buf text;
	struct gp_why why;
	int status = GP_OK;
	size_t i;

	gp_buf_init(&text, 0);
	if (gp_file_read(job->apply, &text, &why) == -1)
		gp_die(GP_IO, "%s", why.msg);
	judge(job, gp_buf_span(&text), &w);
	say(job->apply, &w);
	if (w.n > 0)
		status = GP_PARTIAL;
	for (i = 0; i < w.n; i++)
		if (w.v[i].draft == 0)
			status = GP_DATA;
	if (status != GP_DATA)
		put_all(job, &w);
	gp_review_wrongs_release(&w);
	gp_buf_release(&text);
	return status;
}

static int
write_sheet(struct job *job, const char *path, struct gp_why *why)
{
	struct gp_buf text;
	int r;

	gp_buf_init(&text, 4 * GP_MAX_LINE);
	gp_sheet_write(&job->desk, &text);
	if (text.bad)
		no_memory();
	r = gp_file_replace(path, gp_buf_span(&text), 0600, why);
	gp_buf_release(&text);
	return r;
}

/* -- with an editor -------------------------------------------------------- */

static void
say_kept(const struct job *job)
{
	gp_warnx("what was edited is kept in '%s': gp-review --resume",
	    gp_buf_str(&job->session.sheet));
}

/* 0: all is right; 1: it is to be opened again, at *at; GP_DATA: nobody has
 * changed a thing since it was opened for what is wrong. */
static int
look(struct job *job, struct gp_buf *before, size_t *at)
{
	struct gp_review_wrongs w = { .n = 0 };
	struct gp_buf text;
	struct gp_why why;
	int r = 0;

	gp_buf_init(&text, 4 * GP_MAX_LINE);
	if (gp_file_read(gp_buf_str(&job->session.sheet), &text, &why) == -1) {
		gp_warnx("%s", why.msg);
		return GP_IO;
	}
	judge(job, gp_buf_span(&text), &w);
	if (w.n > 0 && before->n > 0 &&
	    gp_span_eq(gp_buf_span(before), gp_buf_span(&text))) {
		say(gp_buf_str(&job->session.sheet), &w);
		r = GP_DATA;
	} else if (w.n > 0) {
		gp_buf_reset(before);
		*at = gp_sheet_mark(gp_buf_span(&text), &w, before);
		r = 1;
		if (gp_file_replace(gp_buf_str(&job->session.sheet),
			gp_buf_span(before), 0600, &why) == -1) {
			gp_warnx("%s", why.msg);
			r = GP_IO;
		}
	}
	gp_review_wrongs_release(&w);
	gp_buf_release(&text);
	return r;
}

static int
edit(struct job *job)
{
	struct gp_review_wrongs none = { .n = 0 };
	struct gp_buf before;
	struct gp_why why;
	size_t at = 0;
	int r = 1;

	gp_buf_init(&before, 4 * GP_MAX_LINE);
	while (r == 1) {
		if (gp_editor_run(gp_buf_str(&job->session.sheet), at, &why) ==
		    -1) {
			gp_warnx("%s", why.msg);
			r = GP_TEMPFAIL;
		} else {
			r = look(job, &before, &at);
		}
	}
	gp_buf_release(&before);
	if (r == 0)
		put_all(job, &none);
	else
		say_kept(job);
	return r;
}

/* Something of an earlier time waits: say so, and leave it. */
static void
remind(void)
{
	struct gp_session old;
	struct gp_why why;

	gp_session_init(&old);
	if (gp_session_find(&old, &why) == 1)
		gp_warnx("an unfinished review is kept in '%s': "
			 "gp-review --resume",
		    gp_buf_str(&old.dir));
	gp_session_release(&old);
}

static int
begin(struct job *job)
{
	struct gp_why why;

	if (job->resume)
		return edit(job);
	remind();
	if (gp_session_new(&job->session, job->desk.now,
		gp_buf_span(&job->input), &why) == -1 ||
	    write_sheet(job, gp_buf_str(&job->session.sheet), &why) == -1)
		gp_die(GP_IO, "%s", why.msg);
	return edit(job);
}

static int
review(struct job *job)
{
	struct gp_review_wrongs none = { .n = 0 };
	struct gp_why why;

	job->ruling = calloc(job->desk.drafts + 1, sizeof(*job->ruling));
	if (job->ruling == NULL)
		no_memory();
	if (job->write != NULL) {
		if (write_sheet(job, job->write, &why) == -1)
			gp_die(GP_IO, "%s", why.msg);
		return GP_OK;
	}
	if (job->desk.drafts == 0 && job->apply == NULL) {
		put_all(job, &none);
		return GP_OK;
	}
	return job->apply != NULL ? apply(job) : begin(job);
}

/* -- from beginning to end ------------------------------------------------- */

static void
set_up(struct job *job)
{
	struct gp_why why;

	if (gp_config_load(job->config, &job->conf, &why) == -1)
		gp_die(GP_CONFIG, "%s", why.msg);
	job->person = job->as != NULL ? job->as : job->conf.person;
	if (job->write == NULL && (job->person == NULL || *job->person == '\0'))
		gp_die(GP_CONFIG,
		    "nobody is said to approve: give --as NAME, "
		    "or person: in the config");
	job->personal = gp_personal_new();
	if (job->personal != NULL)
		job->run = gp_personal_run_new(job->personal);
	if (job->run == NULL || gp_review_init(&job->desk) == -1)
		no_memory();
	job->standard = gp_standard_load(
	    &job->standard_file, job->standard_file != NULL, &why);
	if (job->standard == NULL)
		gp_die(GP_CONFIG, "%s", why.msg);
	job->checker = gp_checker_new(job->standard);
	if (job->checker == NULL)
		no_memory();
	job->desk.english = strcmp(job->lang, "en") == 0;
	job->desk.now = gp_now();
	gp_buf_init(&job->input, GP_MAX_STATE);
	gp_session_init(&job->session);
}

static int
read_all(struct job *job, struct gp_filter *f, int n, char **operands)
{
	struct gp_why why;
	char *kept;
	int r, status;

	if (!job->resume)
		return gp_filter_run(f, n, operands);
	r = gp_session_find(&job->session, &why);
	if (r == -1)
		gp_die(GP_IO, "%s", why.msg);
	if (r == 0)
		gp_die(GP_DATA, "there is no review to resume");
	kept = gp_span_dup(gp_buf_span(&job->session.input));
	if (kept == NULL)
		no_memory();
	status = gp_filter_run(f, 1, &kept);
	free(kept);
	return status;
}

static void
tear_down(struct job *job)
{
	gp_session_release(&job->session);
	gp_review_release(&job->desk);
	gp_checker_free(job->checker);
	gp_standard_free(job->standard);
	gp_personal_run_free(job->run);
	gp_personal_free(job->personal);
	gp_config_release(&job->conf);
	gp_buf_release(&job->input);
	free(job->entry);
	free(job->ruling);
}

/* The state moves last: when the records are out. */
static int
finish(struct job *job, int status)
{
	int in_session = job->session.sheet.n > 0, done;
	struct gp_why why;

	done = status == GP_OK || status == GP_PARTIAL;
	status = gp_jq_finish(status);
	if (!in_session)
		return status;
	if (done && status != GP_OK && status != GP_PARTIAL) {
		say_kept(job);
	} else if (done && gp_session_end(&job->session, &why) == -1) {
		gp_warnx("%s", why.msg);
		status = GP_IO;
	}
	return status;
}

static const char examples[] =
    "  gp-store get d.db --open | gp-suggest --db d.db | gp-review |\n"
    "      gp-reply | gp-store put d.db\n"
    "  gp-review --write answers.txt drafts.ndjson\n"
    "  gp-review --apply answers.txt drafts.ndjson > replies.ndjson\n"
    "  gp-review --resume | gp-reply | gp-store put d.db\n";

static void
prove(const struct job *job, int n)
{
	if ((job->write != NULL) + (job->apply != NULL) + job->resume > 1)
		gp_die(GP_USAGE,
		    "--write, --apply and --resume exclude each other");
	if (job->resume && n > 0)
		gp_die(GP_USAGE, "--resume takes no FILE: it has its own");
	if (job->apply != NULL && strcmp(job->apply, "-") == 0 && n == 0)
		gp_die(GP_USAGE, "standard input cannot be both");
}

int
main(int argc, char **argv)
{
	struct job job = { .lang = "ru" };
	struct gp_filter f = { .ctx = &job, .line = line };
	/* clang-format off */
	const struct gp_opt opts[] = {
		{ GP_STR, 0, "as", "NAME", "who approves, instead of the config's person", &job.as, NULL },
		{ GP_FLAG, 0, "two-person", NULL, "whoever drafted a text must not approve it", &job.two, NULL },
		{ GP_FLAG, 0, "keep-skipped", NULL, "write drafts that are skipped too", &job.keep_skipped, NULL },
		{ GP_FLAG, 0, "resume", NULL, "go on with what was not finished", &job.resume, NULL },
		{ GP_FILE, 0, "write", "FILE", "write the text to be edited elsewhere, and end", &job.write, NULL },
		{ GP_FILE, 0, "apply", "FILE", "take the decisions of a text that was edited", &job.apply, NULL },
		{ GP_FILE, 's', "standard", "FILE", "standard that answers are held against", &job.standard_file, NULL },
		{ GP_CHOICE, 0, "lang", "WORD", "language of the text round the drafts", &job.lang, "ru|en" },
		{ GP_FILE, 'c', "config", "FILE", "config, instead of the usual one", &job.config, NULL },
		{ GP_FLAG, 0, "strict", NULL, "stop at the first line that is refused", &f.strict, NULL },
		{ GP_FILE, 0, "reject", "FILE", "keep refused lines there, with number and reason", &f.reject, NULL },
		GP_JQ_OPT(&job.jq),
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	/* clang-format on */
	const struct gp_cmd cmd = { "gp-review",
		"let a person edit and approve drafts", "[FILE ...]", opts,
		NULL, examples };
	int n, status, read;

	gp_prog(argv[0]);
	n = gp_opt_parse(&cmd, argc, argv);
	prove(&job, n);
	set_up(&job);
	status = gp_jq_start(job.jq);
	signal(SIGPIPE, SIG_IGN); /* what was edited is not to be lost */
	read = GP_OK;
	if (status == GP_OK)
		read = read_all(&job, &f, n, argv);
	if (status == GP_OK && (read == GP_OK || read == GP_PARTIAL))
		status = review(&job);
	status = finish(&job, status != GP_OK ? status : read);
	tear_down(&job);
	return status;
}
