/* The list of all pages: those of the config, or of a file. */
#ifndef GP_WORK_LIST_H
#define GP_WORK_LIST_H

#include "config/config.h"
#include "work/work.h"

struct gp_work_list {
	struct gp_work_page *v;
	size_t n, cap;
	struct gp_pool pool;
};

void gp_work_list_init(struct gp_work_list *);
void gp_work_list_release(struct gp_work_list *);
/* GP_OK, or the exit status with the reason; a list of none has one too. */
enum gp_exit gp_work_list_config(
    struct gp_work_list *, const struct gp_config *, struct gp_why *);
/* A page a line: its name in the config or its address; network; centre. */
enum gp_exit gp_work_list_file(struct gp_work_list *, const struct gp_config *,
    const char *path, struct gp_why *);

#endif
