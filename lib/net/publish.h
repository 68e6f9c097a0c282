/*
 * Posts that go out: what an act (act.h) of the kinds POST, EDIT, DELETE and
 * CLOSE is about. The networks' streams `publish` do them, pictures and videos
 * first, then the one request that others see; `published` looks for a post
 * after nobody knew whether it had arrived.
 *
 * An edit changes the text alone: files and polls stay. What is to be edited
 * to what it is, deleted and not there, closed and closed already, is done.
 */
#ifndef GP_NET_PUBLISH_H
#define GP_NET_PUBLISH_H

#include "http/multipart.h"
#include "net/act.h"
#include "net/said.h"

struct gp_publish_file {
	const char *path, *alt; /* alt NULL: none */
	const char *format;     /* by its bytes: "jpeg" ... */
	int video;
};

struct gp_publish_poll {
	const char *question;
	const char *const *option;
	size_t n;
	size_t correct; /* of a quiz, from 1; 0: none */
	struct gp_said explanation;
	int multiple, open_names;
	gp_instant closes; /* 0: it stays open */
};

struct gp_publish {
	struct gp_said said;
	const char *link; /* whose card is shown; NULL: none */
	const struct gp_publish_file *file; /* of an edit: those out there */
	size_t files;
	const struct gp_publish_poll *poll; /* NULL: none */
	gp_instant when;                    /* the network's to keep; 0: now */
	gp_instant now;
};

/* A file as a part of a form; 0, or -1: the job has failed, nothing left. */
int gp_publish_part(struct gp_job *, struct gp_multipart *,
    struct gp_http_req *, const char *name, const struct gp_publish_file *);
/* 1: two texts are one, white space at the ends of lines apart. */
int gp_publish_same(struct gp_span, struct gp_span);
/* 1: by its time it can be what left. */
int gp_publish_time(const struct gp_act *, gp_instant at);
/* 1: the record of that id is another act's, by the journal. */
int gp_publish_taken(const struct gp_act *, const char *id);

#endif
