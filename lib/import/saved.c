#include "import/saved.h"

#include <string.h>
#include <strings.h>

/* The first or last bytes hold it, in letters of any case. */
static int
holds(struct gp_span s, const char *word)
{
	size_t n = strlen(word), i;

	for (i = 0; i + n <= s.n; i++)
		if (strncasecmp(s.p + i, word, n) == 0)
			return 1;
	return 0;
}

int
gp_saved_cut(const struct gp_preview *p, struct gp_span s)
{
	struct gp_span first = { s.p, s.n < 1024 ? s.n : 1024 };
	struct gp_span last = { s.p + s.n - first.n, first.n };

	return !p->whole && !holds(last, "</html>") &&
	    (holds(first, "<html") || holds(first, "<!doctype"));
}

static enum gp_saved_got
card(struct gp_preview *p, gp_instant seen, struct gp_why *why)
{
	struct gp_pool *pool = p->pool;

	if (p->name.n == 0) {
		gp_because(why, "the card does not say whose it is");
		return GP_SAVED_ERROR;
	}
	p->page.network = "telegram";
	p->page.id =
	    gp_pool_fmt(pool, "telegram:%s", gp_pool_lower(pool, p->name).p);
	p->page.page = p->page.id;
	p->page.url = gp_pool_fmt(pool, "https://t.me/%s", p->name.p);
	p->page.seen = seen;
	return GP_SAVED_CARD;
}

static enum gp_saved_got
posts(struct gp_preview *p, gp_instant seen, struct gp_why *why)
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		p->message[i].item.network = "telegram";
		p->message[i].item.seen = p->made != 0 ? p->made : seen;
	}
	if (p->n > 0 || p->none)
		return GP_SAVED_POSTS;
	gp_because(why, "the page shows neither posts nor that there are none");
	return GP_SAVED_ERROR;
}

enum gp_saved_got
gp_saved_read(
    struct gp_preview *p, struct gp_span s, gp_instant seen, struct gp_why *why)
{
	if (gp_preview_read(p, s, why) == -1)
		return GP_SAVED_NONE;
	switch (p->kind) {
	case GP_PREVIEW_PAGE:
	case GP_PREVIEW_EMBED:
		return posts(p, seen, why);
	case GP_PREVIEW_LANDING_CHANNEL:
	case GP_PREVIEW_LANDING_GROUP:
		return card(p, seen, why);
	case GP_PREVIEW_GONE:
		gp_because(why, "the page says that there is no such post");
		return GP_SAVED_ERROR;
	case GP_PREVIEW_LANDING_MISSING:
		gp_because(why,
		    "no channel or group%s%s: a person, a bot or "
		    "nobody",
		    p->name.n > 0 ? " of the name " : "",
		    p->name.n > 0 ? p->name.p : " of that name");
		return GP_SAVED_ERROR;
	case GP_PREVIEW_UNKNOWN:
		break;
	}
	gp_because(why,
	    holds((struct gp_span){ s.p, s.n < 65536 ? s.n : 65536 },
		"class=\"message default")
		? "an export of Telegram Desktop as HTML: export it as JSON"
		: "none of Telegram's public pages that are known");
	return GP_SAVED_NONE;
}
