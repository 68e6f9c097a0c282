/* Threads take the cards in turn, each with fonts of its own. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "card/album.h"
#include "card/draw.h"

struct work {
	struct gp_album *a;
	const struct gp_album_how *how;
	atomic_size_t next;
	char **why; /* of each card, NULL: it was drawn */
	atomic_int bad;
	struct gp_why first; /* of the thread that set bad */
};

static void
one(struct work *w, struct gp_draw *d, size_t no)
{
	struct gp_why why;

	gp_buf_init(&w->a->picture[no], 0);
	d->no = no + 1;
	if (gp_draw_card(d, &w->a->v[no], &w->a->picture[no], &why) == 0)
		return;
	w->why[no] = strdup(why.msg);
	if (w->why[no] == NULL && atomic_exchange(&w->bad, 1) == 0)
		gp_because(&w->first, "no memory");
}

static void *
work(void *arg)
{
	struct work *w = arg;
	const struct gp_album_how *how = w->how;
	struct gp_draw d = { .theme = how->theme,
		.colour = how->dark ? &how->theme->dark : &how->theme->light,
		.lang = w->a->lang,
		.format = how->format,
		.w = how->w,
		.h = how->h,
		.of = w->a->n,
		.made = how->made };
	struct gp_why why;
	size_t no;

	d.pen = gp_pen_new(how->theme, &why);
	if (d.pen == NULL) {
		if (atomic_exchange(&w->bad, 1) == 0)
			w->first = why;
		return NULL;
	}
	while ((no = atomic_fetch_add(&w->next, 1)) < w->a->n)
		one(w, &d, no);
	gp_pen_free(d.pen);
	return NULL;
}

/*
 * cairo numbers what it makes for SVG with one counter for all threads: only
 * one of them gives the same bytes each time.
 */
static size_t
threads(const struct gp_album *a, const struct gp_album_how *how)
{
	size_t n = how->jobs > 0 ? (size_t)how->jobs : 1;

	if (how->format == GP_SVG)
		return 1;
	n = n < GP_MAX_JOBS ? n : GP_MAX_JOBS;
	return n < a->n ? n : a->n;
}

static void
run(struct work *w)
{
	pthread_t id[GP_MAX_JOBS];
	size_t n = threads(w->a, w->how), made;

	for (made = 0; made + 1 < n; made++)
		if (pthread_create(&id[made], NULL, work, w) != 0)
			break; /* those that are there do it all */
	work(w);
	while (made > 0)
		pthread_join(id[--made], NULL);
}

/* Takes out the cards that were not drawn, and says so. How many. */
static size_t
drop(struct work *w)
{
	struct gp_album *a = w->a;
	size_t i, kept = 0, n = a->n;

	for (i = 0; i < n; i++) {
		char place[64];

		if (w->why[i] == NULL) {
			a->v[kept] = a->v[i];
			a->picture[kept++] = a->picture[i];
			continue;
		}
		snprintf(place, sizeof(place), "card %zu ('%s')", i + 1,
		    gp_card_kind_name(a->v[i].kind));
		w->how->refused(w->how->ctx, place, w->why[i]);
		free(w->why[i]);
		gp_buf_release(&a->picture[i]);
	}
	a->n = kept;
	return n - kept;
}

int
gp_album_draw(
    struct gp_album *a, const struct gp_album_how *how, struct gp_why *why)
{
	size_t gone;

	do {
		struct work w = { .a = a, .how = how };

		if (a->n == 0)
			return 0;
		a->picture = calloc(a->n, sizeof(*a->picture));
		w.why = calloc(a->n, sizeof(*w.why));
		if (a->picture == NULL || w.why == NULL) {
			free(w.why);
			return gp_because(why, "no memory");
		}
		run(&w);
		gone = drop(&w);
		free(w.why);
		if (atomic_load(&w.bad)) {
			*why = w.first;
			return -1;
		}
		/* "2/5" stands on each: with one gone it would be wrong. */
		if (gone > 0)
			gp_album_forget(a);
	} while (gone > 0);
	return 0;
}
