#!/usr/bin/python3
"""The peer of gp-check: the phrases of the same standard by `re`, compiled
once, one alternation a rule, one thread; personal data are left out.

usage: peer_check.py STANDARD < records > records

A word of a term is its Snowball stem and any ending, =word itself, word* any
ending; between two words of a phrase two others may stand.
"""
import json
import re
import sys

import Stemmer
import yaml

stem = Stemmer.Stemmer("russian").stemWord
GAP = r"(?:\W+\w+){0,2}?\W+"


def word(w):
    w = w.replace("ё", "е").lower()
    if w.startswith("="):
        return r"\b%s\b" % re.escape(w[1:])
    if w.endswith("*"):
        return r"\b%s\w*" % re.escape(w[:-1])
    return r"\b%s\w*" % re.escape(stem(w))


def term(t):
    if "&" in t:
        return "".join("(?=.*%s)" % word(w.strip()) for w in t.split("&"))
    return GAP.join(word(w) for w in t.split())


LETTERS = {"Lu": "А-ЯЁ", "Ll": "а-яё", "L": "А-ЯЁа-яё"}


def pattern(p):
    """PCRE2's classes of letters as ranges: `re` has none."""
    out, inside = [], False
    for piece in re.findall(r"\\p\{\w+\}|\\.|.", p["re"].replace("(?-i)", "")):
        if piece.startswith("\\p{"):
            letters = LETTERS[piece[3:-1]]
            piece = letters if inside else "[%s]" % letters
        elif piece in "[]":
            inside = piece == "["
        out.append(piece)
    return "".join(out)


def compiled(one):
    """Pairs of an expression and whether it reads the text as written."""
    parts = [term(t) for t in one.get("any") or []]
    out = [(re.compile("|".join(parts), re.S), False)] if parts else []
    out += [(re.compile(pattern(p), re.S), p.get("raw", False))
            for p in one.get("patterns") or []]
    return out


with open(sys.argv[1], encoding="utf-8") as f:
    std = yaml.safe_load(f)
facts = {k: compiled(v) for k, v in std["facts"].items()}
rules = [(r, compiled(r)) for r in std["rules"]
         if set(r["for"]) & {"reply", "answer"}]


def has(fact, text, low, seen):
    if fact not in seen:
        seen[fact] = any(p.search(text if raw else low)
                         for p, raw in facts[fact])
    return seen[fact]


def check(text):
    low = text.lower().replace("ё", "е")
    seen, out = {}, []
    for r, patterns in rules:
        if any(not has(f, text, low, seen) for f in r.get("needs", ())):
            continue
        if any(has(f, text, low, seen) for f in r.get("missing", ())):
            continue
        if patterns:
            for m in (m for p, raw in patterns
                      for m in p.finditer(text if raw else low)):
                if any(has(f, text, low, seen) for f in r.get("without", ())):
                    break
                out.append({"rule": r["id"], "from": m.start(),
                            "length": m.end() - m.start()})
                if r.get("once"):
                    break
        elif r.get("measure") == "length":
            if not r.get("under", 0) <= len(text) <= r.get("over", 1e9):
                out.append({"rule": r["id"]})
        elif "missing" in r:
            out.append({"rule": r["id"]})
    return out


for line in sys.stdin:
    record = json.loads(line)
    found = check(record["text"])
    if found:
        record["findings"] = found
        line = json.dumps(record, ensure_ascii=False,
                          separators=(",", ":")) + "\n"
    sys.stdout.write(line)
