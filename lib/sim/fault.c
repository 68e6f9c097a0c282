#include "sim/fault.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
};

#define KINDS (sizeof(names) / sizeof(names[0]))

const char *
gp_sim_fault_name(enum gp_sim_fault_kind k)
{
	return names[k] != NULL ? names[k] : "none";
}

static enum gp_sim_fault_kind
kind_of(const char *name)
{
	size_t i;

	for (i = 1; i < KINDS; i++)
		if (strcmp(names[i], name) == 0)
			return (enum gp_sim_fault_kind)i;
	return GP_SIM_SOUND;
}

int
gp_sim_fault_add(struct gp_sim_faults *all, const char *kind,
    const struct gp_sim_fault *like, struct gp_why *why)
{
	enum gp_sim_fault_kind k = kind_of(kind);

	if (k == GP_SIM_SOUND)
		return gp_because(why, "no such fault: '%s'", kind);
	if (all->n == GP_SIM_FAULT_MAX)
		return gp_because(why, "more than %d faults", GP_SIM_FAULT_MAX);
	all->f[all->n] = *like;
	all->f[all->n++].kind = k;
	return 0;
}

static int
setting(struct gp_sim_fault *f, const char *word, struct gp_why *why)
{
	const char *eq = strchr(word, '=');
	size_t n = eq != NULL ? (size_t)(eq - word) : 0;
	int64_t *to = NULL;
	char *end;

	if (n == 5 && memcmp(word, "times", n) == 0)
		to = &f->times;
	else if (n == 5 && memcmp(word, "after", n) == 0)
		to = &f->after;
	else if (n == 11 && memcmp(word, "retry_after", n) == 0)
		to = &f->retry_after;
	if (to == NULL)
		return gp_because(why,
		    "'%s' is not times=, after= or "
		    "retry_after=",
		    word);
	errno = 0;
	*to = strtoll(eq + 1, &end, 10);
	if (eq[1] == '\0' || *end != '\0' || errno != 0 || *to < 0)
		return gp_because(why, "'%s' has no number", word);
	return 0;
}

int
gp_sim_fault_spec(
    struct gp_sim_faults *all, const char *spec, struct gp_why *why)
{
	struct gp_sim_fault f = { .times = 1, .retry_after = 5 };
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

const struct gp_sim_fault *
gp_sim_fault_hits(struct gp_sim_faults *all, const char *address)
{
	struct gp_sim_fault *f;

	for (f = all->f; f < all->f + all->n; f++) {
		if (strstr(address, f->match) == NULL)
			continue;
		if (f->times > 0 && f->done >= f->times)
			continue;
		if (f->after > 0) {
			f->after--;
			continue;
		}
		f->done++;
		return f;
	}
	return NULL;
}
