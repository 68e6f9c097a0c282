/* The config and the secrets it names. */
#include <errno.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "doctor/doctor.h"

static void
one_page(struct gp_doctor *d, const struct gp_config *c, size_t i)
{
	const struct gp_page_conf *p = c->page.v;
	unsigned tokens = 0, k;
	size_t j;

	for (k = 0; k < GP_TOKENS; k++)
		tokens |= (unsigned)(p[i].token[k] != NULL) << k;
	for (j = 0; j < i; j++)
		if (strcmp(p[i].network, p[j].network) == 0 &&
		    strcmp(p[i].name, p[j].name) == 0)
			gp_doctor_say(d, GP_WARNING, "page.twice", p[i].key,
			    GP_CONFIG, "the same page as '%s'", p[j].key);
	if (tokens == 0 && strcmp(p[i].network, "telegram") != 0)
		gp_doctor_say(d, GP_ERROR, "page.tokens", p[i].key, GP_AUTH,
		    "no token: nothing of it can be read");
	if (strcmp(p[i].network, "ok") == 0 &&
	    p[i].token[GP_TOKEN_ACCESS] != NULL &&
	    (p[i].application_key == NULL ||
		(p[i].token[GP_TOKEN_SESSION] == NULL &&
		    p[i].token[GP_TOKEN_APPLICATION] == NULL)))
		gp_doctor_say(d, GP_ERROR, "page.tokens", p[i].key, GP_CONFIG,
		    "'access' needs application_key, and 'session' or "
		    "'application' to sign with");
	if (strcmp(p[i].network, "vk") == 0 && tokens != 0 &&
	    p[i].token[GP_TOKEN_SERVICE] == NULL &&
	    p[i].token[GP_TOKEN_USER] == NULL)
		gp_doctor_say(d, GP_WARNING, "page.tokens", p[i].key, GP_AUTH,
		    "a community's token alone cannot read the wall: posts "
		    "and comments will lack");
}

void
gp_doctor_config(struct gp_doctor *d, const struct gp_config *c)
{
	size_t i;

	if (c->path == NULL) {
		gp_doctor_say(d, GP_WARNING, "config.read", NULL, GP_CONFIG,
		    "there is none: only addresses on the command line are "
		    "read (man gp-config)");
		return;
	}
	gp_doctor_say(
	    d, GP_FINE, "config.read", c->path, GP_OK, "%zu pages", c->page.n);
	if (c->page.n == 0)
		gp_doctor_say(d, GP_WARNING, "config.pages", c->path, GP_CONFIG,
		    "it names no pages");
	if (c->zone == NULL)
		gp_doctor_say(d, GP_WARNING, "zone.set", c->path, GP_CONFIG,
		    "no zone: days begin at midnight of this machine");
	if (c->contact == NULL)
		gp_doctor_say(d, GP_WARNING, "contact.set", c->path, GP_CONFIG,
		    "no contact: networks cannot tell who asks");
	for (i = 0; i < c->page.n; i++)
		one_page(d, c, i);
}

/* Who may write to the folder can put another file there. */
static void
folder(struct gp_doctor *d, const char *path, const char *of)
{
	char *copy = strdup(path), *dir = copy != NULL ? dirname(copy) : NULL;
	struct stat st;

	if (dir != NULL && stat(dir, &st) == 0 && (st.st_mode & 022) != 0 &&
	    (st.st_mode & S_ISVTX) == 0)
		gp_doctor_say(d, GP_WARNING, "secret.folder", of, GP_AUTH,
		    "others may write to '%s', where its file is", dir);
	free(copy);
}

static void
one_secret(struct gp_doctor *d, const struct gp_page_conf *p, const char *kind,
    const struct gp_secret *s)
{
	struct gp_why why;
	struct gp_buf of;
	char *secret;

	if (s == NULL)
		return;
	gp_buf_init(&of, 0);
	gp_buf_addf(&of, "%s/%s", p->key, kind);
	secret = gp_secret_read(s, &why);
	if (secret == NULL) {
		gp_doctor_say(d, GP_ERROR, "secret.read", gp_buf_str(&of),
		    GP_AUTH, "%s", why.msg);
	} else {
		gp_doctor_say(d, GP_FINE, "secret.read", gp_buf_str(&of), GP_OK,
		    "there, and nobody else's to read");
		if (strlen(secret) < 16)
			gp_doctor_say(d, GP_WARNING, "secret.shape",
			    gp_buf_str(&of), GP_AUTH,
			    "shorter than any token: is it cut?");
	}
	if (s->file != NULL)
		folder(d, s->file, gp_buf_str(&of));
	gp_secret_free(secret);
	gp_buf_release(&of);
}

void
gp_doctor_secrets(struct gp_doctor *d, const struct gp_config *c)
{
	const struct gp_page_conf *p = c->page.v;
	size_t i;
	int k;

	for (i = 0; i < c->page.n; i++) {
		if (p[i].bot != NULL)
			one_secret(d, &p[i], "bot", &p[i].bot->token);
		for (k = 0; k < GP_TOKENS; k++)
			one_secret(d, &p[i],
			    gp_token_name((enum gp_token_kind)k),
			    p[i].token[k]);
	}
}
