#!/usr/bin/python3
"""Kills gp-reply at random moments, starts it again until all is done, and
compares what it says with what gp-sim holds.

usage: reply_kill.py DB KILLS SEED (c.yaml and replies.ndjson in the folder)

What nobody can know, on a network that cannot be looked at, a person decides:
the script does, by what gp-sim holds. At last every reply stands there once,
none lacks, and the receipts name what stands there.
"""
import collections
import json
import os
import random
import subprocess
import sys
import time
import urllib.request

db, kills, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
rand = random.Random(seed)
command = ["gp-reply", "-c", "c.yaml", "--db", db, "--settle", "0", "--wait",
           "20s", *os.environ.get("REPLY_ARGS", "").split(),
           "replies.ndjson"]
want = {}
with open("replies.ndjson") as f:
    for line in f:
        r = json.loads(line)
        want[r["text"]] = r
receipts = {}
people = collections.Counter()


def written():
    with urllib.request.urlopen(os.environ["GP_SIM_URL"] +
                                "/_sim/written") as r:
        return [json.loads(x) for x in r.read().decode().splitlines()]


def run(limit=None):
    """One run, killed after so long; the receipts that came whole."""
    with open("out", "wb") as out, open("err", "wb") as err:
        p = subprocess.Popen(command, stdout=out, stderr=err)
        try:
            p.wait(limit)
        except subprocess.TimeoutExpired:
            p.kill()
            p.wait()
    with open("out", "rb") as f:
        for line in f:
            if not line.endswith(b"\n"):
                continue
            r = json.loads(line)
            if r["type"] == "receipt":
                receipts[r["to"]] = r
    return p.returncode


def unknown():
    out = subprocess.run(["gp-reply", "--db", db, "--list"], check=True,
                         capture_output=True).stdout.decode()
    return {r["key"]: r for r in map(json.loads, out.splitlines())}


def decide(rows):
    """A person looks and says what became of what nobody knows."""
    there = {w["text"] for w in written()}
    texts = {t: r["to"] for t, r in want.items()}
    by_to = {to: t for t, to in texts.items()}
    for r in rows:
        word = "sent" if by_to[r["to"]] in there else "resend"
        subprocess.run(["gp-reply", "--db", db, "--resolve", r["key"], word],
                       check=True)
        people[r["network"]] += 1


killed, start = 0, time.monotonic()
# Long enough to get somewhere, short enough to die in the middle.
while killed < kills:
    if run(rand.uniform(0.005, 0.35)) == -9:
        killed += 1
    elif len(receipts) == len(want) and all(
            r["status"] in ("sent", "duplicate") for r in receipts.values()):
        break
before = {}
for _ in range(120):
    if run() == 0:
        break
    # What the next run, too, could not find out is a person's.
    now = unknown()
    decide([r for key, r in now.items() if key in before])
    before = now
else:
    sys.exit("it does not come to an end: " + open("err").read()[-500:])

held = collections.Counter(w["text"] for w in written())
twice = [t for t, n in held.items() if n > 1 and t in want]
lost = [t for t in want if held[t] == 0]
if twice or lost:
    sys.exit("%d twice, %d lost: %s" % (len(twice), len(lost),
                                        (twice + lost)[:3]))
ids = {w["text"]: w["id"] for w in written()}
wrong = [r["to"] for t, r in want.items()
         if receipts[r["to"]].get("result") not in (None, ids[t])]
nameless = [t for t, r in want.items() if "result" not in receipts[r["to"]]]
if wrong or len(nameless) > sum(people.values()):
    sys.exit("receipts are wrong: %s, %d without a name" % (wrong[:3],
                                                            len(nameless)))
print("%d replies, %d kills in %.0f s: none twice, none lost; %d left to a "
      "person%s" % (len(want), killed, time.monotonic() - start,
                    sum(people.values()),
                    "".join(", %s %d" % x for x in sorted(people.items()))))
