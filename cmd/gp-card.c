/* gp-card: draw picture cards from a report. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "card/make.h"
#include "cli/filter.h"
#include "cli/jq.h"
#include "cli/zone.h"

struct job {
	const char *dir, *format, *size, *theme, *scheme, *cards, *before;
	const char *lang_word, *zone, *config, *jq;
	long quotes, jobs;
	enum gp_lang lang;

	struct gp_album_how how;
	struct gp_theme look;
	struct gp_spec spec;
	struct gp_card_rows rows, was;
	struct gp_card_rows *into; /* of the file that is read */
	struct gp_album album;
	struct gp_json_reader *reader;
	int refused;
};

/* -- setting up -- */

/* "square", "story", "1200x630". */
static void
set_size(struct job *job)
{
	long w = 1080, h = 1080;
	char *x, *end = NULL;

	if (strcmp(job->size, "story") == 0) {
		h = 1920;
	} else if (strcmp(job->size, "square") != 0) {
		w = strtol(job->size, &x, 10);
		h = *x == 'x' ? strtol(x + 1, &end, 10) : 0;
		if (*x != 'x' || *end != '\0' || w < GP_SIDE_LEAST ||
		    h < GP_SIDE_LEAST || w > GP_SIDE_MOST || h > GP_SIDE_MOST)
			gp_die(GP_USAGE,
			    "--size: '%s' is not square, story or WxH from %d "
			    "to %d pixels",
			    job->size, GP_SIDE_LEAST, GP_SIDE_MOST);
	}
	job->how.w = (int)w;
	job->how.h = (int)h;
}

/* The file that was given, else gp's own. */
static void
find(const char *given, const char *name, struct gp_buf *path)
{
	struct gp_why why;

	gp_buf_init(path, 0);
	if (given != NULL)
		gp_buf_adds(path, given);
	else if (gp_file_data(name, path, &why) == -1)
		gp_die(GP_CONFIG, "%s", why.msg);
}

static void
load(struct job *job)
{
	struct gp_buf path;
	struct gp_why why;

	find(job->theme, "theme.yaml", &path);
	if (gp_theme_load(gp_buf_str(&path), &job->look, &why) == -1)
		gp_die(GP_CONFIG, "%s", why.msg);
	gp_buf_release(&path);
	find(job->cards, "cards.yaml", &path);
	if (gp_spec_load(gp_buf_str(&path), &job->spec, &why) == -1)
		gp_die(GP_CONFIG, "%s", why.msg);
	gp_buf_release(&path);
	job->how.dark = strcmp(job->scheme, "dark") == 0;
	if (job->how.dark && !job->look.has_dark)
		gp_die(GP_CONFIG, "the theme has no colours for 'dark'");
	job->how.theme = &job->look;
}

static void
refused(void *ctx, const char *place, const char *why)
{
	struct job *job = ctx;

	gp_warnx("%s: %s", place, why);
	job->refused = 1;
}

static void
set_up(struct job *job)
{
	job->lang = strcmp(job->lang_word, "en") == 0 ? GP_EN : GP_RU;
	job->how.format = strcmp(job->format, "svg") == 0 ? GP_SVG
	    : strcmp(job->format, "pdf") == 0             ? GP_PDF
							  : GP_PNG;
	job->how.refused = refused;
	job->how.ctx = job;
	set_size(job);
	gp_zone_given(job->zone, job->config);
	load(job);
	gp_card_rows_init(&job->rows);
	gp_card_rows_init(&job->was);
	job->reader = gp_json_new();
	if (job->reader == NULL || gp_album_init(&job->album, job->lang) == -1)
		gp_die(GP_SOFTWARE, "no memory");
}

/* -- reading: one thread, so the job is the state -- */

static int
person(struct job *job, const struct gp_json_obj *o, struct gp_why *why)
{
	struct gp_card card;

	if (gp_card_read(&card, &job->album.pool, job->reader, o, why) == -1)
		return -1;
	return gp_album_add(&job->album, &card, GP_FROM_PERSON, why);
}

static int
line(void *ctx, struct gp_span in, struct gp_buf *out, struct gp_why *why)
{
	struct job *job = ctx;
	struct gp_json_obj o;
	struct gp_json type;

	(void)out;
	if (gp_json_open(job->reader, in, GP_JSON_DEEP, &o, why) == -1)
		return -1;
	type = gp_json_get(&o, "type");
	if (type.type != GP_JSON_STRING)
		return gp_because(why, "'type' is missing");
	if (gp_json_is(type, "figure"))
		return gp_card_rows_add(job->into, job->reader, &o, why);
	if (gp_json_is(type, "card") && job->into == &job->rows)
		return person(job, &o, why);
	return 0;
}

static int
nothing(void *ctx, struct gp_span out)
{
	(void)ctx;
	(void)out;
	return 0;
}

static int
read_before(struct job *job, struct gp_filter *f)
{
	char *operand = (char *)(uintptr_t)job->before;
	int status;

	if (job->before == NULL)
		return GP_OK;
	job->into = &job->was;
	status = gp_filter_run(f, 1, &operand);
	job->into = &job->rows;
	return status;
}

/* -- drawing -- */

/* The end of the period is when a PDF says it was made. */
static gp_instant
made(const struct job *job)
{
	gp_instant since, at, last = 0;
	size_t i;

	for (i = 0; i < job->rows.n; i++)
		if (gp_card_row_period(&job->rows.v[i], NULL, &since, &at) ==
			0 &&
		    at > last)
			last = at;
	return last;
}

