#include "card/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Digits of the whole part, in threes. */
static void
grouped(struct gp_buf *b, const char *digit, size_t n, enum gp_lang lang)
{
	/* Russian leaves four digits together, English parts them. */
	int part = lang == GP_RU ? n > 4 : n > 3;
	size_t i;

	for (i = 0; i < n; i++) {
		if (part && i > 0 && (n - i) % 3 == 0)
			gp_buf_adds(b, lang == GP_RU ? GP_NNBSP : ",");
		gp_buf_addc(b, digit[i]);
	}
}

void
gp_number_put(struct gp_buf *b, double v, enum gp_lang lang)
{
	char text[64];
	char *dot, *end;

	snprintf(text, sizeof(text), "%.2f", fabs(v));
	dot = strchr(text, '.');
	if (dot == NULL) { /* not a number of ours */
		gp_buf_adds(b, text);
		return;
	}
	end = dot + strlen(dot);
	while (end[-1] == '0')
		*--end = '\0';
	if (v < 0 && strspn(text, "0.") != strlen(text))
		gp_buf_adds(b, "\xe2\x88\x92");
	grouped(b, text, (size_t)(dot - text), lang);
	if (dot[1] != '\0') {
		gp_buf_addc(b, lang == GP_RU ? ',' : '.');
		gp_buf_adds(b, dot + 1);
	}
}

double
gp_number_percent(double part, double whole)
{
	double p = 100 * part / whole;

	if (p >= 100 || p <= 0)
		return p;
	if (p > 99)
		return fmin(floor(p * 10) / 10, 99.9);
	if (p < 1)
		return fmax(ceil(p * 10) / 10, 0.1);
	return round(p);
}

void
gp_number_put_percent(struct gp_buf *b, double percent, enum gp_lang lang)
{
	gp_number_put(b, percent, lang);
	gp_buf_adds(b, lang == GP_RU ? GP_NNBSP "%" : "%");
}

/* The form of that number, from 0; the last one where there are fewer. */
static struct gp_span
pick(struct gp_span forms, int no)
{
	const char *p = forms.p, *end = gp_span_end(forms);
	const char *bar = memchr(p, '|', forms.n);

	while (no-- > 0 && bar != NULL) {
		p = bar + 1;
		bar = memchr(p, '|', (size_t)(end - p));
	}
	return (struct gp_span){ p, (size_t)((bar != NULL ? bar : end) - p) };
}

static int
russian(double n)
{
	double last = fmod(n, 10), two = fmod(n, 100);

	if (n != floor(n))
		return 1; /* 1,5 обращения */
	if (last == 1 && two != 11)
		return 0;
	if (last >= 2 && last <= 4 && (two < 12 || two > 14))
		return 1;
	return 2;
}

int
gp_number_forms(struct gp_span forms)
{
	int n = 1;
	size_t i, from = 0;

	for (i = 0; i <= forms.n; i++) {
		if (i < forms.n && forms.p[i] != '|')
			continue;
		if (i == from)
			return 0;
		from = i + 1;
		n += i < forms.n;
	}
	return n <= 3 ? n : 0;
}

struct gp_span
gp_number_form(struct gp_span forms, double n)
{
	int count = gp_number_forms(forms);

	if (forms.n == 0)
		return forms;
	n = fabs(n);
	if (count == 3)
		return pick(forms, russian(n));
	return pick(forms, count == 2 && n != 1);
}

void
gp_number_put_unit(
    struct gp_buf *b, double v, struct gp_span forms, enum gp_lang lang)
{
	struct gp_span form;

	if (gp_span_is(forms, "%")) {
		gp_number_put_percent(b, v, lang);
		return;
	}
	gp_number_put(b, v, lang);
	form = gp_number_form(forms, v);
	if (form.n == 0)
		return;
	gp_buf_adds(b, GP_NBSP);
	gp_buf_add(b, form.p, form.n);
}
