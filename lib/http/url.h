/* What a URL may be. */
#ifndef GP_HTTP_URL_H
#define GP_HTTP_URL_H

#include "base/buf.h"

struct sockaddr;

/*
 * https to any host, http to a loopback one. Puts the host into `host`; -1
 * with the reason (which does not show the URL).
 */
int gp_url_check(
    const char *url, struct gp_buf *host, int *plain, struct gp_why *);
/* The URL that `location` means when it is found at `base`. */
int gp_url_join(const char *base, const char *location, struct gp_buf *to);
int gp_url_loopback(const struct sockaddr *);

#endif
