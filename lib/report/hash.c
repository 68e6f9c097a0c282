#include "report/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t
gp_hash(struct gp_span s)
{
	return XXH3_64bits(s.p, s.n);
}
