/*
 * Posts on VK. A picture takes three calls, a video two; then wall.post with a
 * guid made of the key, so that it may be repeated. wall.edit takes away what
 * is not given again: what is attached is asked first and given back. A post
 * that waits gets another number when it goes out; its old one is its
 * postponed_id. Facts: dev.vk.com and its schema, 5.199.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "net/publish.h"
#include "net/vk.h"

#define USER (GP_BIT(GP_TOKEN_USER) | GP_BIT(GP_TOKEN_COMMUNITY))

enum step {
	ADDRESS, /* where a file is to be put */
	UPLOAD,
	SAVE,
	POLL,
	FIND,    /* what is to be edited or deleted */
	FIND_ON, /* it may have gone out under another number */
	LAST,    /* the visible one */
	DONE
};

struct publish {
	struct gp_vk vk;
	struct gp_pool pool;
	struct gp_multipart form;
	enum step step;
	size_t file;
	struct gp_buf attach;
	const char *url, *server, *photo, *hash; /* in the pool */
	int64_t id;                              /* of what is changed */
	gp_instant waits;                        /* until when; 0: it is out */
};

static int64_t
part(struct publish *p, const char *id, int place)
{
	const char *s = gp_act_part(&p->pool, id, place);

	return s != NULL ? strtoll(s, NULL, 10) : 0;
}

/* What comes behind the files. */
static enum step
behind(const struct gp_publish *what, size_t file)
{
	if (file < what->files)
		return ADDRESS;
	return what->poll != NULL ? POLL : LAST;
}

static int
open_publish(struct gp_job *job, struct gp_why *why)
{
	struct publish *p = job->own;

	gp_pool_init(&p->pool);
	gp_buf_init(&p->attach, 0);
	p->id = part(p, job->act->to, 1);
	p->step =
	    job->act->kind == GP_ACT_POST ? behind(job->act->publish, 0) : FIND;
	return gp_vk_open(&p->vk, job, why);
}

static void
close_publish(struct gp_job *job)
{
	struct publish *p = job->own;

	gp_pool_release(&p->pool);
	gp_buf_release(&p->attach);
	gp_vk_close(&p->vk);
}

static void
attach(struct publish *p, const char *kind, int64_t owner, int64_t id)
{
	gp_buf_addf(&p->attach, "%s%s%" PRId64 "_%" PRId64,
	    p->attach.n > 0 ? "," : "", kind, owner, id);
}

/* A rehearsal uploads nothing: a word stands for what VK would answer. */
static void
pretend(struct gp_job *job, struct publish *p, const char *word)
{
	gp_buf_addf(&p->attach, "%s{%s}", p->attach.n > 0 ? "," : "", word);
	p->file += p->step != POLL;
	p->step = p->step == POLL ? LAST : behind(job->act->publish, p->file);
}

static void
address(struct gp_job *job, struct publish *p, struct gp_vk_call *c)
{
	const struct gp_publish_file *f = &job->act->publish->file[p->file];

	c->method = f->video ? "video.save" : "photos.getWallUploadServer";
	gp_vk_int(c, "group_id", p->vk.group);
	if (f->video)
		gp_vk_text(c, "name",
		    f->alt != NULL && *f->alt != '\0' ? f->alt : "Видео");
}

static int
upload(struct gp_job *job, struct publish *p, struct gp_http_req *req)
{
	const struct gp_publish_file *f = &job->act->publish->file[p->file];
	struct gp_why why;

	if (gp_multipart_begin(&p->form, req, &why) == -1) {
		gp_act_undone(job, GP_RUN_LATER, "%s", why.msg);
		return 0;
	}
	gp_buf_adds(&req->url, p->url);
	if (gp_publish_part(
		job, &p->form, req, f->video ? "video_file" : "photo", f) == -1)
		return 0;
	gp_multipart_end(&p->form, req);
	req->ca_file = job->conf->ca_file;
	req->timeout = 600;
	return 1;
}

