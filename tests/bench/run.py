"""Measures gp against named peers, side by side, as ratios.

usage: run.py BUILD_DIR [RECORDS [ROWS ...]]. Every figure is the best of
several runs. ROWS: json report figures classify learn redact route dedup fetch
vk many store scale check card suggest; all without.
"""
import json
import os
import shutil
import subprocess
import sys
import time

import dedup
import learn
import route
import scale_rows
import store_rows
import suggest

build = os.path.abspath(sys.argv[1])
count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000000
here = os.path.dirname(os.path.abspath(__file__))
root = os.path.dirname(os.path.dirname(here))
work = os.path.join(build, "bench")
shm = "/dev/shm/gp-bench.%d" % os.getpid()
missed = []


def measure(args, stdin=None, stdout=None, env=None, times=3):
    """Wall and CPU seconds (the best of three) and peak memory in MiB."""
    best = None
    for _ in range(times):
        src = open(stdin, "rb") if stdin else subprocess.DEVNULL
        dst = open(stdout or os.devnull, "wb")
        start = time.monotonic()
        p = subprocess.Popen(args, stdin=src, stdout=dst,
                             env=dict(os.environ, **(env or {})))
        _, status, used = os.wait4(p.pid, 0)
        wall = time.monotonic() - start
        if status != 0:
            raise SystemExit("bench: %s: status %d" % (args[0], status))
        now = {"wall": wall, "cpu": used.ru_utime + used.ru_stime,
               "mib": used.ru_maxrss / 1024}
        best = now if best is None else {k: min(best[k], now[k])
                                         for k in now}
    return best


def show(what, ours, peer, peer_name, key, limit):
    ratio = ours[key] / peer[key]
    word = "ok" if ratio <= limit else "MISSED"
    if ratio > limit:
        missed.append(what)
    print("%-34s %7.2f s %-4s %7.2f s %-22s ratio %.3f (at most %.2f) %s"
          % (what, ours[key], key, peer[key], peer_name, ratio, limit, word),
          flush=True)


def at_most(what, value, limit, unit):
    word = "ok" if value <= limit else "MISSED"
    if value > limit:
        missed.append(what)
    print("%-34s %7.1f %s (at most %.0f) %s" % (what, value, unit, limit,
                                                word), flush=True)


def at_least(what, value, limit, unit):
    word = "ok" if value >= limit else "MISSED"
    if value < limit:
        missed.append(what)
    print("%-34s %7.0f %s (at least %.0f) %s" % (what, value, unit, limit,
                                                 word), flush=True)


def compile_c(name, libs, ours):
    out = os.path.join(work, name)
    flags = subprocess.run(["pkg-config", "--cflags", "--libs"]
                           + (libs or ["zlib"]),
                           capture_output=True, text=True, check=True)
    obj = out + ".o"
    subprocess.run(["gcc", "-O2", "-D_GNU_SOURCE", "-I", root + "/lib", "-c",
                    "-o", obj, "%s/%s.c" % (here, name)], check=True)
    subprocess.run(["g++", "-o", out, obj]
                   + ([build + "/libgp.a"] if ours else [])
                   + flags.stdout.split() + ["-pthread"], check=True)
    return out


def node_modules():
    if not os.path.isdir(work + "/node_modules/@duckdb/node-api"):
        subprocess.run(["npm", "install", "--no-fund", "--no-audit",
                        "--silent", "--prefix", work, "@duckdb/node-api"],
                       check=True)


