/* The steps that make the schema, one string a version, NULL at the end. */
#ifndef GP_STORE_SCHEMA_H
#define GP_STORE_SCHEMA_H

extern const char *const gp_schema_sqlite[];
extern const char *const gp_schema_postgres[];

#endif
