#include "sim/timeline.h"

#include <stdlib.h>
#include <string.h>

/* A poll that the scenario calls closed is closed a day after it was posted;
 * reactions are told of an hour after the post. */
#define POLL_OPEN     86400
#define REACTED_AFTER 3600

struct filling {
	const struct gp_sim_month *month;
	struct gp_sim_event *v;
	size_t n;
};

static size_t
count_lines(const struct gp_yaml_list *list)
{
	const struct gp_sim_line *l = list->v;
	size_t i, n = 0;

	for (i = 0; i < list->n; i++)
		n += 2 + count_lines(&l[i].replies);
	return n;
}

static size_t
count(const struct gp_sim_month *m)
{
	const struct gp_sim_post *p = m->posts->v;
	size_t i, n = 1;

	if (m->group != NULL)
		n += count_lines(m->group);
	if (m->letters != NULL)
		n += count_lines(m->letters);
	for (i = 0; i < m->posts->n; i++)
		n += 4 + count_lines(&p[i].comments);
	return n;
}

static void
happens(struct filling *f, struct gp_sim_event e)
{
	e.seq = f->n;
	f->v[f->n++] = e;
}

static void
lines(struct filling *f, const struct gp_yaml_list *list,
    struct gp_sim_event like)
{
	const struct gp_sim_line *l = list->v, *to = like.to;
	const struct gp_sim_person *peer = like.peer;
	size_t i;

	for (i = 0; i < list->n; i++, l++) {
		like.what = GP_SIM_SAID;
		like.at = l->at;
		like.line = l;
		like.to = to;
		like.peer = peer != NULL ? peer : l->who;
		happens(f, like);
		if (l->edited != NULL) {
			like.what = GP_SIM_SAID_ANEW;
			like.at = l->edited->at;
			happens(f, like);
		}
		like.to = l;
		lines(f, &l->replies, like);
	}
}

static void
one_post(struct filling *f, const struct gp_sim_post *p)
{
	struct gp_sim_event e = { .place = GP_SIM_IN_CHANNEL, .post = p };
	gp_instant closed = p->at + POLL_OPEN, now = f->month->now;

	e.at = p->at;
	e.what = GP_SIM_POSTED;
	happens(f, e);
	if (p->edited != 0) {
		e.at = p->edited;
		e.what = GP_SIM_POST_EDITED;
		happens(f, e);
	}
	if (p->reactions.n > 0) {
		e.at = p->at + REACTED_AFTER;
		e.what = GP_SIM_REACTED;
		happens(f, e);
	}
	if (p->poll != NULL && p->poll->closed) {
		e.at = closed > now && p->at <= now ? now : closed;
		e.what = GP_SIM_POLL_CLOSED;
		happens(f, e);
	}
	e.place = GP_SIM_IN_GROUP;
	lines(f, &p->comments, e);
}

static int
by_time(const void *a, const void *b)
{
	const struct gp_sim_event *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->seq < y->seq ? -1 : 1;
}

struct gp_sim_event *
gp_sim_events(const struct gp_sim_month *m, size_t *n)
{
	const struct gp_sim_post *p = m->posts->v;
	struct gp_sim_event e = { .place = GP_SIM_IN_GROUP };
	struct filling f = { .month = m };
	size_t i;

	f.v = calloc(count(m), sizeof(*f.v));
	if (f.v == NULL)
		return NULL;
	for (i = 0; i < m->posts->n; i++)
		one_post(&f, &p[i]);
	if (m->group != NULL)
		lines(&f, m->group, e);
	e.place = GP_SIM_IN_PRIVATE;
	if (m->letters != NULL)
		lines(&f, m->letters, e);
	qsort(f.v, f.n, sizeof(*f.v), by_time);
	*n = f.n;
	return f.v;
}

int64_t
gp_sim_event_id(
    const struct gp_sim_event *v, size_t n, const struct gp_sim_line *line)
{
	size_t i;

	for (i = n; line != NULL && i > 0; i--)
		if (v[i - 1].line == line && v[i - 1].id != 0)
			return v[i - 1].id;
	return 0;
}

int
gp_sim_timeline(struct gp_sim_world *w)
{
	const struct gp_sim_month m = { &w->s->posts, &w->s->group_only,
		&w->s->letters, w->s->now };

	w->event = gp_sim_events(&m, &w->events);
	return w->event == NULL ? -1 : 0;
}

static int
read_text(struct gp_sim_message *m, const char *text)
{
	if (text == NULL)
		return 0;
	return gp_sim_text_read(&m->text, gp_span_of(text));
}

/* The further photos of an album: messages of their own, without words. */
static int
rest_of_album(struct gp_sim_world *w, const struct gp_sim_message *first,
    int64_t n, enum gp_sim_kind kind)
{
	struct gp_sim_message *made;
	int i;

	for (i = 1; i < n; i++) {
		struct gp_sim_message m = *first;

		memset(&m.text, 0, sizeof(m.text));
		m.own = NULL;
		m.id = first->id + i;
		m.part = i;
		made = gp_sim_add(w, &m);
		if (made == NULL ||
		    (m.as != GP_SIM_BOT && gp_sim_tell(w, kind, made) == -1))
			return -1;
	}
	return 0;
}

