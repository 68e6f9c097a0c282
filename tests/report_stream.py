#!/usr/bin/env python3
"""Records of an invented town for the tests of gp-report: appeals with their
terms and answers, posts, pages. The same seed gives the same bytes.

usage: report_stream.py N [SEED] [FIRST_DAY [DAYS]]
"""
import datetime
import json
import random
import sys

n = int(sys.argv[1])
rnd = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
first = datetime.datetime.fromisoformat(
    sys.argv[3] if len(sys.argv) > 3 else "2026-10-01")
days = int(sys.argv[4]) if len(sys.argv) > 4 else 30
utc = datetime.timezone.utc
pages = ["vk:-101", "telegram:lugovoe", "ok:55", "max:-7"]
topics = {"Дороги": ["Ямы", "Уборка снега", None], "ЖКХ": ["Отопление"],
          "Мусор \"ТКО\"": ["Вывоз; контейнеры", "Свалка & дым"], None: [None]}
assignees = ["Отдел ЖКХ", "Дорожный отдел", "=пресс-служба", None]
kinds = ["complaint", "question", "suggestion", "danger", "thanks", None]
texts = ["На Садовой опять яма", "Когда включат отопление?",
         "Контейнеры переполнены третий день", "Предлагаю поставить лавочки",
         "=cmd|'/c calc'!A1", "<script>alert(1)</script> & \"кавычки\""]


def z(t):
    return t.strftime("%Y-%m-%dT%H:%M:%SZ")


def put(**r):
    print(json.dumps({k: v for k, v in r.items() if v is not None},
                     ensure_ascii=False))


for i in range(n):
    page = rnd.choice(pages)
    net = page.split(":")[0]
    at = first + datetime.timedelta(seconds=rnd.randrange(days * 86400))
    group = rnd.choice(list(topics))
    kind = rnd.choice(kinds)
    who = rnd.choice(assignees)
    due = at + datetime.timedelta(hours=rnd.choice([4, 9, 30, 200]))
    ident = "%s/9/%d" % (page, i)
    appeal = dict(
        type=rnd.choice(["comment", "message"]), id=ident, network=net,
        page=page, at=z(at) if rnd.random() > 0.02 else None,
        url="https://example.test/%d?a=1&b=2" % i,
        author={"id": str(700 + i), "name": "Житель", "official": False},
        text=rnd.choice(texts),
        **{"class": None if kind is None else {
            k: v for k, v in dict(kind=kind, group=group, topic=rnd.choice(
                topics[group])).items() if v}},
        route={"assignee": who, "centre": "Центр"} if who else None,
        due={"first": z(due), "calendar": rnd.choice(["russia", "tatarstan"])}
        if rnd.random() > 0.2 else None,
        repeat_of="x" if rnd.random() < 0.1 else None)
    if rnd.random() < 0.05:
        put(**dict(appeal, text="первая версия", **{"class": None}))
    put(**appeal)
    t = at + datetime.timedelta(minutes=int(rnd.expovariate(1 / 700)))
    way = rnd.random()
    if way < 0.5:
        put(type="comment", id=ident + "a", network=net, page=page, at=z(t),
            parent=ident, author={"official": True}, text="Ответ")
    elif way < 0.65:
        put(type="receipt", id="receipt:" + ident, page=page, action="reply",
            status="sent", to=ident, at=z(t), interim=True,
            result=ident + "i", promised=(t + datetime.timedelta(
                days=rnd.randrange(1, 9))).strftime("%Y-%m-%d"))
        put(type="comment", id=ident + "i", network=net, page=page, at=z(t),
            parent=ident, author={"official": True}, text="Уточняем")
        if rnd.random() < 0.6:
            put(type="receipt", id="receipt:" + ident + ":2", page=page,
                action="reply", status="sent", to=ident,
                at=z(t + datetime.timedelta(days=rnd.randrange(1, 9))))
    elif way < 0.68:
        put(type="receipt", id="receipt:" + ident, page=page, action="reply",
            status="failed", to=ident, at=z(t))
