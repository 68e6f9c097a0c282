#include "sim/feed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/timeline.h"

int
gp_sim_feed_init(
    struct gp_sim_feed *f, const struct gp_sim_scenario *s, enum gp_sim_net net)
{
	struct gp_sim_month m = { NULL, NULL, NULL, s->now };

	memset(f, 0, sizeof(*f));
	gp_pool_init(&f->pool);
	f->net = net;
	f->s = s;
	f->page = s->own[net];
	if (f->page == NULL)
		return 0;
	m.posts = f->page->posts.n > 0 ? &f->page->posts : &s->posts;
	m.letters = &f->page->letters;
	if (m.letters->n == 0 && m.posts == &s->posts)
		m.letters = &s->letters;
	f->month = m.posts;
	f->event = gp_sim_events(&m, &f->events);
	f->post_id = calloc(m.posts->n + 1, sizeof(*f->post_id));
	return f->event == NULL || f->post_id == NULL ? -1 : 0;
}

void
gp_sim_feed_release(struct gp_sim_feed *f)
{
	size_t i;

	for (i = 0; i < f->notes.n; i++) {
		free(f->notes.v[i]->under.v);
		free(f->notes.v[i]->all.v);
		free(f->notes.v[i]);
	}
	free(f->notes.v);
	free(f->posts.v);
	free(f->letters.v);
	free(f->news);
	free(f->event);
	free(f->post_id);
	gp_pool_release(&f->pool);
	gp_sim_mill_free(f->mill);
	memset(f, 0, sizeof(*f));
}

/* Ids of MAX are negative: there clones go down. */
static int64_t
step(const struct gp_sim_feed *f)
{
	return f->net == GP_SIM_MAX ? -1 : 1;
}

int64_t
gp_sim_feed_page(const struct gp_sim_feed *f, int64_t id)
{
	const struct gp_sim_own *p = f->page;
	int64_t k;

	/* The id may be any number that somebody sent. */
	if (p == NULL || id < p->id - f->clones || id > p->id + f->clones)
		return -1;
	k = (id - p->id) * step(f);
	return k >= 0 ? k : -1;
}

int64_t
gp_sim_feed_named(const struct gp_sim_feed *f, struct gp_span name)
{
	size_t n;
	char digits[16], *end;
	long long k;

	if (f->page == NULL)
		return 0;
	n = strlen(f->page->name);
	if (name.n < n || memcmp(name.p, f->page->name, n) != 0)
		return 0;
	if (name.n == n)
		return f->page->id;
	if (name.p[n] != '_' || name.n - n >= sizeof(digits))
		return 0;
	snprintf(digits, sizeof(digits), "%.*s", (int)(name.n - n - 1),
	    name.p + n + 1);
	k = strtoll(digits, &end, 10);
	return *digits >= '1' && *digits <= '9' && *end == '\0' &&
		k <= f->clones
	    ? f->page->id + k * step(f)
	    : 0;
}

const char *
gp_sim_feed_name(const struct gp_sim_feed *f, int64_t id, char to[80])
{
	int64_t k = gp_sim_feed_page(f, id);

	if (k > 0)
		snprintf(to, 80, "%.50s_%lld", f->page->name, (long long)k);
	else
		snprintf(to, 80, "%s", f->page->name);
	return to;
}

struct gp_sim_note *
gp_sim_feed_own(const struct gp_sim_feed *f, int64_t id)
{
	return id > 0 && (uint64_t)id <= f->notes.n ? f->notes.v[id - 1] : NULL;
}

const struct gp_sim_note *
gp_sim_feed_note(
    const struct gp_sim_feed *f, int64_t id, struct gp_sim_note *tmp)
{
	if (f->mill_posts == 0)
		return gp_sim_feed_own(f, id);
	return gp_sim_mill_note(f, id, tmp) ? tmp : NULL;
}

int
gp_sim_feed_gone(const struct gp_sim_feed *f, const struct gp_sim_note *n)
{
	const struct gp_sim_note *post = gp_sim_feed_own(f, n->post);

	return n->deleted || n->due != 0 || (post != NULL && post->deleted);
}

int64_t
gp_sim_feed_posts(const struct gp_sim_feed *f)
{
	int64_t n = 0;
	size_t i;

	if (f->mill_posts != 0)
		return f->mill_posts;
	for (i = 0; i < f->posts.n; i++)
		n += !f->posts.v[i]->deleted;
	return n;
}

