/* VK: /vk/method/NAME and the Long Poll, errors, bad days. */
#include "sim/vk.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define METHOD_PATH "/vk/method/"
#define LP_PATH     "/vk/lp/"

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
	{ 22, "Upload error" },
	{ 27, "Group authorization failed" },
	{ 28, "Application authorization failed" },
	{ 29, "Rate limit reached" },
	{ 30, "This profile is private" },
	{ 100, "One of the parameters specified was missing or invalid" },
	{ 104, "Not found" },
	{ 105, "Couldn't save file" },
	{ 113, "Invalid user id" },
	{ 118, "Invalid server" },
	{ 121, "Invalid hash" },
	{ 125, "Invalid group id" },
	{ 129, "Invalid photo" },
	{ 150, "Invalid timestamp" },
	{ 203, "Access to group denied" },
	{ 210, "Access to wall's post denied" },
	{ 211, "Access to wall's comment denied" },
	{ 212, "Access to post comments denied" },
	{ 213, "Access to status replies denied" },
	{ 214, "Access to adding post denied" },
	{ 219, "Advertisement post was recently added" },
	{ 220, "Too many recipients" },
	{ 222, "Hyperlinks are forbidden" },
	{ 223, "Too many replies" },
	{ 224, "Too many ads posts" },
	{ 225, "Donut is disabled" },
	{ 250, "Access to poll denied" },
	{ 251, "Invalid poll id" },
	{ 900, "Can't send messages for users from blacklist" },
	{ 901, "Can't send messages for users without permission" },
	{ 902, "Can't send messages to this user due to their privacy"
	       " settings" },
	{ 909, "Can't edit this message, because it's too old" },
	{ 911, "Keyboard format is invalid" },
	{ 914, "Message is too long" },
	{ 917, "You don't have access to this chat" },
	{ 920, "Can't edit this kind of message" },
	{ 924, "Can't delete this message for everybody" },
	{ 936, "Contact not found" },
	{ 950, "Can't send message, reply timed out" },
};
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

	a->code = code;
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
	if (gp_sim_vk_check(&c) == -1 || gp_sim_vk_play(&c) == -1) {
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
	} else if (strncmp(r->path, GP_SIM_VK_UPLOAD,
		       strlen(GP_SIM_VK_UPLOAD)) == 0) {
		gp_sim_vk_upload(sim, r, a, r->path + strlen(GP_SIM_VK_UPLOAD));
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

	/* The gateway says so; VK has code 6. Uploads have no form for it. */
	if (f->kind == GP_SIM_F_429 ||
	    strncmp(r->path, GP_SIM_VK_UPLOAD, strlen(GP_SIM_VK_UPLOAD)) == 0)
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
