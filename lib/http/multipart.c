#include "http/multipart.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

int
gp_multipart_begin(
    struct gp_multipart *m, struct gp_http_req *req, struct gp_why *why)
{
	uint64_t r[2];

	if (getrandom(r, sizeof(r), 0) != sizeof(r))
		return gp_because(why, "no randomness: %s", strerror(errno));
	snprintf(m->boundary, sizeof(m->boundary), "gp%016llx%016llx",
	    (unsigned long long)r[0], (unsigned long long)r[1]);
	snprintf(m->type, sizeof(m->type), "multipart/form-data; boundary=%s",
	    m->boundary);
	req->method = "POST";
	req->type = m->type;
	req->body.max = GP_MAX_UPLOAD;
	return 0;
}

void
gp_multipart_field(struct gp_multipart *m, struct gp_http_req *req,
    const char *name, struct gp_span value)
{
	gp_buf_addf(&req->body,
	    "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n",
	    m->boundary, name);
	gp_buf_add(&req->body, value.p, value.n);
	gp_buf_adds(&req->body, "\r\n");
}

static const char *
mime(const char *format)
{
	static const struct {
		const char *format, *mime;
	} all[] = { { "mp4", "video/mp4" }, { "mov", "video/quicktime" },
		{ "webm", "video/webm" }, { "avi", "video/x-msvideo" },
		{ "jpeg", "image/jpeg" }, { "png", "image/png" },
		{ "gif", "image/gif" }, { "webp", "image/webp" },
		{ "heic", "image/heic" }, { "tiff", "image/tiff" },
		{ "bmp", "image/bmp" } };
	size_t i;

	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(all[i].format, format) == 0)
			return all[i].mime;
	return "application/octet-stream";
}

/* Its bytes behind the body. */
static int
bytes(struct gp_buf *b, int fd, struct gp_why *why)
{
	struct stat st;
	ssize_t r;
	char *to;

	if (fstat(fd, &st) == -1)
		return gp_because(why, "%s", strerror(errno));
	if (!S_ISREG(st.st_mode))
		return gp_because(why, "not a file");
	if ((uint64_t)st.st_size > GP_MAX_UPLOAD)
		return gp_because(
		    why, "larger than %lu MiB", GP_MAX_UPLOAD / GP_MIB);
	for (;;) {
		to = gp_buf_room(b, GP_BLOCK);
		if (to == NULL)
			return gp_because(why, "no memory for it");
		r = read(fd, to, GP_BLOCK);
		if (r == -1)
			return gp_because(why, "%s", strerror(errno));
		if (r == 0)
			return 0;
		gp_buf_used(b, (size_t)r);
	}
}

int
gp_multipart_file(struct gp_multipart *m, struct gp_http_req *req,
    const char *name, const char *path, const char *format, struct gp_why *why)
{
	struct gp_why because;
	int fd = open(path, O_RDONLY | O_CLOEXEC), r;

	if (fd == -1)
		return gp_because(
		    why, "cannot open '%s': %s", path, strerror(errno));
	gp_buf_addf(&req->body,
	    "--%s\r\nContent-Disposition: form-data; name=\"%s\"; "
	    "filename=\"file.%s\"\r\nContent-Type: %s\r\n\r\n",
	    m->boundary, name, format, mime(format));
	r = bytes(&req->body, fd, &because);
	close(fd);
	if (r == -1)
		return gp_because(
		    why, "cannot read '%s': %s", path, because.msg);
	gp_buf_adds(&req->body, "\r\n");
	return 0;
}

void
gp_multipart_end(struct gp_multipart *m, struct gp_http_req *req)
{
	gp_buf_addf(&req->body, "--%s--\r\n", m->boundary);
}

void
gp_multipart_show(struct gp_buf *to, const struct gp_http_req *req)
{
	static const char blank[] = "\r\n\r\n";
	const char *sign = strstr(req->type, "boundary=");
	const char *p = req->body.p, *end = p + req->body.n, *body, *next;
	char mark[48];
	size_t n;

	snprintf(mark, sizeof(mark), "--%s", sign + 9);
	n = strlen(mark);
	while (p != NULL && end - p > (ptrdiff_t)n + 2 &&
	    memcmp(p + n, "--", 2) != 0) {
		p += n + 2;
		body = memmem(p, (size_t)(end - p), blank, 4);
		next = body != NULL
		    ? memmem(body, (size_t)(end - body), mark, n)
		    : NULL;
		if (next == NULL)
			return;
		gp_buf_add(to, p, (size_t)(body - p));
		gp_buf_adds(to, "\n");
		if (memmem(p, (size_t)(body - p), "filename=", 9) != NULL)
			gp_buf_addf(to, "(%td bytes)\n", next - body - 6);
		else {
			gp_buf_add(to, body + 4, (size_t)(next - body - 6));
			gp_buf_adds(to, "\n");
		}
		p = next;
	}
}
