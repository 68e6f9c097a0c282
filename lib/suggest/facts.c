#include "suggest/facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "suggest/factwords.h"
#include "suggest/mark.h"
#include "suggest/terms.h"
#include "text/fold.h"
#include "text/token.h"

enum {
	MOST_TEXT = 16384, /* bytes of an answer that is looked at */
	GREETS = 6, /* words of a greeting; with more it says something too */
};

/* The word before the one at hand. */
struct before {
	size_t from, to;
	enum gp_factword is;
	int fact;
};

struct gp_facts {
	struct gp_personal_run *personal;
	const struct gp_past *past;
	struct gp_stem *stem;
	struct gp_buf folded, out;
	struct gp_span text;
	struct gp_marks marks;
	int bad, full;
};

struct gp_facts *
gp_facts_new(const struct gp_personal *p, const struct gp_past *past)
{
	struct gp_facts *f = calloc(1, sizeof(*f));

	if (f == NULL)
		return NULL;
	gp_buf_init(&f->folded, 0);
	gp_buf_init(&f->out, 0);
	f->past = past;
	f->personal = gp_personal_run_new(p);
	f->stem = gp_stem_new("ru");
	if (f->personal != NULL && f->stem != NULL)
		return f;
	gp_facts_free(f);
	return NULL;
}

void
gp_facts_free(struct gp_facts *f)
{
	if (f == NULL)
		return;
	gp_personal_run_free(f->personal);
	gp_stem_free(f->stem);
	gp_buf_release(&f->folded);
	gp_buf_release(&f->out);
	free(f);
}

/* -- what is a fact -------------------------------------------------------- */

/* With a full table nothing of the answer is used: no fact slips through. */
static void
mark(struct gp_facts *f, size_t from, size_t to, const char *hole)
{
	if (f->marks.n == GP_MARKS_MOST) {
		f->full = 1;
		return;
	}
	f->marks.v[f->marks.n++] = (struct gp_mark){ from, to, hole };
}

static void
mark_personal(struct gp_facts *f)
{
	static const char *const hole[GP_PD_KINDS] = {
		[GP_PD_PHONE] = "телефон",
		[GP_PD_EMAIL] = "почта",
		[GP_PD_FLAT] = "адрес",
		[GP_PD_BIRTH] = "когда",
		[GP_PD_NAME] = "кто",
	};
	const struct gp_personal_hit *hit;
	long i, n = gp_personal_find(f->personal, f->text, &hit);

	if (n == -1)
		f->bad = 1;
	for (i = 0; i < n; i++)
		mark(f, hit[i].from, hit[i].to,
		    hole[hit[i].kind] != NULL ? hole[hit[i].kind] : "номер");
}

/* Masks of gp-redact(1) and the like: [телефон]. */
static void
mark_masks(struct gp_facts *f)
{
	const char *p = f->text.p, *end = gp_span_end(f->text), *q;

	while ((p = memchr(p, '[', (size_t)(end - p))) != NULL) {
		q = memchr(p, ']', (size_t)(end - p));
		if (q == NULL)
			return;
		mark(f, (size_t)(p - f->text.p), (size_t)(q - f->text.p) + 1,
		    "кто");
		p = q;
	}
}

/* What stands in quotes is what something is called. */
static void
mark_quotes(struct gp_facts *f)
{
	static const char open[] = "«", close[] = "»";
	const char *p = f->text.p, *end = gp_span_end(f->text), *q;

	while ((p = memmem(p, (size_t)(end - p), open, 2)) != NULL) {
		q = memmem(p, (size_t)(end - p), close, 2);
		if (q == NULL)
			return;
		mark(f, (size_t)(p - f->text.p), (size_t)(q - f->text.p) + 2,
		    "название");
		p = q;
	}
}

static int
has_digit(struct gp_span s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] >= '0' && s.p[i] <= '9')
			return 1;
	return 0;
}

/*
 * At the beginning of a sentence past answers decide; what ends like a surname
 * is one until they write it small.
 */
static int
is_often_name(const struct gp_facts *f, struct gp_span folded)
{
	struct gp_written w = { 0, 0 };
	const struct gp_past *p = f->past;
	long no;

	if (p == NULL)
		return gp_surname_ends(folded);
	no = gp_atom_find(
	    &p->words, GP_ATOM_STEM, gp_stem_word(f->stem, folded));
	if (no != -1 && (size_t)no < p->writtens)
		w = p->written[no];
	return w.capital > w.small || (w.small == 0 && gp_surname_ends(folded));
}

static int
is_name(const struct gp_facts *f, struct gp_span raw, struct gp_span folded,
    enum gp_factword is)
{
	struct gp_letters l = gp_fold_letters(raw);

	if (l.capital == 0 || is == GP_FW_POLITE || is == GP_FW_COMMON)
		return 0;
	if (l.all > 1 && l.capital == l.all)
		return 1;
	return gp_sentence_begins(f->text.p, raw.p) ? is_often_name(f, folded)
						    : 1;
}

/* "12.05.2026", "18:00" and "5 мая" are no plain numbers. */
static const char *
number_hole(
    const struct gp_facts *f, size_t from, size_t to, const struct before *b)
{
	const char *p = f->text.p + to, *end = gp_span_end(f->text);

	if (b->is == GP_FW_STREET)
		return "адрес";
	if (end - p > 1 && (*p == '.' || *p == ':') && p[1] >= '0' &&
	    p[1] <= '9')
		return "когда";
	if (from > 1 && strchr(".:", f->text.p[from - 1]) != NULL &&
	    f->text.p[from - 2] >= '0' && f->text.p[from - 2] <= '9')
		return "когда";
	return "число";
}

