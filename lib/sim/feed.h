/*
 * One page of VK, OK or MAX with its posts, comments and letters, as all
 * networks have them; how a network words them is its own file's matter.
 *
 * A feed happens in the order of time, as the world of Telegram does: what
 * lies after `now` is not there yet. Notes get their ids as they are made,
 * posts, comments and letters in one sequence. Everything a feed hands out
 * lives as long as the feed, but what a walk or a computed feed puts into
 * memory of the caller's. All is done under the lock of the simulator.
 */
#ifndef GP_SIM_FEED_H
#define GP_SIM_FEED_H

#include "base/pool.h"
#include "sim/shelf.h"
#include "sim/world.h"

enum gp_sim_note_kind {
	GP_SIM_POST,
	GP_SIM_COMMENT,
	GP_SIM_LETTER,
};

struct gp_sim_notes {
	struct gp_sim_note **v; /* oldest first */
	size_t n, cap;
};

struct gp_sim_note {
	int64_t id;
	enum gp_sim_note_kind kind;
	/* GP_SIM_PERSON; GP_SIM_CHANNEL: the page; GP_SIM_BOT: its answer in
	 * letters. */
	enum gp_sim_as as;
	const struct gp_sim_person *from; /* of a letter: the citizen, always */
	gp_instant at, edited;            /* edited 0: never */
	const char *text;                 /* plain UTF-8, never NULL */
	const char *before;               /* the last edit; NULL: as it is */
	int64_t photos, video, views;     /* video: its seconds */
	const struct gp_sim_document *document;
	const struct gp_sim_location *location;
	const struct gp_sim_poll *poll;
	const struct gp_sim_link *link;
	const struct gp_sim_forward *forward;
	const struct gp_yaml_list *reactions; /* struct gp_sim_reaction */
	const char *signature;
	int64_t post;     /* of a comment: what it stands under */
	int64_t reply_to; /* the note answered; 0: none, or the post itself */
	int64_t root;     /* of a reply: the comment that begins its thread */
	int64_t place;    /* of a letter: its place in that talk, from 1 */
	int poll_closed, deleted, pinned;
	int closed; /* a post under which nobody may comment any more */

	/* Of what came through an interface. */
	const struct gp_sim_item *const *item; /* what was attached */
	size_t items;
	gp_instant due;  /* not out before that moment; 0: it is out */
	int64_t was;     /* the note that waited until it was published */
	int64_t written; /* its number in the book; 0: none */
	struct gp_sim_note *heir; /* what a note that waited was published as */
	struct gp_sim_note *next; /* of those that wait */

	/* Kept by the feed. */
	struct gp_sim_notes under;    /* top comments, or replies of a thread */
	struct gp_sim_notes all;      /* every comment of a post */
	int64_t live_under, live_all; /* how many of them are not deleted */
};

enum gp_sim_news_kind {
	GP_SIM_N_POST,
	GP_SIM_N_COMMENT,
	GP_SIM_N_LETTER,
	GP_SIM_N_EDITED,
	GP_SIM_N_DELETED,
};

/* What happened; the first has number 1, each next one more. */
struct gp_sim_news {
	enum gp_sim_news_kind kind;
	gp_instant at;
	const struct gp_sim_note *note;
	const char *text; /* as it was then */
};

struct gp_sim_feed {
	enum gp_sim_net net;
	const struct gp_sim_scenario *s;
	const struct gp_sim_own *page; /* NULL: no such page, nothing below */
	gp_instant now;
	struct gp_sim_notes notes; /* note N at N - 1 */
	struct gp_sim_notes posts, letters;
	struct gp_sim_note *waiting; /* posts for later, in no order */
	struct gp_sim_news *news;    /* number N at N - 1 */
	size_t news_n, news_cap;
	int64_t clones; /* further pages that show the same */

	/* Of the scenario. */
	const struct gp_yaml_list *month; /* struct gp_sim_post */
	struct gp_sim_event *event;
	size_t events, happened;
	int64_t *post_id; /* by place in the month; 0: not yet */
	struct gp_pool pool;

	/* Computed: so many posts of so many comments; 0: a real one. */
	int64_t mill_posts, mill_comments;
	const struct gp_sim_mill *mill;
	struct gp_sim_landing *landing; /* computed as a page of the country */
};

/* Borrows the scenario; without a page of that network the feed is empty. -1:
 * no memory; release also then. */
int gp_sim_feed_init(
    struct gp_sim_feed *, const struct gp_sim_scenario *, enum gp_sim_net);
void gp_sim_feed_release(struct gp_sim_feed *);
/* Lets happen what lies up to the moment, makes it `now`. -1: no memory. */
int gp_sim_feed_play(struct gp_sim_feed *, gp_instant);

/* 0: the page itself; N: its Nth clone; -1: neither. */
int64_t gp_sim_feed_page(const struct gp_sim_feed *, int64_t id);
/* The id of the page of that name, or NAME_N of a clone; 0: it is not here. */
int64_t gp_sim_feed_named(const struct gp_sim_feed *, struct gp_span name);
/* The name of the page with that id, into `to`. */
const char *gp_sim_feed_name(
    const struct gp_sim_feed *, int64_t id, char to[80]);

