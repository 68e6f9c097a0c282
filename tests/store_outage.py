#!/usr/bin/python3
"""Puts many small batches while the server goes away again and again, and
looks whether all is there, once, and each older version once.

usage: store_outage.py URL HOW TIMES SEED; HOW: terminate, restart, or a
command of the shell that is run TIMES times.

Each file holds the records of one post in two versions, without `seen`, so
that a batch that was put twice would show in the history; and a cursor.
"""
import os
import random
import subprocess
import sys
import threading
import time

url, how, times, seed = (sys.argv[1], sys.argv[2], int(sys.argv[3]),
                         int(sys.argv[4]))
rand = random.Random(seed)
SIZE = 20
psql = [os.environ["PG_BIN"] + "/psql", "-qAtX", url, "-c"]


def part(n):
    def row(i, text):
        return ('{"type":"comment","id":"vk:-1/%d/%d","network":"vk","page":'
                '"vk:-1","post":"vk:-1/%d","at":"2026-10-30T06:10:00Z",'
                '"author":{"id":"%d"},"text":"%s"}\n' % (n, i, n, i, text))
    return ("".join(row(i, "Яма") for i in range(SIZE)) +
            "".join(row(i, "Большая яма") for i in range(SIZE)) +
            '{"type":"cursor","page":"vk:-1","stream":"s%d","value":"%d"}\n'
            % (n % 7, n))


def disturb():
    if how == "terminate":
        subprocess.run(psql + [
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE"
            " application_name = 'gp'"], capture_output=True, check=False)
    else:
        subprocess.run(["bash", "-c", how], check=True,
                       stdout=subprocess.DEVNULL)


def ask(sql):
    return subprocess.run(psql + [sql], check=True,
                          capture_output=True).stdout.decode().strip()


os.makedirs("part", exist_ok=True)
total = 0
done = threading.Event()
problems = []


def feed():
    """As cron would: one run after another, each of many files."""
    global total
    while not done.is_set():
        names = []
        for _ in range(150):
            total += 1
            with open("part/%d" % total, "w") as f:
                f.write(part(total))
            names.append("part/%d" % total)
        p = subprocess.run(["gp-store", "put", url, "--ack"] + names,
                           capture_output=True, check=False)
        acks = p.stdout.count(b'"type":"ack"')
        if p.returncode == 75 and acks == 0:
            total -= len(names)  # it was away at the start
            continue
        if p.returncode != 0 or acks != len(names):
            problems.append("status %d, %d acks of %d: %s" % (
                p.returncode, acks, len(names), p.stderr.decode()))
            return
        for n in names:
            os.unlink(n)


t = threading.Thread(target=feed)
t.start()
for _ in range(times):
    time.sleep(rand.uniform(0.005, 0.06) if how == "terminate"
               else rand.uniform(0.2, 0.8))
    disturb()
    if problems:
        break
done.set()
t.join()
if problems:
    sys.exit(problems[0])
got = ask("SELECT COUNT(*), COUNT(DISTINCT id), SUM(CASE WHEN body LIKE"
          " '%Большая%' THEN 1 ELSE 0 END) FROM gp_record")
old = ask("SELECT COUNT(*), COUNT(DISTINCT id), SUM(CASE WHEN body LIKE"
          " '%Большая%' THEN 1 ELSE 0 END) FROM gp_history")
want = total * SIZE
if got != "%d|%d|%d" % (want, want, want):
    sys.exit("records: %s, not %d" % (got, want))
if old != "%d|%d|0" % (want, want):
    sys.exit("history: %s, not %d" % (old, want))
if ask("SELECT COUNT(*) FROM gp_cursor") != "7":
    sys.exit("cursors are missing")
print("disturbed %d times: %d records and as many older versions, each once"
      % (times, want))
