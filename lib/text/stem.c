#include "text/stem.h"

#include <libstemmer.h>
#include <limits.h>

/* struct gp_stem is only a name for Snowball's own. */

struct gp_stem *
gp_stem_new(const char *language)
{
	return (struct gp_stem *)sb_stemmer_new(language, "UTF_8");
}

void
gp_stem_free(struct gp_stem *s)
{
	if (s != NULL)
		sb_stemmer_delete((struct sb_stemmer *)s);
}

struct gp_span
gp_stem_word(struct gp_stem *s, struct gp_span word)
{
	struct sb_stemmer *sb = (struct sb_stemmer *)s;
	const sb_symbol *out;

	if (word.n > INT_MAX)
		return word;
	out = sb_stemmer_stem(sb, (const sb_symbol *)word.p, (int)word.n);
	if (out == NULL)
		return (struct gp_span){ "", 0 };
	return (
	    struct gp_span){ (const char *)out, (size_t)sb_stemmer_length(sb) };
}
