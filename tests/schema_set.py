#!/usr/bin/env python3
"""Good records and what becomes of them by one damage each, a line each.

usage: schema_set.py < GOOD

Every member and item, at every depth, is in turn taken out and replaced by
values of every type; half of the records prove to be sound all the same.
"""
import copy
import json
import sys

VALUES = [None, True, False, 0, 1, -1, 1.0, 1.5, 0.0, 101, "", "x", "x y",
          "ok", "vk:-1/2", "telegram:adm/7", "http://a.example/",
          "2026-10-31T15:00:00Z", "2026-13-31T15:00:00Z", "2026-10-31",
          "Ж", "true", [], [1], ["a", "a"], ["a", "b"], [[]], {}, {"a": 1},
          {"official": True}, {"from": "x"}]


def places(value, path=()):
    items = (value.items() if isinstance(value, dict)
             else enumerate(value) if isinstance(value, list) else ())
    for key, inner in items:
        yield path + (key,)
        yield from places(inner, path + (key,))


def damaged(record, path):
    for new in VALUES + [KeyError]:
        made = copy.deepcopy(record)
        at = made
        for key in path[:-1]:
            at = at[key]
        if new is KeyError:
            del at[path[-1]]
        else:
            at[path[-1]] = new
        yield made


for line in sys.stdin:
    good = json.loads(line)
    print(line.rstrip("\n"))
    for where in list(places(good)):
        for bad in damaged(good, where):
            print(json.dumps(bad, ensure_ascii=len(where) % 2 == 0))
    for extra in ("final", "interim", "approved_by", "edited", "deleted",
                  "at", "x~/y"):
        for new in VALUES:
            print(json.dumps(dict(good, **{extra: new}), ensure_ascii=False))
