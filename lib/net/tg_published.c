/* Whether a post stands in a Telegram channel, as its preview page shows. */
#include <inttypes.h>
#include <stdio.h>

#include "net/preview.h"
#include "net/publish.h"
#include "net/telegram.h"

struct seek {
	struct gp_preview *preview;
	int looks, pages; /* looks that came to their end; pages of this one */
	int64_t before;   /* number; 0: the newest */
	int short_of;     /* a look did not come back to the time */
};

enum {
	LOOKS = 2 /* the page may be some seconds behind the channel */
};

static int
open_seek(struct gp_job *job, struct gp_why *why)
{
	struct seek *s = job->own;

	s->preview = gp_preview_new();
	return s->preview != NULL ? 0 : gp_because(why, "no memory");
}

static void
close_seek(struct gp_job *job)
{
	struct seek *s = job->own;

	gp_preview_free(s->preview);
}

static int
next_seek(struct gp_job *job, struct gp_http_req *req)
{
	const struct gp_page_conf *of = job->of;
	struct seek *s = job->own;

	if (s->looks == LOOKS || job->act->found == GP_SEEK_FOUND ||
	    (of != NULL &&
		(of->no_preview ||
		    (of->bot != NULL && of->bot->channel != NULL))))
		return 0;
	gp_buf_addf(&req->url, "%s/s/%s", job->preview, job->name);
	if (s->before != 0)
		gp_buf_addf(&req->url, "?before=%" PRId64, s->before);
	gp_tg_preview(job, req);
	if (s->looks > 0 && s->pages == 0 && req->rate > 0)
		req->delay = 15;
	return 1;
}

static int
is_ours(const struct gp_job *job, const struct gp_preview_message *m)
{
	const struct gp_publish *what = job->act->publish;
	const struct gp_item *it = &m->item;
	char id[160];

	snprintf(id, sizeof(id), "%s/%" PRId64, job->page, m->number);
	if (!gp_publish_time(job->act, it->at) ||
	    gp_publish_taken(job->act, id))
		return 0;
	if (what->poll != NULL && what->files == 0)
		return it->poll != NULL &&
		    gp_publish_same(
			it->poll->question, gp_span_of(what->poll->question));
	return it->attachments >= (what->files > 0) &&
	    gp_publish_same(it->text, what->said.text);
}

static int
take_seek(struct gp_job *job, const struct gp_http_reply *reply)
{
	struct seek *s = job->own;
	const struct gp_preview_message *m;
	struct gp_why why;
	int64_t oldest = 0;
	int end = 0;
	size_t i;

	if (gp_tg_status(job, reply) == -1)
		return -1;
	if (gp_preview_read(s->preview, gp_buf_span(&reply->body), &why) == -1)
		return gp_job_fail(job, GP_RUN_LATER, "%s", why.msg);
	for (i = s->preview->n; i > 0; i--) {
		m = &s->preview->message[i - 1];
		end |= gp_act_before(job->act, m->item.at) || m->number == 1;
		if (oldest == 0 || m->number < oldest)
			oldest = m->number;
		if (!is_ours(job, m))
			continue;
		job->act->found = GP_SEEK_FOUND;
		gp_buf_addf(
		    &job->act->result, "%s/%" PRId64, job->page, m->number);
		gp_buf_addf(&job->act->url, "https://t.me/%s/%" PRId64,
		    job->name, m->number);
		return 0;
	}
	if (s->preview->kind != GP_PREVIEW_PAGE) {
		s->looks = LOOKS; /* nothing can be told */
		return 0;
	}
	end |= s->preview->n == 0;
	s->short_of |= !end && s->pages + 1 == GP_SEEK_PAGES;
	if (!end && ++s->pages < GP_SEEK_PAGES) {
		s->before = oldest;
		return 0;
	}
	s->pages = 0;
	s->before = 0;
	if (++s->looks == LOOKS && !s->short_of)
		job->act->found = GP_SEEK_ABSENT;
	return 0;
}

const struct gp_stream gp_tg_published = {
	.name = "published",
	.size = sizeof(struct seek),
	.open = open_seek,
	.next = next_seek,
	.take = take_seek,
	.close = close_seek,
};
