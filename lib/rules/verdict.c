#include "rules/verdict.h"

#include <string.h>

/* What is left of the candidates; numbers of owners, or GP_NONE. */
struct ballot {
	long kind, group, topic;
	long kind_score;
	long best, second; /* scores of groups */
};

static long
own(const struct gp_match *m, unsigned owner)
{
	const struct gp_score *s = &m->score[owner];

	return s->epoch == m->epoch && !s->out ? s->own : 0;
}

static int
is_out(const struct gp_match *m, unsigned owner)
{
	const struct gp_score *s = &m->score[owner];

	return s->epoch == m->epoch && s->out;
}

/* Highest priority, then score, then place in the file. */
static void
run_kind(struct ballot *b, const struct gp_match *m, unsigned no)
{
	const struct gp_owner *owner = m->tax->owner;
	long score = own(m, no);

	if (score < m->tax->least.kind)
		return;
	if (b->kind != GP_NONE) {
		if (owner[no].priority < owner[b->kind].priority)
			return;
		if (owner[no].priority == owner[b->kind].priority &&
		    (score < b->kind_score ||
			(score == b->kind_score && no > b->kind)))
			return;
	}
	b->kind = no;
	b->kind_score = score;
}

/* Counts a group as it stands with this topic (GP_NONE: without one). */
static void
run_group(struct ballot *b, unsigned group, long topic, long score)
{
	int wins;

	if (score <= 0)
		return;
	if (b->group == group) {
		/* another topic of the group that leads */
		wins = score > b->best ||
		    (score == b->best && topic != GP_NONE &&
			(b->topic == GP_NONE || topic < b->topic));
		if (!wins)
			return;
	} else if (score > b->best || (score == b->best && group < b->group)) {
		b->second = b->best;
		b->group = group;
	} else {
		if (score > b->second)
			b->second = score;
		return;
	}
	b->best = score;
	b->topic = topic;
}

static void
run(struct ballot *b, const struct gp_match *m, unsigned no)
{
	const struct gp_owner *o = &m->tax->owner[no];
	long score = own(m, no);

	switch (o->type) {
	case GP_KIND:
		run_kind(b, m, no);
		break;
	case GP_GROUP:
		run_group(b, no, GP_NONE, score);
		break;
	case GP_TOPIC:
		if (score > 0 && !is_out(m, o->group))
			run_group(b, o->group, no, score + own(m, o->group));
		break;
	}
}

/* Whole hundredths of best / (best + second + 0.5), rounded, never 100. */
static int
confidence(const struct ballot *b)
{
	long sum = b->best + b->second + GP_WEIGHT / 2;
	long c = (200L * b->best + sum) / (2 * sum);

	return c < 100 ? (int)c : 99;
}

static int
decides(const struct ballot *b, unsigned owner)
{
	return owner == b->kind || owner == b->group || owner == b->topic;
}

/* 1: rule a comes before rule b. */
static int
is_stronger(const struct gp_match *m, unsigned a, unsigned b)
{
	const struct gp_rule *r = m->tax->rule;

	if (r[a].weight != r[b].weight)
		return r[a].weight > r[b].weight;
	return a < b;
}

/* The strongest rules of those that decided, by insertion; n of them. */
static size_t
strongest(
    const struct gp_match *m, const struct ballot *b, unsigned top[GP_REASONS])
{
	size_t i, k, n = 0;
	unsigned no;

	for (i = 0; i < m->hits; i++) {
		no = m->hit[i];
		if (!decides(b, m->tax->rule[no].owner) ||
		    m->tax->rule[no].exclude)
			continue;
		for (k = n; k > 0 && is_stronger(m, no, top[k - 1]); k--)
			if (k < GP_REASONS)
				top[k] = top[k - 1];
		if (k < GP_REASONS)
			top[k] = no;
		n += n < GP_REASONS;
	}
	return n;
}

/* Group and topic may both have a term: it is told once. */
static void
tell(const struct gp_match *m, const struct ballot *b, struct gp_verdict *v)
{
	const struct gp_rule *r = m->tax->rule;
	unsigned top[GP_REASONS];
	size_t n = strongest(m, b, top), i, k;

	for (i = 0; i < n; i++) {
		for (k = 0; k < v->whys; k++)
			if (r[v->why[k]].weight == r[top[i]].weight &&
			    strcmp(r[v->why[k]].why, r[top[i]].why) == 0)
				break;
		if (k == v->whys)
			v->why[v->whys++] = top[i];
	}
}

long
gp_verdict_kind(const struct gp_match *m)
{
	struct ballot b = { GP_NONE, GP_NONE, GP_NONE, 0, 0, 0 };
	size_t i;

	for (i = 0; i < m->touches; i++)
		if (m->tax->owner[m->touched[i]].type == GP_KIND)
			run_kind(&b, m, m->touched[i]);
	return b.kind;
}

void
gp_verdict_of(const struct gp_match *m, struct gp_verdict *v)
{
	const struct gp_least *least = &m->tax->least;
	struct ballot b = { GP_NONE, GP_NONE, GP_NONE, 0, 0, 0 };
	size_t i;

	memset(v, 0, sizeof(*v));
	for (i = 0; i < m->touches; i++)
		run(&b, m, m->touched[i]);
	if (b.best < least->group)
		b.group = b.topic = GP_NONE;
	v->kind = b.kind;
	v->group = b.group;
	v->topic = b.best >= least->topic ? b.topic : GP_NONE;
	v->complaint = b.kind == GP_NONE && b.group != GP_NONE;
	if (b.group != GP_NONE)
		v->confidence = confidence(&b);
	v->review =
	    b.group == GP_NONE || b.kind == GP_NONE || v->confidence < 50;
	tell(m, &b, v);
}
