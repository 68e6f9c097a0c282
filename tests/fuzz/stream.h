/*
 * Foreign replies through each stream of a network. The first byte says which
 * stream, and how many sound answers come before the foreign one.
 */
#ifndef GP_FUZZ_STREAM_H
#define GP_FUZZ_STREAM_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "net/net.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

enum {
	FUZZ_SOUND = 6
};

static void
fuzz_answer(struct gp_job *job, const void *p, size_t n)
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

static int
fuzz_streams(const char *network, const char *name, const char *page,
    const char *const sound[][FUZZ_SOUND], const uint8_t *data, size_t n)
{
	static const struct gp_want want = {
		.now = 1790000000, .overlap = 86400, .all = 1
	};
	static const struct gp_page_conf of = { .messages = 1,
		.application_key = "x" };
	static const struct gp_net_conf conf = { .rate = GP_RATE_OWN };
	const struct gp_net *net = gp_net_of(network);
	struct gp_job *job = calloc(1, sizeof(*job));
	size_t streams = 0, which, before, i;
	struct gp_why why;

	if (job == NULL || n == 0) {
		free(job);
		return 0;
	}
	while (net->stream[streams] != NULL)
		streams++;
	which = data[0] % streams;
	before = data[0] / streams % (FUZZ_SOUND + 1);
	job->net = net;
	job->stream = net->stream[which];
	job->want = &want;
	job->of = &of;
	job->conf = &conf;
	for (i = 0; i < GP_TOKENS; i++)
		job->token[i] = "x";
	job->name = strdup(name);
	job->page = strdup(page);
	job->api = strdup("http://127.0.0.1");
	job->graph = strdup("http://127.0.0.1");
	gp_http_call_init(&job->call);
	if (gp_job_open(job, &why) == 0) {
		for (i = 0; i < before && sound[which][i] != NULL; i++)
			fuzz_answer(
			    job, sound[which][i], strlen(sound[which][i]));
		if (job->outcome == GP_RUN_OK)
			fuzz_answer(job, data + 1, n - 1);
		gp_job_account(job);
	}
	gp_job_close(job);
	gp_job_free(job);
	return 0;
}

#endif
