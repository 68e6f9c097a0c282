/* VK: /vk/method/NAME and the Long Poll; what is checked before a method. */
#include "sim/vk.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sim/methods.h"

#define METHOD_PATH "/vk/method/"
#define LP_PATH     "/vk/lp/"
#define OLDEST      5081 /* versions below are refused */

/* clang-format off */
static const struct {
	int code;
	const char *says;
} errors[] = {
	{ 1, "Unknown error occurred" },
	{ 3, "Unknown method passed" },
	{ 5, "User authorization failed" },
	{ 6, "Too many requests per second" },
	{ 7, "Permission to perform this action is denied" },
	{ 8, "Invalid request" },
	{ 9, "Flood control" },
	{ 10, "Internal server error" },
	{ 12, "Unable to compile code" },
	{ 13, "Runtime error occurred during code invocation" },
	{ 14, "Captcha needed" },
	{ 15, "Access denied" },
	{ 17, "Validation required" },
	{ 18, "User was deleted or banned" },
	{ 24, "Confirmation required" },
	{ 27, "Group authorization failed" },
	{ 28, "Application authorization failed" },
	{ 29, "Rate limit reached" },
	{ 30, "This profile is private" },
	{ 100, "One of the parameters specified was missing or invalid" },
	{ 104, "Not found" },
	{ 113, "Invalid user id" },
	{ 125, "Invalid group id" },
	{ 203, "Access to group denied" },
	{ 210, "Access to wall's post denied" },
	{ 211, "Access to wall's comment denied" },
	{ 212, "Access to post comments denied" },
	{ 250, "Access to poll denied" },
	{ 251, "Invalid poll id" },
	{ 936, "Contact not found" },
};

/* Taken by every method. */
static const char common[] =
    "access_token v lang b:test_mode captcha_sid captcha_key b:confirm";
/* clang-format on */

const char *
gp_sim_vk_says(int code)
{
	size_t i;

	for (i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (errors[i].code == code)
			return errors[i].says;
	return errors[0].says;
}

int
gp_sim_vk_error(struct gp_sim_vk_call *c, int code)
{
	c->code = code;
	snprintf(c->says, sizeof(c->says), "%s", gp_sim_vk_says(code));
	return -1;
}

int
gp_sim_vk_fail(struct gp_sim_vk_call *c, int code, const char *fmt, ...)
{
	va_list ap;
	size_t n;

	c->code = code;
	n = (size_t)snprintf(
	    c->says, sizeof(c->says), "%s: ", gp_sim_vk_says(code));
	va_start(ap, fmt);
	vsnprintf(c->says + n, sizeof(c->says) - n, fmt, ap);
	va_end(ap);
	return -1;
}

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

static void
echo(struct gp_jw *w, const char *key, const char *value)
{
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "key", key);
	gp_jw_kstr(w, "value", value);
	gp_jw_close(w, '}');
}

/* The members that some codes carry besides. */
static void
more(struct gp_jw *w, int code)
{
	if (code == 14) {
		gp_jw_kstr(w, "captcha_sid", "239600000001");
		gp_jw_kstr(w, "captcha_img",
		    "https://api.vk.ru/captcha.php?sid=239600000001&s=1");
	}
	if (code == 17)
		gp_jw_kstr(w, "redirect_uri",
		    "https://oauth.vk.ru/security_check?hash=0a1b2c");
	if (code == 24)
		gp_jw_kstr(w, "confirmation_text", "Вы уверены?");
}

/* As old VK does, with all parameters, the token too: clients must scrub. */
static void
error(struct gp_sim_reply *a, const struct gp_sim_request *r,
    const char *method, int code, const char *says)
{
	struct gp_jw w;
	size_t i;

	gp_buf_reset(&a->body);
	gp_jw_init(&w, &a->body);
	gp_jw_open(&w, '{');
	gp_jw_key(&w, "error");
	gp_jw_open(&w, '{');
	gp_jw_kint(&w, "error_code", code);
	gp_jw_kstr(&w, "error_msg", says);
	gp_jw_key(&w, "request_params");
	gp_jw_open(&w, '[');
	echo(&w, "oauth", "1");
	echo(&w, "method", method);
	for (i = 0; i < r->n; i++)
		echo(&w, r->param[i].name, gp_buf_str(&r->param[i].value));
	gp_jw_close(&w, ']');
	more(&w, code);
	gp_jw_close(&w, '}');
	gp_jw_close(&w, '}');
}

