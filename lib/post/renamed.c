#include "post/renamed.h"

#include <stdlib.h>
#include <string.h>

#include "net/choose.h"

static int
is_named(const struct gp_config *conf, const char *name)
{
	const struct gp_page_conf *page = conf->page.v;
	size_t i;

	for (i = 0; i < conf->page.n; i++)
		if (strcmp(page[i].key, name) == 0)
			return 1;
	return 0;
}

/* 1: the journal has it by its own name. */
static int
is_known(struct gp_outbox *o, const char *key, struct gp_why *why)
{
	struct gp_out_row row;
	int r = gp_outbox_find(o, key, &row, why);

	return r != 1
	    ? r
	    : row.state == GP_OUT_SENT || row.state == GP_OUT_DUPLICATE ||
		row.state == GP_OUT_SENDING || row.state == GP_OUT_UNKNOWN;
}

int
gp_post_renamed(struct gp_plan_post *post, const struct gp_config *conf,
    struct gp_outbox *outbox, struct gp_pool *pool, struct gp_why *why)
{
	size_t n = strlen(post->entry->id) + 1;
	struct gp_out_row row;
	struct gp_span old;
	char *page;
	int r;

	if (outbox == NULL)
		return 0;
	r = is_known(outbox, post->key, why);
	if (r != 0)
		return r == -1 ? -1 : 0;
	page = gp_choose_page_id(post->of);
	if (page == NULL)
		return 0;
	r = gp_outbox_under(outbox, post->entry->id, page, &row, why);
	free(page);
	if (r != 1)
		return r;
	old = gp_pool_copy(pool, row.key);
	/* Two pages of the config may be one page of the network. */
	if (!is_named(conf, old.p + n))
		post->key = old.p;
	return 0;
}
