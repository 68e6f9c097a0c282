#include "rules/atom.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#define TEXT_MAX (256 * GP_MIB)

static size_t
hash(enum gp_atom_kind kind, struct gp_span s)
{
	return (size_t)XXH3_64bits_withSeed(s.p, s.n, (XXH64_hash_t)kind);
}

static int
is(const struct gp_atoms *a, unsigned no, enum gp_atom_kind kind,
    struct gp_span s)
{
	const char *text = a->text.p + a->at[no];

	return text[0] == (char)kind && strncmp(text + 1, s.p, s.n) == 0 &&
	    text[1 + s.n] == '\0';
}

/* The slot of the atom, or the free one where it belongs. */
static unsigned *
place(const struct gp_atoms *a, enum gp_atom_kind kind, struct gp_span s)
{
	size_t i = hash(kind, s) & (a->slots - 1);

	while (a->slot[i] != 0 && !is(a, a->slot[i] - 1, kind, s))
		i = (i + 1) & (a->slots - 1);
	return &a->slot[i];
}

/* Slots stay at least twice the atoms. */
static int
grow(struct gp_atoms *a)
{
	size_t cap = a->cap == 0 ? 1024 : a->cap * 2, i;
	unsigned *at = realloc(a->at, cap * sizeof(*at)), *slot;
	const char *text;

	if (at == NULL)
		return -1;
	a->at = at;
	slot = calloc(cap * 2, sizeof(*slot));
	if (slot == NULL)
		return -1;
	free(a->slot);
	a->slot = slot;
	a->slots = cap * 2;
	a->cap = cap;
	for (i = 0; i < a->n; i++) {
		text = a->text.p + at[i];
		*place(a, (enum gp_atom_kind)text[0], gp_span_of(text + 1)) =
		    (unsigned)i + 1;
	}
	return 0;
}

long
gp_atom_make(struct gp_atoms *a, enum gp_atom_kind kind, struct gp_span s)
{
	unsigned *slot;

	if (a->n == a->cap && grow(a) == -1)
		return -1;
	slot = place(a, kind, s);
	if (*slot != 0)
		return (long)*slot - 1;
	a->at[a->n] = (unsigned)a->text.n;
	gp_buf_addc(&a->text, kind);
	gp_buf_add(&a->text, s.p, s.n);
	gp_buf_addc(&a->text, '\0');
	if (a->text.bad)
		return -1;
	if (kind == GP_ATOM_PREFIX && s.n > a->longest)
		a->longest = s.n;
	*slot = (unsigned)++a->n;
	return (long)a->n - 1;
}

long
gp_atom_find(const struct gp_atoms *a, enum gp_atom_kind kind, struct gp_span s)
{
	return (long)*place(a, kind, s) - 1;
}

int
gp_atoms_init(struct gp_atoms *a)
{
	static const char *const special[GP_SPECIALS] = { "?", "!", "url",
		"phone", "caps" };
	int i;

	memset(a, 0, sizeof(*a));
	gp_buf_init(&a->text, TEXT_MAX);
	for (i = 0; i < GP_SPECIALS; i++)
		if (gp_atom_make(a, GP_ATOM_SPECIAL, gp_span_of(special[i])) ==
		    -1)
			return -1;
	return 0;
}

void
gp_atoms_release(struct gp_atoms *a)
{
	gp_buf_release(&a->text);
	free(a->at);
	free(a->slot);
	memset(a, 0, sizeof(*a));
}

static size_t
note(long atom, size_t n, unsigned to[GP_WORD_ATOMS])
{
	if (atom != -1 && n < GP_WORD_ATOMS)
		to[n++] = (unsigned)atom;
	return n;
}

size_t
gp_atoms_of(const struct gp_atoms *a, struct gp_stem *stem, struct gp_span word,
    unsigned to[GP_WORD_ATOMS])
{
	struct gp_span part = { word.p, 0 };
	size_t n;

	if (word.n == 0 || memchr(word.p, '\0', word.n) != NULL)
		return 0;
	n = note(
	    gp_atom_find(a, GP_ATOM_STEM, gp_stem_word(stem, word)), 0, to);
	n = note(gp_atom_find(a, GP_ATOM_EXACT, word), n, to);
	for (part.n = 1; part.n <= word.n && part.n <= a->longest; part.n++)
		if (part.n == word.n || (word.p[part.n] & 0xc0) != 0x80)
			n = note(gp_atom_find(a, GP_ATOM_PREFIX, part), n, to);
	return n;
}
