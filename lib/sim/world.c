#include "sim/world.h"

#include <stdlib.h>
#include <string.h>

#include "sim/botjson.h"
#include "sim/timeline.h"

#define FIRST_UPDATE  700000001
#define FIRST_GROUP   501
#define FIRST_PRIVATE 1

static const char *const kinds[GP_SIM_U_KINDS] = { "message", "edited_message",
	"channel_post", "edited_channel_post", "poll",
	"message_reaction_count" };

const char *
gp_sim_kind_name(enum gp_sim_kind k)
{
	return kinds[k];
}

struct gp_sim_post *
gp_sim_own_post(void)
{
	return calloc(1, sizeof(struct gp_sim_post));
}

static void
own_free(struct gp_sim_post *own)
{
	struct gp_sim_option *o;
	size_t i;

	if (own == NULL)
		return;
	if (own->poll != NULL) {
		o = own->poll->options.v;
		for (i = 0; i < own->poll->options.n; i++)
			free((char *)o[i].text);
		free(o);
		free((char *)own->poll->question);
		free((char *)own->poll->explanation);
		free(own->poll);
	}
	if (own->document != NULL)
		free((char *)own->document->title);
	free(own->document);
	free(own);
}

void
gp_sim_message_release(struct gp_sim_message *m)
{
	gp_sim_text_release(&m->text);
	own_free(m->own);
	m->own = NULL;
}

int
gp_sim_world_init(struct gp_sim_world *w, const struct gp_sim_scenario *s)
{
	const struct gp_sim_post *post = s->posts.v;
	int i;

	memset(w, 0, sizeof(*w));
	w->s = s;
	w->allowed = GP_SIM_ALLOWED_DEFAULT;
	w->next_update = FIRST_UPDATE;
	gp_buf_init(&w->scratch, 0);
	for (i = 0; i < 3; i++)
		w->chat[i].place = (enum gp_sim_place)i;
	w->chat[GP_SIM_IN_CHANNEL].next = 1;
	if (s->posts.n > 0)
		w->chat[GP_SIM_IN_CHANNEL].next = post[s->posts.n - 1].id +
		    gp_sim_post_ids(&post[s->posts.n - 1]);
	w->chat[GP_SIM_IN_GROUP].next = FIRST_GROUP;
	w->chat[GP_SIM_IN_PRIVATE].next = FIRST_PRIVATE;
	return gp_sim_timeline(w);
}

void
gp_sim_world_release(struct gp_sim_world *w)
{
	struct gp_sim_chat *c;
	size_t i;

	for (c = w->chat; c < w->chat + 3; c++) {
		for (i = 0; i < c->n; i++) {
			gp_sim_message_release(c->m[i]);
			free(c->m[i]);
		}
		free(c->m);
	}
	gp_sim_forget(w, w->updates);
	free(w->update);
	free(w->event);
	gp_buf_release(&w->scratch);
	memset(w, 0, sizeof(*w));
}

