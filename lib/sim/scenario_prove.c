#include "sim/scenario_prove.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define TEXT_UNITS    4096
#define CAPTION_UNITS 1024
#define ALBUM_MAX     10

struct proof {
	struct gp_sim_scenario *s;
	struct gp_why *why;
	int telegram; /* only there comments need a group */
};

#define WRONG(p, line, ...)                 \
	(gp_because((p)->why, __VA_ARGS__), \
	    gp_because_of((p)->why, "%s:%u", (p)->s->path, line))

static int
instant(struct proof *p, unsigned line, const char *text, gp_instant *to)
{
	if (gp_instant_civil(text, to) == 0)
		return 0;
	return WRONG(
	    p, line, "'%s' is not a moment, as 2026-10-01 09:00", text);
}

static int
length(struct proof *p, unsigned line, const char *text, int media)
{
	size_t n = text != NULL ? gp_utf8_units(gp_span_of(text)) : 0;
	size_t max = media ? CAPTION_UNITS : TEXT_UNITS;

	if (n <= max)
		return 0;
	return WRONG(
	    p, line, "the text is %zu units long; %zu at the most", n, max);
}

static int
author(struct proof *p, struct gp_sim_line *l)
{
	if ((l->from == NULL) == (l->as == NULL))
		return WRONG(p, l->line, "a message has either 'from' or 'as'");
	if (l->from == NULL)
		return 0;
	l->who = gp_sim_person(p->s, l->from);
	if (l->who == NULL)
		return WRONG(p, l->line, "nobody of 'people' is '%s'", l->from);
	return 0;
}

static int
lines(struct proof *p, struct gp_yaml_list *list, gp_instant after)
{
	struct gp_sim_line *l = list->v;
	size_t i;

	for (i = 0; i < list->n; i++, l++) {
		if (author(p, l) == -1 ||
		    instant(p, l->line, l->at_text, &l->at) == -1 ||
		    length(p, l->line, l->text, l->photos > 0) == -1)
			return -1;
		if (l->at < after)
			return WRONG(
			    p, l->line, "it is earlier than what it answers");
		if (l->text == NULL && l->photos == 0)
			return WRONG(p, l->line, "neither 'text' nor 'photos'");
		if (l->photos < 0 || l->photos > ALBUM_MAX)
			return WRONG(
			    p, l->line, "'photos' must be 0 to %d", ALBUM_MAX);
		if (l->edited != NULL &&
		    (instant(p, l->line, l->edited->at_text, &l->edited->at) ==
			    -1 ||
			length(p, l->line, l->edited->text, l->photos > 0) ==
			    -1))
			return -1;
		if (l->edited != NULL && l->edited->at < l->at)
			return WRONG(p, l->line, "edited before it was said");
		if (lines(p, &l->replies, l->at) == -1)
			return -1;
	}
	return 0;
}

static int
poll(struct proof *p, const struct gp_sim_post *post)
{
	const struct gp_sim_poll *q = post->poll;
	const struct gp_sim_option *o = q->options.v;
	size_t i, right = 0;
	int64_t votes = 0;

	if (q->options.n < 1 || q->options.n > 12)
		return WRONG(p, post->line, "a poll has 1 to 12 options");
	for (i = 0; i < q->options.n; i++) {
		right += o[i].correct != 0;
		if (o[i].votes > q->voters || o[i].votes < 0)
			return WRONG(p, post->line,
			    "more votes than voters for '%s'", o[i].text);
		votes += o[i].votes;
	}
	if ((strcmp(q->type, "quiz") == 0) != (right == 1))
		return WRONG(p, post->line,
		    "a quiz has one right option, another poll none");
	if (votes < q->voters)
		return WRONG(p, post->line, "more voters than votes");
	return 0;
}

static int
reactions(struct proof *p, struct gp_sim_post *post)
{
	const struct gp_yaml *map = post->reactions_node;
	struct gp_sim_reaction *r;
	char *end;
	size_t i;

	if (map == NULL || map->type == GP_YAML_SCALAR)
		return 0;
	if (map->type != GP_YAML_MAP)
		return WRONG(p, map->line, "'reactions' must be a map");
	r = gp_yaml_alloc(p->s->doc, (map->n + 1) * sizeof(*r));
	if (r == NULL)
		return gp_because(p->why, "no memory");
	for (i = 0; i < map->n; i++) {
		if (map->item[i].type != GP_YAML_SCALAR ||
		    map->item[i].text.p == NULL)
			return WRONG(p, map->line, "a reaction has a number");
		r[i].emoji = map->key[i].text.p;
		r[i].n = strtoll(map->item[i].text.p, &end, 10);
		if (*end != '\0' || r[i].n < 1)
			return WRONG(p, map->line,
			    "'%s' is not a number of "
			    "reactions",
			    map->item[i].text.p);
	}
	post->reactions.v = r;
	post->reactions.n = map->n;
	return 0;
}

