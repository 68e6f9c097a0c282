#include "import/scan.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "import/extent.h"

/* Where the scanner stands; each but MESSAGES may hold what it looks for. */
enum {
	START,
	ROOT,
	CHATS,
	LIST,
	CHAT,
	MESSAGES,
	OVER
};
/* What stood before in the same object or array. */
enum {
	FRESH,
	VALUE,
	COMMA
};

enum {
	MAX_KEY = 4096,
	MAX_FIELD = 65536
};

void
gp_scan_init(struct gp_scan *s, struct gp_source *source)
{
	memset(s, 0, sizeof(*s));
	s->source = source;
	s->max = GP_MAX_LINE;
	s->early = -1;
	gp_buf_init(&s->key, MAX_KEY);
	gp_buf_init(&s->chat.name, MAX_FIELD);
	gp_buf_init(&s->chat.type, MAX_FIELD);
}

void
gp_scan_release(struct gp_scan *s)
{
	gp_json_free(s->json);
	s->json = NULL;
	gp_buf_release(&s->key);
	gp_buf_release(&s->value);
	gp_buf_release(&s->chat.name);
	gp_buf_release(&s->chat.type);
}

/* The next byte that is no white space, not taken; -1: there is none. */
static int
peek(struct gp_scan *s)
{
	struct gp_source *in = s->source;

	while (gp_source_fill(in)) {
		while (in->at < in->end &&
		    strchr(" \t\r\n", in->block[in->at]) != NULL &&
		    in->block[in->at] != '\0')
			in->at++;
		if (in->at < in->end)
			return (unsigned char)in->block[in->at];
	}
	return -1;
}

static void
take(struct gp_scan *s)
{
	s->source->at++;
}

/* The end of the file, where something was to come. */
static enum gp_scan_got
cut(struct gp_scan *s, struct gp_why *why)
{
	if (s->source->failed == ENOMEM)
		return GP_SCAN_MEMORY;
	if (s->source->failed) {
		errno = s->source->failed;
		return GP_SCAN_FAILED;
	}
	gp_because(
	    why, "cut short at byte %" PRId64, gp_source_tell(s->source));
	return GP_SCAN_BROKEN;
}

static enum gp_scan_got
broken(struct gp_scan *s, int c, const char *want, struct gp_why *why)
{
	if (c == -1)
		return cut(s, why);
	gp_because(why, "not JSON at byte %" PRId64 ": %s should stand there",
	    gp_source_tell(s->source) + 1, want);
	return GP_SCAN_BROKEN;
}

/*
 * Takes one value, into `to` unless that is NULL; what is too long for it is
 * dropped and `to` is bad. 0; -1: the file ended within.
 */
static int
value(struct gp_scan *s, struct gp_buf *to)
{
	struct gp_source *in = s->source;
	struct gp_extent e = { 0, 0, 0, 0 };
	size_t n;

	while (!e.done) {
		if (!gp_source_fill(in))
			return -1;
		n = gp_extent_take(&e, in->block + in->at, in->end - in->at);
		if (to != NULL)
			gp_buf_add(to, in->block + in->at, n);
		in->at += n;
	}
	s->after = VALUE;
	return 0;
}

static int
starts_value(int c)
{
	return c > 0 && strchr("\"{[-0123456789tfn", c) != NULL;
}

/* A member of the chat: opened within an object, so that it is validated. */
static enum gp_scan_got
field(struct gp_scan *s, struct gp_buf *text, int64_t *id, struct gp_why *why)
{
	struct gp_json_obj o;
	struct gp_json v;
	struct gp_buf b;

	if (s->json == NULL && (s->json = gp_json_new()) == NULL)
		return GP_SCAN_MEMORY;
	gp_buf_init(&b, MAX_FIELD);
	gp_buf_adds(&b, "{\"v\":");
	if (value(s, &b) == -1) {
		gp_buf_release(&b);
		return cut(s, why);
	}
	gp_buf_addc(&b, '}');
	if (!b.bad &&
	    gp_json_open(s->json, gp_buf_span(&b), 0, &o, NULL) == 0) {
		v = gp_json_get(&o, "v");
		if (text != NULL)
			gp_buf_reset(text);
		if (text != NULL)
			gp_json_text(v, text);
		else if (gp_json_int(v, id) == -1 || *id < 0)
			*id = 0;
	}
	gp_buf_release(&b);
	return GP_SCAN_MESSAGE;
}

