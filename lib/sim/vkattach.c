/* Attachments of VK: photos, films, files, links, polls. */
#include <stdio.h>
#include <string.h>

#include "sim/vk.h"

#define WALL_ALBUM (-7) /* photos of a wall have no album of their own */

static void
begin(struct gp_jw *w, const char *type)
{
	gp_jw_open(w, '{');
	gp_jw_kstr(w, "type", type);
	gp_jw_key(w, type);
	gp_jw_open(w, '{');
}

static void
end(struct gp_jw *w)
{
	gp_jw_close(w, '}');
	gp_jw_close(w, '}');
}

static void
picture(struct gp_jw *w, const char *letter, int64_t id, int width, int height)
{
	char url[96];

	gp_jw_open(w, '{');
	gp_jw_kint(w, "height", height);
	if (letter != NULL)
		gp_jw_kstr(w, "type", letter);
	gp_jw_kint(w, "width", width);
	snprintf(url, sizeof(url), "https://img.example.org/vk/%lld_%dx%d.jpg",
	    (long long)id, width, height);
	gp_jw_kstr(w, "url", url);
	gp_jw_close(w, '}');
}

/* The sizes come in no order: who wants the greatest must compare. */
void
gp_sim_vk_json_photo(struct gp_jw *w, const struct gp_sim_vk_photo *p)
{
	static const struct {
		const char *letter;
		int width, height;
	} sizes[] = { { "s", 75, 56 }, { "m", 130, 97 }, { "x", 604, 453 },
		{ "w", 1600, 1200 }, { "o", 130, 98 }, { "p", 200, 150 },
		{ "q", 320, 240 }, { "r", 510, 383 }, { "y", 807, 605 },
		{ "z", 1280, 960 } };
	size_t k;

	gp_jw_kint(w, "album_id", WALL_ALBUM);
	gp_jw_kint(w, "date", p->at);
	gp_jw_kint(w, "id", p->id);
	gp_jw_kint(w, "owner_id", p->owner);
	gp_jw_kstr(w, "access_key", "8c0b1f2e3d4a5b6c7d");
	gp_jw_key(w, "sizes");
	gp_jw_open(w, '[');
	for (k = 0; k < sizeof(sizes) / sizeof(sizes[0]); k++)
		picture(
		    w, sizes[k].letter, p->id, sizes[k].width, sizes[k].height);
	gp_jw_close(w, ']');
	gp_jw_kstr(w, "text", p->text != NULL ? p->text : "");
	if (p->page)
		gp_jw_kint(w, "user_id", 100);
	gp_jw_kbool(w, "has_tags", 0);
	gp_jw_key(w, "orig_photo");
	picture(w, "base", p->id, 1600, 1200);
}

static void
photo(struct gp_jw *w, const struct gp_sim_vk_page *p,
    const struct gp_sim_note *n, int64_t i)
{
	const struct gp_sim_item *it =
	    gp_sim_note_item(n, GP_SIM_I_PHOTO, (size_t)i);
	struct gp_sim_vk_photo ph = { .id = 457000000 + n->id * 10 + i,
		.owner = gp_sim_vk_from(p, n),
		.at = n->at,
		.page = n->as == GP_SIM_CHANNEL };

	if (it != NULL) {
		ph.id = GP_SIM_VK_ITEMS + it->number;
		ph.owner = it->owner;
		ph.text = it->title;
	}
	begin(w, "photo");
	gp_sim_vk_json_photo(w, &ph);
	end(w);
}

static void
video(struct gp_jw *w, const struct gp_sim_vk_page *p,
    const struct gp_sim_note *n)
{
	const struct gp_sim_item *it = gp_sim_note_item(n, GP_SIM_I_VIDEO, 0);
	int64_t id =
	    it != NULL ? GP_SIM_VK_ITEMS + it->number : 456239000 + n->id;

	begin(w, "video");
	gp_jw_kstr(w, "response_type", "full");
	gp_jw_kstr(w, "access_key", "a1b2c3d4e5f60718");
	gp_jw_kint(w, "can_comment", 1);
	gp_jw_kint(w, "can_like", 1);
	gp_jw_kint(w, "date", n->at);
	gp_jw_kstr(w, "description", "");
	gp_jw_kint(w, "duration", n->video);
	gp_jw_key(w, "image");
	gp_jw_open(w, '[');
	picture(w, NULL, id, 320, 180);
	picture(w, NULL, id, 1280, 720);
	gp_jw_close(w, ']');
	gp_jw_kint(w, "id", id);
	gp_jw_kint(w, "owner_id", -p->id);
	gp_jw_kstr(
	    w, "title", it != NULL && it->title != NULL ? it->title : "Видео");
	gp_jw_kbool(w, "is_favorite", 0);
	gp_jw_kstr(w, "type", "video");
	gp_jw_kint(w, "views", n->views / 3);
	end(w);
}

