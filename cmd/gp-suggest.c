/* gp-suggest: draft answers from past answers and templates. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/filter.h"
#include "cli/findings.h"
#include "cli/jq.h"
#include "cli/waiting.h"
#include "config/config.h"
#include "store/store.h"
#include "suggest/suggest.h"
#include "term/routes.h"
#include "json/write.h"

struct job {
	const char *db, *templates, *config, *routes, *taxonomy, *since, *jq;
	struct gp_list past;
	int check;
	struct gp_suggest_how how;
	struct gp_past *known;
	struct gp_json_reader *reader;
	struct gp_buf line;
	int bad;
};

static void *
start(void *arg)
{
	const struct job *job = arg;

	return gp_suggest_new(&job->how);
}

static void
stop(void *arg)
{
	gp_suggest_free(arg);
}

static int
line(void *arg, struct gp_span in, struct gp_buf *out, struct gp_why *why)
{
	return gp_suggest_line(arg, in, out, why);
}

/* -- what was answered before ---------------------------------------------- */

static void
learn(struct job *job, struct gp_span text, struct gp_why *why)
{
	struct gp_json_obj rec;

	if (gp_json_open(job->reader, text, 0, &rec, why) == -1) {
		job->bad = 1;
		return;
	}
	if (gp_past_add(job->known, job->reader, &rec) == -1)
		gp_die(GP_SOFTWARE, "no memory");
}

/* The reader wants readable bytes behind. */
static int
take(void *ctx, const struct gp_found *found)
{
	struct job *job = ctx;
	struct gp_why why;

	gp_buf_reset(&job->line);
	gp_buf_add(&job->line, found->body.p, found->body.n);
	if (job->line.bad)
		gp_die(GP_SOFTWARE, "no memory");
	learn(job, gp_buf_span(&job->line), &why);
	return 0;
}

static void
learn_store(struct job *job)
{
	static const char *const types[] = { "comment", "message", "reply" };
	struct gp_query q = { .type = { types, 3 }, .now = job->how.now };
	enum gp_exit status;
	struct gp_store *s;
	struct gp_why why;

	if (job->since != NULL) {
		q.has_since = 1;
		if (gp_instant_word(job->since, job->how.now, &q.since) == -1)
			gp_die(
			    GP_USAGE, "--since: no instant: '%s'", job->since);
	}
	status = gp_store_open(&s, job->db, GP_STORE_READ, &why);
	if (status != GP_OK)
		gp_die(status, "%s", why.msg);
	if (gp_store_find(s, &q, take, job, &why) == -1)
		gp_die(gp_store_status(s), "%s: %s", gp_store_name(s), why.msg);
	if (job->bad)
		gp_die(GP_DATA, "%s: a record is damaged", gp_store_name(s));
	gp_store_close(s);
}

static void
learn_file(struct job *job, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), r;
	struct gp_lines in;
	struct gp_line l;
	struct gp_why why;

	if (fd == -1)
		gp_die(GP_IO, "cannot open '%s': %s", path, strerror(errno));
	gp_lines_init(&in, fd);
	while ((r = gp_lines_next(&in, &l)) == 1) {
		if (l.over)
			gp_because(&why, "the line is too long");
		else
			learn(job, l.text, &why);
		if (!l.over && !job->bad)
			continue;
		gp_at(path, l.no);
		gp_die(GP_DATA, "%s", why.msg);
	}
	if (r == -1)
		gp_die(GP_IO, "cannot read '%s': %s", path, strerror(errno));
	gp_lines_release(&in);
	close(fd);
}

static void
learn_all(struct job *job)
{
	size_t i;

	if (job->db == NULL && job->past.n == 0)
		return;
	job->reader = gp_json_new();
	job->known = gp_past_new();
	gp_buf_init(&job->line, 2 * GP_MAX_LINE);
	if (job->reader == NULL || job->known == NULL)
		gp_die(GP_SOFTWARE, "no memory");
	if (job->db != NULL)
		learn_store(job);
	for (i = 0; i < job->past.n; i++)
		learn_file(job, job->past.word[i]);
	if (gp_past_ready(job->known, job->how.now) == -1)
		gp_die(GP_SOFTWARE, "no memory");
	job->how.past = job->known;
	gp_json_free(job->reader);
	gp_buf_release(&job->line);
}

/* -- templates ------------------------------------------------------------- */

/* The file that was named, the config's, or the shipped one. */
static const char *
choose(const char *given, const char *configured, const char *shipped,
    struct gp_buf *path)
{
	struct gp_why why;

	gp_buf_init(path, 0);
	if (given != NULL || configured != NULL)
		gp_buf_adds(path, given != NULL ? given : configured);
	else if (gp_file_data(shipped, path, &why) == -1)
		gp_die(GP_CONFIG, "%s", why.msg);
	return gp_buf_str(path);
}

/* Names of assignees and what people call them; the routes stay. */
static const char **
titles(const struct gp_routes *r)
{
	const char **v = calloc(2 * r->assignees + 1, sizeof(*v));
	size_t i;

	if (v == NULL)
		gp_die(GP_SOFTWARE, "no memory");
	for (i = 0; i < r->assignees; i++) {
		v[2 * i] = r->assignee[i].name;
		v[2 * i + 1] = r->assignee[i].title;
	}
	return v;
}

