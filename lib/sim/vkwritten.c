/* VK: what is written carries, the keys it goes by, and its place in the book. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "sim/vk.h"

#define ATTACHED_MAX 10
#define WALL_TEXT    16384 /* letters of a post or a comment */
#define HOUR         3600  /* so long a key is remembered */
#define PHOTO_BASE   457000000

/* An address: a post has one link at the most. */
static int
attach_link(struct gp_sim_vk_call *c, struct gp_sim_feed *f,
    struct gp_sim_note *n, struct gp_span word)
{
	struct gp_sim_link *l;

	if (n->link != NULL)
		return gp_sim_vk_fail(
		    c, 100, "attachments: only one link is allowed");
	l = gp_pool_alloc(&f->pool, sizeof(*l));
	if (l == NULL)
		return gp_sim_vk_error(c, 10);
	memset(l, 0, sizeof(*l));
	l->url = gp_pool_copy(&f->pool, word).p;
	n->link = l;
	return 0;
}

/* A picture of the scenario's, which the note had already. */
static int
had_photo(const struct gp_sim_note *same, int64_t id)
{
	int64_t i = same != NULL ? id - PHOTO_BASE - same->id * 10 : -1;

	return i >= 0 && i < same->photos && i < 10;
}

static int
attach_item(struct gp_sim_vk_call *c, struct gp_sim_feed *f,
    struct gp_sim_note *n, struct gp_span word, const struct gp_sim_note *same)
{
	static const struct {
		const char *word;
		enum gp_sim_item_kind kind;
	} kinds[] = { { "photo", GP_SIM_I_PHOTO }, { "video", GP_SIM_I_VIDEO },
		{ "doc", GP_SIM_I_FILE }, { "poll", GP_SIM_I_POLL } };
	const struct gp_sim_item *it = NULL;
	int64_t owner, id = 0;
	char *end;
	size_t i, k = 0;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		k = strlen(kinds[i].word);
		if (word.n > k && memcmp(word.p, kinds[i].word, k) == 0)
			break;
	}
	if (i == sizeof(kinds) / sizeof(kinds[0]))
		return gp_sim_vk_fail(c, 100, "attachments: '%.*s' is no media",
		    (int)word.n, word.p);
	owner = strtoll(word.p + k, &end, 10);
	if (*end == '_')
		id = strtoll(end + 1, NULL, 10);
	if (kinds[i].kind == GP_SIM_I_PHOTO && had_photo(same, id)) {
		n->photos++;
		return 0;
	}
	it = gp_sim_shelf_item(&c->sim->shelf, GP_SIM_VK, id - GP_SIM_VK_ITEMS);
	if (it == NULL || it->kind != kinds[i].kind || it->owner != owner ||
	    !it->ready)
		return gp_sim_vk_fail(c, 100,
		    "attachments: there is no '%.*s' (gp-sim is strict)",
		    (int)word.n, word.p);
	return gp_sim_note_attach(f, n, it) == -1 ? gp_sim_vk_error(c, 10) : 0;
}

static int
attachments(struct gp_sim_vk_call *c, struct gp_sim_feed *f,
    struct gp_sim_note *n, const char *list, const struct gp_sim_note *same)
{
	struct gp_span word;
	int k = 0, r = 0;

	while (r == 0 && gp_sim_vk_each(&list, &word)) {
		if (++k > ATTACHED_MAX)
			return gp_sim_vk_fail(
			    c, 100, "attachments: more than 10");
		if (strncmp(word.p, "http://", 7) == 0 ||
		    strncmp(word.p, "https://", 8) == 0)
			r = attach_link(c, f, n, word);
		else
			r = attach_item(c, f, n, word, same);
	}
	return r;
}

int
gp_sim_vk_content(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p,
    struct gp_sim_note *n, const char *list, const struct gp_sim_note *same)
{
	const char *text = gp_sim_arg(c->r, "message");
	size_t max = n->kind == GP_SIM_LETTER ? 9000 : WALL_TEXT;