static int
media(struct proof *p, const struct gp_sim_post *post)
{
	int kinds = (post->photos > 0) + (post->video > 0) +
	    (post->document != NULL) + (post->location != NULL) +
	    (post->poll != NULL);

	if (post->photos < 0 || post->photos > ALBUM_MAX)
		return WRONG(
		    p, post->line, "'photos' must be 0 to %d", ALBUM_MAX);
	if (kinds > 1)
		return WRONG(p, post->line,
		    "one of photos, video, document, "
		    "location and poll at the most");
	if (kinds == 0 && post->text == NULL && post->service == NULL)
		return WRONG(p, post->line, "the post is empty");
	return length(p, post->line, post->text, kinds > 0);
}

static int
one_post(
    struct proof *p, struct gp_sim_post *post, const struct gp_sim_post *before)
{
	if (instant(p, post->line, post->at_text, &post->at) == -1 ||
	    media(p, post) == -1 || reactions(p, post) == -1)
		return -1;
	if (post->id < 1 ||
	    (before != NULL && post->id < before->id + gp_sim_post_ids(before)))
		return WRONG(p, post->line, "id %lld is taken or out of order",
		    (long long)post->id);
	if (before != NULL && post->at < before->at)
		return WRONG(p, post->line,
		    "it is earlier than the post "
		    "before it");
	if (post->edited_text != NULL &&
	    instant(p, post->line, post->edited_text, &post->edited) == -1)
		return -1;
	if (post->edited != 0 && post->edited < post->at)
		return WRONG(p, post->line, "edited before it was posted");
	if (post->reply_to >= post->id)
		return WRONG(p, post->line,
		    "'reply_to' must be an earlier "
		    "post");
	if (post->poll != NULL && poll(p, post) == -1)
		return -1;
	if (post->comments.n > 0 && p->telegram && p->s->group == NULL)
		return WRONG(p, post->line, "comments need a 'group'");
	return lines(p, &post->comments, post->at);
}

static int
people(struct proof *p)
{
	const struct gp_sim_person *a = p->s->people.v;
	size_t i, j;

	for (i = 0; i < p->s->people.n; i++)
		for (j = 0; j < i; j++)
			if (a[i].id == a[j].id)
				return WRONG(p, a[i].line,
				    "'%s' and '%s' have one id", a[j].key,
				    a[i].key);
	return 0;
}

/* Letters are of one person and the bot; a person begins. */
static int
letters(struct proof *p, const struct gp_yaml_list *list,
    const struct gp_sim_person *peer)
{
	const struct gp_sim_line *l = list->v;
	size_t i;

	for (i = 0; i < list->n; i++, l++) {
		if (peer == NULL && l->who == NULL)
			return WRONG(p, l->line,
			    "a letter begins 'from' a "
			    "person");
		if (peer != NULL && l->who != peer &&
		    (l->as == NULL || strcmp(l->as, "bot") != 0))
			return WRONG(p, l->line,
			    "only '%s' and the bot are "
			    "in this talk",
			    peer->key);
		if (letters(p, &l->replies, peer != NULL ? peer : l->who) == -1)
			return -1;
	}
	return 0;
}

static int
posts(struct proof *p, struct gp_yaml_list *list)
{
	struct gp_sim_post *post = list->v;
	size_t i;

	for (i = 0; i < list->n; i++)
		if (one_post(p, &post[i], i > 0 ? &post[i - 1] : NULL) == -1)
			return -1;
	return 0;
}

/* Ids have the sign that their network gives them. */
static int
own(struct proof *p, enum gp_sim_net net)
{
	struct gp_sim_own *o = p->s->own[net];

	if (o == NULL)
		return 0;
	if (net == GP_SIM_MAX ? o->id >= 0 : o->id <= 0)
		return WRONG(p, 1, "the id of the %s page must be %s",
		    net == GP_SIM_MAX ? "MAX" : "VK or OK",
		    net == GP_SIM_MAX ? "negative" : "positive");
	p->telegram = 0;
	if (posts(p, &o->posts) == -1 || lines(p, &o->letters, 0) == -1)
		return -1;
	return letters(p, &o->letters, NULL);
}

static int
prove(struct proof *p)
{
	struct gp_sim_scenario *s = p->s;
	int net;

	if (s->version != 1)
		return WRONG(p, 1, "scenario %lld is not known, only 1",
		    (long long)s->version);
	if (gp_zone_set(s->zone != NULL ? s->zone : "UTC", p->why) == -1)
		return gp_because_of(p->why, "%s", s->path);
	if (instant(p, 1, s->now_text, &s->now) == -1 || people(p) == -1 ||
	    posts(p, &s->posts) == -1)
		return -1;
	if (s->group_only.n > 0 && s->group == NULL)
		return WRONG(p, 1, "'group_only' needs a 'group'");
	if (lines(p, &s->group_only, 0) == -1 || lines(p, &s->letters, 0) == -1)
		return -1;
	for (net = 0; net < GP_SIM_NETS; net++)
		if (own(p, (enum gp_sim_net)net) == -1)
			return -1;
	return letters(p, &s->letters, NULL);
}

int
gp_sim_scenario_prove(struct gp_sim_scenario *s, struct gp_why *why)
{
	struct proof p = { s, why, 1 };

	return prove(&p);
}
