#include "plan/post.h"

#include <string.h>

#include "base/utf8.h"
#include "plan/markup.h"

/* -- which page ------------------------------------------------------------ */

/* By the name in the config, or the page's id in records. */
static const struct gp_page_conf *
page_of(const struct gp_config *conf, const char *word)
{
	const struct gp_page_conf *p = gp_config_page(conf, word);
	const struct gp_page_conf *all = conf->page.v;
	const struct gp_net *net;
	struct gp_buf id;
	size_t i;

	gp_buf_init(&id, 0);
	for (i = 0; p == NULL && i < conf->page.n; i++) {
		net = gp_net_of(all[i].network);
		gp_buf_reset(&id);
		if (net->page_id != NULL)
			net->page_id(all[i].name, &id);
		else
			gp_buf_addf(&id, "%s:%s", net->name, all[i].name);
		if (strcmp(gp_buf_str(&id), word) == 0)
			p = &all[i];
	}
	gp_buf_release(&id);
	return p;
}

static const struct gp_plan_over *
over_of(const struct gp_plan_entry *e, const char *name)
{
	const struct gp_plan_over *o = e->over.v;
	size_t i;

	for (i = 0; i < e->over.n; i++)
		if (strcmp(o[i].of, name) == 0)
			return &o[i];
	return NULL;
}

/* -- what it says there ---------------------------------------------------- */

/* The entry's own, then the network's, then the page's: the last one that says
 * something counts. */
struct chosen {
	const char *text, *link;
	struct gp_yaml_list tag;
	struct gp_plan_files file;
	const struct gp_plan_poll *poll;
	gp_instant at;
	int skip;
};

static void
choose(struct chosen *c, const struct gp_plan_over *o)
{
	if (o == NULL)
		return;
	c->skip |= o->skip;
	if (o->text != NULL)
		c->text = o->text;
	if (o->link != NULL)
		c->link = o->link;
	if (o->tag.n > 0)
		c->tag = o->tag;
	if (o->file.set)
		c->file = o->file;
	if (o->poll != NULL)
		c->poll = o->poll;
	if (o->at != NULL)
		c->at = o->when;
}

static int
has_tag(struct gp_span text, const char *tag)
{
	size_t n = strlen(tag);
	const char *p = text.p, *end = gp_span_end(text);

	for (; (p = memmem(p, (size_t)(end - p), tag, n)) != NULL; p += n)
		if (p + n == end || strchr(" \n\t.,;!?)", p[n]) != NULL)
			return 1;
	return 0;
}

static const char *
as_tag(struct gp_pool *pool, const char *word)
{
	struct gp_span s =
	    gp_pool_fmt(pool, "%s%s", *word == '#' ? "" : "#", word);
	char *p;

	/* One word for the networks: "#День_города". */
	for (p = (char *)(uintptr_t)s.p; *p != '\0'; p++)
		if (*p == ' ' || *p == '-')
			*p = '_';
	return s.p;
}

static void
add_part(struct gp_buf *b, struct gp_buf *part)
{
	if (part->n == 0)
		return;
	if (b->n > 0)
		gp_buf_adds(b, "\n\n");
	gp_buf_add(b, part->p, part->n);
	b->bad |= part->bad;
	gp_buf_reset(part);
}

/* A poll in words, on a network that has none. */
static void
poll_words(struct gp_buf *b, const struct gp_plan_poll *q)
{
	const char *const *option = q->option.v;
	size_t i;

	gp_buf_adds(b, q->question);
	for (i = 0; i < q->option.n; i++)
		gp_buf_addf(b, "\n%zu. %s", i + 1, option[i]);
	gp_buf_adds(b, "\n\nНапишите номер ответа в комментариях.");
}

/* What stands behind the text: the poll in words, the link, the tags. */
static void
behind(struct gp_buf *b, const struct chosen *c, struct gp_plan_post *to,
    struct gp_pool *pool)
{
	const char *const *tag = c->tag.v, *word;
	struct gp_buf part;
	size_t i;

	gp_buf_init(&part, 0);
	if (to->poll_as_text)
		poll_words(&part, c->poll);
	add_part(b, &part);
	if (c->link != NULL &&
	    memmem(b->p, b->n, c->link, strlen(c->link)) == NULL)
		gp_buf_adds(&part, c->link);
	add_part(b, &part);
	for (i = 0; i < c->tag.n; i++) {
		word = as_tag(pool, tag[i]);
		if (has_tag(gp_buf_span(b), word))
			continue;
		gp_buf_addf(&part, "%s%s", part.n > 0 ? " " : "", word);
	}
	add_part(b, &part);
	gp_buf_release(&part);
}

