#include "reply/replier.h"

#include <stdio.h>
#include <string.h>

#include "reply/hours.h"
#include "send/receipt.h"

/* What the journal knows of a reply: the last that holds for a part of it. */
enum {
	IS_OUT,     /* it is there */
	IS_NEW,     /* it has to go yet */
	IS_GAP,     /* a restored journal does not tell */
	IS_UNKNOWN, /* it may be there */
};

/* The first trouble of a kind says how the run ended; more kinds: partial. */
static void
worst(struct gp_replier *p, enum gp_exit status)
{
	if (status == GP_OK)
		return;
	p->status =
	    p->status == GP_OK || p->status == status ? status : GP_PARTIAL;
}

static int
receipt(struct gp_replier *p, const struct gp_reply *r, const char *key,
    const struct gp_sent *sent, int aside)
{
	struct gp_receipt to = { .network = r->network,
		.page = r->page,
		.action = "reply",
		.key = key,
		.at = sent->at != 0 ? sent->at : p->now,
		.state = sent->state,
		.to = gp_span_of(r->to),
		.result = sent->result,
		.url = sent->url,
		.error = sent->error,
		.hash = gp_span_of(r->now_hash),
		.interim = r->interim,
		.aside = aside };

	if (r->promised != NULL)
		to.promised = gp_span_of(r->promised);
	if (sent->error.n > 0)
		p->say(p->ctx, r->to, gp_out_word(sent->state), sent->error);
	if (p->dry)
		return 0;
	gp_buf_reset(&p->out);
	gp_receipt_write(&p->out, &to);
	return p->put(p->ctx, gp_buf_span(&p->out));
}

static int
refused(struct gp_replier *p, const struct gp_reply *r, enum gp_out_state state)
{
	struct gp_sent sent = { .state = state,
		.error = gp_span_of(r->why.msg) };

	worst(p, state == GP_OUT_FAILED ? GP_TEMPFAIL : GP_PARTIAL);
	return receipt(p, r, r->key, &sent, 1);
}

static void
address(struct gp_act *act, const struct gp_reply *r)
{
	gp_act_init(act, gp_reply_kind(r));
	act->to = r->to;
	act->post = r->post;
	act->chat = r->chat;
	act->parent = r->parent;
	act->thread = r->thread;
}

/* It cannot have left before a person approved it. */
static gp_instant
approved(const struct gp_reply *r)
{
	gp_instant at;

	return gp_instant_parse(gp_span_of(r->approved_at), &at) == 0 ? at : 0;
}

/* One part of a text, whole for most. -1: nothing more may be sent. */
static int
one_part(struct gp_replier *p, struct gp_reply *r, struct gp_job *j,
    const char *key, struct gp_span text, enum gp_out_state *state)
{
	struct gp_out_row plan = { .key = gp_span_of(key),
		.page = gp_span_of(r->page),
		.action = gp_span_of(r->interim ? GP_OUT_INTERIM : "reply"),
		.to = gp_span_of(r->to),
		.hash = gp_span_of(r->now_hash),
		.at = p->now,
		.could = approved(r) };
	struct gp_sent sent;
	struct gp_why why;
	struct gp_act act;
	int bad = -1;

	address(&act, r);
	gp_sent_init(&sent);
	act.key = key;
	act.text = text;
	j->act = &act;
	if (gp_send(&p->to->send, j, &plan, &sent, &why) == -1) {
		p->say(p->ctx, NULL, NULL, gp_span_of(why.msg));
		p->status = gp_outbox_status(p->to->outbox);
	} else if (sent.stopped) {
		p->status = GP_TEMPFAIL;
	} else {
		*state = sent.state;
		p->left |=
		    sent.state == GP_OUT_SENT || sent.state == GP_OUT_UNKNOWN;
		if (sent.means != GP_OK)
			worst(p,
			    sent.state == GP_OUT_REFUSED ? GP_PARTIAL
							 : sent.means);
		bad = receipt(p, r, key, &sent, 0);
	}
	j->act = NULL;
	gp_act_release(&act);
	gp_sent_release(&sent);
	return bad;
}

static int
is_blank(struct gp_span s)
{
	while (s.n > 0 && strchr(" \t\r\n", *s.p) != NULL) {
		s.p++;
		s.n--;
	}
	return s.n == 0;
}

/* The parts of a text, one after another, each with a key of its own. */
struct parts {
	struct gp_span rest, part;
	char key[80];
	int n;
};

/* 1: the next one; 0: there is none. */
static int
next_part(struct parts *s, const struct gp_reply *r, const struct gp_net *net)
{
	if (s->n == 0)
		s->rest = gp_span_of(r->text);
	if (s->rest.n == 0 || is_blank(s->rest))
		return 0;
	s->part = gp_reply_part(net, gp_reply_kind(r), s->rest);
	s->rest.p += s->part.n;
	s->rest.n -= s->part.n;
	s->n++;
	snprintf(
	    s->key, sizeof(s->key), s->n == 1 ? "%s" : "%s.%d", r->key, s->n);
	return 1;
}

