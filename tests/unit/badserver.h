/*
 * A server on loopback that misbehaves as its path says; one thread, one
 * request a connection.
 */
#ifndef GP_TESTS_BADSERVER_H
#define GP_TESTS_BADSERVER_H

#include "unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <zlib.h>

static struct {
	int fd;
	unsigned port;
	pthread_t id;
	atomic_int hits[26]; /* by the first letter of the path */
	struct gp_buf bomb;
	char asked[8192]; /* the last request */
} server;

static void
out(int fd, const char *s)
{
	if (write(fd, s, strlen(s)) == -1)
		return; /* the other side has had enough */
}

static void
answer(int fd, int status, const char *headers, const char *body)
{
	char text[4096];

	snprintf(text, sizeof(text),
	    "HTTP/1.1 %d Said\r\nConnection: close\r\nContent-Length: %zu\r\n"
	    "Content-Type: text/plain\r\n%s\r\n%s",
	    status, strlen(body), headers, body);
	out(fd, text);
}

static void
endless(int fd, const char *piece)
{
	int i;

	for (i = 0; i < 3000; i++)
		if (send(fd, piece, strlen(piece), MSG_NOSIGNAL) == -1)
			return;
}

static void
bomb(int fd)
{
	char head[256];

	snprintf(head, sizeof(head),
	    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %zu\r\n"
	    "Content-Encoding: gzip\r\n\r\n",
	    server.bomb.n);
	out(fd, head);
	send(fd, server.bomb.p, server.bomb.n, MSG_NOSIGNAL);
}

/* What the path asks for; n counts the requests of that kind. */
static void
behave(int fd, const char *path, int n)
{
	struct pollfd gone = { .fd = fd, .events = POLLIN };
	char text[256];

	switch (*path) {
	case 'o': /* ok */
		answer(fd, 200, "", "hello");
		break;
	case 'w': /* wait */
		answer(fd, n > 1 ? 200 : 429, "Retry-After: 2\r\n",
		    n > 1 ? "hello" : "not now");
		break;
	case 'm': /* more patience than there is */
		answer(fd, 429, "retry-after:   9999\r\n", "not now");
		break;
	case 'u': /* unwell */
		answer(fd, n > 1 ? 200 : 503, "", n > 1 ? "hello" : "ill");
		break;
	case 'n': /* not found */
		answer(fd, 404, "", "no such thing");
		break;
	case 'l': /* loop */
		answer(fd, 302, "Location: /loop\r\n", "");
		break;
	case 'j': /* jump */
		answer(fd, 301, "Location: /ok\r\n", "");
		break;
	case 'a': /* away, to where the query says */
		snprintf(text, sizeof(text), "Location: %s\r\n",
		    strchr(path, '?') + 1);
		answer(fd, 302, text, "");
		break;
	case 'c': /* cut */
		out(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhel");
		break;
	case 'b': /* bomb */
		bomb(fd);
		break;
	case 'e': /* endless body */
		out(fd, "HTTP/1.1 200 OK\r\n\r\n");
		endless(fd, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
		break;
	case 'f': /* flood of headers */
		out(fd, "HTTP/1.1 200 OK\r\n");
		endless(fd, "X-Header: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\r\n");
		break;
	case 's': /* slow */
		out(fd, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx");
		poll(&gone, 1, 5000);
		break;
	case 'g': /* garbage */
		out(fd, "\x16\x03\x01 this is no reply\r\n\r\n");
		break;
	case 'r': /* reset */
		break;
	}
}

static void *
serve(void *arg)
{
	int fd;

	(void)arg;
	while ((fd = accept(server.fd, NULL, NULL)) != -1) {
		char *text = server.asked, *path;
		size_t n = 0;
		ssize_t r;

		while (n < sizeof(server.asked) - 1 &&
		    (r = read(fd, text + n, sizeof(server.asked) - 1 - n)) >
			0) {
			n += (size_t)r;
			text[n] = '\0';
			if (strstr(text, "\r\n\r\n") != NULL)
				break;
		}
		path = n > 0 ? strchr(text, '/') : NULL;
		if (path != NULL && path[1] >= 'a' && path[1] <= 'z') {
			char copy[512];

			snprintf(copy, sizeof(copy), "%.*s",
			    (int)strcspn(path + 1, " "), path + 1);
			behave(fd, copy, ++server.hits[copy[0] - 'a']);
		}
		close(fd);
	}
	return NULL;
}

/* 20 MiB of nothing in some 20 KiB. */
static void
make_bomb(void)
{
	static char zeros[65536];
	z_stream z = { 0 };
	int i;

	gp_buf_init(&server.bomb, 0);
	deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
	z.next_out = (unsigned char *)gp_buf_room(&server.bomb, GP_MIB);
	z.avail_out = GP_MIB;
	for (i = 0; i < 320; i++) {
		z.next_in = (unsigned char *)zeros;
		z.avail_in = sizeof(zeros);
		deflate(&z, i == 319 ? Z_FINISH : Z_NO_FLUSH);
	}
	gp_buf_used(&server.bomb, z.total_out);
	deflateEnd(&z);
}

static int
server_start(void)
{
	struct sockaddr_in in = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof(in);

	make_bomb();
	server.fd = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(server.fd, (void *)&in, sizeof(in)) == -1 ||
	    listen(server.fd, 20) == -1 ||
	    getsockname(server.fd, (void *)&in, &n) == -1)
		return -1;
	server.port = ntohs(in.sin_port);
	return pthread_create(&server.id, NULL, serve, NULL) == 0 ? 0 : -1;
}

static void
server_stop(void)
{
	shutdown(server.fd, SHUT_RDWR);
	pthread_join(server.id, NULL);
	close(server.fd);
	gp_buf_release(&server.bomb);
}

#endif
