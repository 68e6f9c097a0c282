/* gp-import: turn exports and saved pages into records. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/opt.h"
#include "cli/filter.h"
#include "cli/jq.h"
#include "import/desktop.h"
#include "import/kind.h"
#include "import/saved.h"

struct job {
	const char *as, *since_word, *until_word, *jq;
	struct gp_list page, official;
	gp_instant now, since, until;
	struct gp_filter filter; /* strict, reject, and what was refused */
	struct gp_desktop desktop;
	struct gp_preview *preview;
	struct gp_buf out;
	unsigned long long bad_chat; /* its messages are passed over */
};

/* 0; -1: standard output takes no more. */
static int
put(struct job *job)
{
	int r = 0;

	if (job->out.bad)
		gp_die(GP_SOFTWARE, "no memory");
	if (job->out.n > 0)
		r = fwrite(job->out.p, job->out.n, 1, stdout) == 1 ? 0 : -1;
	gp_buf_reset(&job->out);
	return r;
}

/* Is it of the time asked for? */
static int
is_wanted(const struct job *job, gp_instant at)
{
	return (job->since == 0 || at >= job->since) &&
	    (job->until == 0 || at < job->until);
}

/* 0: go on; -1: stop, under --strict. */
static int
refuse(struct job *job, unsigned long long no, struct gp_span text,
    const char *reason)
{
	struct gp_line line = { .text = text, .no = no };

	gp_refuse(&job->filter, &line, reason);
	return job->filter.strict ? -1 : 0;
}

static int
one_message(struct job *job, const struct gp_scan *scan, struct gp_span text,
    struct gp_why *why)
{
	struct gp_item it;
	int r;

	if (scan->chat.no == job->bad_chat)
		return GP_OK;
	r = gp_desktop_message(&job->desktop, text, &it, why);
	if (r == -1)
		return refuse(job, scan->no, text, why->msg) == -1 ? GP_DATA
								   : GP_OK;
	if (r == 0 || !is_wanted(job, it.at))
		return GP_OK;
	it.seen = job->now;
	gp_item_write(&job->out, &it);
	return put(job) == -1 ? GP_IO : GP_OK;
}

/* What ended the export early; what was whole has gone out by then. */
static int
ended(struct job *job, enum gp_scan_got got, const struct gp_why *why)
{
	switch (got) {
	case GP_SCAN_BROKEN:
		gp_at(job->filter.name, 0);
		gp_warnx("%s", why->msg);
		gp_at(NULL, 0);
		return job->filter.strict ? GP_DATA : GP_PARTIAL;
	case GP_SCAN_NONE:
		gp_at(job->filter.name, 0);
		gp_warnx("%s", why->msg);
		gp_at(NULL, 0);
		return GP_DATA;
	case GP_SCAN_FAILED:
		gp_warn("cannot read '%s'", job->filter.name);
		return GP_IO;
	case GP_SCAN_MEMORY:
		gp_die(GP_SOFTWARE, "no memory");
	default:
		return GP_OK;
	}
}

static int
desktop(struct job *job, struct gp_source *in)
{
	unsigned long long chat = 0;
	struct gp_scan scan;
	enum gp_scan_got got;
	struct gp_span text;
	struct gp_why why;
	int status = GP_OK;

	gp_scan_init(&scan, in);
	job->bad_chat = 0;
	while ((got = gp_scan_next(&scan, &text, &why)) == GP_SCAN_MESSAGE ||
	    got == GP_SCAN_OVER) {
		if (scan.chat.no != chat) {
			chat = scan.chat.no;
			if (gp_desktop_chat(&job->desktop, &scan.chat, &why) ==
			    -1) {
				job->bad_chat = chat;
				if (refuse(job, scan.no, text, why.msg) == -1)
					status = GP_DATA;
			}
		}
		if (got == GP_SCAN_OVER &&
		    refuse(job, scan.no, text, "longer than 16 MiB") == -1)
			status = GP_DATA;
		else if (got == GP_SCAN_MESSAGE && status == GP_OK)
			status = one_message(job, &scan, text, &why);
		if (status != GP_OK)
			break;
	}
	if (status == GP_OK)
		status = ended(job, got, &why);
	gp_scan_release(&scan);
	return status;
}

