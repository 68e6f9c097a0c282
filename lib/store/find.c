/* A query as SQL, the same for both engines. */
#include <string.h>

#include "store/desk.h"
#include "store/engine.h"
#include "store/match.h"
#include "store/where.h"
#include "json/write.h"

struct finding {
	struct gp_store *s;
	const struct gp_query *q;
	struct gp_buf sql, match;
	struct gp_db_value arg[GP_DB_ARGS];
	size_t n;
	struct gp_where *where;
	int states; /* the desk is asked */
	gp_found_fn *fn;
	void *ctx;
	long left;
	int bad;
	struct gp_buf line;
	struct gp_given given;
	struct gp_why why;
};

static const char *const words[GP_DESK_STATES] = { NULL, "open", "reopened",
	"interim", "answered" };

const char *
gp_desk_word(enum gp_desk_state state)
{
	return words[state];
}

unsigned
gp_desk_bit(const char *word)
{
	int i;

	for (i = GP_DESK_OPEN; i < GP_DESK_STATES; i++)
		if (strcmp(word, words[i]) == 0)
			return 1u << i;
	return 0;
}

/* The place of the next argument, appended. */
static void
arg(struct finding *f, struct gp_db_value v)
{
	if (f->n == GP_DB_ARGS) {
		f->sql.bad = 2;
		return;
	}
	f->arg[f->n++] = v;
	gp_buf_addf(&f->sql, "$%zu", f->n);
}

static void
and_is(struct finding *f, const char *column, const char *test,
    struct gp_db_value v)
{
	gp_buf_addf(&f->sql, " AND %s %s ", column, test);
	arg(f, v);
}

static void
in(struct finding *f, const char *column, const struct gp_words_list *list)
{
	size_t i;

	gp_buf_addf(&f->sql, "%s IN (", column);
	for (i = 0; i < list->n; i++) {
		gp_buf_adds(&f->sql, i > 0 ? ", " : "");
		arg(f, gp_db_str(list->v[i]));
	}
	gp_buf_addc(&f->sql, ')');
}

static void
and_in(struct finding *f, const char *column, const struct gp_words_list *list)
{
	if (list->n == 0)
		return;
	gp_buf_adds(&f->sql, " AND ");
	in(f, column, list);
}

static int
and_matches(struct finding *f, struct gp_why *why)
{
	const char *form = f->s->engine->matches, *at = strstr(form, "%d");

	if (f->q->match == NULL)
		return 0;
	if (gp_match_write(f->q->match, f->s->engine->stems ? f->s->stem : NULL,
		&f->match, why) == -1) {
		f->s->status = GP_USAGE;
		return gp_because_of(why, "--match");
	}
	f->arg[f->n++] = gp_db_text(gp_buf_span(&f->match));
	gp_buf_adds(&f->sql, " AND ");
	gp_buf_add(&f->sql, form, (size_t)(at - form));
	gp_buf_addf(&f->sql, "%zu%s", f->n, at + 2);
	return 0;
}

/* What needs no desk: conditions on the record itself. */
static int
conditions(struct finding *f, struct gp_why *why)
{
	const struct gp_query *q = f->q;

	gp_buf_adds(&f->sql, " WHERE 1 = 1");
	if (q->states != 0 || q->overdue)
		gp_buf_adds(&f->sql, " AND a.role = 1");
	and_in(f, "a.type", &q->type);
	and_in(f, "a.page", &q->page);
	and_in(f, "a.network", &q->network);
	and_in(f, "a.kind", &q->kind);
	and_in(f, "a.assignee", &q->assignee);
	and_in(f, "a.id", &q->id);
	and_in(f, "a.post", &q->post);
	and_in(f, "a.author", &q->author);
	if (q->topic.n > 0) {
		gp_buf_adds(&f->sql, " AND (");
		in(f, "a.topic", &q->topic);
		gp_buf_adds(&f->sql, " OR ");
		in(f, "a.grp", &q->topic);
		gp_buf_addc(&f->sql, ')');
	}
	if (q->has_since)
		and_is(f, "a.at", ">=", gp_db_int(q->since));
	if (q->has_until)
		and_is(f, "a.at", "<", gp_db_int(q->until));
	return and_matches(f, why);
}

static void
and_state(struct finding *f)
{
	static const char *const is[GP_DESK_STATES] = { NULL,
		"(" GP_DESK_IS_NEW " AND q.again = 0)",
		"(" GP_DESK_IS_NEW " AND q.again = 1)", GP_DESK_IS_INTERIM,
		GP_DESK_IS_ANSWERED };
	int i, some = 0;

	if (f->q->states != 0) {
		gp_buf_adds(&f->sql, " AND (");
		for (i = GP_DESK_OPEN; i < GP_DESK_STATES; i++)
			if (f->q->states & 1u << i)
				gp_buf_addf(&f->sql, "%s%s",
				    some++ > 0 ? " OR " : "", is[i]);
		gp_buf_addc(&f->sql, ')');
	}
	if (f->q->overdue) {
		gp_buf_adds(&f->sql,
		    " AND NOT " GP_DESK_IS_ANSWERED " AND " GP_DESK_DEADLINE
		    " < ");
		arg(f, gp_db_int(f->q->now));
	}
}

