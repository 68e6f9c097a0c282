#include "sim/botjson.h"

#include <stdio.h>
#include <string.h>

/* Ids of what the scenario does not number are made from places and ids. */
#define POLL_BASE  5400000000000000000LL
#define ALBUM_BASE 13900000000000000LL
#define PHOTO_SIDE 1280

void
gp_sim_json_file_ids(struct gp_jw *w, const char *kind,
    const struct gp_sim_message *m, const char *size)
{
	static const char places[] = "cgp";
	char id[96];

	snprintf(id, sizeof(id), "AgACsim-%s-%c%lld-%s", kind, places[m->place],
	    (long long)m->id, size);
	gp_jw_kstr(w, "file_id", id);
	gp_jw_kstr(w, "file_unique_id", id + 3);
}

static void
photo(struct gp_jw *w, const struct gp_sim_message *m)
{
	static const struct {
		const char *name;
		int side, bytes;
	} size[] = { { "s", 90, 1523 }, { "m", 320, 18211 },
		{ "y", PHOTO_SIDE, 173440 } };
	size_t i;

	gp_jw_key(w, "photo");
	gp_jw_open(w, '[');
	for (i = 0; i < 3; i++) {
		gp_jw_open(w, '{');
		gp_sim_json_file_ids(w, "photo", m, size[i].name);
		gp_jw_kint(w, "file_size", size[i].bytes);
		gp_jw_kint(w, "width", size[i].side);
		gp_jw_kint(w, "height", size[i].side * 3 / 4);
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, ']');
}

static void
video(struct gp_jw *w, const struct gp_sim_message *m)
{
	gp_jw_key(w, "video");
	gp_jw_open(w, '{');
	gp_sim_json_file_ids(w, "video", m, "v");
	gp_jw_kint(w, "duration", m->post->video);
	gp_jw_kint(w, "width", 1280);
	gp_jw_kint(w, "height", 720);
	gp_jw_kstr(w, "mime_type", "video/mp4");
	gp_jw_kint(w, "file_size", m->post->video * 180000);
	gp_jw_close(w, '}');
}

static void
document(struct gp_jw *w, const struct gp_sim_message *m)
{
	gp_jw_key(w, "document");
	gp_jw_open(w, '{');
	gp_sim_json_file_ids(w, "document", m, "d");
	gp_jw_kstr(w, "file_name", m->post->document->title);
	gp_jw_kint(w, "file_size", m->post->document->size);
	gp_jw_close(w, '}');
}

static void
location(struct gp_jw *w, const struct gp_sim_location *l)
{
	gp_jw_key(w, l->title != NULL ? "venue" : "location");
	gp_jw_open(w, '{');
	if (l->title != NULL) {
		gp_jw_key(w, "location");
		gp_jw_open(w, '{');
	}
	gp_jw_key(w, "latitude");
	gp_jw_real(w, l->lat, 6);
	gp_jw_key(w, "longitude");
	gp_jw_real(w, l->lon, 6);
	if (l->title != NULL) {
		gp_jw_close(w, '}');
		gp_jw_kstr(w, "title", l->title);
		gp_jw_kstr(w, "address", "");
	}
	gp_jw_close(w, '}');
}

void
gp_sim_json_poll(struct gp_jw *w, const struct gp_sim_message *m)
{
	const struct gp_sim_poll *p = m->post->poll;
	const struct gp_sim_option *o = p->options.v;
	int64_t id = m->source != 0 ? m->source : m->id, votes = 0;
	int quiz = strcmp(p->type, "quiz") == 0;
	char text[32];
	size_t i;

	snprintf(text, sizeof(text), "%lld", POLL_BASE + (long long)id);
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "id", text);
	gp_jw_kstr(w, "question", p->question);
	gp_jw_key(w, "options");
	gp_jw_open(w, '[');
	for (i = 0; i < p->options.n; i++) {
		snprintf(text, sizeof(text), "%zu", i);
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "persistent_id", text);
		gp_jw_kstr(w, "text", o[i].text);
		gp_jw_kint(w, "voter_count", o[i].votes);
		gp_jw_close(w, '}');
		votes += o[i].votes;
	}
	gp_jw_close(w, ']');
	gp_jw_kint(w, "total_voter_count", p->voters);
	gp_jw_kbool(w, "is_closed", m->closed);
	gp_jw_kbool(w, "is_anonymous", 1);
	gp_jw_kstr(w, "type", p->type);
	gp_jw_kbool(w, "allows_multiple_answers",
	    p->multiple || (!quiz && votes > p->voters));
	gp_jw_kbool(w, "allows_revoting", !quiz);
	/* The right answer is known to the author, or when all is over. */
	if (quiz && (m->closed || m->own != NULL)) {
		gp_jw_key(w, "correct_option_ids");
		gp_jw_open(w, '[');
		for (i = 0; i < p->options.n; i++)
			if (o[i].correct)
				gp_jw_int(w, (int64_t)i);
		gp_jw_close(w, ']');
		gp_jw_kstr(w, "explanation", p->explanation);
	}
	gp_sim_text_json(w, "description", "description_entities", &m->text);
	gp_jw_close(w, '}');
}

void
gp_sim_json_content(struct gp_jw *w, const struct gp_sim_message *m)
{
	const struct gp_sim_post *p = m->post;
	int media =
	    m->photo || (p != NULL && (p->video > 0 || p->document != NULL));
	char id[32];

	if (m->album != 0) {
		snprintf(id, sizeof(id), "%lld",
		    ALBUM_BASE + m->place * 100000000LL + (long long)m->album);
		gp_jw_kstr(w, "media_group_id", id);
	}
	if (m->photo)
		photo(w, m);
	if (p != NULL && p->video > 0)
		video(w, m);
	if (p != NULL && p->document != NULL)
		document(w, m);
	if (p != NULL && p->location != NULL)
		location(w, p->location);
	if (p != NULL && p->poll != NULL) {
		gp_jw_key(w, "poll");
		gp_sim_json_poll(w, m);
	} else {
		gp_sim_text_json(w, media ? "caption" : "text",
		    media ? "caption_entities" : "entities", &m->text);
	}
	if (p != NULL && p->link != NULL) {
		gp_jw_key(w, "link_preview_options");
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "url", p->link->url);
		gp_jw_close(w, '}');
	}
}
