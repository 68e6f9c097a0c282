#!/usr/bin/python3
"""A bad hour of a region on a cluster, shortened: run within gp-sim.

usage: hour.py PRIMARIES WORKERS CUTS SEED

Four gp-work share forty pages on four networks, a sender answers citizens, who
write all the time, while the network has faults. Meanwhile primaries are
killed with -9 so many times, workers so many times, and the primary is cut off
so many times. At last all that put acknowledged must be in the database, each
record once, all that citizens wrote too, every reply sent once, and no network
asked more than it allows.
"""
import collections
import json
import os
import random
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

import nodes

primaries, workers, cuts, seed = (int(x) for x in sys.argv[1:5])
rand = random.Random(seed)
here = os.path.dirname(os.path.abspath(__file__))
CLONES = int(os.environ.get("GP_CLONES", "9"))
sim_url = os.environ["GP_SIM_URL"]
os.environ["GP_NOW"] = os.environ["GP_SIM_NOW"]  # posts are as old as it says
started = time.monotonic()


def say(fmt, *args):
    print("%5.0f s  %s" % (time.monotonic() - started, fmt % args), flush=True)


def ask(path, **form):
    data = urllib.parse.urlencode(form).encode() if form else None
    with urllib.request.urlopen(sim_url + "/_sim/" + path, data) as r:
        return r.read().decode()


def lines(text):
    return [json.loads(x) for x in text.splitlines()]


# -- the pages -----------------------------------------------------------------

def config():
    """The four pages of the scenario, and so many that show the same."""
    subprocess.run(["bash", "-c", ". %s/../reply_pages.bash; pages" % here],
                   check=True)
    with open("c.yaml") as f:
        text = f.read()
    # Each reading goes through the posts that are watched: fewer of them, or
    # ten pages of VK would take minutes at three calls a second.
    text = text.replace("watch: 9999d", "watch: 30d")
    names = {"v": 210000111, "o": 55000000000111, "m": -70000000000111}
    more = []
    for line in text.splitlines():
        m = re.match(r"  ([vom]): \{(.*name: )-?\d+(.*)", line)
        for i in range(1, CLONES + 1) if m else ():
            step = -i if m[1] == "m" else i
            more.append("  %s%d: {%s%d%s" % (
                m[1], i, m[2], names[m[1]] + step, m[3]))
    # What the networks allow, which gp-sim is told to insist upon.
    text = re.sub(r"vk: \{api", "vk: {rate: 2.7, api", text)
    with open("c.yaml", "w") as f:
        f.write("budget: '%s'\n%s%s\n" % (db, text, "\n".join(more)))
    return ["v", "o", "m", "t"]


# -- who works -----------------------------------------------------------------

