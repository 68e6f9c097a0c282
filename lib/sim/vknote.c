/* Posts, comments and letters as VK writes them. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "sim/markup.h"
#include "sim/vk.h"

int64_t
gp_sim_vk_likes(const struct gp_sim_note *n)
{
	const struct gp_sim_reaction *r;
	int64_t sum = 0;
	size_t i;

	if (n->reactions == NULL)
		return 0;
	r = n->reactions->v;
	for (i = 0; i < n->reactions->n; i++)
		sum += r[i].n;
	return sum;
}

static void
likes(struct gp_jw *w, const struct gp_sim_note *n)
{
	gp_jw_key(w, "likes");
	gp_jw_open(w, '{');
	gp_jw_kint(w, "can_like", 1);
	gp_jw_kint(w, "count", gp_sim_vk_likes(n));
	gp_jw_kint(w, "user_likes", 0);
	if (n->kind == GP_SIM_POST) {
		gp_jw_kint(w, "can_publish", 1);
		gp_jw_kbool(w, "repost_disabled", 0);
	}
	gp_jw_close(w, '}');
}

static void
count(struct gp_jw *w, const char *key, int64_t n)
{
	gp_jw_key(w, key);
	gp_jw_open(w, '{');
	gp_jw_kint(w, "count", n);
	gp_jw_close(w, '}');
}

static void
comments(struct gp_jw *w, const struct gp_sim_vk_page *p,
    const struct gp_sim_note *n)
{
	int open = !p->f->page->mute && !n->closed;

	gp_jw_key(w, "comments");
	gp_jw_open(w, '{');
	gp_jw_kint(w, "can_post", open);
	gp_jw_kint(w, "can_view", 1);
	gp_jw_kint(w, "count", n->live_all);
	gp_jw_kbool(w, "groups_can_post", open);
	gp_jw_close(w, '}');
}

static void
geo(struct gp_jw *w, const struct gp_sim_location *l)
{
	char at[64];

	gp_jw_key(w, "geo");
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "type", "point");
	snprintf(at, sizeof(at), "%.6f %.6f", l->lat, l->lon);
	gp_jw_kstr(w, "coordinates", at);
	if (l->title != NULL) {
		gp_jw_key(w, "place");
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "title", l->title);
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, '}');
}

/* What was reposted carries the words; the post itself has none. */
static void
history(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p,
    const struct gp_sim_note *n)
{
	int64_t owner = gp_sim_vk_source(n->forward);
	struct gp_jw *w = &c->jw;

	if (gp_sim_vk_number(c, "copy_history_depth", 2) == 0)
		return;
	gp_sim_vk_meet_source(c, n->forward);
	gp_jw_key(w, "copy_history");
	gp_jw_open(w, '[');
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "inner_type", "wall_wallpost");
	gp_jw_kstr(w, "type", "post");
	gp_jw_kint(w, "id", n->forward->post != 0 ? n->forward->post : n->id);
	gp_jw_kint(w, "from_id", owner);
	gp_jw_kint(w, "owner_id", owner);
	gp_jw_kint(w, "date", n->at);
	gp_jw_kstr(w, "post_type", "post");
	gp_jw_kstr(w, "text", n->text);
	gp_sim_vk_json_attachments(c, p, n);
	gp_jw_close(w, '}');
	gp_jw_close(w, ']');
}

/* The one who signed, where it is somebody of the people. */
static void
signer(struct gp_sim_vk_call *c, const struct gp_sim_note *n)
{
	const struct gp_sim_person *p = c->sim->s->people.v;
	size_t i;

	for (i = 0; n->signature != NULL && i < c->sim->s->people.n; i++)
		if (strcmp(p[i].name, n->signature) == 0) {
			gp_jw_kint(&c->jw, "signer_id", p[i].id);
			gp_sim_vk_meet(c, &p[i]);
			return;
		}
}

