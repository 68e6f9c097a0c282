/* Findings and rules as tables for people. */
#ifndef GP_CHECK_TABLE_H
#define GP_CHECK_TABLE_H

#include "check/standard.h"
#include "show/show.h"
#include "json/json.h"

extern const struct gp_table gp_check_table;

/* Findings, records in lines, become rows of that table. -1: see show->bad. */
int gp_check_rows(
    struct gp_show *, struct gp_json_reader *, struct gp_span lines);

/* A table of its own: the rules that are on. 0, or -1 as gp_show_end. */
int gp_check_list(struct gp_show *, const struct gp_standard *);

#endif
