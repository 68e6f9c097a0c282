/*
 * Answers of VK, whatever they hold, through each of its streams. The first
 * byte says which stream and how many sound answers come before.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "net/vk.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const char *const sound[][3] = {
	{ "{\"response\":{\"groups\":[{\"id\":7,\"name\":\"T\"}]}}", NULL,
	    NULL },
	{ "{\"response\":{\"count\":300,\"items\":[{\"id\":9,\"date\":1789999999"
	  ",\"text\":\"a [id1|b]\",\"from_id\":-7},{\"id\":8,\"date\":1789999990}"
	  "]}}",
	    NULL, NULL },
	{ "{\"response\":{\"count\":2,\"items\":[{\"id\":9,\"date\":1789999999,"
	  "\"comments\":{\"count\":3}},{\"id\":8,\"date\":1789999990,"
	  "\"comments\":{\"count\":1}}]}}",
	    "{\"response\":[{\"count\":3,\"current_level_count\":1,\"items\":[{"
	    "\"id\":1,\"date\":1,\"thread\":{\"count\":2,\"items\":[]}}]},"
	    "false],\"execute_errors\":[{\"error_code\":6}]}",
	    NULL },
	{ "{\"response\":{\"count\":1,\"items\":[{\"conversation\":{\"peer\":{"
	  "\"id\":5}},\"last_message\":{\"id\":3,\"date\":1}}]}}",
	    NULL, NULL },
	{ "{\"response\":{\"key\":\"k\",\"server\":\"http://127.0.0.1/\","
	  "\"ts\":1}}",
	    "{\"ts\":\"2\",\"updates\":[{\"type\":\"wall_reply_new\","
	    "\"object\":{\"id\":1,\"post_id\":2,\"date\":1}}]}",
	    NULL },
	{ "{\"response\":[{\"period_from\":1,\"period_to\":2,\"reach\":{"
	  "\"reach\":4}}]}",
	    "{\"response\":{\"items\":[{\"id\":4,\"date\":3}]}}", NULL },
};

static void
answer(struct gp_job *job, const void *p, size_t n)
{
	struct gp_http_reply reply = { .status = 200 };

	gp_http_call_reset(&job->call);
	if (job->stream->next(job, &job->call.req) == 1) {
		gp_buf_add(&reply.body, p, n);
		if (job->stream->take(job, &reply) == 0 &&
		    job->stream->plan != NULL)
			job->stream->plan(job);
	}
	gp_buf_release(&reply.body);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct gp_want want = {
		.now = 1790000000, .overlap = 86400, .all = 1
	};
	static const struct gp_page_conf page = { .messages = 1 };
	static const struct gp_net_conf conf = { .rate = GP_RATE_OWN };
	const struct gp_net *vk = gp_net_of("vk");
	struct gp_job *job = calloc(1, sizeof(*job));
	size_t which = n > 0 ? data[0] % 6 : 0, i;
	size_t before = n > 0 ? data[0] / 6 % 3 : 0;
	struct gp_why why;

	if (job == NULL)
		return 0;
	job->net = vk;
	job->stream = vk->stream[which];
	job->want = &want;
	job->of = &page;
	job->conf = &conf;
	job->token[GP_TOKEN_USER] = job->token[GP_TOKEN_COMMUNITY] = "x";
	job->name = strdup("7");
	job->page = strdup("vk:-7");
	job->api = strdup("http://127.0.0.1");
	gp_http_call_init(&job->call);
	if (job->stream->open(job, &why) == 0) {
		for (i = 0; i < before && sound[which][i] != NULL; i++)
			answer(job, sound[which][i], strlen(sound[which][i]));
		if (n > 1 && job->outcome == GP_RUN_OK)
			answer(job, data + 1, n - 1);
		gp_job_account(job);
	}
	if (job->own != NULL)
		job->stream->close(job);
	gp_job_free(job);
	return 0;
}
