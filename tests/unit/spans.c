/*
 * What is personal in each line of standard input: "FROM TO KIND" (bytes), and
 * an empty line behind those of a line. "\n" in a line is a line's end.
 * usage: spans [ALLOW]: lines of "KIND VALUE" that are allowed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/personal.h"

static void
allow(struct gp_personal *p, const char *path)
{
	FILE *fp = fopen(path, "r");
	char line[512], *value;
	unsigned k;

	if (fp == NULL)
		exit(74);
	while (fgets(line, sizeof(line), fp) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		value = strchr(line, ' ');
		if (value == NULL)
			exit(65);
		*value++ = '\0';
		for (k = 0; k < GP_PD_KINDS; k++)
			if (strcmp(gp_personal_name(k), line) == 0 &&
			    gp_personal_allow(p, k, gp_span_of(value)) == -1)
				exit(70);
	}
	fclose(fp);
}

static size_t
unescape(char *s, size_t n)
{
	size_t i, k = 0;

	for (i = 0; i < n; i++) {
		if (s[i] == '\\' && i + 1 < n && s[i + 1] == 'n') {
			s[k++] = '\n';
			i++;
		} else {
			s[k++] = s[i];
		}
	}
	return k;
}

int
main(int argc, char **argv)
{
	struct gp_personal *p = gp_personal_new();
	struct gp_personal_run *r = p != NULL ? gp_personal_run_new(p) : NULL;
	const struct gp_personal_hit *hit;
	char *line = NULL;
	size_t cap = 0;
	ssize_t len;
	long n, i;

	if (r == NULL)
		return 70;
	if (argc > 1)
		allow(p, argv[1]);
	while ((len = getline(&line, &cap, stdin)) > 0) {
		size_t k = unescape(line, strcspn(line, "\n"));

		n = gp_personal_find(r, (struct gp_span){ line, k }, &hit);
		for (i = 0; i < n; i++)
			printf("%zu %zu %s\n", hit[i].from, hit[i].to,
			    gp_personal_name(hit[i].kind));
		puts("");
	}
	free(line);
	gp_personal_run_free(r);
	gp_personal_free(p);
	return fflush(stdout) == 0 ? 0 : 74;
}
