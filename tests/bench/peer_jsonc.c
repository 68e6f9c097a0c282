/* json-c doing what bench_json does. */
#include <stdio.h>
#include <stdlib.h>

#include <json-c/json.h>

int
main(void)
{
	static char out[1 << 20];
	struct json_tokener *tok = json_tokener_new();
	size_t cap = 0;
	char *line = NULL;
	ssize_t n;

	setvbuf(stdout, out, _IOFBF, sizeof(out));
	while ((n = getline(&line, &cap, stdin)) > 0) {
		struct json_object *o, *due;

		json_tokener_reset(tok);
		o = json_tokener_parse_ex(tok, line, (int)n);
		if (o == NULL)
			return 65;
		due = json_object_new_object();
		json_object_object_add(due, "first",
		    json_object_new_string("2026-11-02T15:00:00Z"));
		json_object_object_add(o, "due", due);
		fputs(json_object_to_json_string_ext(o,
			  JSON_C_TO_STRING_PLAIN |
			      JSON_C_TO_STRING_NOSLASHESCAPE),
		    stdout);
		putchar('\n');
		json_object_put(o);
	}
	free(line);
	json_tokener_free(tok);
	return fflush(stdout) == 0 ? 0 : 74;
}
