/* wall.get, wall.getById, wall.getComments. */
#include <stdlib.h>
#include <string.h>

#include "sim/vk.h"

#define BARE 5150 /* older versions have a bare array */

static int
wall_of(struct gp_sim_vk_call *c, struct gp_sim_vk_page *p)
{
	const char *domain = gp_sim_arg(c->r, "domain");
	int64_t owner = gp_sim_vk_number(c, "owner_id", 0);

	if (owner == 0 && domain != NULL && *domain != '\0' &&
	    !gp_sim_vk_named(c, gp_span_of(domain), p))
		return gp_sim_vk_fail(c, 100, "domain is incorrect");
	if ((owner != 0 || domain == NULL || *domain == '\0') &&
	    gp_sim_vk_owner(c, owner, p) == -1)
		return -1;
	return gp_sim_vk_open(c, p);
}

const struct gp_sim_note *
gp_sim_vk_pin(const struct gp_sim_feed *f)
{
	size_t i;

	for (i = f->posts.n; i > 0; i--)
		if (f->posts.v[i - 1]->pinned && !f->posts.v[i - 1]->deleted)
			return f->posts.v[i - 1];
	return NULL;
}

static void
posts(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p, int64_t offset,
    int64_t n)
{
	const struct gp_sim_note *pin = gp_sim_vk_pin(p->f), *post;
	struct gp_sim_walk walk;

	gp_sim_walk_posts(&walk, p->f);
	if (pin != NULL && offset == 0 && n-- > 0)
		gp_sim_vk_json_post(c, p, pin);
	else if (pin != NULL)
		offset--;
	if (pin == NULL) { /* a computed wall is long: do not count it off */
		gp_sim_walk_skip(&walk, offset);
		offset = 0;
	}
	while (n > 0 && (post = gp_sim_walk_next(&walk)) != NULL) {
		if (post == pin || offset-- > 0)
			continue;
		gp_sim_vk_json_post(c, p, post);
		n--;
	}
}

/* Posts that wait, the one that is due first first. */
static void
postponed(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p,
    int64_t offset, int64_t n)
{
	const struct gp_sim_note *w, *next, *last = NULL;

	for (; n > 0; last = next) {
		next = NULL;
		for (w = p->f->waiting; w != NULL; w = w->next)
			if ((last == NULL || w->due > last->due) &&
			    (next == NULL || w->due < next->due))
				next = w;
		if (next == NULL)
			break;
		if (offset-- > 0)
			continue;
		gp_sim_vk_json_post(c, p, next);
		n--;
	}
}

int
gp_sim_vk_wall_get(struct gp_sim_vk_call *c)
{
	static const char *const filters[] = { "owner", "all", "others",
		"postponed", "suggests", "archived", "donut" };
	const char *filter = gp_sim_arg(c->r, "filter");
	size_t i = 1, k = sizeof(filters) / sizeof(filters[0]);
	struct gp_sim_vk_page p;
	int64_t offset, n, all;
	int waits;

	for (i = 0; filter != NULL && i < k; i++)
		if (strcmp(filter, filters[i]) == 0)
			break;
	if (i == k)
		return gp_sim_vk_fail(c, 100, "filter is incorrect");
	if (wall_of(c, &p) == -1 ||
	    gp_sim_vk_window(c, 20, GP_SIM_VK_COUNT, &offset, &n) == -1)
		return -1;
	waits = i < k && strcmp(filters[i], "postponed") == 0;
	/* What is not out is for who runs the page. */
	if (waits && c->token != GP_SIM_T_VK_USER)
		return gp_sim_vk_error(c, 15);
	/* Citizens comment here, they do not post. */
	all = i < 2 ? gp_sim_feed_posts(p.f)
	    : waits ? (int64_t)gp_sim_feed_waiting(p.f)
		    : 0;
	gp_jw_open(&c->jw, '{');
	gp_jw_kint(&c->jw, "count", all);
	gp_jw_key(&c->jw, "items");
	gp_jw_open(&c->jw, '[');
	if (waits)
		postponed(c, &p, offset, n);
	else
		posts(c, &p, offset, all > 0 ? n : 0);
	gp_jw_close(&c->jw, ']');
	if (gp_sim_arg_true(c->r, "extended"))
		gp_sim_vk_json_met(c, &p);
	gp_jw_close(&c->jw, '}');
	return 0;
}