	n->text = text != NULL ? text : "";
	n->photos = n->video = 0;
	n->items = 0;
	n->link = NULL;
	n->poll = NULL;
	n->document = NULL;
	if (!gp_utf8_valid(gp_span_of(n->text)))
		return gp_sim_vk_fail(c, 100, "message should be UTF-8");
	if (gp_utf8_count(gp_span_of(n->text)) > max)
		return n->kind == GP_SIM_LETTER
		    ? gp_sim_vk_error(c, 914)
		    : gp_sim_vk_fail(c, 100, "message is too long");
	if (attachments(c, p->f, n, list, same) == -1)
		return -1;
	if (n->text[strspn(n->text, " \t\r\n")] == '\0' && n->photos == 0 &&
	    n->items == 0 && n->link == NULL)
		return gp_sim_vk_fail(
		    c, 100, "message is empty, and nothing is attached");
	return 0;
}

struct gp_sim_entry *
gp_sim_vk_again(struct gp_sim_vk_call *c, const char *scope, const char *key)
{
	struct gp_sim_entry *e =
	    gp_sim_book_find(&c->sim->book, "vk", scope, key);

	if (e == NULL || e->at + HOUR <= c->sim->feed[GP_SIM_VK].now)
		return NULL;
	e->times++;
	return e;
}

/* The id of a note as gp-record(5) has it; "" where there is none. */
static void
id_of(char to[96], const struct gp_sim_vk_page *p, const struct gp_sim_note *n)
{
	*to = '\0';
	if (n == NULL)
		return;
	if (n->kind == GP_SIM_LETTER)
		snprintf(to, 96, "vk:-%" PRId64 "/im%" PRId64 "/%" PRId64,
		    p->id, n->from->id, n->place);
	else if (n->kind == GP_SIM_COMMENT)
		snprintf(to, 96, "vk:-%" PRId64 "/%" PRId64 "/%" PRId64, p->id,
		    n->post, n->id);
	else
		snprintf(to, 96, "vk:-%" PRId64 "/%" PRId64, p->id, n->id);
}

void
gp_sim_vk_wrote(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p,
    const char *action, const char *scope, const char *key,
    struct gp_sim_note *n)
{
	char id[96], page[32], post[96], parent[96], chat[64] = "";
	struct gp_sim_entry e = { .network = "vk",
		.action = action,
		.id = id,
		.page = page,
		.scope = scope,
		.key = key,
		.at = p->f->now,
		.number = n->id,
		.note = n };

	id_of(id, p, n);
	snprintf(page, sizeof(page), "vk:-%" PRId64, p->id);
	id_of(post, p, n->post != 0 ? gp_sim_feed_own(p->f, n->post) : NULL);
	id_of(parent, p,
	    n->reply_to != 0 ? gp_sim_feed_own(p->f, n->reply_to) : NULL);
	if (n->kind == GP_SIM_LETTER)
		snprintf(
		    chat, sizeof(chat), "%s/im%" PRId64, page, n->from->id);
	e.post = *post != '\0' ? post : NULL;
	e.parent = *parent != '\0' ? parent : NULL;
	e.chat = *chat != '\0' ? chat : NULL;
	if (strcmp(action, "edit") == 0 || strcmp(action, "delete") == 0)
		gp_sim_book_change(&c->sim->book, n->written, &e);
	else
		n->written = gp_sim_book_add(&c->sim->book, &e);
	pthread_cond_broadcast(&c->sim->news);
}

int
gp_sim_vk_rewrite(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p,
    struct gp_sim_note *n, const char *attachments)
{
	struct gp_sim_note as = *n;
	const char *text;

	if (gp_sim_vk_content(c, p, &as, attachments, n) == -1)
		return -1;
	text = as.text;
	as.text = n->text;
	*n = as;
	if (gp_sim_feed_edit(p->f, n->id, gp_span_of(text)) == -1)
		return gp_sim_vk_error(c, 10);
	gp_sim_vk_wrote(c, p, "edit", NULL, NULL, n);
	gp_jw_int(&c->jw, 1);
	return 0;
}
