/*
 * What was uploaded or made and waits to be attached: pictures, films, files,
 * polls. An item stands for as long as the shelf and goes by its number, from
 * 1, out of which a network makes an id or a token.
 */
#ifndef GP_SIM_SHELF_H
#define GP_SIM_SHELF_H

#include "base/pool.h"
#include "sim/scenario.h"

enum gp_sim_item_kind {
	GP_SIM_I_PHOTO,
	GP_SIM_I_VIDEO,
	GP_SIM_I_FILE,
	GP_SIM_I_AUDIO,
	GP_SIM_I_POLL,
};

struct gp_sim_item {
	int64_t number;
	enum gp_sim_item_kind kind;
	enum gp_sim_net net;
	int64_t owner; /* as the network has it */
	gp_instant at;
	const char *title;                      /* NULL: none */
	int64_t size;                           /* bytes that came; 0: none */
	int ready;                              /* it may be attached */
	int told;                               /* "not yet" was answered */
	const struct gp_sim_document *document; /* of a file */
	const struct gp_sim_poll *poll;         /* of a poll */
};

struct gp_sim_shelf {
	struct gp_sim_item **v;
	size_t n, cap;
	struct gp_pool pool; /* also for who makes what lies here */
};

void gp_sim_shelf_init(struct gp_sim_shelf *);
void gp_sim_shelf_release(struct gp_sim_shelf *);
/* An item like that, numbered; its title is copied. NULL: no memory. */
struct gp_sim_item *gp_sim_shelf_put(
    struct gp_sim_shelf *, const struct gp_sim_item *like);
/* NULL: there is none of that number on this network. */
struct gp_sim_item *gp_sim_shelf_item(
    const struct gp_sim_shelf *, enum gp_sim_net, int64_t number);

/* A token for it that nobody guesses, and the item of one. */
void gp_sim_item_token(char to[48], const struct gp_sim_item *);
struct gp_sim_item *gp_sim_shelf_token(
    const struct gp_sim_shelf *, enum gp_sim_net, const char *token);

/* What the bytes begin as: ".png", ".jpg", ".gif"; NULL: no picture. */
const char *gp_sim_picture(struct gp_span);

#endif
