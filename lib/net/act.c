#include "net/act.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/utf8.h"

void
gp_act_init(struct gp_act *a, enum gp_act_kind kind)
{
	memset(a, 0, sizeof(*a));
	a->kind = kind;
	gp_buf_init(&a->result, 0);
	gp_buf_init(&a->url, 0);
}

void
gp_act_release(struct gp_act *a)
{
	gp_buf_release(&a->result);
	gp_buf_release(&a->url);
}

const struct gp_stream *
gp_act_stream(const struct gp_net *net, enum gp_act_kind kind)
{
	return kind >= GP_ACT_POST && kind <= GP_ACT_CLOSE ? net->publish
							   : net->act;
}

const struct gp_stream *
gp_act_seeker(const struct gp_net *net, enum gp_act_kind kind)
{
	return kind >= GP_ACT_POST && kind <= GP_ACT_CLOSE ? net->published
							   : net->seek;
}

int
gp_act_changes(enum gp_act_kind kind)
{
	return kind == GP_ACT_EDIT || kind == GP_ACT_DELETE ||
	    kind == GP_ACT_CLOSE;
}

size_t
gp_act_length(const struct gp_net *net, struct gp_span text)
{
	return strstr(net->length_unit, "UTF-16") != NULL ? gp_utf8_units(text)
							  : gp_utf8_count(text);
}

size_t
gp_act_max(const struct gp_net *net, enum gp_act_kind kind)
{
	size_t own = kind == GP_ACT_COMMENT ? net->max_comment
	    : kind == GP_ACT_MESSAGE        ? net->max_message
					    : 0;

	return own != 0 ? own : net->max_text;
}

const char *
gp_act_part(struct gp_pool *pool, const char *id, int place)
{
	const char *p = id != NULL ? strchr(id, ':') : NULL, *end;

	for (; p != NULL && place > 0; place--)
		p = strchr(p + 1, '/');
	if (p == NULL)
		return NULL;
	p++;
	end = strchr(p, '/');
	if (end == NULL)
		end = p + strlen(p);
	if (end == p)
		return NULL;
	return gp_pool_copy(pool, (struct gp_span){ p, (size_t)(end - p) }).p;
}

int
gp_act_of_page(const struct gp_job *job)
{
	size_t n = strlen(job->page);

	return job->act->to != NULL &&
	    strncmp(job->act->to, job->page, n) == 0 && job->act->to[n] == '/';
}

/* The next byte that is no white space, which networks trim and fold. */
static int
solid(struct gp_span *s)
{
	int c, wide;

	while (s->n > 0) {
		wide = s->n > 1 && memcmp(s->p, "\xc2\xa0", 2) == 0;
		c = wide ? ' ' : (unsigned char)*s->p;
		s->p += 1 + wide;
		s->n -= 1u + (unsigned)wide;
		if (c > ' ')
			return c;
	}
	return 0;
}

static int
same_words(struct gp_span a, struct gp_span b)
{
	int c;

	do {
		c = solid(&a);
		if (c != solid(&b))
			return 0;
	} while (c != 0);
	return 1;
}

int
gp_act_judge(const struct gp_act *a, const char *id, struct gp_span text)
{
	if (a->taken != NULL && a->taken(a->ctx, id))
		return 0;
	return a->look || same_words(text, a->text) ? 1 : -1;
}

int
gp_act_before(const struct gp_act *a, gp_instant at)
{
	/* Both times of a look are the network's own. */
	gp_instant slack = a->look ? 0 : GP_SEEK_CLOCKS;

	return a->left != 0 && at != 0 && at < a->left - slack;
}

void
gp_act_absent(struct gp_act *a)
{
	a->found = a->look && a->kind == GP_ACT_COMMENT && !a->met
	    ? GP_SEEK_GONE
	    : GP_SEEK_ABSENT;
}

int64_t
gp_act_number(const char *key)
{
	int64_t n = (int64_t)(XXH3_64bits(key, strlen(key)) & 0x7fffffff);

	return n != 0 ? n : 1;
}

int
gp_act_undone(struct gp_job *job, enum gp_outcome outcome, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	job->act->undone = 1;
	return gp_job_fail(job, outcome, "%s", text);
}
