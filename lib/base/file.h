/*
 * Files: read whole under a ceiling, replaced without a moment in which they
 * are half written; and where gp's own files lie.
 */
#ifndef GP_BASE_FILE_H
#define GP_BASE_FILE_H

#include <sys/types.h>

#include "base/buf.h"

/* Reads a file ("-": standard input) into b. -1 with the reason. */
int gp_file_read(const char *path, struct gp_buf *, struct gp_why *);

/*
 * Replaces the file: temporary name in the same folder, fsync, rename, fsync
 * of the folder. The old file stands until the new one is whole. -1 with the
 * reason. mode is that of a new file. A link stays a link; a device or a pipe
 * is written to as it is.
 */
int gp_file_replace(const char *path, struct gp_span, mode_t, struct gp_why *);

/* The folder in which the path is, or will be, a file: a link is followed.
 * -1: no memory. */
int gp_file_folder(const char *path, struct gp_buf *);

/* Writes all bytes to a descriptor; -1 with errno. */
int gp_file_write(int fd, const char *, size_t);

/*
 * A file of gp's data (taxonomy, scenario ...): $GP_DATA, else the folder
 * named at build time, else lib/data beside the program's build, or what the
 * build itself has made. Puts the
 * path into b. -1 with the reason if there is no such file.
 */
int gp_file_data(const char *name, struct gp_buf *, struct gp_why *);

/*
 * Where a program keeps what it must not lose: $XDG_STATE_HOME/gp/NAME, or
 * under $HOME/.local/state. The folder is made, for its owner alone. -1 with
 * the reason.
 */
int gp_file_state(const char *name, struct gp_buf *, struct gp_why *);

/*
 * The config: the given path, $GP_CONFIG, $XDG_CONFIG_HOME/gp/gp.yaml (or
 * under $HOME/.config), /etc/gp/gp.yaml. Puts the path into b; 0, or -1 if
 * none was named and none is there.
 */
int gp_file_config(const char *given, struct gp_buf *);

#endif
