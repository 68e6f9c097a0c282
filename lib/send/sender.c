#include "send/sender.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "http/bucket.h"
#include "store/store.h"

/* A server may always have it; of a file it is seen. */
static int
is_there(const char *at)
{
	char *place = gp_outbox_place(at);
	int r = gp_store_is_server(at) ||
	    (place != NULL && access(place, F_OK) == 0);

	free(place);
	return r;
}

enum gp_exit
gp_sender_journal(struct gp_sender *s, int there, struct gp_why *why)
{
	const char *at = s->journal != NULL ? s->journal : s->db;
	enum gp_exit status = GP_OK;
	struct gp_buf own;

	gp_buf_init(&own, 0);
	if (at == NULL && gp_file_state("sent", &own, why) == -1) {
		gp_buf_release(&own);
		return GP_IO;
	}
	if (at == NULL)
		at = gp_buf_str(&own);
	if (!there || is_there(at))
		status = gp_outbox_open(&s->outbox, at, why);
	gp_buf_release(&own);
	return status;
}

enum gp_exit
gp_sender_network(struct gp_sender *s, struct gp_http_conf *http,
    const struct gp_send *send, int rehearsal, struct gp_why *why)
{
	enum gp_exit status = GP_OK;

	if (!rehearsal)
		status = gp_budget_open(&s->budget, s->conf.budget, why);
	if (status != GP_OK)
		return status;
	http->table = gp_budget_table(s->budget);
	gp_buf_init(&s->share, GP_MAX_URL);
	if (gp_bucket_folder(&s->share) == 0)
		http->share = gp_buf_str(&s->share);
	http->ca_file = s->conf.ca_file;
	http->timeout = s->timeout;
	http->max_wait = s->max_wait;
	http->stop = send->stop;
	s->http = gp_http_new(http, why);
	if (s->http == NULL)
		return GP_SOFTWARE;
	if (gp_pages_init(&s->pages, &s->conf, &s->want, s->http) == -1) {
		gp_because(why, "no memory");
		return GP_SOFTWARE;
	}
	s->send = *send;
	s->send.http = s->http;
	s->send.outbox = rehearsal ? NULL : s->outbox;
	s->send.now = s->want.now;
	s->send.began = gp_clock();
	s->send.settle = s->settle;
	s->send.max_wait = s->max_wait;
	return GP_OK;
}

void
gp_sender_release(struct gp_sender *s)
{
	if (s->pages.page != NULL)
		gp_pages_release(&s->pages);
	gp_http_free(s->http);
	gp_budget_close(s->budget);
	gp_outbox_close(s->outbox);
	gp_buf_release(&s->share);
	gp_config_release(&s->conf);
	memset(s, 0, sizeof(*s));
}
