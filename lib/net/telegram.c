#include "net/telegram.h"

#include <ctype.h>
#include <string.h>

#include "net/address.h"

static const struct gp_stream *const streams[] = { &gp_telegram_page,
	&gp_telegram_posts, &gp_telegram_updates, NULL };

/* Public names: a letter, then letters, digits, underscores; 4 to 32. */
static size_t
name_length(const char *s)
{
	size_t n = 0;

	if (!isalpha((unsigned char)*s))
		return 0;
	while (isalnum((unsigned char)s[n]) || s[n] == '_')
		n++;
	return n >= 4 && n <= 32 ? n : 0;
}

static int
address(
    const char *s, struct gp_buf *name, struct gp_buf *base, struct gp_why *why)
{
	static const char *const hosts[] = { "t.me/", "www.t.me/",
		"telegram.me/", "telegram.dog/", NULL };
	const char *p = gp_after(s, "telegram:");
	size_t n;

	if (p == NULL)
		p = gp_after(s, "@");
	if (p == NULL)
		p = gp_address_path(s, hosts);
	if (p == NULL)
		p = gp_address_local(s, base);
	if (p == NULL)
		return 0;
	if (*p == '@')
		p++;
	if (*p == '+' || gp_after(p, "joinchat/") != NULL)
		return gp_because(why,
		    "an invitation to a private chat: only "
		    "a bot inside can read it");
	if (gp_after(p, "c/") != NULL)
		return gp_because(why,
		    "a link for members: only a bot inside "
		    "can read it");
	if (gp_after(p, "s/") != NULL)
		p += 2;
	n = name_length(p);
	if (n == 0 || (p[n] != '\0' && strchr("/?#", p[n]) == NULL))
		return gp_because(why,
		    "not a public name: a letter, then "
		    "letters, digits and underscores, 4 to 32 in all");
	gp_buf_add(name, p, n);
	return 1;
}

static int
readable(const struct gp_stream *s, const struct gp_page_conf *page)
{
	return s == &gp_telegram_updates ? page != NULL
					 : page == NULL || !page->no_preview;
}

const struct gp_net gp_telegram = {
	.name = "telegram",
	.title = "Telegram",
	.stream = streams,
	.posts = "preview, bot",
	.comments = "bot in the linked group",
	.messages = "bot",
	.figures = "preview, bot",
	.preview = "https://t.me",
	.api = "https://api.telegram.org",
	.act = &gp_tg_act,
	.publish = &gp_tg_publish,
	.published = &gp_tg_published,
	.max_text = 4096,
	.max_caption = 1024,
	.length_unit = "UTF-16 units",
	.names_fold = 1,
	.can_schedule = 0,
	.can_poll = 1,
	.can_quiz = 1,
	.idempotent = 0,
	.address = address,
	.readable = readable,
};
