#include "sim/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/damage.h"

#define MAX_CONNECTIONS 512
#define FORM_BUFFER     65536
#define GZIP_FROM       1024 /* bytes below which packing is not worth it */

struct gp_sim_server {
	struct MHD_Daemon *daemon;
	struct gp_sim *sim;
};

/* One request while it comes in. */
struct incoming {
	struct gp_sim_request r;
	struct gp_buf body;
	struct gp_sim_param *last; /* the form's part that is being read */
};

static enum MHD_Result
query_arg(
    void *cls, enum MHD_ValueKind kind, const char *key, const char *value)
{
	struct incoming *in = cls;
	struct gp_sim_param *p;

	(void)kind;
	p = gp_sim_request_add(
	    &in->r, gp_span_of(key), gp_span_of(value != NULL ? value : ""));
	if (p != NULL)
		p->query = 1;
	return MHD_YES;
}

static enum MHD_Result
header(void *cls, enum MHD_ValueKind kind, const char *key, const char *value)
{
	struct incoming *in = cls;

	(void)kind;
	if (in->r.headers < GP_SIM_HEADERS)
		in->r.header[in->r.headers++] =
		    (struct gp_sim_header){ key, value != NULL ? value : "" };
	return MHD_YES;
}

static enum MHD_Result
form_part(void *cls, enum MHD_ValueKind kind, const char *key, const char *file,
    const char *type, const char *encoding, const char *data, uint64_t at,
    size_t n)
{
	struct incoming *in = cls;

	(void)kind;
	(void)type;
	(void)encoding;
	if (at == 0)
		in->last = gp_sim_request_add(
		    &in->r, gp_span_of(key), (struct gp_span){ data, n });
	else if (in->last != NULL)
		gp_buf_add(&in->last->value, data, n);
	if (in->last == NULL)
		return MHD_NO;
	in->last->file = file != NULL;
	in->r.bad |= in->last->value.bad;
	return MHD_YES;
}

/* 0, or the status of the refusal. */
static int
read_body(struct incoming *in, struct MHD_Connection *c)
{
	const char *type =
	    MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Content-Type");
	struct MHD_PostProcessor *form;
	struct gp_why why;

	if (in->body.bad)
		return 413;
	if (in->body.n == 0)
		return 0;
	if (type != NULL && strncmp(type, "application/json", 16) == 0)
		return gp_sim_request_json(&in->r, &in->body, &why) == -1 ? 400
									  : 0;
	form = MHD_create_post_processor(c, FORM_BUFFER, form_part, in);
	if (form == NULL) /* the real server passes over what it
				   does not know, curl's default is a form */
		return 0;
	MHD_post_process(form, in->body.p, in->body.n);
	MHD_destroy_post_processor(form);
	return in->r.bad ? 413 : 0;
}

static int
wants_gzip(struct MHD_Connection *c, const struct gp_sim_reply *a)
{
	const char *accept =
	    MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Accept-Encoding");

	return accept != NULL && strstr(accept, "gzip") != NULL &&
	    a->body.n >= GZIP_FROM;
}

static enum MHD_Result
reset(struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);

	if (info != NULL)
		gp_sim_damage_reset((int)info->connect_fd);
	return MHD_NO;
}

static enum MHD_Result
reply(struct gp_sim *sim, struct MHD_Connection *c, struct gp_sim_reply *a)
{
	struct MHD_Response *r;
	enum MHD_Result done;
	char wait[24];

	if (a->damage == GP_SIM_F_RESET || a->damage == GP_SIM_F_LOST ||
	    a->damage == GP_SIM_F_STALL || a->damage == GP_SIM_F_HANG)
		return reset(c);
	r = gp_sim_damage_response(sim, a, wants_gzip(c, a));
	if (r == NULL)
		return MHD_NO;
	MHD_add_response_header(r, "Content-Type", a->type);
	if (a->location[0] != '\0')
		MHD_add_response_header(r, "Location", a->location);
	if (a->retry_after > 0) {
		snprintf(wait, sizeof(wait), "%lld", (long long)a->retry_after);
		MHD_add_response_header(r, "Retry-After", wait);
	}
	done = MHD_queue_response(c, (unsigned)a->status, r);
	MHD_destroy_response(r);
	return done;
}

static enum MHD_Result
whole_request(struct gp_sim *sim, struct MHD_Connection *c, struct incoming *in)
{
	struct gp_sim_reply a;
	enum MHD_Result done;

	gp_sim_reply_init(&a);
	MHD_get_connection_values(c, MHD_HEADER_KIND, header, in);
	MHD_get_connection_values(c, MHD_GET_ARGUMENT_KIND, query_arg, in);
	in->r.refused = read_body(in, c);
	in->r.body = gp_buf_span(&in->body);
	gp_sim_answer(sim, &in->r, &a);
	done = reply(sim, c, &a);
	gp_sim_reply_release(&a);
	return done;
}

static enum MHD_Result
handle(void *cls, struct MHD_Connection *c, const char *path,
    const char *method, const char *version, const char *data, size_t *n,
    void **state)
{
	struct gp_sim_server *s = cls;
	struct incoming *in = *state;

	(void)version;
	if (in == NULL) {
		in = calloc(1, sizeof(*in));
		if (in == NULL)
			return MHD_NO;
		gp_buf_init(&in->body, 0);
		*state = in;
		return MHD_YES;
	}
	if (*n > 0) {
		gp_buf_add(&in->body, data, *n);
		*n = 0;
		return MHD_YES;
	}
	in->r.method = method;
	in->r.path = path;
	return whole_request(s->sim, c, in);
}

static void
completed(void *cls, struct MHD_Connection *c, void **state,
    enum MHD_RequestTerminationCode how)
{
	struct incoming *in = *state;

	(void)cls;
	(void)c;
	(void)how;
	if (in == NULL)
		return;
	gp_sim_request_release(&in->r);
	gp_buf_release(&in->body);
	free(in);
	*state = NULL;
}

/* Its complaints are about clients that went away: of no interest. */
static void
silence(void *cls, const char *fmt, va_list ap)
{
	(void)cls;
	(void)fmt;
	(void)ap;
}

struct gp_sim_server *
gp_sim_server_start(struct gp_sim *sim, int port, int *got, struct gp_why *why)
{
	struct gp_sim_server *s = calloc(1, sizeof(*s));
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const union MHD_DaemonInfo *info;

	if (s == NULL) {
		gp_because(why, "no memory");
		return NULL;
	}
	s->sim = sim;
	errno = 0;
	s->daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD |
		MHD_USE_THREAD_PER_CONNECTION | MHD_USE_POLL,
	    (uint16_t)port, NULL, NULL, handle, s, MHD_OPTION_EXTERNAL_LOGGER,
	    silence, NULL, MHD_OPTION_SOCK_ADDR, &at,
	    MHD_OPTION_NOTIFY_COMPLETED, completed, NULL,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)MAX_CONNECTIONS,
	    MHD_OPTION_END);
	info = s->daemon != NULL
	    ? MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT)
	    : NULL;
	if (info == NULL) {
		gp_because(why, "cannot listen on 127.0.0.1:%d: %s", port,
		    errno != 0 ? strerror(errno) : "not given");
		gp_sim_server_stop(s);
		return NULL;
	}
	*got = info->port;
	return s;
}

void
gp_sim_server_stop(struct gp_sim_server *s)
{
	if (s == NULL)
		return;
	gp_sim_stop(s->sim);
	if (s->daemon != NULL)
		MHD_stop_daemon(s->daemon);
	free(s);
}
