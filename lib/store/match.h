/*
 * What people type to find words, for the full text of either engine:
 *
 *	яма дорога        both words, in any form
 *	яма OR асфальт    one of them; also |
 *	-зима             not that one
 *	"яма на дороге"   these words one after another
 *	асфальт*          words whose stem begins so
 *	( )               together
 */
#ifndef GP_STORE_MATCH_H
#define GP_STORE_MATCH_H

#include "base/buf.h"
#include "text/stem.h"

/*
 * Appends the query of FTS5, of our stems; or, where there is no stemmer, of
 * to_tsquery, which stems by itself. -1: it makes no sense, with the reason.
 */
int gp_match_write(
    const char *typed, struct gp_stem *, struct gp_buf *, struct gp_why *);

#endif
