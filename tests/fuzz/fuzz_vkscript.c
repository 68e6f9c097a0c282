/* VKScript that clients send, and what it then calls on a small page. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/vk.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char month[] =
    "scenario: 1\n"
    "now: \"2026-10-03 12:00\"\n"
    "telegram:\n"
    "  bot: {id: 7200000001, name: Б, username: a_bot}\n"
    "  channel: {id: -1001555000333, name: selo, title: С, subscribers: 8}\n"
    "  group: {id: -1001555000444, title: Р, members: 9}\n"
    "  people: {anna: {id: 5, name: Анна, username: anna}}\n"
    "  posts:\n"
    "    - {id: 1, at: \"2026-10-01 09:00\", text: Раз, photos: 1, comments:\n"
    "        [{from: anna, at: \"2026-10-01 10:00\", text: А, replies:\n"
    "        [{as: channel, at: \"2026-10-01 11:00\", text: Б}]}]}\n"
    "  private: [{from: anna, at: \"2026-10-01 10:00\", text: Письмо}]\n"
    "vk: {id: 7, name: selo, title: С, subscribers: 3, long_poll: yes}\n";

/* Read once; it lives as long as the process. */
static struct gp_sim *
page(void)
{
	static struct gp_sim sim;
	static char path[] = "/tmp/gp-fuzz-XXXXXX";
	struct gp_sim_options o = { .log_fd = -1 };
	struct gp_sim_scenario *s;
	struct gp_why why;
	int fd;

	if (sim.s != NULL)
		return &sim;
	fd = mkstemp(path);
	if (fd == -1 || write(fd, month, sizeof(month) - 1) == -1)
		abort();
	close(fd);
	s = gp_sim_scenario_read(path, &why);
	unlink(path);
	if (s == NULL)
		abort();
	o.now = s->now;
	if (gp_sim_init(&sim, s, &o, &why) == -1)
		abort();
	return &sim;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct gp_sim *sim = page();
	struct gp_sim_request r = { .method = "POST",
		.path = "/vk/method/execute" };
	struct gp_sim_reply a;

	gp_sim_reply_init(&a);
	gp_sim_request_add(&r, gp_span_of("v"), gp_span_of("5.199"));
	gp_sim_request_add(&r, gp_span_of("access_token"),
	    gp_span_of(sim->tokens.v[GP_SIM_T_VK_USER]));
	gp_sim_request_add(
	    &r, gp_span_of("code"), (struct gp_span){ (const char *)data, n });
	gp_sim_answer(sim, &r, &a);
	gp_buf_reset(&sim->log);
	gp_sim_request_release(&r);
	gp_sim_reply_release(&a);
	return 0;
}