static int
read_text(const char *text, int plain, struct gp_pool *pool, struct gp_said *to,
    struct gp_why *why)
{
	struct gp_span s = gp_span_of(text != NULL ? text : "");

	if (!plain)
		return gp_markup_read(s, pool, to, why);
	while (s.n > 0 && strchr(" \t\r\n", s.p[s.n - 1]) != NULL)
		s.n--;
	*to = gp_said_of(gp_pool_copy(pool, s));
	return pool->bad ? gp_because(why, "no memory") : 0;
}

static int
text_of(struct gp_plan_post *to, const struct chosen *c, struct gp_pool *pool,
    struct gp_why *why)
{
	int plain = to->entry->no_markup;
	struct gp_buf b;
	int bad;

	if (read_text(c->text, plain, pool, &to->said, why) == -1 ||
	    (c->poll != NULL &&
		read_text(c->poll->explanation, plain, pool, &to->explanation,
		    why) == -1))
		return -1;
	gp_buf_init(&b, 0);
	gp_buf_add(&b, to->said.text.p, to->said.text.n);
	behind(&b, c, to, pool);
	to->said.text = gp_pool_copy(pool, gp_buf_span(&b));
	bad = b.bad || pool->bad;
	gp_buf_release(&b);
	return bad ? gp_because(why, "no memory") : 0;
}

static int
files_of(struct gp_plan_post *to, const struct gp_plan *p,
    const struct gp_plan_files *f, struct gp_pool *pool, struct gp_why *why)
{
	const char *folder = p->folder != NULL ? p->folder : "";
	size_t i;

	to->file = *f;
	to->file.v = gp_pool_alloc(pool, (f->n + 1) * sizeof(*f->v));
	if (to->file.v == NULL)
		return gp_because(why, "no memory");
	for (i = 0; i < f->n; i++) {
		to->file.v[i] = f->v[i];
		if (*folder != '\0' && f->v[i].path[0] != '/')
			to->file.v[i].path =
			    gp_pool_fmt(pool, "%s/%s", folder, f->v[i].path).p;
	}
	return 0;
}

int
gp_plan_post(struct gp_plan_post *to, const struct gp_plan *p,
    const struct gp_plan_entry *e, const char *page,
    const struct gp_config *conf, struct gp_pool *pool, struct gp_why *why)
{
	struct chosen c = { e->text, e->link, e->tag, e->file, e->poll, e->when,
		0 };

	memset(to, 0, sizeof(*to));
	to->said = to->explanation = gp_said_of(gp_span_of(""));
	to->entry = e;
	to->of = page_of(conf, page);
	if (to->of == NULL)
		return gp_because(why, "there is no page '%s'", page);
	to->net = gp_net_of(to->of->network);
	to->key = gp_pool_fmt(pool, "%s@%s", e->id, to->of->key).p;
	choose(&c, over_of(e, to->net->name));
	choose(&c, over_of(e, to->of->key));
	to->at = c.at;
	to->skip = c.skip;
	to->gone = e->gone;
	to->link = c.link;
	to->poll = c.poll;
	to->poll_as_text = c.poll != NULL && !to->net->can_poll;
	if (text_of(to, &c, pool, why) == -1 ||
	    files_of(to, p, &c.file, pool, why) == -1)
		return -1;
	if (!to->skip && !to->gone && to->said.text.n == 0 && to->file.n == 0 &&
	    to->poll == NULL)
		return gp_because(why, "there is nothing to post");
	return 0;
}

int
gp_plan_answer(const struct gp_plan_post *of, struct gp_pool *pool,
    struct gp_said *to, struct gp_why *why)
{
	const struct gp_plan_poll *q = of->poll;
	const char *const *option = q->option.v;
	struct gp_said_span *v;
	size_t before, i;

	to->text = gp_pool_fmt(pool, "%s\n\nПравильный ответ: %s%s",
	    q->question, option[q->correct - 1],
	    of->explanation.text.n > 0 ? "\n\n" : "");
	before = to->text.n;
	to->text =
	    gp_pool_fmt(pool, "%s%s", to->text.p, of->explanation.text.p);
	v = gp_pool_alloc(pool, (of->explanation.spans + 1) * sizeof(*v));
	if (v == NULL || pool->bad)
		return gp_because(why, "no memory");
	for (i = 0; i < of->explanation.spans; i++) {
		v[i] = of->explanation.span[i];
		v[i].from += before;
	}
	to->span = v;
	to->spans = of->explanation.spans;
	return 0;
}
