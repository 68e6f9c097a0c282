/* The smallest filter: passes records on, refuses all else. For filter.bats. */
#include "cli/filter.h"
#include "cli/jq.h"
#include "json/json.h"

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
	struct gp_json_obj o;

	if (gp_json_open(state, in, GP_JSON_STRICT, &o, why) == -1)
		return -1;
	gp_buf_add(out, o.text.p, o.text.n);
	gp_buf_addc(out, '\n');
	return 0;
}

int
main(int argc, char **argv)
{
	struct gp_filter f = { .start = start, .stop = stop, .line = line };
	const char *jq = NULL;
	const struct gp_opt opts[] = {
		GP_JQ_OPT(&jq),
		GP_FILTER_OPTS(&f),
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	const struct gp_cmd cmd = { "keep", "keep records", "[FILE ...]", opts,
		NULL, NULL };
	int n = gp_opt_parse(&cmd, argc, argv), status;

	status = gp_jq_start(jq);
	if (status == GP_OK)
		status = gp_filter_run(&f, n, argv);
	return gp_jq_finish(status);
}