/* "-777_40": that post, where it stands and may be seen. */
static void
one_of(struct gp_sim_vk_call *c, struct gp_span word, struct gp_sim_vk_page *p,
    int *met)
{
	const struct gp_sim_note *n;
	struct gp_sim_vk_page here;
	struct gp_sim_note tmp;
	char *end;
	int64_t owner = strtoll(word.p, &end, 10), id;

	if (*end != '_' || owner >= 0)
		return;
	id = strtoll(end + 1, NULL, 10);
	if (gp_sim_vk_owner(c, owner, &here) == -1 ||
	    gp_sim_vk_open(c, &here) == -1)
		return;
	*p = here;
	*met = 1;
	n = gp_sim_feed_note(p->f, id, &tmp);
	if (n != NULL && n->kind == GP_SIM_POST && !n->deleted &&
	    (n->due == 0 || c->token == GP_SIM_T_VK_USER))
		gp_sim_vk_json_post(c, p, n);
}

int
gp_sim_vk_wall_get_by_id(struct gp_sim_vk_call *c)
{
	const char *list = gp_sim_arg(c->r, "posts");
	int extended = gp_sim_arg_true(c->r, "extended"), met = 0, n = 0;
	int bare = c->version < BARE && !extended;
	struct gp_sim_vk_page p;
	struct gp_span word;

	if (!bare) {
		gp_jw_open(&c->jw, '{');
		gp_jw_key(&c->jw, "items");
	}
	gp_jw_open(&c->jw, '[');
	while (gp_sim_vk_each(&list, &word)) {
		if (++n > GP_SIM_VK_COUNT)
			return gp_sim_vk_fail(c, 100, "posts: more than 100");
		one_of(c, word, &p, &met);
	}
	gp_jw_close(&c->jw, ']');
	if (extended && met)
		gp_sim_vk_json_met(c, &p);
	if (!bare)
		gp_jw_close(&c->jw, '}');
	c->code = 0; /* what may not be seen is left out, and no error */
	return 0;
}

/* What getComments shows of its post, or of one thread. */
struct comments {
	struct gp_sim_vk_page p;
	const struct gp_sim_note *post, *of; /* of: the post, or a comment */
	struct gp_sim_note post_tmp, of_tmp;
	int64_t offset, n, threads, preview;
	int desc;
};

static void thread(struct gp_sim_vk_call *c, const struct comments *q,
    const struct gp_sim_note *root);

static void
one_comment(struct gp_sim_vk_call *c, const struct comments *q,
    const struct gp_sim_note *n)
{
	struct gp_jw *w = &c->jw;

	gp_jw_open(w, '{');
	if (n->deleted) {
		gp_jw_kint(w, "id", n->id);
		gp_jw_kbool(w, "deleted", 1);
	} else {
		gp_sim_vk_json_comment(c, &q->p, n, q->preview);
	}
	if (n->root == 0)
		thread(c, q, n);
	gp_jw_close(w, '}');
}

static void
thread(struct gp_sim_vk_call *c, const struct comments *q,
    const struct gp_sim_note *root)
{
	const struct gp_sim_note *n;
	struct gp_sim_walk walk;
	struct gp_jw *w = &c->jw;
	int64_t left = q->threads;

	gp_jw_key(w, "thread");
	gp_jw_open(w, '{');
	gp_jw_kint(w, "count", root->live_under);
	gp_jw_key(w, "items");
	gp_jw_open(w, '[');
	gp_sim_walk_under(&walk, q->p.f, root, 0);
	while (left-- > 0 && (n = gp_sim_walk_next(&walk)) != NULL)
		one_comment(c, q, n);
	gp_jw_close(w, ']');
	gp_jw_kbool(w, "can_post", 1);
	gp_jw_kbool(w, "show_reply_button", 1);
	gp_jw_kbool(w, "groups_can_post", 1);
	gp_jw_close(w, '}');
}

/* All that can be met of this level: deleted ones with replies count too. */
static int64_t
met(const struct comments *q)
{
	struct gp_sim_walk walk;
	int64_t n = 0;

	if (q->p.f->mill_posts != 0)
		return q->of->live_under;
	gp_sim_walk_under(&walk, q->p.f, q->of, 0);
	while (gp_sim_walk_next(&walk) != NULL)
		n++;
	return n;
}

