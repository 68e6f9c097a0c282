/* MAX: who asks, for which chat, and what is refused with which status. */
#include "sim/max.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/methods.h"

int
gp_sim_max_fail(
    struct gp_sim_max_call *c, int status, const char *code, const char *what)
{
	struct gp_jw w;

	c->a->status = status;
	gp_buf_reset(&c->a->body);
	gp_jw_init(&w, &c->a->body);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "code", code);
	gp_jw_kstr(&w, "message", what);
	gp_jw_close(&w, '}');
	return -1;
}

int
gp_sim_max_params(struct gp_sim_max_call *c, const char *list)
{
	struct gp_sim_param_kind k;
	const char *rest, *value;
	char what[128], *end;
	size_t i;
	int known;

	for (i = 0; i < c->r->n; i++) {
		value = gp_buf_str(&c->r->param[i].value);
		known = 0;
		rest = list;
		while (!known && gp_sim_param_next(&rest, &k))
			known = gp_span_is(k.name, c->r->param[i].name);
		if (known && k.type == 'i')
			strtoll(value, &end, 10);
		if (known && (k.type != 'i' || (*value && *end == '\0')))
			continue;
		snprintf(what, sizeof(what), "%s: '%s'",
		    known ? "not a number" : "unknown parameter",
		    c->r->param[i].name);
		return gp_sim_max_fail(c, 400, "proto.payload", what);
	}
	return 0;
}

void
gp_sim_max_json_user(struct gp_sim_max_call *c, const struct gp_sim_person *p)
{
	struct gp_jw *w = &c->jw;

	gp_jw_kint(w, "user_id", p != NULL ? p->id : GP_SIM_MAX_BOT_ID);
	gp_jw_kstr(w, "first_name", p != NULL ? p->name : "Приёмная");
	if (p != NULL && p->username != NULL)
		gp_jw_kstr(w, "username", p->username);
	gp_jw_kbool(w, "is_bot", p == NULL);
	gp_jw_kint(w, "last_activity_time", c->f->now * 1000);
	gp_jw_kstr(w, "name", p != NULL ? p->name : "Приёмная");
}

static void
chat(struct gp_sim_max_call *c)
{
	const struct gp_sim_own *page = c->f->page;
	struct gp_jw *w = &c->jw;
	struct gp_sim_walk walk;
	const struct gp_sim_note *last;
	char link[128], name[80];

	gp_sim_walk_posts(&walk, c->f);
	last = gp_sim_walk_next(&walk);
	snprintf(link, sizeof(link), "https://max.ru/%s",
	    gp_sim_feed_name(c->f, c->chat, name));
	gp_jw_open(w, '{');
	gp_jw_kint(w, "chat_id", c->chat);
	gp_jw_kstr(w, "type", "channel");
	gp_jw_kstr(
	    w, "status", page->deactivated != NULL ? "removed" : "active");
	gp_jw_kstr(w, "title", page->title != NULL ? page->title : "");
	gp_jw_kint(
	    w, "last_event_time", (last != NULL ? last->at : c->f->now) * 1000);
	gp_jw_kint(w, "participants_count", page->subscribers);
	gp_jw_kbool(w, "is_public", 1);
	gp_jw_kstr(w, "link", link);
	if (page->about != NULL)
		gp_jw_kstr(w, "description", page->about);
	gp_jw_kint(w, "messages_count", gp_sim_feed_posts(c->f));
	gp_jw_close(w, '}');
}

static void
admin(struct gp_sim_max_call *c, const struct gp_sim_person *p)
{
	struct gp_jw *w = &c->jw;

	gp_jw_open(w, '{');
	gp_sim_max_json_user(c, p);
	gp_jw_kint(w, "last_access_time", c->f->now * 1000);
	gp_jw_kint(w, "join_time", c->sim->s->now * 1000);
	gp_jw_kbool(w, "is_owner", 0);
	gp_jw_kbool(w, "is_admin", 1);
	gp_jw_key(w, "permissions");
	gp_jw_open(w, '[');
	gp_jw_str(w, "read_all_messages");
	gp_jw_str(w, "write");
	gp_jw_str(w, "edit");
	gp_jw_str(w, "delete");
	gp_jw_close(w, ']');
	gp_jw_close(w, '}');
}

/* The bot, and those of the people who are administrators. */
static void
admins(struct gp_sim_max_call *c)
{
	const struct gp_sim_person *p = c->sim->s->people.v;
	size_t i;

	gp_jw_open(&c->jw, '{');
	gp_jw_key(&c->jw, "members");
	gp_jw_open(&c->jw, '[');
	admin(c, NULL);
	for (i = 0; i < c->sim->s->people.n; i++)
		if (p[i].admin)
			admin(c, &p[i]);
	gp_jw_close(&c->jw, ']');
	gp_jw_close(&c->jw, '}');
}

