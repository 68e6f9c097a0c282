#!/usr/bin/python3
"""The rehearsal of the country; run within gp-sim, by `run` beside this.

Every page is to be read each quarter of an hour: 194 pages a second. No machine
plays that for days, so a sample of the pages is played faster: of one page in
ten at ten times the speed as many are due a second, and each has as much that
is new when it is read. The table of leases and the config hold all of them.
"""
import os
import re
import subprocess
import sys
import time

import parts

COUNTRY, SAMPLE = int(os.environ["COUNTRY"]), int(os.environ["SAMPLE"])
STRETCH, HOURS = float(os.environ["STRETCH"]), float(os.environ["HOURS"])
DAY = float(os.environ["DAY"])
QUARTER = 900
DEMAND = 175000 / QUARTER  # pages a second of the whole country
ROOT = os.path.abspath(os.path.join(parts.HERE, "../../.."))
CORES = len(os.sched_getaffinity(0))
began = time.monotonic()
faults = []


def say(fmt, *args):
    print(fmt % args, flush=True)


def head(fmt, *args):
    say("\n%s (after %.0f s)", fmt % args, time.monotonic() - began)


def instant(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


# Monday, 20:00 in Moscow, the busiest hour; and midnight, when snow begins.
START, SNOW = 1794848400, 1794862800
assert (instant(START), instant(SNOW)) == ("2026-11-16T17:00:00Z",
                                           "2026-11-16T21:00:00Z")


class Stretch:
    """What happens between two looks at all the meters."""

    def __init__(self, sim, pg, base="gp"):
        self.sim, self.pg, self.base = sim, pg, base
        self.before = self.meters()
        self.lags = []

    def meters(self):
        return {"t": time.time(), "postgres": self.pg.cpu(),
                "gp-sim": self.sim.cpu(), "all": parts.machine(),
                "asked": self.sim.clock()["asked"],
                "records": int(self.pg.one("SELECT COUNT(*) FROM gp_record",
                                           base=self.base))}

    def lag(self):
        """Seconds that the latest page is late."""
        v = float(self.pg.one(
            "SELECT COALESCE(EXTRACT(EPOCH FROM MAX(clock_timestamp() - due)),"
            " 0) FROM gp_work WHERE due <= clock_timestamp() AND NOT retired"
            " AND aside IS NULL",
            base=self.base))
        self.lags.append(v)
        return v

    def end(self, workers):
        if workers.stop() == -1:
            faults.append("a worker ended by itself: %s"
                          % " ".join(workers.other_talk()[-2:]).strip())
        after = self.meters()
        d = {k: after[k] - self.before[k] for k in after}
        leases = workers.leases()
        d["pages"] = sum(n for n, _, _ in leases)
        d["leases"] = len(leases)
        d["cpu"] = workers.cpu()
        d["ours"] = sum(d["cpu"].values()) + d["postgres"] + d["gp-sim"]
        talk = workers.other_talk()
        if talk:
            faults.append("%d lines, as: %s" % (len(talk), talk[0].strip()))
        return d


def show(name, d):
    pages = max(d["pages"], 1)
    say("  %-12s %6d pages in %3d leases, %5.1f s: %4.0f pages/s, %4.0f calls/s,"
        " %4.1f records/s", name, d["pages"], d["leases"], d["t"],
        d["pages"] / d["t"], d["asked"] / d["t"], d["records"] / d["t"])
    rows = sorted(d["cpu"].items(), key=lambda x: -x[1])
    say("  %-12s CPU a page, ms: postgres %.2f, %s; gp-sim %.2f; together %.2f",
        "", 1000 * d["postgres"] / pages,
        ", ".join("%s %.2f" % (k, 1000 * v / pages) for k, v in rows),
        1000 * d["gp-sim"] / pages, 1000 * d["ours"] / pages)
    say("  %-12s of %d processors %.0f %% worked, %.0f %% for other things", "",
        CORES, 100 * d["all"] / d["t"] / CORES,
        100 * max(0, d["all"] - d["ours"]) / d["t"] / CORES)


# -- the pages that are read ---------------------------------------------------

# What is set aside is not read for a day.
PARK = "UPDATE gp_work SET aside = clock_timestamp()"


def spread(pg, seconds):
    """The sample comes due, evenly over so many seconds; nobody else does."""
    pg.sql("UPDATE gp_work w SET aside = NULL, due = clock_timestamp()"
           " + s.i * %f * interval '1 second' FROM sample s"
           " WHERE s.name = w.name" % (seconds / SAMPLE))


def begin(sim, pg, workers, seconds):
    """The start of gp-work, which reads the config, is not measured here."""
    pg.sql(PARK + " WHERE aside IS NULL")
    workers.ready(pg)
    s = Stretch(sim, pg)
    spread(pg, seconds)
    return s


def set_up(sim, pg, pages):
    parts.config("gp.yaml", sim, pages, "7d")
    subprocess.run(["gp-store", "put", pg.url()], check=True,
                   stdin=subprocess.DEVNULL)
    t = time.monotonic()
    subprocess.run(["gp-work", "--db", pg.url(), "-c", "gp.yaml", "--once",
                    "--lease", "1", "--", "./nothing"],
                   stderr=subprocess.DEVNULL, check=False)
    say("  config of %.0f MB; gp-work brought %d pages into its table in %.1f s",
        os.path.getsize("gp.yaml") / 1e6, len(pages), time.monotonic() - t)
    # Every tenth, say, of all ranks; due in no order of rank.
    step = len(pages) / SAMPLE
    sample = [pages[int(i * step)] for i in range(SAMPLE)]
    with open("sample", "w") as f:
        for i, p in enumerate(sample):
            f.write("%s\t%d\n" % (p["name"], i * 7919 % SAMPLE))
    pg.sql(PARK,
           "CREATE TABLE sample(name TEXT PRIMARY KEY, i INTEGER)",
           r"\copy sample FROM sample", "VACUUM ANALYZE gp_work")
    return sample


def until_read(workers, n, at_most):
    """So many pages, or the time is over."""
    end = time.monotonic() + at_most
    while time.monotonic() < end and sum(x[0] for x in workers.leases()) < n:
        time.sleep(0.25)


def warm(sim, pg):
    """Read twice before anything is measured: what stands there already is in
    the store, and the cursors are as after days."""
    for name, fetch in ("first read", "-n 4"), ("second read", ""):
        env = sim.run_from(instant(START), 0)
        w = parts.Workers(CORES, ".", pg, "gp.yaml", env, fetch=fetch)
        s = begin(sim, pg, w, 0)
        until_read(w, SAMPLE, 1200)
        show(name, s.end(w))


def growth(sim, pg):
    """All are due: how much do 1, 2, 4 workers?"""
    best, one = 0, None
    for i, n in enumerate((1, 2, 4)):
        env = sim.run_from(instant(START + (i + 1) * QUARTER), 1)
        w = parts.Workers(n, ".", pg, "gp.yaml", env)
        s = begin(sim, pg, w, 0)
        until_read(w, SAMPLE, STRETCH)
        d = s.end(w)
        show("%d worker%s" % (n, "s" if n > 1 else ""), d)
        best = max(best, d["pages"] / d["t"])
        if n == 1:
            one = d
    for name, cpu in (("gp-sim among them", one["ours"]),
                      ("gp-sim elsewhere", one["ours"] - one["gp-sim"])):
        carries = CORES * one["pages"] / cpu
        say("  by the processors' time of one worker, %d processors for nothing"
            " else carry %.0f pages/s, %.1f times real time, %s", CORES,
            carries, carries / DEMAND, name)
    return best


def paced(sim, pg, best):
    """At the multiple that it is to keep up with the lag must not grow."""
    want = max(0.25, int(0.85 * best / DEMAND * 4) / 4)
    every = max(1, round(SAMPLE / (DEMAND * want)))
    multiple = SAMPLE / DEMAND / every
    speed = QUARTER / every
    env = sim.run_from(instant(START + 5 * QUARTER), speed)
    span = "%ds" % every
    w = parts.Workers(CORES, ".", pg, "gp.yaml", env, span=span)
    s = begin(sim, pg, w, every)
    end = time.monotonic() + 3 * STRETCH
    while time.monotonic() < end:
        time.sleep(STRETCH / 8)
        s.lag()
    d = s.end(w)
    head("at %.2f times real time: %d pages, each due every %d s, the clock %.0f"
         " times as fast", multiple, SAMPLE, every, speed)
    show("%d workers" % CORES, d)
    third = len(s.lags) // 3
    say("  lag of the latest page, s: %s", " ".join("%.0f" % x for x in s.lags))
    say("  kept up with %.2f times real time; lag at the end %.1f s, in the"
        " middle third %.1f, in the last %.1f", d["pages"] / d["t"] / DEMAND,
        s.lags[-1], sum(s.lags[third:2 * third]) / third,
        sum(s.lags[2 * third:]) / (len(s.lags) - 2 * third))


# -- what must agree -----------------------------------------------------------

def compare(sim, pg, sample, since, base="gp"):
    """The clock stops; all is read once more; then the store must hold what
    was written, no more and no less."""
    names = {p["name"] for p in sample}
    env = sim.run_from(None, 0)
    at = sim.now()
    pg.sql("UPDATE gp_work w SET due = clock_timestamp() WHERE aside IS NULL",
           base=base)
    w = parts.Workers(CORES, ".", pg, "gp.yaml" if base == "gp" else "day.yaml",
                      env, base=base)
    until_read(w, len(sample), 600)
    w.stop()
    said = {p["page"]: (p["posts"], p["comments"]) for p in
            sim.lines("country?since=" + instant(since)) if p["name"] in names}
    held = {r[0]: (int(r[1]), int(r[2])) for r in pg.sql(
        "SELECT page, COUNT(*) FILTER (WHERE type = 'post'),"
        " COUNT(*) FILTER (WHERE type = 'comment') FROM gp_record"
        " WHERE at > %d GROUP BY page" % since, base=base)}
    lost = twice = 0
    for page, want in said.items():
        got = held.get(page, (0, 0))
        lost += sum(max(0, a - b) for a, b in zip(want, got))
        twice += sum(max(0, b - a) for a, b in zip(want, got))
    say("  from %s to %s on %d pages %d posts and %d comments were written:"
        " lost %d, too many %d", instant(since), instant(at), len(said),
        sum(x[0] for x in said.values()), sum(x[1] for x in said.values()),
        lost, twice)
    if lost or twice:
        faults.append("the store does not hold what was written")


def tables(pg):
    row = pg.sql(
        "SELECT n_tup_upd, n_tup_hot_upd, n_dead_tup, autovacuum_count,"
        " pg_table_size(relid) / 1048576 FROM pg_stat_user_tables"
        " WHERE relname = 'gp_work'")[0]
    say("  leases: %s updates of rows, %s of them HOT, %s dead rows, vacuumed %s"
        " times, table of %s MB", *row)
    n = int(pg.one("SELECT COUNT(*) FROM gp_record"))
    size = int(pg.one("SELECT SUM(pg_total_relation_size(c.oid)) FROM pg_class"
                      " c WHERE relname IN ('gp_record', 'gp_history')"))
    cursors = pg.sql("SELECT COUNT(DISTINCT page), AVG(LENGTH(body)),"
                     " pg_total_relation_size('gp_cursor') FROM gp_cursor")[0]
    say("  store: %d records, %.0f bytes each with indexes; cursors of %s pages,"
        " %.0f bytes each of two, %.0f a page on disk", n, size / max(n, 1),
        cursors[0], float(cursors[1]), int(cursors[2]) / int(cursors[0]))


# -- a day ---------------------------------------------------------------------

def day(sim, pg, pages):
    """A sample so small that the whole day of snow fits; of its own database."""
    speed = HOURS * 3600 / DAY
    every = max(1, round(QUARTER / speed))
    take = max(4, int(COUNTRY * every / QUARTER * 0.5))
    sample = [pages[int(i * len(pages) / take)] for i in range(take)]
    parts.config("day.yaml", sim, sample, "7d")
    pg.sql("CREATE DATABASE day")
    subprocess.run(["gp-store", "put", pg.url("day")], check=True,
                   stdin=subprocess.DEVNULL)
    for fetch in "-n 4", "":
        env = sim.run_from(instant(SNOW), 0)
        w = parts.Workers(1, ".", pg, "day.yaml", env, base="day", fetch=fetch)
        until_read(w, take, 300)
        w.stop()
        pg.sql("UPDATE gp_work SET due = clock_timestamp()", base="day")
    env = sim.run_from(instant(SNOW), speed)
    s = Stretch(sim, pg, "day")
    span = "%ds" % every
    w = parts.Workers(CORES, ".", pg, "day.yaml", env, base="day",
                      span=span)
    end = time.monotonic() + DAY
    while time.monotonic() < end:
        time.sleep(DAY / 24)
        s.lag()
    d = s.end(w)
    head("%.0f hours: %d pages, each due every %d s, the clock %.0f times as"
         " fast", HOURS, take, every, speed)
    show("%d workers" % CORES, d)
    say("  each page was read every %.0f minutes of the clock",
        speed / 60 * d["t"] * take / max(1, d["pages"]))
    say("  lag in minutes of the clock, by twenty-fourths: %s",
        " ".join("%.0f" % (x * speed / 60) for x in s.lags))
    compare(sim, pg, sample, SNOW, "day")
    rows = pg.sql("SELECT (at - %d) / 3600, COUNT(*) FROM gp_record WHERE"
                  " at > %d AND type = 'comment' GROUP BY 1 ORDER BY 1"
                  % (SNOW, SNOW), base="day")
    say("  comments by hour: %s", " ".join(r[1] for r in rows))


def main():
    sim, pg = parts.Sim(), parts.Server(ROOT)
    try:
        pages = sim.lines("country")
        say("%d pages, %d of them read; %d processors; PostgreSQL with%s",
            len(pages), SAMPLE, CORES, re.sub(" -c", "", " " + pg.TUNED))
        sample = set_up(sim, pg, pages)
        head("before: %d pages", SAMPLE)
        warm(sim, pg)
        head("all due at once")
        best = growth(sim, pg)
        paced(sim, pg, best)
        compare(sim, pg, sample, START)
        tables(pg)
        day(sim, pg, pages)
        say("\ngp-sim: %.0f MB at the most", sim.memory() / 1e6)
    finally:
        pg.stop()
    for f in faults:
        say("FAULT: %s", f)
    sys.exit(1 if faults else 0)


main()
