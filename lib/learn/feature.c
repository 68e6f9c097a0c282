#include "learn/feature.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#include "base/utf8.h"

enum {
	GRAM = 4,
	MOST_LETTERS = 64, /* of a word; what follows gives no runs */
	BACK = 5           /* letters that stand in for a rare stem */
};

/* Where a feature stands among the hits of this text. */
struct mark {
	uint32_t text, at;
};

struct gp_features {
	int what;
	gp_feature_find *find;
	void *ctx;
	struct gp_words *words;
	struct mark *mark; /* by feature */
	size_t marks;
	uint32_t text; /* number of this one */
	struct gp_hit *hit;
	size_t hits, hits_cap;
	const struct gp_look *look;
	struct gp_token *token;
	uint32_t *hash;
	size_t n, cap;
};

uint64_t
gp_feature_key(enum gp_block block, struct gp_span name, struct gp_span value)
{
	uint64_t h = XXH64(name.p, name.n, (uint64_t)block);

	if (value.n > 0)
		h = XXH64(value.p, value.n, h);
	return h >> 2 | (uint64_t)block << 62;
}

float
gp_feature_tf(uint32_t n)
{
	return n <= 1 ? 1.0f : (float)(1.0 + log(n < 255 ? n : 255));
}

/* The key of a stem's beginning; 0: it is not longer. */
static uint64_t
beginning(struct gp_span stem)
{
	static const struct gp_span mark = { "*", 1 };
	const char *p = stem.p, *end = gp_span_end(stem);
	int i;

	for (i = 0; i < BACK && p < end; i++)
		gp_utf8_next(&p, end);
	if (p == end)
		return 0;
	stem.n = (size_t)(p - stem.p);
	return gp_feature_key(GP_BLOCK_STEM, stem, mark);
}

static size_t
note(const struct gp_features *f, enum gp_block block, struct gp_span s,
    unsigned *atom, size_t n)
{
	static const struct gp_span none = { NULL, 0 };
	uint64_t back = 0;
	uint32_t id;

	if (n == GP_WORD_ATOMS)
		return n;
	if (block == GP_BLOCK_STEM && f->what & GP_BACK)
		back = beginning(s);
	id = f->find(f->ctx, gp_feature_key(block, s, none), back);
	if (id != GP_NO_FEATURE)
		atom[n++] = id;
	return n;
}

/* Runs of four letters of "<word>". */
static size_t
runs(const struct gp_features *f, struct gp_span word, unsigned *atom, size_t n)
{
	char text[4 * MOST_LETTERS + 2];
	size_t at[MOST_LETTERS + 3], letters = 0, len = 1, i;
	const char *p = word.p, *end = gp_span_end(word), *from;

	text[0] = '<';
	at[letters++] = 0;
	while (p < end && letters <= MOST_LETTERS) {
		from = p;
		gp_utf8_next(&p, end);
		at[letters++] = len;
		memcpy(text + len, from, (size_t)(p - from));
		len += (size_t)(p - from);
	}
	text[len] = '>';
	at[letters++] = len++;
	at[letters] = len;
	for (i = 0; i + GRAM <= letters; i++)
		n = note(f, GP_BLOCK_CHAR,
		    (struct gp_span){ text + at[i], at[i + GRAM] - at[i] },
		    atom, n);
	return n;
}

static size_t
learn(void *ctx, struct gp_stem *stem, struct gp_span folded, unsigned *atom)
{
	const struct gp_features *f = ctx;
	struct gp_span s;
	size_t n = 0, i;

	if (f->look != NULL) {
		n = f->look->atoms(f->look->ctx, folded, atom);
		for (i = 0; i < n; i++)
			atom[i] |= GP_LOOK_MOST;
	}
	if (f->what & GP_STEMS) {
		s = gp_stem_word(stem, folded);
		n = note(f, GP_BLOCK_STEM, s, atom, n);
	}
	if (f->what & GP_CHAR4)
		n = runs(f, folded, atom, n);
	return n;
}

struct gp_features *
gp_features_new(int what, gp_feature_find *find, void *ctx)
{
	struct gp_features *f = calloc(1, sizeof(*f));

	if (f == NULL)
		return NULL;
	f->what = what;
	f->find = find;
	f->ctx = ctx;
	f->words = gp_words_new("ru", learn, f);
	if (f->words == NULL) {
		gp_features_free(f);
		return NULL;
	}
	return f;
}

