#include "learn/model.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "base/file.h"
#include "base/utf8.h"

static uint64_t
part(uint64_t *end, uint64_t n, uint64_t size)
{
	uint64_t at = (*end + 63) / 64 * 64;

	*end = at + n * size;
	return at;
}

int
gp_model_parts(const struct gp_model_head *h, struct gp_model_parts *p)
{
	uint64_t end = sizeof(*h);

	if (h->features > GP_MOST_FEATURES || h->columns > GP_MOST_COLUMNS ||
	    h->columns % GP_LANES != 0 || h->labels > h->columns ||
	    h->heads > GP_MOST_HEADS || h->heads == 0 ||
	    h->sides > GP_MOST_SIDES)
		return 0;
	p->label = part(&end, h->heads, sizeof(struct gp_model_label));
	p->name = part(
	    &end, (uint64_t)h->labels + h->sides, sizeof(struct gp_model_name));
	p->bias = part(&end, h->columns, sizeof(float));
	p->key = part(&end, h->features, sizeof(uint64_t));
	p->gain = part(&end, h->features, sizeof(struct gp_model_gain));
	p->weight = part(&end, (uint64_t)h->features * h->columns, 1);
	p->text = part(&end, h->text, 1);
	p->end = end;
	return end <= GP_MODEL_MOST;
}

static int
broken(struct gp_why *why, const char *what)
{
	return gp_because(why, "not a whole model: %s", what);
}

static int
check_head(struct gp_span s, struct gp_model_parts *p, struct gp_why *why)
{
	const struct gp_model_head *h = (const void *)s.p;

	if (s.n < sizeof(*h) || memcmp(h->magic, GP_MODEL_MAGIC, 8) != 0)
		return gp_because(why, "not a model of gp-train");
	if (h->mark != GP_MODEL_MARK)
		return gp_because(why,
		    "made on a machine of the other byte order; train it here "
		    "anew");
	if (h->version != GP_MODEL_VERSION)
		return gp_because(why,
		    "made by another version of gp-train (its form is %u, "
		    "this one reads %d); train it anew",
		    h->version, GP_MODEL_VERSION);
	if (h->size != s.n || !gp_model_parts(h, p) || p->end != s.n)
		return broken(why, "its size is not what its header says");
	if (h->sum != XXH64(s.p + sizeof(*h), s.n - sizeof(*h), 0))
		return broken(why, "its checksum is wrong");
	if ((h->what & (GP_STEMS | GP_CHAR4 | GP_BACK)) != h->what ||
	    (h->what & (GP_STEMS | GP_CHAR4)) == 0 || h->seen < -1 ||
	    h->seen >= (int)h->heads)
		return broken(why, "its features are not known");
	return 0;
}

static int
good_name(const struct gp_model *m, struct gp_model_name name)
{
	return name.n > 0 && name.at <= m->head->text &&
	    name.n <= m->head->text - name.at &&
	    gp_utf8_valid(gp_model_text(m, name));
}

static int
good_label(const struct gp_model *m, size_t h)
{
	const struct gp_model_label *l = &m->label[h];
	uint32_t from = h == 0 ? 0 : m->label[h - 1].first + m->label[h - 1].n;
	int p;

	if (!good_name(m, l->name) || l->first != from || l->n == 0 ||
	    l->n > GP_MOST_CLASSES || l->n > m->head->labels - from)
		return 0;
	if (h + 1 == m->head->heads && from + l->n != m->head->labels)
		return 0;
	for (p = 0; p < GP_PERCENTS; p++)
		if (!(l->floor[p] >= 0 && l->floor[p] <= 1))
			return 0;
	if (!(l->slope >= 0 && l->slope <= 100 && fabsf(l->offset) <= 100))
		return 0;
	return l->temperature >= 0.001f && l->temperature <= 1000;
}

