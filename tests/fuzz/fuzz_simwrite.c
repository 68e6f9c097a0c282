/*
 * What clients write to gp-sim: the JSON of attachments, bodies, replies and
 * polls. The first byte says of which call the rest is a parameter.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/max.h"
#include "sim/ok.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

#define RUNS 20000 /* then the page is made anew: it only grows */

static const char month[] =
    "scenario: 1\n"
    "now: \"2026-10-03 12:00\"\n"
    "telegram:\n"
    "  bot: {id: 7200000001, name: Б, username: a_bot}\n"
    "  channel: {id: -1001555000333, name: selo, title: С, subscribers: 8}\n"
    "  group: {id: -1001555000444, title: Р, members: 9}\n"
    "  people: {anna: {id: 5, name: Анна, username: anna, admin: yes}}\n"
    "  posts:\n"
    "    - {id: 1, at: \"2026-10-01 09:00\", text: Раз, photos: 1, comments:\n"
    "        [{from: anna, at: \"2026-10-01 10:00\", text: А}]}\n"
    "  private: [{from: anna, at: \"2026-10-01 10:00\", text: Письмо}]\n"
    "vk: {id: 7, name: selo, title: С, subscribers: 3, long_poll: yes}\n"
    "ok: {id: 8, name: selo, title: С, subscribers: 3}\n"
    "max: {id: -9, name: selo, title: С, subscribers: 3}\n";

static void
made(struct gp_sim *sim, const struct gp_sim_scenario *s)
{
	const struct gp_sim_options o = { .log_fd = -1, .now = s->now };
	struct gp_why why;

	if (gp_sim_init(sim, s, &o, &why) == -1)
		abort();
}

static struct gp_sim *
page(void)
{
	static struct gp_sim sim;
	static char path[] = "/tmp/gp-fuzz-XXXXXX";
	static struct gp_sim_scenario *s;
	static int runs;
	struct gp_why why;
	int fd;

	if (s == NULL) {
		fd = mkstemp(path);
		if (fd == -1 || write(fd, month, sizeof(month) - 1) == -1)
			abort();
		close(fd);
		s = gp_sim_scenario_read(path, &why);
		unlink(path);
		if (s == NULL)
			abort();
		made(&sim, s);
	}
	if (++runs % RUNS == 0) {
		gp_sim_release(&sim);
		made(&sim, s);
	}
	return &sim;
}

/* clang-format off */
static const struct {
	char first;
	const char *path, *fixed; /* parameters that are always there */
	const char *param; /* what the bytes are; NULL: the members of a body */
} calls[] = {
	{ 'a', "/ok/fb.do", "format=json\ngid=8\nmethod=mediatopic.post\ntype=GROUP_THEME\n", "attachment" },
	{ 'g', "/ok/graph/me/messages", "", NULL },
	{ 'm', "/max/messages", "chat_id=-9\n", NULL },
	{ 'c', "/comments", "", NULL },
	{ 'r', "/sendMessage", "chat_id=@selo\ntext=https://example.org\n", "reply_parameters" },
	{ 'l', "/sendMessage", "chat_id=@selo\ntext=https://example.org\n", "link_preview_options" },
	{ 'o', "/sendPoll", "chat_id=@selo\nquestion=?\n", "options" },
	{ 'p', "/vk/method/polls.create", "v=5.199\nowner_id=-7\nquestion=?\n", "add_answers" },
	{ 'w', "/vk/method/wall.post", "v=5.199\nowner_id=-7\nmessage=a\n", "attachments" },
};
/* clang-format on */

static void
query(struct gp_sim_request *r, const char *name, const char *value)
{
	struct gp_sim_param *p =
	    gp_sim_request_add(r, gp_span_of(name), gp_span_of(value));

	if (p != NULL)
		p->query = 1;
}

static void
fixed(struct gp_sim_request *r, const char *list)
{
	char name[32], value[64];

	while (*list != '\0') {
		snprintf(
		    name, sizeof(name), "%.*s", (int)strcspn(list, "="), list);
		list += strlen(name) + 1;
		snprintf(value, sizeof(value), "%.*s", (int)strcspn(list, "\n"),
		    list);
		list += strlen(value) + 1;
		query(r, name, value);
	}
}

/* The tokens of all networks; of OK a signature, its names in their order. */
static void
tokens(struct gp_sim *sim, struct gp_sim_request *r, char sig[33])
{
	const struct gp_sim_tokens *t = &sim->tokens;
	struct gp_buf b;

	r->header[0] =
	    (struct gp_sim_header){ "Authorization", t->v[GP_SIM_T_MAX_BOT] };
	r->header[1] =
	    (struct gp_sim_header){ "Content-Type", "application/json" };
	r->headers = 2;
	if (strncmp(r->path, "/vk/", 4) == 0)
		query(r, "access_token", t->v[GP_SIM_T_VK_USER]);
	if (strncmp(r->path, "/ok/graph/", 10) == 0)
		query(r, "access_token", t->v[GP_SIM_T_OK_BOT]);
	if (strcmp(r->path, "/ok/fb.do") != 0)
		return;
	query(r, "application_key", t->v[GP_SIM_T_OK_APPLICATION_KEY]);
	gp_buf_init(&b, 0);
	gp_buf_addf(&b,
	    "application_key=%sattachment=%sformat=jsongid=8"
	    "method=mediatopic.posttype=GROUP_THEME%s",
	    t->v[GP_SIM_T_OK_APPLICATION_KEY], gp_sim_arg(r, "attachment"),
	    t->v[GP_SIM_T_OK_SESSION]);
	gp_sim_ok_md5(gp_buf_span(&b), sig);
	gp_buf_release(&b);
	query(r, "access_token", t->v[GP_SIM_T_OK_ACCESS]);
	query(r, "sig", sig);
}

static void
asked(struct gp_sim *sim, size_t i, struct gp_buf *bytes)
{
	struct gp_sim_request r = { .method = "POST" };
	struct gp_sim_reply a;
	struct gp_why why;
	char path[256], sig[33] = "", mid[40];

	gp_sim_max_mid(mid, sim->feed[GP_SIM_MAX].posts.v[0]);
	if (strncmp(calls[i].path, "/send", 5) == 0)
		snprintf(path, sizeof(path), "/bot%s%s",
		    sim->tokens.v[GP_SIM_T_TELEGRAM], calls[i].path);
	else if (calls[i].first == 'c')
		snprintf(path, sizeof(path), "/max/messages/%s%s", mid,
		    calls[i].path);
	else
		snprintf(path, sizeof(path), "%s", calls[i].path);
	r.path = path;
	r.body = gp_buf_span(bytes);
	gp_sim_reply_init(&a);
	if (calls[i].param != NULL)
		gp_sim_request_add(&r, gp_span_of(calls[i].param), r.body);
	else
		r.refused =
		    gp_sim_request_json(&r, bytes, &why) == -1 ? 400 : 0;
	fixed(&r, calls[i].fixed);
	tokens(sim, &r, sig);
	gp_sim_answer(sim, &r, &a);
	gp_buf_reset(&sim->log);
	gp_sim_request_release(&r);
	gp_sim_reply_release(&a);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct gp_sim *sim = page();
	struct gp_buf bytes;
	size_t i;

	if (n == 0)
		return 0;
	gp_buf_init(&bytes, 0);
	gp_buf_add(&bytes, data + 1, n - 1);
	for (i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		if (calls[i].first == (char)data[0])
			asked(sim, i, &bytes);
	gp_buf_release(&bytes);
	return 0;
}
