/*
 * The config that a pipeline is lent: a file in memory, of this process, that
 * nobody else may read and that is gone with it, however it ends.
 */
#ifndef GP_WORK_LENT_H
#define GP_WORK_LENT_H

#include "config/excerpt.h"

/*
 * The config with the pages of these names, one a line; its path is left in
 * `path`. Closing the descriptor takes it away. -1 with errno.
 */
int gp_lent_open(
    const struct gp_excerpt *, struct gp_span names, char path[64]);

#endif
