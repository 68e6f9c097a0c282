/*
 * YAML into structs, by a table. Config, taxonomy and scenario are all read
 * here, so all have the same rules: a key that is not known, a wrong type and
 * a key that stands twice are errors with file, line, column and the nearest
 * known key. Text fields take any scalar as it is written: `no` is a word, and
 * 0123 keeps its zero; only a field that is a boolean reads yes and no as one.
 * Anchors, aliases and tags are refused; so is a second document.
 */
#ifndef GP_CONFIG_YAML_H
#define GP_CONFIG_YAML_H

#include <stddef.h>

#include "base/buf.h"

enum gp_yaml_type {
	GP_YAML_SCALAR,
	GP_YAML_LIST,
	GP_YAML_MAP
};

struct gp_yaml {
	enum gp_yaml_type type;
	unsigned line, col;   /* from 1 */
	struct gp_span text;  /* scalar; NUL-terminated; p NULL: null */
	int plain;            /* written without quotes */
	struct gp_yaml *item; /* n values of a list; of a map as well */
	struct gp_yaml *key;  /* n keys of a map */
	size_t n;
};

struct gp_yaml_doc; /* owns the tree, and all that gp_yaml_fill allocates */

/* Reads a file; NULL with the reason. name stands in messages. */
struct gp_yaml_doc *gp_yaml_read(const char *path, struct gp_why *);
struct gp_yaml_doc *gp_yaml_parse(
    struct gp_span, const char *name, struct gp_why *);
void gp_yaml_free(struct gp_yaml_doc *);
const struct gp_yaml *gp_yaml_root(const struct gp_yaml_doc *);
/* What was read from a file, as it was; empty after gp_yaml_parse. */
struct gp_span gp_yaml_text(const struct gp_yaml_doc *);

enum gp_yaml_kind {
	GP_Y_END = 0,
	GP_Y_TEXT,  /* const char *; NULL when absent or null */
	GP_Y_INT,   /* int64_t */
	GP_Y_REAL,  /* double */
	GP_Y_BOOL,  /* int */
	GP_Y_NOT,   /* int: 1 when the value is false; for what is on unless
		       switched off */
	GP_Y_SPAN,  /* long: seconds, as 90s, 15m */
	GP_Y_WORD,  /* const char *: one of words "a|b|c" */
	GP_Y_MAP,   /* struct in place, by `sub` */
	GP_Y_OPT,   /* struct x *: NULL when absent, by `sub` and `size` */
	GP_Y_TEXTS, /* struct gp_yaml_list of const char * */
	GP_Y_MAPS,  /* struct gp_yaml_list of structs, by `sub` and `size` */
	GP_Y_NAMED, /* the same from a map: each key goes to its first member,
		       a const char *, and the value is read by `sub` */
	GP_Y_NODE,  /* const struct gp_yaml *: as it is, NULL when absent */
	GP_Y_LINE,  /* unsigned: no key; the line of the map itself */
};

struct gp_yaml_list {
	void *v;
	size_t n;
};

struct gp_yaml_field {
	const char *key;
	enum gp_yaml_kind kind;
	size_t off; /* of the member in the struct */
	int required;
	const char *words;
	const struct gp_yaml_field *sub;
	size_t size;
};

/*
 * Fills the struct at `to` (zeroed by the caller; what is absent keeps its
 * value) from a map. Strings and lists live as long as the doc. -1 with the
 * reason "file:line:col: ...".
 */
int gp_yaml_fill(struct gp_yaml_doc *, const struct gp_yaml *,
    const struct gp_yaml_field *, void *to, struct gp_why *);

/* Sets the reason to "file:line:col: ..."; returns -1. For checks of the
 * caller's own. */
int gp_yaml_because(const struct gp_yaml_doc *, const struct gp_yaml *,
    struct gp_why *, const char *fmt, ...) GP_PRINTF(4, 5);

/* Memory that lives as long as the doc; NULL: none left. Zeroed. */
void *gp_yaml_alloc(struct gp_yaml_doc *, size_t);

/* Of words "a|b|c" the one nearest to what was written (by single edits, at
 * most a third of it); NULL if none is near. Into `to`. */
const char *gp_nearest(const char *words, const char *written, char to[64]);

#endif
