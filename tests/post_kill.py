#!/usr/bin/python3
"""Kills gp-post at random moments, starts it again until all is done, and
compares what it says with what gp-sim holds.

usage: post_kill.py JOURNAL POSTS KILLS SEED (gp.yaml and a.png in the folder)

POSTS posts for each of four networks: texts, pictures, polls; the bad days of
writing come in between. What nobody can know a person decides: the script
does, by what gp-sim holds. At last every post stands on every network once,
none lacks, and the receipts name what stands there.
"""
import collections
import json
import os
import random
import subprocess
import sys
import time
import urllib.parse
import urllib.request

journal = sys.argv[1]
posts, kills, seed = (int(x) for x in sys.argv[2:5])
rand = random.Random(seed)
pages = {"tg": "telegram", "vk": "vk", "ok": "ok", "max": "max"}
command = ["gp-post", "--journal", journal, "--settle", "0", "--wait", "20s",
           "--max-wait", "5s", "p.yaml"]


def entry(i):
    e = {"id": "p%d" % i, "text": "Запись номер %d о делах района" % i}
    if i % 5 == 1:
        e["files"] = [{"path": "a.png", "alt": "Парк"}]
    if i % 7 == 2:
        e["poll"] = {"question": "Нравится ли запись %d?" % i,
                     "options": ["Да", "Нет"]}
    return e


with open("p.yaml", "w") as f:
    json.dump({"pages": list(pages),
               "posts": [entry(i) for i in range(posts)]}, f,
              ensure_ascii=False)
# What must stand where: the key of each act and words of it.
want = {}
for i in range(posts):
    for p in pages:
        want["p%d@%s" % (i, p)] = (pages[p], "Запись номер %d " % i)
    if i % 7 == 2:
        want["p%d@tg#poll" % i] = ("telegram", "Нравится ли запись %d?" % i)
receipts = {}
people = 0


def ask(path, **form):
    data = urllib.parse.urlencode(form).encode() if form else None
    with urllib.request.urlopen(os.environ["GP_SIM_URL"] + "/_sim/" + path,
                                data) as r:
        return r.read().decode()


def held():
    """(network, words) -> ids of what stands."""
    found = collections.defaultdict(list)
    for line in ask("written").splitlines():
        w = json.loads(line)
        if w["action"] != "post":
            continue
        text = w.get("text") or w.get("poll") or ""
        for key, (net, words) in by_words.get(
                (w["network"], text.split(" о делах")[0]), []):
            found[key].append(w["id"])
    return found


by_words = collections.defaultdict(list)
for key, (net, words) in want.items():
    by_words[(net, words.strip())].append((key, (net, words)))


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
            if line.endswith(b"\n"):
                r = json.loads(line)
                receipts[r["key"]] = r
    return p.returncode


def decide():
    """A person looks and says what became of what nobody knows."""
    global people
    out = subprocess.run(["gp-post", "--journal", journal, "--list"],
                         check=True, capture_output=True).stdout.decode()
    there = held()
    for line in out.splitlines():
        key = json.loads(line)["key"]
        subprocess.run(["gp-post", "--journal", journal, "--resolve", key]
                       + (["sent", there[key][0]] if there[key]
                          else ["resend"]), check=True)
        people += 1


bad = ["lost", "reset", "500", "429", "done500", "done502html", "twice"]
# A proxy that repeats a request is seen through by VK's guid alone.
only = {"twice": "wall.post"}
calls = ["sendMessage", "sendPhoto", "sendPoll", "wall.post", "fb.do",
         "max/messages?chat_id"]
killed, start, longest = 0, time.monotonic(), 0.2
while killed < kills:
    before = len(receipts)
    if rand.random() < 0.3:
        kind = rand.choice(bad)
        ask("fault", clear=1) # what did not come to pass
        ask("fault", kind=kind, match=only.get(kind, rand.choice(calls)),
            times=1, after=rand.randrange(4), retry_after=1)
    status = run(rand.uniform(0.005, longest))
    killed += status == -9
    if status == 0:
        break
    # As many kills as are asked for, spread over all of the work.
    share = (len(want) - len(receipts)) / (kills - killed + 1)
    longest *= 0.8 if len(receipts) - before > share else 1.05
ask("fault", clear=1)
for _ in range(60):
    if run() == 0:
        break
    decide()
else:
    sys.exit("it does not come to an end: " + open("err").read()[-500:])

there = held()
twice = [k for k in want if len(there[k]) > 1]
lost = [k for k in want if not there[k]]
if twice or lost:
    sys.exit("%d twice, %d lost: %s %s" % (
        len(twice), len(lost), (twice + lost)[:3],
        [there[k] for k in (twice + lost)[:3]]))
# A receipt that was written into a pipe that died with the run is lost; the
# next run passes over what is out. The journal has it: as records, all tell.
with open("p.ndjson", "w") as f:
    for i in range(posts):
        f.write(json.dumps(dict(
            type="post", pages=list(pages), id="p%d" % i,
            **{("attachments" if k == "files" else k): v
               for k, v in entry(i).items() if k != "id"}),
            ensure_ascii=False) + "\n")
command[-1] = "p.ndjson"
if run() != 0:
    sys.exit("the last run: " + open("err").read()[-500:])
wrong = [k for k in want if k not in receipts or
         receipts[k]["status"] not in ("sent", "duplicate") or
         receipts[k].get("result") != there[k][0]]
if wrong:
    sys.exit("receipts are wrong: %s" % (
        [(receipts.get(k), there[k]) for k in wrong[:3]],))
print("%d posts on %d networks, %d kills in %.0f s: none twice, none lost; "
      "%d left to a person" % (posts, len(pages), killed,
                               time.monotonic() - start, people))
