#!/usr/bin/env python3
"""Judges gp-check by labelled texts: precision and recall, rule by rule.

usage: check_score.py GP-CHECK answer|post FILE ... [--show]

A line is "rules | text" for answers and "rules | parts | text" for posts:
rules that should fire ("-" for none), after them @interim, @message, @draft
say what an answer is; parts are p, a (with alt text), v or -; in the text a
line ends at the sign of a paragraph. Prints a line a rule with how often it
fired rightly, wrongly and not at all; the last line sums them.
With --show the texts that went wrong are printed too; with --records only the
records, as they are given to gp-check.
"""
import json
import subprocess
import sys

PART = {"p": {"kind": "photo"}, "v": {"kind": "video"},
        "a": {"kind": "photo", "description": "Что на снимке"}}


def records(kind, path):
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            cells = line.split(" | ", 1 if kind == "answer" else 2)
            words = cells[0].split()
            rules = {"%s.%s" % (kind, w) for w in words
                     if w != "-" and w[0] != "@"}
            flags = {w for w in words if w[0] == "@"}
            text = cells[-1].replace("¶", "\n")
            rec = {"type": "draft" if "@draft" in flags else
                   "reply" if kind == "answer" else "post",
                   "id": "reply:vk:-1/2/3" if kind == "answer" else "vk:-1/2",
                   "network": "vk", "page": "vk:-1",
                   "text": text}
            if kind == "answer":
                rec["to"] = "vk:-1/2/3"
                rec["to_type"] = ("message" if "@message" in flags
                                  else "comment")
                rec["interim" if "@interim" in flags else "final"] = True
            else:
                rec["at"] = "2026-10-30T06:10:00Z"
                rec["attachments"] = [PART[p] for p in cells[1] if p in PART]
            yield rules, rec


def main():
    args = [a for a in sys.argv[1:] if a not in ("--show", "--records")]
    show = "--show" in sys.argv
    tool, kind, paths = args[0], args[1], args[2:]
    rows = [r for path in paths for r in records(kind, path)]
    lines = "".join(json.dumps(r, ensure_ascii=False) + "\n"
                    for _, r in rows)
    if "--records" in sys.argv:
        sys.stdout.write(lines)
        return
    out = subprocess.run([tool, "--skip", "post.week,post.day,post.between",
                          "--jq", "[(.findings // [])[].rule]"],
                         input=lines, capture_output=True, text=True)
    if out.returncode not in (0, 1) or out.stderr:
        sys.exit("gp-check: status %d: %s" % (out.returncode, out.stderr))
    got = [set(json.loads(line)) for line in out.stdout.splitlines()]
    assert len(got) == len(rows), (len(got), len(rows))
    count = {}
    for (want, rec), have in zip(rows, got):
        for rule in want | have:
            c = count.setdefault(rule, [0, 0, 0])
            c[0 if rule in want & have else 1 if rule in have else 2] += 1
        if show and want != have:
            print("%s\n    wrongly: %s\n    missed:  %s"
                  % (rec["text"], " ".join(sorted(have - want)),
                     " ".join(sorted(want - have))))
    total = [sum(c[i] for c in count.values()) for i in range(3)]
    for rule, c in sorted(count.items()) + [("all", total)]:
        right, wrong, missed = c
        print("%-20s right %3d wrong %3d missed %3d precision %.2f recall %.2f"
              % (rule, right, wrong, missed, right / max(right + wrong, 1),
                 right / max(right + missed, 1)))
    clean = [h for (w, _), h in zip(rows, got) if not w]
    print("texts %d, without fault %d, of those left alone %d"
          % (len(rows), len(clean), sum(not h for h in clean)))


if __name__ == "__main__":
    main()
