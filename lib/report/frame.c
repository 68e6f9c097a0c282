#include "report/frame.h"

#include <stdio.h>
#include <string.h>

#define R GP_IN_NDJSON
const struct gp_column gp_frame_columns[GP_FRAME] = {
	[GP_FR_FROM] = { "period.from", { NULL, NULL }, R, 0 },
	[GP_FR_TO] = { "period.to", { NULL, NULL }, R, 0 },
	[GP_FR_ZONE] = { "zone", { NULL, NULL }, R, 0 },
	[GP_FR_CALENDAR] = { "calendar", { NULL, NULL }, R, 0 },
	[GP_FR_CUT_OFF] = { "cut_off", { NULL, NULL }, R, 0 },
	[GP_FR_BEFORE_FROM] = { "against.from", { NULL, NULL }, R, 0 },
	[GP_FR_BEFORE_TO] = { "against.to", { NULL, NULL }, R, 0 },
	[GP_FR_BEFORE_N] = { "against.n", { NULL, NULL }, R, 0 },
	[GP_FR_FILTER] = { "filter", { NULL, NULL }, R, 0 },
};

void
gp_frame_init(struct gp_frame *f, const struct gp_report_how *how,
    const struct gp_period *period)
{
	f->how = how;
	f->period = period;
	gp_buf_init(&f->calendar, 0);
	gp_buf_init(&f->filter, 0);
	gp_buf_init(&f->note, 0);
}

void
gp_frame_release(struct gp_frame *f)
{
	gp_buf_release(&f->calendar);
	gp_buf_release(&f->filter);
	gp_buf_release(&f->note);
}

void
gp_frame_calendar_add(struct gp_frame *f, struct gp_span name)
{
	if (f->calendar.n > 0)
		gp_buf_adds(&f->calendar, ", ");
	gp_buf_add(&f->calendar, name.p, name.n);
}

/* By name: numbers are as the threads came. */
void
gp_frame_calendar(
    struct gp_frame *f, const struct gp_rows *rows, const struct gp_ledger *l)
{
	const struct gp_dict *d = &l->dict[GP_DIM_CALENDAR];
	struct gp_span last = { "", 0 }, best, s;
	uint32_t i;

	for (;;) {
		best = (struct gp_span){ NULL, 0 };
		for (i = 1; i <= d->n && i < 256; i++) {
			s = gp_dict_name(d, i);
			if ((rows->calendar[i / 64] >> i % 64 & 1) == 0 ||
			    strcmp(s.p, last.p) <= 0)
				continue;
			if (best.p == NULL || strcmp(s.p, best.p) < 0)
				best = s;
		}
		if (best.p == NULL)
			return;
		gp_frame_calendar_add(f, best);
		last = best;
	}
}

void
gp_frame_piece(const struct gp_frame *f, size_t piece, struct gp_cell *c)
{
	const struct gp_period *p = f->period;

	if (!p->open) {
		c[GP_FR_FROM] = gp_cell_instant(p->piece[piece].from);
		c[GP_FR_TO] = gp_cell_instant(p->piece[piece].to);
	}
	c[GP_FR_ZONE] = gp_cell_str(f->how->zone);
	if (f->calendar.n > 0)
		c[GP_FR_CALENDAR] = gp_cell_text(gp_buf_span(&f->calendar));
	c[GP_FR_CUT_OFF] = gp_cell_instant(f->how->now);
	if (p->before != NULL) {
		c[GP_FR_BEFORE_FROM] = gp_cell_instant(p->before[piece].from);
		c[GP_FR_BEFORE_TO] = gp_cell_instant(p->before[piece].to);
	}
}

static void
word(struct gp_buf *b, const char *s)
{
	gp_buf_add(b, s, strlen(s) + 1);
}

void
gp_frame_filter(struct gp_frame *f, size_t piece)
{
	const struct gp_period *p = f->period;
	char when[GP_INSTANT_LEN];
	size_t i;

	gp_buf_reset(&f->filter);
	if (!p->open) {
		word(&f->filter, "--since");
		word(&f->filter, gp_instant_utc(p->piece[piece].from, when));
		word(&f->filter, "--until");
		word(&f->filter, gp_instant_utc(p->piece[piece].to, when));
	}
	word(&f->filter, "--cut-off");
	word(&f->filter, gp_instant_utc(f->how->now, when));
	if (f->how->zone != NULL) {
		word(&f->filter, "--zone");
		word(&f->filter, f->how->zone);
	}
	if (f->how->review)
		word(&f->filter, "--review");
	for (i = 0; i < f->how->where.n; i++) {
		word(&f->filter, "--where");
		word(&f->filter, f->how->where.word[i]);
	}
}

void
gp_frame_option(struct gp_frame *f, const char *option, const char *arg)
{
	word(&f->filter, option);
	word(&f->filter, arg);
}

void
gp_frame_behind(struct gp_frame *f, const char *report)
{
	gp_frame_option(f, "--behind", report);
}

void
gp_frame_where(struct gp_frame *f, const char *key, struct gp_span value)
{
	word(&f->filter, "--where");
	gp_buf_adds(&f->filter, key);
	gp_buf_addc(&f->filter, '=');
	gp_buf_add(&f->filter, value.p, value.n);
	gp_buf_addc(&f->filter, '\0');
}

struct gp_cell
gp_frame_words(const struct gp_frame *f)
{
	return gp_cell_words(gp_buf_span(&f->filter));
}

void
gp_range_print(struct gp_buf *b, struct gp_range r)
{
	char from[GP_INSTANT_LEN], to[GP_INSTANT_LEN];

	gp_instant_day(r.from, from);
	gp_instant_day(r.to - 1, to);
	gp_buf_adds(b, from);
	if (strcmp(from, to) != 0) {
		gp_buf_adds(b, " – ");
		gp_buf_adds(b, to);
	}
}

const char *
gp_frame_note(struct gp_frame *f)
{
	static const char *const words[GP_LANGS][5] = {
		[GP_RU] = { "за всё время", "; зона ", "; календарь ",
		    "; сравнение с ", "; на " },
		[GP_EN] = { "all time", "; zone ", "; calendar ", "; against ",
		    "; as of " },
	};
	const char *const *w = words[f->how->lang];
	const struct gp_period *p = f->period;
	char when[GP_INSTANT_LEN];
	struct gp_buf *b = &f->note;

	gp_buf_reset(b);
	if (p->open)
		gp_buf_adds(b, w[0]);
	else
		gp_range_print(b, p->all);
	if (p->before != NULL && p->n == 1) {
		gp_buf_adds(b, w[3]);
		gp_range_print(b, p->before[0]);
	}
	if (f->how->zone != NULL) {
		gp_buf_adds(b, w[1]);
		gp_buf_adds(b, f->how->zone);
	}
	if (f->calendar.n > 0) {
		gp_buf_adds(b, w[2]);
		gp_buf_add(b, f->calendar.p, f->calendar.n);
	}
	gp_buf_adds(b, w[4]);
	gp_buf_adds(b, gp_instant_local(f->how->now, when));
	return gp_buf_str(b);
}

const char *
gp_frame_nothing(struct gp_frame *f)
{
	static const char *const words[GP_LANGS] = {
		"; за этот период обращений нет", "; no appeals in this period"
	};

	gp_frame_note(f);
	gp_buf_adds(&f->note, words[f->how->lang]);
	return gp_buf_str(&f->note);
}
