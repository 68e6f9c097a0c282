#include "net/cursors.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "base/grow.h"
#include "json/write.h"

void
gp_cursors_release(struct gp_cursors *c)
{
	size_t i;

	for (i = 0; i < c->n; i++) {
		free(c->v[i].page);
		free(c->v[i].stream);
		free(c->v[i].value);
	}
	free(c->v);
	free(c->store);
	memset(c, 0, sizeof(*c));
}

static struct gp_cursor *
find(const struct gp_cursors *c, const char *page, const char *stream)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (strcmp(c->v[i].page, page) == 0 &&
		    strcmp(c->v[i].stream, stream) == 0)
			return &c->v[i];
	return NULL;
}

const char *
gp_cursors_get(const struct gp_cursors *c, const char *page, const char *stream)
{
	const struct gp_cursor *v = find(c, page, stream);

	return v != NULL ? v->value : NULL;
}

static struct gp_cursor *
add(struct gp_cursors *c, const char *page, const char *stream)
{
	struct gp_cursor *v;

	v = gp_room(&c->v, c->n, &c->cap, sizeof(*v));
	if (v == NULL)
		return NULL;
	v->page = strdup(page);
	v->stream = strdup(stream);
	if (v->page != NULL && v->stream != NULL) {
		c->n++;
		return v;
	}
	free(v->page);
	free(v->stream);
	return NULL;
}

int
gp_cursors_put(struct gp_cursors *c, const char *page, const char *stream,
    const char *value)
{
	struct gp_cursor *v = find(c, page, stream);
	char *copy = strdup(value);

	if (v == NULL && copy != NULL)
		v = add(c, page, stream);
	if (v == NULL || copy == NULL) {
		free(copy);
		return -1;
	}
	free(v->value);
	v->value = copy;
	return 0;
}

int
gp_cursors_from(struct gp_cursors *c, const char *store)
{
	free(c->store);
	c->store = strdup(store);
	return c->store != NULL ? 0 : -1;
}

static int
take(struct gp_cursors *c, const struct gp_json_obj *o)
{
	static const char *const keys[] = { "page", "stream", "value",
		"store" };
	struct gp_buf b[4];
	int i, r = 0, sound = 1;

	for (i = 0; i < 4; i++) {
		gp_buf_init(&b[i], 0);
		sound &=
		    gp_json_text(gp_json_get(o, keys[i]), &b[i]) == 0 || i == 3;
	}
	if (sound)
		r = gp_cursors_put(
		    c, gp_buf_str(&b[0]), gp_buf_str(&b[1]), gp_buf_str(&b[2]));
	if (sound && r == 0 && b[3].n > 0)
		r = gp_cursors_from(c, gp_buf_str(&b[3]));
	for (i = 0; i < 4; i++)
		gp_buf_release(&b[i]);
	return sound ? r : -2;
}

static int
take_line(struct gp_cursors *c, struct gp_json_reader *r, struct gp_span line,
    const char *path, unsigned long long no, struct gp_why *why)
{
	struct gp_json_obj o;
	int got;

	if (line.n == 0)
		return 0;
	if (gp_json_open(r, line, 0, &o, why) == -1)
		return gp_because_of(why, "%s:%llu", path, no);
	if (!gp_json_is(gp_json_get(&o, "type"), "cursor"))
		return 0;
	got = take(c, &o);
	if (got == -2)
		return gp_because(why,
		    "%s:%llu: a cursor needs page, stream "
		    "and value",
		    path, no);
	return got == -1 ? gp_because(why, "no memory") : 0;
}

int
gp_cursors_take(struct gp_cursors *c, struct gp_span record)
{
	struct gp_json_reader *r = gp_json_new();
	struct gp_buf b;
	struct gp_why why;
	int bad;

	gp_buf_init(&b, 0);
	gp_buf_add(&b, record.p, record.n);
	bad = r == NULL || b.bad ||
	    take_line(c, r, gp_buf_span(&b), "", 0, &why) != 0;
	gp_json_free(r);
	gp_buf_release(&b);
	return bad;
}

int
gp_cursors_load(
    struct gp_cursors *c, const char *path, int may_lack, struct gp_why *why)
{
	struct gp_json_reader *r;
	struct gp_buf b;
	unsigned long long no = 0;
	const char *p, *nl;
	int bad = 0;

	if (may_lack && access(path, F_OK) == -1 && errno == ENOENT)
		return 0;
	gp_buf_init(&b, GP_MAX_STATE);
	r = gp_json_new();
	if (r == NULL || gp_file_read(path, &b, why) == -1) {
		gp_json_free(r);
		gp_buf_release(&b);
		return -1;
	}
	if (memchr(gp_buf_str(&b), '\0', b.n) != NULL)
		bad = gp_because(
		    why, "'%s' is damaged: it holds NUL bytes", path);
	for (p = gp_buf_str(&b); bad == 0 && *p != '\0'; p = nl + (*nl != 0)) {
		nl = strchrnul(p, '\n');
		bad = take_line(c, r, (struct gp_span){ p, (size_t)(nl - p) },
		    path, ++no, why);
	}
	gp_json_free(r);
	gp_buf_release(&b);
	return bad;
}

int
gp_cursors_save(
    const struct gp_cursors *c, const char *path, struct gp_why *why)
{
	struct gp_buf b;
	struct gp_jw w;
	size_t i;
	int r;

	gp_buf_init(&b, GP_MAX_STATE);
	for (i = 0; i < c->n; i++) {
		gp_jw_init(&w, &b);
		gp_jw_open(&w, '{');
		gp_jw_kstr(&w, "type", "cursor");
		gp_jw_kstr(&w, "page", c->v[i].page);
		gp_jw_kstr(&w, "stream", c->v[i].stream);
		gp_jw_kstr(&w, "value", c->v[i].value);
		gp_jw_close(&w, '}');
		gp_buf_addc(&b, '\n');
	}
	r = b.bad ? gp_because(why, "'%s' would be too large", path)
		  : gp_file_replace(path, gp_buf_span(&b), 0600, why);
	gp_buf_release(&b);
	return r;
}

int
gp_cursors_lock(const char *path, struct gp_why *why)
{
	struct gp_buf b;
	int fd;

	gp_buf_init(&b, GP_MAX_URL);
	gp_buf_addf(&b, "%s.lock", path);
	fd = open(gp_buf_str(&b), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd == -1) {
		gp_because(why, "cannot open '%s': %s", gp_buf_str(&b),
		    strerror(errno));
	} else if (flock(fd, LOCK_EX | LOCK_NB) == -1) {
		gp_because(why, "another run holds '%s'", path);
		close(fd);
		fd = -1;
		errno = EWOULDBLOCK;
	}
	gp_buf_release(&b);
	return fd;
}
