/* Messages, chats and updates as the Bot API writes them. */
#ifndef GP_SIM_BOTJSON_H
#define GP_SIM_BOTJSON_H

#include "sim/world.h"

#define GP_SIM_ID_TELEGRAM    777000
#define GP_SIM_ID_CHANNEL_BOT 136817688
#define GP_SIM_ID_ANONYMOUS   1087968824

/* A Message; what it answers stands inside, one level deep. */
void gp_sim_json_message(
    struct gp_jw *, struct gp_sim_world *, const struct gp_sim_message *);
void gp_sim_json_update(struct gp_buf *, struct gp_sim_world *,
    const struct gp_sim_update *, const struct gp_sim_message *);
void gp_sim_json_poll(struct gp_jw *, const struct gp_sim_message *);
/* Media, poll and text of a message, and the ids of a file of it. */
void gp_sim_json_content(struct gp_jw *, const struct gp_sim_message *);
void gp_sim_json_file_ids(struct gp_jw *, const char *kind,
    const struct gp_sim_message *, const char *size);
void gp_sim_json_person(struct gp_jw *, const struct gp_sim_person *);
void gp_sim_json_bot(struct gp_jw *, const struct gp_sim_world *);
/* The members of a Chat, without its braces; peer: of a private one. */
void gp_sim_json_chat(struct gp_jw *, const struct gp_sim_world *,
    enum gp_sim_place, const struct gp_sim_person *peer);

#endif
