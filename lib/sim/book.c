#include "sim/book.h"

#include <stdlib.h>
#include <string.h>

#include "sim/feed.h"
#include "sim/markup.h"

void
gp_sim_book_init(struct gp_sim_book *b)
{
	memset(b, 0, sizeof(*b));
	gp_pool_init(&b->pool);
}

void
gp_sim_book_release(struct gp_sim_book *b)
{
	free(b->v);
	free(b->slot);
	gp_pool_release(&b->pool);
	memset(b, 0, sizeof(*b));
}

static size_t
hash(const char *network, const char *scope, const char *key)
{
	uint64_t h = gp_sim_hash(gp_span_of(network), 1);

	return gp_sim_hash(gp_span_of(key), gp_sim_hash(gp_span_of(scope), h));
}

/* Where an entry of that key stands, or would. */
static uint32_t *
slot(const struct gp_sim_book *b, const char *network, const char *scope,
    const char *key)
{
	size_t at = hash(network, scope, key) & (b->slots - 1);
	const struct gp_sim_entry *e;

	for (; b->slot[at] != 0; at = (at + 1) & (b->slots - 1)) {
		e = &b->v[b->slot[at] - 1];
		if (strcmp(e->key, key) == 0 && strcmp(e->scope, scope) == 0 &&
		    strcmp(e->network, network) == 0)
			break;
	}
	return &b->slot[at];
}

static void
enter(struct gp_sim_book *b, size_t number)
{
	const struct gp_sim_entry *e = &b->v[number - 1];
	uint32_t *at = slot(b, e->network, e->scope, e->key);

	b->keyed += *at == 0;
	*at = (uint32_t)number;
}

/* Keeps half of the slots free. -1: no memory. */
static int
more_slots(struct gp_sim_book *b)
{
	size_t i, n = b->slots == 0 ? 1024 : b->slots * 2;
	uint32_t *s;

	if (b->keyed * 2 < b->slots)
		return 0;
	s = calloc(n, sizeof(*s));
	if (s == NULL)
		return -1;
	free(b->slot);
	b->slot = s;
	b->slots = n;
	b->keyed = 0;
	for (i = 1; i <= b->n; i++)
		if (b->v[i - 1].key != NULL)
			enter(b, i);
	return 0;
}

static const char *
copy(struct gp_sim_book *b, const char *s)
{
	return s != NULL ? gp_pool_copy(&b->pool, gp_span_of(s)).p : NULL;
}

int64_t
gp_sim_book_add(struct gp_sim_book *b, const struct gp_sim_entry *like)
{
	size_t cap = b->cap == 0 ? 256 : b->cap * 2;
	struct gp_sim_entry *e = b->v;

	if (b->n == b->cap) {
		e = realloc(b->v, cap * sizeof(*e));
		if (e == NULL)
			return 0;
		b->v = e;
		b->cap = cap;
	}
	if (more_slots(b) == -1)
		return 0;
	e = &b->v[b->n++];
	*e = *like;
	e->id = copy(b, like->id);
	e->page = copy(b, like->page);
	e->post = copy(b, like->post);
	e->parent = copy(b, like->parent);
	e->chat = copy(b, like->chat);
	e->scope = copy(b, like->scope != NULL ? like->scope : "");
	e->key =
	    like->key != NULL && *like->key != '\0' ? copy(b, like->key) : NULL;
	e->times = 1;
	if (e->key != NULL)
		enter(b, b->n);
	return b->pool.bad ? 0 : (int64_t)b->n;
}

struct gp_sim_entry *
gp_sim_book_entry(struct gp_sim_book *b, int64_t number)
{
	return number > 0 ? &b->v[number - 1] : NULL;
}

struct gp_sim_entry *
gp_sim_book_find(struct gp_sim_book *b, const char *network, const char *scope,
    const char *key)
{
	uint32_t *at;

	if (key == NULL || *key == '\0' || b->slots == 0)
		return NULL;
	at = slot(b, network, scope, key);
	return *at != 0 ? &b->v[*at - 1] : NULL;
}

void
gp_sim_book_change(
    struct gp_sim_book *b, int64_t number, const struct gp_sim_entry *instead)
{
	struct gp_sim_entry *e = gp_sim_book_entry(b, number);

	if (e == NULL)
		gp_sim_book_add(b, instead);
	else if (strcmp(instead->action, "edit") == 0)
		e->edited++;
}

static void
moment(struct gp_jw *w, const char *key, gp_instant at)
{
	char s[GP_INSTANT_LEN];

	if (at != 0)
		gp_jw_kstr(w, key, gp_instant_utc(at, s));
}

/* Of a post that was published at its time: what it is now called. */
static void
published(struct gp_jw *w, const struct gp_sim_entry *e)
{
	struct gp_buf b;

	moment(w, "due", e->note->due);
	if (e->note->heir == NULL)
		return;
	gp_jw_kbool(w, "published", 1);
	if (strcmp(e->network, "vk") != 0)
		return;
	gp_buf_init(&b, 0);
	gp_buf_addf(&b, "%s/%lld", e->page, (long long)e->note->heir->id);
	gp_jw_ktext(w, "became", gp_buf_span(&b));
	gp_buf_release(&b);
}

/* What it says now, and whether it stands. */
static void
content(struct gp_jw *w, const struct gp_sim_entry *e)
{
	const struct gp_sim_note *n = e->note;
	const struct gp_sim_poll *poll = NULL;
	const char *text = NULL;
	int gone = 0;

	if (n != NULL) {
		n = n->heir != NULL ? n->heir : n;
		text = n->text;
		poll = n->poll;
		gone = n->deleted;
	} else if (e->message != NULL) {
		text = e->message->text.s;
		poll = e->message->post != NULL ? e->message->post->poll : NULL;
		gone = e->message->deleted;
	}
	gp_jw_kstr(w, "text", text != NULL ? text : "");
	if (poll != NULL)
		gp_jw_kstr(w, "poll", poll->question);
	if (gone)
		gp_jw_kbool(w, "deleted", 1);
}

void
gp_sim_book_json(struct gp_buf *b, const struct gp_sim_entry *e)
{
	struct gp_jw w;

	gp_jw_init(&w, b);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "network", e->network);
	gp_jw_kstr(&w, "action", e->action);
	gp_jw_kstr(&w, "id", e->id);
	gp_jw_kstr(&w, "page", e->page);
	gp_jw_kstr(&w, "post", e->post);
	gp_jw_kstr(&w, "chat", e->chat);
	gp_jw_kstr(&w, "parent", e->parent);
	moment(&w, "at", e->at);
	content(&w, e);
	gp_jw_kstr(&w, "key", e->key);
	gp_jw_kint(&w, "times", e->times);
	if (e->edited > 0)
		gp_jw_kint(&w, "edited", e->edited);
	if (e->note != NULL)
		published(&w, e);
	gp_jw_close(&w, '}');
	gp_buf_addc(b, '\n');
}
