/*
 * A text that goes out: plain words, and spans of them that stand out. What a
 * network makes of the spans is rendered here, in the three ways there are:
 * plain text with entities beside it (Telegram), HTML (MAX), plain text alone
 * with links written out (VKontakte, Odnoklassniki).
 */
#ifndef GP_NET_SAID_H
#define GP_NET_SAID_H

#include "json/write.h"

enum gp_said_kind {
	GP_SAID_BOLD,
	GP_SAID_ITALIC,
	GP_SAID_CODE,
	GP_SAID_LINK,
	GP_SAID_QUOTE,
};

/* Bytes of the text; one begins no later than the next, the wider one first,
 * and two are either apart or one within the other. */
struct gp_said_span {
	enum gp_said_kind kind;
	size_t from, n;
	struct gp_span url; /* of a link */
};

struct gp_said {
	struct gp_span text; /* valid UTF-8 */
	const struct gp_said_span *span;
	size_t spans;
};

/* A text of no spans. */
struct gp_said gp_said_of(struct gp_span);

/* The array of MessageEntity; offsets and lengths in UTF-16 units. Source:
 * core.telegram.org/bots/api#messageentity. */
void gp_said_entities(struct gp_jw *, const struct gp_said *);
/* `format: html` of MAX; escaped. Source: dev.max.ru, "Formatting". */
void gp_said_html(struct gp_buf *, const struct gp_said *);
/* Words alone; an address that its words do not say follows in brackets. */
void gp_said_plain(struct gp_buf *, const struct gp_said *);

#endif
