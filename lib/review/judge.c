#include "review/judge.h"

#include <string.h>

#include "base/utf8.h"
#include "net/act.h"
#include "suggest/hole.h"

struct judging {
	const struct gp_review_desk *desk;
	const struct gp_review_rules *rules;
	const struct gp_review_block *block; /* at hand, or NULL */
	struct gp_ruling *ruling;
	struct gp_review_wrongs *wrong;
};

/* The line of the sheet in which a byte of the text stands. */
static size_t
line_of(const struct judging *j, struct gp_span text, size_t at)
{
	size_t i, n = j->block->text_line;

	for (i = 0; i < at && i < text.n; i++)
		n += text.p[i] == '\n';
	return n;
}

/* -- what an approved text may not have ------------------------------------ */

static void
judge_holes(struct judging *j, struct gp_span s)
{
	size_t at[2], from = 0, line;
	const char *p;

	for (; gp_hole_next(s, from, at); from = at[1]) {
		line = line_of(j, s, at[0]);
		gp_review_wrong_add(j->wrong, line, j->block->no,
		    "a hole is not filled: %.*s",
		    at[1] - at[0] < 100 ? (int)(at[1] - at[0]) : 2,
		    s.p + at[0]);
	}
	p = memmem(s.p + from, s.n - from, "}}", 2);
	if (p == NULL)
		return;
	line = line_of(j, s, (size_t)(p - s.p));
	gp_review_wrong_add(
	    j->wrong, line, j->block->no, "what is left of a hole: }}");
}

static void
judge_length(
    struct judging *j, const struct gp_review_draft *d, struct gp_span s)
{
	enum gp_act_kind kind =
	    gp_span_is(d->to_type, "message") ? GP_ACT_MESSAGE : GP_ACT_COMMENT;
	const struct gp_net *net;
	char name[32];
	size_t n, max;

	if (d->network.n == 0 || d->network.n >= sizeof(name))
		return;
	memcpy(name, d->network.p, d->network.n);
	name[d->network.n] = '\0';
	net = gp_net_of(name);
	if (net == NULL)
		return;
	n = gp_act_length(net, s);
	max = gp_act_max(net, kind);
	if (max != 0 && n > max)
		gp_review_wrong_add(j->wrong, j->block->text_line, j->block->no,
		    "too long: %zu %s, %s takes %zu", n, net->length_unit,
		    net->name, max);
}

/* Letters and digits of a piece, so that spaces and marks do not matter. */
static void
bare(struct gp_buf *b, struct gp_span s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (strchr(" -()+.,\n\t", s.p[i]) == NULL)
			gp_buf_addc(b, s.p[i]);
}

static int
is_repeated(struct gp_span piece, struct gp_span appeal)
{
	struct gp_buf a, b;
	int is;

	gp_buf_init(&a, 0);
	gp_buf_init(&b, 0);
	bare(&a, piece);
	bare(&b, appeal);
	is = a.n > 0 && b.n > 0 && memmem(b.p, b.n, a.p, a.n) != NULL;
	gp_buf_release(&a);
	gp_buf_release(&b);
	return is;
}

/*
 * Telephones, mail and names of an office belong into an answer; those of the
 * citizen do not, where all can read it.
 */
static void
judge_personal(
    struct judging *j, const struct gp_review_draft *d, struct gp_span s)
{
	const struct gp_personal_hit *hit;
	struct gp_span piece;
	long i, n;
	size_t line;

	if (gp_span_is(d->to_type, "message"))
		return;
	n = gp_personal_find(j->rules->personal, s, &hit);
	if (n == -1)
		j->wrong->bad = 1;
	for (i = 0; i < n; i++) {
		piece = (struct gp_span){ s.p + hit[i].from,
			hit[i].to - hit[i].from };
		if ((hit[i].kind == GP_PD_PHONE || hit[i].kind == GP_PD_EMAIL ||
			hit[i].kind == GP_PD_NAME) &&
		    !is_repeated(piece, d->appeal))
			continue;
		line = line_of(j, s, hit[i].from);
		gp_review_wrong_add(j->wrong, line, j->block->no,
		    "personal data in a public answer: %s",
		    gp_personal_name(hit[i].kind));
	}
}

/* What was found in a text, by whatever standard, stands until the text is
 * another. */
static void
judge_findings(struct judging *j, const struct gp_review_draft *d)
{
	size_t i, line = j->block->text_line;

	for (i = 0; i < d->findings; i++)
		if (d->finding[i].n > 6 &&
		    memcmp(d->finding[i].p, "error:", 6) == 0)
			gp_review_wrong_add(j->wrong, line, j->block->no,
			    "%.*s",
			    d->finding[i].n < 300 ? (int)d->finding[i].n : 300,
			    d->finding[i].p);
}

/* Holes and personal data are judged here, more strictly. */
static int
is_said(const struct gp_check_finding *f, struct gp_span s)
{
	return f->rule->personal != 0 ||
	    (f->to > f->from + 1 && memcmp(s.p + f->from, "{{", 2) == 0);
}

/* The text as it is now, held against the standard: what was found before it
 * was edited counts no more. */
static void
judge_standard(
    struct judging *j, const struct gp_review_draft *d, struct gp_span s)
{
	struct gp_check_item item = { .kind = GP_CHECK_REPLY,
		.text = s,
		.network = d->network,
		.appeal = d->kind,
		.is_private = gp_span_is(d->to_type, "message"),
		.is_interim = d->interim,
		.is_final = !d->interim };
	const struct gp_check_finding *f;
	long i, n = 0;