static int
checked(struct gp_sim_vk_call *c)
{
	if (c->r->refused)
		return gp_sim_vk_fail(c, 8, "the body cannot be read");
	if (check_version(c) == -1)
		return -1;
	if (gp_sim_vk_method(c->method) == NULL)
		return gp_sim_vk_error(c, 3);
	return check_token(c) == -1 || check_rate(c) == -1 ? -1 : 0;
}

static void
method(struct gp_sim *sim, const struct gp_sim_request *r,
    struct gp_sim_reply *a, const char *name)
{
	struct gp_sim_vk_call c = {
		.sim = sim, .vk = sim->state[GP_SIM_VK], .r = r, .method = name
	};
	struct gp_buf failed;

	gp_buf_init(&failed, 0);
	c.execute_errors = &failed;
	gp_jw_init(&c.jw, &a->body);
	gp_jw_open(&c.jw, '{');
	gp_jw_key(&c.jw, "response");
	if (checked(&c) == -1 || gp_sim_vk_play(&c) == -1) {
		error(a, r, name, c.code, c.says);
	} else {
		if (failed.n > 0) {
			gp_jw_key(&c.jw, "execute_errors");
			gp_jw_open(&c.jw, '[');
			gp_jw_raw(&c.jw, gp_buf_span(&failed));
			gp_jw_close(&c.jw, ']');
		}
		gp_jw_close(&c.jw, '}');
	}
	gp_buf_release(&failed);
}

static void
answer(
    struct gp_sim *sim, const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	size_t n = strlen(METHOD_PATH);

	a->type = "application/json; charset=utf-8";
	if (sim->feed[GP_SIM_VK].page != NULL &&
	    strncmp(r->path, METHOD_PATH, n) == 0) {
		method(sim, r, a, r->path + n);
	} else if (strncmp(r->path, LP_PATH, strlen(LP_PATH)) == 0) {
		gp_sim_vk_long_poll(
		    sim, r, a, strtoll(r->path + strlen(LP_PATH), NULL, 10));
	} else {
		a->status = 404;
		a->type = "text/html; charset=utf-8";
	}
}

static int
fault(struct gp_sim *sim, const struct gp_sim_fault *f,
    const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	int code = f->kind == GP_SIM_F_500 ? 10 : f->code;
	size_t n = strlen(METHOD_PATH);
	struct gp_jw w;

	if (f->kind == GP_SIM_F_429) /* the gateway says so; VK has code 6 */
		return -1;
	a->type = "application/json; charset=utf-8";
	if (strncmp(r->path, METHOD_PATH, n) == 0) {
		error(a, r, r->path + n, code, gp_sim_vk_says(code));
		return 0;
	}
	gp_jw_init(&w, &a->body); /* the Long Poll has numbers of its own */
	gp_sim_vk_long_poll_failed(&w, code, sim->feed[GP_SIM_VK].news_n);
	return 0;
}

static int
control(struct gp_sim *sim, const char *word, const struct gp_sim_request *r)
{
	(void)r;
	return gp_sim_vk_long_poll_control(sim, word);
}

static int
init(struct gp_sim *sim)
{
	struct gp_sim_vk *vk = calloc(1, sizeof(*vk));

	sim->state[GP_SIM_VK] = vk;
	if (vk == NULL)
		return -1;
	gp_sim_vk_long_poll_init(sim, vk);
	return 0;
}

static void
release(struct gp_sim *sim)
{
	free(sim->state[GP_SIM_VK]);
	sim->state[GP_SIM_VK] = NULL;
}

const struct gp_sim_network gp_sim_vk = {
	.name = "vk",
	.prefix = "/vk/",
	.init = init,
	.release = release,
	.answer = answer,
	.fault = fault,
	.control = control,
};
