#include "review/sheet.h"

#include <string.h>

#include "base/utf8.h"

enum {
	WIDTH = 76,   /* of quoted lines */
	QUOTED = 200, /* lines of an appeal that are shown */
};

/* The next line of a text, without its end; 0: no more. */
static int
next_line(struct gp_span *rest, struct gp_span *line)
{
	const char *nl;

	if (rest->n == 0)
		return 0;
	nl = memchr(rest->p, '\n', rest->n);
	*line = *rest;
	if (nl != NULL)
		line->n = (size_t)(nl - rest->p);
	rest->n -= line->n + (nl != NULL);
	rest->p += line->n + (nl != NULL);
	return 1;
}

struct gp_span
gp_sheet_plain(struct gp_pool *pool, struct gp_span text)
{
	struct gp_buf all, one;
	struct gp_span line, s;
	size_t from = 0;

	gp_buf_init(&all, 0);
	gp_buf_init(&one, 0);
	while (next_line(&text, &line)) {
		gp_buf_reset(&one);
		gp_utf8_plain(&one, line);
		while (one.n > 0 && one.p[one.n - 1] == ' ')
			one.n--;
		gp_buf_add(&all, one.p, one.n);
		gp_buf_addc(&all, '\n');
	}
	s = gp_buf_span(&all);
	while (s.n > 0 && s.p[s.n - 1] == '\n')
		s.n--;
	while (from < s.n && (s.p[from] == '\n' || s.p[from] == ' '))
		from++;
	s = gp_pool_copy(pool, (struct gp_span){ s.p + from, s.n - from });
	if (all.bad || one.bad)
		pool->bad = 1;
	gp_buf_release(&all);
	gp_buf_release(&one);
	return s;
}

/* A line of ours; what is foreign in it cannot begin another. */
static void
note(struct gp_buf *b, const char *mark, struct gp_span s)
{
	gp_buf_addf(b, "# %s", mark);
	gp_utf8_plain(b, s);
	gp_buf_addc(b, '\n');
}

/* The place to part a line that is too wide: a space, or where it must be. */
static size_t
part(struct gp_span s)
{
	size_t fit = gp_utf8_fit(s, WIDTH).n, n;

	if (fit >= s.n || fit == 0)
		return s.n;
	for (n = fit; n > fit / 2; n--)
		if (s.p[n - 1] == ' ')
			return n;
	return fit;
}

static void
quote(struct gp_buf *b, struct gp_span text)
{
	struct gp_span line = { NULL, 0 }, piece;
	struct gp_buf one;
	size_t n = 0;

	gp_buf_init(&one, 0);
	while (next_line(&text, &line) && n < QUOTED) {
		gp_buf_reset(&one);
		gp_utf8_plain(&one, line);
		line = gp_buf_span(&one);
		do {
			piece = line;
			piece.n = part(line);
			gp_buf_adds(b, "# > ");
			gp_buf_add(b, piece.p, piece.n);
			gp_buf_addc(b, '\n');
			line.p += piece.n;
			line.n -= piece.n;
		} while (line.n > 0 && ++n < QUOTED);
	}
	if (text.n > 0 || line.n > 0)
		gp_buf_adds(b, n >= QUOTED ? "# > [...]\n" : "");
	gp_buf_release(&one);
}

/* -- what stands over a draft ---------------------------------------------- */

static void
put_left(const struct gp_review_desk *d, const struct gp_review_draft *it,
    struct gp_buf *b)
{
	int64_t left = it->due - d->now, n = left < 0 ? -left : left;
	char t[GP_INSTANT_LEN];

	if (!it->has_due)
		return;
	gp_buf_addf(b, d->english ? "# due %s, " : "# срок %s, ",
	    gp_instant_local(it->due, t));
	if (left < 0)
		gp_buf_adds(b, d->english ? "LATE by " : "ПРОСРОЧЕНО на ");
	else
		gp_buf_adds(b, d->english ? "left: " : "осталось ");
	if (n >= 86400)
		gp_buf_addf(b, d->english ? "%lld d " : "%lld д ",
		    (long long)(n / 86400));
	gp_buf_addf(b, d->english ? "%lld h\n" : "%lld ч\n",
	    (long long)(n % 86400 / 3600));
}

static void
put_if(struct gp_buf *b, const char *mark, struct gp_span s)
{
	if (s.n > 0)
		note(b, mark, s);
}

static void
put_about(const struct gp_review_desk *d, const struct gp_review_draft *it,
    struct gp_buf *b)
{
	int en = d->english;
	size_t i;

	put_left(d, it, b);
	put_if(b, en ? "page " : "страница ", it->page);
	put_if(b, "", it->url);
	put_if(b, en ? "topic: " : "тема: ", it->topic);
	put_if(b, en ? "who answers: " : "исполнитель: ", it->assignee);
	put_if(b, en ? "drafted by: " : "составил: ", it->drafted_by);
	put_if(b, en ? "made of: " : "составлено из: ", it->origin);
	if (it->interim)
		note(b,
		    en ? "interim, another is promised: "
		       : "промежуточный, обещан новый ответ: ",
		    it->promised);
	for (i = 0; i < it->findings; i++)
		note(b, en ? "found: " : "замечание: ", it->finding[i]);
	put_if(b, en ? "wrote: " : "пишет: ", it->author);
	quote(b, it->appeal);
}

