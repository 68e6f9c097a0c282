#include "report/measure.h"

#include <string.h>

#define SECONDS GP_IN_NDJSON
#define PEOPLE  (GP_IN_TABLE | GP_IN_CSV)
#define ALL     (PEOPLE | GP_IN_NDJSON)

/* What a figure is made of. */
enum form {
	COUNT, /* of a state */
	SHARE, /* a state of another, in per cent; GP_STATES: of all */
	TIME,  /* a quantile of the time to the first answer */
	OWN,   /* its own way */
};

/* clang-format off */
static const struct {
	const char *key, *title[GP_LANGS];
	enum form form;
	enum gp_state state, of;
	double q;
	const char *about[GP_LANGS];
} m[GP_MEASURES] = {
	[GP_M_N] = { "n", { "Обращения", "Appeals" }, OWN, 0, 0, 0,
		{ "Обращения, поступившие за период: последняя версия каждого, без удалённых и дубликатов. Знаменатель долей, если не сказано иное.",
		  "Appeals that came in the period: the last version of each, without those deleted and duplicates. The denominator of shares unless another is named." } },
	[GP_M_SHARE] = { "share", { "Доля, %", "Share, %" }, OWN, 0, 0, 0,
		{ "Обращения строки / все обращения того же периода × 100.",
		  "Appeals of the row / all appeals of the same period × 100." } },
	[GP_M_ANSWERED] = { "answered", { "Отвечено", "Answered" }, COUNT, GP_S_ANSWERED, 0, 0,
		{ "Получили первый ответ страницы, в том числе промежуточный, к дате среза.",
		  "Had a first answer of the page, also an interim one, by the cut-off." } },
	[GP_M_ANSWERED_SHARE] = { "answered_share", { "Отвечено, %", "Answered, %" }, SHARE, GP_S_ANSWERED, GP_STATES, 0,
		{ "Отвечено / обращения × 100. Открытые остаются в знаменателе.",
		  "Answered / appeals × 100. Open ones stay in the denominator." } },
	[GP_M_OPEN] = { "open", { "Без ответа", "Open" }, COUNT, GP_S_OPEN, 0, 0,
		{ "Обращения − отвечено: ответа к дате среза нет.",
		  "Appeals − answered: no answer by the cut-off." } },
	[GP_M_MEDIAN] = { "median", { "Медиана, ч", "Median, h" }, TIME, 0, 0, 0.5,
		{ "Время до первого ответа, за которое ответили на половину всех обращений: значение ранга ⌈0,5·n⌉, где открытые стоят последними. Не известно, если ранг приходится на открытое. Часы суток, не рабочие.",
		  "The time to the first answer within which half of all appeals were answered: the value of rank ⌈0.5·n⌉, open ones standing last. Not known where the rank falls on an open one. Hours of the clock, not working ones." } },
	[GP_M_P90] = { "p90", { "90 %, ч", "90 %, h" }, TIME, 0, 0, 0.9,
		{ "То же для девяти из десяти обращений: ранг ⌈0,9·n⌉.",
		  "The same for nine appeals of ten: rank ⌈0.9·n⌉." } },
	[GP_M_DAY] = { "within_24h", { "За 24 ч", "Within 24 h" }, COUNT, GP_S_DAY, 0, 0,
		{ "Первый ответ не позже чем через 24 часа после обращения.",
		  "First answer not later than 24 hours after the appeal." } },
	[GP_M_DAY_SHARE] = { "within_24h_share", { "За 24 ч, %", "Within 24 h, %" }, SHARE, GP_S_DAY, GP_STATES, 0,
		{ "За 24 ч / обращения × 100. Открытые остаются в знаменателе.",
		  "Within 24 h / appeals × 100. Open ones stay in the denominator." } },
	[GP_M_WITH_TERM] = { "with_term", { "Со сроком", "With a term" }, COUNT, GP_S_WITH_TERM, 0, 0,
		{ "Обращения, для которых известен срок ответа (ближайший из due.first и due.final).",
		  "Appeals whose term is known (the sooner of due.first and due.final)." } },
	[GP_M_IN_TERM] = { "in_term", { "В срок", "In term" }, COUNT, GP_S_IN_TERM, 0, 0,
		{ "Первый ответ не позже срока.", "First answer not later than the term." } },
	[GP_M_IN_TERM_SHARE] = { "in_term_share", { "В срок, %", "In term, %" }, SHARE, GP_S_IN_TERM, GP_S_WITH_TERM, 0,
		{ "В срок / со сроком × 100. Открытые, и те, чей срок ещё не вышел, остаются в знаменателе.",
		  "In term / with a term × 100. Open ones stay in the denominator, those too whose term is not over." } },
	[GP_M_LATE] = { "late", { "С опозданием", "Late" }, COUNT, GP_S_LATE, 0, 0,
		{ "Ответ дан позже срока.", "Answered after the term." } },
	[GP_M_OVERDUE] = { "overdue", { "Просрочено", "Overdue" }, COUNT, GP_S_OVERDUE, 0, 0,
		{ "Без ответа, и срок вышел к дате среза.", "Open, and the term was over at the cut-off." } },
	[GP_M_INTERIM] = { "interim", { "Промежуточный", "Interim" }, COUNT, GP_S_INTERIM, 0, 0,
		{ "Дан промежуточный ответ, окончательного ещё нет.", "An interim answer was given, the final one is still to come." } },
	[GP_M_PROMISED] = { "promised", { "Обещано", "Promised" }, COUNT, GP_S_PROMISED, 0, 0,
		{ "В промежуточном ответе названа дата.", "An interim answer named a date." } },
	[GP_M_KEPT] = { "kept", { "Выполнено", "Kept" }, COUNT, GP_S_KEPT, 0, 0,
		{ "Окончательный ответ дан не позже обещанного дня.", "The final answer came by the day that was promised." } },
	[GP_M_KEPT_SHARE] = { "kept_share", { "Выполнено, %", "Kept, %" }, SHARE, GP_S_KEPT, GP_S_PROMISED, 0,
		{ "Выполнено / обещано × 100.", "Kept / promised × 100." } },
	[GP_M_BROKEN] = { "broken", { "Нарушено", "Broken" }, COUNT, GP_S_BROKEN, 0, 0,
		{ "Обещанный день прошёл: окончательного ответа нет или он дан позже.", "The day is over: no final answer, or a later one." } },
	[GP_M_WAITING] = { "waiting", { "Ещё не наступило", "Still to come" }, COUNT, GP_S_WAITING, 0, 0,
		{ "Обещанный день не наступил, окончательного ответа ещё нет.", "The day is still to come, and so is the final answer." } },
	[GP_M_REPEAT] = { "repeat", { "Повторные", "Repeated" }, COUNT, GP_S_REPEAT, 0, 0,
		{ "Обращения с repeat_of: тот же человек о том же после ответа.", "Appeals with repeat_of: the same person on the same after an answer." } },
	[GP_M_REPEAT_SHARE] = { "repeat_share", { "Повторные, %", "Repeated, %" }, SHARE, GP_S_REPEAT, GP_STATES, 0,
		{ "Повторные / обращения × 100.", "Repeated / appeals × 100." } },
	[GP_M_COMPLAINT] = { "complaint", { "Жалобы", "Complaints" }, COUNT, GP_S_COMPLAINT, 0, 0,
		{ "Обращения вида «жалоба».", "Appeals of that kind." } },
	[GP_M_QUESTION] = { "question", { "Вопросы", "Questions" }, COUNT, GP_S_QUESTION, 0, 0,
		{ "Обращения вида «вопрос».", "Appeals of that kind." } },
	[GP_M_SUGGESTION] = { "suggestion", { "Предложения", "Suggestions" }, COUNT, GP_S_SUGGESTION, 0, 0,
		{ "Обращения вида «предложение».", "Appeals of that kind." } },
	[GP_M_DANGER] = { "danger", { "Опасность", "Danger" }, COUNT, GP_S_DANGER, 0, 0,
		{ "Обращения вида «опасность».", "Appeals of that kind." } },
	[GP_M_UNSORTED] = { "unsorted", { "Не разобрано", "Unsorted" }, COUNT, GP_S_UNSORTED, 0, 0,
		{ "Обращения без класса.", "Appeals without a class." } },
	[GP_M_OLDEST] = { "oldest", { "Старшее ждёт, дн.", "Oldest waits, d" }, OWN, 0, 0, 0,
		{ "От самого старого обращения без ответа до даты среза.", "From the oldest open appeal to the cut-off." } },
	[GP_M_BEFORE] = { "before", { "Было", "Before" }, OWN, 0, 0, 0,
		{ "Обращения периода, с которым сравнивают.", "Appeals of the period that it is compared with." } },
	[GP_M_CHANGE] = { "change", { "Изменение, %", "Change, %" }, OWN, 0, 0, 0,
		{ "(Обращения − было) / было × 100. Не известно, если не было ни одного.", "(Appeals − before) / before × 100. Not known where there were none." } },
};
/* clang-format on */

