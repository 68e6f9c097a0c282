#include "net/max.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "net/address.h"

static const struct gp_stream *const streams[] = { &gp_max_page, &gp_max_posts,
	&gp_max_comments, &gp_max_updates, NULL };

int
gp_max_is_number(const char *s)
{
	s += *s == '-';
	return *s != '\0' && strspn(s, "0123456789") == strlen(s);
}

static int
address(
    const char *s, struct gp_buf *name, struct gp_buf *base, struct gp_why *why)
{
	static const char *const hosts[] = { "max.ru/", "www.max.ru/",
		"web.max.ru/", NULL };
	const char *p = gp_after(s, "max:");
	size_t n;

	(void)base;
	if (p == NULL)
		p = gp_address_path(s, hosts);
	if (p == NULL)
		return 0;
	if (gp_after(p, "join/") != NULL)
		return gp_because(
		    why, "an invitation to a private chat: give its number");
	n = strspn(p + (*p == '-'),
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO"
	    "PQRSTUVWXYZ0123456789_");
	n += *p == '-';
	if (n < 2 || (p[n] != '\0' && strchr("/?#", p[n]) == NULL) ||
	    (*p == '-' && strspn(p + 1, "0123456789") != n - 1))
		return gp_because(
		    why, "not the number or public name of a channel");
	gp_buf_add(name, p, n);
	return 1;
}

const struct gp_net gp_net_max = {
	.name = "max",
	.title = "MAX",
	.stream = streams,
	.posts = "bot",
	.comments = "bot",
	.messages = "bot",
	.figures = "bot",
	.api = "https://platform-api2.max.ru",
	.act = &gp_max_act,
	.seek = &gp_max_seek,
	.max_text = 4000,
	.max_caption = 4000,
	.length_unit = "characters",
	.can_schedule = 0,
	.can_poll = 0,
	.can_quiz = 0,
	.idempotent = 0,
	.publish = &gp_max_publish,
	.published = &gp_max_published,
	.address = address,
};

int
gp_max_open(struct gp_max *m, struct gp_job *job, struct gp_why *why)
{
	gp_buf_init(&m->auth, GP_MAX_SECRET + GP_KIB);
	gp_buf_addf(&m->auth, "Authorization: %s", job->token[GP_TOKEN_BOT]);
	if (gp_max_is_number(job->name))
		m->chat = strdup(job->name);
	if (gp_look_init(&m->look) == -1 || m->auth.bad ||
	    (m->chat == NULL && gp_max_is_number(job->name)))
		return gp_because(why, "no memory");
	return 0;
}

void
gp_max_close(struct gp_max *m)
{
	gp_max_ids_release(&m->official);
	free(m->chat);
	gp_buf_wipe(&m->auth);
	gp_look_release(&m->look);
}

void
gp_max_escape(struct gp_buf *b, const char *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP"
				    "QRSTUVWXYZ0123456789-_.~";

	for (; *s != '\0'; s++)
		if (strchr(plain, *s) != NULL)
			gp_buf_addc(b, *s);
		else
			gp_buf_addf(b, "%%%02X", (unsigned char)*s);
}

void
gp_max_get(struct gp_job *job, struct gp_max *m, struct gp_http_req *req,
    const char *path)
{
	req->secret = job->token[GP_TOKEN_BOT];
	req->header[0] = gp_buf_str(&m->auth);
	gp_buf_addf(&req->url, "%s/%s", job->api, path);
	gp_job_pace(job, req, 30);
	req->burst = 30;
}

void
gp_max_number(struct gp_http_req *req, const char *key, int64_t n)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, n);
	gp_http_param(&req->url, key, gp_span_of(text));
}

static int
refused(struct gp_job *job, int status, const char *right, const char *said)
{
	switch (status) {
	case 401:
		return gp_job_fail(job, GP_RUN_AUTH,
		    "the token is wrong or was revoked (401 %s)", said);
	case 403:
		return gp_job_fail(job, GP_RUN_AUTH,
		    "the bot must be an administrator of the channel with the "
		    "right '%s' (403 %s)",
		    right, said);
	case 404:
		return gp_job_fail(
		    job, GP_RUN_REFUSED, "no such channel (404 %s)", said);
	case 400:
	case 405:
	case 422:
		return gp_job_fail(job, GP_RUN_CONFIG,
		    "MAX does not accept the call (%d %s)", status, said);
	case 429:
		return gp_job_fail(
		    job, GP_RUN_LATER, "too many requests (429 %s)", said);
	}
	return gp_job_fail(job, GP_RUN_LATER, "MAX is in trouble (%d%s%s)",
	    status, *said != '\0' ? " " : "", said);
}

