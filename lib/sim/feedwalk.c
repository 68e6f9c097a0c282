/* Going through the notes of a feed; and a note as tests see it. */
#include <string.h>

#include "sim/feed.h"

static void
begin(struct gp_sim_walk *w, const struct gp_sim_feed *f,
    enum gp_sim_mill_list what, const struct gp_sim_note *of,
    const struct gp_sim_notes *list, int back)
{
	w->f = f;
	w->list = list;
	w->peer = NULL;
	w->i = 0;
	w->back = back;
	w->what = what;
	w->of = of != NULL ? of->id : 0;
	w->n = f->mill_posts != 0 ? gp_sim_mill_count(f, what, w->of) : list->n;
}

void
gp_sim_walk_posts(struct gp_sim_walk *w, const struct gp_sim_feed *f)
{
	begin(w, f, GP_SIM_MILL_POSTS, NULL, &f->posts, 1);
}

void
gp_sim_walk_under(struct gp_sim_walk *w, const struct gp_sim_feed *f,
    const struct gp_sim_note *n, int back)
{
	begin(w, f, GP_SIM_MILL_UNDER, n, &n->under, back);
}

void
gp_sim_walk_all(struct gp_sim_walk *w, const struct gp_sim_feed *f,
    const struct gp_sim_note *n, int back)
{
	begin(w, f, GP_SIM_MILL_ALL, n, &n->all, back);
}

void
gp_sim_walk_letters(struct gp_sim_walk *w, const struct gp_sim_feed *f,
    const struct gp_sim_person *peer, int back)
{
	begin(w, f, GP_SIM_MILL_POSTS, NULL, &f->letters, back);
	w->peer = peer;
	if (f->mill_posts != 0) /* nobody writes to a computed page */
		w->n = 0;
}

static int
met(const struct gp_sim_walk *w, const struct gp_sim_note *n)
{
	if (w->peer != NULL && n->from != w->peer)
		return 0;
	return !n->deleted || (n->kind == GP_SIM_COMMENT && n->live_under > 0);
}

const struct gp_sim_note *
gp_sim_walk_next(struct gp_sim_walk *w)
{
	const struct gp_sim_note *n;
	size_t at;

	while (w->i < w->n) {
		at = w->back ? w->n - 1 - w->i : w->i;
		w->i++;
		if (w->f->mill_posts != 0) {
			gp_sim_mill_note(w->f,
			    gp_sim_mill_at(w->f, w->what, w->of, at), &w->tmp);
			return &w->tmp;
		}
		n = w->list->v[at];
		if (met(w, n))
			return n;
	}
	return NULL;
}

void
gp_sim_walk_skip(struct gp_sim_walk *w, int64_t n)
{
	if (w->f->mill_posts != 0 && n > 0)
		w->i = (uint64_t)n < w->n - w->i ? w->i + (size_t)n : w->n;
	else
		while (n-- > 0 && gp_sim_walk_next(w) != NULL)
			continue;
}

static void
author(struct gp_jw *w, const struct gp_sim_note *n)
{
	static const char *const words[] = { [GP_SIM_PERSON] = "person",
		[GP_SIM_CHANNEL] = "page",
		[GP_SIM_BOT] = "bot" };

	gp_jw_kstr(w, "as", words[n->as]);
	if (n->from == NULL)
		return;
	gp_jw_key(w, "from");
	gp_jw_open(w, '{');
	gp_jw_kint(w, "id", n->from->id);
	gp_jw_kstr(w, "name", n->from->name);
	gp_jw_close(w, '}');
}

static void
if_any(struct gp_jw *w, const char *key, int64_t n)
{
	if (n != 0)
		gp_jw_kint(w, key, n);
}

static void
moment(struct gp_jw *w, const char *key, gp_instant at)
{
	char s[GP_INSTANT_LEN];

	if (at != 0)
		gp_jw_kstr(w, key, gp_instant_utc(at, s));
}

static void
attached(struct gp_jw *w, const struct gp_sim_note *n)
{
	if_any(w, "photos", n->photos);
	if_any(w, "video", n->video);
	if (n->document != NULL) {
		gp_jw_key(w, "document");
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "title", n->document->title);
		if_any(w, "size", n->document->size);
		gp_jw_close(w, '}');
	}
	if (n->location != NULL) {
		gp_jw_key(w, "location");
		gp_jw_open(w, '{');
		gp_jw_key(w, "lat");
		gp_jw_real(w, n->location->lat, 6);
		gp_jw_key(w, "lon");
		gp_jw_real(w, n->location->lon, 6);
		gp_jw_kstr(w, "title", n->location->title);
		gp_jw_close(w, '}');
	}
	if (n->poll != NULL)
		gp_jw_kstr(w, "poll", n->poll->question);
	if (n->link != NULL)
		gp_jw_kstr(w, "link", n->link->url);
}

static void
source(struct gp_jw *w, const struct gp_sim_forward *f)
{
	if (f == NULL)
		return;
	gp_jw_key(w, "forward");
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "title", f->title);
	gp_jw_kstr(w, "name", f->name);
	if_any(w, "post", f->post);
	gp_jw_close(w, '}');
}

static void
reactions(struct gp_jw *w, const struct gp_yaml_list *list)
{
	const struct gp_sim_reaction *r;
	size_t i;

	if (list == NULL || list->n == 0)
		return;
	r = list->v;
	gp_jw_key(w, "reactions");
	gp_jw_open(w, '{');
	for (i = 0; i < list->n; i++)
		gp_jw_kint(w, r[i].emoji, r[i].n);
	gp_jw_close(w, '}');
}

void
gp_sim_note_json(
    struct gp_buf *b, const struct gp_sim_feed *f, const struct gp_sim_note *n)
{
	static const char *const kinds[] = { "post", "comment", "letter" };
	struct gp_jw w;

	(void)f;
	gp_jw_init(&w, b);
	gp_jw_open(&w, '{');
	gp_jw_kint(&w, "id", n->id);
	gp_jw_kstr(&w, "kind", kinds[n->kind]);
	if_any(&w, "post", n->post);
	if_any(&w, "reply_to", n->reply_to);
	if_any(&w, "root", n->root);
	author(&w, n);
	moment(&w, "at", n->at);
	moment(&w, "edited", n->edited);
	gp_jw_kstr(&w, "text", n->text);
	gp_jw_kstr(&w, "before", n->before);
	attached(&w, n);
	source(&w, n->forward);
	gp_jw_kstr(&w, "signature", n->signature);
	if_any(&w, "views", n->views);
	reactions(&w, n->reactions);
	if (n->pinned)
		gp_jw_kbool(&w, "pinned", 1);
	if (n->kind == GP_SIM_POST)
		gp_jw_kint(&w, "comments", n->live_all);
	gp_jw_close(&w, '}');
	gp_buf_addc(b, '\n');
}
