#include "report/posts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "report/hash.h"
#include "report/reports.h"

enum {
	TEXT_WIDTH = 120
};

static void
count(struct gp_posts *p, enum gp_posts_of of, struct gp_span name,
    const struct gp_post *post, const struct gp_posted *d)
{
	size_t known = p->map.n;
	struct gp_posts_line *v =
	    gp_grown(p->line, p->map.n, &p->cap, sizeof(*v));
	int64_t k;

	if (v != NULL)
		p->line = v;
	k = v != NULL
	    ? gp_keymap_put(&p->map,
		  gp_hash(name) ^ (uint64_t)of << 61 ^ (uint64_t)d->piece << 50)
	    : -1;
	if (k == -1) {
		p->bad = 1;
		return;
	}
	v = &p->line[k];
	if (p->map.n > known)
		*v = (struct gp_posts_line){ .of = of,
			.name = name.n > 0 ? gp_span_dup(name) : NULL,
			.piece = d->piece };
	gp_post_add(&v->sum, post);
	if (d->er >= 0) {
		v->er += d->er;
		v->has_er++;
	}
}

static void
tags(struct gp_posts *p, struct gp_shelf_walk *w, const struct gp_post *post,
    const struct gp_posted *d, struct gp_buf *b)
{
	struct gp_json_obj list;
	struct gp_span s;
	size_t i;

	if (post->hashtags.type != GP_JSON_ARRAY ||
	    gp_json_enter(w->reader, post->hashtags, &list) == -1)
		return;
	for (i = 0; i < list.n; i++) {
		s = gp_fact_text(list.m[i].value, b);
		if (s.n > 0)
			count(p, GP_POSTS_HASHTAG, s, post, d);
	}
}

static char *
text(struct gp_json v, struct gp_buf *b)
{
	struct gp_span s = gp_fact_text(v, b), fits;
	struct gp_buf plain;
	char *to;

	if (s.n == 0)
		return NULL;
	gp_buf_init(&plain, 0);
	gp_utf8_plain(&plain, s);
	fits = gp_utf8_fit(gp_buf_span(&plain), TEXT_WIDTH - 1);
	if (fits.n < plain.n) {
		plain.n = fits.n;
		gp_buf_adds(&plain, "…");
	}
	to = gp_buf_detach(&plain);
	gp_buf_release(&plain);
	return to;
}

static void
ratios(struct gp_posts *p, const struct gp_post *post, struct gp_posted *d,
    struct gp_buf *b)
{
	int64_t followers = gp_followers_at(
	    &p->followers, gp_page_hash(post->page, b), post->at);

	/* A page that was read only later: as it was then. */
	if (followers < 0)
		followers = gp_followers_at(
		    &p->followers, gp_page_hash(post->page, b), INT64_MAX);
	d->acts = gp_post_acts(post);
	d->views = post->views;
	d->er = d->acts >= 0 && followers > 0
	    ? 100.0 * (double)d->acts / (double)followers
	    : -1;
	d->err = d->acts >= 0 && post->views > 0
	    ? 100.0 * (double)d->acts / (double)post->views
	    : -1;
}

static void
take(struct gp_posts *p, struct gp_shelf_walk *w, struct gp_buf *b)
{
	struct gp_post post;
	struct gp_posted d = { .at = 0 }, *list;
	char hour[4];
	int piece, known = gp_post_read(w, &post);

	if (known != 1) {
		p->undated += known == 2;
		return;
	}
	piece = gp_period_of(&p->c->period, post.at);
	if (piece == -1)
		return;
	d.at = post.at;
	d.piece = (uint32_t)piece;
	ratios(p, &post, &d, b);
	d.page = text(post.page, b);
	d.text = text(post.text, b);
	d.url = text(post.url, b);
	d.id = text(post.id, b);
	snprintf(hour, sizeof(hour), "%02d", gp_hour_of(post.at) % 24);
	count(p, GP_POSTS_ALL, (struct gp_span){ "", 0 }, &post, &d);
	if (d.page != NULL)
		count(p, GP_POSTS_PAGE, gp_span_of(d.page), &post, &d);
	count(p, GP_POSTS_HOUR, gp_span_of(hour), &post, &d);
	tags(p, w, &post, &d, b);
	if (gp_fact_text(post.rubric, b).n > 0)
		count(p, GP_POSTS_RUBRIC, gp_fact_text(post.rubric, b), &post,
		    &d);
	list = gp_grown(p->post, p->posts, &p->most, sizeof(*list));
	if (list != NULL) {
		p->post = list;
		p->post[p->posts++] = d;
		return;
	}
	p->bad = 1;
	free(d.page);
	free(d.text);
	free(d.url);
	free(d.id);
}

int
gp_posts_take(struct gp_posts *p)
{
	struct gp_shelf_walk w;
	struct gp_buf b;

	gp_followers_read(&p->followers, &p->c->shelf);
	if (p->followers.bad || gp_shelf_walk(&w, &p->c->shelf) == -1)
		return -1;
	gp_buf_init(&b, 0);
	while (gp_shelf_next(&w) && !p->bad)
		take(p, &w, &b);
	gp_buf_release(&b);
	gp_shelf_done(&w);
	return p->bad ? -1 : 0;
}

void
gp_posts_release(struct gp_posts *p)
{
	size_t i;

	for (i = 0; i < p->map.n && p->line != NULL; i++)
		free(p->line[i].name);
	for (i = 0; i < p->posts; i++) {
		free(p->post[i].page);
		free(p->post[i].text);
		free(p->post[i].url);
		free(p->post[i].id);
	}
	free(p->line);
	free(p->post);
	gp_keymap_release(&p->map);
	gp_followers_release(&p->followers);
}

static const enum gp_dim no_dims[] = { GP_DIM_ALL };
static const enum gp_measure no_measures[] = { GP_MEASURES };
static const struct gp_counted_plan plan = { .report = "posts",
	.dim = no_dims,
	.measure = no_measures,
	.shelf = GP_ON_POST | GP_ON_PAGE | GP_ON_STATS };

static void *
make(const struct gp_report_how *how, struct gp_why *why)
{
	return gp_plain_make(how, &plan, why);
}

const struct gp_report gp_report_posts =
    GP_PLAIN_REPORT("posts", "sum|best|worst|list", make, gp_posts_show);