static int
check_body(const struct gp_model *m, struct gp_why *why)
{
	const struct gp_model_head *h = m->head;
	size_t i;

	for (i = 0; i < h->heads; i++)
		if (!good_label(m, i))
			return broken(why, "a head of it is wrong");
	for (i = 0; i < (size_t)h->labels + h->sides; i++)
		if (!good_name(m, m->name[i]))
			return broken(why, "a name in it is wrong");
	for (i = 0; i < h->columns; i++)
		if (!(fabsf(m->bias[i]) <= 1000))
			return broken(why, "a number in it is wrong");
	for (i = 0; i < h->features; i++) {
		if (i > 0 && m->key[i] <= m->key[i - 1])
			return broken(why, "its features are not in order");
		if (!(m->gain[i].idf >= 0 && m->gain[i].idf <= 1000 &&
			m->gain[i].gain >= 0 && m->gain[i].gain <= 1e9f))
			return broken(why, "a number in it is wrong");
	}
	return 0;
}

int
gp_model_view(struct gp_model *m, struct gp_span s, struct gp_why *why)
{
	struct gp_model_parts p;

	memset(m, 0, sizeof(*m));
	if (check_head(s, &p, why) == -1)
		return -1;
	m->head = (const void *)s.p;
	m->label = (const void *)(s.p + p.label);
	m->name = (const void *)(s.p + p.name);
	m->side = m->name + m->head->labels;
	m->bias = (const void *)(s.p + p.bias);
	m->key = (const void *)(s.p + p.key);
	m->gain = (const void *)(s.p + p.gain);
	m->weight = (const void *)(s.p + p.weight);
	m->text = s.p + p.text;
	return check_body(m, why);
}

int
gp_model_open(struct gp_model *m, const char *path, struct gp_why *why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *map;

	memset(m, 0, sizeof(*m));
	if (fd == -1)
		return gp_because(
		    why, "cannot open '%s': %s", path, strerror(errno));
	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode) ||
	    st.st_size < (off_t)sizeof(struct gp_model_head) ||
	    (uint64_t)st.st_size > GP_MODEL_MOST) {
		close(fd);
		return gp_because(why, "%s: not a model of gp-train", path);
	}
	map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		return gp_because(
		    why, "cannot map '%s': %s", path, strerror(errno));
	if (gp_model_view(
		m, (struct gp_span){ map, (size_t)st.st_size }, why) == -1) {
		munmap(map, (size_t)st.st_size);
		memset(m, 0, sizeof(*m));
		return gp_because_of(why, "%s", path);
	}
	m->map = map;
	return 0;
}

int
gp_model_find_file(struct gp_model *m, const char *name, struct gp_why *why)
{
	struct gp_buf path;
	int r;

	gp_buf_init(&path, 0);
	if (strchr(name, '/') == NULL && access(name, F_OK) == -1 &&
	    gp_file_data(name, &path, why) == 0)
		name = gp_buf_str(&path);
	r = gp_model_open(m, name, why);
	gp_buf_release(&path);
	return r;
}

void
gp_model_close(struct gp_model *m)
{
	if (m->map != NULL)
		munmap(m->map, m->head->size);
	memset(m, 0, sizeof(*m));
}

struct gp_span
gp_model_text(const struct gp_model *m, struct gp_model_name name)
{
	return (struct gp_span){ m->text + name.at, name.n };
}

static uint32_t
find(const struct gp_model *m, uint64_t key)
{
	size_t lo = 0, hi = m->head->features, mid;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (m->key[mid] < key)
			lo = mid + 1;
		else
			hi = mid;
	}
	if (lo < m->head->features && m->key[lo] == key)
		return (uint32_t)lo;
	return GP_NO_FEATURE;
}

uint32_t
gp_model_find(void *ctx, uint64_t key, uint64_t back)
{
	uint32_t id = find(ctx, key);

	return id == GP_NO_FEATURE && back != 0 ? find(ctx, back) : id;
}
