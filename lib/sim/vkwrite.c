/* wall.post, edit, delete, pin: posts of the page, now and for later. */
#include <stdio.h>
#include <string.h>

#include "sim/vk.h"

#define WAITING_MAX 150
#define YEAR        (366 * 86400)

/* The wall of owner_id, to be written on. -1: the error is set. */
static int
wall(struct gp_sim_vk_call *c, struct gp_sim_vk_page *p)
{
	if (gp_sim_vk_owner(c, gp_sim_vk_number(c, "owner_id", 0), p) == -1 ||
	    gp_sim_vk_open(c, p) == -1)
		return -1;
	return p->f->mill_posts != 0 ? gp_sim_vk_error(c, 214) : 0;
}

/* The post of post_id, out or waiting; NULL: the error is set. */
static struct gp_sim_note *
post_of(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p, int code)
{
	struct gp_sim_note *n =
	    gp_sim_feed_own(p->f, gp_sim_vk_number(c, "post_id", 0));

	if (n != NULL && n->kind == GP_SIM_POST && !n->deleted)
		return n;
	if (code == 100)
		gp_sim_vk_fail(c, code, "post_id is incorrect");
	else
		gp_sim_vk_error(c, code);
	return NULL;
}

/* publish_date, as far as it can be had. -1: the error is set. */
static int
moment(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p,
    const struct gp_sim_note *same, gp_instant *due)
{
	*due = gp_sim_vk_number(c, "publish_date", 0);
	if (*due == 0)
		return 0;
	if (*due <= p->f->now)
		return gp_sim_vk_fail(
		    c, 100, "publish_date should be in the future");
	if (*due > p->f->now + YEAR)
		return gp_sim_vk_fail(
		    c, 100, "publish_date is more than a year ahead");
	if (same == NULL && gp_sim_feed_waiting(p->f) >= WAITING_MAX)
		return gp_sim_vk_fail(
		    c, 214, "there are 150 postponed posts already");
	if (gp_sim_feed_clash(p->f, *due, same))
		return gp_sim_vk_fail(
		    c, 214, "a post is already scheduled for this time");
	return 0;
}

/* As the page, or as the admin whose token it is. */
static int
author(struct gp_sim_vk_call *c, struct gp_sim_note *n)
{
	n->as = GP_SIM_CHANNEL;
	if (gp_sim_arg_true(c->r, "from_group"))
		return 0;
	n->as = GP_SIM_PERSON;
	n->from = gp_sim_vk_myself(c);
	return n->from == NULL ? gp_sim_vk_error(c, 214) : 0;
}

static void
result(struct gp_sim_vk_call *c, int64_t id)
{
	gp_jw_open(&c->jw, '{');
	gp_jw_kint(&c->jw, "post_id", id);
	gp_jw_close(&c->jw, '}');
}

/* With the post_id of one that waits: it goes out now. */
static int
publish(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p)
{
	struct gp_sim_note *n = post_of(c, p, 214);

	if (n == NULL)
		return -1;
	if (n->due == 0)
		return gp_sim_vk_fail(c, 214, "the post is published already");
	n = gp_sim_feed_publish(p->f, n);
	if (n == NULL)
		return gp_sim_vk_error(c, 10);
	pthread_cond_broadcast(&c->sim->news);
	result(c, n->id);
	return 0;
}

int
gp_sim_vk_wall_post(struct gp_sim_vk_call *c)
{
	const char *guid = gp_sim_arg(c->r, "guid");
	struct gp_sim_note like = { .kind = GP_SIM_POST }, *made;
	struct gp_sim_entry *before;
	struct gp_sim_vk_page p;
	char scope[40];

	if (wall(c, &p) == -1)
		return -1;
	if (gp_sim_vk_number(c, "post_id", 0) != 0)
		return publish(c, &p);
	snprintf(scope, sizeof(scope), "wall-%lld", (long long)p.id);
	before = gp_sim_vk_again(c, scope, guid);
	if (before != NULL) {
		result(c, before->number);
		return 0;
	}
	if (author(c, &like) == -1 ||
	    gp_sim_vk_content(
		c, &p, &like, gp_sim_arg(c->r, "attachments"), NULL) == -1 ||
	    moment(c, &p, NULL, &like.due) == -1)
		return -1;
	like.at = p.f->now;
	like.views = like.due == 0;
	like.closed = gp_sim_arg_true(c->r, "close_comments");
	made = gp_sim_feed_add(p.f, &like);
	if (made == NULL)
		return gp_sim_vk_error(c, 10);
	gp_sim_vk_wrote(c, &p, "post", scope, guid, made);
	result(c, made->id);
	return 0;
}

