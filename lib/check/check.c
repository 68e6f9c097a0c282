#include "check/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "check/inner.h"

struct gp_checker *
gp_checker_new(const struct gp_standard *s)
{
	struct gp_checker *c = calloc(1, sizeof(*c));

	if (c == NULL)
		return NULL;
	c->s = s;
	gp_buf_init(&c->folded, 2 * GP_MAX_LINE);
	c->match = gp_match_new(s->tax);
	c->run = gp_pattern_run_new();
	c->personal = gp_personal_run_new(s->personal);
	c->found = calloc(s->sets + 1, sizeof(*c->found));
	if (c->match == NULL || c->run == NULL || c->personal == NULL ||
	    c->found == NULL) {
		gp_checker_free(c);
		return NULL;
	}
	c->match->seen = gp_check_see;
	c->match->seen_ctx = c;
	return c;
}

void
gp_checker_free(struct gp_checker *c)
{
	if (c == NULL)
		return;
	gp_match_free(c->match);
	gp_pattern_run_free(c->run);
	gp_personal_run_free(c->personal);
	gp_buf_release(&c->folded);
	free(c->found);
	free(c->word);
	free(c->atom);
	free(c->piece);
	free(c->place);
	free(c->sentence);
	free(c);
}

static void
begin(struct gp_checker *c, const struct gp_check_item *item)
{
	c->own = *item;
	if (item->text.n == 0)
		c->own.text.p = ""; /* PCRE2 wants a place */
	c->item = &c->own;
	if (++c->epoch == 0) { /* stamps have run round */
		memset(c->found, 0, c->s->sets * sizeof(*c->found));
		c->epoch = 1;
	}
	c->bad = 0;
	c->words = c->atoms = c->pieces = c->places = c->sentences = 0;
	c->is_folded = c->is_mapped = c->has_sentences = 0;
	c->findings = 0;
	gp_buf_reset(&c->folded);
	gp_match_text(c->match, c->item->text);
}

/* An empty list names all. */
static int
names(const struct gp_yaml_list *list, struct gp_span word)
{
	const char *const *v = list->v;
	size_t i;

	if (list->n == 0)
		return 1;
	for (i = 0; i < list->n; i++)
		if (gp_span_is(word, v[i]))
			return 1;
	return 0;
}

static int
is_for(const struct gp_check_rule *r, const struct gp_check_item *i)
{
	if (r->off || (r->kinds & i->kind) == 0)
		return 0;
	if (r->is_private != 0 && (r->is_private == 1) != i->is_private)
		return 0;
	if ((r->is_final == 1 && i->is_interim) ||
	    (r->is_final == -1 && !i->is_interim))
		return 0;
	return names(&r->networks, i->network) && names(&r->appeals, i->appeal);
}

static struct gp_check_finding *
add(struct gp_checker *c, const struct gp_check_rule *r, size_t from, size_t to)
{
	struct gp_check_finding *f;

	if (c->findings == GP_CHECK_FINDINGS)
		return NULL;
	f = &c->finding[c->findings++];
	*f = (struct gp_check_finding){
		.rule = r, .level = r->level, .from = from, .to = to
	};
	return f;
}

static int
has_any(struct gp_checker *c, const struct gp_check_facts *f)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		if (gp_check_has(c, f->v[i]))
			return 1;
	return 0;
}

static int
has_all(struct gp_checker *c, const struct gp_check_facts *f)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		if (!gp_check_has(c, f->v[i]))
			return 0;
	return 1;
}

/* 1: a place of the set begins within. */
static int
lies_within(struct gp_checker *c, unsigned set, struct gp_check_place in)
{
	struct gp_check_found f = gp_check_find(c, set);
	unsigned i;

	for (i = 0; i < f.n; i++)
		if (c->place[f.at + i].from >= in.from &&
		    c->place[f.at + i].from < in.to)
			return 1;
	return 0;
}

/* What stands around a match excuses it. */
static int
excused(struct gp_checker *c, const struct gp_check_rule *r, size_t at)
{
	struct gp_check_place in;
	size_t i;

	if (r->except == -1 && r->without.n == 0)
		return 0;
	if (r->within == GP_WITHIN_TEXT)
		return (r->except != -1 &&
			   gp_check_has(c, (unsigned)r->except)) ||
		    has_any(c, &r->without);
	in = gp_check_around(c, at, r->within == GP_WITHIN_NEAR);
	if (r->except != -1 && lies_within(c, (unsigned)r->except, in))
		return 1;
	for (i = 0; i < r->without.n; i++)
		if (lies_within(c, r->without.v[i], in))
			return 1;
	return 0;
}

/* Too few of them are none: what was added is taken back. */
static void
settle(struct gp_checker *c, const struct gp_check_rule *r, size_t before)
{
	size_t n = c->findings - before;

	if (n < r->least)
		c->findings = before;
	else if (r->once)
		c->findings = before + 1;
}

static void
by_phrases(struct gp_checker *c, const struct gp_check_rule *r)
{
	struct gp_check_found f;
	size_t before = c->findings;
	struct gp_check_place p;
	unsigned i;

	if (!gp_check_has(c, (unsigned)r->set))
		return;
	f = gp_check_find(c, (unsigned)r->set);
	for (i = 0; i < f.n; i++) {
		p = c->place[f.at + i];
		if (!excused(c, r, p.from))
			add(c, r, p.from, p.to);
	}
	settle(c, r, before);
}

