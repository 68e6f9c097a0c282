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

static const struct gp_yaml_field page[] = {
	{ "network", GP_Y_WORD, AT(gp_page_conf, network), 1, "telegram", NULL, 0 },
	{ "name", GP_Y_TEXT, AT(gp_page_conf, name), 1, NULL, NULL, 0 },
	{ "bot", GP_Y_OPT, AT(gp_page_conf, bot), 0, NULL, bot, sizeof(struct gp_bot_conf) },
	{ "preview", GP_Y_NOT, AT(gp_page_conf, no_preview), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_LINE, AT(gp_page_conf, line), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field telegram[] = {
	{ "preview", GP_Y_TEXT, AT(gp_net_conf, preview), 0, NULL, NULL, 0 },
	{ "api", GP_Y_TEXT, AT(gp_net_conf, api), 0, NULL, NULL, 0 },
	{ "rate", GP_Y_REAL, AT(gp_net_conf, rate), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field root[] = {
	{ "zone", GP_Y_TEXT, AT(gp_config, zone), 0, NULL, NULL, 0 },
	{ "contact", GP_Y_TEXT, AT(gp_config, contact), 0, NULL, NULL, 0 },
	{ "ca_file", GP_Y_TEXT, AT(gp_config, ca_file), 0, NULL, NULL, 0 },
	{ "telegram", GP_Y_MAP, AT(gp_config, telegram), 0, NULL, telegram, 0 },
	{ "pages", GP_Y_NAMED, AT(gp_config, page), 0, NULL, page, sizeof(struct gp_page_conf) },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
/* clang-format on */

static void
defaults(struct gp_config *c)
{
	memset(c, 0, sizeof(*c));
	c->telegram.preview = "https://t.me";
	c->telegram.api = "https://api.telegram.org";
	c->telegram.rate = 0.5;
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
check_pages(struct gp_config *c, struct gp_why *why)
{
	struct gp_page_conf *p = c->page.v;
	size_t i;

	for (i = 0; i < c->page.n; i++) {
		const char *name = p[i].name;

		if (*name == '@')
			p[i].name = ++name;
		if (*name == '\0' ||
		    strspn(name,
			"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") !=
			strlen(name))
			return at_line(
			    c, p[i].line, why, "not a name of a page:", name);
		if (p[i].bot != NULL &&
		    check_secret(c, &p[i].bot->token, why) == -1)
			return -1;
	}
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
	if (c->telegram.rate < 0)
		return gp_because(
		    why, "%s: telegram: rate is negative", c->path);
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
