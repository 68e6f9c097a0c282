#include "plan/table.h"

#include <csv.h>
#include <string.h>

#include "base/utf8.h"

struct reading {
	struct gp_pool *pool;
	gp_table_told *told;
	void *ctx;
	struct gp_why *why;
	const char *name;
	struct gp_table_row row;
	unsigned line;
	int some; /* a cell of the row says something */
	int bad;
};

static void
cell(void *bytes, size_t n, void *arg)
{
	struct reading *rd = arg;
	struct gp_span s = { bytes, n };

	if (rd->bad)
		return;
	if (rd->row.n == GP_TABLE_CELLS) {
		gp_because(rd->why, "%s:%u: more than %d cells", rd->name,
		    rd->row.line, GP_TABLE_CELLS);
		rd->bad = 1;
		return;
	}
	if (n > 0 && memchr(bytes, '\0', n) != NULL) {
		gp_because(
		    rd->why, "%s:%u: a zero byte", rd->name, rd->row.line);
		rd->bad = 1;
		return;
	}
	rd->some |= n > 0;
	rd->row.cell[rd->row.n++] = n > 0 ? gp_pool_copy(rd->pool, s).p : "";
}

static void
row(int end, void *arg)
{
	struct reading *rd = arg;
	struct gp_why because;

	(void)end;
	if (!rd->bad && rd->some &&
	    rd->told(rd->ctx, &rd->row, &because) == -1) {
		gp_because(
		    rd->why, "%s:%u: %s", rd->name, rd->row.line, because.msg);
		rd->bad = 1;
	}
	rd->row.n = 0;
	rd->some = 0;
	/* The next one begins behind the line that is being read. */
	rd->row.line = rd->line + 1;
}

static unsigned char
delimiter(struct gp_span s)
{
	static const char of[] = ";,\t";
	size_t count[3] = { 0, 0, 0 }, i, best = 0;
	const char *which;
	int quoted = 0;

	for (i = 0; i < s.n && (quoted || s.p[i] != '\n'); i++) {
		quoted ^= s.p[i] == '"';
		which = s.p[i] != '\0' ? strchr(of, s.p[i]) : NULL;
		if (!quoted && which != NULL)
			count[which - of]++;
	}
	for (i = 1; i < 3; i++)
		if (count[i] > count[best])
			best = i;
	return (unsigned char)of[best];
}

static int
lines(struct reading *rd, struct csv_parser *p, struct gp_span s)
{
	const char *end = s.p + s.n, *nl;
	size_t n;

	for (; s.p < end && !rd->bad; s.p += n) {
		nl = memchr(s.p, '\n', (size_t)(end - s.p));
		n = (size_t)((nl != NULL ? nl + 1 : end) - s.p);
		rd->line++;
		if (csv_parse(p, s.p, n, cell, row, rd) != n)
			return -1;
	}
	return rd->bad ? 0 : csv_fini(p, cell, row, rd);
}

int
gp_table_read(struct gp_span s, const char *name, struct gp_pool *pool,
    gp_table_told *told, void *ctx, struct gp_why *why)
{
	struct reading rd = { .pool = pool,
		.told = told,
		.ctx = ctx,
		.why = why,
		.name = name,
		.row = { .line = 1 } };
	struct csv_parser p;
	int r;

	if (s.n >= 3 && memcmp(s.p, "\xef\xbb\xbf", 3) == 0) {
		s.p += 3;
		s.n -= 3;
	}
	if (s.n == 0)
		return gp_because(why, "%s:1: the table is empty", name);
	if (!gp_utf8_valid(s))
		return gp_because(why,
		    "%s: not UTF-8: save the table as \"CSV UTF-8\"", name);
	if (csv_init(&p, CSV_STRICT | CSV_STRICT_FINI) != 0)
		return gp_because(why, "no memory");
	csv_set_delim(&p, delimiter(s));
	r = lines(&rd, &p, s);
	if (r != 0 && !rd.bad)
		gp_because(why, "%s:%u: %s", name, rd.row.line,
		    csv_strerror(csv_error(&p)));
	csv_free(&p);
	if (pool->bad)
		return gp_because(why, "no memory");
	return r != 0 || rd.bad ? -1 : 0;
}
