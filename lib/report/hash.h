/* Identity of ids and names in reports: 64 bits, the same in every run. */
#ifndef GP_REPORT_HASH_H
#define GP_REPORT_HASH_H

#include <stdint.h>

#include "base/buf.h"

uint64_t gp_hash(struct gp_span);

#endif
