/* What is said on a bad day instead of an answer; and the log of all days. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "sim/network.h"

static int
is_bot(const struct gp_sim_request *r)
{
	return strncmp(r->path, "/bot", 4) == 0 && strchr(r->path, ':') != NULL;
}

static void
html(struct gp_sim_reply *a, int status, const char *title, const char *body)
{
	a->status = status;
	gp_buf_addf(&a->body,
	    "<html>\n<head><title>%s</title></head>\n<body>\n"
	    "<center><h1>%s</h1></center>\n%s</body>\n</html>\n",
	    title, title, body);
}

static void
too_many(const struct gp_sim_fault *f, const struct gp_sim_request *r,
    struct gp_sim_reply *a)
{
	char what[64];

	if (!is_bot(r)) {
		a->retry_after = f->retry_after;
		html(a, 429, "429 Too Many Requests", "");
		return;
	}
	snprintf(what, sizeof(what), "Too Many Requests: retry after %lld",
	    (long long)f->retry_after);
	gp_sim_bot_error(a, 429, what, f->retry_after);
}

/* A fault that others are made of: what is said is the same. */
static struct gp_sim_fault
plain(const struct gp_sim_fault *f, const struct gp_sim_request *r)
{
	const struct gp_sim_network *net = gp_sim_network_of(r->path);
	struct gp_sim_fault as = *f;

	if (f->kind == GP_SIM_F_DONE_500)
		as.kind = GP_SIM_F_500;
	else if (f->kind == GP_SIM_F_DONE_502)
		as.kind = GP_SIM_F_502HTML;
	if (f->kind != GP_SIM_F_FLOOD)
		return as;
	as.kind = GP_SIM_F_CODE;
	as.code = net == &gp_sim_vk ? 9 : 8;
	if (net != &gp_sim_vk && net != &gp_sim_ok)
		as.kind = GP_SIM_F_429;
	return as;
}

void
gp_sim_fault_answer(struct gp_sim *sim, const struct gp_sim_fault *given,
    const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	const struct gp_sim_network *net = gp_sim_network_of(r->path);
	const struct gp_sim_fault as = plain(given, r), *f = &as;

	if (net != NULL && net->fault != NULL &&
	    (f->kind == GP_SIM_F_429 || f->kind == GP_SIM_F_500 ||
		f->kind == GP_SIM_F_CODE) &&
	    net->fault(sim, f, r, a) == 0)
		return;
	switch (f->kind) {
	case GP_SIM_F_429:
	case GP_SIM_F_CODE:
		too_many(f, r, a);
		break;
	case GP_SIM_F_500:
		if (is_bot(r))
			gp_sim_bot_error(
			    a, 500, "Internal Server Error: restart", 0);
		else
			html(a, 500, "500 Internal Server Error", "");
		break;
	case GP_SIM_F_502HTML:
		html(a, 502, "502 Bad Gateway", "<hr><center>nginx</center>\n");
		break;
	case GP_SIM_F_CHALLENGE:
		html(a, 200, "Just a moment...",
		    "<noscript>Enable JavaScript and cookies to continue"
		    "</noscript>\n<form id=\"challenge-form\" method=\"POST\">"
		    "</form>\n");
		break;
	case GP_SIM_F_LOOP:
		a->status = 302;
		snprintf(a->location, sizeof(a->location), "/_sim/loop?n=1");
		break;
	default:
		/* Empty, and what the server does with the connection. */
		break;
	}
}

/* "/bot<hidden>/getMe": a token never stands in a log. */
static void
hidden_path(struct gp_jw *w, const char *path)
{
	const char *bot = strstr(path, "/bot"), *rest;
	struct gp_buf b;

	rest = bot != NULL && strchr(bot, ':') ? strchr(bot + 1, '/') : NULL;
	if (rest == NULL) {
		gp_jw_kstr(w, "path", path);
		return;
	}
	gp_buf_init(&b, 0);
	gp_buf_add(&b, path, (size_t)(bot - path));
	gp_buf_addf(&b, "/bot<hidden>%s", rest);
	gp_jw_ktext(w, "path", gp_buf_span(&b));
	gp_buf_release(&b);
}

/* Parameters that carry a secret on some network. */
static int
secret(const char *name)
{
	static const char *const names[] = { "access_token", "session_key",
		"session_secret_key", "secret_token", "secret", "sig", "key" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return 1;
	return 0;
}

static void
params(struct gp_jw *w, const struct gp_sim_request *r)
{
	char size[48];
	size_t i;

	gp_jw_key(w, "params");
	gp_jw_open(w, '{');
	for (i = 0; i < r->n; i++) {
		if (secret(r->param[i].name)) {
			gp_jw_kstr(w, r->param[i].name, "<hidden>");
			continue;
		}
		if (!r->param[i].file) {
			gp_jw_ktext(w, r->param[i].name,
			    gp_buf_span(&r->param[i].value));
			continue;
		}
		snprintf(size, sizeof(size), "(file of %zu bytes)",
		    r->param[i].value.n);
		gp_jw_kstr(w, r->param[i].name, size);
	}
	gp_jw_close(w, '}');
}

void
gp_sim_log(struct gp_sim *sim, const struct gp_sim_request *r,
    const struct gp_sim_reply *a, const struct gp_sim_fault *f)
{
	size_t from = sim->log.n;
	struct gp_jw w;

	if (strncmp(r->path, "/_sim/", 6) == 0)
		return;
	if (sim->country.pages > 0) { /* it is asked for days: none is kept */
		if (sim->o.log_fd == -1)
			return;
		gp_buf_reset(&sim->log);
		from = 0;
	}
	gp_jw_init(&w, &sim->log);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "method", r->method);
	hidden_path(&w, r->path);
	params(&w, r);
	gp_jw_kint(&w, "status", a->status);
	if (a->code != 0)
		gp_jw_kint(&w, "error", a->code);
	if (f != NULL)
		gp_jw_kstr(&w, "fault", f->name);
	gp_jw_close(&w, '}');
	gp_buf_addc(&sim->log, '\n');
	/* A log that cannot be written must not change what is tested. */
	if (!sim->log.bad && sim->o.log_fd != -1 &&
	    gp_file_write(
		sim->o.log_fd, sim->log.p + from, sim->log.n - from) == -1)
		sim->o.log_fd = -1;
}
