/*
 * Conditions of --where, KEY=VALUE: a name that appeals are told apart by
 * (gp_dim), hour, or state; no value means that it has no such name. All of
 * them must hold.
 */
#ifndef GP_REPORT_WHERE_H
#define GP_REPORT_WHERE_H

#include "report/ledger.h"

struct gp_where {
	struct gp_condition {
		enum gp_dim dim; /* GP_DIM_ALL: a state */
		uint32_t no;     /* of the name, the hour, the state */
	} v[64];
	size_t n;
	unsigned char hour[4096]; /* hours of quarters of an hour, plus 1 */
	int64_t quarter[4096];
};

/* Before a line is read: names are put into the dicts. 0; -1, the reason. */
int gp_where_init(struct gp_where *, const struct gp_list *, struct gp_ledger *,
    struct gp_why *);
int gp_where_holds(struct gp_where *, const struct gp_case *, unsigned states);
/* gp_hour_of, remembered by quarters of an hour: zones move by no less. */
int gp_where_hour(struct gp_where *, uint32_t at);

#endif