/* 1: room for one more. */
static int
room(void *list, size_t n, size_t *cap, size_t size)
{
	size_t more = *cap == 0 ? 16 : *cap * 2;
	void *p;

	if (n < *cap)
		return 1;
	p = realloc(*(void **)list, more * size);
	if (p == NULL)
		return 0;
	*(void **)list = p;
	*cap = more;
	return 1;
}

static int
put(struct gp_sim_notes *list, struct gp_sim_note *n)
{
	if (!room(&list->v, list->n, &list->cap, sizeof(n)))
		return -1;
	list->v[list->n++] = n;
	return 0;
}

static int
tell(struct gp_sim_feed *f, enum gp_sim_news_kind kind,
    const struct gp_sim_note *n)
{
	if (!room(&f->news, f->news_n, &f->news_cap, sizeof(*f->news)))
		return -1;
	f->news[f->news_n++] = (struct gp_sim_news){ kind, f->now, n, n->text };
	return 0;
}

/* Where a comment stands: under its post, in its thread. */
static int
place_comment(struct gp_sim_feed *f, struct gp_sim_note *n)
{
	struct gp_sim_note *post, *to = gp_sim_feed_own(f, n->reply_to), *root;

	if (to != NULL && to->kind == GP_SIM_COMMENT) {
		n->post = to->post;
		n->root = to->root != 0 ? to->root : to->id;
	} else {
		n->reply_to = 0;
	}
	post = gp_sim_feed_own(f, n->post);
	root = n->root != 0 ? gp_sim_feed_own(f, n->root) : post;
	if (post == NULL || put(&post->all, n) == -1 ||
	    put(&root->under, n) == -1)
		return -1;
	post->live_all++;
	root->live_under++;
	return 0;
}

/* Its place among the letters of that talk, deleted ones counted. */
static int64_t
place_letter(const struct gp_sim_feed *f, const struct gp_sim_note *n)
{
	size_t i;

	for (i = f->letters.n; i > 0; i--)
		if (f->letters.v[i - 1]->from == n->from)
			return f->letters.v[i - 1]->place + 1;
	return 1;
}

struct gp_sim_note *
gp_sim_feed_add(struct gp_sim_feed *f, const struct gp_sim_note *like)
{
	static const enum gp_sim_news_kind kinds[] = { GP_SIM_N_POST,
		GP_SIM_N_COMMENT, GP_SIM_N_LETTER };
	struct gp_sim_note *n = malloc(sizeof(*n));
	struct gp_span text;
	int r = 0;

	if (n == NULL || f->page == NULL || f->mill_posts != 0) {
		free(n);
		return NULL;
	}
	text = gp_pool_copy(
	    &f->pool, gp_span_of(like->text != NULL ? like->text : ""));
	*n = *like;
	n->text = text.p;
	n->id = (int64_t)f->notes.n + 1;
	if (f->pool.bad || put(&f->notes, n) == -1) {
		free(n);
		return NULL;
	}
	if (n->due != 0) {
		n->next = f->waiting;
		f->waiting = n;
		return n;
	}
	if (n->kind == GP_SIM_LETTER)
		n->place = place_letter(f, n);
	if (n->kind == GP_SIM_COMMENT)
		r = place_comment(f, n);
	else
		r = put(n->kind == GP_SIM_POST ? &f->posts : &f->letters, n);
	return r == -1 || tell(f, kinds[n->kind], n) == -1 ? NULL : n;
}

int
gp_sim_feed_edit(struct gp_sim_feed *f, int64_t id, struct gp_span text)
{
	struct gp_sim_note *n = gp_sim_feed_own(f, id);
	struct gp_span copy = gp_pool_copy(&f->pool, text);

	if (n == NULL || f->pool.bad)
		return -1;
	n->before = n->text;
	n->text = copy.p;
	n->edited = f->now;
	return tell(f, GP_SIM_N_EDITED, n);
}

int
gp_sim_feed_delete(struct gp_sim_feed *f, int64_t id)
{
	struct gp_sim_note *n = gp_sim_feed_own(f, id), *post;

	if (n == NULL || n->deleted)
		return 0;
	n->deleted = 1;
	if (n->kind == GP_SIM_COMMENT) {
		post = gp_sim_feed_own(f, n->post);
		post->live_all--;
		(n->root != 0 ? gp_sim_feed_own(f, n->root) : post)
		    ->live_under--;
	}
	return tell(f, GP_SIM_N_DELETED, n);
}

