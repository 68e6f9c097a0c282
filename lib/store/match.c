#include "store/match.h"

#include <string.h>

#include "text/fold.h"
#include "text/token.h"

enum {
	MOST_DEPTH = 20
};

struct parse {
	const char *p;
	struct gp_stem *stem; /* NULL: the server stems */
	struct gp_why *why;
	int depth;
};

static int parse_or(struct parse *, struct gp_buf *);

static void
skip(struct parse *in)
{
	while (*in->p == ' ' || *in->p == '\t' || *in->p == '\n')
		in->p++;
}

/* 1: the word OR, or a bar, has been passed over. */
static int
is_or(struct parse *in)
{
	skip(in);
	if (*in->p == '|') {
		in->p++;
		return 1;
	}
	if (strncmp(in->p, "OR", 2) != 0 ||
	    (in->p[2] != ' ' && in->p[2] != '('))
		return 0;
	in->p += 2;
	return 1;
}

/* A word as the index has it; those of PostgreSQL are quoted one by one. */
static void
put_word(struct parse *in, struct gp_buf *b, struct gp_span raw, int first)
{
	struct gp_buf word;
	struct gp_span s;

	gp_buf_init(&word, 0);
	gp_fold_word(&word, raw);
	s = gp_buf_span(&word);
	if (in->stem != NULL) {
		s = gp_stem_word(in->stem, s);
		gp_buf_adds(b, first ? "" : " ");
		gp_buf_add(b, s.p, s.n);
	} else {
		gp_buf_adds(b, first ? "'" : " <-> '");
		gp_buf_add(b, s.p, s.n);
		gp_buf_addc(b, '\'');
	}
	gp_buf_release(&word);
}

/* Words one after another, a star behind them, or none. Counts them. */
static size_t
put_words(struct parse *in, struct gp_buf *b, struct gp_span typed, int star)
{
	struct gp_tokens all;
	struct gp_token t;
	size_t n = 0;

	gp_buf_adds(b, in->stem != NULL ? "\"" : "(");
	gp_tokens_init(&all, typed);
	while (gp_tokens_next(&all, &t))
		if (t.kind == GP_TOKEN_WORD)
			put_word(in, b, t.raw, n++ == 0);
	if (star && in->stem == NULL && n > 0)
		gp_buf_adds(b, ":*");
	gp_buf_adds(b, in->stem != NULL ? "\"" : ")");
	if (star && in->stem != NULL)
		gp_buf_addc(b, '*');
	return n;
}

static int
parse_words(struct parse *in, struct gp_buf *b)
{
	struct gp_span s;
	const char *end;
	int quoted = *in->p == '"', star;

	if (quoted) {
		end = strchr(++in->p, '"');
		if (end == NULL)
			return gp_because(in->why, "a quotation is not closed");
	} else {
		end = in->p + strcspn(in->p, " \t\n\"()|*");
	}
	s = (struct gp_span){ in->p, (size_t)(end - in->p) };
	in->p = end + quoted;
	star = *in->p == '*';
	in->p += star;
	if (put_words(in, b, s, star) > 0)
		return 0;
	return gp_because(
	    in->why, "'%.*s' has no word in it", s.n < 60 ? (int)s.n : 60, s.p);
}

static int
parse_atom(struct parse *in, struct gp_buf *b)
{
	if (*in->p != '(')
		return parse_words(in, b);
	in->p++;
	if (++in->depth > MOST_DEPTH)
		return gp_because(in->why, "too many brackets");
	gp_buf_addc(b, '(');
	if (parse_or(in, b) == -1)
		return -1;
	skip(in);
	if (*in->p != ')')
		return gp_because(in->why, "a bracket is not closed");
	in->p++;
	in->depth--;
	gp_buf_addc(b, ')');
	return 0;
}

/* FTS5 knows no "not" but between two: what is to be there comes first. */
static int
parse_and(struct parse *in, struct gp_buf *b)
{
	struct gp_buf yes, no;
	const char *p;
	int bad = 0, minus;

	gp_buf_init(&yes, 0);
	gp_buf_init(&no, 0);
	for (;;) {
		skip(in);
		p = in->p;
		if (*p == '\0' || *p == ')' || is_or(in)) {
			in->p = p;
			break;
		}
		minus = *in->p == '-';
		in->p += minus;
		if (minus)
			gp_buf_adds(&no, in->stem != NULL ? " NOT " : " & !");
		else if (yes.n > 0)
			gp_buf_adds(&yes, in->stem != NULL ? " AND " : " & ");
		bad = parse_atom(in, minus ? &no : &yes);
		if (bad)
			break;
	}
	if (!bad && yes.n == 0)
		bad = gp_because(in->why,
		    no.n > 0 ? "says only what is not to be there"
			     : "a word is missing");
	gp_buf_addc(b, '(');
	gp_buf_add(b, yes.p, yes.n);
	gp_buf_addc(b, ')');
	gp_buf_add(b, no.p, no.n);
	gp_buf_release(&yes);
	gp_buf_release(&no);
	return bad;
}

static int
parse_or(struct parse *in, struct gp_buf *b)
{
	struct gp_buf one;
	int bad, more = 0;

	do {
		gp_buf_init(&one, 0);
		bad = parse_and(in, &one);
		if (!bad) {
			gp_buf_adds(b,
			    !more                  ? ""
				: in->stem != NULL ? " OR "
						   : " | ");
			gp_buf_addc(b, '(');
			gp_buf_add(b, one.p, one.n);
			gp_buf_addc(b, ')');
		}
		gp_buf_release(&one);
		more = 1;
	} while (!bad && is_or(in));
	return bad;
}

int
gp_match_write(const char *typed, struct gp_stem *stem, struct gp_buf *b,
    struct gp_why *why)
{
	struct parse in = { typed, stem, why, 0 };

	if (parse_or(&in, b) == -1)
		return -1;
	if (*in.p != '\0')
		return gp_because(why, "a bracket too many");
	return b->bad ? gp_because(why, "no memory") : 0;
}