void
gp_features_free(struct gp_features *f)
{
	if (f == NULL)
		return;
	gp_words_free(f->words);
	free(f->mark);
	free(f->hit);
	free(f->token);
	free(f->hash);
	free(f);
}

void
gp_features_look(struct gp_features *f, const struct gp_look *look)
{
	f->look = look;
}

static int
more_tokens(struct gp_features *f)
{
	size_t cap = f->cap ? 2 * f->cap : 256;
	void *p = realloc(f->token, cap * sizeof(*f->token));

	if (p == NULL)
		return -1;
	f->token = p;
	p = realloc(f->hash, cap * sizeof(*f->hash));
	if (p == NULL)
		return -1;
	f->hash = p;
	f->cap = cap;
	return 0;
}

/* All words, each asked for, so that it has come from memory when used. */
static int
tokens_of(struct gp_features *f, struct gp_span text)
{
	struct gp_tokens in;
	struct gp_token *t;

	gp_tokens_init(&in, text);
	for (f->n = 0;; f->n++) {
		if (f->n == f->cap && more_tokens(f) == -1)
			return -1;
		t = &f->token[f->n];
		if (!gp_tokens_next(&in, t))
			return 0;
		if (t->kind == GP_TOKEN_WORD)
			f->hash[f->n] = gp_words_seek(f->words, t->raw);
	}
}

static int
more_marks(struct gp_features *f, uint32_t id)
{
	size_t n = f->marks ? f->marks : 4096;
	struct mark *p;

	while (n <= id)
		n *= 2;
	p = realloc(f->mark, n * sizeof(*p));
	if (p == NULL)
		return -1;
	memset(p + f->marks, 0, (n - f->marks) * sizeof(*p));
	f->mark = p;
	f->marks = n;
	return 0;
}

static int
hit(struct gp_features *f, uint32_t id, uint32_t word)
{
	size_t cap;
	void *p;

	if (id >= f->marks && more_marks(f, id) == -1)
		return -1;
	if (f->mark[id].text == f->text) {
		f->hit[f->mark[id].at].n++;
		return 0;
	}
	if (f->hits == f->hits_cap) {
		cap = f->hits_cap ? 2 * f->hits_cap : 512;
		p = realloc(f->hit, cap * sizeof(*f->hit));
		if (p == NULL)
			return -1;
		f->hit = p;
		f->hits_cap = cap;
	}
	f->mark[id] = (struct mark){ f->text, (uint32_t)f->hits };
	f->hit[f->hits++] = (struct gp_hit){ id, 1, word };
	return 0;
}

/* The atoms of the other one come first; the rest are ours. */
static int
word(struct gp_features *f, struct gp_word *w, uint32_t at)
{
	const unsigned *atom = w->atom;
	unsigned mine[GP_WORD_ATOMS], n = w->n, k, theirs = 0;

	if (f->look != NULL) {
		for (; theirs < n && atom[theirs] & GP_LOOK_MOST; theirs++)
			mine[theirs] = atom[theirs] & ~GP_LOOK_MOST;
		w->atom = mine;
		w->n = (unsigned char)theirs;
		f->look->word(f->look->ctx, w);
	}
	for (k = theirs; k < n; k++)
		if (hit(f, atom[k], at) == -1)
			return -1;
	return n > theirs;
}

int
gp_features_text(struct gp_features *f, struct gp_span text, struct gp_bag *bag)
{
	struct gp_word w;
	size_t i;
	int r;

	if (++f->text == 0) {
		memset(f->mark, 0, f->marks * sizeof(*f->mark));
		f->text = 1;
	}
	f->hits = 0;
	bag->known = bag->words = 0;
	if (tokens_of(f, text) == -1)
		return -1;
	for (i = 0; i < f->n; i++) {
		if (f->token[i].kind != GP_TOKEN_WORD) {
			if (f->look != NULL)
				f->look->mark(f->look->ctx, f->token[i].kind);
			continue;
		}
		w = gp_words_find(f->words, f->token[i].raw, f->hash[i]);
		r = word(f, &w, (uint32_t)i);
		if (r == -1)
			return -1;
		bag->known += (size_t)r;
		bag->words++;
	}
	bag->hit = f->hit;
	bag->n = f->hits;
	bag->token = f->token;
	bag->tokens = f->n;
	return 0;
}
