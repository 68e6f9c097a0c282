/* What a file is, by its first bytes. */
#ifndef GP_IMPORT_KIND_H
#define GP_IMPORT_KIND_H

#include "base/buf.h"

enum gp_import_kind {
	GP_IMPORT_UNKNOWN,
	GP_IMPORT_DESKTOP, /* a JSON object */
	GP_IMPORT_PREVIEW, /* HTML */
};

enum gp_import_kind gp_import_kind(struct gp_span first);

#endif
