/*
 * What is said on stderr: "program: place: what: why".
 *
 * The library returns errors; it describes them in a struct gp_why where a
 * sentence is needed. Only cmd/ and lib/cli print and exit, through here.
 */
#ifndef GP_BASE_ERR_H
#define GP_BASE_ERR_H

#include <stddef.h>

#include "base/exit.h"

#ifdef __cplusplus
extern "C" {
#endif

#define GP_PRINTF(f, a) __attribute__((format(printf, f, a)))

/* A reason, one line, no full stop. Filled by the function that failed. */
struct gp_why {
	char msg[512];
};

/* Sets the reason; returns -1, so that `return gp_because(...)` reads well. */
int gp_because(struct gp_why *, const char *fmt, ...) GP_PRINTF(2, 3);
/* Puts "what: " before the reason that is there; returns -1. */
int gp_because_of(struct gp_why *, const char *fmt, ...) GP_PRINTF(2, 3);

/* The program's name, without folders; main calls it first. */
void gp_prog(const char *argv0);
const char *gp_prog_name(void);

/*
 * Where the input stands: "file:line". line 0: the file alone; file NULL: no
 * place. The name is borrowed until the next call. The only global state.
 */
void gp_at(const char *file, unsigned long long line);

/* Prints a line. The second adds ": " and strerror(errno). */
void gp_warnx(const char *fmt, ...) GP_PRINTF(1, 2);
void gp_warn(const char *fmt, ...) GP_PRINTF(1, 2);
void gp_die(enum gp_exit, const char *fmt, ...) GP_PRINTF(2, 3)
    __attribute__((noreturn));

/*
 * Flushes and closes stdout: a full disk is seen here at the latest and
 * becomes GP_IO. Returns the status for main to return.
 */
int gp_finish(int status);

#ifdef __cplusplus
}
#endif

#endif
