/* OK: the attachment of a topic: blocks of text, photos, links and polls. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "sim/okwrite.h"

#define MOSCOW       10800
#define TEXT_MAX     32000 /* letters of all texts together */
#define QUESTION_MAX 250
#define ANSWER_MAX   250
#define ANSWERS_MAX  10
#define YEAR         (366 * 86400)

struct reading {
	struct gp_sim_ok_call *c;
	struct gp_json_reader *rd;
	struct gp_sim_note *n;
	struct gp_buf *text;
};

static int
no_memory(struct gp_sim_ok_call *c)
{
	return gp_sim_ok_fail(c, 2, "SERVICE : no memory (gp-sim)");
}

/* A copy of the text; NULL: it is none. */
static const char *
copy(struct reading *in, struct gp_json v)
{
	struct gp_buf b;
	const char *s = NULL;

	gp_buf_init(&b, 0);
	if (gp_json_text(v, &b) == 0)
		s = gp_pool_copy(&in->c->f->pool, gp_buf_span(&b)).p;
	gp_buf_release(&b);
	return s;
}

static int
text(struct reading *in, const struct gp_json_obj *o)
{
	if (in->text->n > 0)
		gp_buf_addc(in->text, '\n');
	if (gp_json_text(gp_json_get(o, "text"), in->text) == -1)
		return gp_sim_ok_fail(
		    in->c, 100, "PARAM : attachment: text of a text block");
	return 0;
}

/* {"id":"TOKEN"}: the token of an upload, as it came; of a video its id. */
static int
file(struct reading *in, struct gp_json v, int video)
{
	const struct gp_sim_item *it = NULL;
	struct gp_json_obj o;
	struct gp_buf b;

	if (gp_json_enter(in->rd, v, &o) == -1)
		return no_memory(in->c);
	gp_buf_init(&b, 0);
	if (gp_json_text(gp_json_get(&o, "id"), &b) == 0)
		it = video ? gp_sim_ok_video(in->c->sim, gp_buf_str(&b))
			   : gp_sim_shelf_token(
				 &in->c->sim->shelf, GP_SIM_OK, gp_buf_str(&b));
	gp_buf_release(&b);
	if (it == NULL || it->ready != 1)
		return gp_sim_ok_fail(in->c, video ? 100 : 121,
		    video ? "errors.movie.not.available"
			  : "PARAM_PHOTO_ID : Invalid photo token in "
			    "attachment");
	return gp_sim_note_attach(in->c->f, in->n, it) == -1 ? no_memory(in->c)
							     : 0;
}

static int
files(struct reading *in, const struct gp_json_obj *o, int video)
{
	struct gp_json_obj list;
	size_t i;

	if (gp_json_enter(in->rd, gp_json_get(o, "list"), &list) == -1)
		return no_memory(in->c);
	if (list.n == 0)
		return gp_sim_ok_fail(
		    in->c, 100, "PARAM : attachment: list of a media block");
	for (i = 0; i < list.n; i++)
		if (file(in, list.m[i].value, video) == -1)
			return -1;
	return 0;
}

static int
photos(struct reading *in, const struct gp_json_obj *o)
{
	return files(in, o, 0);
}

static int
movies(struct reading *in, const struct gp_json_obj *o)
{
	return files(in, o, 1);
}

static int
link(struct reading *in, const struct gp_json_obj *o)
{
	const char *url = copy(in, gp_json_get(o, "url"));
	struct gp_sim_link *l;

	if (url == NULL ||
	    (strncmp(url, "http://", 7) != 0 &&
		strncmp(url, "https://", 8) != 0))
		return gp_sim_ok_fail(
		    in->c, 605, "MEDIA_TOPIC_BLOCK_LINK_URL : Invalid URL");
	if (in->n->link != NULL)
		return gp_sim_ok_fail(in->c, 100,
		    "PARAM : attachment: gp-sim takes one link block");
	l = gp_pool_alloc(&in->c->f->pool, sizeof(*l));
	if (l == NULL)
		return no_memory(in->c);
	memset(l, 0, sizeof(*l));
	l->url = url;
	l->title = copy(in, gp_json_get(o, "title"));
	l->description = copy(in, gp_json_get(o, "description"));
	in->n->link = l;
	return 0;
}

