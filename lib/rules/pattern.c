#include "rules/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "text/fold.h"

/* What one match may cost: steps, and KiB of memory. */
enum {
	STEPS = 100000,
	DEPTH = 1000,
	HEAP = 4096
};

struct gp_pattern_run {
	pcre2_match_data *data;
	pcre2_match_context *limits;
};

/*
 * The text is folded, so a pattern whose Cyrillic letters are folded needs no
 * caseless matching, which costs five times the time. That of other letters
 * is left to PCRE2: capitals of ASCII may be syntax unless a backslash is
 * before them.
 */
static int
needs_caseless(const char *re)
{
	for (; *re != '\0'; re++)
		if (*re == '\\' && re[1] != '\0' &&
		    strchr("pPNx", re[1]) == NULL)
			re++;
		else if ((*re >= 'A' && *re <= 'Z') || *re == '\\' ||
		    ((unsigned char)*re >= 0xc2 && (unsigned char)*re < 0xd0) ||
		    (unsigned char)*re > 0xd1)
			return 1;
	return 0;
}

/* Folds the Cyrillic letters of a pattern; ASCII ones may be syntax. */
static void
fold_pattern(struct gp_buf *to, const char *re)
{
	struct gp_span s = { re, 0 };
	const char *p;

	for (p = re; *p != '\0'; p += s.n) {
		s.p = p;
		s.n = (*p == '\320' || *p == '\321') && p[1] != '\0' ? 2 : 1;
		if (s.n == 2)
			gp_fold_plain(to, s);
		else
			gp_buf_addc(to, (unsigned char)*p);
	}
}

/* struct gp_pattern is only a name for PCRE2's own. */
static struct gp_pattern *
compile(struct gp_span s, uint32_t how, const char *re, struct gp_why *why)
{
	unsigned char said[200];
	pcre2_code *code = NULL;
	PCRE2_SIZE at = 0;
	int err = 0;

	how |= PCRE2_UTF | PCRE2_UCP | PCRE2_DOTALL | PCRE2_NEVER_BACKSLASH_C;
	if (s.p != NULL)
		code =
		    pcre2_compile((PCRE2_SPTR)s.p, s.n, how, &err, &at, NULL);
	if (code == NULL) {
		pcre2_get_error_message(err, said, sizeof(said));
		gp_because(why, "%s at offset %zu of '%s'",
		    err != 0 ? (const char *)said : "no memory", (size_t)at,
		    re);
		return NULL;
	}
	/* Without JIT it is only slower. */
	pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return (struct gp_pattern *)code;
}

struct gp_pattern *
gp_pattern_new(const char *re, struct gp_why *why)
{
	struct gp_pattern *p;
	struct gp_span s = { NULL, 0 };
	struct gp_buf b;

	gp_buf_init(&b, 0);
	fold_pattern(&b, re);
	if (!b.bad)
		s = (struct gp_span){ gp_buf_str(&b), b.n };
	p = compile(s, needs_caseless(re) ? PCRE2_CASELESS : 0, re, why);
	gp_buf_release(&b);
	return p;
}

struct gp_pattern *
gp_pattern_new_raw(const char *re, struct gp_why *why)
{
	return compile(gp_span_of(re), PCRE2_CASELESS, re, why);
}

void
gp_pattern_free(struct gp_pattern *p)
{
	pcre2_code_free((pcre2_code *)p);
}

struct gp_pattern_run *
gp_pattern_run_new(void)
{
	struct gp_pattern_run *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return NULL;
	r->data = pcre2_match_data_create(2, NULL);
	r->limits = pcre2_match_context_create(NULL);
	if (r->data == NULL || r->limits == NULL) {
		gp_pattern_run_free(r);
		return NULL;
	}
	pcre2_set_match_limit(r->limits, STEPS);
	pcre2_set_depth_limit(r->limits, DEPTH);
	pcre2_set_heap_limit(r->limits, HEAP);
	return r;
}

void
gp_pattern_run_free(struct gp_pattern_run *r)
{
	if (r == NULL)
		return;
	pcre2_match_data_free(r->data);
	pcre2_match_context_free(r->limits);
	free(r);
}

int
gp_pattern_matches(
    const struct gp_pattern *p, struct gp_pattern_run *r, struct gp_span text)
{
	/* 0 is a match whose groups found no room: none is asked for. */
	return pcre2_match((const pcre2_code *)p, (PCRE2_SPTR)text.p, text.n, 0,
		   PCRE2_NO_UTF_CHECK, r->data, r->limits) >= 0;
}

int
gp_pattern_find(const struct gp_pattern *p, struct gp_pattern_run *r,
    struct gp_span text, size_t from, size_t at[3])
{
	int n = pcre2_match((const pcre2_code *)p, (PCRE2_SPTR)text.p, text.n,
	    from, PCRE2_NO_UTF_CHECK, r->data, r->limits);
	const PCRE2_SIZE *v = pcre2_get_ovector_pointer(r->data);
	int group;

	if (n == PCRE2_ERROR_NOMATCH)
		return 0;
	if (n < 0)
		return -1;
	group = n != 1 && v[2] != PCRE2_UNSET;
	at[0] = v[group ? 2 : 0];
	at[1] = v[group ? 3 : 1];
	at[2] = v[1];
	return 1;
}
