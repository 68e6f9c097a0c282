#include "term/find.h"

#include <stdlib.h>
#include <string.h>

#include "term/place_words.h"
#include "text/token.h"

enum {
	ATOMS_KEPT = 6,
	HOUSE_DIGITS = 3,
	BETWEEN_MAX = 3, /* words between улица and its name: initials */
	MENTIONS = 64,
};

/* A word of the text, as far as the gazetteer knows it. */
struct seen {
	struct gp_span raw;
	unsigned atom[ATOMS_KEPT];
	unsigned char n;
	unsigned char marks;
	unsigned char code[2]; /* kinds it is a word for: as written, by stem */
	unsigned char capital, letter, number;
};

/* One place that may be meant by some words. */
struct mention {
	unsigned place;
	unsigned at, n; /* words */
};

struct gp_find {
	const struct gp_places *p;
	struct seen *seen;
	size_t n, cap;
	struct mention m[MENTIONS];
	size_t mentions;
	int names; /* some word begins a name */
};

struct gp_find *
gp_find_new(const struct gp_places *p)
{
	struct gp_find *f = calloc(1, sizeof(*f));

	if (f != NULL)
		f->p = p;
	return f;
}

void
gp_find_free(struct gp_find *f)
{
	if (f == NULL)
		return;
	free(f->seen);
	free(f);
}

static void
know(struct gp_find *f, struct seen *s, unsigned atom)
{
	const struct gp_places *p = f->p;

	if (atom >= p->known || s->n == ATOMS_KEPT)
		return;
	s->atom[s->n++] = atom;
	s->marks |= (unsigned char)p->prep[atom];
	if (p->word[atom] != 0) {
		s->code[1] = s->code[0];
		s->code[0] = (unsigned char)p->word[atom];
	}
	f->names |= p->first[atom] != -1;
}

void
gp_find_begin(struct gp_find *f)
{
	f->n = f->mentions = 0;
	f->names = 0;
}

void
gp_find_see(void *arg, const struct gp_token *t, const struct gp_word *w)
{
	struct gp_find *f = arg;
	size_t cap = f->cap == 0 ? 256 : f->cap * 2;
	struct seen *s;
	unsigned i;

	if (f->n == f->cap) {
		s = realloc(f->seen, cap * sizeof(*s));
		if (s == NULL)
			return; /* the rest of the text is not looked at */
		f->seen = s;
		f->cap = cap;
	}
	s = &f->seen[f->n++];
	s->raw = t->raw;
	s->n = s->marks = s->code[0] = s->code[1] = 0;
	s->capital = w->capitals > 0;
	s->letter = w->letters == 1;
	s->number = t->raw.p[0] >= '0' && t->raw.p[0] <= '9';
	for (i = 0; i < w->n; i++)
		know(f, s, w->atom[i]);
}

static int
has(const struct seen *s, unsigned atom)
{
	unsigned i;

	for (i = 0; i < s->n; i++)
		if (s->atom[i] == atom)
			return 1;
	return 0;
}

/* 1: the word is one for this kind of place, of this sort of street. */
static int
is_word_for(const struct seen *s, enum gp_place_kind kind, int sort)
{
	int i, code;

	for (i = 0; i < 2; i++) {
		code = s->code[i];
		if (code != 0 && (code & GP_WORD_KIND) == (int)kind + 1 &&
		    (kind != GP_PLACE_STREET || code / GP_WORD_SORT == sort))
			return 1;
	}
	return 0;
}

/* 1: it says what kind of street it is, and that is another. */
static int
is_other_street(const struct seen *s, int sort)
{
	return s->raw.n > 2 && s->code[0] != 0 &&
	    (s->code[0] & GP_WORD_KIND) == GP_PLACE_STREET + 1 &&
	    s->code[0] / GP_WORD_SORT != sort;
}

/* 0: the words touch: nothing but spaces, full stops and hyphens parts them. */
static int
parted(const struct seen *a, const struct seen *b)
{
	const char *p = a->raw.p + a->raw.n;

	for (; p < b->raw.p; p++)
		if (*p != ' ' && *p != '.' && *p != '-' && *p != '\xc2' &&
		    *p != '\xa0' && *p != '"' && (*p & 0x80) == 0)
			return 1;
	return 0;
}