static int
posted(struct gp_sim_world *w, const struct gp_sim_post *p)
{
	struct gp_sim_message m = {
		.id = p->id,
		.place = GP_SIM_IN_CHANNEL,
		.as = GP_SIM_CHANNEL,
		.at = p->at,
		.post = p,
		.photo = p->photos > 0,
		.album = p->photos > 1 ? p->id : 0,
		.reply_to = p->reply_to,
	};
	struct gp_sim_message *made, *pinned;

	if (read_text(&m, p->text) == -1)
		return -1;
	made = gp_sim_add(w, &m);
	if (made == NULL || gp_sim_tell(w, GP_SIM_U_CHANNEL_POST, made) == -1 ||
	    rest_of_album(w, made, p->photos, GP_SIM_U_CHANNEL_POST) == -1)
		return -1;
	pinned = gp_sim_find(w, GP_SIM_IN_CHANNEL, p->reply_to);
	if (p->service != NULL && strcmp(p->service, "pinned") == 0 &&
	    pinned != NULL)
		pinned->pinned = 1;
	return gp_sim_repeat(w, made);
}

static int64_t
answered(const struct gp_sim_world *w, const struct gp_sim_line *to)
{
	return gp_sim_event_id(w->event, w->happened + 1, to);
}

static void
find_thread(struct gp_sim_world *w, const struct gp_sim_event *e,
    struct gp_sim_message *m)
{
	struct gp_sim_message *root;

	m->reply_to = answered(w, e->to);
	if (m->place != GP_SIM_IN_GROUP)
		return;
	if (e->post != NULL) {
		root = gp_sim_forward_of(w, e->post->id);
		m->thread = root != NULL ? root->id : 0;
		if (m->reply_to == 0)
			m->reply_to = m->thread;
	} else if (m->reply_to != 0) {
		root = gp_sim_find(w, m->place, m->reply_to);
		m->thread = root->thread != 0 ? root->thread : root->id;
	}
}

enum gp_sim_as
gp_sim_as_whom(const char *as)
{
	if (as == NULL)
		return GP_SIM_PERSON;
	if (strcmp(as, "channel") == 0)
		return GP_SIM_CHANNEL;
	return strcmp(as, "bot") == 0 ? GP_SIM_BOT : GP_SIM_GROUP;
}

static int
said(struct gp_sim_world *w, struct gp_sim_event *e)
{
	const struct gp_sim_line *l = e->line;
	struct gp_sim_message m = {
		.place = e->place,
		.as = gp_sim_as_whom(l->as),
		.from = e->place == GP_SIM_IN_PRIVATE ? e->peer : l->who,
		.at = l->at,
		.photo = l->photos > 0,
	};
	struct gp_sim_message *made;

	if (read_text(&m, l->text) == -1)
		return -1;
	find_thread(w, e, &m);
	m.album = l->photos > 1 ? w->chat[m.place].next : 0;
	made = gp_sim_add(w, &m);
	if (made == NULL)
		return -1;
	e->id = made->id;
	if (made->as != GP_SIM_BOT &&
	    gp_sim_tell(w, GP_SIM_U_MESSAGE, made) == -1)
		return -1;
	return rest_of_album(w, made, l->photos, GP_SIM_U_MESSAGE);
}

static int
said_anew(struct gp_sim_world *w, const struct gp_sim_event *e)
{
	int64_t id = answered(w, e->line);
	struct gp_sim_message *m = gp_sim_find(w, e->place, id);

	if (m == NULL || m->deleted)
		return 0;
	m->edited = e->at;
	if (read_text(m, e->line->edited->text) == -1)
		return -1;
	return m->as == GP_SIM_BOT ? 0
				   : gp_sim_tell(w, GP_SIM_U_EDITED_MESSAGE, m);
}

static int
post_event(struct gp_sim_world *w, const struct gp_sim_event *e)
{
	struct gp_sim_message *m;

	if (e->what == GP_SIM_POSTED)
		return posted(w, e->post);
	m = gp_sim_find(w, GP_SIM_IN_CHANNEL, e->post->id);
	if (m == NULL || m->deleted)
		return 0;
	if (e->what == GP_SIM_REACTED)
		return gp_sim_tell(w, GP_SIM_U_REACTION_COUNT, m);
	if (e->what == GP_SIM_POLL_CLOSED) {
		m->closed = 1;
		return gp_sim_tell(w, GP_SIM_U_POLL, m);
	}
	m->edited = e->at;
	return gp_sim_tell(w, GP_SIM_U_EDITED_CHANNEL_POST, m);
}

int
gp_sim_play(struct gp_sim_world *w, gp_instant until)
{
	struct gp_sim_event *e;
	int r;

	for (; w->happened < w->events; w->happened++) {
		e = &w->event[w->happened];
		if (e->at > until)
			break;
		w->now = e->at;
		if (e->what == GP_SIM_SAID)
			r = said(w, e);
		else if (e->what == GP_SIM_SAID_ANEW)
			r = said_anew(w, e);
		else
			r = post_event(w, e);
		if (r == -1)
			return -1;
	}
	w->now = until;
	return 0;
}
