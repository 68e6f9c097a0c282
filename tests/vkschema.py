#!/usr/bin/env python3
"""Proves replies of VK against its published schema.

usage: tests/vkschema.py SCHEMA_DIR < LINES

A line is DEFINITION, a tab and the JSON to be proven; a definition is named
as "wall/responses.json#wall_get_response". Prints "line N: ..." for what
does not hold and exits 1; says nothing when all holds.
"""
import json
import os
import sys

from jsonschema import Draft4Validator, validators
from jsonschema.exceptions import best_match

loaded = {}


def mended(node):
    """The schema marks a required property at the property itself."""
    if isinstance(node, list):
        return [mended(n) for n in node]
    if not isinstance(node, dict):
        return node
    props = node.get("properties")
    need = []
    if isinstance(props, dict):
        need = [k for k, v in props.items()
                if isinstance(v, dict) and v.get("required") is True]
    node = {k: mended(v) for k, v in node.items()}
    if node.get("required") in (True, False):
        del node["required"]
    if need:
        node["required"] = need
    return node


def load(root, name):
    if name not in loaded:
        path = os.path.join(root, name)
        # Not every folder of it lies at hand: what is missing allows all.
        loaded[name] = None
        if os.path.exists(path):
            with open(path, encoding="utf-8") as f:
                loaded[name] = mended(json.load(f))
    return loaded[name]


def follower(root):
    """What follows a $ref, which names a file beside the one it stands in."""
    def follow(validator, ref, instance, schema):
        name, _, place = ref.replace("../", "").partition("#/definitions/")
        doc = load(root, name)
        if doc is not None and place in doc["definitions"]:
            yield from validator.descend(instance, doc["definitions"][place])
    return follow


def main():
    root = sys.argv[1]
    proof = validators.extend(Draft4Validator, {"$ref": follower(root)})
    # groups_group forbids what groups_group_full adds to it by allOf.
    load(root, "groups/objects.json")["definitions"]["groups_group"].pop(
        "additionalProperties", None)
    bad = 0
    for n, line in enumerate(sys.stdin, 1):
        what, _, text = line.partition("\t")
        name, _, place = what.partition("#")
        schema = load(root, name)["definitions"][place]
        error = best_match(proof(schema).iter_errors(json.loads(text)))
        if error is None:
            continue
        bad += 1
        at = ".".join(str(s) for s in error.absolute_path)
        print("line %d: %s: %s: %.200s" % (n, place, at, error.message))
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
