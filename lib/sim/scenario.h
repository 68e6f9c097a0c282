/*
 * A scenario: the people, posts, comments and letters of an invented month,
 * as gp-scenario(5) describes them. Read once, proven whole, then only read.
 * Everything belongs to the scenario and lives until gp_sim_scenario_free.
 */
#ifndef GP_SIM_SCENARIO_H
#define GP_SIM_SCENARIO_H

#include "base/instant.h"
#include "config/yaml.h"

struct gp_sim_person {
	const char *key; /* the name other parts of the file know it by */
	int64_t id;
	const char *name, *username;
	int admin;
	unsigned line;
};

struct gp_sim_option {
	const char *text;
	int64_t votes;
	int correct;
};

struct gp_sim_poll {
	const char *question, *type, *explanation;
	int64_t voters;
	int closed;
	struct gp_yaml_list options; /* struct gp_sim_option */
	/* Of one that came through an interface. */
	int multiple, named; /* several answers; who gave them is seen */
	gp_instant end;      /* 0: it does not end by itself */
};

struct gp_sim_document {
	const char *title;
	int64_t size; /* bytes; 0: not given */
};

struct gp_sim_location {
	double lat, lon;
	const char *title;
};

struct gp_sim_link {
	const char *url, *site, *title, *description;
};

struct gp_sim_forward {
	const char *name, *title; /* name NULL: a private source */
	int64_t post;
};

struct gp_sim_reaction {
	const char *emoji; /* or "paid", or "custom:NUMBER" */
	int64_t n;
};

/* What the label of a message says; checked here, used by others. */
struct gp_sim_gold {
	const char *kind, *group;
	int hard;
};

struct gp_sim_edit {
	const char *at_text, *text;
	gp_instant at;
};

/* A comment, a message of the group, or a letter to the bot. */
struct gp_sim_line {
	const char *from, *as; /* one of the two */
	const char *at_text, *text;
	gp_instant at;
	int64_t photos;
	struct gp_sim_gold *gold;
	struct gp_sim_edit *edited;
	struct gp_yaml_list replies;     /* struct gp_sim_line */
	const struct gp_sim_person *who; /* NULL: by `as` */
	unsigned line;
};

struct gp_sim_post {
	int64_t id;
	const char *at_text, *text, *edited_text, *signature, *service;
	gp_instant at, edited;
	int64_t views, photos, video, reply_to;
	struct gp_sim_document *document;
	struct gp_sim_location *location;
	struct gp_sim_link *link;
	struct gp_sim_forward *forward;
	struct gp_sim_poll *poll;
	const struct gp_yaml *reactions_node;
	struct gp_yaml_list reactions; /* struct gp_sim_reaction */
	struct gp_yaml_list comments;  /* struct gp_sim_line */
	unsigned line;
};

struct gp_sim_channel {
	int64_t id, subscribers, photos, videos, files, links;
	const char *name, *title, *about;
	int verified, preview;
};

struct gp_sim_group {
	int64_t id, members, online;
	const char *name, *title;
};

struct gp_sim_bot {
	int64_t id;
	const char *name, *username, *token_file;
};

/* The networks beside Telegram. */
enum gp_sim_net {
	GP_SIM_VK,
	GP_SIM_OK,
	GP_SIM_MAX,
	GP_SIM_NETS, /* how many there are */
};

/* A page of one of them: by itself, or a mirror of the month of Telegram. */
struct gp_sim_own {
	int64_t id, subscribers;
	const char *name, *title, *about, *site, *phone;
	const char *deactivated; /* "deleted" or "banned"; NULL: it stands */
	int verified;
	int closed;                  /* who is not a member sees nothing */
	int mute;                    /* nobody may comment */
	int long_poll;               /* switched on with all kinds of events */
	struct gp_yaml_list posts;   /* struct gp_sim_post; none: mirrored */
	struct gp_yaml_list letters; /* struct gp_sim_line */
};

struct gp_sim_scenario {
	struct gp_yaml_doc *doc;
	const char *path;
	int64_t version;
	const char *title, *zone, *now_text;
	gp_instant now;
	struct gp_sim_bot bot;
	struct gp_sim_channel channel;
	struct gp_sim_group *group;
	struct gp_yaml_list people;          /* struct gp_sim_person */
	struct gp_yaml_list posts;           /* struct gp_sim_post, by id */
	struct gp_yaml_list group_only;      /* struct gp_sim_line */
	struct gp_yaml_list letters;         /* struct gp_sim_line */
	struct gp_sim_own *own[GP_SIM_NETS]; /* NULL: it has no such page */
};

/*
 * Reads and proves a scenario; sets the zone of the process to its own. path
 * is borrowed. NULL with the reason.
 */
struct gp_sim_scenario *gp_sim_scenario_read(const char *path, struct gp_why *);
void gp_sim_scenario_free(struct gp_sim_scenario *);

/* NULL: nobody of that key, or (by_id) of that number. */
const struct gp_sim_person *gp_sim_person(
    const struct gp_sim_scenario *, const char *key);
const struct gp_sim_person *gp_sim_person_by_id(
    const struct gp_sim_scenario *, int64_t id);

/* How many ids of the channel a post takes: an album one for each photo. */
int64_t gp_sim_post_ids(const struct gp_sim_post *);

#endif
