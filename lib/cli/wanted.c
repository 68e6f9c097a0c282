#include "cli/wanted.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "net/choose.h"

/* None at all is no error. */
static void
load_config(struct gp_wanted *w)
{
	struct gp_why why;

	if (w->has_conf)
		return;
	if (gp_config_load(w->config, &w->conf, &why) == -1)
		gp_die(GP_CONFIG, "%s", why.msg);
	w->has_conf = 1;
}

/* Pages are named as in the config, or by their ids. */
static const char *
page_of(struct gp_wanted *w, const char *word)
{
	const struct gp_page_conf *page;
	char *id;

	if (strchr(word, ':') != NULL)
		return word;
	load_config(w);
	page = gp_config_page(&w->conf, word);
	if (page == NULL)
		gp_die(GP_USAGE,
		    "--page: '%s' is no page of the config, and no id", word);
	id = gp_choose_page_id(page);
	if (id == NULL)
		gp_die(GP_SOFTWARE, "no memory");
	return w->resolved[w->resolves++] = id;
}

static void
instant(struct gp_wanted *w, const char *option, const char *word,
    gp_instant now, int *has, gp_instant *to)
{
	if (word == NULL)
		return;
	load_config(w);
	if (gp_instant_word(word, now, to) == -1)
		gp_die(GP_USAGE, "--%s: '%s' is not an instant", option, word);
	*has = 1;
}

static unsigned
states(const struct gp_wanted *w)
{
	unsigned bit, all = 0;
	size_t i;

	for (i = 0; i < w->state.n; i++) {
		bit = gp_desk_bit(w->state.word[i]);
		if (bit == 0)
			gp_die(GP_USAGE,
			    "--state: '%s' is not one of open, reopened, "
			    "interim, answered",
			    w->state.word[i]);
		all |= bit;
	}
	if (w->open)
		all |= gp_desk_bit("open") | gp_desk_bit("reopened") |
		    gp_desk_bit("interim");
	return all;
}

static struct gp_words_list
list(const struct gp_list *l)
{
	return (struct gp_words_list){ l->word, l->n };
}

static void
lists(const struct gp_wanted *w, struct gp_query *q)
{
	q->type = list(&w->type);
	q->page = list(&w->page);
	q->network = list(&w->network);
	q->topic = list(&w->topic);
	q->kind = list(&w->kind);
	q->assignee = list(&w->assignee);
	q->id = list(&w->id);
	q->post = list(&w->post);
	q->author = list(&w->author);
}

void
gp_wanted_query(struct gp_wanted *w, struct gp_query *q)
{
	struct gp_why why;
	size_t i;

	for (i = 0; i < w->page.n; i++)
		w->page.word[i] = page_of(w, w->page.word[i]);
	q->states = states(w);
	for (i = 0; i < w->author.n; i++)
		if (!gp_author_is_whole(w->author.word[i]))
			gp_die(GP_USAGE,
			    "--author: '%s' has no network before it, as "
			    "in vk:%s",
			    w->author.word[i], w->author.word[i]);
	instant(w, "since", w->since, q->now, &q->has_since, &q->since);
	instant(w, "until", w->until, q->now, &q->has_until, &q->until);
	if (w->history && w->id.n == 0)
		gp_die(GP_USAGE, "--history needs --id");
	lists(w, q);
	q->overdue = w->overdue;
	q->history = w->history;
	q->match = w->match;
	q->where = w->where;
	q->order = w->order;
	q->reverse = w->reverse;
	q->limit = w->limit;
	if (gp_query_prove(q, &why) == -1)
		gp_die(GP_USAGE, "%s", why.msg);
}

void
gp_wanted_release(struct gp_wanted *w)
{
	while (w->resolves > 0)
		free(w->resolved[--w->resolves]);
	if (w->has_conf)
		gp_config_release(&w->conf);
	w->has_conf = 0;
}
