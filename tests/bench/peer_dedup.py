"""The same job in Python: MinHash over words and their pairs, bands, exact
Jaccard of the candidates. Debian has no datasketch; this is its algorithm,
written plainly. usage: peer_dedup.py < records"""
import json
import re
import sys
import zlib

ROWS, BANDS, PRIME = 4, 20, (1 << 61) - 1
FUNCTIONS = [(i * 0x9E3779B97F4A7C15 % PRIME | 1, i * 0xC2B2AE35 % PRIME)
             for i in range(1, ROWS * BANDS + 1)]
word = re.compile(r"\w+")
tables = [{} for _ in range(BANDS)]
sets, ids = [], []
for line in sys.stdin:
    rec = json.loads(line)
    words = word.findall(rec["text"].lower().replace("ё", "е"))
    features = set(words) | set(zip(words, words[1:]))
    hashes = [zlib.crc32(repr(f).encode()) for f in features]
    least = [min((a * h + b) % PRIME for h in hashes) for a, b in FUNCTIONS]
    keys = [(rec["page"],) + tuple(least[i * ROWS:(i + 1) * ROWS])
            for i in range(BANDS)]
    seen = set()
    for table, key in zip(tables, keys):
        seen.update(table.get(key, ()))
    best = next((i for i in sorted(seen) if len(sets[i] & features) >=
                 0.7 * len(sets[i] | features)), None)
    if best is not None:
        rec["duplicate_of"] = ids[best]
    else:
        for table, key in zip(tables, keys):
            table.setdefault(key, []).append(len(sets))
        sets.append(features)
        ids.append(rec["id"])
    print(json.dumps(rec, ensure_ascii=False))
