/* Bars of a table, as an SVG that stands within HTML. */
#ifndef GP_SHOW_CHART_H
#define GP_SHOW_CHART_H

#include "base/pool.h"
#include "show/show.h"

enum {
	GP_BARS = 14, /* the first rows; the table beside it has them all */
};

struct gp_chart {
	struct gp_pool pool;
	struct gp_bar {
		struct gp_span name, figure; /* plain text */
		double value;
	} bar[GP_BARS];
	size_t n;
};

void gp_chart_init(struct gp_chart *);
void gp_chart_release(struct gp_chart *);
void gp_chart_reset(struct gp_chart *);
/* A row; one that is not known, or less than 0, or beyond GP_BARS, is none. */
void gp_chart_add(struct gp_chart *, struct gp_span name, struct gp_span figure,
    const struct gp_cell *value);
/* Nothing if there are less than two bars. `id` tells it from others. */
void gp_chart_put(
    struct gp_buf *, const struct gp_chart *, const char *title, size_t id);

/* Text as HTML: nothing in it is a tag, an attribute's end or a control. */
void gp_show_html(struct gp_buf *, struct gp_span);

#endif
