/* Pages and people as VK writes them; flags as it has them, 1 and true mixed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/markup.h"
#include "sim/vk.h"

static void
photos(struct gp_jw *w, int64_t id)
{
	static const int sizes[] = { 50, 100, 200 };
	char key[16], url[96];
	size_t i;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		snprintf(key, sizeof(key), "photo_%d", sizes[i]);
		snprintf(url, sizeof(url),
		    "https://img.example.org/vk/%lld_%d.jpg", (long long)id,
		    sizes[i]);
		gp_jw_kstr(w, key, url);
	}
}

static void
counters(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p)
{
	const struct gp_sim_channel *like = &c->sim->s->channel;
	struct gp_jw *w = &c->jw;

	(void)p;
	gp_jw_key(w, "counters");
	gp_jw_open(w, '{');
	gp_jw_kint(w, "photos", like->photos);
	gp_jw_kint(w, "videos", like->videos);
	gp_jw_kint(w, "docs", like->files);
	gp_jw_kint(w, "albums", 3);
	gp_jw_kint(w, "topics", 0);
	gp_jw_close(w, '}');
}

static void
contacts(struct gp_jw *w, const struct gp_sim_own *page)
{
	gp_jw_key(w, "contacts");
	gp_jw_open(w, '[');
	if (page->phone != NULL) {
		gp_jw_open(w, '{');
		gp_jw_kstr(w, "desc", "Приёмная");
		gp_jw_kstr(w, "phone", page->phone);
		gp_jw_close(w, '}');
	}
	gp_jw_close(w, ']');
}

/* What is there only when it is asked for. */
static void
fields(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p)
{
	const struct gp_sim_own *page = p->f->page;
	struct gp_jw *w = &c->jw;

	if (gp_sim_vk_field(c, "members_count"))
		gp_jw_kint(w, "members_count", page->subscribers);
	if (gp_sim_vk_field(c, "description"))
		gp_jw_kstr(
		    w, "description", page->about != NULL ? page->about : "");
	if (gp_sim_vk_field(c, "status"))
		gp_jw_kstr(w, "status", "");
	if (gp_sim_vk_field(c, "site"))
		gp_jw_kstr(w, "site", page->site != NULL ? page->site : "");
	if (gp_sim_vk_field(c, "verified"))
		gp_jw_kint(w, "verified", page->verified);
	if (gp_sim_vk_field(c, "can_message"))
		gp_jw_kint(w, "can_message", 1);
	if (gp_sim_vk_field(c, "wall"))
		gp_jw_kint(w, "wall", 1);
	if (gp_sim_vk_field(c, "activity"))
		gp_jw_kstr(w, "activity", "Государственная организация");
	if (gp_sim_vk_field(c, "counters"))
		counters(c, p);
	if (gp_sim_vk_field(c, "contacts"))
		contacts(w, page);
}

void
gp_sim_vk_json_group(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p)
{
	const struct gp_sim_own *page = p->f->page;
	struct gp_jw *w = &c->jw;
	char name[80];

	gp_jw_open(w, '{');
	gp_jw_kint(w, "id", p->id);
	gp_jw_kstr(w, "name", page->title);
	gp_jw_kstr(w, "screen_name", gp_sim_feed_name(p->f, p->id, name));
	gp_jw_kint(w, "is_closed", page->closed);
	gp_jw_kstr(w, "type", page->closed ? "group" : "page");
	if (page->deactivated != NULL)
		gp_jw_kstr(w, "deactivated", page->deactivated);
	if (c->token == GP_SIM_T_VK_USER) {
		gp_jw_kint(w, "is_admin", 1);
		gp_jw_kint(w, "admin_level", 3);
		gp_jw_kint(w, "is_member", 1);
		gp_jw_kint(w, "is_advertiser", 1);
	}
	photos(w, -p->id);
	if (page->deactivated == NULL)
		fields(c, p);
	gp_jw_close(w, '}');
}

static void
user(struct gp_jw *w, int64_t id, const char *name)
{
	const char *space = strchr(name, ' ');
	struct gp_span first = gp_span_of(name);

	if (space != NULL)
		first.n = (size_t)(space - name);
	gp_jw_kint(w, "id", id);
	gp_jw_ktext(w, "first_name", first);
	gp_jw_kstr(w, "last_name", space != NULL ? space + 1 : "");
	gp_jw_kbool(w, "can_access_closed", 1);
	gp_jw_kbool(w, "is_closed", 0);
}

