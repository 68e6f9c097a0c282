#include "store/desk.h"

/* A reply after which no receipt says that it could not be sent. */
#define WENT                                                            \
	"NOT EXISTS(SELECT 1 FROM gp_record f WHERE f.role = 6"         \
	" AND f.answers = r.answers AND (f.at >= r.at OR r.at IS NULL)" \
	" AND NOT EXISTS(SELECT 1 FROM gp_record g WHERE g.role = 5"    \
	" AND g.answers = f.answers AND g.at >= f.at))"

/* A word that the network shows of a reply that was interim. */
#define IS_NO_COPY                                              \
	"NOT EXISTS(SELECT 1 FROM gp_record m JOIN gp_record i" \
	" ON i.answers = m.answers AND i.role = 4"              \
	" WHERE m.made = r.id AND m.role = 5)"

/* A receipt of an interim reply. */
#define IS_NO_RECEIPT                                           \
	"NOT EXISTS(SELECT 1 FROM gp_record i WHERE i.role = 4" \
	" AND i.answers = r.answers)"

/* Roles are those of gp_role, in row.h. */
#define COUNTS                                                     \
	"CASE r.role WHEN 2 THEN " IS_NO_COPY " WHEN 3 THEN " WENT \
	" WHEN 5 THEN " IS_NO_RECEIPT " END"

/* The talk is the person's own: private, or a thread that he began. */
#define OWN_TALK                                          \
	"(a.type = 'message' OR a.talk = a.id OR EXISTS(" \
	"SELECT 1 FROM gp_record t WHERE t.id = a.talk"   \
	" AND t.author = a.author))"

#define TO_THE_PERSON                                         \
	"(r.answers IS NULL OR r.answers = a.talk OR EXISTS(" \
	"SELECT 1 FROM gp_record p WHERE p.id = r.answers"    \
	" AND p.author = a.author))"

static const char final_at[] =
    "(SELECT MAX(u.t) FROM ("
    "SELECT COALESCE(r.at, a.at, 0) AS t FROM gp_record r"
    " WHERE r.role >= 2 AND r.answers = a.id AND " COUNTS " UNION ALL "
    "SELECT r.at FROM gp_record r WHERE r.role = 2 AND r.talk = a.talk"
    " AND r.at >= a.at AND " TO_THE_PERSON " AND " OWN_TALK " AND " IS_NO_COPY
    ") u)";

static const char interim_at[] =
    "(SELECT MAX(COALESCE(r.at, a.at, 0)) FROM gp_record r"
    " WHERE r.role >= 2 AND r.role = 4 AND r.answers = a.id AND " WENT ")";

static const char promised_at[] =
    "(SELECT r.promised FROM gp_record r WHERE r.role >= 2 AND r.role = 4"
    " AND r.answers = a.id AND " WENT " ORDER BY r.at DESC, r.n DESC LIMIT 1)";

static const char again[] =
    "(CASE WHEN EXISTS(SELECT 1 FROM gp_record b WHERE b.author = a.author"
    " AND b.at <= a.at AND b.n <> a.n AND b.talk = a.talk"
    " AND (EXISTS(SELECT 1 FROM gp_record r WHERE r.role >= 2"
    " AND r.answers = b.id AND r.role IN (2, 3, 5) AND r.at <= a.at)"
    " OR (b.type = 'message' AND EXISTS(SELECT 1 FROM gp_record r"
    " WHERE r.role = 2 AND r.talk = b.talk AND r.at >= b.at"
    " AND r.at <= a.at)))) THEN 1 ELSE 0 END)";

void
gp_desk_columns(struct gp_buf *b)
{
	gp_buf_adds(b, final_at);
	gp_buf_adds(b, " AS final_at, ");
	gp_buf_adds(b, interim_at);
	gp_buf_adds(b, " AS interim_at, ");
	gp_buf_adds(b, promised_at);
	gp_buf_adds(b, " AS promised_at, ");
	gp_buf_adds(b, again);
	gp_buf_adds(b, " AS again");
}
