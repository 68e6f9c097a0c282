/*
 * A plan of posts, gp-plan(5): what is to go out, where and when. It is read
 * from YAML, from a table (CSV) or from records; all become the same entries.
 */
#ifndef GP_PLAN_PLAN_H
#define GP_PLAN_PLAN_H

#include "base/instant.h"
#include "base/pool.h"
#include "config/yaml.h"
#include "json/json.h"

struct gp_plan_file {
	const char *path; /* as written */
	const char *kind; /* photo video; NULL: what its bytes say */
	const char *alt;  /* NULL: none */
};

struct gp_plan_files {
	struct gp_plan_file *v;
	size_t n;
	int set; /* also an empty list is one */
};

struct gp_plan_poll {
	const char *question;
	struct gp_yaml_list option; /* const char * */
	int64_t correct;            /* of a quiz, from 1; 0: it is none */
	const char *explanation;    /* of a quiz; markup */
	int multiple, open_names;
	const char *close; /* as `at`; NULL: it stays open */
	gp_instant closes; /* 0: it stays open */
	unsigned line;
};

/* What differs on one page, or on one network. NULL, set 0: as elsewhere. */
struct gp_plan_over {
	const char *of; /* name of a page of the config, or a network */
	int skip;
	const char *text, *at, *link;
	struct gp_yaml_list tag;
	const struct gp_yaml *file_node;
	struct gp_plan_files file;
	struct gp_plan_poll *poll;
	gp_instant when;
	unsigned line;
};

struct gp_plan_entry {
	const char *id;
	const char *at, *text, *link;
	struct gp_yaml_list page, tag; /* const char * */
	const struct gp_yaml *file_node;
	struct gp_plan_files file;
	struct gp_plan_poll *poll;
	struct gp_yaml_list over; /* struct gp_plan_over */
	int gone;                 /* `delete`: to be taken back */
	int no_markup;            /* all signs of its texts are ordinary */
	gp_instant when;          /* 0: at once */
	unsigned line;            /* of the file or the stream */
};

struct gp_plan {
	const char *name; /* of the file, in messages */
	char *folder;     /* files are looked for from here; "": where we are */
	const char *zone; /* of its times; NULL: the one that is set */
	long late;        /* seconds; -1: not said */
	struct gp_yaml_list page;
	struct gp_yaml_list entry; /* struct gp_plan_entry */

	/* The readers' own. */
	struct gp_yaml_doc *doc;
	struct gp_pool pool;
};

/*
 * Each reads a whole plan: a file, or bytes under a name. The zone of the
 * plan is set while its times are read; who calls sets that of the config
 * again. -1 with the reason "file:line...: ...".
 */
int gp_plan_yaml(
    struct gp_plan *, struct gp_span, const char *name, struct gp_why *);
int gp_plan_csv(
    struct gp_plan *, struct gp_span, const char *name, struct gp_why *);
/* By what the name ends with: .yaml and .yml, .csv; -1 for any other. */
int gp_plan_read(struct gp_plan *, const char *path, struct gp_why *);
/* 1: a file of that name is a plan. */
int gp_plan_is(const char *path);
void gp_plan_release(struct gp_plan *);

/*
 * One record of type post, gp-record(5), as a plan of one entry; the plan is
 * begun with gp_plan_begin and may be used again. -1 with the reason. With
 * "markup":false its texts are taken as they are. Where it names no
 * page, those of the plan count; where it has no id, it gets one of its bytes.
 */
int gp_plan_record(struct gp_plan *, struct gp_json_reader *,
    const struct gp_json_obj *, struct gp_why *);

/* -- for the readers -- */

void gp_plan_begin(struct gp_plan *, const char *name);
/* Times, names and the like of an entry; every reader calls it last. -1 with
 * the reason, without a place. */
int gp_plan_entry(struct gp_plan *, struct gp_plan_entry *, struct gp_why *);
/* No id stands twice; each line of the plan is then named. */
int gp_plan_unique(const struct gp_plan *, struct gp_why *);

#endif
