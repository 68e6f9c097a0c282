#include "sim/plant.h"

#include "sim/markup.h"

/* The next of the crowd, and what he says. */
static const struct gp_sim_person *
citizen(struct gp_sim *sim, const char **text)
{
	uint64_t k = sim->planted++;

	*text = gp_sim_crowd_text(&sim->crowd, gp_sim_mix(k + 77));
	return gp_sim_crowd_person(&sim->crowd, k);
}

static void
count(struct gp_sim_planting *p, int64_t id)
{
	if (p->first == 0)
		p->first = id;
	p->last = id;
}

static const struct gp_sim_note *
post_of(const struct gp_sim_feed *f, int64_t id)
{
	const struct gp_sim_note *n = NULL;
	struct gp_sim_walk w;

	if (id != 0) {
		n = gp_sim_feed_own(f, id);
	} else {
		gp_sim_walk_posts(&w, f);
		n = gp_sim_walk_next(&w);
	}
	return n != NULL && n->kind == GP_SIM_POST && !gp_sim_feed_gone(f, n)
	    ? n
	    : NULL;
}

static int
in_feed(struct gp_sim *sim, struct gp_sim_feed *f, struct gp_sim_planting *p,
    struct gp_why *why)
{
	const struct gp_sim_note *post =
				     p->private ? NULL : post_of(f, p->post),
				 *made;
	struct gp_sim_note n = { .kind = p->private ? GP_SIM_LETTER
						    : GP_SIM_COMMENT };
	int64_t i;

	if (!p->private && post == NULL)
		return gp_because(why, "there is no such post");
	n.post = post != NULL ? post->id : 0;
	n.at = f->now;
	for (i = 0; i < p->n; i++) {
		n.from = citizen(sim, &n.text);
		made = gp_sim_feed_add(f, &n);
		if (made == NULL)
			return gp_because(why, "no memory");
		count(p, made->id);
	}
	return 0;
}

/* Under the forward of a post in the group, or in a private chat. */
static int
in_world(struct gp_sim *sim, struct gp_sim_planting *p, struct gp_why *why)
{
	struct gp_sim_chat *c = &sim->w.chat[GP_SIM_IN_GROUP];
	struct gp_sim_message *root = NULL, *made;
	const char *text;
	size_t i;
	int64_t k;

	if (!p->private && p->post != 0)
		root = gp_sim_forward_of(&sim->w, p->post);
	for (i = c->n; p->post == 0 && root == NULL && i > 0; i--)
		if (c->m[i - 1]->source != 0 && !c->m[i - 1]->deleted)
			root = c->m[i - 1];
	if (!p->private && root == NULL)
		return gp_because(why, "there is no such post");
	for (k = 0; k < p->n; k++) {
		struct gp_sim_message m = {
			.place =
			    p->private ? GP_SIM_IN_PRIVATE : GP_SIM_IN_GROUP,
			.at = sim->w.now,
		};

		m.from = citizen(sim, &text);
		m.reply_to = m.thread = p->private ? 0 : root->id;
		made = gp_sim_text_read(&m.text, gp_span_of(text)) == -1
		    ? NULL
		    : gp_sim_add(&sim->w, &m);
		if (made == NULL ||
		    gp_sim_tell(&sim->w, GP_SIM_U_MESSAGE, made) == -1)
			return gp_because(why, "no memory");
		count(p, made->id);
	}
	return 0;
}

int
gp_sim_plant(struct gp_sim *sim, struct gp_sim_feed *f,
    struct gp_sim_planting *p, struct gp_why *why)
{
	int r = f != NULL ? in_feed(sim, f, p, why) : in_world(sim, p, why);

	pthread_cond_broadcast(&sim->news);
	return r;
}
