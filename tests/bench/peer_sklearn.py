"""scikit-learn's TF-IDF and LinearSVC over Snowball stems, as one process.

usage: peer_sklearn.py train LABELLED MODEL | classify MODEL < RECORDS
"""
import json
import pickle
import re
import sys

import Stemmer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

HEADS = ("group", "topic")
WORD = re.compile(r"[^\W_]+")
stemmer = Stemmer.Stemmer("russian")


def stems(text):
    return stemmer.stemWords(WORD.findall(text.lower().replace("ё", "е")))


if sys.argv[1] == "train":
    rows = [json.loads(line) for line in open(sys.argv[2])]
    vec = TfidfVectorizer(analyzer=stems, min_df=2, sublinear_tf=True)
    x = vec.fit_transform(r["text"] for r in rows)
    fits = [LinearSVC(C=0.5).fit(x, [r["class"][h] for r in rows])
            for h in HEADS]
    pickle.dump((vec, fits), open(sys.argv[3], "wb"))
else:
    vec, fits = pickle.load(open(sys.argv[2], "rb"))
    while True:
        rows = [json.loads(line) for line in sys.stdin.readlines(1 << 20)]
        if not rows:
            break
        x = vec.transform(r["text"] for r in rows)
        said = [f.predict(x) for f in fits]
        for i, r in enumerate(rows):
            r["class"] = dict(zip(HEADS, (s[i] for s in said)))
            print(json.dumps(r, ensure_ascii=False))
