/* getUpdates with the real server's meaning, and the webhook's three. */
#include <stdlib.h>
#include <string.h>

#include "sim/botapi.h"

#define LIMIT_MAX   100
#define TIMEOUT_MAX 50
#define DAY         86400

/*
 * What the bot wants is remembered from call to call. The first time it says
 * so the queue of the scenario is sifted too, as though it had been asked for
 * all along; later it concerns only what comes.
 */
static void
sift(struct gp_sim_world *w)
{
	size_t i, kept = 0;

	for (i = 0; i < w->updates; i++)
		if (w->allowed >> w->update[i].kind & 1)
			w->update[kept++] = w->update[i];
		else
			free(w->update[i].json);
	w->updates = kept;
}

static unsigned
bit_of(struct gp_json name)
{
	int k;

	for (k = 0; k < GP_SIM_U_KINDS; k++)
		if (gp_json_is(name, gp_sim_kind_name((enum gp_sim_kind)k)))
			return 1u << k;
	return 0; /* a kind that is never played */
}

static int
allowed_updates(struct gp_sim_call *c)
{
	const struct gp_sim_param *p = gp_sim_param(c->r, "allowed_updates");
	struct gp_json_reader *rd;
	struct gp_json_obj o;
	struct gp_why why;
	unsigned set = 0;
	size_t i;
	int bad;

	if (p == NULL) {
		if (!c->w->asked)
			sift(c->w);
		c->w->asked = 1;
		return 0;
	}
	rd = gp_json_new();
	bad = rd == NULL ||
	    gp_json_open(rd, gp_buf_span(&p->value), GP_JSON_ANY, &o, &why) ==
		-1;
	for (i = 0; !bad && i < o.n; i++)
		set |= bit_of(o.m[i].value);
	if (!bad)
		c->w->allowed = o.n == 0 ? GP_SIM_ALLOWED_DEFAULT : set;
	gp_json_free(rd);
	if (bad)
		return gp_sim_fail(
		    c, 400, "can't parse allowed_updates JSON object");
	if (!c->w->asked)
		sift(c->w);
	c->w->asked = 1;
	return 0;
}

/* Confirms what lies below the offset, or all but the last -offset. */
static void
confirm(struct gp_sim_world *w, int64_t offset)
{
	size_t n = 0;

	if (offset < 0) {
		if ((uint64_t)-offset < w->updates)
			n = w->updates - (size_t)-offset;
	} else {
		while (n < w->updates && w->update[n].id < offset)
			n++;
	}
	gp_sim_forget(w, n);
}

static void
forget_old(struct gp_sim *sim)
{
	size_t n = 0;

	if (!sim->o.strict_24h)
		return;
	while (n < sim->w.updates && sim->w.update[n].at < sim->w.now - DAY)
		n++;
	gp_sim_forget(&sim->w, n);
}

static int64_t
between(const struct gp_sim_request *r, const char *name, int64_t unset,
    int64_t min, int64_t max)
{
	int64_t v = unset;

	gp_sim_arg_int(r, name, &v);
	return v < min ? min : v > max ? max : v;
}

/* Waits for an update; 0, or -1: another reader came. */
static int
wait_for_news(struct gp_sim *sim, int64_t seconds)
{
	unsigned long mine = ++sim->reader;
	struct timespec until = gp_sim_after((long)seconds * 1000);

	pthread_cond_broadcast(&sim->news);
	while (sim->w.updates == 0 && sim->reader == mine &&
	    gp_sim_wait(sim, &until) == 0)
		continue;
	return sim->reader == mine ? 0 : -1;
}

int
gp_sim_get_updates(struct gp_sim_call *c)
{
	int64_t limit = between(c->r, "limit", LIMIT_MAX, 1, LIMIT_MAX);
	int64_t timeout = between(c->r, "timeout", 0, 0, TIMEOUT_MAX);
	int64_t offset = 0;
	size_t i;

	if (c->sim->webhook.n > 0)
		return gp_sim_fail(c, 409,
		    "can't use getUpdates method while "
		    "webhook is active; use deleteWebhook to delete the "
		    "webhook first");
	if (allowed_updates(c) == -1)
		return -1;
	if (gp_sim_arg_int(c->r, "offset", &offset) == 1 && offset != 0)
		confirm(c->w, offset);
	forget_old(c->sim);
	if (wait_for_news(c->sim, c->w->updates > 0 ? 0 : timeout) == -1)
		return gp_sim_fail(c, 409,
		    "terminated by other getUpdates "
		    "request; make sure that only one bot instance is running");
	gp_jw_open(&c->jw, '[');
	for (i = 0; i < c->w->updates && (int64_t)i < limit; i++)
		gp_jw_raw(&c->jw, gp_span_of(c->w->update[i].json));
	gp_jw_close(&c->jw, ']');
	return 0;
}

int
gp_sim_set_webhook(struct gp_sim_call *c)
{
	const char *url = gp_sim_arg(c->r, "url");

	if (url != NULL && *url != '\0' && strncmp(url, "https://", 8) != 0)
		return gp_sim_fail(c, 400,
		    "bad webhook: An HTTPS URL must be "
		    "provided for webhook");
	if (allowed_updates(c) == -1)
		return -1;
	gp_buf_reset(&c->sim->webhook);
	gp_buf_adds(&c->sim->webhook, url != NULL ? url : "");
	if (gp_sim_arg_true(c->r, "drop_pending_updates"))
		gp_sim_forget(c->w, c->w->updates);
	return gp_sim_yes(c);
}

int
gp_sim_delete_webhook(struct gp_sim_call *c)
{
	gp_buf_reset(&c->sim->webhook);
	if (gp_sim_arg_true(c->r, "drop_pending_updates"))
		gp_sim_forget(c->w, c->w->updates);
	return gp_sim_yes(c);
}

int
gp_sim_get_webhook_info(struct gp_sim_call *c)
{
	int k;

	gp_jw_open(&c->jw, '{');
	gp_jw_kstr(&c->jw, "url", gp_buf_str(&c->sim->webhook));
	gp_jw_kbool(&c->jw, "has_custom_certificate", 0);
	gp_jw_kint(&c->jw, "pending_update_count", (int64_t)c->w->updates);
	if (c->w->allowed != GP_SIM_ALLOWED_DEFAULT) {
		gp_jw_key(&c->jw, "allowed_updates");
		gp_jw_open(&c->jw, '[');
		for (k = 0; k < GP_SIM_U_KINDS; k++)
			if (c->w->allowed >> k & 1)
				gp_jw_str(&c->jw,
				    gp_sim_kind_name((enum gp_sim_kind)k));
		gp_jw_close(&c->jw, ']');
	}
	gp_jw_close(&c->jw, '}');
	return 0;
}
