/* HTML as the preview pages write it: escapes, emoji, links, short numbers. */
#ifndef GP_SIM_MARKUP_H
#define GP_SIM_MARKUP_H

#include "base/instant.h"
#include "sim/entity.h"

/* In attributes: the escapes alone. */
void gp_sim_html_plain(struct gp_buf *, struct gp_span);
/* In the page: emoji become pictures, line ends <br/>. */
void gp_sim_html_words(struct gp_buf *, struct gp_span);
/* The same with links and marks. */
void gp_sim_html_text(struct gp_buf *, const struct gp_sim_text *);
/* One emoji as its picture. */
void gp_sim_html_emoji(struct gp_buf *, struct gp_span);

/* 617, 1.52K, 17.1K, 1.48M: three figures, the rest cut off. */
void gp_sim_html_short(struct gp_buf *, int64_t);
/* 1 474 933 */
void gp_sim_html_exact(struct gp_buf *, int64_t);

/* The address of an invented picture or film: kind "jpg" or "mp4". */
void gp_sim_html_file(
    struct gp_buf *, const char *page, int64_t id, int part, const char *kind);

/* A number that is always the same for the same words (FNV-1a). */
uint64_t gp_sim_hash(struct gp_span, uint64_t seed);

/* The number stirred until neighbours have nothing in common (splitmix64). */
uint64_t gp_sim_mix(uint64_t);

/* "<!-- page generated in 12.34ms -->" */
void gp_sim_html_end(struct gp_buf *);

#endif
