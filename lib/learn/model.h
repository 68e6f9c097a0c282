/*
 * A model in a file, made to be mapped: nothing is copied or rebuilt.
 *
 *	header	64 bytes, struct gp_model_head
 *	heads	struct gp_model_label, one a head
 *	names	struct gp_model_name, one a label, head after head;
 *		then one for each member that is a feature (gp-train --with)
 *	bias	float, one a column
 *	keys	uint64_t, one a feature, growing
 *	gains	struct gp_model_gain, one a feature
 *	weights	int8_t, columns of one feature after another
 *	text	the names' bytes
 *
 * Each part begins at a multiple of 64. Columns are the labels, head after
 * head, filled up to a multiple of GP_LANES. All is little-endian; a machine
 * of the other kind sees it by the mark. What is mapped is wholly checked:
 * sizes, order, places of names, numbers, a checksum of all behind the header.
 */
#ifndef GP_LEARN_MODEL_H
#define GP_LEARN_MODEL_H

#include "base/err.h"
#include "learn/fit.h"

#define GP_MODEL_MAGIC "gpmodel\n"
#define GP_MODEL_MARK  0x01020304u
#define GP_MODEL_UNIT  2048.0f /* of scores in whole numbers, a 1 */
#define GP_MODEL_MOST  (1024 * GP_MIB)

enum {
	GP_MODEL_VERSION = 1,
	GP_LANES = 64,
	GP_PERCENTS = 101,
	GP_MOST_COLUMNS = GP_MOST_HEADS * GP_MOST_CLASSES
};

struct gp_model_head {
	char magic[8];
	uint32_t mark, version;
	uint64_t size, sum; /* of the file; XXH64 of what follows the header */
	uint32_t features, columns; /* columns with those that fill up */
	uint32_t labels, sides;     /* names, and members that are features */
	uint16_t heads;
	uint8_t what;  /* GP_STEMS, GP_CHAR4 */
	int8_t seen;   /* the head whose scores others see, or -1 */
	uint32_t text; /* bytes of names */
	uint32_t rows; /* it was learnt from so many */
	uint32_t zero;
};
_Static_assert(sizeof(struct gp_model_head) == 64, "the header is fixed");

struct gp_model_name {
	uint32_t at, n; /* in the text */
};

struct gp_model_label {
	struct gp_model_name name; /* of the member, "class.group" */
	uint32_t first, n;         /* columns */
	float temperature;
	uint32_t held; /* texts that temperature and floors come from */
	/* floor[p]: so sure is the model of the p surest in 100 at least */
	float floor[GP_PERCENTS];
	float slope, offset; /* of how sure it is, see gp_sure */
	uint32_t zero[3];
};
_Static_assert(sizeof(struct gp_model_label) == 448, "whole lines");

struct gp_model_gain {
	float idf;
	float gain; /* x * gain is what a weight of 256 adds, in units */
};

struct gp_model {
	const struct gp_model_head *head;
	const struct gp_model_label *label;
	const struct gp_model_name *name, *side;
	const float *bias;
	const uint64_t *key;
	const struct gp_model_gain *gain;
	const int8_t *weight;
	const char *text;
	void *map; /* NULL: the bytes are the caller's */
};

/* Maps a file. -1 with the reason. */
int gp_model_open(struct gp_model *, const char *path, struct gp_why *);
/* The same; a name without a slash that is no file here is one of gp's data. */
int gp_model_find_file(struct gp_model *, const char *name, struct gp_why *);
/* The same over bytes, aligned to 8, that outlive the model. */
int gp_model_view(struct gp_model *, struct gp_span, struct gp_why *);
void gp_model_close(struct gp_model *);

struct gp_span gp_model_text(const struct gp_model *, struct gp_model_name);
/* The row of a key, or of the one that stands in for it. ctx is the model. */
gp_feature_find gp_model_find;

/* Where the parts of a file with this header lie. 0: impossible. */
struct gp_model_parts {
	uint64_t label, name, bias, key, gain, weight, text, end;
};
int gp_model_parts(const struct gp_model_head *, struct gp_model_parts *);

/* What calibration found of a head. */
struct gp_calibration {
	float temperature, slope, offset;
	uint32_t held;
	float floor[GP_PERCENTS];
};

/* Appends the file's bytes. The same fit gives the same bytes. */
void gp_model_save(const struct gp_fit *, const struct gp_calibration *,
    const char *const *side, size_t sides, struct gp_buf *);

#endif
