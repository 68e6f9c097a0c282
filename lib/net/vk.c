#include "net/vk.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "net/address.h"

static const struct gp_stream *const streams[] = { &gp_vk_page, &gp_vk_posts,
	&gp_vk_comments, &gp_vk_messages, &gp_vk_updates, &gp_vk_stats, NULL };

/* "club123", "public123", "-123", "123": the number; 0: a name. */
static int64_t
number(const char *name)
{
	static const char *const words[] = { "club", "public", "event", "-",
		"" };
	const char *p;
	char *end;
	size_t i;
	int64_t n;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		p = gp_after(name, words[i]);
		if (p == NULL || !isdigit((unsigned char)*p))
			continue;
		n = strtoll(p, &end, 10);
		return *end == '\0' ? n : 0;
	}
	return 0;
}

static void
page_id(const char *name, struct gp_buf *to)
{
	int64_t n = number(name);

	if (n != 0)
		gp_buf_addf(to, "vk:-%" PRId64, n);
	else
		gp_buf_addf(to, "vk:%s", name);
}

static int
address(
    const char *s, struct gp_buf *name, struct gp_buf *base, struct gp_why *why)
{
	static const char *const hosts[] = { "vk.com/", "vk.ru/", "m.vk.com/",
		"m.vk.ru/", "www.vk.com/", NULL };
	const char *p = gp_after(s, "vk:");
	size_t n;

	(void)base;
	if (p == NULL)
		p = gp_address_path(s, hosts);
	if (p == NULL)
		return 0;
	if (gp_after(p, "wall-") != NULL)
		p += 4;
	n = strspn(p,
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789_.-");
	if (*p == '-') /* wall-123_456 */
		n = 1 + strspn(p + 1, "0123456789");
	if (n < 2 || (p[n] != '\0' && strchr("/?#_", p[n]) == NULL) ||
	    gp_after(p, "id") == p + 2)
		return gp_because(why, "not the name or number of a community");
	gp_buf_add(name, p, n);
	return 1;
}

static int
readable(const struct gp_stream *s, const struct gp_page_conf *page)
{
	return s != &gp_vk_messages || (page != NULL && page->messages);
}

const struct gp_net gp_net_vk = {
	.name = "vk",
	.title = "VKontakte",
	.stream = streams,
	.posts = "service, user",
	.comments = "service, user, community",
	.messages = "community",
	.figures = "user",
	.api = "https://api.vk.ru",
	.act = &gp_vk_act,
	.seek = &gp_vk_seek,
	.publish = &gp_vk_publish,
	.published = &gp_vk_published,
	.max_message = 9000,
	.max_text = 16384,
	.max_caption = 16384,
	.length_unit = "characters",
	.names_fold = 1,
	.can_schedule = 1,
	.can_poll = 1,
	.can_quiz = 0,
	.idempotent = 1,
	.address = address,
	.page_id = page_id,
	.readable = readable,
};

int
gp_vk_open(struct gp_vk *vk, struct gp_job *job, struct gp_why *why)
{
	if (gp_look_init(&vk->look) == -1)
		return gp_because(why, "no memory");
	vk->group = number(job->name);
	return 0;
}

void
gp_vk_close(struct gp_vk *vk)
{
	gp_look_release(&vk->look);
}

void
gp_vk_who(struct gp_job *job, struct gp_http_req *req, unsigned kinds)
{
	struct gp_vk_call c = { .method = "groups.getById" };

	gp_vk_text(&c, "group_id", job->name);
	gp_vk_request(job, req, kinds, &c, 1);
}

struct gp_json_obj
gp_vk_first_group(struct gp_vk *vk, struct gp_json v)
{
	struct gp_json_obj none = { .n = 0 }, o = gp_look_in(&vk->look, v);

	if (v.type == GP_JSON_OBJECT)
		o = gp_look_at(&vk->look, &o, "groups");
	return o.n > 0 ? gp_look_in(&vk->look, o.m[0].value) : none;
}

int
gp_vk_take_who(
    struct gp_job *job, struct gp_vk *vk, const struct gp_http_reply *reply)
{
	struct gp_json_obj group;
	struct gp_json v;
	struct gp_buf id;
	int r;

	if (gp_vk_response(job, vk, reply, &v) == -1)
		return -1;
	group = gp_vk_first_group(vk, v);
	vk->group = gp_look_int(&group, "id");
	if (vk->group <= 0)
		return gp_job_fail(
		    job, GP_RUN_REFUSED, "no community of that name");
	gp_buf_init(&id, 0);
	gp_buf_addf(&id, "vk:-%" PRId64, vk->group);
	r = gp_job_page(job, gp_buf_str(&id));
	gp_buf_release(&id);
	return r == -1 ? gp_job_fail(job, GP_RUN_LATER, "no memory") : 0;
}
