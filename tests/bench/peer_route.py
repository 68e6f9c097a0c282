"""The shipped rules in Python: assignee, working hours, steps. usage:
peer_route.py DATA_DIR < records > records. Days are worked out once, words are
one expression, names are looked up: as fast as plain Python gets."""
import bisect
import datetime
import json
import re
import sys
import zoneinfo

import yaml

data = sys.argv[1]
zone = zoneinfo.ZoneInfo("Europe/Moscow")
with open(data + "/routes.yaml") as f:
    routes = yaml.load(f, yaml.BaseLoader)
WEEK = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"]
base = datetime.date(2022, 1, 1)
opens, closes, worked, spans, acts, days = [], [], [], {}, {}, []
total = 0


def text(day):
    return WEEK[day.weekday()] + day.strftime(" %d.%m.%Y")


for year in range(2022, 2028):
    with open("%s/calendar-%d.yaml" % (data, year)) as f:
        cal = yaml.load(f, yaml.BaseLoader)
    acts[year] = cal["act"]
    off, work = dict(cal["holidays"]), {}
    for m in cal["moved"]:
        off[m["day"]] = "выходной"
        if m["from"] not in cal["holidays"]:
            work[m["from"]] = 1
    day = datetime.date(year, 1, 1)
    while day.year == year:
        key = day.strftime("%m-%d")
        if key in work or (day.weekday() < 5 and key not in off):
            end = 17 if key in cal["short"] else 18
            for a, b in ((9, 13), (14, end)):
                at = datetime.datetime.combine(day, datetime.time(a), zone)
                opens.append(int(at.timestamp()))
                closes.append(opens[-1] + (b - a) * 3600)
                worked.append(total)
                total += (b - a) * 3600
            days.append((day, closes[-1]))
        else:
            spans[day] = text(day) + " (%s)" % off.get(key, "выходной")
        day += datetime.timedelta(1)
day_list = [d for d, _ in days]


def hours(t, n):
    i = bisect.bisect_left(closes, t)
    start = max(t, opens[i])
    target = worked[i] + start - opens[i] + n
    k = bisect.bisect_left(worked, target, i + 1) - 1
    return start, opens[k] + target - worked[k]


def work_days(t, n):
    i = bisect.bisect_left(closes, t)
    day = datetime.datetime.fromtimestamp(opens[i], zone).date()
    k = bisect.bisect_left(day_list, day)
    return day, days[k + n]


def moment(t):
    at = datetime.datetime.fromtimestamp(t, zone)
    return text(at) + at.strftime(" %H:%M" if t % 60 == 0 else " %H:%M:%S")


def between(a, b):
    out, day = [], a
    while day <= b:
        if day in spans:
            out.append(spans[day])
        day += datetime.timedelta(1)
    return out


by_group, by_kind, topics = {}, {}, set()
for r in routes["rules"]:
    if "place" in r:
        continue
    for g in [r["group"]] if isinstance(r.get("group"), str) else r.get(
            "group", []):
        by_group.setdefault(g, r)
    for k in [r["kind"]] if isinstance(r.get("kind"), str) else r.get(
            "kind", []):
        by_kind.setdefault(k, r)
words = re.compile(r"\b(инвалид|беременн|новорожден|грудн\w+ реб)", re.I)
topics = {t for i in routes["important"] for t in i.get("topic", [])}
with open(data + "/places.yaml") as f:
    places = yaml.load(f, yaml.BaseLoader)["places"][0]["places"]
names = [s for p in places if isinstance(p, dict)
         for s in p.get("streets", []) if isinstance(s, str)]
street = re.compile(r"(?:улиц\w+|ул\.?|на|по)\s+(%s)\w*" % "|".join(
    n[:-2] for n in names if n.endswith("ая")))


def due(t, important):
    n = 4 if important else 9
    start, first = hours(t, n * 3600)
    why = ["первый ответ: %d рабочих часов" % n,
           "отсчёт от поступления: " + moment(t)]
    if start != t:
        why.append("нерабочее время, отсчёт с " + moment(start))
    a = datetime.datetime.fromtimestamp(t, zone).date()
    b = datetime.datetime.fromtimestamp(first, zone).date()
    why.append("считаем: " + text(a) + " - " + text(b))
    why.append("не рабочие: " + ", ".join(between(a, b)))
    why.append("срок до " + moment(first))
    day, (last, final) = work_days(first, 7)
    why.append("окончательный ответ: 7 рабочих дней")
    why.append("день отсчёта %s не входит; последний %s"
               % (text(day), text(last)))
    why.append("не рабочие: " + ", ".join(between(day, last)))
    why.append("срок до " + moment(final))
    why.append("календарь: Россия, " + acts[day.year])
    return first, final, why


def utc(t):
    return datetime.datetime.fromtimestamp(
        t, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


out = sys.stdout
for line in sys.stdin:
    rec = json.loads(line)
    if (rec.get("type") in ("comment", "message") and not rec.get("deleted")
            and not rec.get("author", {}).get("official")):
        c = rec.get("class", {})
        rule = by_kind.get(c.get("kind")) or by_group.get(c.get("group"))
        if c.get("kind") not in routes["skip"]:
            t = int(datetime.datetime.fromisoformat(
                rec["at"].replace("Z", "+00:00")).timestamp())
            important = bool(c.get("topic") in topics
                             or words.search(rec.get("text", "")))
            first, final, why = due(t, important)
            route = {"assignee": rule["to"] if rule else "reception",
                     "rule": rule["name"] if rule else "default"}
            m = street.search(rec.get("text", ""))
            if m:
                route["place"] = m.group(1)
            rec["route"] = route
            rec["due"] = {"first": utc(first), "final": utc(final),
                          "why": why}
    out.write(json.dumps(rec, ensure_ascii=False,
                         separators=(",", ":")) + "\n")