static void
order(struct finding *f)
{
	static const struct {
		const char *word, *by;
	} table[] = {
		{ "at", "a.at%s, a.n%s" },
		{ "seen", "a.seen%s, a.n%s" },
		{ "put", "a.changed%s, a.n%s" },
		{ "due",
		    "COALESCE(a.due_first, a.due_final) IS NULL,"
		    " COALESCE(a.due_first, a.due_final)%s, a.at, a.n%s" },
	};
	const char *word = f->q->order, *p,
		   *down = f->q->reverse ? " DESC" : "";
	size_t i;

	/* A list of what is due is made for those who are to answer. */
	if (word == NULL)
		word = f->q->states != 0 || f->q->overdue ? "due" : "at";
	gp_buf_adds(&f->sql, " ORDER BY ");
	for (i = 0; strcmp(table[i].word, word) != 0; i++)
		;
	for (p = table[i].by; *p != '\0'; p++)
		if (p[0] == '%' && p[1] == 's') {
			gp_buf_adds(&f->sql, down);
			p++;
		} else {
			gp_buf_addc(&f->sql, *p);
		}
	if (f->q->limit > 0 && f->where == NULL) {
		gp_buf_adds(&f->sql, " LIMIT ");
		arg(f, gp_db_int(f->q->limit));
	}
}

/* The desk looks at appeals alone; bodies join when they are few. */
static int
write_desk(struct finding *f, struct gp_why *why)
{
	gp_buf_adds(&f->sql,
	    "WITH q AS MATERIALIZED (SELECT a.n, a.role, a.due_first,"
	    " a.due_final, ");
	gp_desk_columns(&f->sql);
	gp_buf_adds(&f->sql, " FROM gp_record a");
	if (conditions(f, why) == -1)
		return -1;
	gp_buf_adds(&f->sql,
	    ") SELECT a.body, q.role, q.final_at, q.interim_at,"
	    " q.promised_at, q.again, " GP_DESK_DEADLINE
	    " FROM q JOIN gp_record a ON a.n = q.n WHERE 1 = 1");
	and_state(f);
	order(f);
	return 0;
}

static int
write_plain(struct finding *f, struct gp_why *why)
{
	gp_buf_adds(&f->sql, "SELECT a.body FROM gp_record a");
	if (conditions(f, why) == -1)
		return -1;
	order(f);
	return 0;
}

/* Older versions of some ids, the oldest first, then what they are now. */
static void
write_history(struct finding *f)
{
	gp_buf_adds(&f->sql,
	    "SELECT u.body FROM (SELECT h.id, 0 AS last,"
	    " COALESCE(h.seen, h.kept) AS t, h.n, h.body"
	    " FROM gp_history h WHERE ");
	in(f, "h.id", &f->q->id);
	gp_buf_adds(&f->sql,
	    " UNION ALL SELECT r.id, 1, 0, r.n, r.body"
	    " FROM gp_record r WHERE ");
	in(f, "r.id", &f->q->id);
	gp_buf_adds(&f->sql, ") u ORDER BY u.id, u.last, u.t, u.n");
}

static int
has(const struct gp_db_value *v, gp_instant *to)
{
	*to = v->n;
	return v->type == GP_DB_INT;
}

static void
take_state(const struct finding *f, const struct gp_db_value *v,
    struct gp_found *found)
{
	gp_instant final, interim;
	int has_final, has_interim;

	if (v[1].n != GP_ROLE_APPEAL)
		return;
	has_final = has(&v[2], &final);
	has_interim = has(&v[3], &interim);
	found->has_promised = has(&v[4], &found->promised);
	found->has_deadline = has(&v[6], &found->deadline);
	found->has_answered = has_final || has_interim;
	found->answered =
	    has_final && (!has_interim || final >= interim) ? final : interim;
	if (has_final && (!has_interim || final >= interim))
		found->state = GP_DESK_ANSWERED;
	else if (has_interim)
		found->state = GP_DESK_INTERIM;
	else
		found->state = v[5].n ? GP_DESK_REOPENED : GP_DESK_OPEN;
	found->overdue = found->state != GP_DESK_ANSWERED &&
	    found->has_deadline && found->deadline < f->q->now;
}

/* 1: fits; 0: does not; -1. The reader wants readable bytes behind. */
static int
fits(struct finding *f, struct gp_span body)
{
	struct gp_json_obj o;

	if (f->where == NULL)
		return 1;
	gp_buf_reset(&f->line);
	gp_buf_add(&f->line, body.p, body.n);
	if (f->line.bad)
		return gp_because(&f->why, "no memory");
	if (gp_json_open(f->s->inner, gp_buf_span(&f->line), 0, &o, &f->why) ==
	    -1)
		return -1;
	return gp_where_fits(f->where, f->s->inner, &o);
}

