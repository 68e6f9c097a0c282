"""How often the past answer that is found is of the right matter, on the
invented set lib/data/labelled.ndjson: each fifth appeal asks, the others have
been answered. usage: suggest_near.py split DIR LABELLED | score DIR WHAT |
fts DIR

The first draft that is made of a past answer counts; it is right if that was
given to an appeal of the same topic, or group. The set is hard: no two texts
are alike, each is about something else, and there are six of a topic.
"""
import json
import re
import sqlite3
import sys


def load(path):
    with open(path) as f:
        return [json.loads(line) for line in f]


def split(folder, labelled):
    known = [r for r in load(labelled) if r["class"].get("topic")]
    with open(folder + "/past", "w") as past, \
            open(folder + "/text", "w") as text, \
            open(folder + "/group", "w") as group:
        for i, r in enumerate(known):
            rec = {"type": "comment", "id": r["id"], "text": r["text"]}
            if i % 5 == 0:
                text.write(json.dumps(rec, ensure_ascii=False) + "\n")
                rec["class"] = {"group": r["class"]["group"]}
                group.write(json.dumps(rec, ensure_ascii=False) + "\n")
                continue
            past.write(json.dumps({
                "type": "reply", "id": "reply:" + r["id"], "to": r["id"],
                "approved_by": "И", "text": "Вопрос %s решаем." % r["id"],
                "class": r["class"], "appeal": {"text": r["text"]}},
                ensure_ascii=False) + "\n")


def figures(folder, what, found):
    """found: of the id that asks, the id that was answered."""
    of = {r["id"]: r["class"] for r in load(sys.argv[3])} \
        if len(sys.argv) > 3 else {}
    asked = [r["id"] for r in load(folder + "/text")]
    got = [(of[a], of[found[a]]) for a in asked if a in found]
    print(json.dumps({
        "by": what, "asked": len(asked), "found": len(got),
        "topic": round(sum(a["topic"] == b["topic"] for a, b in got)
                       / len(asked), 3),
        "group": round(sum(a["group"] == b["group"] for a, b in got)
                       / len(asked), 3)}))


def score(folder, what):
    found = {}
    for line in sys.stdin:
        d = json.loads(line)
        for o in d["origin"]:
            if o.startswith("answer:reply:"):
                found.setdefault(d["to"], o[len("answer:reply:"):])
    figures(folder, what, found)


def fts(folder):
    """The peer: SQLite's FTS5, its own words and its own BM25."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, x)")
    db.executemany("INSERT INTO t VALUES(?, ?)", [
        (r["to"], r["appeal"]["text"]) for r in load(folder + "/past")])
    found = {}
    for r in load(folder + "/text"):
        words = re.findall(r"\w+", r["text"])
        row = db.execute(
            "SELECT id FROM t WHERE t MATCH ? ORDER BY rank LIMIT 1",
            (" OR ".join('"%s"' % w for w in words),)).fetchone()
        if row:
            found[r["id"]] = row[0]
    figures(folder, "SQLite FTS5", found)


if sys.argv[1] == "split":
    split(sys.argv[2], sys.argv[3])
elif sys.argv[1] == "score":
    score(sys.argv[2], sys.argv[4])
else:
    fts(sys.argv[2])
