/* Texts of citizens against a gazetteer and words of rules. */
#include "fuzz.h"

#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "term/choose.h"

static const char RULES[] =
    "{routes: 1, schedules: {o: {always: yes}}, default: {to: a}, assignees: "
    "{a: А}, places: [{name: Заречный район, kind: district, places: [{name: "
    "Заречинск, streets: [Садовая, Ленина, 8 Марта, переулок Садовый, {name: "
    "Мира, bare: no}]}, {name: Лосиный Лог, streets: [Садовая]}, Елец]}], "
    "rules: [{name: x, words: [яма & дорога, снег*, '?'], place: Лосиный Лог, "
    "to: a}]}";

/* Made once: the memory of words is what takes the time. */
static struct gp_chooser *
chooser(const struct gp_routes **r)
{
	static struct gp_chooser *c;
	static struct gp_routes *routes;
	struct gp_why why;
	char path[32];
	int fd;

	*r = routes;
	if (c != NULL)
		return c;
	setenv("GP_DATA", "/nowhere", 1);
	fd = memfd_create("routes", 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	HOLDS(write(fd, RULES, sizeof(RULES) - 1) == sizeof(RULES) - 1);
	*r = routes = gp_routes_load(path, NULL, &why);
	HOLDS(routes != NULL);
	close(fd);
	c = gp_chooser_new(routes);
	HOLDS(c != NULL);
	return c;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct gp_span s = { (const char *)data, n };
	const struct gp_routes *r;
	struct gp_chooser *c = chooser(&r);
	struct gp_case in = { .page = s, .topic = s, .kind = s };
	struct gp_choice choice, again;
	struct gp_buf text;

	gp_buf_init(&text, 0);
	gp_utf8_mend(&text, s);
	in.text = gp_buf_span(&text);
	HOLDS(gp_choose(c, &in, &choice) == 0);
	HOLDS(choice.rule >= 0 && choice.rule < (long)r->rules);
	HOLDS(
	    choice.place >= GP_PLACE_NONE && choice.place < (long)r->places.n);
	if (r->rule[choice.rule].name != NULL)
		HOLDS(gp_place_within(&r->places, choice.place,
		    gp_places_find(&r->places, "Лосиный Лог")));
	HOLDS(gp_choose(c, &in, &again) == 0);
	HOLDS(again.rule == choice.rule && again.place == choice.place);
	gp_buf_release(&text);
	return 0;
}
