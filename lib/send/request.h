/* A request of a rehearsal. */
#ifndef GP_SEND_REQUEST_H
#define GP_SEND_REQUEST_H

#include "http/http.h"

/* Appends it for people to read: tokens hidden, of files the size. */
void gp_send_request(struct gp_buf *, const struct gp_http_req *);

#endif
