#include "send/pages.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

int
gp_pages_init(struct gp_pages *p, const struct gp_config *conf,
    const struct gp_want *want, struct gp_http *http)
{
	memset(p, 0, sizeof(*p));
	p->conf = conf;
	p->http = http;
	p->choice.conf = conf;
	p->choice.want = want;
	p->page = calloc(conf->page.n + 1, sizeof(*p->page));
	return p->page != NULL ? 0 : -1;
}

void
gp_pages_release(struct gp_pages *p)
{
	gp_choice_release(&p->choice);
	free(p->page);
	p->page = NULL;
}

/* The page's number may be known to the network only. */
static void
ask_who(struct gp_pages *p, struct gp_job *j)
{
	struct gp_act act;

	gp_act_init(&act, GP_ACT_WHO);
	j->act = &act;
	if (gp_job_open(j, &j->why) == -1)
		j->outcome = GP_RUN_CONFIG;
	gp_http_call_reset(&j->call);
	while (
	    j->outcome == GP_RUN_OK && j->stream->next(j, &j->call.req) == 1) {
		gp_http_do(p->http, &j->call);
		if (j->call.end == GP_HTTP_OK)
			j->stream->take(j, &j->call.reply);
		else
			gp_job_fail(j, GP_RUN_LATER, "%s", j->call.why.msg);
		gp_http_call_reset(&j->call);
	}
	gp_job_close(j);
	gp_act_release(&act);
	j->act = NULL;
}

static struct gp_job *
job_of(struct gp_pages *p, size_t i, struct gp_why *why)
{
	const struct gp_page_conf *conf = p->conf->page.v;
	struct gp_page_out *page = &p->page[i];

	if (page->job != NULL)
		return page->job;
	if (gp_choose_act(&p->choice, &conf[i], why) != GP_OK)
		return NULL;
	page->job = p->choice.job[p->choice.n - 1];
	if (page->job->outcome == GP_RUN_OK)
		ask_who(p, page->job);
	return page->job;
}

struct gp_job *
gp_pages_find(
    struct gp_pages *p, const char *network, const char *id, struct gp_why *why)
{
	const struct gp_page_conf *conf = p->conf->page.v;
	const struct gp_job *failed = NULL;
	struct gp_job *j;
	char *own;
	size_t i;
	int pass, is_it;

	/* Those whose id the config tells come first: nothing is asked. */
	for (pass = 0; pass < 2; pass++)
		for (i = 0; i < p->conf->page.n; i++) {
			if (strcmp(conf[i].network, network) != 0)
				continue;
			own = gp_choose_page_id(&conf[i]);
			is_it = own != NULL && strcmp(own, id) == 0;
			free(own);
			if (pass == 0 && !is_it)
				continue;
			j = job_of(p, i, why);
			if (j == NULL || is_it || strcmp(j->page, id) == 0)
				return j;
			if (j->outcome != GP_RUN_OK)
				failed = j;
		}
	gp_because(why, "no page of the config is '%s'%s%s", id,
	    failed != NULL ? ", as far as is known: " : "",
	    failed != NULL ? failed->why.msg : "");
	return NULL;
}

void
gp_pages_pace(struct gp_pages *p, const struct gp_job *job, double rate,
    const volatile int *stop)
{
	const struct timespec pause = { 0, 50000000L };
	size_t i;

	for (i = 0; i < p->conf->page.n; i++) {
		if (p->page[i].job != job)
			continue;
		while (rate > 0 && p->page[i].last > 0 && !*stop &&
		    gp_clock() < p->page[i].last + 60 / rate)
			nanosleep(&pause, NULL);
		p->page[i].last = gp_clock();
	}
}
