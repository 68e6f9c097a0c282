#!/usr/bin/python3
"""Compares pictures with those that were looked at and found good.

usage: picture.py [--keep] DIR GOLDEN. Each PNG of DIR, a quarter as wide, is
held against its namesake in GOLDEN. Letters of another version of a font
differ a little everywhere; a part that moved differs much somewhere: so both
the mean difference (at most 2 of 255) and that of the worst of 16 by 16 fields
(at most 24) are looked at. --keep writes the golden ones, to be looked at.
"""
import os
import sys

from PIL import Image, ImageChops, ImageStat

MEAN, FIELD = 2.0, 24.0


def small(path):
    with Image.open(path) as i:
        return i.convert("RGB").resize((i.width // 4, i.height // 4),
                                       Image.LANCZOS)


def differs(a, b):
    """What is wrong, or None."""
    if a.size != b.size:
        return "%dx%d, not %dx%d" % (a.size + b.size)
    diff = ImageChops.difference(a, b).convert("L")
    mean = ImageStat.Stat(diff).mean[0]
    if mean > MEAN:
        return "mean difference %.2f" % mean
    worst = max(diff.resize((16, 16), Image.BOX).getdata())
    if worst > FIELD:
        return "a part of it moved: %d" % worst
    return None


def main():
    keep = sys.argv[1] == "--keep"
    made, golden = sys.argv[-2:]
    bad = 0
    if keep:
        os.makedirs(golden, exist_ok=True)
    elif sorted(os.listdir(made)) != sorted(os.listdir(golden)):
        print("not the same pictures: %s" % sorted(os.listdir(made)))
        return 1
    for name in sorted(os.listdir(made)):
        picture = small(os.path.join(made, name))
        path = os.path.join(golden, name)
        if keep:
            picture.quantize(32).save(path, optimize=True)
            continue
        with Image.open(path) as g:
            why = differs(picture, g.convert("RGB"))
        if why:
            print("%s: %s" % (name, why))
            bad = 1
    return bad


if __name__ == "__main__":
    sys.exit(main())
