/*
 * What a post, comment or message is: gp-record(5) as a struct, and the one
 * place where it becomes JSON. Every source of records fills a gp_item.
 *
 * Spans are borrowed; an absent one has n 0. A figure the source lacks is
 * absent, never 0: it has `set` 0.
 */
#ifndef GP_RECORD_ITEM_H
#define GP_RECORD_ITEM_H

#include "base/instant.h"
#include "json/write.h"

struct gp_figure {
	int64_t n;
	int set;
	int approx; /* the source rounds: 1.52K */
};

struct gp_attachment {
	const char *kind; /* photo video round_video voice audio file sticker
			     location link animation contact other */
	struct gp_span url, path, title, description;
	int64_t width, height, duration, size; /* 0: not known */
};

struct gp_reaction {
	struct gp_span emoji;  /* empty for a custom or paid one */
	struct gp_span custom; /* number of a custom emoji */
	int paid, approx;
	int64_t n;
};

struct gp_poll_option {
	struct gp_span text;
	struct gp_figure votes, percent;
	int correct;
};

struct gp_poll {
	struct gp_span question, explanation;
	const struct gp_poll_option *option;
	size_t n;
	struct gp_figure voters;
	int quiz, closed;
};

struct gp_author {
	struct gp_span id, name;
	int official; /* speaks for the page */
};

struct gp_item {
	const char *type; /* post comment message poll reactions */
	int sound;        /* all its texts are known to be UTF-8 */
	const char *network;
	struct gp_span id; /* whole: "telegram:adm/101" */
	struct gp_span page, url;
	struct gp_span of;   /* what the figures of it are about */
	gp_instant at, seen; /* 0: not known */
	struct gp_span text;

	struct gp_span post, chat, parent, thread;
	struct gp_author author;
	struct gp_span signature; /* of an employee under the page's post */
	struct gp_span service;   /* what a service message says */

	const struct gp_attachment *attachment;
	size_t attachments;
	const struct gp_reaction *reaction;
	size_t reactions;
	const struct gp_poll *poll;

	struct gp_figure views, reposts, comments; /* reactions are summed */
	struct gp_figure reacted; /* their sum where there is no list of them */
	int edited;               /* it was; at `edited_at` if that is known */
	gp_instant edited_at;
	int deleted, pinned;
	struct gp_span repost_name, repost_url, repost_id;
	struct gp_span
	    source; /* what the reader read: preview bot export ... */
};

/* Appends the record and a newline. Hashtags are taken from the text. */
void gp_item_write(struct gp_buf *, const struct gp_item *);

/* A page: title, about and the counters the network shows. */
struct gp_page {
	const char *network;
	struct gp_span id, page, url, title, about, address, phone, email, site;
	gp_instant seen;
	int verified; /* 0: not, or not known; the member is absent */
	struct gp_figure subscribers, photos, videos, files, links;
	struct gp_span source;
};

void gp_page_write(struct gp_buf *, const struct gp_page *);

/* Figures of a page, or of a post, over a period; absent ones are not set. */
struct gp_stats {
	const char *network;
	struct gp_span page, post; /* post n 0: of the page */
	gp_instant from, to, seen;
	struct gp_stats_figure {
		const char *name;
		struct gp_figure n;
	} figure[24];
	size_t n;
	struct gp_span source;
};

/* Adds a figure; one that is not set is left out. */
void gp_stats_add(struct gp_stats *, const char *name, struct gp_figure);
void gp_stats_write(struct gp_buf *, const struct gp_stats *);

/* "1 474 933", "1.52K", "505.9K", "1.48M" -> a figure. 0, or -1. */
int gp_figure_parse(struct gp_span, struct gp_figure *);

#endif
