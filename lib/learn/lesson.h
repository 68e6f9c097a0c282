/*
 * A record as a lesson: its text, its labels, what stands beside the text.
 * Members within others are named with dots: "class.topic".
 */
#ifndef GP_LEARN_LESSON_H
#define GP_LEARN_LESSON_H

#include "learn/model.h"
#include "json/json.h"

enum {
	GP_MOST_PATH = 128
};

struct gp_lesson_how {
	const char *text; /* member */
	const char *label[GP_MOST_HEADS];
	size_t labels;
	const char *side[GP_MOST_SIDES];
	size_t sides;
	int machine; /* labels that programs gave are taken too */
};

enum gp_lesson_is {
	GP_LESSON = 1,
	GP_LESSON_NONE = 0, /* no text or no label */
	GP_LESSON_REFUSED = -1,
	GP_LESSON_MACHINE = 2, /* its labels are a program's own */
};

/* One a thread. */
struct gp_lesson_reader {
	struct gp_json_reader *json;
	struct gp_buf text, label[GP_MOST_HEADS], word;
};

/* -1: no memory. */
int gp_lesson_init(struct gp_lesson_reader *);
void gp_lesson_release(struct gp_lesson_reader *);

/* The lesson borrows the line and the reader, until the next call. */
enum gp_lesson_is gp_lesson_read(struct gp_lesson_reader *,
    const struct gp_lesson_how *, struct gp_span line, struct gp_lesson *,
    struct gp_why *);

/* The names of labels and of what stands beside the text, as options give them:
 * a model and a class can hold them. -1 with the reason. */
int gp_lesson_prove(const struct gp_lesson_how *, struct gp_why *);

/* The member of that name with dots; of GP_MOST_PATH bytes between them there
 * is none. */
struct gp_json gp_lesson_member(
    struct gp_json_reader *, const struct gp_json_obj *, struct gp_span path);

/*
 * 1: the member is of gp-route's default, which holds where no rule does (its
 * `rule` ends with "/default"), and no person signed it: nobody has said it.
 */
int gp_lesson_is_default(
    struct gp_json_reader *, const struct gp_json_obj *, struct gp_span path);

/*
 * Keys of a member beside the text, a string or a number; returns how many, 2
 * at most: of its value and, where that goes from the greater to the lesser
 * ("Заречинск, ул. Паромная"), of what stands before the first comma.
 */
size_t gp_lesson_side(struct gp_json_reader *, const struct gp_json_obj *,
    struct gp_span path, struct gp_buf *word, uint64_t key[2]);

/* Keys of the members that a model was taught to see; returns how many. */
size_t gp_lesson_sides(struct gp_json_reader *, const struct gp_json_obj *,
    const struct gp_model *, struct gp_buf *word,
    uint64_t side[GP_MOST_SIDE_KEYS]);

#endif
