#include "store/tell.h"

#include "json/write.h"

static void
end(struct gp_jw *w)
{
	gp_jw_close(w, '}');
	gp_buf_addc(w->b, '\n');
}

void
gp_tell_ack(struct gp_buf *b, const char *file, unsigned long long line,
    const struct gp_store_counts *c)
{
	struct gp_jw w;

	gp_jw_init(&w, b);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "type", "ack");
	gp_jw_kstr(&w, "file", file);
	gp_jw_kint(&w, "line", (int64_t)line);
	gp_jw_kint(&w, "records", (int64_t)c->records);
	gp_jw_kint(&w, "new", (int64_t)c->fresh);
	gp_jw_kint(&w, "changed", (int64_t)c->changed);
	gp_jw_kint(&w, "same", (int64_t)c->same);
	gp_jw_kint(&w, "older", (int64_t)c->stale);
	gp_jw_kint(&w, "forgotten", (int64_t)c->forgotten);
	gp_jw_kint(&w, "cursors", (int64_t)c->cursors);
	end(&w);
}

static void
instant(struct gp_jw *w, const char *key, int has, gp_instant t)
{
	char text[GP_INSTANT_LEN];

	if (has)
		gp_jw_kstr(w, key, gp_instant_utc(t, text));
}

static void
desk(struct gp_buf *b, const struct gp_found *found)
{
	struct gp_jw w;

	gp_jw_init(&w, b);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "state", gp_desk_word(found->state));
	gp_jw_kbool(&w, "overdue", found->overdue);
	instant(&w, "answered", found->has_answered, found->answered);
	instant(&w, "promised", found->has_promised, found->promised);
	instant(&w, "deadline", found->has_deadline, found->deadline);
	gp_jw_close(&w, '}');
}

int
gp_tell_desk(struct gp_buf *b, struct gp_json_reader *r,
    const struct gp_found *found, struct gp_why *why)
{
	struct gp_json_edit edit = { .key = "desk" };
	struct gp_json_obj rec;
	struct gp_buf line, member; /* the reader wants bytes behind the line */
	int bad = 0;

	if (found->state == GP_DESK_NONE) {
		gp_buf_add(b, found->body.p, found->body.n);
		gp_buf_addc(b, '\n');
		return 0;
	}
	gp_buf_init(&line, 2 * GP_MAX_LINE);
	gp_buf_init(&member, 0);
	gp_buf_add(&line, found->body.p, found->body.n);
	bad = gp_json_open(r, gp_buf_span(&line), 0, &rec, why);
	if (bad == 0) {
		desk(&member, found);
		edit.value = gp_buf_span(&member);
		gp_json_splice(b, &rec, &edit, 1);
		gp_buf_addc(b, '\n');
	}
	gp_buf_release(&line);
	gp_buf_release(&member);
	return bad;
}

void
gp_tell_done(struct gp_buf *b, const char *type, int dry,
    const char *const *name, const int64_t *n)
{
	struct gp_jw w;
	size_t i;

	gp_jw_init(&w, b);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "type", type);
	if (dry)
		gp_jw_kbool(&w, "dry_run", 1);
	for (i = 0; name[i] != NULL; i++)
		gp_jw_kint(&w, name[i], n[i]);
	end(&w);
}

void
gp_tell_wrong(struct gp_buf *b, const char *store, const char *rule,
    struct gp_span id, const char *message)
{
	struct gp_jw w;

	gp_jw_init(&w, b);
	gp_jw_open(&w, '{');
	gp_jw_kstr(&w, "type", "finding");
	gp_jw_kstr(&w, "level", "error");
	gp_jw_kstr(&w, "rule", rule);
	if (id.n > 0)
		gp_jw_ktext(&w, "of", id);
	gp_jw_kstr(&w, "on", store);
	gp_jw_kstr(&w, "message", message);
	end(&w);
}
