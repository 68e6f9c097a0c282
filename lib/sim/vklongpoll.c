/* The Bots Long Poll: what happened since, of the kinds that are switched on. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/markup.h"
#include "sim/vk.h"

#define HISTORY  1000 /* so many of the newest events are kept */
#define WAIT_MAX 90
#define WAIT     25

/* clang-format off */
static const char *const kinds[] = { "message_new", "message_reply",
	"message_edit", "wall_post_new", "wall_reply_new", "wall_reply_edit",
	"wall_reply_delete", /* those above happen here */
	"message_allow", "message_deny", "message_typing_state",
	"message_read", "message_event", "message_reaction_event", "photo_new",
	"audio_new", "video_new", "wall_reply_restore", "wall_repost",
	"wall_schedule_post_new", "wall_schedule_post_delete",
	"board_post_new", "board_post_edit", "board_post_restore",
	"board_post_delete", "photo_comment_new", "photo_comment_edit",
	"photo_comment_delete", "photo_comment_restore", "video_comment_new",
	"video_comment_edit", "video_comment_delete", "video_comment_restore",
	"market_comment_new", "market_comment_edit", "market_comment_delete",
	"market_comment_restore", "market_order_new", "market_order_edit",
	"poll_vote_new", "group_join", "group_leave", "group_change_settings",
	"group_change_photo", "group_officers_edit", "user_block",
	"user_unblock", "lead_forms_new", "like_add", "like_remove",
	"donut_subscription_create", "donut_subscription_prolonged",
	"donut_subscription_cancelled", "donut_subscription_expired",
	"donut_subscription_price_changed", "donut_money_withdraw",
	"donut_money_withdraw_error" };
/* clang-format on */

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

void
gp_sim_vk_long_poll_init(struct gp_sim *sim, struct gp_sim_vk *vk)
{
	const struct gp_sim_own *page = sim->s->own[GP_SIM_VK];

	vk->key = 1;
	snprintf(vk->version, sizeof(vk->version), "5.199");
	if (page != NULL && page->long_poll) {
		vk->enabled = 1;
		vk->events = ~(uint64_t)0;
	}
}

int
gp_sim_vk_long_poll_control(struct gp_sim *sim, const char *word)
{
	struct gp_sim_vk *vk = sim->state[GP_SIM_VK];

	if (strcmp(word, "old") == 0) {
		vk->oldest = sim->feed[GP_SIM_VK].news_n;
	} else if (strcmp(word, "key") == 0) {
		vk->key++;
	} else if (strcmp(word, "lost") == 0) {
		vk->key++;
		vk->lost = vk->key;
	} else {
		return -1;
	}
	return 0;
}

static void
key_of(int64_t group, int64_t number, char to[48])
{
	snprintf(to, 48, "%016llx%016llx",
	    (unsigned long long)gp_sim_hash(
		gp_span_of("key"), (uint64_t)(group * 1000 + number)),
	    (unsigned long long)gp_sim_hash(
		gp_span_of("long poll"), (uint64_t)(group + number)));
}

/* The number of a key that was given out; 0: it never was. */
static int64_t
number_of(const struct gp_sim_vk *vk, int64_t group, const char *key)
{
	char like[48];
	int64_t n;

	for (n = vk->key; n > 0; n--) {
		key_of(group, n, like);
		if (key != NULL && strcmp(key, like) == 0)
			return n;
	}
	return 0;
}

int
gp_sim_vk_get_long_poll_server(struct gp_sim_vk_call *c)
{
	const char *host = gp_sim_header(c->r, "Host");
	struct gp_sim_vk_page p;
	char key[48], server[128], ts[24];

	if (gp_sim_vk_group(c, &p) == -1)
		return -1;
	if (!c->vk->enabled)
		return gp_sim_vk_fail(
		    c, 100, "longpoll for this group is not enabled");
	key_of(p.id, c->vk->key, key);
	snprintf(server, sizeof(server), "http://%s/vk/lp/%lld",
	    host != NULL ? host : "127.0.0.1", (long long)p.id);
	snprintf(ts, sizeof(ts), "%zu", p.f->news_n);
	gp_jw_open(&c->jw, '{');
	gp_jw_kstr(&c->jw, "key", key);
	gp_jw_kstr(&c->jw, "server", server);
	gp_jw_kstr(&c->jw, "ts", ts);
	gp_jw_close(&c->jw, '}');
	return 0;
}

