/* OK: /ok/fb.do and /ok/api/..., its signature, parameters and errors. */
#include "sim/ok.h"

#include <inttypes.h>
#include <openssl/evp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/methods.h"

#define ID_BASE 153000000000000000 /* ids of topics and comments */

/* clang-format off */
static const struct {
	const char *name, *params; /* as in sim/methods.h */
	int (*play)(struct gp_sim_ok_call *);
} methods[] = {
	{ "group.getInfo", "uids* fields* move_to_top", gp_sim_ok_group_info },
	{ "group.getCounters", "group_id* counterTypes*", gp_sim_ok_group_counters },
	{ "mediatopic.getTopics", "gid* i:count anchor fields", gp_sim_ok_topics },
	{ "discussions.getComments", "discussionId* discussionType* anchor direction i:count fields b:mark_as_read b:includeRemoved", gp_sim_ok_comments },
	{ "discussions.getDiscussionCommentsCount", "entityId* entityType*", gp_sim_ok_comments_count },
	{ "group.getStatTopics", "gid* i:start_time i:end_time i:count anchor fields", gp_sim_ok_stat_topics },
	{ "group.getStatTrends", "gid* i:start_time i:end_time fields", gp_sim_ok_stat_trends },
	{ "mediatopic.post", "uid type* gid* attachment* b:set_status devices b:text_link_preview b:hidden_post", gp_sim_ok_topic_post },
	{ "mediatopic.edit", "topic_id* gid attachment* b:text_link_preview", gp_sim_ok_topic_edit },
	{ "mediatopic.deleteTopic", "topic_id* gid", gp_sim_ok_topic_delete },
	{ "discussions.addDiscussionComment", "entityId* entityType* comment* reply_to_comment_id b:as_admin attachments frmt fields fieldset", gp_sim_ok_comment_add },
	{ "discussions.editDiscussionComment", "discussionId* discussionType* comment_id* comment*", gp_sim_ok_comment_edit },
	{ "discussions.deleteDiscussionComment", "discussionId* discussionType* comment_id* b:mark_as_spam b:block_author", gp_sim_ok_comment_delete },
	{ "photosV2.getUploadUrl", "uid gid* aid i:count", gp_sim_ok_upload_url },
	{ "video.getUploadUrl", "uid gid* file_name* i:file_size* b:post_form attachment_type cid", gp_sim_ok_video_url },
	{ "video.update", "uid vid* title description tags privacy", gp_sim_ok_video_update },
	{ "users.getCurrentUser", "fields", gp_sim_ok_current_user },
	{ "users.getLoggedInUser", "", gp_sim_ok_logged_in },
};
/* clang-format on */

static const char common[] =
    "application_key* format method* access_token session_key sig*";

int
gp_sim_ok_fail(struct gp_sim_ok_call *c, int code, const char *fmt, ...)
{
	char what[256];
	struct gp_jw w;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	gp_buf_reset(&c->a->body);
	gp_jw_init(&w, &c->a->body);
	gp_jw_open(&w, '{');
	gp_jw_kint(&w, "error_code", code);
	gp_jw_kstr(&w, "error_msg", what);
	gp_jw_key(&w, "error_data");
	gp_jw_raw(&w, gp_span_of("null"));
	gp_jw_close(&w, '}');
	return -1;
}

void
gp_sim_ok_id(struct gp_sim_ok_call *c, const char *key, int64_t id)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, ID_BASE + id);
	gp_jw_kstr(&c->jw, key, text);
}

void
gp_sim_ok_number(char to[24], const struct gp_sim_note *n)
{
	snprintf(to, 24, "%" PRId64, ID_BASE + (n->was != 0 ? n->was : n->id));
}

int64_t
gp_sim_ok_note(const char *s)
{
	char *end;
	int64_t n = s != NULL ? strtoll(s, &end, 10) : 0;

	return s != NULL && *end == '\0' && n > ID_BASE ? n - ID_BASE : 0;
}

