#include "record/item.h"

#include <string.h>

#include "record/hashtag.h"

static void
instant(struct gp_jw *w, const char *key, gp_instant t)
{
	char text[GP_INSTANT_LEN];

	if (t != 0)
		gp_jw_kstr(w, key, gp_instant_utc(t, text));
}

/* As gp_jw_ktext: within the caller its key is a constant. */
static inline __attribute__((always_inline)) void
text(struct gp_jw *w, const char *key, struct gp_span s)
{
	if (s.n != 0)
		gp_jw_ktext(w, key, s);
}

static void
whole(struct gp_jw *w, const char *key, int64_t n)
{
	if (n != 0)
		gp_jw_kint(w, key, n);
}

static void
hashtags(struct gp_jw *w, struct gp_span s)
{
	const char *p = s.p;
	struct gp_span tag;
	int n = 0;

	if (s.n == 0)
		return;
	while (gp_hashtag_next(&p, s.p + s.n, &tag)) {
		if (n++ == 0) {
			gp_jw_key(w, "hashtags");
			gp_jw_open(w, '[');
		}
		gp_jw_text(w, tag);
	}
	if (n > 0)
		gp_jw_close(w, ']');
}

static void
attachments(struct gp_jw *w, const struct gp_attachment *a, size_t n)
{
	size_t i;

	if (n == 0)
		return;
	gp_jw_key(w, "attachments");
	gp_jw_open(w, '[');
	for (i = 0; i < n; i++) {
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "kind", a[i].kind);
		text(w, "url", a[i].url);
		text(w, "path", a[i].path);
		text(w, "title", a[i].title);
		text(w, "description", a[i].description);
		whole(w, "width", a[i].width);
		whole(w, "height", a[i].height);
		whole(w, "duration", a[i].duration);
		whole(w, "size", a[i].size);
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, ']');
}

/* Figures of one record, and the names of those that the source rounds. */
struct figures {
	struct gp_jw *w;
	const char *rounded[8];
	size_t n;
	int open;
};

/* Opens `counts` at the first figure that is there. */
static void
figure(struct figures *f, const char *key, struct gp_figure v)
{
	if (!v.set)
		return;
	if (!f->open) {
		gp_jw_key(f->w, "counts");
		gp_jw_open(f->w, '{');
		f->open = 1;
	}
	if (v.approx && f->n < sizeof(f->rounded) / sizeof(f->rounded[0]))
		f->rounded[f->n++] = key;
	gp_jw_kint(f->w, key, v.n);
}

static void
close_figures(struct figures *f)
{
	size_t i;

	if (f->n > 0) {
		gp_jw_key(f->w, "approx");
		gp_jw_open(f->w, '[');
		for (i = 0; i < f->n; i++)
			gp_jw_str(f->w, f->rounded[i]);
		gp_jw_close(f->w, ']');
	}
	if (f->open)
		gp_jw_close(f->w, '}');
}

static void
reactions(struct gp_jw *w, const struct gp_item *it)
{
	size_t i;

	if (it->reactions == 0)
		return;
	gp_jw_key(w, "reactions");
	gp_jw_open(w, '[');
	for (i = 0; i < it->reactions; i++) {
		gp_jw_open(w, '{');
		text(w, "emoji", it->reaction[i].emoji);
		text(w, "custom", it->reaction[i].custom);
		if (it->reaction[i].paid)
			gp_jw_kbool(w, "paid", 1);
		gp_jw_kint(w, "n", it->reaction[i].n);
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, ']');
}

static void
counts(struct gp_jw *w, const struct gp_item *it)
{
	struct gp_figure sum = { 0, it->reactions > 0, 0 };
	struct figures f = { .w = w };
	size_t i;

	for (i = 0; i < it->reactions; i++) {
		sum.n += it->reaction[i].n;
		sum.approx |= it->reaction[i].approx;
	}
	figure(&f, "views", it->views);
	figure(&f, "reactions", sum.set ? sum : it->reacted);
	figure(&f, "reposts", it->reposts);
	figure(&f, "comments", it->comments);
	close_figures(&f);
}

static void
poll(struct gp_jw *w, const struct gp_poll *p)
{
	size_t i;

	if (p == NULL)
		return;
	gp_jw_key(w, "poll");
	gp_jw_open(w, '{');
	gp_jw_ktext(w, "question", p->question);
	gp_jw_key(w, "options");
	gp_jw_open(w, '[');
	for (i = 0; i < p->n; i++) {
		const struct gp_poll_option *o = &p->option[i];

		gp_jw_open(w, '{');
		gp_jw_ktext(w, "text", o->text);
		if (o->votes.set)
			gp_jw_kint(w, "votes", o->votes.n);
		if (o->percent.set)
			gp_jw_kint(w, "percent", o->percent.n);
		if (o->correct)
			gp_jw_kbool(w, "correct", 1);
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, ']');
	if (p->voters.set)
		gp_jw_kint(w, "voters", p->voters.n);
	if (p->voters.set && p->voters.approx)
		gp_jw_kbool(w, "approx", 1);
	gp_jw_kbool(w, "quiz", p->quiz);
	gp_jw_kbool(w, "closed", p->closed);
	text(w, "explanation", p->explanation);
	gp_jw_close(w, '}');
}

