/* Where the journal of a store lies, see gp_outbox_place in outbox.h. */
#ifndef GP_OUTBOX_PLACE_H
#define GP_OUTBOX_PLACE_H

#include "base/err.h"

/* Two journals of one store would send all twice: that of a link, where it has
 * one of its own, is not passed over. -1 with the reason. */
int gp_outbox_alone(const char *store, const char *place, struct gp_why *);

#endif
