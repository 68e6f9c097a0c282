/*
 * OK: topics and comments that are written, changed, taken away. What the
 * calls answer is as clients have seen it, where the documentation is silent.
 */
#include "sim/okwrite.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define COMMENT_MAX 3000 /* letters */

static void
id_of(char to[160], const struct gp_sim_ok_call *c, const struct gp_sim_note *n)
{
	const struct gp_sim_note *post;
	char id[24], of[24];

	*to = '\0';
	if (n == NULL)
		return;
	gp_sim_ok_number(id, n);
	if (n->kind == GP_SIM_LETTER) {
		snprintf(to, 160,
		    "ok:%" PRId64 "/imC%" PRIx64 "/C%" PRIx64 ".%" PRIx64,
		    c->group, (uint64_t)n->from->id, (uint64_t)n->from->id,
		    (uint64_t)n->id);
		return;
	}
	post =
	    n->kind == GP_SIM_COMMENT ? gp_sim_feed_own(c->f, n->post) : NULL;
	if (post == NULL) {
		snprintf(to, 160, "ok:%" PRId64 "/%s", c->group, id);
		return;
	}
	gp_sim_ok_number(of, post);
	snprintf(to, 160, "ok:%" PRId64 "/%s/%s", c->group, of, id);
}

void
gp_sim_ok_wrote(
    struct gp_sim_ok_call *c, const char *action, struct gp_sim_note *n)
{
	char id[160], page[32], post[160], parent[160], chat[64];
	struct gp_sim_entry e = { .network = "ok",
		.action = action,
		.id = id,
		.page = page,
		.at = c->f->now,
		.number = n->id,
		.note = n };

	id_of(id, c, n);
	snprintf(page, sizeof(page), "ok:%" PRId64, c->group);
	id_of(post, c, n->post != 0 ? gp_sim_feed_own(c->f, n->post) : NULL);
	id_of(parent, c,
	    n->reply_to != 0 ? gp_sim_feed_own(c->f, n->reply_to) : NULL);
	if (n->kind == GP_SIM_LETTER) {
		snprintf(chat, sizeof(chat), "%s/imC%" PRIx64, page,
		    (uint64_t)n->from->id);
		e.chat = chat;
	}
	e.post = *post != '\0' ? post : NULL;
	e.parent = *parent != '\0' ? parent : NULL;
	if (strcmp(action, "edit") == 0 || strcmp(action, "delete") == 0)
		gp_sim_book_change(&c->sim->book, n->written, &e);
	else
		n->written = gp_sim_book_add(&c->sim->book, &e);
	pthread_cond_broadcast(&c->sim->news);
}

static int
done(struct gp_sim_ok_call *c)
{
	gp_jw_open(&c->jw, '{');
	gp_jw_kbool(&c->jw, "success", 1);
	gp_jw_close(&c->jw, '}');
	return 0;
}

static int
no_memory(struct gp_sim_ok_call *c)
{
	return gp_sim_ok_fail(c, 2, "SERVICE : no memory (gp-sim)");
}

/* The user of the token: an admin of the group, by whom a topic is signed
 * that is not on behalf of it. */
static const struct gp_sim_person *
myself(const struct gp_sim_ok_call *c)
{
	const struct gp_sim_person *p = c->sim->s->people.v;
	size_t i;

	for (i = 0; i < c->sim->s->people.n; i++)
		if (p[i].admin)
			return &p[i];
	return NULL;
}

