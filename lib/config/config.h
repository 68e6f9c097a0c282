/*
 * The config, gp-config(5): which pages there are and how to reach them.
 * Filters need none.
 */
#ifndef GP_CONFIG_CONFIG_H
#define GP_CONFIG_CONFIG_H

#include "config/yaml.h"

/* Where a secret is: exactly one of them is set. */
struct gp_secret {
	const char *file;       /* mode 0600 or less */
	const char *credential; /* a file in $CREDENTIALS_DIRECTORY */
	const char *command;    /* run by sh -c; its first line */
	unsigned line;
};

struct gp_bot_conf {
	struct gp_secret token;
	const char *group;   /* linked group: -100...; default: the channel's */
	const char *channel; /* -100..., when it has no public name */
	int messages;        /* private messages to the bot are read */
};

struct gp_page_conf {
	const char *key; /* name in the config */
	const char *network;
	const char *name; /* on the network */
	struct gp_bot_conf *bot;
	int no_preview; /* the public preview is not read */
	unsigned line;
};

struct gp_net_conf {
	const char *preview; /* base URL, default https://t.me */
	const char *api;     /* base URL, default https://api.telegram.org */
	double rate;         /* preview pages a second, default 0.5 */
};

struct gp_config {
	const char *zone;    /* IANA name or +03:00; default: the machine's */
	const char *contact; /* into the User-Agent */
	const char *ca_file;
	struct gp_net_conf telegram;
	struct gp_yaml_list page; /* of struct gp_page_conf */

	char *path;
	struct gp_yaml_doc *doc;
};

/*
 * Reads the config that `given` (may be NULL) and the environment name. No
 * file at all leaves the defaults and is no error unless one was named. The
 * zone is set. -1 with the reason.
 */
int gp_config_load(const char *given, struct gp_config *, struct gp_why *);
void gp_config_release(struct gp_config *);
/* NULL: none of that name. */
const struct gp_page_conf *gp_config_page(
    const struct gp_config *, const char *key);
/* "a|b|c": the names of all pages, for messages; the caller frees. */
char *gp_config_page_names(const struct gp_config *);

/*
 * Reads a secret: one line, no white space around it. The caller frees it
 * (gp_secret_free wipes it first). NULL with the reason, which never shows it.
 */
char *gp_secret_read(const struct gp_secret *, struct gp_why *);
void gp_secret_free(char *);

#endif
