#include "cli/zone.h"

#include "base/err.h"
#include "base/instant.h"
#include "config/config.h"

void
gp_zone_given(const char *zone, const char *config)
{
	struct gp_config conf;
	struct gp_why why;

	if (zone != NULL) {
		if (gp_zone_set(zone, &why) == -1)
			gp_die(GP_USAGE, "--zone: %s", why.msg);
		return;
	}
	if (gp_config_load(config, &conf, &why) == -1)
		gp_die(GP_CONFIG, "%s", why.msg);
	gp_config_release(&conf);
}
