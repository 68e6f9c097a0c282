#include "plan/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "plan/when.h"

void
gp_plan_begin(struct gp_plan *p, const char *name)
{
	memset(p, 0, sizeof(*p));
	gp_pool_init(&p->pool);
	p->name = name;
	p->late = -1;
}

void
gp_plan_release(struct gp_plan *p)
{
	gp_yaml_free(p->doc);
	gp_pool_release(&p->pool);
	free(p->folder);
	memset(p, 0, sizeof(*p));
}

/* -- what every entry must keep to ----------------------------------------- */

static int
check_id(const char *id, struct gp_why *why)
{
	const unsigned char *s;

	if (id == NULL || *id == '\0')
		return gp_because(why, "an entry has no 'id'");
	if (strlen(id) > 128)
		return gp_because(why, "'id' is longer than 128 bytes");
	/* The key of a post is ID@PAGE, with #close and the like behind. */
	for (s = (const unsigned char *)id; *s != '\0'; s++)
		if (*s <= ' ' || *s == 0x7f || strchr("@#\"\\", *s) != NULL)
			return gp_because(why,
			    "'id' may hold no white space, quotes, \\, @ or #: "
			    "'%s'",
			    id);
	return 0;
}

static int
check_poll(struct gp_plan_poll *q, struct gp_why *why)
{
	if (q == NULL)
		return 0;
	if (q->question == NULL || *q->question == '\0')
		return gp_because(why, "a poll has no question");
	if (q->option.n < 2)
		return gp_because(why, "a poll has two options at least");
	if (q->correct < 0 || q->correct > (int64_t)q->option.n)
		return gp_because(why,
		    "'correct' must be one of 1 to %zu, the number of an "
		    "option",
		    q->option.n);
	if (q->correct > 0 && q->multiple)
		return gp_because(why,
		    "a quiz has one answer: 'correct' and 'multiple' exclude "
		    "each other");
	if (q->explanation != NULL && q->correct == 0)
		return gp_because(
		    why, "'explanation' belongs to a quiz: 'correct' lacks");
	if (q->close != NULL && gp_when_read(q->close, &q->closes, why) == -1)
		return gp_because_of(why, "close");
	return 0;
}

static int
times(struct gp_plan_entry *e, struct gp_why *why)
{
	struct gp_plan_over *o = e->over.v;
	size_t i;

	if (e->at != NULL && gp_when_read(e->at, &e->when, why) == -1)
		return gp_because_of(why, "at");
	for (i = 0; i < e->over.n; i++) {
		o[i].when = e->when;
		if (o[i].at != NULL &&
		    gp_when_read(o[i].at, &o[i].when, why) == -1)
			return gp_because_of(why, "per: %s: at", o[i].of);
	}
	return 0;
}

static int
says_something(const char *text, const struct gp_plan_files *f,
    const struct gp_plan_poll *q, const char *link)
{
	return (text != NULL && text[strspn(text, " \t\r\n")] != '\0') ||
	    f->n > 0 || q != NULL || link != NULL;
}

int
gp_plan_entry(struct gp_plan *p, struct gp_plan_entry *e, struct gp_why *why)
{
	struct gp_plan_over *o = e->over.v;
	struct gp_why because;
	size_t i;
	int some;

	if (e->page.n == 0)
		e->page = p->page;
	if (check_id(e->id, why) == -1)
		return -1;
	some = e->gone || says_something(e->text, &e->file, e->poll, e->link);
	for (i = 0; i < e->over.n; i++)
		some |=
		    says_something(o[i].text, &o[i].file, o[i].poll, o[i].link);
	if (e->page.n == 0)
		return gp_because(why, "'%s' names no pages", e->id);
	if (!some)
		return gp_because(why, "'%s' has nothing to post", e->id);
	if (times(e, &because) == -1 || check_poll(e->poll, &because) == -1)
		return gp_because(why, "'%s': %s", e->id, because.msg);
	for (i = 0; i < e->over.n; i++)
		if (check_poll(o[i].poll, &because) == -1)
			return gp_because(why, "'%s': per: %s: %s", e->id,
			    o[i].of, because.msg);
	return 0;
}

static int
by_id(const void *a, const void *b)
{
	const struct gp_plan_entry *const *x = a, *const *y = b;
	int r = strcmp((*x)->id, (*y)->id);

	return r != 0 ? r
		      : ((*x)->line > (*y)->line) - ((*x)->line < (*y)->line);
}

int
gp_plan_unique(const struct gp_plan *p, struct gp_why *why)
{
	struct gp_plan_entry *e = p->entry.v, **v;
	size_t i;
	int r = 0;

	v = calloc(p->entry.n + 1, sizeof(struct gp_plan_entry *));
	if (v == NULL)
		return gp_because(why, "no memory");
	for (i = 0; i < p->entry.n; i++)
		v[i] = &e[i];
	qsort(v, p->entry.n, sizeof(struct gp_plan_entry *), by_id);
	for (i = 1; i < p->entry.n && r == 0; i++)
		if (strcmp(v[i - 1]->id, v[i]->id) == 0)
			r = gp_because(why,
			    "%s:%u: 'id' '%s' stands twice, first in line %u",
			    p->name, v[i]->line, v[i]->id, v[i - 1]->line);
	free(v);
	return r;
}

/* -- files ----------------------------------------------------------------- */

static int
ends(const char *s, const char *with)
{
	size_t n = strlen(s), k = strlen(with);

	return n > k && strcmp(s + n - k, with) == 0;
}

int
gp_plan_is(const char *path)
{
	return ends(path, ".yaml") || ends(path, ".yml") || ends(path, ".csv");
}

int
gp_plan_read(struct gp_plan *p, const char *path, struct gp_why *why)
{
	const char *slash = strrchr(path, '/');
	struct gp_buf b;
	int r;

	gp_plan_begin(p, path);
	if (!gp_plan_is(path))
		return gp_because(
		    why, "%s: a plan is called .yaml, .yml or .csv", path);
	gp_buf_init(&b, GP_MAX_YAML);
	r = gp_file_read(path, &b, why);
	if (r == 0)
		r = (ends(path, ".csv") ? gp_plan_csv : gp_plan_yaml)(
		    p, gp_buf_span(&b), path, why);
	gp_buf_release(&b);
	p->folder = strndup(path, slash != NULL ? (size_t)(slash - path) : 0);
	if (r == 0 && p->folder == NULL)
		r = gp_because(why, "no memory");
	return r;
}
