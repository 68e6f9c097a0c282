#include "plan/media.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int64_t
big(const unsigned char *p, int n)
{
	int64_t v = 0;

	while (n-- > 0)
		v = v << 8 | *p++;
	return v;
}

static int64_t
little(const unsigned char *p, int n)
{
	int64_t v = 0;

	while (n-- > 0)
		v = v << 8 | p[n];
	return v;
}

static int
has(const unsigned char *p, size_t n, size_t at, const char *magic, size_t k)
{
	return n >= at + k && memcmp(p + at, magic, k) == 0;
}

static void
set(struct gp_media *m, const char *format, int video, int64_t w, int64_t h)
{
	m->format = format;
	m->video = video;
	m->width = w;
	m->height = h;
}

/* Segments follow one another until the one of the frame, which has the size
 * (ISO 10918-1, B.2.2). */
static void
jpeg(const unsigned char *p, size_t n, struct gp_media *m)
{
	size_t i = 2, len;
	int c;

	set(m, "jpeg", 0, 0, 0);
	while (i + 9 <= n && p[i] == 0xff) {
		c = p[i + 1];
		if (c == 0xff) {
			i++;
			continue;
		}
		if (c >= 0xc0 && c <= 0xcf && c != 0xc4 && c != 0xc8 &&
		    c != 0xcc) {
			m->height = big(p + i + 5, 2);
			m->width = big(p + i + 7, 2);
			return;
		}
		len = (size_t)big(p + i + 2, 2);
		if (len < 2)
			return;
		i += 2 + len;
	}
}

/* Its three kinds of first chunk (developers.google.com/speed/webp). */
static void
webp(const unsigned char *p, size_t n, struct gp_media *m)
{
	int64_t v;

	set(m, "webp", 0, 0, 0);
	if (n < 30)
		return;
	if (memcmp(p + 12, "VP8X", 4) == 0) {
		m->width = little(p + 24, 3) + 1;
		m->height = little(p + 27, 3) + 1;
	} else if (memcmp(p + 12, "VP8L", 4) == 0) {
		v = little(p + 21, 4);
		m->width = (v & 0x3fff) + 1;
		m->height = (v >> 14 & 0x3fff) + 1;
	} else if (memcmp(p + 12, "VP8 ", 4) == 0) {
		m->width = little(p + 26, 2) & 0x3fff;
		m->height = little(p + 28, 2) & 0x3fff;
	}
}

/* Brands of ISO 14496-12 files: what is no picture and no QuickTime is taken
 * for MP4. */
static void
brand(const unsigned char *p, struct gp_media *m)
{
	static const char *const pictures[] = { "heic", "heix", "heif", "mif1",
		"msf1", "avif" };
	size_t i;

	for (i = 0; i < sizeof(pictures) / sizeof(pictures[0]); i++)
		if (memcmp(p + 8, pictures[i], 4) == 0) {
			set(m, "heic", 0, 0, 0);
			return;
		}
	set(m, memcmp(p + 8, "qt  ", 4) == 0 ? "mov" : "mp4", 1, 0, 0);
}

void
gp_media_head(struct gp_span s, struct gp_media *m)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t n = s.n;

	m->format = NULL;
	m->video = 0;
	m->width = m->height = 0;
	if (has(p, n, 0, "\xff\xd8\xff", 3))
		jpeg(p, n, m);
	else if (has(p, n, 0, "\x89PNG\r\n\x1a\n", 8))
		set(m, "png", 0, n >= 24 ? big(p + 16, 4) : 0,
		    n >= 24 ? big(p + 20, 4) : 0);
	else if (has(p, n, 0, "GIF87a", 6) || has(p, n, 0, "GIF89a", 6))
		set(m, "gif", 0, n >= 10 ? little(p + 6, 2) : 0,
		    n >= 10 ? little(p + 8, 2) : 0);
	else if (has(p, n, 0, "RIFF", 4) && has(p, n, 8, "WEBP", 4))
		webp(p, n, m);
	else if (has(p, n, 0, "RIFF", 4) && has(p, n, 8, "AVI ", 4))
		set(m, "avi", 1, 0, 0);
	else if (has(p, n, 4, "ftyp", 4) && n >= 12)
		brand(p, m);
	else if (has(p, n, 0, "\x1a\x45\xdf\xa3", 4))
		set(m, "webm", 1, 0, 0);
	else if (has(p, n, 0, "BM", 2) && n >= 26)
		set(m, "bmp", 0, little(p + 18, 4), little(p + 22, 4));
	else if (has(p, n, 0, "II*\0", 4) || has(p, n, 0, "MM\0*", 4))
		set(m, "tiff", 0, 0, 0);
}

int
gp_media_read(const char *path, struct gp_media *m, struct gp_why *why)
{
	struct gp_buf b;
	struct stat st;
	ssize_t r = -1;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	memset(m, 0, sizeof(*m));
	if (fd == -1)
		return gp_because(why, "%s", strerror(errno));
	gp_buf_init(&b, 2 * GP_MEDIA_HEAD);
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
	    gp_buf_room(&b, GP_MEDIA_HEAD) != NULL)
		r = pread(fd, b.p, GP_MEDIA_HEAD, 0);
	close(fd);
	if (r >= 0) {
		m->size = st.st_size;
		gp_media_head((struct gp_span){ b.p, (size_t)r }, m);
	}
	gp_buf_release(&b);
	return r >= 0 ? 0 : gp_because(why, "not a file that can be read");
}
