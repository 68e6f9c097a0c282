#include "suggest/compose.h"

#include "suggest/hole.h"

struct composing {
	const struct gp_fill *f;
	struct gp_draft *d;
	struct gp_buf text;
	int interim;
};

static void
put(struct composing *c, const struct gp_wording *w, int line)
{
	struct gp_draft *d = c->d;

	if (w == NULL)
		return;
	if (c->text.n > 0)
		gp_buf_addc(&c->text, line ? '\n' : ' ');
	gp_fill_text(c->f, w->text, &c->text);
	d->origin[d->origins++] =
	    gp_pool_fmt(c->f->pool, "template:%s", w->name);
}

static void
put_part(struct composing *c, enum gp_answer_part part, int line)
{
	int how;

	put(c, gp_wording_of(c->f, part, c->interim, 0, &how), line);
}

/* A hole that was there, or a slot of the wordings that has been filled. */
static int
tells(const struct composing *c, const char *hole)
{
	return gp_hole_is_in(gp_buf_span(&c->text), hole);
}

/* Of the wording as it is written: filled or not, it is about that. */
static int
asks_for(const struct gp_wording *w, const char *slot)
{
	return w != NULL && gp_hole_is_in(gp_span_of(w->text), slot);
}

static int
promises(const struct gp_wording *w)
{
	return asks_for(w, "когда") || asks_for(w, "срок") ||
	    asks_for(w, "первый_срок");
}

static int
names(const struct gp_wording *w)
{
	return asks_for(w, "кто") || asks_for(w, "исполнитель");
}

static int
put_said(struct composing *c, const struct gp_said *said)
{
	struct gp_draft *d = c->d;

	if (c->text.n > 0)
		gp_buf_addc(&c->text, '\n');
	gp_buf_add(&c->text, said->text.p, said->text.n);
	d->origin[d->origins++] =
	    gp_pool_fmt(c->f->pool, "answer:%.*s", (int)said->id.n, said->id.p);
	d->score = said->likeness;
	return 1;
}

static int
put_matter(struct composing *c, size_t nth)
{
	static const double worth[] = { 0.05, 0.1, 0.2, 0.3 };
	const struct gp_wording *w;
	int how = 0;

	w = gp_wording_of(c->f, GP_PART_MATTER, c->interim, nth, &how);
	if (w == NULL)
		return 0;
	put(c, w, 1);
	c->d->score = worth[how];
	c->d->helps |= promises(w) || names(w);
	return 1;
}

/* Who and when, unless the matter has told it. */
static void
put_who_and_when(struct composing *c, const struct gp_wording *w[2])
{
	if (!tells(c, "кто") && !tells(c, "исполнитель"))
		put(c, w[0], 0);
	if (!tells(c, "когда") && !tells(c, "срок"))
		put(c, w[1], 0);
}

static void
put_rest(struct composing *c)
{
	const struct gp_wording *w[2];
	int how;

	w[0] = gp_wording_of(c->f, GP_PART_WHO, c->interim, 0, &how);
	w[1] = gp_wording_of(c->f, GP_PART_WHEN, c->interim, 0, &how);
	c->d->helps |= names(w[0]) || promises(w[1]) || tells(c, "когда") ||
	    tells(c, "кто");
	put_who_and_when(c, w);
	if (!tells(c, "телефон") && !tells(c, "ссылка"))
		put_part(c, GP_PART_WHERE, 1);
	put_part(c, GP_PART_CLOSING, 0);
}

int
gp_compose(const struct gp_fill *f, const struct gp_said *said, int interim,
    size_t nth, struct gp_draft *d)
{
	struct composing c = { .f = f, .d = d, .interim = interim };
	int there;

	*d = (struct gp_draft){ .origins = 0 };
	gp_buf_init(&c.text, 0);
	put_part(&c, GP_PART_GREETING, 0);
	put_part(&c, GP_PART_THANKS, 0);
	there = said->text.n > 0 ? put_said(&c, said) : put_matter(&c, nth);
	put_rest(&c);
	d->text = gp_pool_copy(f->pool, gp_buf_span(&c.text));
	/* Half of the way is for what helps: the rest never comes before. */
	d->score = d->score / 2 + (d->helps ? 0.5 : 0);
	if (c.text.bad || f->pool->bad)
		there = -1;
	gp_buf_release(&c.text);
	return there;
}
