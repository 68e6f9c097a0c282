/*
 * JSON Schema, as much of 2020-12 as gp-record.schema.json uses: $ref to
 * #/$defs/..., type, const, enum, required, properties, additionalProperties,
 * minProperties, dependentRequired, items, minItems, maxItems, uniqueItems,
 * minLength, pattern, minimum, maximum, exclusiveMinimum, allOf, anyOf, not,
 * if, then, else. Any other keyword that would judge is refused when the schema
 * is read, so that nothing is passed over unseen.
 *
 * A pattern is PCRE2's with Unicode classes, given up after 100 000 steps; a
 * number is compared as a double.
 */
#ifndef GP_CHECK_SCHEMA_H
#define GP_CHECK_SCHEMA_H

#include "json/json.h"

struct gp_schema; /* not changed once it is read; shared by threads */

struct gp_schema *gp_schema_load(const char *path, struct gp_why *);
/* The text is copied. */
struct gp_schema *gp_schema_parse(struct gp_span, struct gp_why *);
void gp_schema_free(struct gp_schema *);

struct gp_schema_run;                          /* of one thread */
struct gp_schema_run *gp_schema_run_new(void); /* NULL: no memory */
void gp_schema_run_free(struct gp_schema_run *);

/* What does not hold: where, as a JSON Pointer, and what. */
struct gp_schema_error {
	struct gp_buf where, what;
};

/*
 * 1: the object, opened in that reader, holds. 0: it does not; the first reason
 * goes to *error, which stands until the next call. -1: no memory.
 */
int gp_schema_holds(const struct gp_schema *, struct gp_schema_run *,
    struct gp_json_reader *, const struct gp_json_obj *,
    const struct gp_schema_error **error);

#endif