void
gp_sim_vk_json_post(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p,
    const struct gp_sim_note *n)
{
	struct gp_jw *w = &c->jw;
	char hash[24];

	gp_sim_vk_meet(c, n->from);
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "inner_type", "wall_wallpost");
	gp_jw_key(w, "donut");
	gp_jw_open(w, '{');
	gp_jw_kbool(w, "is_donut", 0);
	gp_jw_close(w, '}');
	if (n->pinned && gp_sim_vk_pin(p->f) == n)
		gp_jw_kint(w, "is_pinned", 1);
	comments(w, p, n);
	gp_jw_kint(w, "marked_as_ads", 0);
	snprintf(hash, sizeof(hash), "%016llx",
	    (unsigned long long)gp_sim_hash(
		gp_span_of("wall"), (uint64_t)n->id));
	gp_jw_kstr(w, "hash", hash);
	gp_jw_kstr(w, "type", "post");
	if (n->forward != NULL)
		history(c, p, n);
	else
		gp_sim_vk_json_attachments(c, p, n);
	gp_jw_kint(w, "date", n->due != 0 ? n->due : n->at);
	if (n->edited != 0)
		gp_jw_kint(w, "edited", n->edited);
	gp_jw_kint(w, "from_id", gp_sim_vk_from(p, n));
	if (n->location != NULL)
		geo(w, n->location);
	gp_jw_kint(w, "id", n->id);
	gp_jw_kbool(w, "is_favorite", 0);
	likes(w, n);
	gp_jw_kint(w, "owner_id", -p->id);
	gp_jw_key(w, "post_source");
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "type", "vk");
	gp_jw_close(w, '}');
	gp_jw_kstr(w, "post_type", n->due != 0 ? "postpone" : "post");
	if (n->was != 0)
		gp_jw_kint(w, "postponed_id", n->was);
	count(w, "reposts", n->views / 400);
	signer(c, n);
	gp_jw_kstr(w, "text", n->forward != NULL ? "" : n->text);
	count(w, "views", n->views);
	gp_jw_close(w, '}');
}

/* So many letters, to the end of a word, and an ellipsis. */
static struct gp_span
cut(struct gp_span s, int64_t letters)
{
	const char *p = s.p, *end = gp_span_end(s), *word = s.p;

	while (p < end && letters-- > 0) {
		if (*p == ' ')
			word = p;
		gp_utf8_next(&p, end);
	}
	if (p == end)
		return s;
	s.n = (size_t)((word > s.p ? word : p) - s.p);
	return s;
}

static void
words(struct gp_jw *w, const char *text, int64_t preview)
{
	struct gp_span all = gp_span_of(text), some = all;
	struct gp_buf b;

	if (preview > 0)
		some = cut(all, preview);
	if (some.n == all.n) {
		gp_jw_ktext(w, "text", all);
		return;
	}
	gp_buf_init(&b, 0);
	gp_buf_add(&b, some.p, some.n);
	gp_buf_adds(&b, "…");
	gp_jw_ktext(w, "text", gp_buf_span(&b));
	gp_buf_release(&b);
}

void
gp_sim_vk_json_comment(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p,
    const struct gp_sim_note *n, int64_t preview)
{
	const struct gp_sim_note *to = NULL;
	struct gp_sim_note tmp;
	struct gp_jw *w = &c->jw;

	gp_sim_vk_meet(c, n->from);
	gp_jw_kint(w, "id", n->id);
	gp_jw_kint(w, "from_id", gp_sim_vk_from(p, n));
	gp_jw_kint(w, "date", n->at);
	words(w, n->text, preview);
	gp_jw_kint(w, "post_id", n->post);
	gp_jw_kint(w, "owner_id", -p->id);
	gp_jw_key(w, "parents_stack");
	gp_jw_open(w, '[');
	if (n->root != 0)
		gp_jw_int(w, n->root);
	gp_jw_close(w, ']');
	if (n->photos > 0 || n->items > 0)
		gp_sim_vk_json_attachments(c, p, n);
	if (n->reply_to != 0)
		to = gp_sim_feed_note(p->f, n->reply_to, &tmp);
	if (to != NULL) {
		gp_jw_kint(w, "reply_to_user", gp_sim_vk_from(p, to));
		gp_jw_kint(w, "reply_to_comment", to->id);
	}
	if (n->as == GP_SIM_CHANNEL)
		gp_jw_kbool(w, "is_from_post_author", 1);
	if (gp_sim_arg_true(c->r, "need_likes"))
		likes(w, n);
}

void
gp_sim_vk_json_letter(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p,
    const struct gp_sim_note *n)
{
	struct gp_jw *w = &c->jw;

	gp_sim_vk_meet(c, n->from);
	gp_jw_open(w, '{');
	gp_jw_kint(w, "date", n->at);
	gp_jw_kint(w, "from_id", gp_sim_vk_from(p, n));
	gp_jw_kint(w, "id", n->id);
	gp_jw_kint(w, "version", 10000000 + n->id);
	gp_jw_kint(w, "out", n->as != GP_SIM_PERSON);
	gp_sim_vk_json_attachments(c, p, n);
	gp_jw_kint(w, "conversation_message_id", n->place);
	gp_jw_key(w, "fwd_messages");
	gp_jw_open(w, '[');
	gp_jw_close(w, ']');
	gp_jw_kbool(w, "important", 0);
	gp_jw_kbool(w, "is_hidden", 0);
	gp_jw_kint(w, "peer_id", n->from->id);
	gp_jw_kint(w, "random_id", 0);
	gp_jw_kstr(w, "text", n->text);
	if (n->edited != 0)
		gp_jw_kint(w, "update_time", n->edited);
	gp_jw_close(w, '}');
}
