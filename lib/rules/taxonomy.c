#include "rules/taxonomy.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rules/load.h"

/* The file as it is written. */
struct file {
	int64_t version;
	const char *dated, *language;
	double kind, topic, group;
	struct gp_yaml_list kinds, groups;
};

#define FIELD(s, m) offsetof(struct s, m)

/* clang-format off */
static const struct gp_yaml_field pattern_fields[] = {
	{ "re", GP_Y_NODE, FIELD(gp_pattern_entry, re), 1, NULL, NULL, 0 },
	{ "stems", GP_Y_NODE, FIELD(gp_pattern_entry, stems), 0, NULL, NULL, 0 },
	{ "weight", GP_Y_REAL, FIELD(gp_pattern_entry, weight), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

#define ENTRY_FIELDS                                                          \
	{ "name", GP_Y_NODE, FIELD(gp_entry, name), 1, NULL, NULL, 0 },          \
	{ "include", GP_Y_NODE, FIELD(gp_entry, include), 0, NULL, NULL, 0 },    \
	{ "exclude", GP_Y_NODE, FIELD(gp_entry, exclude), 0, NULL, NULL, 0 },    \
	{ "patterns", GP_Y_MAPS, FIELD(gp_entry, patterns), 0, NULL,             \
	    pattern_fields, sizeof(struct gp_pattern_entry) }

static const struct gp_yaml_field topic_fields[] = {
	ENTRY_FIELDS,
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field kind_fields[] = {
	ENTRY_FIELDS,
	{ "priority", GP_Y_REAL, FIELD(gp_entry, priority), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field group_fields[] = {
	ENTRY_FIELDS,
	{ "topics", GP_Y_MAPS, FIELD(gp_entry, topics), 0, NULL, topic_fields,
	    sizeof(struct gp_entry) },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field least_fields[] = {
	{ "kind", GP_Y_REAL, FIELD(file, kind), 0, NULL, NULL, 0 },
	{ "topic", GP_Y_REAL, FIELD(file, topic), 0, NULL, NULL, 0 },
	{ "group", GP_Y_REAL, FIELD(file, group), 0, NULL, NULL, 0 },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};

static const struct gp_yaml_field file_fields[] = {
	{ "taxonomy", GP_Y_INT, FIELD(file, version), 1, NULL, NULL, 0 },
	{ "dated", GP_Y_TEXT, FIELD(file, dated), 0, NULL, NULL, 0 },
	{ "language", GP_Y_TEXT, FIELD(file, language), 0, NULL, NULL, 0 },
	/* its members lie in the same struct */
	{ "threshold", GP_Y_MAP, 0, 0, NULL, least_fields, 0 },
	{ "kinds", GP_Y_MAPS, FIELD(file, kinds), 0, NULL, kind_fields,
	    sizeof(struct gp_entry) },
	{ "groups", GP_Y_MAPS, FIELD(file, groups), 0, NULL, group_fields,
	    sizeof(struct gp_entry) },
	{ NULL, GP_Y_END, 0, 0, NULL, NULL, 0 },
};
/* clang-format on */

static int
head(struct gp_loading *ld, const struct file *f)
{
	struct gp_taxonomy *tax = ld->tax;
	const struct gp_yaml *root = gp_yaml_root(tax->doc);

	if (f->version != 1)
		return gp_yaml_because(tax->doc, root, ld->why,
		    "'taxonomy' must be 1, the form this program knows");
	if (!(f->kind > 0 && f->topic > 0 && f->group > 0 && f->kind <= 1000 &&
		f->topic <= 1000 && f->group <= 1000))
		return gp_yaml_because(tax->doc, root, ld->why,
		    "'threshold' must be from 0.001 to 1000");
	tax->least.kind = (int)lround(f->kind * GP_WEIGHT);
	tax->least.topic = (int)lround(f->topic * GP_WEIGHT);
	tax->least.group = (int)lround(f->group * GP_WEIGHT);
	tax->dated = f->dated;
	tax->language = f->language;
	ld->stem = gp_stem_new(f->language);
	if (ld->stem == NULL)
		return gp_yaml_because(tax->doc, root, ld->why,
		    "no stemmer for the language '%s'", f->language);
	return gp_atoms_init(&tax->atoms) == -1
	    ? gp_because(ld->why, "no memory")
	    : 0;
}

static int
fill(struct gp_loading *ld)
{
	struct file f = {
		.language = "ru", .kind = 1, .topic = 1.5, .group = 1.5
	};
	struct gp_taxonomy *tax = ld->tax;

	if (gp_yaml_fill(tax->doc, gp_yaml_root(tax->doc), file_fields, &f,
		ld->why) == -1 ||
	    head(ld, &f) == -1 || gp_load_kinds(ld, &f.kinds) == -1 ||
	    gp_load_groups(ld, &f.groups) == -1)
		return -1;
	return gp_index_build(tax) == -1 ? gp_because(ld->why, "no memory") : 0;
}

/* Takes the document, also when it fails. */
static struct gp_taxonomy *
from(struct gp_yaml_doc *doc, struct gp_findings *all, struct gp_why *why)
{
	struct gp_loading ld = { .all = all, .why = why };
	int r;

	ld.tax = calloc(1, sizeof(*ld.tax));
	if (ld.tax == NULL) {
		gp_because(why, "no memory");
		gp_yaml_free(doc);
		return NULL;
	}
	ld.tax->doc = doc;
	r = fill(&ld);
	gp_stem_free(ld.stem);
	if (r == 0)
		return ld.tax;
	gp_taxonomy_free(ld.tax);
	return NULL;
}

struct gp_taxonomy *
gp_taxonomy_load(const char *path, struct gp_findings *all, struct gp_why *why)
{
	struct gp_yaml_doc *doc = gp_yaml_read(path, why);

	return doc != NULL ? from(doc, all, why) : NULL;
}

struct gp_taxonomy *
gp_taxonomy_parse(struct gp_span s, const char *name, struct gp_findings *all,
    struct gp_why *why)
{
	struct gp_yaml_doc *doc = gp_yaml_parse(s, name, why);

	return doc != NULL ? from(doc, all, why) : NULL;
}

void
gp_taxonomy_free(struct gp_taxonomy *tax)
{
	size_t i;

	if (tax == NULL)
		return;
	for (i = 0; i < tax->patterns; i++)
		gp_pattern_free(tax->pattern[i]);
	gp_index_release(&tax->index);
	gp_atoms_release(&tax->atoms);
	free(tax->owner);
	free(tax->rule);
	free(tax->pattern);
	gp_yaml_free(tax->doc);
	free(tax);
}

int
gp_taxonomy_kinds(struct gp_taxonomy *kinds, const struct gp_taxonomy *whole)
{
	const struct gp_rule *r;
	size_t i;

	*kinds = *whole;
	memset(&kinds->index, 0, sizeof(kinds->index));
	kinds->rules = kinds->calls = 0;
	kinds->rule = malloc((whole->rules + 1) * sizeof(*kinds->rule));
	for (i = 0; i < whole->rules && kinds->rule != NULL; i++) {
		r = &whole->rule[i];
		if (whole->owner[r->owner].type != GP_KIND)
			continue;
		kinds->calls += (size_t)r->calls;
		kinds->rule[kinds->rules++] = *r;
	}
	if (kinds->rule != NULL && gp_index_build(kinds) == 0)
		return 0;
	gp_taxonomy_kinds_release(kinds);
	return -1;
}

void
gp_taxonomy_kinds_release(struct gp_taxonomy *kinds)
{
	gp_index_release(&kinds->index);
	free(kinds->rule);
	kinds->rule = NULL;
}
