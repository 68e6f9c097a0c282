#include "import/kind.h"

#include <string.h>

enum gp_import_kind
gp_import_kind(struct gp_span s)
{
	static const char mark[] = "\xef\xbb\xbf", ours[] = "tgme_";
	size_t i = 0;

	if (s.n >= 3 && memcmp(s.p, mark, 3) == 0)
		i = 3;
	while (i < s.n && s.p[i] != '\0' && strchr(" \t\r\n", s.p[i]) != NULL)
		i++;
	if (i < s.n && s.p[i] == '{')
		return GP_IMPORT_DESKTOP;
	if (i < s.n && s.p[i] == '<')
		return GP_IMPORT_PREVIEW;
	/* A piece of a page may begin in the middle of its text. */
	if (s.n > 0 && memmem(s.p, s.n, ours, sizeof(ours) - 1) != NULL)
		return GP_IMPORT_PREVIEW;
	return GP_IMPORT_UNKNOWN;
}
