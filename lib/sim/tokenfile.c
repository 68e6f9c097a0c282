/* Tokens in files, as a config wants them. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "sim/token.h"

/* Where the token of that kind lies; 0: it is not there, or not a secret. */
static int
place(const struct gp_sim_tokens *t, enum gp_sim_token_kind k, const char *dir,
    struct gp_buf *to)
{
	gp_buf_reset(to);
	gp_buf_addf(to, "%s/%s", dir, gp_sim_token_file(k));
	return t->v[k][0] != '\0' && !gp_sim_token_public(k);
}

static int
write_one(const char *path, const char *token)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	int bad;

	if (fd == -1)
		return -1;
	bad = fchmod(fd, 0600) == -1 ||
	    gp_file_write(fd, token, strlen(token)) == -1 ||
	    gp_file_write(fd, "\n", 1) == -1;
	return close(fd) == -1 || bad ? -1 : 0;
}

int
gp_sim_tokens_write(
    const struct gp_sim_tokens *t, const char *dir, struct gp_why *why)
{
	struct gp_buf path;
	int k, r = 0;

	gp_buf_init(&path, 0);
	for (k = 0; r == 0 && k < GP_SIM_TOKENS; k++) {
		if (!place(t, (enum gp_sim_token_kind)k, dir, &path))
			continue;
		r = write_one(gp_buf_str(&path), t->v[k]);
		if (r == -1)
			gp_because(why, "cannot write '%s': %s",
			    gp_buf_str(&path), strerror(errno));
	}
	gp_buf_release(&path);
	return r;
}

void
gp_sim_tokens_unlink(const struct gp_sim_tokens *t, const char *dir)
{
	struct gp_buf path;
	int k;

	gp_buf_init(&path, 0);
	for (k = 0; k < GP_SIM_TOKENS; k++)
		if (place(t, (enum gp_sim_token_kind)k, dir, &path))
			unlink(gp_buf_str(&path));
	gp_buf_release(&path);
}

void
gp_sim_tokens_export(const struct gp_sim_tokens *t, const char *dir)
{
	enum gp_sim_token_kind k;
	struct gp_buf path;
	int i;

	gp_buf_init(&path, 0);
	for (i = 0; i < GP_SIM_TOKENS; i++) {
		k = (enum gp_sim_token_kind)i;
		if (place(t, k, dir, &path))
			setenv(gp_sim_token_env(k), gp_buf_str(&path), 1);
		else if (t->v[k][0] != '\0')
			setenv(gp_sim_token_env(k), t->v[k], 1);
	}
	gp_buf_release(&path);
}
