/*
 * Posts on OK: photos by photosV2.getUploadUrl, whose tokens go into the
 * attachment of mediatopic.post; apiok.ru. An edit gives all content again, so
 * the photos are put up anew; a poll would lose its votes, and is refused. OK
 * knows no key, so what is unknown is looked for among the newest topics.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/ok.h"
#include "net/publish.h"

enum step {
	ADDRESS,
	UPLOAD,
	LAST,
	DONE
};

struct publish {
	struct gp_ok ok;
	struct gp_pool pool;
	struct gp_multipart form;
	enum step step;
	const char *url, *photo; /* where to put it, and its id there */
	const char **token;      /* one a file */
	size_t file;
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
	p->step =
	    what->files > 0 && job->act->kind <= GP_ACT_EDIT ? ADDRESS : LAST;
	return gp_ok_open(&p->ok, job, why);
}

static void
close_publish(struct gp_job *job)
{
	struct publish *p = job->own;

	gp_ok_close(&p->ok);
	gp_pool_release(&p->pool);
}

/* -- the attachment -------------------------------------------------------- */

static void
block(struct gp_jw *w, const char *type)
{
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "type", type);
}

static void
poll(struct gp_jw *w, const struct gp_publish_poll *q)
{
	char options[64];
	size_t i;

	block(w, "poll");
	gp_jw_kstr(w, "question", q->question);
	gp_jw_key(w, "answers");
	gp_jw_open(w, '[');
	for (i = 0; i < q->n; i++) {
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "text", q->option[i]);
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, ']');
	snprintf(options, sizeof(options), "%s%s%s",
	    q->multiple ? "" : "SingleChoice",
	    q->multiple || q->open_names ? "" : ",",
	    q->open_names ? "" : "AnonymousVoting");
	if (*options != '\0')
		gp_jw_kstr(w, "options", options);
	gp_jw_close(w, '}');
}

static void
photos(struct publish *p, struct gp_jw *w, size_t n)
{
	size_t i;

	block(w, "photo");
	gp_jw_key(w, "list");
	gp_jw_open(w, '[');
	for (i = 0; i < n; i++) {
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "id", p->token[i]);
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, ']');
	gp_jw_close(w, '}');
}

static void
media(struct publish *p, const struct gp_publish *what, struct gp_jw *w)
{
	struct gp_buf b;

	gp_jw_key(w, "media");
	gp_jw_open(w, '[');
	if (what->said.text.n > 0) {
		gp_buf_init(&b, 0);
		gp_said_plain(&b, &what->said);
		block(w, "text");
		gp_jw_ktext(w, "text", gp_buf_span(&b));
		gp_jw_close(w, '}');
		gp_buf_release(&b);
	}
	if (what->files > 0)
		photos(p, w, what->files);
	if (what->link != NULL && what->files == 0) {
		block(w, "link");
		gp_jw_kstr(w, "url", what->link);
		gp_jw_close(w, '}');
	}
	if (what->poll != NULL)
		poll(w, what->poll);
	gp_jw_close(w, ']');
}

/* Its booleans are words; the time is that of the network's to publish it. */
static const char *
attachment(struct gp_job *job, struct publish *p)
{
	const struct gp_publish *what = job->act->publish;
	struct gp_buf b;
	struct gp_jw w;
	const char *s;

	gp_buf_init(&b, 0);
	gp_jw_init(&w, &b);
	gp_jw_open(&w, '{');
	media(p, what, &w);
	if (what->when != 0 && job->act->kind == GP_ACT_POST)
		gp_jw_kint(&w, "publishAtMs", what->when * 1000);
	gp_jw_kstr(&w, "onBehalfOfGroup", "true");
	gp_jw_close(&w, '}');
	s = gp_pool_copy(&p->pool, gp_buf_span(&b)).p;
	gp_buf_release(&b);
	return s;
}

/* -- what is sent ---------------------------------------------------------- */

static int
upload(struct gp_job *job, struct publish *p, struct gp_http_req *req)
{
	struct gp_why why;

	if (gp_multipart_begin(&p->form, req, &why) == -1) {
		gp_act_undone(job, GP_RUN_LATER, "%s", why.msg);
		return 0;
	}
	gp_buf_adds(&req->url, p->url);
	if (gp_publish_part(job, &p->form, req, "pic1",
		&job->act->publish->file[p->file]) == -1)
		return 0;
	gp_multipart_end(&p->form, req);
	req->ca_file = job->conf->ca_file;
	req->timeout = 600;
	return 1;
}

static void
last(struct gp_job *job, struct publish *p, struct gp_http_req *req)
{
	enum gp_act_kind kind = job->act->kind;
	struct gp_ok_call c = { .n = 0 };
	const char *topic = gp_act_part(&p->pool, job->act->to, 1);

	if (kind == GP_ACT_POST)
		gp_ok_param(&c, "type", "GROUP_THEME");
	else
		gp_ok_param(&c, "topic_id", topic != NULL ? topic : "");
	gp_ok_param(&c, "gid", job->name);
	if (kind != GP_ACT_DELETE)
		gp_ok_param(&c, "attachment", attachment(job, p));
	job->act->visible = 1;
	job->act->idempotent = kind != GP_ACT_POST;
	gp_ok_request(job, &p->ok, req,
	    kind == GP_ACT_POST       ? "mediatopic.post"
		: kind == GP_ACT_EDIT ? "mediatopic.edit"
				      : "mediatopic.deleteTopic",
	    &c);
}

