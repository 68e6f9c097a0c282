/* Opening, transactions, and what both engines share. */
#include "store/store.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/engine.h"
#include "text/fold.h"
#include "text/token.h"

int
gp_store_is_server(const char *url)
{
	return strncmp(url, "postgres://", 11) == 0 ||
	    strncmp(url, "postgresql://", 13) == 0;
}

int
gp_store_is_url(const char *url)
{
	char head[16];
	FILE *f;
	size_t n;

	if (gp_store_is_server(url))
		return 1;
	f = fopen(url, "re");
	if (f == NULL)
		return 0;
	n = fread(head, 1, sizeof(head), f);
	fclose(f);
	return n == sizeof(head) && memcmp(head, "SQLite format 3", 16) == 0;
}

static const struct gp_engine *
engine_of(const char *url)
{
	return gp_store_is_server(url) ? &gp_engine_postgres
				       : &gp_engine_sqlite;
}

static struct gp_store *
make(const char *url)
{
	struct gp_store *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	s->engine = engine_of(url);
	s->name = strdup(url);
	if (getrandom(&s->writer, sizeof(s->writer), 0) != sizeof(s->writer))
		s->writer = getpid();
	s->writer &= INT64_MAX;
	s->reader = gp_json_new();
	s->inner = gp_json_new();
	s->stem = gp_stem_new("ru");
	gp_pool_init(&s->pool);
	gp_pool_init(&s->erased);
	gp_buf_init(&s->text, 2 * GP_MAX_LINE);
	gp_buf_init(&s->sql, 0);
	if (s->name != NULL && s->reader != NULL && s->inner != NULL &&
	    s->stem != NULL)
		return s;
	gp_store_close(s);
	return NULL;
}

/* A server that is away at the start is not waited for, one that goes is. */
static int
ready(struct gp_store *s, enum gp_store_mode mode, struct gp_why *why)
{
	struct gp_outage o = { .until = 0 };
	int r = 0;

	if (mode != GP_STORE_BARE)
		do
			r = gp_schema_ready(s, mode, why);
		while (r == -1 && !s->is_final && gp_db_again(s, &o, why));
	while (r == 0 && mode != GP_STORE_BARE && !s->is_new &&
	    gp_schema_identity(s, why) == -1)
		r = gp_db_again(s, &o, why) ? 0 : -1;
	return r;
}

enum gp_exit
gp_store_open(struct gp_store **to, const char *url, enum gp_store_mode mode,
    struct gp_why *why)
{
	struct gp_store *s = make(url);
	struct stat st = { .st_size = 1 };
	enum gp_exit status;

	*to = NULL;
	/* No file, or one that is just being made. */
	if (mode == GP_STORE_LOOK && engine_of(url) == &gp_engine_sqlite &&
	    ((stat(url, &st) == -1 && errno == ENOENT) || st.st_size == 0)) {
		gp_store_close(s);
		return GP_OK;
	}
	if (s == NULL) {
		gp_because(why, "no memory");
		return GP_SOFTWARE;
	}
	if (s->engine->open(s, url, mode, why) == -1 ||
	    ready(s, mode, why) == -1) {
		gp_because_of(why, "%s", s->name);
		status = s->status;
		gp_store_close(s);
		return status;
	}
	if (s->is_new && mode == GP_STORE_LOOK) {
		gp_store_close(s);
		return GP_OK;
	}
	*to = s;
	return GP_OK;
}

void
gp_store_close(struct gp_store *s)
{
	if (s == NULL)
		return;
	s->engine->close(s);
	gp_json_free(s->reader);
	gp_json_free(s->inner);
	gp_stem_free(s->stem);
	gp_pool_release(&s->pool);
	gp_pool_release(&s->erased);
	gp_buf_release(&s->text);
	gp_buf_release(&s->sql);
	free(s->row);
	free(s->erasure);
	free(s->name);
	free(s);
}

enum gp_exit
gp_store_status(const struct gp_store *s)
{
	return s->status;
}

const char *
gp_store_name(const struct gp_store *s)
{
	return s->name;
}

const char *
gp_store_identity(const struct gp_store *s)
{
	return *s->identity != '\0' ? s->identity : NULL;
}

