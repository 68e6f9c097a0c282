/* A JSON Schema made ready. Of lib/check alone. */
#ifndef GP_CHECK_SCHEMA_INNER_H
#define GP_CHECK_SCHEMA_INNER_H

#include "base/pool.h"
#include "check/schema.h"
#include "rules/pattern.h"

enum gp_schema_type {
	GP_TYPE_NULL = 1,
	GP_TYPE_BOOL = 2,
	GP_TYPE_NUMBER = 4,
	GP_TYPE_INTEGER = 8,
	GP_TYPE_STRING = 16,
	GP_TYPE_ARRAY = 32,
	GP_TYPE_OBJECT = 64,
};

struct gp_schema_names {
	const char **v;
	size_t n;
};

struct gp_schema_list {
	struct gp_schema_node **v;
	size_t n;
};

/* What a keyword asks for; NULL, 0 and unset flags: nothing. */
struct gp_schema_node {
	int never; /* the schema `false` */
	const char *ref_name;
	struct gp_schema_node *ref;
	unsigned types;
	struct gp_json constant;   /* type NONE: none */
	struct gp_json_obj one_of; /* of enum; n 0: none */
	struct gp_schema_names required;
	struct gp_schema_names prop_name;
	struct gp_schema_list prop;
	struct gp_schema_node *additional, *items;
	struct gp_schema_names dependent; /* and what each asks for: */
	struct gp_schema_names *dependent_on;
	struct gp_schema_list all, any;
	struct gp_schema_node * not, *when, *then, *otherwise;
	struct gp_pattern *pattern;
	const char *pattern_text;
	int has_max_items, has_min, has_max, has_above, unique;
	int64_t min_length, min_items, max_items, min_props;
	double min, max, above;
	struct gp_schema_node *next; /* of all, for what is to be freed */
};

struct gp_schema {
	struct gp_pool pool;
	struct gp_span text;
	struct gp_json_reader *reader; /* lists of enum are its own */
	struct gp_schema_node *root, *nodes;
	struct gp_schema_names def_name;
	struct gp_schema_list def;
};

#endif