static int
answers(struct reading *in, const struct gp_json_obj *o, struct gp_sim_poll *q)
{
	struct gp_json_obj list, one;
	struct gp_sim_option *opt;
	size_t i;

	if (gp_json_enter(in->rd, gp_json_get(o, "answers"), &list) == -1)
		return no_memory(in->c);
	if (list.n < 2 || list.n > ANSWERS_MAX)
		return gp_sim_ok_fail(in->c, 603,
		    "MEDIA_TOPIC_BLOCK_POLL_ANSWERS : 2 to 10 answers");
	opt = gp_pool_alloc(&in->c->f->pool, list.n * sizeof(*opt));
	if (opt == NULL)
		return no_memory(in->c);
	memset(opt, 0, list.n * sizeof(*opt));
	for (i = 0; i < list.n; i++) {
		if (gp_json_enter(in->rd, list.m[i].value, &one) == -1)
			return no_memory(in->c);
		opt[i].text = copy(in, gp_json_get(&one, "text"));
		if (opt[i].text == NULL || *opt[i].text == '\0' ||
		    gp_utf8_count(gp_span_of(opt[i].text)) > ANSWER_MAX)
			return gp_sim_ok_fail(in->c, 604,
			    "MEDIA_TOPIC_BLOCK_POLL_ANSWER : Answer text");
	}
	q->options.v = opt;
	q->options.n = list.n;
	return 0;
}

/* "SingleChoice,AnonymousVoting" and their kin. */
static int
options(struct reading *in, const struct gp_json_obj *o, struct gp_sim_poll *q)
{
	static const char known[] = ",SingleChoice,AnonymousVoting,"
				    "ResultsAfterVoting,VotingClosed,";
	const char *s = copy(in, gp_json_get(o, "options"));
	char word[40];
	size_t n;

	q->multiple = s == NULL || strstr(s, "SingleChoice") == NULL;
	q->named = s == NULL || strstr(s, "AnonymousVoting") == NULL;
	for (; s != NULL && *s != '\0'; s += n + (s[n] == ',')) {
		n = strcspn(s, ",");
		snprintf(word, sizeof(word), ",%.*s,", (int)n, s);
		if (strstr(known, word) == NULL)
			return gp_sim_ok_fail(in->c, 100,
			    "PARAM : attachment: poll options %s", s);
	}
	return 0;
}

static int
poll(struct reading *in, const struct gp_json_obj *o)
{
	struct gp_sim_poll *q = gp_pool_alloc(&in->c->f->pool, sizeof(*q));

	if (q == NULL)
		return no_memory(in->c);
	memset(q, 0, sizeof(*q));
	q->type = "regular";
	q->question = copy(in, gp_json_get(o, "question"));
	if (q->question == NULL || *q->question == '\0' ||
	    gp_utf8_count(gp_span_of(q->question)) > QUESTION_MAX)
		return gp_sim_ok_fail(in->c, 602,
		    "MEDIA_TOPIC_BLOCK_POLL_QUESTION : Question text");
	if (in->n->poll != NULL)
		return gp_sim_ok_fail(in->c, 100,
		    "PARAM : attachment: gp-sim takes one poll block");
	in->n->poll = q;
	return answers(in, o, q) == -1 ? -1 : options(in, o, q);
}

static int
block(struct reading *in, struct gp_json v)
{
	static const struct {
		const char *type;
		int (*read)(struct reading *, const struct gp_json_obj *);
	} blocks[] = { { "text", text }, { "photo", photos },
		{ "movie", movies }, { "link", link }, { "poll", poll } };
	struct gp_json_obj o;
	size_t i;

	if (gp_json_enter(in->rd, v, &o) == -1)
		return no_memory(in->c);
	for (i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++)
		if (gp_json_is(gp_json_get(&o, "type"), blocks[i].type))
			return blocks[i].read(in, &o);
	return gp_sim_ok_fail(
	    in->c, 100, "PARAM : attachment: a media block of no known type");
}

