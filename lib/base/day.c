#include "base/day.h"

int64_t
gp_day_of(int64_t year, int month, int day)
{
	int64_t y = year - (month <= 2), era, yoe, doy;

	/* Years from March, so that the leap day is the last one. */
	era = (y >= 0 ? y : y - 399) / 400;
	yoe = y - era * 400;
	doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

void
gp_day_date(int64_t day, int *year, int *month, int *mday)
{
	int64_t era, doe, yoe, doy, mp;

	day += 719468;
	era = (day >= 0 ? day : day - 146096) / 146097;
	doe = day - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	*mday = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp < 10 ? mp + 3 : mp - 9);
	*year = (int)(yoe + era * 400 + (*month <= 2));
}

int
gp_day_week(int64_t day)
{
	return (int)(((day + 3) % 7 + 7) % 7);
}

int64_t
gp_day_at(int64_t wall)
{
	return wall >= 0 ? wall / GP_DAY : -((-wall + GP_DAY - 1) / GP_DAY);
}
