/*
 * Atoms: all that a taxonomy asks of single words. A word of a text has
 * those atoms that are true of it: its stem, itself, its beginnings; the
 * special ones stand for marks, links, telephones and a text in capitals.
 */
#ifndef GP_RULES_ATOM_H
#define GP_RULES_ATOM_H

#include "base/buf.h"
#include "text/words.h"

enum gp_atom_kind {
	GP_ATOM_STEM = 's',
	GP_ATOM_EXACT = 'e',
	GP_ATOM_PREFIX = 'p',
	GP_ATOM_SPECIAL = ':',
};

/* The numbers of the special ones; they are there from the start. */
enum gp_special {
	GP_ATOM_ASK,
	GP_ATOM_CRY,
	GP_ATOM_URL,
	GP_ATOM_PHONE,
	GP_ATOM_CAPS,
	GP_SPECIALS
};

struct gp_atoms {
	struct gp_buf text; /* kind and text, NUL behind, one after another */
	unsigned *at;       /* of each atom's text */
	size_t n, cap;
	unsigned *slot; /* hash of text to number + 1; 0: free */
	size_t slots;   /* a power of two */
	size_t longest; /* beginning that is asked for, bytes */
};

/* 0, or -1: no memory. */
int gp_atoms_init(struct gp_atoms *);
void gp_atoms_release(struct gp_atoms *);

/* The number of an atom, made if it is new; -1: no memory. */
long gp_atom_make(struct gp_atoms *, enum gp_atom_kind, struct gp_span folded);
/* The number, or -1: the taxonomy does not ask for it. */
long gp_atom_find(const struct gp_atoms *, enum gp_atom_kind, struct gp_span);

/* All atoms of a folded word, at most GP_WORD_ATOMS; returns how many. */
size_t gp_atoms_of(const struct gp_atoms *, struct gp_stem *,
    struct gp_span folded, unsigned to[GP_WORD_ATOMS]);

#endif