static int
put_counts(const struct gp_templates *t, const struct gp_findings *all)
{
	struct gp_buf b;
	struct gp_jw w;
	int part;

	gp_buf_init(&b, 0);
	gp_jw_init(&w, &b);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "type", "templates");
	gp_jw_kstr(&w, "file", t->path);
	for (part = 0; part < GP_PARTS; part++)
		gp_jw_kint(&w, gp_part_name((enum gp_answer_part)part),
		    (int64_t)t->part[part].n);
	gp_jw_kint(&w, "pages", (int64_t)t->pages);
	gp_jw_kint(&w, "assignees", (int64_t)t->assignees);
	return gp_findings_end(all, &w, &b);
}

static int
check(const struct job *job, const char *path)
{
	struct gp_taxonomy *tax = gp_taxonomy_given(job->taxonomy);
	struct gp_templates *t;
	struct gp_findings all;
	struct gp_why why;
	int status = GP_DATA;

	gp_findings_init(&all);
	t = gp_templates_load(path, &why);
	if (t == NULL) {
		gp_warnx("%s", why.msg);
	} else {
		gp_templates_prove(t, tax, &all);
		status = put_counts(t, &all);
	}
	gp_templates_free(t);
	gp_taxonomy_free(tax);
	gp_findings_release(&all);
	return status;
}

/* -- drafting -------------------------------------------------------------- */

static int
suggest(struct job *job, struct gp_filter *f, int n, char **operands)
{
	struct gp_buf templates, routes;
	struct gp_personal *personal = gp_personal_new();
	struct gp_templates *t;
	struct gp_config conf;
	struct gp_routes *r;
	const char **title;
	struct gp_why why;
	int status;

	if (gp_config_load(job->config, &conf, &why) == -1)
		gp_die(GP_CONFIG, "%s", why.msg);
	t = gp_templates_load(choose(job->templates, conf.templates,
				  "templates.yaml", &templates),
	    &why);
	if (t == NULL)
		gp_die(GP_CONFIG, "%s", why.msg);
	r = gp_routes_load(
	    choose(job->routes, conf.routes, "routes.yaml", &routes), NULL,
	    &why);
	if (r == NULL)
		gp_die(GP_CONFIG, "%s", why.msg);
	if (personal == NULL)
		gp_die(GP_SOFTWARE, "no memory");
	title = titles(r);
	job->how.templates = t;
	job->how.personal = personal;
	job->how.title = title;
	learn_all(job);
	status = gp_filter_run(f, n, operands);
	gp_past_free(job->known);
	gp_templates_free(t);
	gp_routes_free(r);
	free(title);
	gp_personal_free(personal);
	gp_config_release(&conf);
	gp_buf_release(&templates);
	gp_buf_release(&routes);
	return status;
}

static const char examples[] =
    "  gp-store get d.db --open | gp-suggest --db d.db | gp-review |\n"
    "      gp-reply | gp-store put d.db\n"
    "  gp-suggest --past answers.ndjson -n 3 appeals.ndjson\n"
    "  gp-suggest --check templates.yaml\n";

int
main(int argc, char **argv)
{
	struct job job = { .how = { .least = 0.25, .n = 1 } };
	struct gp_filter f = { .ctx = &job,
		.start = start,
		.stop = stop,
		.line = line,
		.lock = GP_LOCK_IN };
	/* clang-format off */
	const struct gp_opt opts[] = {
		{ GP_STR, 0, "db", "URL", "past answers are there", &job.db, NULL },
		{ GP_LIST, 0, "past", "FILE", "past answers: records of a file; may be repeated", &job.past, NULL },
		{ GP_STR, 0, "since", "WHEN", "what of --db is not older", &job.since, NULL },
		{ GP_INT, 'n', "drafts", "K", "drafts of an appeal, at most (1)", &job.how.n, NULL },
		{ GP_FLAG, 'i', "interim", NULL, "interim answers, which promise another by due.final", &job.how.interim, NULL },
		{ GP_REAL, 0, "least", "X", "use answers to appeals at least so alike, 0 to 1 (0.25)", &job.how.least, NULL },
		{ GP_FILE, 't', "templates", "FILE", "templates, instead of the config's or the shipped ones", &job.templates, NULL },
		{ GP_FILE, 'r', "routes", "FILE", "rules that have the titles of assignees", &job.routes, NULL },
		{ GP_FILE, 'c', "config", "FILE", "config, instead of the usual one", &job.config, NULL },
		{ GP_FLAG, 0, "check", NULL, "prove the templates FILE and count what it holds", &job.check, NULL },
		{ GP_FILE, 0, "taxonomy", "FILE", "whose topics the templates may name, for --check", &job.taxonomy, NULL },
		GP_FILTER_OPTS(&f),
		GP_JQ_OPT(&job.jq),
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	/* clang-format on */
	const struct gp_cmd cmd = { "gp-suggest",
		"draft answers from past answers and templates", "[FILE ...]",
		opts, NULL, examples };
	int n, status;

	gp_prog(argv[0]);
	gp_store_on_wait(gp_say_waiting, NULL);
	n = gp_opt_parse(&cmd, argc, argv);
	if (job.check && n != 1)
		gp_die(GP_USAGE, "--check takes one FILE");
	if (job.how.n < 1 || job.how.n > 20)
		gp_die(GP_USAGE, "--drafts is 1 to 20");
	job.how.now = gp_now();
	status = gp_jq_start(job.jq);
	if (status == GP_OK)
		status = job.check ? check(&job, argv[0])
				   : suggest(&job, &f, n, argv);
	return gp_jq_finish(status);
}
