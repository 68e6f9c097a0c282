/* What writing on OK is made of. Inside lib/sim. */
#ifndef GP_SIM_OKWRITE_H
#define GP_SIM_OKWRITE_H

#include "sim/ok.h"

/* The `attachment` of a topic into the note: its media, when it is due, who
 * signs it. The text is put into b. -1: the error is answered. */
int gp_sim_ok_attachment(
    struct gp_sim_ok_call *, struct gp_sim_note *, struct gp_buf *b);
/* Writes it into the book. */
void gp_sim_ok_wrote(
    struct gp_sim_ok_call *, const char *action, struct gp_sim_note *);

#endif