static const char *
cannot(const struct gp_job *job)
{
	const struct gp_publish *what = job->act->publish;
	size_t i;

	if (job->act->kind == GP_ACT_CLOSE)
		return "OK has no way to close a poll";
	if (job->act->kind == GP_ACT_EDIT && what->poll != NULL)
		return "an edit would take the votes of the poll away";
	for (i = 0; job->act->kind <= GP_ACT_EDIT && i < what->files; i++)
		if (what->file[i].video)
			return "videos are not posted on OK by this version";
	return NULL;
}

static int
next_publish(struct gp_job *job, struct gp_http_req *req)
{
	struct publish *p = job->own;
	struct gp_ok_call c = { .n = 0 };

	if (p->step == DONE)
		return 0;
	if (cannot(job) != NULL) {
		gp_act_undone(job, GP_RUN_CONFIG, "%s", cannot(job));
		return 0;
	}
	job->act->upload = p->step != LAST;
	if (p->step == UPLOAD)
		return upload(job, p, req);
	if (p->step == LAST) {
		last(job, p, req);
		return 1;
	}
	gp_ok_param(&c, "gid", job->name);
	gp_ok_param(&c, "count", "1");
	gp_ok_request(job, &p->ok, req, "photosV2.getUploadUrl", &c);
	if (job->act->rehearsal) {
		p->token[p->file++] = "{file}";
		if (p->file == job->act->publish->files)
			p->step = LAST;
	}
	return 1;
}

/* -- what it answers ------------------------------------------------------- */

static int
take_address(struct gp_job *job, struct publish *p, const struct gp_json_obj *o)
{
	struct gp_json_obj ids = gp_look_at(&p->ok.look, o, "photo_ids");
	struct gp_span url = gp_look_str(&p->ok.look, o, "upload_url");

	if (url.n == 0 || ids.n == 0)
		return gp_act_undone(job, GP_RUN_LATER,
		    "photosV2.getUploadUrl: the reply has no address");
	p->url = gp_pool_copy(&p->pool, url).p;
	p->photo =
	    gp_pool_copy(&p->pool, gp_look_text(&p->ok.look, ids.m[0].value)).p;
	p->step = UPLOAD;
	return 0;
}

/* {"photos":{ID:{"token":T}}}; the token is used as it came. */
static int
take_photo(struct gp_job *job, struct publish *p, const struct gp_json_obj *o)
{
	struct gp_json_obj all = gp_look_at(&p->ok.look, o, "photos");
	struct gp_json_obj one = gp_look_at(&p->ok.look, &all, p->photo);
	struct gp_span token = gp_look_str(&p->ok.look, &one, "token");

	if (token.n == 0)
		return gp_act_undone(job, GP_RUN_CONFIG, "OK did not take '%s'",
		    job->act->publish->file[p->file].path);
	p->token[p->file++] = gp_pool_copy(&p->pool, token).p;
	p->step = p->file < job->act->publish->files ? ADDRESS : LAST;
	return 0;
}

/* A bare string or number is the id of the topic. */
static int
take_last(
    struct gp_job *job, struct publish *p, const struct gp_http_reply *reply)
{
	struct gp_span s = gp_buf_span(&reply->body);
	struct gp_act *act = job->act;
	struct gp_json_obj o;
	int64_t id;

	if (act->kind == GP_ACT_POST) {
		if (gp_ok_number(job, &p->ok, reply, "id", &id) == -1)
			goto bad;
		gp_buf_addf(&act->result, "ok:%s/%" PRId64, job->name, id);
		gp_buf_addf(&act->url, "https://ok.ru/group/%s/topic/%" PRId64,
		    job->name, id);
	} else {
		if (!(reply->status == 200 && s.n >= 4 &&
			memcmp(s.p, "true", 4) == 0) &&
		    gp_ok_reply(job, &p->ok, reply, &o) == -1) {
			if (act->kind != GP_ACT_DELETE || gp_ok_error(s) != 300)
				goto bad;
			job->outcome = GP_RUN_OK;
		}
		gp_buf_adds(&act->result, act->to);
	}
	p->step = DONE;
	return 0;
bad:
	/* An error that is told; OK's own trouble may come after the deed. */
	act->undone = reply->status == 200 && gp_ok_error(s) > 2;
	return -1;
}

static int
take_publish(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct publish *p = job->own;
	struct gp_json_obj o;

	if (p->step == LAST)
		return take_last(job, p, reply);
	if (gp_ok_reply(job, &p->ok, reply, &o) == -1) {
		job->act->undone = 1;
		return -1;
	}
	return p->step == ADDRESS ? take_address(job, p, &o)
				  : take_photo(job, p, &o);
}

#define NEEDS GP_BIT(GP_TOKEN_ACCESS)

const struct gp_stream gp_ok_publish = {
	.name = "publish",
	.needs = NEEDS,
	.size = sizeof(struct publish),
	.open = open_publish,
	.next = next_publish,
	.take = take_publish,
	.close = close_publish,
};
