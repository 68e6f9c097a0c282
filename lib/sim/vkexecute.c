/*
 * execute. Of VKScript one form is read: return [API.a.b({json}),...];
 * anything else does not compile here, though it might at VK.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "sim/vk.h"

#define CALLS_MAX  25
#define ANSWER_MAX (5 * GP_MIB)

static const char *
space(const char *p)
{
	return p + strspn(p, " \t\r\n");
}

/* Moves behind the word; 0: it is not there. */
static int
word(const char **p, const char *w)
{
	size_t n = strlen(w);

	*p = space(*p);
	if (strncmp(*p, w, n) != 0)
		return 0;
	*p += n;
	return 1;
}

/* The object that stands there, to its closing brace; n 0: none. */
static struct gp_span
braces(const char *p)
{
	const char *from = p;
	int depth = 0, text = 0;

	for (; *p != '\0'; p++) {
		if (text && *p == '\\' && p[1] != '\0')
			p++;
		else if (*p == '"')
			text = !text;
		else if (!text && *p == '{')
			depth++;
		else if (!text && *p == '}' && --depth == 0)
			return (struct gp_span){ from, (size_t)(p + 1 - from) };
	}
	return (struct gp_span){ from, 0 };
}

/* [1,2,"a"] is the list 1,2,a. */
static void
join_lists(struct gp_sim_request *r)
{
	struct gp_buf *b, list;
	size_t i;
	const char *p;

	for (i = 0; i < r->n; i++) {
		b = &r->param[i].value;
		if (b->n < 2 || b->p[0] != '[')
			continue;
		gp_buf_init(&list, 0);
		for (p = b->p + 1; p < b->p + b->n - 1; p++)
			if (strchr("\" \t\r\n", *p) == NULL)
				gp_buf_addc(&list, *p);
		gp_buf_release(b);
		*b = list;
	}
}

static int
parameters(
    struct gp_sim_vk_call *c, struct gp_span json, struct gp_sim_request *r)
{
	struct gp_buf body; /* the reader wants room behind the text */
	struct gp_why why;
	int bad;

	if (json.n == 0)
		return 0;
	gp_buf_init(&body, 0);
	gp_buf_add(&body, json.p, json.n);
	bad = gp_sim_request_json(r, &body, &why);
	gp_buf_release(&body);
	join_lists(r);
	return bad ? gp_sim_vk_fail(c, 12, "%s", why.msg) : 0;
}

static void
failed(struct gp_sim_vk_call *c, const struct gp_sim_vk_call *inner)
{
	struct gp_jw w = { .b = c->execute_errors,
		.comma = c->execute_errors->n > 0 };

	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "method", inner->method);
	gp_jw_kint(&w, "error_code", inner->code);
	gp_jw_kstr(&w, "error_msg", inner->says);
	gp_jw_close(&w, '}');
}

/* One call: its answer, or false and an error beside. */
static int
call(struct gp_sim_vk_call *c, const char *method, struct gp_span json)
{
	struct gp_sim_request r = { .method = c->r->method };
	struct gp_sim_vk_call inner = { .sim = c->sim,
		.vk = c->vk,
		.r = &r,
		.method = method,
		.token = c->token,
		.version = c->version };
	struct gp_buf out;
	int bad;

	gp_buf_init(&out, 0);
	gp_jw_init(&inner.jw, &out);
	bad = parameters(c, json, &r);
	if (bad == 0) {
		if (strcmp(method, "execute") == 0)
			gp_sim_vk_error(&inner, 3);
		else
			gp_sim_vk_play(&inner);
		if (inner.code == 0) {
			gp_jw_raw(&c->jw, gp_buf_span(&out));
		} else {
			gp_jw_bool(&c->jw, 0);
			failed(c, &inner);
		}
	}
	gp_buf_release(&out);
	gp_sim_request_release(&r);
	return bad;
}

/* API.wall.get({...}), read and called. */
static int
one(struct gp_sim_vk_call *c, const char **p)
{
	struct gp_span json;
	char method[64];
	size_t n;

	if (!word(p, "API."))
		return gp_sim_vk_fail(c, 12, "unexpected token, API. expected");
	for (n = 0; isalnum((unsigned char)(*p)[n]) || (*p)[n] == '.'; n++)
		continue;
	snprintf(method, sizeof(method), "%.*s", (int)n, *p);
	*p += n;
	if (!word(p, "("))
		return gp_sim_vk_fail(c, 12, "unexpected token, ( expected");
	*p = space(*p);
	json = (struct gp_span){ *p, 0 };
	if (**p == '{')
		json = braces(*p);
	*p += json.n;
	if (!word(p, ")"))
		return gp_sim_vk_fail(c, 12, "unexpected token, ) expected");
	return call(c, method, json);
}

int
gp_sim_vk_execute(struct gp_sim_vk_call *c)
{
	const char *p = gp_sim_arg(c->r, "code");
	size_t from = c->jw.b->n;
	int n = 0;

	if (!word(&p, "return") || !word(&p, "["))
		return gp_sim_vk_fail(c, 12,
		    "gp-sim reads 'return [API.a.b({json}),...];' alone");
	gp_jw_open(&c->jw, '[');
	if (!word(&p, "]")) {
		do {
			if (++n > CALLS_MAX)
				return gp_sim_vk_fail(
				    c, 13, "too many api calls");
			if (one(c, &p) == -1)
				return -1;
		} while (word(&p, ","));
		if (!word(&p, "]"))
			return gp_sim_vk_fail(
			    c, 12, "unexpected token, ] expected");
	}
	word(&p, ";");
	if (*space(p) != '\0')
		return gp_sim_vk_fail(c, 12, "unexpected token after the end");
	gp_jw_close(&c->jw, ']');
	if (c->jw.b->n - from > ANSWER_MAX)
		return gp_sim_vk_fail(c, 13, "response size is too big");
	return 0;
}
