/*
 * A record as a lesson: its text, its labels, what stands beside the text.
 * Members within others are named with dots: "class.topic".
 */
#ifndef GP_LEARN_LESSON_H
#define GP_LEARN_LESSON_H

#include "learn/model.h"
#include "json/json.h"

struct gp_lesson_how {
	const char *text; /* member */
	const char *label[GP_MOST_HEADS];
	size_t labels;
	const char *side[GP_MOST_SIDES];
	size_t sides;
	int machine; /* labels that gp-classify gave are taken too */
};

enum gp_lesson_is {
	GP_LESSON = 1,
	GP_LESSON_NONE = 0, /* no text or no label */
	GP_LESSON_REFUSED = -1,
	GP_LESSON_MACHINE = 2, /* its class is a program's own */
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

/* The member of that name with dots. */
struct gp_json gp_lesson_member(
    struct gp_json_reader *, const struct gp_json_obj *, struct gp_span path);

/* The key of a member beside the text; 0: it is absent, or no string and no
 * number. */
uint64_t gp_lesson_side(struct gp_json_reader *, const struct gp_json_obj *,
    struct gp_span path, struct gp_buf *word);

/* Keys of the members that a model was taught to see; returns how many. */
size_t gp_lesson_sides(struct gp_json_reader *, const struct gp_json_obj *,
    const struct gp_model *, struct gp_buf *word, uint64_t side[GP_MOST_SIDES]);

#endif
