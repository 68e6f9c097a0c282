"""gp-dedup against the same algorithm in Python, and at full size. run.py calls
bench() with its own ways to measure.
"""
import os
import subprocess
import sys

here = os.path.dirname(os.path.abspath(__file__))
FEW = 20000


def bench(build, folder, measure, show, at_most, at_least, count=1000000):
    few, all_ = folder + "/few.ndjson", folder + "/texts.ndjson"
    for path, n in ((few, FEW), (all_, count)):
        with open(path, "wb") as f:
            subprocess.run([sys.executable, here + "/dedup_texts.py", str(n)],
                           stdout=f, check=True)
    env = {"GP_NOW": "2026-10-31T15:00:00Z"}
    ours = measure([build + "/gp-dedup"], few, env=env)
    peer = measure([sys.executable, here + "/peer_dedup.py"], few, times=1)
    show("dedup: %d texts" % FEW, ours, peer, "MinHash in Python", "cpu",
         0.05)
    full = measure([build + "/gp-dedup"], all_, env=env, times=1)
    at_least("dedup: %d texts" % count, count / full["cpu"], 50000,
             "texts/s a thread")
    at_most("dedup: the same, memory", full["mib"], 2048, "MiB")
    os.unlink(all_)
