#!/usr/bin/env python3
"""Serves canned replies on 127.0.0.1: canned.py DIR

A request for .../NAME?... is answered from DIR/NAME.N, where N counts the
requests for that name from 1; the last one there is serves for all that follow.
A file whose first line is a number is answered with that status. @URL@ in a
body becomes the address of the server. What was asked is appended to DIR/asked.
Prints the port; the bodies of requests are never printed.
"""
import http.server
import os
import sys
import urllib.parse

folder = sys.argv[1]
count = {}


def reply(name):
    count[name] = n = count.get(name, 0) + 1
    while n > 0 and not os.path.exists(f"{folder}/{name}.{n}"):
        n -= 1
    if n == 0:
        return 404, b""
    with open(f"{folder}/{name}.{n}", "rb") as f:
        body = f.read()
    first, _, rest = body.partition(b"\n")
    if first.isdigit() and len(first) == 3:
        return int(first), rest
    return 200, body


def date():
    """What DIR/date says in place of the time."""
    if not os.path.exists(f"{folder}/date"):
        return None
    with open(f"{folder}/date") as f:
        return f.read().strip()


class Canned(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one piece: the peer may wait for the rest

    def do_GET(self):
        size = int(self.headers.get("Content-Length") or 0)
        form = self.rfile.read(size).decode()
        url = urllib.parse.urlsplit(self.path)
        with open(f"{folder}/asked", "a") as f:
            f.write(f"{url.path}?{url.query} {form}\n")
        status, body = reply(url.path.rsplit("/", 1)[-1])
        base = f"http://127.0.0.1:{self.server.server_port}"
        body = body.replace(b"@URL@", base.encode())
        self.send_response_only(status)
        self.send_header("Date", date() or self.date_time_string())
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Canned)
print(server.server_port, flush=True)
server.serve_forever()
