/*
 * Records that reports look at whole: posts, pages, statistics, polls, what
 * was checked. There are few of them beside comments; the last version of
 * each is kept as it came, up to a ceiling of bytes.
 */
#ifndef GP_REPORT_SHELF_H
#define GP_REPORT_SHELF_H

#include "report/keymap.h"
#include "report/ledger.h"

enum gp_shelved {
	GP_ON_POST = 1,
	GP_ON_PAGE = 2, /* each reading, by when it was seen */
	GP_ON_STATS = 4,
	GP_ON_POLL = 8,
	GP_ON_RESPONSE = 16, /* of a survey */
	GP_ON_FINDINGS = 32, /* whatever has findings, and findings */
};

struct gp_shelf {
	int kinds;   /* bits of gp_shelved */
	size_t most; /* bytes */
	size_t bytes, lost;
	struct gp_keymap map;
	struct gp_shelf_book {
		enum gp_shelved kind;
		uint32_t n;
		char *text; /* GP_PAD bytes behind it */
	} * book;
	size_t cap;
	int bad;
};

enum {
	GP_MARK_SHELF = 1 << 16, /* of a gp_mark_head, and the kind */
};

void gp_shelf_init(struct gp_shelf *, int kinds, size_t most);
void gp_shelf_release(struct gp_shelf *);
/* Behind gp_ledger_line: the line as a mark, if it belongs on the shelf. */
void gp_shelf_line(const struct gp_shelf *, struct gp_ledger_reader *,
    const struct gp_fact *, struct gp_buf *out);
/* The marks that are for it. -1: no memory. */
int gp_shelf_sink(struct gp_shelf *, struct gp_span marks);
/* 1 with the sentence: not all found room. */
int gp_shelf_lacks(const struct gp_shelf *, struct gp_why *);

/* Reads what is there, in the order in which it first came. */
struct gp_shelf_walk {
	const struct gp_shelf *shelf;
	struct gp_json_reader *reader;
	struct gp_json_obj rec;
	enum gp_shelved kind;
	size_t next;
};
/* 0; -1: no memory. */
int gp_shelf_walk(struct gp_shelf_walk *, const struct gp_shelf *);
int gp_shelf_next(struct gp_shelf_walk *); /* 1: rec; 0: the end */
void gp_shelf_done(struct gp_shelf_walk *);

#endif
