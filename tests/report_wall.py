#!/usr/bin/env python3
"""Records of an invented town for the tests of gp-report: posts, pages, their
statistics, polls, responses to a survey, findings; some lack what a report
needs, some texts are hostile. The same seed gives the same bytes.

usage: report_wall.py [N [SEED]]. Days are those of October 2026.
"""
import datetime
import json
import random
import sys

n = int(sys.argv[1]) if len(sys.argv) > 1 else 60
rnd = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
hostile = '=cmd|calc!A1 <script>alert(1)</script> "q" | a_b* [x](javascript:y)'
pages = {"vk:-101": "Луговое", "telegram:lugovoe": hostile, "ok:55": None}
first = datetime.datetime(2026, 10, 1)


def z(t):
    return t.strftime("%Y-%m-%dT%H:%M:%SZ")


def put(**r):
    print(json.dumps({k: v for k, v in r.items() if v is not None},
                     ensure_ascii=False))


def moment():
    return first + datetime.timedelta(seconds=rnd.randrange(30 * 86400))


def perhaps(value, share=0.8):
    return value if rnd.random() < share else None


def finding():
    return {"rule": perhaps(rnd.choice(["phone", "caps", hostile]), 0.9),
            "level": rnd.choice(["error", "warning", "note", "ok"]),
            "message": perhaps(rnd.choice(["Так не пишут", hostile]))}


for i in range(n):
    page = rnd.choice(list(pages))
    counts = {"views": rnd.randrange(100, 9000), "reactions":
              rnd.randrange(200), "comments": rnd.randrange(60),
              "reposts": rnd.randrange(20)}
    counts = {k: v for k, v in counts.items() if rnd.random() < 0.8}
    put(type="post", id="%s/%d" % (page, i), network=page.split(":")[0],
        page=page, at=perhaps(z(moment()), 0.95),
        text=rnd.choice(["Ремонт дороги", hostile]), counts=perhaps(counts),
        hashtags=perhaps(rnd.sample(["дороги", "жкх", hostile], 2), 0.6),
        rubric=perhaps(rnd.choice(["Ремонт", hostile]), 0.5),
        service=perhaps("pinned", 0.05), deleted=perhaps(True, 0.05),
        findings=perhaps([finding() for _ in range(rnd.randrange(4))], 0.5))
for page, title in pages.items():
    for day in (-3, 5, 12, 23, 29):
        t = z(first + datetime.timedelta(days=day, seconds=rnd.randrange(9999)))
        put(type="page", id=page, network=page.split(":")[0], page=page,
            title=title, at=t, seen=t,
            counts={"subscribers": rnd.randrange(900, 5000)})
    for day in range(0, 30, 3):
        t = first + datetime.timedelta(days=day)
        put(type="stats", id="stats:%s/%d" % (page, day), page=page,
            period={"from": z(t), "to": z(t + datetime.timedelta(days=1))},
            reach=perhaps(rnd.randrange(900)), visitors=perhaps(
                rnd.randrange(300), 0.4), subscribed=rnd.randrange(9),
            unsubscribed=rnd.randrange(9))
put(type="page", id="max:-7", network="max", page="max:-7",
    counts={"subscribers": 10})                 # nobody knows when
for i in range(5):
    put(type="poll", id="telegram:poll/%d" % i, page="telegram:lugovoe",
        at=perhaps(z(moment()), 0.9), poll={
            "question": rnd.choice(["Где поставить лавочки?", hostile]),
            "voters": perhaps(500, 0.5), "quiz": i == 3,
            "options": [{"text": t, "votes": rnd.randrange(1, 90)}
                        for t in ("В парке", "У школы", hostile)]})
for i in range(n):
    put(type="response", id="response:%d" % i, survey="s",
        at=perhaps(z(moment()), 0.95), answers={
            "Пол": rnd.choice(["ж", "м"]),
            "Что важнее? = " + hostile: rnd.choices(
                ["Дороги", "Врачи", hostile], k=2)})
put(type="finding", id="finding:1", at=z(moment()), level="error",
    rule="phone", on="gp.yaml")
