/* What clients send to gp-sim: marked text, entities, parameters, faults. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "sim/answer.h"
#include "sim/fault.h"
#include "sim/markup.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
shown(struct gp_sim_text *t)
{
	struct gp_buf b;
	struct gp_jw w;

	gp_buf_init(&b, 0);
	gp_sim_html_text(&b, t);
	gp_jw_init(&w, &b);
	gp_jw_open(&w, '{');
	gp_sim_text_json(&w, "text", "entities", t);
	gp_jw_close(&w, '}');
	gp_buf_release(&b);
	gp_sim_text_release(t);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct gp_sim_text t = { 0 };
	struct gp_sim_request r = { 0 };
	struct gp_sim_faults faults = { .n = 0 };
	struct gp_json list = { .type = GP_JSON_ARRAY };
	struct gp_why why;
	struct gp_buf b;

	gp_buf_init(&b, 0);
	gp_buf_add(&b, data, n);
	list.text = gp_buf_span(&b);
	if (!b.bad && gp_utf8_valid(list.text)) {
		gp_sim_text_read(&t, list.text);
		shown(&t);
		if (gp_sim_text_html(&t, list.text, &why) == 0)
			shown(&t);
		gp_sim_text_release(&t);
		gp_sim_text_given(&t, gp_span_of("два 😀 слова"), list, &why);
		shown(&t);
	}
	gp_sim_request_json(&r, &b, &why);
	gp_sim_request_release(&r);
	gp_sim_fault_spec(&faults, gp_buf_str(&b), &why);
	gp_buf_release(&b);
	return 0;
}
