/*
 * The body of an upload, multipart/form-data (RFC 7578): fields and files one
 * after another, whole in memory.
 */
#ifndef GP_HTTP_MULTIPART_H
#define GP_HTTP_MULTIPART_H

#include "http/http.h"

#define GP_MAX_UPLOAD (512 * GP_MIB) /* bytes of the body */

struct gp_multipart {
	char type[96];     /* what the request borrows */
	char boundary[40]; /* random, so that no file holds it */
};

/* The request's type and body are set; the struct must stand as long as it.
 * -1: no randomness to be had. */
int gp_multipart_begin(
    struct gp_multipart *, struct gp_http_req *, struct gp_why *);
void gp_multipart_field(struct gp_multipart *, struct gp_http_req *,
    const char *name, struct gp_span value);
/* The file is called file.FORMAT there: its own name is nobody's business and
 * may hold what a header may not. -1 with the reason. */
int gp_multipart_file(struct gp_multipart *, struct gp_http_req *,
    const char *name, const char *path, const char *format, struct gp_why *);
void gp_multipart_end(struct gp_multipart *, struct gp_http_req *);
/* The body for people: fields as they are, of files the size. */
void gp_multipart_show(struct gp_buf *, const struct gp_http_req *);

#endif
