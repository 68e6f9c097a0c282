/* messages.send, edit, delete: the page's letters to those who wrote. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/vk.h"

#define PEERS_MAX  100
#define CHATS_FROM 2000000000
#define EDIT_FOR   86400 /* a letter may be changed for a day */

/* Letters are the community's: a user's token would write his own. */
static int
letters_of(struct gp_sim_vk_call *c, struct gp_sim_vk_page *p)
{
	p->f = &c->sim->feed[GP_SIM_VK];
	p->id = p->f->page->id;
	if (gp_sim_vk_number(c, "group_id", 0) != 0)
		return gp_sim_vk_group(c, p);
	return c->token == GP_SIM_T_VK_USER
	    ? gp_sim_vk_fail(c, 15, "no access to call this method")
	    : 0;
}

/* Who never wrote cannot be written to. -1: the error is set. */
static int
peer_of(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p, int64_t id,
    const struct gp_sim_person **who)
{
	struct gp_sim_walk walk;
	const struct gp_sim_note *n;

	if (id > CHATS_FROM)
		return gp_sim_vk_error(c, 917);
	*who = gp_sim_known(c->sim, id);
	if (*who == NULL)
		return gp_sim_vk_error(c, id > 0 ? 901 : 936);
	gp_sim_walk_letters(&walk, p->f, *who, 0);
	while ((n = gp_sim_walk_next(&walk)) != NULL)
		if (n->as == GP_SIM_PERSON)
			return 0;
	return gp_sim_vk_error(c, 901);
}

/* One letter to one person; NULL: the error is set. */
static const struct gp_sim_note *
send(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p, int64_t peer)
{
	const char *key = gp_sim_arg(c->r, "random_id");
	int64_t reply = gp_sim_vk_number(c, "reply_to", 0);
	struct gp_sim_note like = { .kind = GP_SIM_LETTER, .as = GP_SIM_BOT };
	struct gp_sim_note *made;
	const struct gp_sim_note *to;
	struct gp_sim_entry *before;
	char scope[64];

	if (strcmp(key, "0") == 0) /* 0 is no key */
		key = NULL;
	snprintf(scope, sizeof(scope), "im-%lld_%lld", (long long)p->id,
	    (long long)peer);
	before = gp_sim_vk_again(c, scope, key);
	if (before != NULL)
		return before->note;
	if (peer_of(c, p, peer, &like.from) == -1 ||
	    gp_sim_vk_content(
		c, p, &like, gp_sim_arg(c->r, "attachment"), NULL) == -1)
		return NULL;
	to = reply != 0 ? gp_sim_feed_own(p->f, reply) : NULL;
	if (reply != 0 &&
	    (to == NULL || to->kind != GP_SIM_LETTER || to->deleted ||
		to->from != like.from)) {
		gp_sim_vk_fail(c, 100, "reply_to is incorrect");
		return NULL;
	}
	like.reply_to = reply;
	like.at = p->f->now;
	made = gp_sim_feed_add(p->f, &like);
	if (made == NULL)
		gp_sim_vk_error(c, 10);
	else
		gp_sim_vk_wrote(c, p, "message", scope, key, made);
	return made;
}

/* A letter to each; who cannot be written to has an error of his own. */
static int
send_all(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p)
{
	const char *list = gp_sim_arg(c->r, "peer_ids");
	const struct gp_sim_note *n;
	struct gp_jw *w = &c->jw;
	struct gp_span word;
	int64_t peer;
	int k = 0;

	gp_jw_open(w, '[');
	while (gp_sim_vk_each(&list, &word)) {
		if (++k > PEERS_MAX)
			return gp_sim_vk_fail(
			    c, 100, "peer_ids: more than 100");
		peer = strtoll(word.p, NULL, 10);
		n = send(c, p, peer);
		gp_jw_open(w, '{');
		gp_jw_kint(w, "peer_id", peer);
		gp_jw_kint(w, "message_id", n != NULL ? n->id : 0);
		gp_jw_kint(
		    w, "conversation_message_id", n != NULL ? n->place : 0);
		if (n == NULL) {
			gp_jw_key(w, "error");
			gp_jw_open(w, '{');
			gp_jw_kint(w, "code", c->code);
			gp_jw_kstr(w, "description", c->says);
			gp_jw_close(w, '}');
		}
		gp_jw_close(w, '}');
		c->code = 0;
	}
	gp_jw_close(w, ']');
	return 0;
}

