#include "http/bucket.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/grow.h"
#include "base/instant.h"

/* What is known of a bucket. */
struct level {
	double tokens; /* may be negative: what is promised already */
	double at;     /* when tokens was true; 0: never used */
	double hold;
};

/* Its file: the clock of another boot was another clock. */
struct saved {
	char boot[40];
	struct level level;
};

struct gp_bucket {
	char *key;
	struct level level;
	int fd; /* -1: not shared */
	/* Of a table: */
	struct gp_bucket_grant grant;
	int used;     /* slots of the grant */
	int asked;    /* in vain since then: so many wait */
	double again; /* not before */
};

static int
own_folder(const char *path)
{
	struct stat st;

	if (mkdir(path, 0700) == -1 && errno != EEXIST)
		return -1;
	if (lstat(path, &st) == -1 || !S_ISDIR(st.st_mode) ||
	    st.st_uid != geteuid() || (st.st_mode & 022) != 0)
		return -1;
	return 0;
}

int
gp_bucket_folder(struct gp_buf *to)
{
	const char *dir = getenv("XDG_RUNTIME_DIR");
	unsigned uid = (unsigned)geteuid();

	if (dir != NULL && *dir == '/') {
		gp_buf_addf(to, "%s/gp", dir);
		if (own_folder(gp_buf_str(to)) == 0)
			return 0;
		gp_buf_reset(to);
	}
	/* cron and systemd give no XDG_RUNTIME_DIR: the same folder for all. */
	gp_buf_addf(to, "/run/user/%u", uid);
	if (access(gp_buf_str(to), W_OK) == 0) {
		gp_buf_adds(to, "/gp");
		if (own_folder(gp_buf_str(to)) == 0)
			return 0;
	}
	gp_buf_reset(to);
	gp_buf_addf(to, "/tmp/gp-%u", uid);
	return own_folder(gp_buf_str(to));
}

static int
open_file(const char *share, const char *key)
{
	XXH128_hash_t h = XXH3_128bits(key, strlen(key));
	struct gp_buf path;
	int fd;

	gp_buf_init(&path, GP_MAX_URL);
	gp_buf_addf(&path, "%s/%016llx%016llx.bucket", share,
	    (unsigned long long)h.high64, (unsigned long long)h.low64);
	fd = open(
	    gp_buf_str(&path), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	gp_buf_release(&path);
	return fd;
}

static struct gp_bucket *
find(struct gp_buckets *b, const char *key)
{
	struct gp_bucket *v;
	size_t i;

	for (i = 0; i < b->n; i++)
		if (strcmp(b->v[i].key, key) == 0)
			return &b->v[i];
	v = gp_room(&b->v, b->n, &b->cap, sizeof(*v));
	if (v == NULL)
		return NULL;
	v->key = strdup(key);
	if (v->key == NULL)
		return NULL;
	v->fd = b->share != NULL && b->table == NULL ? open_file(b->share, key)
						     : -1;
	b->n++;
	return v;
}

static void
boot_id(char to[40])
{
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);

	memset(to, 0, 40);
	if (fd == -1)
		return;
	if (read(fd, to, 36) != 36)
		memset(to, 0, 40);
	close(fd);
}

/* Brings the level in from the file, which stays locked. */
static void
lock(struct gp_bucket *v)
{
	struct saved s;
	char boot[40];

	if (v->fd == -1)
		return;
	flock(v->fd, LOCK_EX);
	boot_id(boot);
	if (pread(v->fd, &s, sizeof(s), 0) != (ssize_t)sizeof(s) ||
	    memcmp(s.boot, boot, sizeof(boot)) != 0 ||
	    !(fabs(s.level.tokens) <= 1e6))
		memset(&s, 0, sizeof(s));
	v->level = s.level;
}

static void
unlock(struct gp_bucket *v)
{
	struct saved s = { .level = v->level };

	if (v->fd == -1)
		return;
	boot_id(s.boot);
	/* A disk that takes nothing only means that others do not hear. */
	if (pwrite(v->fd, &s, sizeof(s), 0) == -1)
		errno = 0;
	flock(v->fd, LOCK_UN);
}

