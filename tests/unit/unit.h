/* What the tests of the library share. */
#ifndef GP_TESTS_UNIT_H
#define GP_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"

/* A literal as a span, its NULs included. */
#define T(s)                       \
	{                          \
		(s), sizeof(s) - 1 \
	}
#define SPAN(s)  ((struct gp_span){ (s), sizeof(s) - 1 })
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/*
 * A copy with exactly GP_PAD bytes behind it, so that a sanitizer sees the
 * first byte too far. The caller frees it.
 */
static inline char *
unit_pad(struct gp_span s)
{
	char *p = calloc(1, s.n + GP_PAD);

	assert_non_null(p);
	if (s.n > 0)
		memcpy(p, s.p, s.n);
	return p;
}

static inline void
unit_span(const char *name, struct gp_span got, struct gp_span want)
{
	if (!gp_span_eq(got, want))
		fail_msg("%s: got '%.*s' (%zu), want '%.*s' (%zu)", name,
		    (int)got.n, got.p, got.n, (int)want.n, want.p, want.n);
}

/* Numbers that come out the same on every machine. */
static inline uint32_t
unit_random(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33);
}

/* A file of these bytes in a folder of its own; the path into `to`. */
static inline const char *
unit_file(char to[64], struct gp_span s)
{
	FILE *fp;

	strcpy(to, "/tmp/gp-unit-XXXXXX");
	assert_non_null(mkdtemp(to));
	strcat(to, "/file");
	fp = fopen(to, "w");
	assert_non_null(fp);
	assert_int_equal(fwrite(s.p, 1, s.n, fp), s.n);
	assert_int_equal(fclose(fp), 0);
	return to;
}

static inline void
unit_unfile(char *path)
{
	unlink(path);
	*strrchr(path, '/') = '\0';
	assert_int_equal(rmdir(path), 0);
}

#endif
