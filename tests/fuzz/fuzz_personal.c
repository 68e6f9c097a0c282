/*
 * Personal data in any bytes: hits are in order, inside the text and never
 * empty; a text with masks in their place comes to rest, and then has none.
 */
#include "base/utf8.h"
#include "fuzz.h"
#include "redact/redact.h"
#include "text/personal.h"
#include "json/write.h"

static struct gp_personal *
shared(void)
{
	static struct gp_personal *p;

	if (p != NULL)
		return p;
	p = gp_personal_new();
	HOLDS(p != NULL);
	HOLDS(gp_personal_allow(
		  p, GP_PD_PHONE, gp_span_of("8 (84162) 2-10-10")) == 0);
	HOLDS(gp_personal_allow(p, GP_PD_NAME,
		  gp_span_of("Строева Людмила Аркадьевна")) == 0);
	return p;
}

static void
check(const struct gp_personal_hit *hit, long n, size_t size)
{
	size_t last = 0;
	long i;

	for (i = 0; i < n; i++) {
		HOLDS(hit[i].from >= last && hit[i].to > hit[i].from);
		HOLDS(hit[i].to <= size && hit[i].kind < GP_PD_KINDS);
		last = hit[i].to;
	}
}

static void
mask(struct gp_buf *to, struct gp_span s, const struct gp_personal_hit *hit,
    long n)
{
	size_t from = 0;
	long i;

	for (i = 0; i < n; i++) {
		gp_buf_add(to, s.p + from, hit[i].from - from);
		gp_buf_adds(to, gp_personal_mask(hit[i].kind, i % 2 == 0));
		from = hit[i].to;
	}
	gp_buf_add(to, s.p + from, s.n - from);
}

/* As a record's text, redacted twice. */
static void
twice(struct gp_redact_run *run, struct gp_span text)
{
	struct gp_buf line, once, again;
	struct gp_why why;

	gp_buf_init(&line, 0);
	gp_buf_init(&once, 0);
	gp_buf_init(&again, 0);
	gp_buf_adds(&line, "{\"type\":\"comment\",\"text\":");
	gp_json_quote(&line, text);
	gp_buf_addc(&line, '}');
	HOLDS(gp_redact_line(run, gp_buf_span(&line), &once, &why) == 0);
	HOLDS(gp_redact_line(run, gp_buf_span(&once), &again, &why) == 0);
	HOLDS(gp_span_eq(gp_buf_span(&once), gp_buf_span(&again)));
	gp_buf_release(&line);
	gp_buf_release(&once);
	gp_buf_release(&again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct gp_personal_run *run;
	static struct gp_redact redact;
	static struct gp_redact_run *records;
	const struct gp_personal_hit *hit;
	struct gp_span s = fuzz_pad(data, n);
	struct gp_buf now, next;
	int round;
	long hits;

	if (run == NULL) {
		run = gp_personal_run_new(shared());
		HOLDS(gp_redact_init(&redact, 1) == 0);
		records = gp_redact_run_new(&redact);
		HOLDS(run != NULL && records != NULL);
	}
	gp_buf_init(&now, 0);
	gp_buf_init(&next, 0);
	gp_buf_add(&now, s.p, n);
	for (round = 0;; round++) {
		hits = gp_personal_find(run, gp_buf_span(&now), &hit);
		HOLDS(hits >= 0);
		check(hit, hits, now.n);
		if (hits == 0)
			break;
		HOLDS((size_t)round <= n);
		gp_buf_reset(&next);
		mask(&next, gp_buf_span(&now), hit, hits);
		gp_buf_reset(&now);
		gp_buf_add(&now, next.p, next.n);
	}
	if (gp_utf8_valid(s))
		twice(records, s);
	gp_buf_release(&now);
	gp_buf_release(&next);
	free((char *)s.p);
	return 0;
}
