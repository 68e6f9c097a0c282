#include "store/dedup.h"

#include "store/store.h"

const struct gp_dedup_engine *
gp_dedup_engine_of(const char *url)
{
	return gp_store_is_server(url) ? &gp_dedup_postgres : &gp_dedup_sqlite;
}
