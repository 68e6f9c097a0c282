/*
 * What was answered before: appeals with the answers that the page gave,
 * gathered from records and made ready to be searched. Filled by one thread;
 * after gp_past_ready any number of them may look.
 *
 *	gp_past_add(past, reader, &rec);	... comments, messages, replies
 *	gp_past_ready(past, now);
 *
 * The answer to an appeal is the newest word of the page whose parent it is,
 * or an approved final reply to it; a word of the page without a parent
 * answers the appeal that stands last before it in the talk. What is deleted
 * or forgotten, and interim answers, teach nothing.
 */
#ifndef GP_SUGGEST_PAST_H
#define GP_SUGGEST_PAST_H

#include <stdint.h>

#include "base/instant.h"
#include "base/pool.h"
#include "rules/atom.h"
#include "json/json.h"

/* An appeal that was answered. */
struct gp_past_answer {
	struct gp_span id;           /* of the answer */
	struct gp_span text;         /* of the answer */
	unsigned page, group, topic; /* numbers of names; 0: none */
	unsigned words;              /* of the appeal, that are counted */
	float fresh;                 /* 1 today, 0.7 long ago */
};

/* In which appeals a word stands, and how often. */
struct gp_past_place {
	uint32_t doc;
	uint32_t times;
};

/* How a word is written where no sentence begins. */
struct gp_written {
	uint32_t small, capital;
};

struct gp_past {
	struct gp_atoms names, words; /* ids, pages, topics; stems */
	struct gp_pool pool, text;    /* text: of appeals, until ready */
	struct gp_past_entry *entry;  /* as they came, until ready */
	size_t entries, entry_cap;
	struct gp_buf some;
	uint32_t *replies; /* approved replies to it, by number of its id */
	size_t replies_cap;

	struct gp_past_answer *doc;
	size_t docs;
	double average; /* words of an appeal */
	struct gp_past_place *posting;
	uint32_t *first; /* posting of each word; one more behind the last */
	struct gp_written *written; /* by word */
	size_t writtens;            /* of the words; the rest was not seen */
};

struct gp_past *gp_past_new(void); /* NULL: no memory */
void gp_past_free(struct gp_past *);

/* A record; those that are of no use here are passed over. -1: no memory. */
int gp_past_add(
    struct gp_past *, struct gp_json_reader *, const struct gp_json_obj *);
/* Joins answers to appeals and makes the index. -1: no memory. */
int gp_past_ready(struct gp_past *, gp_instant now);

/* The number of a name, 0: it never occurred. */
unsigned gp_past_name(const struct gp_past *, struct gp_span);
/* How many replies to that appeal were approved. */
unsigned gp_past_replies(const struct gp_past *, struct gp_span id);

#endif