static int
send_parts(struct gp_replier *p, struct gp_reply *r, struct gp_job *j)
{
	enum gp_out_state state = GP_OUT_SENT;
	struct parts s = { .n = 0 };

	while (next_part(&s, r, j->net)) {
		if (!p->dry)
			gp_pages_pace(&p->to->pages, j, p->rate, p->stop);
		if (one_part(p, r, j, s.key, s.part, &state) == -1)
			return -1;
		/* What follows makes no sense without it. */
		if (state != GP_OUT_SENT && state != GP_OUT_DUPLICATE &&
		    state != GP_OUT_PLANNED)
			break;
	}
	return 0;
}

/* What the journal knows of a part; -1: it failed. */
static int
part_is_out(struct gp_replier *p, const struct gp_reply *r, const char *key,
    struct gp_why *why)
{
	struct gp_out_row row = { .at = 0 };
	int n = gp_outbox_find(p->to->outbox, key, &row, why);

	if (n == -1)
		return -1;
	switch (row.state) {
	case GP_OUT_SENT:
	case GP_OUT_DUPLICATE:
		return IS_OUT;
	case GP_OUT_SENDING:
	case GP_OUT_UNKNOWN:
		return IS_UNKNOWN;
	default: /* not there at all, too */
		return gp_outbox_gap(
			   p->to->outbox, approved(r), row.left, p->now) != 0
		    ? IS_GAP
		    : IS_NEW;
	}
}

/* What it knows of them all. */
static int
is_out(struct gp_replier *p, const struct gp_reply *r, const struct gp_net *net,
    struct gp_why *why)
{
	struct parts s = { .n = 0 };
	int n = IS_OUT, all = IS_OUT;

	if (p->to->outbox == NULL)
		return IS_NEW;
	while (n != -1 && next_part(&s, r, net)) {
		n = part_is_out(p, r, s.key, why);
		if (n > all)
			all = n;
	}
	if (n == -1)
		return -1;
	return s.n == 0 ? IS_NEW : all;
}

static int
failed(struct gp_replier *p, const struct gp_why *why)
{
	p->say(p->ctx, NULL, NULL, gp_span_of(why->msg));
	p->status =
	    p->to->outbox != NULL ? gp_outbox_status(p->to->outbox) : GP_OK;
	if (p->status == GP_OK && p->store != NULL)
		p->status = gp_store_status(p->store);
	if (p->status == GP_OK)
		p->status = GP_SOFTWARE;
	return -1;
}

/* What is out is a duplicate, whatever holds now. */
static int
all_out(
    struct gp_replier *p, const struct gp_reply *r, const struct gp_net *net)
{
	struct parts s = { .n = 0 };
	struct gp_out_row row;
	struct gp_why why;

	while (next_part(&s, r, net)) {
		struct gp_sent sent = { .state = GP_OUT_DUPLICATE };

		if (gp_outbox_find(p->to->outbox, s.key, &row, &why) == -1)
			return failed(p, &why);
		sent.result = row.result;
		sent.url = row.url;
		sent.at = gp_outbox_time(&row);
		if (receipt(p, r, s.key, &sent, 0) == -1)
			return -1;
	}
	return 0;
}

/* It must not go now, but may be out: no one looks for it. */
static int
doubtful(struct gp_replier *p, struct gp_reply *r)
{
	struct gp_sent sent = { .state = GP_OUT_UNKNOWN };
	struct gp_why why;

	gp_because(
	    &why, "it may be out, and could not go again: %s", r->why.msg);
	sent.error = gp_span_of(why.msg);
	worst(p, GP_TEMPFAIL);
	return receipt(p, r, r->key, &sent, 0);
}

/*
 * A store knows what the last reading found. Since then the citizen may have
 * taken the appeal back, or a colleague answered it in the browser. 0: not as
 * far as can be seen; 1: refused.
 */
static int
look(struct gp_replier *p, struct gp_reply *r)
{
	struct gp_job *j = p->job;
	struct gp_act *act = j->act, eye;
	gp_instant at;
	int refused = 1;

	if (p->dry || p->blind || r->appeal_at == NULL ||
	    gp_instant_parse(gp_span_of(r->appeal_at), &at) == -1)
		return 0;
	address(&eye, r);
	eye.left = at;
	j->act = &eye;
	switch (gp_send_look(&p->to->send, j)) {
	case GP_SEEK_GONE:
		gp_because(&r->why, "'%s' is not there any more", r->to);
		break;
	case GP_SEEK_FOUND:
		gp_because(&r->why,
		    "'%s' was answered meanwhile, by '%s'; --again sends all "
		    "the same",
		    r->to, gp_buf_str(&eye.result));
		refused = !p->again;
		break;
	default:
		refused = 0;
	}
	j->act = act;
	gp_act_release(&eye);
	return refused;
}

