/*
 * The editor of a person: $VISUAL, else $EDITOR, else vi, run by the shell, on
 * the terminal even where standard input and output are pipes.
 */
#ifndef GP_REVIEW_EDITOR_H
#define GP_REVIEW_EDITOR_H

#include <stddef.h>

#include "base/err.h"

/*
 * Opens the file at that line, where the editor is known to take one (0: from
 * the start), and waits. Without a terminal it is run with no input and with
 * standard error for output. Ctrl-C is the editor's meanwhile. 0; -1 with the
 * reason: it could not be run, or ended otherwise than well.
 */
int gp_editor_run(const char *path, size_t line, struct gp_why *);

/* 1: an editor of that command line takes +LINE before the file. */
int gp_editor_takes_line(const char *command);

#endif
