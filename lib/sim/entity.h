/*
 * A text and what stands in it: links, hashtags, mentions, bold words. Places
 * are in bytes here; Telegram's own UTF-16 units are made where JSON is made.
 */
#ifndef GP_SIM_ENTITY_H
#define GP_SIM_ENTITY_H

#include "base/buf.h"
#include "json/json.h"
#include "json/write.h"

struct gp_sim_entity {
	const char *type; /* Telegram's word, static: "url", "bold" ... */
	size_t from, n;
	char *arg; /* url of a text_link, language of a pre, emoji's number */
};

struct gp_sim_text {
	char *s; /* NULL: no text */
	size_t n;
	struct gp_sim_entity *e; /* by place, outer ones first */
	size_t ne;
};

/*
 * Of a scenario's text: [words](https://...) becomes a text_link; then links,
 * hashtags, mentions, addresses and telephone numbers are found. -1: no
 * memory.
 */
int gp_sim_text_read(struct gp_sim_text *, struct gp_span);
/* Of parse_mode HTML. -1 with the reason as Telegram words it. */
int gp_sim_text_html(struct gp_sim_text *, struct gp_span, struct gp_why *);
/* As it is, with the entities of a JSON array; NONE: none. -1 likewise. */
int gp_sim_text_given(
    struct gp_sim_text *, struct gp_span, struct gp_json, struct gp_why *);
void gp_sim_text_release(struct gp_sim_text *);

/* For the three above: sets the bytes; adds an entity, arg copied; finds what
 * finds itself and sorts. -1: no memory. */
int gp_sim_text_put(struct gp_sim_text *, struct gp_span);
int gp_sim_text_mark(struct gp_sim_text *, const char *type, size_t from,
    size_t n, struct gp_span arg);
int gp_sim_text_find(struct gp_sim_text *);

/* Entities and all; nothing where there is no text. -1: no memory. */
int gp_sim_text_copy(struct gp_sim_text *to, const struct gp_sim_text *);
struct gp_span gp_sim_text_span(const struct gp_sim_text *);
/* 1: the same words with the same entities. */
int gp_sim_text_same(const struct gp_sim_text *, const struct gp_sim_text *);
/* The two members, "text" and "entities" or as they are called. */
void gp_sim_text_json(struct gp_jw *, const char *key, const char *entities,
    const struct gp_sim_text *);

/* The word of an entity type as a static string; NULL: there is none. */
const char *gp_sim_entity_type(struct gp_span);

#endif
