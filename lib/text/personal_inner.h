/*
 * What the files of personal data share. A text is parted into words and
 * groups of digits; each is folded to one byte a letter, as windows-1251 has
 * them (small, yo as e; Latin look-alikes in a Cyrillic word are Cyrillic), so
 * that words are compared without UTF-8.
 */
#ifndef GP_TEXT_PERSONAL_INNER_H
#define GP_TEXT_PERSONAL_INNER_H

#include <stdint.h>

#include "text/personal.h"

enum pd_gap {
	PD_SPACE = 1,
	PD_DASH = 2,
	PD_DOT = 4,
	PD_COMMA = 8,
	PD_OPEN = 16,
	PD_CLOSE = 32,
	PD_SLASH = 64,
	PD_LINE = 128,
	PD_NUMERO = 256,
	PD_PLUS = 512,
	PD_COLON = 1024,
	PD_AT = 2048,
	PD_OTHER = 4096,
	PD_LOW = 8192, /* the low line */
	PD_MASK = 16384
};

enum {
	PD_CYRILLIC = 1,
	PD_LATIN = 2
};

struct pd_tok {
	uint32_t from, to; /* bytes of the text */
	uint32_t low;      /* first folded byte */
	uint32_t n;        /* letters or digits */
	uint16_t gap;      /* what stands before it: bits, */
	uint8_t gapn;      /* and how many characters, at most 255 */
	uint8_t digits;    /* 1: a group of digits */
	uint8_t script;
	uint8_t capitals; /* at most 255 */
	uint8_t capital;  /* it begins with one */
	uint8_t taken;    /* by a hit */
};

/* Lists of words, compiled: PD_W_x. */
enum pd_list {
	PD_W_TEL,
	PD_W_TELNAME,
	PD_W_ORDER,
	PD_W_SNILS,
	PD_W_INN,
	PD_W_CARD,
	PD_W_PASSPORT,
	PD_W_SERIES,
	PD_W_NUMBER,
	PD_W_POLICY,
	PD_W_ACCOUNT,
	PD_W_LS,
	PD_W_PERSONAL,
	PD_W_BIK,
	PD_W_CAR,
	PD_W_BORN,
	PD_W_MONTH,
	PD_W_YEAR,
	PD_W_FLAT,
	PD_W_FLATS,
	PD_W_NOFLAT,
	PD_W_ORDINAL,
	PD_W_HOUSE,
	PD_W_STREET,
	PD_W_AND,
	PD_W_DOG,
	PD_W_POINT,
	PD_W_TLD,
	PD_W_HOST,
	PD_W_PLACE,
	PD_W_FAMOUS,
	PD_W_NOSURNAME,
	/* Endings. */
	PD_E_PATRONYMIC,
	PD_E_ILYICH,
	PD_E_SURNAME,
	PD_E_SURNAME2,
	PD_E_SMALL,
	PD_LISTS
};

struct pd_word {
	uint8_t s[24];
	uint8_t n, prefix;
};

struct pd_words {
	struct pd_word *w;
	size_t n;
};

struct pd_allow {
	unsigned kind;
	uint8_t *key; /* folded; a name's parts with a space between */
	size_t n;
};

struct pd_first {
	uint8_t s[23];
	uint8_t n;
	uint8_t doubtful; /* a word of the language too */
};

struct gp_personal {
	struct pd_words list[PD_LISTS];
	struct pd_first *first; /* a table by hash; n 0: empty */
	size_t slots;
	struct pd_allow *allow;
	size_t allows, allow_cap;
	struct gp_span *own; /* masks */
	size_t owns;
};

/* A row of groups of digits with little between them. */
enum {
	PD_GROUPS = 24,
	PD_DIGITS = 40
};
struct pd_row {
	size_t tok[PD_GROUPS]; /* first token of each */
	size_t n;
	size_t at[PD_GROUPS + 1]; /* digits before each */
	char digit[PD_DIGITS];
};

struct gp_personal_run {
	const struct gp_personal *p;
	struct gp_span s;
	struct pd_tok *t;
	size_t n, cap;
	uint8_t *low;
	size_t low_cap;
	int marks;       /* a sign of e-mail was seen */
	int digits;      /* a digit was */
	int sought;      /* the BIK was looked for; */
	const char *bik; /* its digits, or NULL */
	struct gp_personal_hit *hit;
	size_t hits, hit_cap;
	int bad;
};

/* personal_scan.c */
int pd_scan(struct gp_personal_run *, struct gp_span);
size_t pd_fold(struct gp_span, uint8_t *to, size_t max);

/* personal_words.c */
int pd_words_new(struct gp_personal *);
void pd_words_free(struct gp_personal *);
/* 1: token i is one of the list. */
int pd_is(const struct gp_personal_run *, size_t i, enum pd_list);
/* 1: it ends as one of the list, `least` letters before that. */
int pd_ends(
    const struct gp_personal_run *, size_t i, enum pd_list, size_t least);
/* How many tokens before i one of the list stands, at most `far`; 0: none. */
size_t pd_before(
    const struct gp_personal_run *, size_t i, enum pd_list, size_t far);

/* personal_check.c; digits as characters */
int pd_luhn(const char *, size_t n);
int pd_snils_ok(const char *);
int pd_inn_ok(const char *);
int pd_account_ok(const char *account, const char *bik);

/* personal.c */
int pd_taken(const struct gp_personal_run *, size_t from, size_t to);
void pd_hit(struct gp_personal_run *, size_t from, size_t to, unsigned kind);

/* Each finds its own. The first of a row: how many groups it took. */
size_t pd_phone(struct gp_personal_run *, const struct pd_row *, size_t g);
size_t pd_number(struct gp_personal_run *, const struct pd_row *, size_t g);
void pd_email(struct gp_personal_run *);
void pd_plate(struct gp_personal_run *, size_t i);
/* Tokens of the date that begins at i; 0: none does. */
size_t pd_date(const struct gp_personal_run *, size_t i);
void pd_birth(struct gp_personal_run *, size_t i);
void pd_flat(struct gp_personal_run *, size_t i);
void pd_names(struct gp_personal_run *);

/* personal_allow.c */
int pd_allowed(const struct gp_personal_run *, const struct gp_personal_hit *);

/* personal_first.c */
int pd_first_new(struct gp_personal *);
/* NULL: no first name. */
const struct pd_first *pd_first_of(
    const struct gp_personal *, const uint8_t *, size_t n);

/* What is before group g of a row, as its first token says. */
static inline const struct pd_tok *
pd_group(const struct gp_personal_run *r, const struct pd_row *row, size_t g)
{
	return &r->t[row->tok[g]];
}
/* Behind group g. */
size_t pd_group_end(
    const struct gp_personal_run *, const struct pd_row *, size_t g);

#endif
