/* What a topic on OK is made of. Inside lib/net. */
#ifndef GP_NET_OK_ATTACHMENT_H
#define GP_NET_OK_ATTACHMENT_H

#include "net/publish.h"

/*
 * Appends the JSON. id: one a file of the post, the token of a photo or the
 * number of a video. scheduled: the network is to wait for its time.
 */
void gp_ok_attachment(struct gp_buf *, const struct gp_publish *,
    const char *const *id, int scheduled);

#endif
