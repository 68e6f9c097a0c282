/*
 * Recordings: exchanges in a folder, so that a set-up can be tried again with
 * no network. Two files an exchange, KEY-N.json (what was asked, status,
 * headers) and KEY-N.body; KEY is a hash of method, URL and body with the
 * secret taken out, N counts equal requests from 1.
 */
#ifndef GP_HTTP_TAPE_H
#define GP_HTTP_TAPE_H

#include "http/http.h"

struct gp_tape; /* counts the requests seen */

struct gp_tape *gp_tape_new(void);
void gp_tape_free(struct gp_tape *);

/* Writes the exchange of a call into the folder; -1 with the reason. */
int gp_tape_write(struct gp_tape *, const char *dir,
    const struct gp_http_call *, struct gp_why *);
/*
 * Answers the call from the folder. When a request comes more often than it
 * was recorded, the last answer is given again. -1 with the reason.
 */
int gp_tape_read(
    struct gp_tape *, const char *dir, struct gp_http_call *, struct gp_why *);

#endif
