#include "term/limit.h"

#include <string.h>

static const struct {
	const char *word;
	enum gp_unit unit;
} units[] = {
	{ "hour", GP_UNIT_HOURS },
	{ "hours", GP_UNIT_HOURS },
	{ "working hour", GP_UNIT_WORK_HOURS },
	{ "working hours", GP_UNIT_WORK_HOURS },
	{ "day", GP_UNIT_DAYS },
	{ "days", GP_UNIT_DAYS },
	{ "working day", GP_UNIT_WORK_DAYS },
	{ "working days", GP_UNIT_WORK_DAYS },
};

int
gp_limit_parse(const char *s, struct gp_limit *to)
{
	long n = 0;
	size_t i;

	if (*s < '0' || *s > '9')
		return -1;
	for (; *s >= '0' && *s <= '9'; s++) {
		n = n * 10 + (*s - '0');
		if (n > GP_LIMIT_HOURS)
			return -1;
	}
	if (*s++ != ' ')
		return -1;
	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (strcmp(units[i].word, s) == 0) {
			to->unit = units[i].unit;
			if (to->unit == GP_UNIT_HOURS ||
			    to->unit == GP_UNIT_WORK_HOURS)
				n *= 3600;
			else if (n > GP_LIMIT_DAYS)
				return -1;
			to->n = n;
			return 0;
		}
	return -1;
}
