#include "review/reply.h"

#include "base/sha256.h"
#include "json/write.h"

enum {
	EDITS = 12
};

struct putting {
	struct gp_json_edit edit[EDITS];
	struct gp_buf value[EDITS];
	size_t n;
};

static struct gp_buf *
set(struct putting *p, const char *key)
{
	p->edit[p->n].key = key;
	gp_buf_init(&p->value[p->n], 0);
	return &p->value[p->n++];
}

/* A member that goes. */
static void
drop(struct putting *p, const char *key)
{
	set(p, key);
}

static void
set_text(struct putting *p, const char *key, struct gp_span s)
{
	gp_json_quote(set(p, key), s);
}

static void
set_now(struct putting *p, const char *key, gp_instant now)
{
	char t[GP_INSTANT_LEN];

	set_text(p, key, gp_span_of(gp_instant_utc(now, t)));
}

static int
set_hash(struct putting *p, struct gp_span text)
{
	char hash[GP_SHA256_LEN];

	set_text(p, "text_sha256", gp_span_of(gp_sha256(text, hash)));
	return *hash != '\0' ? 0 : -1;
}

/* "reply:ID"; further ones to the same appeal are told apart by a number. */
static void
set_id(struct putting *p, const struct gp_review_draft *d)
{
	struct gp_buf id;

	gp_buf_init(&id, 0);
	gp_buf_adds(&id, "reply:");
	gp_buf_add(&id, d->to.p, d->to.n);
	if (d->nth > 1)
		gp_buf_addf(&id, ":%lld", (long long)d->nth);
	set_text(p, "id", gp_buf_span(&id));
	gp_buf_release(&id);
}

static int
approve(struct putting *p, const struct gp_review_desk *desk,
    const struct gp_review_draft *d, const struct gp_ruling *r,
    const char *person)
{
	set_text(p, "type", gp_span_of("reply"));
	set_id(p, d);
	set_now(p, "at", desk->now);
	set_text(p, "text", r->text);
	drop(p, "nth");
	drop(p, "returned");
	if (r->changed)
		drop(p, "findings");
	set_text(p, "approved_by", gp_span_of(person));
	set_now(p, "approved_at", desk->now);
	return set_hash(p, r->text);
}

/* Who changed the words has drafted them. */
static void
edit(struct putting *p, const struct gp_review_desk *desk,
    const struct gp_ruling *r, const char *person)
{
	drop(p, "returned");
	if (!r->changed)
		return;
	set_now(p, "at", desk->now);
	set_text(p, "text", r->text);
	set_text(p, "drafted_by", gp_span_of(person));
	drop(p, "findings");
}

static void
give_back(struct putting *p, const struct gp_review_desk *desk,
    const struct gp_ruling *r, const char *person)
{
	char t[GP_INSTANT_LEN];
	struct gp_jw w;

	if (r->changed)
		set_text(p, "text", r->text);
	gp_jw_init(&w, set(p, "returned"));
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "by", person);
	gp_jw_kstr(&w, "at", gp_instant_utc(desk->now, t));
	gp_jw_ktext(&w, "why", r->why);
	gp_jw_close(&w, '}');
}

static int
splice(struct putting *p, struct gp_review_desk *desk,
    const struct gp_review_draft *d, struct gp_buf *out)
{
	struct gp_json_obj rec;
	struct gp_why why;
	int bad;
	size_t i;

	for (i = 0; i < p->n; i++)
		if (p->value[i].n > 0)
			p->edit[i].value = gp_buf_span(&p->value[i]);
	bad = gp_json_open(desk->reader, d->line, 0, &rec, &why);
	if (bad == 0)
		gp_json_splice(out, &rec, p->edit, p->n);
	for (i = 0; i < p->n; i++) {
		bad |= p->value[i].bad != 0;
		gp_buf_release(&p->value[i]);
	}
	gp_buf_addc(out, '\n');
	return bad || out->bad ? -1 : 0;
}

int
gp_review_put(struct gp_review_desk *desk, size_t no, const struct gp_ruling *r,
    const char *person, int keep_skipped, struct gp_buf *out)
{
	const struct gp_review_draft *d = &desk->draft[no];
	struct putting p = { .n = 0 };
	int bad = 0;

	switch (r->verdict) {
	case GP_VERDICT_SKIP:
		if (!keep_skipped)
			return 0;
		break;
	case GP_VERDICT_APPROVE:
		bad = approve(&p, desk, d, r, person);
		break;
	case GP_VERDICT_EDIT:
		edit(&p, desk, r, person);
		break;
	case GP_VERDICT_RETURN:
		give_back(&p, desk, r, person);
		break;
	}
	return splice(&p, desk, d, out) == -1 || bad ? -1 : 0;
}
