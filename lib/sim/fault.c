#include "sim/fault.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/markup.h"
#include "sim/network.h"

static const char *const names[] = {
	[GP_SIM_F_429] = "429",
	[GP_SIM_F_500] = "500",
	[GP_SIM_F_502HTML] = "502html",
	[GP_SIM_F_CHALLENGE] = "challenge",
	[GP_SIM_F_LOOP] = "loop",
	[GP_SIM_F_EMPTY] = "empty",
	[GP_SIM_F_NOPOSTS] = "noposts",
	[GP_SIM_F_BOMB] = "bomb",
	[GP_SIM_F_ENDLESS] = "endless",
	[GP_SIM_F_RESET] = "reset",
	[GP_SIM_F_CUT] = "cut",
	[GP_SIM_F_CHUNK] = "chunk",
	[GP_SIM_F_TAIL] = "tail",
	[GP_SIM_F_SLOW] = "slow",
	[GP_SIM_F_LOST] = "lost",
	[GP_SIM_F_FLOOD] = "flood",
	[GP_SIM_F_STALL] = "stall",
	[GP_SIM_F_HANG] = "hang",
	[GP_SIM_F_DONE_500] = "done500",
	[GP_SIM_F_DONE_502] = "done502html",
	[GP_SIM_F_TWICE] = "twice",
};

#define KINDS (sizeof(names) / sizeof(names[0]))

/* "vk6": a network and a number. */
static int
code_of(const char *word, struct gp_sim_fault *f)
{
	size_t n = strcspn(word, "0123456789");
	enum gp_sim_net net;
	char name[8], *end;
	long code;

	if (n == 0 || n >= sizeof(name))
		return 0;
	snprintf(name, sizeof(name), "%.*s", (int)n, word);
	code = strtol(word + n, &end, 10);
	if (gp_sim_network_named(name, &net) == NULL || *end != '\0' ||
	    code < 1 || code > 99999)
		return 0;
	f->net = net;
	f->code = (int)code;
	return 1;
}

static enum gp_sim_fault_kind
kind_of(const char *name, struct gp_sim_fault *f)
{
	size_t i;

	for (i = 1; i < KINDS; i++)
		if (names[i] != NULL && strcmp(names[i], name) == 0)
			return (enum gp_sim_fault_kind)i;
	return code_of(name, f) ? GP_SIM_F_CODE : GP_SIM_SOUND;
}

int
gp_sim_fault_done(enum gp_sim_fault_kind kind)
{
	return kind >= GP_SIM_F_CUT;
}

int
gp_sim_fault_add(struct gp_sim_faults *all, const char *kind,
    const struct gp_sim_fault *like, struct gp_why *why)
{
	struct gp_sim_fault f = *like;

	f.kind = kind_of(kind, &f);
	if (f.kind == GP_SIM_SOUND)
		return gp_because(why, "no such fault: '%s'", kind);
	if (all->n == GP_SIM_FAULT_MAX)
		return gp_because(why, "more than %d faults", GP_SIM_FAULT_MAX);
	snprintf(f.name, sizeof(f.name), "%s", kind);
	if (f.times == -1)
		f.times = f.share > 0 ? 0 : 1;
	f.chance = gp_sim_mix((uint64_t)f.seed);
	all->f[all->n++] = f;
	return 0;
}

static int
share(struct gp_sim_fault *f, const char *value, struct gp_why *why)
{
	char *end;

	f->share = strtod(value, &end) / 100;
	if (end == value || strcmp(end, "%") != 0 || !(f->share > 0) ||
	    f->share > 1)
		return gp_because(why, "'p=%s' is not a share, as 5%%", value);
	return 0;
}

int
gp_sim_fault_set(struct gp_sim_fault *f, const char *name, const char *value,
    struct gp_why *why)
{
	const struct {
		const char *name;
		int64_t *to;
	} numbers[] = { { "times", &f->times }, { "after", &f->after },
		{ "retry_after", &f->retry_after }, { "hold", &f->hold },
		{ "seed", &f->seed } };
	size_t i;
	char *end;

	if (strcmp(name, "p") == 0)
		return share(f, value, why);
	for (i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		if (strcmp(numbers[i].name, name) != 0)
			continue;
		errno = 0;
		*numbers[i].to = strtoll(value, &end, 10);
		if (*value == '\0' || *end != '\0' || errno != 0 ||
		    *numbers[i].to < 0)
			return gp_because(
			    why, "'%s=%s' has no number", name, value);
		return 0;
	}
	return gp_because(why,
	    "'%s' is not times=, after=, retry_after=, hold=, p= or seed=",
	    name);
}

static int
setting(struct gp_sim_fault *f, char *word, struct gp_why *why)
{
	char *eq = strchr(word, '=');

	if (eq != NULL)
		*eq++ = '\0';
	return gp_sim_fault_set(f, word, eq != NULL ? eq : "", why);
}

int
gp_sim_fault_spec(
    struct gp_sim_faults *all, const char *spec, struct gp_why *why)
{
	struct gp_sim_fault f = GP_SIM_FAULT_ONCE;
	char *copy = strdup(spec), *rest = copy, *word, *at;
	int r = 0;

	if (copy == NULL)
		return gp_because(why, "no memory");
	word = strsep(&rest, ",");
	at = strchr(word, '@');
	if (at != NULL) {
		*at++ = '\0';
		snprintf(f.match, sizeof(f.match), "%s", at);
	}
	while (r == 0 && rest != NULL)
		r = setting(&f, strsep(&rest, ","), why);
	if (r == 0)
		r = gp_sim_fault_add(all, word, &f, why);
	free(copy);
	return r;
}

/* The next throw of its dice: 0 to 1. */
static double
thrown(struct gp_sim_fault *f)
{
	return (double)(gp_sim_mix(f->chance++) >> 11) / 9007199254740992.0;
}

static int
fits(const struct gp_sim_fault *f, const char *address)
{
	const char *prefix;

	if (strstr(address, f->match) == NULL)
		return 0;
	if (f->kind != GP_SIM_F_CODE)
		return 1;
	prefix = gp_sim_network((enum gp_sim_net)f->net)->prefix;
	address += strcspn(address, "/");
	return strncmp(address, prefix, strlen(prefix)) == 0;
}

const struct gp_sim_fault *
gp_sim_fault_hits(struct gp_sim_faults *all, const char *address)
{
	struct gp_sim_fault *f;

	for (f = all->f; f < all->f + all->n; f++) {
		if (!fits(f, address))
			continue;
		if (f->times > 0 && f->done >= f->times)
			continue;
		if (f->after > 0) {
			f->after--;
			continue;
		}
		if (f->share > 0 && thrown(f) >= f->share)
			continue;
		f->done++;
		return f;
	}
	return NULL;
}
