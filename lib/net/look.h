/*
 * Reading replies: members by name, texts as spans. A text without escapes is
 * borrowed from the reply, another one is put into the pool; both stand until
 * the pool is reset, which is done for each reply.
 */
#ifndef GP_NET_LOOK_H
#define GP_NET_LOOK_H

#include "base/pool.h"
#include "record/item.h"
#include "json/json.h"

struct gp_look {
	struct gp_json_reader *json;
	struct gp_pool pool;
};

int gp_look_init(struct gp_look *); /* -1: no memory */
void gp_look_release(struct gp_look *);
/* Opens a whole reply, which is an object, or an array with its elements. */
int gp_look_open(
    struct gp_look *, struct gp_span, struct gp_json_obj *, struct gp_why *);
/* The members of an object, the elements of an array; none of anything else. */
struct gp_json_obj gp_look_in(struct gp_look *, struct gp_json);
/* The same of a member. */
struct gp_json_obj gp_look_at(
    struct gp_look *, const struct gp_json_obj *, const char *key);

/* What it cannot read is 0, or a span of n 0. */
struct gp_span gp_look_text(struct gp_look *, struct gp_json);
struct gp_span gp_look_str(
    struct gp_look *, const struct gp_json_obj *, const char *key);
/* A number, also one that stands as a string. */
int64_t gp_look_int(const struct gp_json_obj *, const char *key);
int64_t gp_look_number(struct gp_json);
/* true, or a number that is not 0: networks mix both. */
int gp_look_true(const struct gp_json_obj *, const char *key);
int gp_look_truth(struct gp_json);
/* A number or string as its text: ids that no double holds. */
struct gp_span gp_look_id(
    struct gp_look *, const struct gp_json_obj *, const char *key);
struct gp_span gp_look_name(struct gp_look *, struct gp_json);
struct gp_figure gp_look_figure(const struct gp_json_obj *, const char *key);
struct gp_figure gp_look_count(struct gp_json);

#endif