static const struct gp_column *
set(struct gp_column *c, enum gp_measure k, int flags, int places)
{
	*c = (struct gp_column){ m[k].key,
		{ m[k].title[GP_RU], m[k].title[GP_EN] }, flags | GP_COL_NUMBER,
		places };
	return c;
}

static int
is_time(enum gp_measure k)
{
	return m[k].form == TIME || k == GP_M_OLDEST;
}

int
gp_measure_columns(enum gp_measure k, struct gp_column *c)
{
	if (is_time(k)) {
		set(c, k, SECONDS, 0);
		set(c + 1, k, PEOPLE, 1);
		return 2;
	}
	/* What it is compared with has a place of its own in records. */
	set(c, k, k == GP_M_BEFORE ? PEOPLE : ALL, 1);
	return 1;
}

static struct gp_cell
share(uint64_t n, uint64_t of)
{
	struct gp_cell none = { .type = GP_CELL_NONE };

	return of > 0 ? gp_cell_real(100.0 * (double)n / (double)of) : none;
}

static void
took(enum gp_measure k, const struct gp_count *now, struct gp_cell *c)
{
	struct gp_quantile *q = (struct gp_quantile *)(uintptr_t)&now->took;
	/* Answers of unknown time say nothing of how long they took. */
	uint64_t of = now->of[GP_S_OPEN] + now->of[GP_S_TIMED];
	double at = of > 0 ? gp_quantile_at(q, m[k].q, of) : -1;

	if (at < 0)
		return;
	c[0] = gp_cell_int((int64_t)(at + 0.5));
	c[1] = gp_cell_real(at / 3600);
}