static void
forget_chat(struct gp_scan *s)
{
	gp_buf_reset(&s->chat.name);
	gp_buf_reset(&s->chat.type);
	s->chat.id = 0;
	s->early = -1;
	s->seen = 0;
}

static void
enter(struct gp_scan *s, int level)
{
	take(s);
	s->after = FRESH;
	s->level = level;
}

static int
is_known(const struct gp_scan *s)
{
	return s->chat.type.n > 0 && s->chat.id != 0;
}

static void
enter_messages(struct gp_scan *s)
{
	s->found = 1;
	s->seen = 1;
	s->chat.no++;
	s->outer = s->level;
	enter(s, MESSAGES);
}

/* The array of messages: now, or once the chat is known. */
static enum gp_scan_got
messages(struct gp_scan *s, struct gp_why *why)
{
	if (!s->seen && is_known(s)) {
		enter_messages(s);
		return GP_SCAN_MESSAGE;
	}
	if (!s->seen && s->source->base == -1) {
		gp_because(why,
		    "'messages' come before 'type' and 'id': such an export "
		    "is read from a file, not from a pipe");
		return GP_SCAN_NONE;
	}
	if (!s->seen)
		s->early = gp_source_tell(s->source);
	return value(s, NULL) == -1 ? cut(s, why) : GP_SCAN_MESSAGE;
}

/* The value behind a key, by what the key says at this level. */
static enum gp_scan_got
member(struct gp_scan *s, struct gp_why *why)
{
	struct gp_span key = gp_buf_span(&s->key);
	int c = peek(s), chat = s->level == ROOT || s->level == CHAT;

	key.p += key.n > 0;
	key.n -= key.n > 1 ? 2 : key.n;
	if (!starts_value(c))
		return broken(s, c, "a value", why);
	if (chat && gp_json_key_is(key, "name"))
		return field(s, &s->chat.name, NULL, why);
	if (chat && gp_json_key_is(key, "type"))
		return field(s, &s->chat.type, NULL, why);
	if (chat && gp_json_key_is(key, "id"))
		return field(s, NULL, &s->chat.id, why);
	if (chat && c == '[' && gp_json_key_is(key, "messages"))
		return messages(s, why);
	if (s->level == ROOT && c == '{' &&
	    (gp_json_key_is(key, "chats") || gp_json_key_is(key, "left_chats")))
		enter(s, CHATS);
	else if (s->level == CHATS && c == '[' && gp_json_key_is(key, "list"))
		enter(s, LIST);
	else if (value(s, NULL) == -1)
		return cut(s, why);
	s->found |= s->level == LIST;
	return GP_SCAN_MESSAGE;
}

/* Behind an object or array: to what it stood in. */
static enum gp_scan_got
leave(struct gp_scan *s, struct gp_why *why)
{
	static const int out[] = {
		[ROOT] = OVER, [CHATS] = ROOT, [LIST] = CHATS, [CHAT] = LIST
	};

	if (s->early != -1) { /* back to the messages, once */
		if (!is_known(s)) {
			gp_because(why, "a chat without 'type' and 'id'");
			return GP_SCAN_NONE;
		}
		if (gp_source_seek(s->source, s->early) == -1 || peek(s) != '[')
			return cut(s, why);
		s->early = -1;
		enter_messages(s);
		return GP_SCAN_MESSAGE;
	}
	take(s);
	s->after = VALUE;
	s->level = s->level == MESSAGES ? s->outer : out[s->level];
	return GP_SCAN_MESSAGE;
}

