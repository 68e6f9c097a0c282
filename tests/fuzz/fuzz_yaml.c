/* YAML: a tree or a reason with its place; the tree is whole. */
#include "fuzz.h"

#include "base/utf8.h"
#include "config/yaml.h"

static void
walk(const struct gp_yaml *v, int depth)
{
	size_t i;

	HOLDS(depth <= GP_MAX_YAML_DEPTH + 1);
	HOLDS(v->line > 0 && v->col > 0);
	if (v->type == GP_YAML_SCALAR) {
		HOLDS(v->text.p == NULL || strlen(v->text.p) == v->text.n);
		HOLDS(v->text.p == NULL || gp_utf8_valid(v->text));
	}
	for (i = 0; v->type != GP_YAML_SCALAR && i < v->n; i++) {
		if (v->type == GP_YAML_MAP)
			HOLDS(v->key[i].text.p != NULL);
		walk(&v->item[i], depth + 1);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct gp_span s = { (const char *)data, n };
	struct gp_yaml_doc *doc;
	struct gp_why why;

	why.msg[0] = '\0';
	doc = gp_yaml_parse(s, "f", &why);
	if (doc != NULL)
		walk(gp_yaml_root(doc), 0);
	else
		HOLDS(strncmp(why.msg, "f:", 2) == 0);
	gp_yaml_free(doc);
	return 0;
}