static void
save(struct gp_job *job, struct publish *p, struct gp_vk_call *c)
{
	const struct gp_publish_file *f = &job->act->publish->file[p->file];

	c->method = "photos.saveWallPhoto";
	gp_vk_int(c, "group_id", p->vk.group);
	gp_vk_text(c, "server", p->server);
	gp_vk_text(c, "photo", p->photo);
	gp_vk_text(c, "hash", p->hash);
	if (f->alt != NULL && *f->alt != '\0')
		gp_vk_text(c, "caption", f->alt);
}

static void
poll(struct publish *p, const struct gp_publish_poll *q, struct gp_vk_call *c)
{
	struct gp_buf b;
	struct gp_jw w;
	size_t i;

	gp_buf_init(&b, 0);
	gp_jw_init(&w, &b);
	gp_jw_open(&w, '[');
	for (i = 0; i < q->n; i++)
		gp_jw_str(&w, q->option[i]);
	gp_jw_close(&w, ']');
	c->method = "polls.create";
	gp_vk_int(c, "owner_id", -p->vk.group);
	gp_vk_text(c, "question", q->question);
	gp_vk_text(c, "add_answers", gp_pool_copy(&p->pool, gp_buf_span(&b)).p);
	gp_vk_int(c, "is_anonymous", !q->open_names);
	gp_vk_int(c, "is_multiple", q->multiple);
	if (q->closes != 0)
		gp_vk_int(c, "end_date", q->closes);
	gp_buf_release(&b);
}

static const char *
words(struct publish *p, const struct gp_said *said)
{
	struct gp_buf b;
	const char *s;

	gp_buf_init(&b, 0);
	gp_said_plain(&b, said);
	s = gp_pool_copy(&p->pool, gp_buf_span(&b)).p;
	gp_buf_release(&b);
	return s;
}

static void
last(struct gp_job *job, struct publish *p, struct gp_vk_call *c)
{
	const struct gp_publish *what = job->act->publish;
	struct gp_act *act = job->act;

	c->method = act->kind == GP_ACT_POST ? "wall.post"
	    : act->kind == GP_ACT_EDIT       ? "wall.edit"
					     : "wall.delete";
	gp_vk_int(c, "owner_id", -p->vk.group);
	act->visible = act->idempotent = 1;
	if (act->kind != GP_ACT_POST)
		gp_vk_int(c, "post_id", p->id);
	if (act->kind == GP_ACT_DELETE)
		return;
	if (act->kind == GP_ACT_POST) {
		gp_vk_int(c, "from_group", 1);
		gp_vk_text(c, "guid", act->key);
		/* Its card; VK takes one link, and shows files before it. */
		if (what->link != NULL && p->attach.n == 0)
			gp_buf_adds(&p->attach, what->link);
	}
	gp_vk_text(c, "message", words(p, &what->said));
	if (p->attach.n > 0)
		gp_vk_text(c, "attachments", gp_buf_str(&p->attach));
	if (act->kind == GP_ACT_POST ? what->when != 0 : p->waits != 0)
		gp_vk_int(c, "publish_date",
		    act->kind == GP_ACT_POST ? what->when : p->waits);
}

static void
find(struct publish *p, struct gp_vk_call *c)
{
	if (p->step == FIND) {
		c->method = "wall.getById";
		gp_vk_text(c, "posts",
		    gp_pool_fmt(
			&p->pool, "-%" PRId64 "_%" PRId64, p->vk.group, p->id)
			.p);
		return;
	}
	c->method = "wall.get";
	gp_vk_int(c, "owner_id", -p->vk.group);
	gp_vk_int(c, "count", GP_VK_PAGE);
}

