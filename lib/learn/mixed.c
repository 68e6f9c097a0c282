#include "learn/mixed.h"

#include <math.h>
#include <string.h>

#include "json/write.h"

#define DEFAULT_FLOOR 0.5f

/* Of the words this part at least must be known. */
enum {
	KNOWN = 4
};

static float
floor_of(const struct gp_mixed_how *how, size_t h)
{
	int percent = (int)lrint(how->coverage * 100);

	if (how->confidence >= 0)
		return (float)how->confidence;
	if (how->coverage >= 0)
		return how->model->label[h]
		    .floor[percent < GP_PERCENTS ? percent : 100];
	return (int)h == how->group ? DEFAULT_FLOOR : 0;
}

/* "group":"Дороги" for each label: written once, copied for each record. */
static void
quote_labels(struct gp_mixed_how *how)
{
	const struct gp_model *m = how->model;
	struct gp_buf b;
	struct gp_jw w;
	uint32_t i;
	size_t h;

	gp_buf_init(&b, 0);
	how->said =
	    gp_pool_alloc(&how->pool, m->head->labels * sizeof(*how->said));
	for (h = 0; h < m->head->heads && how->said != NULL; h++)
		for (i = 0; i < m->label[h].n; i++) {
			gp_buf_reset(&b);
			gp_jw_init(&w, &b);
			gp_jw_ktext(
			    &w, how->key[h], gp_model_label_name(m, h, i));
			how->said[m->label[h].first + i] =
			    gp_pool_copy(&how->pool, gp_buf_span(&b));
		}
	how->pool.bad |= b.bad;
	gp_buf_release(&b);
}

int
gp_mixed_init(struct gp_mixed_how *how)
{
	const struct gp_model *m = how->model;
	const char *name, *dot;
	size_t h;

	gp_pool_init(&how->pool);
	how->group = gp_model_head_of(m, "class.group");
	how->has_kind = gp_model_head_of(m, "class.kind") != -1;
	if (how->group == -1)
		how->group = 0;
	memset(&how->kinds, 0, sizeof(how->kinds));
	if (how->tax != NULL && gp_taxonomy_kinds(&how->kinds, how->tax) == -1)
		return -1;
	for (h = 0; h < m->head->heads; h++) {
		name =
		    gp_pool_copy(&how->pool, gp_model_text(m, m->label[h].name))
			.p;
		dot = strrchr(name, '.');
		how->key[h] = dot != NULL ? dot + 1 : name;
		how->floor[h] = floor_of(how, h);
	}
	quote_labels(how);
	return how->pool.bad ? -1 : 0;
}

void
gp_mixed_release(struct gp_mixed_how *how)
{
	gp_taxonomy_kinds_release(&how->kinds);
	gp_pool_release(&how->pool);
}

/* Rules look at the words while the model does. */
static size_t
atoms(void *ctx, struct gp_span folded, unsigned atom[GP_WORD_ATOMS])
{
	return gp_match_atoms(ctx, folded, atom);
}

static void
word(void *ctx, const struct gp_word *w)
{
	gp_match_word(ctx, w);
}

static void
mark(void *ctx, enum gp_token_kind kind)
{
	gp_match_mark(ctx, kind);
}

int
gp_mixed_begin(struct gp_mixed *m, const struct gp_mixed_how *how)
{
	m->how = how;
	gp_buf_init(&m->word, 0);
	m->match = m->kinds = m->along = NULL;
	m->scorer = gp_scorer_new(how->model);
	if (m->scorer == NULL)
		return -1;
	if (how->tax == NULL)
		return 0;
	m->match = gp_match_new(how->tax);
	m->along = m->match;
	if (!how->rules_first)
		m->along = m->kinds = gp_match_new(&how->kinds);
	if (m->match == NULL || m->along == NULL)
		return -1;
	if (m->kinds != NULL)
		m->kinds->kind_only = 1;
	m->look = (struct gp_look){ m->along, atoms, word, mark };
	gp_scorer_look(m->scorer, &m->look);
	return 0;
}

