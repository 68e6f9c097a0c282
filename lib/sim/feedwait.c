/* Posts that wait for their moment, and what is attached to a note. */
#include <string.h>

#include "sim/feed.h"

void
gp_sim_feed_drop(struct gp_sim_feed *f, struct gp_sim_note *n)
{
	struct gp_sim_note **at = &f->waiting;

	while (*at != NULL && *at != n)
		at = &(*at)->next;
	if (*at != NULL)
		*at = n->next;
	n->next = NULL;
}

struct gp_sim_note *
gp_sim_feed_publish(struct gp_sim_feed *f, struct gp_sim_note *n)
{
	struct gp_sim_note like = *n;

	gp_sim_feed_drop(f, n);
	like.at = f->now;
	like.due = 0;
	like.was = n->id;
	like.next = NULL;
	n->heir = gp_sim_feed_add(f, &like);
	n->due = 0;
	n->deleted = 1;
	return n->heir;
}

struct gp_sim_note *
gp_sim_feed_due(const struct gp_sim_feed *f, gp_instant until)
{
	struct gp_sim_note *n, *first = NULL;

	for (n = f->waiting; n != NULL; n = n->next)
		if (n->due <= until &&
		    (first == NULL || n->due < first->due ||
			(n->due == first->due && n->id < first->id)))
			first = n;
	return first;
}

size_t
gp_sim_feed_waiting(const struct gp_sim_feed *f)
{
	const struct gp_sim_note *n;
	size_t k = 0;

	for (n = f->waiting; n != NULL; n = n->next)
		k++;
	return k;
}

int
gp_sim_feed_clash(
    const struct gp_sim_feed *f, gp_instant at, const struct gp_sim_note *but)
{
	const struct gp_sim_note *n;

	for (n = f->waiting; n != NULL; n = n->next)
		if (n != but && n->due / 60 == at / 60)
			return 1;
	return 0;
}

const struct gp_sim_item *
gp_sim_note_item(
    const struct gp_sim_note *n, enum gp_sim_item_kind kind, size_t i)
{
	size_t k;

	for (k = 0; k < n->items; k++)
		if (n->item[k]->kind == kind && i-- == 0)
			return n->item[k];
	return NULL;
}

int
gp_sim_note_attach(
    struct gp_sim_feed *f, struct gp_sim_note *n, const struct gp_sim_item *it)
{
	const struct gp_sim_item **more = gp_pool_alloc(
	    &f->pool, (n->items + 1) * sizeof(struct gp_sim_item *));

	if (more == NULL)
		return -1;
	if (n->items > 0)
		memcpy(more, n->item, n->items * sizeof(*more));
	more[n->items++] = it;
	n->item = more;
	switch (it->kind) {
	case GP_SIM_I_PHOTO:
		n->photos++;
		break;
	case GP_SIM_I_VIDEO:
		n->video = 30; /* nobody looks how long it really is */
		break;
	case GP_SIM_I_POLL:
		n->poll = it->poll;
		break;
	case GP_SIM_I_FILE:
	case GP_SIM_I_AUDIO:
		n->document = it->document;
		break;
	}
	return 0;
}
