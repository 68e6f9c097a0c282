/*
 * What is wrong with a set-up: findings, gp-record(5), by checks that touch
 * nothing. Nothing here shows a secret.
 */
#ifndef GP_DOCTOR_DOCTOR_H
#define GP_DOCTOR_DOCTOR_H

#include "base/exit.h"
#include "base/instant.h"
#include "config/config.h"
#include "http/http.h"

enum gp_level {
	GP_FINE, /* in order; told only when asked for */
	GP_WARNING,
	GP_ERROR
};

struct gp_doctor_finding {
	enum gp_level level;
	const char *rule; /* "secret.mode" */
	char *of;         /* file, page or token; NULL: the machine */
	char *message;
	enum gp_exit means; /* the status of a command that meets it */
};

struct gp_doctor {
	struct gp_doctor_finding *v;
	size_t n, cap;
	int bad; /* no memory */
};

void gp_doctor_release(struct gp_doctor *);
void gp_doctor_say(struct gp_doctor *, enum gp_level, const char *rule,
    const char *of, enum gp_exit means, const char *fmt, ...) GP_PRINTF(6, 7);
const char *gp_level_name(enum gp_level);

/* Of the config: what can be seen without reading any secret or network. */
void gp_doctor_config(struct gp_doctor *, const struct gp_config *);
/* Each secret it names can be read, by its owner alone. */
void gp_doctor_secrets(struct gp_doctor *, const struct gp_config *);
/* Files that commands keep: a state (cursors), a database; NULL: none. */
void gp_doctor_files(
    struct gp_doctor *, const char *state, const char *db, size_t min_disk);
/* jq, fonts with Cyrillic letters, the folder of shared buckets. */
/* Opens the database of gp-store, reads nothing of it. */
void gp_doctor_database(struct gp_doctor *, const char *url);
void gp_doctor_machine(struct gp_doctor *, gp_instant now);
/* The clock against those of the networks that answered. */
void gp_doctor_clock(struct gp_doctor *, const struct gp_http *, long max);

#endif
