#include "sim/token.h"

#include <stdio.h>
#include <string.h>

#include "sim/markup.h"
#include "sim/ok.h"

#define MIXED                        \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZ" \
	"abcdefghijklmnopqrstuvwxyz0123456789-_"
#define HEX   "0123456789abcdef"
#define LARGE "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* clang-format off */
static const struct form {
	const char *file, *env, *head, *letters;
	int n; /* letters behind the head */
	int net; /* -1: Telegram */
} forms[GP_SIM_TOKENS] = {
	[GP_SIM_T_TELEGRAM] = { "telegram", "GP_SIM_TOKEN_FILE", ":AA", MIXED,
	    33, -1 },
	[GP_SIM_T_VK_SERVICE] = { "vk-service", "GP_SIM_VK_SERVICE", "", HEX,
	    70, GP_SIM_VK },
	[GP_SIM_T_VK_COMMUNITY] = { "vk-community", "GP_SIM_VK_COMMUNITY",
	    "vk1.a.", MIXED, 86, GP_SIM_VK },
	[GP_SIM_T_VK_USER] = { "vk-user", "GP_SIM_VK_USER", "vk1.a.", MIXED,
	    86, GP_SIM_VK },
	[GP_SIM_T_OK_ACCESS] = { "ok-access", "GP_SIM_OK_ACCESS", "-n-", MIXED,
	    44, GP_SIM_OK },
	[GP_SIM_T_OK_APPLICATION] = { "ok-application", "GP_SIM_OK_APPLICATION",
	    "", LARGE "0123456789", 24, GP_SIM_OK },
	[GP_SIM_T_OK_SESSION] = { "ok-session", "GP_SIM_OK_SESSION", "", HEX,
	    32, GP_SIM_OK },
	[GP_SIM_T_OK_APPLICATION_KEY] = { "ok-application-key",
	    "GP_SIM_OK_APPLICATION_KEY", "C", LARGE, 16, GP_SIM_OK },
	[GP_SIM_T_OK_BOT] = { "ok-bot", "GP_SIM_OK_BOT", "tkn1", MIXED, 40,
	    GP_SIM_OK },
	[GP_SIM_T_MAX_BOT] = { "max-bot", "GP_SIM_MAX_BOT", "f9LHod", MIXED,
	    60, GP_SIM_MAX },
};
/* clang-format on */

static void
make(char to[128], const struct form *f, uint64_t h)
{
	size_t letters = strlen(f->letters);
	char *p = to + strlen(to);
	int i;

	p += snprintf(p, 32, "%s", f->head);
	for (i = 0; i < f->n; i++) {
		h = h * 6364136223846793005ull + 1442695040888963407ull;
		*p++ = f->letters[(h >> 32) * letters >> 32];
	}
	*p = '\0';
}

/* As OK has it, so that either secret signs. */
static void
ok_session(struct gp_sim_tokens *t)
{
	char both[256];

	if (*t->v[GP_SIM_T_OK_ACCESS] == '\0')
		return;
	snprintf(both, sizeof(both), "%s%s", t->v[GP_SIM_T_OK_ACCESS],
	    t->v[GP_SIM_T_OK_APPLICATION]);
	gp_sim_ok_md5(gp_span_of(both), t->v[GP_SIM_T_OK_SESSION]);
}

void
gp_sim_tokens_make(struct gp_sim_tokens *t, const struct gp_sim_scenario *s)
{
	const struct gp_sim_own *own;
	size_t i;

	memset(t, 0, sizeof(*t));
	snprintf(t->v[GP_SIM_T_TELEGRAM], sizeof(t->v[0]), "%lld",
	    (long long)s->bot.id);
	make(t->v[GP_SIM_T_TELEGRAM], &forms[GP_SIM_T_TELEGRAM],
	    gp_sim_hash(gp_span_of(s->bot.username), (uint64_t)s->bot.id));
	for (i = GP_SIM_T_TELEGRAM + 1; i < GP_SIM_TOKENS; i++) {
		own = s->own[forms[i].net];
		if (own != NULL)
			make(t->v[i], &forms[i],
			    gp_sim_hash(
				gp_span_of(forms[i].file), (uint64_t)own->id));
	}
	ok_session(t);
}

const char *
gp_sim_token_file(enum gp_sim_token_kind k)
{
	return forms[k].file;
}

const char *
gp_sim_token_env(enum gp_sim_token_kind k)
{
	return forms[k].env;
}

int
gp_sim_token_public(enum gp_sim_token_kind k)
{
	return k == GP_SIM_T_OK_APPLICATION_KEY;
}

enum gp_sim_token_kind
gp_sim_token_is(const struct gp_sim_tokens *t, struct gp_span word,
    enum gp_sim_token_kind first, enum gp_sim_token_kind last)
{
	unsigned k;

	for (k = first; k <= (unsigned)last; k++)
		if (word.n > 0 && gp_span_is(word, t->v[k]))
			return (enum gp_sim_token_kind)k;
	return GP_SIM_TOKENS;
}