static int
take(void *ctx, const struct gp_db_value *v, size_t n)
{
	struct finding *f = ctx;
	struct gp_found found = { .body = v[0].text };
	int yes = fits(f, v[0].text);

	if (yes == -1)
		f->bad = 1;
	if (yes != 1)
		return yes == -1;
	/* A row of an earlier try; a newer version of it is a row anew. */
	if (f->s->engine->again != NULL &&
	    gp_given_has(&f->given, v[0].text, 0))
		return 0;
	if (n > 6)
		take_state(f, v, &found);
	if (f->fn(f->ctx, &found))
		return 1;
	return f->left > 0 && --f->left == 0;
}

int
gp_query_prove(const struct gp_query *q, struct gp_why *why)
{
	struct gp_where *w;
	struct gp_buf b;
	int r = 0;

	if (q->where != NULL) {
		w = gp_where_new(q->where, why);
		if (w == NULL)
			return gp_because_of(why, "--where");
		gp_where_free(w);
	}
	gp_buf_init(&b, 0);
	if (q->match != NULL && gp_match_write(q->match, NULL, &b, why) == -1)
		r = gp_because_of(why, "--match");
	gp_buf_release(&b);
	return r;
}

/* Asks, and where the server went away anew, for what has not come yet. */
static int
ask(struct gp_store *s, const struct gp_buf *sql, const struct gp_db_value *v,
    size_t n, gp_db_row_fn *fn, void *ctx, struct gp_given *given,
    struct gp_why *why)
{
	struct gp_outage o = { .until = 0 };
	int r;

	do
		r = s->engine->run(s, gp_buf_str(sql), v, n, fn, ctx, why);
	while (r == -1 && gp_db_again(s, &o, why) && gp_given_anew(given) == 0);
	return r;
}

static int
search(struct finding *f, struct gp_why *why)
{
	const struct gp_query *q = f->q;

	f->states = q->states != 0 || q->overdue || q->desk;
	if (q->history)
		write_history(f);
	else if (f->states ? write_desk(f, why) == -1
			   : write_plain(f, why) == -1)
		return -1;
	if (f->sql.bad) {
		f->s->status = GP_USAGE;
		return gp_because(why, "too many words to look for");
	}
	if (ask(f->s, &f->sql, f->arg, f->n, take, f, &f->given, why) == -1)
		return -1;
	if (!f->bad)
		return 0;
	f->s->status = GP_DATA;
	*why = f->why;
	return -1;
}

int
gp_store_find(struct gp_store *s, const struct gp_query *q, gp_found_fn *fn,
    void *ctx, struct gp_why *why)
{
	struct finding f = {
		.s = s, .q = q, .fn = fn, .ctx = ctx, .left = q->limit
	};
	int r = -1;

	gp_buf_init(&f.sql, GP_MIB);
	gp_buf_init(&f.match, GP_MIB);
	gp_buf_init(&f.line, 2 * GP_MAX_LINE);
	gp_because(&f.why, "no memory");
	if (q->where != NULL)
		f.where = gp_where_new(q->where, why);
	if (q->where != NULL && f.where == NULL)
		s->status = GP_USAGE;
	else
		r = search(&f, why);
	gp_where_free(f.where);
	gp_given_release(&f.given);
	gp_buf_release(&f.sql);
	gp_buf_release(&f.match);
	gp_buf_release(&f.line);
	return r;
}

struct cursors {
	struct gp_store *s;
	gp_found_fn *fn;
	void *ctx;
	struct gp_given given;
	struct gp_buf line, id;
};

static int
take_cursor(void *ctx, const struct gp_db_value *v, size_t n)
{
	struct cursors *c = ctx;
	struct gp_json_edit edit = { .key = "store" };
	struct gp_found found = { .body = v[0].text };
	struct gp_json_obj o;
	struct gp_buf *b = &c->s->text;
	struct gp_why why;

	(void)n;
	if (gp_given_has(&c->given, v[0].text, 0))
		return 0;
	gp_buf_reset(&c->line);
	gp_buf_add(&c->line, v[0].text.p, v[0].text.n);
	gp_buf_reset(&c->id);
	gp_json_quote(&c->id, gp_span_of(c->s->identity));
	edit.value = gp_buf_span(&c->id);
	gp_buf_reset(b);
	if (*c->s->identity != '\0' &&
	    gp_json_open(c->s->inner, gp_buf_span(&c->line), 0, &o, &why) ==
		0) {
		gp_json_splice(b, &o, &edit, 1);
		found.body = gp_buf_span(b);
	}
	return c->fn(c->ctx, &found);
}

int
gp_store_cursors(
    struct gp_store *s, gp_found_fn *fn, void *ctx, struct gp_why *why)
{
	struct cursors c = { .s = s, .fn = fn, .ctx = ctx };
	int r;

	gp_buf_init(&c.line, 2 * GP_MAX_LINE);
	gp_buf_init(&c.id, 0);
	gp_buf_reset(&s->sql);
	gp_buf_adds(
	    &s->sql, "SELECT body FROM gp_cursor ORDER BY page, stream");
	r = ask(s, &s->sql, NULL, 0, take_cursor, &c, &c.given, why);
	gp_given_release(&c.given);
	gp_buf_release(&c.line);
	gp_buf_release(&c.id);
	return r;
}