/* What is left out is taken away, but the moment it waits for. */
int
gp_sim_vk_wall_edit(struct gp_sim_vk_call *c)
{
	struct gp_sim_note *n, as;
	struct gp_sim_vk_page p;
	gp_instant due;

	if (wall(c, &p) == -1)
		return -1;
	n = post_of(c, &p, 100);
	if (n == NULL)
		return -1;
	if (n->forward != NULL)
		return gp_sim_vk_error(c, 15);
	as = *n;
	if (gp_sim_vk_content(c, &p, &as, gp_sim_arg(c->r, "attachments"), n) ==
		-1 ||
	    moment(c, &p, n, &due) == -1)
		return -1;
	if (due != 0 && n->due == 0)
		return gp_sim_vk_fail(
		    c, 100, "publish_date: the post is published already");
	as.text = n->text;
	as.closed = gp_sim_arg(c->r, "close_comments") != NULL
	    ? gp_sim_arg_true(c->r, "close_comments")
	    : n->closed;
	as.due = due != 0 ? due : n->due;
	*n = as;
	if (gp_sim_feed_edit(p.f, n->id,
		gp_span_of(gp_sim_arg(c->r, "message") != NULL
			? gp_sim_arg(c->r, "message")
			: "")) == -1)
		return gp_sim_vk_error(c, 10);
	gp_sim_vk_wrote(c, &p, "edit", NULL, NULL, n);
	if (c->version >= 5080)
		result(c, n->id);
	else
		gp_jw_int(&c->jw, 1);
	return 0;
}

int
gp_sim_vk_wall_delete(struct gp_sim_vk_call *c)
{
	struct gp_sim_note *n;
	struct gp_sim_vk_page p;

	if (wall(c, &p) == -1)
		return -1;
	n = post_of(c, &p, 104);
	if (n == NULL)
		return -1;
	if (n->due != 0) {
		gp_sim_feed_drop(p.f, n);
		n->deleted = 1;
		n->due = 0;
	} else if (gp_sim_feed_delete(p.f, n->id) == -1) {
		return gp_sim_vk_error(c, 10);
	}
	gp_sim_vk_wrote(c, &p, "delete", NULL, NULL, n);
	gp_jw_int(&c->jw, 1);
	return 0;
}

static int
pin(struct gp_sim_vk_call *c, int on)
{
	struct gp_sim_note *n;
	struct gp_sim_vk_page p;
	size_t i;

	if (wall(c, &p) == -1)
		return -1;
	n = post_of(c, &p, 100);
	if (n == NULL)
		return -1;
	if (n->due != 0)
		return gp_sim_vk_fail(c, 100, "post_id is not published yet");
	for (i = 0; on && i < p.f->posts.n; i++)
		p.f->posts.v[i]->pinned = 0;
	n->pinned = on;
	gp_jw_int(&c->jw, 1);
	return 0;
}

int
gp_sim_vk_wall_pin(struct gp_sim_vk_call *c)
{
	return pin(c, 1);
}

int
gp_sim_vk_wall_unpin(struct gp_sim_vk_call *c)
{
	return pin(c, 0);
}

static int
comments(struct gp_sim_vk_call *c, int closed)
{
	struct gp_sim_note *n;
	struct gp_sim_vk_page p;

	if (wall(c, &p) == -1)
		return -1;
	n = post_of(c, &p, 100);
	if (n == NULL)
		return -1;
	n->closed = closed;
	gp_jw_int(&c->jw, 1);
	return 0;
}

int
gp_sim_vk_close_comments(struct gp_sim_vk_call *c)
{
	return comments(c, 1);
}

int
gp_sim_vk_open_comments(struct gp_sim_vk_call *c)
{
	return comments(c, 0);
}
