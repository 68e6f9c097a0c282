#include "store/where.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/pool.h"
#include "text/fold.h"

enum {
	MOST_DEPTH = 50,
	MOST_NODES = 1000,
};

enum op {
	OP_OR,
	OP_AND,
	OP_NOT,
	OP_THERE,
	OP_EQ,
	OP_LT,
	OP_LE,
	OP_GT,
	OP_GE,
	OP_HAS,
};

struct node {
	enum op op;
	struct node *a, *b;
	const char *path; /* names, each ended by NUL, one empty at the end */
	struct gp_json value; /* number, bool, or string without quotes */
	double real;
};

struct gp_where {
	struct gp_pool pool;
	struct node *root;
	struct gp_buf text, folded;
	size_t nodes;
};

struct parse {
	struct gp_where *w;
	const char *start, *p;
	struct gp_why *why;
	int depth;
};

static struct node *parse_or(struct parse *);

static struct node *
fail(struct parse *in, const char *what)
{
	gp_because(in->why, "at character %zu: %s",
	    (size_t)(in->p - in->start) + 1, what);
	return NULL;
}

static struct node *
make(struct parse *in, enum op op, struct node *a, struct node *b)
{
	struct node *n;

	if (++in->w->nodes > MOST_NODES)
		return fail(in, "the condition is too long");
	n = gp_pool_alloc(&in->w->pool, sizeof(*n));
	if (n == NULL)
		return fail(in, "no memory");
	n->op = op;
	n->a = a;
	n->b = b;
	return n;
}

static int
is_name(int c)
{
	return isalnum(c) || c == '_' || c == '-' || c >= 0x80;
}

static void
skip(struct parse *in)
{
	while (isspace((unsigned char)*in->p))
		in->p++;
}

/* 1: that word, in any case, stood there and was passed over. */
static int
word(struct parse *in, const char *w)
{
	size_t n = strlen(w);

	skip(in);
	if (strncasecmp(in->p, w, n) != 0 || is_name((unsigned char)in->p[n]) ||
	    in->p[n] == '.')
		return 0;
	in->p += n;
	return 1;
}

static int
sign(struct parse *in, const char *s)
{
	size_t n = strlen(s);

	skip(in);
	if (strncmp(in->p, s, n) != 0)
		return 0;
	in->p += n;
	return 1;
}

/* 'it''s' */
static int
parse_text(struct parse *in, struct node *n)
{
	struct gp_buf b;
	int closed = 0;

	gp_buf_init(&b, 0);
	for (in->p++; *in->p != '\0' && !closed; in->p++)
		if (in->p[0] != '\'' || in->p[1] == '\'') {
			in->p += in->p[0] == '\'';
			gp_buf_addc(&b, *in->p);
		} else {
			closed = 1;
		}
	n->value.type = GP_JSON_STRING;
	n->value.text =
	    gp_pool_copy(&in->w->pool, (struct gp_span){ gp_buf_str(&b), b.n });
	gp_buf_release(&b);
	if (closed)
		return 0;
	fail(in, "a quotation is not closed");
	return -1;
}

static int
parse_value(struct parse *in, struct node *n)
{
	char *end;

	skip(in);
	if (*in->p == '\'')
		return parse_text(in, n);
	n->value.type = GP_JSON_BOOL;
	if (word(in, "true")) {
		n->real = 1;
		return 0;
	}
	if (word(in, "false"))
		return 0;
	n->value.type = GP_JSON_NUMBER;
	n->real = strtod(in->p, &end);
	if (end == in->p ||
	    (*in->p != '-' && !isdigit((unsigned char)*in->p))) {
		fail(in, "a value is missing: 'text', a number, true or false");
		return -1;
	}
	in->p = end;
	return 0;
}

static const char *
parse_path(struct parse *in)
{
	struct gp_buf b;
	struct gp_span s;

	skip(in);
	gp_buf_init(&b, 0);
	while (is_name((unsigned char)*in->p) ||
	    (*in->p == '.' && b.n > 0 && is_name((unsigned char)in->p[1]))) {
		gp_buf_addc(&b, *in->p == '.' ? '\0' : *in->p);
		in->p++;
	}
	gp_buf_addc(&b, '\0');
	s = gp_pool_copy(&in->w->pool, gp_buf_span(&b));
	gp_buf_release(&b);
	return s.n > 1 ? s.p : NULL;
}