def records():
    gen = compile_c("gen_records", ["simdjson"], False)
    for name, extra in (("full", []), ("bare", ["bare"])):
        with open("%s/%s.ndjson" % (shm, name), "wb") as f:
            subprocess.run([gen, str(count)] + extra, stdout=f, check=True)
    size = os.path.getsize(shm + "/full.ndjson")
    print("records: %d of %d bytes" % (count, size // count))


def bench_json():
    full, out = shm + "/full.ndjson", shm + "/out"
    ours = compile_c("bench_json", ["simdjson", "libutf8proc"], True)
    jsonc = compile_c("peer_jsonc", ["json-c"], False)
    show("json: parse, set, write", measure([ours, "1"], full),
         measure([jsonc], full), "json-c", "cpu", 0.2)
    duck = measure(["node", here + "/peer_duckdb.mjs", "set", full,
                    shm + "/duck"], env={"GP_BENCH": work})
    show("json: the same, -j 2", measure([ours, "2"], full, out), duck,
         "DuckDB, 2 threads", "wall", 0.5)


def bench_report():
    full = shm + "/full.ndjson"
    env = {"GP_NOW": "2026-10-31T15:00:00Z"}
    args = [build + "/gp-report", "week", "--since", "2026-10-01", "--format",
            "ndjson"]
    one = measure(args, full, env=env)
    two = measure(args + ["-j", "2"], full, env=env, times=7)
    jq = measure(["jq", "-n", "reduce inputs as $r ({}; "
                  ".[$r.class.group + \" \" + $r.at[:10]] += 1)"], full,
                 times=1)
    duck = measure(["node", here + "/peer_duckdb.mjs", "count", full,
                    shm + "/duck"], env={"GP_BENCH": work}, times=7)
    show("report week", one, jq, "jq 1.6", "cpu", 0.06)
    show("report week, -j 2", two, duck, "DuckDB, 2 threads", "wall", 0.6)
    at_most("report week, memory", two["mib"], 32, "MiB")


# What people write for themselves: answers by what they answer, appeals with
# them, counted by page; of topics appeals by group, topic and day.
SLOW = {
    # Flat keys: jq copies what stands within what it changes by +=.
    "speed": ("""reduce inputs as $r ({}; if $r.author.official
  then ("a" + $r.parent) as $k | .[$k] as $was
    | .[$k] = if $was == null or $r.at < $was then $r.at else $was end
  else .["q" + $r.id] = [$r.at, $r.page] end)
| . as $all | reduce (to_entries[] | select(.key[:1] == "q")) as $q ({};
  $all["a" + $q.key[1:]] as $t | $q.value[1] as $p | ("n" + $p) as $n
  | .[$n] = (.[$n] // 0) + 1 | ("t" + $p) as $k
  | if $t then .[$k] = (.[$k] // 0) + ($t | fromdate) -
      ($q.value[0] | fromdate) else . end)""",
              """if (string($author["official"]) == "true") {
  @a[$parent] = is_absent(@a[$parent]) ? $at : min(@a[$parent], $at)
} else {
  @at[$id] = $at; @page[$id] = $page
}
end {
  for (id, at in @at) {
    p = @page[id]; @n[p] = is_absent(@n[p]) ? 1 : @n[p] + 1;
    if (is_present(@a[id])) {
      d = gmt2sec(@a[id]) - gmt2sec(at);
      @took[p] = is_absent(@took[p]) ? d : @took[p] + d
    }
  }
  emit (@n, @took), "page"
}"""),
    "topics": ("""reduce inputs as $r ({}; if $r.author.official then . else
  ($r.class.group + " " + ($r.class.topic // "") + " " + $r.at[:10]) as $k
  | .[$k] = (.[$k] // 0) + 1 end)""",
               """if (string($author["official"]) != "true") {
  k = $class["group"] . " " . $class["topic"] . " " . substr0($at, 0, 9);
  @n[k] = is_absent(@n[k]) ? 1 : @n[k] + 1
}
end { emit @n, "k" }"""),
}


def bench_slow(env, full):
    """speed and topics against jq and Miller, on what these can bear."""
    few = shm + "/few.ndjson"
    with open(full, "rb") as f, open(few, "wb") as to:
        for _, line in zip(range(min(count, 200000)), f):
            to.write(line)
    for name, (jq, mlr) in SLOW.items():
        ours = measure([build + "/gp-report", name, "--since", "2026-10-01",
                        "--until", "2026-11-01", "--format", "ndjson", few],
                       env=env)
        for peer, args in (("jq", ["jq", "-n", jq, few]),
                           ("Miller", ["mlr", "--ijsonl", "--ojson", "put",
                                       "-q", mlr, few])):
            show("report %s" % name, ours, measure(args, times=1), peer,
                 "cpu", 0.05)
    os.unlink(few)


def bench_figures():
    """speed and topics over appeals with answers, against the same in SQL."""
    env = {"GP_NOW": "2026-10-31T15:00:00Z"}
    gen = compile_c("gen_appeals", [], False)
    full = shm + "/appeals.ndjson"
    with open(full, "wb") as f:
        subprocess.run([gen, str(count)], stdout=f, check=True)
    for name in "speed", "topics":
        args = [build + "/gp-report", name, "--since", "2026-10-01",
                "--until", "2026-11-01", "--format", "ndjson", full]
        one = measure(args, env=env)
        two = measure(args + ["-j", "2"], env=env, times=7)
        duck = measure(["node", here + "/peer_duckdb.mjs", name, full,
                        shm + "/duck"], env={"GP_BENCH": work}, times=3)
        for key in "wall", "cpu":
            show("report %s, -j 2" % name, two, duck, "DuckDB, 2 threads",
                 key, 0.6)
        show("report %s, -j 2" % name, two, one, "the same, -j 1", "wall",
             1 / 1.7)
        at_most("report %s, memory" % name, two["mib"], 256, "MiB")
    bench_slow(env, full)
    os.unlink(full)


def bench_classify():
    bare = shm + "/bare.ndjson"
    one = measure([build + "/gp-classify"], bare, shm + "/out")
    rate = count / one["cpu"]
    word = "ok" if rate >= 150000 else "MISSED"
    if rate < 150000:
        missed.append("classify")
    print("%-34s %7.0f comments/s a thread (at least 150000) %s, %.1f MiB"
          % ("classify by rules", rate, word, one["mib"]), flush=True)


def bench_redact():
    """Records as they come; the peer reads a twentieth, its time counts x20."""
    full, part = shm + "/full.ndjson", shm + "/part.ndjson"
    with open(full, "rb") as src, open(part, "wb") as dst:
        for _ in range(count // 20):
            dst.write(src.readline())
    one = measure([build + "/gp-redact"], full, shm + "/out")
    peer = measure(["/usr/bin/python3", here + "/peer_redact.py"], part,
                   times=2)
    peer["cpu"] *= os.path.getsize(full) / os.path.getsize(part)
    rate = os.path.getsize(full) / one["cpu"] / 1e6
    word = "ok" if rate >= 150 else "MISSED"
    if rate < 150:
        missed.append("redact")
    print("%-34s %7.0f MB/s a thread (at least 150) %s, %.1f MiB"
          % ("redact", rate, word, one["mib"]), flush=True)
    show("redact: the same rules", one, peer, "Python re", "cpu", 0.05)


def bench_check():
    """Short answers, those of the labelled set over and over; the peer reads
    a hundredth, its time counts x100."""
    full, part = shm + "/replies.ndjson", shm + "/some.ndjson"
    sets = root + "/tests/fixtures/check/"
    some = subprocess.run(
        [root + "/tests/check_score.py", build + "/gp-check", "answer",
         sets + "replies.txt", sets + "replies-unseen.txt", "--records"],
        check=True, capture_output=True).stdout
    lines = some.count(b"\n")
    with open(full, "wb") as dst:
        for _ in range(100):
            dst.write(some * 10)
    with open(part, "wb") as dst:
        dst.write(some * 10)
    # errors are found, so the status is 1
    quiet = ["sh", "-c", '"$0" "$1"; [ $? -le 1 ]']
    one = measure(quiet + [build + "/gp-check", full], stdout=shm + "/out")
    peer = measure(["/usr/bin/python3", here + "/peer_check.py",
                    root + "/lib/data/standard.yaml"], part, times=1)
    peer["cpu"] *= 100
    at_least("check: short answers a second", lines * 1000 / one["cpu"],
             100000, "a thread")
    show("check: the same phrases", one, peer, "Python re", "cpu", 0.02)


def bench_fetch():
    sim = subprocess.Popen([build + "/gp-sim", "--pages", "2000"],
                           stdout=subprocess.PIPE, text=True)
    try:
        url = json.loads(sim.stdout.readline())["url"]
        env = {"GP_CONFIG": "/dev/null"}
        ours = measure([build + "/gp-fetch", "--all", "--rate", "0",
                        "--stream", "posts", url + "/s/bench"],
                       stdout=shm + "/out", env=env)
        posts = sum(b'"type":"post"' in l for l in open(shm + "/out", "rb"))
        soup = measure(["/usr/bin/python3", here + "/peer_soup.py", url,
                        "bench"], stdout=shm + "/out", times=1)
        theirs = sum(1 for _ in open(shm + "/out", "rb"))
        if posts != 40000 or theirs != 40000:
            raise SystemExit("bench: %d and %d posts, not 40000"
                             % (posts, theirs))
        show("fetch: 2,000 preview pages", ours, soup,
             "requests+bs4(lxml)", "cpu", 0.15)
    finally:
        sim.terminate()
        sim.wait()



def bench_card():
    """100 cards, laid out and drawn; the peer only draws what we laid out."""
    theme, own = [root + "/tests/fixtures/card/" + n
                  for n in ("theme.yaml", "own.ndjson")]
    lines = open(own, encoding="utf-8").read().splitlines()
    with open(shm + "/cards.ndjson", "w", encoding="utf-8") as f:
        for i in range(100):
            f.write(lines[i % len(lines)] + "\n")
    env = {"GP_CONFIG": "/dev/null"}
    args = [build + "/gp-card", "-t", theme, shm + "/cards.ndjson", "-o"]
    ours = measure(args + [shm + "/png"], env=env)
    subprocess.run(args + [shm + "/svg", "-f", "svg"], check=True,
                   stdout=subprocess.DEVNULL, env=dict(os.environ, **env))
    peer = measure(["sh", "-c", "for f in %s/svg/*.svg; do rsvg-convert -o "
                    "%s/x.png $f; done" % (shm, shm)])
    at_most("card: 100 pictures, one thread", ours["wall"], 10, "s")
    show("card: 100 pictures", ours, peer, "rsvg-convert", "cpu", 1.0)


def bench_vk():
    """1,000,000 comments under 10,000 posts, a call for each, unpaced."""
    posts, every, group = 10000, 100, "210000999"
    tokens = shm + "/tokens"
    os.makedirs(tokens)
    sim = subprocess.Popen([build + "/gp-sim", "--bench-vk",
                            "%dx%d" % (posts, every), "--token-dir", tokens],
                           stdout=subprocess.PIPE, text=True)
    try:
        url = json.loads(sim.stdout.readline())["url"] + "/vk"
        conf = shm + "/vk.yaml"
        with open(conf, "w") as f:
            f.write("vk: {api: %s}\npages:\n  bench: {network: vk, name: %s,"
                    " watch: 9999d, tokens: {service: {file: %s/vk-service}}}"
                    "\n" % (url, group, tokens))
        command = [build + "/gp-fetch", "-c", conf, "--all", "--stream",
                   "comments"]
        # That nothing lacks is seen in a run of its own: the others write to
        # /dev/null, as the peers do.
        measure(command, stdout=shm + "/out", times=1)
        ours = measure(command, times=5)
        got = sum(b'"type":"comment"' in l for l in open(shm + "/out", "rb"))
        if got != posts * every:
            raise SystemExit("bench: %d comments" % got)
        os.unlink(shm + "/out")
        curl = measure([compile_c("peer_curl", ["libcurl"], False), url, group,
                        "1", str(every + 1), str(posts)],
                       stdin=tokens + "/vk-service", times=5)
        py = measure(["/usr/bin/python3", here + "/peer_vk.py", url, group,
                      str(posts)], stdin=tokens + "/vk-service", times=2)
        show("fetch: 10,000 calls of VK", ours, py, "requests+json", "cpu",
             0.15)
        show("fetch: the same, the wire alone", ours, curl, "bare libcurl",
             "cpu", 2)
        at_most("fetch: the same, memory", ours["mib"], 64, "MiB")
    finally:
        sim.terminate()
        sim.wait()


def bench_many():
    """1,000 pages, a call each, 50 ms until a reply comes, 64 at once."""
    pages, delay, parallel = 1000, 0.05, 64
    tokens = shm + "/tokens"
    os.makedirs(tokens, exist_ok=True)
    sim = subprocess.Popen([build + "/gp-sim", "--clones", str(pages),
                            "--delay", "50", "--token-dir", tokens],
                           stdout=subprocess.PIPE, text=True)
    try:
        url = json.loads(sim.stdout.readline())["url"] + "/vk"
        conf = shm + "/many.yaml"
        with open(conf, "w") as f:
            f.write("vk: {api: %s}\npages:\n" % url)
            for i in range(1, pages + 1):
                f.write("  p%d: {network: vk, name: %d, tokens: {service: "
                        "{file: %s/vk-service}}}\n"
                        % (i, 210000777 + i, tokens))
        ours = measure([build + "/gp-fetch", "-c", conf, "--stream", "page"],
                       stdout=shm + "/out")
        show("fetch: 1,000 pages, 50 ms each", ours,
             {"wall": pages * delay / parallel}, "64 connections", "wall", 1.3)
    finally:
        sim.terminate()
        sim.wait()


def bench_store():
    store_rows.run(sys.modules[__name__])


def wanted(*names):
    return not sys.argv[3:] or any(n in sys.argv[3:] for n in names)


os.makedirs(work, exist_ok=True)
os.makedirs(shm)
try:
    if wanted("json", "report", "figures"):
        node_modules()
    if wanted("json", "report", "classify", "redact", "route", "store",
              "scale"):
        records()
    for name, rows in (("json", bench_json), ("report", bench_report),
                       ("figures", bench_figures),
                       ("classify", bench_classify),
                       ("learn", lambda: learn.bench(
                           build, root, shm, here, measure, missed)),
                       ("redact", bench_redact),
                       ("check", bench_check),
                       ("route", lambda: route.bench(globals())),
                       ("dedup", lambda: dedup.bench(
                           build, shm, measure, show, at_most, at_least,
                           count)),
                       ("fetch", bench_fetch), ("vk", bench_vk),
                       ("many", bench_many), ("store", bench_store),
                       ("scale", lambda: scale_rows.run(sys.modules[__name__])),
                       ("card", bench_card),
                       ("suggest", lambda: suggest.bench(globals()))):
        if wanted(name):
            rows()
finally:
    shutil.rmtree(shm)
if missed:
    raise SystemExit("bench: missed: " + ", ".join(missed))
print("bench: all reached")
