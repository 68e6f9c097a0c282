/* SHA-256 (FIPS 180-4) in small hexadecimal: of texts that were approved. */
#ifndef GP_BASE_SHA256_H
#define GP_BASE_SHA256_H

#include "base/buf.h"

#define GP_SHA256_LEN 65 /* with the NUL */

/* Returns `to`; "" where libcrypto fails. */
const char *gp_sha256(struct gp_span, char to[GP_SHA256_LEN]);

#endif
