/* Instants and people's words: an instant that can be said comes back. */
#include "fuzz.h"

#include "base/instant.h"
#include "base/opt.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct gp_span s = fuzz_pad(data, n);
	char text[GP_INSTANT_LEN];
	gp_instant t, back, day;
	struct gp_why why;
	long secs;

	if (gp_instant_parse(s, &t) == 0) {
		HOLDS(memchr(s.p, '\0', s.n) == NULL);
		gp_instant_utc(t, text);
		HOLDS(gp_instant_parse(gp_span_of(text), &back) == 0);
		HOLDS(back == t || t < -62167219200 || t > 253402300799);
	}
	if (n > 0 && (data[0] == '+' || data[0] == '-') &&
	    gp_zone_set(s.p, &why) == 0)
		HOLDS(strlen(s.p) == 6);
	if (gp_instant_word(s.p, 1793458800, &t) == 0) {
		day = gp_instant_midnight(t, 0);
		HOLDS(day <= t && t - day < 90000);
		HOLDS(strlen(gp_instant_day(t, text)) == 10);
		HOLDS(strlen(gp_instant_local(t, text)) == 16);
	}
	if (gp_span_seconds(s.p, &secs) == 0)
		HOLDS(secs >= 0);
	free((void *)(uintptr_t)s.p);
	return 0;
}
