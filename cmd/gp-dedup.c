/* gp-dedup: mark duplicates and repeated appeals. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/filter.h"
#include "cli/jq.h"
#include "cli/waiting.h"
#include "dedup/dedup.h"
#include "dedup/read.h"
#include "store/dedup.h"
#include "store/store.h"
#include "json/write.h"

enum {
	DAY = 86400,
	BATCH = 10000,    /* rows that wait for a save, about */
	OUT = 256 * 1024, /* bytes that wait to be written */
};

struct job {
	struct gp_dedup_limits limit;
	const char *db, *jq;
	const struct gp_dedup_engine *engine;
	void *handle;
	struct gp_dedup *dedup;
	struct gp_json_reader *reader;
	struct gp_dedup_room room;
	struct gp_buf out, value[3], folder;
	time_t saved;
	int status; /* of what went wrong in the sink; said there */
};

/* One a thread. */
struct state {
	struct gp_json_reader *json;
	struct gp_dedup_reader *reader;
};

static void
stop(void *arg)
{
	struct state *st = arg;

	gp_dedup_reader_free(st->reader);
	gp_json_free(st->json);
	free(st);
}

static void *
start(void *arg)
{
	const struct job *job = arg;
	struct state *st = calloc(1, sizeof(*st));

	if (st == NULL)
		return NULL;
	st->json = gp_json_new();
	if (st->json != NULL)
		st->reader = gp_dedup_reader_new(st->json, job->limit.now);
	if (st->reader == NULL) {
		stop(st);
		return NULL;
	}
	return st;
}

/*
 * From the threads to the one that decides: a frame, the packed item (none:
 * the line passes) and the line.
 */
struct frame {
	size_t item, line;
	int marked; /* the record has a mark already */
};

static int
is_marked(const struct gp_json_obj *rec)
{
	return gp_json_get(rec, "duplicate_of").type != GP_JSON_NONE ||
	    gp_json_get(rec, "similarity").type != GP_JSON_NONE ||
	    gp_json_get(rec, "repeat_of").type != GP_JSON_NONE;
}

static int
line(void *arg, struct gp_span in, struct gp_buf *out, struct gp_why *why)
{
	struct frame frame = { .line = in.n };
	size_t at = out->n;
	struct state *st = arg;
	struct gp_dedup_item it;
	struct gp_json_obj rec;
	int r;

	if (gp_json_open(st->json, in, 0, &rec, why) == -1)
		return -1;
	r = gp_dedup_read(st->reader, &rec, &it, why);
	if (r == -1)
		return -1;
	gp_buf_add(out, &frame, sizeof(frame));
	if (r == 1) {
		frame.marked = is_marked(&rec);
		gp_dedup_pack(&it, out);
		if (out->bad)
			return 0;
		frame.item = out->n - at - sizeof(frame);
		memcpy(out->p + at, &frame, sizeof(frame));
	}
	gp_buf_add(out, in.p, in.n);
	gp_buf_addc(out, '\n');
	return 0;
}

static int
wrong(struct job *job, const struct gp_dedup_fault *f)
{
	gp_at(NULL, 0);
	gp_warnx("%s", f->why.msg);
	job->status = f->exit;
	return -1;
}

static int
no_memory(struct job *job)
{
	struct gp_dedup_fault f = { .exit = GP_SOFTWARE };

	gp_because(&f.why, "no memory");
	return wrong(job, &f);
}

static int
flush(struct job *job)
{
	int r = gp_file_write(STDOUT_FILENO, job->out.p, job->out.n);

	gp_buf_reset(&job->out);
	if (r == 0)
		return 0;
	if (errno != EPIPE)
		gp_warn("cannot write to standard output");
	job->status = GP_IO;
	return -1;
}

/* First the marks, then that they were made. */
static int
save(struct job *job)
{
	struct gp_dedup_fault f = { .exit = GP_IO };

	if (flush(job) == -1)
		return -1;
	if (gp_dedup_save(job->dedup, job->engine, job->handle, &f) == -1)
		return wrong(job, &f);
	job->saved = time(NULL);
	return 0;
}

static int
mark(struct job *job, struct gp_span in, const struct gp_dedup_item *it)
{
	struct gp_json_edit edit[3] = { { .key = "duplicate_of" },
		{ .key = "similarity" }, { .key = "repeat_of" } };
	struct gp_json_obj rec;
	struct gp_why why;
	struct gp_jw w;
	int i;

	for (i = 0; i < 3; i++)
		gp_buf_reset(&job->value[i]);
	if (it->duplicate_of.n > 0) {
		gp_json_quote(&job->value[0], it->duplicate_of);
		gp_jw_init(&w, &job->value[1]);
		gp_jw_real(&w, it->similarity / 100.0, 2);
	}
	if (it->repeat_of.n > 0)
		gp_json_quote(&job->value[2], it->repeat_of);
	for (i = 0; i < 3; i++)
		if (job->value[i].n > 0)
			edit[i].value = gp_buf_span(&job->value[i]);
	if (gp_json_open(job->reader, in, 0, &rec, &why) == -1)
		return -1;
	gp_json_splice(&job->out, &rec, edit, 3);
	return 0;
}

