/*
 * What a run leaves to the next one: the offset, and what can be learnt from
 * updates alone: threads of posts, polls of posts, first pieces of albums.
 */
#include <inttypes.h>
#include <string.h>

#include "net/tg_updates.h"

void
gp_tg_pair_put(struct gp_tg_pairs *p, struct gp_span key, int64_t n)
{
	struct gp_tg_pair *v = &p->v[p->next];

	if (key.n == 0 || key.n >= sizeof(v->key) ||
	    gp_tg_pair_get(p, key) != 0)
		return;
	memcpy(v->key, key.p, key.n);
	v->key[key.n] = '\0';
	v->n = n;
	p->next = (p->next + 1) % GP_TG_PAIRS;
	p->n += p->n < GP_TG_PAIRS;
}

int64_t
gp_tg_pair_get(const struct gp_tg_pairs *p, struct gp_span key)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (gp_span_is(key, p->v[i].key))
			return p->v[i].n;
	return 0;
}

static void
load_pairs(struct gp_tg_updates *u, const struct gp_json_obj *o,
    const char *name, struct gp_tg_pairs *to)
{
	struct gp_json_obj list, pair;
	int64_t n;
	size_t i;

	gp_json_enter(u->world.json, gp_json_get(o, name), &list);
	for (i = 0; i < list.n; i++) {
		gp_json_enter(u->world.json, list.m[i].value, &pair);
		if (pair.n == 2 && gp_json_int(pair.m[1].value, &n) == 0)
			gp_tg_pair_put(to, gp_json_bare(pair.m[0].value), n);
	}
}

static void
save_pairs(struct gp_jw *w, const char *name, const struct gp_tg_pairs *p)
{
	size_t from = p->n == GP_TG_PAIRS ? p->next : 0, i;

	if (p->n == 0)
		return;
	gp_jw_key(w, name);
	gp_jw_open(w, '[');
	for (i = 0; i < p->n; i++) {
		const struct gp_tg_pair *v = &p->v[(from + i) % GP_TG_PAIRS];

		gp_jw_open(w, '[');
		gp_jw_str(w, v->key);
		gp_jw_int(w, v->n);
		gp_jw_close(w, ']');
	}
	gp_jw_close(w, ']');
}

int
gp_tg_cursor_read(struct gp_tg_updates *u, const char *cursor)
{
	struct gp_json_obj o, list, pair;
	struct gp_buf b;
	int64_t message, post, bot = u->world.bot;
	size_t i;
	int r = -1;

	gp_buf_init(&b, GP_MAX_STATE);
	gp_buf_adds(&b, cursor);
	if (gp_json_open(u->world.json, gp_buf_span(&b), 0, &o, NULL) == 0) {
		r = gp_json_int(gp_json_get(&o, "offset"), &u->offset);
		gp_json_int(gp_json_get(&o, "bot"), &bot);
		if (r == 0 && bot != u->world.bot && u->world.bot != 0) {
			u->offset = 0;
			r = 1;
		}
		gp_json_enter(u->world.json, gp_json_get(&o, "threads"), &list);
		for (i = 0; i < list.n; i++) {
			gp_json_enter(u->world.json, list.m[i].value, &pair);
			if (pair.n == 2 &&
			    gp_json_int(pair.m[0].value, &message) == 0 &&
			    gp_json_int(pair.m[1].value, &post) == 0)
				gp_tg_thread_put(
				    &u->world.threads, message, post);
		}
	}
	if (r == 0) {
		load_pairs(u, &o, "polls", &u->polls);
		load_pairs(u, &o, "albums", &u->albums);
	}
	gp_buf_release(&b);
	return r;
}

void
gp_tg_cursor_leave(struct gp_job *job, struct gp_tg_updates *u)
{
	const struct gp_tg_threads *t = &u->world.threads;
	struct gp_buf b;
	struct gp_jw w;
	size_t i, from;

	gp_buf_init(&b, 0);
	gp_jw_init(&w, &b);
	gp_jw_open(&w, '{');
	if (u->world.bot != 0) /* a replay knows no token */
		gp_jw_kint(&w, "bot", u->world.bot);
	gp_jw_kint(&w, "offset", u->offset);
	gp_jw_key(&w, "threads");
	gp_jw_open(&w, '[');
	from = t->n == GP_TG_THREADS ? t->next : 0; /* the oldest first */
	for (i = 0; i < t->n; i++) {
		const struct gp_tg_thread *p =
		    &t->v[(from + i) % GP_TG_THREADS];

		gp_jw_open(&w, '[');
		gp_jw_int(&w, p->message);
		gp_jw_int(&w, p->post);
		gp_jw_close(&w, ']');
	}
	gp_jw_close(&w, ']');
	save_pairs(&w, "polls", &u->polls);
	save_pairs(&w, "albums", &u->albums);
	gp_jw_close(&w, '}');
	gp_job_cursor(job, gp_buf_span(&b));
	gp_buf_release(&b);
}
