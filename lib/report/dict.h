/*
 * Names that records repeat (pages, topics, people who answer), each kept
 * once and known by a number from 1; 0 is no name. Threads add to one dict;
 * each asks through a cache of its own.
 */
#ifndef GP_REPORT_DICT_H
#define GP_REPORT_DICT_H

#include <pthread.h>
#include <stdint.h>

#include "base/buf.h"

struct gp_dict {
	pthread_mutex_t lock;
	uint64_t *hash;       /* by number */
	struct gp_span *name; /* by number; the dict's own, NUL behind */
	uint32_t *slot;       /* number, 0: free */
	size_t n, cap, mask, most;
	int bad; /* no memory; latched */
};

/* One a thread and dict. */
struct gp_dict_cache {
	struct gp_dict *dict;
	uint64_t last;
	uint32_t last_no;
	uint64_t *hash;
	uint32_t *no;
	size_t n, mask;
};

enum {
	GP_DICT_BYTES = 400, /* of a name; what is longer is cut before all */
};

/* `most` names; those beyond share the number most + 1. */
void gp_dict_init(struct gp_dict *, size_t most);
void gp_dict_release(struct gp_dict *);
void gp_dict_cache_init(struct gp_dict_cache *, struct gp_dict *);
void gp_dict_cache_release(struct gp_dict_cache *);
/* The number of a name; an empty one has 0. */
uint32_t gp_dict_no(struct gp_dict_cache *, struct gp_span name);
/* p NULL: no name, or one of those beyond. Not while threads add. */
struct gp_span gp_dict_name(const struct gp_dict *, uint32_t no);
/* The number of a name that is there; 0: it is not. */
uint32_t gp_dict_find(const struct gp_dict *, struct gp_span name);

#endif
