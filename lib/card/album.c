#include "card/album.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/grow.h"
#include "card/alt.h"
#include "card/type.h"
#include "text/personal.h"
#include "json/write.h"

static const char *const endings[] = {
	[GP_PNG] = "png", [GP_SVG] = "svg", [GP_PDF] = "pdf"
};

int
gp_album_init(struct gp_album *a, enum gp_lang lang)
{
	memset(a, 0, sizeof(*a));
	a->lang = lang;
	gp_pool_init(&a->pool);
	gp_buf_init(&a->words, 0);
	a->personal = gp_personal_new();
	return a->personal == NULL ? -1 : 0;
}

void
gp_album_forget(struct gp_album *a)
{
	size_t i;

	for (i = 0; a->picture != NULL && i < a->n; i++)
		gp_buf_release(&a->picture[i]);
	free(a->picture);
	a->picture = NULL;
}

void
gp_album_release(struct gp_album *a)
{
	gp_album_forget(a);
	gp_personal_free(a->personal);
	gp_buf_release(&a->words);
	gp_pool_release(&a->pool);
	free(a->v);
	a->v = NULL;
	a->n = 0;
}

/*
 * A quote goes to the public. Words that a person chose may name somebody, a
 * governor is thanked by name; words that a program took may not. Neither has
 * a telephone or a document in it.
 */
static int
check_words(struct gp_album *a, struct gp_span words, const char *what,
    enum gp_card_from from, struct gp_why *why)
{
	struct gp_personal_run *run = gp_personal_run_new(a->personal);
	const struct gp_personal_hit *hit = NULL;
	long i, n;

	n = run != NULL ? gp_personal_find(run, words, &hit) : -1;
	if (n == -1)
		gp_because(why, "no memory");
	for (i = 0; i < n; i++)
		if (from == GP_FROM_CITIZEN || hit[i].kind != GP_PD_NAME) {
			gp_because(why,
			    "%s has personal data (%s); mask it first, "
			    "see gp-redact(1)",
			    what, gp_personal_name(hit[i].kind));
			n = -1;
		}
	gp_personal_run_free(run);
	return n == -1 ? -1 : 0;
}

static int
check_from(struct gp_album *a, const struct gp_card *c, enum gp_card_from from,
    struct gp_why *why)
{
	size_t i;

	if (c->kind == GP_CARD_QUOTE)
		return check_words(a, c->text, "the quote", from, why);
	for (i = 0; i < c->n && from == GP_FROM_CITIZEN; i++)
		if (check_words(a, c->item[i].label, "an answer", from, why) ==
		    -1)
			return -1;
	return 0;
}

int
gp_album_add(struct gp_album *a, const struct gp_card *card,
    enum gp_card_from from, struct gp_why *why)
{
	struct gp_card c = *card, *to;

	if (gp_card_check(&c, why) == -1)
		return -1;
	if (check_from(a, &c, from, why) == -1)
		return -1;
	if (gp_card_set(&c, &a->pool, a->lang, why) == -1 ||
	    gp_card_check(&c, why) == -1) /* white space alone is gone now */
		return -1;
	if (a->n == GP_ALBUM_MOST)
		return gp_because(why, "more than %d cards", GP_ALBUM_MOST);
	to = gp_room(&a->v, a->n, &a->cap, sizeof(*to));
	if (to == NULL)
		return gp_because(why, "no memory");
	*to = c;
	a->n++;
	return 0;
}

int
gp_album_to_end(struct gp_album *a, size_t n)
{
	struct gp_card *first;

	if (n == 0 || n == a->n)
		return 0;
	first = malloc(n * sizeof(*first));
	if (first == NULL)
		return -1;
	memcpy(first, a->v, n * sizeof(*first));
	memmove(a->v, a->v + n, (a->n - n) * sizeof(*first));
	memcpy(a->v + a->n - n, first, n * sizeof(*first));
	free(first);
	return 0;
}

void
gp_album_say(struct gp_album *a, struct gp_span s, enum gp_lang lang)
{
	struct gp_why why;

	if (s.n == 0)
		return;
	if (a->words.n > 0)
		gp_buf_addc(&a->words, '\n');
	gp_type_set(&a->words, s, lang, &why);
}

void
gp_album_name(const struct gp_album *a, size_t no, enum gp_picture format,
    struct gp_buf *b)
{
	gp_buf_addf(b, "%02zu-%s.%s", no + 1, gp_card_kind_name(a->v[no].kind),
	    endings[format]);
}

int
gp_album_write(const struct gp_album *a, enum gp_picture format,
    const char *dir, struct gp_why *why)
{
	mode_t mask = umask(077);
	struct gp_buf path;
	size_t i;
	int r = 0;

	umask(mask);
	if (mkdir(dir, 0777) == -1 && errno != EEXIST)
		return gp_because(
		    why, "cannot make '%s': %s", dir, strerror(errno));
	gp_buf_init(&path, 0);
	for (i = 0; i < a->n && r == 0; i++) {
		gp_buf_reset(&path);
		gp_buf_addf(&path, "%s/", dir);
		gp_album_name(a, i, format, &path);
		r = path.bad
		    ? gp_because(why, "no memory")
		    : gp_file_replace(path.p, gp_buf_span(&a->picture[i]),
			  0666 & ~mask, why);
	}
	gp_buf_release(&path);
	return r;
}

static void
attachment(struct gp_jw *w, const struct gp_album *a, size_t no,
    const struct gp_album_how *how, const char *dir)
{
	struct gp_buf b;

	gp_buf_init(&b, 0);
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "kind", how->format == GP_PNG ? "photo" : "file");
	gp_buf_addf(&b, "%s/", dir);
	gp_album_name(a, no, how->format, &b);
	gp_jw_ktext(w, "path", gp_buf_span(&b));
	gp_buf_reset(&b);
	gp_alt_put(&b, &a->v[no], a->lang);
	gp_jw_ktext(w, "alt", gp_buf_span(&b));
	gp_jw_kint(w, "width", how->w);
	gp_jw_kint(w, "height", how->h);
	gp_jw_close(w, '}');
	gp_buf_release(&b);
}

/* Where one post is not enough each says which part it is. */
static void
words(struct gp_jw *w, const struct gp_album *a, size_t part, size_t parts)
{
	struct gp_buf b;

	gp_buf_init(&b, 0);
	gp_buf_add(&b, a->words.p, a->words.n);
	if (parts > 1)
		gp_buf_addf(
		    &b, "%s%zu/%zu", b.n > 0 ? "\n" : "", part + 1, parts);
	if (b.n > 0)
		gp_jw_ktext(w, "text", gp_buf_span(&b));
	gp_buf_release(&b);
}

void
gp_album_posts(const struct gp_album *a, const struct gp_album_how *how,
    const char *dir, struct gp_buf *out)
{
	size_t parts = (a->n + GP_POST_MOST - 1) / GP_POST_MOST, p, i;
	struct gp_jw w;

	for (p = 0; p < parts; p++) {
		gp_jw_init(&w, out);
		gp_jw_open(&w, '{');
		gp_jw_kstr(&w, "type", "post");
		words(&w, a, p, parts);
		gp_jw_key(&w, "attachments");
		gp_jw_open(&w, '[');
		for (i = p * GP_POST_MOST;
		     i < a->n && i < (p + 1) * GP_POST_MOST; i++)
			attachment(&w, a, i, how, dir);
		gp_jw_close(&w, ']');
		gp_jw_close(&w, '}');
		gp_buf_addc(out, '\n');
	}
}
