/* A page of the country on the public preview. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/countryfeed.h"

#define FIRST 2000000000 /* ids of channels are below its negative */

enum {
	ASIDE =
	    4, /* posts beside those of the page, so that it has neighbours */
	MOST = GP_SIM_PAGE_POSTS + 2 * ASIDE
};

/* Post m has the id m + 1. Of those up to n the ones to be shown are in
 * [*from, *to). */
static void
window(const struct gp_sim_ask *ask, int64_t n, int64_t *from, int64_t *to)
{
	int64_t end = n;

	if (ask->before != 0)
		end = ask->before - 1 + ASIDE;
	else if (ask->after != 0)
		end = ask->after + GP_SIM_PAGE_POSTS + ASIDE;
	else if (ask->around != 0)
		end = ask->around + GP_SIM_PAGE_POSTS / 2 + ASIDE;
	*to = end < n ? end : n;
	*from = *to > MOST ? *to - MOST : 0;
}

static int
fill(struct gp_sim_country_view *v, const struct gp_sim_country *c,
    const struct gp_sim_land *l, int64_t from)
{
	int64_t subscribers = v->channel.subscribers;
	struct gp_sim_message *m;
	uint64_t dice;
	size_t i;

	for (i = 0; i < v->n; i++) {
		m = v->v[i] = &v->m[i];
		dice = gp_sim_land_dice(l, 'v', from + (int64_t)i);
		m->id = from + (int64_t)i + 1;
		m->as = GP_SIM_CHANNEL;
		m->at = gp_sim_land_post_at(c, l, m->id - 1);
		m->photo = dice % 3 == 0;
		m->post = &v->post[i];
		v->post[i].photos = m->photo;
		v->post[i].views =
		    subscribers / 10 + (int64_t)(dice % (uint64_t)subscribers);
		if (gp_sim_text_read(&m->text,
			gp_span_of(gp_sim_land_post_text(c, l, m->id - 1))) ==
		    -1)
			return -1;
	}
	return 0;
}

int
gp_sim_country_view(struct gp_sim_country_view *v,
    const struct gp_sim_country *c, int64_t k, gp_instant now,
    const struct gp_sim_ask *ask)
{
	struct gp_sim_land l;
	int64_t from, to;
	char id[48];

	memset(v, 0, sizeof(*v));
	gp_sim_land(c, k, now, &l);
	if (l.net != GP_SIM_COUNTRY_TELEGRAM)
		return -1;
	window(ask, l.posts_n, &from, &to);
	gp_sim_country_ids(&l, id, v->name);
	snprintf(v->title, sizeof(v->title), "Администрация округа № %" PRId64,
	    k + 1);
	v->channel = (struct gp_sim_channel){ .id = -1000000000000 - FIRST - k,
		.name = v->name,
		.title = v->title,
		.about = "Канал, которого нет.",
		.subscribers = 500 + (int64_t)(l.posts * 24 * 2000),
		.preview = 1 };
	v->n = to > from ? (size_t)(to - from) : 0;
	v->m = calloc(v->n + 1, sizeof(*v->m));
	v->v = calloc(v->n + 1, sizeof(struct gp_sim_message *));
	v->post = calloc(v->n + 1, sizeof(*v->post));
	if (v->m == NULL || v->v == NULL || v->post == NULL) {
		v->n = 0;
		return -1;
	}
	return fill(v, c, &l, from);
}

void
gp_sim_country_view_release(struct gp_sim_country_view *v)
{
	size_t i;

	for (i = 0; i < v->n; i++)
		gp_sim_text_release(&v->m[i].text);
	free(v->m);
	free(v->v);
	free(v->post);
	memset(v, 0, sizeof(*v));
}
