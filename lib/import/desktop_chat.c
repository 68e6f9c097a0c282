#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/desktop_inner.h"

/* "NAME", "@NAME"; `id` gets the number of "3=NAME", else 0. NULL: neither. */
static const char *
public_name(const char *word, int64_t *id)
{
	const char *is = strchr(word, '='), *p;
	size_t n;
	char *end;

	*id = is != NULL ? strtoll(word, &end, 10) : 0;
	if (is != NULL && (end != is || *id <= 0))
		return NULL;
	word = is != NULL ? is + 1 : word;
	word += *word == '@';
	for (p = word; *p != '\0'; p++)
		if (*p != '_' && (*p < '0' || *p > '9') &&
		    ((*p | 0x20) < 'a' || (*p | 0x20) > 'z'))
			return NULL;
	n = (size_t)(p - word);
	return n > 0 && n < sizeof(((struct gp_desktop *)0)->name) &&
		(*word | 0x20) >= 'a'
	    ? word
	    : NULL;
}

int
gp_desktop_check(struct gp_desktop *d, struct gp_why *why)
{
	int64_t id;
	size_t i;

	for (i = 0; d->page != NULL && i < d->page->n; i++)
		if (public_name(d->page->word[i], &id) == NULL)
			return gp_because(
			    why, "not a public name: '%s'", d->page->word[i]);
	if (d->channel == NULL)
		return 0;
	if (public_name(d->channel, &id) == NULL || id >= GP_DESKTOP_MOST)
		return gp_because(why, "not a public name: '%s'", d->channel);
	d->channel = public_name(d->channel, &id);
	d->given = id != 0 ? -GP_DESKTOP_MOST - id : 0;
	return 0;
}

/* The public name given for a number: by it, or without for one channel. */
static int
name_of(struct gp_desktop *d, int64_t id, struct gp_why *why)
{
	const char *name;
	int64_t whose;
	size_t i;

	for (i = 0; d->page != NULL && i < d->page->n; i++) {
		name = public_name(d->page->word[i], &whose);
		if (name == NULL || (whose != 0 && whose != id))
			continue;
		if (whose == 0 && d->named != 0 && d->named != id)
			return gp_because(why,
			    "more than one channel: say whose name '%s' is, "
			    "as %" PRId64 "=%s",
			    name, id, name);
		if (whose == 0)
			d->named = id;
		snprintf(d->name, sizeof(d->name), "%s", name);
		if (whose != 0)
			break;
	}
	return 0;
}

int
gp_desktop_chat(
    struct gp_desktop *d, const struct gp_scan_chat *chat, struct gp_why *why)
{
	static const struct {
		const char *type;
		enum gp_desktop_kind kind;
		int big; /* numbered as channels are */
	} kinds[] = { { "public_channel", GP_DESKTOP_CHANNEL, 1 },
		{ "private_channel", GP_DESKTOP_CHANNEL, 1 },
		{ "public_supergroup", GP_DESKTOP_GROUP, 1 },
		{ "private_supergroup", GP_DESKTOP_GROUP, 1 },
		{ "private_group", GP_DESKTOP_GROUP, 0 },
		{ "personal_chat", GP_DESKTOP_PRIVATE, 0 },
		{ "bot_chat", GP_DESKTOP_PRIVATE, 0 },
		{ "saved_messages", GP_DESKTOP_PRIVATE, 0 } };
	const size_t n = sizeof(kinds) / sizeof(kinds[0]);
	const char *type = gp_buf_str(&chat->type);
	size_t i;

	for (i = 0; i < n && strcmp(type, kinds[i].type) != 0; i++)
		continue;
	if (i == n || chat->id >= GP_DESKTOP_MOST)
		return gp_because(why,
		    "a chat of unknown type '%.64s': left out whole", type);
	d->source = chat;
	d->kind = kinds[i].kind;
	d->chat = chat->id;
	if (kinds[i].big)
		d->chat = -GP_DESKTOP_MOST - chat->id;
	else if (d->kind == GP_DESKTOP_GROUP)
		d->chat = -chat->id;
	d->linked = d->given;
	d->name[0] = '\0';
	if (d->kind == GP_DESKTOP_GROUP)
		gp_threads_reset(d->threads);
	return d->kind == GP_DESKTOP_CHANNEL ? name_of(d, chat->id, why) : 0;
}

const char *
gp_desktop_name(struct gp_desktop *d, int64_t chat)
{
	int64_t id = -GP_DESKTOP_MOST - chat, whose;
	const char *name;
	size_t i;

	if (d->channel != NULL && chat == d->linked)
		return d->channel;
	for (i = 0; d->page != NULL && i < d->page->n; i++) {
		name = public_name(d->page->word[i], &whose);
		if (whose == id || (whose == 0 && d->named == id))
			return name;
	}
	return NULL;
}
