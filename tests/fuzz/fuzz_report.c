/* Records, whatever they hold, counted and shown. */
#include <stdint.h>
#include <string.h>

#include "report/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static int
take(void *ctx, struct gp_span s)
{
	*(size_t *)ctx += s.n;
	return 0;
}

static void
show(const struct gp_report *report, void *figures, const char *format)
{
	size_t taken = 0;
	struct gp_show_how how = { gp_format_find(format), GP_RU, 1, 40, take,
		&taken };
	struct gp_show s;

	gp_show_init(&s, &how);
	report->show(figures, &s);
	gp_show_close(&s);
	gp_show_release(&s);
}

static void
count(const struct gp_report *report, const char *p, const char *end)
{
	const struct gp_report_how how = { .now = 1793491200,
		.zone = "UTC",
		.memory = 65536,
		.review = 1,
		.across = "a" };
	struct gp_why why;
	void *figures = report->make(&how, &why);
	void *state = figures == NULL ? NULL : report->start(figures);
	struct gp_buf in, out;
	struct gp_span line;
	const char *nl;

	gp_buf_init(&in, 0);
	gp_buf_init(&out, 0);
	for (; p < end && state != NULL; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (nl == NULL)
			nl = end;
		gp_buf_reset(&in);
		gp_buf_reset(&out);
		gp_buf_add(&in, p, (size_t)(nl - p));
		line = (struct gp_span){ gp_buf_str(&in), in.n };
		if (in.n > 0 && report->line(state, line, &out, &why) == 0)
			report->sink(figures, gp_buf_span(&out));
	}
	if (state != NULL) {
		report->stop(state);
		report->lacks(figures, &why);
		show(report, figures, "table");
		show(report, figures, "csv");
		show(report, figures, "ndjson");
		show(report, figures, "html");
		show(report, figures, "md");
	}
	report->free(figures);
	gp_buf_release(&in);
	gp_buf_release(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char words[] = GP_REPORT_WORDS "|";
	const char *p = (const char *)data, *w = words, *end;
	char name[32];

	for (; (end = strchr(w, '|')) != NULL; w = end + 1) {
		memcpy(name, w, (size_t)(end - w));
		name[end - w] = '\0';
		count(gp_report_find(name), p, p + n);
	}
	return 0;
}
