/* Keys of those who are forgotten, by which they are known and not named. */
#ifndef GP_STORE_ERASURE_H
#define GP_STORE_ERASURE_H

#include "store/engine.h"

/* A keyed hash: who has the database alone cannot look persons up in it. */
void gp_erasure_key(
    const struct gp_store *, const char *what, struct gp_span of, char hex[65]);
/* The key of a private talk, beside those of persons. */
void gp_erasure_key_of_talk(
    const struct gp_store *, struct gp_span talk, char key[80]);

#endif
