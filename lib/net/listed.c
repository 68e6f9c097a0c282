/* Pages from a list, and the ids that those chosen have. */
#include <stdlib.h>
#include <string.h>

#include "net/choose.h"

enum gp_exit
gp_choose_listed(struct gp_choice *c, char *list, struct gp_why *why)
{
	enum gp_exit status = GP_OK;
	char *p, *next;

	for (p = list; p != NULL && *p != '\0' && status == GP_OK; p = next) {
		next = p + strcspn(p, "\n");
		if (*next != '\0')
			*next++ = '\0';
		p[strcspn(p, "\r")] = '\0';
		if (*p == '\0')
			continue;
		status = gp_config_page(c->conf, p) == NULL &&
			strpbrk(p, ":@/") != NULL
		    ? gp_choose_address(c, p, why)
		    : gp_choose_named(c, p, why);
	}
	return status;
}

const char **
gp_choice_ids(const struct gp_choice *c, size_t *n)
{
	const char **id = calloc(c->n + 1, sizeof(*id)), *p;
	size_t i;

	*n = 0;
	for (i = 0; id != NULL && i < c->n; i++) {
		p = strchr(c->job[i]->page, ':');
		if ((strncmp(c->job[i]->page, "vk:", 3) == 0 ||
			strncmp(c->job[i]->page, "max:", 4) == 0) &&
		    p[1] != '-') {
			free(id);
			return NULL;
		}
		if (*n == 0 || strcmp(id[*n - 1], c->job[i]->page) != 0)
			id[(*n)++] = c->job[i]->page;
	}
	return id;
}
