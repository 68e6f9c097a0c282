/*
 * Rules and calendars: read, or refused with a place; proven; and what can be
 * read routes a record into JSON. A year's file that is taken gives terms that
 * never go backwards. Input that begins with "calendar" is one.
 */
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "term/router.h"
#include "json/json.h"

static const char RECORD[] =
    "{\"type\":\"comment\",\"page\":\"vk:-1\",\"at\":\"2026-10-30T17:15:00Z\","
    "\"text\":\"Яма на улице Садовой, 5\",\"class\":{\"kind\":\"complaint\","
    "\"group\":\"Дороги\",\"topic\":\"Ямы\"}}";

static void
terms_of(struct gp_year *y)
{
	struct gp_schedule s = { .name = "s" };
	struct gp_calendar c = { .name = "c", .first = y->year, .n = 1 };
	struct gp_limit l = { GP_UNIT_WORK_HOURS, 0, GP_LAST_NEXT, 0 };
	struct gp_hours h;
	struct gp_zone z;
	struct gp_why why;
	struct gp_due due;
	gp_instant last = INT64_MIN, t;
	int i;

	for (i = 0; i < 5; i++) {
		s.day[i][0] = (struct gp_open){ 9 * 3600, 13 * 3600 };
		s.day[i][1] = (struct gp_open){ 14 * 3600, 18 * 3600 };
		s.n[i] = 2;
	}
	c.year = &y;
	HOLDS(gp_zone_read("+03:00", &z, &why) == 0);
	HOLDS(gp_hours_build(&h, &z, &c, &s) == 0);
	t = gp_day_of(y->year, 3, 1) * GP_DAY;
	for (l.n = 0; l.n < 900000; l.n += 70001) {
		if (gp_hours_due(&h, t, &l, &due, &why) == -1)
			break; /* the year ran out */
		HOLDS(due.end >= t && due.end >= last);
		HOLDS(gp_hours_open(&h, due.end));
		HOLDS(gp_hours_worked(&h, t, due.end) == l.n);
		last = due.end;
	}
	gp_hours_release(&h);
	gp_zone_release(&z);
}

static void
year(struct gp_span s)
{
	struct gp_why why;
	struct gp_year *y = gp_year_parse(s, "y", &why);

	if (y == NULL)
		HOLDS(strncmp(why.msg, "y", 1) == 0);
	else
		terms_of(y);
	gp_year_free(y);
}

/* Whatever the rules are, the record stays JSON, and routing it again changes
 * nothing. */
static void
record(const struct gp_routes *r)
{
	const struct gp_router_how how = { r, GP_STEPS_RU, 0 };
	struct gp_router *router = gp_router_new(&how);
	struct gp_span in =
	    fuzz_pad((const uint8_t *)RECORD, sizeof(RECORD) - 1);
	struct gp_buf once, twice;
	struct gp_why why;

	HOLDS(router != NULL);
	gp_buf_init(&once, 0);
	gp_buf_init(&twice, 0);
	if (gp_router_line(router, in, &once, &why) == 0) {
		HOLDS(!once.bad && gp_utf8_valid(gp_buf_span(&once)));
		HOLDS(gp_router_line(router,
			  (struct gp_span){ once.p, once.n - 1 }, &twice,
			  &why) == 0);
		HOLDS(gp_span_eq(gp_buf_span(&once), gp_buf_span(&twice)));
	}
	gp_router_free(router);
	gp_buf_release(&once);
	gp_buf_release(&twice);
	free((char *)in.p);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static char path[32];
	static int fd = -1;
	struct gp_findings all;
	struct gp_routes *r;
	struct gp_why why = { "" };

	if (fd == -1) {
		setenv("GP_DATA", "/nowhere", 1);
		fd = memfd_create("routes", 0);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	}
	if (n > 8 && memcmp(data, "calendar", 8) == 0) {
		year((struct gp_span){ (const char *)data, n });
		return 0;
	}
	HOLDS(ftruncate(fd, 0) == 0);
	HOLDS(pwrite(fd, data, n, 0) == (ssize_t)n);
	gp_findings_init(&all);
	r = gp_routes_load(path, &all, &why);
	if (r != NULL)
		gp_routes_prove(r, NULL, &all);
	HOLDS(!all.bad && (r != NULL || why.msg[0] != '\0'));
	gp_routes_free(r);
	r = gp_routes_load(path, NULL, &why);
	if (r != NULL)
		record(r);
	gp_routes_free(r);
	gp_findings_release(&all);
	return 0;
}
