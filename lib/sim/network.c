#include "sim/network.h"

#include <string.h>

#define BENCH_NAME "bench"

static const struct gp_sim_network *const networks[GP_SIM_NETS] = {
	[GP_SIM_VK] = &gp_sim_vk,
	[GP_SIM_OK] = &gp_sim_ok,
	[GP_SIM_MAX] = &gp_sim_max,
};

/* The pages whose posts are computed. */
static const struct gp_sim_own benches[GP_SIM_NETS] = {
	[GP_SIM_VK] = { .id = 210000999, .name = BENCH_NAME, },
	[GP_SIM_OK] = { .id = 55000000000999, .name = BENCH_NAME, },
	[GP_SIM_MAX] = { .id = -70000000000999, .name = BENCH_NAME, },
};

const struct gp_sim_network *
gp_sim_network(enum gp_sim_net net)
{
	return networks[net];
}

const struct gp_sim_network *
gp_sim_network_of(const char *path)
{
	int i;

	for (i = 0; i < GP_SIM_NETS; i++)
		if (strncmp(path, networks[i]->prefix,
			strlen(networks[i]->prefix)) == 0)
			return networks[i];
	return NULL;
}

const struct gp_sim_network *
gp_sim_network_named(const char *name, enum gp_sim_net *net)
{
	int i;

	for (i = 0; i < GP_SIM_NETS; i++)
		if (strcmp(name, networks[i]->name) == 0) {
			*net = (enum gp_sim_net)i;
			return networks[i];
		}
	return NULL;
}

/* Page k of the country, as a feed; NULL: it is of another network. */
static struct gp_sim_feed *
land(struct gp_sim *sim, enum gp_sim_net net, int64_t k)
{
	if (k < 0 ||
	    gp_sim_landing_feed(
		&sim->landing[net], &sim->land[net], net, k, sim->w.now) == -1)
		return NULL;
	return &sim->land[net];
}

struct gp_sim_feed *
gp_sim_feed_by_id(struct gp_sim *sim, enum gp_sim_net net, int64_t id)
{
	if (sim->mill[net].page != NULL && sim->mill[net].page->id == id)
		return &sim->mill[net];
	if (gp_sim_feed_page(&sim->feed[net], id) >= 0)
		return &sim->feed[net];
	return land(sim, net, gp_sim_country_by_id(&sim->country, net, id));
}

struct gp_sim_feed *
gp_sim_feed_by_name(
    struct gp_sim *sim, enum gp_sim_net net, struct gp_span name, int64_t *id)
{
	struct gp_sim_feed *f = &sim->mill[net];

	*id = gp_sim_feed_named(f, name);
	if (*id != 0)
		return f;
	f = &sim->feed[net];
	*id = gp_sim_feed_named(f, name);
	if (*id != 0)
		return f;
	f = land(sim, net, gp_sim_country_by_name(&sim->country, name));
	*id = f != NULL ? f->page->id : 0;
	return f;
}

struct gp_sim_feed *
gp_sim_feed_by_note(struct gp_sim *sim, enum gp_sim_net net, int64_t note)
{
	struct gp_sim_feed *f =
	    land(sim, net, gp_sim_country_by_note(&sim->country, note));

	return f != NULL ? f : &sim->feed[net];
}

static int
one_init(struct gp_sim *sim, enum gp_sim_net net)
{
	struct gp_sim_own *bench = &sim->mill_page[net];
	const int64_t *size = sim->o.bench[net];

	*bench = benches[net];
	bench->title = "Страница для замеров";
	bench->about = "Посты и комментарии, которых никто не писал.";
	bench->subscribers = 1474933;
	if (size[0] > 0 &&
	    gp_sim_mill_init(&sim->mill[net], bench, net, sim->o.now, size[0],
		size[1]) == -1)
		return -1;
	if (gp_sim_feed_init(&sim->feed[net], sim->s, net) == -1)
		return -1;
	sim->feed[net].clones = sim->o.clones;
	return networks[net]->init != NULL ? networks[net]->init(sim) : 0;
}

int
gp_sim_networks_init(struct gp_sim *sim)
{
	int net;

	for (net = 0; net < GP_SIM_NETS; net++)
		if (one_init(sim, (enum gp_sim_net)net) == -1)
			return -1;
	return 0;
}

void
gp_sim_networks_release(struct gp_sim *sim)
{
	int net;

	for (net = 0; net < GP_SIM_NETS; net++) {
		if (networks[net]->release != NULL)
			networks[net]->release(sim);
		gp_sim_feed_release(&sim->feed[net]);
		gp_sim_feed_release(&sim->mill[net]);
	}
}

int
gp_sim_networks_play(struct gp_sim *sim, gp_instant until)
{
	int net;

	for (net = 0; net < GP_SIM_NETS; net++)
		if (sim->feed[net].page != NULL &&
		    gp_sim_feed_play(&sim->feed[net], until) == -1)
			return -1;
	return 0;
}
