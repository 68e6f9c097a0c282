"""gp-route's rows: records a second of one thread, and the same rules in
Python, whose assignees and terms have to be the same."""
import json

PEER = 50000  # records that the peer is given


def keys(path):
    with open(path) as f:
        for line in f:
            rec = json.loads(line)
            route, due = rec.get("route", {}), rec.get("due", {})
            yield route.get("assignee"), due.get("first"), due.get("final")


def bench(run):
    """run: the names of run.py."""
    shm, measure, build = run["shm"], run["measure"], run["build"]
    full, part = shm + "/full.ndjson", shm + "/route.ndjson"
    with open(full, "rb") as src, open(part, "wb") as dst:
        for _, line in zip(range(PEER), src):
            dst.write(line)
    env = {"TZ": "Europe/Moscow", "GP_DATA": run["root"] + "/lib/data"}
    command = [build + "/gp-route"]
    # to nowhere: the steps triple a record, and a disk is not the filter
    one = measure(command, full, env=env, times=5)
    rate = run["count"] / one["cpu"]
    word = "ok" if rate >= 300000 else "MISSED"
    if rate < 300000:
        run["missed"].append("route")
    print("%-34s %7.0f records/s a thread (at least 300000) %s, %.1f MiB"
          % ("route by rules", rate, word, one["mib"]), flush=True)
    ours = measure(command, part, shm + "/route.ours", env=env)
    peer = measure(["/usr/bin/python3", run["here"] + "/peer_route.py",
                    run["root"] + "/lib/data"], part, shm + "/route.peer",
                   times=2)
    if list(keys(shm + "/route.ours")) != list(keys(shm + "/route.peer")):
        raise SystemExit("bench: gp-route and its peer differ")
    run["show"]("route, %d records" % PEER, ours, peer,
                "Python, the same rules", "cpu", 0.08)
