#!/usr/bin/python3
"""Kills gp-store put at random moments and looks what is in the database.

usage: store_kill.py URL KILLS SEED

Parts of 25 records, each with a cursor behind it, are put one after another
(each part is a transaction), from the cursor that is kept on, as gp-fetch
would. After each kill: what was acknowledged is there, no record is there
twice, and the cursor is not ahead of the records. At last all is there.
"""
import json
import os
import random
import subprocess
import sys
import time

url, kills, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
rand = random.Random(seed)
SIZE, AT_ONCE = 25, 60
os.makedirs("parts", exist_ok=True)
made = 0


def name(part):
    """The file of a part, made when it is first asked for."""
    global made
    while made < part:
        made += 1
        with open("parts/%d" % made, "w") as f:
            for i in range(SIZE):
                f.write(json.dumps({
                    "type": "comment", "id": "vk:-1/%d/%d" % (made, i),
                    "network": "vk", "page": "vk:-1",
                    "post": "vk:-1/%d" % made,
                    "at": "2026-10-30T06:10:00Z",
                    "author": {"id": str(i)},
                    "text": "Яма номер %d у дома %d" % (i, made)},
                    ensure_ascii=False) + "\n")
            f.write(json.dumps({"type": "cursor", "page": "vk:-1",
                                "stream": "comments",
                                "value": str(made)}) + "\n")
    return "parts/%d" % part


def ask(sql):
    if url.startswith("postgres"):
        out = subprocess.run([os.environ["PG_BIN"] + "/psql", "-qAt", url,
                              "-c", sql], check=True, capture_output=True)
    else:
        out = subprocess.run(["sqlite3", url, sql], check=True,
                             capture_output=True)
    return out.stdout.decode().splitlines()


def kept():
    """Number of records of each part, and the cursor, of one moment: a server
    may still commit what a client that is dead by now had asked for."""
    if ask(there) != ["1"]:
        return {}, 0
    parts, value = {}, 0
    for row in ask("SELECT 'part|' || post || '|' || COUNT(*) || '|' ||"
                   " COUNT(DISTINCT id) FROM gp_record GROUP BY post"
                   " UNION ALL SELECT 'cursor|' || body FROM gp_cursor"):
        what, rest = row.split("|", 1)
        if what == "cursor":
            value = int(json.loads(rest)["value"])
            continue
        post, n, ids = rest.split("|")
        if n != ids:
            sys.exit("twice in %s" % post)
        parts[int(post.split("/")[1])] = int(n)
    return parts, value


there = ("SELECT COUNT(*) FROM pg_class WHERE relname = 'gp_cursor'"
         if url.startswith("postgres") else
         "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'gp_cursor'")


def look(acked):
    parts, value = kept()
    for part in acked:
        if parts.get(part) != SIZE:
            sys.exit("acknowledged and lost: part %d" % part)
    for part in range(1, value + 1):
        if parts.get(part) != SIZE:
            sys.exit("the cursor %d is ahead of part %d" % (value, part))
    for part, n in parts.items():
        if n != SIZE:
            sys.exit("half of part %d" % part)
        if part > value:
            sys.exit("part %d without its cursor" % part)
    return value


def run(value, seconds):
    files = [name(p) for p in range(value + 1, value + 1 + AT_ONCE)]
    with open("acks", "w") as out:
        p = subprocess.Popen(["gp-store", "put", url, "--ack"] + files,
                             stdout=out)
        try:
            p.wait(seconds)
        except subprocess.TimeoutExpired:
            p.kill()
            p.wait()
    with open("acks") as f:
        lines = [s for s in f.read().split("\n") if s.endswith("}")]
    return p.returncode, [int(json.loads(s)["file"].split("/")[1])
                          for s in lines]


killed = value = 0
while killed < kills:
    status, acked = run(value, rand.uniform(0.003, 0.1))
    if status not in (0, -9):
        sys.exit("status %d" % status)
    killed += status == -9
    value = look(acked)
status, acked = run(value, 60)
last = look(acked)
if status != 0 or last != value + AT_ONCE:
    sys.exit("the last run: status %d, cursor %d" % (status, last))
print("killed %d times, %d records whole" % (killed, last * SIZE))