/* A sentence has no more words than the text, and those are counted: words
 * have even places. */
static int
is_too_short(const struct gp_checker *c, const struct gp_check_rule *r)
{
	const struct gp_match *m = c->match;

	return r->measure == GP_MEASURE_SENTENCE && !r->has_under &&
	    (int64_t)((m->at - m->start) / 2) <= r->over;
}

static void
by_measure(struct gp_checker *c, const struct gp_check_rule *r)
{
	struct gp_check_place where = { 0, 0 };
	struct gp_check_finding *f;
	int64_t v, limit;

	if (r->measure >= GP_MEASURE_POSTS_A_WEEK || is_too_short(c, r) ||
	    !gp_check_measure(c, r->measure, &v, &where))
		return;
	if (r->has_over && v > r->over)
		limit = r->over;
	else if (r->has_under && v < r->under)
		limit = r->under;
	else
		return;
	if (excused(c, r, where.from))
		return;
	f = add(c, r, where.from, where.to);
	if (f == NULL)
		return;
	f->measured = 1;
	f->value = v;
	f->limit = limit;
}

static void
by_personal(struct gp_checker *c, const struct gp_check_rule *r)
{
	const struct gp_personal_hit *hit;
	long n = gp_personal_find(c->personal, c->item->text, &hit), i;
	size_t before = c->findings;

	c->bad |= n == -1;
	for (i = 0; i < n; i++)
		if ((r->personal & (1u << hit[i].kind)) != 0 &&
		    !excused(c, r, hit[i].from))
			add(c, r, hit[i].from, hit[i].to);
	settle(c, r, before);
}

static void
by_member(struct gp_checker *c, const struct gp_check_rule *r)
{
	const struct gp_check_item *i = c->item;
	struct gp_check_finding *f;

	if (i->has != NULL && i->has(i->ctx, r->member))
		return;
	if (r->missing.n > 0 && has_any(c, &r->missing))
		return;
	f = add(c, r, 0, 0);
	if (f != NULL && !names(&r->told_by, i->network))
		f->level = GP_CHECK_UNKNOWN;
}

static void
judge(struct gp_checker *c, const struct gp_check_rule *r)
{
	if (!has_all(c, &r->needs))
		return;
	if (r->member != NULL) {
		by_member(c, r);
		return;
	}
	if (r->missing.n > 0 && has_any(c, &r->missing))
		return;
	if (r->set != -1)
		by_phrases(c, r);
	else if (r->measure != GP_MEASURE_NONE)
		by_measure(c, r);
	else if (r->personal != 0)
		by_personal(c, r);
	else if (!excused(c, r, 0))
		add(c, r, 0, 0);
}

/* Those without a place last, else as they stand; equals as in the file. */
static int
by_place(const void *a, const void *b)
{
	const struct gp_check_finding *x = a, *y = b;

	if ((x->to == 0) != (y->to == 0))
		return x->to == 0 ? 1 : -1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->rule > y->rule) - (x->rule < y->rule);
}

/* Bytes to characters and lines, in one pass over findings in order. */
static void
set_places(struct gp_checker *c)
{
	const char *text = c->item->text.p;
	struct gp_check_finding *f;
	size_t i, at = 0, chars = 0, line = 1, k;

	for (i = 0; i < c->findings; i++) {
		f = &c->finding[i];
		if (f->to == 0)
			continue;
		for (; at < f->from; at++) {
			chars += (text[at] & 0xc0) != 0x80;
			line += text[at] == '\n';
		}
		f->at = chars;
		f->line = line;
		for (k = f->from; k < f->to; k++)
			f->length += (text[k] & 0xc0) != 0x80;
	}
}

long
gp_check_text(struct gp_checker *c, const struct gp_check_item *item,
    const struct gp_check_finding **found)
{
	size_t i;

	begin(c, item);
	for (i = 0; i < c->s->rules && !c->bad; i++)
		if (is_for(&c->s->rule[i], item))
			judge(c, &c->s->rule[i]);
	if (c->bad)
		return -1;
	if (c->findings > 1)
		qsort(c->finding, c->findings, sizeof(c->finding[0]), by_place);
	set_places(c);
	*found = c->finding;
	return (long)c->findings;
}

void
gp_check_put(
    struct gp_jw *w, const struct gp_check_finding *f, struct gp_span text)
{
	struct gp_span words = { text.p + f->from, f->to - f->from };

	gp_jw_kstr(w, "level", gp_check_level_name(f->level));
	gp_jw_kstr(w, "rule", f->rule->id);
	gp_jw_kstr(w, "message", f->rule->title);
	if (f->to > 0) {
		gp_jw_kint(w, "from", (int64_t)f->at);
		gp_jw_kint(w, "length", (int64_t)f->length);
		gp_jw_kint(w, "line", (int64_t)f->line);
		if (words.n <= 400)
			gp_jw_ktext(w, "words", words);
	}
	if (f->measured) {
		gp_jw_kint(w, "value", f->value);
		gp_jw_kint(w, "limit", f->limit);
	}
	gp_jw_kstr(w, "why", f->rule->why);
	gp_jw_kstr(w, "better", f->rule->better);
}
