/* Exports of any bytes through the scanner and what makes items of them. */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "import/desktop.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* What comes out is one JSON object, whatever went in. */
static void
check(struct gp_json_reader *json, const struct gp_item *it)
{
	struct gp_json_obj o;
	struct gp_buf out;

	gp_buf_init(&out, 0);
	gp_item_write(&out, it);
	if (!out.bad &&
	    gp_json_open(json, gp_buf_span(&out), GP_JSON_STRICT, &o, NULL) ==
		-1)
		abort();
	gp_buf_release(&out);
}

static void
all(struct gp_source *in, struct gp_desktop *d, struct gp_json_reader *json)
{
	struct gp_scan scan;
	enum gp_scan_got got;
	struct gp_span text;
	struct gp_item it;
	struct gp_why why;

	gp_scan_init(&scan, in);
	scan.max = 4096;
	while ((got = gp_scan_next(&scan, &text, &why)) == GP_SCAN_MESSAGE ||
	    got == GP_SCAN_OVER)
		if (got == GP_SCAN_MESSAGE &&
		    gp_desktop_chat(d, &scan.chat, &why) == 0 &&
		    gp_desktop_message(d, text, &it, &why) == 1)
			check(json, &it);
	gp_scan_release(&scan);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct gp_list page = { { "5=five", "bare" }, 2 };
	struct gp_desktop d = { .page = &page };
	struct gp_json_reader *json = gp_json_new();
	int fd = memfd_create("export", MFD_CLOEXEC);
	struct gp_source in;

	if (fd != -1 && json != NULL && gp_desktop_init(&d) == 0 &&
	    gp_file_write(fd, (const char *)data, n) == 0 &&
	    lseek(fd, 0, SEEK_SET) == 0) {
		gp_source_init(&in, fd);
		all(&in, &d, json);
		gp_source_release(&in);
	}
	gp_desktop_release(&d);
	gp_json_free(json);
	if (fd != -1)
		close(fd);
	return 0;
}
