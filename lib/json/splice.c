#include "json/write.h"

#include <string.h>

enum {
	MAX_EDITS = 64
};

/* Which edit is meant by this member; n if none. */
static size_t
edit_of(struct gp_span key, const struct gp_json_edit *edit, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (gp_json_key_is(key, edit[i].key))
			return i;
	return n;
}

static int
white(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/*
 * Takes member i out of what has been copied: its bytes are not yet in b,
 * those before it are. One of the two commas around it goes with it: the one
 * behind, or, for the last member, the one before. Returns from where copying
 * goes on.
 */
static const char *
take_out(struct gp_buf *b, size_t start, const struct gp_json_member *m)
{
	const char *p = m->value.text.p + m->value.text.n;
	size_t n = b->n;

	while (white(*p))
		p++;
	if (*p == ',') {
		p++;
		while (white(*p))
			p++;
		return p;
	}
	while (n > start && white(b->p[n - 1]))
		n--;
	if (n > start && b->p[n - 1] == ',')
		b->n = n - 1;
	return p;
}

static void
append(struct gp_buf *b, const struct gp_json_edit *e, int comma)
{
	if (comma)
		gp_buf_addc(b, ',');
	gp_buf_addc(b, '"');
	gp_buf_adds(b, e->key);
	gp_buf_add(b, "\":", 2);
	gp_buf_add(b, e->value.p, e->value.n);
}

/* The members as they are to be, up to the closing bracket; returns it. */
static const char *
members(struct gp_buf *b, const struct gp_json_obj *o,
    const struct gp_json_edit *edit, size_t n, unsigned char *done)
{
	const char *from = o->text.p;
	size_t start = b->n, i, e;

	for (i = 0; i < o->n && !b->bad; i++) {
		const struct gp_json_member *m = &o->m[i];

		e = edit_of(m->key, edit, n);
		if (e == n)
			continue;
		if (edit[e].value.p != NULL && !done[e]) {
			gp_buf_add(b, from, (size_t)(m->value.text.p - from));
			gp_buf_add(b, edit[e].value.p, edit[e].value.n);
			from = m->value.text.p + m->value.text.n;
			done[e] = 1;
			continue;
		}
		if (m->key.p - 1 > from)
			gp_buf_add(b, from, (size_t)(m->key.p - 1 - from));
		from = b->bad ? from : take_out(b, start + 1, m);
	}
	return from;
}

void
gp_json_splice(struct gp_buf *b, const struct gp_json_obj *o,
    const struct gp_json_edit *edit, size_t n)
{
	unsigned char done[MAX_EDITS] = { 0 };
	const char *end = o->text.p + o->text.n - 1;
	const char *from;
	size_t start = b->n, i;
	int empty;

	if (n > MAX_EDITS) {
		b->bad = 1;
		return;
	}
	from = members(b, o, edit, n, done);
	if (end > from)
		gp_buf_add(b, from, (size_t)(end - from));
	if (b->bad)
		return;
	for (i = b->n; i > start + 1 && white(b->p[i - 1]);)
		i--;
	empty = i == start + 1;
	for (i = 0; i < n; i++)
		if (edit[i].value.p != NULL && !done[i]) {
			append(b, &edit[i], !empty);
			empty = 0;
		}
	gp_buf_addc(b, '}');
}
