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

enum {
	GP_SCHEMA_COMPARED = 1024 /* items of an array that must differ */
};

struct gp_schema_run {
	struct gp_pattern_run *run;
	struct gp_buf text, other;
	struct gp_schema_error error;
	int bad; /* no memory; latched for one record */
};

/* schema_same.c */
int gp_schema_same(struct gp_schema_run *, struct gp_json_reader *,
    struct gp_json, struct gp_json);
/* The text of a string, in that buffer. */
const char *gp_schema_text(
    struct gp_schema_run *, struct gp_buf *, struct gp_json);
/* 1: no later member has that key. */
int gp_schema_is_last(const struct gp_json_obj *, size_t);

/* A schema on its way in. */
struct gp_schema_reading {
	struct gp_schema *s;
	struct gp_why *why;
};

/* schema_value.c: values of a schema. -1 with the reason. */
int gp_schema_enter(struct gp_schema_reading *, struct gp_json,
    enum gp_json_type, struct gp_json_obj *, const char *key);
/* With a NUL behind it; NULL: it is none. */
const char *gp_schema_string(struct gp_schema_reading *, struct gp_json);
int gp_schema_strings(struct gp_schema_reading *, struct gp_json,
    struct gp_schema_names *, const char *key);
int gp_schema_types(struct gp_schema_reading *, struct gp_json, unsigned *);
int gp_schema_whole(
    struct gp_schema_reading *, struct gp_json, int64_t *, const char *key);
int gp_schema_real(struct gp_schema_reading *, struct gp_json, int *has,
    double *, const char *key);
/* 1: the value is of one of these types; how they are called. */
int gp_schema_has_type(unsigned types, struct gp_json);
const char *gp_schema_type_name(unsigned types);
int gp_schema_no_memory(struct gp_schema_reading *);

#endif
