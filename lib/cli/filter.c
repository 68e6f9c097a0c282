#include "cli/filter.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/file.h"
#include "base/utf8.h"
#include "json/write.h"

int
gp_reject_open(struct gp_filter *f)
{
	f->reject_fd = -1;
	if (f->reject == NULL)
		return 0;
	f->reject_fd =
	    open(f->reject, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (f->reject_fd != -1)
		return 0;
	gp_warn("cannot open '%s'", f->reject);
	return -1;
}

static void
keep(struct gp_filter *f, struct gp_span s)
{
	if (f->reject_bad || gp_file_write(f->reject_fd, s.p, s.n) == 0)
		return;
	f->reject_bad = 1;
	gp_at(NULL, 0);
	gp_warn("cannot write to '%s'", f->reject);
}

/* Bytes that are no UTF-8 are kept too, as a string of \xHH: `escaped`. */
static void
escaped(struct gp_buf *b, struct gp_span s)
{
	size_t i;

	gp_buf_addc(b, '"');
	for (i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '\\')
			gp_buf_adds(b, "\\\\\\\\");
		else if (c == '"')
			gp_buf_adds(b, "\\\"");
		else if (c < 0x20 || c >= 0x7f)
			gp_buf_addf(b, "\\\\x%02x", c);
		else
			gp_buf_addc(b, c);
	}
	gp_buf_addc(b, '"');
}

/*
 * {"file":..,"line":..,"reason":..,"input":..}; bytes that are not UTF-8 and
 * the pieces of an over-long line stand in "escaped", one object a piece.
 */
static void
entry(struct gp_filter *f, const struct gp_line *line, const char *why)
{
	struct gp_buf b;
	struct gp_jw w;

	gp_buf_init(&b, 8 * GP_MAX_LINE);
	gp_jw_init(&w, &b);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "file", f->name);
	gp_jw_kint(&w, "line", (int64_t)line->no);
	gp_jw_kstr(&w, "reason", why);
	if (!line->over && gp_utf8_valid(line->text)) {
		gp_jw_ktext(&w, "input", line->text);
	} else {
		if (line->over)
			gp_jw_kbool(&w, "end", line->end);
		gp_jw_key(&w, "escaped");
		escaped(&b, line->text);
		w.comma = 1;
	}
	gp_jw_close(&w, '}');
	gp_buf_addc(&b, '\n');
	if (b.bad)
		f->reject_bad = 1;
	else
		keep(f, gp_buf_span(&b));
	gp_buf_release(&b);
}

void
gp_refuse(struct gp_filter *f, const struct gp_line *line, const char *why)
{
	int first = !f->over;

	f->over = line->over && !line->end;
	if (f->reject_fd != -1)
		entry(f, line, why);
	if (!first)
		return;
	f->refused++;
	gp_at(f->name, line->no);
	gp_warnx("%s", why);
	gp_at(NULL, 0);
}

int
gp_reject_close(struct gp_filter *f, int status)
{
	if (f->reject_fd != -1 && close(f->reject_fd) == -1 && !f->reject_bad) {
		gp_warn("cannot write to '%s'", f->reject);
		f->reject_bad = 1;
	}
	f->reject_fd = -1;
	if (f->reject_bad)
		return GP_IO;
	if (status == GP_OK && f->refused > 0)
		return GP_PARTIAL;
	return status;
}

static void
refused(void *ctx, const struct gp_line *line, const char *why)
{
	gp_refuse(ctx, line, why);
}

/* The map knows one context; ours holds the caller's. */
static void *
start(void *ctx)
{
	struct gp_filter *f = ctx;

	return f->start != NULL ? f->start(f->ctx) : f->ctx;
}

static void
stop_nothing(void *state)
{
	(void)state;
}

static int
sink(void *ctx, struct gp_span out)
{
	struct gp_filter *f = ctx;

	if (f->sink != NULL)
		return f->sink(f->ctx, out);
	return gp_file_write(STDOUT_FILENO, out.p, out.n);
}

static int
verdict(struct gp_filter *f, enum gp_map_end end)
{
	switch (end) {
	case GP_MAP_DONE:
		return GP_OK;
	case GP_MAP_STRICT:
		return GP_DATA;
	case GP_MAP_READ:
		gp_at(NULL, 0);
		gp_warn("cannot read '%s'", f->name);
		return GP_IO;
	case GP_MAP_SINK:
		if (f->sink == NULL && errno != EPIPE)
			gp_warn("cannot write to standard output");
		return GP_IO;
	case GP_MAP_MEMORY:
		break;
	}
	gp_warnx("no memory");
	return GP_SOFTWARE;
}

/* -- operands ---------------------------------------------------------------- */

struct operand {
	const char *path; /* NULL: standard input */
	int fd, error;
};

/* All are open at once: more than the soft limit foresees are no fault. */
static void
room_for(int n)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == -1 ||
	    (rlim_t)n + 32 < limit.rlim_cur)
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static void
open_operand(struct operand *o, const char *path)
{
	*o = (struct operand){ .fd = STDIN_FILENO };
	if (strcmp(path, "-") == 0)
		return;
	o->path = path;
	o->fd = open(path, O_RDONLY | O_CLOEXEC);
	o->error = errno;
}

static int
one(struct gp_filter *f, const struct operand *o)
{
	struct gp_map map = {
		.fd = o->fd,
		.jobs = f->jobs,
		.strict = f->strict,
		.ctx = f,
		.start = start,
		.stop = f->stop != NULL ? f->stop : stop_nothing,
		.line = f->line,
		.sink = sink,
		.refused = refused,
	};

	f->name = o->path != NULL ? o->path : "stdin";
	if (o->fd == -1) {
		errno = o->error;
		gp_warn("cannot open '%s'", o->path);
		return GP_IO;
	}
	return verdict(f, gp_map_run(&map));
}

static int
each(struct gp_filter *f, struct operand *o, int n, char **operands)
{
	int i, status = GP_OK;

	room_for(n);
	for (i = 0; i < n; i++)
		open_operand(&o[i], operands[i]);
	gp_lock(f->lock, f->folder);
	for (i = 0; i < n; i++) {
		if (status == GP_OK)
			status = one(f, &o[i]);
		if (o[i].path != NULL && o[i].fd != -1)
			close(o[i].fd);
	}
	return status;
}

int
gp_filter_run(struct gp_filter *f, int n, char **operands)
{
	static char in[] = "-";
	char *only[] = { in };
	struct operand *o;
	int status;

	if (gp_reject_open(f) == -1)
		return GP_IO;
	if (n == 0) {
		operands = only;
		n = 1;
	}
	o = calloc((size_t)n, sizeof(*o));
	if (o == NULL) {
		gp_warnx("no memory");
		return gp_reject_close(f, GP_SOFTWARE);
	}
	status = each(f, o, n, operands);
	free(o);
	return gp_reject_close(f, status);
}

int
gp_filter_main(struct gp_filter *f, int n, char **operands)
{
	return gp_finish(gp_filter_run(f, n, operands));
}