static int
posts(struct job *job, struct gp_preview *p)
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		struct gp_item *it = &p->message[i].item;

		if (it->at == 0) {
			if (refuse(job, i + 1, it->id,
				"no date: cut short, "
				"or a message of an unknown kind") == -1)
				return GP_DATA;
			continue;
		}
		if (!is_wanted(job, it->at))
			continue;
		gp_item_write(&job->out, it);
		if (put(job) == -1)
			return GP_IO;
	}
	return GP_OK;
}

static int
said(struct job *job, int status, const char *what)
{
	gp_at(job->filter.name, 0);
	gp_warnx("%s", what);
	gp_at(NULL, 0);
	return job->filter.strict && status == GP_PARTIAL ? GP_DATA : status;
}

static int
page(struct job *job, struct gp_span html, gp_instant seen)
{
	struct gp_preview *p = job->preview;
	struct gp_why why;
	int status = GP_OK;

	switch (gp_saved_read(p, html, seen, &why)) {
	case GP_SAVED_CARD:
		gp_page_write(&job->out, &p->page);
		status = put(job) == -1 ? GP_IO : GP_OK;
		break;
	case GP_SAVED_POSTS:
		status = posts(job, p);
		if (p->n == 0)
			said(job, GP_OK,
			    "the page says that there are no "
			    "posts");
		break;
	case GP_SAVED_ERROR:
		return said(job, GP_PARTIAL, why.msg);
	case GP_SAVED_NONE:
		return said(job, GP_DATA, why.msg);
	}
	if (status == GP_OK && gp_saved_cut(p, html))
		return said(job, GP_PARTIAL,
		    "the page is cut short: its end "
		    "is missing");
	return status;
}

/* When a saved page was saved, where the page itself does not tell. */
static gp_instant
saved_at(const struct job *job, int fd)
{
	struct stat st;

	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode))
		return job->now;
	return st.st_mtime;
}

static int
saved(struct job *job, struct gp_source *in)
{
	int status = GP_OK;
	struct gp_buf b;

	gp_buf_init(&b, GP_MAX_REPLY);
	if (gp_source_rest(in, &b) == 0) {
		status = page(job, gp_buf_span(&b), saved_at(job, in->fd));
	} else if (in->failed) {
		errno = in->failed;
		gp_warn("cannot read '%s'", job->filter.name);
		status = GP_IO;
	} else if (b.bad == 2) {
		gp_die(GP_SOFTWARE, "no memory");
	} else {
		status = said(job, GP_DATA, "longer than 8 MiB: no page is");
	}
	gp_buf_release(&b);
	return status;
}

static int
recognised(struct job *job, struct gp_source *in)
{
	struct gp_span first = gp_source_peek(in);
	enum gp_import_kind kind = gp_import_kind(first);

	if (in->failed) {
		errno = in->failed;
		gp_warn("cannot read '%s'", job->filter.name);
		return GP_IO;
	}
	if (job->as != NULL)
		kind = strcmp(job->as, "telegram-desktop") == 0
		    ? GP_IMPORT_DESKTOP
		    : GP_IMPORT_PREVIEW;
	if (kind == GP_IMPORT_DESKTOP)
		return desktop(job, in);
	if (kind == GP_IMPORT_PREVIEW)
		return saved(job, in);
	return said(job, GP_DATA,
	    first.n == 0
		? "the file is empty"
		: "neither an export of Telegram Desktop nor a saved page");
}