class Worker:
    """A machine: its own folder for what a machine shares, its own pipeline."""

    def __init__(self, n):
        self.n, self.killed = n, 0
        self.folder = os.path.abspath("machine%d" % n)
        os.makedirs(self.folder, 0o700)
        self.start()

    def start(self):
        # What put was given, and what it acknowledged of that, a run.
        pipe = ("cd %s; r=$(mktemp run.XXXXXX); "
                "gp-fetch -c ../c.yaml --pages - --cursors \"$DB\" "
                "--stream comments --stream messages --max-wait 30s "
                "2>>fetch.err | gp-redact | gp-classify | gp-route | "
                "tee $r.in | gp-store put --ack \"$DB\" >$r.ack 2>>put.err" %
                shlex.quote(self.folder))
        env = dict(os.environ, XDG_RUNTIME_DIR=self.folder, DB=db)
        self.process = subprocess.Popen(
            ["gp-work", "--db", db, "-c", "c.yaml", "--lease", "5",
             "--term", "10s", "--ceiling", "2m", "--min", "2s", "--max", "10s",
             "--tries", "1000", "--wait", "1s", "--", "bash", "-c", pipe],
            env=env, start_new_session=True, stdout=subprocess.DEVNULL,
            stderr=open(os.path.join(self.folder, "work.err"), "ab"))

    def kill(self):
        """kill -9 of all that runs on the machine."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        # The pipeline is a group of its own, and goes the same way.
        found = subprocess.run(["pgrep", "-f", "cd " + self.folder],
                               capture_output=True, text=True).stdout
        for pid in found.split():
            try:
                os.killpg(os.getpgid(int(pid)), signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.killed += 1
        self.start()

    def acknowledged(self):
        """(acks, ids of records that are in the database, as put says)."""
        n, ids = 0, set()
        for name in os.listdir(self.folder):
            if not name.endswith(".ack"):
                continue
            with open(os.path.join(self.folder, name), "rb") as f:
                acks = [json.loads(x) for x in f if x.endswith(b"}\n")]
            n += len(acks)
            if not acks:
                continue
            with open(os.path.join(self.folder, name[:-3] + "in"), "rb") as f:
                for i, x in zip(range(acks[-1]["line"]), f):
                    if x.endswith(b"}\n"):
                        r = json.loads(x)
                        if r["type"] != "cursor":
                            ids.add(r["id"])
        return n, ids


class Sender(threading.Thread):
    """Answers what is open on the four pages, with the journal there."""

    def __init__(self):
        super().__init__(daemon=True)
        self.over, self.rounds, self.process = threading.Event(), 0, None

    def run(self):
        page = " ".join("--page " + p for p in ids)
        pipe = (". %s/../reply_pages.bash; gp-store get \"$DB\" --open %s | "
                "approve >replies; gp-reply -c c.yaml --db \"$DB\" --settle 3s "
                "--wait 30s --max-wait 30s replies 2>>reply.err >sent; "
                "jq -c 'select(.type==\"receipt\")' <sent >>receipts; "
                "gp-store put \"$DB\" sent 2>>reply.err" % (here, page))
        while not self.over.is_set():
            self.process = subprocess.Popen(
                ["bash", "-c", pipe], env=dict(os.environ, DB=db),
                start_new_session=True, stderr=subprocess.DEVNULL)
            self.process.wait()
            self.rounds += 1
            self.over.wait(2)


    def kill(self):
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)


class Citizens(threading.Thread):
    def __init__(self):
        super().__init__(daemon=True)
        self.over = threading.Event()

    def run(self):
        faults = ["reset", "500", "cut", "lost", "done500"]
        while not self.over.is_set():
            for net in ("vk", "ok", "max", "telegram"):
                ask("plant", network=net, n=1,
                    **({"private": 1} if rand.random() < 0.2 else {}))
            if rand.random() < 0.4:
                ask("fault", kind=rand.choice(faults), times=1,
                    match=rand.choice(["/vk/", "/ok/", "/max/", "/bot"]))
            self.over.wait(2)


# -- the trouble ---------------------------------------------------------------

def fall(cluster):
    """The primary dies; another one takes over, the dead one comes back."""
    p = cluster.primary()
    p.kill()
    at = time.monotonic()
    cluster.wait(lambda: cluster.primary() not in (None, p), 120,
                 "another primary")
    say("primary %s killed; %s took over in %.0f s", p.name,
        cluster.primary().name, time.monotonic() - at)
    p.start()
    cluster.whole()


def cut(cluster):
    """The primary lives on, alone; another one takes over."""
    p = cluster.primary()
    at = time.monotonic()
    for line in p.lines:
        line.cut(5)
    cluster.wait(lambda: any(n.role() == "primary" for n in cluster.nodes
                             if n is not p), 120, "another primary")
    say("primary %s cut off; another took over in %.0f s", p.name,
        time.monotonic() - at)
    time.sleep(5)
    for line in p.lines:
        line.heal()
    cluster.whole()


def trouble(cluster, machines, sender):
    events = ["fall"] * primaries + ["cut"] * cuts
    rand.shuffle(events)
    each, left = max(1, -(-workers // max(1, len(events)))), workers
    for e in events:
        for _ in range(min(each, left)):
            time.sleep(rand.uniform(1, 4))
            rand.choice(machines).kill()
            if rand.random() < 0.5:
                sender.kill()
            left -= 1
        time.sleep(rand.uniform(3, 6))
        fall(cluster) if e == "fall" else cut(cluster)
    return workers - left


# -- what must be true ---------------------------------------------------------

passed = failed = 0


def check(what, good, fmt="", *args):
    global passed, failed
    passed += bool(good)
    failed += not good
    print("%s %d %s%s" % ("ok" if good else "not ok", passed + failed, what,
                          ": " + fmt % args if fmt else ""), flush=True)


def written_by_citizens():
    """What a reading from the beginning finds on the four pages."""
    out = subprocess.run(
        "gp-fetch -c c.yaml %s --stream comments --stream messages "
        "--retries 9 | jq -r 'select(.type == \"comment\" or "
        ".type == \"message\").id'" % " ".join("-p " + p for p in "vomt"),
        shell=True, text=True, capture_output=True).stdout
    return set(out.split())


def unknown():
    out = subprocess.run(["gp-reply", "--db", db, "--list"], check=True,
                         capture_output=True, text=True).stdout
    return lines(out)


def settle():
    """All that was written is read and answered, or time is up."""
    ask("fault", clear=1)
    end, last, same = time.monotonic() + 400, None, 0
    people = 0
    now = cluster.psql("SELECT clock_timestamp()")
    while time.monotonic() < end and cluster.psql(
            "SELECT count(*) FROM gp_work WHERE done IS NULL OR "
            "done < '%s'" % now) != "0":
        time.sleep(2)
    say("every page was read once more")
    while time.monotonic() < end and same < 6:
        now = cluster.psql(
            "SELECT count(*) FROM gp_record WHERE type IN "
            "('comment', 'message', 'receipt')")
        wanting = cluster.psql(
            "SELECT count(*) FROM gp_outbox WHERE state NOT IN "
            "('sent', 'duplicate', 'refused')")
        same = same + 1 if (now, wanting) == last else 0
        last = now, wanting
        time.sleep(3)
        if same == 3:  # what nobody can know a person decides
            there = {w["text"] for w in lines(ask("written"))}
            for r in unknown():
                word = "Ответ на " + r["to"] in there
                subprocess.run(["gp-reply", "--db", db, "--resolve", r["key"],
                                "sent" if word else "resend", "--wait", "60s"])
                people += 1
                same = 0
    return people


def judge(machines, people):
    held = cluster.psql("SELECT id FROM gp_record").splitlines()
    acks, kept = 0, set()
    for m in machines:
        n, more = m.acknowledged()
        acks, kept = acks + n, kept | more
    lost = kept - set(held)
    check("everything that was acknowledged is there", not lost,
          "%d acks of %d records, %d lost %s", acks, len(kept), len(lost),
          sorted(lost)[:3])
    check("no record is double", len(held) == len(set(held)), "%d records",
          len(held))
    unread = written_by_citizens() - set(held)
    check("all that citizens wrote was read", not unread, "%d are not: %s",
          len(unread), sorted(unread)[:3])

    sent = [w for w in lines(ask("written"))
            if w["text"].startswith("Ответ на ")]
    twice = [t for t, k in collections.Counter(
        w["text"] for w in sent).items() if k > 1]
    check("no reply went twice", not twice, "%d replies, %d left to a person",
          len(sent), people)
    open_ = int(subprocess.run(
        "gp-store get \"$DB\" --open %s | wc -l" % " ".join(
            "--page " + p for p in ids), shell=True, text=True,
        env=dict(os.environ, DB=db), capture_output=True).stdout)
    check("every appeal has its reply", open_ == 0, "%d are open", open_)

    log = lines(ask("log"))
    excess = [r for r in log if r.get("error") == 6 or (
        r.get("status") == 429 and not r.get("fault"))]
    check("no network was asked more than it allows", not excess,
          "%d calls, %d too many %s", len(log), len(excess), excess[:2])
    dead = cluster.psql(
        "SELECT n_live_tup, n_dead_tup, pg_relation_size(relid) / 1024 FROM "
        "pg_stat_user_tables WHERE relname = 'gp_work'").split("|")
    check("the table of leases stays small", int(dead[2]) < 1024,
          "%s pages, %s dead rows, %s KiB", *dead)
    aside = cluster.psql("SELECT count(*) FROM gp_work WHERE aside IS NOT NULL")
    check("no page was set aside", aside == "0", "%s were", aside)


ids = ["vk:-210000111", "ok:55000000000111", "max:-70000000000111"]
folder = tempfile.mkdtemp(prefix="gp-cluster.")
cluster = nodes.Cluster(folder)
machines = []
try:
    cluster.start()
    cluster.psql("CREATE DATABASE gp", "postgres")
    db = cluster.url()
    config()
    subprocess.run(["gp-store", "put", db], check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL)
    say("three nodes, %d pages", 3 * (CLONES + 1) + 1)
    machines = [Worker(i) for i in range(4)]
    sender, citizens = Sender(), Citizens()
    sender.start()
    citizens.start()
    time.sleep(5)
    killed = trouble(cluster, machines, sender)
    citizens.over.set()
    citizens.join()
    say("%d primaries killed, %d cut off, %d workers killed", primaries, cuts,
        killed)
    people = settle()
    sender.over.set()
    sender.join()
    for m in machines:
        m.process.send_signal(signal.SIGTERM)
    for m in machines:
        m.process.wait(90)
    say("quiet; %d rounds of the sender", sender.rounds)
    judge(machines, people)
except nodes.Late as e:
    check("the cluster lives", False, "%s", e)
    cluster.logs()
finally:
    for m in machines:
        if m.process.poll() is None:
            os.killpg(m.process.pid, signal.SIGKILL)
    cluster.stop()
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed != 0)
