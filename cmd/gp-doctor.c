/* gp-doctor: say what is wrong with the set-up before cron finds out. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/opt.h"
#include "cli/jq.h"
#include "doctor/doctor.h"
#include "net/choose.h"

struct job {
	struct gp_list page;
	const char *config, *state, *db, *format, *jq;
	long max_skew, timeout;
	size_t min_disk;
	int offline, verbose, strict;
	struct gp_config conf;
	struct gp_doctor d;
	struct gp_want want;
	const char *const *stream; /* the only one probed, or NULL */
};

/* What the networks' records say is of no interest here. */
static int
drop(void *ctx, struct gp_job *j, struct gp_span s)
{
	(void)ctx;
	(void)j;
	(void)s;
	return 0;
}

static void
ended(void *ctx, struct gp_job *j)
{
	struct job *job = ctx;
	int status = gp_outcome_exit(j->outcome);
	struct gp_buf of;

	gp_buf_init(&of, 0);
	gp_buf_addf(&of, "%s", j->page);
	if (status == GP_OK)
		gp_doctor_say(&job->d, GP_FINE, "stream.read", gp_buf_str(&of),
		    GP_OK, "%s: can be read", j->stream->name);
	else if (status == GP_PARTIAL)
		gp_doctor_say(&job->d, GP_WARNING, "stream.read",
		    gp_buf_str(&of), GP_PARTIAL, "%s: %s", j->stream->name,
		    j->why.msg);
	else
		gp_doctor_say(&job->d, GP_ERROR,
		    status == GP_AUTH           ? "token.works"
			: status == GP_TEMPFAIL ? "net.reach"
						: "stream.read",
		    gp_buf_str(&of), (enum gp_exit)status, "%s: %s",
		    j->stream->name, j->why.msg);
	gp_buf_release(&of);
}

static int
choose(struct job *job, struct gp_choice *c)
{
	enum gp_exit status = GP_OK;
	struct gp_why why;
	size_t i;

	*c = (struct gp_choice){ .conf = &job->conf,
		.want = &job->want,
		.stream = job->stream,
		.streams = job->stream != NULL };
	for (i = 0; i < job->page.n && status == GP_OK; i++)
		status = gp_choose_named(c, job->page.word[i], &why);
	if (job->page.n == 0)
		status = gp_choose_all(c, &why);
	if (status != GP_OK)
		gp_warnx("%s", why.msg);
	return status;
}

/*
 * Every stream that gp-fetch would read, read as little as can be: the only
 * proof of a token is a call that needs it. No cursor moves, and no update of
 * a bot is confirmed.
 */
static int
probe(struct job *job)
{
	struct gp_http_conf conf = { .agent = "gp-doctor/" GP_VERSION,
		.timeout = job->timeout,
		.retries = 1,
		.max_wait = 10,
		.ca_file = job->conf.ca_file };
	struct gp_fetching f = { .write = drop,
		.ended = ended,
		.ctx = job,
		.parallel = GP_MAX_PARALLEL };
	struct gp_choice c;
	struct gp_why why;
	int status = choose(job, &c);

	if (status == GP_OK) {
		f.http = gp_http_new(&conf, &why);
		if (f.http == NULL)
			gp_die(GP_SOFTWARE, "%s", why.msg);
		f.job = c.job;
		f.n = c.n;
		gp_fetch_run(&f);
		gp_doctor_clock(&job->d, f.http, job->max_skew);
		gp_http_free(f.http);
	}
	gp_choice_release(&c);
	return status;
}

/* VK's user token goes before the service token in all that both can do: the
 * other is tried alone too. */
static int
probe_again(struct job *job)
{
	static const char *const page[] = { "page" };
	struct gp_page_conf *p = job->conf.page.v;
	size_t i;
	int both = 0;

	for (i = 0; i < job->conf.page.n; i++) {
		if (p[i].token[GP_TOKEN_USER] == NULL ||
		    p[i].token[GP_TOKEN_SERVICE] == NULL)
			continue;
		p[i].token[GP_TOKEN_USER] = p[i].token[GP_TOKEN_COMMUNITY] =
		    NULL;
		both = 1;
	}
	job->stream = page;
	return both ? probe(job) : GP_OK;
}

static int
to_stdout(void *ctx, struct gp_span s)
{
	(void)ctx;
	return fwrite(s.p, 1, s.n, stdout) == s.n ? 0 : -1;
}

static void
record(struct gp_buf *b, const struct gp_doctor_finding *v, gp_instant now)
{
	char at[GP_INSTANT_LEN];
	struct gp_jw w;

	gp_jw_init(&w, b);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "type", "finding");
	gp_jw_kstr(&w, "at", gp_instant_utc(now, at));
	gp_jw_kstr(&w, "level", gp_level_name(v->level));
	gp_jw_kstr(&w, "rule", v->rule);
	if (v->of != NULL)
		gp_jw_kstr(&w, "on", v->of);
	gp_jw_kstr(&w, "message", v->message);
	gp_jw_close(&w, '}');
	gp_buf_addc(b, '\n');
}

static void
row(struct gp_buf *b, const struct gp_doctor_finding *v)
{
	gp_buf_addf(b, "%-8s %-15s %s%s%s\n", gp_level_name(v->level), v->rule,
	    v->of != NULL ? v->of : "", v->of != NULL ? ": " : "", v->message);
}

