/*
 * Writing JSON: values one after another, and records with members changed.
 */
#ifndef GP_JSON_WRITE_H
#define GP_JSON_WRITE_H

#include <stdint.h>
#include <string.h>

#include "json/json.h"

/*
 * The writer sets the commas; the caller opens and closes in order. Keys are
 * plain ASCII names. Text that is not UTF-8 is mended with U+FFFD, control
 * characters are escaped, all else stands as it is.
 */
struct gp_jw {
	struct gp_buf *b;
	int comma; /* one is due before the next value */
	int sound; /* set by the caller: texts are known to be UTF-8, as those
		      of JSON that was read are; it is not judged again */
};

void gp_jw_init(struct gp_jw *, struct gp_buf *);
void gp_jw_open(struct gp_jw *, int bracket);  /* '{' or '[' */
void gp_jw_close(struct gp_jw *, int bracket); /* '}' or ']' */
void gp_jw_text(struct gp_jw *, struct gp_span);
void gp_jw_str(struct gp_jw *, const char *);
void gp_jw_int(struct gp_jw *, int64_t);
/* At most `places` decimals, zeros at the end cut; NaN and infinity: null. */
void gp_jw_real(struct gp_jw *, double, int places);
void gp_jw_bool(struct gp_jw *, int);
void gp_jw_raw(struct gp_jw *, struct gp_span); /* JSON already */

/* A string with its quotes; the other one's text is known to be UTF-8. */
void gp_json_quote(struct gp_buf *, struct gp_span);
void gp_json_quote_sound(struct gp_buf *, struct gp_span);

/* Keys are half of what is appended, and nearly all of them are constants:
 * within the header they cost a few stores. */
static inline __attribute__((always_inline)) void
gp_jw_key(struct gp_jw *w, const char *key)
{
	const size_t n = strlen(key);
	char *to = gp_buf_room(w->b, n + 4);

	if (to != NULL) {
		if (w->comma)
			*to++ = ',';
		*to++ = '"';
		memcpy(to, key, n);
		memcpy(to + n, "\":", 2);
		gp_buf_used(w->b, n + 3 + (w->comma != 0));
	}
	w->comma = 0;
}

/* Key and value at once; the text one leaves the member out when p is NULL. */
static inline __attribute__((always_inline)) void
gp_jw_kstr(struct gp_jw *w, const char *key, const char *s)
{
	if (s == NULL)
		return;
	gp_jw_key(w, key);
	gp_jw_str(w, s);
}

static inline __attribute__((always_inline)) void
gp_jw_ktext(struct gp_jw *w, const char *key, struct gp_span s)
{
	if (s.p == NULL)
		return;
	gp_jw_key(w, key);
	gp_jw_text(w, s);
}

static inline __attribute__((always_inline)) void
gp_jw_kint(struct gp_jw *w, const char *key, int64_t v)
{
	gp_jw_key(w, key);
	gp_jw_int(w, v);
}

static inline __attribute__((always_inline)) void
gp_jw_kbool(struct gp_jw *w, const char *key, int v)
{
	gp_jw_key(w, key);
	gp_jw_bool(w, v);
}

/* A change to a record: value is JSON; p NULL takes the member out. */
struct gp_json_edit {
	const char *key; /* plain ASCII */
	struct gp_span value;
};

/*
 * Appends the object with the edits made. A member set anew stands where its
 * first namesake stood, other namesakes go; a new one goes to the end. All
 * other bytes, white space between members included, are copied as read.
 */
void gp_json_splice(struct gp_buf *, const struct gp_json_obj *,
    const struct gp_json_edit *, size_t n);

#endif
