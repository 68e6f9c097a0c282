#include "config/yaml.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/opt.h"

struct filling {
	struct gp_yaml_doc *doc;
	struct gp_why *why;
};

static int fill_map(struct filling *, const struct gp_yaml *,
    const struct gp_yaml_field *, char *);

static const char *
what_is(const struct gp_yaml *v)
{
	switch (v->type) {
	case GP_YAML_LIST:
		return "a list";
	case GP_YAML_MAP:
		return "a map";
	case GP_YAML_SCALAR:
		break;
	}
	return v->text.p == NULL ? "nothing" : v->text.p;
}

/* What was written for a map is not shown: it may be a token. */
static int
wrong(struct filling *f, const struct gp_yaml *v, const struct gp_yaml_field *d,
    const char *want)
{
	const char *is = what_is(v), *q = "'";

	if (v->type != GP_YAML_SCALAR || v->text.p == NULL)
		q = "";
	else if (d->kind == GP_Y_MAP || d->kind == GP_Y_OPT ||
	    d->kind == GP_Y_NAMED) {
		is = "a word";
		q = "";
	}
	return gp_yaml_because(f->doc, v, f->why, "'%s' must be %s, not %s%s%s",
	    d->key, want, q, is, q);
}

static int
one_of(const char *words, const char *word)
{
	size_t n = strlen(word), k;

	for (;; words += k + 1) {
		k = strcspn(words, "|");
		if (k == n && strncmp(words, word, n) == 0)
			return 1;
		if (words[k] == '\0')
			return 0;
	}
}

static int
word(struct filling *f, const struct gp_yaml *v, const struct gp_yaml_field *d,
    const char **to)
{
	char near[64];
	const char *like;

	if (one_of(d->words, v->text.p)) {
		*to = v->text.p;
		return 0;
	}
	like = gp_nearest(d->words, v->text.p, near);
	return gp_yaml_because(f->doc, v, f->why,
	    "'%s' must be one of %s, not '%s'%s%s%s", d->key, d->words,
	    v->text.p, like != NULL ? ": is '" : "", like != NULL ? like : "",
	    like != NULL ? "' meant?" : "");
}

/* -1: not a boolean. The words of YAML 1.1, which people write. */
static int
boolean(const char *s)
{
	if (strcasecmp(s, "true") == 0 || strcasecmp(s, "yes") == 0 ||
	    strcasecmp(s, "on") == 0)
		return 1;
	if (strcasecmp(s, "false") == 0 || strcasecmp(s, "no") == 0 ||
	    strcasecmp(s, "off") == 0)
		return 0;
	return -1;
}

static int
scalar(struct filling *f, const struct gp_yaml *v,
    const struct gp_yaml_field *d, char *to)
{
	const char *s = v->text.p;
	char *end;
	int b;

	errno = 0;
	switch (d->kind) {
	case GP_Y_TEXT:
		*(const char **)(void *)to = s;
		return 0;
	case GP_Y_INT:
		*(int64_t *)(void *)to = strtoll(s, &end, 10);
		if (*s == '\0' || *end != '\0' || errno != 0 || !v->plain)
			return wrong(f, v, d, "a whole number");
		return 0;
	case GP_Y_REAL:
		*(double *)(void *)to = strtod(s, &end);
		/* strtod takes nan, inf and 0x10 as well. */
		if (*s == '\0' || *end != '\0' || errno != 0 || !v->plain ||
		    s[strspn(s, "0123456789+-.eE")] != '\0')
			return wrong(f, v, d, "a number");
		return 0;
	case GP_Y_BOOL:
	case GP_Y_NOT:
		b = v->plain ? boolean(s) : -1;
		if (b == -1)
			return wrong(f, v, d, "true or false");
		*(int *)(void *)to = d->kind == GP_Y_NOT ? !b : b;
		return 0;
	case GP_Y_SPAN:
		if (gp_span_seconds(s, (long *)to) == -1)
			return wrong(f, v, d, "a span of time, as 15m");
		return 0;
	default:
		return word(f, v, d, (const char **)to);
	}
}

static int
texts(struct filling *f, const struct gp_yaml *v, const struct gp_yaml_field *d,
    struct gp_yaml_list *to)
{
	const char **list = gp_yaml_alloc(f->doc, (v->n + 1) * sizeof(*list));
	size_t i;

	if (list == NULL)
		return gp_because(f->why, "no memory");
	for (i = 0; i < v->n; i++) {
		if (v->item[i].type != GP_YAML_SCALAR ||
		    v->item[i].text.p == NULL)
			return gp_yaml_because(f->doc, &v->item[i], f->why,
			    "'%s' is a list of words; this is %s", d->key,
			    what_is(&v->item[i]));
		list[i] = v->item[i].text.p;
	}
	to->v = list;
	to->n = v->n;
	return 0;
}

