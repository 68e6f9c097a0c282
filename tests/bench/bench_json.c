/* lib/json under load: parse, set one member, write. usage: bench_json JOBS */
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "json/map.h"
#include "json/write.h"

static void *
start(void *ctx)
{
	(void)ctx;
	return gp_json_new();
}

static void
stop(void *state)
{
	gp_json_free(state);
}

static int
line(void *state, struct gp_span in, struct gp_buf *out, struct gp_why *why)
{
	static const char value[] = "{\"first\":\"2026-11-02T15:00:00Z\"}";
	const struct gp_json_edit edit = { "due",
		{ value, sizeof(value) - 1 } };
	struct gp_json_obj o;

	if (gp_json_open(state, in, 0, &o, why) == -1)
		return -1;
	gp_json_splice(out, &o, &edit, 1);
	gp_buf_addc(out, '\n');
	return 0;
}

static int
sink(void *ctx, struct gp_span out)
{
	(void)ctx;
	return gp_file_write(STDOUT_FILENO, out.p, out.n);
}

static void
refused(void *ctx, const struct gp_line *in, const char *why)
{
	(void)ctx;
	(void)in;
	(void)why;
	abort();
}

int
main(int argc, char **argv)
{
	const struct gp_map map = {
		.fd = STDIN_FILENO,
		.jobs = argc > 1 ? strtol(argv[1], NULL, 10) : 1,
		.start = start,
		.stop = stop,
		.line = line,
		.sink = sink,
		.refused = refused,
	};

	return gp_map_run(&map) == GP_MAP_DONE ? 0 : 74;
}
