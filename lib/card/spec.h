/*
 * Which cards a report gives: cards.yaml, described in gp-theme(5).
 */
#ifndef GP_CARD_SPEC_H
#define GP_CARD_SPEC_H

#include "config/yaml.h"
#include "show/show.h"

/* Russian and English; NULL where one is not written down. */
struct gp_phrase {
	const char *in[GP_LANGS];
};

struct gp_spec_card {
	const char *kind;
	const struct gp_yaml *row;  /* the row of texts and single figures */
	const struct gp_yaml *rows; /* the rows of items */
	struct gp_phrase title, subtitle, text, note, unit, rest, unnamed;
	struct gp_phrase author;
	const char *value, *of, *label, *object, *quote, *was;
	const char *each;            /* a card for each value of this member */
	const struct gp_yaml *words; /* labels by value: {ru: …, en: …} */
	const char *good;
	int64_t least;
	int days;   /* days without a row are 0 */
	int people; /* labels are words of people: no personal data in them */
	unsigned line;
};

struct gp_spec_report {
	const char *name;
	const struct gp_yaml *row;
	struct gp_yaml_list post[GP_LANGS]; /* sentences, const char * */
	struct gp_yaml_list card;           /* struct gp_spec_card */
};

struct gp_spec {
	struct gp_yaml_list report; /* struct gp_spec_report */
	struct gp_yaml_doc *doc;
};

/* -1 with the reason. */
int gp_spec_load(const char *path, struct gp_spec *, struct gp_why *);
int gp_spec_parse(
    struct gp_span, const char *name, struct gp_spec *, struct gp_why *);
void gp_spec_release(struct gp_spec *);
const struct gp_spec_report *gp_spec_find(
    const struct gp_spec *, struct gp_span report);

#endif