void
gp_mixed_end(struct gp_mixed *m)
{
	gp_scorer_free(m->scorer);
	gp_match_free(m->match);
	gp_match_free(m->kinds);
	gp_buf_release(&m->word);
}

/* All that the model says of a text. */
struct said {
	struct gp_opinion head[GP_MOST_HEADS];
	int knows;
	int unsure; /* a head is below its floor */
};

static int
ask(struct gp_mixed *m, struct gp_json_reader *r, const struct gp_json_obj *rec,
    struct gp_span text, struct said *said)
{
	const struct gp_mixed_how *how = m->how;
	size_t known, n, h, heads = how->model->head->heads;
	size_t top;
	uint64_t side[GP_MOST_SIDE_KEYS];

	n = gp_lesson_sides(r, rec, how->model, &m->word, side);
	if (gp_score_text(m->scorer, text, side, n, &known) == -1)
		return -1;
	said->unsure = 0;
	said->knows = known > 0 && KNOWN * known >= gp_score_words(m->scorer);
	for (h = 0; h < heads; h++) {
		/* the second of the head that decides says what it is worth */
		top = (int)h == how->group ? 2 : 1;
		top = how->top > top ? how->top : top;
		gp_score_head(m->scorer, h, top, &said->head[h]);
		if (said->head[h].n == 0 ||
		    said->head[h].top[0].p < how->floor[h])
			said->unsure = 1;
	}
	return 0;
}

static int
is_class(const struct gp_model *m, size_t h)
{
	struct gp_span s = gp_model_text(m, m->label[h].name);

	return s.n > 6 && memcmp(s.p, "class.", 6) == 0;
}

static void
put_label(const struct gp_mixed *m, size_t h, const struct gp_opinion *o,
    struct gp_jw *w)
{
	gp_jw_raw(
	    w, m->how->said[m->how->model->label[h].first + o->top[0].label]);
}

/* kind, group and topic: those of the class that the model decides. */
static void
put_class(struct gp_mixed *m, const struct gp_verdict *v,
    const struct said *said, struct gp_jw *w)
{
	const struct gp_model *model = m->how->model;
	size_t h;

	if (v->kind != GP_NONE)
		gp_jw_kstr(w, "kind", m->how->tax->owner[v->kind].name);
	else if (m->how->tax != NULL && !m->how->has_kind)
		gp_jw_kstr(w, "kind", "complaint");
	for (h = 0; h < model->head->heads && said->knows; h++) {
		if (!is_class(model, h) ||
		    (v->kind != GP_NONE && strcmp(m->how->key[h], "kind") == 0))
			continue;
		put_label(m, h, &said->head[h], w);
	}
}

static double
hundredths(float p)
{
	return p < 0.99f ? (double)p : 0.99;
}

static void
put_why(struct gp_mixed *m, const struct said *said, struct gp_jw *w)
{
	size_t h = (size_t)m->how->group, n, i, k;
	struct gp_span why[GP_MOST_WHY];

	n = said->knows
	    ? gp_score_why(m->scorer, h, said->head[h].top[0].label, why)
	    : 0;
	gp_jw_key(w, "why");
	gp_jw_open(w, '[');
	for (i = 0; i < n; i++) {
		for (k = 0; k < i && !gp_span_eq(why[k], why[i]); k++)
			;
		if (k == i)
			gp_jw_text(w, why[i]);
	}
	gp_jw_close(w, ']');
}

/* What heads outside the class say, and with --top all of them. */
static void
put_others(struct gp_mixed *m, struct gp_json_reader *r,
    const struct gp_json_obj *rec, const struct said *said, struct gp_jw *w)
{
	const struct gp_model *model = m->how->model;
	size_t h;

	for (h = 0; h < model->head->heads && said->knows; h++) {
		struct gp_span path =
		    gp_model_text(model, model->label[h].name);

		if (is_class(model, h) || said->head[h].n == 0 ||
		    said->head[h].top[0].p < m->how->floor[h] ||
		    (gp_lesson_member(r, rec, path).type == GP_JSON_STRING &&
			!gp_lesson_is_default(r, rec, path)))
			continue;
		put_label(m, h, &said->head[h], w);
	}
}

