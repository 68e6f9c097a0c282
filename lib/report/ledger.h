/*
 * Appeals with their answers, one entry each: the last version of an appeal
 * counts, answers are matched whichever came first.
 *
 * Threads turn lines into marks (ledger_read.c), one thread enters them
 * (ledger.c). Two generations of entries stand in memory. When the younger one
 * is full, the older one is settled: its appeals are handed to `fold` as they
 * are then, and forgotten. So memory has a ceiling, and no figure is wrong as
 * long as an answer, or a newer version, comes before so many other appeals.
 * What came too late for that is counted in `strays`.
 */
#ifndef GP_REPORT_LEDGER_H
#define GP_REPORT_LEDGER_H

#include <stdatomic.h>

#include "report/case.h"
#include "report/dict.h"
#include "report/fact.h"
#include "report/report.h"

/* Texts of an entry, one after another, each with its length before it. */
enum gp_case_text {
	GP_TEXT_ID,
	GP_TEXT_TEXT, /* its start, on one line */
	GP_TEXT_URL,
	GP_CASE_TEXTS,
};

struct gp_shelf;

typedef void gp_fold(void *ctx, const struct gp_case *, const char *text);

struct gp_generation {
	struct gp_case *v;
	char **text; /* of each, or NULL */
	uint32_t *slot;
	size_t n, cap, mask;
};

struct gp_ledger {
	struct gp_report_how how;
	struct gp_dict dict[GP_DIMS];
	int texts;   /* texts are kept */
	size_t most; /* entries of a generation */
	struct gp_generation young, old;
	gp_fold *fold;
	void *ctx; /* of fold */
	atomic_ullong records;
	uint64_t settled, strays;
	int bad; /* no memory; latched */
	const struct gp_shelf
	    *shelf; /* of those who count posts too; or NULL */
};

/*
 * memory 0: entries are never settled. fold gets every appeal once, the last
 * ones from gp_ledger_close.
 */
void gp_ledger_init(struct gp_ledger *, const struct gp_report_how *,
    size_t memory, int texts, gp_fold *, void *ctx);
void gp_ledger_release(struct gp_ledger *);
int gp_ledger_sink(struct gp_ledger *, struct gp_span marks);
void gp_ledger_close(struct gp_ledger *);
/* A text that fold was given; p NULL: none. */
struct gp_span gp_case_text(const char *text, enum gp_case_text);
/* A cell with a name of the case; what has none stays unknown. */
struct gp_cell gp_ledger_name(
    const struct gp_ledger *, const struct gp_case *, enum gp_dim);

/* What begins a mark; `tail` bytes follow, padded to 8. */
struct gp_mark_head {
	uint32_t type; /* GP_FACT_APPEAL, ANSWER, OTHER; others skipped */
	uint32_t tail;
};

/* A thread's reader; one line becomes marks. */
struct gp_ledger_reader {
	struct gp_ledger *ledger;
	struct gp_facts facts;
	struct gp_dict_cache name[GP_DIMS];
	struct gp_buf text, plain;
	unsigned long long records;
};

/* NULL: no memory. */
struct gp_ledger_reader *gp_ledger_start(struct gp_ledger *);
void gp_ledger_stop(struct gp_ledger_reader *);
/* As line of struct gp_map; the fact stands until the next one. */
int gp_ledger_line(struct gp_ledger_reader *, struct gp_span, struct gp_fact *,
    struct gp_buf *out, struct gp_why *);

#endif