/* The word before the name that could tell its kind; NULL: none. */
static const struct seen *
word_before(const struct gp_find *f, size_t at)
{
	const struct seen *s = f->seen;
	int skipped;

	for (skipped = 0; at > 0; skipped++, at--) {
		if (parted(&s[at - 1], &s[at]))
			return NULL;
		if (s[at - 1].code[0] != 0 || skipped == BETWEEN_MAX)
			break;
		if (s[at - 1].marks & GP_TAIL)
			continue; /* пр-т, р-н */
		if (!(s[at - 1].marks & GP_BETWEEN) &&
		    !(s[at - 1].letter && s[at - 1].capital))
			break;
	}
	return at > 0 ? &s[at - 1] : NULL;
}

/* "5", "5а", "дом 5", "д. 5"; but not "9 мая". */
static int
house_follows(const struct gp_find *f, size_t at)
{
	const struct seen *s = f->seen + at;
	size_t digits = 0;

	if (at < f->n && s->marks & GP_HOUSE) {
		at++;
		s++;
	}
	if (at >= f->n || !s->number)
		return 0;
	while (digits < s->raw.n && s->raw.p[digits] >= '0' &&
	    s->raw.p[digits] <= '9')
		digits++;
	return digits <= HOUSE_DIGITS &&
	    !(at + 1 < f->n && s[1].marks & GP_MONTH);
}

/* Do the words around say that this name is this place? */
static int
is_meant(const struct gp_find *f, const struct gp_place *v, size_t at, size_t n)
{
	const struct seen *s = f->seen;
	const struct seen *before = word_before(f, at);
	const struct seen *after =
	    at + n < f->n && !parted(&s[at + n - 1], &s[at + n]) ? &s[at + n]
								 : NULL;
	int prep =
	    at > 0 && s[at - 1].marks & GP_PREP && !parted(&s[at - 1], &s[at]);

	if ((before != NULL && is_word_for(before, v->kind, v->sort)) ||
	    (after != NULL && is_word_for(after, v->kind, v->sort)))
		return 1;
	/* Another kind of street than ours is another street. */
	if (v->kind == GP_PLACE_STREET &&
	    ((before != NULL && is_other_street(before, v->sort)) ||
		(after != NULL && is_other_street(after, v->sort))))
		return 0;
	if (!v->bare)
		return 0;
	if (v->kind == GP_PLACE_STREET)
		return house_follows(f, at + n) || (prep && s[at].capital);
	/* What follows a word for a street is a street. */
	if (before != NULL &&
	    (before->code[0] & GP_WORD_KIND) == GP_PLACE_STREET + 1)
		return 0;
	return s[at].capital || prep;
}

static int
fits(const struct gp_find *f, const struct gp_place_form *form, size_t at)
{
	unsigned k;

	if (at + form->n > f->n)
		return 0;
	for (k = 1; k < form->n; k++)
		if (!has(&f->seen[at + k], form->atom[k]))
			return 0;
	return 1;
}

static void
mention(struct gp_find *f, unsigned place, size_t at, size_t n)
{
	size_t i;

	for (i = 0; i < f->mentions; i++)
		if (f->m[i].place == place && f->m[i].at == at)
			return; /* by another of its forms */
	if (f->mentions < MENTIONS)
		f->m[f->mentions++] =
		    (struct mention){ place, (unsigned)at, (unsigned)n };
}

/* All places whose name begins at a word; the longest name wins. Returns how
 * many words it takes; 0: none. */
static size_t
look_at(struct gp_find *f, size_t at)
{
	const struct gp_places *p = f->p;
	const struct seen *s = &f->seen[at];
	size_t first = f->mentions, best = 0, i, to;
	const struct gp_place_form *form;
	unsigned k;
	long no;

	for (k = 0; k < s->n; k++)
		for (no = p->first[s->atom[k]]; no != -1; no = form->next) {
			form = &p->form[no];
			if (form->n < best || !fits(f, form, at) ||
			    !is_meant(f, &p->v[form->place], at, form->n))
				continue;
			best = form->n;
			mention(f, form->place, at, form->n);
		}
	for (i = to = first; i < f->mentions; i++)
		if (f->m[i].n == best)
			f->m[to++] = f->m[i];
	f->mentions = to;
	return best;
}

