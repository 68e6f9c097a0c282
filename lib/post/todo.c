#include "post/post.h"

#include <string.h>

#include "net/limits.h"
#include "net/publish.h"
#include "plan/media.h"

const char *
gp_todo_action(const struct gp_todo *t)
{
	switch (t->kind) {
	case GP_ACT_EDIT:
		return "edit";
	case GP_ACT_DELETE:
		return "delete";
	case GP_ACT_CLOSE:
		return "close";
	default:
		return "post";
	}
}

struct listing {
	struct gp_todo *v;
	size_t n;
	const struct gp_plan_post *post;
	const struct gp_post_how *how;
	struct gp_outbox *outbox;
	struct gp_pool *pool;
	struct gp_why *why;
};

/* Of what a reader sees of it: the text, with its marks where it has any. */
static void
hash_said(const struct gp_said *s, char to[GP_SHA256_LEN])
{
	struct gp_buf b;

	if (s->spans == 0) {
		gp_sha256(s->text, to);
		return;
	}
	gp_buf_init(&b, 0);
	gp_said_html(&b, s);
	gp_sha256(gp_buf_span(&b), to);
	gp_buf_release(&b);
}

static void
hash_poll(const struct gp_plan_poll *q, char to[GP_SHA256_LEN])
{
	const char *const *option = q->option.v;
	struct gp_buf b;
	size_t i;

	gp_buf_init(&b, 0);
	gp_buf_adds(&b, q->question);
	for (i = 0; i < q->option.n; i++)
		gp_buf_addf(&b, "\n%s", option[i]);
	gp_sha256(gp_buf_span(&b), to);
	gp_buf_release(&b);
}

/* 1: the journal has it; 0: it has not; -1. */
static int
look(struct listing *l, const char *key, struct gp_out_row *row)
{
	if (l->outbox == NULL)
		return 0;
	return gp_outbox_find(l->outbox, key, row, l->why);
}

static int
is_out(enum gp_out_state s)
{
	return s == GP_OUT_SENT || s == GP_OUT_DUPLICATE;
}

static int
is_doubt(enum gp_out_state s)
{
	return s == GP_OUT_SENDING || s == GP_OUT_UNKNOWN;
}

/* By the time alone. */
static enum gp_due
by_time(const struct listing *l, gp_instant at, int can_schedule)
{
	const struct gp_post_how *how = l->how;

	if (at == 0 || (at <= how->now && at + how->late >= how->now))
		return GP_DUE_NOW;
	if (at < how->now)
		return GP_DUE_LATE;
	return how->schedule && can_schedule ? GP_DUE_AHEAD : GP_DUE_NOT;
}

static struct gp_todo *
add(struct listing *l, enum gp_act_kind kind, const char *key)
{
	struct gp_todo *t = &l->v[l->n++];

	memset(t, 0, sizeof(*t));
	t->kind = kind;
	t->key = key;
	t->result = t->url = "";
	t->said = gp_said_of(gp_span_of(""));
	return t;
}

/* What the journal says counts before the time does. -1: it failed. */
static int
judge(struct listing *l, struct gp_todo *t, int can_schedule)
{
	struct gp_out_row row = { .at = 0 };
	int r = look(l, t->key, &row);

	if (r == -1)
		return -1;
	t->due = by_time(l, t->at, can_schedule);
	t->late = t->due == GP_DUE_LATE;
	if (r == 0)
		return 0;
	t->state = row.state;
	t->result = gp_pool_copy(l->pool, row.result).p;
	t->url = gp_pool_copy(l->pool, row.url).p;
	t->left = gp_outbox_time(&row);
	if (is_out(row.state))
		t->due =
		    gp_span_is(row.hash, t->hash) ? GP_DUE_OUT : GP_DUE_CHANGED;
	else if (!is_doubt(row.state))
		return 0;
	else if (!gp_span_is(row.hash, t->hash))
		t->due = GP_DUE_DOUBT;
	else if (t->due != GP_DUE_AHEAD) {
		t->early = t->due == GP_DUE_NOT;
		t->due = GP_DUE_NOW;
	}
	return 0;
}

static const char *
key_of(const struct listing *l, const char *end)
{
	return gp_pool_fmt(l->pool, "%s#%s", l->post->key, end).p;
}

/* -- edits ----------------------------------------------------------------- */

/* What the journal has of the edits of a post. */
struct edited {
	char out[GP_SHA256_LEN]; /* of the last that went through; "": none */
	int unsure;              /* one behind it may have */
	const char *key;         /* of the next one, or of one like it */
};

