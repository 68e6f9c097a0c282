/* polls.create and polls.getById. */
#include <string.h>

#include "sim/vk.h"

#define ANSWERS_MAX 10
#define FIRST_END   1550700000

/* The answers of the JSON text add_answers. -1: the error is set. */
static int
answers(struct gp_sim_vk_call *c, struct gp_json_reader *rd,
    const struct gp_sim_param *list, struct gp_sim_poll *q)
{
	struct gp_pool *pool = &c->sim->shelf.pool;
	struct gp_sim_option *o;
	struct gp_json_obj all;
	struct gp_buf text;
	struct gp_why why;
	size_t i;

	if (gp_json_open(
		rd, gp_buf_span(&list->value), GP_JSON_ANY, &all, &why) == -1 ||
	    *gp_buf_str(&list->value) != '[')
		return gp_sim_vk_fail(c, 100, "add_answers is no JSON array");
	if (all.n < 1 || all.n > ANSWERS_MAX)
		return gp_sim_vk_fail(
		    c, 100, "add_answers should have 1 to 10 answers");
	o = gp_pool_alloc(pool, all.n * sizeof(*o));
	if (o == NULL)
		return gp_sim_vk_error(c, 10);
	memset(o, 0, all.n * sizeof(*o));
	gp_buf_init(&text, 0);
	for (i = 0; i < all.n; i++) {
		gp_buf_reset(&text);
		if (gp_json_text(all.m[i].value, &text) == -1 || text.n == 0)
			break;
		o[i].text = gp_pool_copy(pool, gp_buf_span(&text)).p;
	}
	gp_buf_release(&text);
	q->options.v = o;
	q->options.n = all.n;
	return i < all.n
	    ? gp_sim_vk_fail(c, 100, "add_answers: an answer is empty")
	    : 0;
}

static int
fill(struct gp_sim_vk_call *c, struct gp_sim_poll *q)
{
	struct gp_json_reader *rd = gp_json_new();
	int r = rd != NULL
	    ? answers(c, rd, gp_sim_param(c->r, "add_answers"), q)
	    : gp_sim_vk_error(c, 10);

	gp_json_free(rd);
	if (r == -1)
		return -1;
	q->question = gp_pool_copy(
	    &c->sim->shelf.pool, gp_span_of(gp_sim_arg(c->r, "question")))
			  .p;
	q->type = "regular";
	q->named = gp_sim_arg(c->r, "is_anonymous") == NULL ||
	    !gp_sim_arg_true(c->r, "is_anonymous");
	q->multiple = gp_sim_arg_true(c->r, "is_multiple");
	q->end = gp_sim_vk_number(c, "end_date", 0);
	if (q->end != 0 && (q->end < FIRST_END || q->end <= c->sim->w.now))
		return gp_sim_vk_fail(c, 100, "end_date is incorrect");
	return 0;
}

static void
told(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p,
    const struct gp_sim_item *it)
{
	struct gp_sim_note n = {
		.at = it->at, .poll = it->poll, .item = &it, .items = 1
	};

	gp_jw_open(&c->jw, '{');
	gp_sim_vk_json_poll(&c->jw, p, &n);
	gp_jw_close(&c->jw, '}');
}

int
gp_sim_vk_polls_create(struct gp_sim_vk_call *c)
{
	struct gp_sim_item like = { .kind = GP_SIM_I_POLL,
		.net = GP_SIM_VK,
		.ready = 1,
		.at = c->sim->w.now };
	struct gp_sim_poll *q;
	const struct gp_sim_item *it;
	struct gp_sim_vk_page p;

	if (gp_sim_vk_owner(c, gp_sim_vk_number(c, "owner_id", 0), &p) == -1)
		return -1;
	q = gp_pool_alloc(&c->sim->shelf.pool, sizeof(*q));
	if (q == NULL)
		return gp_sim_vk_error(c, 10);
	memset(q, 0, sizeof(*q));
	if (fill(c, q) == -1)
		return -1;
	like.poll = q;
	like.owner = -p.id;
	it = gp_sim_shelf_put(&c->sim->shelf, &like);
	if (it == NULL)
		return gp_sim_vk_error(c, 10);
	told(c, &p, it);
	return 0;
}

int
gp_sim_vk_polls_get_by_id(struct gp_sim_vk_call *c)
{
	int64_t id = gp_sim_vk_number(c, "poll_id", 0);
	const struct gp_sim_item *it;
	const struct gp_sim_note *n;
	struct gp_sim_note tmp;
	struct gp_sim_vk_page p;

	if (gp_sim_vk_owner(c, gp_sim_vk_number(c, "owner_id", 0), &p) == -1)
		return -1;
	it = gp_sim_shelf_item(&c->sim->shelf, GP_SIM_VK, id - GP_SIM_VK_ITEMS);
	if (it != NULL && it->kind == GP_SIM_I_POLL && it->owner == -p.id) {
		told(c, &p, it);
		return 0;
	}
	n = gp_sim_feed_note(p.f, id - GP_SIM_VK_POLLS, &tmp);
	if (n == NULL || n->poll == NULL || n->items > 0)
		return gp_sim_vk_error(c, 251);
	if (n->deleted)
		return gp_sim_vk_error(c, 250);
	gp_jw_open(&c->jw, '{');
	gp_sim_vk_json_poll(&c->jw, &p, n);
	gp_jw_close(&c->jw, '}');
	return 0;
}