static void
comments(struct gp_sim_vk_call *c, const struct comments *q)
{
	int64_t start = gp_sim_vk_number(c, "start_comment_id", 0);
	int64_t skip = q->offset, left = q->n;
	const struct gp_sim_note *n;
	struct gp_sim_walk walk;

	gp_sim_walk_under(&walk, q->p.f, q->of, q->desc);
	if (start == 0)
		gp_sim_walk_skip(&walk, skip);
	while (left > 0 && (n = gp_sim_walk_next(&walk)) != NULL) {
		/* The offset counts from the comment that is named. */
		if (start != 0 && n->id != start)
			continue;
		if (start != 0 && skip > 0) {
			start = 0;
			gp_sim_walk_skip(&walk, skip - 1);
			continue;
		}
		start = 0;
		one_comment(c, q, n);
		left--;
	}
}

static int
find_post(struct gp_sim_vk_call *c, struct comments *q)
{
	int64_t id = gp_sim_vk_number(c, "comment_id", 0);
	int64_t post = gp_sim_vk_number(c, "post_id", 0);

	q->of = id != 0 ? gp_sim_feed_note(q->p.f, id, &q->of_tmp) : NULL;
	if (id != 0 &&
	    (q->of == NULL || q->of->kind != GP_SIM_COMMENT ||
		(post != 0 && q->of->post != post)))
		return gp_sim_vk_fail(c, 100, "comment_id is incorrect");
	if (q->of != NULL)
		post = q->of->post;
	if (post == 0)
		return gp_sim_vk_fail(c, 100, "post_id is undefined");
	q->post = gp_sim_feed_note(q->p.f, post, &q->post_tmp);
	if (q->post == NULL || q->post->kind != GP_SIM_POST ||
	    q->post->deleted || q->post->due != 0)
		return gp_sim_vk_fail(
		    c, 15, "post was not found check post_id param");
	if (q->of == NULL)
		q->of = q->post;
	return 0;
}

static int
asked(struct gp_sim_vk_call *c, struct comments *q)
{
	const char *sort = gp_sim_arg(c->r, "sort");

	if (gp_sim_vk_owner(c, gp_sim_vk_number(c, "owner_id", 0), &q->p) ==
		-1 ||
	    gp_sim_vk_open(c, &q->p) == -1)
		return -1;
	if (q->p.f->page->mute)
		return gp_sim_vk_error(c, 212);
	if (gp_sim_vk_window(c, 10, GP_SIM_VK_COUNT, &q->offset, &q->n) == -1 ||
	    find_post(c, q) == -1)
		return -1;
	q->threads = gp_sim_vk_number(c, "thread_items_count", 0);
	if (q->threads > 10)
		return gp_sim_vk_fail(
		    c, 100, "thread_items_count should be less or equal to 10");
	q->preview = gp_sim_vk_number(c, "preview_length", 90);
	q->desc = sort != NULL && strcmp(sort, "desc") == 0;
	if (sort != NULL && !q->desc && strcmp(sort, "asc") != 0 &&
	    strcmp(sort, "smart") != 0)
		return gp_sim_vk_fail(c, 100, "sort is incorrect");
	return 0;
}

int
gp_sim_vk_wall_get_comments(struct gp_sim_vk_call *c)
{
	struct gp_jw *w = &c->jw;
	struct comments q;

	if (asked(c, &q) == -1)
		return -1;
	gp_jw_open(w, '{');
	gp_jw_kint(
	    w, "count", q.of == q.post ? q.post->live_all : q.of->live_under);
	gp_jw_key(w, "items");
	gp_jw_open(w, '[');
	comments(c, &q);
	gp_jw_close(w, ']');
	if (gp_sim_arg_true(c->r, "extended"))
		gp_sim_vk_json_met(c, &q.p);
	gp_jw_kint(w, "current_level_count", met(&q));
	gp_jw_kbool(w, "can_post", 1);
	gp_jw_kbool(w, "show_reply_button", 1);
	gp_jw_kbool(w, "groups_can_post", 1);
	gp_jw_close(w, '}');
	return 0;
}
