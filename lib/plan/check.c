#include "plan/check.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/act.h"
#include "net/limits.h"
#include "plan/media.h"

enum rule {
	PAGE,
	TIME_PAST,
	TIME_ORDER,
	CLASH,
	LENGTH,
	CAPTION,
	FILES_COUNT,
	FILE_MISSING,
	FILE_KIND,
	FILE_FORMAT,
	FILE_SIZE,
	FILE_SMALL,
	FILE_PIXELS,
	FILE_RATIO,
	ALT,
	POLL_TEXT,
	POLL_APART,
	POLL_ANSWER,
	POLL_OPTIONS,
	POLL_QUESTION,
	POLL_OPTION,
	POLL_EXPLANATION,
	LINK
};

/* %s, %n and %m stand for what is given: a word and two numbers. */
static const struct {
	int error;
	const char *name, *text[2];
} rules[] = {
	[PAGE] = { 1, "page", { "%s", "%s" } },
	[TIME_PAST] = { 1, "time.past",
	    { "время %s прошло и уже не выйдет",
		"the time %s is past, it will not go out" } },
	[TIME_ORDER] = { 1, "time.order",
	    { "опрос закрывается раньше, чем выходит",
		"the poll closes before it is posted" } },
	[CLASH] = { 1, "time.clash",
	    { "в ту же минуту на этой странице выходит %s",
		"%s goes out on this page in the same minute" } },
	[LENGTH] = { 1, "text.length",
	    { "длина текста %n, сеть принимает %m (%s)",
		"the text is %n long, the network takes %m (%s)" } },
	[CAPTION] = { 1, "text.caption",
	    { "длина подписи к файлам %n, сеть принимает %m (%s)",
		"the caption is %n long, the network takes %m (%s)" } },
	[FILES_COUNT] = { 1, "files.count",
	    { "файлов %n, сеть принимает %m",
		"%n files, the network takes %m" } },
	[FILE_MISSING] = { 1, "file.missing",
	    { "файл не читается: %s", "the file cannot be read: %s" } },
	[FILE_KIND] = { 1, "file.kind",
	    { "%s: это не картинка и не видео",
		"%s: neither a picture nor a video" } },
	[FILE_FORMAT] = { 1, "file.format",
	    { "%s: такой формат сеть не принимает",
		"%s: the network does not take the format" } },
	[FILE_SIZE] = { 1, "file.size",
	    { "%s: %n байт, сеть принимает %m",
		"%s: %n bytes, the network takes %m" } },
	[FILE_SMALL] = { 1, "file.size",
	    { "%s: %n байт, сеть принимает от %m",
		"%s: %n bytes, the network takes %m and more" } },
	[FILE_PIXELS] = { 1, "file.pixels",
	    { "%s: %n пикселей, сеть принимает %m",
		"%s: %n pixels, the network takes %m" } },
	[FILE_RATIO] = { 1, "file.ratio",
	    { "%s: стороны относятся как %n к 1, сеть принимает %m",
		"%s: sides of %n to 1, the network takes %m" } },
	[ALT] = { 0, "alt",
	    { "%s: нет описания для незрячих",
		"%s: no words for those who cannot see it" } },
	[POLL_TEXT] = { 0, "poll.text",
	    { "опросов в этой сети нет: вопрос выйдет текстом",
		"the network has no polls: the question goes as text" } },
	[POLL_APART] = { 0, "poll.apart",
	    { "опрос выйдет отдельной записью после текста",
		"the poll goes as a post of its own behind the text" } },
	[POLL_ANSWER] = { 1, "poll.answer",
	    { "викторин в этой сети нет, а close не указан: правильный "
	      "ответ не выйдет",
		"the network has no quizzes, and without close the right "
		"answer never goes out" } },
	[POLL_OPTIONS] = { 1, "poll.options",
	    { "вариантов %n, сеть принимает %m",
		"%n options, the network takes %m" } },
	[POLL_QUESTION] = { 1, "poll.question",
	    { "длина вопроса %n, сеть принимает %m",
		"the question is %n long, the network takes %m" } },
	[POLL_OPTION] = { 1, "poll.option",
	    { "длина варианта «%s» %n, сеть принимает %m",
		"the option '%s' is %n long, the network takes %m" } },
	[POLL_EXPLANATION] = { 1, "poll.explanation",
	    { "длина пояснения %n, сеть принимает %m",
		"the explanation is %n long, the network takes %m" } },
	[LINK] = { 1, "link.dead",
	    { "ссылка не открывается: %s", "the link is dead: %s" } },
};