static int
posted(struct gp_sim_feed *f, struct gp_sim_event *e)
{
	const struct gp_sim_post *all = f->month->v, *p = e->post;
	struct gp_sim_text words = { 0 };
	struct gp_sim_note *made,
	    like = {
		    .kind = GP_SIM_POST,
		    .as = GP_SIM_CHANNEL,
		    .at = p->at,
		    .photos = p->photos,
		    .video = p->video,
		    .views = p->views,
		    .document = p->document,
		    .location = p->location,
		    .poll = p->poll,
		    .link = p->link,
		    .forward = p->forward,
		    .reactions = &p->reactions,
		    .signature = p->signature,
	    };
	size_t i;

	for (i = 0; i < f->month->n && p->reply_to != 0; i++)
		if (all[i].id == p->reply_to)
			like.reply_to = f->post_id[i];
	made = gp_sim_feed_own(f, like.reply_to);
	if (p->service != NULL) { /* a notice of Telegram's, not a post */
		if (made != NULL && strcmp(p->service, "pinned") == 0)
			made->pinned = 1;
		return 0;
	}
	if (p->text != NULL &&
	    gp_sim_text_read(&words, gp_span_of(p->text)) == -1)
		return -1;
	like.text = words.s;
	made = gp_sim_feed_add(f, &like);
	gp_sim_text_release(&words);
	if (made == NULL)
		return -1;
	e->id = f->post_id[p - all] = made->id;
	return 0;
}

static int
said(struct gp_sim_feed *f, struct gp_sim_event *e)
{
	const struct gp_sim_post *all = f->month->v;
	const struct gp_sim_line *l = e->line;
	struct gp_sim_text words = { 0 };
	struct gp_sim_note *made,
	    like = {
		    .kind = GP_SIM_LETTER,
		    .as = gp_sim_as_whom(l->as),
		    .from = l->who,
		    .at = l->at,
		    .photos = l->photos,
		    .reply_to = gp_sim_event_id(f->event, f->happened, e->to),
	    };

	if (e->post != NULL) {
		like.kind = GP_SIM_COMMENT;
		like.post = f->post_id[e->post - all];
		if (like.post == 0) /* under a notice */
			return 0;
	} else {
		like.from = e->peer;
	}
	if (like.as == GP_SIM_GROUP)
		like.as = GP_SIM_CHANNEL;
	if (l->text != NULL &&
	    gp_sim_text_read(&words, gp_span_of(l->text)) == -1)
		return -1;
	like.text = words.s;
	made = gp_sim_feed_add(f, &like);
	gp_sim_text_release(&words);
	e->id = made != NULL ? made->id : 0;
	return made != NULL ? 0 : -1;
}

static int
said_anew(struct gp_sim_feed *f, const struct gp_sim_event *e)
{
	int64_t id = gp_sim_event_id(f->event, f->happened, e->line);
	struct gp_sim_note *n = gp_sim_feed_own(f, id);
	struct gp_sim_text words = { 0 };
	int r;

	if (n == NULL || gp_sim_feed_gone(f, n))
		return 0;
	if (gp_sim_text_read(&words, gp_span_of(e->line->edited->text)) == -1)
		return -1;
	r = gp_sim_feed_edit(f, id, gp_sim_text_span(&words));
	gp_sim_text_release(&words);
	return r;
}

static int
happens(struct gp_sim_feed *f, struct gp_sim_event *e)
{
	const struct gp_sim_post *all = f->month->v;
	struct gp_sim_note *n;

	if (e->what == GP_SIM_POSTED)
		return posted(f, e);
	if (e->what == GP_SIM_SAID)
		return said(f, e);
	if (e->what == GP_SIM_SAID_ANEW)
		return said_anew(f, e);
	n = gp_sim_feed_own(f, f->post_id[e->post - all]);
	if (n == NULL || n->deleted)
		return 0;
	if (e->what == GP_SIM_POLL_CLOSED)
		n->poll_closed = 1;
	if (e->what != GP_SIM_POST_EDITED)
		return 0;
	n->edited = e->at; /* the scenario does not say what it was before */
	return tell(f, GP_SIM_N_EDITED, n);
}

int
gp_sim_feed_play(struct gp_sim_feed *f, gp_instant until)
{
	struct gp_sim_note *due;
	struct gp_sim_event *e;

	for (;;) {
		e = f->happened < f->events ? &f->event[f->happened] : NULL;
		if (e != NULL && e->at > until)
			e = NULL;
		due = gp_sim_feed_due(f, e != NULL ? e->at : until);
		if (due != NULL) {
			f->now = due->due;
			if (gp_sim_feed_publish(f, due) == NULL)
				return -1;
			continue;
		}
		if (e == NULL)
			break;
		f->now = e->at;
		if (happens(f, e) == -1)
			return -1;
		f->happened++;
	}
	f->now = until;
	return 0;
}