static void
put_top(const struct gp_mixed *m, const struct said *said, struct gp_jw *w)
{
	const struct gp_model *model = m->how->model;
	const struct gp_opinion *o;
	size_t h, i;

	gp_jw_key(w, "model");
	gp_jw_open(w, '[');
	for (h = 0; h < model->head->heads; h++) {
		o = &said->head[h];
		for (i = 0; i < o->n && i < m->how->top; i++) {
			gp_jw_open(w, '{');
			gp_jw_ktext(w, "head",
			    gp_model_text(model, model->label[h].name));
			gp_jw_ktext(w, "name",
			    gp_model_label_name(model, h, o->top[i].label));
			gp_jw_key(w, "confidence");
			gp_jw_real(w, hundredths(o->top[i].p), 3);
			gp_jw_close(w, '}');
		}
	}
	gp_jw_close(w, ']');
}

static int
is_danger(const struct gp_mixed *m, const struct gp_verdict *v)
{
	return v->kind != GP_NONE &&
	    strcmp(m->how->tax->owner[v->kind].name, "danger") == 0;
}

/*
 * What the rules say, as far as it is asked for: they have been looked for
 * along with the model, all of them if they come first; else the kinds, and
 * all else only where it may decide.
 */
static void
match(struct gp_mixed *m, struct gp_span text, const struct said *said,
    struct gp_verdict *v)
{
	memset(v, 0, sizeof(*v));
	v->kind = v->group = v->topic = GP_NONE;
	if (m->match == NULL)
		return;
	gp_match_end(m->along, text);
	if (m->kinds != NULL) {
		v->kind = gp_verdict_kind(m->kinds);
		if (said->knows && !is_danger(m, v))
			return;
		gp_match_text(m->match, text);
	}
	gp_verdict_of(m->match, v);
}

/* 1: the class is the rules'. */
static int
rules_decide(const struct gp_mixed *m, const struct gp_verdict *v,
    const struct said *said)
{
	if (m->match == NULL)
		return 0;
	if (!said->knows)
		return 1;
	if (v->group == GP_NONE)
		return 0;
	if (is_danger(m, v))
		return 1;
	return m->how->rules_first && v->confidence >= 50;
}

static void
put_model(struct gp_mixed *m, const struct gp_verdict *v,
    const struct said *said, struct gp_buf *b)
{
	struct gp_jw w;

	gp_jw_init(&w, b);
	w.sound = 1; /* of JSON and of models that were read */
	gp_jw_open(&w, '{');
	put_class(m, v, said, &w);
	gp_jw_key(&w, "confidence");
	gp_jw_real(&w,
	    said->knows ? hundredths(said->head[m->how->group].top[0].p) : 0,
	    2);
	gp_jw_kbool(&w, "review", said->unsure || !said->knows);
	gp_jw_kstr(&w, "by", "model");
	put_why(m, said, &w);
	gp_jw_close(&w, '}');
}

int
gp_mixed_put(struct gp_mixed *m, struct gp_json_reader *r,
    const struct gp_json_obj *rec, struct gp_span text, int scores,
    struct gp_buf *b, float *worth)
{
	const struct gp_opinion *o;
	struct gp_verdict v;
	struct said said;
	struct gp_jw w;

	if (m->along != NULL)
		gp_match_begin(m->along);
	if (ask(m, r, rec, text, &said) == -1)
		return -1;
	match(m, text, &said, &v);
	if (rules_decide(m, &v, &said))
		gp_class_put(m->how->class, m->match, scores, b);
	else
		put_model(m, &v, &said, b);
	o = &said.head[m->how->group];
	*worth = 2;
	if (said.knows)
		*worth = o->n > 1 ? o->top[0].p - o->top[1].p : 1;
	b->n--; /* the brace: more may follow */
	gp_jw_init(&w, b);
	w.comma = 1;
	put_others(m, r, rec, &said, &w);
	if (m->how->top > 0)
		put_top(m, &said, &w);
	gp_buf_addc(b, '}');
	return b->bad ? -1 : 0;
}