struct gp_plan_slot {
	const char *page, *key;
	gp_instant minute;
	size_t order;
	const char *file;
	unsigned line;
};

void
gp_plan_check_init(struct gp_plan_check *c)
{
	memset(c, 0, sizeof(*c));
	gp_pool_init(&c->pool);
}

void
gp_plan_check_release(struct gp_plan_check *c)
{
	free(c->v);
	free(c->slot);
	gp_pool_release(&c->pool);
	memset(c, 0, sizeof(*c));
}

static void *
grown(void *v, size_t n, size_t *cap, size_t size)
{
	size_t want = *cap == 0 ? 32 : *cap * 2;
	void *p;

	if (n < *cap)
		return v;
	p = realloc(v, want * size);
	if (p != NULL)
		*cap = want;
	return p;
}

/* -- saying ---------------------------------------------------------------- */

static void
spell(struct gp_buf *b, const char *text, const char *s, int64_t n, int64_t m)
{
	for (; *text != '\0'; text++) {
		if (*text != '%') {
			gp_buf_addc(b, *text);
			continue;
		}
		text++;
		if (*text == 's')
			gp_buf_adds(b, s);
		else
			gp_buf_add64(b, *text == 'n' ? n : m);
	}
}

struct about {
	struct gp_plan_check *c;
	const char *file, *of, *page;
	unsigned line;
};

static const char *
keep(struct gp_plan_check *c, const char *s)
{
	return s == NULL ? NULL : gp_pool_copy(&c->pool, gp_span_of(s)).p;
}

static void
say(const struct about *a, enum rule r, const char *s, int64_t n, int64_t m)
{
	struct gp_plan_check *c = a->c;
	struct gp_plan_finding *v = grown(c->v, c->n, &c->cap, sizeof(*c->v));
	struct gp_buf b;

	if (v == NULL) {
		c->bad = 1;
		return;
	}
	c->v = v;
	gp_buf_init(&b, 0);
	spell(&b, rules[r].text[c->english], s != NULL ? s : "", n, m);
	v = &c->v[c->n++];
	v->error = rules[r].error;
	v->rule = rules[r].name;
	v->of = keep(c, a->of);
	v->page = keep(c, a->page);
	v->file = keep(c, a->file);
	v->line = a->line;
	v->message = gp_pool_copy(&c->pool, gp_buf_span(&b)).p;
	c->errors += v->error != 0;
	c->bad |= b.bad || c->pool.bad;
	gp_buf_release(&b);
}

static struct about
about(struct gp_plan_check *c, const struct gp_plan *p,
    const struct gp_plan_post *post)
{
	return (struct about){ c, p->name, post->key, post->of->key,
		post->entry->line };
}

/* Nothing where there is no limit. */
static void
most(const struct about *a, enum rule r, const char *s, int64_t n, int64_t max)
{
	if (max > 0 && n > max)
		say(a, r, s, n, max);
}

/* -- judging --------------------------------------------------------------- */

static void
times(const struct about *a, const struct gp_plan_post *post, int out)
{
	struct gp_plan_check *c = a->c;
	char at[GP_INSTANT_LEN];
	struct gp_plan_slot *v;

	if (post->poll != NULL && post->poll->closes != 0 &&
	    post->poll->closes <= (post->at != 0 ? post->at : c->now) && !out)
		say(a, TIME_ORDER, NULL, 0, 0);
	if (post->at == 0)
		return;
	if (!out && post->at + c->late < c->now)
		say(a, TIME_PAST, gp_instant_local(post->at, at), 0, 0);
	v = grown(c->slot, c->slots, &c->slots_cap, sizeof(*c->slot));
	if (v == NULL) {
		c->bad = 1;
		return;
	}
	c->slot = v;
	v[c->slots] = (struct gp_plan_slot){ post->of->key, keep(c, post->key),
		post->at / 60, c->slots, keep(c, a->file), a->line };
	c->slots++;
}

