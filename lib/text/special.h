/* What stands in a text like a word and is none: links and telephones. */
#ifndef GP_TEXT_SPECIAL_H
#define GP_TEXT_SPECIAL_H

/*
 * Behind the telephone number that begins at p, or NULL: 11 digits from 7 or
 * 8, 10 from 9, or 10 to 15 after a plus; between them at most two of space,
 * no-break space, hyphen and brackets.
 */
const char *gp_special_phone(const char *p, const char *end);

/*
 * Behind the link that begins with the word from p to `word`, or NULL: a
 * scheme and "://", "www.", or labels with a dot and a well-known ending.
 */
const char *gp_special_url(const char *p, const char *word, const char *end);

#endif
