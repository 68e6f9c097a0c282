/*
 * Posts on MAX: files by POST /uploads, then POST /messages, which answers
 * "attachment.not.ready" until a film has been worked through; dev.max.ru.
 * Texts with marks go as HTML. MAX knows no key, so what is unknown is looked
 * for among the newest messages of the channel.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "net/max.h"
#include "net/publish.h"

enum {
	TRIES = 7 /* pauses of 1, 2, 4 ... s: a minute and a bit */
};

struct publish {
	struct gp_max max;
	struct gp_pool pool;
	struct gp_multipart form;
	const char *url;    /* where the file goes; NULL: to be asked for */
	const char **token; /* one a file */
	size_t file;
	int tries, done;
};

static int
open_publish(struct gp_job *job, struct gp_why *why)
{
	const struct gp_publish *what = job->act->publish;
	struct publish *p = job->own;

	gp_pool_init(&p->pool);
	p->token =
	    gp_pool_alloc(&p->pool, (what->files + 1) * sizeof(*p->token));
	if (p->token == NULL)
		return gp_because(why, "no memory");
	if (job->act->kind != GP_ACT_POST)
		p->file = what->files;
	return gp_max_open(&p->max, job, why);
}

static void
close_publish(struct gp_job *job)
{
	struct publish *p = job->own;

	gp_max_close(&p->max);
	gp_pool_release(&p->pool);
}

static int
upload(struct gp_job *job, struct publish *p, struct gp_http_req *req)
{
	const struct gp_publish_file *f = &job->act->publish->file[p->file];
	struct gp_why why;

	job->act->upload = 1;
	if (p->url == NULL) {
		gp_max_get(job, &p->max, req, "uploads");
		req->method = "POST";
		gp_http_param(&req->url, "type",
		    gp_span_of(f->video ? "video" : "image"));
		if (job->act->rehearsal)
			p->token[p->file++] = "{file}";
		return 1;
	}
	if (gp_multipart_begin(&p->form, req, &why) == -1) {
		gp_act_undone(job, GP_RUN_LATER, "%s", why.msg);
		return 0;
	}
	gp_buf_adds(&req->url, p->url);
	if (gp_publish_part(job, &p->form, req, "data", f) == -1)
		return 0;
	gp_multipart_end(&p->form, req);
	req->ca_file = job->conf->ca_file;
	req->timeout = 600;
	return 1;
}

static void
attachments(struct gp_job *job, struct publish *p, struct gp_jw *w)
{
	const struct gp_publish *what = job->act->publish;
	size_t i;

	gp_jw_key(w, "attachments");
	gp_jw_open(w, '[');
	for (i = 0; i < what->files; i++) {
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "type", what->file[i].video ? "video" : "image");
		gp_jw_key(w, "payload");
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "token", p->token[i]);
		gp_jw_close(w, '}');
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, ']');
}

/* What an edit leaves out stays: files are not given again. */
static void
message(struct gp_job *job, struct publish *p, struct gp_http_req *req)
{
	const struct gp_said *s = &job->act->publish->said;
	struct gp_buf html;
	struct gp_jw w;

	req->type = "application/json";
	gp_jw_init(&w, &req->body);
	gp_jw_open(&w, '{');
	gp_buf_init(&html, 0);
	if (s->spans > 0)
		gp_said_html(&html, s);
	if (s->text.n > 0)
		gp_jw_ktext(
		    &w, "text", s->spans > 0 ? gp_buf_span(&html) : s->text);
	if (s->spans > 0)
		gp_jw_kstr(&w, "format", "html");
	if (job->act->kind == GP_ACT_POST && job->act->publish->files > 0)
		attachments(job, p, &w);
	gp_jw_close(&w, '}');
	req->body.bad |= html.bad;
	gp_buf_release(&html);
}

static void
last(struct gp_job *job, struct publish *p, struct gp_http_req *req)
{
	enum gp_act_kind kind = job->act->kind;
	const char *mid = gp_act_part(&p->pool, job->act->to, 1);

	gp_max_get(job, &p->max, req, "messages");
	req->method = kind == GP_ACT_POST ? "POST"
	    : kind == GP_ACT_EDIT         ? "PUT"
					  : "DELETE";
	if (kind == GP_ACT_POST)
		gp_http_param(&req->url, "chat_id", gp_span_of(p->max.chat));
	else
		gp_http_param(&req->url, "message_id",
		    gp_span_of(mid != NULL ? mid : ""));
	if (kind != GP_ACT_DELETE)
		message(job, p, req);
	if (p->tries > 0)
		req->delay = 1 << (p->tries - 1);
	job->act->visible = 1;
	job->act->idempotent = kind != GP_ACT_POST;
}