/* An answer went out from here already: a receipt was lost, or two persons
 * approved one each. GP_OUT_PLANNED, REFUSED or FAILED; -1. */
static int
rival(struct gp_replier *p, struct gp_reply *r, struct gp_why *why)
{
	struct gp_out_row row = { .key = gp_span_of(r->key),
		.page = gp_span_of(r->page),
		.to = gp_span_of(r->to),
		.hash = gp_span_of(r->now_hash) };
	int n = 0;

	if (!p->again && p->to->outbox != NULL)
		n = gp_outbox_rival(p->to->outbox, &row, why);
	if (n != 1)
		return n == 0 ? GP_OUT_PLANNED : -1;
	if (row.state == GP_OUT_SENT || row.state == GP_OUT_DUPLICATE) {
		gp_because(&r->why,
		    "answered already, by '%.*s'; --again sends all the same",
		    (int)(row.result.n > 0 ? row.result : row.key).n,
		    (row.result.n > 0 ? row.result : row.key).p);
		return GP_OUT_REFUSED;
	}
	gp_because(&r->why,
	    "another answer may be out, '%.*s': look for it, then say "
	    "--resolve; --again sends all the same",
	    (int)row.key.n, row.key.p);
	return GP_OUT_FAILED;
}

int
gp_replier_may(struct gp_replier *p, struct gp_why *why)
{
	struct gp_reply *r = p->reply;
	gp_instant now = p->now + (gp_instant)(gp_clock() - p->to->send.began);
	int bad = 0, to = rival(p, r, why);

	if (to != GP_OUT_PLANNED) {
		if (to != -1)
			*why = r->why;
		return to;
	}
	if (p->store != NULL)
		bad = gp_reply_desk(
		    r, p->store, p->to->outbox, p->again, p->inner, why);
	if (bad == -1)
		return -1;
	if (bad == 0 && p->hours != NULL && !gp_hours_has(p->hours, now)) {
		gp_because(why, "it is not %s now: nothing is sent", p->hours);
		r->why = *why;
		return GP_OUT_FAILED;
	}
	if (bad == 0)
		bad = look(p, r);
	if (bad == 0)
		return GP_OUT_PLANNED;
	*why = r->why;
	return GP_OUT_REFUSED;
}

/* The words are those that were approved, and sent. */
static int
is_approved(const struct gp_reply *r)
{
	return r->hash != NULL && strcmp(r->hash, r->now_hash) == 0;
}

int
gp_replier_send(struct gp_replier *p, struct gp_reply *r)
{
	const struct gp_net *net = gp_net_of(r->network);
	struct gp_job *j;
	struct gp_why why;
	int out, may;

	if (net == NULL) {
		gp_because(&r->why, "no such network");
		return refused(p, r, GP_OUT_REFUSED);
	}
	out = is_out(p, r, net, &why);
	if (out == -1)
		return failed(p, &why);
	if (out == IS_OUT && is_approved(r))
		return all_out(p, r, net);
	if (gp_reply_prove(r, net, p->split, p->personal) == -1)
		return out == IS_UNKNOWN && is_approved(r)
		    ? doubtful(p, r)
		    : refused(p, r, GP_OUT_REFUSED);
	j = gp_pages_find(&p->to->pages, r->network, r->page, &r->why);
	if (j == NULL)
		return refused(p, r, GP_OUT_REFUSED);
	if (j->outcome != GP_RUN_OK && j->act == NULL) {
		r->why = j->why;
		worst(p, (enum gp_exit)gp_outcome_exit(j->outcome));
		return receipt(p, r, r->key,
		    &(struct gp_sent){ .state = GP_OUT_FAILED,
			.error = gp_span_of(r->why.msg) },
		    1);
	}
	if (!p->dry) {
		if (gp_outbox_lock(
			p->to->outbox, r->page, p->to->wait, &r->why) != GP_OK)
			return refused(p, r, GP_OUT_FAILED);
		out = is_out(p, r, net, &why);
	}
	if (out == -1)
		return failed(p, &why);
	if (out == IS_OUT) /* meanwhile: it waited for its turn */
		return all_out(p, r, net);
	p->reply = r;
	p->job = j;
	may = out == IS_NEW ? gp_replier_may(p, &why) : GP_OUT_PLANNED;
	if (may == -1)
		return failed(p, &why);
	return may == GP_OUT_PLANNED ? send_parts(p, r, j)
				     : refused(p, r, (enum gp_out_state)may);
}