static int
next_publish(struct gp_job *job, struct gp_http_req *req)
{
	struct publish *p = job->own;
	struct gp_vk_call c = { .n = 0 };
	enum step step = p->step;

	if (step == DONE)
		return 0;
	if (gp_vk_token(job, USER) == NULL) {
		gp_act_undone(job, GP_RUN_AUTH,
		    "posting needs a token 'user' of the page");
		return 0;
	}
	if (job->act->kind == GP_ACT_CLOSE) {
		gp_act_undone(job, GP_RUN_CONFIG,
		    "VK closes a poll at its end_date alone");
		return 0;
	}
	if (p->vk.group == 0) {
		gp_vk_who(job, req, USER);
		return 1;
	}
	job->act->upload = step < FIND;
	if (step == UPLOAD)
		return upload(job, p, req);
	if (step == ADDRESS)
		address(job, p, &c);
	else if (step == SAVE)
		save(job, p, &c);
	else if (step == POLL)
		poll(p, job->act->publish->poll, &c);
	else if (step == LAST)
		last(job, p, &c);
	else
		find(p, &c);
	if (job->act->rehearsal && (step == ADDRESS || step == POLL))
		pretend(job, p, step == POLL ? "poll" : "file");
	gp_vk_request(job, req, USER, &c, 1);
	return 1;
}

/* -- what it answers ------------------------------------------------------- */

static const char *
kept(struct publish *p, struct gp_span s)
{
	return gp_pool_copy(&p->pool, s).p;
}

static int
strange(struct gp_job *job, const char *what)
{
	return gp_act_undone(job, GP_RUN_LATER, "the reply has no %s", what);
}

static int
take_address(struct gp_job *job, struct publish *p, struct gp_json v)
{
	struct gp_json_obj o = gp_look_in(&p->vk.look, v);
	struct gp_span url = gp_look_str(&p->vk.look, &o, "upload_url");

	if (url.n == 0)
		return strange(job, "upload_url");
	p->url = kept(p, url);
	if (job->act->publish->file[p->file].video)
		attach(p, "video", gp_look_int(&o, "owner_id"),
		    gp_look_int(&o, "video_id"));
	p->step = UPLOAD;
	return 0;
}

/* What the upload server says is no envelope of the API. */
static int
take_upload(
    struct gp_job *job, struct publish *p, const struct gp_http_reply *reply)
{
	const struct gp_publish *what = job->act->publish;
	struct gp_json_obj o;
	struct gp_why why;

	if (gp_look_open(&p->vk.look, gp_buf_span(&reply->body), &o, &why) ==
		-1 ||
	    reply->status != 200)
		return gp_act_undone(job, GP_RUN_LATER,
		    "'%s' was not taken by VK (%d)", what->file[p->file].path,
		    reply->status);
	if (what->file[p->file].video) {
		p->step = behind(what, ++p->file);
		return 0;
	}
	p->server = kept(p, gp_look_id(&p->vk.look, &o, "server"));
	p->photo = kept(p, gp_look_str(&p->vk.look, &o, "photo"));
	p->hash = kept(p, gp_look_str(&p->vk.look, &o, "hash"));
	if (*p->photo == '\0' || strcmp(p->photo, "[]") == 0)
		return gp_act_undone(job, GP_RUN_CONFIG,
		    "VK finds '%s' no picture", what->file[p->file].path);
	p->step = SAVE;
	return 0;
}

/* The owner may be the user of the token: what is answered counts. */
static int
take_save(struct gp_job *job, struct publish *p, struct gp_json v)
{
	struct gp_json_obj list = gp_look_in(&p->vk.look, v), o;

	if (list.n == 0)
		return strange(job, "photo");
	o = gp_look_in(&p->vk.look, list.m[0].value);
	attach(p, "photo", gp_look_int(&o, "owner_id"), gp_look_int(&o, "id"));
	p->step = behind(job->act->publish, ++p->file);
	return 0;
}

static int
take_poll(struct publish *p, struct gp_json v)
{
	struct gp_json_obj o = gp_look_in(&p->vk.look, v);

	attach(p, "poll", gp_look_int(&o, "owner_id"), gp_look_int(&o, "id"));
	p->step = LAST;
	return 0;
}