/* The gravest first; what is in order only when asked for. */
static int
show(const struct job *job)
{
	int table = job->format != NULL ? strcmp(job->format, "table") == 0
					: isatty(STDOUT_FILENO);
	struct gp_buf b;
	size_t i, errors = 0, warnings = 0;
	int level, r;

	gp_buf_init(&b, 64 * GP_MIB);
	for (level = GP_ERROR; level >= GP_FINE; level--)
		for (i = 0; i < job->d.n; i++) {
			const struct gp_doctor_finding *v = &job->d.v[i];

			if ((int)v->level != level)
				continue;
			errors += level == GP_ERROR;
			warnings += level == GP_WARNING;
			if (level == GP_FINE && !job->verbose)
				continue;
			if (table)
				row(&b, v);
			else
				record(&b, v, job->want.now);
		}
	if (table)
		gp_buf_addf(&b, "%zu errors, %zu warnings: cron %s\n", errors,
		    warnings, errors == 0 ? "may be trusted" : "would fail");
	r = b.n > 0 ? to_stdout(NULL, gp_buf_span(&b)) : 0;
	gp_buf_release(&b);
	return r;
}

/* The gravest error's status, by what has to be mended first. */
static int
verdict(const struct job *job)
{
	static const enum gp_exit order[] = { GP_CONFIG, GP_AUTH, GP_IO,
		GP_DATA, GP_REFUSED, GP_TEMPFAIL };
	size_t i, k;
	int warned = 0;

	for (k = 0; k < sizeof(order) / sizeof(order[0]); k++)
		for (i = 0; i < job->d.n; i++) {
			warned |= job->d.v[i].level == GP_WARNING;
			if (job->d.v[i].level == GP_ERROR &&
			    job->d.v[i].means == order[k])
				return order[k];
		}
	return warned && job->strict ? GP_PARTIAL : GP_OK;
}

static int
examine(struct job *job)
{
	struct gp_why why;
	int status = GP_OK;

	if (gp_config_load(job->config, &job->conf, &why) == -1) {
		gp_doctor_say(&job->d, GP_ERROR, "config.read", NULL, GP_CONFIG,
		    "%s", why.msg);
	} else {
		gp_doctor_config(&job->d, &job->conf);
		gp_doctor_secrets(&job->d, &job->conf);
		if (!job->offline && job->conf.page.n > 0 &&
		    (status = probe(job)) == GP_OK)
			status = probe_again(job);
	}
	gp_doctor_files(&job->d, job->state, job->db, job->min_disk);
	gp_doctor_machine(&job->d, job->want.now);
	if (job->d.bad)
		gp_die(GP_SOFTWARE, "no memory");
	return status;
}

int
main(int argc, char **argv)
{
	static struct job job = {
		.max_skew = 60, .timeout = 30, .min_disk = 100 * GP_MIB
	};
	/* clang-format off */
	const struct gp_opt opts[] = {
		{ GP_FILE, 'c', "config", "FILE", "the config (gp-config(5))", &job.config, NULL },
		{ GP_LIST, 'p', "page", "NAME", "only this page; may be given again", &job.page, NULL },
		{ GP_FILE, 0, "state", "FILE", "a file of gp-fetch --state to check", &job.state, NULL },
		{ GP_FILE, 0, "db", "URL", "a database of gp-store to check", &job.db, NULL },
		{ GP_FLAG, 0, "offline", NULL, "ask no network", &job.offline, NULL },
		{ GP_SPAN, 0, "max-skew", "SPAN", "how wrong the clock may be (60s)", &job.max_skew, NULL },
		{ GP_SIZE, 0, "min-disk", "SIZE", "how much disk must be left (100M)", &job.min_disk, NULL },
		{ GP_SPAN, 0, "timeout", "SPAN", "ceiling of one request (30s)", &job.timeout, NULL },
		{ GP_FLAG, 0, "strict", NULL, "warnings end with status 1", &job.strict, NULL },
		{ GP_CHOICE, 'f', "format", "NAME", "table or ndjson", &job.format, "table|ndjson" },
		GP_JQ_OPT(&job.jq),
		{ GP_FLAG, 'v', "verbose", NULL, "tell also what is in order", &job.verbose, NULL },
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	/* clang-format on */
	const struct gp_cmd cmd = { "gp-doctor",
		"say what is wrong with the set-up before cron finds out", NULL,
		opts, NULL,
		"  gp-doctor\n"
		"  gp-doctor --offline -v\n"
		"  gp-doctor --strict || mail -s gp admin@example.org\n" };
	int status;

	gp_opt_parse(&cmd, argc, argv);
	if (job.jq != NULL && job.format != NULL &&
	    strcmp(job.format, "ndjson") != 0)
		gp_die(GP_USAGE, "--jq does not go with -f %s: it reads ndjson",
		    job.format);
	if (job.jq != NULL)
		job.format = "ndjson";
	status = gp_jq_start(job.jq);
	if (status != GP_OK)
		return gp_jq_finish(status);
	job.want.now = gp_now();
	job.want.limit = 1;
	job.want.since = job.want.now - 3600;
	status = examine(&job);
	if (show(&job) == -1)
		status = GP_IO;
	if (status == GP_OK)
		status = verdict(&job);
	gp_doctor_release(&job.d);
	gp_config_release(&job.conf);
	return gp_jq_finish(status);
}
