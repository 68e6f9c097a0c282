/*
 * Sentences with figures in them.
 *
 *	{appeals}				131
 *	{appeals:обращение|обращения|обращений}	131 обращение
 *	{appeals=поступило|поступили|поступило}	the form alone
 *	{answered/appeals}			41 %
 *	{group}					a member that is words
 *	{period}				24–31 октября 2026 года
 */
#ifndef GP_CARD_FILL_H
#define GP_CARD_FILL_H

#include "base/instant.h"
#include "card/rows.h"
#include "show/show.h"

/*
 * Appends the sentence filled from a row. 1: a figure that it names is not
 * there (or a share is of nothing), and what was appended is of no use; 0.
 */
int gp_fill(struct gp_buf *, struct gp_span sentence,
    const struct gp_card_row *, enum gp_lang);

/* -1 with the reason: braces that do not close, forms that are none. */
int gp_fill_check(struct gp_span sentence, struct gp_why *);

#endif
