/*
 * Reports: what is counted over a stream of records. A report is one table of
 * functions; a new one is its own files and a line in report.c.
 */
#ifndef GP_REPORT_REPORT_H
#define GP_REPORT_REPORT_H

#include "base/opt.h"
#include "report/period.h"
#include "show/show.h"
#include "json/map.h"

struct gp_report_how {
	gp_instant now;   /* the cut-off: what came later had not come */
	const char *zone; /* its name, for those who read the figures */
	int has_since, has_until; /* else the report's own period */
	gp_instant since, until;  /* half open */
	enum gp_lang lang;
	int strict;        /* a member that stands twice is refused */
	int review;        /* class.review makes an appeal too */
	long limit;        /* rows shown; 0: all */
	size_t memory;     /* bytes of reports that count; 0: their own */
	const char *table; /* only this one; NULL: all */
	enum gp_by by;
	enum gp_against against;
	const char *across;   /* a question of a survey; NULL: none */
	struct gp_list where; /* "page=vk:-1", "state=late" */
	const char *behind;   /* of items: a report whose rows are no appeals */
};

struct gp_report {
	const char *name;
	const char *tables; /* words of --table; NULL: it has one */
	/* NULL with the reason. */
	void *(*make)(const struct gp_report_how *, struct gp_why *);
	void (*free)(void *);
	/* As in struct gp_map, the report being the context. */
	void *(*start)(void *);
	void (*stop)(void *);
	int (*line)(
	    void *, struct gp_span, struct gp_buf *out, struct gp_why *);
	int (*sink)(void *, struct gp_span out);
	/*
	 * After the last line. 0: all is counted; 1: figures will be left out,
	 * the reason says which and why; -1: no memory.
	 */
	int (*lacks)(const void *, struct gp_why *);
	/* 0; -1: see gp_show.bad, or no memory. */
	int (*show)(void *, struct gp_show *);
};

#define GP_REPORT_WORDS                                               \
	"queue|items|overdue|speed|topics|repeat|promises|executors|" \
	"pages|month|posts|audience|polls|survey|quality|week"

/* What stands for the report in a document: of week a page for the head. */
const struct gp_report *gp_report_document(const struct gp_report *);

/* What --behind is of; items, for that one. NULL: it is of no use to others. */
const struct gp_report *gp_report_behind_of(const struct gp_report *);
/* -1 with the reason: --where, --by or --against, which it has no use for. */
int gp_report_plain_only(
    const struct gp_report_how *, const char *report, struct gp_why *);

#define GP_BEHIND_WORDS "posts|audience|polls|survey|quality"

/* NULL: there is none of that name. */
const struct gp_report *gp_report_find(const char *name);

#endif
