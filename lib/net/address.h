/* Addresses as people give them. */
#ifndef GP_NET_ADDRESS_H
#define GP_NET_ADDRESS_H

#include "base/buf.h"

/* What stands behind the start; NULL: it does not start so. */
const char *gp_after(const char *s, const char *start);
/* Behind one of the hosts ("t.me/", NULL ends), with https:// or without;
 * NULL: none of them. */
const char *gp_address_path(const char *, const char *const *hosts);
/* Behind the host of an address on this machine, whose start is put into
 * `base`; NULL: it is none. */
const char *gp_address_local(const char *, struct gp_buf *base);

#endif
