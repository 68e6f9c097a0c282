#!/usr/bin/env python3
"""Proves that the rows behind a figure are there: for every record of the
report that has a filter, `gp-report items` with these arguments gives as many
rows as n says, and as many in each state as the member of that name says; of
posts, readings, polls, responses and findings (--behind) the sums agree too.

usage: report_agree.py FILE REPORT [ARGUMENTS ...]. Prints how many figures it
proved.
"""
import json
import subprocess
import sys

states = ("answered open timed within_24h with_term in_term late overdue "
          "interim promised kept broken waiting repeat complaint question "
          "suggestion danger unsorted").split()


def rows(*args):
    """The records, without those that count what lacks a member apart."""
    out = subprocess.run(("gp-report",) + args, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, check=True).stdout
    found = [json.loads(line) for line in out.splitlines()]
    return [r for r in found if r.get("table") != "apart"]


def total(behind, key):
    known = [r[key] for r in behind if key in r]
    return sum(known) if known else None


def posts(f, items):
    for key in "views", "reactions", "comments", "reposts":
        yield key, total(items, key)


def audience(f, items):
    new = [r for r in items if r["at"] >= f["period"]["from"]]
    for key in "subscribed", "unsubscribed", "reach", "visitors":
        yield key, total(new, key)
    pages = sorted((r["at"], r["subscribers"]) for r in items
                   if "subscribers" in r)
    old = [r for r in pages if r[0] <= f["period"]["from"]]
    yield "subscribers", pages[-1][1] if pages else None
    yield "before", old[-1][1] if old else None


def survey(f, items):
    asked = f["filter"][:-2]                    # without --where answer=...
    yield "asked", len(rows("items", *asked, path))


def quality(f, items):
    for key in "error", "warning", "note":
        yield key + "s", sum(r["level"] == key for r in items)
    yield "records", len({r["id"] for r in items})


path, report, more = sys.argv[1], sys.argv[2], sys.argv[3:]
proved = 0
for figure in rows(report, *more, path):
    if "filter" not in figure:
        continue
    items = rows("items", *figure["filter"], path)
    of = dict(zip(figure["filter"], figure["filter"][1:])).get("--behind")
    if of == "polls":                           # n are votes, the row its poll
        n = len(items) == 1 and items[0].get("votes")
    else:
        n = len(items)
    if figure.get("n") != (n if n is not False else -1):
        sys.exit("%s: n is not %s: %s" % (report, n, figure))
    proved += 1
    if of:
        for key, k in globals()[of](figure, items) if of != "polls" else ():
            if report == "week" and key not in figure:
                continue                        # it tells of fewer
            if figure.get(key) != k:
                sys.exit("%s: %s is not %s: %s" % (report, key, k, figure))
            proved += 1
        continue
    for state in states:
        if not isinstance(figure.get(state), int):
            continue
        k = sum(state in r["states"] for r in items)
        if figure[state] != k:
            sys.exit("%s: %s is not %d: %s" % (report, state, k, figure))
        proved += 1
print(proved)
