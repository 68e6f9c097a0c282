/* Hostile model files: refused, or safe to ask. */
#include "fuzz.h"

#include <xxhash.h>

#include "learn/score.h"

static const char *const text[] = { "Яма на дороге, нет воды", "",
	"ааа 12 zz света нет с утра" };

/* A sound file under a wrong checksum would never get further. */
static void
seal(char *p, size_t n)
{
	struct gp_model_head head;

	if (n < sizeof(head))
		return;
	memcpy(&head, p, sizeof(head));
	head.size = n;
	head.sum = XXH64(p + sizeof(head), n - sizeof(head), 0);
	memcpy(p, &head, sizeof(head));
}

static void
ask(const struct gp_model *m)
{
	struct gp_scorer *s = gp_scorer_new(m);
	struct gp_span why[GP_MOST_WHY];
	struct gp_opinion o;
	uint64_t side[1] = { 3ull << 62 };
	size_t i, h, known;

	HOLDS(s != NULL);
	for (i = 0; i < sizeof(text) / sizeof(text[0]); i++) {
		HOLDS(gp_score_text(s, gp_span_of(text[i]), side, 1, &known) ==
		    0);
		for (h = 0; h < m->head->heads; h++) {
			gp_score_head(s, h, GP_MOST_TOP, &o);
			HOLDS((o.n > 0) == (known > 0));
			if (o.n > 0)
				gp_score_why(s, h, o.top[0].label, why);
		}
	}
	gp_scorer_free(s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct gp_span s = fuzz_pad(data, n);
	struct gp_model m;
	struct gp_why why;
	int sealed;

	for (sealed = 0; sealed < 2; sealed++) {
		if (gp_model_view(&m, s, &why) == 0) {
			ask(&m);
			gp_model_close(&m);
		}
		seal((char *)(uintptr_t)s.p, n);
	}
	free((char *)(uintptr_t)s.p);
	return 0;
}
