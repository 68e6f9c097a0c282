#include "work/lent.h"

#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/*
 * The path goes by our number rather than by /dev/fd, so that it also holds
 * where a command of the pipeline closes what it does not know, as Python does,
 * or opens a file of its own under that number.
 */
int
gp_lent_open(const struct gp_excerpt *e, struct gp_span names, char path[64])
{
	int fd = memfd_create("gp.yaml", MFD_CLOEXEC), r = -1;
	struct gp_buf b;

	if (fd == -1)
		return -1;
	gp_buf_init(&b, GP_MAX_YAML);
	gp_excerpt_write(e, names, &b);
	if (b.bad)
		errno = ENOMEM;
	else if (fchmod(fd, 0600) == 0 && gp_file_write(fd, b.p, b.n) == 0)
		r = 0;
	gp_buf_release(&b);
	snprintf(path, 64, "/proc/%ld/fd/%d", (long)getpid(), fd);
	if (r == 0 && access(path, R_OK) == 0)
		return fd;
	close(fd);
	return -1;
}
