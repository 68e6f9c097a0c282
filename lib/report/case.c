#include "report/case.h"

#include <string.h>

_Static_assert(sizeof(struct gp_case) == 64, "one line of the cache");

enum {
	DAY = 86400
};

static const char *const states[GP_STATES] = { "answered", "open", "timed",
	"within_24h", "with_term", "in_term", "late", "overdue", "interim",
	"promised", "kept", "broken", "waiting", "repeat", "complaint",
	"question", "suggestion", "danger", "unsorted" };

static const struct {
	const char *name, *title[GP_LANGS], *none[GP_LANGS];
} dims[] = {
	[GP_DIM_NETWORK] = { "network", { "Сеть", "Network" },
	    { "без сети", "no network" } },
	[GP_DIM_PAGE] = { "page", { "Страница", "Page" },
	    { "без страницы", "no page" } },
	[GP_DIM_GROUP] = { "group", { "Тема", "Topic group" },
	    { "без темы", "no topic" } },
	[GP_DIM_TOPIC] = { "topic", { "Подтема", "Topic" },
	    { "без подтемы", "no topic" } },
	[GP_DIM_ASSIGNEE] = { "assignee", { "Исполнитель", "Assignee" },
	    { "не назначен", "nobody" } },
	[GP_DIM_CENTRE] = { "centre", { "Центр", "Centre" },
	    { "без центра", "no centre" } },
	[GP_DIM_CALENDAR] = { "calendar", { "Календарь", "Calendar" },
	    { "без календаря", "no calendar" } },
	[GP_DIM_HOUR] = { "hour", { "Час", "Hour" }, { "", "" } },
};

const char *
gp_state_name(enum gp_state s)
{
	return states[s];
}

enum gp_state
gp_state_find(struct gp_span s)
{
	int i;

	for (i = 0; i < GP_STATES; i++)
		if (gp_span_is(s, states[i]))
			break;
	return (enum gp_state)i;
}

const char *
gp_dim_name(enum gp_dim d)
{
	return dims[d].name;
}

enum gp_dim
gp_dim_find(struct gp_span s)
{
	int i;

	for (i = 0; i < GP_DIM_ALL; i++)
		if (gp_span_is(s, dims[i].name))
			break;
	return (enum gp_dim)i;
}

const char *
gp_dim_title(enum gp_dim d, enum gp_lang lang)
{
	return dims[d].title[lang];
}

const char *
gp_dim_none(enum gp_dim d, enum gp_lang lang)
{
	return dims[d].none[lang];
}

uint32_t
gp_case_dim(const struct gp_case *c, enum gp_dim d)
{
	switch (d) {
	case GP_DIM_NETWORK:
		return c->network;
	case GP_DIM_PAGE:
		return c->page;
	case GP_DIM_GROUP:
		return c->group;
	case GP_DIM_TOPIC:
		return c->topic;
	case GP_DIM_ASSIGNEE:
		return c->assignee;
	case GP_DIM_CENTRE:
		return c->centre;
	case GP_DIM_CALENDAR:
		return c->calendar;
	default:
		return 0;
	}
}

void
gp_case_set_dim(struct gp_case *c, enum gp_dim d, uint32_t no)
{
	switch (d) {
	case GP_DIM_NETWORK:
		c->network = (uint8_t)no;
		break;
	case GP_DIM_PAGE:
		c->page = no;
		break;
	case GP_DIM_GROUP:
		c->group = (uint16_t)no;
		break;
	case GP_DIM_TOPIC:
		c->topic = (uint16_t)no;
		break;
	case GP_DIM_ASSIGNEE:
		c->assignee = (uint16_t)no;
		break;
	case GP_DIM_CENTRE:
		c->centre = (uint16_t)no;
		break;
	case GP_DIM_CALENDAR:
		c->calendar = (uint8_t)no;
		break;
	default:
		break;
	}
}

static uint32_t
sooner(uint32_t a, uint32_t b)
{
	return a == 0 || (b != 0 && b < a) ? b : a;
}

uint32_t
gp_case_due(const struct gp_case *c)
{
	return sooner(c->due_first, c->due_final);
}

/* What came behind the cut-off had not come by then. */
static uint32_t
by(uint32_t t, gp_instant cut)
{
	return t != 0 && (gp_instant)t <= cut ? t : 0;
}

/* The desk's word counts where the stream has no answer. */
uint32_t
gp_case_first(const struct gp_case *c, gp_instant cut)
{
	uint32_t first = by(c->first, cut);

	return first != 0 || c->flags & GP_CASE_UNDATED_ANSWER
	    ? first
	    : by(c->desk, cut);
}

#define BIT(s) (1u << (s))

static unsigned
promise(const struct gp_case *c, gp_instant cut)
{
	uint32_t final = by(c->final, cut);
	int done = final != 0 && final >= c->interim;

	if (!done && by(c->desk, cut) != 0 && c->flags & GP_CASE_DESK_DONE) {
		final = c->desk;
		done = 1;
	}
	if (c->promised == 0)
		return 0;
	if (done && final <= c->promised)
		return BIT(GP_S_PROMISED) | BIT(GP_S_KEPT);
	if (done || (gp_instant)c->promised < cut)
		return BIT(GP_S_PROMISED) | BIT(GP_S_BROKEN);
	return BIT(GP_S_PROMISED) | BIT(GP_S_WAITING);
}

static unsigned
terms(const struct gp_case *c, uint32_t first, int answered, gp_instant cut)
{
	uint32_t due = gp_case_due(c);

	if (due == 0)
		return 0;
	if (first != 0)
		return BIT(GP_S_WITH_TERM) |
		    BIT(first <= due ? GP_S_IN_TERM : GP_S_LATE);
	return BIT(GP_S_WITH_TERM) |
	    (!answered && (gp_instant)due < cut ? BIT(GP_S_OVERDUE) : 0);
}

unsigned
gp_case_states(const struct gp_case *c, gp_instant cut)
{
	uint32_t first = gp_case_first(c, cut);
	int answered = first != 0 ||
	    c->flags & (GP_CASE_UNDATED_ANSWER | GP_CASE_DESK_UNDATED);
	uint32_t interim = by(c->interim, cut);
	unsigned s = BIT(answered ? GP_S_ANSWERED : GP_S_OPEN);

	s |= terms(c, first, answered, cut);
	if (first != 0 && c->at != 0) {
		s |= BIT(GP_S_TIMED);
		if (first <= c->at || first - c->at <= DAY)
			s |= BIT(GP_S_DAY);
	}
	if (interim != 0 && by(c->final, cut) < interim &&
	    !(c->flags & GP_CASE_DESK_DONE))
		s |= BIT(GP_S_INTERIM);
	if (interim != 0)
		s |= promise(c, cut);
	if (c->flags & GP_CASE_REPEAT)
		s |= BIT(GP_S_REPEAT);
	if (c->kind < GP_KINDS)
		s |= BIT((int)GP_S_COMPLAINT + c->kind);
	return s;
}
