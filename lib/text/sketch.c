#include "text/sketch.h"

#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/utf8.h"
#include "text/fold.h"
#include "text/sketch_inner.h"
#include "text/stem.h"
#include "text/token.h"

enum {
	SLOTS = 1 << 15,
	LONGEST = 120,  /* bytes of a word that is folded and stemmed */
	SIGNATURE = 16, /* words behind "с уважением", at most */
	SIGNED = 3,     /* names at the end that may be a signature */
	THANKS = 14,    /* words of a text that only thanks */
};

/* What a word was found to be, by the hash of its bytes as written. */
struct slot {
	uint64_t key; /* 0: free */
	struct gp_sketch_step step;
};

struct gp_sketcher {
	struct gp_stem *stem;
	struct gp_buf folded;
	struct slot *slot;
	struct gp_sketch_step step[GP_SKETCH_WORDS * 2];
	struct gp_sketch_word word[GP_SKETCH_WORDS];
	struct gp_sketch_place place[GP_SKETCH_PLACES];
	uint32_t key[GP_SKETCH_KEYS];
};

struct gp_sketcher *
gp_sketcher_new(void)
{
	struct gp_sketcher *k = calloc(1, sizeof(*k));

	if (k == NULL)
		return NULL;
	gp_buf_init(&k->folded, 0);
	k->stem = gp_stem_new("ru");
	k->slot = calloc(SLOTS, sizeof(*k->slot));
	if (k->stem == NULL || k->slot == NULL) {
		gp_sketcher_free(k);
		return NULL;
	}
	return k;
}

void
gp_sketcher_free(struct gp_sketcher *k)
{
	if (k == NULL)
		return;
	gp_buf_release(&k->folded);
	gp_stem_free(k->stem);
	free(k->slot);
	free(k);
}

/* Which letters there are and how many: near for words a typo apart. */
static uint32_t
shape_of(struct gp_span w)
{
	const char *p = w.p, *end = gp_span_end(w);
	uint32_t bits = 0, n = 0;

	while (p < end) {
		bits |= 1u << gp_utf8_next(&p, end) % GP_SHAPE_LETTERS;
		n++;
	}
	return bits | (n < 31 ? n : 31) << GP_SHAPE_LETTERS;
}

static void
learn(struct gp_sketcher *k, struct gp_span raw, struct gp_sketch_step *s)
{
	struct gp_letters letters = gp_fold_letters(raw);
	struct gp_span w;
	size_t i;

	memset(s, 0, sizeof(*s));
	gp_buf_reset(&k->folded);
	gp_fold_word(&k->folded, raw);
	w = gp_buf_span(&k->folded);
	s->number = w.n > 0 && w.p[0] >= '0' && w.p[0] <= '9';
	for (i = 0; i < w.n && s->digits < 255; i++)
		s->digits += w.p[i] >= '0' && w.p[i] <= '9';
	s->class = (uint8_t)gp_wordclass_of(w);
	s->capital = letters.capital > 0 && letters.capital < letters.all;
	s->w.shape = shape_of(w);
	if (s->class == GP_CLASS_NOT)
		s->w.shape |= GP_SHAPE_NOT;
	if (!s->number && w.n > 0)
		w = gp_stem_word(k->stem, w);
	s->w.hash = (uint32_t)XXH3_64bits(w.p, w.n);
	s->w.hash += s->w.hash == 0;
}

static struct gp_sketch_step
step_of(struct gp_sketcher *k, struct gp_span raw)
{
	uint64_t key;
	struct slot *s;

	if (raw.n > LONGEST)
		raw.n = LONGEST;
	key = XXH3_64bits(raw.p, raw.n);
	s = &k->slot[key & (SLOTS - 1)];
	if (s->key != key) {
		learn(k, raw, &s->step);
		s->key = key;
	}
	return s->step;
}

/* Does a sentence begin behind what stands between two words? */
static int
ends(const char *p, const char *to, struct gp_span before)
{
	for (; p < to; p++) {
		if (*p == '!' || *p == '?' || *p == '\n')
			return 1;
		/* "ул." and "д." end no sentence. */
		if (*p == '.' && before.n > 6)
			return 1;
	}
	return 0;
}

static size_t
steps_of(struct gp_sketcher *k, struct gp_span text)
{
	const size_t most = sizeof(k->step) / sizeof(k->step[0]);
	struct gp_span before = { text.p, 0 };
	struct gp_tokens in;
	struct gp_token t;
	size_t n = 0;

	gp_tokens_init(&in, text);
	while (n < most && gp_tokens_next(&in, &t)) {
		if (t.kind == GP_TOKEN_ASK || t.kind == GP_TOKEN_CRY)
			continue;
		k->step[n] = step_of(k, t.raw);
		if (t.kind != GP_TOKEN_WORD)
			k->step[n].number = k->step[n].capital = 0;
		k->step[n].begins =
		    n == 0 || ends(gp_span_end(before), t.raw.p, before);
		before = t.raw;
		n++;
	}
	return n;
}

/* A signature at the end is the person's, not the appeal's. */
static size_t
unsigned_part(const struct gp_sketch_step *s, size_t n)
{
	size_t i = n;

	while (i > 0 && n - i < SIGNATURE)
		if (s[--i].class == GP_CLASS_SIGN)
			return i;
	return n;
}

/* What is unlike in two texts matters more if it says where. */
static int
is_led(const struct gp_sketch_step *s, size_t i)
{
	return i > 0 &&
	    (s[i - 1].class == GP_CLASS_PREP ||
		s[i - 1].class == GP_CLASS_STREET ||
		s[i - 1].class == GP_CLASS_SETTLE);
}

static int
is_content(const struct gp_sketch_step *s)
{
	return s->class != GP_CLASS_STOP && s->class != GP_CLASS_PREP;
}

int
gp_sketch_text(struct gp_sketcher *k, struct gp_span text, struct gp_sketch *to)
{
	size_t n = steps_of(k, text), i, words = 0;
	int thanks = 0;

	n = unsigned_part(k->step, n);
	for (i = 0; i < n; i++) {
		thanks |= k->step[i].class == GP_CLASS_THANK;
		if (!is_content(&k->step[i]) || words == GP_SKETCH_WORDS)
			continue;
		k->word[words] = k->step[i].w;
		if (k->step[i].capital && !k->step[i].begins)
			k->word[words].shape |= GP_SHAPE_NAME;
		if (is_led(k->step, i))
			k->word[words].shape |= GP_SHAPE_PLACE;
		words++;
	}
	/* A name in the middle is no signature. */
	for (i = 0; i + SIGNED < words; i++)
		if (k->word[i].shape & GP_SHAPE_NAME)
			k->word[i].shape |= GP_SHAPE_PLACE;
	*to = (struct gp_sketch){
		.word = k->word, .place = k->place, .key = k->key
	};
	to->words = (uint16_t)words;
	to->places = (uint16_t)gp_sketch_places(k->step, n, k->place);
	to->keys = (uint16_t)gp_sketch_keys(k->word, words, k->key);
	to->thanks = thanks && n <= THANKS && to->places == 0;
	return k->folded.bad ? -1 : 0;
}
