"""gp-suggest's rows: milliseconds a draft with 100,000 past answers, beside a
query of SQLite's FTS5 with its bm25() over the same texts."""
import json
import random
import re
import sqlite3
import time

PAST, ASKED, PEER = 100000, 2000, 200
ROOTS = """дорог вод свет дом двор школ мусор автобус снег ям фонар врач больниц
улиц остановк подъезд лифт газ труб площадк дерев мост собак лестниц тротуар
ремонт крыш подвал счетчик квитанци компани район пенсион машин расписани рейс
контейнер свалк лед сосульк колодец люк асфальт парк сквер качел забор стройк
магазин шум ноч утр вечер недел месяц жител сосед провер срок план""".split()
ENDS = ["", "а", "у", "е", "ы", "ой", "ам", "ами", "ов", "ный", "ить", "ли"]


def texts(n, least, most, rng):
    words = [r + e for r in ROOTS for e in ENDS]
    syll = ["ка", "ро", "ве", "ли", "но", "ша", "ти", "му", "зе", "до", "га"]
    rare = ["".join(rng.choice(syll) for _ in range(rng.randint(2, 4)))
            for _ in range(20000)]
    for _ in range(n):
        yield " ".join(words[int(len(words) * rng.random() ** 2)]
                       if rng.random() < 0.8 else rng.choice(rare)
                       for _ in range(rng.randint(least, most)))


def classes(i):
    return {"kind": "complaint", "group": "g%d" % (i % 20),
            "topic": "t%d" % (i % 200)}


def write(shm):
    rng = random.Random(7)
    old = list(texts(PAST, 8, 40, rng))
    new = list(texts(ASKED, 8, 40, rng))
    with open(shm + "/past", "w") as f:
        for i, answer in enumerate(texts(PAST, 30, 30, rng)):
            f.write(json.dumps({
                "type": "reply", "id": "reply:%d" % i, "to": "c%d" % i,
                "page": "vk:-%d" % (i % 20), "approved_by": "И",
                "approved_at": "2026-%02d-01T00:00:00Z" % (1 + i % 10),
                "class": classes(i), "appeal": {"text": old[i]},
                "text": "Здравствуйте! Проверим %s. Закончим %d мая."
                        % (answer, i % 28 + 1)}, ensure_ascii=False) + "\n")
    for name, n in (("one", 1), ("asked", ASKED)):
        with open(shm + "/" + name, "w") as f:
            for i in range(n):
                f.write(json.dumps({
                    "type": "comment", "id": "q%d" % i, "page": "vk:-3",
                    "class": classes(i), "text": new[i]},
                    ensure_ascii=False) + "\n")
    return old, new


def fts5(old, new):
    """CPU seconds a query, the index made before."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    db.executemany("INSERT INTO t VALUES(?)", ((x,) for x in old))
    queries = [" OR ".join('"%s"' % w for w in re.findall(r"\w+", x))
               for x in new[:PEER]]
    start = time.process_time()
    for q in queries:
        db.execute("SELECT rowid FROM t WHERE t MATCH ?"
                   " ORDER BY rank LIMIT 5", (q,)).fetchall()
    return (time.process_time() - start) / PEER


def bench(run):
    """run: the names of run.py."""
    shm, measure = run["shm"], run["measure"]
    old, new = write(shm)
    env = {"GP_NOW": "2026-10-31T15:00:00Z",
           "GP_DATA": run["root"] + "/lib/data"}
    command = [run["build"] + "/gp-suggest", "--past", shm + "/past"]
    one = measure(command, shm + "/one", shm + "/out", env=env)
    all_ = measure(command, shm + "/asked", shm + "/out", env=env)
    each = {k: (all_[k] - one[k]) / (ASKED - 1) for k in ("wall", "cpu")}
    run["at_most"]("suggest: a draft of 100,000", each["wall"] * 1000, 5,
                   "ms")
    run["at_most"]("suggest: start", one["wall"] * 1000, 2000, "ms")
    run["at_most"]("suggest: memory", all_["mib"], 256, "MiB")
    run["show"]("suggest: 1,000 drafts", {"cpu": each["cpu"] * 1000},
                {"cpu": fts5(old, new) * 1000}, "SQLite FTS5, bm25()",
                "cpu", 0.5)
