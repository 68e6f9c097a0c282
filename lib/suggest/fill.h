/*
 * Slots of a template, {{name}}, filled from the appeal and the templates;
 * what is not known stays a hole.
 *
 *	имя          the first name of the author, where it is a name
 *	исполнитель  who answers, by route.assignee
 *	адрес        route.place
 *	срок         the day of due.final; первый_срок: that of due.first
 *	тема, группа class.topic, class.group
 *	сегодня      the day
 *	телефон, ... words of the templates: of the assignee, the page, of all
 */
#ifndef GP_SUGGEST_FILL_H
#define GP_SUGGEST_FILL_H

#include "base/instant.h"
#include "base/pool.h"
#include "suggest/templates.h"
#include "text/personal.h"

/* An appeal, as far as answers are made of it. Spans are borrowed. */
struct gp_asked {
	struct gp_span id, text, page, kind, group, topic, author, place,
	    assignee;
	int has_first, has_final;
	gp_instant first, final;
};

/* Titles of assignees: name, title, name, title ..., NULL ends. */
struct gp_fill {
	const struct gp_templates *templates;
	const char *const *title;
	const struct gp_personal *personal;
	const struct gp_asked *asked;
	gp_instant now;
	struct gp_pool *pool; /* of what is made */
};

/* The value of a slot; n 0: not known. */
struct gp_span gp_slot(const struct gp_fill *, struct gp_span name);
/* 1: a slot that the program itself may fill. */
int gp_slot_is_own(struct gp_span name);
/* Appends the text with what is known. */
void gp_fill_text(const struct gp_fill *, const char *text, struct gp_buf *);
/* "13 ноября 2026 года", as behind "до". */
struct gp_span gp_day_words(struct gp_pool *, gp_instant);

/*
 * The wording of a part that fits best: by topic before group before kind
 * before none; of equals the first. NULL: none. `nth` passes over the best
 * ones. *how: 3 by topic, 2 by group, 1 by kind, 0.
 */
const struct gp_wording *gp_wording_of(const struct gp_fill *,
    enum gp_answer_part, int interim, size_t nth, int *how);

#endif
