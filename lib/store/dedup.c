#include "store/dedup.h"

#include <string.h>

const struct gp_dedup_engine *
gp_dedup_engine_of(const char *url)
{
	if (strncmp(url, "postgres://", 11) == 0 ||
	    strncmp(url, "postgresql://", 13) == 0)
		return &gp_dedup_postgres;
	return &gp_dedup_sqlite;
}
