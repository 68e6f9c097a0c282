/* Bad days on order: which request is to fail, how, and how often. */
#ifndef GP_SIM_FAULT_H
#define GP_SIM_FAULT_H

#include <stdint.h>

#include "base/buf.h"

enum gp_sim_fault_kind {
	GP_SIM_SOUND = 0,
	/* Instead of an answer: nothing was done. */
	GP_SIM_F_429,       /* "wait so long" */
	GP_SIM_F_500,       /* in the network's own form */
	GP_SIM_F_502HTML,   /* a gateway's page of HTML */
	GP_SIM_F_CHALLENGE, /* 200 and a page that wants a browser */
	GP_SIM_F_LOOP,      /* a redirect that never ends */
	GP_SIM_F_EMPTY,     /* 200 and no byte */
	GP_SIM_F_NOPOSTS,   /* the page, but "No posts found" */
	GP_SIM_F_BOMB,      /* a gigabyte of zeros in a megabyte of gzip */
	GP_SIM_F_ENDLESS,   /* a body that does not stop */
	GP_SIM_F_RESET,     /* the connection is reset */
	GP_SIM_F_CODE,      /* an error of a network by its number: "vk6" */
	GP_SIM_F_FLOOD,     /* the network's own "too often" */
	GP_SIM_F_STALL,     /* nothing comes for `hold` seconds, then a reset */
	/* The request was carried out; its answer does not arrive whole. */
	GP_SIM_F_CUT,      /* fewer bytes than announced */
	GP_SIM_F_CHUNK,    /* a chunked body without its end */
	GP_SIM_F_TAIL,     /* sound HTTP, but the last third is missing */
	GP_SIM_F_SLOW,     /* a byte a second */
	GP_SIM_F_LOST,     /* carried out, then reset without an answer */
	GP_SIM_F_HANG,     /* carried out, then as GP_SIM_F_STALL */
	GP_SIM_F_DONE_500, /* carried out, then said to have failed */
	GP_SIM_F_DONE_502, /* the same by a gateway's page of HTML */
	GP_SIM_F_TWICE,    /* carried out twice, as a proxy repeats it */
};

#define GP_SIM_FAULT_MAX 64

struct gp_sim_fault {
	enum gp_sim_fault_kind kind;
	char name[16];   /* of the kind, as it was ordered */
	char match[128]; /* what the address must hold; "" any */
	int net, code;   /* of a GP_SIM_F_CODE: whose, and its number */
	int64_t times;   /* how often; 0: always; -1: once, or with `share`
			    always */
	int64_t after;   /* so many go by unharmed first */
	int64_t retry_after;
	int64_t hold; /* seconds without an answer */
	double share; /* of the requests that are hit; 0: all of them */
	int64_t seed; /* of the chance; the same one hits the same ones */
	uint64_t chance;
	int64_t done;
};

/* What a fault is before anything is said about it. */
#define GP_SIM_FAULT_ONCE                                 \
	(struct gp_sim_fault)                             \
	{                                                 \
		.times = -1, .retry_after = 5, .hold = 30 \
	}

struct gp_sim_faults {
	struct gp_sim_fault f[GP_SIM_FAULT_MAX];
	size_t n;
};

/* 1: the request is carried out all the same. */
int gp_sim_fault_done(enum gp_sim_fault_kind);

/* "429@/s/,times=2,after=1,retry_after=7,p=5%,seed=3"; the word alone: any
 * address, once. -1 with the reason. */
int gp_sim_fault_spec(struct gp_sim_faults *, const char *, struct gp_why *);
int gp_sim_fault_add(struct gp_sim_faults *, const char *kind,
    const struct gp_sim_fault *, struct gp_why *);
/* The fault that hits this address ("POST /vk/method/wall.post") now, counted; NULL: none. */
const struct gp_sim_fault *gp_sim_fault_hits(
    struct gp_sim_faults *, const char *address);
/* Sets p, times and the others by their word. -1 with the reason. */
int gp_sim_fault_set(struct gp_sim_fault *, const char *name, const char *value,
    struct gp_why *);

#endif
