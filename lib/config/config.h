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

/* What a token is for; the words of `tokens` in the config, in this order. */
enum gp_token_kind {
	GP_TOKEN_BOT,         /* bot: Telegram, MAX, OK's messages */
	GP_TOKEN_SERVICE,     /* service: VK, of the application */
	GP_TOKEN_COMMUNITY,   /* community: VK, of the page */
	GP_TOKEN_USER,        /* user: VK, of an administrator */
	GP_TOKEN_ACCESS,      /* access: OK */
	GP_TOKEN_SESSION,     /* session: OK, the secret key of a session */
	GP_TOKEN_APPLICATION, /* application: OK, the secret key of it */
	GP_TOKENS
};

const char *gp_token_name(enum gp_token_kind);

struct gp_bot_conf {
	struct gp_secret token;
	const char *group;   /* linked group: -100...; default: the channel's */
	const char *channel; /* -100..., when it has no public name */
	int messages;        /* private messages to the bot are read */
};

struct gp_page_conf {
	const char *key; /* name in the config */
	const char *network;
	const char *name;                   /* on the network */
	const char *centre;                 /* who looks after it; NULL */
	struct gp_bot_conf *bot;            /* Telegram's; NULL: none */
	struct gp_secret *token[GP_TOKENS]; /* NULL: none */
	const char *application_key;        /* OK's, public */
	int messages;                       /* private messages are read */
	int no_preview;                     /* the public preview is not read */
	long watch; /* seconds: comments of posts so old are looked for */
	unsigned line;
};

#define GP_RATE_OWN (-1e9)

/* How a network is reached. NULL and GP_RATE_OWN: as its adapter says. */
struct gp_net_conf {
	const char *preview; /* base URL of Telegram's preview */
	const char *api;     /* base URL */
	const char *graph;   /* base URL of OK's Graph API */
	const char *ca_file; /* more roots, for this network alone */
	double rate; /* requests a second of a token, or preview pages */
};

struct gp_config {
	const char *zone;      /* IANA name or +03:00; default: the machine's */
	const char *contact;   /* into the User-Agent */
	const char *routes;    /* the rules of gp-route */
	const char *templates; /* those of gp-suggest */
	const char *person;    /* who approves, for gp-review */
	const char *ca_file;   /* more roots, for all */
	const char *budget;    /* database where limits are shared */
	struct gp_net_conf telegram, vk, ok, max;
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
/* The settings of the network of that name. */
const struct gp_net_conf *gp_config_net(
    const struct gp_config *, const char *network);
/* "a|b|c": the names of all pages, for messages; the caller frees. */
char *gp_config_page_names(const struct gp_config *);

/*
 * Reads a secret: one line, no white space around it. The caller frees it
 * (gp_secret_free wipes it first). NULL with the reason, which never shows it.
 */
char *gp_secret_read(const struct gp_secret *, struct gp_why *);
void gp_secret_free(char *);

#endif