/* The place that holds both; GP_PLACE_NONE. */
static long
common(const struct gp_places *p, long a, long b)
{
	for (; a != GP_PLACE_NONE; a = p->v[a].in)
		if (gp_place_within(p, b, a))
			return a;
	return GP_PLACE_NONE;
}

/* How many words away the text names, in words of its own, a place that holds
 * this one; -1: it does not. */
static long
told(const struct gp_find *f, long place, size_t at)
{
	long best = -1, away;
	size_t i;

	for (i = 0; i < f->mentions; i++) {
		if (f->m[i].at == at || f->m[i].place == (unsigned)place ||
		    !gp_place_within(f->p, place, f->m[i].place))
			continue;
		away = labs((long)f->m[i].at - (long)at);
		if (best == -1 || away < best)
			best = away;
	}
	return best;
}

/* 1: a settlement is named, and the place is in none that is. */
static int
is_elsewhere(const struct gp_find *f, long place, size_t at)
{
	const struct gp_places *p = f->p;
	int town = 0;
	size_t i;

	if (p->v[place].kind != GP_PLACE_STREET)
		return 0;
	for (i = 0; i < f->mentions; i++) {
		if (f->m[i].at == at ||
		    p->v[f->m[i].place].kind != GP_PLACE_TOWN)
			continue;
		if (gp_place_within(p, place, f->m[i].place))
			return 0;
		town = 1;
	}
	return town;
}

/* 1: of streets of one name in one place, the улица is meant, if nothing says
 * what it is. */
static int
is_beside_street(const struct gp_find *f, size_t from, size_t end, long place)
{
	const struct gp_place *v = f->p->v, *other;
	size_t i;

	for (i = from; i < end; i++) {
		other = &v[f->m[i].place];
		if (v[place].kind == GP_PLACE_STREET && v[place].sort != 0 &&
		    other->kind == GP_PLACE_STREET && other->sort == 0 &&
		    other->in == v[place].in)
			return 1;
	}
	return 0;
}

/* Of the mentions [from, end), which are of the same words, the one meant. */
static long
resolve(const struct gp_find *f, size_t from, size_t end, long home)
{
	const struct gp_places *p = f->p;
	long best = GP_PLACE_NONE, near = best, all = best, place, away;
	long least = -1;
	int nears = 0, any = 0;
	size_t i;

	for (i = from; i < end; i++) {
		place = f->m[i].place;
		if (is_elsewhere(f, place, f->m[i].at) ||
		    is_beside_street(f, from, end, place))
			continue;
		all = any++ == 0 ? place : common(p, all, place);
		away = told(f, place, f->m[i].at);
		if (away != -1 && (least == -1 || away < least)) {
			least = away;
			best = place;
		} else if (away != -1 && away == least) {
			best = common(p, best, place);
		}
		if (home != GP_PLACE_NONE && gp_place_within(p, place, home))
			near = nears++ == 0 ? place : common(p, near, place);
	}
	if (least != -1)
		return best;
	return nears > 0 ? near : all;
}

/* Adds a place once, before those that are less exact. */
static size_t
note(const struct gp_places *p, long place, long *to, size_t n)
{
	size_t i, k;

	for (i = 0; i < n; i++)
		if (to[i] == place)
			return n;
	if (n == GP_FOUND_MAX)
		return n;
	for (i = 0; i < n && p->v[to[i]].kind >= p->v[place].kind;)
		i++;
	for (k = n; k > i; k--)
		to[k] = to[k - 1];
	to[i] = place;
	return n + 1;
}

size_t
gp_find_end(struct gp_find *f, long home, long to[GP_FOUND_MAX])
{
	size_t at, i, end, n = 0, took;
	long place;

	if (!f->names)
		return 0;
	for (at = 0; at<f->n; at += took> 0 ? took : 1)
		took = f->seen[at].n > 0 ? look_at(f, at) : 0;
	for (i = 0; i < f->mentions; i = end) {
		for (end = i + 1;
		     end < f->mentions && f->m[end].at == f->m[i].at;)
			end++;
		place = resolve(f, i, end, home);
		if (place != GP_PLACE_NONE)
			n = note(f->p, place, to, n);
	}
	return n;
}