static void
text(const struct about *a, const struct gp_plan_post *post)
{
	const struct gp_net *net = post->net;
	struct gp_buf b;
	int64_t n;

	gp_buf_init(&b, 0);
	if (strcmp(net->name, "telegram") == 0 || strcmp(net->name, "max") == 0)
		gp_buf_add(&b, post->said.text.p, post->said.text.n);
	else
		gp_said_plain(&b, &post->said);
	n = (int64_t)gp_act_length(net, gp_buf_span(&b));
	if (post->file.n > 0)
		most(
		    a, CAPTION, net->length_unit, n, (int64_t)net->max_caption);
	else
		most(a, LENGTH, net->length_unit, n, (int64_t)net->max_text);
	a->c->bad |= b.bad;
	gp_buf_release(&b);
}

static int
is_one_of(const char *words, const char *word)
{
	size_t n = strlen(word);
	const char *p;

	for (p = words; (p = strstr(p, word)) != NULL; p += n)
		if ((p == words || p[-1] == '|') &&
		    (p[n] == '|' || p[n] == '\0'))
			return 1;
	return 0;
}

static void
photo(const struct about *a, const struct gp_net_limits *l, const char *path,
    const struct gp_media *m)
{
	int64_t longer = m->width > m->height ? m->width : m->height;
	int64_t other = m->width + m->height - longer;

	most(a, FILE_SIZE, path, m->size, l->photo_bytes);
	most(a, FILE_PIXELS, path, longer, l->photo_side);
	most(a, FILE_PIXELS, path, m->width + m->height, l->photo_sum);
	if (other > 0)
		most(a, FILE_RATIO, path, (longer + other - 1) / other,
		    l->photo_ratio);
}

static void
file(const struct about *a, const struct gp_net_limits *l,
    const struct gp_plan_file *f)
{
	struct gp_media m;
	struct gp_why why;
	struct gp_buf b;
	const char *takes;

	gp_buf_init(&b, 0);
	if (gp_media_read(f->path, &m, &why) == -1) {
		gp_buf_addf(&b, "%s: %s", f->path, why.msg);
		say(a, FILE_MISSING, gp_buf_str(&b), 0, 0);
	} else if (m.format == NULL ||
	    (f->kind != NULL && m.video != (strcmp(f->kind, "video") == 0))) {
		say(a, FILE_KIND, f->path, 0, 0);
	} else {
		takes = m.video ? l->videos : l->photos;
		gp_buf_addf(&b, "%s: %s", f->path, m.format);
		if (takes != NULL && !is_one_of(takes, m.format))
			say(a, FILE_FORMAT, gp_buf_str(&b), 0, 0);
		if (m.video && m.size < l->video_least)
			say(a, FILE_SMALL, f->path, m.size, l->video_least);
		if (m.video)
			most(a, FILE_SIZE, f->path, m.size, l->video_bytes);
		else
			photo(a, l, f->path, &m);
	}
	if (f->alt == NULL || *f->alt == '\0')
		say(a, ALT, f->path, 0, 0);
	gp_buf_release(&b);
}

static void
poll(const struct about *a, const struct gp_plan_post *post,
    const struct gp_net_limits *l)
{
	const struct gp_plan_poll *q = post->poll;
	const char *const *option = q->option.v;
	const struct gp_net *net = post->net;
	size_t i;

	if (post->poll_as_text)
		say(a, POLL_TEXT, NULL, 0, 0);
	else if (!l->mixed_poll && (post->said.text.n > 0 || post->file.n > 0))
		say(a, POLL_APART, NULL, 0, 0);
	if (q->correct > 0 && !net->can_quiz && q->closes == 0)
		say(a, POLL_ANSWER, NULL, 0, 0);
	most(a, POLL_OPTIONS, NULL, (int64_t)q->option.n, (int64_t)l->options);
	most(a, POLL_QUESTION, NULL,
	    (int64_t)gp_act_length(net, gp_span_of(q->question)),
	    (int64_t)l->question);
	for (i = 0; i < q->option.n; i++)
		most(a, POLL_OPTION, option[i],
		    (int64_t)gp_act_length(net, gp_span_of(option[i])),
		    (int64_t)l->option);
	most(a, POLL_EXPLANATION, NULL,
	    (int64_t)gp_act_length(net, post->explanation.text),
	    (int64_t)l->explanation);
}

