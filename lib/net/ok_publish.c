/*
 * Posts on OK: photos by photosV2.getUploadUrl, whose tokens go into the
 * attachment of mediatopic.post, videos by video.getUploadUrl and, when the
 * bytes are there, video.update; apiok.ru. A video of a group is a topic by
 * itself, and so would be seen twice, unless post_form says that a post is
 * being made. An edit gives all content again, so the files are put up anew; a
 * poll would lose its votes, and is refused. OK knows no key, so what is
 * unknown is looked for among the newest topics.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "net/ok.h"
#include "net/ok_attachment.h"

enum step {
	ADDRESS,
	UPLOAD,
	FINISH, /* of a video */
	LAST,
	DONE
};

struct publish {
	struct gp_ok ok;
	struct gp_pool pool;
	struct gp_multipart form;
	enum step step;
	const char *url, *id; /* where to put it, and its id there */
	const char **token;   /* one a file */
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

static const char *
attachment(struct gp_job *job, struct publish *p)
{
	struct gp_buf b;
	const char *s;

	gp_buf_init(&b, 0);
	gp_ok_attachment(
	    &b, job->act->publish, p->token, job->act->kind == GP_ACT_POST);
	s = gp_pool_copy(&p->pool, gp_buf_span(&b)).p;
	gp_buf_release(&b);
	return s;
}

/* -- what is sent ---------------------------------------------------------- */

static const struct gp_publish_file *
the_file(const struct gp_job *job, const struct publish *p)
{
	return &job->act->publish->file[p->file];
}

static void
has(struct gp_job *job, struct publish *p, const char *id)
{
	p->token[p->file++] = id;
	p->step = p->file < job->act->publish->files ? ADDRESS : LAST;
}

static void
address(struct gp_job *job, struct publish *p, struct gp_http_req *req)
{
	const struct gp_publish_file *f = the_file(job, p);
	const char *name = strrchr(f->path, '/');
	struct gp_ok_call c = { .n = 0 };
	struct stat st;

	gp_ok_param(&c, "gid", job->name);
	if (f->video) {
		if (stat(f->path, &st) == -1)
			st.st_size = 0; /* opening it says why */
		gp_ok_param(&c, "file_name", name != NULL ? name + 1 : f->path);
		gp_ok_param(&c, "file_size",
		    gp_pool_fmt(&p->pool, "%lld", (long long)st.st_size).p);
		gp_ok_param(&c, "post_form", "true");
	} else {
		gp_ok_param(&c, "count", "1");
	}
	gp_ok_request(job, &p->ok, req,
	    f->video ? "video.getUploadUrl" : "photosV2.getUploadUrl", &c);
	if (job->act->rehearsal)
		has(job, p, "{file}");
}

static void
finish(struct gp_job *job, struct publish *p, struct gp_http_req *req)
{
	struct gp_ok_call c = { .n = 0 };

	gp_ok_param(&c, "vid", p->id);
	gp_ok_request(job, &p->ok, req, "video.update", &c);
}

static int
upload(struct gp_job *job, struct publish *p, struct gp_http_req *req)
{
	struct gp_why why;

	if (gp_multipart_begin(&p->form, req, &why) == -1) {
		gp_act_undone(job, GP_RUN_LATER, "%s", why.msg);
		return 0;
	}
	gp_buf_adds(&req->url, p->url);
	if (gp_publish_part(job, &p->form, req,
		the_file(job, p)->video ? "data" : "pic1",
		the_file(job, p)) == -1)
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

	if (job->act->kind == GP_ACT_CLOSE)
		return "OK has no way to close a poll";
	if (job->act->kind == GP_ACT_EDIT && what->poll != NULL)
		return "an edit would take the votes of the poll away";
	return NULL;
}

static int
next_publish(struct gp_job *job, struct gp_http_req *req)
{
	struct publish *p = job->own;

	if (p->step == DONE)
		return 0;
	if (cannot(job) != NULL) {
		gp_act_undone(job, GP_RUN_CONFIG, "%s", cannot(job));
		return 0;
	}
	job->act->upload = p->step != LAST;
	if (p->step == UPLOAD)
		return upload(job, p, req);
	if (p->step == LAST)
		last(job, p, req);
	else if (p->step == FINISH)
		finish(job, p, req);
	else
		address(job, p, req);
	return 1;
}

/* -- what it answers ------------------------------------------------------- */

/* photo_ids is a list of one; video_id is a string or a number. */
static int
take_address(struct gp_job *job, struct publish *p, const struct gp_json_obj *o)
{
	struct gp_json_obj ids = gp_look_at(&p->ok.look, o, "photo_ids");
	struct gp_span url = gp_look_str(&p->ok.look, o, "upload_url");
	int video = the_file(job, p)->video;
	struct gp_span id = video ? gp_ok_id(&p->ok.look, o, "video_id")
	    : ids.n > 0           ? gp_look_text(&p->ok.look, ids.m[0].value)
				  : (struct gp_span){ "", 0 };

	if (url.n == 0 || id.n == 0)
		return gp_act_undone(job, GP_RUN_LATER,
		    "%s.getUploadUrl: the reply has no address",
		    video ? "video" : "photosV2");
	p->url = gp_pool_copy(&p->pool, url).p;
	p->id = gp_pool_copy(&p->pool, id).p;
	p->step = UPLOAD;
	return 0;
}

/* {"photos":{ID:{"token":T}}}; the token is used as it came. */
static int
take_photo(struct gp_job *job, struct publish *p, const struct gp_json_obj *o)
{
	struct gp_json_obj all = gp_look_at(&p->ok.look, o, "photos");
	struct gp_json_obj one = gp_look_at(&p->ok.look, &all, p->id);
	struct gp_span token = gp_look_str(&p->ok.look, &one, "token");

	if (token.n == 0)
		return gp_act_undone(job, GP_RUN_CONFIG, "OK did not take '%s'",
		    the_file(job, p)->path);
	has(job, p, gp_pool_copy(&p->pool, token).p);
	return 0;
}

/* What answers a video is said nowhere; of what has an error that is read. */
static int
take_video(
    struct gp_job *job, struct publish *p, const struct gp_http_reply *reply)
{
	struct gp_json_obj o;

	if (reply->status != 200 ||
	    gp_ok_error(gp_buf_span(&reply->body)) != 0) {
		if (gp_ok_reply(job, &p->ok, reply, &o) == 0)
			gp_job_fail(job, GP_RUN_LATER, "OK did not take '%s'",
			    the_file(job, p)->path);
		job->act->undone = 1;
		return -1;
	}
	if (p->step == UPLOAD)
		p->step = FINISH;
	else
		has(job, p, p->id);
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
	if (p->step != ADDRESS && the_file(job, p)->video)
		return take_video(job, p, reply);
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
