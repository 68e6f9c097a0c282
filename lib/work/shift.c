#include "work/shift.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/instant.h"
#include "base/utf8.h"
#include "work/child.h"
#include "work/lent.h"

enum {
	GRACE = 10 /* seconds between SIGTERM and SIGKILL */
};

struct running {
	struct gp_shift *shift;
	const struct gp_work_lease *lease;
	struct gp_child child;
	double began, renewed; /* gp_clock() */
	double tried;          /* to renew, in vain; 0: never */
	double told;           /* it was told to end; 0: not yet */
	int over;              /* the ceiling was reached */
	int lost;              /* the lease was */
	int back;              /* it is to be handed back */
};

static void say(const struct gp_shift *, const char *fmt, ...) GP_PRINTF(2, 3);

static void
say(const struct gp_shift *s, const char *fmt, ...)
{
	char line[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	s->say(s->ctx, line);
}

void
gp_shift_rest(const struct gp_shift *s, double seconds)
{
	const struct timespec t = { (time_t)seconds,
		(long)((seconds - (double)(time_t)seconds) * 1e9) };
	sigset_t open = s->open;

	/* The end of a pipeline that is over would cut it short. */
	sigaddset(&open, SIGCHLD);
	pselect(0, NULL, NULL, NULL, &t, &open);
}

int
gp_shift_away(struct gp_shift *s, const struct gp_why *why)
{
	struct gp_why again;

	if (gp_work_status(s->work) != GP_TEMPFAIL) {
		say(s, "%s", why->msg);
		return -1;
	}
	if (!s->away)
		say(s, "%s: waiting", why->msg);
	s->away = 1;
	gp_shift_rest(s, (double)s->wait);
	switch (gp_work_again(s->work, &again)) {
	case GP_OK:
	case GP_TEMPFAIL:
		return 0;
	default: /* it is back, and another one than it was */
		say(s, "%s", again.msg);
		return -1;
	}
}

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
	struct gp_shift *s = r->shift;
	double now = gp_clock();
	struct gp_why why;
	int held;

	if (r->lost || now - r->renewed < (double)s->term / 3 ||
	    now - r->tried < 1)
		return;
	held = gp_work_renew(s->work, r->lease, &why);
	if (held == 1) {
		r->renewed = now;
		return;
	}
	if (held == 2) { /* once the batch is there */
		r->tried = now;
		return;
	}
	if (held == -1) {
		r->tried = now;
		gp_work_again(s->work, &why);
		if (now - r->renewed < (double)s->term)
			return;
	}
	say(s, "lease %lld was lost: its pipeline is ended",
	    (long long)r->lease->number);
	r->lost = 1;
}

/* Seconds until something is to be done. */
static double
nap(const struct running *r)
{
	double now = gp_clock();
	double due = r->renewed + (double)r->shift->term / 3;
	double end = r->began + (double)r->shift->ceiling;

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
	while (!gp_child_wait(&r->child, nap(r), &r->shift->open)) {
		keep(r);
		r->back |= *r->shift->stops > 1;
		r->over |= gp_clock() - r->began >= (double)r->shift->ceiling;
		if (r->lost || r->back || r->over)
			tell_to_end(r);
	}
}

/* No page is to blame where the command cannot be run at all. */
static int
cannot_run(const struct running *r)
{
	int code = WEXITSTATUS(r->child.status);

	return !r->over && WIFEXITED(r->child.status) &&
	    (code == 126 || code == 127 || code == GP_USAGE);
}

/* It speaks of the machine, the tokens or the config: all pages would fail. */
static int
blames_none(int code)
{
	return code == GP_TEMPFAIL || code == GP_IO || code == GP_AUTH ||
	    code == GP_CONFIG;
}

/* What its end means for the pages. */
static enum gp_work_back
verdict(const struct running *r, struct gp_buf *reason)
{
	int code =
	    WIFEXITED(r->child.status) ? WEXITSTATUS(r->child.status) : -1;

	if (r->over)
		gp_buf_addf(reason, "ran longer than %ld s", r->shift->ceiling);
	else
		gp_child_why(&r->child, reason);
	plain(reason);
	if (r->back || cannot_run(r))
		return GP_BACK_AS_WAS;
	if (!r->over && (code == GP_OK || code == GP_PARTIAL))
		return GP_BACK_WELL;
	return !r->over && blames_none(code) ? GP_BACK_LATER : GP_BACK_FAILED;
}

