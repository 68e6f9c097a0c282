#include "net/net.h"

#include <string.h>

extern const struct gp_net gp_telegram, gp_net_vk, gp_net_ok, gp_net_max;

const struct gp_net *const gp_nets[] = { &gp_telegram, &gp_net_vk, &gp_net_ok,
	&gp_net_max, NULL };

const struct gp_net *
gp_net_of(const char *name)
{
	const struct gp_net *const *n;

	for (n = gp_nets; *n != NULL; n++)
		if (strcmp((*n)->name, name) == 0)
			return *n;
	return NULL;
}
