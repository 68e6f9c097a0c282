#include "net/choose.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "net/wall.h"

int
gp_choose_known(const char *stream)
{
	const struct gp_net *const *n;
	const struct gp_stream *const *s;

	for (n = gp_nets; *n != NULL; n++)
		for (s = (*n)->stream; *s != NULL; s++)
			if (strcmp((*s)->name, stream) == 0)
				return 1;
	return 0;
}

/* 1: asked for by name; 2: because all are. */
static int
wanted(const struct gp_choice *c, const char *stream)
{
	size_t i;

	for (i = 0; i < c->streams; i++)
		if (strcmp(c->stream[i], stream) == 0)
			return 1;
	return c->streams == 0 ? 2 : 0;
}

/* In ids a name stands in small letters where the network tells none apart. */
static char *
folded(const struct gp_net *net, const char *name)
{
	char *p, *own = strdup(name);

	for (p = own; p != NULL && net->names_fold && *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
	return own;
}

static char *
page_id(const struct gp_net *net, const char *name)
{
	struct gp_buf b;

	gp_buf_init(&b, 0);
	if (net->page_id != NULL)
		net->page_id(name, &b);
	else
		gp_buf_addf(&b, "%s:%s", net->name, name);
	return gp_buf_detach(&b);
}

char *
gp_choose_page_id(const struct gp_page_conf *conf)
{
	const struct gp_net *net = gp_net_of(conf->network);
	char *name, *id;

	if (net == NULL)
		return NULL;
	name = folded(net, conf->name);
	id = name != NULL ? page_id(net, name) : NULL;
	free(name);
	return id;
}

/* The same page named twice is read once; so is what belongs to a token. */
static const struct gp_job *
twice(const struct gp_choice *c, const struct gp_job *j)
{
	const struct gp_job *o;
	size_t i, k;

	for (i = 0; i < c->n; i++) {
		o = c->job[i];
		if (o->net != j->net || o->stream != j->stream)
			continue;
		if (strcmp(o->page, j->page) == 0)
			return o;
		for (k = 0; j->stream->of_token && k < GP_TOKENS; k++)
			if ((j->stream->needs & GP_BIT(k)) != 0 &&
			    o->token[k] != NULL && j->token[k] != NULL &&
			    strcmp(o->token[k], j->token[k]) == 0 &&
			    !j->want->replay)
				return o;
	}
	return NULL;
}

static char *
base(const char *given, const char *configured, const char *usual)
{
	const char *s = given != NULL ? given
	    : configured != NULL      ? configured
				      : usual;

	return s != NULL ? strdup(s) : NULL;
}

static struct gp_job *
job_new(const struct gp_choice *c, const struct gp_net *net,
    const struct gp_stream *stream, const char *name, const char *given)
{
	const struct gp_net_conf *conf = gp_config_net(c->conf, net->name);
	struct gp_job *j = calloc(1, sizeof(*j));

	if (j == NULL)
		return NULL;
	gp_buf_init(&j->out, 256 * GP_MIB);
	gp_http_call_init(&j->call);
	j->net = net;
	j->stream = stream;
	j->want = c->want;
	j->conf = conf;
	j->known = c->cursors;
	j->name = folded(net, name);
	j->page = j->name != NULL ? page_id(net, j->name) : NULL;
	/* An address on this machine serves all that the network has. */
	j->preview = base(given, conf->preview, net->preview);
	j->api = base(net->preview == NULL ? given : NULL, conf->api, net->api);
	j->graph =
	    base(net->preview == NULL ? given : NULL, conf->graph, net->graph);
	if (j->page != NULL && gp_job_page(j, j->page) == 0)
		return j;
	gp_job_free(j);
	return NULL;
}

static int
keep(struct gp_choice *c, struct gp_job *j)
{
	struct gp_job **v;

	v = gp_grow(&c->job, &c->n, &c->cap, sizeof(*v));
	if (v == NULL)
		return -1;
	*v = j;
	return 0;
}

/* A page as it is added: its tokens, read once for all its streams. */
struct adding {
	const struct gp_net *net;
	const struct gp_page_conf *conf; /* NULL: by address */
	const char *name, *base;
	const char *token[GP_TOKENS];
	struct gp_why lack[GP_TOKENS]; /* why a token that is named is not */
	int posts, comments, messages; /* there is a job for them */
	struct gp_job *lists;          /* the one that lists the posts */
};

static unsigned
has(const struct adding *a)
{
	unsigned bits = 0, k;

	for (k = 0; k < GP_TOKENS; k++)
		if (a->token[k] != NULL)
			bits |= GP_BIT(k);
	return bits;
}

/* Which token is missing: the reason why it could not be read, or which ones
 * would do. */
static void
lacks(struct gp_job *j, const struct adding *a)
{
	struct gp_buf b;
	unsigned k;

	gp_buf_init(&b, 0);
	for (k = 0; k < GP_TOKENS; k++) {
		if ((j->stream->needs & GP_BIT(k)) == 0)
			continue;
		if (a->lack[k].msg[0] != '\0') {
			gp_job_fail(j, GP_RUN_AUTH, "%s", a->lack[k].msg);
			gp_buf_release(&b);
			return;
		}
		gp_buf_addf(&b, "%s'%s'", b.n > 0 ? " or " : "",
		    gp_token_name((enum gp_token_kind)k));
	}
	gp_job_fail(j, GP_RUN_AUTH,
	    "needs a token %s of the page: tokens in the config "
	    "(man gp-config)",
	    gp_buf_str(&b));
	gp_buf_release(&b);
}

static int
said_why(const struct adding *a, unsigned needs)
{
	unsigned k;

	for (k = 0; k < GP_TOKENS; k++)
		if ((needs & GP_BIT(k)) != 0 && a->lack[k].msg[0] != '\0')
			return 1;
	return 0;
}

/* `updates` stands behind the streams that read the same with more to it. */
static void
elsewhere(struct adding *a, struct gp_job *j)
{
	const char *name = j->stream->name;
	int updates = strcmp(name, "updates") == 0;

	j->posts_elsewhere = updates && a->posts;
	j->comments_elsewhere = updates && a->comments;
	j->messages_elsewhere = updates && a->messages;
	a->posts |= strcmp(name, "posts") == 0;
	a->comments |= strcmp(name, "comments") == 0;
	a->messages |= strcmp(name, "messages") == 0;
}

static enum gp_exit
add_stream(struct gp_choice *c, struct adding *a, const struct gp_stream *s,
    struct gp_why *why)
{
	int named = wanted(c, s->name) == 1;
	int lack = s->needs != 0 && (s->needs & has(a)) == 0;
	const struct gp_job *other;
	struct gp_job *j;

	if (!wanted(c, s->name) || (c->want->follow && !s->follows) ||
	    (!c->want->follow && s->follows == 2 && !named) ||
	    (a->net->readable != NULL && !a->net->readable(s, a->conf)) ||
	    (lack && !named && !said_why(a, s->needs)))
		return GP_OK;
	if (c->n >= GP_MAX_STREAMS) {
		gp_because(why, "too many pages at once");
		return GP_USAGE;
	}
	j = job_new(c, a->net, s, a->name, a->base);
	if (j == NULL || keep(c, j) == -1) {
		gp_job_free(j);
		gp_because(why, "no memory");
		return GP_SOFTWARE;
	}
	j->of = a->conf;
	memcpy(j->token, a->token, sizeof(j->token));
	elsewhere(a, j);
	c->n--; /* while it is compared with the others */
	other = twice(c, j);
	if (other != NULL &&
	    (strcmp(other->page, j->page) == 0 || s->of_token == GP_OF_ALL)) {
		gp_job_free(j);
		return GP_OK;
	}
	c->n++;
	if (other != NULL)
		gp_job_fail(j, GP_RUN_CONFIG,
		    "its bot is that of %s: updates are read once, and one "
		    "page would take them from the other",
		    other->page);
	else if (lack)
		lacks(j, a);
	if (s->of_wall && strcmp(s->name, "posts") == 0)
		a->lists = j;
	else if (s->of_wall)
		gp_wall_share(a->lists, j);
	return GP_OK;
}

static enum gp_exit
add(struct gp_choice *c, struct adding *a, struct gp_why *why)
{
	const struct gp_stream *const *s;
	enum gp_exit status = GP_OK;

	for (s = a->net->stream; *s != NULL && status == GP_OK; s++)
		status = add_stream(c, a, *s, why);
	return status;
}

enum gp_exit
gp_choose_address(struct gp_choice *c, const char *address, struct gp_why *why)
{
	const struct gp_net *const *n;
	struct adding a = { 0 };
	struct gp_buf name, at;
	enum gp_exit status = GP_USAGE;
	size_t before = c->n;
	int r = 0;

	gp_buf_init(&name, 0);
	gp_buf_init(&at, 0);
	gp_because(why, "not an address of a known network");
	for (n = gp_nets; *n != NULL && r == 0; n++) {
		r = (*n)->address(address, &name, &at, why);
		if (r != 1)
			continue;
		a.net = *n;
		a.name = gp_buf_str(&name);
		a.base = at.n > 0 ? gp_buf_str(&at) : NULL;
		status = add(c, &a, why);
		if (status == GP_OK && c->n == before && c->streams == 0) {
			gp_because(why,
			    "%s is read with a token: name the page in the "
			    "config (man gp-config)",
			    a.net->title);
			status = GP_USAGE;
		}
	}
	gp_buf_release(&name);
	gp_buf_release(&at);
	if (status != GP_OK)
		gp_because_of(why, "'%s'", address);
	return status;
}

static int
keep_secret(struct gp_choice *c, char *secret)
{
	char **v;

	v = gp_grow(&c->secret, &c->secrets, &c->secret_cap, sizeof(*v));
	if (v == NULL)
		return -1;
	*v = secret;
	return 0;
}

static void
read_token(struct gp_choice *c, struct adding *a, unsigned kind,
    const struct gp_secret *from)
{
	char *s;

	if (from == NULL)
		return;
	/* Recordings know it by this name. */
	s = c->want->replay ? strdup("TOKEN")
			    : gp_secret_read(from, &a->lack[kind]);
	if (s != NULL && keep_secret(c, s) == -1) {
		gp_secret_free(s);
		s = NULL;
		gp_because(&a->lack[kind], "no memory");
	}
	a->token[kind] = s;
}

enum gp_exit
gp_choose_page(
    struct gp_choice *c, const struct gp_page_conf *page, struct gp_why *why)
{
	struct adding a = { .net = gp_net_of(page->network),
		.conf = page,
		.name = page->name };
	unsigned k;

	for (k = 0; k < GP_TOKENS; k++)
		read_token(c, &a, k, page->token[k]);
	if (page->bot != NULL)
		read_token(c, &a, GP_TOKEN_BOT, &page->bot->token);
	return add(c, &a, why);
}

enum gp_exit
gp_choose_act(
    struct gp_choice *c, const struct gp_page_conf *page, struct gp_why *why)
{
	struct adding a = { .net = gp_net_of(page->network),
		.conf = page,
		.name = page->name };
	struct gp_job *j;
	unsigned k;

	for (k = 0; k < GP_TOKENS; k++)
		read_token(c, &a, k, page->token[k]);
	if (page->bot != NULL)
		read_token(c, &a, GP_TOKEN_BOT, &page->bot->token);
	j = job_new(c, a.net, a.net->act, a.name, NULL);
	if (j == NULL || keep(c, j) == -1) {
		gp_job_free(j);
		gp_because(why, "no memory");
		return GP_SOFTWARE;
	}
	j->of = page;
	memcpy(j->token, a.token, sizeof(j->token));
	if (a.net->act == NULL)
		gp_job_fail(
		    j, GP_RUN_CONFIG, "%s cannot be written to", a.net->title);
	else if ((a.net->act->needs & has(&a)) == 0)
		lacks(j, &a);
	return GP_OK;
}

enum gp_exit
gp_choose_named(struct gp_choice *c, const char *key, struct gp_why *why)
{
	const struct gp_page_conf *page = gp_config_page(c->conf, key);
	char *names, near[64];
	const char *like;

	if (page != NULL)
		return gp_choose_page(c, page, why);
	names = gp_config_page_names(c->conf);
	like = names != NULL ? gp_nearest(names, key, near) : NULL;
	gp_because(why, "no page '%s' in the config%s%s%s", key,
	    like != NULL ? ": is '" : "", like != NULL ? like : "",
	    like != NULL ? "' meant?" : "");
	free(names);
	return GP_CONFIG;
}

enum gp_exit
gp_choose_all(struct gp_choice *c, struct gp_why *why)
{
	const struct gp_page_conf *p = c->conf->page.v;
	enum gp_exit status = GP_OK;
	size_t i;

	for (i = 0; i < c->conf->page.n && status == GP_OK; i++)
		status = gp_choose_page(c, &p[i], why);
	return status;
}

void
gp_choice_release(struct gp_choice *c)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		gp_job_free(c->job[i]);
	for (i = 0; i < c->secrets; i++)
		gp_secret_free(c->secret[i]);
	free(c->job);
	free(c->secret);
	c->job = NULL;
	c->secret = NULL;
	c->n = c->cap = c->secrets = c->secret_cap = 0;
}