int
gp_sim_ok_group(struct gp_sim_ok_call *c, const char *param)
{
	const char *s = gp_sim_arg(c->r, param);

	c->group = s != NULL ? strtoll(s, NULL, 10) : 0;
	c->f = gp_sim_feed_by_id(c->sim, GP_SIM_OK, c->group);
	if (c->f != NULL)
		return 0;
	return gp_sim_ok_fail(c, 160, "PARAM_GROUP_ID : no group %s", s);
}

static int
by_name(const void *a, const void *b)
{
	const struct gp_sim_param *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

int
gp_sim_ok_md5(struct gp_span s, char to[33])
{
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned n = 0, k;

	if (EVP_Digest(s.p, s.n, sum, &n, EVP_md5(), NULL) != 1)
		return -1;
	for (k = 0; k < 16; k++)
		snprintf(to + 2 * k, 3, "%02x", sum[k]);
	return 0;
}

/* What the signature has to be, written out from the documentation. */
static int
signature(const struct gp_sim_request *r, const char *secret, char to[33])
{
	const struct gp_sim_param *list[64] = { NULL };
	struct gp_buf text;
	size_t i, m = 0;
	int bad;

	for (i = 0; i < r->n && m < 64; i++)
		if (strcmp(r->param[i].name, "sig") != 0 &&
		    strcmp(r->param[i].name, "access_token") != 0 &&
		    strcmp(r->param[i].name, "session_key") != 0)
			list[m++] = &r->param[i];
	qsort(list, m, sizeof(list[0]), by_name);
	gp_buf_init(&text, 0);
	for (i = 0; i < m; i++)
		gp_buf_addf(
		    &text, "%s=%s", list[i]->name, gp_buf_str(&list[i]->value));
	gp_buf_adds(&text, secret);
	bad = gp_sim_ok_md5(gp_buf_span(&text), to);
	gp_buf_release(&text);
	return bad;
}

static int
authentic(struct gp_sim_ok_call *c)
{
	const struct gp_sim_tokens *t = &c->sim->tokens;
	const char *key = gp_sim_arg(c->r, "application_key");
	const char *token = gp_sim_arg(c->r, "access_token");
	const char *sig = gp_sim_arg(c->r, "sig");
	char want[33] = "";

	if (key == NULL || strcmp(key, t->v[GP_SIM_T_OK_APPLICATION_KEY]) != 0)
		return gp_sim_ok_fail(c, 101,
		    "PARAM_API_KEY : No application key, or it is unknown");
	if (token == NULL)
		return gp_sim_ok_fail(
		    c, 453, "SESSION_REQUIRED : No session key specified");
	if (strcmp(token, t->v[GP_SIM_T_OK_ACCESS]) != 0)
		return gp_sim_ok_fail(c, 103,
		    "PARAM_SESSION_KEY : Invalid session key %s", token);
	if (signature(c->r, t->v[GP_SIM_T_OK_SESSION], want) == -1 ||
	    sig == NULL || strcmp(sig, want) != 0)
		return gp_sim_ok_fail(c, 104,
		    "PARAM_SIGNATURE : Invalid signature %s",
		    sig != NULL ? sig : "");
	return 0;
}

/* 1: it is in the list and of its type. */
static int
listed(const struct gp_sim_param *p, const char *list)
{
	struct gp_sim_param_kind k;
	const char *s = gp_buf_str(&p->value);
	char *end;

	while (gp_sim_param_next(&list, &k)) {
		if (!gp_span_is(k.name, p->name))
			continue;
		if (k.type == 'b')
			return strcmp(s, "true") == 0 ||
			    strcmp(s, "false") == 0;
		strtoll(s, &end, 10);
		return k.type != 'i' || (*s != '\0' && *end == '\0');
	}
	return 0;
}

int
gp_sim_ok_check(struct gp_sim_ok_call *c, const char *params)
{
	struct gp_sim_param_kind k;
	char name[64];
	size_t i;

	for (i = 0; i < c->r->n; i++)
		if (!listed(&c->r->param[i], params) &&
		    !listed(&c->r->param[i], common))
			return gp_sim_ok_fail(c, 100,
			    "PARAM : Invalid parameter %s",
			    c->r->param[i].name);
	while (gp_sim_param_next(&params, &k)) {
		snprintf(name, sizeof(name), "%.*s", (int)k.name.n, k.name.p);
		if (k.required && gp_sim_arg(c->r, name) == NULL)
			return gp_sim_ok_fail(c, 100,
			    "PARAM : Missed required parameter: %s", name);
	}
	return 0;
}

static void
method(struct gp_sim_ok_call *c, const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (name != NULL && strcmp(methods[i].name, name) == 0)
			break;
	if (i == sizeof(methods) / sizeof(methods[0])) {
		gp_sim_ok_fail(c, 3, "METHOD : Method does not exist. %s",
		    name != NULL ? name : "");
		return;
	}
	if (authentic(c) == -1 || gp_sim_ok_check(c, methods[i].params) == -1)
		return;
	gp_jw_init(&c->jw, &c->a->body);
	methods[i].play(c);
}

static void
answer(
    struct gp_sim *sim, const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	struct gp_sim_ok_call c = { .sim = sim, .r = r, .a = a };
	char name[80];
	char *slash;

	a->type = "application/json";
	if (strcmp(r->path, "/ok/fb.do") == 0) {
		method(&c, gp_sim_arg(r, "method"));
	} else if (strncmp(r->path, "/ok/api/", 8) == 0) {
		snprintf(name, sizeof(name), "%s", r->path + 8);
		slash = strchr(name, '/');
		if (slash != NULL)
			*slash = '.';
		method(&c, name);
	} else if (strncmp(r->path, "/ok/upload/video/", 17) == 0) {
		gp_sim_ok_video_upload(&c, r->path + 17);
	} else if (strncmp(r->path, "/ok/upload/", 11) == 0) {
		gp_sim_ok_upload(&c, r->path + 11);
	} else if (strncmp(r->path, "/ok/graph/", 10) == 0) {
		gp_sim_ok_graph(&c, r->path + 10);
	} else {
		a->status = 404;
	}
}

static int
fault(struct gp_sim *sim, const struct gp_sim_fault *f,
    const struct gp_sim_request *r, struct gp_sim_reply *a)
{
	struct gp_sim_ok_call c = { .sim = sim, .r = r, .a = a };
	static const struct {
		int code;
		const char *says;
	} codes[] = { { 1, "UNKNOWN : Unknown error" },
		{ 2, "SERVICE : Service temporary unavailable" },
		{ 8, "FLOOD_BLOCKED : Too many similar actions" },
		{ 9, "IP_BLOCKED : The address is blocked" },
		{ 10, "PERMISSION_DENIED : No permission" },
		{ 11, "LIMIT_REACHED : Limit reached" },
		{ 102, "PARAM_SESSION_EXPIRED : Session expired" },
		{ 300, "NOT_FOUND : Not found" } };
	int code = f->kind == GP_SIM_F_429 ? 11
	    : f->kind == GP_SIM_F_500      ? 2
					   : (int)f->code;
	size_t i = 0;

	a->type = "application/json";
	while (
	    i + 1 < sizeof(codes) / sizeof(codes[0]) && codes[i].code != code)
		i++;
	gp_sim_ok_fail(&c, code, "%s",
	    codes[i].code == code ? codes[i].says : codes[0].says);
	return 0;
}

static int
init(struct gp_sim *sim)
{
	sim->state[GP_SIM_OK] = calloc(1, sizeof(struct gp_sim_ok_state));
	return sim->state[GP_SIM_OK] != NULL ? 0 : -1;
}

static void
release(struct gp_sim *sim)
{
	free(sim->state[GP_SIM_OK]);
	sim->state[GP_SIM_OK] = NULL;
}

const struct gp_sim_network gp_sim_ok = { "ok", "/ok/", init, release, answer,
	fault, NULL };
