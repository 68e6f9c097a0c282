#include "report/fact.h"

#include <string.h>

/* The members that are looked at, of a record, its class and its author. */
enum member {
	ID,
	AT,
	TO,
	TYPE,
	KIND,
	CLASS,
	GROUP,
	TOPIC,
	AUTHOR,
	PARENT,
	COUNTS,
	STATUS,
	REVIEW,
	DELETED,
	OFFICIAL,
	DUPLICATE,
	MEMBERS,
};

static const char *const names[MEMBERS] = { "id", "at", "to", "type", "kind",
	"class", "group", "topic", "author", "parent", "counts", "status",
	"review", "deleted", "official", "duplicate_of" };

/* Those that are there; to clear all, for each record, took longer. */
struct pick {
	unsigned has; /* bits */
	struct gp_json m[MEMBERS];
};

_Static_assert(MEMBERS <= 32, "bits of a pick");

int
gp_facts_init(struct gp_facts *f, int strict, int review)
{
	memset(f, 0, sizeof(*f));
	f->flags = strict ? GP_JSON_STRICT : GP_JSON_LAX;
	f->review = review;
	gp_buf_init(&f->id, 0);
	gp_buf_init(&f->to, 0);
	f->reader = gp_json_new();
	return f->reader != NULL ? 0 : -1;
}

void
gp_facts_release(struct gp_facts *f)
{
	gp_json_free(f->reader);
	f->reader = NULL;
	gp_buf_release(&f->id);
	gp_buf_release(&f->to);
}

/* "\u0069d" is a way to write "id", and the shortest such. */
static int
escaped(struct gp_span key)
{
	int i;

	if (key.n < sizeof("\\u0069d") - 1 ||
	    memchr(key.p, '\\', key.n) == NULL)
		return -1;
	for (i = 0; i < MEMBERS; i++)
		if (gp_json_key_is(key, names[i]))
			return i;
	return -1;
}

/* A constant n makes this compare words, not call a function. */
static inline int
one_of(const char *key, size_t n, enum member from, enum member to)
{
	int i;

	for (i = (int)from; i <= (int)to; i++)
		if (memcmp(key, names[i], n) == 0)
			return i;
	return -1;
}

/* Half the time of a report went into asking for each member by its name. */
static int
which(struct gp_span key)
{
	int i = -1;

	switch (key.n) {
	case 2:
		return one_of(key.p, 2, ID, TO);
	case 4:
		return one_of(key.p, 4, TYPE, KIND);
	case 5:
		return one_of(key.p, 5, CLASS, TOPIC);
	case 6:
		return one_of(key.p, 6, AUTHOR, REVIEW);
	case 7:
		i = one_of(key.p, 7, DELETED, DELETED);
		break;
	case 8:
		i = one_of(key.p, 8, OFFICIAL, OFFICIAL);
		break;
	case 12:
		i = one_of(key.p, 12, DUPLICATE, DUPLICATE);
		break;
	}
	return i != -1 ? i : escaped(key);
}

static void
pick(const struct gp_json_obj *rec, struct pick *p)
{
	size_t i;
	int k;

	p->has = 0;
	for (i = 0; i < rec->n; i++) {
		k = which(rec->m[i].key);
		if (k == -1)
			continue;
		p->has |= 1u << k;
		p->m[k] = rec->m[i].value;
	}
}

static struct gp_json
get(const struct pick *p, enum member k)
{
	static const struct gp_json none = { .type = GP_JSON_NONE };

	return p->has & 1u << k ? p->m[k] : none;
}

struct gp_span
gp_fact_text(struct gp_json v, struct gp_buf *b)
{
	struct gp_span s = gp_json_bare(v);

	if (s.p != NULL || v.type != GP_JSON_STRING)
		return s;
	gp_buf_reset(b);
	gp_json_text(v, b);
	return (struct gp_span){ gp_buf_str(b), b->n };
}

static int
two(const char *p)
{
	int a = p[0] - '0', b = p[1] - '0';

	return a < 0 || a > 9 || b < 0 || b > 9 ? -1 : a * 10 + b;
}

/*
 * Our own form, 2026-10-05T12:00:00Z. A date is looked up once as long as no
 * other month comes between: one place for each day of a month.
 */
static int
instant(struct gp_facts *f, struct gp_span s, gp_instant *to)
{
	struct gp_fact_date *d = &f->date[0];
	int h, m, sec;

	if (s.n == 20)
		d = &f->date[(unsigned)two(s.p + 8) % GP_FACT_DATES];
	if (s.n != 20 || s.p[10] != 'T' || s.p[19] != 'Z' || s.p[13] != ':' ||
	    s.p[16] != ':' || memcmp(s.p, d->text, sizeof(d->text)) != 0) {
		if (gp_instant_parse(s, to) == -1)
			return -1;
		if (s.n == 20 && s.p[10] == 'T' && s.p[19] == 'Z') {
			memcpy(d->text, s.p, sizeof(d->text));
			d->midnight = *to - two(s.p + 11) * 3600 -
			    two(s.p + 14) * 60 - two(s.p + 17);
		}
		return 0;
	}
	h = two(s.p + 11);
	m = two(s.p + 14);
	sec = two(s.p + 17);
	if (h < 0 || h > 23 || m < 0 || m > 59 || sec < 0 || sec > 60)
		return -1;
	*to = d->midnight + h * 3600 + m * 60 + sec;
	return 0;
}

