#include "net/wall.h"

#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

void
gp_wall_share(struct gp_job *posts, struct gp_job *comments)
{
	if (posts == NULL || posts->want->plan)
		return;
	posts->heir = comments;
	comments->after = posts;
}

void
gp_wall_free(struct gp_wall *w)
{
	if (w == NULL)
		return;
	gp_pool_release(&w->pool);
	free(w->v);
	free(w->anchor);
	free(w);
}

void
gp_wall_put(struct gp_job *posts, const struct gp_wall_post *p)
{
	struct gp_wall *w = posts->wall;
	struct gp_wall_post *v;

	if (posts->heir == NULL)
		return;
	if (w == NULL)
		w = posts->wall = calloc(1, sizeof(*w));
	if (w == NULL)
		return;
	v = gp_room(&w->v, w->n, &w->cap, sizeof(*v));
	if (v == NULL) {
		w->bad = 1;
		return;
	}
	w->n++;
	*v = *p;
	v->id = gp_pool_copy(&w->pool, p->id);
}

void
gp_wall_listed(struct gp_job *posts, int whole, const char *anchor)
{
	struct gp_wall *w = posts->wall;

	if (w == NULL)
		return;
	w->whole = whole;
	w->anchor = anchor != NULL ? strdup(anchor) : NULL;
	w->bad |= w->pool.bad || (anchor != NULL && w->anchor == NULL);
}

const struct gp_wall *
gp_wall_of(const struct gp_job *comments)
{
	const struct gp_job *posts = comments->after;

	if (posts == NULL || posts->wall == NULL || posts->wall->bad ||
	    (posts->outcome != GP_RUN_OK && posts->outcome != GP_RUN_EMPTY))
		return NULL;
	return posts->wall;
}
