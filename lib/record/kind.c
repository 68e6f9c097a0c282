#include "record/kind.h"

static const char *const kinds[GP_KINDS] = { "complaint", "question",
	"suggestion", "danger", NULL };

enum gp_appeal_kind
gp_kind_of(struct gp_span word)
{
	int i;

	for (i = 0; i < GP_UNSORTED; i++)
		if (gp_span_is(word, kinds[i]))
			break;
	return (enum gp_appeal_kind)i;
}

const char *
gp_kind_name(enum gp_appeal_kind kind)
{
	return kinds[kind];
}