/* 1: a value may come now; 0: comma or closing dealt with, look again. */
static int
separator(struct gp_scan *s, int c, int closing, enum gp_scan_got *got,
    struct gp_why *why)
{
	if (c == ',' && s->after == VALUE) {
		take(s);
		s->after = COMMA;
		return 0;
	}
	if (c == closing && s->after != COMMA) {
		*got = leave(s, why);
		return 0;
	}
	if (s->after != VALUE && starts_value(c))
		return 1;
	*got = broken(s, c,
	    s->after == VALUE ? (closing == '}' ? "',' or '}'" : "',' or ']'")
			      : "a value",
	    why);
	return 0;
}

/* In an object: a key, or its end. */
static enum gp_scan_got
in_object(struct gp_scan *s, struct gp_why *why)
{
	enum gp_scan_got got = GP_SCAN_MESSAGE;
	int c = peek(s);

	if (!separator(s, c, '}', &got, why))
		return got;
	gp_buf_reset(&s->key);
	if (c != '"')
		return broken(s, c, "a name", why);
	if (value(s, &s->key) == -1)
		return cut(s, why);
	c = peek(s);
	if (c != ':')
		return broken(s, c, "':'", why);
	take(s);
	return member(s, why);
}

static enum gp_scan_got
in_list(struct gp_scan *s, struct gp_why *why)
{
	enum gp_scan_got got = GP_SCAN_MESSAGE;
	int c = peek(s);

	if (!separator(s, c, ']', &got, why))
		return got;
	if (c == '{') {
		forget_chat(s);
		enter(s, CHAT);
	} else if (value(s, NULL) == -1) {
		return cut(s, why);
	}
	return GP_SCAN_MESSAGE;
}

static enum gp_scan_got
begin(struct gp_scan *s, struct gp_why *why)
{
	static const char mark[] = "\xef\xbb\xbf";
	struct gp_span first = gp_source_peek(s->source);
	int c;

	if (first.n >= 3 && memcmp(first.p, mark, 3) == 0)
		s->source->at += 3;
	c = peek(s);
	if (c == -1 && s->source->failed)
		return cut(s, why);
	if (c != '{') {
		gp_because(why, "not an export of Telegram Desktop: no object");
		return GP_SCAN_NONE;
	}
	enter(s, ROOT);
	return GP_SCAN_MESSAGE;
}

static enum gp_scan_got
end(struct gp_scan *s, struct gp_why *why)
{
	int c = peek(s);

	if (s->source->failed)
		return cut(s, why);
	if (!s->found) {
		gp_because(why,
		    "not an export of Telegram Desktop: no 'messages' and no "
		    "'chats' in it");
		return GP_SCAN_NONE;
	}
	return c == -1 ? GP_SCAN_END : broken(s, c, "the end of the file", why);
}

/* 1: the element stands in s->value. */
static int
element(struct gp_scan *s, enum gp_scan_got *got, struct gp_why *why)
{
	int c = peek(s);

	*got = GP_SCAN_MESSAGE;
	if (!separator(s, c, ']', got, why))
		return 0;
	s->value.max = s->max;
	gp_buf_reset(&s->value);
	s->no++;
	if (value(s, &s->value) == -1)
		*got = cut(s, why);
	else if (s->value.bad == 2)
		*got = GP_SCAN_MEMORY;
	else if (s->value.bad)
		*got = GP_SCAN_OVER;
	return 1;
}

enum gp_scan_got
gp_scan_next(struct gp_scan *s, struct gp_span *text, struct gp_why *why)
{
	enum gp_scan_got got = GP_SCAN_MESSAGE;

	*text = (struct gp_span){ "", 0 };
	while (got == GP_SCAN_MESSAGE) {
		switch (s->level) {
		case START:
			got = begin(s, why);
			break;
		case LIST:
			got = in_list(s, why);
			break;
		case MESSAGES:
			if (!element(s, &got, why))
				break;
			if (got == GP_SCAN_MESSAGE)
				*text = gp_buf_span(&s->value);
			return got;
		case OVER:
			return end(s, why);
		default:
			got = in_object(s, why);
		}
	}
	return got;
}