static int
look_at_edits(struct listing *l, const struct gp_todo *post, struct edited *e)
{
	struct gp_out_row row = { .at = 0 };
	const char *key;
	int i, r;

	memset(e, 0, sizeof(*e));
	for (i = 1;; i++) {
		key = gp_pool_fmt(l->pool, "%s#edit%d", post->key, i).p;
		r = look(l, key, &row);
		if (r != 1)
			break;
		if (is_out(row.state) && row.hash.n < sizeof(e->out)) {
			memcpy(e->out, row.hash.p, row.hash.n);
			e->out[row.hash.n] = '\0';
			e->unsure = 0;
			e->key = NULL;
		} else if (gp_span_is(row.hash, post->hash))
			e->key = key;
		e->unsure |= is_doubt(row.state);
	}
	if (e->key == NULL)
		e->key = key;
	return r;
}

/*
 * The text that is out is that of the last edit that went through. An edit may
 * be repeated, so one of unknown outcome is done again, or the text that is to
 * stand there is put over it.
 */
static int
edits(struct listing *l, struct gp_todo *post)
{
	struct gp_todo *t;
	struct edited e;
	int same;

	if (look_at_edits(l, post, &e) == -1)
		return -1;
	same = e.out[0] == '\0' ? post->due == GP_DUE_OUT
				: strcmp(e.out, post->hash) == 0;
	post->due = GP_DUE_OUT;
	if (same && !e.unsure)
		return 0;
	t = add(l, GP_ACT_EDIT, e.key);
	t->to = post->result;
	t->said = post->said;
	t->files = post->files;
	memcpy(t->hash, post->hash, sizeof(t->hash));
	t->due = l->how->edit ? GP_DUE_NOW : GP_DUE_CHANGED;
	return 0;
}

/* -- the parts of an entry ------------------------------------------------- */

static int
take_back(struct listing *l, const char *of, const char *end, int files)
{
	struct gp_out_row row = { .at = 0 };
	struct gp_todo *t;
	const char *to;
	int r = look(l, of, &row), lost;

	if (r != 1 || (!is_out(row.state) && !is_doubt(row.state)))
		return r == -1 ? -1 : 0;
	lost = is_doubt(row.state) || row.result.n == 0;
	to = lost ? NULL : gp_pool_copy(l->pool, row.result).p;
	t = add(l, GP_ACT_DELETE, key_of(l, end));
	t->to = to;
	t->files = files;
	if (judge(l, t, 0) == -1)
		return -1;
	if (lost && t->due != GP_DUE_OUT)
		t->due = GP_DUE_DOUBT;
	return 0;
}

/* A poll that cannot stand beside a text, on Telegram. */
static int
is_apart(const struct gp_plan_post *p)
{
	return p->poll != NULL && !p->poll_as_text &&
	    !gp_net_limits_of(p->net)->mixed_poll &&
	    (p->said.text.n > 0 || p->file.n > 0);
}

static int
add_post(struct listing *l)
{
	const struct gp_plan_post *p = l->post;
	struct gp_todo *t = add(l, GP_ACT_POST, p->key);

	t->at = p->at;
	t->said = p->said;
	t->files = p->file.n > 0;
	t->poll = p->poll != NULL && !p->poll_as_text && !is_apart(p);
	if (t->poll && p->said.text.n == 0)
		hash_poll(p->poll, t->hash);
	else
		hash_said(&p->said, t->hash);
	if (judge(l, t, p->net->can_schedule) == -1)
		return -1;
	if (t->due == GP_DUE_OUT || t->due == GP_DUE_CHANGED)
		return edits(l, t);
	return 0;
}

/* Behind its text, never before it. */
static int
add_poll(struct listing *l)
{
	const struct gp_plan_post *p = l->post;
	struct gp_todo *t;

	if (!is_apart(p))
		return 0;
	t = add(l, GP_ACT_POST, key_of(l, "poll"));
	t->at = p->at;
	t->poll = 1;
	hash_poll(p->poll, t->hash);
	return judge(l, t, p->net->can_schedule);
}

/* Where a bot must close it; the poll must be out. */
static int
add_close(struct listing *l)
{
	const struct gp_plan_post *p = l->post;
	const char *of = is_apart(p) ? key_of(l, "poll") : p->key;
	struct gp_out_row row = { .at = 0 };
	struct gp_todo *t;
	const char *to;
	int r;

	if (p->poll->closes == 0 || p->poll_as_text ||
	    gp_net_limits_of(p->net)->mixed_poll)
		return 0;
	r = look(l, of, &row);
	if (r == -1)
		return -1;
	to = r == 1 && is_out(row.state) ? gp_pool_copy(l->pool, row.result).p
					 : NULL;
	t = add(l, GP_ACT_CLOSE, key_of(l, "close"));
	t->at = p->poll->closes;
	t->to = to;
	if (judge(l, t, 0) == -1)
		return -1;
	/* Better late than never; and not at all where there is none. */
	t->late = 0;
	if (t->due == GP_DUE_LATE)
		t->due = GP_DUE_NOW;
	if (t->to == NULL)
		t->due = GP_DUE_NOT;
	return 0;
}