static double
take(struct level *l, double rate, double burst, double now)
{
	if (l->at == 0) {
		l->tokens = burst;
		l->at = now;
	}
	/* Behind a hold they go one by one too, not all at its end. */
	if (now < l->hold && l->at < l->hold && rate > 0) {
		l->at = l->hold;
		l->tokens = 1;
	}
	if (now < l->hold)
		now = l->hold;
	if (rate <= 0)
		return now;
	if (now > l->at) {
		l->tokens += (now - l->at) * rate;
		l->at = now;
	}
	if (l->tokens > burst)
		l->tokens = burst;
	l->tokens -= 1;
	return l->tokens < 0 ? l->at - l->tokens / rate : now;
}

double
gp_bucket_take(struct gp_buckets *b, const char *key, double rate, double burst,
    double now)
{
	struct gp_bucket *v = find(b, key);
	double when;

	if (v == NULL)
		return -1;
	/* Not paced and not shared by anyone: only a hold counts. */
	if (rate <= 0 && v->level.hold <= now)
		return now;
	lock(v);
	when = take(&v->level, rate, burst < 1 ? 1 : burst, now);
	unlock(v);
	return when;
}

/* 1: a slot of what was reserved that has not lapsed. */
static int
own_slot(struct gp_bucket *v, double now, double *when)
{
	const struct gp_bucket_grant *g = &v->grant;

	while (v->used < g->n) {
		*when = fmax(g->from, g->first + v->used++ * g->step);
		if (*when >= now - GP_BUCKET_GRACE)
			return 1;
	}
	return 0;
}

/* As many as are waiting here, and no more than a second's worth. */
static int
reserve(struct gp_buckets *b, struct gp_bucket *v, double rate, double burst,
    struct gp_why *why)
{
	const int most = rate > 2 ? (int)rate : 1;
	int n = v->asked + 1 < most ? v->asked + 1 : most;

	v->used = v->asked = 0;
	v->grant.n = 0;
	return b->table->reserve(
	    b->table->ctx, v->key, rate, burst, n, &v->grant, why);
}

static enum gp_bucket_answer
from_table(struct gp_buckets *b, struct gp_bucket *v, double rate, double burst,
    double now, double *when, struct gp_why *why)
{
	*when = fmax(now, v->level.hold);
	if (rate <= 0)
		return GP_BUCKET_GO;
	if (own_slot(v, now, when))
		return GP_BUCKET_GO;
	if (now >= v->again) {
		if (reserve(b, v, rate, burst, why) == -1)
			return GP_BUCKET_AWAY;
		if (own_slot(v, now, when))
			return GP_BUCKET_GO;
		v->again = v->grant.again;
	}
	v->asked++;
	*when = v->again;
	return GP_BUCKET_ASK;
}

enum gp_bucket_answer
gp_bucket_ask(struct gp_buckets *b, const char *key, double rate, double burst,
    double now, double *when, struct gp_why *why)
{
	struct gp_bucket *v;

	if (b->table == NULL) {
		*when = gp_bucket_take(b, key, rate, burst, now);
		return GP_BUCKET_GO;
	}
	v = find(b, key);
	if (v != NULL)
		return from_table(
		    b, v, rate, burst < 1 ? 1 : burst, now, when, why);
	gp_because(why, "no memory");
	return GP_BUCKET_AWAY;
}

/* What was reserved is for before the end of the hold: it is given up. */
static void
hold_table(struct gp_buckets *b, struct gp_bucket *v, double seconds)
{
	struct gp_why why;

	v->grant.n = 0;
	/* Where that fails the others are told by the network, as we were. */
	b->table->hold(b->table->ctx, v->key, seconds, &why);
}

void
gp_bucket_hold(struct gp_buckets *b, const char *key, double until)
{
	struct gp_bucket *v = find(b, key);

	if (v == NULL)
		return;
	if (b->table != NULL && until > gp_clock())
		hold_table(b, v, until - gp_clock());
	lock(v);
	if (v->level.hold < until)
		v->level.hold = until;
	unlock(v);
}

void
gp_buckets_release(struct gp_buckets *b)
{
	size_t i;

	for (i = 0; i < b->n; i++) {
		explicit_bzero(b->v[i].key, strlen(b->v[i].key));
		free(b->v[i].key);
		if (b->v[i].fd != -1)
			close(b->v[i].fd);
	}
	free(b->v);
	b->v = NULL;
	b->n = b->cap = 0;
}
