/*
 * Drafts as one text that a person edits, and what was read back of it.
 *
 *	# what is ours begins with a number sign
 *	@@ 1 draft:vk:-1/2/3
 *	# the appeal, quoted: > ...
 *	skip
 *	---
 *	the text of the answer
 *	@@ end
 *
 * Between the header and --- the one line without # is the decision. In the
 * text a line that begins with @@ or \ has a \ before it. A text without its
 * end has been cut, and nothing of it counts.
 */
#ifndef GP_REVIEW_SHEET_H
#define GP_REVIEW_SHEET_H

#include "base/instant.h"
#include "base/pool.h"
#include "json/json.h"

/* A draft as it came. Spans stand in the pool of the desk. */
struct gp_review_draft {
	struct gp_span line; /* the record; readable bytes behind */
	struct gp_span id, to, to_type, network, page, text, drafted_by;
	struct gp_span kind; /* class.kind of the appeal */
	struct gp_span appeal, author, at, url, topic, assignee, promised,
	    origin;
	struct gp_span shown; /* the text as the sheet has it */
	int interim, has_due;
	gp_instant due;
	int64_t nth; /* of the replies to that appeal; 1 is the first */
	struct gp_span *finding; /* "error: ...": found before, to be shown */
	size_t findings, errors;
};

struct gp_review_desk {
	struct gp_pool pool;
	struct gp_json_reader *reader;
	struct gp_review_draft *draft;
	size_t drafts, cap;
	int english;
	gp_instant now;
};

/* 0, or -1: no memory. */
int gp_review_init(struct gp_review_desk *);
void gp_review_release(struct gp_review_desk *);
/* Takes a line. 1: a draft; 0: another record; -1: refused. */
int gp_review_take(
    struct gp_review_desk *, struct gp_span line, struct gp_why *);

/* What is wrong with a sheet, and where. */
struct gp_review_wrong {
	size_t line;  /* from 1; 0: of the whole */
	size_t draft; /* number from 1; 0: of none */
	struct gp_why why;
};
struct gp_review_wrongs {
	struct gp_review_wrong *v;
	size_t n, cap;
	int bad; /* no memory for one of them */
};
void gp_review_wrong_add(struct gp_review_wrongs *, size_t line, size_t draft,
    const char *fmt, ...) GP_PRINTF(4, 5);
void gp_review_wrongs_release(struct gp_review_wrongs *);

/* A block that was read. Spans stand in the pool that was given. */
struct gp_review_block {
	size_t no;         /* of the draft */
	struct gp_span id; /* as the sheet has it */
	struct gp_span word, why, text;
	size_t line, word_line, text_line; /* word_line 0: no decision */
};
struct gp_review_sheet {
	struct gp_review_block *v;
	size_t n;
};

/* Writes the sheet of all drafts; decisions are `skip`. */
void gp_sheet_write(const struct gp_review_desk *, struct gp_buf *);
/*
 * Writes a sheet again with what is wrong above the text it is wrong with;
 * notes of the time before go. Returns the line that a person should see first.
 */
size_t gp_sheet_mark(
    struct gp_span sheet, const struct gp_review_wrongs *, struct gp_buf *);
/*
 * Reads a sheet, any bytes. What cannot be understood is added to the wrongs.
 * -1: no memory.
 */
int gp_sheet_read(struct gp_span, struct gp_pool *, struct gp_review_sheet *,
    struct gp_review_wrongs *);

/* A text as a sheet shows it: lines without control characters and marks that
 * turn the writing round, no blank lines round it. In the pool. */
struct gp_span gp_sheet_plain(struct gp_pool *, struct gp_span);

#endif
