#include "check/standard.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "check/read.h"

static const char *const measures[GP_MEASURES] = { "", "length", "words",
	"sentence", "paragraph", "capitals", "hashtags", "rubrics", "links",
	"pictures", "without_alt", "posts_a_week", "posts_a_day",
	"seconds_between" };

const char *
gp_check_level_name(enum gp_check_level l)
{
	static const char *const name[] = { "unknown", "note", "warning",
		"error" };

	return name[l];
}

const char *
gp_measure_name(enum gp_measure m)
{
	return measures[m];
}

enum gp_measure
gp_measure_find(const char *name)
{
	int i;

	for (i = 1; i < GP_MEASURES; i++)
		if (strcmp(measures[i], name) == 0)
			break;
	return (enum gp_measure)i;
}

void
gp_standard_free(struct gp_standard *s)
{
	size_t i;

	if (s == NULL)
		return;
	for (i = 0; i < s->patterns; i++)
		gp_pattern_free(s->pattern[i].code);
	gp_taxonomy_free(s->tax);
	gp_personal_free(s->personal);
	for (i = 0; i < s->docs; i++)
		gp_yaml_free(s->doc[i]);
	free(s->doc);
	free(s->set);
	free(s->pattern);
	free(s->rule);
	free(s);
}

static int
read_shipped(struct gp_standard *s, struct gp_check_in *in, struct gp_why *why)
{
	struct gp_yaml_doc *doc = NULL;
	struct gp_buf path;

	gp_buf_init(&path, 0);
	if (gp_file_data("standard.yaml", &path, why) == 0)
		doc = gp_yaml_read(gp_buf_str(&path), why);
	gp_buf_release(&path);
	return doc != NULL ? gp_check_read(s, in, doc, why) : -1;
}

/* Takes the document. The first one may want the shipped one below itself. */
static int
read_one(struct gp_standard *s, struct gp_check_in *in, struct gp_yaml_doc *doc,
    struct gp_why *why)
{
	int below;

	if (doc == NULL)
		return -1;
	below = s->docs == 0 ? gp_check_extends(doc, why) : 0;
	if (below == -1 || (below == 1 && read_shipped(s, in, why) == -1)) {
		gp_yaml_free(doc);
		return -1;
	}
	return gp_check_read(s, in, doc, why);
}

/* r: how the reading went. */
static struct gp_standard *
made(struct gp_standard *s, struct gp_check_in *in, int r, struct gp_why *why)
{
	if (r == 0)
		r = gp_check_compile(s, in, why);
	if (r == 0 && (s->personal = gp_personal_new()) == NULL)
		r = gp_because(why, "no memory");
	free(in->rule);
	free(in->fact);
	if (r == 0)
		return s;
	gp_standard_free(s);
	return NULL;
}

struct gp_standard *
gp_standard_load(const char *const *path, size_t n, struct gp_why *why)
{
	struct gp_standard *s = calloc(1, sizeof(*s));
	struct gp_check_in in = { .language = "ru" };
	size_t i;
	int r = 0;

	if (s == NULL) {
		gp_because(why, "no memory");
		return NULL;
	}
	if (n == 0)
		r = read_shipped(s, &in, why);
	for (i = 0; i < n && r == 0; i++)
		r = read_one(s, &in, gp_yaml_read(path[i], why), why);
	return made(s, &in, r, why);
}

struct gp_standard *
gp_standard_parse(struct gp_span text, const char *name, struct gp_why *why)
{
	struct gp_standard *s = calloc(1, sizeof(*s));
	struct gp_check_in in = { .language = "ru" };
	int r;

	if (s == NULL) {
		gp_because(why, "no memory");
		return NULL;
	}
	r = read_one(s, &in, gp_yaml_parse(text, name, why), why);
	return made(s, &in, r, why);
}

static int
allow(struct gp_standard *s, const struct gp_yaml_doc *doc,
    const struct gp_yaml *kind, const struct gp_yaml *list, struct gp_why *why)
{
	unsigned k;
	size_t i;

	for (k = 0; k < GP_PD_KINDS; k++)
		if (gp_span_is(kind->text, gp_personal_name(k)))
			break;
	if (k == GP_PD_KINDS)
		return gp_yaml_because(
		    doc, kind, why, "'%s' is no kind", kind->text.p);
	if (list->type != GP_YAML_LIST)
		return gp_yaml_because(doc, list, why, "a list is wanted");
	for (i = 0; i < list->n; i++) {
		if (list->item[i].type != GP_YAML_SCALAR ||
		    list->item[i].text.n == 0)
			return gp_yaml_because(
			    doc, &list->item[i], why, "a text is wanted");
		if (gp_personal_allow(s->personal, k, list->item[i].text) == -1)
			return gp_because(why, "no memory");
	}
	return 0;
}

int
gp_standard_allow(struct gp_standard *s, const char *path, struct gp_why *why)
{
	struct gp_yaml_doc *doc = gp_yaml_read(path, why);
	const struct gp_yaml *root;
	size_t i;
	int r = 0;

	if (doc == NULL)
		return -1;
	root = gp_yaml_root(doc);
	if (root->type != GP_YAML_MAP)
		r = gp_yaml_because(doc, root, why, "a map is wanted");
	for (i = 0; r == 0 && i < root->n; i++)
		r = allow(s, doc, &root->key[i], &root->item[i], why);
	gp_yaml_free(doc);
	return r;
}

/* "reply.*" is for all that begin so. */
static int
is_meant(const struct gp_check_rule *r, const char *word, size_t n)
{
	if (n > 0 && word[n - 1] == '*')
		return strncmp(r->id, word, n - 1) == 0;
	return strlen(r->id) == n && strncmp(r->id, word, n) == 0;
}

/* What no rule asks for any more is not counted. */
static void
set_uses(struct gp_standard *s)
{
	size_t i;

	s->uses = 0;
	for (i = 0; i < s->rules; i++)
		if (!s->rule[i].off &&
		    s->rule[i].measure >= GP_MEASURE_POSTS_A_WEEK)
			s->uses |= 1u << s->rule[i].measure;
}

int
gp_standard_pick(
    struct gp_standard *s, const char *ids, int only, struct gp_why *why)
{
	size_t i, n, found;

	for (i = 0; only && i < s->rules; i++)
		s->rule[i].off = 1;
	for (; *ids != '\0'; ids += n + (ids[n] == ',')) {
		n = strcspn(ids, ",");
		for (i = found = 0; i < s->rules; i++) {
			if (!is_meant(&s->rule[i], ids, n))
				continue;
			s->rule[i].off = !only;
			found++;
		}
		if (found == 0)
			return gp_because(
			    why, "there is no rule '%.*s'", (int)n, ids);
	}
	set_uses(s);
	return 0;
}
