/*
 * Tables of figures, shown in one of several formats.
 *
 * A report describes its columns once and gives rows; the format decides what
 * becomes of them. A new format is one file and one line in show.c.
 *
 *	gp_show_init(&show, &how);
 *	gp_show_begin(&show, &table);
 *	gp_show_row(&show, cells);	as many cells as the table has columns
 *	gp_show_end(&show);
 *	gp_show_release(&show);
 */
#ifndef GP_SHOW_SHOW_H
#define GP_SHOW_SHOW_H

#include "base/instant.h"
#include "base/pool.h"

enum gp_lang {
	GP_RU,
	GP_EN,
	GP_LANGS
};

enum gp_cell_type {
	GP_CELL_NONE = 0, /* not known: left out, never 0 */
	GP_CELL_TEXT,
	GP_CELL_INT,
	GP_CELL_REAL,
	GP_CELL_INSTANT,
	GP_CELL_BOOL,
	GP_CELL_WORDS, /* text: words, a NUL behind each; a list in records */
};

/* Text is borrowed until gp_show_row returns. */
struct gp_cell {
	enum gp_cell_type type;
	struct gp_span text;
	int64_t n; /* INT, INSTANT, BOOL */
	double real;
};

enum {
	GP_IN_TABLE = 1, /* formats that show the column */
	GP_IN_CSV = 2,
	GP_IN_NDJSON = 4,
	GP_COL_NUMBER = 8, /* its title stands right, as the numbers do */
	GP_COL_ID = 16,    /* a name of a thing: no format makes it a number */
	GP_COL_GIVES = 32, /* made narrower when a terminal is too narrow */
	GP_COL_DROPS = 64, /* then left out, before others get very narrow */
	GP_COL_LAST = 128, /* left out when nothing else helps */
};

struct gp_column {
	const char *key; /* of a record; "a.b" stands in the object a */
	const char *title[GP_LANGS];
	int flags;
	int places; /* decimals of GP_CELL_REAL */
};

struct gp_table {
	const char *report, *name;   /* members of each record; name: or NULL */
	const char *title[GP_LANGS]; /* above a table; or NULL */
	const char *empty[GP_LANGS]; /* what a table of no rows says */
	const struct gp_column *col;
	size_t n;
};

/* What a figure means, for those who read it. */
struct gp_show_term {
	const char *title, *text;
};

/*
 * What is said of a table besides its rows, in the language of the showing.
 * Records have it in their members.
 */
struct gp_about {
	const char *note; /* of what time and place; or NULL */
	const struct gp_show_term *term;
	size_t terms;
	/* Columns of a chart, by key: what and how much; or NULL. */
	const char *chart_name, *chart_value;
};

struct gp_show;

struct gp_format {
	const char *name;
	int shows;    /* GP_IN_ of the columns it takes */
	int single;   /* one table is all it holds */
	int document; /* of many tables, for people who were not there */
	/* NULL: nothing to be done. */
	void (*begin)(struct gp_show *);
	void (*row)(struct gp_show *, const struct gp_cell *);
	void (*end)(struct gp_show *);
	void (*close)(struct gp_show *);   /* after the last table */
	void (*release)(struct gp_show *); /* whatever happened */
};

struct gp_show_how {
	const struct gp_format *format;
	enum gp_lang lang;
	int excel;    /* CSV for a Russian Excel, not RFC 4180 */
	size_t width; /* of the terminal; 0: lines are never cut */
	/* Takes what is ready, in large pieces; -1 ends the showing. */
	int (*write)(void *ctx, struct gp_span);
	void *ctx;
};

struct gp_show {
	struct gp_show_how how;
	const struct gp_table *table;
	const struct gp_about *about; /* of the table; or NULL */
	void *state;                  /* of the format */
	struct gp_buf out;
	size_t tables, rows; /* begun so far; of this table */
	int bad;             /* 1: write said stop; 2: no memory; latched */

	/* Of formats that need all rows first. */
	struct gp_pool pool;
	struct gp_show_text *text;
	size_t texts, cap;
};

/* NULL: there is none of that name. */
const struct gp_format *gp_format_find(const char *name);
/* "table|csv|ndjson" for the option table. */
#define GP_FORMAT_WORDS "table|ndjson|csv"
/* These too want gp_show_close. */
#define GP_DOCUMENT_WORDS GP_FORMAT_WORDS "|md|html|xlsx"

void gp_show_init(struct gp_show *, const struct gp_show_how *);
void gp_show_release(struct gp_show *);
/* Of the table that begins next; borrowed until its gp_show_end. */
void gp_show_about(struct gp_show *, const struct gp_about *);
/* The table and its columns are borrowed until gp_show_end. */
void gp_show_begin(struct gp_show *, const struct gp_table *);
void gp_show_row(struct gp_show *, const struct gp_cell *);
/* 0; or -1, see bad. */
int gp_show_end(struct gp_show *);
/* Once, after the last table, for documents. 0; or -1, see bad. */
int gp_show_close(struct gp_show *);

/* Cells. */
struct gp_cell gp_cell_text(struct gp_span); /* p NULL: none */
struct gp_cell gp_cell_str(const char *);    /* NULL: none */
struct gp_cell gp_cell_int(int64_t);
struct gp_cell gp_cell_real(double);
struct gp_cell gp_cell_instant(gp_instant);
struct gp_cell gp_cell_bool(int);
struct gp_cell gp_cell_words(struct gp_span); /* n 0: none */

#endif
