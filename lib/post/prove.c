#include "post/prove.h"

#include <stdio.h>

struct linking {
	struct gp_prover *p;
	const struct gp_plan *plan;
	const struct gp_plan_post *post;
};

/* A page that is longer than we read is there. */
static void
link_of(void *ctx, const char *url)
{
	struct linking *l = ctx;
	struct gp_http_call c;
	char why[32];

	gp_http_call_init(&c);
	gp_buf_adds(&c.req.url, url);
	c.req.follow = GP_MAX_REDIRECTS;
	c.req.timeout = 20;
	gp_http_do(l->p->http, &c);
	snprintf(why, sizeof(why), "HTTP %d", c.reply.status);
	if (c.end != GP_HTTP_OK && c.end != GP_HTTP_LIMIT)
		gp_plan_check_link(
		    &l->p->found, l->plan, l->post, url, c.why.msg);
	else if (c.end == GP_HTTP_OK && c.reply.status >= 400)
		gp_plan_check_link(&l->p->found, l->plan, l->post, url, why);
	gp_http_call_release(&c);
}

int
gp_prove_check(struct gp_prover *p, const struct gp_plan *plan,
    const struct gp_plan_post *post, struct gp_why *why)
{
	struct linking l = { p, plan, post };
	struct gp_out_row row = { .tries = 0 };
	int r = 0;

	if (p->outbox != NULL)
		r = gp_outbox_find(p->outbox, post->key, &row, why);
	if (r == -1)
		return -1;
	p->found.now = p->how->now;
	p->found.late = p->how->late;
	gp_plan_check_post(&p->found, plan, post,
	    r == 1 &&
		(row.state == GP_OUT_SENT || row.state == GP_OUT_DUPLICATE));
	if (p->http != NULL)
		gp_plan_links(post, p->pool, link_of, &l);
	return 0;
}

int
gp_prove_diff(
    struct gp_prover *p, const struct gp_plan_post *post, struct gp_why *why)
{
	struct gp_todo t[GP_TODOS];
	int n = gp_todo_list(t, post, p->how, p->outbox, p->pool, why), i;

	for (i = 0; i < n; i++)
		gp_post_diff(&p->table, post, &t[i]);
	return n == -1 ? -1 : 0;
}
