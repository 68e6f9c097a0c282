#include "suggest/terms.h"

#include <stdlib.h>
#include <string.h>

#include "text/token.h"
#include "text/wordclass.h"
#include "text/words.h"

enum {
	MOST = 512 /* different words of a text; the rest is not compared */
};

struct gp_terms_run {
	struct gp_past *grows; /* NULL: it only looks */
	const struct gp_past *past;
	struct gp_words *words;
	struct gp_term v[MOST];
	size_t n;
	int bad;
};

/* The stem of a word that carries something; none of others. */
static size_t
learn(void *ctx, struct gp_stem *stem, struct gp_span folded,
    unsigned atom[GP_WORD_ATOMS])
{
	enum gp_wordclass class = gp_wordclass_of(folded);
	struct gp_terms_run *r = ctx;
	struct gp_span s;
	long no;

	if (class == GP_CLASS_STOP || class == GP_CLASS_PREP || folded.n < 2)
		return 0;
	s = gp_stem_word(stem, folded);
	no = r->grows != NULL ? gp_atom_make(&r->grows->words, GP_ATOM_STEM, s)
			      : gp_atom_find(&r->past->words, GP_ATOM_STEM, s);
	if (no == -1 && r->grows != NULL)
		r->bad = 1;
	atom[0] = no == -1 ? GP_TERM_NEW : (unsigned)no;
	return 1;
}

static struct gp_terms_run *
new_run(struct gp_past *grows, const struct gp_past *past)
{
	struct gp_terms_run *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return NULL;
	r->grows = grows;
	r->past = past;
	r->words = gp_words_new("ru", learn, r);
	if (r->words != NULL)
		return r;
	free(r);
	return NULL;
}

struct gp_terms_run *
gp_terms_learn(struct gp_past *p)
{
	return new_run(p, p);
}

struct gp_terms_run *
gp_terms_look(const struct gp_past *p)
{
	return new_run(NULL, p);
}

void
gp_terms_free(struct gp_terms_run *r)
{
	if (r == NULL)
		return;
	gp_words_free(r->words);
	free(r);
}

static void
count(struct gp_terms_run *r, unsigned no)
{
	size_t i;

	for (i = 0; i < r->n && no != GP_TERM_NEW; i++)
		if (r->v[i].no == no) {
			r->v[i].times++;
			return;
		}
	if (r->n < MOST)
		r->v[r->n++] = (struct gp_term){ no, 1 };
}

static int
note(struct gp_past *p, const struct gp_word *w)
{
	size_t cap = p->words.cap;
	struct gp_written *v;

	if (p->writtens < cap) {
		v = realloc(p->written, cap * sizeof(*v));
		if (v == NULL)
			return -1;
		memset(v + p->writtens, 0, (cap - p->writtens) * sizeof(*v));
		p->written = v;
		p->writtens = cap;
	}
	v = &p->written[w->atom[0]];
	if (w->capitals > 0)
		v->capital++;
	else
		v->small++;
	return 0;
}

/* Short words with a dot behind them that end no sentence. */
static int
is_short(const char *from, const char *dot)
{
	static const char *const list[] = { "ул", "пер", "д", "г", "им", "пос",
		"тел", "с", "п", "р", "обл", "кв", "корп", "стр", "пр", "просп",
		"мкр", "т", "е", "н", "руб", "тыс", "млн", "доб" };
	const char *p = dot;
	struct gp_span s;
	size_t i;

	while (p > from && (p[-1] & 0x80))
		p--;
	s = (struct gp_span){ p, (size_t)(dot - p) };
	for (i = 0; i < sizeof(list) / sizeof(list[0]); i++)
		if (gp_span_is(s, list[i]))
			return 1;
	return 0;
}

int
gp_sentence_begins(const char *from, const char *p)
{
	static const char ellipsis[] = "…";

	if (p > from && p[-1] == '.' && *p >= '0' && *p <= '9')
		return 0; /* "12.05" */
	while (p > from &&
	    (p[-1] == ' ' || p[-1] == '\t' || p[-1] == '"' || p[-1] == '('))
		p--;
	if (p == from || strchr("!?\n\r", p[-1]) != NULL)
		return 1;
	if (p - from >= 3 && memcmp(p - 3, ellipsis, 3) == 0)
		return 1;
	return p[-1] == '.' && !is_short(from, p - 1);
}

long
gp_terms_of(
    struct gp_terms_run *r, struct gp_span text, const struct gp_term **v)
{
	struct gp_tokens in;
	struct gp_token t;
	struct gp_word w;

	r->n = 0;
	gp_tokens_init(&in, text);
	while (gp_tokens_next(&in, &t)) {
		if (t.kind != GP_TOKEN_WORD)
			continue;
		w = gp_words_find(
		    r->words, t.raw, gp_words_seek(r->words, t.raw));
		if (w.n == 0 || r->bad)
			continue;
		count(r, w.atom[0]);
		if (r->grows != NULL &&
		    !(w.capitals > 0 && gp_sentence_begins(text.p, t.raw.p)) &&
		    note(r->grows, &w) == -1)
			r->bad = 1;
	}
	*v = r->v;
	return r->bad ? -1 : (long)r->n;
}
