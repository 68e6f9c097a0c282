#include "text/personal_inner.h"

int
pd_luhn(const char *d, size_t n)
{
	int sum = 0, v;
	size_t i;

	for (i = 0; i < n; i++) {
		v = d[n - 1 - i] - '0';
		if (i % 2 == 1)
			v = v > 4 ? v * 2 - 9 : v * 2;
		sum += v;
	}
	return sum % 10 == 0;
}

/* Numbers up to 001-001-998 were given out before there was a check. */
int
pd_snils_ok(const char *d)
{
	int sum = 0, i;

	for (i = 0; i < 9; i++)
		sum += (d[i] - '0') * (9 - i);
	return sum % 101 % 100 == (d[9] - '0') * 10 + d[10] - '0' && sum > 0;
}

int
pd_inn_ok(const char *d)
{
	static const int weight[] = { 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8 };
	int a = 0, b = 0, i;

	for (i = 0; i < 10; i++)
		a += (d[i] - '0') * weight[i + 1];
	for (i = 0; i < 11; i++)
		b += (d[i] - '0') * weight[i];
	return a % 11 % 10 == d[10] - '0' && b % 11 % 10 == d[11] - '0' &&
	    (d[0] != '0' || d[1] != '0');
}

int
pd_account_ok(const char *account, const char *bik)
{
	static const int weight[] = { 7, 1, 3 };
	int sum = 0, i;

	for (i = 0; i < 23; i++)
		sum += ((i < 3 ? bik[6 + i] : account[i - 3]) - '0') *
		    weight[i % 3];
	return sum % 10 == 0;
}
