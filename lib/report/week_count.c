/*
 * Counting marks. The same id again replaces what was counted of it, so each
 * slot of the set knows where its item was counted:
 *
 *	bits 0-2	PENDING: only an answer to it came; 1 + kind of an
 *			appeal; GONE: not counted; POST
 *	bit 3		answered
 *	bits 4-12	day
 *	bits 13-20	group
 *	bits 21-23	calendar
 *
 * and of a post the number of its gp_post_slot from bit 3 on.
 */
#include "report/week.h"

#include <stdlib.h>
#include <string.h>

enum {
	PENDING = 0,
	FIRST_KIND = 1,
	GONE = FIRST_KIND + GP_KINDS,
	POST
};
enum {
	STATE = 7,
	ANSWERED = 8,
	AHEAD = 12
};

_Static_assert((int)POST <= (int)STATE, "three bits of a slot");
_Static_assert(GP_MOST_DAYS < 1 << 9 && GP_GROUPS <= 1 << 8 &&
	GP_CALENDARS <= 1 << (GP_SET_BITS - 21),
    "bits of a slot");

static uint32_t
value(unsigned state, uint32_t answered, unsigned day, unsigned group,
    unsigned calendar)
{
	return state | answered | day << 4 | group << 13 | calendar << 21;
}

static int
is_appeal(uint32_t v)
{
	return (v & STATE) >= FIRST_KIND && (v & STATE) < GONE;
}

static struct gp_tally *
tally_of(struct gp_week *w, uint32_t v)
{
	return &w->tally[v >> 13 & 255][v >> 4 & 511];
}

static void
count_post(struct gp_week *w, const struct gp_post_slot *p, int sign)
{
	struct gp_posts_day *d = &w->day[p->day];

	/* Unsigned: taking away is adding the complement. */
	d->posts += (uint64_t)sign;
	if (p->has & GP_HAS_VIEWS) {
		d->views += (uint64_t)sign * p->views;
		d->with_views += (uint64_t)sign;
	}
	if (p->has & GP_HAS_REACTIONS) {
		d->reactions += (uint64_t)sign * p->reactions;
		d->with_reactions += (uint64_t)sign;
	}
}

/* Takes away what was counted of the item; what is left is its answer. */
static uint32_t
take_away(struct gp_week *w, uint64_t *slot)
{
	uint32_t v = gp_slot_value(slot);

	if ((v & STATE) == POST) {
		struct gp_post_slot *p = &w->post[v >> 3];

		count_post(w, p, -1);
		return 0;
	}
	if (is_appeal(v)) {
		tally_of(w, v)->kind[(v & STATE) - FIRST_KIND]--;
		tally_of(w, v)->answered -= (v & ANSWERED) != 0;
		w->with_calendar[v >> 21]--;
	}
	return v & ANSWERED;
}

static unsigned
calendar_no(const struct gp_week *w, uint32_t hash)
{
	int no = hash == 0 ? -1 : gp_names_find(&w->calendars, hash);

	return hash == 0 ? 0 : no == -1 ? GP_CALENDAR_REST : (unsigned)no + 1;
}

static void
appeal(struct gp_week *w, const struct gp_mark *m, uint64_t *slot)
{
	int no = m->more == 0 ? -1 : gp_names_find(&w->names, m->more);
	unsigned group = m->more == 0 ? GP_GROUP_NONE
	    : no == -1                ? GP_GROUP_REST
				      : (unsigned)no + 1;
	uint32_t v;

	if (w->tally[group] == NULL)
		w->tally[group] = calloc(w->days.n, sizeof(**w->tally));
	if (w->tally[group] == NULL) {
		w->bad = 1;
		return;
	}
	v = value(FIRST_KIND + m->kind, take_away(w, slot), m->day, group,
	    calendar_no(w, m->n));
	gp_slot_set(slot, v);
	w->with_calendar[v >> 21]++;
	tally_of(w, v)->kind[m->kind]++;
	tally_of(w, v)->answered += (v & ANSWERED) != 0;
}

