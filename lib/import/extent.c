#include "import/extent.h"

/*
 * Within a string, from p on; returns how many bytes it took. None goes on in
 * the next line: one that has lost its end spoils its own message alone.
 */
static size_t
in_string(struct gp_extent *e, const char *p, size_t n)
{
	size_t i = 0;

	while (i < n) {
		if (e->escape) {
			e->escape = 0;
			i++;
			continue;
		}
		while (i < n && p[i] != '"' && p[i] != '\\' && p[i] != '\n')
			i++;
		if (i == n)
			break;
		e->escape = p[i] == '\\';
		if (p[i++] == '\\')
			continue;
		e->string = 0;
		e->done = e->depth == 0;
		break;
	}
	return i;
}

size_t
gp_extent_take(struct gp_extent *e, const char *p, size_t n)
{
	size_t i = 0;

	while (i < n && !e->done) {
		if (e->string) {
			i += in_string(e, p + i, n - i);
			continue;
		}
		switch (p[i]) {
		case '"':
			e->string = 1;
			break;
		case '{':
		case '[':
			e->depth++;
			break;
		case '}':
		case ']':
			e->done = e->depth-- <= 1;
			if (e->depth < 0) /* it ended before this one */
				return i;
			break;
		case ',':
		case ' ':
		case '\t':
		case '\r':
		case '\n':
			e->done = e->depth == 0;
			if (e->done)
				return i;
			break;
		default:
			break;
		}
		i++;
	}
	return i;
}
