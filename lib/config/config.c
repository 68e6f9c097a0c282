#include "config/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/instant.h"

/* clang-format off */
#define AT(type, member) offsetof(struct type, member)

static const struct gp_yaml_field secret[] = {
	{ "file", GP_Y_TEXT, AT(gp_secret, file), 0, NULL, NULL, 0 },
	{ "credential", GP_Y_TEXT, AT(gp_secret, credential), 0, NULL, NULL, 0 },
	{ "command", GP_Y_TEXT, AT(gp_secret, command), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_LINE, AT(gp_secret, line), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field bot[] = {
	{ "token", GP_Y_MAP, AT(gp_bot_conf, token), 1, NULL, secret, 0 },
	{ "group", GP_Y_TEXT, AT(gp_bot_conf, group), 0, NULL, NULL, 0 },
	{ "channel", GP_Y_TEXT, AT(gp_bot_conf, channel), 0, NULL, NULL, 0 },
	{ "messages", GP_Y_BOOL, AT(gp_bot_conf, messages), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

#define TOKEN(word, kind) \
	{ word, GP_Y_OPT, kind * sizeof(struct gp_secret *), 0, NULL, secret, sizeof(struct gp_secret) }
static const struct gp_yaml_field tokens[] = {
	TOKEN("bot", GP_TOKEN_BOT),
	TOKEN("service", GP_TOKEN_SERVICE),
	TOKEN("community", GP_TOKEN_COMMUNITY),
	TOKEN("user", GP_TOKEN_USER),
	TOKEN("access", GP_TOKEN_ACCESS),
	TOKEN("session", GP_TOKEN_SESSION),
	TOKEN("application", GP_TOKEN_APPLICATION),
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field page[] = {
	{ "network", GP_Y_WORD, AT(gp_page_conf, network), 1, "telegram|vk|ok|max", NULL, 0 },
	{ "name", GP_Y_TEXT, AT(gp_page_conf, name), 1, NULL, NULL, 0 },
	{ "centre", GP_Y_TEXT, AT(gp_page_conf, centre), 0, NULL, NULL, 0 },
	{ "bot", GP_Y_OPT, AT(gp_page_conf, bot), 0, NULL, bot, sizeof(struct gp_bot_conf) },
	{ "tokens", GP_Y_MAP, AT(gp_page_conf, token), 0, NULL, tokens, 0 },
	{ "application_key", GP_Y_TEXT, AT(gp_page_conf, application_key), 0, NULL, NULL, 0 },
	{ "messages", GP_Y_BOOL, AT(gp_page_conf, messages), 0, NULL, NULL, 0 },
	{ "preview", GP_Y_NOT, AT(gp_page_conf, no_preview), 0, NULL, NULL, 0 },
	{ "watch", GP_Y_SPAN, AT(gp_page_conf, watch), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_LINE, AT(gp_page_conf, line), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

#define NETWORK                                                             \
	{ "api", GP_Y_TEXT, AT(gp_net_conf, api), 0, NULL, NULL, 0 },         \
	{ "ca_file", GP_Y_TEXT, AT(gp_net_conf, ca_file), 0, NULL, NULL, 0 }, \
	{ "rate", GP_Y_REAL, AT(gp_net_conf, rate), 0, NULL, NULL, 0 }
static const struct gp_yaml_field telegram[] = {
	{ "preview", GP_Y_TEXT, AT(gp_net_conf, preview), 0, NULL, NULL, 0 },
	NETWORK,
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field vk[] = { /* and MAX */
	NETWORK,
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
static const struct gp_yaml_field ok[] = {
	{ "graph", GP_Y_TEXT, AT(gp_net_conf, graph), 0, NULL, NULL, 0 },
	NETWORK,
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field root[] = {
	{ "zone", GP_Y_TEXT, AT(gp_config, zone), 0, NULL, NULL, 0 },
	{ "contact", GP_Y_TEXT, AT(gp_config, contact), 0, NULL, NULL, 0 },
	{ "ca_file", GP_Y_TEXT, AT(gp_config, ca_file), 0, NULL, NULL, 0 },
	{ "budget", GP_Y_TEXT, AT(gp_config, budget), 0, NULL, NULL, 0 },
	{ "routes", GP_Y_TEXT, AT(gp_config, routes), 0, NULL, NULL, 0 },
	{ "templates", GP_Y_TEXT, AT(gp_config, templates), 0, NULL, NULL, 0 },
	{ "person", GP_Y_TEXT, AT(gp_config, person), 0, NULL, NULL, 0 },
	{ "telegram", GP_Y_MAP, AT(gp_config, telegram), 0, NULL, telegram, 0 },
	{ "vk", GP_Y_MAP, AT(gp_config, vk), 0, NULL, vk, 0 },
	{ "ok", GP_Y_MAP, AT(gp_config, ok), 0, NULL, ok, 0 },
	{ "max", GP_Y_MAP, AT(gp_config, max), 0, NULL, vk, 0 },
	{ "pages", GP_Y_NAMED, AT(gp_config, page), 0, NULL, page, sizeof(struct gp_page_conf) },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
/* clang-format on */

/* Of what networks a token of the kind is. */
static const struct {
	const char *name, *networks;
} kinds[GP_TOKENS] = {
	[GP_TOKEN_BOT] = { "bot", "telegram max ok" },
	[GP_TOKEN_SERVICE] = { "service", "vk" },
	[GP_TOKEN_COMMUNITY] = { "community", "vk" },
	[GP_TOKEN_USER] = { "user", "vk" },
	[GP_TOKEN_ACCESS] = { "access", "ok" },
	[GP_TOKEN_SESSION] = { "session", "ok" },
	[GP_TOKEN_APPLICATION] = { "application", "ok" },
};

const char *
gp_token_name(enum gp_token_kind k)
{
	return kinds[k].name;
}

static void
defaults(struct gp_config *c)
{
	memset(c, 0, sizeof(*c));
	c->telegram.rate = c->vk.rate = c->ok.rate = c->max.rate = GP_RATE_OWN;
}

static int
at_line(const struct gp_config *c, unsigned line, struct gp_why *why,
    const char *what, const char *name)
{
	return gp_because(why, "%s:%u: %s%s%s%s", c->path, line, what,
	    name != NULL ? " '" : "", name != NULL ? name : "",
	    name != NULL ? "'" : "");
}

static int
check_secret(
    const struct gp_config *c, const struct gp_secret *s, struct gp_why *why)
{
	int n =
	    (s->file != NULL) + (s->credential != NULL) + (s->command != NULL);

	if (n == 1)
		return 0;
	return at_line(c, s->line, why,
	    "a token comes from one of file, credential, command", NULL);
}

static int
check_tokens(
    const struct gp_config *c, struct gp_page_conf *p, struct gp_why *why)
{
	size_t k;

	if (p->bot != NULL && strcmp(p->network, "telegram") != 0)
		return at_line(c, p->line, why,
		    "'bot' is for telegram; write tokens: {bot: ...} for",
		    p->network);
	if (p->bot != NULL && check_secret(c, &p->bot->token, why) == -1)
		return -1;
	for (k = 0; k < GP_TOKENS; k++) {
		if (p->token[k] == NULL)
			continue;
		if (check_secret(c, p->token[k], why) == -1)
			return -1;
		if (strstr(kinds[k].networks, p->network) == NULL)
			return gp_because(why,
			    "%s:%u: a token '%s' is of %s, not of %s", c->path,
			    p->line, kinds[k].name, kinds[k].networks,
			    p->network);
	}
	return 0;
}

/* A name in an address, or a number; MAX has negative ones. */
static int
name_ok(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";

	if (*name == '-')
		return name[1] != '\0' &&
		    strspn(name + 1, "0123456789") == strlen(name + 1);
	return *name != '\0' && *name != '.' &&
	    strspn(name, letters) == strlen(name);
}

static int
check_pages(struct gp_config *c, struct gp_why *why)
{
	struct gp_page_conf *p = c->page.v;
	size_t i;

	for (i = 0; i < c->page.n; i++) {
		if (*p[i].name == '@')
			p[i].name++;
		if (!name_ok(p[i].name))
			return at_line(c, p[i].line, why,
			    "not a name of a page:", p[i].name);
		if (check_tokens(c, &p[i], why) == -1)
			return -1;
	}
	return 0;
}

const struct gp_net_conf *
gp_config_net(const struct gp_config *c, const char *network)
{
	if (strcmp(network, "vk") == 0)
		return &c->vk;
	if (strcmp(network, "ok") == 0)
		return &c->ok;
	return strcmp(network, "max") == 0 ? &c->max : &c->telegram;
}

static int
check_rates(const struct gp_config *c, struct gp_why *why)
{
	static const char *const names[] = { "telegram", "vk", "ok", "max" };
	size_t i;

	for (i = 0; i < 4; i++)
		if (gp_config_net(c, names[i])->rate < 0 &&
		    gp_config_net(c, names[i])->rate != GP_RATE_OWN)
			return gp_because(
			    why, "%s: %s: rate is negative", c->path, names[i]);
	return 0;
}

static int
load(struct gp_config *c, struct gp_why *why)
{
	struct gp_why reason;

	c->doc = gp_yaml_read(c->path, why);
	if (c->doc == NULL ||
	    gp_yaml_fill(c->doc, gp_yaml_root(c->doc), root, c, why) == -1 ||
	    check_pages(c, why) == -1)
		return -1;
	if (check_rates(c, why) == -1)
		return -1;
	if (c->zone != NULL && gp_zone_set(c->zone, &reason) == -1)
		return gp_because(why, "%s: zone: %s", c->path, reason.msg);
	return 0;
}

int
gp_config_load(const char *given, struct gp_config *c, struct gp_why *why)
{
	struct gp_buf path;
	int r = 0;

	defaults(c);
	gp_buf_init(&path, 0);
	if (gp_file_config(given, &path) == 0) {
		c->path = gp_buf_detach(&path);
		r = c->path == NULL ? gp_because(why, "no memory")
				    : load(c, why);
	}
	gp_buf_release(&path);
	if (r == -1)
		gp_config_release(c);
	return r;
}

void
gp_config_release(struct gp_config *c)
{
	gp_yaml_free(c->doc);
	free(c->path);
	defaults(c);
}

const struct gp_page_conf *
gp_config_page(const struct gp_config *c, const char *key)
{
	const struct gp_page_conf *p = c->page.v;
	size_t i;

	for (i = 0; i < c->page.n; i++)
		if (strcmp(p[i].key, key) == 0)
			return &p[i];
	return NULL;
}

char *
gp_config_page_names(const struct gp_config *c)
{
	const struct gp_page_conf *p = c->page.v;
	struct gp_buf b;
	size_t i;

	gp_buf_init(&b, 0);
	for (i = 0; i < c->page.n; i++)
		gp_buf_addf(&b, "%s%s", i > 0 ? "|" : "", p[i].key);
	return gp_buf_detach(&b);
}