void
gp_store_adopt(struct gp_store *s)
{
	s->adopt = 1;
}

void
gp_store_no_text(struct gp_store *s)
{
	s->no_text = 1;
}

static void
rollback(struct gp_store *s)
{
	enum gp_exit status = s->status;
	struct gp_why why;

	/* The engine may have rolled back by itself; that is no news. */
	if (s->in_transaction)
		s->engine->script(s, "ROLLBACK", &why);
	s->in_transaction = 0;
	s->status = status;
}

/* 1: the batch that was being committed is there; 0: it is not; -1. */
static int
is_committed(struct gp_store *s, struct gp_why *why)
{
	const struct gp_db_value v[] = { gp_db_int(s->writer),
		gp_db_int(s->batch) };
	int64_t n;

	if (!s->in_doubt || !s->has_marks)
		return 0;
	if (gp_db_number(s,
		"SELECT COUNT(*) FROM gp_put WHERE writer = $1 AND batch = $2",
		v, 2, 0, &n, why) == -1)
		return -1;
	s->in_doubt = 0;
	return n > 0;
}

static int
transact(struct gp_store *s, int write, gp_db_work *work, void *ctx,
    struct gp_why *why)
{
	int r;

	if (s->engine->begin(s, write, why) == -1)
		return -1;
	s->in_transaction = 1;
	r = write ? is_committed(s, why) : 0;
	s->is_quiet = 0;
	if (r == 0) {
		r = work(ctx, why);
		if (r == 0) {
			s->in_doubt = 1;
			r = s->engine->commit(s, write, why);
		}
		if (r == 0)
			s->in_doubt = s->in_transaction = 0;
	}
	if (r != 0)
		rollback(s);
	return r == -1 ? -1 : 0;
}

int
gp_db_again(struct gp_store *s, struct gp_outage *o, struct gp_why *why)
{
	return s->engine->again != NULL && s->engine->again(s, o, why);
}

int
gp_db_transact(struct gp_store *s, int write, gp_db_work *work, void *ctx,
    struct gp_why *why)
{
	struct gp_outage o = { .until = 0 };

	s->batch++;
	s->in_doubt = s->is_final = 0;
	while (transact(s, write, work, ctx, why) == -1)
		if (s->is_final || !gp_db_again(s, &o, why))
			return -1;
	return 0;
}

int
gp_db_script(struct gp_store *s, const char *sql, struct gp_why *why)
{
	struct gp_outage o = { .until = 0 };

	while (s->engine->script(s, sql, why) == -1)
		if (!gp_db_again(s, &o, why))
			return -1;
	return 0;
}

static int
take_number(void *ctx, const struct gp_db_value *v, size_t n)
{
	if (n > 0 && v[0].type == GP_DB_INT)
		*(int64_t *)ctx = v[0].n;
	return 0;
}

int
gp_db_number(struct gp_store *s, const char *sql, const struct gp_db_value *v,
    size_t n, int64_t none, int64_t *to, struct gp_why *why)
{
	*to = none;
	return s->engine->run(s, sql, v, n, take_number, to, why);
}

/* Words one after another; the engine that has its own stems wants none. */
void
gp_row_words(
    struct gp_store *s, const struct gp_row *row, int stems, struct gp_buf *b)
{
	struct gp_tokens in;
	struct gp_token t;
	struct gp_buf word;
	size_t i;

	gp_buf_init(&word, 0);
	gp_buf_reset(b);
	for (i = 0; i < sizeof(row->text) / sizeof(row->text[0]); i++) {
		gp_tokens_init(&in, row->text[i]);
		while (b->n < GP_MAX_FOUND && gp_tokens_next(&in, &t)) {
			if (t.kind != GP_TOKEN_WORD)
				continue;
			gp_buf_reset(&word);
			gp_fold_word(&word, t.raw);
			if (word.n == 0 || word.n > 200)
				continue;
			if (b->n > 0)
				gp_buf_addc(b, ' ');
			if (stems) {
				struct gp_span st =
				    gp_stem_word(s->stem, gp_buf_span(&word));

				gp_buf_add(b, st.p, st.n);
			} else {
				gp_buf_add(b, word.p, word.n);
			}
		}
	}
	gp_buf_release(&word);
}
