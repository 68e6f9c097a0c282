/* What is said in the country: the labelled texts, the scenario's posts. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim/country.h"
#include "sim/entity.h"
#include "json/json.h"
#include "json/lines.h"

#define ROADS    "Дороги"
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* What makes one text of many: no two neighbours write the same. */
static const char *const openers[] = { "", "", "Добрый день! ",
	"Здравствуйте. ", "Подскажите, пожалуйста. ", "Пишу второй раз. ",
	"У нас то же: ", "Уважаемая администрация! " };

static const char *const streets[] = { "Вишнёвая", "Озёрная", "Рябиновая",
	"Полевая", "Заречная", "Лесная", "Кленовая", "Родниковая", "Луговая",
	"Тополиная", "Сиреневая", "Ключевая", "Песчаная" };

static int
keep(struct gp_sim_country *c, struct gp_sim_texts *t, struct gp_span s)
{
	const char **v = t->v;

	if (t->n == t->cap) {
		v = realloc(v, (t->cap * 2 + 64) * sizeof(*v));
		if (v == NULL)
			return -1;
		t->v = v;
		t->cap = t->cap * 2 + 64;
	}
	v[t->n++] = gp_pool_copy(&c->pool, s).p;
	return c->pool.bad ? -1 : 0;
}

/* A line of labelled.ndjson; what has no text and no group is passed over. */
static int
labelled(struct gp_sim_country *c, struct gp_json_reader *json,
    struct gp_span line, struct gp_buf *b, struct gp_why *why)
{
	struct gp_json_obj o;
	struct gp_json group;

	if (gp_json_open(json, line, 0, &o, why) == -1)
		return -1;
	gp_buf_reset(b);
	group = gp_json_at(json, &o, "class", "group", NULL);
	if (gp_json_text(gp_json_get(&o, "text"), b) == -1 || b->n == 0 ||
	    group.type != GP_JSON_STRING)
		return 0;
	if (keep(c,
		gp_span_eq(gp_json_bare(group), gp_span_of(ROADS)) ? &c->road
								   : &c->other,
		gp_buf_span(b)) == 0)
		return 0;
	return gp_because(why, "no memory");
}

static int
all_labelled(struct gp_sim_country *c, const char *path, struct gp_why *why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), r, bad = 0;
	struct gp_json_reader *json = gp_json_new();
	struct gp_lines in;
	struct gp_line line;
	struct gp_buf b;

	if (fd == -1 || json == NULL) {
		gp_json_free(json);
		if (fd != -1)
			close(fd);
		return gp_because(why, "%s: %s", path, strerror(errno));
	}
	gp_buf_init(&b, 0);
	gp_lines_init(&in, fd);
	while (!bad && (r = gp_lines_next(&in, &line)) == 1)
		bad = labelled(c, json, line.text, &b, why);
	if (!bad && r == -1)
		bad = gp_because(why, "cannot be read");
	if (!bad && (c->road.n == 0 || c->other.n == 0))
		bad = gp_because(
		    why, "no texts of the group " ROADS ", or of no other");
	if (bad)
		gp_because_of(why, "%s", path);
	gp_lines_release(&in);
	gp_buf_release(&b);
	gp_json_free(json);
	close(fd);
	return bad;
}

int
gp_sim_country_texts(struct gp_sim_country *c, const char *data,
    const struct gp_sim_scenario *s, struct gp_why *why)
{
	const struct gp_sim_post *p = s->posts.v;
	struct gp_sim_text words;
	size_t i;
	int bad;

	if (all_labelled(c, data, why) == -1)
		return -1;
	c->roads = (double)c->road.n / (double)(c->road.n + c->other.n);
	for (i = 0; i < s->posts.n; i++) {
		if (p[i].text == NULL)
			continue;
		memset(&words, 0, sizeof(words));
		bad = gp_sim_text_read(&words, gp_span_of(p[i].text)) == -1 ||
		    (words.n > 0 &&
			keep(c, &c->post, gp_sim_text_span(&words)) == -1);
		gp_sim_text_release(&words);
		if (bad)
			return gp_because(why, "no memory");
	}
	return c->post.n > 0
	    ? 0
	    : gp_because(
		  why, "%s: no posts whose words are to be used", s->path);
}

const char *
gp_sim_land_post_text(
    const struct gp_sim_country *c, const struct gp_sim_land *l, int64_t m)
{
	return c->post.v[gp_sim_land_dice(l, 't', m) % c->post.n];
}

const char *
gp_sim_land_comment_text(const struct gp_sim_country *c,
    const struct gp_sim_land *l, int64_t n, struct gp_buf *to)
{
	const struct gp_sim_texts *t =
	    gp_sim_land_roads(c, l, n) ? &c->road : &c->other;
	uint64_t dice = gp_sim_land_dice(l, 'w', n);

	gp_buf_reset(to);
	gp_buf_addf(to, "%s%s %s, %d", openers[dice % COUNT(openers)],
	    t->v[(dice >> 8) % t->n], streets[(dice >> 32) % COUNT(streets)],
	    1 + (int)((dice >> 40) % 99));
	return gp_buf_str(to);
}