static void
chats(struct gp_sim_max_call *c, const char *path)
{
	const char *slash = strchr(path, '/');
	struct gp_span id = { path,
		slash != NULL ? (size_t)(slash - path) : strlen(path) };
	char *end;

	c->chat = strtoll(path, &end, 10);
	if (end == path + id.n && id.n > 0)
		c->f = gp_sim_feed_by_id(c->sim, GP_SIM_MAX, c->chat);
	else
		c->f = gp_sim_feed_by_name(c->sim, GP_SIM_MAX, id, &c->chat);
	if (c->f == NULL)
		gp_sim_max_fail(c, 404, "chat.not.found", "Chat not found");
	else if (gp_sim_max_params(c, "") == -1)
		return;
	else if (slash == NULL)
		chat(c);
	else if (strcmp(slash, "/members/admins") == 0)
		admins(c);
	else
		gp_sim_max_fail(c, 404, "not.found", "no such path");
}

static int
authentic(struct gp_sim_max_call *c)
{
	const char *token = gp_sim_header(c->r, "Authorization");

	/* A token in the address is no longer taken. */
	if (token != NULL &&
	    strcmp(token, c->sim->tokens.v[GP_SIM_T_MAX_BOT]) == 0 &&
	    *token != '\0')
		return 0;
	return gp_sim_max_fail(c, 401, "verify.token", "Invalid access_token");
}

static void
me(struct gp_sim_max_call *c)
{
	if (gp_sim_max_params(c, "") == -1)
		return;
	gp_jw_open(&c->jw, '{');
	gp_sim_max_json_user(c, NULL);
	gp_jw_close(&c->jw, '}');
}

static void
answer(
    struct gp_sim *sim, const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	struct gp_sim_max_call c = { .sim = sim, .r = r, .a = a };
	const char *path = r->path + 5;

	a->type = "application/json";
	c.f = &sim->feed[GP_SIM_MAX];
	gp_jw_init(&c.jw, &a->body);
	if (strncmp(path, "upload/", 7) == 0) { /* it needs no token */
		gp_sim_max_upload(&c, path + 7);
		return;
	}
	if (authentic(&c) == -1)
		return;
	if (r->refused)
		gp_sim_max_fail(&c, 400, "proto.payload", "not JSON");
	else if (strcmp(path, "subscriptions") == 0)
		gp_sim_max_hooks(&c);
	else if (strcmp(path, "uploads") == 0 && strcmp(r->method, "POST") == 0)
		gp_sim_max_uploads(&c);
	else if (strncmp(path, "messages", 8) == 0 &&
	    strcmp(r->method, "GET") != 0)
		gp_sim_max_write(&c, path + 8);
	else if (strcmp(r->method, "GET") != 0)
		gp_sim_max_fail(&c, 405, "method.not.allowed", "GET alone");
	else if (strcmp(path, "me") == 0)
		me(&c);
	else if (strncmp(path, "chats/", 6) == 0)
		chats(&c, path + 6);
	else if (strncmp(path, "messages", 8) == 0)
		gp_sim_max_messages(&c, path + 8);
	else if (strcmp(path, "updates") == 0)
		gp_sim_max_updates(&c);
	else
		gp_sim_max_fail(&c, 404, "not.found", "no such path");
}

static const struct {
	int status;
	const char *code, *what;
} faults[] = {
	{ 401, "verify.token", "Invalid access_token" },
	{ 403, "access.denied", "Access denied" },
	{ 404, "not.found", "Not found" },
	{ 429, "too.many.requests", "Too many requests" },
	{ 503, "service.unavailable", "Service unavailable" },
	{ 400, "proto.payload", "Bad request" }, /* and all others */
};

static int
fault(struct gp_sim *sim, const struct gp_sim_fault *f,
    const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	struct gp_sim_max_call c = { .sim = sim, .r = r, .a = a };
	int status = f->code;
	size_t i = 0;

	a->type = "application/json";
	if (f->kind == GP_SIM_F_429) {
		status = 429;
		a->retry_after = f->retry_after;
	} else if (f->kind == GP_SIM_F_500) {
		status = 503;
	}
	while (i + 1 < sizeof(faults) / sizeof(faults[0]) &&
	    faults[i].status != status)
		i++;
	gp_sim_max_fail(&c, status, faults[i].code, faults[i].what);
	return 0;
}

static int
init(struct gp_sim *sim)
{
	struct gp_sim_max_state *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return -1;
	gp_buf_init(&s->hook, 0);
	sim->state[GP_SIM_MAX] = s;
	return 0;
}

static void
release(struct gp_sim *sim)
{
	struct gp_sim_max_state *s = sim->state[GP_SIM_MAX];

	if (s == NULL)
		return;
	gp_buf_release(&s->hook);
	free(s);
	sim->state[GP_SIM_MAX] = NULL;
}

const struct gp_sim_network gp_sim_max = { "max", "/max/", init, release,
	answer, fault, NULL };
