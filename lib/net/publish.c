#include "net/publish.h"

int
gp_publish_part(struct gp_job *job, struct gp_multipart *m,
    struct gp_http_req *req, const char *name, const struct gp_publish_file *f)
{
	struct gp_why why;

	if (gp_multipart_file(m, req, name, f->path, f->format, &why) == 0)
		return 0;
	return gp_act_undone(job, GP_RUN_CONFIG, "%s", why.msg);
}

static struct gp_span
line_of(struct gp_span *s)
{
	struct gp_span line = *s;
	size_t n;

	for (n = 0; n < s->n && s->p[n] != '\n'; n++)
		;
	line.n = n;
	if (n < s->n)
		n++;
	s->p += n;
	s->n -= n;
	while (line.n > 0 && (unsigned char)line.p[line.n - 1] <= ' ')
		line.n--;
	return line;
}

int
gp_publish_same(struct gp_span a, struct gp_span b)
{
	while (a.n > 0 || b.n > 0)
		if (!gp_span_eq(line_of(&a), line_of(&b)))
			return 0;
	return 1;
}

int
gp_publish_time(const struct gp_act *act, gp_instant at)
{
	if (act->publish->when != 0 && at == act->publish->when)
		return 1;
	return !gp_act_before(act, at);
}

int
gp_publish_taken(const struct gp_act *act, const char *id)
{
	return act->taken != NULL && act->taken(act->ctx, id);
}
