/* gp-redact: mask personal data. */
#include <string.h>

#include "cli/filter.h"
#include "cli/jq.h"
#include "redact/redact.h"

struct job {
	const char *rules, *allow, *keys, *keep, *only, *lang, *jq;
	struct gp_list member;
	struct gp_redact redact;
};

static void *
start(void *arg)
{
	const struct job *job = arg;

	return gp_redact_run_new(&job->redact);
}

static void
stop(void *run)
{
	gp_redact_run_free(run);
}

static int
line(void *run, struct gp_span in, struct gp_buf *out, struct gp_why *why)
{
	if (gp_redact_line(run, in, out, why) == -1)
		return -1;
	gp_buf_addc(out, '\n');
	return 0;
}

/* Files are told of as 78, kinds as 64. */
static void
set_up(struct job *job)
{
	struct gp_redact *r = &job->redact;
	struct gp_why why;
	size_t i;

	if (gp_redact_init(r, strcmp(job->lang, "ru") == 0) == -1)
		gp_die(GP_SOFTWARE, "no memory");
	if (job->rules != NULL &&
	    gp_redact_load_rules(r, job->rules, &why) == -1)
		gp_die(GP_CONFIG, "%s", why.msg);
	if (job->allow != NULL &&
	    gp_redact_load_allow(r, job->allow, &why) == -1)
		gp_die(GP_CONFIG, "%s", why.msg);
	if (job->keys != NULL && gp_redact_load_keys(r, job->keys, &why) == -1)
		gp_die(GP_AUTH, "%s", why.msg);
	if (job->keep != NULL && gp_redact_keep(r, job->keep, 0, &why) == -1)
		gp_die(GP_USAGE, "--keep: %s", why.msg);
	if (job->only != NULL && gp_redact_keep(r, job->only, 1, &why) == -1)
		gp_die(GP_USAGE, "--only: %s", why.msg);
	if (job->member.n > GP_REDACT_MEMBERS)
		gp_die(GP_USAGE, "--member: at most %d", GP_REDACT_MEMBERS);
	for (i = 0; i < job->member.n; i++)
		r->member[r->members++] = job->member.word[i];
}

static const char examples[] =
    "  gp-fetch -p town --state st | gp-redact --allow ours.yaml >> t.ndjson\n"
    "  gp-redact --pseudonymize key --only phone,name t.ndjson\n";

int
main(int argc, char **argv)
{
	struct job job = { .lang = "ru" };
	struct gp_filter f = { .ctx = &job,
		.start = start,
		.stop = stop,
		.line = line,
		.lock = GP_LOCK_IN };
	/* clang-format off */
	const struct gp_opt opts[] = {
		{ GP_FILE, 'r', "rules", "FILE", "rules of your own, besides", &job.rules, NULL },
		{ GP_FILE, 'a', "allow", "FILE", "telephones, addresses and names that stay", &job.allow, NULL },
		{ GP_STR, 0, "keep", "KINDS", "leave these, as phone,email", &job.keep, NULL },
		{ GP_STR, 0, "only", "KINDS", "mask these alone", &job.only, NULL },
		{ GP_FILE, 0, "pseudonymize", "FILE", "authors get pseudonyms by the keys there", &job.keys, NULL },
		{ GP_LIST, 0, "member", "NAME", "a member that holds text, besides the known ones", &job.member, NULL },
		{ GP_CHOICE, 0, "lang", "LANG", "masks are words of it", &job.lang, "ru|en" },
		GP_FILTER_OPTS(&f),
		GP_JQ_OPT(&job.jq),
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	/* clang-format on */
	const struct gp_cmd cmd = { "gp-redact", "mask personal data",
		"[FILE ...]", opts, NULL, examples };
	int n, status;

	gp_prog(argv[0]);
	n = gp_opt_parse(&cmd, argc, argv);
	set_up(&job);
	status = gp_jq_start(job.jq);
	if (status == GP_OK)
		status = gp_filter_run(&f, n, argv);
	gp_redact_release(&job.redact);
	return gp_jq_finish(status);
}
