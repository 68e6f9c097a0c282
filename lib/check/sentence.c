/* Where sentences begin and end. */
#include "check/inner.h"

#include <string.h>

#include "base/grow.h"
#include "base/utf8.h"
#include "text/fold.h"

static int
is_space(uint32_t ch)
{
	return ch == ' ' || ch == '\t' || ch == 0xa0 || ch == 0x202f ||
	    ch == 0x2009;
}

static int
is_stop(uint32_t ch)
{
	return ch == '.' || ch == '!' || ch == '?' || ch == 0x2026;
}

/* Words with a dot behind them that end no sentence. */
static int
is_short(struct gp_span word)
{
	static const char all[] =
	    " ул пр кв пл пер им тел руб тыс млн млрд стр корп обл гор пос "
	    "дер мкр каб доб см др пп ст ч п г д с т р н в о л к а и е "
	    "просп наб бул ред ок мин сек ";
	char key[32];

	if (word.n == 0 || word.n > sizeof(key) - 3)
		return 0;
	key[0] = ' ';
	memcpy(key + 1, word.p, word.n);
	key[word.n + 1] = ' ';
	key[word.n + 2] = '\0';
	return strstr(all, key) != NULL;
}

/* The word before a dot: the letters since the last that is none. */
static int
is_abbreviation(const char *from, const char *dot)
{
	const char *p = dot;
	struct gp_buf b;
	int r;

	while (p > from &&
	    ((unsigned char)p[-1] >= 0xd0 ||
		((unsigned char)p[-1] & 0xc0) == 0x80) &&
	    dot - p < 24)
		p--;
	if (p == dot)
		return 0;
	if (dot - p == 2) /* one letter: an initial too */
		return 1;
	gp_buf_init(&b, 64);
	gp_fold_plain(&b, (struct gp_span){ p, (size_t)(dot - p) });
	r = !b.bad && is_short(gp_buf_span(&b));
	gp_buf_release(&b);
	return r;
}

static void
add(struct gp_checker *c, const char *from, const char *to)
{
	const char *text = c->item->text.p;
	struct gp_check_place *s;

	while (from < to && (is_space((unsigned char)*from) || *from == '\n'))
		from++;
	if (from == to)
		return;
	s = gp_grow(&c->sentence, &c->sentences, &c->sentence_cap, sizeof(*s));
	if (s == NULL)
		c->bad = 1;
	else
		*s = (struct gp_check_place){ (size_t)(from - text),
			(size_t)(to - text) };
}

/* After a stop: behind all stops, quotes and brackets that go with it. */
static const char *
behind(const char *p, const char *end)
{
	const char *next = p;
	uint32_t ch;

	while (next < end) {
		ch = gp_utf8_next(&next, end);
		if (!is_stop(ch) && ch != ')' && ch != '"' && ch != 0xbb)
			break;
		p = next;
	}
	return p;
}

/* 1: no sentence begins there: a small letter or nothing but a comma. */
static int
goes_on(const char *p, const char *end)
{
	struct gp_letters l;
	const char *q = p;
	uint32_t ch = 0;

	while (q < end && (p = q, is_space(ch = gp_utf8_next(&q, end))))
		ch = 0;
	if (ch == 0)
		return 0;
	if (ch == ',' || ch == ';' || ch == ')')
		return 1;
	l = gp_fold_letters((struct gp_span){ p, (size_t)(q - p) });
	return l.all == 1 && l.capital == 0;
}

void
gp_check_sentences(struct gp_checker *c)
{
	const char *from = c->item->text.p, *p = from, *stop;
	const char *end = gp_span_end(c->item->text);
	uint32_t ch;

	if (c->has_sentences)
		return;
	c->has_sentences = 1;
	while (p < end) {
		stop = p;
		ch = gp_utf8_next(&p, end);
		if (ch == '\n') {
			add(c, from, stop);
			from = p;
			continue;
		}
		if (!is_stop(ch))
			continue;
		p = behind(p, end);
		if (p < end && !is_space((unsigned char)*p) && *p != '\n' &&
		    (unsigned char)*p != 0xc2)
			continue; /* 10.30, a.ru */
		if (goes_on(p, end) ||
		    (ch == '.' && is_abbreviation(from, stop)))
			continue;
		add(c, from, p);
		from = p;
	}
	add(c, from, end);
}

struct gp_check_place
gp_check_around(struct gp_checker *c, size_t at, int beside)
{
	struct gp_check_place r = { 0, c->item->text.n };
	size_t i;

	gp_check_sentences(c);
	for (i = 0; i < c->sentences; i++)
		if (at < c->sentence[i].to)
			break;
	if (i == c->sentences)
		return r;
	r = c->sentence[i];
	if (beside && i > 0)
		r.from = c->sentence[i - 1].from;
	if (beside && i + 1 < c->sentences)
		r.to = c->sentence[i + 1].to;
	return r;
}