static int
next_publish(struct gp_job *job, struct gp_http_req *req)
{
	struct publish *p = job->own;

	if (p->done)
		return 0;
	if (job->act->kind == GP_ACT_CLOSE) {
		gp_act_undone(job, GP_RUN_CONFIG, "MAX has no polls");
		return 0;
	}
	if (p->max.chat == NULL) {
		gp_max_who(job, &p->max, req);
		return 1;
	}
	if (p->file < job->act->publish->files)
		return upload(job, p, req);
	last(job, p, req);
	return 1;
}

/* -- what it answers ------------------------------------------------------- */

static int
not_taken(struct gp_job *job, struct publish *p, int status)
{
	return gp_act_undone(job,
	    status >= 500 || status == 429 ? GP_RUN_LATER : GP_RUN_CONFIG,
	    "'%s' was not taken by MAX (%d)",
	    job->act->publish->file[p->file].path, status);
}

/* Pictures answer {"photos":{KEY:{"token":T}}}; films and sounds XML, and
 * their token was told with the address. */
static int
take_file(
    struct gp_job *job, struct publish *p, const struct gp_http_reply *reply)
{
	struct gp_look *l = &p->max.look;
	struct gp_json_obj o, photos;
	struct gp_span token;
	struct gp_why why;

	if (reply->status != 200)
		return not_taken(job, p, reply->status);
	if (!job->act->publish->file[p->file].video) {
		if (gp_look_open(l, gp_buf_span(&reply->body), &o, &why) == -1)
			return not_taken(job, p, reply->status);
		photos = gp_look_at(l, &o, "photos");
		o = photos.n > 0 ? gp_look_in(l, photos.m[0].value) : o;
		token = gp_look_str(l, &o, "token");
		p->token[p->file] = gp_pool_copy(&p->pool, token).p;
	}
	if (p->token[p->file] == NULL || *p->token[p->file] == '\0')
		return not_taken(job, p, reply->status);
	p->file++;
	p->url = NULL;
	return 0;
}

static int
take_url(struct gp_job *job, struct publish *p, const struct gp_json_obj *o)
{
	struct gp_look *l = &p->max.look;
	struct gp_span url = gp_look_str(l, o, "url");
	struct gp_span token = gp_look_str(l, o, "token");

	if (url.n == 0)
		return gp_act_undone(
		    job, GP_RUN_LATER, "uploads: the reply has no url");
	p->url = gp_pool_copy(&p->pool, url).p;
	p->token[p->file] =
	    token.n > 0 ? gp_pool_copy(&p->pool, token).p : NULL;
	return 0;
}

static int
put_result(struct gp_job *job, struct publish *p, const struct gp_json_obj *o)
{
	struct gp_look *l = &p->max.look;
	struct gp_json_obj m = gp_look_at(l, o, "message");
	struct gp_json_obj body = gp_look_at(l, &m, "body");
	struct gp_span mid = gp_look_str(l, &body, "mid");
	struct gp_span url = gp_look_str(l, &m, "url");

	p->done = 1;
	if (job->act->kind != GP_ACT_POST) {
		gp_buf_adds(&job->act->result, job->act->to);
		return 0;
	}
	if (mid.n == 0)
		return gp_job_fail(
		    job, GP_RUN_LATER, "the reply does not name what was made");
	gp_buf_addf(&job->act->result, "%s/%.*s", job->page, (int)mid.n, mid.p);
	if (url.n > 0)
		gp_buf_add(&job->act->url, url.p, url.n);
	return 0;
}

/* It is told by HTTP 400, and nothing was made. */
static int
not_ready(struct publish *p, const struct gp_http_reply *reply)
{
	struct gp_span s = gp_buf_span(&reply->body);

	return reply->status == 400 && p->tries < TRIES &&
	    memmem(s.p, s.n, "attachment.not.ready", 20) != NULL;
}

static int
take_publish(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct publish *p = job->own;
	int files = p->file < job->act->publish->files;
	struct gp_json_obj o;

	if (p->max.chat != NULL && files && p->url != NULL)
		return take_file(job, p, reply);
	if (!files && not_ready(p, reply)) {
		p->tries++;
		return 0;
	}
	if (!files && reply->status == 404 && job->act->kind == GP_ACT_DELETE) {
		p->done = 1;
		return 0;
	}
	if (gp_max_reply(job, &p->max, reply, "write", &o) == -1) {
		job->act->undone = files || reply->status < 500;
		return -1;
	}
	if (p->max.chat == NULL)
		return gp_max_take_who(job, &p->max, &o);
	return files ? take_url(job, p, &o) : put_result(job, p, &o);
}

const struct gp_stream gp_max_publish = {
	.name = "publish",
	.needs = GP_BIT(GP_TOKEN_BOT),
	.size = sizeof(struct publish),
	.open = open_publish,
	.next = next_publish,
	.take = take_publish,
	.close = close_publish,
};
