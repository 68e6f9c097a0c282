/* The machine: disks, files that are kept, programs that are called. */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/lock.h"
#include "doctor/doctor.h"
#include "http/bucket.h"
#include "store/store.h"

static void
disk(struct gp_doctor *d, const char *dir, size_t min)
{
	struct statvfs v;
	unsigned long long left;

	if (statvfs(dir, &v) == -1) {
		gp_doctor_say(d, GP_ERROR, "disk.free", dir, GP_IO, "%s",
		    strerror(errno));
		return;
	}
	left = (unsigned long long)v.f_bavail * v.f_frsize;
	if (left < min)
		gp_doctor_say(d, GP_ERROR, "disk.free", dir, GP_IO,
		    "%llu MiB are left, less than %zu", left / GP_MIB,
		    min / GP_MIB);
	else if (v.f_files > 0 && v.f_favail < 1000)
		gp_doctor_say(d, GP_ERROR, "disk.free", dir, GP_IO,
		    "no more than %llu new files can be made",
		    (unsigned long long)v.f_favail);
	else
		gp_doctor_say(d, GP_FINE, "disk.free", dir, GP_OK, "%llu MiB",
		    left / GP_MIB);
}

/* It is replaced and locked beside: the folder must take new files. */
static void
kept(struct gp_doctor *d, const char *rule, const char *path, size_t min)
{
	char *copy = strdup(path), *dir = copy != NULL ? dirname(copy) : NULL;

	if (dir == NULL) {
		d->bad = 1;
		return;
	}
	if (access(dir, W_OK | X_OK) == -1)
		gp_doctor_say(d, GP_ERROR, rule, path, GP_IO,
		    "its folder '%s': %s", dir, strerror(errno));
	else if (access(path, R_OK | W_OK) == -1 && errno != ENOENT)
		gp_doctor_say(
		    d, GP_ERROR, rule, path, GP_IO, "%s", strerror(errno));
	else
		gp_doctor_say(d, GP_FINE, rule, path, GP_OK, "can be written");
	disk(d, dir, min);
	free(copy);
}

void
gp_doctor_files(
    struct gp_doctor *d, const char *state, const char *db, size_t min)
{
	if (state != NULL)
		kept(d, "state.write", state, min);
	if (db != NULL && !gp_store_is_server(db))
		kept(d, "db.write", db, min);
	if (db != NULL)
		gp_doctor_database(d, db);
	disk(d, ".", min);
}

/* The first line a command writes; "" where there is none. */
static void
first_line(const char *command, char *to, int size)
{
	FILE *fp = popen(command, "re");

	*to = '\0';
	if (fp == NULL)
		return;
	if (fgets(to, size, fp) == NULL)
		*to = '\0';
	to[strcspn(to, "\n")] = '\0';
	pclose(fp);
}

static void
lock(struct gp_doctor *d)
{
	static const char *const lacks[] = {
		[GP_LOCK_OFF] = "$GP_UNLOCKED is set: filters do not lock "
				"themselves in",
		[GP_LOCK_LEFT] = "this build has sanitizers: filters do not "
				 "lock themselves in",
		[GP_LOCK_CANNOT] = "the kernel takes no seccomp filter: "
				   "filters work, but not locked in",
	};
	enum gp_locked r = gp_lock_prove();

	if (r != GP_LOCKED)
		gp_doctor_say(d, GP_WARNING, "lock.works", NULL, GP_CONFIG,
		    "%s", lacks[r]);
	else if (!gp_lock_has_landlock())
		gp_doctor_say(d, GP_FINE, "lock.works", NULL, GP_OK,
		    "a filter that opens a socket is ended; the kernel has no "
		    "Landlock: where files are written, any can be read");
	else
		gp_doctor_say(d, GP_FINE, "lock.works", NULL, GP_OK,
		    "a filter that opens a socket is ended");
}

void
gp_doctor_machine(struct gp_doctor *d, gp_instant now)
{
	char line[256], year[GP_INSTANT_LEN];
	struct gp_buf path;
	struct gp_why why;

	first_line("jq --version 2>/dev/null", line, (int)sizeof(line));
	gp_doctor_say(d, *line == '\0' ? GP_WARNING : GP_FINE, "jq.present",
	    NULL, GP_CONFIG, "%s",
	    *line == '\0' ? "jq is not installed: --jq does not work" : line);
	first_line(
	    "fc-list :lang=ru family 2>/dev/null", line, (int)sizeof(line));
	gp_doctor_say(d, *line == '\0' ? GP_WARNING : GP_FINE, "fonts.cyrillic",
	    NULL, GP_CONFIG, "%s",
	    *line == '\0' ? "no font with Cyrillic letters is found: cards "
			    "cannot be drawn (apt-get install fonts-dejavu)"
			  : line);
	lock(d);
	gp_buf_init(&path, GP_MAX_URL);
	if (gp_bucket_folder(&path) == -1)
		gp_doctor_say(d, GP_WARNING, "limits.shared", NULL, GP_IO,
		    "no folder of one's own for shared limits: two runs may "
		    "ask for more together than a network allows");
	else
		gp_doctor_say(d, GP_FINE, "limits.shared", gp_buf_str(&path),
		    GP_OK, "shared by all runs");
	gp_buf_reset(&path);
	gp_instant_utc(now, year);
	snprintf(line, sizeof(line), "calendar-%.4s.yaml", year);
	if (gp_file_data(line, &path, &why) == -1)
		gp_doctor_say(d, GP_WARNING, "calendar.year", line, GP_CONFIG,
		    "no working calendar of this year: terms cannot be "
		    "counted");
	else
		gp_doctor_say(
		    d, GP_FINE, "calendar.year", line, GP_OK, "there");
	gp_buf_release(&path);
}
