/* Replies of the Bot API, whatever they hold, through the whole stream. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "net/telegram.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* The first byte says how many sound replies come before the foreign one. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const sound[] = {
		("{\"ok\":true,\"result\":{\"id\":-1001,\"title\":\"T\","
		 "\"username\":\"adm\",\"linked_chat_id\":-1002}}"),
		"{\"ok\":true,\"result\":12}",
		"{\"ok\":true,\"result\":[{\"user\":{\"id\":7}}]}",
	};
	static const struct gp_want want = { .now = 1790000000, .confirm = 1 };
	static const struct gp_page_conf page = { .messages = 1 };
	static const struct gp_net_conf conf = { .rate = GP_RATE_OWN };
	static char name[] = "adm", id[] = "telegram:adm", none[] = "";
	struct gp_job job = { .net = gp_net_of("telegram"),
		.stream = &gp_telegram_updates,
		.want = &want,
		.of = &page,
		.conf = &conf,
		.token = { [GP_TOKEN_BOT] = "1:x" },
		.name = name,
		.page = id,
		.api = none };
	struct gp_http_reply reply = { .status = 200 };
	struct gp_http_req req;
	size_t before = n > 0 ? data[0] % 4 : 0, i;
	struct gp_why why;

	memset(&req, 0, sizeof(req));
	if (gp_job_open(&job, &why) == 0) {
		for (i = 0; i < before; i++) {
			gp_buf_reset(&reply.body);
			gp_buf_adds(&reply.body, sound[i]);
			job.stream->take(&job, &reply);
		}
		gp_buf_reset(&reply.body);
		if (n > 1)
			gp_buf_add(&reply.body, data + 1, n - 1);
		job.stream->take(&job, &reply);
		job.stream->next(&job, &req);
	}
	gp_job_close(&job);
	gp_buf_release(&req.url);
	gp_buf_release(&req.body);
	gp_buf_release(&reply.body);
	gp_buf_release(&job.out);
	free(job.left);
	return 0;
}