void
gp_sim_vk_json_user(struct gp_sim_vk_call *c, const struct gp_sim_person *p)
{
	char domain[32];

	gp_jw_open(&c->jw, '{');
	user(&c->jw, p->id, p->name);
	snprintf(domain, sizeof(domain), "id%lld", (long long)p->id);
	if (gp_sim_vk_field(c, "screen_name"))
		gp_jw_kstr(&c->jw, "screen_name",
		    p->username != NULL ? p->username : domain);
	if (gp_sim_vk_field(c, "photo_50") || gp_sim_vk_field(c, "photo_100"))
		photos(&c->jw, p->id);
	gp_jw_close(&c->jw, '}');
}

int64_t
gp_sim_vk_from(const struct gp_sim_vk_page *p, const struct gp_sim_note *n)
{
	return n->as == GP_SIM_PERSON ? n->from->id : -p->id;
}

int64_t
gp_sim_vk_source(const struct gp_sim_forward *f)
{
	int64_t id = 190000000 +
	    (int64_t)(gp_sim_hash(gp_span_of(f->title), 7) % 9000000);

	return f->name != NULL ? -id : id;
}

void
gp_sim_vk_meet(struct gp_sim_vk_call *c, const struct gp_sim_person *who)
{
	struct gp_sim_vk_met *m = &c->met;
	size_t i, cap = m->cap == 0 ? 32 : m->cap * 2;
	void *p;

	if (who == NULL)
		return;
	for (i = 0; i < m->n; i++)
		if (m->who[i] == who)
			return;
	if (m->n == m->cap) {
		p = realloc(m->who, cap * sizeof(struct gp_sim_person *));
		if (p == NULL)
			return; /* then a name is missing, no more */
		m->who = p;
		m->cap = cap;
	}
	m->who[m->n++] = who;
}

void
gp_sim_vk_meet_source(
    struct gp_sim_vk_call *c, const struct gp_sim_forward *source)
{
	struct gp_sim_vk_met *m = &c->met;
	int64_t id = gp_sim_vk_source(source);
	size_t i;

	for (i = 0; i < m->sources; i++)
		if (gp_sim_vk_source(m->source[i]) == id)
			return;
	if (m->sources < GP_SIM_VK_COUNT)
		m->source[m->sources++] = source;
}

void
gp_sim_vk_met_release(struct gp_sim_vk_met *m)
{
	free(m->who);
	memset(m, 0, sizeof(*m));
}

/* Whose the reposts are: pages, or people whom nobody knows. */
static void
sources(struct gp_sim_vk_call *c, int pages)
{
	const struct gp_sim_forward *f;
	struct gp_jw *w = &c->jw;
	int64_t id;
	size_t i;

	for (i = 0; i < c->met.sources; i++) {
		f = c->met.source[i];
		id = gp_sim_vk_source(f);
		if ((id < 0) != pages)
			continue;
		gp_jw_open(w, '{');
		if (pages) {
			gp_jw_kint(w, "id", -id);
			gp_jw_kstr(w, "name", f->title);
			gp_jw_kstr(w, "screen_name", f->name);
			gp_jw_kint(w, "is_closed", 0);
			gp_jw_kstr(w, "type", "page");
			photos(w, id);
		} else {
			user(w, id, f->title);
		}
		gp_jw_close(w, '}');
	}
}

void
gp_sim_vk_json_met(struct gp_sim_vk_call *c, const struct gp_sim_vk_page *p)
{
	struct gp_jw *w = &c->jw;
	size_t i;

	gp_jw_key(w, "profiles");
	gp_jw_open(w, '[');
	for (i = 0; i < c->met.n; i++)
		gp_sim_vk_json_user(c, c->met.who[i]);
	sources(c, 0);
	gp_jw_close(w, ']');
	gp_jw_key(w, "groups");
	gp_jw_open(w, '[');
	gp_sim_vk_json_group(c, p);
	sources(c, 1);
	gp_jw_close(w, ']');
}
