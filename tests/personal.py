#!/usr/bin/python3
"""Judges the finding of personal data against labelled messages.

usage: personal.py SPANS ALLOW FILE ...

SPANS is the helper of tests/unit; a hit counts when its kind and all its
letters and digits are those of the label. Prints a row a kind: labels, found,
right, recall, precision; then the two groups; exit 1 when one is under its
floor, or there are too few messages. -v shows what went wrong.
"""
import re
import subprocess
import sys
import tempfile
import yaml

FLOORS = {"fixed": (0.99, 0.98), "names and addresses": (0.90, 0.95)}
LOOSE = {"name", "flat"}
verbose = "-v" in sys.argv
spans, allow, *files = [a for a in sys.argv[1:] if a != "-v"]


def read(path):
    """(text, {(kind, places of letters and digits)}) of each message."""
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# ") or not line:
            continue
        text, labels = "", []
        for part in re.split(r"(\{\w+:[^}]*\})", line):
            m = re.fullmatch(r"\{(\w+):([^}]*)\}", part)
            at = len(text.replace("\\n", "\n").encode())
            text += m.group(2) if m else part
            if m:
                labels.append((m.group(1), at, len(
                    text.replace("\\n", "\n").encode())))
        yield text, labels


def solid(raw, at, to):
    """The places of letters and digits, as one value that compares."""
    out, pos = [], at
    for c in raw[at:to].decode("utf-8", "replace"):
        if c.isalnum():
            out.append(pos)
        pos += len(c.encode())
    return tuple(out)


messages = [m for f in files for m in read(f)]
with tempfile.NamedTemporaryFile("w", suffix=".allow") as f:
    for kind, values in yaml.safe_load(open(allow)).items():
        for value in values:
            f.write("%s %s\n" % (kind, value))
    f.flush()
    got = subprocess.run([spans, f.name], check=True, text=True,
                         input="".join(t + "\n" for t, _ in messages),
                         stdout=subprocess.PIPE).stdout
hits, now = [], []
for line in got.split("\n")[:-1]:
    if line:
        a, b, kind = line.split()
        now.append((kind, int(a), int(b)))
    else:
        hits.append(now)
        now = []
assert len(hits) == len(messages)
count = {}
for (text, labels), found in zip(messages, hits):
    raw = text.replace("\\n", "\n").encode()
    want = {(k, solid(raw, a, b)) for k, a, b in labels}
    have = {(k, solid(raw, a, b)) for k, a, b in found}
    for k, _ in want:
        count.setdefault(k, [0, 0, 0])[0] += 1
    for k, p in have:
        count.setdefault(k, [0, 0, 0])[1] += 1
        count[k][2] += (k, p) in want
    if verbose and want != have:
        print("%s\n\twant %s\n\thave %s" % (text, *(
            [(k, raw[p[0]:p[-1] + 1].decode("utf-8", "replace"))
             for k, p in s if p] for s in (want - have, have - want))))


def row(name, labels, found, right):
    recall = right / labels if labels else 1
    precision = right / found if found else 1
    print("%-20s %4d labels %4d found %4d right  recall %.3f  precision %.3f"
          % (name, labels, found, right, recall, precision))
    return recall, precision


failed = False
total = {g: [0, 0, 0] for g in FLOORS}
print("%d messages, %d without a label"
      % (len(messages), sum(not l for _, l in messages)))
for kind in sorted(count):
    row(kind, *count[kind])
    group = "names and addresses" if kind in LOOSE else "fixed"
    total[group] = [a + b for a, b in zip(total[group], count[kind])]
for group, floor in FLOORS.items():
    r, p = row(group, *total[group])
    if r < floor[0] or p < floor[1]:
        print("under the floor: %s: recall %.3f of %.2f, precision %.3f of "
              "%.2f" % (group, r, floor[0], p, floor[1]))
        failed = True
sys.exit(failed)
