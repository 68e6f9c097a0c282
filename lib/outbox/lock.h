/*
 * One sender a page. In a file: a byte of the file PLACE.lock for each page,
 * which the kernel gives back when the process dies; on a server: an advisory
 * lock of the connection, which the server gives back, and the number of those
 * who had it, which tells whether anybody had it while the connection was lost.
 */
#ifndef GP_OUTBOX_LOCK_H
#define GP_OUTBOX_LOCK_H

#include "base/err.h"
#include "base/exit.h"

struct gp_store;
struct gp_out_lock;

struct gp_out_lock *gp_out_lock_new(struct gp_store *, const char *place);
void gp_out_lock_free(struct gp_out_lock *);
/* GP_OK; GP_TEMPFAIL: not within so many seconds; another one with a reason. */
enum gp_exit gp_out_lock_take(
    struct gp_out_lock *, const char *page, long wait, struct gp_why *);

/*
 * After a connection was lost: takes anew all that was held. GP_TEMPFAIL: of
 * one of them another one has been sending meanwhile, or still is.
 */
enum gp_exit gp_out_lock_again(struct gp_out_lock *, struct gp_why *);

#endif