static void
own(enum gp_measure k, const struct gp_count *now,
    const struct gp_count *before, const struct gp_count *all, gp_instant cut,
    struct gp_cell *c)
{
	double wait = (double)(cut - now->oldest);

	if (k == GP_M_N)
		c[0] = gp_cell_int((int64_t)now->n);
	else if (k == GP_M_SHARE && all != NULL)
		c[0] = share(now->n, all->n);
	else if (k == GP_M_BEFORE)
		c[0] = gp_cell_int((int64_t)before->n);
	else if (k == GP_M_CHANGE && before->n > 0)
		c[0] = gp_cell_real(
		    100.0 * ((double)now->n / (double)before->n - 1));
	if (k == GP_M_OLDEST && now->oldest != 0 && wait >= 0) {
		c[0] = gp_cell_int((int64_t)wait);
		c[1] = gp_cell_real(wait / 86400);
	}
}

void
gp_measure_cells(enum gp_measure k, const struct gp_count *now,
    const struct gp_count *before, const struct gp_count *all, gp_instant cut,
    struct gp_cell *c)
{
	memset(c, 0, (is_time(k) ? 2 : 1) * sizeof(*c));
	switch (m[k].form) {
	case COUNT:
		c[0] = gp_cell_int((int64_t)now->of[m[k].state]);
		break;
	case SHARE:
		c[0] = share(now->of[m[k].state],
		    m[k].of == GP_STATES ? now->n : now->of[m[k].of]);
		break;
	case TIME:
		took(k, now, c);
		break;
	case OWN:
		own(k, now, before, all, cut, c);
		break;
	}
}

const char *
gp_measure_title(enum gp_measure k, enum gp_lang lang)
{
	return m[k].title[lang];
}

const char *
gp_measure_about(enum gp_measure k, enum gp_lang lang)
{
	return m[k].about[lang];
}
