#include "import/source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
gp_source_init(struct gp_source *s, int fd)
{
	memset(s, 0, sizeof(*s));
	s->fd = fd;
	s->base = lseek(fd, 0, SEEK_CUR);
}

void
gp_source_release(struct gp_source *s)
{
	free(s->block);
	s->block = NULL;
	s->at = s->end = 0;
}

/* Reads on behind `end`; how many bytes came. */
static size_t
more(struct gp_source *s)
{
	ssize_t n;

	if (s->block == NULL)
		s->block = malloc(GP_BLOCK);
	if (s->block == NULL)
		s->failed = ENOMEM;
	if (s->eof || s->failed || s->end == GP_BLOCK)
		return 0;
	do
		n = read(s->fd, s->block + s->end, GP_BLOCK - s->end);
	while (n == -1 && errno == EINTR);
	if (n == -1)
		s->failed = errno;
	if (n == 0)
		s->eof = 1;
	if (n <= 0)
		return 0;
	s->end += (size_t)n;
	return (size_t)n;
}

int
gp_source_fill(struct gp_source *s)
{
	if (s->at < s->end)
		return 1;
	s->offset += (int64_t)s->end;
	s->at = s->end = 0;
	return more(s) > 0;
}

struct gp_span
gp_source_peek(struct gp_source *s)
{
	while (more(s) > 0)
		continue;
	return (struct gp_span){ s->block + s->at, s->end - s->at };
}

int
gp_source_rest(struct gp_source *s, struct gp_buf *b)
{
	while (!b->bad && gp_source_fill(s)) {
		gp_buf_add(b, s->block + s->at, s->end - s->at);
		s->at = s->end;
	}
	return s->failed || b->bad ? -1 : 0;
}

int64_t
gp_source_tell(const struct gp_source *s)
{
	return s->offset + (int64_t)s->at;
}

int
gp_source_seek(struct gp_source *s, int64_t to)
{
	if (s->base == -1 || lseek(s->fd, s->base + to, SEEK_SET) == -1)
		return -1;
	s->offset = to;
	s->at = s->end = 0;
	s->eof = 0;
	return 0;
}
