/*
 * Which streams of which pages a run reads: a job for each, with its tokens,
 * base URLs and cursor.
 */
#ifndef GP_NET_CHOOSE_H
#define GP_NET_CHOOSE_H

#include "net/cursors.h"
#include "net/net.h"

struct gp_choice {
	const struct gp_config *conf;
	const struct gp_want *want;
	const struct gp_cursors *cursors; /* NULL: none are used */
	const char *const *stream;        /* wanted, all when n is 0 */
	size_t streams;

	struct gp_job **job; /* what was chosen */
	size_t n, cap;
	char **secret; /* of all pages; the jobs borrow */
	size_t secrets, secret_cap;
};

/*
 * Each adds the jobs of a page. GP_OK, or the exit status with the reason.
 * What cannot be read for lack of a token becomes a job that fails at once
 * and says so: the others go on.
 */
enum gp_exit gp_choose_address(
    struct gp_choice *, const char *address, struct gp_why *);
enum gp_exit gp_choose_page(
    struct gp_choice *, const struct gp_page_conf *, struct gp_why *);
enum gp_exit gp_choose_named(
    struct gp_choice *, const char *key, struct gp_why *);
/* A page a line, its name in the config or its address; the list is cut up. */
enum gp_exit gp_choose_listed(struct gp_choice *, char *list, struct gp_why *);
/* All pages of the config. */
enum gp_exit gp_choose_all(struct gp_choice *, struct gp_why *);

/* A job of the page that does something outward (act.h), with all its tokens.
 * Where one lacks, it fails and says so. */
enum gp_exit gp_choose_act(
    struct gp_choice *, const struct gp_page_conf *, struct gp_why *);

/* The id that records of the page have; the caller frees; NULL: no memory. */
char *gp_choose_page_id(const struct gp_page_conf *);
/*
 * The ids of the pages that were chosen, borrowed; the caller frees the list.
 * NULL: of some page only the network knows it, or there is no memory.
 */
const char **gp_choice_ids(const struct gp_choice *, size_t *n);
/* 1: some network has a stream of that name. */
int gp_choose_known(const char *stream);
void gp_choice_release(struct gp_choice *);

#endif
