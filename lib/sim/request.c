#include "sim/answer.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MAX_PARAMS 256

struct gp_sim_param *
gp_sim_request_add(
    struct gp_sim_request *r, struct gp_span name, struct gp_span value)
{
	struct gp_sim_param *p = NULL;
	size_t i, cap = r->cap == 0 ? 16 : r->cap * 2;

	for (i = 0; i < r->n; i++)
		if (gp_span_is(name, r->param[i].name))
			p = &r->param[i];
	if (p == NULL && r->n == r->cap) {
		p = r->n < MAX_PARAMS ? realloc(r->param, cap * sizeof(*p))
				      : NULL;
		if (p == NULL) {
			r->bad = 1;
			return NULL;
		}
		r->param = p;
		r->cap = cap;
		p = NULL;
	}
	if (p == NULL) {
		p = &r->param[r->n];
		memset(p, 0, sizeof(*p));
		gp_buf_init(&p->value, 0);
		p->name = gp_span_dup(name);
		if (p->name == NULL) {
			r->bad = 1;
			return NULL;
		}
		r->n++;
	}
	gp_buf_reset(&p->value);
	gp_buf_add(&p->value, value.p, value.n);
	r->bad |= p->value.bad;
	return p;
}

int
gp_sim_request_json(
    struct gp_sim_request *r, const struct gp_buf *body, struct gp_why *why)
{
	struct gp_json_reader *rd = gp_json_new();
	struct gp_json_obj o;
	struct gp_buf text;
	size_t i;
	int bad;

	gp_buf_init(&text, 0);
	bad =
	    rd == NULL || gp_json_open(rd, gp_buf_span(body), 0, &o, why) == -1;
	for (i = 0; !bad && i < o.n; i++) {
		if (o.m[i].value.type == GP_JSON_NULL)
			continue;
		gp_buf_reset(&text);
		if (gp_json_text(o.m[i].value, &text) == -1)
			gp_buf_add(
			    &text, o.m[i].value.text.p, o.m[i].value.text.n);
		gp_sim_request_add(r, o.m[i].key, gp_buf_span(&text));
	}
	r->bad |= text.bad;
	gp_buf_release(&text);
	gp_json_free(rd);
	return bad ? -1 : 0;
}

void
gp_sim_request_release(struct gp_sim_request *r)
{
	size_t i;

	for (i = 0; i < r->n; i++) {
		free(r->param[i].name);
		gp_buf_release(&r->param[i].value);
	}
	free(r->param);
	memset(r, 0, sizeof(*r));
}

const char *
gp_sim_header(const struct gp_sim_request *r, const char *name)
{
	size_t i;

	for (i = 0; i < r->headers; i++)
		if (strcasecmp(r->header[i].name, name) == 0)
			return r->header[i].value;
	return NULL;
}

const struct gp_sim_param *
gp_sim_param(const struct gp_sim_request *r, const char *name)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		if (strcmp(r->param[i].name, name) == 0)
			return &r->param[i];
	return NULL;
}

const char *
gp_sim_arg(const struct gp_sim_request *r, const char *name)
{
	const struct gp_sim_param *p = gp_sim_param(r, name);

	return p != NULL ? gp_buf_str(&p->value) : NULL;
}

int
gp_sim_arg_int(const struct gp_sim_request *r, const char *name, int64_t *to)
{
	const char *s = gp_sim_arg(r, name);
	char *end;

	if (s == NULL)
		return 0;
	*to = strtoll(s, &end, 10);
	return *s == '\0' || *end != '\0' ? -1 : 1;
}

int
gp_sim_arg_true(const struct gp_sim_request *r, const char *name)
{
	const char *s = gp_sim_arg(r, name);

	return s != NULL &&
	    (strcmp(s, "true") == 0 || strcmp(s, "True") == 0 ||
		strcmp(s, "1") == 0 || strcmp(s, "yes") == 0);
}

void
gp_sim_reply_init(struct gp_sim_reply *a)
{
	memset(a, 0, sizeof(*a));
	a->status = 200;
	a->type = "text/html; charset=utf-8";
	gp_buf_init(&a->body, 0);
}

void
gp_sim_reply_release(struct gp_sim_reply *a)
{
	gp_buf_release(&a->body);
}
