/* What a picture or video is, by its first bytes. */
#ifndef GP_PLAN_MEDIA_H
#define GP_PLAN_MEDIA_H

#include <stdint.h>

#include "base/buf.h"

enum {
	GP_MEDIA_HEAD = 1024 * 1024 /* bytes that are looked at */
};

struct gp_media {
	const char *format; /* jpeg png gif webp bmp tiff heic, mp4 mov webm
			       avi; NULL: none of them */
	int video;
	int64_t width, height; /* pixels; 0: not told there */
	int64_t size;          /* bytes of the file */
};

/* The first bytes of a file; size is left alone. */
void gp_media_head(struct gp_span, struct gp_media *);
/* -1 with the reason: no such file, not to be read, no ordinary file. */
int gp_media_read(const char *path, struct gp_media *, struct gp_why *);

#endif