/* path in ('a', 'b'): one of them equals. */
static struct node *
parse_in(struct parse *in, const char *path)
{
	struct node *all = NULL, *one;

	if (!sign(in, "("))
		return fail(in, "'in' needs values in brackets");
	do {
		one = make(in, OP_EQ, NULL, NULL);
		if (one == NULL || parse_value(in, one) == -1)
			return NULL;
		one->path = path;
		all = all != NULL ? make(in, OP_OR, all, one) : one;
		if (all == NULL)
			return NULL;
	} while (sign(in, ","));
	return sign(in, ")") ? all : fail(in, "a bracket is not closed");
}

static struct node *
parse_test(struct parse *in)
{
	static const struct {
		const char *sign;
		enum op op;
		int no;
	} signs[] = { { "!=", OP_EQ, 1 }, { "<=", OP_LE, 0 },
		{ ">=", OP_GE, 0 }, { "=", OP_EQ, 0 }, { "<", OP_LT, 0 },
		{ ">", OP_GT, 0 }, { "~", OP_HAS, 0 } };
	const char *path = parse_path(in);
	struct node *n;
	size_t i;

	if (path == NULL)
		return fail(in, "the name of a member is missing");
	if (word(in, "in"))
		return parse_in(in, path);
	for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (sign(in, signs[i].sign))
			break;
	n = make(in,
	    i < sizeof(signs) / sizeof(signs[0]) ? signs[i].op : OP_THERE, NULL,
	    NULL);
	if (n == NULL)
		return NULL;
	n->path = path;
	if (n->op == OP_THERE)
		return n;
	if (parse_value(in, n) == -1)
		return NULL;
	if (n->op == OP_HAS && n->value.type != GP_JSON_STRING)
		return fail(in, "'~' looks for 'text'");
	return signs[i].no ? make(in, OP_NOT, n, NULL) : n;
}

static struct node *
parse_not(struct parse *in)
{
	struct node *n;

	if (++in->depth > MOST_DEPTH)
		return fail(in, "too deep");
	if (word(in, "not")) {
		n = parse_not(in);
		n = n != NULL ? make(in, OP_NOT, n, NULL) : NULL;
	} else if (sign(in, "(")) {
		n = parse_or(in);
		if (n != NULL && !sign(in, ")"))
			n = fail(in, "a bracket is not closed");
	} else {
		n = parse_test(in);
	}
	in->depth--;
	return n;
}

static struct node *
parse_and(struct parse *in)
{
	struct node *a = parse_not(in), *b;

	while (a != NULL && word(in, "and")) {
		b = parse_not(in);
		a = b != NULL ? make(in, OP_AND, a, b) : NULL;
	}
	return a;
}

static struct node *
parse_or(struct parse *in)
{
	struct node *a = parse_and(in), *b;

	while (a != NULL && word(in, "or")) {
		b = parse_and(in);
		a = b != NULL ? make(in, OP_OR, a, b) : NULL;
	}
	return a;
}

struct gp_where *
gp_where_new(const char *typed, struct gp_why *why)
{
	struct gp_where *w = calloc(1, sizeof(*w));
	struct parse in = { w, typed, typed, why, 0 };

	if (w == NULL) {
		gp_because(why, "no memory");
		return NULL;
	}
	gp_pool_init(&w->pool);
	gp_buf_init(&w->text, 0);
	gp_buf_init(&w->folded, 0);
	w->root = parse_or(&in);
	skip(&in);
	if (w->root != NULL && *in.p != '\0')
		w->root = fail(&in, "'and', 'or' or the end is missing");
	if (w->root != NULL)
		return w;
	gp_where_free(w);
	return NULL;
}

