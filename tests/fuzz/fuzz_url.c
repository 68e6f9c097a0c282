/* Addresses: what is taken goes to loopback or by https; figures as well. */
#include "fuzz.h"

#include "http/http.h"
#include "http/url.h"
#include "record/item.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct gp_span s = fuzz_pad(data, n);
	struct gp_figure figure;
	struct gp_buf host, b;
	struct gp_why why;
	int plain = 0;

	gp_buf_init(&host, 0);
	gp_buf_init(&b, 0);
	if (gp_url_check(s.p, &host, &plain, &why) == 0 && plain)
		HOLDS(strncmp(host.p, "127.", 4) == 0 ||
		    strcmp(host.p, "localhost") == 0 ||
		    strcmp(host.p, "[::1]") == 0);
	gp_buf_adds(&b, "https://a.example/x");
	gp_http_param(&b, "q", s);
	HOLDS(gp_url_check(b.p, &host, &plain, &why) == 0 || b.n > GP_MAX_URL);
	gp_buf_reset(&b);
	gp_http_scrub(&b, s, "ab");
	HOLDS(memmem(gp_buf_str(&b), b.n, "ab", 2) == NULL ||
	    memmem(s.p, s.n, "a", 1) != NULL);
	if (gp_figure_parse(s, &figure) == 0)
		HOLDS(figure.set && figure.n >= 0);
	gp_buf_release(&host);
	gp_buf_release(&b);
	free((void *)(uintptr_t)s.p);
	return 0;
}
