#include <math.h>
#include <string.h>
#include <xxhash.h>

#include "learn/model.h"

static void
pad(struct gp_buf *b, size_t start, uint64_t at)
{
	static const char zero[64];

	while (b->n - start < at && !b->bad)
		gp_buf_add(b, zero,
		    at - (b->n - start) < 64 ? at - (b->n - start) : 64);
}

static void
heads(const struct gp_fit *fit, const struct gp_calibration *cal,
    struct gp_buf *b, uint32_t *text)
{
	const struct gp_corpus *c = fit->corpus;
	struct gp_model_label l;
	size_t h;

	for (h = 0; h < c->heads; h++) {
		memset(&l, 0, sizeof(l));
		l.name.at = *text;
		l.name.n = (uint32_t)strlen(c->head[h]);
		*text += l.name.n;
		l.first = (uint32_t)fit->col[h];
		l.n = (uint32_t)c->names[h].n;
		l.temperature = cal[h].temperature;
		l.slope = cal[h].slope;
		l.offset = cal[h].offset;
		l.held = cal[h].held;
		memcpy(l.floor, cal[h].floor, sizeof(l.floor));
		gp_buf_add(b, &l, sizeof(l));
	}
}

static void
one_name(struct gp_buf *b, uint32_t *text, size_t n)
{
	struct gp_model_name name = { *text, (uint32_t)n };

	gp_buf_add(b, &name, sizeof(name));
	*text += (uint32_t)n;
}

/* A feature's weights share a scale: 127 is the largest of them. */
static void
weights(const struct gp_fit *fit, size_t i, size_t columns, struct gp_buf *b)
{
	const float *w = fit->w + i * fit->cols;
	char *to = gp_buf_room(b, columns);
	float most = 0;
	size_t k;

	if (to == NULL)
		return;
	memset(to, 0, columns);
	for (k = 0; k < fit->cols; k++)
		most = fmaxf(most, fabsf(w[k]));
	for (k = 0; k < fit->cols && most > 0; k++)
		to[k] = (char)(int8_t)lrintf(w[k] / most * 127);
	gp_buf_used(b, columns);
}

static float
gain(const struct gp_fit *fit, size_t i)
{
	const float *w = fit->w + i * fit->cols;
	float most = 0;
	size_t k;

	for (k = 0; k < fit->cols; k++)
		most = fmaxf(most, fabsf(w[k]));
	return most / 127 * GP_MODEL_UNIT * 256;
}

static void
features(const struct gp_fit *fit, const struct gp_model_head *head,
    const struct gp_model_parts *p, size_t start, struct gp_buf *b)
{
	const struct gp_corpus *c = fit->corpus;
	struct gp_model_gain g;
	size_t i;

	pad(b, start, p->bias);
	gp_buf_add(b, fit->bias, fit->cols * sizeof(float));
	pad(b, start, p->key);
	gp_buf_add(b, c->key, c->n * sizeof(*c->key));
	pad(b, start, p->gain);
	for (i = 0; i < c->n; i++) {
		g = (struct gp_model_gain){ c->idf[i], gain(fit, i) };
		gp_buf_add(b, &g, sizeof(g));
	}
	pad(b, start, p->weight);
	for (i = 0; i < c->n; i++)
		weights(fit, i, head->columns, b);
}

static void
texts(const struct gp_corpus *c, const char *const *side, size_t sides,
    struct gp_buf *b)
{
	size_t h, i;

	for (h = 0; h < c->heads; h++)
		gp_buf_adds(b, c->head[h]);
	for (h = 0; h < c->heads; h++)
		for (i = 0; i < c->names[h].n; i++)
			gp_buf_add(
			    b, c->names[h].name[i].p, c->names[h].name[i].n);
	for (i = 0; i < sides; i++)
		gp_buf_adds(b, side[i]);
}

void
gp_model_save(const struct gp_fit *fit, const struct gp_calibration *cal,
    const char *const *side, size_t sides, struct gp_buf *b)
{
	const struct gp_corpus *c = fit->corpus;
	struct gp_model_head head = { .mark = GP_MODEL_MARK,
		.version = GP_MODEL_VERSION,
		.features = (uint32_t)c->n,
		.columns = (uint32_t)((fit->cols + GP_LANES - 1) / GP_LANES *
		    GP_LANES),
		.labels = (uint32_t)fit->cols,
		.sides = (uint32_t)sides,
		.heads = (uint16_t)c->heads,
		.what = (uint8_t)c->what,
		.seen = (int8_t)c->seen,
		.rows = (uint32_t)c->rows };
	size_t start = b->n, h, i;
	struct gp_model_parts p;
	struct gp_buf all;
	uint32_t text = 0;

	gp_buf_init(&all, 64 * GP_MIB);
	texts(c, side, sides, &all);
	head.text = (uint32_t)all.n;
	memcpy(head.magic, GP_MODEL_MAGIC, 8);
	b->bad |= all.bad || !gp_model_parts(&head, &p);
	if (b->bad)
		goto out;
	head.size = p.end;
	gp_buf_add(b, &head, sizeof(head));
	pad(b, start, p.label);
	heads(fit, cal, b, &text);
	pad(b, start, p.name);
	for (h = 0; h < c->heads; h++)
		for (i = 0; i < c->names[h].n; i++)
			one_name(b, &text, c->names[h].name[i].n);
	for (i = 0; i < sides; i++)
		one_name(b, &text, strlen(side[i]));
	features(fit, &head, &p, start, b);
	pad(b, start, p.text);
	gp_buf_add(b, all.p, all.n);
	if (!b->bad) {
		head.sum = XXH64(b->p + start + sizeof(head),
		    b->n - start - sizeof(head), 0);
		memcpy(b->p + start, &head, sizeof(head));
	}
out:
	gp_buf_release(&all);
}