int
gp_sim_vk_messages_send(struct gp_sim_vk_call *c)
{
	int64_t peer =
	    gp_sim_vk_number(c, "peer_id", gp_sim_vk_number(c, "user_id", 0));
	int64_t key = gp_sim_vk_number(c, "random_id", 0);
	const struct gp_sim_note *n;
	struct gp_sim_vk_page p;

	if (letters_of(c, &p) == -1)
		return -1;
	if (key < INT32_MIN || key > INT32_MAX)
		return gp_sim_vk_fail(c, 100, "random_id is not of 32 bits");
	if (gp_sim_arg(c->r, "peer_ids") != NULL)
		return send_all(c, &p);
	if (peer == 0)
		return gp_sim_vk_fail(
		    c, 100, "you should specify peer_id, user_id or peer_ids");
	n = send(c, &p, peer);
	if (n == NULL)
		return -1;
	gp_jw_int(&c->jw, n->id);
	return 0;
}

/* The letter by its id or by its place in the talk with peer_id. */
static struct gp_sim_note *
letter(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p, int64_t id,
    int64_t place)
{
	int64_t peer = gp_sim_vk_number(c, "peer_id", 0);
	struct gp_sim_note *n = NULL;
	size_t i;

	if (id != 0)
		n = gp_sim_feed_own(p->f, id);
	for (i = 0; id == 0 && i < p->f->letters.n; i++)
		if (p->f->letters.v[i]->place == place &&
		    p->f->letters.v[i]->from->id == peer)
			n = p->f->letters.v[i];
	if (n == NULL || n->kind != GP_SIM_LETTER || n->deleted ||
	    (peer != 0 && n->from->id != peer))
		return NULL;
	return n;
}

int
gp_sim_vk_messages_edit(struct gp_sim_vk_call *c)
{
	struct gp_sim_note *n;
	struct gp_sim_vk_page p;

	if (letters_of(c, &p) == -1)
		return -1;
	n = letter(c, &p, gp_sim_vk_number(c, "message_id", 0),
	    gp_sim_vk_number(c, "cmid", 0));
	if (n == NULL)
		return gp_sim_vk_fail(c, 100, "message_id is incorrect");
	if (n->as == GP_SIM_PERSON)
		return gp_sim_vk_error(c, 920);
	if (n->at + EDIT_FOR <= p.f->now)
		return gp_sim_vk_error(c, 909);
	return gp_sim_vk_rewrite(c, &p, n, gp_sim_arg(c->r, "attachment"));
}

/* For each of them 1, or an error. */
int
gp_sim_vk_messages_delete(struct gp_sim_vk_call *c)
{
	const char *list = gp_sim_arg(c->r, "message_ids");
	int by_place = list == NULL;
	struct gp_sim_vk_page p;
	struct gp_sim_note *n;
	struct gp_span word;
	int64_t id;

	if (letters_of(c, &p) == -1)
		return -1;
	if (by_place)
		list = gp_sim_arg(c->r, "cmids");
	if (list == NULL)
		return gp_sim_vk_fail(c, 100, "message_ids is undefined");
	gp_jw_open(&c->jw, '[');
	while (gp_sim_vk_each(&list, &word)) {
		id = strtoll(word.p, NULL, 10);
		n = letter(c, &p, by_place ? 0 : id, by_place ? id : 0);
		gp_jw_open(&c->jw, '{');
		gp_jw_kint(&c->jw,
		    by_place ? "conversation_message_id" : "message_id", id);
		if (n != NULL && gp_sim_feed_delete(p.f, n->id) == 0)
			gp_sim_vk_wrote(c, &p, "delete", NULL, NULL, n);
		gp_jw_kint(&c->jw, "response", n != NULL);
		gp_jw_close(&c->jw, '}');
	}
	gp_jw_close(&c->jw, ']');
	return 0;
}
