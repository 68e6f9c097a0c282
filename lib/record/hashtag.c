#include "record/hashtag.h"

#include <string.h>
#include <utf8proc.h>

#include "base/utf8.h"

static int
is_tag_char(uint32_t c)
{
	utf8proc_category_t k;

	if (c == '_' || c == 0xb7)
		return 1;
	k = utf8proc_category((utf8proc_int32_t)c);
	return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_NO);
}

int
gp_hashtag_next(const char **p, const char *end, struct gp_span *tag)
{
	uint32_t c, before = ' ';
	const char *q, *from;
	int letters;

	if (*p < end && memchr(*p, '#', (size_t)(end - *p)) == NULL)
		*p = end; /* most texts have none */
	while (*p < end) {
		c = gp_utf8_next(p, end);
		if (c != '#' || is_tag_char(before) || before == '#') {
			before = c;
			continue;
		}
		from = *p;
		for (q = from, letters = 0; q < end; *p = q) {
			c = gp_utf8_next(&q, end);
			if (!is_tag_char(c))
				break;
			letters |= c == '_' || c > '9' || c < '0';
		}
		before = '#';
		if (*p > from && letters) {
			tag->p = from;
			tag->n = (size_t)(*p - from);
			return 1;
		}
	}
	return 0;
}
