/* wall.createComment, editComment, deleteComment. */
#include <stdio.h>

#include "sim/vk.h"

/* As the page, where from_group says so or the token is its own. */
static int
author(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p,
    struct gp_sim_note *n)
{
	int64_t group = gp_sim_vk_number(c, "from_group", 0);

	n->as = GP_SIM_CHANNEL;
	if (group != 0 && group != p->id) /* the id of the page, not 1 */
		return gp_sim_vk_fail(c, 100, "from_group is incorrect");
	if (group != 0 || c->token == GP_SIM_T_VK_COMMUNITY)
		return 0;
	n->as = GP_SIM_PERSON;
	n->from = gp_sim_vk_myself(c);
	return n->from == NULL ? gp_sim_vk_error(c, 15) : 0;
}

/* Under what; -1: the error is set. */
static int
place(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p,
    struct gp_sim_note *n)
{
	const struct gp_sim_note *post, *to;
	int64_t reply = gp_sim_vk_number(c, "reply_to_comment", 0);

	post = gp_sim_feed_own(p->f, gp_sim_vk_number(c, "post_id", 0));
	if (post == NULL || post->kind != GP_SIM_POST ||
	    gp_sim_feed_gone(p->f, post))
		return gp_sim_vk_fail(
		    c, 15, "post was not found check post_id param");
	if (p->f->page->mute || post->closed)
		return gp_sim_vk_error(c, 213);
	n->post = post->id;
	if (reply == 0)
		return 0;
	to = gp_sim_feed_own(p->f, reply);
	if (to == NULL || to->kind != GP_SIM_COMMENT || to->post != post->id ||
	    to->deleted)
		return gp_sim_vk_fail(c, 100, "reply_to_comment is incorrect");
	n->reply_to = reply;
	return 0;
}

static int
wall(struct gp_sim_vk_call *c, struct gp_sim_vk_page *p)
{
	if (gp_sim_vk_owner(c, gp_sim_vk_number(c, "owner_id", 0), p) == -1)
		return -1;
	if (p->f->page->deactivated != NULL)
		return gp_sim_vk_error(c, 18);
	return p->f->mill_posts != 0 ? gp_sim_vk_error(c, 213) : 0;
}

static void
result(struct gp_sim_vk_call *c, const struct gp_sim_note *n)
{
	gp_jw_open(&c->jw, '{');
	gp_jw_kint(&c->jw, "comment_id", n->id);
	gp_jw_key(&c->jw, "parents_stack");
	gp_jw_open(&c->jw, '[');
	if (n->root != 0)
		gp_jw_int(&c->jw, n->root);
	gp_jw_close(&c->jw, ']');
	gp_jw_close(&c->jw, '}');
}

int
gp_sim_vk_create_comment(struct gp_sim_vk_call *c)
{
	const char *guid = gp_sim_arg(c->r, "guid");
	struct gp_sim_note like = { .kind = GP_SIM_COMMENT }, *made;
	struct gp_sim_entry *before;
	struct gp_sim_vk_page p;
	char scope[64];

	if (wall(c, &p) == -1 || author(c, &p, &like) == -1)
		return -1;
	snprintf(scope, sizeof(scope), "wall-%lld_%lld", (long long)p.id,
	    (long long)gp_sim_vk_number(c, "post_id", 0));
	before = gp_sim_vk_again(c, scope, guid);
	if (before != NULL) {
		result(c, before->note);
		return 0;
	}
	if (place(c, &p, &like) == -1 ||
	    gp_sim_vk_content(
		c, &p, &like, gp_sim_arg(c->r, "attachments"), NULL) == -1)
		return -1;
	like.at = p.f->now;
	made = gp_sim_feed_add(p.f, &like);
	if (made == NULL)
		return gp_sim_vk_error(c, 10);
	gp_sim_vk_wrote(c, &p, "comment", scope, guid, made);
	result(c, made);
	return 0;
}

/* The comment of comment_id that stands; NULL: the error is set. */
static struct gp_sim_note *
comment_of(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p)
{
	int64_t post = gp_sim_vk_number(c, "post_id", 0);
	struct gp_sim_note *n =
	    gp_sim_feed_own(p->f, gp_sim_vk_number(c, "comment_id", 0));

	if (n != NULL && n->kind == GP_SIM_COMMENT &&
	    !gp_sim_feed_gone(p->f, n) && (post == 0 || post == n->post))
		return n;
	gp_sim_vk_error(c, 104);
	return NULL;
}

int
gp_sim_vk_edit_comment(struct gp_sim_vk_call *c)
{
	struct gp_sim_note *n;
	struct gp_sim_vk_page p;

	if (wall(c, &p) == -1)
		return -1;
	n = comment_of(c, &p);
	if (n == NULL)
		return -1;
	if (n->as == GP_SIM_PERSON && n->from != gp_sim_vk_myself(c))
		return gp_sim_vk_error(c, 211);
	return gp_sim_vk_rewrite(c, &p, n, gp_sim_arg(c->r, "attachments"));
}

int
gp_sim_vk_delete_comment(struct gp_sim_vk_call *c)
{
	struct gp_sim_note *n;
	struct gp_sim_vk_page p;

	if (wall(c, &p) == -1)
		return -1;
	n = comment_of(c, &p);
	if (n == NULL)
		return -1;
	if (gp_sim_feed_delete(p.f, n->id) == -1)
		return gp_sim_vk_error(c, 10);
	gp_sim_vk_wrote(c, &p, "delete", NULL, NULL, n);
	gp_jw_int(&c->jw, 1);
	return 0;
}