/* One record with its newline. */
static int
decide(struct job *job, struct gp_span row, struct gp_span in, int marked)
{
	struct gp_dedup_item it = { .kind = 0 };

	if (row.n > 0 &&
	    (gp_dedup_unpack(row, &job->room, &it) == -1 ||
		gp_dedup_judge(job->dedup, &it) == -1))
		return no_memory(job);
	if (it.kind == GP_DEDUP_APPEAL &&
	    (marked || it.duplicate_of.n > 0 || it.repeat_of.n > 0)) {
		if (mark(job, in, &it) == -1)
			return no_memory(job);
	} else {
		gp_buf_add(&job->out, in.p, in.n);
	}
	gp_buf_addc(&job->out, '\n');
	if (job->out.bad)
		return no_memory(job);
	return job->out.n >= OUT ? flush(job) : 0;
}

static int
sink(void *arg, struct gp_span out)
{
	const char *p = out.p, *end = gp_span_end(out);
	struct job *job = arg;
	struct gp_span row, in;
	struct frame frame;

	while (p < end) {
		memcpy(&frame, p, sizeof(frame));
		row = (struct gp_span){ p + sizeof(frame), frame.item };
		in = (struct gp_span){ row.p + row.n, frame.line };
		p = in.p + in.n + 1;
		if (decide(job, row, in, frame.marked) == -1)
			return -1;
	}
	if (gp_dedup_waiting(job->dedup) >= BATCH ||
	    (job->engine != NULL && time(NULL) != job->saved))
		return save(job);
	return flush(job);
}

static int
open_all(struct job *job)
{
	struct gp_dedup_fault f = { .exit = GP_SOFTWARE };
	int i;

	gp_buf_init(&job->out, 4 * GP_MAX_LINE);
	gp_buf_init(&job->folder, 0);
	for (i = 0; i < 3; i++)
		gp_buf_init(&job->value[i], 0);
	job->dedup = gp_dedup_new(&job->limit);
	job->reader = gp_json_new();
	if (job->dedup == NULL || job->reader == NULL)
		return no_memory(job);
	if (job->db == NULL)
		return 0;
	job->engine = gp_dedup_engine_of(job->db);
	job->handle = job->engine->open(job->db, &f);
	if (job->handle == NULL ||
	    gp_dedup_load(job->dedup, job->engine, job->handle, &f) == -1)
		return wrong(job, &f);
	job->saved = time(NULL);
	return 0;
}

static void
close_all(struct job *job)
{
	int i;

	if (job->handle != NULL)
		job->engine->close(job->handle);
	gp_dedup_free(job->dedup);
	gp_json_free(job->reader);
	gp_buf_release(&job->out);
	gp_buf_release(&job->folder);
	for (i = 0; i < 3; i++)
		gp_buf_release(&job->value[i]);
}

/* SQLite makes files beside its own, and for what is large in these folders. A
 * server is reached again where it went away: that needs all of the network. */
static int
lock(struct job *job, struct gp_filter *f)
{
	const char *own = getenv("SQLITE_TMPDIR"), *tmp = getenv("TMPDIR");
	size_t n = 0;

	if (job->db == NULL || gp_store_is_server(job->db)) {
		f->lock = job->db == NULL ? GP_LOCK_IN : GP_LOCK_NONE;
		return 0;
	}
	f->lock = GP_LOCK_FILES;
	if (gp_file_folder(job->db, &job->folder) == -1)
		return no_memory(job);
	f->folder[n++] = gp_buf_str(&job->folder);
	if (own != NULL)
		f->folder[n++] = own;
	if (tmp != NULL)
		f->folder[n++] = tmp;
	f->folder[n++] = "/var/tmp";
	f->folder[n] = "/tmp";
	return 0;
}

/* What was decided is kept even if the input broke off. */
static int
dedup(struct job *job, struct gp_filter *f, int n, char **operands)
{
	int status = GP_OK;

	if (open_all(job) == 0 && lock(job, f) == 0) {
		status = gp_filter_run(f, n, operands);
		if (job->status == GP_OK)
			save(job);
	}
	close_all(job);
	return job->status != GP_OK ? job->status : status;
}

static const char examples[] =
    "  gp-fetch -p town --state st | gp-dedup --db town.db >> town.ndjson\n"
    "  gp-dedup --jq 'select(.repeat_of)' town.ndjson\n";

int
main(int argc, char **argv)
{
	struct job job = { .limit = {
			       .window = 30 * DAY, .repeat = 30 * DAY } };
	struct gp_filter f = { .ctx = &job,
		.start = start,
		.stop = stop,
		.line = line,
		.sink = sink };
	/* clang-format off */
	const struct gp_opt opts[] = {
		{ GP_STR, 0, "db", "URL", "keep the index there between runs", &job.db, NULL },
		{ GP_SPAN, 'w', "window", "SPAN", "duplicates are at most so far apart (30d)", &job.limit.window, NULL },
		{ GP_SPAN, 0, "repeat", "SPAN", "repeats come at most so long after a reply (30d)", &job.limit.repeat, NULL },
		{ GP_FLAG, 0, "across", NULL, "duplicates of other pages too", &job.limit.across, NULL },
		GP_FILTER_OPTS(&f),
		GP_JQ_OPT(&job.jq),
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	/* clang-format on */
	const struct gp_cmd cmd = { "gp-dedup",
		"mark duplicates and repeated appeals", "[FILE ...]", opts,
		NULL, examples };
	int n, status;

	gp_prog(argv[0]);
	gp_store_on_wait(gp_say_waiting, NULL);
	n = gp_opt_parse(&cmd, argc, argv);
	job.limit.now = gp_now();
	status = gp_jq_start(job.jq);
	if (status == GP_OK)
		status = dedup(&job, &f, n, argv);
	return gp_jq_finish(status);
}
