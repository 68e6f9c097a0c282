/*
 * Conditions on the members of a record, the same with every engine; nothing
 * of them reaches a database, so they can neither write nor be turned into
 * something else.
 *
 *	counts.views > 1000 and not deleted
 *	class.topic = 'Ямы' or text ~ 'асфальт'
 *	network in ('vk', 'ok') and due.first < '2026-11-01T00:00:00Z'
 *
 * or, and, not, ( ); = != < <= > >=, ~ (has in it, of any case), in ( ). A
 * value is 'text' (two quotes are one), a number, true or false. A member
 * alone: it is there, and neither false nor null. Of a list, one element that
 * fits is enough. != is true where = is not, so also of what is absent.
 */
#ifndef GP_STORE_WHERE_H
#define GP_STORE_WHERE_H

#include "json/json.h"

struct gp_where;

/* NULL: it makes no sense, with the reason. */
struct gp_where *gp_where_new(const char *typed, struct gp_why *);
void gp_where_free(struct gp_where *);
/* 1: the record fits. -1: no memory. */
int gp_where_fits(
    struct gp_where *, struct gp_json_reader *, const struct gp_json_obj *);

#endif