void
gp_where_free(struct gp_where *w)
{
	if (w == NULL)
		return;
	gp_pool_release(&w->pool);
	gp_buf_release(&w->text);
	gp_buf_release(&w->folded);
	free(w);
}

static int
ordered(enum op op, double d)
{
	switch (op) {
	case OP_EQ:
		return d == 0;
	case OP_LT:
		return d < 0;
	case OP_LE:
		return d <= 0;
	case OP_GT:
		return d > 0;
	case OP_GE:
		return d >= 0;
	default:
		return 0;
	}
}

static int
has(struct gp_where *w, struct gp_span part)
{
	struct gp_buf fold;
	int found;

	gp_buf_init(&fold, 0);
	gp_buf_reset(&w->folded);
	gp_fold_text(&fold, part);
	gp_fold_text(&w->folded, gp_buf_span(&w->text));
	found = fold.n == 0 ||
	    (w->folded.n >= fold.n &&
		memmem(w->folded.p, w->folded.n, fold.p, fold.n) != NULL);
	gp_buf_release(&fold);
	return found;
}

static int
text_fits(struct gp_where *w, const struct node *n, struct gp_json v)
{
	size_t len;
	int d;

	gp_buf_reset(&w->text);
	gp_json_text(v, &w->text);
	if (n->op == OP_HAS)
		return has(w, n->value.text);
	len = w->text.n < n->value.text.n ? w->text.n : n->value.text.n;
	d = len > 0 ? memcmp(w->text.p, n->value.text.p, len) : 0;
	if (d == 0)
		d = (w->text.n > len) - (n->value.text.n > len);
	return ordered(n->op, d);
}

static int
value_fits(struct gp_where *w, const struct node *n, struct gp_json v)
{
	double real;

	if (n->op == OP_THERE)
		return v.type != GP_JSON_NONE && v.type != GP_JSON_NULL &&
		    (v.type != GP_JSON_BOOL || gp_json_true(v));
	if (v.type != n->value.type)
		return 0;
	switch (v.type) {
	case GP_JSON_STRING:
		return text_fits(w, n, v);
	case GP_JSON_BOOL:
		return ordered(n->op, gp_json_true(v) - n->real);
	case GP_JSON_NUMBER:
		return gp_json_real(v, &real) == 0 &&
		    ordered(n->op, real < n->real ? -1 : real > n->real);
	default:
		return 0;
	}
}

/* Down the path; lists on the way and at its end: any element. */
static int
path_fits(struct gp_where *w, struct gp_json_reader *r, const struct node *n,
    const char *path, struct gp_json v)
{
	struct gp_json_obj o;
	size_t i;

	if (v.type == GP_JSON_ARRAY && !(n->op == OP_THERE && *path == '\0')) {
		if (gp_json_enter(r, v, &o) == -1)
			return 0;
		for (i = 0; i < o.n; i++)
			if (path_fits(w, r, n, path, o.m[i].value))
				return 1;
		return 0;
	}
	if (*path == '\0')
		return value_fits(w, n, v);
	if (v.type != GP_JSON_OBJECT || gp_json_enter(r, v, &o) == -1)
		return 0;
	return path_fits(
	    w, r, n, path + strlen(path) + 1, gp_json_get(&o, path));
}

static int
fits(struct gp_where *w, struct gp_json_reader *r, const struct node *n,
    const struct gp_json_obj *rec)
{
	switch (n->op) {
	case OP_OR:
		return fits(w, r, n->a, rec) || fits(w, r, n->b, rec);
	case OP_AND:
		return fits(w, r, n->a, rec) && fits(w, r, n->b, rec);
	case OP_NOT:
		return !fits(w, r, n->a, rec);
	default:
		return path_fits(w, r, n, n->path + strlen(n->path) + 1,
		    gp_json_get(rec, n->path));
	}
}

int
gp_where_fits(
    struct gp_where *w, struct gp_json_reader *r, const struct gp_json_obj *rec)
{
	int yes = fits(w, r, w->root, rec);

	return gp_json_lacked(r) || w->text.bad == 2 || w->folded.bad == 2
	    ? -1
	    : yes;
}
