/*
 * What the desk knows of an appeal, as SQL: nobody types it in, it follows
 * from the records whenever it is asked for.
 *
 * An answer is a comment or message of the page whose parent is the appeal, or
 * one to the same person in the same talk (a private chat, or a thread that he
 * began) written after it; an approved reply to it, unless a receipt says that
 * it could not be sent; a receipt of something sent to it. A reply that is
 * interim, or promises a date, leaves the appeal open, and so does what the
 * network shows of it. What private persons reply is none.
 */
#ifndef GP_STORE_DESK_H
#define GP_STORE_DESK_H

#include "base/buf.h"

/*
 * Appends the columns final_at, interim_at, promised_at, again (1: the person
 * wrote before in this talk, and was answered) of the record `a`.
 */
void gp_desk_columns(struct gp_buf *);
/*
 * Conditions over q, which has those columns, due_first and due_final.
 */
#define GP_DESK_IS_ANSWERED                                 \
	"(q.final_at IS NOT NULL AND (q.interim_at IS NULL" \
	" OR q.final_at >= q.interim_at))"
#define GP_DESK_IS_INTERIM                                  \
	"(q.interim_at IS NOT NULL AND (q.final_at IS NULL" \
	" OR q.final_at < q.interim_at))"
#define GP_DESK_IS_NEW "(q.final_at IS NULL AND q.interim_at IS NULL)"
#define GP_DESK_DEADLINE                                   \
	"(CASE WHEN " GP_DESK_IS_INTERIM                   \
	" THEN COALESCE(q.promised_at, q.due_final)"       \
	" WHEN q.due_final < q.due_first THEN q.due_final" \
	" ELSE COALESCE(q.due_first, q.due_final) END)"

#endif
