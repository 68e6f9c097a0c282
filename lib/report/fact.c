#include "report/fact.h"

#include <string.h>

/* Those of one length stand together. */
static const char *const names[GP_F_MEMBERS] = { "id", "at", "to", "due",
	"type", "kind", "page", "desk", "class", "group", "topic", "route",
	"author", "parent", "counts", "status", "review", "result", "network",
	"deleted", "interim", "official", "promised", "repeat_of",
	"approved_at", "duplicate_of" };

_Static_assert(GP_F_MEMBERS <= 32, "bits of a pick");

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
	for (i = 0; i < GP_F_MEMBERS; i++)
		if (gp_json_key_is(key, names[i]))
			return i;
	return -1;
}

/* A constant n makes this compare words, not call a function. */
static inline int
one_of(
    const char *key, size_t n, enum gp_fact_member from, enum gp_fact_member to)
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
		return one_of(key.p, 2, GP_F_ID, GP_F_TO);
	case 3:
		return one_of(key.p, 3, GP_F_DUE, GP_F_DUE);
	case 4:
		return one_of(key.p, 4, GP_F_TYPE, GP_F_DESK);
	case 5:
		return one_of(key.p, 5, GP_F_CLASS, GP_F_ROUTE);
	case 6:
		return one_of(key.p, 6, GP_F_AUTHOR, GP_F_RESULT);
	case 7:
		i = one_of(key.p, 7, GP_F_NETWORK, GP_F_INTERIM);
		break;
	case 8:
		i = one_of(key.p, 8, GP_F_OFFICIAL, GP_F_PROMISED);
		break;
	case 9:
		i = one_of(key.p, 9, GP_F_REPEAT, GP_F_REPEAT);
		break;
	case 11:
		i = one_of(key.p, 11, GP_F_APPROVED, GP_F_APPROVED);
		break;
	case 12:
		i = one_of(key.p, 12, GP_F_DUPLICATE, GP_F_DUPLICATE);
		break;
	}
	return i != -1 ? i : escaped(key);
}

static void
pick(const struct gp_json_obj *rec, struct gp_fact_pick *p)
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
get(const struct gp_fact_pick *p, enum gp_fact_member k)
{
	static const struct gp_json none = { .type = GP_JSON_NONE };

	return p->has & 1u << k ? p->m[k] : none;
}

struct gp_json
gp_fact_get(const struct gp_facts *f, enum gp_fact_member k)
{
	return get(&f->pick, k);
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

int
gp_fact_instant(struct gp_facts *f, struct gp_json v, gp_instant *to)
{
	struct gp_span s = gp_json_bare(v);

	return s.p != NULL ? instant(f, s, to) : -1;
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
	struct gp_fact_pick p;

	if (author.type != GP_JSON_OBJECT || !has_true(author.text) ||
	    gp_json_enter(f->reader, author, &o) == -1)
		return 0;
	pick(&o, &p);
	return gp_json_true(get(&p, GP_F_OFFICIAL));
}

/* 1: its class makes it an appeal. */
static int
read_class(struct gp_facts *f, struct gp_json class, struct gp_fact *fact)
{
	struct gp_json_obj o;
	struct gp_fact_pick p;
	int i;

	fact->kind = GP_UNSORTED;
	if (class.type != GP_JSON_OBJECT ||
	    gp_json_enter(f->reader, class, &o) == -1)
		return 1;
	pick(&o, &p);
	fact->group = get(&p, GP_F_GROUP);
	fact->topic = get(&p, GP_F_TOPIC);
	for (i = 0; i < GP_UNSORTED; i++)
		if (gp_json_is(get(&p, GP_F_KIND),
			gp_kind_name((enum gp_appeal_kind)i))) {
			fact->kind = (enum gp_appeal_kind)i;
			return 1;
		}
	return f->review && gp_json_true(get(&p, GP_F_REVIEW));
}

static void
read_to(struct gp_facts *f, struct gp_json v, struct gp_fact *fact)
{
	fact->type = GP_FACT_ANSWER;
	fact->to = gp_fact_text(v, &f->to);
}

static void
judge_talk(
    struct gp_facts *f, const struct gp_fact_pick *p, struct gp_fact *fact)
{
	fact->type = GP_FACT_OTHER;
	if (gp_json_is_there(get(p, GP_F_DELETED)))
		return;
	if (is_official(f, get(p, GP_F_AUTHOR)))
		read_to(f, get(p, GP_F_PARENT), fact);
	else if (!gp_json_is_there(get(p, GP_F_DUPLICATE)) &&
	    read_class(f, get(p, GP_F_CLASS), fact))
		fact->type = GP_FACT_APPEAL;
}

static void
judge_post(const struct gp_fact_pick *p, struct gp_fact *fact)
{
	fact->type = gp_json_is_there(get(p, GP_F_DELETED)) ? GP_FACT_OTHER
							    : GP_FACT_POST;
	fact->counts = get(p, GP_F_COUNTS);
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
	struct gp_fact_pick *p = &f->pick;
	struct gp_json type;
	int talk, post;

	memset(fact, 0, sizeof(*fact));
	if (gp_json_open(f->reader, line, f->flags, &fact->rec, why) == -1)
		return -1;
	pick(&fact->rec, p);
	type = get(p, GP_F_TYPE);
	if (type.type != GP_JSON_STRING)
		return gp_because(why,
		    type.type == GP_JSON_NONE ? "'type' is missing"
					      : "'type' is not a string");
	talk = gp_json_is(type, "comment") || gp_json_is(type, "message");
	post = !talk && gp_json_is(type, "post");
	if ((talk || post) &&
	    (read_id(f, get(p, GP_F_ID), fact, why) == -1 ||
		read_at(f, get(p, GP_F_AT), fact, why) == -1))
		return -1;
	if (talk)
		judge_talk(f, p, fact);
	else if (post)
		judge_post(p, fact);
	else if (gp_json_is(type, "reply") ||
	    (gp_json_is(type, "receipt") && was_sent(get(p, GP_F_STATUS))))
		read_to(f, get(p, GP_F_TO), fact);
	return f->to.bad ? gp_because(why, "no memory") : 0;
}
