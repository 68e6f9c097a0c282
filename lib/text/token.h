/*
 * A text as words, links, telephone numbers and the marks ? and !.
 *
 *	gp_tokens_init(&in, text);
 *	while (gp_tokens_next(&in, &token))
 *		...
 *
 * A word is a run of letters and digits of any script, with the marks over
 * them and the invisible characters among them; all else parts words, the
 * hyphen and the low line too. Tokens borrow the text. Broken UTF-8 parts
 * words.
 */
#ifndef GP_TEXT_TOKEN_H
#define GP_TEXT_TOKEN_H

#include "base/buf.h"

enum gp_token_kind {
	GP_TOKEN_WORD,
	GP_TOKEN_URL,   /* https://..., www...., site.ru/... */
	GP_TOKEN_PHONE, /* +7 900 000-00-00 and the like */
	GP_TOKEN_ASK,   /* one ? */
	GP_TOKEN_CRY,   /* one ! */
};

struct gp_token {
	enum gp_token_kind kind;
	struct gp_span raw; /* as it stands in the text */
};

struct gp_tokens {
	const char *start, *p, *end;
};

void gp_tokens_init(struct gp_tokens *, struct gp_span text);
/* 1: a token; 0: the end. */
int gp_tokens_next(struct gp_tokens *, struct gp_token *);

#endif