/* Where the database is away it is tried until the lease has run out. */
static enum gp_exit
give_back(struct running *r, enum gp_work_back how, const char *reason)
{
	struct gp_shift *s = r->shift;
	struct gp_why why;
	int held = -1, doubt = 0;

	while (!r->lost) {
		held = gp_work_back(s->work, r->lease, how, reason, &why);
		if (held == 0 && doubt)
			held = gp_work_is_back(s->work, &why);
		if (held != -1)
			break;
		doubt = 1;
		if (gp_shift_away(s, &why) == -1)
			return gp_work_status(s->work);
		r->lost = gp_clock() - r->renewed > (double)s->term;
	}
	if (held == 0)
		say(s, "lease %lld ran out before its pipeline ended",
		    (long long)r->lease->number);
	s->failed |= held != 1;
	return GP_OK;
}

static enum gp_exit
finish(struct running *r)
{
	struct gp_shift *s = r->shift;
	enum gp_work_back how;
	enum gp_exit status;
	struct gp_buf reason;

	gp_buf_init(&reason, 4096);
	how = verdict(r, &reason);
	if (s->verbose)
		say(s, "lease %lld: %zu pages of %s, %.1f s: %s",
		    (long long)r->lease->number, r->lease->n,
		    r->lease->network.p, gp_clock() - r->began,
		    r->back ? "handed back" : gp_buf_str(&reason));
	else if (how == GP_BACK_LATER &&
	    WEXITSTATUS(r->child.status) != GP_TEMPFAIL)
		say(s, "lease %lld: %s: its pages are due again later",
		    (long long)r->lease->number, gp_buf_str(&reason));
	s->failed |= how == GP_BACK_FAILED || how == GP_BACK_LATER;
	status = give_back(r, how, gp_buf_str(&reason));
	if (status == GP_OK && r->back) {
		status = GP_TEMPFAIL;
	} else if (status == GP_OK && cannot_run(r)) {
		say(s, "the command cannot work: %s", gp_buf_str(&reason));
		status = GP_USAGE;
	}
	gp_buf_release(&reason);
	return status;
}

/* The lease and the config, in the environment of the pipeline. *lent: what is
 * to be closed behind it. */
static int
surround(const struct gp_shift *s, const struct gp_work_lease *lease, int *lent,
    struct gp_why *why)
{
	char word[64];

	snprintf(word, sizeof(word), "%lld:%lld",
	    (long long)gp_work_id(s->work), (long long)lease->number);
	if (setenv("GP_LEASE", word, 1) == -1)
		return gp_because(why, "no memory");
	if (s->excerpt == NULL)
		return 0;
	*lent = gp_lent_open(s->excerpt, gp_buf_span(&lease->names), word);
	if (*lent == -1)
		return gp_because(why, "no file for the config in memory: %s",
		    strerror(errno));
	return setenv("GP_CONFIG", word, 1) == -1 ? gp_because(why, "no memory")
						  : 0;
}

enum gp_exit
gp_shift_run(struct gp_shift *s, const struct gp_work_lease *lease)
{
	struct running r = { .shift = s, .lease = lease };
	enum gp_exit status = GP_IO;
	struct gp_why why;
	int lent = -1;

	r.began = r.renewed = gp_clock();
	if (surround(s, lease, &lent, &why) == 0 &&
	    gp_child_start(&r.child, s->command, gp_buf_span(&lease->names),
		STDERR_FILENO, &why) == 0) {
		watch(&r);
		status = finish(&r);
		gp_child_release(&r.child);
	} else {
		say(s, "%s", why.msg);
		gp_work_back(s->work, lease, GP_BACK_AS_WAS, NULL, &why);
	}
	if (lent != -1)
		close(lent);
	return status;
}
