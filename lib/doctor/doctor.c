#include "doctor/doctor.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"

void
gp_doctor_release(struct gp_doctor *d)
{
	size_t i;

	for (i = 0; i < d->n; i++) {
		free(d->v[i].of);
		free(d->v[i].message);
	}
	free(d->v);
	memset(d, 0, sizeof(*d));
}

const char *
gp_level_name(enum gp_level l)
{
	return l == GP_ERROR ? "error" : l == GP_WARNING ? "warning" : "ok";
}

void
gp_doctor_say(struct gp_doctor *d, enum gp_level level, const char *rule,
    const char *of, enum gp_exit means, const char *fmt, ...)
{
	struct gp_doctor_finding *v;
	char what[1024], *p;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	/* Words of networks may steer a terminal. */
	for (p = what; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			*p = '?';
	v = gp_room(&d->v, d->n, &d->cap, sizeof(*v));
	if (v == NULL) {
		d->bad = 1;
		return;
	}
	*v = (struct gp_doctor_finding){ level, rule,
		of != NULL ? strdup(of) : NULL, strdup(what), means };
	d->bad |= v->message == NULL || (of != NULL && v->of == NULL);
	d->n++;
}

void
gp_doctor_clock(struct gp_doctor *d, const struct gp_http *h, long max)
{
	double skew;

	if (!gp_http_skew(h, &skew))
		return;
	if (fabs(skew) > (double)max)
		gp_doctor_say(d, GP_ERROR, "clock.skew", NULL, GP_CONFIG,
		    "the clock is %.0f s %s the networks': terms and cursors "
		    "would be wrong; set it by NTP",
		    fabs(skew), skew > 0 ? "behind" : "ahead of");
	else
		gp_doctor_say(d, GP_FINE, "clock.skew", NULL, GP_OK,
		    "within %ld s of the networks'", max);
}
