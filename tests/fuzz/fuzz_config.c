/* The config: read or refused with the file's name, and released. */
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "config/config.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static char path[32];
	static int fd = -1;
	const struct gp_page_conf *p;
	struct gp_config c;
	struct gp_why why;
	char *names;
	size_t i;

	if (fd == -1) {
		fd = memfd_create("config", 0);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	}
	HOLDS(ftruncate(fd, 0) == 0);
	HOLDS(pwrite(fd, data, n, 0) == (ssize_t)n);
	if (gp_config_load(path, &c, &why) == -1) {
		HOLDS(strncmp(why.msg, path, strlen(path)) == 0);
		return 0;
	}
	p = c.page.v;
	for (i = 0; i < c.page.n; i++) {
		HOLDS(p[i].name != NULL && p[i].name[0] != '\0');
		HOLDS(gp_config_page(&c, p[i].key) == &p[i]);
	}
	HOLDS(c.telegram.rate == GP_RATE_OWN ||
	    (c.telegram.rate >= 0 && c.telegram.rate < 1e308));
	names = gp_config_page_names(&c);
	HOLDS(names != NULL);
	free(names);
	gp_config_release(&c);
	return 0;
}