static void
put_text(struct gp_span text, struct gp_buf *b)
{
	struct gp_span line;

	while (next_line(&text, &line)) {
		if ((line.n > 1 && memcmp(line.p, "@@", 2) == 0) ||
		    (line.n > 0 && line.p[0] == '\\'))
			gp_buf_addc(b, '\\');
		gp_buf_add(b, line.p, line.n);
		gp_buf_addc(b, '\n');
	}
}

/*
 * Ours first and ours last, so many lines that no editor takes a line of a
 * foreign text for its own settings (the five first and last ones in vi).
 */
static const char head_ru[] =
    "# Черновики ответов. Под каждым обращением стоит решение и, за ---, текст.\n"
    "# Решение - одно слово на отдельной строке:\n"
    "#   approve         утвердить текст, каким он стоит здесь\n"
    "#   edit            сохранить правку, ответ останется черновиком\n"
    "#   skip            оставить черновик как был\n"
    "#   return \"почему\" вернуть тому, кто составил\n"
    "# Дыры {{...}} заполните: ответ с дырой не утверждается.\n\n";
static const char head_en[] =
    "# Drafts of answers. Under each appeal stands the decision and, behind ---,\n"
    "# the text. The decision is a word on a line of its own:\n"
    "#   approve         the text as it stands here\n"
    "#   edit            keep what was changed; it remains a draft\n"
    "#   skip            leave the draft as it was\n"
    "#   return \"why\"    give it back to whoever drafted it\n"
    "# Fill the holes {{...}}: an answer with one is not approved.\n\n";
static const char tail_ru[] =
    "@@ end\n"
    "# Строку @@ end не удаляйте: без неё файл считается обрезанным.\n"
    "# Сохраните файл и выйдите - решения вступят в силу.\n"
    "# Выйти, ничего не решая: в vi - :cq, в других - закрыть без правки.\n"
    "# Правка останется: gp-review --resume.\n"
    "# Строки с # не отправляются.\n"
    "#\n";
static const char tail_en[] =
    "@@ end\n"
    "# Leave the line @@ end: without it the file counts as cut.\n"
    "# Save and quit, and the decisions are taken.\n"
    "# To decide nothing: :cq in vi, in others quit without a change.\n"
    "# What was edited stays: gp-review --resume.\n"
    "# Lines with # are not sent.\n"
    "#\n";

void
gp_sheet_write(const struct gp_review_desk *d, struct gp_buf *b)
{
	size_t i;

	gp_buf_adds(b, d->english ? head_en : head_ru);
	for (i = 0; i < d->drafts; i++) {
		gp_buf_addf(b, "@@ %zu ", i + 1);
		gp_utf8_plain(b, d->draft[i].id);
		gp_buf_addc(b, '\n');
		put_about(d, &d->draft[i], b);
		gp_buf_adds(b, "skip\n---\n");
		put_text(d->draft[i].shown, b);
		gp_buf_addc(b, '\n');
	}
	gp_buf_adds(b, d->english ? tail_en : tail_ru);
}

/* -- with what is wrong ---------------------------------------------------- */

static int
begins(struct gp_span s, const char *with)
{
	size_t n = strlen(with);

	return s.n >= n && memcmp(s.p, with, n) == 0;
}

static void
put_wrongs(const struct gp_review_wrongs *w, size_t draft, struct gp_buf *b,
    size_t *lines)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		if (w->v[i].draft == draft) {
			gp_buf_adds(b, "#! ");
			gp_utf8_plain(b, gp_span_of(w->v[i].why.msg));
			gp_buf_addc(b, '\n');
			++*lines;
		}
}

/* The number in "@@ 12 draft:..."; 0: none. */
static size_t
number(struct gp_span s)
{
	size_t i, n = 0;

	for (i = 3; i < s.n && i < 12 && s.p[i] >= '0' && s.p[i] <= '9'; i++)
		n = n * 10 + (size_t)(s.p[i] - '0');
	return n;
}

/* Notes stand behind the header of their draft, those of none on top. */
size_t
gp_sheet_mark(
    struct gp_span sheet, const struct gp_review_wrongs *w, struct gp_buf *b)
{
	size_t line = 0, out = 0, draft = 0, seen = 0, first;
	int in_text = 0;
	struct gp_span s;

	if (begins(sheet, "\xef\xbb\xbf")) { /* notes go before it */
		sheet.p += 3;
		sheet.n -= 3;
	}
	first = w->n > 0 ? w->v[0].line : 0;
	put_wrongs(w, 0, b, &out);
	while (next_line(&sheet, &s)) {
		line++;
		if (begins(s, "@@ ")) {
			in_text = 0;
			draft = number(s);
		} else if (begins(s, "---")) {
			in_text = 1;
		} else if (!in_text && begins(s, "#!")) {
			continue;
		}
		gp_buf_add(b, s.p, s.n);
		gp_buf_addc(b, '\n');
		out++;
		if (line == first)
			seen = out;
		if (begins(s, "@@ ") && draft != 0)
			put_wrongs(w, draft, b, &out);
	}
	return seen > 0 ? seen : 1;
}
