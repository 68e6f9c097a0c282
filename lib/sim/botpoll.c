/* Polls of the bot: sent, and stopped. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "sim/botapi.h"

#define QUESTION_UNITS 300
#define OPTION_UNITS   100
#define EXPLAIN_UNITS  200
#define OPTIONS_MAX    12
#define PERIOD_MAX     2628000 /* seconds a poll may be open */

static char *
text_of(struct gp_json v)
{
	struct gp_buf b;

	gp_buf_init(&b, 0);
	gp_json_text(v, &b);
	return gp_buf_detach(&b);
}

/* [{"text":"..."}, ...]; plain strings were the old form and are refused. */
static int
options(struct gp_sim_call *c, struct gp_json_reader *rd,
    const struct gp_json_obj *list, struct gp_sim_poll *p)
{
	struct gp_sim_option *o;
	struct gp_json_obj one;
	struct gp_json text;
	size_t i, n;

	if (list->n < 1 || list->n > OPTIONS_MAX)
		return gp_sim_fail(c, 400,
		    list->n < 1 ? "poll must have at least 1 option"
				: "poll can't have more than 12 options");
	o = calloc(list->n, sizeof(*o));
	p->options.v = o;
	for (i = 0; o != NULL && i < list->n; i++) {
		if (gp_json_enter(rd, list->m[i].value, &one) == -1)
			break;
		text = gp_json_get(&one, "text");
		if (text.type != GP_JSON_STRING)
			return gp_sim_fail(c, 400,
			    "can't parse options JSON object: an option must "
			    "be an object with a text");
		o[i].text = text_of(text);
		p->options.n = i + 1;
		if (o[i].text == NULL)
			break;
		n = gp_utf8_units(gp_span_of(o[i].text));
		if (n < 1 || n > OPTION_UNITS)
			return gp_sim_fail(c, 400,
			    n < 1 ? "poll options must be non-empty"
				  : "poll options length must not exceed 100");
	}
	return o == NULL || i < list->n
	    ? gp_sim_fail(c, 500, "no memory (gp-sim)")
	    : 0;
}

static int
read_options(struct gp_sim_call *c, struct gp_sim_poll *p)
{
	const struct gp_sim_param *list = gp_sim_param(c->r, "options");
	struct gp_json_reader *rd = gp_json_new();
	struct gp_json_obj o;
	struct gp_why why;
	int r;

	if (rd == NULL ||
	    gp_json_open(
		rd, gp_buf_span(&list->value), GP_JSON_ANY, &o, &why) == -1)
		r = gp_sim_fail(c, 400, "can't parse options JSON object");
	else
		r = options(c, rd, &o, p);
	gp_json_free(rd);
	return r;
}

/* correct_option_ids: at least one, each an option. */
static int
read_right(struct gp_sim_call *c, struct gp_sim_poll *p)
{
	const struct gp_sim_param *list =
	    gp_sim_param(c->r, "correct_option_ids");
	struct gp_sim_option *opt = p->options.v;
	struct gp_json_reader *rd = gp_json_new();
	struct gp_json_obj o;
	struct gp_why why;
	int64_t k = -1;
	size_t i;
	int bad;

	bad = list == NULL || rd == NULL ||
	    gp_json_open(
		rd, gp_buf_span(&list->value), GP_JSON_ANY, &o, &why) == -1 ||
	    o.n == 0;
	for (i = 0; !bad && i < o.n; i++) {
		bad = gp_json_int(o.m[i].value, &k) == -1 || k < 0 ||
		    (size_t)k >= p->options.n;
		if (!bad)
			opt[k].correct = 1;
	}
	gp_json_free(rd);
	return bad ? gp_sim_fail(c, 400, "wrong correct option ID specified")
		   : 0;
}

static int
quiz(struct gp_sim_call *c, struct gp_sim_poll *p)
{
	const char *words = gp_sim_arg(c->r, "explanation"), *s;
	int lines = 0;

	if (read_right(c, p) == -1)
		return -1;
	if (words == NULL)
		return 0;
	for (s = words; *s != '\0'; s++)
		lines += *s == '\n';
	if (lines > 2 || gp_utf8_units(gp_span_of(words)) > EXPLAIN_UNITS)
		return gp_sim_fail(c, 400, "message is too long");
	p->explanation = strdup(words);
	return 0;
}