/* All that is attached, to be given back. */
static void
keep_attached(struct publish *p, const struct gp_json_obj *post)
{
	struct gp_look *l = &p->vk.look;
	struct gp_json_obj list = gp_look_at(l, post, "attachments"), a, o;
	struct gp_span kind, key;
	const char *word;
	size_t i;

	for (i = 0; i < list.n; i++) {
		a = gp_look_in(l, list.m[i].value);
		kind = gp_look_str(l, &a, "type");
		word = kept(p, kind);
		o = gp_look_at(l, &a, word);
		if (strcmp(word, "link") == 0) {
			key = gp_look_str(l, &o, "url");
			gp_buf_addf(&p->attach, "%s%.*s",
			    p->attach.n > 0 ? "," : "", (int)key.n,
			    key.n > 0 ? key.p : "");
			continue;
		}
		attach(p, word, gp_look_int(&o, "owner_id"),
		    gp_look_int(&o, "id"));
		key = gp_look_str(l, &o, "access_key");
		if (key.n > 0)
			gp_buf_addf(&p->attach, "_%.*s", (int)key.n, key.p);
	}
}

static int
take_find(struct gp_job *job, struct publish *p, struct gp_json v)
{
	struct gp_look *l = &p->vk.look;
	struct gp_json_obj o = gp_look_in(l, v), list, post;
	int64_t id;
	size_t i;

	list = v.type == GP_JSON_ARRAY ? o : gp_look_at(l, &o, "items");
	for (i = 0; i < list.n; i++) {
		post = gp_look_in(l, list.m[i].value);
		id = gp_look_int(&post, "id");
		if (p->step == FIND_ON &&
		    gp_look_int(&post, "postponed_id") != p->id)
			continue;
		if (id == 0 || gp_look_true(&post, "is_deleted"))
			continue;
		p->id = id;
		keep_attached(p, &post);
		if (gp_span_is(gp_look_str(l, &post, "post_type"), "postpone"))
			p->waits = gp_look_int(&post, "date");
		p->step = LAST;
		return 0;
	}
	if (p->step == FIND) {
		p->step = FIND_ON;
		return 0;
	}
	p->step = DONE;
	if (job->act->kind == GP_ACT_DELETE)
		return 0;
	return gp_act_undone(
	    job, GP_RUN_REFUSED, "the post is not there any more");
}

static int
take_last(struct gp_job *job, struct publish *p, struct gp_json v)
{
	struct gp_json_obj o = gp_look_in(&p->vk.look, v);
	struct gp_act *act = job->act;
	int64_t id =
	    act->kind == GP_ACT_POST ? gp_look_int(&o, "post_id") : p->id;

	if (id == 0)
		return gp_job_fail(
		    job, GP_RUN_LATER, "the reply does not name what was made");
	gp_buf_addf(&act->result, "vk:-%" PRId64 "/%" PRId64, p->vk.group, id);
	gp_buf_addf(&act->url, "https://vk.com/wall-%" PRId64 "_%" PRId64,
	    p->vk.group, id);
	p->step = DONE;
	return 0;
}

static int
take_publish(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct publish *p = job->own;
	struct gp_vk_result r;

	if (p->vk.group == 0)
		return gp_vk_take_who(job, &p->vk, reply);
	if (p->step == UPLOAD)
		return take_upload(job, p, reply);
	if (gp_vk_results(job, &p->vk, reply, &r, 1) == -1)
		return -1;
	if (r.code == 104 && job->act->kind == GP_ACT_DELETE) {
		p->step = DONE;
		return 0;
	}
	if (r.code != 0) {
		job->act->undone =
		    p->step != LAST || (r.code != 1 && r.code != 10);
		return gp_vk_refused(job, r.code, r.said, NULL);
	}
	switch (p->step) {
	case ADDRESS:
		return take_address(job, p, r.value);
	case SAVE:
		return take_save(job, p, r.value);
	case POLL:
		return take_poll(p, r.value);
	case LAST:
		return take_last(job, p, r.value);
	default:
		return take_find(job, p, r.value);
	}
}

const struct gp_stream gp_vk_publish = {
	.name = "publish",
	.needs = USER,
	.size = sizeof(struct publish),
	.open = open_publish,
	.next = next_publish,
	.take = take_publish,
	.close = close_publish,
};
