/* What is checked before a method of VK: version, token, rate, parameters. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sim/methods.h"
#include "sim/vk.h"

#define OLDEST 5081 /* versions below are refused */

/* Taken by every method. */
static const char common[] =
    "access_token v lang b:test_mode captcha_sid captcha_key b:confirm";

static int
typed(const char *s, int type)
{
	char *end;
	long long n = strtoll(s, &end, 10);
	int whole = *s != '\0' && *end == '\0';

	switch (type) {
	case 'i':
		return whole;
	case 'n':
		return whole && n >= 0;
	case 'p':
		return whole && n >= 1;
	case 'b':
		return strcmp(s, "1") == 0 || strcmp(s, "0") == 0 ||
		    strcmp(s, "true") == 0 || strcmp(s, "false") == 0;
	}
	return 1;
}

/* 1: it is in the list and of its type; 0: not in it; -1: of another type. */
static int
listed(const struct gp_sim_param *p, const char *list)
{
	struct gp_sim_param_kind k;

	while (gp_sim_param_next(&list, &k))
		if (gp_span_is(k.name, p->name))
			return typed(gp_buf_str(&p->value), k.type) ? 1 : -1;
	return 0;
}

static int
check_params(struct gp_sim_vk_call *c, const struct gp_sim_vk_method *m)
{
	const char *rest = m->params;
	struct gp_sim_param_kind k;
	const char *name, *value;
	char required[64];
	size_t i;
	int in;

	for (i = 0; i < c->r->n; i++) {
		name = c->r->param[i].name;
		in = listed(&c->r->param[i], m->params);
		if (in == 0)
			in = listed(&c->r->param[i], common);
		if (in == 0)
			return gp_sim_vk_fail(c, 100,
			    "'%s' is no parameter of %s (gp-sim is strict)",
			    name, m->name);
		if (in == -1)
			return gp_sim_vk_fail(c, 100, "%s is invalid", name);
	}
	while (gp_sim_param_next(&rest, &k)) {
		if (!k.required)
			continue;
		snprintf(required, sizeof(required), "%.*s", (int)k.name.n,
		    k.name.p);
		value = gp_sim_arg(c->r, required);
		if (value == NULL || *value == '\0')
			return gp_sim_vk_fail(
			    c, 100, "%s is undefined", required);
	}
	return 0;
}

/* The token of a kind that the method does not take. */
static int
check_kind(struct gp_sim_vk_call *c, const struct gp_sim_vk_method *m)
{
	static const struct {
		enum gp_sim_token_kind kind;
		int letter, code;
		const char *says;
	} kinds[] = {
		{ GP_SIM_T_VK_SERVICE, 's', 28,
		    "method is unavailable with service token" },
		{ GP_SIM_T_VK_COMMUNITY, 'c', 27,
		    "method is unavailable with group auth" },
		{ GP_SIM_T_VK_USER, 'u', 15,
		    "method is available only with group auth" },
	};
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (c->token == kinds[i].kind &&
		    strchr(m->tokens, kinds[i].letter) == NULL)
			return gp_sim_vk_fail(
			    c, kinds[i].code, "%s", kinds[i].says);
	return 0;
}

int
gp_sim_vk_play(struct gp_sim_vk_call *c)
{
	const struct gp_sim_vk_method *m = gp_sim_vk_method(c->method);
	int r;

	if (m == NULL)
		return gp_sim_vk_error(c, 3);
	if (check_kind(c, m) == -1 || check_params(c, m) == -1)
		return -1;
	r = m->play(c);
	gp_sim_vk_met_release(&c->met);
	return r;
}

/* "5.199" is 5199; 0: it is no version. */
static int
version(const char *v)
{
	char *end;
	long major = strtol(v, &end, 10), minor;

	if (end == v || *end != '.' || end[1] < '0' || end[1] > '9')
		return 0;
	minor = strtol(end + 1, &end, 10);
	return *end == '\0' && major > 0 && major < 100 && minor < 1000
	    ? (int)(major * 1000 + minor)
	    : 0;
}

static int
check_version(struct gp_sim_vk_call *c)
{
	const char *v = gp_sim_arg(c->r, "v");

	if (v == NULL)
		return gp_sim_vk_fail(c, 8, "v (version) is required");
	c->version = version(v);
	if (c->version == 0)
		return gp_sim_vk_fail(c, 8, "v (version) is incorrect");
	if (c->version < OLDEST)
		return gp_sim_vk_fail(
		    c, 8, "versions below 5.81 are deprecated");
	return 0;
}

static int
check_token(struct gp_sim_vk_call *c)
{
	const char *token = gp_sim_arg(c->r, "access_token");
	const char *header = gp_sim_header(c->r, "Authorization");

	if (token == NULL && header != NULL &&
	    strncmp(header, "Bearer ", 7) == 0)
		token = header + 7;
	if (token == NULL)
		return gp_sim_vk_fail(c, 5, "no access_token passed.");
	c->token = gp_sim_token_is(&c->sim->tokens, gp_span_of(token),
	    GP_SIM_T_VK_SERVICE, GP_SIM_T_VK_USER);
	if (c->token == GP_SIM_TOKENS)
		return gp_sim_vk_fail(c, 5, "invalid access_token (4).");
	return 0;
}

static int64_t
milliseconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Three a second, of a community twenty. */
static int
check_rate(struct gp_sim_vk_call *c)
{
	size_t limit = c->token == GP_SIM_T_VK_COMMUNITY ? GP_SIM_VK_BURST : 3;
	int64_t now = milliseconds() + 1000; /* never 0 */
	size_t n = c->vk->asks[c->token];
	int64_t *slot = &c->vk->asked[c->token][n % limit];

	if (!c->sim->o.strict_rate)
		return 0;
	if (*slot != 0 && now - *slot < 1000)
		return gp_sim_vk_error(c, 6);
	*slot = now;
	c->vk->asks[c->token]++;
	return 0;
}

int
gp_sim_vk_check(struct gp_sim_vk_call *c)
{
	if (c->r->refused)
		return gp_sim_vk_fail(c, 8, "the body cannot be read");
	if (check_version(c) == -1)
		return -1;
	if (gp_sim_vk_method(c->method) == NULL)
		return gp_sim_vk_error(c, 3);
	return check_token(c) == -1 || check_rate(c) == -1 ? -1 : 0;
}
