#!/usr/bin/python3
"""usage: calls.py UNIT TRACE ...

The system calls in traces of strace(1) that SystemCallFilter= of the unit does
not let through, one a line. What a group has, systemd-analyze(1) says.
"""
import re
import subprocess
import sys


def calls(word):
    if not word.startswith("@"):
        return {word}
    said = subprocess.run(
        ["systemd-analyze", "syscall-filter", word],
        check=True, capture_output=True, text=True).stdout
    found = set()
    for line in said.splitlines()[1:]:
        line = line.strip()
        if line and not line.startswith("#"):
            found |= calls(line)
    return found


def allowed(unit):
    result = set()
    for line in open(unit, encoding="utf-8"):
        if not line.startswith("SystemCallFilter="):
            continue
        words = line.strip().split("=", 1)[1]
        for word in words.lstrip("~").split():
            if words.startswith("~"):
                result -= calls(word)
            else:
                result |= calls(word)
    return result


def main():
    may = allowed(sys.argv[1])
    if "read" not in may or "mount" in may:
        sys.exit("calls.py: the filter cannot be read")
    made = set()
    for trace in sys.argv[2:]:
        for line in open(trace, encoding="utf-8", errors="replace"):
            call = re.match(r"\d+ +([a-z0-9_]+)\(", line)
            if call:
                made.add(call[1])
    for call in sorted(made - may):
        print(call)
    print(f"{len(made)} calls looked at", file=sys.stderr)


main()
