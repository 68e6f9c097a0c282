/*
 * A set of ids in constant memory: open addressing over slots of 8 bytes, 40
 * bits of the id's hash and 24 bits of what is known of it.
 *
 * The place adds to the identity: that any two of a million ids are taken for
 * one has a chance of two in a million. A full set says so and takes no more.
 */
#ifndef GP_REPORT_SET_H
#define GP_REPORT_SET_H

#include <stddef.h>
#include <stdint.h>

#define GP_SET_BITS  24
#define GP_SET_VALUE ((1u << GP_SET_BITS) - 1)

struct gp_set {
	uint64_t *slot; /* 0: free */
	size_t mask;    /* slots, a power of two, less one */
	size_t n, most;
};

/* At most `bytes` of memory, touched only as it fills. 0; -1: none left. */
int gp_set_init(struct gp_set *, size_t bytes);
void gp_set_release(struct gp_set *);

/* The slot of an id, or NULL: it is not there. */
uint64_t *gp_set_find(const struct gp_set *, uint64_t hash);
/*
 * The slot of an id, made with the value 0 if need be; the caller must at
 * once set one that is not 0. NULL: the set is full.
 */
uint64_t *gp_set_put(struct gp_set *, uint64_t hash);
/* Asks for the memory ahead of time. */
void gp_set_soon(const struct gp_set *, uint64_t hash);

static inline uint32_t
gp_slot_value(const uint64_t *slot)
{
	return (uint32_t)(*slot & GP_SET_VALUE);
}

static inline void
gp_slot_set(uint64_t *slot, uint32_t value)
{
	*slot = (*slot & ~(uint64_t)GP_SET_VALUE) | value;
}

#endif
