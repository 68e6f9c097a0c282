/*
 * The book of what clients wrote through the networks' interfaces: what a test
 * compares receipts with. Ids are those of gp-record(5), so that they can be
 * compared with `result` and `to` as they are. Entries are never taken out.
 */
#ifndef GP_SIM_BOOK_H
#define GP_SIM_BOOK_H

#include "base/instant.h"
#include "base/pool.h"

struct gp_sim_note;
struct gp_sim_message;

struct gp_sim_entry {
	const char *network, *action; /* static: "vk"; "post", "comment" ... */
	/* Copied; NULL: there is none. */
	const char *id, *page, *post, *parent, *chat;
	const char *key;   /* by which the network knows a repetition */
	const char *scope; /* within what the key counts; "" if nowhere */
	gp_instant at;
	int64_t times;  /* how often it was asked for: with one key again */
	int64_t edited; /* how often through the interface */
	int64_t number; /* the network's own, for who looks up a key */
	/* What became of it stands there; one of the two. */
	const struct gp_sim_note *note;
	const struct gp_sim_message *message;
};

struct gp_sim_book {
	struct gp_sim_entry *v;
	size_t n, cap;
	uint32_t *slot; /* entries with a key, by their hash; 0: free */
	size_t slots, keyed;
	struct gp_pool pool;
};

void gp_sim_book_init(struct gp_sim_book *);
void gp_sim_book_release(struct gp_sim_book *);

/* Adds a copy, its strings too. The number of the entry, from 1; 0: no
 * memory. */
int64_t gp_sim_book_add(struct gp_sim_book *, const struct gp_sim_entry *);
/* By its number; until the next one is added. NULL: 0 was given. */
struct gp_sim_entry *gp_sim_book_entry(struct gp_sim_book *, int64_t number);
/* The newest with that key; NULL: none, or the key is empty. */
struct gp_sim_entry *gp_sim_book_find(struct gp_sim_book *, const char *network,
    const char *scope, const char *key);
/* Something written was changed; where it never was written through the
 * interface, an entry of that action tells of it. */
void gp_sim_book_change(
    struct gp_sim_book *, int64_t number, const struct gp_sim_entry *instead);

/* The entry as a line of JSON. */
void gp_sim_book_json(struct gp_buf *, const struct gp_sim_entry *);

#endif