	if (j->rules->checker != NULL)
		n = gp_check_text(j->rules->checker, &item, &f);
	if (n == -1)
		j->wrong->bad = 1;
	for (i = 0; i < n; i++)
		if (f[i].level == GP_CHECK_ERROR &&
		    !is_said(&f[i], s)) /* in other words, above */
			gp_review_wrong_add(j->wrong, line_of(j, s, f[i].from),
			    j->block->no, "%s: %s", f[i].rule->id,
			    f[i].rule->why != NULL ? f[i].rule->why
						   : f[i].rule->title);
}

static void
judge_persons(struct judging *j, const struct gp_review_draft *d, int changed)
{
	size_t line = j->block->word_line;

	if (!j->rules->two)
		return;
	if (gp_span_is(d->drafted_by, j->rules->person))
		gp_review_wrong_add(j->wrong, line, j->block->no,
		    "drafted by '%s': another person approves",
		    j->rules->person);
	else if (changed)
		gp_review_wrong_add(j->wrong, line, j->block->no,
		    "you have changed the text: say edit, and "
		    "another person approves");
}

/* Two answers to one appeal. */
static void
judge_once(struct judging *j, size_t no)
{
	const struct gp_review_draft *d = j->desk->draft;
	size_t i, line = j->block->word_line;

	for (i = 0; i < j->desk->drafts; i++)
		if (i != no && j->ruling[i].verdict == GP_VERDICT_APPROVE &&
		    gp_span_eq(d[i].to, d[no].to))
			gp_review_wrong_add(j->wrong, line, j->block->no,
			    "draft %zu answers the same appeal and "
			    "is approved",
			    i + 1);
}

static void
judge_approved(struct judging *j, size_t no, const struct gp_ruling *r)
{
	const struct gp_review_draft *d = &j->desk->draft[no];
	size_t line = j->block->text_line;

	if (r->text.n == 0) {
		gp_review_wrong_add(
		    j->wrong, line, j->block->no, "the answer is empty");
		return;
	}
	judge_holes(j, r->text);
	judge_length(j, d, r->text);
	judge_personal(j, d, r->text);
	if (!r->changed && d->errors > 0)
		judge_findings(j, d);
	else
		judge_standard(j, d, r->text);
	judge_persons(j, d, r->changed);
	judge_once(j, no);
}

/* -- blocks and drafts ----------------------------------------------------- */

static int
verdict(struct judging *j, enum gp_verdict *to)
{
	static const char *const words[] = { "skip", "approve", "edit",
		"return" };
	const struct gp_review_block *b = j->block;
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (gp_span_is(b->word, words[i])) {
			*to = (enum gp_verdict)i;
			return 0;
		}
	gp_review_wrong_add(j->wrong, b->word_line, b->no,
	    "'%.*s' is no decision: approve, edit, skip or return "
	    "\"why\"",
	    b->word.n < 60 ? (int)b->word.n : 60, b->word.p);
	return -1;
}

/* 1: the block is that of the draft with its number. */
static int
is_of(const struct judging *j, const struct gp_review_draft *d)
{
	struct gp_buf b;
	int is;

	gp_buf_init(&b, 0);
	gp_utf8_plain(&b, d->id);
	is = gp_span_eq(gp_buf_span(&b), j->block->id);
	gp_buf_release(&b);
	return is;
}

static void
rule(struct judging *j, size_t no, struct gp_ruling *r)
{
	const struct gp_review_block *b = j->block;

	r->text = b->text;
	r->why = b->why;
	r->changed = !gp_span_eq(b->text, j->desk->draft[no].shown);
	if (verdict(j, &r->verdict) == -1)
		return;
	if (r->verdict == GP_VERDICT_APPROVE)
		judge_approved(j, no, r);
	else if (r->verdict == GP_VERDICT_EDIT && r->text.n == 0)
		gp_review_wrong_add(
		    j->wrong, b->text_line, b->no, "the draft is empty");
	else if (r->verdict == GP_VERDICT_SKIP && r->changed)
		gp_review_wrong_add(j->wrong, b->word_line, b->no,
		    "skipped, but the text was changed: say edit to "
		    "keep the change");
	else if (r->verdict == GP_VERDICT_RETURN && r->why.n == 0)
		gp_review_wrong_add(j->wrong, b->word_line, b->no,
		    "return needs a reason: return \"why\"");
}

static void
take_block(struct judging *j)
{
	const struct gp_review_block *b = j->block;

	if (b->no > j->desk->drafts || !is_of(j, &j->desk->draft[b->no - 1])) {
		gp_review_wrong_add(j->wrong, b->line, 0,
		    "there is no such draft: %zu %.*s", b->no,
		    b->id.n < 100 ? (int)b->id.n : 100, b->id.p);
		return;
	}
	if (b->word_line != 0 && b->text_line != 0)
		rule(j, b->no - 1, &j->ruling[b->no - 1]);
}

void
gp_review_judge(const struct gp_review_desk *desk,
    const struct gp_review_sheet *sheet, const struct gp_review_rules *rules,
    struct gp_ruling *ruling, struct gp_review_wrongs *wrong)
{
	struct judging j = { desk, rules, NULL, ruling, wrong };
	size_t i, k;

	memset(ruling, 0, desk->drafts * sizeof(*ruling));
	for (i = 0; i < sheet->n; i++) {
		j.block = &sheet->v[i];
		for (k = 0; k < i && sheet->v[k].no != j.block->no; k++)
			;
		if (k < i)
			gp_review_wrong_add(wrong, j.block->line, 0,
			    "draft %zu stands twice", j.block->no);
		else
			take_block(&j);
	}
}