/*
 * The note of that id, deleted ones too (the caller looks); NULL: none. A
 * computed one is put into tmp.
 */
const struct gp_sim_note *gp_sim_feed_note(
    const struct gp_sim_feed *, int64_t id, struct gp_sim_note *tmp);
/* The same, to be changed; NULL: none, or of a computed feed. */
struct gp_sim_note *gp_sim_feed_own(const struct gp_sim_feed *, int64_t id);
/* 1: deleted, under a deleted post, or not out yet. */
int gp_sim_feed_gone(const struct gp_sim_feed *, const struct gp_sim_note *);
/* How many posts stand. */
int64_t gp_sim_feed_posts(const struct gp_sim_feed *);

/*
 * Takes a copy of the note, gives it id and place (by post, reply_to), and
 * tells of it; strings that are not the scenario's are copied. NULL: no memory,
 * or a computed feed. With `due` it waits until that moment, and
 * nothing is told.
 */
struct gp_sim_note *gp_sim_feed_add(
    struct gp_sim_feed *, const struct gp_sim_note *);
/* Publishes what waited, as a new note. NULL: no memory. */
struct gp_sim_note *gp_sim_feed_publish(
    struct gp_sim_feed *, struct gp_sim_note *);
/* Takes it off those that wait, unpublished. */
void gp_sim_feed_drop(struct gp_sim_feed *, struct gp_sim_note *);
/* The one that is due first, up to that moment; NULL: none. */
struct gp_sim_note *gp_sim_feed_due(const struct gp_sim_feed *, gp_instant);
/* How many wait; 1: one of them, but not `but`, is due in that minute. */
size_t gp_sim_feed_waiting(const struct gp_sim_feed *);
int gp_sim_feed_clash(
    const struct gp_sim_feed *, gp_instant, const struct gp_sim_note *but);
/* What of that kind was attached, the i-th; NULL: it is the scenario's. */
const struct gp_sim_item *gp_sim_note_item(
    const struct gp_sim_note *, enum gp_sim_item_kind, size_t i);
/* Attaches an item; of a file or a poll its content too. -1: no memory. */
int gp_sim_note_attach(
    struct gp_sim_feed *, struct gp_sim_note *, const struct gp_sim_item *);

/* -1: no memory. */
int gp_sim_feed_edit(struct gp_sim_feed *, int64_t id, struct gp_span text);
int gp_sim_feed_delete(struct gp_sim_feed *, int64_t id);

/* Going through notes. */
struct gp_sim_walk {
	const struct gp_sim_feed *f;
	const struct gp_sim_notes *list;
	const struct gp_sim_person *peer;
	size_t i, n;
	int back; /* newest first */
	enum gp_sim_mill_list {
		GP_SIM_MILL_POSTS,
		GP_SIM_MILL_ALL,
		GP_SIM_MILL_UNDER,
	} what;
	int64_t of;
	struct gp_sim_note tmp;
};

/* Posts, newest first. */
void gp_sim_walk_posts(struct gp_sim_walk *, const struct gp_sim_feed *);
/* Top comments of a post, or the replies of a thread. */
void gp_sim_walk_under(struct gp_sim_walk *, const struct gp_sim_feed *,
    const struct gp_sim_note *, int back);
/* Every comment of a post. */
void gp_sim_walk_all(struct gp_sim_walk *, const struct gp_sim_feed *,
    const struct gp_sim_note *, int back);
/* Letters with that person; NULL: with all. */
void gp_sim_walk_letters(struct gp_sim_walk *, const struct gp_sim_feed *,
    const struct gp_sim_person *, int back);
/*
 * The next one, until the next call; NULL: no more. A deleted comment is only
 * met while there are replies to it that stand.
 */
const struct gp_sim_note *gp_sim_walk_next(struct gp_sim_walk *);
void gp_sim_walk_skip(struct gp_sim_walk *, int64_t n);

/*
 * A feed of so many posts with so many comments each, computed as they are
 * asked for. page is borrowed. -1: no memory.
 */
int gp_sim_mill_init(struct gp_sim_feed *, const struct gp_sim_own *page,
    enum gp_sim_net, gp_instant now, int64_t posts, int64_t comments);
void gp_sim_mill_free(const struct gp_sim_mill *);
/* The note of that id; 0: there is none. */
int gp_sim_mill_note(
    const struct gp_sim_feed *, int64_t id, struct gp_sim_note *);
/* How many there are in a list, and the id at a place of it. */
size_t gp_sim_mill_count(
    const struct gp_sim_feed *, enum gp_sim_mill_list, int64_t of);
int64_t gp_sim_mill_at(
    const struct gp_sim_feed *, enum gp_sim_mill_list, int64_t of, size_t i);

/* The note as a line of JSON: what tests compare with. */
void gp_sim_note_json(
    struct gp_buf *, const struct gp_sim_feed *, const struct gp_sim_note *);

#endif