int
gp_sim_vk_get_long_poll_settings(struct gp_sim_vk_call *c)
{
	struct gp_sim_vk_page p;
	size_t i;

	if (gp_sim_vk_group(c, &p) == -1)
		return -1;
	gp_jw_open(&c->jw, '{');
	gp_jw_kbool(&c->jw, "is_enabled", c->vk->enabled);
	gp_jw_kstr(&c->jw, "api_version", c->vk->version);
	gp_jw_key(&c->jw, "events");
	gp_jw_open(&c->jw, '{');
	for (i = 0; i < KINDS; i++)
		gp_jw_kint(&c->jw, kinds[i], c->vk->events >> i & 1);
	gp_jw_close(&c->jw, '}');
	gp_jw_close(&c->jw, '}');
	return 0;
}

int
gp_sim_vk_set_long_poll_settings(struct gp_sim_vk_call *c)
{
	const char *version = gp_sim_arg(c->r, "api_version");
	uint64_t bit;
	struct gp_sim_vk_page p;
	size_t i;

	if (gp_sim_vk_group(c, &p) == -1)
		return -1;
	if (gp_sim_arg(c->r, "enabled") != NULL)
		c->vk->enabled = gp_sim_arg_true(c->r, "enabled");
	if (version != NULL)
		snprintf(c->vk->version, sizeof(c->vk->version), "%s", version);
	for (i = 0; i < KINDS; i++) {
		bit = (uint64_t)1 << i;
		if (gp_sim_arg(c->r, kinds[i]) == NULL)
			continue;
		c->vk->events &= ~bit;
		if (gp_sim_arg_true(c->r, kinds[i]))
			c->vk->events |= bit;
	}
	gp_jw_int(&c->jw, 1);
	return 0;
}

/* What a piece of news is called; NULL: VK does not tell of it. */
static const char *
kind_of(const struct gp_sim_news *news)
{
	const struct gp_sim_note *n = news->note;

	switch (news->kind) {
	case GP_SIM_N_POST:
		return "wall_post_new";
	case GP_SIM_N_COMMENT:
		return "wall_reply_new";
	case GP_SIM_N_LETTER:
		return n->as == GP_SIM_PERSON ? "message_new" : "message_reply";
	case GP_SIM_N_EDITED:
		if (n->kind == GP_SIM_POST)
			return NULL;
		return n->kind == GP_SIM_LETTER ? "message_edit"
						: "wall_reply_edit";
	case GP_SIM_N_DELETED:
		return n->kind == GP_SIM_COMMENT ? "wall_reply_delete" : NULL;
	}
	return NULL;
}

static int
is_on(const struct gp_sim_vk *vk, const char *kind)
{
	size_t i;

	for (i = 0; kind != NULL && i < KINDS; i++)
		if (strcmp(kinds[i], kind) == 0)
			return vk->events >> i & 1;
	return 0;
}

static void
client_info(struct gp_jw *w)
{
	gp_jw_key(w, "client_info");
	gp_jw_open(w, '{');
	gp_jw_key(w, "button_actions");
	gp_jw_open(w, '[');
	gp_jw_str(w, "text");
	gp_jw_str(w, "open_link");
	gp_jw_close(w, ']');
	gp_jw_kbool(w, "keyboard", 1);
	gp_jw_kbool(w, "inline_keyboard", 1);
	gp_jw_kbool(w, "carousel", 0);
	gp_jw_kint(w, "lang_id", 0);
	gp_jw_close(w, '}');
}

static void
object(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p,
    const struct gp_sim_news *news, const char *kind)
{
	struct gp_sim_note n = *news->note;
	struct gp_jw *w = &c->jw;

	n.text = news->text; /* as it was when it happened */
	if (news->kind != GP_SIM_N_EDITED)
		n.edited = 0;
	if (strcmp(kind, "wall_post_new") == 0) {
		gp_sim_vk_json_post(c, p, &n);
	} else if (n.kind == GP_SIM_LETTER &&
	    strcmp(kind, "message_new") != 0) {
		gp_sim_vk_json_letter(c, p, &n);
	} else {
		gp_jw_open(w, '{');
		if (n.kind == GP_SIM_LETTER) {
			gp_jw_key(w, "message");
			gp_sim_vk_json_letter(c, p, &n);
			client_info(w);
		} else if (news->kind == GP_SIM_N_DELETED) {
			gp_jw_kint(w, "owner_id", -p->id);
			gp_jw_kint(w, "id", n.id);
			gp_jw_kint(w, "post_id", n.post);
			gp_jw_kint(w, "deleter_id", 100);
			gp_jw_kint(w, "user_id", 100);
		} else {
			gp_sim_vk_json_comment(c, p, &n, 0);
			gp_jw_kint(w, "post_owner_id", -p->id);
		}
		gp_jw_close(w, '}');
	}
}

