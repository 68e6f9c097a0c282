#include "work/list.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "net/choose.h"

void
gp_work_list_init(struct gp_work_list *l)
{
	memset(l, 0, sizeof(*l));
	gp_pool_init(&l->pool);
}

void
gp_work_list_release(struct gp_work_list *l)
{
	gp_pool_release(&l->pool);
	free(l->v);
	l->v = NULL;
	l->n = l->cap = 0;
}

/* Where the network is none of ours, the id is not known. */
static int
add(struct gp_work_list *l, const char *name, const char *network,
    const char *on_it, const char *centre)
{
	const struct gp_page_conf conf = { .network = network, .name = on_it };
	char *id = on_it != NULL ? gp_choose_page_id(&conf) : NULL;
	struct gp_work_page *v = l->v, page;

	if (l->n == l->cap) {
		v = realloc(v, (l->cap * 2 + 64) * sizeof(*v));
		if (v != NULL) {
			l->v = v;
			l->cap = l->cap * 2 + 64;
		}
	}
	page.name = gp_pool_copy(&l->pool, gp_span_of(name)).p;
	page.network = gp_pool_copy(&l->pool, gp_span_of(network)).p;
	page.centre =
	    gp_pool_copy(&l->pool, gp_span_of(centre != NULL ? centre : "")).p;
	page.id = id != NULL ? gp_pool_copy(&l->pool, gp_span_of(id)).p : NULL;
	free(id);
	if (v == NULL || l->pool.bad)
		return -1;
	l->v[l->n++] = page;
	return 0;
}

static enum gp_exit
no_memory(struct gp_why *why)
{
	gp_because(why, "no memory");
	return GP_SOFTWARE;
}

enum gp_exit
gp_work_list_config(
    struct gp_work_list *l, const struct gp_config *c, struct gp_why *why)
{
	const struct gp_page_conf *p = c->page.v;
	size_t i;

	for (i = 0; i < c->page.n; i++)
		if (add(l, p[i].key, p[i].network, p[i].name, p[i].centre) ==
		    -1)
			return no_memory(why);
	if (l->n > 0)
		return GP_OK;
	gp_because(why, "%s names no pages",
	    c->path != NULL ? c->path : "no config is there, it");
	return GP_CONFIG;
}

/* An address of a network: its name there. NULL: none. */
static const struct gp_net *
by_address(const char *word, struct gp_buf *name)
{
	const struct gp_net *const *n;
	struct gp_buf base;
	struct gp_why why;
	int r = 0;

	gp_buf_init(&base, 0);
	for (n = gp_nets; *n != NULL && r == 0; n += r == 0)
		r = (*n)->address(word, name, &base, &why);
	gp_buf_release(&base);
	return r == 1 ? *n : NULL;
}

static enum gp_exit
line(struct gp_work_list *l, const struct gp_config *c, char *name,
    struct gp_why *why)
{
	char *network = strchr(name, '\t'), *centre = NULL;
	const struct gp_page_conf *page;
	const struct gp_net *net;
	struct gp_buf on_it;
	int r;

	if (network != NULL) {
		*network++ = '\0';
		centre = strchr(network, '\t');
		if (centre != NULL)
			*centre++ = '\0';
	}
	page = gp_config_page(c, name);
	if (page != NULL)
		return add(l, name, page->network, page->name,
			   centre != NULL ? centre : page->centre) == 0
		    ? GP_OK
		    : no_memory(why);
	gp_buf_init(&on_it, 0);
	net = by_address(name, &on_it);
	if (net == NULL && (network == NULL || *network == '\0')) {
		gp_buf_release(&on_it);
		gp_because(why,
		    "'%s' is no page of the config and no address, and no "
		    "network stands behind it",
		    name);
		return GP_DATA;
	}
	r = net != NULL ? add(l, name, net->name, gp_buf_str(&on_it), centre)
			: add(l, name, network, NULL, centre);
	gp_buf_release(&on_it);
	return r == 0 ? GP_OK : no_memory(why);
}

enum gp_exit
gp_work_list_file(struct gp_work_list *l, const struct gp_config *c,
    const char *path, struct gp_why *why)
{
	enum gp_exit status = GP_OK;
	struct gp_buf all;
	unsigned long no = 0;
	char *p, *next;

	gp_buf_init(&all, GP_MAX_STATE);
	if (gp_file_read(path, &all, why) == -1)
		status = GP_IO;
	if (status == GP_OK && !gp_utf8_valid(gp_buf_span(&all))) {
		gp_because(why, "%s: not UTF-8", path);
		status = GP_DATA;
	}
	for (p = all.p; p != NULL && *p != '\0' && status == GP_OK; p = next) {
		next = p + strcspn(p, "\n");
		if (*next != '\0')
			*next++ = '\0';
		no++;
		p[strcspn(p, "\r")] = '\0';
		if (*p == '\0')
			continue;
		status = line(l, c, p, why);
		if (status != GP_OK)
			gp_because_of(why, "%s:%lu", path, no);
	}
	gp_buf_release(&all);
	if (status != GP_OK || l->n > 0)
		return status;
	gp_because(why, "%s names no pages", path);
	return GP_DATA;
}
