#include "rules/class.h"

#include <stdlib.h>

#include "rules/verdict.h"
#include "json/write.h"

/* Names with their key, and terms, as JSON with a comma, by number. */
struct gp_class {
	struct gp_buf text;
	struct gp_span *owner, *why;
};

enum {
	MOST_SCORES = 16
};

/* Appends "key":"text", or "text", and returns its length. */
static struct gp_span
quoted(struct gp_buf *b, const char *key, const char *text)
{
	size_t before = b->n;

	if (key != NULL)
		gp_buf_addf(b, "\"%s\":", key);
	gp_json_quote(b, gp_span_of(text));
	gp_buf_addc(b, ',');
	return (struct gp_span){ NULL, b->n - before };
}

/* The lengths first; the places when the buffer moves no more. */
static int
quote_all(struct gp_class *class, const struct gp_taxonomy *tax)
{
	static const char *const key[] = { "kind", "group", "topic" };
	const struct gp_owner *o = tax->owner;
	const char *p;
	size_t i;

	for (i = 0; i < tax->owners; i++)
		class->owner[i] =
		    quoted(&class->text, key[o[i].type], o[i].name);
	for (i = 0; i < tax->rules; i++)
		class->why[i] = quoted(&class->text, NULL, tax->rule[i].why);
	if (class->text.bad)
		return -1;
	p = gp_buf_str(&class->text);
	for (i = 0; i < tax->owners; p += class->owner[i++].n)
		class->owner[i].p = p;
	for (i = 0; i < tax->rules; p += class->why[i++].n)
		class->why[i].p = p;
	return 0;
}

struct gp_class *
gp_class_new(const struct gp_taxonomy *tax)
{
	struct gp_class *class = calloc(1, sizeof(*class));

	if (class == NULL)
		return NULL;
	gp_buf_init(&class->text, 8 * GP_MAX_YAML);
	class->owner = calloc(tax->owners + 1, sizeof(*class->owner));
	class->why = calloc(tax->rules + 1, sizeof(*class->why));
	if (class->owner == NULL || class->why == NULL ||
	    quote_all(class, tax) == -1) {
		gp_class_free(class);
		return NULL;
	}
	return class;
}

void
gp_class_free(struct gp_class *class)
{
	if (class == NULL)
		return;
	gp_buf_release(&class->text);
	free(class->owner);
	free(class->why);
	free(class);
}

/* The strongest candidates first; returns how many. */
static size_t
strongest(const struct gp_match *m, unsigned top[MOST_SCORES + 1])
{
	size_t i, k, n = 0;
	unsigned no;

	for (i = 0; i < m->touches; i++) {
		no = m->touched[i];
		for (k = n;
		     k > 0 && m->score[no].own > m->score[top[k - 1]].own; k--)
			top[k] = top[k - 1];
		top[k] = no;
		n += n < MOST_SCORES;
	}
	return n;
}

/* For --explain. */
static void
put_scores(struct gp_buf *b, const struct gp_match *m)
{
	const struct gp_owner *owner = m->tax->owner, *o;
	unsigned top[MOST_SCORES + 1];
	size_t i, n = strongest(m, top);
	struct gp_jw w;

	gp_jw_init(&w, b);
	w.comma = 1;
	gp_jw_key(&w, "scores");
	gp_jw_open(&w, '[');
	for (i = 0; i < n; i++) {
		o = &owner[top[i]];
		gp_jw_open(&w, '{');
		gp_jw_kstr(&w, o->type == GP_KIND ? "kind" : "group",
		    o->type == GP_TOPIC ? owner[o->group].name : o->name);
		if (o->type == GP_TOPIC)
			gp_jw_kstr(&w, "topic", o->name);
		gp_jw_key(&w, "score");
		gp_jw_real(&w, (double)m->score[top[i]].own / GP_WEIGHT, 3);
		if (m->score[top[i]].out)
			gp_jw_kbool(&w, "excluded", 1);
		gp_jw_close(&w, '}');
	}
	gp_jw_close(&w, ']');
}

static void
put(struct gp_buf *b, struct gp_span s)
{
	gp_buf_add(b, s.p, s.n);
}

/* "confidence":0.81,"review":false, */
static void
put_figures(struct gp_buf *b, const struct gp_verdict *v)
{
	gp_buf_adds(b, "\"confidence\":0");
	if (v->confidence > 0) {
		gp_buf_addc(b, '.');
		gp_buf_addc(b, '0' + v->confidence / 10);
	}
	if (v->confidence % 10 > 0)
		gp_buf_addc(b, '0' + v->confidence % 10);
	gp_buf_adds(b, v->review ? ",\"review\":true," : ",\"review\":false,");
}

/*
 * A quarter of the work was writing this by the pieces of a writer, so the
 * frame stands here and what varies was quoted once.
 */
void
gp_class_put(const struct gp_class *class, const struct gp_match *m, int scores,
    struct gp_buf *b)
{
	struct gp_verdict v;
	size_t i;

	gp_verdict_of(m, &v);
	gp_buf_addc(b, '{');
	if (v.kind != GP_NONE)
		put(b, class->owner[v.kind]);
	else if (v.complaint)
		gp_buf_adds(b, "\"kind\":\"complaint\",");
	if (v.group != GP_NONE)
		put(b, class->owner[v.group]);
	if (v.topic != GP_NONE)
		put(b, class->owner[v.topic]);
	put_figures(b, &v);
	gp_buf_adds(b, "\"why\":[");
	for (i = 0; i < v.whys; i++)
		put(b, class->why[v.why[i]]);
	if (v.whys > 0)
		b->n--; /* the last comma */
	gp_buf_addc(b, ']');
	if (scores)
		put_scores(b, m);
	gp_buf_addc(b, '}');
}
