/* What the parts of the preview's reader share. */
#ifndef GP_NET_PREVIEW_INNER_H
#define GP_NET_PREVIEW_INNER_H

#include "net/html.h"
#include "net/preview.h"

struct gp_preview_inner {
	struct gp_pool pool;
	struct gp_json_reader *json;
	size_t cap; /* of messages */
	gp_instant made;
};

/* The message of an element with data-post; 0, or -1: no memory. */
int gp_preview_message_read(
    struct gp_preview_inner *, struct _xmlNode *, struct gp_preview_message *);

/* A message while it is read. */
struct gp_reading {
	struct gp_preview_inner *in;
	struct gp_preview_message *m;
	struct gp_attachment *attachment;
	size_t attachments, attachment_cap;
	struct gp_reaction *reaction;
	size_t reactions, reaction_cap;
	struct gp_poll *poll;
	int64_t *also;
	size_t nalso, also_cap;
	int service;
	int texts;
};

/* Reads an element of known class; 1: what is inside it has been read too. */
int gp_preview_media(
    struct gp_reading *, struct _xmlNode *, const char *suffix);
/* Another attachment of that kind, or NULL: no memory, or too many. */
struct gp_attachment *gp_preview_attach(struct gp_reading *, const char *kind);
/* Grows a list in the pool; the old one stays there. */
void *gp_preview_grow(
    struct gp_preview_inner *, void *list, size_t n, size_t *cap, size_t size);
/* "1:02:03" -> seconds; 0: none. */
int64_t gp_preview_duration(struct gp_span);
/* The address if it is one that a person can open, else n 0. */
struct gp_span gp_preview_url(struct gp_preview_inner *, const char *);
/* The number behind the last slash of ".../NAME/123?single"; 0: none. */
int64_t gp_preview_number(const char *url);
/* How many bytes of a public name stand there; 0: none. */
size_t gp_preview_name(const char *);
/*
 * The id of the message that a link leads to, t.me/NAME/N or t.me/c/N/N for
 * members; n 0: it leads to none.
 */
struct gp_span gp_preview_link(struct gp_preview_inner *, const char *href);

#endif
