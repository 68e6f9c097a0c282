/*
 * How cards look, gp-theme(5): colours that can be read, fonts, the page's
 * name and its sign.
 */
#ifndef GP_CARD_THEME_H
#define GP_CARD_THEME_H

#include "card/colour.h"
#include "config/yaml.h"

struct gp_scheme {
	struct gp_colour background, panel, text, muted, accent, on_accent;
	struct gp_colour cover, on_cover; /* of title cards */
	struct gp_colour good, bad;
	struct gp_colour ring;  /* what decorates the cover: made of both */
	struct gp_colour plate; /* under a sign on the cover: the light one */
};

struct gp_theme {
	const char *page;    /* its name, NULL: none */
	const char *address; /* where it is found, NULL: none */
	const char *font;
	struct gp_yaml_list fallback; /* of const char * */
	struct gp_scheme light, dark;
	int has_dark;
	struct gp_buf logo; /* the bytes of a PNG, n 0: none */
	struct gp_yaml_doc *doc;
};

/*
 * Reads a theme; its logo stands beside it, if its path does not begin with /.
 * Colours that cannot be told apart are refused, with both and the ratio. -1
 * with the reason.
 */
int gp_theme_load(const char *path, struct gp_theme *, struct gp_why *);
/* The same from bytes; `dir` is where a logo is looked for. */
int gp_theme_parse(struct gp_span, const char *name, const char *dir,
    struct gp_theme *, struct gp_why *);
void gp_theme_release(struct gp_theme *);

#endif
