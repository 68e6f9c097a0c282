/* Pages of any bytes through the preview's reader, and out as records. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "net/preview.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* Twice by the same reader: nothing of the first may be left. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct gp_preview *page = gp_preview_new();
	struct gp_json_reader *json = gp_json_new();
	struct gp_json_obj o;
	struct gp_buf out;
	struct gp_why why;
	int round;
	size_t i;

	gp_buf_init(&out, 0);
	for (round = 0; round < 2 && page != NULL && json != NULL; round++) {
		if (gp_preview_read(page,
			(struct gp_span){ (const char *)data, n }, &why) == -1)
			break;
		for (i = 0; i < page->n; i++) {
			gp_buf_reset(&out);
			page->message[i].item.network = "telegram";
			gp_item_write(&out, &page->message[i].item);
			if (!out.bad &&
			    gp_json_open(json, gp_buf_span(&out),
				GP_JSON_STRICT, &o, &why) == -1)
				abort();
		}
		gp_buf_reset(&out);
		gp_page_write(&out, &page->page);
	}
	gp_buf_release(&out);
	gp_json_free(json);
	gp_preview_free(page);
	return 0;
}
