/*
 * Albums. Telegram sends each picture of one as a message of its own, with the
 * same media_group_id; here they are one item, under the number of the first.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "net/tg_updates.h"

void
gp_tg_album_go(struct gp_job *job, struct gp_tg_updates *u)
{
	if (u->held != NULL)
		gp_job_item(job, u->held);
	u->held = NULL;
	u->part.n = 0;
}

int
gp_tg_album_join(
    struct gp_tg_updates *u, const struct gp_item *it, struct gp_span part)
{
	struct gp_item *to = u->held;
	struct gp_attachment *all;
	size_t n;

	if (to == NULL || part.n == 0 || !gp_span_eq(part, u->part))
		return 0;
	u->held_n++;
	n = to->attachments + it->attachments;
	all = gp_pool_alloc(&u->world.pool, (n + 1) * sizeof(*all));
	if (all == NULL)
		return 1;
	if (to->attachments > 0)
		memcpy(all, to->attachment, to->attachments * sizeof(*all));
	if (it->attachments > 0)
		memcpy(all + to->attachments, it->attachment,
		    it->attachments * sizeof(*all));
	to->attachment = all;
	to->attachments = n;
	if (to->text.n == 0)
		to->text = it->text;
	return 1;
}

/* The number behind the last slash of an id. */
static int64_t
number_of(struct gp_span id)
{
	size_t i = id.n;

	while (i > 0 && id.p[i - 1] != '/')
		i--;
	return i > 0 ? strtoll(id.p + i, NULL, 10) : 0;
}

void
gp_tg_album_hold(
    struct gp_tg_updates *u, struct gp_item *it, struct gp_span part)
{
	u->held = it;
	u->part = part;
	u->held_from = u->update;
	u->held_n = 1;
	gp_tg_pair_put(&u->albums, part, number_of(it->id));
}

int
gp_tg_album_later(struct gp_job *job, struct gp_tg_updates *u)
{
	/* Asked again it was the same: it is whole. A run that may not confirm
	 * makes no further call. */
	if (u->held == NULL || !job->want->confirm ||
	    (u->held_from == u->left_from && u->held_n == u->left_n))
		return 0;
	u->left_from = u->held_from;
	u->left_n = u->held_n;
	u->offset = u->held_from;
	u->held = NULL;
	u->part.n = 0;
	return 1;
}

int
gp_tg_album_edit(
    struct gp_tg_updates *u, struct gp_item *it, struct gp_span part)
{
	int64_t first = gp_tg_pair_get(&u->albums, part);
	size_t i = it->id.n;

	/* Only one of its pieces is told: the others are not gone. */
	it->attachments = 0;
	if (it->text.n == 0)
		return 0;
	if (first == 0)
		return 1;
	while (i > 0 && it->id.p[i - 1] != '/')
		i--;
	it->id = gp_pool_fmt(
	    &u->world.pool, "%.*s%" PRId64, (int)i, it->id.p, first);
	return 1;
}
