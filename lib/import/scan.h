/*
 * The messages of a Telegram Desktop export, one by one, out of a file of any
 * size: what is kept is one message, at most GP_MAX_LINE, and the name, type
 * and id of its chat.
 *
 * The scanner finds where values begin and end. It judges no value: each
 * message is for gp_json_open, which does.
 */
#ifndef GP_IMPORT_SCAN_H
#define GP_IMPORT_SCAN_H

#include "import/source.h"
#include "json/json.h"

struct gp_scan_chat {
	unsigned long long no; /* 1 is the first */
	struct gp_buf name;    /* empty: none */
	struct gp_buf type;    /* "public_channel" ... */
	int64_t id;            /* positive; 0: none */
};

enum gp_scan_got {
	GP_SCAN_END = 0, /* the export is over, and was whole */
	GP_SCAN_MESSAGE,
	GP_SCAN_OVER,   /* a message longer than the ceiling: left out */
	GP_SCAN_BROKEN, /* cut or no JSON from here on; the reason is set */
	GP_SCAN_NONE,   /* no export; the reason is set */
	GP_SCAN_FAILED, /* cannot read, see errno */
	GP_SCAN_MEMORY,
};

struct gp_scan {
	struct gp_source *source;
	size_t max; /* ceiling of a message; GP_MAX_LINE, smaller in tests */
	struct gp_scan_chat chat;
	unsigned long long no; /* of the message, in the whole file */

	struct gp_json_reader *json;
	struct gp_buf key, value;
	int level, outer, seen;
	int after;     /* what stood before: nothing, a value, a comma */
	int found;     /* messages or a list of chats */
	int64_t early; /* where messages stand that came too early; -1 */
};

void gp_scan_init(struct gp_scan *, struct gp_source *);
void gp_scan_release(struct gp_scan *);

/*
 * The next message: its bytes stand until the next call, GP_PAD behind them.
 * Name, type and id of the chat are known by then: if they come after the
 * messages the file is read twice, and a pipe is refused.
 */
enum gp_scan_got gp_scan_next(
    struct gp_scan *, struct gp_span *, struct gp_why *);

#endif
