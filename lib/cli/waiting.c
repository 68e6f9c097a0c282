#include "cli/waiting.h"

#include "base/err.h"

void
gp_say_waiting(const char *name, const char *why, long seconds)
{
	gp_at(NULL, 0);
	gp_warnx("%s: %s; waiting for it, %ld s at most", name, why, seconds);
}