int
gp_max_reply(struct gp_job *job, struct gp_max *m,
    const struct gp_http_reply *reply, const char *right, struct gp_json_obj *o)
{
	struct gp_buf said, clean;
	struct gp_json ok;
	struct gp_why why;
	int r = 0;

	gp_buf_init(&said, 0);
	gp_buf_init(&clean, 0);
	if (gp_look_open(&m->look, gp_buf_span(&reply->body), o, &why) == -1) {
		r = reply->status != 200
		    ? refused(job, reply->status, right, "")
		    : gp_job_fail(job, GP_RUN_LATER,
			  "the reply is not MAX's: %s", why.msg);
	} else {
		gp_json_text(gp_json_get(o, "message"), &said);
		gp_http_scrub(
		    &clean, gp_buf_span(&said), job->token[GP_TOKEN_BOT]);
		ok = gp_json_get(o, "success");
		if (reply->status != 200)
			r = refused(
			    job, reply->status, right, gp_buf_str(&clean));
		else if (ok.type == GP_JSON_BOOL && !gp_json_true(ok))
			r = gp_job_fail(job, GP_RUN_REFUSED, "MAX refuses (%s)",
			    gp_buf_str(&clean));
	}
	gp_buf_release(&said);
	gp_buf_release(&clean);
	return r;
}

void
gp_max_who(struct gp_job *job, struct gp_max *m, struct gp_http_req *req)
{
	struct gp_buf path;

	gp_buf_init(&path, 0);
	gp_buf_adds(&path, "chats/");
	gp_max_escape(&path, m->chat != NULL ? m->chat : job->name);
	gp_max_get(job, m, req, gp_buf_str(&path));
	gp_buf_release(&path);
}

int
gp_max_take_who(
    struct gp_job *job, struct gp_max *m, const struct gp_json_obj *o)
{
	struct gp_span id = gp_look_id(&m->look, o, "chat_id");
	struct gp_buf page;
	int r;

	free(m->chat);
	m->chat = gp_span_dup(id);
	if (m->chat != NULL && (id.n > 20 || !gp_max_is_number(m->chat)))
		return gp_job_fail(
		    job, GP_RUN_REFUSED, "chats: 'chat_id' is not a number");
	gp_buf_init(&page, 0);
	gp_buf_addf(&page, "max:%.*s", (int)id.n, id.p);
	r = m->chat == NULL ? -1 : gp_job_page(job, gp_buf_str(&page));
	gp_buf_release(&page);
	return r == -1 ? gp_job_fail(job, GP_RUN_LATER, "no memory") : 0;
}

void
gp_max_ids_add(struct gp_max_ids *ids, struct gp_span id)
{
	if (id.n > 0 && ids->n < GP_MAX_IDS && !gp_max_ids_have(ids, id) &&
	    (ids->v[ids->n] = gp_span_dup(id)) != NULL)
		ids->n++;
}

int
gp_max_ids_have(const struct gp_max_ids *ids, struct gp_span id)
{
	size_t i;

	for (i = 0; i < ids->n; i++)
		if (gp_span_is(id, ids->v[i]))
			return 1;
	return 0;
}

void
gp_max_ids_release(struct gp_max_ids *ids)
{
	while (ids->n > 0)
		free(ids->v[--ids->n]);
}

int
gp_max_me(struct gp_job *job, struct gp_max *m, const struct gp_json_obj *o)
{
	struct gp_span id = gp_look_id(&m->look, o, "user_id");

	if (id.n == 0)
		return gp_job_fail(
		    job, GP_RUN_REFUSED, "me: 'user_id' is missing");
	gp_max_ids_add(&m->official, id);
	return 0;
}

int
gp_max_admins(struct gp_job *job, struct gp_max *m, const struct gp_json_obj *o)
{
	struct gp_json_obj list, user;
	struct gp_span id;
	size_t i;

	if (gp_max_list(job, m, o, "members/admins", "members", &list) == -1)
		return -1;
	for (i = 0; i < list.n; i++) {
		user = gp_look_in(&m->look, list.m[i].value);
		id = gp_look_id(&m->look, &user, "user_id");
		if (id.n == 0)
			return gp_job_fail(job, GP_RUN_REFUSED,
			    "members/admins: members[%zu] has no 'user_id'", i);
		gp_max_ids_add(&m->official, id);
	}
	return 0;
}
