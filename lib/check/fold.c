/* The text as patterns see it, and the way back to where it stands. */
#include "check/inner.h"

#include "base/grow.h"
#include "text/fold.h"
#include "text/token.h"

static void
add_piece(struct gp_checker *c, size_t raw, int word)
{
	struct gp_check_piece *p;

	p = gp_grow(&c->piece, &c->pieces, &c->piece_cap, sizeof(*p));
	if (p == NULL)
		c->bad = 1;
	else
		*p = (struct gp_check_piece){ c->folded.n, raw, word };
}

/* Word by word, as gp_fold_text does, with notes of where each begins. */
static void
fold_odd(struct gp_checker *c)
{
	struct gp_span text = c->item->text;
	struct gp_tokens in;
	struct gp_token t;
	size_t done = 0, at;

	c->is_mapped = 1;
	gp_tokens_init(&in, text);
	while (gp_tokens_next(&in, &t)) {
		if (t.kind != GP_TOKEN_WORD)
			continue;
		at = (size_t)(t.raw.p - text.p);
		add_piece(c, done, 0);
		gp_buf_add(&c->folded, text.p + done, at - done);
		add_piece(c, at, 1);
		gp_fold_word(&c->folded, t.raw);
		done = at + t.raw.n;
	}
	add_piece(c, done, 0);
	gp_buf_add(&c->folded, text.p + done, text.n - done);
}

struct gp_span
gp_check_folded(struct gp_checker *c)
{
	if (!c->is_folded) {
		c->is_folded = 1;
		if (!c->match->odd)
			gp_fold_plain(&c->folded, c->item->text);
		/* small letters of plain words are as long as the capitals */
		if (c->match->odd || c->folded.n != c->item->text.n) {
			gp_buf_reset(&c->folded);
			fold_odd(c);
		}
		c->bad |= c->folded.bad;
	}
	return c->bad ? (struct gp_span){ "", 0 } : gp_buf_span(&c->folded);
}

/* The last piece that begins there or before. */
static size_t
piece_of(const struct gp_checker *c, size_t folded)
{
	size_t lo = 0, hi = c->pieces, mid;

	while (hi - lo > 1) {
		mid = lo + (hi - lo) / 2;
		if (c->piece[mid].folded <= folded)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

/* A word is taken whole: its letters may not stand one for one. */
struct gp_check_place
gp_check_unfold(const struct gp_checker *c, size_t from, size_t to)
{
	const struct gp_check_piece *a, *b;
	struct gp_check_place at = { from, to };

	if (!c->is_mapped || c->pieces == 0)
		return at;
	a = &c->piece[piece_of(c, from)];
	b = &c->piece[piece_of(c, to > from ? to - 1 : to)];
	at.from = a->word ? a->raw : a->raw + (from - a->folded);
	at.to = b->word ? b[1].raw : b->raw + (to - b->folded);
	return at;
}
