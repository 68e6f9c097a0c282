/* A sheet that was edited: read, judged, marked; any bytes. */
#include "fuzz.h"

#include "review/judge.h"

#define DRAFT(n)                                                                  \
	"{\"type\":\"draft\",\"id\":\"draft:" n "\",\"to\":\"" n                  \
	"\",\"network\":\"vk\",\"text\":\"@@ end\\n\\\\ {{когда}}\",\"appea" \
	"l\":{\"text\":\"a\\n@@ 1 x\\nskip\"}}"

static void
take(struct gp_review_desk *d, const char *line)
{
	struct gp_span s = fuzz_pad((const uint8_t *)line, strlen(line));
	struct gp_why why;

	HOLDS(gp_review_take(d, s, &why) == 1);
	free((char *)s.p);
}

/* What is approved has no hole, whatever was typed. */
static void
judge(struct gp_review_desk *d, struct gp_personal_run *run,
    struct gp_span text, struct gp_review_wrongs *w)
{
	struct gp_review_rules rules = { "Я", 0, run, NULL };
	struct gp_review_sheet sheet;
	struct gp_ruling r[2];
	size_t i, k, wrong;

	HOLDS(gp_sheet_read(text, &d->pool, &sheet, w) == 0);
	gp_review_judge(d, &sheet, &rules, r, w);
	for (i = 0; i < 2; i++) {
		for (k = wrong = 0; k < w->n; k++)
			wrong += w->v[k].draft == i + 1;
		if (wrong == 0 && r[i].verdict == GP_VERDICT_APPROVE) {
			HOLDS(r[i].text.n > 0);
			HOLDS(
			    memmem(r[i].text.p, r[i].text.n, "{{", 2) == NULL);
		}
	}
	for (k = 0; k < w->n; k++)
		HOLDS(w->v[k].why.msg[0] != '\0');
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct gp_personal *personal;
	static struct gp_personal_run *run;
	struct gp_review_wrongs w = { .n = 0 }, again = { .n = 0 };
	struct gp_review_desk d;
	struct gp_span text;
	struct gp_buf marked;
	size_t line;

	if (run == NULL) {
		personal = gp_personal_new();
		run = gp_personal_run_new(personal);
	}
	HOLDS(run != NULL && gp_review_init(&d) == 0);
	take(&d, DRAFT("1"));
	take(&d, DRAFT("2"));
	text = fuzz_pad(data, n);
	judge(&d, run, text, &w);
	gp_buf_init(&marked, 0);
	line = gp_sheet_mark(text, &w, &marked);
	HOLDS(line > 0);
	/* What is noted in it changes nothing of what it says. */
	if (memchr(data, '\r', n) == NULL) {
		judge(&d, run, gp_buf_span(&marked), &again);
		HOLDS(w.n == again.n);
	}
	gp_buf_release(&marked);
	gp_review_wrongs_release(&w);
	gp_review_wrongs_release(&again);
	gp_review_release(&d);
	free((char *)text.p);
	return 0;
}
