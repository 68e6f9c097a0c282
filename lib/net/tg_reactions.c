/* How often people reacted to a message. */
#include <inttypes.h>
#include <string.h>

#include "net/telegram.h"

static void
one(struct gp_tg_world *w, struct gp_json v, struct gp_reaction *to)
{
	struct gp_json_obj o, type;
	struct gp_json kind;

	gp_json_enter(w->json, v, &o);
	gp_json_enter(w->json, gp_json_get(&o, "type"), &type);
	kind = gp_json_get(&type, "type");
	to->paid = gp_json_is(kind, "paid");
	to->emoji = gp_json_bare(gp_json_get(&type, "emoji"));
	to->custom = gp_json_bare(gp_json_get(&type, "custom_emoji_id"));
	gp_json_int(gp_json_get(&o, "total_count"), &to->n);
}

int
gp_tg_reactions(struct gp_tg_world *w, struct gp_json v, struct gp_item *it)
{
	struct gp_json_obj o, chat, list;
	struct gp_reaction *r;
	int64_t id = 0, message = 0, at = 0;
	size_t i, n = 0;

	gp_json_enter(w->json, v, &o);
	gp_json_enter(w->json, gp_json_get(&o, "chat"), &chat);
	gp_json_int(gp_json_get(&chat, "id"), &id);
	gp_json_int(gp_json_get(&o, "message_id"), &message);
	gp_json_int(gp_json_get(&o, "date"), &at);
	if (message == 0 || id == 0 || (id != w->channel && id != w->group))
		return -1;
	gp_json_enter(w->json, gp_json_get(&o, "reactions"), &list);
	r = gp_pool_alloc(&w->pool, (list.n + 1) * sizeof(*r));
	if (r == NULL)
		return -1;
	for (i = 0; i < list.n; i++) {
		one(w, list.m[i].value, &r[n]);
		n += r[n].paid || r[n].emoji.n > 0 || r[n].custom.n > 0;
	}
	it->of = gp_tg_id(w, id, message);
	it->id =
	    gp_pool_fmt(&w->pool, "reactions:%.*s", (int)it->of.n, it->of.p);
	it->at = at;
	it->reaction = r;
	it->reactions = n;
	it->source = gp_span_of("bot");
	return 0;
}
