/*
 * HTML of foreign pages: libxml2's tolerant parser behind a small walk by
 * class. Nothing is fetched, nothing is printed; depth and size are bounded.
 */
#ifndef GP_NET_HTML_H
#define GP_NET_HTML_H

#include "base/pool.h"

struct gp_html;
struct _xmlNode;

/* NULL: no memory, or no element in it. Nodes live as long as the page. */
struct gp_html *gp_html_parse(struct gp_span);
void gp_html_free(struct gp_html *);
struct _xmlNode *gp_html_root(const struct gp_html *);
/* 1: nested deeper than GP_MAX_HTML_DEPTH; what came after is not there. */
int gp_html_cut(const struct gp_html *);

/* The next element in the order of the page, within `top`; NULL: no more.
 * `over` passes over what is inside `node`. */
struct _xmlNode *gp_html_next(
    struct _xmlNode *node, struct _xmlNode *top, int over);
const char *gp_html_name(const struct _xmlNode *);
/* NULL: no such attribute. */
const char *gp_html_attr(const struct _xmlNode *, const char *name);
int gp_html_class(const struct _xmlNode *, const char *class);
/* The first element of that class within `top`, `top` included; or NULL. */
struct _xmlNode *gp_html_find(struct _xmlNode *top, const char *class);
/* The first element of that name within; or NULL. */
struct _xmlNode *gp_html_child(struct _xmlNode *top, const char *name);

/*
 * The text as a person sees it: <br> ends a line, <pre> and <blockquote> stand
 * on lines of their own, runs of white space are one space but in <pre>; what
 * is of class copyonly or verified-icon is left out, ends are trimmed.
 */
struct gp_span gp_html_text(struct gp_pool *, struct _xmlNode *);
/* Text that stands in the element itself, not in those inside it. */
struct gp_span gp_html_own_text(struct gp_pool *, struct _xmlNode *);

#endif
