/*
 * The tokens of a simulator: invented, of the form of the real ones, and
 * always the same for the same scenario.
 */
#ifndef GP_SIM_TOKEN_H
#define GP_SIM_TOKEN_H

#include "sim/scenario.h"

enum gp_sim_token_kind {
	GP_SIM_T_TELEGRAM,
	GP_SIM_T_VK_SERVICE,
	GP_SIM_T_VK_COMMUNITY,
	GP_SIM_T_VK_USER,
	GP_SIM_T_OK_ACCESS,
	GP_SIM_T_OK_APPLICATION, /* its secret key */
	GP_SIM_T_OK_SESSION,     /* the session's, which follows from both */
	GP_SIM_T_OK_APPLICATION_KEY,
	GP_SIM_T_OK_BOT,
	GP_SIM_T_MAX_BOT,
	GP_SIM_TOKENS, /* how many there are */
};

struct gp_sim_tokens {
	char v[GP_SIM_TOKENS][128]; /* "": the scenario has no such page */
};

void gp_sim_tokens_make(struct gp_sim_tokens *, const struct gp_sim_scenario *);

/* "vk-service": how its file is called. */
const char *gp_sim_token_file(enum gp_sim_token_kind);
/* "GP_SIM_VK_SERVICE": the variable that says where the file is. */
const char *gp_sim_token_env(enum gp_sim_token_kind);
/* 1: not a secret; the variable holds it. */
int gp_sim_token_public(enum gp_sim_token_kind);
/* The kind of that value among first to last; GP_SIM_TOKENS: none. */
enum gp_sim_token_kind gp_sim_token_is(const struct gp_sim_tokens *,
    struct gp_span, enum gp_sim_token_kind first, enum gp_sim_token_kind last);

/* A file of mode 0600 for each in that folder. -1 with the reason. */
int gp_sim_tokens_write(
    const struct gp_sim_tokens *, const char *dir, struct gp_why *);
void gp_sim_tokens_unlink(const struct gp_sim_tokens *, const char *dir);
/* Sets the variables of all to those files, or to the value. */
void gp_sim_tokens_export(const struct gp_sim_tokens *, const char *dir);

#endif
