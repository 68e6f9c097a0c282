/* What writing on MAX is made of. Inside lib/sim. */
#ifndef GP_SIM_MAXWRITE_H
#define GP_SIM_MAXWRITE_H

#include "sim/max.h"

/* Parameters of the address and members of the body, each in its list, as in
 * sim/methods.h. -1: answered. */
int gp_sim_max_body(
    struct gp_sim_max_call *, const char *query, const char *body);
/* Text, attachments and link of the body into the note; of one that is
 * changed what is not given stays. -1: answered. Release the text always. */
int gp_sim_max_content(struct gp_sim_max_call *, struct gp_sim_note *,
    struct gp_sim_text *, const struct gp_sim_note *old);

#endif