/* The identity of an item, without which no version replaces another. */
static int
read_id(struct gp_facts *f, struct gp_json v, struct gp_fact *fact,
    struct gp_why *why)
{
	if (v.type == GP_JSON_NONE || v.type == GP_JSON_NULL)
		return gp_because(why, "'id' is missing");
	if (v.type != GP_JSON_STRING)
		return gp_because(
		    why, "'id' is %s, not a string", gp_json_type_name(v.type));
	fact->id = gp_fact_text(v, &f->id);
	if (f->id.bad)
		return gp_because(why, "no memory");
	return fact->id.n > 0 ? 0 : gp_because(why, "'id' is empty");
}

static int
read_at(struct gp_facts *f, struct gp_json v, struct gp_fact *fact,
    struct gp_why *why)
{
	struct gp_span s = gp_json_bare(v);

	if (v.type == GP_JSON_NONE || v.type == GP_JSON_NULL)
		return 0;
	if (s.p == NULL || instant(f, s, &fact->at) == -1)
		return gp_because(why, "'at' is not an instant: %.*s",
		    v.text.n < 60 ? (int)v.text.n : 60, v.text.p);
	fact->dated = 1;
	return 0;
}

/* Where there is no true at all, nothing needs to be opened. */
static int
has_true(struct gp_span s)
{
	const char *p = s.p, *end = gp_span_end(s);

	while ((p = memchr(p, 't', (size_t)(end - p))) != NULL) {
		if (end - p >= 4 && memcmp(p, "true", 4) == 0)
			return 1;
		p++;
	}
	return 0;
}

static int
is_official(struct gp_facts *f, struct gp_json author)
{
	struct gp_json_obj o;
	struct pick p;

	if (author.type != GP_JSON_OBJECT || !has_true(author.text) ||
	    gp_json_enter(f->reader, author, &o) == -1)
		return 0;
	pick(&o, &p);
	return gp_json_true(get(&p, OFFICIAL));
}

/* 1: its class makes it an appeal. */
static int
read_class(struct gp_facts *f, struct gp_json class, struct gp_fact *fact)
{
	struct gp_json_obj o;
	struct pick p;
	int i;

	fact->kind = GP_UNSORTED;
	if (class.type != GP_JSON_OBJECT ||
	    gp_json_enter(f->reader, class, &o) == -1)
		return 1;
	pick(&o, &p);
	fact->group = get(&p, GROUP);
	fact->topic = get(&p, TOPIC);
	for (i = 0; i < GP_UNSORTED; i++)
		if (gp_json_is(
			get(&p, KIND), gp_kind_name((enum gp_appeal_kind)i))) {
			fact->kind = (enum gp_appeal_kind)i;
			return 1;
		}
	return f->review && gp_json_true(get(&p, REVIEW));
}

static void
read_to(struct gp_facts *f, struct gp_json v, struct gp_fact *fact)
{
	fact->type = GP_FACT_ANSWER;
	fact->to = gp_fact_text(v, &f->to);
}

static void
judge_talk(struct gp_facts *f, const struct pick *p, struct gp_fact *fact)
{
	fact->type = GP_FACT_OTHER;
	if (gp_json_is_there(get(p, DELETED)))
		return;
	if (is_official(f, get(p, AUTHOR)))
		read_to(f, get(p, PARENT), fact);
	else if (!gp_json_is_there(get(p, DUPLICATE)) &&
	    read_class(f, get(p, CLASS), fact))
		fact->type = GP_FACT_APPEAL;
}

static void
judge_post(const struct pick *p, struct gp_fact *fact)
{
	fact->type =
	    gp_json_is_there(get(p, DELETED)) ? GP_FACT_OTHER : GP_FACT_POST;
	fact->counts = get(p, COUNTS);
}

/* A receipt answers only if something was sent. */
static int
was_sent(struct gp_json status)
{
	return status.type == GP_JSON_NONE || gp_json_is(status, "sent") ||
	    gp_json_is(status, "duplicate");
}

int
gp_fact_read(struct gp_facts *f, struct gp_span line, struct gp_fact *fact,
    struct gp_why *why)
{
	struct pick p;
	struct gp_json type;
	int talk, post;

	memset(fact, 0, sizeof(*fact));
	if (gp_json_open(f->reader, line, f->flags, &fact->rec, why) == -1)
		return -1;
	pick(&fact->rec, &p);
	type = get(&p, TYPE);
	if (type.type != GP_JSON_STRING)
		return gp_because(why,
		    type.type == GP_JSON_NONE ? "'type' is missing"
					      : "'type' is not a string");
	talk = gp_json_is(type, "comment") || gp_json_is(type, "message");
	post = !talk && gp_json_is(type, "post");
	if ((talk || post) &&
	    (read_id(f, get(&p, ID), fact, why) == -1 ||
		read_at(f, get(&p, AT), fact, why) == -1))
		return -1;
	if (talk)
		judge_talk(f, &p, fact);
	else if (post)
		judge_post(&p, fact);
	else if (gp_json_is(type, "reply") ||
	    (gp_json_is(type, "receipt") && was_sent(get(&p, STATUS))))
		read_to(f, get(&p, TO), fact);
	return f->to.bad ? gp_because(why, "no memory") : 0;
}