static void
post(struct gp_week *w, const struct gp_mark *m, uint64_t *slot)
{
	int known = (gp_slot_value(slot) & STATE) == POST;
	size_t no = known ? gp_slot_value(slot) >> 3 : w->posts;

	if (no == w->most_posts) {
		w->posts_full = 1;
		take_away(w, slot);
		gp_slot_set(slot, GONE);
		return;
	}
	w->posts += !known;
	take_away(w, slot);
	w->post[no] = (struct gp_post_slot){ m->more, m->n, m->day, m->kind };
	gp_slot_set(slot, POST | (uint32_t)no << 3);
	count_post(w, &w->post[no], 1);
}

static void
answer(struct gp_week *w, uint64_t *slot)
{
	uint32_t v = gp_slot_value(slot);

	if ((v & STATE) == POST || (v & ANSWERED))
		return;
	gp_slot_set(slot, v | ANSWERED);
	if (is_appeal(v))
		tally_of(w, v)->answered++;
}

/* An item that is not counted takes no room, unless it was counted before. */
static void
other(struct gp_week *w, uint64_t *slot)
{
	uint32_t v = gp_slot_value(slot);

	if ((v & STATE) == PENDING || (v & STATE) == GONE)
		return;
	gp_slot_set(slot, GONE | take_away(w, slot));
}

static void
name(struct gp_week *w, const struct gp_mark *m, const char *bytes)
{
	int group = m->type == GP_MARK_NAME, no;
	struct gp_names *names = group ? &w->names : &w->calendars;
	char **to;

	if (gp_names_find(names, m->id) != -1 ||
	    (!group && names->n + 1 == GP_CALENDAR_REST))
		return;
	no = gp_names_add(names, m->id);
	if (no == -1)
		return;
	to = group ? &w->title[no + 1] : &w->calendar[no + 1];
	*to = strndup(bytes, m->n);
	if (*to == NULL)
		w->bad = 1;
}

static int
is_name(const struct gp_mark *m)
{
	return m->type == GP_MARK_NAME || m->type == GP_MARK_CALENDAR;
}

static void
count(struct gp_week *w, const struct gp_mark *m)
{
	uint64_t *slot = m->type == GP_MARK_OTHER ? gp_set_find(&w->set, m->id)
						  : gp_set_put(&w->set, m->id);

	if (slot == NULL) {
		if (m->type != GP_MARK_OTHER)
			w->full = 1;
		return;
	}
	switch ((enum gp_mark_type)m->type) {
	case GP_MARK_APPEAL:
		appeal(w, m, slot);
		break;
	case GP_MARK_POST:
		post(w, m, slot);
		break;
	case GP_MARK_ANSWER:
		answer(w, slot);
		break;
	case GP_MARK_OTHER:
		other(w, slot);
		break;
	case GP_MARK_NAME:
	case GP_MARK_CALENDAR:
		break;
	}
}

static size_t
size_of(const struct gp_mark *m)
{
	size_t n = is_name(m) ? m->n : 0;

	return sizeof(*m) + (n + 7) / 8 * 8;
}

int
gp_week_sink(void *arg, struct gp_span out)
{
	struct gp_week *w = arg;
	const char *p = out.p, *end = p + out.n, *ahead = p;
	struct gp_mark m, soon;
	int n = 0;

	while (p < end && !w->full && !w->bad) {
		for (; n < AHEAD && ahead < end; n++) {
			memcpy(&soon, ahead, sizeof(soon));
			gp_set_soon(&w->set, soon.id);
			ahead += size_of(&soon);
		}
		memcpy(&m, p, sizeof(m));
		if (is_name(&m))
			name(w, &m, p + sizeof(m));
		else
			count(w, &m);
		p += size_of(&m);
		n--;
	}
	return w->bad ? -1 : 0;
}