/* open_period or close_date, one of the two; the poll does not end by itself
 * here. */
static int
ends(struct gp_sim_call *c)
{
	int64_t period = 0, until = 0;
	int a = gp_sim_arg_int(c->r, "open_period", &period);
	int b = gp_sim_arg_int(c->r, "close_date", &until);

	if (a == 1 && b == 1)
		return gp_sim_fail(c, 400,
		    "open_period and close_date can't be used together");
	if (a == 1 && (period < 5 || period > PERIOD_MAX))
		return gp_sim_fail(c, 400, "poll can't be open for so long");
	if (b == 1 && (until < c->w->now + 5 || until > c->w->now + PERIOD_MAX))
		return gp_sim_fail(c, 400, "poll can't be closed at that time");
	return 0;
}

static int
fill(struct gp_sim_call *c, struct gp_sim_poll *p)
{
	const char *type = gp_sim_arg(c->r, "type");
	const char *question = gp_sim_arg(c->r, "question");

	if (type != NULL && *type != '\0' && strcmp(type, "regular") != 0 &&
	    strcmp(type, "quiz") != 0)
		return gp_sim_fail(c, 400, "unsupported poll type specified");
	p->type =
	    type != NULL && strcmp(type, "quiz") == 0 ? "quiz" : "regular";
	if (strcmp(p->type, "regular") == 0 &&
	    (gp_sim_arg(c->r, "correct_option_ids") != NULL ||
		gp_sim_arg(c->r, "explanation") != NULL))
		return gp_sim_fail(c, 400,
		    "correct_option_ids and explanation are of a quiz (gp-sim "
		    "is strict)");
	if (ends(c) == -1)
		return -1;
	if (gp_utf8_units(gp_span_of(question)) > QUESTION_UNITS)
		return gp_sim_fail(
		    c, 400, "poll question length must not exceed 300");
	p->question = strdup(question);
	p->multiple = gp_sim_arg_true(c->r, "allows_multiple_answers");
	if (read_options(c, p) == -1)
		return -1;
	return strcmp(p->type, "quiz") == 0 ? quiz(c, p) : 0;
}

int
gp_sim_send_poll(struct gp_sim_call *c)
{
	struct gp_sim_message m = { 0 };
	struct gp_sim_target t;

	if (gp_sim_target(c, "chat_id", &t) == -1)
		return -1;
	if (t.place == GP_SIM_IN_CHANNEL && gp_sim_arg(c->r, "is_anonymous") &&
	    !gp_sim_arg_true(c->r, "is_anonymous"))
		return gp_sim_fail(c, 400,
		    "non-anonymous polls can't be sent to channel chats");
	m.own = gp_sim_own_post();
	if (m.own != NULL)
		m.own->poll = calloc(1, sizeof(*m.own->poll));
	m.post = m.own;
	m.closed = gp_sim_arg_true(c->r, "is_closed");
	if (m.own == NULL || m.own->poll == NULL ||
	    fill(c, m.own->poll) == -1) {
		gp_sim_message_release(&m);
		return -1;
	}
	return gp_sim_send(c, &m);
}

int
gp_sim_stop_poll(struct gp_sim_call *c)
{
	struct gp_sim_message *m;
	struct gp_sim_target t;

	if (gp_sim_target(c, "chat_id", &t) == -1)
		return -1;
	m = gp_sim_target_message(c, &t, "message with poll to stop not found");
	if (m == NULL)
		return -1;
	if (m->own == NULL || m->own->poll == NULL)
		return gp_sim_fail(c, 400, "poll can't be stopped");
	if (m->closed)
		return gp_sim_fail(c, 400, "poll has already been closed");
	m->closed = 1;
	gp_sim_bot_wrote(c, "edit", m);
	if (gp_sim_tell(c->w, GP_SIM_U_POLL, m) == -1)
		return gp_sim_fail(c, 500, "no memory (gp-sim)");
	pthread_cond_broadcast(&c->sim->news);
	gp_sim_json_poll(&c->jw, m);
	return 0;
}