static int
maps(struct filling *f, const struct gp_yaml *v, const struct gp_yaml_field *d,
    struct gp_yaml_list *to)
{
	char *list = gp_yaml_alloc(f->doc, (v->n + 1) * d->size);
	size_t i;

	if (list == NULL)
		return gp_because(f->why, "no memory");
	for (i = 0; i < v->n; i++) {
		if (v->item[i].type != GP_YAML_MAP)
			return gp_yaml_because(f->doc, &v->item[i], f->why,
			    "'%s' must hold maps, not %s", d->key,
			    what_is(&v->item[i]));
		if (d->kind == GP_Y_NAMED)
			*(const char **)(void *)(list + i * d->size) =
			    v->key[i].text.p;
		if (fill_map(f, &v->item[i], d->sub, list + i * d->size) == -1)
			return -1;
	}
	to->v = list;
	to->n = v->n;
	return 0;
}

static int
optional(struct filling *f, const struct gp_yaml *v,
    const struct gp_yaml_field *d, void **to)
{
	*to = gp_yaml_alloc(f->doc, d->size);
	if (*to == NULL)
		return gp_because(f->why, "no memory");
	return fill_map(f, v, d->sub, *to);
}

static int
value(struct filling *f, const struct gp_yaml *v, const struct gp_yaml_field *d,
    char *to)
{
	void *at = to;

	switch (d->kind) {
	case GP_Y_NODE:
		*(const struct gp_yaml **)at = v;
		return 0;
	case GP_Y_MAP:
	case GP_Y_OPT:
	case GP_Y_NAMED:
		if (v->type != GP_YAML_MAP)
			return wrong(f, v, d, "a map");
		if (d->kind == GP_Y_NAMED)
			return maps(f, v, d, at);
		return d->kind == GP_Y_MAP ? fill_map(f, v, d->sub, to)
					   : optional(f, v, d, at);
	case GP_Y_TEXTS:
	case GP_Y_MAPS:
		if (v->type != GP_YAML_LIST)
			return wrong(f, v, d, "a list");
		return d->kind == GP_Y_TEXTS ? texts(f, v, d, at)
					     : maps(f, v, d, at);
	default:
		if (v->type != GP_YAML_SCALAR)
			return wrong(f, v, d, "one value");
		return scalar(f, v, d, to);
	}
}

static int
unknown(
    struct filling *f, const struct gp_yaml *key, const struct gp_yaml_field *d)
{
	char near[64];
	struct gp_buf words;
	const char *like = NULL;
	int r;

	gp_buf_init(&words, 0);
	for (; d->kind != GP_Y_END; d++)
		if (d->key != NULL)
			gp_buf_addf(
			    &words, "%s%s", words.n > 0 ? "|" : "", d->key);
	if (!words.bad && words.n > 0)
		like = gp_nearest(words.p, key->text.p, near);
	r = gp_yaml_because(f->doc, key, f->why, "unknown key '%s'%s%s%s",
	    key->text.p, like != NULL ? ": is '" : "", like != NULL ? like : "",
	    like != NULL ? "' meant?" : "");
	gp_buf_release(&words);
	return r;
}

static int
fill_map(struct filling *f, const struct gp_yaml *map,
    const struct gp_yaml_field *fields, char *to)
{
	const struct gp_yaml_field *d;
	uint64_t seen = 0;
	size_t i;

	if (map->type != GP_YAML_MAP)
		return gp_yaml_because(f->doc, map, f->why,
		    "a map is expected here, not %s", what_is(map));
	for (i = 0; i < map->n; i++) {
		for (d = fields; d->kind != GP_Y_END; d++)
			if (d->key != NULL &&
			    strcmp(d->key, map->key[i].text.p) == 0)
				break;
		if (d->kind == GP_Y_END)
			return unknown(f, &map->key[i], fields);
		if (map->item[i].type == GP_YAML_SCALAR &&
		    map->item[i].text.p == NULL && d->kind != GP_Y_NODE)
			continue; /* null: as though it were not there */
		seen |= (uint64_t)1 << (d - fields);
		if (value(f, &map->item[i], d, to + d->off) == -1)
			return -1;
	}
	for (d = fields; d->kind != GP_Y_END; d++) {
		if (d->kind == GP_Y_LINE)
			*(unsigned *)(void *)(to + d->off) = map->line;
		if (d->required && (seen >> (d - fields) & 1) == 0)
			return gp_yaml_because(
			    f->doc, map, f->why, "'%s' is missing", d->key);
	}
	return 0;
}

int
gp_yaml_fill(struct gp_yaml_doc *doc, const struct gp_yaml *map,
    const struct gp_yaml_field *fields, void *to, struct gp_why *why)
{
	struct filling f = { doc, why };

	return fill_map(&f, map, fields, to);
}