static void
author(struct gp_jw *w, const struct gp_author *a)
{
	if (a->id.n == 0 && a->name.n == 0)
		return;
	gp_jw_key(w, "author");
	gp_jw_open(w, '{');
	text(w, "id", a->id);
	text(w, "name", a->name);
	gp_jw_kbool(w, "official", a->official);
	gp_jw_close(w, '}');
}

static void
repost(struct gp_jw *w, const struct gp_item *it)
{
	if (it->repost_name.n == 0 && it->repost_url.n == 0)
		return;
	gp_jw_key(w, "repost_of");
	gp_jw_open(w, '{');
	text(w, "id", it->repost_id);
	text(w, "name", it->repost_name);
	text(w, "url", it->repost_url);
	gp_jw_close(w, '}');
}

static void
state(struct gp_jw *w, const struct gp_item *it)
{
	if (it->edited_at != 0)
		instant(w, "edited", it->edited_at);
	else if (it->edited)
		gp_jw_kbool(w, "edited", 1);
	if (it->deleted)
		gp_jw_kbool(w, "deleted", 1);
	if (it->pinned)
		gp_jw_kbool(w, "pinned", 1);
}

void
gp_item_write(struct gp_buf *b, const struct gp_item *it)
{
	struct gp_jw w;

	gp_jw_init(&w, b);
	w.sound = it->sound;
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "type", it->type);
	text(&w, "id", it->id);
	gp_jw_kstr(&w, "network", it->network);
	text(&w, "page", it->page);
	instant(&w, "at", it->at);
	instant(&w, "seen", it->seen);
	text(&w, "url", it->url);
	text(&w, "of", it->of);
	text(&w, "chat", it->chat);
	text(&w, "post", it->post);
	text(&w, "parent", it->parent);
	text(&w, "thread", it->thread);
	author(&w, &it->author);
	text(&w, "signature", it->signature);
	text(&w, "service", it->service);
	if (it->text.p != NULL)
		gp_jw_ktext(&w, "text", it->text);
	hashtags(&w, it->text);
	attachments(&w, it->attachment, it->attachments);
	counts(&w, it);
	reactions(&w, it);
	poll(&w, it->poll);
	repost(&w, it);
	state(&w, it);
	text(&w, "source", it->source);
	gp_jw_close(&w, '}');
	gp_buf_addc(b, '\n');
}

void
gp_page_write(struct gp_buf *b, const struct gp_page *p)
{
	struct gp_jw w;
	struct figures f = { .w = &w };

	gp_jw_init(&w, b);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "type", "page");
	text(&w, "id", p->id);
	gp_jw_kstr(&w, "network", p->network);
	text(&w, "page", p->page);
	instant(&w, "at", p->seen);
	instant(&w, "seen", p->seen);
	text(&w, "url", p->url);
	text(&w, "title", p->title);
	text(&w, "about", p->about);
	text(&w, "address", p->address);
	text(&w, "phone", p->phone);
	text(&w, "email", p->email);
	text(&w, "site", p->site);
	if (p->verified)
		gp_jw_kbool(&w, "verified", 1);
	figure(&f, "subscribers", p->subscribers);
	figure(&f, "photos", p->photos);
	figure(&f, "videos", p->videos);
	figure(&f, "files", p->files);
	figure(&f, "links", p->links);
	close_figures(&f);
	text(&w, "source", p->source);
	gp_jw_close(&w, '}');
	gp_buf_addc(b, '\n');
}

void
gp_stats_add(struct gp_stats *s, const char *name, struct gp_figure n)
{
	if (!n.set || s->n == sizeof(s->figure) / sizeof(s->figure[0]))
		return;
	s->figure[s->n].name = name;
	s->figure[s->n++].n = n;
}

void
gp_stats_write(struct gp_buf *b, const struct gp_stats *s)
{
	struct gp_span of = s->post.n > 0 ? s->post : s->page;
	char from[GP_INSTANT_LEN];
	struct gp_jw w;
	size_t i;

	gp_instant_utc(s->from, from);
	gp_jw_init(&w, b);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "type", "stats");
	gp_jw_key(&w, "id");
	gp_buf_addf(b, "\"stats:%.*s/%.10s\"", (int)of.n, of.p, from);
	w.comma = 1;
	gp_jw_kstr(&w, "network", s->network);
	text(&w, "page", s->page);
	instant(&w, "at", s->from);
	instant(&w, "seen", s->seen);
	text(&w, "post", s->post);
	gp_jw_key(&w, "period");
	gp_jw_open(&w, '{');
	instant(&w, "from", s->from);
	instant(&w, "to", s->to);
	gp_jw_close(&w, '}');
	for (i = 0; i < s->n; i++)
		gp_jw_kint(&w, s->figure[i].name, s->figure[i].n.n);
	text(&w, "source", s->source);
	gp_jw_close(&w, '}');
	gp_buf_addc(b, '\n');
}
