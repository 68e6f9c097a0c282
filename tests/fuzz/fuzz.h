/* What the fuzz targets share. */
#ifndef GP_TESTS_FUZZ_H
#define GP_TESTS_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* As assert, in every build. */
#define HOLDS(x)                                                            \
	do {                                                                \
		if (!(x)) {                                                 \
			fprintf(                                            \
			    stderr, "%s:%d: %s\n", __FILE__, __LINE__, #x); \
			abort();                                            \
		}                                                           \
	} while (0)

/* A copy with exactly GP_PAD bytes behind it, which the caller frees. */
static inline struct gp_span
fuzz_pad(const uint8_t *data, size_t n)
{
	char *p = calloc(1, n + GP_PAD);

	HOLDS(p != NULL);
	if (n > 0)
		memcpy(p, data, n);
	return (struct gp_span){ p, n };
}

#endif
