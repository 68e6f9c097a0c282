"""The learner against fastText and scikit-learn, speed and quality together.

The texts are generated: each joins two or three invented appeals of one topic
(lib/data/labelled.ndjson) and some words of others. What is judged is made of
appeals that none of what is learnt was made of. All are whole processes, from
records to labels; fastText is given its texts already stemmed. Behind that the
appeals as they are, where what is learnt and what is judged are of one kind.
"""
import json
import os
import random
import re
import subprocess

HEADS = ("group", "topic")


def apart(function, *args):
    """In a process of its own: what this one holds would be counted as memory
    of those it starts. What it returns comes back as JSON."""
    back, to = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(back)
            with os.fdopen(to, "w") as f:
                json.dump(function(*args), f)
            os._exit(0)
        finally:
            os._exit(1)
    os.close(to)
    with os.fdopen(back) as f:
        text = f.read()
    if os.waitpid(child, 0)[1] != 0:
        raise SystemExit("bench: %s failed" % function.__name__)
    return json.loads(text)


def generate(root, shm, learnt, judged):
    rows = [json.loads(line)
            for line in open(root + "/lib/data/labelled.ndjson")]
    chance = random.Random(2026)
    by = {}
    for r in rows:
        by.setdefault((r["class"]["group"], r["class"]["topic"]),
                      []).append(r["text"])
    halves = ({}, {})
    for key, texts in sorted(by.items()):
        chance.shuffle(texts)
        half = (len(texts) + 1) // 2
        halves[0][key], halves[1][key] = texts[:half], texts[half:]
    for name, half, n in (("learn", halves[0], learnt),
                          ("judge", halves[1], judged)):
        keys = sorted(k for k in half if half[k])
        words = [w for k in keys for t in half[k] for w in t.split()]
        with open("%s/%s.ndjson" % (shm, name), "w") as f:
            for i in range(n):
                key = chance.choice(keys)
                parts = [chance.choice(half[key])
                         for _ in range(chance.randint(2, 3))]
                parts.append(" ".join(chance.choice(words) for _ in range(8)))
                chance.shuffle(parts)
                json.dump({"type": "comment", "id": "%s:%d" % (name, i),
                           "text": ". ".join(parts),
                           "class": {"group": key[0], "topic": key[1]}},
                          f, ensure_ascii=False)
                f.write("\n")


def quality(judged, path, head):
    """Accuracy and macro-F1 of the records of a file; to abstain is to be
    wrong, but it is no label."""
    gold = classes(judged, head)
    said = path if isinstance(path, list) else classes(path, head)
    labels = sorted((set(gold) | set(said)) - {""})
    f1 = 0
    for label in labels:
        hit = sum(g == s == label for g, s in zip(gold, said))
        n = sum(g == label for g in gold) + sum(s == label for s in said)
        f1 += 2 * hit / n
    right = sum(g == s for g, s in zip(gold, said))
    return right / len(gold), f1 / len(labels)


def classes(path, head):
    return [json.loads(line)["class"].get(head) or "" for line in open(path)]


def stemmed(shm, head):
    """Texts and labels as fastText reads them; the labels by number."""
    import Stemmer
    stem = Stemmer.Stemmer("russian")
    names = {}
    for name in ("learn", "judge"):
        with open("%s/%s.ft" % (shm, name), "w") as f:
            for line in open("%s/%s.ndjson" % (shm, name)):
                r = json.loads(line)
                no = names.setdefault(r["class"][head], len(names))
                words = re.findall(r"[^\W_]+",
                                   r["text"].lower().replace("ё", "е"))
                f.write("__label__%d %s\n" % (no,
                                              " ".join(stem.stemWords(words))))
    return list(names)