static int
draw(struct job *job)
{
	struct gp_why why;

	job->how.jobs = job->jobs;
	job->how.made = made(job);
	if (gp_album_draw(&job->album, &job->how, &why) == -1) {
		gp_warnx("%s", why.msg);
		return GP_CONFIG;
	}
	if (job->album.n == 0)
		return GP_OK;
	if (gp_album_write(&job->album, job->how.format, job->dir, &why) ==
	    -1) {
		gp_warnx("%s", why.msg);
		return GP_IO;
	}
	return GP_OK;
}

static int
tell(struct job *job)
{
	struct gp_buf out;
	int r = GP_OK;

	gp_buf_init(&out, 0);
	gp_album_posts(&job->album, &job->how, job->dir, &out);
	if (out.bad) {
		gp_warnx("no memory");
		r = GP_SOFTWARE;
	} else if (gp_file_write(STDOUT_FILENO, gp_buf_str(&out), out.n) ==
	    -1) {
		if (errno != EPIPE) /* jq has ended: it says why */
			gp_warn("cannot write to standard output");
		r = GP_IO;
	}
	gp_buf_release(&out);
	return r;
}

static void
zone_of_figures(const struct job *job)
{
	struct gp_why why;
	struct gp_buf b;
	size_t i;

	gp_buf_init(&b, 0);
	for (i = 0; job->zone == NULL && b.n == 0 && i < job->rows.n; i++)
		gp_json_text(
		    gp_card_row_get(&job->rows.v[i], gp_span_of("zone")), &b);
	if (b.n > 0 && gp_zone_set(gp_buf_str(&b), &why) == -1)
		gp_warnx("zone of the figures: %s", why.msg);
	gp_buf_release(&b);
}

static int
run(struct job *job, struct gp_filter *f, int n, char **operands)
{
	struct gp_making mk = { &job->spec, &job->rows, NULL, &job->album,
		job->quotes, job->lang, refused, job };
	struct gp_why why;
	int status = read_before(job, f), r;
	size_t own;

	if (status != GP_OK && status != GP_PARTIAL)
		return status;
	job->refused |= status == GP_PARTIAL;
	status = gp_filter_run(f, n, operands);
	gp_at(NULL, 0);
	if (status != GP_OK && status != GP_PARTIAL)
		return status;
	zone_of_figures(job);
	mk.before = job->before != NULL ? &job->was : NULL;
	own = job->album.n;
	if (gp_make_all(&mk, &why) == -1 ||
	    (gp_album_to_end(&job->album, own) == -1 &&
		gp_because(&why, "no memory"))) {
		gp_warnx("%s", why.msg);
		return GP_SOFTWARE;
	}
	r = draw(job);
	if (r == GP_OK && f->strict && job->refused)
		return GP_DATA;
	if (r == GP_OK)
		r = tell(job);
	if (r != GP_OK)
		return r;
	return job->refused ? GP_PARTIAL : status;
}

static void
release(struct job *job)
{
	gp_album_release(&job->album);
	gp_card_rows_release(&job->rows);
	gp_card_rows_release(&job->was);
	gp_spec_release(&job->spec);
	gp_theme_release(&job->look);
	gp_json_free(job->reader);
}

static const char examples[] =
    "  gp-report week d.ndjson | gp-card -o cards/ | gp-post\n"
    "  gp-report week d.ndjson | gp-card --size story --scheme dark -o st/\n";

int
main(int argc, char **argv)
{
	struct job job = { .dir = "cards",
		.format = "png",
		.size = "square",
		.scheme = "light",
		.lang_word = "ru" };
	struct gp_filter f = { .ctx = &job, .line = line, .sink = nothing };
	/* clang-format off */
	const struct gp_opt opts[] = {
		{ GP_DIR, 'o', "output", "DIR", "the folder for the pictures; cards", &job.dir, NULL },
		{ GP_CHOICE, 'f', "format", "FORMAT", "of the pictures", &job.format, GP_PICTURE_WORDS },
		{ GP_STR, 's', "size", "SIZE", "square, story or WxH", &job.size, NULL },
		{ GP_FILE, 't', "theme", "FILE", "colours, fonts, the page's name (gp-theme(5))", &job.theme, NULL },
		{ GP_CHOICE, 0, "scheme", "SCHEME", "which colours of the theme", &job.scheme, "light|dark" },
		{ GP_FILE, 0, "cards", "FILE", "which cards a report gives", &job.cards, NULL },
		{ GP_FILE, 0, "before", "FILE", "the same report of the period before", &job.before, NULL },
		{ GP_INT, 0, "quotes", "N", "so many quotes of citizens at most; 0", &job.quotes, NULL },
		{ GP_CHOICE, 0, "lang", "LANG", "language of what is written on them", &job.lang_word, "ru|en" },
		{ GP_STR, 0, "zone", "ZONE", "zone of days, instead of the config's", &job.zone, NULL },
		{ GP_FILE, 'c', "config", "FILE", "the config (gp-config(5)), for its zone", &job.config, NULL },
		GP_FILTER_OPTS(&f),
		GP_JQ_OPT(&job.jq),
		{ GP_END, 0, NULL, NULL, NULL, NULL, NULL },
	};
	/* clang-format on */
	const struct gp_cmd cmd = { "gp-card",
		"draw picture cards from a report", "[FILE ...]", opts, NULL,
		examples };
	int n, status;

	gp_prog(argv[0]);
	n = gp_opt_parse(&cmd, argc, argv);
	job.jobs = f.jobs; /* threads draw; what is read is small */
	f.jobs = 1;
	job.into = &job.rows;
	set_up(&job);
	status = gp_jq_start(job.jq);
	if (status == GP_OK)
		status = run(&job, &f, n, argv);
	release(&job);
	return gp_jq_finish(status);
}
