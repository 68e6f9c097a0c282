/* Judging single JSON values by their raw text, as RFC 8259 writes them. */
#ifndef GP_JSON_SCALAR_H
#define GP_JSON_SCALAR_H

#include "base/buf.h"

#ifdef __cplusplus
extern "C" {
#endif

/* With its quotes; control characters and UTF-8 are judged elsewhere. */
int gp_scalar_string(struct gp_span);
int gp_scalar_number(struct gp_span);

#ifdef __cplusplus
}
#endif

#endif
