/* Lines, with a small ceiling: all bytes come out, in order, once. */
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "json/lines.h"

/* The next line by the plainest of ways; NULL: none is left. */
static const char *
plain(const char **p, const char *end, unsigned long long *no, size_t *n)
{
	const char *from, *nl;
	size_t i;

	while (*p < end) {
		from = *p;
		nl = memchr(from, '\n', (size_t)(end - from));
		*n = (size_t)((nl != NULL ? nl : end) - from);
		*p = nl != NULL ? nl + 1 : end;
		++*no;
		for (i = 0; i < *n && strchr(" \t\r", from[i]) && from[i]; i++)
			continue;
		if (i < *n)
			return from;
	}
	return NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const char *p = (const char *)data, *end = p + n, *want;
	static int fd = -1;
	unsigned long long no = 0;
	struct gp_lines in;
	struct gp_line line;
	size_t len, at;

	if (fd == -1)
		fd = memfd_create("lines", 0);
	HOLDS(ftruncate(fd, 0) == 0 && lseek(fd, 0, SEEK_SET) == 0);
	HOLDS(write(fd, data, n) == (ssize_t)n && lseek(fd, 0, SEEK_SET) == 0);
	gp_lines_init(&in, fd);
	in.max = n > 0 ? data[0] : 9;
	while ((want = plain(&p, end, &no, &len)) != NULL) {
		/* White space alone is passed over, but not when too long. */
		for (at = 0; at == 0 || !line.end; at += line.text.n) {
			HOLDS(gp_lines_next(&in, &line) == 1);
			while (line.no < no) {
				HOLDS(line.over);
				HOLDS(gp_lines_next(&in, &line) == 1);
			}
			HOLDS(line.no == no && at + line.text.n <= len);
			HOLDS(memcmp(want + at, line.text.p, line.text.n) == 0);
			if (line.text.n == 0)
				break;
		}
		HOLDS(line.over == (len > in.max));
		HOLDS(at == len ||
		    (!line.over && at == len - 1 && want[at] == '\r'));
	}
	while (gp_lines_next(&in, &line) == 1)
		HOLDS(line.over);
	gp_lines_release(&in);
	return 0;
}
