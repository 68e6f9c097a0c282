#!/usr/bin/env python3
"""Proves replies of MAX against an OpenAPI description of its interface.

usage: tests/maxschema.py OPENAPI.json < LINES

A line is the name of a schema, a tab and the JSON to be proven. Prints
"line N: ..." for what does not hold and exits 1; says nothing when all holds.
"""
import json
import sys

from jsonschema import Draft4Validator
from jsonschema.exceptions import best_match

# By dev.max.ru a channel's post has no sender and a forward no body.
MAY_BE_NULL = [("Message", "sender"), ("Message", "body")]


def mended(node):
    """As JSON Schema has it: null where `nullable`, no marks at members."""
    if isinstance(node, list):
        return [mended(n) for n in node]
    if not isinstance(node, dict):
        return node
    nullable = node.get("nullable") is True
    node = {k: mended(v) for k, v in node.items()}
    if not isinstance(node.get("required", []), list):
        del node["required"]
    return {"anyOf": [node, {"type": "null"}]} if nullable else node


def choices(schemas, name):
    """The schema that the discriminator names, in place of any of them."""
    by = schemas[name].get("discriminator")
    if by is None:
        return
    kinds = by["mapping"]
    schemas[name + "Any"] = {"allOf": [
        {"properties": {by["propertyName"]: {"enum": sorted(kinds)}},
         "required": [by["propertyName"]]}] + [
        {"anyOf": [
            {"not": {"properties": {by["propertyName"]: {"enum": [kind]}}}},
            {"$ref": place}]} for kind, place in kinds.items()]}


def pointed(node, old, new):
    """References to the schema `old` within lists lead to `new`."""
    if isinstance(node, list):
        return [pointed(n, old, new) for n in node]
    if not isinstance(node, dict):
        return node
    return {k: {"$ref": new} if k == "items" and v == {"$ref": old}
            else pointed(v, old, new) for k, v in node.items()}


def read(path):
    with open(path, encoding="utf-8") as f:
        doc = mended(json.load(f))
    schemas = doc["components"]["schemas"]
    for name, member in MAY_BE_NULL:
        part = schemas[name]["properties"]
        part[member] = {"anyOf": [part[member], {"type": "null"}]}
    for name in ("Update", "Attachment"):
        choices(schemas, name)
    for name in ("Update", "Attachment"):
        base = "#/components/schemas/" + name
        doc = pointed(doc, base, base + "Any")
    return doc


def main():
    doc = read(sys.argv[1])
    bad = 0
    for n, line in enumerate(sys.stdin, 1):
        name, _, text = line.partition("\t")
        if name not in doc["components"]["schemas"]:
            sys.exit("line %d: there is no schema '%s'" % (n, name))
        proof = Draft4Validator({
            "allOf": [{"$ref": "#/components/schemas/" + name}],
            "components": doc["components"]})
        error = best_match(proof.iter_errors(json.loads(text)))
        if error is None:
            continue
        bad += 1
        at = ".".join(str(s) for s in error.absolute_path)
        print("line %d: %s: %s: %.200s" % (n, name, at, error.message))
    return bad > 0


if __name__ == "__main__":
    sys.exit(main())
