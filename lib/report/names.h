/* A small set of names, known by their hashes: each has a number from 0. */
#ifndef GP_REPORT_NAMES_H
#define GP_REPORT_NAMES_H

#include <stdint.h>

enum {
	GP_MOST_NAMES = 254
};

struct gp_names {
	uint64_t hash[GP_MOST_NAMES];
	uint16_t slot[512]; /* number + 1; 0: free */
	int n;
};

/* The number, or -1: not there. */
int gp_names_find(const struct gp_names *, uint64_t hash);
/* The number of the new name, or -1: no room. It must not be there. */
int gp_names_add(struct gp_names *, uint64_t hash);

#endif
