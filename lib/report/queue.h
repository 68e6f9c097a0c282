/*
 * The parts of the report "queue": threads turn records into entries
 * (queue.c), one thread keeps those that are open (queue_list.c), and they are
 * shown (queue_show.c).
 */
#ifndef GP_REPORT_QUEUE_H
#define GP_REPORT_QUEUE_H

#include "report/fact.h"
#include "report/report.h"

/* Texts of an appeal, one after another in a block. */
enum gp_entry_text {
	GP_ENTRY_ID,
	GP_ENTRY_NETWORK,
	GP_ENTRY_PAGE,
	GP_ENTRY_GROUP,
	GP_ENTRY_TOPIC,
	GP_ENTRY_TEXT,
	GP_ENTRY_URL,
	GP_ENTRY_TEXTS,
};

/* What a thread hands on: this, then the texts, padded to 8 bytes. */
struct gp_entry_head {
	uint64_t id; /* of the item; of what is answered */
	gp_instant at, due;
	uint32_t len[GP_ENTRY_TEXTS]; /* 0: none */
	uint8_t type;                 /* APPEAL ANSWER OTHER of gp_fact_type */
	uint8_t kind, dated, has_due;
};

struct gp_entry {
	struct gp_entry_head head;
	char *text; /* the texts; NULL: not open */
	int answered;
};

struct gp_queue {
	struct gp_report_how how;
	struct gp_entry *entry;
	size_t n, cap;
	uint32_t *slot; /* by hash, number + 1; twice as many as entries */
	size_t mask;
	int bad;
};

int gp_queue_sink(void *, struct gp_span);
int gp_queue_show(void *, struct gp_show *);
size_t gp_entry_bytes(const struct gp_entry_head *); /* of the texts, padded */

#endif