static int
file(struct job *job, const char *path)
{
	int own = strcmp(path, "-") != 0, fd = STDIN_FILENO, status;
	struct gp_source in;

	job->filter.name = own ? path : "stdin";
	if (own)
		fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd == -1) {
		gp_warn("cannot open '%s'", path);
		return GP_IO;
	}
	gp_source_init(&in, fd);
	status = recognised(job, &in);
	gp_source_release(&in);
	if (own)
		close(fd);
	return status;
}

/* Files that failed alike give their own status, and 1 where others did not. */
static int
all(struct job *job, int n, char **operands)
{
	static char in[] = "-";
	char *only[] = { in };
	int i, one, status = GP_OK;

	if (n == 0) {
		operands = only;
		n = 1;
	}
	for (i = 0; i < n; i++) {
		one = file(job, operands[i]);
		if (ferror(stdout) || (job->filter.strict && one != GP_OK))
			return one;
		if (i == 0)
			status = one;
		else if (one != status)
			status = GP_PARTIAL;
	}
	return status;
}

static void
instant(
    const struct job *job, const char *option, const char *word, gp_instant *to)
{
	if (word != NULL && gp_instant_word(word, job->now, to) == -1)
		gp_die(GP_USAGE,
		    "%s: not a date, an instant or so long ago: "
		    "'%s'",
		    option, word);
}

static int
prepare(struct job *job)
{
	struct gp_why why;

	job->now = gp_now();
	instant(job, "--since", job->since_word, &job->since);
	instant(job, "--until", job->until_word, &job->until);
	job->desktop.page = &job->page;
	job->desktop.official = &job->official;
	if (gp_desktop_check(&job->desktop, &why) == -1)
		gp_die(GP_USAGE, "%s", why.msg);
	gp_buf_init(&job->out, 4 * GP_MAX_LINE);
	job->preview = gp_preview_new();
	if (job->preview == NULL || gp_desktop_init(&job->desktop) == -1)
		gp_die(GP_SOFTWARE, "no memory");
	if (gp_reject_open(&job->filter) == -1)
		return GP_IO;
	return gp_jq_start(job->jq);
}

int
main(int argc, char **argv)
{
	static struct job job;
	/* clang-format off */
	const struct gp_opt opts[] = {
		{ GP_CHOICE, 0, "as", "KIND", "telegram-desktop or telegram-preview; otherwise by content", &job.as, "telegram-desktop|telegram-preview" },
		{ GP_LIST, 0, "page", "NAME", "public name of an exported channel: NAME, or NUMBER=NAME; may be given again", &job.page, NULL },
		{ GP_STR, 0, "channel", "NAME", "public name of the channel that a group or chat belongs to", &job.desktop.channel, NULL },
		{ GP_LIST, 0, "official", "ID", "whose messages are the page's own; may be given again", &job.official, NULL },
		{ GP_STR, 0, "since", "WHEN", "records from then on: 7d, monday, 2026-11-01", &job.since_word, NULL },
		{ GP_STR, 0, "until", "WHEN", "records before then", &job.until_word, NULL },
		{ GP_FLAG, 0, "strict", NULL, "stop at the first message or page that is refused", &job.filter.strict, NULL },
		{ GP_FILE, 0, "reject", "FILE", "keep refused messages there, with number and reason", &job.filter.reject, NULL },
		GP_JQ_OPT(&job.jq),
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	/* clang-format on */
	const struct gp_cmd cmd = { "gp-import",
		"turn exports and saved pages into records", "[FILE ...]", opts,
		NULL,
		"  gp-import --page NAME channel/result.json\n"
		"  gp-import --channel NAME group/result.json | gp-classify\n"
		"  gp-import saved/*.html | gp-report week\n" };
	int n = gp_opt_parse(&cmd, argc, argv), status;

	status = prepare(&job);
	if (status == GP_OK)
		status = all(&job, n, argv);
	status = gp_reject_close(&job.filter, status);
	gp_desktop_release(&job.desktop);
	gp_preview_free(job.preview);
	gp_buf_release(&job.out);
	return gp_jq_finish(status);
}
