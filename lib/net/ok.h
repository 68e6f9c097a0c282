/*
 * What the parts of the Odnoklassniki adapter share. Facts of the interface:
 * apiok.ru and its public documentation; where it is silent, what working
 * clients show, see gp-fetch(1), CAVEATS.
 */
#ifndef GP_NET_OK_H
#define GP_NET_OK_H

#include "net/look.h"
#include "net/net.h"

extern const struct gp_stream gp_ok_page, gp_ok_posts, gp_ok_comments,
    gp_ok_messages, gp_ok_updates, gp_ok_stats, gp_ok_act, gp_ok_seek;
extern const struct gp_stream gp_ok_publish, gp_ok_published;

enum {
	GP_OK_PAGE = 100,
	GP_OK_PARAMS = 12
};

struct gp_ok_param {
	const char *key, *value;
};

/* A call of a method with its own parameters. */
struct gp_ok_call {
	struct gp_ok_param param[GP_OK_PARAMS];
	size_t n;
};

void gp_ok_param(struct gp_ok_call *, const char *key, const char *value);

/*
 * The signature: MD5, in small hexadecimal, over all parameters but the tokens,
 * sorted by name, as name=value one after another, then the secret: that of
 * the session, or MD5 of access token and application secret. Either may be
 * NULL, not both. Source: apiok.ru/dev/methods. -1: no memory.
 */
int gp_ok_sign(const struct gp_ok_param *, size_t n, const char *session,
    const char *access, const char *application, char to[33]);

/* What each stream has first in its own state. */
struct gp_ok {
	struct gp_look look;
	char sig[33]; /* of the request under way */
};

/* A stream of fb.do wants what signs its calls. */
int gp_ok_open(struct gp_ok *, struct gp_job *, struct gp_why *);
void gp_ok_close(struct gp_ok *);

void gp_ok_request(struct gp_job *, struct gp_ok *, struct gp_http_req *,
    const char *method, const struct gp_ok_call *);
/* The code of a reply that is an error; 0: it is none. */
int gp_ok_error(struct gp_span body);
/* The reply, opened: an object or array. -1: the job has failed, with the
 * network's words. */
int gp_ok_reply(struct gp_job *, struct gp_ok *, const struct gp_http_reply *,
    struct gp_json_obj *);
/* The same where a bare number is the whole reply, or its member `key`. */
int gp_ok_number(struct gp_job *, struct gp_ok *, const struct gp_http_reply *,
    const char *key, int64_t *);
/*
 * A list of a reply. One that is not there is empty where has_more stands
 * beside it. -1: the job has failed, as an empty page and a strange one differ.
 */
int gp_ok_list(struct gp_job *, struct gp_ok *, const struct gp_json_obj *,
    const char *method, const char *key, struct gp_json_obj *);
/*
 * 1: more of the list follows *anchor, which is replaced; 0: it ends, and
 * *anchor is NULL; -1: the job has failed: there is more and no way to it.
 */
int gp_ok_more(struct gp_job *, struct gp_ok *, const struct gp_json_obj *,
    const char *method, size_t n, char **anchor);
/* A call of the Graph API with its bot's token; parameters follow on url. */
void gp_ok_graph(struct gp_job *, struct gp_http_req *, const char *path);

/* "group:55" -> "55"; as it is where there is no colon. */
struct gp_span gp_ok_bare(struct gp_span);
/* An id without its prefix; n 0: there is none that may stand in an id. */
struct gp_span gp_ok_id(
    struct gp_look *, const struct gp_json_obj *, const char *key);
/* "2026-11-02 14:05:00", of Moscow; 0: it is none. */
gp_instant gp_ok_moscow(struct gp_span);
/* created_ms, date_ms ... or the text of a date; 0: there is neither. */
gp_instant gp_ok_time(struct gp_look *, const struct gp_json_obj *,
    const char *ms, const char *text);

/* A page of the group's topics, from the newest on. */
void gp_ok_topics_call(
    struct gp_job *, struct gp_ok *, struct gp_http_req *, const char *anchor);
int gp_ok_topics(struct gp_job *, struct gp_ok *, const struct gp_json_obj *,
    struct gp_json_obj *);
/* A topic as a post; a comment of a topic; a message of the group. */
void gp_ok_topic(struct gp_job *, struct gp_look *, const struct gp_json_obj *,
    struct gp_item *);
void gp_ok_comment(struct gp_job *, struct gp_look *,
    const struct gp_json_obj *, const char *topic, struct gp_item *);
int gp_ok_message(struct gp_job *, struct gp_look *, const struct gp_json_obj *,
    struct gp_item *);
gp_instant gp_ok_topic_at(struct gp_look *, const struct gp_json_obj *);
/* Comments by the topic's own summary; -1: it tells none. */
int64_t gp_ok_topic_count(struct gp_look *, const struct gp_json_obj *);

#endif
