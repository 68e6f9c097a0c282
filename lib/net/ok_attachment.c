/*
 * The attachment of a topic on OK: blocks of text, photos, videos, a link, a
 * poll. apiok.ru, mediatopic.post.
 */
#include "net/ok_attachment.h"

#include <stdio.h>

static void
block(struct gp_jw *w, const char *type)
{
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "type", type);
}

static void
poll(struct gp_jw *w, const struct gp_publish_poll *q)
{
	char options[64];
	size_t i;

	block(w, "poll");
	gp_jw_kstr(w, "question", q->question);
	gp_jw_key(w, "answers");
	gp_jw_open(w, '[');
	for (i = 0; i < q->n; i++) {
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "text", q->option[i]);
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, ']');
	snprintf(options, sizeof(options), "%s%s%s",
	    q->multiple ? "" : "SingleChoice",
	    q->multiple || q->open_names ? "" : ",",
	    q->open_names ? "" : "AnonymousVoting");
	if (*options != '\0')
		gp_jw_kstr(w, "options", options);
	gp_jw_close(w, '}');
}

/* The block of those that are videos, or are not; none where there are none. */
static void
files(struct gp_jw *w, const struct gp_publish *what, const char *const *id,
    int video)
{
	size_t i, n = 0;

	for (i = 0; i < what->files; i++) {
		if (!what->file[i].video != !video)
			continue;
		if (n++ == 0) {
			block(w, video ? "movie" : "photo");
			gp_jw_key(w, "list");
			gp_jw_open(w, '[');
		}
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "id", id[i]);
		gp_jw_close(w, '}');
	}
	if (n == 0)
		return;
	gp_jw_close(w, ']');
	gp_jw_close(w, '}');
}

static void
media(struct gp_jw *w, const struct gp_publish *what, const char *const *id)
{
	struct gp_buf b;

	gp_jw_key(w, "media");
	gp_jw_open(w, '[');
	if (what->said.text.n > 0) {
		gp_buf_init(&b, 0);
		gp_said_plain(&b, &what->said);
		block(w, "text");
		gp_jw_ktext(w, "text", gp_buf_span(&b));
		gp_jw_close(w, '}');
		gp_buf_release(&b);
	}
	files(w, what, id, 0);
	files(w, what, id, 1);
	if (what->link != NULL && what->files == 0) {
		block(w, "link");
		gp_jw_kstr(w, "url", what->link);
		gp_jw_close(w, '}');
	}
	if (what->poll != NULL)
		poll(w, what->poll);
	gp_jw_close(w, ']');
}

/* Its booleans are words; the time is that of the network's to publish it. */
void
gp_ok_attachment(struct gp_buf *b, const struct gp_publish *what,
    const char *const *id, int scheduled)
{
	struct gp_jw w;

	gp_jw_init(&w, b);
	gp_jw_open(&w, '{');
	media(&w, what, id);
	if (what->when != 0 && scheduled)
		gp_jw_kint(&w, "publishAtMs", what->when * 1000);
	gp_jw_kstr(&w, "onBehalfOfGroup", "true");
	gp_jw_close(&w, '}');
}
