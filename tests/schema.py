#!/usr/bin/env python3
"""Proves a stream of records against gp-record.schema.json.

usage: tests/schema.py < RECORDS

Prints "line N: ..." for every line that breaks the contract and exits 1;
exits 0 and says nothing when all lines hold.
"""
import json
import os
import sys

from jsonschema import Draft202012Validator

SCHEMA = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                      "..", "lib", "record", "gp-record.schema.json")


def refuse(word):
    raise ValueError("%s is not JSON" % word)


def reason(error):
    """The innermost of the reasons, with the member it is about."""
    while error.context:
        error = min(error.context, key=lambda e: -len(e.absolute_path))
    place = ".".join(str(step) for step in error.absolute_path)
    return "%s: %s" % (place, error.message) if place else error.message


def main():
    with open(SCHEMA, encoding="utf-8") as f:
        schema = json.load(f)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    bad = False
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line.decode("utf-8"), parse_constant=refuse)
            reasons = [reason(e) for e in validator.iter_errors(record)]
        except ValueError as error:
            reasons = ["not JSON: %s" % error]
        for text in reasons:
            bad = True
            print("line %d: %s" % (number, text))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