int
gp_sim_ok_topic_post(struct gp_sim_ok_call *c)
{
	struct gp_sim_note like = { .kind = GP_SIM_POST }, *made = NULL;
	struct gp_buf text;
	char id[24];
	int r;

	if (strcmp(gp_sim_arg(c->r, "type"), "GROUP_THEME") != 0)
		return gp_sim_ok_fail(
		    c, 100, "PARAM : type: gp-sim plays GROUP_THEME alone");
	if (gp_sim_ok_group(c, "gid") == -1)
		return -1;
	if (c->f->mill_posts != 0)
		return gp_sim_ok_fail(
		    c, 10, "PERMISSION_DENIED : No permission");
	gp_buf_init(&text, 0);
	r = gp_sim_ok_attachment(c, &like, &text);
	if (r == 0) {
		like.text = gp_buf_str(&text);
		like.from = like.as == GP_SIM_PERSON ? myself(c) : NULL;
		like.at = c->f->now;
		like.views = like.due == 0;
		made = gp_sim_feed_add(c->f, &like);
		r = made != NULL ? 0 : no_memory(c);
	}
	gp_buf_release(&text);
	if (r == -1)
		return -1;
	gp_sim_ok_wrote(c, "post", made);
	gp_sim_ok_number(id, made);
	gp_jw_str(&c->jw, id); /* a bare string is the whole answer */
	return 0;
}

/* The topic of topic_id, out or waiting; NULL: the error is answered. */
static struct gp_sim_note *
topic(struct gp_sim_ok_call *c, const char *param)
{
	struct gp_sim_note *n;

	c->f = &c->sim->feed[GP_SIM_OK];
	c->group = c->f->page != NULL ? c->f->page->id : 0;
	n = gp_sim_feed_own(c->f, gp_sim_ok_note(gp_sim_arg(c->r, param)));
	if (n != NULL && n->heir != NULL)
		n = n->heir;
	if (n != NULL && n->kind == GP_SIM_POST && !n->deleted)
		return n;
	gp_sim_ok_fail(c, 300, "NOT_FOUND : Topic not found");
	return NULL;
}

/* All content is given again. */
int
gp_sim_ok_topic_edit(struct gp_sim_ok_call *c)
{
	struct gp_sim_note *n = topic(c, "topic_id"), as;
	struct gp_buf text;
	int r;

	if (n == NULL)
		return -1;
	as = *n;
	as.photos = as.video = 0;
	as.items = 0;
	as.poll = NULL;
	as.link = NULL;
	gp_buf_init(&text, 0);
	r = gp_sim_ok_attachment(c, &as, &text);
	if (r == 0 && as.due != 0 && n->due == 0)
		r = gp_sim_ok_fail(
		    c, 100, "PARAM : attachment: the topic is out already");
	if (r == 0) {
		as.as = n->as;
		as.due = as.due != 0 ? as.due : n->due;
		*n = as;
		r = gp_sim_feed_edit(c->f, n->id, gp_buf_span(&text)) == -1
		    ? no_memory(c)
		    : 0;
	}
	gp_buf_release(&text);
	if (r == -1)
		return -1;
	gp_sim_ok_wrote(c, "edit", n);
	gp_jw_bool(&c->jw, 1);
	return 0;
}

int
gp_sim_ok_topic_delete(struct gp_sim_ok_call *c)
{
	struct gp_sim_note *n = topic(c, "topic_id");

	if (n == NULL)
		return -1;
	if (n->due != 0) {
		gp_sim_feed_drop(c->f, n);
		n->deleted = 1;
		n->due = 0;
	} else if (gp_sim_feed_delete(c->f, n->id) == -1) {
		return no_memory(c);
	}
	gp_sim_ok_wrote(c, "delete", n);
	return done(c);
}

/* A text that is not empty and not too long. -1: the error is answered. */
static int
words(struct gp_sim_ok_call *c, const char **text)
{
	*text = gp_sim_arg(c->r, "comment");
	if (*text == NULL || (*text)[strspn(*text, " \t\r\n")] == '\0' ||
	    !gp_utf8_valid(gp_span_of(*text)))
		return gp_sim_ok_fail(c, 100, "PARAM : comment is empty");
	if (gp_utf8_count(gp_span_of(*text)) > COMMENT_MAX)
		return gp_sim_ok_fail(
		    c, 100, "PARAM : comment is longer than 3000");
	return 0;
}

