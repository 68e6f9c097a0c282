#include "net/address.h"

#include <string.h>

const char *
gp_after(const char *s, const char *start)
{
	size_t n = strlen(start);

	return strncmp(s, start, n) == 0 ? s + n : NULL;
}

static const char *
behind_scheme(const char *s)
{
	const char *p = gp_after(s, "https://");

	if (p == NULL)
		p = gp_after(s, "http://");
	return p;
}

const char *
gp_address_path(const char *s, const char *const *hosts)
{
	const char *rest = behind_scheme(s), *p = NULL;

	if (rest == NULL)
		rest = s;
	for (; *hosts != NULL && p == NULL; hosts++)
		p = gp_after(rest, *hosts);
	return p;
}

const char *
gp_address_local(const char *s, struct gp_buf *base)
{
	static const char *const local[] = { "127.0.0.1", "localhost",
		"[::1]" };
	const char *rest = behind_scheme(s), *p, *slash;
	size_t i;

	for (i = 0; rest != NULL && i < 3; i++) {
		p = gp_after(rest, local[i]);
		slash = p != NULL ? strchr(p, '/') : NULL;
		if (slash == NULL || (*p != ':' && *p != '/'))
			continue;
		gp_buf_add(base, s, (size_t)(slash - s));
		return slash + 1;
	}
	return NULL;
}
