/*
 * What stands on a card, before anybody draws it. gp-card(1) says what each
 * kind needs.
 */
#ifndef GP_CARD_CARD_H
#define GP_CARD_CARD_H

#include "base/pool.h"
#include "show/show.h"
#include "json/json.h"

enum gp_card_kind {
	GP_CARD_TITLE,
	GP_CARD_FIGURE, /* one number, large */
	GP_CARD_BARS,
	GP_CARD_LINE,
	GP_CARD_CHANGE, /* before and after */
	GP_CARD_QUOTE,
	GP_CARD_LIST,
	GP_CARD_KINDS
};

#define GP_CARD_WORDS "title|figure|bars|line|change|quote|list"
#define GP_CARD_ITEMS 400 /* of one card; a year of days */

struct gp_card_item {
	struct gp_span label; /* of a number; the words of a list */
	double value;
};

/* Spans stand in the pool that the card was made in; n 0: absent. */
struct gp_card {
	enum gp_card_kind kind;
	struct gp_span title, subtitle, text, note, author, alt;
	struct gp_span unit; /* forms, "a|b|c"; "%" */
	double value, of;    /* of a figure */
	int has_of;
	struct gp_card_item *item; /* a change has two */
	size_t n;
	struct gp_span rest; /* a label for what a card has no room for */
	int good;         /* of a change: 1 more is good, -1 bad, 0 neither */
	const char *name; /* its file, without folder and ending */
};

/* GP_CARD_KINDS: none of that name. */
enum gp_card_kind gp_card_kind_of(struct gp_span);
const char *gp_card_kind_name(enum gp_card_kind);

/*
 * Makes a card of a record of type "card"; its texts are as they were written.
 * -1 with the reason: a member is missing or of a wrong type.
 */
int gp_card_read(struct gp_card *, struct gp_pool *, struct gp_json_reader *,
    const struct gp_json_obj *, struct gp_why *);

/* Sets all texts by gp_type_set; a label that is a day is written as one. */
int gp_card_set(
    struct gp_card *, struct gp_pool *, enum gp_lang, struct gp_why *);

/* What kinds need and allow: -1 with the reason, naming the member. */
int gp_card_check(const struct gp_card *, struct gp_why *);

#endif