static int
add_answer(struct listing *l)
{
	const struct gp_plan_post *p = l->post;
	struct gp_out_row row = { .at = 0 };
	struct gp_todo *t;
	int r;

	if (p->poll->correct == 0 || p->poll->closes == 0 || p->net->can_quiz)
		return 0;
	r = look(l, p->key, &row);
	if (r == -1)
		return -1;
	t = add(l, GP_ACT_POST, key_of(l, "answer"));
	t->at = p->poll->closes;
	if (gp_plan_answer(p, l->pool, &t->said, l->why) == -1)
		return -1;
	hash_said(&t->said, t->hash);
	if (l->outbox != NULL && (r == 0 || !is_out(row.state))) {
		t->due = GP_DUE_NOT; /* the question is not out */
		return 0;
	}
	if (judge(l, t, 0) == -1)
		return -1;
	if (t->due == GP_DUE_CHANGED)
		t->due = GP_DUE_OUT;
	return 0;
}

int
gp_todo_list(struct gp_todo v[GP_TODOS], const struct gp_plan_post *post,
    const struct gp_post_how *how, struct gp_outbox *outbox,
    struct gp_pool *pool, struct gp_why *why)
{
	struct listing l = { v, 0, post, how, outbox, pool, why };

	if (post->skip)
		return 0;
	if (post->gone) {
		if (take_back(&l, post->key, "delete", (int)post->file.n) ==
			-1 ||
		    take_back(&l, key_of(&l, "poll"), "poll-delete", 0) == -1)
			return -1;
		return (int)l.n;
	}
	if (add_post(&l) == -1 || add_poll(&l) == -1)
		return -1;
	if (post->poll != NULL && (add_close(&l) == -1 || add_answer(&l) == -1))
		return -1;
	return (int)l.n;
}

/* -- for the network ------------------------------------------------------- */

static int
files_of(struct gp_publish *to, const struct gp_plan_post *post,
    struct gp_pool *pool, struct gp_why *why)
{
	struct gp_publish_file *f =
	    gp_pool_alloc(pool, (post->file.n + 1) * sizeof(*f));
	struct gp_why because;
	struct gp_media m;
	size_t i;

	if (f == NULL)
		return gp_because(why, "no memory");
	for (i = 0; i < post->file.n; i++) {
		f[i].path = post->file.v[i].path;
		f[i].alt = post->file.v[i].alt;
		if (gp_media_read(f[i].path, &m, &because) == -1)
			return gp_because(
			    why, "'%s': %s", f[i].path, because.msg);
		if (m.format == NULL)
			return gp_because(
			    why, "'%s' is no picture and no video", f[i].path);
		f[i].format = m.format;
		f[i].video = m.video;
	}
	to->file = f;
	to->files = post->file.n;
	return 0;
}

static int
poll_of(struct gp_publish *to, const struct gp_plan_post *post,
    struct gp_pool *pool, struct gp_why *why)
{
	const struct gp_plan_poll *from = post->poll;
	struct gp_publish_poll *q = gp_pool_alloc(pool, sizeof(*q));

	if (q == NULL)
		return gp_because(why, "no memory");
	q->question = from->question;
	q->option = from->option.v;
	q->n = from->option.n;
	q->correct = (size_t)from->correct;
	q->explanation = post->explanation;
	q->multiple = from->multiple;
	q->open_names = from->open_names;
	q->closes = from->closes;
	to->poll = q;
	return 0;
}

int
gp_todo_publish(struct gp_publish *to, const struct gp_todo *t,
    const struct gp_plan_post *post, gp_instant now, struct gp_pool *pool,
    struct gp_why *why)
{
	memset(to, 0, sizeof(*to));
	to->said = t->said;
	to->now = now;
	if (t->kind == GP_ACT_DELETE) {
		to->files = (size_t)t->files;
		return 0;
	}
	if (t->kind == GP_ACT_CLOSE)
		return 0;
	if (t->files && files_of(to, post, pool, why) == -1)
		return -1;
	if ((t->poll ||
		(t->kind == GP_ACT_EDIT && post->poll != NULL &&
		    !post->poll_as_text && !is_apart(post))) &&
	    poll_of(to, post, pool, why) == -1)
		return -1;
	if (strcmp(t->key, post->key) == 0 || t->kind == GP_ACT_EDIT)
		to->link = post->link;
	/* What is only looked for may wait there for its time. */
	if (t->due == GP_DUE_AHEAD || (t->early && post->net->can_schedule))
		to->when = t->at;
	return 0;
}