static void
update(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p, size_t at,
    const char *kind)
{
	struct gp_jw *w = &c->jw;
	char id[56];

	snprintf(id, sizeof(id), "%016llx%016llx%08zx",
	    (unsigned long long)gp_sim_hash(gp_span_of(kind), (uint64_t)p->id),
	    (unsigned long long)gp_sim_hash(gp_span_of(kind), at), at);
	gp_jw_open(w, '{');
	gp_jw_kint(w, "group_id", p->id);
	gp_jw_kstr(w, "type", kind);
	gp_jw_kstr(w, "event_id", id);
	gp_jw_kstr(w, "v", c->vk->version);
	gp_jw_key(w, "object");
	object(c, p, &p->f->news[at], kind);
	gp_jw_close(w, '}');
}

/* The first news from *at on that is told of; 0: there is none. */
static int
news_from(const struct gp_sim_vk *vk, const struct gp_sim_feed *f, size_t *at)
{
	for (; *at < f->news_n; ++*at)
		if (is_on(vk, kind_of(&f->news[*at])))
			return 1;
	return 0;
}

static void
updates(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p, size_t at)
{
	char ts[24];

	snprintf(ts, sizeof(ts), "%zu", p->f->news_n);
	gp_jw_open(&c->jw, '{');
	gp_jw_kstr(&c->jw, "ts", ts);
	gp_jw_key(&c->jw, "updates");
	gp_jw_open(&c->jw, '[');
	for (; news_from(c->vk, p->f, &at); at++)
		update(c, p, at, kind_of(&p->f->news[at]));
	gp_jw_close(&c->jw, ']');
	gp_jw_close(&c->jw, '}');
}

/* Here ts is a number, where updates have it as text. */
void
gp_sim_vk_long_poll_failed(struct gp_jw *w, int how, size_t ts)
{
	gp_jw_open(w, '{');
	gp_jw_kint(w, "failed", how);
	if (how == 1)
		gp_jw_kint(w, "ts", (int64_t)ts);
	gp_jw_close(w, '}');
}

/* 0, or how the key or the ts fails. */
static int
wrong(const struct gp_sim_vk *vk, const struct gp_sim_vk_page *p,
    const struct gp_sim_request *r, int64_t ts)
{
	int64_t key = number_of(vk, p->id, gp_sim_arg(r, "key"));
	size_t kept = p->f->news_n > HISTORY ? p->f->news_n - HISTORY : 0;

	if (key < vk->lost)
		return 3;
	if (key != vk->key || !vk->enabled)
		return 2;
	if (kept < vk->oldest)
		kept = vk->oldest;
	return ts < (int64_t)kept || (uint64_t)ts > p->f->news_n;
}

void
gp_sim_vk_long_poll(struct gp_sim *sim, const struct gp_sim_request *r,
    struct gp_sim_reply *a, int64_t group)
{
	struct gp_sim_vk_call c = {
		.sim = sim, .vk = sim->state[GP_SIM_VK], .r = r
	};
	struct gp_sim_vk_page p = { gp_sim_feed_by_id(sim, GP_SIM_VK, group),
		group };
	int64_t ts = -1, wait = WAIT;
	const char *act = gp_sim_arg(r, "act");
	struct timespec until;
	size_t at;
	int how;

	if (p.f == NULL || act == NULL || strcmp(act, "a_check") != 0) {
		a->status = 400;
		return;
	}
	gp_sim_arg_int(r, "ts", &ts);
	gp_sim_arg_int(r, "wait", &wait);
	gp_jw_init(&c.jw, &a->body);
	until = gp_sim_after((wait < 0                 ? 0
				     : wait > WAIT_MAX ? WAIT_MAX
						       : wait) *
	    1000);
	at = ts > 0 ? (size_t)ts : 0;
	do /* the key may die while somebody waits */
		how = wrong(c.vk, &p, r, ts);
	while (how == 0 && !news_from(c.vk, p.f, &at) &&
	    gp_sim_wait(sim, &until) == 0);
	if (how != 0)
		gp_sim_vk_long_poll_failed(&c.jw, how, p.f->news_n);
	else
		updates(&c, &p, at);
	gp_sim_vk_met_release(&c.met);
}
