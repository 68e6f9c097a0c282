/*
 * What the parts of the VK adapter share. Facts of the interface: dev.vk.com,
 * its published schema, version 5.199.
 */
#ifndef GP_NET_VK_H
#define GP_NET_VK_H

#include "net/look.h"
#include "net/net.h"

extern const struct gp_stream gp_vk_page, gp_vk_posts, gp_vk_comments,
    gp_vk_messages, gp_vk_updates, gp_vk_stats, gp_vk_act, gp_vk_seek;
extern const struct gp_stream gp_vk_publish, gp_vk_published;

enum {
	GP_VK_PAGE = 100, /* posts or comments of one call */
	GP_VK_PACKED = 25 /* calls in one execute */
};

struct gp_vk {
	struct gp_look look;
	int64_t group; /* positive; 0: only the name is known yet */
};

/* A call of a method; a parameter has a text, or else a number. */
struct gp_vk_call {
	const char *method;
	struct gp_vk_param {
		const char *key, *text;
		int64_t n;
	} param[12];
	size_t n;
};

void gp_vk_text(struct gp_vk_call *, const char *key, const char *);
void gp_vk_int(struct gp_vk_call *, const char *key, int64_t);

int gp_vk_open(struct gp_vk *, struct gp_job *, struct gp_why *);
void gp_vk_close(struct gp_vk *);

/* The best token of the job among those kinds, NULL: none. */
const char *gp_vk_token(const struct gp_job *, unsigned kinds);
/* 1: calls can be packed with a token of these kinds. */
int gp_vk_packs(const struct gp_job *, unsigned kinds);
/* Builds the request for one call, or for several packed into one. */
void gp_vk_request(struct gp_job *, struct gp_http_req *, unsigned kinds,
    const struct gp_vk_call *, size_t n);

/* What a call gave; code 0: value. */
struct gp_vk_result {
	struct gp_json value;
	int code;
	struct gp_span said;
};

/* The answer of a single call. -1: the job has failed, with VK's words. */
int gp_vk_response(struct gp_job *, struct gp_vk *,
    const struct gp_http_reply *, struct gp_json *);
/*
 * The answers of n packed calls, each with its own error. An error of the
 * whole is the result's; -1: the job has failed.
 */
int gp_vk_results(struct gp_job *, struct gp_vk *, const struct gp_http_reply *,
    struct gp_vk_result *, size_t n);
/* 1: VK asks to try the call again by itself. */
int gp_vk_passes(int code);
/* Fails the job with what the code means and what is to be done; -1. */
int gp_vk_refused(struct gp_job *, int code, struct gp_span said,
    const struct gp_json_obj *error);

/*
 * The page's number from its name: next builds the call, take reads it, sets
 * job->page and the stream's cursor anew. Only where vk->group is 0.
 */
void gp_vk_who(struct gp_job *, struct gp_http_req *, unsigned kinds);
int gp_vk_take_who(
    struct gp_job *, struct gp_vk *, const struct gp_http_reply *);
/* The first group of a getById, in its old shape and the new one. */
struct gp_json_obj gp_vk_first_group(struct gp_vk *, struct gp_json);

/* Names of people and communities that an extended answer has beside it: a
 * hash table, of which 0 marks what is empty. */
struct gp_vk_names {
	struct gp_vk_name {
		int64_t id;
		struct gp_span name;
	} * v;
	size_t slots; /* a power of two, or 0 */
};

void gp_vk_names(
    struct gp_vk *, const struct gp_json_obj *, struct gp_vk_names *);
struct gp_span gp_vk_name(const struct gp_vk_names *, int64_t id);

/* The members of a comment that are looked at, found in one pass. */
enum gp_vk_member {
	GP_VK_ID,
	GP_VK_FROM,
	GP_VK_DATE,
	GP_VK_TEXT,
	GP_VK_LIKES,
	GP_VK_STACK,
	GP_VK_THREAD,
	GP_VK_TO,
	GP_VK_ATTACHED,
	GP_VK_GEO,
	GP_VK_DELETED,
	GP_VK_MEMBERS
};

struct gp_vk_said {
	struct gp_json whole, m[GP_VK_MEMBERS];
};
void gp_vk_said(struct gp_vk *, struct gp_json, struct gp_vk_said *);

/* What ids and addresses of comments under one post begin with. */
struct gp_vk_under {
	struct gp_span post; /* vk:-1/2 */
	struct gp_span id;   /* vk:-1/2/ */
	struct gp_span url;  /* https://vk.com/wall-1_2?reply= */
};
void gp_vk_under(struct gp_vk *, int64_t post, struct gp_vk_under *);

/* Objects as items; spans stand as long as the reply. names may be NULL. */
void gp_vk_post(struct gp_vk *, const struct gp_json_obj *,
    const struct gp_vk_names *, struct gp_item *);
void gp_vk_comment(struct gp_vk *, const struct gp_vk_said *,
    const struct gp_vk_under *, const struct gp_vk_names *, struct gp_item *);
void gp_vk_message(struct gp_vk *, const struct gp_json_obj *,
    const struct gp_vk_names *, struct gp_item *);
/* The member `attachments`: media, and a poll. */
void gp_vk_attachments(
    struct gp_vk *, const struct gp_json_obj *, struct gp_item *);

#endif
