/* messages.getConversations and messages.getHistory, of a community. */
#include <stdlib.h>
#include <string.h>

#include "sim/vk.h"

#define MESSAGES_MAX 200

/* A talk with somebody: its last letter, and what is not answered. */
struct talk {
	const struct gp_sim_person *peer;
	const struct gp_sim_note *last;
	int64_t n, unanswered, out;
};

struct talks {
	struct talk *v; /* by the last letter, newest first */
	size_t n;
	int64_t unread;
};

static int
newest_first(const void *a, const void *b)
{
	const struct talk *x = a, *y = b;

	return x->last->id > y->last->id ? -1 : 1;
}

static struct talk *
talk_with(struct talks *all, const struct gp_sim_person *peer)
{
	size_t i;

	for (i = 0; i < all->n; i++)
		if (all->v[i].peer == peer)
			return &all->v[i];
	all->v[all->n] = (struct talk){ .peer = peer };
	return &all->v[all->n++];
}

/* -1: no memory. */
static int
gather(const struct gp_sim_feed *f, struct talks *all)
{
	const struct gp_sim_note *n;
	struct gp_sim_walk walk;
	struct talk *t;
	size_t i;

	*all = (struct talks){ NULL, 0, 0 };
	all->v = calloc(f->letters.n + 1, sizeof(*all->v));
	if (all->v == NULL)
		return -1;
	gp_sim_walk_letters(&walk, f, NULL, 0);
	while ((n = gp_sim_walk_next(&walk)) != NULL) {
		t = talk_with(all, n->from);
		t->last = n;
		t->n++;
		if (n->as == GP_SIM_PERSON) {
			t->unanswered++;
		} else {
			t->unanswered = 0;
			t->out = n->id;
		}
	}
	for (i = 0; i < all->n; i++)
		all->unread += all->v[i].unanswered > 0;
	qsort(all->v, all->n, sizeof(*all->v), newest_first);
	return 0;
}

static void
conversation(struct gp_jw *w, const struct talk *t)
{
	gp_jw_key(w, "peer");
	gp_jw_open(w, '{');
	gp_jw_kint(w, "id", t->peer->id);
	gp_jw_kstr(w, "type", "user");
	gp_jw_kint(w, "local_id", t->peer->id);
	gp_jw_close(w, '}');
	gp_jw_kint(w, "last_message_id", t->last->id);
	gp_jw_kint(w, "last_conversation_message_id", t->n);
	gp_jw_kint(w, "in_read", t->unanswered > 0 ? t->out : t->last->id);
	gp_jw_kint(w, "out_read", t->out);
	gp_jw_kint(w, "version", 10000000 + t->last->id);
	gp_jw_key(w, "sort_id");
	gp_jw_open(w, '{');
	gp_jw_kint(w, "major_id", 0);
	gp_jw_kint(w, "minor_id", t->last->id);
	gp_jw_close(w, '}');
	if (t->unanswered > 0) {
		gp_jw_kint(w, "unread_count", t->unanswered);
		gp_jw_kbool(w, "unanswered", 1);
	}
	gp_jw_kbool(w, "important", 0);
	gp_jw_kbool(w, "is_marked_unread", 0);
	gp_jw_key(w, "can_write");
	gp_jw_open(w, '{');
	gp_jw_kbool(w, "allowed", 1);
	gp_jw_close(w, '}');
}

/* Letters are the community's: a user's token would show his own. */
static int
letters_of(struct gp_sim_vk_call *c, struct gp_sim_vk_page *p)
{
	p->f = &c->sim->feed[GP_SIM_VK];
	p->id = p->f->page->id;
	if (gp_sim_arg(c->r, "group_id") != NULL)
		return gp_sim_vk_group(c, p);
	if (c->token == GP_SIM_T_VK_USER)
		return gp_sim_vk_fail(c, 15, "no access to call this method");
	return 0;
}

/* Which talks a filter shows: 'u' with something unanswered, 'a' all, '-'
 * none; 0: there is no such filter. */
