/*
 * Personal data in a text: where it stands and of what kind it is.
 *
 *	p = gp_personal_new();
 *	run = gp_personal_run_new(p);		one a thread
 *	n = gp_personal_find(run, text, &hit);
 *
 * Numbers are known by their shape, their check digits and the words round
 * them, names by a dictionary of first names in all cases, by the endings of
 * patronymics and surnames. No-break and thin spaces, the dashes of Unicode,
 * full-width digits, letters O for zeros and look-alike letters of the other
 * alphabet are read as what they stand for.
 *
 * Check digits: SNILS by Pension Fund order 192p of 2006 (sum of digit by
 * place, mod 101); INN of persons by tax service order MMV-7-6/435 of 2012 (two
 * sums mod 11); cards by ISO/IEC 7812-1 annex B; accounts, where a BIK is named,
 * by Bank of Russia, 515 of 1997 (weights 7, 1, 3 over the end of the BIK and
 * the account). Plates: GOST R 50577, letters that both alphabets have. Of a
 * policy no digit is checked: the word before it decides.
 */
#ifndef GP_TEXT_PERSONAL_H
#define GP_TEXT_PERSONAL_H

#include "base/buf.h"

enum gp_personal_kind {
	GP_PD_PHONE,
	GP_PD_EMAIL,
	GP_PD_SNILS,
	GP_PD_INN,
	GP_PD_CARD,
	GP_PD_PASSPORT,
	GP_PD_PLATE,
	GP_PD_POLICY,
	GP_PD_ACCOUNT,
	GP_PD_BIRTH,
	GP_PD_FLAT,
	GP_PD_NAME,
	GP_PD_KINDS
};

/* "phone", "email" ... */
const char *gp_personal_name(unsigned kind);
/* What stands for it: "[телефон]"; russian 0: "[phone]". */
const char *gp_personal_mask(unsigned kind, int russian);

struct gp_personal;     /* shared by threads once it is set up */
struct gp_personal_run; /* of one thread */

struct gp_personal_hit {
	size_t from, to; /* bytes of the text */
	unsigned kind;
};

struct gp_personal *gp_personal_new(void); /* NULL: no memory */
void gp_personal_free(struct gp_personal *);

/*
 * What is no personal data though it looks so. Phones are compared by their
 * digits (without 7 or 8 before ten; a short one with the end), e-mail
 * without case, names (surname, name, patronymic) by stems and initials, all
 * else by letters and digits. -1: no memory.
 */
int gp_personal_allow(struct gp_personal *, unsigned kind, struct gp_span);
/* A mask of the caller's own, with its brackets: nothing is found in it. */
int gp_personal_own_mask(struct gp_personal *, struct gp_span);

/* 1: the word is a first name, by the dictionary, and written as one. */
int gp_personal_is_first(const struct gp_personal *, struct gp_span);

struct gp_personal_run *gp_personal_run_new(const struct gp_personal *);
void gp_personal_run_free(struct gp_personal_run *);

/*
 * Hits in order, without overlap, borrowed until the next call. A text that
 * is not UTF-8 is searched all the same. -1: no memory.
 */
long gp_personal_find(struct gp_personal_run *, struct gp_span text,
    const struct gp_personal_hit **);

/* The length of the mask that stands there, 0: none does. */
size_t gp_personal_mask_at(
    const struct gp_personal *, const char *at, const char *end);

#endif
