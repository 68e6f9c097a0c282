/*
 * What was decided: the blocks of a sheet meet their drafts, and what may not
 * go out is found before anything does.
 */
#ifndef GP_REVIEW_JUDGE_H
#define GP_REVIEW_JUDGE_H

#include "check/check.h"
#include "review/sheet.h"
#include "text/personal.h"

enum gp_verdict {
	GP_VERDICT_SKIP,
	GP_VERDICT_APPROVE,
	GP_VERDICT_EDIT,
	GP_VERDICT_RETURN,
};

/* By draft; one whose block was taken out of the sheet is skipped. */
struct gp_ruling {
	enum gp_verdict verdict;
	struct gp_span text, why; /* as the sheet has it */
	int changed;              /* the text is another than was shown */
};

struct gp_review_rules {
	const char *person; /* who decides */
	int two;            /* whoever drafted must not approve */
	struct gp_personal_run *personal;
	struct gp_checker *checker; /* of the standard; NULL: none */
};

/*
 * An approved text has no hole, is not empty nor longer than its network
 * takes, does not repeat personal data of the appeal in public, nor has
 * documents, cards, flats and dates of birth at all, and no error by the
 * standard. Adds what is wrong; ruling[] is by draft.
 */
void gp_review_judge(const struct gp_review_desk *,
    const struct gp_review_sheet *, const struct gp_review_rules *,
    struct gp_ruling *, struct gp_review_wrongs *);

#endif
