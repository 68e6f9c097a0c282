/* GET /_sim/country: its pages, and what was written on each between two
 * moments, to be compared with what a store holds. */
#include "sim/sim.h"

static const char *const words[] = { [GP_SIM_COUNTRY_VK] = "vk",
	[GP_SIM_COUNTRY_OK] = "ok",
	[GP_SIM_COUNTRY_TELEGRAM] = "telegram" };

struct asked {
	int64_t first, n;
	gp_instant since, until; /* what came after `since`, up to `until` */
	int roads;
};

static int64_t
roads(const struct gp_sim_country *c, const struct gp_sim_land *l, int64_t from,
    int64_t to)
{
	int64_t n = 0;

	for (; from < to; from++)
		n += gp_sim_land_roads(c, l, from);
	return n;
}

static void
one(struct gp_buf *to, const struct gp_sim_country *c, const struct asked *ask,
    int64_t k)
{
	int64_t posts, comments;
	char page[48], name[40];
	struct gp_sim_land l;
	struct gp_jw w;

	gp_sim_land(c, k, ask->until, &l);
	posts = gp_sim_land_posts(c, &l, ask->since);
	comments = gp_sim_land_comments(c, &l, ask->since);
	gp_sim_country_ids(&l, page, name);
	gp_jw_init(&w, to);
	gp_jw_open(&w, '{');
	gp_jw_kint(&w, "k", k);
	gp_jw_kstr(&w, "network", words[l.net]);
	gp_jw_kstr(&w, "page", page);
	gp_jw_kstr(&w, "name", name);
	gp_jw_kint(&w, "region", l.region);
	gp_jw_kint(&w, "zone", l.zone);
	gp_jw_kint(&w, "posts", l.posts_n - posts);
	gp_jw_kint(&w, "comments", l.comments_n - comments);
	if (ask->roads)
		gp_jw_kint(&w, "roads", roads(c, &l, comments, l.comments_n));
	gp_jw_close(&w, '}');
	gp_buf_addc(to, '\n');
}

/* -1: it is no moment. */
static int
moment(const struct gp_sim *sim, const struct gp_sim_request *r,
    const char *name, gp_instant *at)
{
	const char *word = gp_sim_arg(r, name);

	return word == NULL ? 0 : gp_instant_word(word, sim->w.now, at);
}

void
gp_sim_control_country(
    struct gp_sim *sim, const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	struct asked ask = { .n = sim->country.pages,
		.until = sim->w.now,
		.roads = gp_sim_arg_true(r, "roads") };
	int64_t k;

	if (sim->country.pages == 0) {
		gp_sim_bot_error(a, 400, "no --country is played", 0);
		return;
	}
	if (gp_sim_arg_int(r, "first", &ask.first) == -1 ||
	    gp_sim_arg_int(r, "n", &ask.n) == -1 || ask.first < 0 ||
	    moment(sim, r, "since", &ask.since) == -1 ||
	    moment(sim, r, "until", &ask.until) == -1 ||
	    ask.until < ask.since) {
		gp_sim_bot_error(a, 400,
		    "'first' and 'n' are numbers, 'since' and 'until' moments",
		    0);
		return;
	}
	a->type = "application/x-ndjson";
	a->body.max = GP_MAX_STATE;
	for (k = ask.first; k < sim->country.pages && k < ask.first + ask.n;
	     k++)
		one(&a->body, &sim->country, &ask, k);
}