static void
mark_word(struct gp_facts *f, struct gp_span raw, struct before *b)
{
	size_t from = (size_t)(raw.p - f->text.p), to = from + raw.n;
	struct before now = { from, to, GP_FW_NONE, 1 };
	struct gp_span folded;

	gp_buf_reset(&f->folded);
	gp_fold_word(&f->folded, raw);
	folded = gp_buf_span(&f->folded);
	now.is = gp_factword_of(folded);
	if (now.is == GP_FW_WHEN)
		mark(f, from, to, "когда");
	else if (now.is == GP_FW_SPAN && b->is == GP_FW_WHICH)
		mark(f, b->from, to, "когда");
	else if (now.is == GP_FW_NUMBER)
		mark(f, from, to, "число");
	else if (has_digit(raw))
		mark(f, from, to, number_hole(f, from, to, b));
	else if (now.is == GP_FW_FORM)
		mark(f, from, to, "название");
	else if (is_name(f, raw, folded, now.is))
		mark(f, from, to, b->is == GP_FW_STREET ? "адрес" : "название");
	else
		now.fact = 0;
	/* What goes on behind an address is of it: "ул. Новая, 5", "дом 7а". */
	if (now.fact && b->is == GP_FW_STREET)
		now.is = GP_FW_STREET;
	*b = now;
}

static void
mark_words(struct gp_facts *f)
{
	struct before b = { 0, 0, GP_FW_NONE, 0 };
	struct gp_tokens in;
	struct gp_token t;
	size_t from;

	gp_tokens_init(&in, f->text);
	while (gp_tokens_next(&in, &t)) {
		from = (size_t)(t.raw.p - f->text.p);
		if (t.kind == GP_TOKEN_WORD)
			mark_word(f, t.raw, &b);
		else if (t.kind == GP_TOKEN_URL)
			mark(f, from, from + t.raw.n, "ссылка");
		else if (t.kind == GP_TOKEN_PHONE)
			mark(f, from, from + t.raw.n, "телефон");
	}
}

/* -- the answer without them ----------------------------------------------- */

static size_t
count_words(struct gp_span s)
{
	struct gp_tokens in;
	struct gp_token t;
	size_t n = 0;

	gp_tokens_init(&in, s);
	while (gp_tokens_next(&in, &t))
		n += t.kind == GP_TOKEN_WORD;
	return n;
}

/* 1: the sentence tells of the matter. */
static int
is_matter(struct gp_facts *f, struct gp_span s)
{
	enum gp_phrase is;

	gp_buf_reset(&f->folded);
	gp_fold_text(&f->folded, s);
	is = gp_phrase_of(gp_buf_span(&f->folded));
	if (is == GP_PHRASE_GREETING)
		return count_words(s) > GREETS;
	return is == GP_PHRASE_MATTER && count_words(s) > 1;
}

static size_t
put(struct gp_facts *f, size_t from, size_t to, size_t m, struct gp_buf *b)
{
	while (m < f->marks.n && f->marks.v[m].from < from)
		m++;
	for (; m < f->marks.n && f->marks.v[m].from < to; m++) {
		if (f->marks.v[m].from > from)
			gp_buf_add(
			    b, f->text.p + from, f->marks.v[m].from - from);
		gp_buf_addf(b, "{{%s}}", f->marks.v[m].hole);
		from = f->marks.v[m].to;
	}
	if (to > from)
		gp_buf_add(b, f->text.p + from, to - from);
	return m;
}

/* Behind the sentence that begins there; no fact is cut in two. */
static size_t
sentence(const struct gp_facts *f, size_t from)
{
	struct gp_span s = f->text;
	size_t i, m;

	for (i = from + 1; i < s.n; i++) {
		if (strchr(" \n", s.p[i]) == NULL && s.p[i - 1] != '\n')
			continue;
		for (m = 0; m < f->marks.n; m++)
			if (f->marks.v[m].from < i && i < f->marks.v[m].to)
				break;
		if (m == f->marks.n && gp_sentence_begins(s.p, s.p + i))
			return i;
	}
	return s.n;
}

static void
put_sentences(struct gp_facts *f, struct gp_buf *b)
{
	size_t from = 0, to, start = b->n;

	for (; from < f->text.n; from = to) {
		while (from < f->text.n && strchr(" \t\n\r", f->text.p[from]))
			from++;
		if (from == f->text.n)
			break;
		to = sentence(f, from);
		if (!is_matter(
			f, (struct gp_span){ f->text.p + from, to - from }))
			continue;
		if (b->n > start)
			gp_buf_addc(b, ' ');
		put(f, from, to, 0, b);
	}
}

int
gp_facts_strip(struct gp_facts *f, struct gp_span text, struct gp_buf *b)
{
	struct gp_buf mended;

	if (text.n == 0 || text.n > MOST_TEXT)
		return 0;
	gp_buf_init(&mended, 0);
	gp_utf8_mend(&mended, text);
	f->text = gp_buf_span(&mended);
	f->marks.text = f->text;
	f->marks.n = 0;
	f->bad = mended.bad;
	f->full = 0;
	mark_personal(f);
	mark_masks(f);
	mark_quotes(f);
	mark_words(f);
	gp_marks_join(&f->marks);
	if (!f->bad && !f->full)
		put_sentences(f, b);
	gp_buf_release(&mended);
	return f->bad || b->bad ? -1 : 0;
}