static int
filter_of(const char *word)
{
	static const struct {
		const char *word;
		int shows;
	} filters[] = { { "all", 'a' }, { "sorted_chats", 'a' },
		{ "unread", 'u' }, { "unanswered", 'u' }, { "important", '-' },
		{ "archive", '-' } };
	size_t i;

	for (i = 0; i < sizeof(filters) / sizeof(filters[0]); i++)
		if (strcmp(word, filters[i].word) == 0)
			return filters[i].shows;
	return 0;
}

static void
conversations(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p,
    const struct talks *all, int shows, int64_t offset, int64_t n)
{
	struct gp_jw *w = &c->jw;
	const struct talk *t;
	size_t i, count = 0;

	for (i = 0; i < all->n && shows != '-'; i++)
		count += shows == 'a' || all->v[i].unanswered > 0;
	gp_jw_open(w, '{');
	gp_jw_kint(w, "count", (int64_t)count);
	gp_jw_kint(w, "unread_count", all->unread);
	gp_jw_key(w, "items");
	gp_jw_open(w, '[');
	for (i = 0; i < all->n && shows != '-' && n > 0; i++) {
		t = &all->v[i];
		if ((shows == 'u' && t->unanswered == 0) || offset-- > 0)
			continue;
		n--;
		gp_jw_open(w, '{');
		gp_jw_key(w, "conversation");
		gp_jw_open(w, '{');
		conversation(w, t);
		gp_jw_close(w, '}');
		gp_jw_key(w, "last_message");
		gp_sim_vk_json_letter(c, p, t->last);
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, ']');
	if (gp_sim_arg_true(c->r, "extended"))
		gp_sim_vk_json_met(c, p);
	gp_jw_close(w, '}');
}

int
gp_sim_vk_get_conversations(struct gp_sim_vk_call *c)
{
	const char *word = gp_sim_arg(c->r, "filter");
	int shows = filter_of(word != NULL ? word : "all");
	struct gp_sim_vk_page p;
	struct talks all;
	int64_t offset, n;

	if (shows == 0)
		return gp_sim_vk_fail(c, 100, "filter is incorrect");
	if (letters_of(c, &p) == -1 ||
	    gp_sim_vk_window(c, 20, MESSAGES_MAX, &offset, &n) == -1)
		return -1;
	if (gather(p.f, &all) == -1)
		return gp_sim_vk_error(c, 10);
	conversations(c, &p, &all, shows, offset, n);
	free(all.v);
	return 0;
}

int
gp_sim_vk_get_history(struct gp_sim_vk_call *c)
{
	int64_t id =
	    gp_sim_vk_number(c, "peer_id", gp_sim_vk_number(c, "user_id", 0));
	int back = !gp_sim_arg_true(c->r, "rev");
	const struct gp_sim_person *peer;
	const struct gp_sim_note *n;
	struct gp_sim_walk walk;
	struct gp_sim_vk_page p;
	struct gp_jw *w = &c->jw;
	int64_t offset, left, count = 0;

	if (letters_of(c, &p) == -1 ||
	    gp_sim_vk_window(c, 20, MESSAGES_MAX, &offset, &left) == -1)
		return -1;
	if (id == 0)
		return gp_sim_vk_fail(c, 100, "peer_id is undefined");
	peer = gp_sim_known(c->sim, id);
	if (peer == NULL)
		return gp_sim_vk_error(c, 936);
	gp_sim_walk_letters(&walk, p.f, peer, back);
	while (gp_sim_walk_next(&walk) != NULL)
		count++;
	gp_jw_open(w, '{');
	gp_jw_kint(w, "count", count);
	gp_jw_key(w, "items");
	gp_jw_open(w, '[');
	gp_sim_walk_letters(&walk, p.f, peer, back);
	gp_sim_walk_skip(&walk, offset);
	while (left-- > 0 && (n = gp_sim_walk_next(&walk)) != NULL)
		gp_sim_vk_json_letter(c, &p, n);
	gp_jw_close(w, ']');
	if (gp_sim_arg_true(c->r, "extended"))
		gp_sim_vk_json_met(c, &p);
	gp_jw_close(w, '}');
	return 0;
}