def fasttext(shm, head, measure):
    """One head; speed is that of the prediction alone."""
    back = apart(stemmed, shm, head)
    subprocess.run(["fasttext", "supervised", "-input", shm + "/learn.ft",
                    "-output", shm + "/ft", "-epoch", "25", "-lr", "0.5",
                    "-dim", "100", "-thread", "1", "-verbose", "0"],
                   check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    used = measure(["fasttext", "predict", shm + "/ft.bin", shm + "/judge.ft"],
                   stdout=shm + "/ft.out", times=2)
    q = apart(labels, shm, back, head)
    return q, used, os.path.getsize(shm + "/ft.bin")


def labels(shm, back, head):
    said = [back[int(line.strip()[9:])] for line in open(shm + "/ft.out")]
    return quality(shm + "/judge.ndjson", said, head)


def row(what, head, q, used, n, size):
    print("%-26s %-6s accuracy %.3f macro-F1 %.3f, %7.0f rows/s, %5.1f MiB, "
          "model %.2f MiB" % (what, head, q[0], q[1], n / used["cpu"],
                              used["mib"], size / 1048576), flush=True)


def thirds(root, shm, seed):
    """A random third of the shipped appeals to be judged, the rest to learn."""
    rows = open(root + "/lib/data/labelled.ndjson").read().splitlines()
    random.Random(seed).shuffle(rows)
    cut = len(rows) // 3
    for name, part in ("judge", rows[:cut]), ("learn", rows[cut:]):
        with open("%s/%s.ndjson" % (shm, name), "w") as f:
            f.write("\n".join(part) + "\n")
    with open(shm + "/bare.ndjson", "w") as f:
        for r in map(json.loads, rows[:cut]):
            del r["class"]
            f.write(json.dumps(r, ensure_ascii=False) + "\n")


def shipped(build, root, shm, skl, measure, need, times=6):
    """Means over random thirds; how true the confidence is, beside it."""
    shm += "/shipped"
    os.mkdir(shm)
    figures = {}

    def note(who, head, *values):
        figures.setdefault((who, head), []).append(values)

    for seed in range(times):
        thirds(root, shm, seed)
        for features in "stems", "stems,char4":
            model = shm + "/gp.gpm"
            subprocess.run([build + "/gp-train", "--features", features, "-o",
                            model, shm + "/learn.ndjson"], check=True)
            with open(shm + "/out", "w") as out:
                subprocess.run([build + "/gp-classify", "--first", "alone",
                                "-m", model, shm + "/bare.ndjson"],
                               check=True, stdout=out)
            said = subprocess.run([build + "/gp-train", "--judge", model,
                                   "-f", "ndjson", "--test",
                                   shm + "/judge.ndjson"], check=True,
                                  stdout=subprocess.PIPE).stdout
            ece = {f["head"]: f["ece"] for f in map(json.loads,
                                                    said.splitlines())
                   if f["table"] == "heads"}
            for h in HEADS:
                note("gp " + features, h,
                     *quality(shm + "/judge.ndjson", shm + "/out", h),
                     ece["class." + h])
        subprocess.run(["/usr/bin/python3", skl, "train",
                        shm + "/learn.ndjson", shm + "/skl"], check=True)
        with open(shm + "/bare.ndjson") as texts, open(shm + "/out",
                                                       "w") as out:
            subprocess.run(["/usr/bin/python3", skl, "classify",
                            shm + "/skl"], check=True, stdin=texts,
                           stdout=out)
        for h in HEADS:
            note("scikit-learn", h,
                 *quality(shm + "/judge.ndjson", shm + "/out", h))
            note("fastText", h, *fasttext(shm, h, measure)[0])
    print("the shipped appeals, means of %d random thirds" % times)
    mean = {k: [sum(v) / times for v in zip(*rows)]
            for k, rows in figures.items()}
    for (who, h), m in mean.items():
        print("%-26s %-6s accuracy %.3f macro-F1 %.3f%s"
              % (who, h, m[0], m[1], " ECE %.3f" % m[2] if m[2:] else ""),
              flush=True)
    for h in HEADS:
        for peer in "scikit-learn", "fastText":
            need(mean["gp stems", h][:2] >= mean[peer, h],
                 "learn: %s of the shipped against %s" % (h, peer))
        for features in "gp stems", "gp stems,char4":
            need(mean[features, h][2] <= (.06 if h == "group" else .12),
                 "learn: how true the confidence of %s is, %s" % (h, features))


def bench(build, root, shm, here, measure, missed, learnt=10000,
          judged=50000):
    apart(generate, root, shm, learnt, judged)
    judge = shm + "/judge.ndjson"
    best = {}

    def need(ok, what):
        if not ok:
            print("MISSED: " + what)
            missed.append(what)

    for features, rate, mem, most in (("stems", 100000, 16, 2),
                                      ("stems,char4", 40000, 32, 8)):
        model = shm + "/gp.gpm"
        learn = measure([build + "/gp-train", "--features", features, "-o",
                         model, shm + "/learn.ndjson"], times=1)
        print("gp-train %-17s %.1f s, %.0f MiB" % (features, learn["cpu"],
                                                   learn["mib"]))
        used = measure([build + "/gp-classify", "--first", "alone", "-m",
                        model, judge], stdout=shm + "/out")
        size = os.path.getsize(model)
        for h in HEADS:
            q = apart(quality, judge, shm + "/out", h)
            row("gp-classify " + features, h, q, used, judged, size)
            best[h] = max(best.get(h, 0), q[0])
            best.setdefault(h + " stems", q)
        need(judged / used["cpu"] >= rate, "learn: speed, " + features)
        both = measure([build + "/gp-classify", "-m", model, judge])
        print("%-26s %-6s %44.0f rows/s, %5.1f MiB"
              % ("the same with the rules", "", judged / both["cpu"],
                 both["mib"]), flush=True)
        need(judged / both["cpu"] >= rate,
             "learn: speed with the rules, " + features)
        need(both["mib"] <= mem, "learn: memory with the rules, " + features)
        need(used["mib"] <= mem, "learn: memory, " + features)
        need(size <= most << 20, "learn: size of the model, " + features)
    skl = here + "/peer_sklearn.py"
    subprocess.run(["/usr/bin/python3", skl, "train", shm + "/learn.ndjson",
                    shm + "/skl"], check=True)
    used = measure(["/usr/bin/python3", skl, "classify", shm + "/skl"],
                   stdin=judge, stdout=shm + "/out", times=1)
    for h in HEADS:
        q = apart(quality, judge, shm + "/out", h)
        row("scikit-learn LinearSVC", h, q, used, judged,
            os.path.getsize(shm + "/skl"))
        need(best[h] >= q[0], "learn: %s against scikit-learn" % h)
        f, took, size = fasttext(shm, h, measure)
        row("fastText (stems ready)", h, f, took, judged, size)
        need(best[h + " stems"][0] > f[0], "learn: %s against fastText" % h)
    shipped(build, root, shm, skl, measure, need)