/* "true" and "false" in quotes; -1: something else. */
static int
flag(const struct gp_json_obj *o, const char *name, int unset)
{
	struct gp_json v = gp_json_get(o, name);

	if (v.type == GP_JSON_NONE)
		return unset;
	if (gp_json_is(v, "true"))
		return 1;
	return gp_json_is(v, "false") ? 0 : -1;
}

/* publishAtMs, or publishAt of Moscow, "2026-12-01 10:00:00"; 0: now. */
static int
moment(struct reading *in, const struct gp_json_obj *o, gp_instant *due)
{
	struct gp_json at = gp_json_get(o, "publishAt");
	struct gp_json ms = gp_json_get(o, "publishAtMs");
	char text[24];
	struct gp_span s = gp_json_bare(at);
	int64_t n = 0;

	*due = 0;
	if (at.type == GP_JSON_NONE && ms.type == GP_JSON_NONE)
		return 0;
	if (ms.type != GP_JSON_NONE) {
		s = gp_json_bare(ms);
		if (gp_json_int(ms, &n) == -1 && s.n > 0 &&
		    s.n < sizeof(text)) {
			snprintf(text, sizeof(text), "%.*s", (int)s.n, s.p);
			n = strtoll(text, NULL, 10);
		}
		*due = n / 1000;
	} else if (s.n == 19) {
		snprintf(text, sizeof(text), "%.10sT%.8sZ", s.p, s.p + 11);
		if (gp_instant_parse(gp_span_of(text), due) == 0)
			*due -= MOSCOW;
	}
	if (*due <= in->c->f->now || *due > in->c->f->now + YEAR)
		return gp_sim_ok_fail(in->c, 100,
		    "PARAM : attachment: publishAt is no time ahead");
	return 0;
}

/* The members of the attachment itself. */
static int
frame(struct reading *in, const struct gp_json_obj *o)
{
	static const char *const known[] = { "media", "publishAt",
		"publishAtMs", "onBehalfOfGroup", "disableComments" };
	int group = flag(o, "onBehalfOfGroup", 0);
	int closed = flag(o, "disableComments", 0);
	size_t i, k;

	for (i = 0; i < o->n; i++) {
		for (k = 0; k < 5; k++)
			if (gp_json_key_is(o->m[i].key, known[k]))
				break;
		if (k == 5)
			return gp_sim_ok_fail(in->c, 100,
			    "PARAM : attachment: unknown '%.*s'",
			    (int)o->m[i].key.n, o->m[i].key.p);
	}
	if (group == -1 || closed == -1)
		return gp_sim_ok_fail(in->c, 100,
		    "PARAM : attachment: flags are \"true\" or \"false\"");
	in->n->as = group ? GP_SIM_CHANNEL : GP_SIM_PERSON;
	in->n->closed = closed;
	return moment(in, o, &in->n->due);
}

static int
read_all(struct reading *in, struct gp_span json)
{
	struct gp_json_obj o, media;
	struct gp_why why;
	size_t i;

	if (gp_json_open(in->rd, json, 0, &o, &why) == -1)
		return gp_sim_ok_fail(
		    in->c, 100, "PARAM : attachment: %s", why.msg);
	if (frame(in, &o) == -1)
		return -1;
	if (gp_json_enter(in->rd, gp_json_get(&o, "media"), &media) == -1)
		return no_memory(in->c);
	for (i = 0; i < media.n; i++)
		if (block(in, media.m[i].value) == -1)
			return -1;
	if (media.n == 0)
		return gp_sim_ok_fail(
		    in->c, 100, "PARAM : attachment: media is empty");
	if (gp_utf8_count(gp_buf_span(in->text)) > TEXT_MAX)
		return gp_sim_ok_fail(
		    in->c, 601, "MEDIA_TOPIC_TEXT_LIMIT : Text is too long");
	return 0;
}

int
gp_sim_ok_attachment(
    struct gp_sim_ok_call *c, struct gp_sim_note *n, struct gp_buf *b)
{
	const struct gp_sim_param *p = gp_sim_param(c->r, "attachment");
	struct reading in = { c, gp_json_new(), n, b };
	int r = in.rd == NULL ? no_memory(c)
			      : read_all(&in, gp_buf_span(&p->value));

	gp_json_free(in.rd);
	return r;
}