void
gp_sim_vk_json_file(struct gp_jw *w, int64_t owner, int64_t id, gp_instant at,
    const struct gp_sim_document *d)
{
	const char *dot = strrchr(d->title, '.');
	char url[96];

	gp_jw_kint(w, "id", id);
	gp_jw_kint(w, "owner_id", owner);
	gp_jw_kstr(w, "title", d->title);
	gp_jw_kint(w, "size", d->size);
	gp_jw_kstr(w, "ext", dot != NULL ? dot + 1 : "");
	gp_jw_kint(w, "date", at);
	gp_jw_kint(w, "type", 1);
	snprintf(url, sizeof(url), "https://vk.com/doc%lld_%lld",
	    (long long)owner, (long long)id);
	gp_jw_kstr(w, "url", url);
	gp_jw_kint(w, "is_unsafe", 0);
}

static void
document(struct gp_jw *w, const struct gp_sim_vk_page *p,
    const struct gp_sim_note *n)
{
	const struct gp_sim_item *it = gp_sim_note_item(n, GP_SIM_I_FILE, 0);

	begin(w, "doc");
	if (it != NULL)
		gp_sim_vk_json_file(w, it->owner, GP_SIM_VK_ITEMS + it->number,
		    it->at, it->document);
	else
		gp_sim_vk_json_file(
		    w, -p->id, 670000000 + n->id, n->at, n->document);
	end(w);
}

static void
link(struct gp_jw *w, const struct gp_sim_link *l)
{
	begin(w, "link");
	gp_jw_kstr(w, "url", l->url);
	gp_jw_kstr(w, "title", l->title != NULL ? l->title : "");
	gp_jw_kstr(w, "caption", l->site);
	gp_jw_kstr(
	    w, "description", l->description != NULL ? l->description : "");
	gp_jw_kbool(w, "is_favorite", 0);
	end(w);
}

/* A post that answers another one: on VK it can but link to it. */
static void
link_to_post(struct gp_jw *w, const struct gp_sim_vk_page *p, int64_t post)
{
	struct gp_sim_link l = { .title = "Запись на стене" };
	char url[64];

	snprintf(url, sizeof(url), "https://vk.com/wall-%lld_%lld",
	    (long long)p->id, (long long)post);
	l.url = url;
	link(w, &l);
}

static int64_t
poll_id(const struct gp_sim_note *n)
{
	const struct gp_sim_item *it = gp_sim_note_item(n, GP_SIM_I_POLL, 0);

	return it != NULL ? GP_SIM_VK_ITEMS + it->number
			  : GP_SIM_VK_POLLS + n->id;
}

static void
answers(struct gp_jw *w, const struct gp_sim_poll *q, int64_t id)
{
	const struct gp_sim_option *o = q->options.v;
	size_t i;

	gp_jw_key(w, "answers");
	gp_jw_open(w, '[');
	for (i = 0; i < q->options.n; i++) {
		gp_jw_open(w, '{');
		gp_jw_kint(w, "id", id * 10 + (int64_t)i);
		gp_jw_key(w, "rate");
		gp_jw_real(w,
		    q->voters > 0
			? 100.0 * (double)o[i].votes / (double)q->voters
			: 0,
		    2);
		gp_jw_kstr(w, "text", o[i].text);
		gp_jw_kint(w, "votes", o[i].votes);
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, ']');
}

/* VK has no quiz: the right answer is not told. */
void
gp_sim_vk_json_poll(struct gp_jw *w, const struct gp_sim_vk_page *p,
    const struct gp_sim_note *n)
{
	const struct gp_sim_poll *q = n->poll;
	int closed = n->poll_closed || (q->end != 0 && q->end <= p->f->now);

	gp_jw_kint(w, "id", poll_id(n));
	gp_jw_kint(w, "owner_id", -p->id);
	gp_jw_kint(w, "created", n->at);
	gp_jw_kstr(w, "question", q->question);
	gp_jw_kint(w, "votes", q->voters);
	answers(w, q, poll_id(n));
	gp_jw_kbool(w, "anonymous", !q->named);
	gp_jw_kbool(w, "multiple", q->multiple);
	gp_jw_kint(w, "end_date", q->end);
	gp_jw_kbool(w, "closed", closed);
	gp_jw_kbool(w, "is_board", 0);
	gp_jw_kbool(w, "can_edit", 0);
	gp_jw_kbool(w, "can_vote", !closed);
	gp_jw_kbool(w, "can_report", 1);
	gp_jw_kbool(w, "can_share", 1);
	gp_jw_kint(w, "author_id", -p->id);
	gp_jw_kbool(w, "disable_unvote", 0);
}

void
gp_sim_vk_json_attachments(struct gp_sim_vk_call *c,
    const struct gp_sim_vk_page *p, const struct gp_sim_note *n)
{
	int to_post = n->kind == GP_SIM_POST && n->reply_to != 0;
	struct gp_jw *w = &c->jw;
	int64_t i;

	gp_jw_key(w, "attachments");
	gp_jw_open(w, '[');
	for (i = 0; i < n->photos; i++)
		photo(w, p, n, i);
	if (n->video > 0)
		video(w, p, n);
	if (n->document != NULL)
		document(w, p, n);
	if (n->poll != NULL) {
		begin(w, "poll");
		gp_sim_vk_json_poll(w, p, n);
		end(w);
	}
	if (n->link != NULL)
		link(w, n->link);
	if (to_post)
		link_to_post(w, p, n->reply_to);
	gp_jw_close(w, ']');
}