/* A topic under which one may comment. NULL: the error is answered. */
static struct gp_sim_note *
discussion(struct gp_sim_ok_call *c, const char *id, const char *type)
{
	const char *word = gp_sim_arg(c->r, type);
	struct gp_sim_note *n;

	if (word == NULL || strcmp(word, "GROUP_TOPIC") != 0) {
		gp_sim_ok_fail(c, 100, "PARAM : %s", type);
		return NULL;
	}
	n = topic(c, id);
	if (n != NULL && n->due == 0)
		return n;
	gp_sim_ok_fail(c, 140, "PARAM_DISCUSSION_ID : Discussion not found");
	return NULL;
}

int
gp_sim_ok_comment_add(struct gp_sim_ok_call *c)
{
	const char *to = gp_sim_arg(c->r, "reply_to_comment_id");
	struct gp_sim_note like = { .kind = GP_SIM_COMMENT }, *made;
	const struct gp_sim_note *post, *other;
	char id[24];

	post = discussion(c, "entityId", "entityType");
	if (post == NULL || words(c, &like.text) == -1)
		return -1;
	if (c->f->page->mute || post->closed)
		return gp_sim_ok_fail(
		    c, 701, "COMMENT_NOT_ALLOWED : Comments are closed");
	other = to != NULL && *to != '\0'
	    ? gp_sim_feed_own(c->f, gp_sim_ok_note(to))
	    : NULL;
	if (to != NULL && *to != '\0' &&
	    (other == NULL || other->kind != GP_SIM_COMMENT ||
		other->post != post->id || other->deleted))
		return gp_sim_ok_fail(
		    c, 700, "COMMENT_NOT_FOUND : Comment not found");
	like.post = post->id;
	like.reply_to = other != NULL ? other->id : 0;
	like.at = c->f->now;
	/* Without as_admin it is the user who speaks. */
	like.as =
	    gp_sim_arg_true(c->r, "as_admin") ? GP_SIM_CHANNEL : GP_SIM_PERSON;
	like.from = like.as == GP_SIM_PERSON ? myself(c) : NULL;
	made = gp_sim_feed_add(c->f, &like);
	if (made == NULL)
		return no_memory(c);
	gp_sim_ok_wrote(c, "comment", made);
	gp_sim_ok_number(id, made);
	gp_jw_str(&c->jw, id);
	return 0;
}

/* comment_id under that discussion; NULL: the error is answered. */
static struct gp_sim_note *
comment(struct gp_sim_ok_call *c)
{
	const struct gp_sim_note *post =
	    discussion(c, "discussionId", "discussionType");
	struct gp_sim_note *n;

	if (post == NULL)
		return NULL;
	n = gp_sim_feed_own(
	    c->f, gp_sim_ok_note(gp_sim_arg(c->r, "comment_id")));
	if (n != NULL && n->kind == GP_SIM_COMMENT && n->post == post->id &&
	    !n->deleted)
		return n;
	gp_sim_ok_fail(c, 700, "COMMENT_NOT_FOUND : Comment not found");
	return NULL;
}

int
gp_sim_ok_comment_edit(struct gp_sim_ok_call *c)
{
	struct gp_sim_note *n = comment(c);
	const char *text;

	if (n == NULL || words(c, &text) == -1)
		return -1;
	if (n->as == GP_SIM_PERSON && n->from != myself(c))
		return gp_sim_ok_fail(
		    c, 24, "NOT_OWNER : The comment is another's");
	if (gp_sim_feed_edit(c->f, n->id, gp_span_of(text)) == -1)
		return no_memory(c);
	gp_sim_ok_wrote(c, "edit", n);
	return done(c);
}

int
gp_sim_ok_comment_delete(struct gp_sim_ok_call *c)
{
	struct gp_sim_note *n = comment(c);

	if (n == NULL)
		return -1;
	if (gp_sim_feed_delete(c->f, n->id) == -1)
		return no_memory(c);
	gp_sim_ok_wrote(c, "delete", n);
	return done(c);
}
