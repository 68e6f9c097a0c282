#!/usr/bin/env python3
"""Precision and recall of duplicate_of against `gold`, from records on stdin.

A mark is right when it names the group of its record; every record of a group
but its first one asks for a mark. -v: what went wrong, too.
"""
import json
import sys

records = [json.loads(line) for line in sys.stdin]
group = {r["id"]: r["gold"] for r in records}
text = {r["id"]: r["text"] for r in records}
seen, marks, right, asked, found, short = set(), 0, 0, 0, 0, 0
for r in records:
    mark, gold = r.get("duplicate_of"), r["gold"]
    good = mark is not None and gold is not None and group[mark] == gold
    marks += mark is not None
    right += good
    short += gold is None and mark is not None
    if gold in seen:
        asked += 1
        found += good
        if not good and "-v" in sys.argv:
            print("missed:", r["text"], [t for i, t in text.items()
                                         if group[i] == gold][0], sep="\n  ")
    if mark is not None and not good and "-v" in sys.argv:
        print("wrong:", r["text"], text[mark], sep="\n  ")
    if gold is not None:
        seen.add(gold)
print(json.dumps({"records": len(records), "asked": asked, "marks": marks,
                  "precision": round(right / max(marks, 1), 4),
                  "recall": round(found / max(asked, 1), 4),
                  "short": short}))
