/*
 * The same calls by a bare loop of libcurl that throws the replies away: what
 * the wire alone costs. usage: peer_curl URL GROUP FIRST STEP POSTS < token
 */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t
away(char *p, size_t size, size_t n, void *sum)
{
	(void)p;
	*(size_t *)sum += size * n;
	return size * n;
}

int
main(int argc, char **argv)
{
	char token[256] = "", url[256], body[1024];
	size_t sum = 0;
	CURL *c = curl_easy_init();
	long i, first, step, posts;

	if (argc != 6 || c == NULL ||
	    fgets(token, sizeof(token), stdin) == NULL)
		return 64;
	token[strcspn(token, "\n")] = '\0';
	first = atol(argv[3]);
	step = atol(argv[4]);
	posts = atol(argv[5]);
	snprintf(url, sizeof(url), "%s/method/wall.getComments", argv[1]);
	curl_easy_setopt(c, CURLOPT_URL, url);
	curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, away);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, &sum);
	for (i = 0; i < posts; i++) {
		snprintf(body, sizeof(body),
		    "owner_id=-%s&post_id=%ld&offset=0&count=100&sort=asc&"
		    "need_likes=1&preview_length=0&extended=1&"
		    "thread_items_count=10&v=5.199&lang=ru&access_token=%s",
		    argv[2], first + i * step, token);
		curl_easy_setopt(c, CURLOPT_POSTFIELDS, body);
		if (curl_easy_perform(c) != CURLE_OK)
			return 1;
	}
	curl_easy_cleanup(c);
	fprintf(stderr, "%zu bytes\n", sum);
	return 0;
}
