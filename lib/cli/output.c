#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

int
gp_output_begin(void)
{
	struct stat st;
	char last = '\n';
	int fd;

	if (fstat(STDOUT_FILENO, &st) == -1 || !S_ISREG(st.st_mode))
		return 0;
	if (st.st_size == 0)
		return 1;
	fd = open("/proc/self/fd/1", O_RDONLY | O_CLOEXEC);
	if (fd == -1)
		return 1;
	if (pread(fd, &last, 1, st.st_size - 1) == 1 && last != '\n')
		gp_file_write(STDOUT_FILENO, "\n", 1);
	close(fd);
	return 1;
}

int
gp_output_write(int regular, struct gp_span s)
{
	struct stat st;
	int known, err;

	known = regular && fstat(STDOUT_FILENO, &st) == 0;
	if (gp_file_write(STDOUT_FILENO, s.p, s.n) == 0)
		return 0;
	err = errno;
	if (known && ftruncate(STDOUT_FILENO, st.st_size) == 0)
		lseek(STDOUT_FILENO, st.st_size, SEEK_SET);
	errno = err;
	return -1;
}
