/*
 * What is known of one appeal, or of one official reply, when others are
 * compared with it; and the row of bytes in which it is kept between runs and
 * handed from thread to thread.
 */
#ifndef GP_DEDUP_ITEM_H
#define GP_DEDUP_ITEM_H

#include "base/instant.h"
#include "text/sketch.h"

enum gp_dedup_kind {
	GP_DEDUP_APPEAL = 1,
	GP_DEDUP_REPLY = 2, /* of the page: no sketch */
};

struct gp_dedup_item {
	struct gp_span id; /* all spans are borrowed */
	gp_instant at;
	uint64_t page, author, thread; /* hashes; 0: none */
	uint64_t direct;               /* of a reply: the id it answers */
	uint32_t topic, group;         /* hashes of the class; 0: none */
	struct gp_sketch sketch;

	/* The answer; n 0: none. */
	struct gp_span duplicate_of, repeat_of;
	uint8_t kind;
	uint8_t similarity; /* hundredths */
};

enum {
	GP_DEDUP_VERSION = 1, /* of the row and of what is in a sketch */
	GP_DEDUP_ID = 1024,   /* bytes of the longest id */
};

/* The arrays of an item that was unpacked. */
struct gp_dedup_room {
	struct gp_sketch_word word[GP_SKETCH_WORDS];
	struct gp_sketch_place place[GP_SKETCH_PLACES];
	uint32_t key[GP_SKETCH_KEYS];
};

void gp_dedup_pack(const struct gp_dedup_item *, struct gp_buf *);
/* The item borrows the row and the room. -1: not a row. */
int gp_dedup_unpack(
    struct gp_span, struct gp_dedup_room *, struct gp_dedup_item *);

/* Identity of ids and names; never 0. */
uint64_t gp_dedup_hash(struct gp_span, uint64_t seed);

#endif
