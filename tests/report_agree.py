#!/usr/bin/env python3
"""Proves that the rows behind a figure are there: for every record of the
report that has a filter, `gp-report items` with these arguments gives as many
rows as n says, and as many in each state as the member of that name says.

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
    out = subprocess.run(("gp-report",) + args, stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


path, report, more = sys.argv[1], sys.argv[2], sys.argv[3:]
proved = 0
for figure in rows(report, *more, path):
    if "filter" not in figure:
        continue
    items = [r for r in rows("items", *figure["filter"], path)
             if "table" not in r]
    if figure.get("n") != len(items):
        sys.exit("%s: n is not %d: %s" % (report, len(items), figure))
    proved += 1
    for state in states:
        if not isinstance(figure.get(state), int):
            continue
        k = sum(state in r["states"] for r in items)
        if figure[state] != k:
            sys.exit("%s: %s is not %d: %s" % (report, state, k, figure))
        proved += 1
print(proved)