void
gp_plan_check_post(struct gp_plan_check *c, const struct gp_plan *p,
    const struct gp_plan_post *post, int out)
{
	const struct gp_net_limits *l = gp_net_limits_of(post->net);
	struct about a = about(c, p, post);
	size_t i;

	if (post->skip || post->gone)
		return;
	times(&a, post, out);
	text(&a, post);
	most(&a, FILES_COUNT, NULL, (int64_t)post->file.n, (int64_t)l->files);
	for (i = 0; i < post->file.n; i++)
		file(&a, l, &post->file.v[i]);
	if (post->poll != NULL)
		poll(&a, post, l);
}

void
gp_plan_check_page(struct gp_plan_check *c, const struct gp_plan *p,
    const struct gp_plan_entry *e, const char *page, const char *why)
{
	say(&(struct about){ c, p->name, e->id, page, e->line }, PAGE, why, 0,
	    0);
}

void
gp_plan_check_link(struct gp_plan_check *c, const struct gp_plan *p,
    const struct gp_plan_post *post, const char *url, const char *why)
{
	struct about a = about(c, p, post);
	struct gp_buf b;

	gp_buf_init(&b, 0);
	gp_buf_addf(&b, "%s: %s", url, why);
	say(&a, LINK, gp_buf_str(&b), 0, 0);
	gp_buf_release(&b);
}

static int
by_minute(const void *a, const void *b)
{
	const struct gp_plan_slot *x = a, *y = b;
	int r = strcmp(x->page, y->page);

	if (r != 0)
		return r;
	if (x->minute != y->minute)
		return x->minute < y->minute ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

void
gp_plan_check_clashes(struct gp_plan_check *c)
{
	struct gp_plan_slot *s = c->slot;
	size_t i;

	if (c->slots > 0)
		qsort(s, c->slots, sizeof(*s), by_minute);
	for (i = 1; i < c->slots; i++)
		if (strcmp(s[i].page, s[i - 1].page) == 0 &&
		    s[i].minute == s[i - 1].minute)
			say(&(struct about){ c, s[i].file, s[i].key, s[i].page,
				s[i].line },
			    CLASH, s[i - 1].key, 0, 0);
}

/* -- links ----------------------------------------------------------------- */

static const char *
next_address(const char *p, const char *end)
{
	const char *q;

	for (; p < end; p++) {
		q = memchr(p, 'h', (size_t)(end - p));
		if (q == NULL)
			return NULL;
		p = q;
		if ((end - p > 8 && memcmp(p, "https://", 8) == 0) ||
		    (end - p > 7 && memcmp(p, "http://", 7) == 0))
			return p;
	}
	return NULL;
}

void
gp_plan_links(const struct gp_plan_post *post, struct gp_pool *pool,
    void (*told)(void *ctx, const char *url), void *ctx)
{
	const char *p = post->said.text.p, *end = gp_span_end(post->said.text);
	const struct gp_said_span *s;
	const char *e;
	size_t i;

	for (i = 0; i < post->said.spans; i++) {
		s = &post->said.span[i];
		if (s->kind == GP_SAID_LINK && s->url.p[0] == 'h')
			told(ctx, gp_pool_copy(pool, s->url).p);
	}
	for (; (p = next_address(p, end)) != NULL; p = e) {
		for (e = p; e < end && (unsigned char)*e > ' '; e++)
			;
		while (strchr(".,;:!?)\"'", e[-1]) != NULL)
			e--;
		told(ctx,
		    gp_pool_copy(pool, (struct gp_span){ p, (size_t)(e - p) })
			.p);
	}
}
