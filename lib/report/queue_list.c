/* Which appeals are open: the last version of each, if nobody answered it. */
#include "report/queue.h"

#include <stdlib.h>
#include <string.h>

size_t
gp_entry_bytes(const struct gp_entry_head *h)
{
	size_t i, n = 0;

	for (i = 0; i < GP_ENTRY_TEXTS; i++)
		n += h->len[i];
	return (n + 7) / 8 * 8;
}

static uint32_t *
slot_of(const struct gp_queue *q, uint64_t id)
{
	size_t i = id & q->mask;

	while (q->slot[i] != 0 && q->entry[q->slot[i] - 1].head.id != id)
		i = (i + 1) & q->mask;
	return &q->slot[i];
}

/* Twice the room; -1: no memory. */
static int
grow(struct gp_queue *q)
{
	size_t cap = q->cap == 0 ? 1024 : q->cap * 2, i;
	struct gp_entry *entry = NULL;
	uint32_t *slot = NULL;

	if (cap <= UINT32_MAX / 2)
		entry = realloc(q->entry, cap * sizeof(*entry));
	if (entry != NULL) {
		q->entry = entry;
		slot = calloc(cap * 2, sizeof(*slot));
	}
	if (slot == NULL) {
		q->bad = 1;
		return -1;
	}
	free(q->slot);
	q->slot = slot;
	q->cap = cap;
	q->mask = cap * 2 - 1;
	for (i = 0; i < q->n; i++)
		*slot_of(q, q->entry[i].head.id) = (uint32_t)i + 1;
	return 0;
}

static struct gp_entry *
find(const struct gp_queue *q, uint64_t id)
{
	uint32_t no = q->slot != NULL ? *slot_of(q, id) : 0;

	return no != 0 ? &q->entry[no - 1] : NULL;
}

/* The entry of an id, a new one if need be; NULL: no memory. */
static struct gp_entry *
put(struct gp_queue *q, uint64_t id)
{
	struct gp_entry *e = find(q, id);

	if (e != NULL)
		return e;
	if (q->n == q->cap && grow(q) == -1)
		return NULL;
	e = &q->entry[q->n++];
	memset(e, 0, sizeof(*e));
	e->head.id = id;
	*slot_of(q, id) = (uint32_t)q->n;
	return e;
}

static void
shut(struct gp_entry *e)
{
	free(e->text);
	e->text = NULL;
}

static void
appeal(struct gp_queue *q, const struct gp_entry_head *h, const char *text)
{
	struct gp_entry *e = put(q, h->id);
	size_t n = gp_entry_bytes(h);

	if (e == NULL || e->answered)
		return;
	shut(e);
	e->head = *h;
	e->text = malloc(n);
	if (e->text == NULL)
		q->bad = 1;
	else
		memcpy(e->text, text, n);
}

static void
one(struct gp_queue *q, const struct gp_entry_head *h, const char *text)
{
	struct gp_entry *e;

	switch (h->type) {
	case GP_FACT_APPEAL:
		appeal(q, h, text);
		break;
	case GP_FACT_ANSWER: /* it may come before what it answers */
		e = put(q, h->id);
		if (e == NULL)
			break;
		e->answered = 1;
		shut(e);
		break;
	default:
		e = find(q, h->id);
		if (e != NULL)
			shut(e);
		break;
	}
}

int
gp_queue_sink(void *arg, struct gp_span out)
{
	struct gp_queue *q = arg;
	const char *p = out.p, *end = p + out.n;
	struct gp_entry_head h;

	while (p < end && !q->bad) {
		memcpy(&h, p, sizeof(h));
		p += sizeof(h);
		one(q, &h, p);
		p += gp_entry_bytes(&h);
	}
	return q->bad ? -1 : 0;
}