/* The place of the first message whose id is not below. */
static size_t
lower(const struct gp_sim_chat *c, int64_t id)
{
	size_t lo = 0, hi = c->n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (c->m[mid]->id < id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

struct gp_sim_message *
gp_sim_find(struct gp_sim_world *w, enum gp_sim_place place, int64_t id)
{
	struct gp_sim_chat *c = &w->chat[place];
	size_t i = lower(c, id);

	return i < c->n && c->m[i]->id == id ? c->m[i] : NULL;
}

struct gp_sim_message *
gp_sim_forward_of(struct gp_sim_world *w, int64_t post)
{
	struct gp_sim_chat *c = &w->chat[GP_SIM_IN_GROUP];
	size_t i;

	for (i = c->n; i > 0; i--)
		if (c->m[i - 1]->source == post)
			return c->m[i - 1];
	return NULL;
}

int
gp_sim_parts(struct gp_sim_world *w, const struct gp_sim_message *m)
{
	struct gp_sim_chat *c = &w->chat[m->place];
	size_t i;
	int n = 1;

	if (m->album == 0)
		return 1;
	for (i = lower(c, m->album) + 1; i < c->n; i++, n++)
		if (c->m[i]->album != m->album)
			break;
	return n;
}

static int
room(struct gp_sim_chat *c)
{
	size_t cap = c->cap == 0 ? 64 : c->cap * 2;
	void *m;

	if (c->n < c->cap)
		return 0;
	m = realloc(c->m, cap * sizeof(struct gp_sim_message *));
	if (m == NULL)
		return -1;
	c->m = m;
	c->cap = cap;
	return 0;
}

struct gp_sim_message *
gp_sim_add(struct gp_sim_world *w, struct gp_sim_message *m)
{
	struct gp_sim_chat *c = &w->chat[m->place];
	struct gp_sim_message *copy = malloc(sizeof(*copy));
	size_t i;

	if (copy == NULL || room(c) == -1) {
		gp_sim_message_release(m);
		free(copy);
		return NULL;
	}
	if (m->id == 0)
		m->id = c->next++;
	if (m->id >= c->next)
		c->next = m->id + 1;
	*copy = *m;
	i = lower(c, m->id);
	memmove(c->m + i + 1, c->m + i,
	    (c->n - i) * sizeof(struct gp_sim_message *));
	c->m[i] = copy;
	c->n++;
	memset(&m->text, 0, sizeof(m->text));
	m->own = NULL;
	return copy;
}

static int
repeat_part(struct gp_sim_world *w, struct gp_sim_message *part, int64_t *album)
{
	struct gp_sim_message f = {
		.place = GP_SIM_IN_GROUP,
		.as = GP_SIM_TELEGRAM,
		.at = part->at,
		.post = part->post,
		.source = part->id,
		.photo = part->photo,
		.part = part->part,
		.closed = part->closed,
	};
	struct gp_sim_message *made;

	if (gp_sim_text_copy(&f.text, &part->text) == -1) {
		gp_sim_message_release(&f);
		return -1;
	}
	f.album = *album;
	if (part->album != 0 && *album == 0)
		f.album = w->chat[GP_SIM_IN_GROUP].next;
	*album = f.album;
	made = gp_sim_add(w, &f);
	return made == NULL ? -1 : gp_sim_tell(w, GP_SIM_U_MESSAGE, made);
}

int
gp_sim_repeat(struct gp_sim_world *w, struct gp_sim_message *post)
{
	int64_t album = 0;
	int i, n;

	if (w->s->group == NULL ||
	    (post->post != NULL && post->post->service != NULL))
		return 0;
	n = gp_sim_parts(w, post);
	for (i = 0; i < n; i++) {
		struct gp_sim_message *part =
		    gp_sim_find(w, GP_SIM_IN_CHANNEL, post->id + i);

		if (part != NULL && repeat_part(w, part, &album) == -1)
			return -1;
	}
	return 0;
}

int
gp_sim_tell(
    struct gp_sim_world *w, enum gp_sim_kind kind, struct gp_sim_message *m)
{
	size_t cap = w->update_cap == 0 ? 256 : w->update_cap * 2;
	struct gp_sim_update *u;

	if ((w->allowed >> kind & 1) == 0 && w->asked)
		return 0;
	if (w->updates == w->update_cap) {
		u = realloc(w->update, cap * sizeof(*u));
		if (u == NULL)
			return -1;
		w->update = u;
		w->update_cap = cap;
	}
	u = &w->update[w->updates];
	u->id = w->next_update++;
	u->at = kind == GP_SIM_U_MESSAGE || kind == GP_SIM_U_CHANNEL_POST
	    ? m->at
	    : m->edited != 0 ? m->edited
			     : w->now;
	u->kind = kind;
	gp_buf_reset(&w->scratch);
	gp_sim_json_update(&w->scratch, w, u, m);
	if (w->scratch.bad)
		return -1;
	u->json = gp_span_dup(gp_buf_span(&w->scratch));
	if (u->json == NULL)
		return -1;
	w->updates++;
	return 0;
}

void
gp_sim_forget(struct gp_sim_world *w, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		free(w->update[i].json);
	w->updates -= n;
	if (n > 0)
		memmove(
		    w->update, w->update + n, w->updates * sizeof(*w->update));
}
