/*
 * A gazetteer, gp-routes(5): districts, settlements, areas and streets, each
 * within another, and how a text is searched for them.
 *
 * Names of one to four words are compared by stems, so that "в Луговом" is
 * Луговое. A street named after somebody or something (ул. Ленина, 8 Марта)
 * does not decline and is compared as it is written. A street counts where a
 * word for a street stands beside it, where a house number follows, or where it
 * has a capital and a preposition; a settlement likewise, or by its capital.
 */
#ifndef GP_TERM_PLACE_H
#define GP_TERM_PLACE_H

#include "config/yaml.h"
#include "rules/atom.h"

enum gp_place_kind {
	GP_PLACE_DISTRICT, /* район, округ */
	GP_PLACE_TOWN, /* город, посёлок, село, деревня */
	GP_PLACE_AREA, /* микрорайон, квартал, СНТ */
	GP_PLACE_STREET,
};

enum {
	GP_PLACE_WORDS = 4,
	GP_PLACE_NONE = -1
};

struct gp_place {
	const char *name;
	char *label; /* "Луговое, улица Садовая" */
	enum gp_place_kind kind;
	long in;  /* the place that holds it; GP_PLACE_NONE: none */
	int bare; /* 0: only with a word for its kind beside it */
	int sort; /* of a street: 0 улица, 1 переулок ... */
	const struct gp_yaml *node;
};

/* One way to write a name. */
struct gp_place_form {
	unsigned atom[GP_PLACE_WORDS];
	unsigned char n;
	unsigned place;
	long next; /* form with the same first atom; -1: none */
};

struct gp_places {
	struct gp_yaml_doc *doc; /* borrowed: that of the file */
	struct gp_atoms *atoms;  /* borrowed: words of rules are there too */
	struct gp_place *v;
	size_t n, cap;
	struct gp_place_form *form;
	size_t forms, form_cap;
	long *first;       /* by atom: its first form */
	signed char *word; /* by atom: what kind of place it is a word for */
	signed char *prep; /* by atom: 1: a preposition of place */
	size_t known;      /* atoms when the tables were made */
};

/* Reads the `places` list of a document. 0; -1 with the reason. */
int gp_places_fill(struct gp_places *, struct gp_atoms *, struct gp_yaml_doc *,
    const struct gp_yaml *list, struct gp_why *);
void gp_places_release(struct gp_places *);

/*
 * The place of a name, or of a path that makes it plain: "Луговое/Садовая".
 * Its number; GP_PLACE_NONE; -2: there are several.
 */
long gp_places_find(const struct gp_places *, const char *path);
/* 1: `place` is `outer` or lies within it. */
int gp_place_within(const struct gp_places *, long place, long outer);

#endif
