/*
 * The world that gp-sim plays: three places with their messages, the moment
 * it is, and the queue of updates that waits for the bot.
 *
 * A scenario is a list of things that happen in the order of time;
 * gp_sim_play lets happen what lies up to a moment. What the bot or the
 * tests do comes on top.
 */
#ifndef GP_SIM_WORLD_H
#define GP_SIM_WORLD_H

#include "sim/entity.h"
#include "sim/scenario.h"

enum gp_sim_as {
	GP_SIM_PERSON,  /* `from` says who */
	GP_SIM_CHANNEL, /* the page itself, also in the group */
	GP_SIM_BOT,
	GP_SIM_GROUP,    /* an admin who hides behind the group */
	GP_SIM_TELEGRAM, /* the automatic forward of a post */
};

struct gp_sim_chat {
	enum gp_sim_place {
		GP_SIM_IN_CHANNEL,
		GP_SIM_IN_GROUP,
		GP_SIM_IN_PRIVATE,
	} place;
	struct gp_sim_message **m; /* by id */
	size_t n, cap;
	int64_t next; /* the id that comes next */
};

struct gp_sim_message {
	int64_t id;
	enum gp_sim_place place;
	enum gp_sim_as as;
	const struct gp_sim_person *from; /* also the peer of a private chat */
	gp_instant at, edited;            /* edited 0: never */
	struct gp_sim_text text;
	const struct gp_sim_post *post; /* what is beside the text, or NULL */
	struct gp_sim_post *own;        /* `post`, where the bot made it */
	int64_t album;                  /* id of its first part; 0: none */
	int part;                       /* 0 is the first */
	int photo;
	int64_t reply_to, thread; /* ids in this place; 0: none */
	int64_t source;           /* the post an automatic forward repeats */
	int closed;               /* its poll */
	int deleted, pinned;
	int64_t written; /* its number in the book; 0: none */
};

enum gp_sim_kind {
	GP_SIM_U_MESSAGE,
	GP_SIM_U_EDITED_MESSAGE,
	GP_SIM_U_CHANNEL_POST,
	GP_SIM_U_EDITED_CHANNEL_POST,
	GP_SIM_U_POLL,
	GP_SIM_U_REACTION_COUNT,
	GP_SIM_U_KINDS, /* how many there are */
};

struct gp_sim_update {
	int64_t id;
	gp_instant at;
	enum gp_sim_kind kind;
	char *json;
};

struct gp_sim_world {
	const struct gp_sim_scenario *s;
	gp_instant now;
	struct gp_sim_chat chat[3]; /* by place */

	struct gp_sim_event *event; /* of the scenario, in order */
	size_t events, happened;

	struct gp_sim_update *update; /* oldest first */
	size_t updates, update_cap;
	int64_t next_update;
	unsigned allowed; /* bits of enum gp_sim_kind */
	int asked;        /* the bot has said what it wants */
	struct gp_buf scratch;
};

#define GP_SIM_ALLOWED_DEFAULT \
	(((1u << GP_SIM_U_KINDS) - 1) & ~(1u << GP_SIM_U_REACTION_COUNT))

/* Borrows the scenario. -1: no memory. */
int gp_sim_world_init(struct gp_sim_world *, const struct gp_sim_scenario *);
void gp_sim_world_release(struct gp_sim_world *);

/* Lets happen what lies up to the moment and makes it `now`. -1: no memory. */
int gp_sim_play(struct gp_sim_world *, gp_instant);

/* The message, deleted ones too (the caller looks), or NULL. */
struct gp_sim_message *gp_sim_find(
    struct gp_sim_world *, enum gp_sim_place, int64_t id);
/* The forward of a post in the group, or NULL. */
struct gp_sim_message *gp_sim_forward_of(struct gp_sim_world *, int64_t post);
/* How many parts the album has that begins with it; 1 if it is none. */
int gp_sim_parts(struct gp_sim_world *, const struct gp_sim_message *);

/*
 * Takes a copy of the message, gives it an id if it has none and puts it in
 * its place; text and own are taken over, also when it fails. NULL: no memory.
 */
struct gp_sim_message *gp_sim_add(
    struct gp_sim_world *, struct gp_sim_message *);
/* Repeats a post in the group, as Telegram does, with its update. -1: no
 * memory. Nothing where there is no group. */
int gp_sim_repeat(struct gp_sim_world *, struct gp_sim_message *post);

/* Queues an update about the message as it stands now. -1: no memory. */
int gp_sim_tell(
    struct gp_sim_world *, enum gp_sim_kind, struct gp_sim_message *);
/* Drops the first n updates. */
void gp_sim_forget(struct gp_sim_world *, size_t n);
const char *gp_sim_kind_name(enum gp_sim_kind);

/* Frees a message that was never added. */
void gp_sim_message_release(struct gp_sim_message *);
/* A post of the bot's own, zeroed, freed with its message. NULL: no memory. */
struct gp_sim_post *gp_sim_own_post(void);

#endif
